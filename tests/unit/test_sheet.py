"""Records as a sheet and back: equal, without a formula, and a bad sheet refused in plain words."""

import csv
import io
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.directory.load import load, load_text
from bot.directory.model import Resource
from bot.directory.sheet import MOST_CELL, MOST_ROWS, _alive, _inert, read_sheet, write_sheet
from bot.directory.write import dump
from tests.unit.test_write import _RECORD

TODAY = date(2026, 11, 21)
STARTS = "=+-@\t\r＝＋－＠"
GOOD = (
    "id,name,kind,led_by,description.en,topics,serves,coverage,access,sources,contact.phone\r\n"
    'a-group,A Group,organization,sex-workers,A group of peers.,"peer-support\nfood",all,CA-QC/Montréal,in-person,'
    "https://stella.org 2026-03 its page,{phone}\r\n"
)


@lru_cache(maxsize=1)
def shipped() -> tuple[Resource, ...]:
    return load(Path(__file__).parents[2] / "resources.yaml", TODAY).records


def cells(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


def sheet(**changes: str) -> bytes:
    """A good sheet of one row with cells of it changed."""
    rows = list(csv.DictReader(io.StringIO(GOOD.format(phone="'+15142858889"), newline="")))
    row = {**rows[0], **changes}
    out = io.StringIO()
    writer = csv.DictWriter(out, list(row))
    writer.writeheader()
    writer.writerow(row)
    return out.getvalue().encode()


def test_the_shipped_records_come_back_as_they_are() -> None:
    records, faults = read_sheet(write_sheet(shipped()).encode(), "f.csv", TODAY)
    assert faults == []
    assert tuple(records) == shipped()


def test_no_cell_of_the_shipped_records_begins_a_formula() -> None:
    written = cells(write_sheet(shipped()))
    assert [cell for cell in written if cell and cell[0] in STARTS] == []
    assert any(cell.startswith("'+") for cell in written), "the control: numbers begin with a +"


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(_RECORD, min_size=1, max_size=2, unique_by=lambda record: record.id))
def test_any_record_comes_back_as_it_was(records: list[Resource]) -> None:
    if load_text(dump(records).encode(), "f", TODAY).faults:
        return
    written = write_sheet(records)
    assert not [cell for cell in cells(written) if cell and cell[0] in STARTS]
    read, faults = read_sheet(written.encode(), "f.csv", TODAY)
    assert faults == []
    assert read == sorted(records, key=lambda record: record.id)


@given(st.text(st.sampled_from(f"'{STARTS}ab1 "), max_size=6))
def test_a_cell_made_inert_comes_back(cell: str) -> None:
    inert = _inert(cell)
    assert not inert or inert[0] not in STARTS
    assert _alive(inert) == cell


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("phone", ["'+15142858889", "+15142858889"])
def test_a_sheet_of_any_program_is_read(delimiter: str, phone: str) -> None:
    text = GOOD.format(phone=phone).replace(",", delimiter)
    records, faults = read_sheet(b"\xef\xbb\xbf" + text.encode(), "f.csv", TODAY)
    assert faults == []
    assert records[0].topics == ("peer-support", "food")
    assert (records[0].coverage[0].region, records[0].coverage[0].place) == ("CA-QC", "Montréal")
    assert records[0].contact.phone == "+15142858889"


@pytest.mark.parametrize(
    ("content", "row", "part"),
    [
        (b"", 1, "one of them is id"),
        (b"name,kind\r\nA,organization\r\n", 1, "one of them is id"),
        (b"id,wages\r\na,b\r\n", 1, "\u201cwages\u201d is no column"),
        (b"id,name,name\r\na,b,c\r\n", 1, "Two columns have the same name"),
        (b"id,name\r\na,b,c\r\n", 2, "more cells than the first row"),
        (GOOD.format(phone="").encode("utf-16"), 0, "UTF-8"),
        (GOOD.format(phone="").encode("latin-1"), 0, "UTF-8"),
        (b"id,name\r\na,\0b\r\n", 0, "UTF-8"),
        (b'id,name\r\na,"b\r\n', 2, "quotation mark"),
        (b'id,name\r\na,"b"c\r\n', 2, "quotation mark"),
        (sheet(name="=HYPERLINK(1)"), 2, "under name begins like a formula (=)"),
        (sheet(name="@SUM(1)"), 2, "begins like a formula (@)"),
        (sheet(name="-1+cmd|' /C calc'!A0"), 2, "begins like a formula (-)"),
        (sheet(**{"contact.phone": "+1+cmd"}), 2, "begins like a formula (+)"),
        (sheet(name="A" * (MOST_CELL + 1)), 2, f"longer than {MOST_CELL}"),
        (sheet(name="A\u202eB"), 2, "cannot be seen"),
        (sheet(kind="agency"), 2, "agency"),
        (sheet(labels="free yes https://stella.org\nfree no https://stella.org"), 2, "a label twice"),
        (sheet(labels="free"), 2, "value"),
        (sheet(**{"contact.url": "javascript:alert(1)"}), 2, "Only addresses that begin with https://"),
        (sheet() + sheet().split(b"\r\n", 1)[1], 0, "Two rows have the id a-group"),
        (b"id\r\n" + b"a\r\n" * (MOST_ROWS + 1), MOST_ROWS + 2, f"more than {MOST_ROWS} rows"),
    ],
)
def test_a_bad_sheet_is_refused_whole_in_plain_words(content: bytes, row: int, part: str) -> None:
    records, faults = read_sheet(content, "f.csv", TODAY)
    assert records == []
    assert any(fault.line == row and part in fault.sentence for fault in faults), faults[:5]
