"""What is kept, said once: `python -m bot kept` prints it, and a test fails for a table or file that is not named."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kept:
    """One table or file. `policy` is the first cell of its row in `policy.md` §8; `is_nearest`: it has none of its own,
    and that is the row that comes nearest; `ends` says where it ends otherwise.

    `longest` is None for what ends with an event and not with time; `ends` says when in words.
    """

    place: str
    what: str
    why: str
    policy: str
    ends: str
    longest: timedelta | None = None
    is_nearest: bool = False


@dataclass(frozen=True, slots=True)
class FileRule:
    """Files of the data folder that match `kept.place`, a glob from the folder.

    `expire` deletes what is due at an instant and says how many files that were; None where the file ends with an
    event: `eraser` is then what ends it. `is_cipher` is True for SQLCipher files whose key is `Secrets.file_key`.
    """

    kept: Kept
    expire: Callable[[Path, datetime], int] | None = None
    eraser: Callable[..., object] | None = None
    is_cipher: bool = False
