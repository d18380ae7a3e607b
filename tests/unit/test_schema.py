"""The schema says what the loader takes, and the file beside it is the one that is made."""

import json
from datetime import date
from importlib import resources
from pathlib import Path
from typing import get_args

import jsonschema

from bot.directory import model
from bot.directory.parts import CONTACT_FIELDS
from bot.directory.record import RECORD_FIELDS, REQUIRED_FIELDS, required_fields
from bot.directory.schema import schema
from bot.directory.vocabulary import place_codes, vocabulary
from bot.vetting.proposal import judged
from tests.fakes.cases import PROPOSAL

SHIPPED = Path(__file__).parents[2] / "resources.yaml"
FILE = "resources.schema.json"


def test_the_kept_schema_is_the_made_one() -> None:
    """If this fails: python -m bot schema > bot/directory/resources.schema.json"""
    kept = (resources.files("bot") / "directory" / FILE).read_text("utf-8")
    assert kept == json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def test_the_first_line_of_the_directory_points_to_it() -> None:
    first = SHIPPED.read_text("utf-8").split("\n")[0]
    assert first == f"# yaml-language-server: $schema=bot/directory/{FILE}"
    assert (SHIPPED.parent / "bot" / "directory" / FILE).is_file()


def test_fields_are_those_of_the_model() -> None:
    assert set(RECORD_FIELDS) == set(model.Resource.__slots__) - {"line"}
    assert set(CONTACT_FIELDS) == set(model.Contact.__slots__)
    item = schema()["items"]
    assert list(item["properties"]) == list(RECORD_FIELDS)
    assert item["required"] == list(required_fields("tip"))
    assert {*item["required"], *item["else"]["required"]} == set(REQUIRED_FIELDS)
    assert all("description" in each for each in item["properties"].values())


def test_a_tip_alone_may_name_no_source() -> None:
    check = jsonschema.Draft202012Validator(schema()["items"])
    tip = {name: value for name, value in PROPOSAL.items() if name not in ("sources", "contact")} | {"kind": "tip"}
    assert check.is_valid(tip)
    assert judged(tip, date(2026, 11, 21)).record is not None
    group = {**tip, "kind": "organization"}
    assert not check.is_valid(group)
    assert judged(group, date(2026, 11, 21)).record is None


def test_words_of_the_model_are_those_of_the_vocabulary() -> None:
    words = vocabulary()
    assert get_args(model.Kind) == words.kind
    assert get_args(model.LedBy) == words.led_by
    assert get_args(model.CheckMethod) == words.check_methods
    assert set(model.CAUTION_LABELS) <= set(words.labels)
    assert set(model.CAUTION_LABELS.values()) <= set(words.cautions)


def test_the_vocabulary_repeats_nothing() -> None:
    words = vocabulary()
    for name in (
        "kind",
        "led_by",
        "topics",
        "serves",
        "access",
        "cautions",
        "languages",
        "check_methods",
        "check_outcomes",
    ):
        held = getattr(words, name)
        assert len(held) == len(set(held)), name
    assert {"en", "fr", "es", "zh", "no"} <= set(words.languages)


def test_codes_of_places_are_read() -> None:
    assert {"CA", "GB", "NO", "XK"} <= place_codes("countries")
    assert {"CA-QC", "US-NY", "CA-ON"} <= place_codes("regions")
