"""Questions and suggestions as JSON Lines: a line in, an object out, in the same order.

A bad line gets an error object, and the rest goes on.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from bot import log
from bot.errors import InputError

Json = dict[str, object]
Id = str | int | None
WHERES = ("dm", "public")
_CODES = {
    "error-unreadable": "not-utf8",
    "error-json": "not-json",
    "error-object": "not-an-object",
    "error-text": "no-text",
    "error-empty": "no-words",
    "error-too-long": "too-long",
    "error-locale": "unknown-locale",
    "error-home": "unknown-home",
    "error-where": "unknown-where",
    "error-url": "no-url",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One line, read. `locale` and `home` are as given and still to be judged."""

    text: str = field(repr=False)
    id: Id = None
    locale: str | None = None
    home: str | None = None
    where: str = "dm"


@dataclass(frozen=True, slots=True)
class Suggested:
    """One line of a file of suggestions, read."""

    text: str = field(repr=False)
    id: Id = None
    url: str | None = field(default=None, repr=False)


Read = TypeVar("Read")


def answer_lines(
    lines: Iterable[bytes],
    read: Callable[[Json, Id], Read],
    answer: Callable[[Read], Json],
    explain: Callable[[int, InputError], str],
) -> Iterator[tuple[str, bool]]:
    """For each line the JSON to print, and whether it was answered. `read` is `question` or `suggested`, and raises InputError
    for what cannot be used; `explain` puts an error into a sentence.
    """
    for number, line in enumerate(lines, 1):
        question_id: Id = None
        try:
            given = _parsed(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
            question_id = _id(given)
            answered = answer(read(given, question_id))
            head: Json = {} if question_id is None else {"id": question_id}
            yield dumped({**head, **answered}), True
        except InputError as error:
            yield _failed(question_id, _CODES.get(error.message_id, "unusable"), explain(number, error)), False
        except Exception as error:  # noqa: BLE001  (a fault of ours in one line must not take the other answers away)
            log.warning("batch.failed", error=type(error).__name__, line=number)
            yield _failed(question_id, "internal", explain(number, InputError("error-internal"))), False


def _failed(question_id: Id, code: str, sentence: str) -> str:
    return dumped({"id": question_id, "error": {"code": code, "sentence": sentence}})


def dumped(value: Json) -> str:
    """`value` as one line of JSON; readable, unless it holds half a character, which is then written as an escape."""
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False)
    return line


def _parsed(line: bytes) -> dict[str, object]:
    try:
        value = json.loads(line.decode("utf-8"), parse_constant=_refused)
    except UnicodeDecodeError:
        raise InputError("error-unreadable") from None
    except (ValueError, RecursionError):
        raise InputError("error-json") from None
    if not isinstance(value, dict):
        raise InputError("error-object")
    return value


def _refused(_: str) -> None:
    raise ValueError


def _id(given: dict[str, object]) -> Id:
    value = given.get("id")
    return value if isinstance(value, str | int) and not isinstance(value, bool) else None


def question(given: Json, question_id: Id) -> Question:
    """A line of questions. Raises InputError."""
    text, locale, home, where = (given.get(key) for key in ("text", "locale", "home", "where"))
    if not isinstance(text, str):
        raise InputError("error-text")
    if locale is not None and not isinstance(locale, str):
        raise InputError("error-locale")
    if home is not None and not isinstance(home, str):
        raise InputError("error-home")
    if where not in (None, *WHERES):
        raise InputError("error-where")
    return Question(text, question_id, locale, home, "public" if where == "public" else "dm")


def suggested(given: Json, suggestion_id: Id) -> Suggested:
    """A line of suggestions. Raises InputError."""
    text, url = given.get("text"), given.get("url")
    if not isinstance(text, str):
        raise InputError("error-text")
    if url is not None and not isinstance(url, str):
        raise InputError("error-url")
    if not text.strip() and not (url or "").strip():
        raise InputError("error-empty")
    return Suggested(text, suggestion_id, url)
