"""Actions as custom ids of at most 100 characters, and back. Codes only, never words a person typed.

A custom id is `u1` and the action with its arguments, parted by `|`. Words of the vocabulary, classes and names of
actions are two characters each, made from the word itself: a button that was sent a year ago still means the same after
words were added. Places, languages, ids and offsets stand as they are. What starts with another number than 1 is of
another time; `unpack` knows nothing of it.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.core.reply import Action
from bot.directory.vocabulary import vocabulary
from bot.urgent.offers import offers

LONGEST = 100
"""API docs, Component Reference: `custom_id` has 1 to 100 characters."""
VERSION = "u1"
_PARTED = "|"
_ACTIONS = (
    "ask", "find", "more", "show", "card", "guided", "place", "wrong", "language", "help", "privacy",
    "hide", "privately", "remember", "forget", "form.choose",
)  # fmt: skip
_URGENCIES = ("now", "soon", "none")


class CodeError(ValueError):
    """The action does not fit into a custom id, or the custom id is none of ours."""


def short(word: str) -> str:
    """Two characters that stand for the word, the same for ever."""
    return base64.urlsafe_b64encode(hashlib.blake2b(word.encode(), digest_size=3, person=b"u1").digest())[:2].decode()


def pack(action: Action) -> str:
    """The custom id of `action`; raises CodeError where it fits into none."""
    return packed(action.id, action.args)


@lru_cache(maxsize=4096)
def packed(action: str, args: tuple[str, ...]) -> str:
    """The custom id of an action by its id and arguments; when it is too long, records named in it are left out.

    Raises CodeError when it is too long all the same, or holds the sign that parts arguments.
    """
    while True:
        coded = VERSION + _PARTED.join([_word(action), *map(_argument, args)])
        if len(coded) <= LONGEST:
            return coded
        args = _with_less(args)


def unpack(custom_id: str) -> tuple[str, tuple[str, ...]]:
    """The id and the arguments of the action. Raises CodeError for what `pack` did not write."""
    if not custom_id.startswith(VERSION):
        raise CodeError("of another time")
    first, *rest = custom_id.removeprefix(VERSION).split(_PARTED)
    return _unworded(first), tuple(map(_unargument, rest))


def _argument(arg: str) -> str:
    if _PARTED in arg:
        raise CodeError("an argument holds the sign between arguments")
    if arg[1:2] != ":":
        return _word(arg)
    values = arg[2:].split("+")
    known = _families().get(arg[0], {})
    if all(value in known for value in values):
        return arg[0] + "".join(known[value] for value in values)
    return arg


def _unargument(coded: str) -> str:
    if coded[1:2] == ":":
        return coded
    if not coded or coded[0] in "._":
        return _unworded(coded)
    if coded[0] not in _families():
        raise CodeError("an argument of no kind")
    known = {code: value for value, code in _families()[coded[0]].items()}
    return f"{coded[0]}:{'+'.join(_pairs(coded[1:], known))}"


def _word(text: str) -> str:
    """A word, or several with + between them: known ones behind a stop, others as they are behind a line."""
    words = text.split("+")
    known = _words()
    if not text or all(word in known for word in words):
        return "." + "".join(known[word] for word in words if word)
    return "_" + text


def _unworded(coded: str) -> str:
    if coded[:1] == "_":
        return coded[1:]
    if coded[:1] != ".":
        raise CodeError("neither a word nor an argument")
    return "+".join(_pairs(coded[1:], {code: word for word, code in _words().items()}))


def _pairs(codes: str, known: dict[str, str]) -> Iterable[str]:
    for at in range(0, len(codes), 2):
        if codes[at : at + 2] not in known:
            raise CodeError("a code for no word")
        yield known[codes[at : at + 2]]


def _with_less(args: Sequence[str]) -> tuple[str, ...]:
    """`args` with one named record less; raises CodeError when none is left."""
    for at, arg in enumerate(args):
        if arg.startswith("n:"):
            fewer = arg.rpartition("+")[0]
            return (*args[:at], *([fewer] if fewer else []), *args[at + 1 :])
    raise CodeError("too long")


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return {word: short(word) for word in (*_ACTIONS, *_URGENCIES, *offers())}


@lru_cache(maxsize=1)
def _families() -> dict[str, dict[str, str]]:
    """By the letter of an argument (`handlers.coded`): each controlled word and its code."""
    words = vocabulary()
    families = {
        "t": words.topics, "s": words.serves, "a": words.access, "w": tuple(words.labels), "r": tuple(words.labels),
        "k": words.kind, "b": words.led_by,
    }  # fmt: skip
    return {letter: {word: short(word) for word in each} for letter, each in families.items()}
