"""Records as a sheet (CSV) and back, for people who work with a table.

A line is a record, a column a field; where a field holds several things each stands on its own line in the cell. The
columns, all but the first may be left out when a sheet is read:

| column                                                                  | a line of its cell                          |
|-------------------------------------------------------------------------|---------------------------------------------|
| id, name, kind, led_by, involvement, opens, ends, as_of                 | the value                                   |
| aliases, topics, serves, languages, access, cautions, calls             | one of them                                 |
| description.en, description.fr, …                                       | the description in that language            |
| coverage                                                                | CA, CA-QC, CA-QC/Montréal, */Africa, *      |
| contact.url, .email, .phone, .text, .whatsapp, .address, .hours, .phone_as_of | the value                             |
| labels                                                                  | free yes https://…                          |
| sources                                                                 | https://… 2025-03 what it shows (- for no date) |
| checks                                                                  | 2026-03-31 called-or-messaged ok            |

No cell that is written begins a formula: where a text would, a ' stands before it, which reading takes away again. A
sheet from outside with a cell that begins one is refused, as is what is no UTF-8.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

import yaml

from bot.directory.load import load_text
from bot.directory.model import Resource
from bot.directory.parts import CONTACT_FIELDS
from bot.directory.record import RECORD_FIELDS
from bot.directory.write import as_values
from bot.reading import HIDDEN, Fault, shown

MOST_CELL = 4_000
MOST_ROWS = 1_000
_BEGINS_FORMULA = "=+-@\t\r＝＋－＠"
_WORDS = ("aliases", "topics", "serves", "languages", "access", "cautions", "calls")
_LISTS = (*_WORDS, "coverage", "labels", "sources", "checks")
_COLUMN = re.compile(r"description\.[A-Za-z-]{2,12}")
# A number as it is dialled begins no sum.
_NUMBER = re.compile(r"\+\d{6,15}")
COLUMNS = (
    *(name for name in RECORD_FIELDS if name not in ("description", "contact")),
    *(f"contact.{name}" for name in CONTACT_FIELDS),
)


def write_sheet(records: Iterable[Resource]) -> str:
    """The records as CSV, by id; `read_sheet` gives equal ones."""
    rows = [_row(each) for each in sorted(records, key=lambda each: each.id)]
    used = {name for row in rows for name, cell in row.items() if cell}
    columns = [name for name in (*COLUMNS, *sorted(used - set(COLUMNS))) if name in used or name == "id"]
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_inert(row.get(name, "")) for name in columns] for row in rows)
    return out.getvalue()


def read_sheet(content: bytes, file: str, today: date) -> tuple[list[Resource], list[Fault]]:
    """The records of a sheet, or its faults in plain words, `line` counting rows with the header as 1. Never raises."""
    faults: list[Fault] = []
    records: list[Resource] = []
    for number, row in _rows(content, file, faults):
        loaded = load_text(_yaml(row).encode(), file, today)
        # What stands on which line of the YAML says nothing to who wrote a sheet.
        faults += [Fault(file, number, 0, fault.sentence) for fault in loaded.faults]
        records += loaded.records
    seen: set[str] = set()
    for record in records:
        if record.id in seen:
            faults.append(Fault(file, 0, 0, f"Two rows have the id {record.id}. Choose another one for one of them."))
        seen.add(record.id)
    return ([], faults) if faults else (records, [])


def text_of_sheet(content: bytes) -> str | None:
    """The text of a file in UTF-8, with or without its mark; None for another encoding."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _row(record: Resource) -> dict[str, str]:
    values = as_values(record)
    contact, description = values.pop("contact"), values.pop("description")
    row = {name: value if isinstance(value, str) else "" for name, value in values.items()}
    for name in _WORDS:
        row[name] = "\n".join(getattr(record, name))
    row["coverage"] = "\n".join(_area(area.country, area.region, area.place) for area in record.coverage)
    row["labels"] = "\n".join(f"{name} {label.value} {label.source}" for name, label in record.labels)
    row["sources"] = "\n".join(f"{each.url} {each.dated or '-'} {each.says}" for each in record.sources)
    row["checks"] = "\n".join(f"{each.date} {each.method} {each.outcome}" for each in record.checks)
    for prefix, held in (("contact", contact), ("description", description)):
        row |= {f"{prefix}.{name}": str(value) for name, value in held.items()} if isinstance(held, dict) else {}
    return {name: str(cell) for name, cell in row.items()}


def _area(country: str, region: str | None, place: str | None) -> str:
    return (region or country) + (f"/{place}" if place else "")


def _inert(cell: str) -> str:
    return f"'{cell}" if cell and cell[0] in f"{_BEGINS_FORMULA}'" else cell


def _alive(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1] in f"{_BEGINS_FORMULA}'" else cell


def _rows(content: bytes, file: str, faults: list[Fault]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with their numbers, cells by column; what cannot be one is added to the faults."""

    def fault(number: int, sentence: str) -> None:
        faults.append(Fault(file, number, 0, sentence))

    text = text_of_sheet(content)
    if text is None or "\0" in text:
        fault(0, "This sheet is not written in UTF-8. Save it as “CSV UTF-8” and try again.")
        return
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        columns = [cell.strip() for cell in next(lines, [])]
        wrong = _wrong_columns(columns)
        if wrong:
            fault(1, wrong)
            return
        for number, cells in enumerate(lines, 2):
            if number > MOST_ROWS + 1:
                fault(number, f"This sheet has more than {MOST_ROWS} rows. Hand it in in parts.")
                return
            if any(cell.strip() for cell in cells):
                yield from _cells(number, columns, cells, fault)
    except csv.Error:
        fault(
            lines.line_num,
            "From here on the sheet cannot be read: a quotation mark is not closed, or stands in the middle of a cell.",
        )


def _cells(
    number: int, columns: list[str], cells: list[str], fault: Callable[[int, str], None]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The row, when every cell of it may be read."""
    wrong = _wrong_cells(columns, cells)
    if wrong:
        fault(number, wrong)
        return
    yield number, {name: _alive(cell.strip()) for name, cell in zip(columns, cells, strict=False) if cell.strip()}


def _wrong_columns(columns: list[str]) -> str | None:
    known = (*COLUMNS, "description.en")
    if "id" not in columns:
        return "The first row names the columns, and one of them is id. The columns are: " + ", ".join(known) + "."
    strange = [each for each in columns if each not in COLUMNS and not _COLUMN.fullmatch(each)]
    if strange:
        return f"{shown(strange[0])} is no column. The columns are: {', '.join(known)}."
    return "Two columns have the same name." if len(set(columns)) < len(columns) else None


def _wrong_cells(columns: list[str], cells: list[str]) -> str | None:
    if len(cells) > len(columns):
        return "This row has more cells than the first row has columns. Is a text with a comma not in quotation marks?"
    for name, cell in zip(columns, cells, strict=False):
        held = cell.strip()
        if len(held) > MOST_CELL:
            return f"The cell under {name} is longer than {MOST_CELL} signs. Write less."
        if held and held[0] in _BEGINS_FORMULA and not _NUMBER.fullmatch(held):
            return f"The cell under {name} begins like a formula ({held[0]}). Put a ' before it if it is text."
        if HIDDEN.search(held.replace("\n", " ").replace("\r", " ")):
            return f"The cell under {name} holds signs that cannot be seen. Type it again."
        if name == "labels" and len({_three(line)[0] for line in held.splitlines()}) < len(held.splitlines()):
            return "The cell under labels names a label twice. Delete one of its lines."
    return None


def _delimiter(text: str) -> str:
    """The sign between the cells of the first row: programs write ; and tabs where the comma is a decimal sign."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _yaml(row: Mapping[str, str]) -> str:
    """The record of a row as YAML, every value in quotes."""
    values: dict[str, object] = {}
    for name in RECORD_FIELDS:
        below = {each.partition(".")[2]: cell for each, cell in row.items() if each.startswith(f"{name}.")}
        if below:
            values[name] = below
        elif name in row:
            values[name] = _value(name, row[name])
    return yaml.safe_dump([values], allow_unicode=True, default_style='"', width=10_000, sort_keys=False)


def _value(name: str, cell: str) -> object:
    if name not in _LISTS:
        return cell
    lines = [line.strip() for line in cell.splitlines() if line.strip()]
    if name == "labels":
        return {key: {"value": value, "source": source} for key, value, source in map(_three, lines)}
    if name == "coverage":
        return [_coverage(line) for line in lines]
    if name == "sources":
        return [
            {"url": url, "says": says, **({"dated": dated} if dated != "-" else {})}
            for url, dated, says in map(_three, lines)
        ]
    if name == "checks":
        return [{"date": day, "method": method, "outcome": outcome} for day, method, outcome in map(_three, lines)]
    return lines


def _three(line: str) -> tuple[str, str, str]:
    first, _, rest = line.partition(" ")
    second, _, third = rest.partition(" ")
    return first, second, third


def _coverage(line: str) -> dict[str, str]:
    code, _, place = line.partition("/")
    country, _, region = code.partition("-")
    return {"country": country, **({"region": code} if region else {}), **({"place": place} if place else {})}
