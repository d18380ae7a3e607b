"""SQLCipher files as a whole: whether a key opens one, and moving one to another key.

A file is moved in one transaction of SQLite (`PRAGMA rekey`): after a crash the old key opens it, or the new one.
"""

import contextlib
import importlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_WAIT_S = 30.0


def settle(file: Path, keys: Sequence[bytes]) -> bytes:
    """Have the first of `keys` open the file, which one of them does now; that key. A file that is not there may come.

    Raises the driver's DatabaseError when none opens it or somebody holds it.
    """
    if len(keys) > 1 and file.exists() and file.stat().st_size and not opens(file, keys[0]):
        before = next((key for key in keys[1:] if opens(file, key)), keys[-1])
        with contextlib.closing(connected(file, before)) as connection:
            connection.execute(f"PRAGMA rekey = \"x'{keys[0].hex()}'\"")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return keys[0]


def opens(file: Path, key: bytes) -> bool:
    """Whether `key` opens the file. Raises the driver's OperationalError when somebody holds it."""
    driver = _driver()
    try:
        with contextlib.closing(connected(file, key)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master")
    except driver.OperationalError:
        raise
    except driver.DatabaseError:
        return False
    return True


def unlock(connection: sqlite3.Connection, key: bytes) -> None:
    """Give a fresh connection its key. SQLCipher says nothing on standard error then."""
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")


def connected(file: Path, key: bytes) -> sqlite3.Connection:
    """A connection of its own to a SQLCipher file."""
    connection: sqlite3.Connection = _driver().connect(file, isolation_level=None, timeout=_WAIT_S)
    unlock(connection, key)
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def _driver() -> Any:
    # Not needed, and maybe not installed, where encryption is off.
    return importlib.import_module("sqlcipher3.dbapi2")
