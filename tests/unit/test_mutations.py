"""One slip of the hand in one line of the shipped directory, a thousand times.

A mutation is one of the slips below, on one line chosen by a seeded generator. What `check` makes of it is one of:

*named*: a fault or a warning stands on that line. For a line taken out that is the line now in its place; for a line
  doubled, either of the two.
*equal*: no fault, and the records are the same.
*edit*: no fault, and exactly one value differs: a text that nobody but a person can judge (a name, a sentence, an
  address, a digit of a number, a day, an id), which still has the right shape, or a controlled word or code that became
  another valid one (es → se), or one item or optional field that is gone because its line is. No reader can tell such
  an edit from one that was meant; these are counted apart and never more than a part of all.
*lost*: anything else, that is a file accepted with several values changed, or a fault named only on other lines. None
  of these may happen.
"""

import random
import string
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest

from bot.directory.check import check_text
from bot.directory.load import load_text
from bot.directory.model import Resource
from bot.directory.write import as_values

FILE = Path(__file__).parents[2] / "resources.yaml"
TODAY = date(2026, 11, 21)
COUNT = 1_000
SEED = 20261121
TOGETHER = 12

Lines = list[str]
Slip = Callable[[str, random.Random], list[str]]


def _at(line: str, chance: random.Random) -> int:
    return chance.randrange(len(line)) if line else 0


def delete_character(line: str, chance: random.Random) -> list[str]:
    at = _at(line, chance)
    return [line[:at] + line[at + 1 :]]


def swap_two(line: str, chance: random.Random) -> list[str]:
    at = _at(line, chance)
    return [line[:at] + line[at + 1 : at + 2] + line[at : at + 1] + line[at + 2 :]]


def insert_character(line: str, chance: random.Random) -> list[str]:
    at = chance.randrange(len(line) + 1)
    return [line[:at] + chance.choice("'\"#:&*!|>%@`[]{},-? " + string.ascii_letters + string.digits) + line[at:]]


def change_letter(line: str, chance: random.Random) -> list[str]:
    at = _at(line, chance)
    return [line[:at] + chance.choice(string.ascii_lowercase) + line[at + 1 :]]


def change_in_key(line: str, chance: random.Random) -> list[str]:
    """A letter of the field name, or of the whole line where there is none."""
    start = len(line) - len(line.lstrip(" -"))
    end = line.index(":") if ":" in line else len(line)
    at = chance.randrange(start, max(start + 1, end))
    return [line[:at] + chance.choice(string.ascii_letters) + line[at + 1 :]]


def indent_more(line: str, chance: random.Random) -> list[str]:
    return [" " * chance.choice((1, 1, 2, 4)) + line]


def indent_less(line: str, chance: random.Random) -> list[str]:
    return [line[min(chance.choice((1, 1, 2, 4)), len(line) - len(line.lstrip())) :]]


def delete_line(_line: str, _chance: random.Random) -> list[str]:
    return []


def double_line(line: str, _chance: random.Random) -> list[str]:
    return [line, line]


def remove_quote(line: str, chance: random.Random) -> list[str]:
    places = [at for at, char in enumerate(line) if char in "'\""]
    at = chance.choice(places) if places else len(line)
    return [line[:at] + line[at + 1 :]]


def insert_tab(line: str, chance: random.Random) -> list[str]:
    at = chance.choice((0, len(line) - len(line.lstrip()), chance.randrange(len(line) + 1)))
    return [line[:at] + "\t" + line[at:]]


def truncate(line: str, chance: random.Random) -> list[str]:
    return [line[: chance.randrange(len(line) + 1)]]


def change_colon(line: str, chance: random.Random) -> list[str]:
    return (
        [line.replace(":", chance.choice(("", ";", " :", "::", "=")), 1)]
        if chance.random() < 0.8
        else [line.replace(": ", ":", 1)]
    )


def change_dash(line: str, chance: random.Random) -> list[str]:
    return [line.replace("- ", chance.choice(("-", "", "* ", "– ", "-- ", "+ ")), 1)]


SLIPS: tuple[Slip, ...] = (
    delete_character,
    swap_two,
    insert_character,
    change_letter,
    change_in_key,
    indent_more,
    indent_less,
    delete_line,
    double_line,
    remove_quote,
    insert_tab,
    truncate,
    change_colon,
    change_dash,
)


def leaves(records: tuple[Resource, ...]) -> dict[tuple[object, ...], str]:
    """Every value of the records by its path; lists and dicts below a record by their place in them."""
    found: dict[tuple[object, ...], str] = {}

    def walk(value: object, path: tuple[object, ...]) -> None:
        if isinstance(value, dict):
            for key, held in value.items():
                walk(held, (*path, key))
        elif isinstance(value, list):
            for at, held in enumerate(value):
                walk(held, (*path, at))
        elif value is not None:
            found[path] = str(value)

    for at, record in enumerate(records):
        walk(as_values(record), (at,))
    return found


def is_one_edit(before: tuple[Resource, ...], after: tuple[Resource, ...], *, may_lose: bool) -> bool:
    """Whether one value differs, or the language of one, or, with `may_lose`, one item or optional field is gone."""
    if len(before) != len(after):
        return False
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    if len(changed) != 1:
        return False
    old, new = leaves((changed[0][0],)), leaves((changed[0][1],))
    if old.keys() == new.keys():
        return sum(old[path] != new[path] for path in old) == 1
    if {*old.values()} == {*new.values()} and len(old.keys() - new.keys()) == len(new.keys() - old.keys()) == 1:
        return True
    lost = len(old) - len(new)
    rest = list(old.items())
    kept = list(new.values())
    without_one = any([value for _, value in rest[:at] + rest[at + 1 :]] == kept for at in range(len(rest)))
    return may_lose and lost == 1 and without_one


def verdict(lines: Lines, number: int, slip: Slip, seed: int, records: tuple[Resource, ...]) -> str:
    """What becomes of the file when `slip` happens to the line of that number (from 1)."""
    mutated = slip(lines[number - 1], random.Random(seed))
    if mutated == [lines[number - 1]]:
        return "equal"
    content = "\n".join([*lines[: number - 1], *mutated, *lines[number:]]).encode()
    loaded = load_text(content, "resources.yaml", TODAY)
    places = {number, number + 1} if len(mutated) == 2 else {number}
    if any(each.line in places for each in (*loaded.faults, *loaded.warnings)):
        return "named"
    if loaded.faults:
        return "lost"
    if loaded.records == records:
        return "equal"
    if any(each.line in places for each in check_text(content, "resources.yaml", TODAY).warnings):
        return "named"
    gone = not mutated or not "".join(mutated).strip()
    return "edit" if is_one_edit(records, loaded.records, may_lose=gone) else "lost"


def cut(lines: Lines) -> list[Lines]:
    """The file in parts of `TOGETHER` records behind its head.

    A slip is told by its record and those beside it, and a part is read in a tenth of the time.
    """
    starts = [at for at, line in enumerate(lines) if line.startswith("- id:")]
    bounds = [*starts[::TOGETHER], len(lines)]
    return [lines[: starts[0]] + lines[begin:end] for begin, end in pairwise(bounds)]


def run(count: int, seed: int) -> list[tuple[str, str, int, int]]:
    """`count` verdicts with the slip, the line (of its part) and the seed of each."""
    chance = random.Random(seed)
    parts = cut(FILE.read_text("utf-8").split("\n"))
    found = []
    for at in range(count):
        lines = parts[at % len(parts)]
        # The comment at the head and empty lines hold nothing that could be lost.
        numbers = [number for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
        line, slip, own_seed = chance.choice(numbers), at % len(SLIPS), chance.randrange(2**32)
        found.append(
            (verdict(lines, line, SLIPS[slip], own_seed, read_of(tuple(lines))), SLIPS[slip].__name__, line, own_seed)
        )
    return found


@lru_cache(maxsize=64)
def read_of(lines: tuple[str, ...]) -> tuple[Resource, ...]:
    """The records of a part without a slip."""
    return load_text("\n".join(lines).encode(), "resources.yaml", TODAY).records


@pytest.mark.timeout(180)
def test_a_slip_in_one_line_is_named_on_that_line_or_changes_nothing_else() -> None:
    """No slip is lost, and those only a person could see stay a part."""
    verdicts = run(COUNT, SEED)
    assert [each for each in verdicts if each[0] == "lost"] == []
    counts = Counter(each[0] for each in verdicts)
    assert counts["named"] + counts["equal"] >= 0.6 * COUNT, counts
