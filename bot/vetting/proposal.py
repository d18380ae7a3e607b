"""A proposal as a record of the directory: drafted from a person's words, edited by moderators, made whole by the loader.

The same reader that judges `resources.yaml` judges it here, so that what is approved can be written into the file.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any, Protocol

from bot.directory.faults import Findings
from bot.directory.model import Area, Resource
from bot.directory.parts import CONTACT_FIELDS, Hosts
from bot.directory.query import Query
from bot.directory.record import RECORD_FIELDS, RecordReader, required_fields
from bot.directory.write import as_values
from bot.reading import HIDDEN, ListNode, MapNode, Node, TextNode
from bot.vetting.model import Submission
from bot.vetting.unpressable import unpressable

Values = Mapping[str, Any]
LISTS = ("topics", "serves", "access", "languages", "aliases", "cautions", "calls")
WORDS = ("kind", "led_by", "involvement", "opens", "ends", "as_of")
_SLUG = re.compile(r"[^a-z0-9]+")
_ALIKE = 0.9
"""A description that differs by less than a tenth is the same with its typing errors mended."""
_MOST_FAULTS = 5
_EMPTY: tuple[Any, ...] = (None, "", [], {})
SUGGESTED = "Suggested by a peer and looked at by moderators."


class Records(Protocol):
    """What the directory holds now (`current`), and what its file alone holds (`shipped`)."""

    def current(self, record_id: str) -> Resource | None: ...
    def shipped(self, record_id: str) -> Resource | None: ...


@dataclass(frozen=True, slots=True)
class Judged:
    """The record when the values make one; else what is missing or wrong, as the loader says it, and in which fields."""

    record: Resource | None
    faults: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


def judged(values: Values, today: date) -> Judged:
    """The values read as the loader reads a record of the file."""
    given = {name: held for name, held in values.items() if held not in _EMPTY}
    found = Findings("proposal", today, [""] * (2 * len(given) + 2))
    root = MapNode(1, 1)
    # Each field stands on a line of its own, so that a fault says by its line which field it is about.
    root.entries = {
        name: (_text(name, line), _node(held, line + 1))
        for line, (name, held) in zip(range(2, 2 * len(given) + 2, 2), given.items(), strict=True)
    }
    record = RecordReader(root, found, Hosts(found)).read()
    faults = tuple(dict.fromkeys(each.sentence for each in sorted(found.faults)))
    return Judged(None if faults else record, faults[:_MOST_FAULTS], _wrong(root, found) if faults else ())


def _wrong(root: MapNode, found: Findings) -> tuple[str, ...]:
    """The fields that are wrong, not known or missing."""
    lines = {each.line for each in found.faults}
    names = [name for name, (_, held) in root.entries.items() if held.line in lines or name not in RECORD_FIELDS]
    kind = root.entries["kind"][1] if "kind" in root.entries else None
    required = required_fields(kind.text if isinstance(kind, TextNode) else "")
    return (*names, *(name for name in required if name not in root.entries))


def _node(value: Any, line: int) -> Node:
    if isinstance(value, Mapping):
        made = MapNode(line, 1)
        made.entries = {
            name: (_text(name, line), _node(held, line)) for name, held in value.items() if held not in _EMPTY
        }
        return made
    if isinstance(value, list | tuple):
        listed = ListNode(line, 1)
        listed.items = [_node(each, line) for each in value]
        return listed
    return _text(str(value), line)


def _text(text: str, line: int) -> TextNode:
    return TextNode(text, line, 1, '"', line, 1)


def drafted(given: Submission, query: Query, taken: Iterable[str]) -> dict[str, Any]:
    """The values a suggestion fills by itself; what it does not say stays open for the moderators.

    `query` is what the search understands of the words (topics, places); `taken` are the ids in use.
    """
    url = next((link.shown for link in given.links if link.verdict in ("accept", "clean")), "")
    what, why = unpressable(given.what, given), unpressable(given.why, given)
    name = _title(what)
    values: dict[str, Any] = {
        "id": slug(name, taken),
        "name": name,
        "kind": "organization" if url else "tip",
        "led_by": "unknown",
        "description": {"en": _line(why or what)},
        "topics": [topic for topic, _ in query.topics][:6],
        "serves": list(query.serves) or ["all"],
        "coverage": [_area(Area(place.country, place.region, place.name)) for place in query.places],
        "access": list(query.access) or (["online"] if url else []),
        "contact": {"url": url} if url else {},
        "sources": [{"url": url, "says": SUGGESTED}] if url else [],
    }
    return {key: value for key, value in values.items() if value}


def slug(name: str, taken: Iterable[str]) -> str:
    """An id that is not taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = _SLUG.sub("-", plain).strip("-")[:48].strip("-") or "suggested"
    used = set(taken)
    return next(each for each in (base, *(f"{base}-{number}" for number in range(2, 1000))) if each not in used)


def _title(what: str) -> str:
    """The first line or sentence, short enough for a name; of a link alone its host."""
    first = re.split(r"[\n.!?。！？]\s|\n", what.strip(), maxsplit=1)[0]
    link = re.fullmatch(r"(?:https?://)?(?:www\.)?([^/\s]+\.[^/\s]+)(?:/\S*)?", first)
    return _line(link[1] if link else first)[:80].strip() or "?"


def _line(text: str) -> str:
    """One line without marks that hide or turn text, or that sentences of ours do not have."""
    return " ".join(HIDDEN.sub("", text).replace("!", ".").replace("！", "。").replace("¡", "").split())


def _area(area: Area) -> dict[str, str]:
    return {name: held for name in ("country", "region", "place") if (held := getattr(area, name))}


# The form moderators edit with: five fields, of which three hold lines such as "topics: health, housing".


def shown_fields(values: Values) -> dict[str, str]:
    """The proposal as the five fields of the form."""
    description = values.get("description", {})
    contact = values.get("contact", {})
    lines = [f"{name}: {values.get(name, '')}" for name in ("id", "kind", "led_by")]
    lines += [f"coverage: {', '.join(map(_coded, values.get('coverage', [])))}"]
    lines += [f"{name}: {', '.join(values.get(name, []))}" for name in LISTS if name in values or name in LISTS[:4]]
    lines += [f"{name}: {values[name]}" for name in WORDS[2:] if values.get(name)]
    return {
        "name": values.get("name", ""),
        "description": "\n".join(f"{language}: {text}" for language, text in description.items()),
        "contact": "\n".join(f"{name}: {contact[name]}" for name in CONTACT_FIELDS if contact.get(name)),
        "facts": "\n".join(lines),
        "sources": "\n".join(f"{each['url']} {each['says']}" for each in values.get("sources", [])),
    }


def edited(values: Values, given: Mapping[str, str]) -> dict[str, Any]:
    """The values after the form; a field that was left out stays as it was.

    An id that was made of the name follows it, so that no word a moderator took out stays in it for ever.
    """
    after = _filled(values, given)
    was_made = values.get("id") in (None, slug(values.get("name", ""), ()))
    if was_made and after.get("id") == values.get("id") and after.get("name"):
        after["id"] = slug(after["name"], ())
    return after


def _filled(values: Values, given: Mapping[str, str]) -> dict[str, Any]:
    after: dict[str, Any] = dict(values)
    if "name" in given:
        after["name"] = _line(given["name"])
    if "description" in given:
        read = dict(_lines(given["description"]))
        after["description"] = (
            read if all(len(key) <= 7 for key in read) and read else {"en": _line(given["description"])}
        )
    if "contact" in given:
        after["contact"] = dict(_lines(given["contact"]))
    if "sources" in given:
        after["sources"] = [_source(line) for line in given["sources"].splitlines() if line.strip()]
    for name, value in _lines(given.get("facts", "")):
        if name == "coverage":
            after[name] = [_place(each) for each in _parts(value)]
        else:
            after[name] = _parts(value) if name in LISTS else value
    return {name: value for name, value in after.items() if value not in ("", [], {})}


def _lines(text: str) -> Sequence[tuple[str, str]]:
    found = (line.partition(":") for line in text.splitlines() if line.strip())
    return [(name.strip(), _line(value)) for name, colon, value in found if colon]


def _parts(text: str) -> list[str]:
    return [part for each in re.split("[,，、]", text) if (part := each.strip())]


def _source(line: str) -> dict[str, str]:
    url, _, says = _line(line).partition(" ")
    return {"url": url, "says": says or SUGGESTED}


def _coded(area: Mapping[str, str]) -> str:
    """An area as one word: CA, CA-QC, CA-QC/Montréal."""
    code = area.get("region") or area.get("country", "")
    return f"{code}/{area['place']}" if area.get("place") else code


def _place(code: str) -> dict[str, str]:
    region, _, place = code.partition("/")
    return _area(Area(region[:2] if region != "*" else "*", region if "-" in region else None, place or None))


def needed(before: Resource | None, after: Resource, approvals: int) -> int:
    """How many moderators publish this: one for a typing error or a translation, else as many as the operator says."""
    if before is None:
        return approvals
    old, new = as_values(before), as_values(after)
    if {name for name in new if name != "checks" and new[name] != old[name]} - {"description"}:
        return approvals
    return (
        1
        if all(_is_small(text, after.description.get(language)) for language, text in before.description.items())
        else approvals
    )


def _is_small(before: str, after: str | None) -> bool:
    return after is not None and SequenceMatcher(None, before, after, autojunk=False).ratio() >= _ALIKE


def needs_call(before: Resource | None, after: Resource) -> bool:
    """Whether somebody must have called or written lately: a helpline whose number is new (`policy.md` §5)."""
    ways = ("phone", "text", "whatsapp")
    numbers = [getattr(after.contact, way) for way in ways]
    if after.kind != "helpline" or not any(numbers):
        return False
    return before is None or before.kind != "helpline" or numbers != [getattr(before.contact, way) for way in ways]
