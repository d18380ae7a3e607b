"""The language of phrases (`bot.core.phrases` has its table): read into forms, and forms tried on words."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import is_
from sys import intern
from typing import TypeVar

from bot.core.words import fold, is_single, tokens

Label = TypeVar("Label")

GAP = 3
GAP_SINGLE = 6
BEGINNING = 4
"""By so many of their first letters words are compared before phrases are tried: whole words and `immigr*` alike."""

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

    def holds(self, word: str) -> bool:
        """Whether a word is such a number."""
        return word.isdecimal() and len(word) < 9 and self.least <= int(word) <= self.most


@dataclass(frozen=True, slots=True)
class Edge:
    """The beginning (`is_start`) or the end of the message."""

    is_start: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences, the empty one among them where it may be left out."""

    forms: "tuple[Form, ...]"
    beginnings: frozenset[str] | None
    """What the word must begin with that stands where one of them begins, None where that is not sure."""


# A plain string is the commonest element: one word, exactly.
Element = str | Words | Gap | Number | Edge | Choice
Form = tuple[Element, ...]
Groups = Mapping[str, Sequence[str]]


class Reader:
    """Reads the phrases of one list. Groups are read once, however many phrases name them."""

    def __init__(self, groups: Groups) -> None:
        self._groups = groups
        self._read: dict[str, Form] = {}

    def form(self, phrase: str) -> Form:
        """What `phrase` stands for. Raises PhraseError."""
        if _PLAIN.fullmatch(phrase):
            return tuple(map(intern, phrase.split()))
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
            return (intern(piece),)
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
        return tuple(map(intern, tokens(piece)))

    def _group(self, name: str) -> Form:
        if name not in self._read:
            if name not in self._groups:
                raise PhraseError(f"there is no group called {name}")
            # A group that names itself finds this empty entry and stops.
            self._read[name] = ()
            forms = [self.form(phrase) for phrase in self._groups[name]]
            self._read[name] = _chosen(forms) if forms else ()
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
    """`form` with its open gaps given their size, which depends on the script around them; itself where it has none."""
    sized = tuple(_sized_element(each, is_single_script) for each in form)
    return form if all(map(is_, sized, form)) else sized


def _sized_element(element: Element, is_single_script: bool) -> Element:
    if isinstance(element, Gap) and not element.most:
        return Gap(GAP_SINGLE if is_single_script else GAP)
    if isinstance(element, Choice):
        forms = [_sized(inner, is_single_script) for inner in element.forms]
        return element if all(map(is_, forms, element.forms)) else _choice(forms)
    return element


def _choice(forms: Iterable[Form]) -> Choice:
    kept = tuple(forms)
    each_begins = [beginnings(form[0]) if form else None for form in kept]
    begins = frozenset[str]().union(*(each for each in each_begins if each is not None))
    return Choice(kept, None if None in each_begins else begins)


def beginnings(element: Element) -> frozenset[str] | None:
    """What the word begins with that must stand there: its first letters, BEGINNING of them; None where that is not sure."""
    if isinstance(element, str):
        return frozenset((element[:BEGINNING],))
    if isinstance(element, Words):
        if any(len(prefix) < BEGINNING for prefix in element.prefixes):
            return None
        return frozenset(word[:BEGINNING] for word in (*element.exact, *element.prefixes))
    return element.beginnings if isinstance(element, Choice) else None


def words_of(form: Form) -> Iterator[str]:
    """Every exact word in a form."""
    for element in form:
        if isinstance(element, str):
            yield element
        elif isinstance(element, Words):
            yield from element.exact
        elif isinstance(element, Choice):
            for inner in element.forms:
                yield from words_of(inner)


def has_edge(form: Form) -> bool:
    """Whether it asks for the beginning or the end of the message."""
    return any(
        any(map(has_edge, element.forms)) if isinstance(element, Choice) else isinstance(element, Edge)
        for element in form
    )


def openings(form: Form) -> Iterator[tuple[Element | None, Form]]:
    """Each element a form may begin with, and what follows it; None for a form that is used up."""
    if not form:
        yield None, ()
    elif isinstance(form[0], Choice):
        for inner in form[0].forms:
            yield from openings((*inner, *form[1:]))
    else:
        yield form[0], form[1:]


def exact_words(element: Element | None) -> Iterable[str]:
    if isinstance(element, str):
        return (element,)
    return element.exact if isinstance(element, Words) else ()


Then = tuple[Form, int, "Then | None"]
"""What must follow what is being tried: a form, from which of its elements on, and what follows that."""


def fits(form: Form, index: int, words: Sequence[str], at: int, then: "Then | None" = None) -> int | None:
    """The end of `form[index:]`, and of what comes `then`, when they fit `words` from `at` on, the shortest gaps first;
    else None.
    """
    size = len(words)
    for position in range(index, len(form)):
        element = form[position]
        if isinstance(element, Choice):
            return _fits_one(element, words, at, (form, position + 1, then))
        if isinstance(element, str):
            if at >= size or words[at] != element:
                return None
        elif isinstance(element, Words):
            if at >= size or not (
                words[at] in element.exact or (element.prefixes and words[at].startswith(element.prefixes))
            ):
                return None
        elif isinstance(element, Gap):
            return _fits_after(element, form, position + 1, words, at, then)
        elif isinstance(element, Number):
            if at >= size or not element.holds(words[at]):
                return None
        else:
            if at != (0 if element.is_start else size):
                return None
            continue
        at += 1
    return at if then is None else fits(then[0], then[1], words, at, then[2])


def _fits_after(gap: Gap, form: Form, index: int, words: Sequence[str], at: int, then: "Then | None") -> int | None:
    """The end of `form[index:]` where it fits after as few words as there may be in between."""
    size = len(words)
    following = form[index] if index < len(form) else None
    wanted = following.beginnings if isinstance(following, Choice) else None
    for start in range(at, min(at + gap.most, size) + 1):
        # Most places need no closer look: no word that must follow stands there.
        if wanted is not None and (start == size or words[start][:BEGINNING] not in wanted):
            continue
        end = fits(form, index, words, start, then)
        if end is not None:
            return end
    return None


def _fits_one(choice: Choice, words: Sequence[str], at: int, then: Then) -> int | None:
    """The end of the first form that fits with what comes `then` behind it."""
    word = words[at] if at < len(words) else ""
    if choice.beginnings is not None and word[:BEGINNING] not in choice.beginnings:
        return None
    for inner in choice.forms:
        if inner and isinstance(inner[0], str) and word != inner[0]:
            continue
        end = fits(inner, 0, words, at, then)
        if end is not None:
            return end
    return None
