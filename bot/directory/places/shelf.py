"""Names by their first word, as one text and arrays: a tenth of what dicts of tuples would take, read back at once."""

import sys
from array import array
from collections.abc import Iterable
from itertools import accumulate
from typing import Any


class Shelf:
    """Names of several words, each with a place of its own; those that begin with the same word stand together."""

    def __init__(self, words: str, groups: bytes, text: bytes, ends: bytes) -> None:
        """`words` are the first words; the names of each are the lines of `text` up to its entry in `groups`."""
        self.firsts = {sys.intern(word): at for at, word in enumerate(words.split("\n"))}
        self._groups, self._text, self._ends = array("I", groups), text, array("I", ends)

    def __len__(self) -> int:
        return len(self._ends)

    def beginning(self, word: str) -> range:
        """The places of the names that begin with that word."""
        group = self.firsts.get(word)
        if group is None:
            return range(0)
        return range(self._groups[group - 1] if group else 0, self._groups[group])

    def name(self, place: int) -> str:
        """The name that stands there, with spaces between its words."""
        return self._text[self._ends[place - 1] if place else 0 : self._ends[place]].decode()

    def place(self, name: str) -> int | None:
        """Where a name stands, None for one that does not."""
        return next((at for at in self.beginning(name.partition(" ")[0]) if self.name(at) == name), None)


def shelved(names: Iterable[str]) -> tuple[list[str], tuple[Any, ...]]:
    """The names in the order they stand, which is theirs within each first word; and what `Shelf` reads."""
    firsts: dict[str, list[str]] = {}
    for name in names:
        firsts.setdefault(name.partition(" ")[0], []).append(name)
    together = [name for group in firsts.values() for name in group]
    text = [name.encode() for name in together]
    groups = array("I", accumulate(map(len, firsts.values())))
    return together, (
        "\n".join(firsts),
        groups.tobytes(),
        b"".join(text),
        array("I", accumulate(map(len, text))).tobytes(),
    )
