"""SQLite and SQLCipher under SQLAlchemy: each connection in a thread of its own, one way there and back a statement.

Of aiosqlite and SQLAlchemy as they come, a statement takes four: for the cursor, the statement, its rows and its end.
Here it takes one, a transaction begins with its first statement, and nobody waits for the end of one that only reads.
"""

import contextlib
import importlib
import os
import sqlite3
import threading
import weakref
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiosqlite
from sqlalchemy import create_engine, event
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util.concurrency import await_

from bot.core.finding import Finding, UnsafeSetupError
from bot.storage import cipher
from bot.storage.connection import AsyncConnection, AsyncEngine

Begins = Callable[[sqlite3.Connection], None]
"""What a transaction begins with, in the thread of its connection."""
_PLAIN_HEAD = b"SQLite format 3\0"
_PRAGMAS = (
    "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA secure_delete=ON", "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF", "PRAGMA busy_timeout=5000", "PRAGMA temp_store=MEMORY",
)  # fmt: skip
_ERRORS = ("DatabaseError", "Error", "IntegrityError", "NotSupportedError", "OperationalError", "ProgrammingError",
           "sqlite_version", "sqlite_version_info")  # fmt: skip


def sqlite_engine(
    file: Path, keys: Callable[[], list[bytes]] | None, threads: weakref.WeakSet[threading.Thread]
) -> AsyncEngine:
    """An engine on one file; the threads of its connections are put into `threads`.

    A transaction of a connection with the option `is_write` begins with BEGIN IMMEDIATE. Raises UnsafeSetupError for a
    file that is encrypted and should not be, or the other way round.
    """
    _refuse_mixed(file, is_encrypted=keys is not None)
    connector, module = _connector(file, keys)

    async def create() -> aiosqlite.Connection:
        connection = aiosqlite.Connection(connector, iter_chunk_size=64)
        # SQLAlchemy does so where it makes the connection itself; else a thread keeps the process alive.
        connection._thread.daemon = True  # noqa: SLF001
        threads.add(connection._thread)  # noqa: SLF001
        return await connection

    engine = create_engine(
        f"sqlite+aiosqlite:///{file}",
        creator=lambda: module.connect(async_creator_fn=create),
        module=module,
        hide_parameters=True,
        pool_size=4,
        max_overflow=0,
        pool_timeout=30,
        # The one used last: what it read is still in its memory.
        pool_use_lifo=True,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        is_write = bool(connection.get_execution_options().get("is_write"))
        connection.connection.dbapi_connection.begins(is_write=is_write)

    return AsyncEngine(engine)


def begins_with(connection: AsyncConnection, act: Begins) -> None:
    """Have `act` done right after the beginning of a transaction that has had no statement yet; what it raises, that raises."""
    sync: Any = connection.sync_connection
    sync.connection.dbapi_connection.begins_with(act)


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    """A statement with its rows; in the thread there is a cursor only while it runs."""

    __slots__ = ("description", "lastrowid", "rowcount")
    description: Any
    lastrowid: Any
    rowcount: Any

    def __init__(self, connection: Any) -> None:
        self._adapt_connection = connection
        self._rows = deque()
        self.description, self.lastrowid, self.rowcount = None, None, -1

    async def _execute_async(self, operation: Any, parameters: Any) -> None:
        await self._done(lambda connection: connection.execute(operation, parameters or ()))

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> None:
        await self._done(lambda connection: connection.executemany(operation, seq_of_parameters))

    async def _done(self, statement: Callable[[sqlite3.Connection], sqlite3.Cursor]) -> None:
        def act(connection: sqlite3.Connection) -> tuple[Any, ...]:
            with contextlib.closing(statement(connection)) as cursor:
                rows = cursor.fetchall() if cursor.description else ()
                return cursor.description, cursor.lastrowid, cursor.rowcount, deque(rows)

        connection: Any = self._adapt_connection
        found = await connection.in_thread(act)
        self.description, self.lastrowid, self.rowcount, self._rows = found

    def close(self) -> None:
        self._rows.clear()


class _Connection(AsyncAdapt_aiosqlite_connection):
    """A connection that sends the beginning of a transaction along with its first statement."""

    __slots__ = ("_begins", "_is_begun", "_is_write")
    _cursor_cls: Any = _Cursor

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self._begins: list[Begins] = []
        self._is_begun = self._is_write = False

    def begins(self, *, is_write: bool) -> None:
        """Begin a transaction, once there is something to do in it."""
        self._is_write = is_write
        self._begins = [lambda connection: _run(connection, "BEGIN IMMEDIATE" if is_write else "BEGIN")]

    def begins_with(self, act: Begins) -> None:
        """Do `act` once it is begun."""
        self._begins.append(act)

    def cursor(self, server_side: bool = False) -> Any:
        if server_side:
            await_(self.in_thread(lambda _: None))
        return super().cursor(server_side)

    async def in_thread(self, act: Callable[[sqlite3.Connection], Any]) -> Any:
        """What `act` gives in the thread of this connection, in the transaction that is to be."""
        begins, self._begins = self._begins, []
        self._is_begun = self._is_begun or bool(begins)
        connection: Any = self._connection

        def acts() -> Any:
            for each in begins:
                each(connection._conn)  # noqa: SLF001
            return act(connection._conn)  # noqa: SLF001

        async with self._execute_mutex:
            return await connection._execute(acts)  # noqa: SLF001

    def commit(self) -> None:
        if self._is_write:
            self._end(super().commit)
        else:
            self.rollback()

    def rollback(self) -> None:
        self._end(super().rollback if self._is_write else self._let_go)

    def _end(self, end: Callable[[], None]) -> None:
        self._begins = []
        if self._is_begun:
            end()
            self._is_begun = False

    def _let_go(self) -> None:
        """End a transaction that read; what is done next with this connection waits in line behind it."""
        connection: Any = self._connection
        if connection._connection:  # noqa: SLF001
            connection._tx.put_nowait((None, connection._conn.rollback))  # noqa: SLF001


def _run(connection: sqlite3.Connection, statement: str) -> None:
    connection.execute(statement).close()


class _Module(AsyncAdapt_aiosqlite_dbapi):
    """What SQLAlchemy takes for the driver."""

    def connect(self, *_: Any, **given: Any) -> _Connection:
        return _Connection(self, await_(given["async_creator_fn"]()))


def _connector(file: Path, keys: Callable[[], list[bytes]] | None) -> tuple[Callable[[], sqlite3.Connection], Any]:
    """What opens a connection in its thread, and the module that SQLAlchemy takes the error classes from.

    Of several keys, which there are while the key changes, the one that opens the file is used. Without this module
    errors of sqlcipher3 pass SQLAlchemy by, which knows those of sqlite3 (`security.md`).
    """
    # sqlcipher3 is not needed, and maybe not installed, where encryption is off.
    driver: Any = sqlite3 if keys is None else importlib.import_module("sqlcipher3.dbapi2")

    kind = _ending(driver)

    def connect() -> sqlite3.Connection:
        candidates: list[bytes | None] = [None] if keys is None else list(dict.fromkeys(keys()))
        for key in candidates:
            connection: sqlite3.Connection = driver.connect(
                file, isolation_level=None, check_same_thread=False, factory=kind
            )
            try:
                if key is not None:
                    cipher.unlock(connection, key)
                for pragma in _PRAGMAS:
                    connection.execute(pragma)
            except driver.DatabaseError as error:
                connection.close()
                # The plain class alone is "not a database": a wrong key, or a broken file.
                if type(error) is not driver.DatabaseError or key is candidates[-1]:
                    raise
            else:
                return connection
        raise AssertionError

    shim: Any = SimpleNamespace(
        connect=aiosqlite.connect, Connection=aiosqlite.Connection, **{name: getattr(driver, name) for name in _ERRORS}
    )
    return connect, _Module(shim, driver)


def _ending(driver: Any) -> type[sqlite3.Connection]:
    """A connection that ends its transaction when it is closed.

    A task that is cut off leaves a statement half read. SQLite then closes only once Python has collected that, and
    holds the lock of the transaction until then.
    """
    base: Any = driver.Connection

    class Ending(base):  # type: ignore[misc]
        def close(self) -> None:
            with contextlib.suppress(driver.Error):
                self.rollback()
            super().close()

    return Ending


def _refuse_mixed(file: Path, is_encrypted: bool) -> None:
    """A plain file is not opened as an encrypted one, nor the other way round."""
    with file.open("rb") as opened:
        head = opened.read(len(_PLAIN_HEAD))
    if head and (head == _PLAIN_HEAD) == is_encrypted:
        state = "not encrypted, but encryption is on" if is_encrypted else "encrypted, but encryption is off"
        raise UnsafeSetupError(
            Finding(
                "refuse",
                "database-mixed",
                f"The database {os.fspath(file)} is {state}.",
                "Set encryption as it was, or move the file away to begin anew.",
            )
        )
