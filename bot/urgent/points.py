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

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from math import log2
from pathlib import Path

from bot.core.compiled import compiled
from bot.core.words import is_single

ZERO = 128
"""What is added to points to keep them in a byte: none is below -128 or above 127."""
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

    def __init__(self, names: Sequence[str], points: Mapping[str, bytes]) -> None:
        """`points` hold two bytes an entry: the position of its class in `names`, and its points plus ZERO."""
        self._names = names
        self._points = points

    @classmethod
    def shipped(cls) -> "Points":
        """The packaged points. Raises ValueError, naming file and line, for a line that cannot be read."""
        files = sorted((Path(str(resources.files(__package__))) / "points").glob("*.txt"))
        return cls(*compiled("points", [*files, Path(__file__)], lambda: _read(files)))

    def __contains__(self, clue: str) -> bool:
        return clue in self._points

    def add_up(self, found: Iterable[str]) -> dict[str, int]:
        """Class, or urgency, to the points the clues have for it; each clue counts once."""
        total = [0] * len(self._names)
        for clue in set(found):
            packed = self._points.get(clue)
            if packed:
                for at in range(0, len(packed), 2):
                    total[packed[at]] += packed[at + 1] - ZERO
        return dict(zip(self._names, total, strict=True))


def _read(files: Iterable[Path]) -> tuple[list[str], dict[str, bytes]]:
    """The names that have points, and each clue's entries packed (see `Points`); thirty thousand tuples would take longer
    to read back than the rest of the program.
    """
    names: dict[str, int] = {}
    points: dict[str, bytes] = {}
    for file in files:
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            if line.startswith("#"):
                continue
            clue, _, entries = line.partition(": ")
            try:
                pairs = [entry.rsplit(" ", 1) for entry in entries.split(", ")]
                packed = bytes(
                    byte for name, count in pairs for byte in (names.setdefault(name, len(names)), int(count) + ZERO)
                )
            except ValueError:
                raise ValueError(
                    f"{file.name}, line {number}: a line is a clue, a colon, and classes with their points"
                ) from None
            points[clue] = points.get(clue, b"") + packed
    return list(names), points
