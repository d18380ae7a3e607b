"""A shorter answer is better than a weak one: what only fills the page comes after what answers, and not on its page."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from bot.directory.index import Index
from bot.directory.model import Area, Resource, Source
from bot.directory.places import Gazetteer
from bot.directory.query import Found, Place, Query
from bot.directory.search import find

TODAY = date(2026, 11, 21)
BASE = Resource(
    "x",
    "Sample Group",
    "organization",
    "allies",
    {"en": "A group."},
    ("legal-help",),
    ("all",),
    (Area("CA", "CA-ON", "Toronto"),),
    ("in-person",),
    (Source("https://example.org", "all"),),
)
FAR_AWAY = (Area("*"),)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    return Gazetteer.shipped()


def record(id_: str, **fields: Any) -> Resource:
    return replace(BASE, id=id_, **fields)


def asked(topic: str, **fields: Any) -> Query:
    return Query("en", "en", topics=((topic, 1.0),), places=(Place("CA", "CA-ON", "Toronto"),), **fields)


def answer(query: Query, *records: Resource) -> Found:
    return find(Index(records, gazetteer()), query, TODAY)


def ids(found: Found) -> list[str]:
    return [match.resource.id for match in found.matches]


def short(query: Query, *records: Resource, limit: int = 5, offset: int = 0) -> Found:
    return find(Index(records, gazetteer()), query, TODAY, limit, offset, is_short=True)


def test_page_after_page_shows_every_record_once() -> None:
    """Twelve records, some of them fillers, in pages of three."""
    kinds = ("organization", "guide", "service", "fund")
    records = [
        record(f"r{at}", kind=kinds[at % 4], coverage=(BASE.coverage, (Area("CA"),))[at % 2]) for at in range(12)
    ]
    shown: list[str] = []
    while len(shown) < len(records):
        page = ids(short(asked("legal-help"), *records, limit=3, offset=len(shown)))
        assert page
        shown += page
    assert sorted(shown) == sorted(each.id for each in records)


def test_what_only_fills_the_page_is_left_for_the_next() -> None:
    """A guide nobody asked for and a far network behind a good answer: shown to who asks for more, each once."""
    good = record("good")
    fillers = [
        record("guide", kind="guide", coverage=(Area("CA"),)),
        record("far", topics=("union",), coverage=FAR_AWAY),
    ]
    first = short(asked("legal-help"), *fillers, good)
    assert ids(first) == ["good"]
    assert first.total > 1
    assert ids(short(asked("legal-help"), *fillers, good, offset=1))[0] == "guide"
    assert "guide" in ids(short(asked("legal-help", kinds=("guide",)), *fillers, good))


def test_a_filler_is_shown_where_nothing_is_better() -> None:
    assert ids(short(asked("legal-help"), record("guide", kind="guide", coverage=(Area("CA"),)))) == ["guide"]


def test_a_handbook_for_the_world_is_no_clinic() -> None:
    handbook = record("handbook", kind="guide", topics=("sexual-health", "education-and-training"), coverage=FAR_AWAY)
    assert ids(answer(asked("sexual-health"), handbook)) == []
    assert ids(answer(asked("education-and-training"), handbook)) == ["handbook"]
    assert ids(answer(asked("sexual-health", kinds=("guide",)), handbook)) == ["handbook"]


def test_a_group_for_migrants_of_one_origin_waits_until_one_of_them_asks() -> None:
    records = record("all"), record("theirs", serves=("migrant", "asian"))
    assert ids(short(asked("legal-help"), *records)) == ["all"]
    assert ids(short(asked("legal-help", serves=("migrant",)), *records)) == ["theirs", "all"]
    assert "theirs" in ids(short(replace(asked("legal-help"), language="zh"), *records))


def test_who_is_of_no_such_origin_does_not_get_its_line() -> None:
    records = record("all"), record("theirs", serves=("indigenous", "survivors"))
    assert ids(short(asked("legal-help", serves=("survivors", "migrant")), *records)) == ["all"]
    assert "theirs" in ids(short(asked("legal-help", serves=("indigenous",)), *records))
    assert "open" in ids(short(asked("legal-help"), record("all"), record("open", serves=("women", "indigenous"))))


def test_who_is_at_home_in_another_city_waits_behind_the_group_of_this_one() -> None:
    away = (Area("CA", "CA-BC", "Vancouver"), Area("CA"))
    country = record("country", coverage=(Area("CA"),))
    assert ids(short(asked("legal-help"), record("here"), record("away", coverage=away), country)) == [
        "here",
        "country",
    ]


def test_a_group_for_prisoners_waits_until_prison_is_spoken_of() -> None:
    inside = record("inside", topics=("incarceration-support", "legal-help"), serves=("incarcerated",))
    assert ids(answer(asked("legal-help"), inside)) == []
    assert ids(answer(asked("legal-help", serves=("incarcerated",)), inside)) == ["inside"]
    assert ids(answer(asked("criminal-record"), inside)) == ["inside"]


def test_a_group_is_shown_funds_for_groups_and_a_person_those_for_persons() -> None:
    groups = record("groups", kind="fund", cautions=("grants-to-groups-only",))
    records = groups, record("persons", kind="fund")
    assert ids(answer(asked("legal-help", kinds=("fund", "organization")), *records)) == ["groups"]
    assert ids(answer(asked("legal-help", kinds=("fund",)), *records)) == ["persons"]


def test_without_a_place_the_lawyer_of_some_country_waits() -> None:
    both = "legal-help", "digital-safety"
    records = (
        record("world", topics=both, coverage=FAR_AWAY),
        record("national", topics=both, coverage=(Area("JP"),), access=("online",)),
    )
    placeless = replace(asked("legal-help"), places=())
    assert ids(short(placeless, *records)) == ["world"]
    assert ids(answer(placeless, *records)) == ["world", "national"]
    assert ids(short(replace(placeless, topics=(("digital-safety", 1.0),)), *records)) == ["world", "national"]
