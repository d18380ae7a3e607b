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

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from bot.core.patterns import (
    Edge,
    Element,
    Form,
    Groups,
    Number,
    PhraseError,
    Reader,
    Words,
    exact_words,
    fits,
    openings,
    sure,
    words_of,
)

Label = TypeVar("Label")


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
        self._phrases: list[tuple[str, Label, str, int]] = []
        self._groups: list[Groups] = []
        self._readers: dict[int, Reader] = {}
        self._forms: dict[int, tuple[Form, frozenset[str] | None]] = {}
        self._by_first: dict[str, list[int]] = {}
        self._by_pair: dict[tuple[str, str], list[int]] = {}
        self._by_prefix: dict[str, list[int]] = {}
        self._by_number: list[int] = []
        self.vocabulary: set[str] = set()

    def dump(self) -> tuple[Any, ...]:
        """The book as plain lists, tuples, dicts and sets."""
        return (self._phrases, [dict(each) for each in self._groups], self._by_first, self._by_pair, self._by_prefix,
                self._by_number, self.vocabulary)  # fmt: skip

    @classmethod
    def load(cls, dumped: tuple[Any, ...]) -> "PhraseBook[Label]":
        """The book that `dump` gave."""
        book = cls()
        (
            book._phrases,
            book._groups,
            book._by_first,
            book._by_pair,
            book._by_prefix,
            book._by_number,
            book.vocabulary,
        ) = dumped
        return book

    @cached_property
    def _prefix_sizes(self) -> list[int]:
        return sorted({len(prefix) for prefix in self._by_prefix})

    def add(self, phrase: str, label: Label, language: str, groups: Groups | None = None) -> None:
        """Take in `phrase`. Raises PhraseError, naming the fault in plain words."""
        known = groups if groups is not None else _NO_GROUPS
        place = next((at for at, each in enumerate(self._groups) if each is known), len(self._groups))
        if place == len(self._groups):
            self._groups.append(known)
        number = len(self._phrases)
        self._phrases.append((phrase, label, language, place))
        form, _ = self._form(number)
        if not form:
            raise PhraseError("it holds no word")
        self.vocabulary.update(words_of(form))
        for first, rest in set(openings(form[1:] if isinstance(form[0], Edge) else form)):
            self._file(first, rest, number)

    def _form(self, number: int) -> tuple[Form, frozenset[str] | None]:
        """What a phrase stands for, and the words of which one must be in the message for it to end: a quick refusal."""
        kept = self._forms.get(number)
        if kept is None:
            phrase, _, _, groups = self._phrases[number]
            reader = self._readers.get(groups)
            if reader is None:
                reader = self._readers[groups] = Reader(self._groups[groups])
            form = reader.form(phrase)
            last = form[-1] if form else None
            kept = self._forms[number] = (form, sure(last) if isinstance(last, str | Words) else None)
        return kept

    def _file(self, first: Element | None, rest: Form, number: int) -> None:
        """File the phrase under the words it may begin with, and the one after where that is sure."""
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

    def find(self, words: Sequence[str]) -> list[Hit[Label]]:
        """Every phrase found in `words` (tokens), by where it begins; the same label may be found more than once."""
        hits: dict[Hit[Label], None] = {}
        said = set(words)
        last = len(words) - 1
        for at, token in enumerate(words):
            for number in self._starting(token, words[at + 1] if at < last else ""):
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
        return word in self.vocabulary or any(word[:size] in self._by_prefix for size in self._prefix_sizes)

    def _starting(self, token: str, following: str) -> Iterator[int]:
        yield from self._by_pair.get((token, following), ())
        yield from self._by_first.get(token, ())
        for size in self._prefix_sizes:
            if size > len(token):
                break
            yield from self._by_prefix.get(token[:size], ())
        if self._by_number and token.isdecimal():
            yield from self._by_number


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
