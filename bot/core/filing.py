"""Which phrases may begin at a word, as arrays: thirty thousand phrases in a fifth of what lists and dicts would take.

A message asks only for the phrases near its own words, so nothing but the words themselves is a Python object; the rest
are numbers found by halving. What `dump` gives is kept from start to start (`bot.core.compiled`).
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any

from bot.core.patterns import Element, Form, Number, PhraseError, Words, exact_words, openings

Numbers = list[int]


class Draft:
    """The index while phrases are added: which numbers are filed under which words."""

    def __init__(self) -> None:
        self.words: dict[str, None] = {}
        self._by_first: dict[str, Numbers] = {}
        self._by_pair: dict[tuple[str, str], Numbers] = {}
        self._by_prefix: dict[str, Numbers] = {}
        self._by_number: Numbers = []

    def file(self, first: Element | None, rest: Form, number: int) -> None:
        """File a phrase under the words it may begin with, and the one after where that is sure. Raises PhraseError."""
        if isinstance(first, Number):
            self._by_number.append(number)
            return
        if not isinstance(first, str | Words):
            raise PhraseError("it must begin with a word or a number")
        seconds = list({second for second, _ in openings(rest)})
        is_sure = all(
            isinstance(second, str) or (isinstance(second, Words) and not second.prefixes) for second in seconds
        )
        for token in exact_words(first):
            if is_sure:
                for other in {word for second in seconds for word in exact_words(second)}:
                    self._by_pair.setdefault((token, other), []).append(number)
            else:
                self._by_first.setdefault(token, []).append(number)
        for prefix in first.prefixes if isinstance(first, Words) else ():
            self._by_prefix.setdefault(prefix, []).append(number)

    def index(self) -> "Index":
        """The index as it is to be read."""
        places = {word: at for at, word in enumerate(self.words)}
        singles: list[Numbers] = [self._by_first.get(word, []) for word in places]
        pairs: list[dict[int, Numbers]] = [{} for _ in places]
        for (one, other), numbers in self._by_pair.items():
            pairs[places[one]][places[other]] = numbers
        seconds = [sorted(each.items()) for each in pairs]
        prefixes = {prefix: array("I", numbers).tobytes() for prefix, numbers in self._by_prefix.items()}
        return Index(
            "\n".join(places),
            _filed(singles),
            _filed([[place for place, _ in each] for each in seconds]),
            _filed([numbers for each in seconds for _, numbers in each]),
            prefixes,
            self._by_number,
        )


Filed = tuple[bytes, bytes]
"""Lists of numbers, one behind another: where each ends, and the numbers."""


class Index:
    """The numbers of the phrases, by their first word, their first two, or what their first begins with."""

    def __init__(
        self, words: str, singles: Filed, seconds: Filed, pairs: Filed, prefixes: Mapping[str, bytes], figures: Numbers
    ) -> None:  # fmt: skip
        self.words = {sys.intern(word): at for at, word in enumerate(words.split("\n"))} if words else {}
        """Every word of a phrase, and its place."""
        self._singles = _Shelf(*singles)
        self._seconds = _Shelf(*seconds)
        self._pairs = _Shelf(*pairs)
        self.by_prefix = prefixes
        self._by_number = figures
        self.prefix_sizes = sorted({len(prefix) for prefix in prefixes})

    def dump(self) -> tuple[Any, ...]:
        """The index as plain data."""
        shelves = self._singles.dump(), self._seconds.dump(), self._pairs.dump()
        return "\n".join(self.words), *shelves, self.by_prefix, self._by_number

    def near(self, words: Sequence[str]) -> Iterator[tuple[int, Sequence[int]]]:
        """Each position of a message with numbers of phrases that may begin there; a number may come twice."""
        places = [*map(self.words.get, words), None]
        for at, token in enumerate(words):
            place, following = places[at], places[at + 1]
            if place is not None:
                pair = self._seconds.find(place, following) if following is not None else None
                if pair is not None:
                    yield at, self._pairs[pair]
                yield at, self._singles[place]
            size = len(token)
            for each in self.prefix_sizes:
                if each > size:
                    break
                filed = self.by_prefix.get(token[:each])
                if filed:
                    yield at, array("I", filed)
            if self._by_number and token.isdecimal():
                yield at, self._by_number


class _Shelf:
    """Lists of numbers by their position."""

    def __init__(self, ends: bytes, numbers: bytes) -> None:
        self._ends, self._numbers = array("I", ends), array("I", numbers)

    def dump(self) -> Filed:
        return self._ends.tobytes(), self._numbers.tobytes()

    def __getitem__(self, at: int) -> "array[int]":
        return self._numbers[self._ends[at - 1] if at else 0 : self._ends[at]]

    def find(self, at: int, number: int) -> int | None:
        """Where `number` stands among all numbers, if it is in the sorted list there."""
        end = self._ends[at]
        found = bisect_left(self._numbers, number, self._ends[at - 1] if at else 0, end)
        return found if found < end and self._numbers[found] == number else None


def _filed(lists: Sequence[Numbers]) -> Filed:
    return array("I", accumulate(map(len, lists))).tobytes(), array("I", chain.from_iterable(lists)).tobytes()


def packed(lines: Sequence[tuple[Any, ...]]) -> tuple[bytes, bytes, bytes, list[tuple[Any, ...]]]:
    """Lines of a text and further values, the text in one piece and values that repeat once; `Lines` reads it."""
    texts = [line[0].encode() for line in lines]
    kinds = {line[1:]: None for line in lines}
    places = {kind: at for at, kind in enumerate(kinds)}
    ends = array("I", accumulate(map(len, texts)))
    return b"".join(texts), ends.tobytes(), array("H", (places[line[1:]] for line in lines)).tobytes(), list(kinds)


class Lines(Sequence[Any]):
    """What `packed` was given; a line is made when it is asked for."""

    def __init__(self, text: bytes, ends: bytes, kinds: bytes, values: Sequence[tuple[Any, ...]]) -> None:
        self._text, self._ends, self._kinds, self._values = text, array("I", ends), array("H", kinds), values

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, at: Any) -> Any:
        if not 0 <= at < len(self._ends):
            raise IndexError
        text = self._text[self._ends[at - 1] if at else 0 : self._ends[at]]
        return text.decode(), *self._values[self._kinds[at]]
