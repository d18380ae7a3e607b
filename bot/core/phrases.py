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
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from bot.core import filing, patterns
from bot.core.filing import Draft, Index, Lines, packed
from bot.core.patterns import Edge, Form, Groups, PhraseError, Reader, Words, fits, openings, sure, words_of

SOURCES = tuple(Path(each) for each in (patterns.__file__, filing.__file__, __file__))
"""What a kept book depends on, besides its lists."""
Label = TypeVar("Label")
MOST_FORMS = 4096
"""So many phrases that were met are kept as they were read; then it begins anew, so that a long run does not grow."""


@dataclass(frozen=True, slots=True)
class Hit(Generic[Label]):
    """`label` was found in the tokens from `start` up to, not including, `end`; `language` is the list's."""

    label: Label
    language: str
    start: int
    end: int


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
        self._forms: dict[int, tuple[Form, frozenset[str] | None]] = {}
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
        form, _ = self._form(number)
        if not form:
            raise PhraseError("it holds no word")
        self._draft.words.update(dict.fromkeys(words_of(form)))
        for first, rest in set(openings(form[1:] if isinstance(form[0], Edge) else form)):
            self._draft.file(first, rest, number)

    def _filed(self) -> Index:
        if self._index is None:
            self._index = self._draft.index()
        return self._index

    def _form(self, number: int) -> tuple[Form, frozenset[str] | None]:
        """What a phrase stands for, and the words of which one must be in the message for it to end: a quick refusal."""
        kept = self._forms.get(number)
        if kept is None:
            if len(self._forms) >= MOST_FORMS:
                self._forms.clear()
            phrase, _, _, groups = self._phrases[number]
            reader = self._readers.get(groups)
            if reader is None:
                reader = self._readers[groups] = Reader(self._groups[groups])
            form = reader.form(phrase)
            last = form[-1] if form else None
            kept = self._forms[number] = (form, sure(last) if isinstance(last, str | Words) else None)
        return kept

    def find(self, words: Sequence[str]) -> list[Hit[Label]]:
        """Every phrase found in `words` (tokens), by where it begins; the same label may be found more than once."""
        hits: dict[Hit[Label], None] = {}
        said = set(words)
        for at, number in self._filed().near(words):
            form, endings = self._form(number)
            if endings is not None and endings.isdisjoint(said):
                continue
            start = 1 if isinstance(form[0], Edge) else 0
            if start and at:
                continue
            end = fits(form, start, words, at)
            if end is not None:
                _, label, language, _ = self._phrases[number]
                hits[Hit(label, language, at, end)] = None
        return list(hits)

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
