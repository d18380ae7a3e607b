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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from bot.core.words import fold, is_single, tokens

Label = TypeVar("Label")

GAP = 3
GAP_SINGLE = 6

_PIECE = re.compile(r"\(|\)|\||<[a-z0-9-]+>|\.\.\d*|#\d+-\d+|\^|\$|(?:(?!\.\.)[^\s()|<>^$#])+")
_PLAIN = re.compile(r"[a-z ]+")
_LETTERS = re.compile(r"[a-z]+")


class PhraseError(ValueError):
    """A phrase that cannot be read; says what is wrong with it in plain words."""


@dataclass(frozen=True, slots=True)
class Words:
    """One word of a phrase: any of `exact`, or a word that begins with one of `prefixes`."""

    exact: frozenset[str]
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` words that may stand in between."""

    most: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `least` to `most`."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Edge:
    """The beginning (`is_start`) or the end of the message."""

    is_start: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences, the empty one among them where it may be left out.

    `firsts` are the words one of them must begin with, None where that is not sure: most messages are refused by it.
    """

    forms: "tuple[Form, ...]"
    firsts: frozenset[str] | None


# A plain string is the commonest element: one word, exactly.
Element = str | Words | Gap | Number | Edge | Choice
Form = tuple[Element, ...]
Groups = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Hit(Generic[Label]):
    """`label` was found in the tokens from `start` up to, not including, `end`; `language` is the list's."""

    label: Label
    language: str
    start: int
    end: int


class _Reader:
    """Reads the phrases of one list. Groups are read once, however many phrases name them."""

    def __init__(self, groups: Groups) -> None:
        self._groups = groups
        self._read: dict[str, Form] = {}

    def form(self, phrase: str) -> Form:
        """What `phrase` stands for. Raises PhraseError."""
        if _PLAIN.fullmatch(phrase):
            return tuple(phrase.split())
        pieces = _PIECE.findall(phrase)
        form, end = self._alternatives(pieces, 0)
        if end < len(pieces):
            raise PhraseError("a bracket is closed that was never opened")
        return _sized(form, any(map(is_single, phrase)))

    def _alternatives(self, pieces: Sequence[str], at: int) -> tuple[Form, int]:
        """What stands from `at` on up to a closing bracket or the end, and where that is."""
        found: list[Form] = []
        sequence: list[Element] = []
        while at < len(pieces) and pieces[at] != ")":
            piece = pieces[at]
            at += 1
            if piece == "|":
                found.append(tuple(sequence))
                sequence = []
            elif piece == "(":
                inner, at = self._alternatives(pieces, at)
                if at >= len(pieces):
                    raise PhraseError("a bracket is opened and never closed")
                sequence.extend(inner)
                at += 1
            else:
                sequence.extend(self._form_of(piece))
        found.append(tuple(sequence))
        return _chosen(found), at

    def _form_of(self, piece: str) -> Form:
        """What one piece stands for; a piece in a script without spaces becomes one element a character."""
        if _LETTERS.fullmatch(piece):
            return (piece,)
        first = piece[0]
        if first == "<":
            return self._group(piece[1:-1])
        if first in "^$":
            return (Edge(first == "^"),)
        if piece.startswith(".."):
            return (Gap(int(piece[2:] or 0)),)
        if first == "#" and "-" in piece:
            least, most = piece[1:].split("-")
            return (Number(int(least), int(most)),)
        if piece.endswith("*"):
            return (Words(frozenset(), (fold(piece[:-1]).strip(),)),)
        return tuple(tokens(piece))

    def _group(self, name: str) -> Form:
        if name not in self._read:
            if name not in self._groups:
                raise PhraseError(f"there is no group called {name}")
            # A group that names itself finds this empty entry and stops.
            self._read[name] = ()
            self._read[name] = _chosen([self.form(phrase) for phrase in self._groups[name]])
        if not self._read[name]:
            raise PhraseError(f"group {name} is empty or names itself")
        return self._read[name]


def _chosen(forms: Sequence[Form]) -> Form:
    """One of `forms`; all that are a single word become one element, so that long lists of words stay cheap."""
    if len(forms) == 1:
        return forms[0]
    exact: set[str] = set()
    prefixes: set[str] = set()
    rest: dict[Form, None] = {}
    for form in forms:
        match form:
            case (str(word),):
                exact.add(word)
            case (Words(others, stems),):
                exact |= others
                prefixes.update(stems)
            case (Choice(inner, _),):
                rest.update(dict.fromkeys(inner))
            case _:
                rest[form] = None
    if exact or prefixes:
        rest[Words(frozenset(exact), tuple(sorted(prefixes))),] = None
    return next(iter(rest)) if len(rest) == 1 else (_choice(rest),)


def _sized(form: Form, is_single_script: bool) -> Form:
    """`form` with its open gaps given their size, which depends on the script around them."""
    sized: list[Element] = []
    for each in form:
        if isinstance(each, Gap) and not each.most:
            sized.append(Gap(GAP_SINGLE if is_single_script else GAP))
        elif isinstance(each, Choice):
            sized.append(_choice(_sized(inner, is_single_script) for inner in each.forms))
        else:
            sized.append(each)
    return tuple(sized)


def _choice(forms: Iterable[Form]) -> Choice:
    kept = tuple(forms)
    edges = [_sure(form[0]) if form else None for form in kept]
    return Choice(
        kept, None if None in edges else frozenset[str]().union(*(each for each in edges if each is not None))
    )


def _sure(element: Element) -> frozenset[str] | None:
    """The words of which one must stand there; None where anything else may."""
    if isinstance(element, str):
        return frozenset((element,))
    if isinstance(element, Words):
        return None if element.prefixes else element.exact
    return element.firsts if isinstance(element, Choice) else None


def _words_of(form: Form) -> Iterator[str]:
    """Every exact word in a form."""
    for element in form:
        if isinstance(element, str):
            yield element
        elif isinstance(element, Words):
            yield from element.exact
        elif isinstance(element, Choice):
            for inner in element.forms:
                yield from _words_of(inner)


def _openings(form: Form) -> Iterator[tuple[Element | None, Form]]:
    """Each element a form may begin with, and what follows it; None for a form that is used up."""
    if not form:
        yield None, ()
    elif isinstance(form[0], Choice):
        for inner in form[0].forms:
            yield from _openings((*inner, *form[1:]))
    else:
        yield form[0], form[1:]


def _exact(element: Element | None) -> Iterable[str]:
    if isinstance(element, str):
        return (element,)
    return element.exact if isinstance(element, Words) else ()


class PhraseBook(Generic[Label]):
    """All phrases of some lists, found in one pass over a message.

    `add` while building, `find` afterwards. The cost of `find` grows with the message and the phrases
    that share their first two words with it, not with the number of phrases. `dump` and `load` carry a book over to the
    next start: only the index is kept, and a phrase is read again when a message first comes near it.
    """

    def __init__(self) -> None:
        self._phrases: list[tuple[str, Label, str, int]] = []
        self._groups: list[Groups] = []
        self._readers: dict[int, _Reader] = {}
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
        self.vocabulary.update(_words_of(form))
        for first, rest in set(_openings(form[1:] if isinstance(form[0], Edge) else form)):
            self._file(first, rest, number)

    def _form(self, number: int) -> tuple[Form, frozenset[str] | None]:
        """What a phrase stands for, and the words of which one must be in the message for it to end: a quick refusal."""
        kept = self._forms.get(number)
        if kept is None:
            phrase, _, _, groups = self._phrases[number]
            reader = self._readers.get(groups)
            if reader is None:
                reader = self._readers[groups] = _Reader(self._groups[groups])
            form = reader.form(phrase)
            last = form[-1] if form else None
            kept = self._forms[number] = (form, _sure(last) if isinstance(last, str | Words) else None)
        return kept

    def _file(self, first: Element | None, rest: Form, number: int) -> None:
        """File the phrase under the words it may begin with, and the one after where that is sure."""
        if isinstance(first, Number):
            self._by_number.append(number)
            return
        if not isinstance(first, str | Words):
            raise PhraseError("it must begin with a word or a number")
        seconds = list({second for second, _ in _openings(rest)})
        is_sure = all(
            isinstance(second, str) or (isinstance(second, Words) and not second.prefixes) for second in seconds
        )
        for token in _exact(first):
            if is_sure:
                for other in {word for second in seconds for word in _exact(second)}:
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
                end = _match(form, start, words, at)
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


def _match(form: Form, index: int, words: Sequence[str], at: int) -> int | None:
    """The end of `form[index:]` when it fits `words` from `at` on, the shortest gaps first; else None."""
    size = len(words)
    for position in range(index, len(form)):
        element = form[position]
        if isinstance(element, str):
            if at >= size or words[at] != element:
                return None
        elif isinstance(element, Words):
            if at >= size or not (
                words[at] in element.exact or (element.prefixes and words[at].startswith(element.prefixes))
            ):
                return None
        elif isinstance(element, Gap):
            ends = (_match(form, position + 1, words, at + skipped) for skipped in range(element.most + 1))
            return next((end for end in ends if end is not None), None)
        elif isinstance(element, Choice):
            if element.firsts is not None and (at >= size or words[at] not in element.firsts):
                return None
            rest = form[position + 1 :]
            ends = (_match((*inner, *rest), 0, words, at) for inner in element.forms)
            return next((end for end in ends if end is not None), None)
        elif isinstance(element, Number):
            number = words[at] if at < size else ""
            if not (number.isdecimal() and len(number) < 9 and element.least <= int(number) <= element.most):
                return None
        else:
            if at != (0 if element.is_start else size):
                return None
            continue
        at += 1
    return at


def outermost(hits: Iterable[Hit[Label]]) -> list[Hit[Label]]:
    """`hits` without those that lie inside a longer one: "legal aid" hides "aid"."""
    kept: list[Hit[Label]] = []
    for hit in sorted(hits, key=lambda each: (each.start, -each.end)):
        covered = any(other.start <= hit.start and hit.end <= other.end and
                      other.end - other.start > hit.end - hit.start for other in kept)  # fmt: skip
        if not covered:
            kept.append(hit)
    return kept
