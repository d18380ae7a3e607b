"""Which phrases may begin at a word, as arrays: thirty thousand phrases in a fifth of what lists and dicts would take.

A message asks only for the phrases near its own words, so nothing but the words themselves is a Python object; the rest
are numbers found by halving. What `dump` gives is kept from start to start (`bot.core.compiled`).
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
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
        count = len(places)
        firsts = {places[word]: numbers for word, numbers in self._by_first.items()}
        pairs = {places[one] * count + places[other]: numbers for (one, other), numbers in self._by_pair.items()}
        prefixes = {prefix: array("I", numbers).tobytes() for prefix, numbers in self._by_prefix.items()}
        return Index("\n".join(places), _filed(firsts), _filed(pairs), prefixes, self._by_number)


class Index:
    """The numbers of the phrases, by their first word, their first two, or what their first begins with."""

    def __init__(
        self, words: str, firsts: tuple[bytes, ...], pairs: tuple[bytes, ...], prefixes: Mapping[str, bytes], figures: Numbers
    ) -> None:  # fmt: skip
        self.words = {sys.intern(word): at for at, word in enumerate(words.split("\n"))} if words else {}
        """Every word of a phrase, and its place."""
        self._firsts = _Shelf(*firsts)
        self._pairs = _Shelf(*pairs)
        self.by_prefix = prefixes
        self._by_number = figures
        self.prefix_sizes = sorted({len(prefix) for prefix in prefixes})

    def dump(self) -> tuple[Any, ...]:
        """The index as plain data."""
        shelves = self._firsts.dump(), self._pairs.dump()
        return "\n".join(self.words), *shelves, self.by_prefix, self._by_number

    def near(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """(position, number) of each phrase that may begin at that position of a message; one may come twice."""
        places = [*map(self.words.get, words), None]
        count = len(self.words)
        for at, token in enumerate(words):
            place, following = places[at], places[at + 1]
            if place is not None:
                if following is not None:
                    for number in self._pairs.get(place * count + following):
                        yield at, number
                for number in self._firsts.get(place):
                    yield at, number
            size = len(token)
            for each in self.prefix_sizes:
                if each > size:
                    break
                filed = self.by_prefix.get(token[:each])
                for number in array("I", filed) if filed else ():
                    yield at, number
            if self._by_number and token.isdecimal():
                for number in self._by_number:
                    yield at, number


class _Shelf:
    """Keys, sorted, each with its numbers in the order they were filed."""

    def __init__(self, keys: bytes, ends: bytes, numbers: bytes) -> None:
        self._keys, self._ends, self._numbers = array("Q", keys), array("I", ends), array("I", numbers)

    def dump(self) -> tuple[bytes, ...]:
        return self._keys.tobytes(), self._ends.tobytes(), self._numbers.tobytes()

    def get(self, key: int) -> "array[int] | tuple[()]":
        at = bisect_left(self._keys, key)
        if at == len(self._keys) or self._keys[at] != key:
            return ()
        return self._numbers[self._ends[at - 1] if at else 0 : self._ends[at]]


def _filed(numbers: Mapping[int, Numbers]) -> tuple[bytes, ...]:
    keys = sorted(numbers)
    ends = accumulate(len(numbers[key]) for key in keys)
    together = array("I", (number for key in keys for number in numbers[key]))
    return array("Q", keys).tobytes(), array("I", ends).tobytes(), together.tobytes()


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
