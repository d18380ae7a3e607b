"""The records as sets agree with the records themselves."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.words import tokens
from bot.directory.index import Index, is_set, numbers, units
from bot.directory.load import load
from bot.directory.model import Area, Resource, Source
from bot.directory.places import Gazetteer, Reach
from bot.directory.query import Place
from bot.directory.snapshot import packaged_file
from bot.directory.vocabulary import vocabulary

BASE = Resource(
    "x", "X", "organization", "sex-workers", {"en": "A group."}, ("peer-support",), ("all",), (Area("CA"),), ("in-person",),
    (Source("https://example.org", "all"),),
)  # fmt: skip
TORONTO = Place("CA", "CA-ON", "Toronto")
PLACES = (
    TORONTO, Place("CA"), Place("CA", "CA-ON"), Place("CA", "CA-QC", "Montréal"), Place("CA", "CA-BC", "Burnaby"), Place("US"),
    Place("US", "US-NY", "New York"), Place("GB", "GB-ENG", "London"), Place("KE"), Place("*", None, "Africa"), Place("TH"),
    Place("US", "US-CA", "San Francisco Bay Area"), Place("CA", "CA-NU"), Place("GB"), Place("GB", "GB-SCT"),
)  # fmt: skip


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    return Gazetteer.shipped()


@lru_cache(maxsize=1)
def shipped() -> Index:
    return Index(load(packaged_file(), date(2026, 11, 21)).records, gazetteer())


def index(*records: Resource) -> Index:
    return Index(records, gazetteer())


def ids(made: Index, bits: int) -> list[str]:
    return [made.records[number].id for number in numbers(bits)]


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_the_sets_around_a_place_agree_with_each_records_areas(place: Place) -> None:
    levels = shipped().covering([place])
    for number, record in enumerate(shipped().records):
        closest = max(gazetteer().reach(area, place) for area in record.coverage)
        found = [reach for reach, bits in levels.items() if bits >> number & 1]
        assert found == ([closest] if closest is not Reach.NONE else []), record.id


def test_of_two_places_the_closer_one_counts() -> None:
    made = index(
        replace(BASE, coverage=(Area("CA", "CA-ON", "Toronto"),)), replace(BASE, id="y", coverage=(Area("CA"),))
    )
    levels = made.covering([TORONTO, Place("CA", "CA-QC", "Montréal")])
    assert ids(made, levels[Reach.PLACE]) == ["x"]
    assert ids(made, levels[Reach.COUNTRY]) == ["y"]
    assert Reach.NONE not in levels


def test_every_facet_holds_the_records_that_have_it() -> None:
    made = shipped()
    for topic in vocabulary().topics:
        assert ids(made, made.facet("topic", topic)) == [record.id for record in made.records if topic in record.topics]
    for led in vocabulary().led_by:
        assert ids(made, made.facet("led-by", led)) == [record.id for record in made.records if record.led_by == led]
    assert made.facet("topic", "no-such-topic") == 0


def test_online_is_what_nobody_has_to_go_to() -> None:
    made = index(
        replace(BASE, id="both", access=("in-person", "online")), replace(BASE, id="web", access=("online", "phone")),
        replace(BASE, id="line", access=("phone",)),
    )  # fmt: skip
    assert ids(made, made.facet("reach", "online")) == ["web"]


def test_worldwide_is_not_a_part_of_the_world() -> None:
    made = index(replace(BASE, coverage=(Area("*", None, "Africa"),)), replace(BASE, id="all", coverage=(Area("*"),)))
    assert ids(made, made.facet("reach", "worldwide")) == ["all"]


def test_a_country_with_only_a_national_record_is_not_served_in_its_towns() -> None:
    made = index(BASE, replace(BASE, id="y", coverage=(Area("CA", "CA-ON", "Toronto"),)))
    assert made.is_served(TORONTO)
    assert not made.is_served(Place("CA", "CA-ON", "London"))
    assert not made.is_served(Place("CA", "CA-ON"))


def test_words_lead_to_the_records_that_have_them() -> None:
    made = index(
        replace(BASE, name="Night Kitchen"),
        replace(BASE, id="y", description={"en": "Warm meals in the kitchen", "zh": "厨房"}),
    )
    (unit,) = units(["kitchen"])
    assert sorted(made.with_unit(unit)) == [0, 1]
    assert (made.is_in_name(unit, 0), made.is_in_text(unit, 0)) == (True, False)
    assert (made.is_in_name(unit, 1), made.is_in_text(unit, 1)) == (False, True)
    assert made.rarity("warm") > made.rarity(unit) > made.rarity("nosuch") == 0
    assert list(made.with_unit("厨房")) == [1]


def test_endings_do_not_matter_and_characters_go_in_pairs() -> None:
    assert units(tokens("immigration")) == units(tokens("immigrants"))
    assert units(tokens("法律援助")) == ["法律", "律援", "援助"]
    assert units(tokens("律")) == []


def test_related_topics_are_worth_less_than_the_topic_itself() -> None:
    related = index().related
    assert set(related) == set(vocabulary().topics)
    for topic, worth in related.items():
        assert worth[topic] == 1.0
        assert all(0 < value < 1 for other, value in worth.items() if other != topic)
        assert set(worth) <= set(vocabulary().topics)


def test_nobody_is_led_to_leaving_or_trafficking_support_by_another_need() -> None:
    for topic, worth in index().related.items():
        if topic not in ("leaving-the-industry", "trafficking-support"):
            assert not {"leaving-the-industry", "trafficking-support"} & set(worth)


def test_an_empty_directory_can_be_asked() -> None:
    assert not any(index().covering([TORONTO]).values())
    assert index().facet("topic", "food") == 0


@given(st.sets(st.integers(0, 500)))
def test_bits_and_numbers_are_the_same(chosen: set[int]) -> None:
    bits = sum(1 << each for each in chosen)
    data = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    assert list(numbers(bits)) == sorted(chosen)
    assert {each for each in range(520) if is_set(data, each)} == chosen


def mixed(areas: Iterable[Area], count: int) -> list[Resource]:
    dice, every = random.Random(7), sorted(areas, key=str)
    return [replace(BASE, id=f"r{at}", coverage=tuple(dice.sample(every, dice.randint(1, 4)))) for at in range(count)]


def test_records_of_several_areas_stand_in_one_level_only() -> None:
    areas = {area for record in shipped().records for area in record.coverage}
    made = index(*mixed(areas, 200))
    for place in PLACES:
        levels = made.covering([place])
        for number, record in enumerate(made.records):
            closest = max(gazetteer().reach(area, place) for area in record.coverage)
            assert [reach for reach, bits in levels.items() if bits >> number & 1] == [closest] * (closest > 0)
