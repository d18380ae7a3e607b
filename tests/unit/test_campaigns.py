"""Campaigns: what is signed, what is shown, and a list no spreadsheet runs."""

import csv
import io
import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from bot.announcements.campaigns import (
    COLUMNS,
    SHOWN_FROM,
    Signature,
    as_csv,
    campaigns,
    counts,
    inert,
    regions,
    version_of,
)
from bot.app import build
from bot.directory.model import PartialDate
from bot.settings import Settings

RECORDS = build(Settings()).directory.current.records
(DECLARATION,) = [each for each in campaigns(RECORDS) if each.id == "butterfly-declaration-of-support"]


def signed(
    count: int, kind: str = "person", region: str = "", *, is_counted: bool = True, version: str = "v"
) -> list[Signature]:
    return [Signature("c", version, kind, f"n{each}", region, is_counted=is_counted) for each in range(count)]  # type: ignore[arg-type]


def test_the_declaration_makes_its_eight_calls_and_names_the_organizers_own_form() -> None:
    assert len(DECLARATION.record.calls) == 8
    assert DECLARATION.record.calls[0] == "Full decriminalization of sex work"
    assert (DECLARATION.record.contact.url or "").startswith("https://docs.google.com/forms/")
    assert DECLARATION.is_open(date(2036, 1, 1))


@pytest.mark.parametrize(
    ("opens", "ends", "shut", "first", "last"),
    [
        (PartialDate(2027, 3, 1), None, date(2027, 2, 28), date(2027, 3, 1), date(2036, 1, 1)),
        (PartialDate(2027, 3), PartialDate(2027, 3), date(2027, 2, 28), date(2027, 3, 1), date(2027, 3, 31)),
        (PartialDate(2027), PartialDate(2027, 3, 1), date(2026, 12, 31), date(2027, 1, 1), date(2027, 3, 1)),
    ],
)
def test_it_is_open_from_its_opening_to_its_end(
    opens: PartialDate, ends: PartialDate | None, shut: date, first: date, last: date
) -> None:
    campaign = replace(DECLARATION, record=replace(DECLARATION.record, opens=opens, ends=ends))
    assert [campaign.is_open(day) for day in (shut, first, last)] == [False, True, True]
    assert [campaign.opens_later(day) for day in (shut, first)] == [True, False]


def test_a_version_is_the_text_that_is_signed_and_nothing_else() -> None:
    record = DECLARATION.record
    assert version_of(record) == version_of(replace(record, topics=(), description={"en": "x"}))
    assert version_of(record) != version_of(replace(record, calls=record.calls[::-1]))
    assert version_of(record) != version_of(replace(record, name="x"))


@pytest.mark.parametrize(("count", "expected"), [(0, {}), (SHOWN_FROM - 1, {}), (SHOWN_FROM, {"person": SHOWN_FROM})])
def test_numbers_are_shown_from_five_up(count: int, expected: dict[str, int]) -> None:
    assert counts(signed(count), "v") == expected
    assert counts(signed(count, is_counted=False), "v") == {}
    assert counts(signed(count, version="older"), "v") == {}


def test_regions_are_shown_from_five_up_however_they_are_written() -> None:
    some = [*signed(3, region="Québec"), *signed(2, region="québec"), *signed(4, region="Ontario"), *signed(9)]
    assert regions(some, "v") == [("Québec", 5)]


HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1", " =1", "＝1+1", "|calc", "%1", "'=1", '"=1"', 'a,"b"', "=cmd|' /C calc'!A0", "a\nb",
]  # fmt: skip


def test_no_cell_is_a_formula_and_every_cell_can_be_had_back() -> None:
    page = as_csv(
        [
            Signature("c", "v" * 64, "person", name, key=str(at), day=date(2026, 11, 29))
            for at, name in enumerate(HOSTILE)
        ]
    )
    header, *rows = csv.reader(io.StringIO(page))
    assert tuple(header) == COLUMNS
    assert len(rows) == len(HOSTILE)
    for row in rows:
        for cell in row:
            assert cell.lstrip()[:1] not in set("=+-@|%＝＋－＠\t\r\n"), cell
            assert cell.isprintable()
    wanted = sorted("".join(each if each.isprintable() else " " for each in name) for name in HOSTILE)
    assert sorted(row[1].removeprefix("'") for row in rows) == wanted


@pytest.mark.parametrize("sign", list("=+-@＝＋－＠﹦﹢﹣﹫⁺₌"))
@pytest.mark.parametrize("parted", [",", ";", "|", "\t"])
def test_no_cell_is_a_formula_wherever_a_spreadsheet_parts_them(parted: str, sign: str) -> None:
    names = [
        f"{sign}1",
        f"a{parted}{sign}1",
        f"a{parted} {sign}1",
        f'a"{parted}{sign}1"',
        f"\u200b{sign}1",
        f"\u00a0{sign}1",
    ]
    page = as_csv([Signature("c", "v" * 64, "person", name, day=date(2026, 11, 29)) for name in names])
    for row in list(csv.reader(io.StringIO(page), delimiter=parted))[1:]:
        for cell in row:
            assert unicodedata.normalize("NFKC", cell.lstrip(' "'))[:1] not in set("=+-@"), cell


def test_only_what_counts_is_handed_on() -> None:
    assert len(as_csv(signed(3, is_counted=False)).splitlines()) == 1


@pytest.mark.parametrize("cell", ["", "Night Kitchen", "夜厨房", "O'Brien", "a-b"])
def test_plain_cells_stay_as_they_are(cell: str) -> None:
    assert inert(cell) == cell
