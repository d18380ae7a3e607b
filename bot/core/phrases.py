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

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Generic, TypeVar

from bot.core.words import fold, is_single, tokens

Label = TypeVar("Label")

GAP = 3
GAP_SINGLE = 6
# A phrase that unfolds into more than this many is a slip of the pen, not a phrase.
MOST_FORMS = 400

_PIECE = re.compile(r"\(|\)|\||<[a-z0-9-]+>|\.\.\d*|#\d+-\d+|\^|\$|(?:(?!\.\.)[^\s()|<>^$#])+")


class PhraseError(ValueError):
    """A phrase that cannot be read; says what is wrong with it in plain words."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a phrase: any of `exact`, or a word that begins with one of `prefixes`."""

    exact: frozenset[str]
    prefixes: tuple[str, ...] = ()

    def fits(self, token: str) -> bool:
        return token in self.exact or (bool(self.prefixes) and token.startswith(self.prefixes))


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` words that may stand in between."""

    most: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `least` to `most`."""

    least: int
    most: int

    def fits(self, token: str) -> bool:
        return token.isdecimal() and len(token) < 9 and self.least <= int(token) <= self.most


@dataclass(frozen=True, slots=True)
class Edge:
    """The beginning (`is_start`) or the end of the message."""

    is_start: bool


Element = Word | Gap | Number | Edge
Form = tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Hit(Generic[Label]):
    """`label` was found in the tokens from `start` up to, not including, `end`; `language` is the list's."""

    label: Label
    language: str
    start: int
    end: int


def _unfold(phrase: str, groups: Mapping[str, Sequence[str]], within: tuple[str, ...] = ()) -> list[Form]:
    """Every plain form of `phrase`, alternatives and groups written out."""
    pieces = _PIECE.findall(phrase)
    position = 0

    def alternatives() -> list[Form]:
        nonlocal position
        found: list[Form] = []
        sequence: list[list[Form]] = []
        while position < len(pieces) and pieces[position] != ")":
            piece = pieces[position]
            position += 1
            if piece == "|":
                found += _joined(sequence)
                sequence = []
            elif piece == "(":
                sequence.append(_merged(alternatives()))
                if position >= len(pieces):
                    raise PhraseError("a bracket is opened and never closed")
                position += 1
            else:
                sequence.append(_elements(piece, groups, within))
        return found + _joined(sequence)

    forms = alternatives()
    if position < len(pieces):
        raise PhraseError("a bracket is closed that was never opened")
    return forms


def _elements(piece: str, groups: Mapping[str, Sequence[str]], within: tuple[str, ...]) -> list[Form]:
    """The forms of one piece of a phrase; a piece in a script without spaces becomes one element a character."""
    if piece.startswith(".."):
        return [(Gap(int(piece[2:] or 0)),)]
    if piece.startswith("#"):
        least, most = piece[1:].split("-")
        return [(Number(int(least), int(most)),)]
    if piece in "^$":
        return [(Edge(piece == "^"),)]
    if piece.startswith("<"):
        name = piece[1:-1]
        if name not in groups or name in within:
            raise PhraseError(f"there is no group called {name}" if name not in groups else f"group {name} names itself")
        return _merged([form for each in groups[name] for form in _unfold(each, groups, (*within, name))])
    if piece.endswith("*"):
        stem = fold(piece[:-1]).strip()
        return [(Word(frozenset(), (stem,)),)]
    form = tuple(Word(frozenset((token,))) for token in tokens(piece))
    return [form] if form else []


def _merged(forms: list[Form]) -> list[Form]:
    """`forms` with all those of a single word made into one, so that alternatives do not multiply."""
    words = [form[0] for form in forms if len(form) == 1 and isinstance(form[0], Word)]
    rest = [form for form in forms if not (len(form) == 1 and isinstance(form[0], Word))]
    if not words:
        return rest
    exact = frozenset[str]().union(*(word.exact for word in words if isinstance(word, Word)))
    prefixes = tuple(sorted({prefix for word in words if isinstance(word, Word) for prefix in word.prefixes}))
    return [(Word(exact, prefixes),), *rest]


def _joined(sequence: list[list[Form]]) -> list[Form]:
    count = 1
    for choices in sequence:
        count *= max(1, len(choices))
    if count > MOST_FORMS:
        raise PhraseError(f"it stands for {count} different phrases; {MOST_FORMS} is the most")
    return [tuple(element for form in choice for element in form) for choice in product(*sequence)]


def _sized(form: Form) -> Form:
    """`form` with its open gaps given their size, which depends on the script around them."""
    single = any(isinstance(each, Word) and any(map(is_single, each.exact)) for each in form)
    size = GAP_SINGLE if single else GAP
    return tuple(Gap(each.most or size) if isinstance(each, Gap) else each for each in form)


class PhraseBook(Generic[Label]):
    """All phrases of some lists, found in one pass over a message.

    `add` while building, `find` afterwards. The cost of `find` grows with the message and the phrases
    that share their first two words with it, not with the number of phrases.
    """

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[Form, Label, str]]] = defaultdict(list)
        self._by_pair: dict[tuple[str, str], list[tuple[Form, Label, str]]] = defaultdict(list)
        self._by_prefix: dict[str, list[tuple[Form, Label, str]]] = defaultdict(list)
        self._by_number: list[tuple[Form, Label, str]] = []
        self._prefix_sizes: tuple[int, ...] = ()
        self.vocabulary: set[str] = set()

    def add(self, phrase: str, label: Label, language: str, groups: Mapping[str, Sequence[str]] | None = None) -> None:
        """Take in `phrase`. Raises PhraseError, naming the fault in plain words."""
        forms = {_sized(form) for form in _unfold(phrase, groups or {}) if form}
        if not forms:
            raise PhraseError("it holds no word")
        for form in forms:
            self._add_form(form, label, language)

    def _add_form(self, form: Form, label: Label, language: str) -> None:
        words = [each for each in form if isinstance(each, Word)]
        self.vocabulary.update(*(word.exact for word in words))
        entry = (form, label, language)
        start = 1 if isinstance(form[0], Edge) else 0
        first = form[start] if start < len(form) else None
        second = form[start + 1] if start + 1 < len(form) else None
        match first:
            case Word(exact, prefixes):
                for token in exact:
                    if isinstance(second, Word) and not second.prefixes:
                        for other in second.exact:
                            self._by_pair[token, other].append(entry)
                    else:
                        self._by_first[token].append(entry)
                for prefix in prefixes:
                    self._by_prefix[prefix].append(entry)
                    self._prefix_sizes = tuple(sorted({*self._prefix_sizes, len(prefix)}))
            case Number():
                self._by_number.append(entry)
            case _:
                raise PhraseError("it must begin with a word or a number")

    def find(self, words: Sequence[str]) -> list[Hit[Label]]:
        """Every phrase found in `words` (tokens), by where it begins; the same label may be found more than once."""
        hits: dict[Hit[Label], None] = {}
        last = len(words) - 1
        for at, token in enumerate(words):
            for form, label, language in self._starting(token, words[at + 1] if at < last else ""):
                start = 1 if isinstance(form[0], Edge) else 0
                if start and at:
                    continue
                end = _match(form, start, words, at)
                if end is not None:
                    hits[Hit(label, language, at, end)] = None
        return list(hits)

    def _starting(self, token: str, following: str) -> Iterator[tuple[Form, Label, str]]:
        yield from self._by_pair.get((token, following), ())
        yield from self._by_first.get(token, ())
        for size in self._prefix_sizes:
            if size > len(token):
                break
            yield from self._by_prefix.get(token[:size], ())
        if self._by_number and token.isdecimal():
            yield from self._by_number


def _match(form: Form, index: int, words: Sequence[str], at: int) -> int | None:
    """The end of `form[index:]` when it fits `words` from `at` on, the shortest gaps first; else None."""
    while index < len(form):
        element = form[index]
        if isinstance(element, Gap):
            for skipped in range(element.most + 1):
                end = _match(form, index + 1, words, at + skipped)
                if end is not None:
                    return end
            return None
        if isinstance(element, Edge):
            if at != (0 if element.is_start else len(words)):
                return None
        elif at >= len(words) or not element.fits(words[at]):
            return None
        else:
            at += 1
        index += 1
    return at


def outermost(hits: Iterable[Hit[Label]]) -> list[Hit[Label]]:
    """`hits` without those that lie inside a longer one: "legal aid" hides "aid"."""
    kept: list[Hit[Label]] = []
    for hit in sorted(hits, key=lambda each: (each.start, -each.end)):
        covered = any(other.start <= hit.start and hit.end <= other.end and
                      other.end - other.start > hit.end - hit.start for other in kept)
        if not covered:
            kept.append(hit)
    return kept
