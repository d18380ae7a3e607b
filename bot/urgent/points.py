"""What the words of a message speak for, in points: the wide net under the rules.

Rules catch what somebody thought of. People find other words, so each word, beginning of a word (`immig*`), four letters of one in
a row (`~igra`, `~_imm` at its beginning, `~ion_` at its end), pair (`not waking`), signal (`<police>`), class with a rule that
fired (`(rule overdose)`) and thing asked for (`(place)`) has points for and against each class, and the points of a message are
added up. So have its first word (`^who`), its first two and its last (`$pls`), which tell a question from news, and its length
(`(long 6)`). Of scripts without spaces each character is a word, and three in a row count as well. `points/*.txt` hold them, a
line a clue:

    narcan: overdose 9, request 3, now 4

A line may be corrected by hand. The figures come from counting in the invented messages under `tests/points` (regularised
logistic regression, one point a fifth of a logit); nothing is learned while the bot runs.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from math import log2
from pathlib import Path

from bot.core.compiled import mapped
from bot.core.flat import SOURCES as FLAT
from bot.core.flat import FlatMap, flattened
from bot.core.words import is_single

LOGIT = 0.2
"""What one point is of the logarithm of odds."""
ZERO = 128
"""What is added to points to keep them in a byte: none is below -127 or above 127."""
BEGINNING = 5
"""A longer word is also looked up by so many of its first letters."""
PIECE = 4
"""A word of so many letters is also looked up by each so many in a row: what people type wrong is seldom all wrong, and other
languages change the ends of words."""
ALWAYS = "(always)"
"""The clue every message has: what a class starts with."""
LONGEST = 13
"""Lengths count in steps of half a doubling; from some ninety words on all are as long."""


def clues(words: Sequence[str], told: Iterable[str] = ()) -> Iterator[str]:
    """Everything in a message that may have points; `words` are its tokens, `told` the clues that are no words of it."""
    yield ALWAYS
    yield from told
    yield from _shape(words)
    last = len(words) - 1
    for at, word in enumerate(words):
        yield word
        following = words[at + 1] if at < last else ""
        if is_single(word):
            if following and is_single(following):
                yield word + following
                if at + 1 < last and is_single(words[at + 2]):
                    yield word + following + words[at + 2]
            continue
        if len(word) > BEGINNING:
            yield f"{word[:BEGINNING]}*"
        if len(word) >= PIECE:
            marked = f"_{word}_"
            yield from (f"~{marked[at : at + PIECE]}" for at in range(len(marked) - PIECE + 1))
        if following:
            yield f"{word} {following}"


def _shape(words: Sequence[str]) -> Iterator[str]:
    """How a message begins and ends, and how long it is."""
    yield f"(long {min(int(log2(len(words) + 1) * 2), LONGEST)})"
    if words:
        yield f"^{words[0]}"
        yield f"${words[-1]}"
    if len(words) > 1:
        yield f"^{words[0]} {words[1]}"


class Points:
    """The points of every clue."""

    def __init__(self, names: Sequence[str], points: FlatMap) -> None:
        """`points` hold a byte for each of `names`: the points the clue has for it, plus ZERO."""
        self._names = names
        self._points = points

    @classmethod
    def shipped(cls) -> "Points":
        """The packaged points. Raises ValueError, naming file and line, for a line that cannot be read."""
        files = sorted((Path(str(resources.files(__package__))) / "points").glob("*.txt"))
        names, points = mapped("points", [*files, Path(__file__), *FLAT], lambda: _read(files))
        return cls(names, FlatMap(points))

    def __contains__(self, clue: str) -> bool:
        return clue in self._points

    def add_up(self, found: Iterable[str]) -> dict[str, int]:
        """Class, or urgency, to the points the clues have for it; each clue counts once."""
        known = self._points.found(set(found))
        rows, size, nothing = b"".join(known), len(self._names), len(known) * ZERO
        return {name: sum(rows[at::size]) - nothing for at, name in enumerate(self._names)}


def _read(files: Iterable[Path]) -> tuple[list[str], bytes]:
    """The names that have points, and those of each clue as `Points` reads them."""
    names: dict[str, int] = {}
    points: dict[str, Counter[str]] = {}
    for file in files:
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            if line.startswith("#"):
                continue
            clue, _, entries = line.partition(": ")
            try:
                pairs = [entry.rsplit(" ", 1) for entry in entries.split(", ")]
                counted = points.setdefault(clue, Counter())
                counted.update({name: int(count) for name, count in pairs})
                _row(counted.values())
            except ValueError:
                raise ValueError(
                    f"{file.name}, line {number}: a line is a clue, a colon, and classes with their points"
                ) from None
            names |= counted
    return list(names), flattened({clue: _row(counted[name] for name in names) for clue, counted in points.items()})


def _row(counts: Iterable[int]) -> bytes:
    """Points as bytes. Raises ValueError for more than a byte holds."""
    row = bytes(count + ZERO for count in counts)
    if 0 in row:
        raise ValueError(-ZERO)
    return row
