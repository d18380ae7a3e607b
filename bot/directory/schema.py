"""A JSON Schema of the directory file, for editors: they offer the fields and words while a person types.

Made from the fields of `record.py` and the words of `vocabulary.yaml`, so it cannot say anything else than the loader.
`resources.schema.json` beside this file is what `python -m bot schema` prints; the first line of `resources.yaml`
points editors to it (yaml-language-server), and a test holds the two equal. The loader knows more than a schema can
say (dates to come, look-alike addresses, what contradicts what): `python -m bot check` has the last word.
"""

from typing import Any

from bot.directory.parts import CONTACT_FIELDS
from bot.directory.record import RECORD_FIELDS, required_fields
from bot.directory.vocabulary import place_codes, vocabulary

Schema = dict[str, Any]

_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_LANGUAGE = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$"
_NUMBER = r"^(\+[0-9]{7,15}|[0-9]{2,8})$"
_SAYS = {
    "id": "Small letters, digits and hyphens. Never changed: links and decisions name it.",
    "name": "The name the group itself uses.",
    "aliases": "Other names and abbreviations people use.",
    "kind": "What it is.",
    "led_by": "Who decides in it.",
    "involvement": "How sex workers take part in it, in a sentence.",
    "description": "What it offers, in our own words, by language. English is needed; one paragraph each.",
    "topics": "What it helps with.",
    "serves": "Whom it is there for.",
    "coverage": "Where it helps. The widest area stands last.",
    "languages": "The languages in which it helps.",
    "contact": "How to reach it, as it publishes it itself.",
    "access": "How one gets its help.",
    "cautions": "What a person should know before going; a source must show it.",
    "labels": "Answers to questions people ask about it, each with the page that says so.",
    "calls": "Its demands, in its own words.",
    "sources": "The pages this record rests on, and what each shows.",
    "opens": "The first day a campaign can be signed.",
    "ends": "The day an event or campaign is over.",
    "as_of": "The date of the newest source: year, year-month or year-month-day.",
    "checks": "What people of this bot looked up, on which day, in which way.",
}
_CONTACT = {
    "url": {"type": "string", "pattern": "^https?://[^@\\s]+$"},
    "email": {"type": "string", "pattern": "^[^@\\s]+@[^@\\s]+$"},
    "phone": {
        "type": "string",
        "pattern": _NUMBER,
        "description": "+ and country code, digits only, or a short number.",
    },
    "text": {"type": "string", "description": "A number to write to, or a sentence that holds one."},
    "whatsapp": {"type": "string", "pattern": _NUMBER},
    "address": {"type": "string"},
    "hours": {"type": "string", "description": "As the source says it."},
    "phone_as_of": {"type": "string", "pattern": _DATE, "description": "How old the source of the number is."},
}


def schema() -> Schema:
    """The schema (JSON Schema 2020-12), as a value that `json.dumps` takes."""
    fields = _fields()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The directory of Umbrella",
        "description": "A list of records, by id.",
        "type": "array",
        "items": _object(
            {name: {"description": _SAYS[name], **fields[name]} for name in RECORD_FIELDS},
            required_fields("tip"),
            # A tip may rest on no page; every other record names its sources.
            **{"if": {"properties": {"kind": {"const": "tip"}}}, "else": {"required": ["sources"]}},
        ),
    }


def _fields() -> dict[str, Schema]:
    words = vocabulary()
    text: Schema = {"type": "string", "minLength": 1}
    date: Schema = {"type": "string", "pattern": _DATE}
    label = _object({"value": {"enum": ["yes", "no", "unknown"]}, "source": text}, ("value", "source"))
    source = {"url": _CONTACT["url"], "says": text, "dated": date}
    check = {
        "date": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "method": {"enum": [*words.check_methods]},
        "outcome": {"enum": [*words.check_outcomes]},
    }
    return {
        "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 64},
        "name": text,
        "aliases": _list(text),
        "kind": {"enum": [*words.kind]},
        "led_by": {"enum": [*words.led_by]},
        "involvement": text,
        "description": {
            "type": "object",
            "propertyNames": {"pattern": _LANGUAGE},
            "additionalProperties": text,
            "required": ["en"],
            "properties": dict.fromkeys(("en", "fr", "es", "zh"), text),
        },
        **{name: _list({"enum": [*getattr(words, name)]}) for name in ("topics", "serves", "access", "cautions")},
        "coverage": _list(_area()),
        "languages": _list({"type": "string", "pattern": _LANGUAGE, "examples": [*words.languages]}),
        "contact": _object({name: _CONTACT[name] for name in CONTACT_FIELDS}, (), minProperties=1),
        "labels": _object(
            {name: {"description": says, **label} for name, says in words.labels.items()}, (), minProperties=1
        ),
        "calls": _list(text),
        "sources": _list(_object(source, ("url", "says"))),
        "opens": date,
        "ends": date,
        "as_of": date,
        "checks": _list(_object(check, tuple(check))),
    }


def _area() -> Schema:
    country = {
        "enum": ["*", *sorted(place_codes("countries"))],
        "description": "ISO 3166-1, or '*' for the whole world.",
    }
    region = {
        "type": "string",
        "pattern": "^[A-Z]{2}-[A-Z0-9]{1,3}$",
        "description": "ISO 3166-2, such as CA-QC.",
        "examples": sorted(place_codes("regions")),
    }
    return _object({"country": country, "region": region, "place": {"type": "string", "minLength": 1}}, ("country",))


def _object(properties: dict[str, Any], required: tuple[str, ...], **more: Any) -> Schema:
    return {"type": "object", "properties": properties, "required": [*required], "additionalProperties": False, **more}


def _list(items: Schema) -> Schema:
    return {"type": "array", "minItems": 1, "uniqueItems": True, "items": items}
