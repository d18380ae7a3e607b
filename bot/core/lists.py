"""Word lists and rules as people write them in YAML, read with the file and the phrase named where something is wrong.

A list of a language has `groups` (named sets of words) and `signals` (what was said: a name and its phrases). What the signals
mean is said by the rules of the room that uses them (`bot.urgent`, `bot.vetting`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from bot.reading import MOST_BYTES, plain, read_tree, syntax_fault

Span = tuple[int, int]
MOST_PLACES = 8
"""Places of one signal that are looked at when a rule wants it near others."""


class ListError(ValueError):
    """A list or a rule that cannot be used; names the file and the phrase or rule, in plain words."""


@dataclass(frozen=True, slots=True)
class WordList:
    """One language file: named groups of words, and the phrases of each signal."""

    name: str
    language: str
    groups: Mapping[str, Sequence[str]]
    signals: Mapping[str, Sequence[str]]


def read_list(name: str, language: str, text: str) -> WordList:
    """The groups and signals in `text`, the content of file `name`. Raises ListError."""
    page = mapping(name, parsed(name, text), {"groups", "signals"})
    parts: list[dict[str, Sequence[str]]] = []
    for key in ("groups", "signals"):
        part = page.get(key) or {}
        if not isinstance(part, dict):
            raise ListError(f"{name}: {key} is not a table of names and phrases")
        parts.append({str(each): strings(name, str(each), phrases) for each, phrases in part.items()})
    return WordList(name, language, parts[0], parts[1])


def parsed(name: str, text: str) -> object:
    """`text` read as YAML in which everything is text. Raises ListError."""
    tree = read_tree(text.encode(), name, MOST_BYTES)
    if tree.faults or tree.syntax is not None:
        fault = syntax_fault(tree) or tree.faults[0]
        raise ListError(f"{name}: it cannot be read as YAML (line {fault.line}: {fault.sentence})")
    return plain(tree.node)


def mapping(name: str, page: object, keys: frozenset[str] | set[str]) -> dict[str, object]:
    """`page` as a table that holds nothing but `keys`. Raises ListError."""
    if not isinstance(page, dict):
        raise ListError(f"{name}: it is not a table of names")
    for key in page:
        if key not in keys:
            raise ListError(f"{name}: there is nothing called {key} here; only {', '.join(sorted(keys))}")
    return page


def strings(name: str, key: str, value: object) -> tuple[str, ...]:
    """`value` as a list of phrases. Raises ListError."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ListError(f"{name}: {key} is not a list of phrases")
    return tuple(value)


def nearest(places: Sequence[Sequence[Span]], near: int) -> tuple[Span, ...] | None:
    """One of each of `places` with at most `near` between the outer two, the first that is; None where none is."""
    for choice in product(*(each[:MOST_PLACES] for each in places)):
        if max(start for start, _ in choice) - min(end for _, end in choice) <= near:
            return choice
    return None
