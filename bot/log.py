"""What the program says about itself: an event, and keys from an allow-list.

A line can only hold the name of an event, counts, and short codes (ids of messages, languages, kinds of error). A key
that is not allowed loses its value and keeps its name, so that a careless line is seen in a test and leaks nothing; a
value that is not a code or a number is dropped too, so that a person's words never fit. Nothing is written to a file;
the doors decide whether standard error shows it (`show`).
"""

import logging
import re
import sys

ALLOWED = frozenset({"locale", "message", "count", "ms", "error", "handler", "line", "code", "file"})
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


def show() -> None:
    """Let lines reach standard error; for doors that somebody watches."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    _log.addHandler(handler)


def _is_code(value: object) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and _CODE.fullmatch(value) is not None)
