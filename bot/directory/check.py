"""`python -m bot check`: every fault of the directory files in plain words, one a line."""

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from pathlib import Path

from bot.directory.load import Loaded, load_text
from bot.directory.write import dump, head_of
from bot.reading import MOST_BYTES, Fault, Unreadable, read_bytes

GOOD, FAULTY, UNREADABLE = 0, 1, 2


def check(paths: Sequence[Path], today: date) -> tuple[list[str], int]:
    """The lines to print, and the exit code: 0 no fault, 1 faults, 2 a file that cannot be opened.

    A fault is `file:line:column: sentence`, a warning the same with "warning: " before its sentence; for each file
    without a fault a summary follows.
    """
    lines: list[str] = []
    code = GOOD
    for path in paths:
        try:
            content = read_bytes(path)
        except Unreadable as unreadable:
            lines.append(f"{path}: {unreadable.fault.sentence}")
            code = max(code, UNREADABLE)
            continue
        found = check_text(content, str(path), today)
        marked = [(each, "warning: ") for each in found.warnings] + [(each, "") for each in found.faults]
        lines += [str(Fault(each.file, each.line, each.column, mark + each.sentence)) for each, mark in sorted(marked)]
        if found.faults:
            code = max(code, FAULTY)
        lines.append(_summary(path, found))
    return lines, code


def check_text(content: bytes, file: str, today: date) -> Loaded:
    """What `load_text` finds, with a warning where the layout of a file without faults first leaves the writer's."""
    found = load_text(content, file, today, MOST_BYTES)
    if not found.faults:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
        written = dump(found.records, head_of(text))
        line = _first_difference(text.split("\n"), written.split("\n"))
        if line is not None:
            found.warnings.append(
                Fault(
                    file,
                    line,
                    1,
                    "From here on the lines are not laid out as the bot lays them out. Check that none is missing "
                    "or too many; if you meant it, nothing is wrong.",
                )
            )
    return found


def _first_difference(given: list[str], laid: list[str]) -> int | None:
    """The line of `given`, from 1, where it leaves `laid`.

    It is the next one when the line only ends early: what follows could have stood on it, so a line may be missing.
    """
    for number, (mine, theirs) in enumerate(zip_longest(given, laid, fillvalue=""), 1):
        if mine != theirs:
            return number + 1 if mine.strip() and theirs.startswith(f"{mine} ") else number
    return None


def _summary(path: Path, found: Loaded) -> str:
    count = len(found.faults)
    if count:
        return f"{path}: {count} fault{'s' if count > 1 else ''}"
    warned = len(found.warnings)
    warnings = f", {warned} warning{'s' if warned > 1 else ''}" if warned else ""
    records = len(found.records)
    return f"{path}: {records} record{'s' if records != 1 else ''}, no fault{warnings}"
