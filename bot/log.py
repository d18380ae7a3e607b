"""What the program says about itself: an event, and keys from an allow-list.

A line can only hold the name of an event, counts, and short codes (ids of messages, languages, kinds of error). A key
that is not allowed loses its value and keeps its name, so that a careless line is seen in a test and leaks nothing; a
value that is not a code or a number is dropped too, so that a person's words never fit. Nothing is written to a file;
the doors decide whether standard error shows it (`show`).
"""

import logging
import re
import sys
import threading
import traceback
from pathlib import Path

LIBRARIES = (
    "aiohttp", "aiosqlite", "alembic", "asyncio", "asyncpg", "discord", "nio", "peewee", "sqlalchemy", "py.warnings",
)  # fmt: skip
ALLOWED = frozenset(
    {"locale", "message", "count", "ms", "error", "handler", "line", "code", "file", "platform", "wait_s", "trace"}
)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_EVENT = re.compile(r"[a-z]+(?:\.[a-z-]+)+")

_log = logging.getLogger("bot")
_log.addHandler(logging.NullHandler())
_log.propagate = False


def rendered(event: str, keys: dict[str, object]) -> str:
    """The line for `event`: `text.missing message=card-x locale=fr dropped=words`."""
    kept = [f"{key}={value}" for key, value in sorted(keys.items()) if key in ALLOWED and _is_code(value)]
    dropped = sorted(key for key, value in keys.items() if key not in ALLOWED or not _is_code(value))
    name = event if _EVENT.fullmatch(event) else "log.unnamed"
    return " ".join([name, *kept, *(["dropped=" + ",".join(dropped)] if dropped else [])])


def warning(event: str, **keys: object) -> None:
    """Say that something is not as it should be, and goes on."""
    if _log.isEnabledFor(logging.WARNING):
        _log.warning(rendered(event, keys))


def notice(event: str, **keys: object) -> None:
    """Say that something happened that whoever runs the program may want to know."""
    if _log.isEnabledFor(logging.INFO):
        _log.info(rendered(event, keys))


def failure(event: str, error: BaseException) -> None:
    """Say that something failed that should not: the class of the error and where it came up, never its text."""
    _log.error(rendered(event, {"error": type(error).__name__, "trace": _trace(error)}))


def cap_libraries() -> None:
    """Let libraries speak from WARNING on, and only by name and line: their sentences hold ids, addresses and values.

    Uncaught errors are said the same way, and nothing else in the process writes to standard error by itself: a line that
    cannot be written is lost, since the report of that would hold the error's own words.
    """
    logging.raiseExceptions = False
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in LIBRARIES:
        library = logging.getLogger(name)
        library.handlers, library.propagate = [], True
        library.setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    sys.excepthook = lambda _, error, __: failure("program.failed", error)
    threading.excepthook = lambda args: failure("thread.failed", args.exc_value or args.exc_type())


def show() -> None:
    """Let lines reach standard error; for doors that somebody watches."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)


class _Redacting(logging.Formatter):
    """A record of a library as its logger, line and error class; its message and arguments are left out."""

    def format(self, record: logging.LogRecord) -> str:
        keys: dict[str, object] = {"file": record.name[:64], "line": record.lineno}
        if record.exc_info and record.exc_info[0]:
            keys["error"] = record.exc_info[0].__name__
        return f"{record.levelname} {rendered('library.said', keys)}"


def _trace(error: BaseException) -> str:
    """The innermost places of this program that an error passed, as file.line, innermost last."""
    places = [f"{Path(frame.filename).stem}.{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    return "-".join(places[-4:])[-64:].lstrip("._-") or "unknown"


def _is_code(value: object) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and _CODE.fullmatch(value) is not None)
