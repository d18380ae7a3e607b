"""Phrases a moderator writes, found in what a person types.

A phrase is a line of a YAML list. Its small language:

| written       | meaning                                                                                  |
|---------------|------------------------------------------------------------------------------------------|
| `legal aid`   | these words, one after another; case, accents and Traditional characters do not matter     |
| `immigr*`     | a word that begins so                                                                     |
| `(my|her) ex` | one of these; an empty side makes it optional: `(my|) ex`; sides may be several words       |
| `<police>`    | one of the phrases of the group `police` of the same file                                  |
| `took .. pills` | up to three words in between (six characters in scripts without spaces); `..8` up to eight |
| `#10-17`      | a number in that range                                                                    |
| `^hi $`       | only at the beginning, or the end, of the message                                          |
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar, cast

from bot.core import filing, patterns
from bot.core.filing import Draft, Index, Lines, packed
from bot.core.patterns import (
    BEGINNING,
    Edge,
    Form,
    Groups,
    PhraseError,
    Reader,
    beginnings,
    fits,
    has_edge,
    openings,
    words_of,
)

SOURCES = tuple(Path(each) for each in (patterns.__file__, filing.__file__, __file__))
"""What a kept book depends on, besides its lists."""
Label = TypeVar("Label")
MOST_FORMS = 4096
"""So many phrases that were met are kept as they were read, and as many met before them, so that a long run does not grow."""


class Hit(NamedTuple, Generic[Label]):
    """`label` was found in the tokens from `start` up to, not including, `end`; `language` is the list's."""

    label: Label
    language: str
    start: int
    end: int


class _Phrase(NamedTuple, Generic[Label]):
    """A phrase that some message came near, as it is tried on words."""

    form: Form
    label: Label
    language: str
    needed: frozenset[str] | None
    """How a word of the message must begin, by the last of its elements that tells: most phrases are refused by it."""
    is_plain: bool
    has_edge: bool

    def end(self, words: tuple[str, ...], at: int) -> int | None:
        """Where it ends when it begins at that position of `words`; None where it does not fit."""
        if self.is_plain:
            end = at + len(self.form)
            return end if words[at:end] == self.form else None
        if isinstance(self.form[0], Edge):
            return None if at else fits(self.form, 1, words, at)
        return fits(self.form, 0, words, at)


class Passage(Generic[Label]):
    """The phrases near the words of one message, each tried once, however many parts of it are asked for."""

    def __init__(self, words: tuple[str, ...], tried: Sequence[tuple[int, _Phrase[Label], int | None]]) -> None:
        self._words = words
        self._tried = tried

    def hits(self) -> list[Hit[Label]]:
        """Every phrase found, by where it begins; the same label may be found more than once."""
        found = (Hit(phrase.label, phrase.language, at, end) for at, phrase, end in self._tried if end is not None)
        return list(dict.fromkeys(found))

    def within(self, start: int, stop: int) -> list[Hit[Label]]:
        """The hits of the words from `start` up to, not including, `stop`, as if they were a message of their own.

        What ends before `stop` is found the same way in both, unless it asks for the beginning or end of the message.
        """
        words = self._words[start:stop]
        found: dict[Hit[Label], None] = {}
        for at, phrase, end in self._tried:
            if start <= at < stop:
                if phrase.has_edge or (end is not None and end > stop):
                    own = phrase.end(words, at - start)
                else:
                    own = None if end is None else end - start
                if own is not None:
                    found[Hit(phrase.label, phrase.language, at - start, own)] = None
        return list(found)


class PhraseBook(Generic[Label]):
    """All phrases of some lists, found in one pass over a message.

    `add` while building, `find` afterwards. The cost of `find` grows with the message and the phrases
    that share their first two words with it, not with the number of phrases. `dump` and `load` carry a book over to the
    next start: only the index is kept, and a phrase is read again when a message first comes near it.
    """

    def __init__(self) -> None:
        self._draft = Draft()
        self._phrases: Sequence[tuple[str, Label, str, int]] = []
        self._groups: list[Groups] = []
        self._readers: dict[int, Reader] = {}
        self._kept: dict[int, _Phrase[Label]] = {}
        self._older: dict[int, _Phrase[Label]] = {}
        self._index: Index | None = None

    def dump(self) -> tuple[Any, ...]:
        """The book as plain lists, tuples, dicts and bytes."""
        return packed(self._phrases), [dict(each) for each in self._groups], self._filed().dump()

    @classmethod
    def load(cls, dumped: tuple[Any, ...]) -> "PhraseBook[Label]":
        """The book that `dump` gave; nothing can be added to it."""
        book = cls()
        phrases, book._groups, index = dumped
        book._phrases, book._index = Lines(*phrases), Index(*index)
        return book

    @property
    def vocabulary(self) -> Collection[str]:
        """Every word that some phrase holds."""
        return self._filed().words.keys()

    def phrases(self) -> Iterator[tuple[str, Label, str]]:
        """Each phrase with its label and language."""
        return (phrase[:3] for phrase in self._phrases)

    def add(self, phrase: str, label: Label, language: str, groups: Groups | None = None) -> None:
        """Take in `phrase`. Raises PhraseError, naming the fault in plain words."""
        known = groups if groups is not None else _NO_GROUPS
        place = next((at for at, each in enumerate(self._groups) if each is known), len(self._groups))
        if place == len(self._groups):
            self._groups.append(known)
        number = len(self._phrases)
        cast("list[tuple[str, Label, str, int]]", self._phrases).append((phrase, label, language, place))
        self._index = None
        form = self._met(number).form
        if not form:
            raise PhraseError("it holds no word")
        self._draft.words.update(dict.fromkeys(words_of(form)))
        for first, rest in set(openings(form[1:] if isinstance(form[0], Edge) else form)):
            self._draft.file(first, rest, number)

    def _filed(self) -> Index:
        if self._index is None:
            self._index = self._draft.index()
        return self._index

    def _met(self, number: int) -> _Phrase[Label]:
        """A phrase as it is tried; kept, since messages come near the same ones again."""
        if len(self._kept) >= MOST_FORMS:
            self._older, self._kept = self._kept, {}
        if number in self._older:
            return self._kept.setdefault(number, self._older[number])
        phrase, label, language, groups = self._phrases[number]
        reader = self._readers.get(groups)
        if reader is None:
            reader = self._readers[groups] = Reader(self._groups[groups])
        form = reader.form(phrase)
        needed = next((each for each in map(beginnings, reversed(form[1:])) if each is not None), None)
        is_plain = all(isinstance(element, str) for element in form)
        kept = self._kept[number] = _Phrase(
            form, label, language, None if is_plain else needed, is_plain, has_edge(form)
        )
        return kept

    def read(self, words: Sequence[str]) -> Passage[Label]:
        """The phrases near `words` (tokens), tried on them."""
        together, begun = tuple(words), {word[:BEGINNING] for word in words}
        tried: list[tuple[int, _Phrase[Label], int | None]] = []
        kept = self._kept
        for at, numbers in self._filed().near(words):
            for number in numbers:
                phrase = kept.get(number) or self._met(number)
                if phrase.needed is None or not phrase.needed.isdisjoint(begun):
                    end = phrase.end(together, at)
                    if end is not None or phrase.has_edge:
                        tried.append((at, phrase, end))
        return Passage(together, tried)

    def find(self, words: Sequence[str]) -> list[Hit[Label]]:
        """Every phrase found in `words` (tokens), by where it begins; the same label may be found more than once."""
        return self.read(words).hits()

    def knows(self, word: str) -> bool:
        """Whether some phrase holds this word or the beginning of it."""
        index = self._filed()
        return word in index.words or any(word[:size] in index.by_prefix for size in index.prefix_sizes)


_NO_GROUPS: Groups = {}


def outermost(hits: Iterable[Hit[Label]]) -> list[Hit[Label]]:
    """`hits` without those that lie inside a longer one: "legal aid" hides "aid"."""
    kept: list[Hit[Label]] = []
    for hit in sorted(hits, key=lambda each: (each.start, -each.end)):
        covered = any(other.start <= hit.start and hit.end <= other.end and
                      other.end - other.start > hit.end - hit.start for other in kept)  # fmt: skip
        if not covered:
            kept.append(hit)
    return kept
