"""How closely the area a group covers is the place somebody asks about."""

from datetime import date
from functools import lru_cache

import pytest

from bot.directory.load import load
from bot.directory.model import Area
from bot.directory.places import Reach
from bot.directory.query import Place
from bot.directory.snapshot import packaged_file
from tests.unit.test_places import (
    CANADA,
    LONDON_ON,
    LONDON_UK,
    MONTREAL,
    NEW_YORK,
    ONTARIO,
    PROVINCE,
    QUEBEC,
    TORONTO,
    VANCOUVER,
    gazetteer,
)


@lru_cache(maxsize=1)
def shipped_areas() -> tuple[Area, ...]:
    records = load(packaged_file(), date(2026, 11, 21)).records
    return tuple(sorted({area for record in records for area in record.coverage}, key=str))


@pytest.mark.parametrize(
    ("area", "place", "reach"),
    [
        (Area("*"), TORONTO, Reach.WORLDWIDE),
        (Area("*", None, "Africa"), Place("KE"), Reach.MACRO),
        (Area("*", None, "Africa"), TORONTO, Reach.NONE),
        (Area("CA"), TORONTO, Reach.COUNTRY),
        (Area("CA", "CA-ON"), TORONTO, Reach.REGION),
        (Area("CA", "CA-BC"), TORONTO, Reach.NONE),
        (Area("CA", "CA-ON", "Toronto"), TORONTO, Reach.PLACE),
        (Area("CA", "CA-ON", "Toronto"), Place("CA", "CA-ON", "Scarborough"), Reach.NEAR),
        (Area("CA", "CA-BC", "Vancouver"), Place("CA", "CA-BC", "Burnaby"), Reach.NEAR),
        (Area("CA", "CA-ON", "Toronto"), ONTARIO, Reach.INSIDE),
        (Area("CA", "CA-ON", "Toronto"), CANADA, Reach.INSIDE),
        (Area("CA", "CA-ON", "Toronto"), MONTREAL, Reach.NONE),
        (Area("CA", "CA-ON", "London"), LONDON_UK, Reach.NONE),
        (Area("KE"), Place("*", None, "Africa"), Reach.INSIDE),
        (Area("US"), TORONTO, Reach.NONE),
        (Area("CA", "CA-QC"), QUEBEC, Reach.REGION),
        (Area("CA", "CA-QC", "Québec"), PROVINCE, Reach.INSIDE),
    ],
)
def test_how_closely_an_area_covers_a_place(area: Area, place: Place, reach: Reach) -> None:
    assert gazetteer().reach(area, place) is reach


SOME = (
    TORONTO, MONTREAL, VANCOUVER, QUEBEC, LONDON_ON, LONDON_UK, CANADA, ONTARIO, PROVINCE, NEW_YORK, Place("US"), Place("US", "US-NY"),
    Place("CA", "CA-ON", "Scarborough"), Place("CA", "CA-BC", "Burnaby"), Place("US", "US-CA", "San Francisco Bay Area"),
    Place("US", "US-CA", "Oakland"), Place("FR", "FR-PAC", "Nice"), Place("DE", "DE-BE", "Berlin"), Place("GB"), Place("KE"),
    Place("MX", "MX-CMX", "Ciudad de México"), Place("*", None, "Africa"), Place("CA", "CA-QC", "Nowhere-sur-Mer"),
)  # fmt: skip


@pytest.mark.parametrize("place", SOME, ids=str)
def test_the_areas_around_a_place_are_those_that_reach_it(place: Place) -> None:
    around: dict[Area, Reach] = {}
    for area, reach in gazetteer().areas_around(place):
        around[area] = max(reach, around.get(area, Reach.NONE))
    for area in shipped_areas():
        reach = gazetteer().reach(area, place)
        # What lies inside is found the other way round (`Index`).
        assert reach is around.get(area, reach if reach is Reach.INSIDE else Reach.NONE), area


def test_every_shipped_place_is_known_and_found_by_its_name() -> None:
    for area in shipped_areas():
        if area.country != "*" and area.place:
            named = gazetteer().named(area.place)
            assert any(gazetteer().reach(area, place) >= Reach.INSIDE for place in named), area


def test_what_is_near_across_a_line_is_no_nearer_than_what_serves_the_region() -> None:
    gatineau, jersey = Place("CA", "CA-QC", "Gatineau"), Place("US", "US-NJ", "Jersey City")
    assert gazetteer().reach(Area("CA", "CA-ON", "Ottawa"), gatineau) is Reach.REGION
    assert gazetteer().reach(Area("US", "US-NY", "New York"), jersey) is Reach.REGION
    assert gazetteer().reach(Area("CA", "CA-QC", "Montréal"), Place("CA", "CA-QC", "Laval")) is Reach.NEAR
    assert (Area("CA", "CA-ON", "Ottawa"), Reach.REGION) in list(gazetteer().areas_around(gatineau))
