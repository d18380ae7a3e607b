"""The database: one SQLCipher file in the data folder, or PostgreSQL where several processes share the work.

Every write is one transaction that begins with BEGIN IMMEDIATE, so that of two who read and then write one waits; the
default of the driver loses updates without a word (`models.md` §3). Commits are on the disk before `write` returns
(`synchronous=FULL`). What fails outside (a lock, a full disk, a server that is away) is a StorageError without the
cause, since messages of databases hold values.
"""

import asyncio
import contextlib
import errno
import functools
import sqlite3
import sys
import threading
import weakref
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot import log
from bot.core.finding import Finding, UnsafeSetupError
from bot.errors import StorageError
from bot.settings import Settings
from bot.storage import key_files
from bot.storage.connection import AsyncConnection, AsyncEngine
from bot.storage.keyring import read_past
from bot.storage.keys import Keys
from bot.storage.schema import metadata
from bot.storage.sqlite import begins_with, sqlite_engine

FILE = "umbrella.db"
APPLICATION = "umbrella"
"""How connections name themselves at a server."""
_JOIN_S = 2.0
_PROOF = "SELECT value FROM sync_state WHERE platform = 'umbrella' AND name = 'key'"
"""Sealed with the key in use: its head says which one that is."""
_ALONE = text("SELECT pg_advisory_xact_lock(7215301966)")
_TOGETHER = text("SELECT pg_advisory_xact_lock_shared(7215301966)")
"""Of PostgreSQL's advisory locks, ours: held until the transaction ends. SQLite lets only one write anyway."""
_SNAPSHOT = text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = :name "
    "AND pid <> pg_backend_pid()"
)
_Begin = Callable[[AsyncConnection], Awaitable[None]]
_KEY_CHANGED = "KeyChanged"
_OF_THE_DISK = (errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO)
_OTHER_KEY = (_KEY_CHANGED, "DatabaseError")
"""What it looks like when another process has changed the key: of SQLCipher, that the file is no database."""


class Database:
    """Connections to one database, and the keys of what lies in it."""

    def __init__(
        self,
        engine: AsyncEngine,
        keys: Keys,
        masters: Callable[[], Sequence[bytes]],
        threads: Collection[threading.Thread] = (),
    ) -> None:
        self.engine = engine
        self._writing = engine.execution_options(is_write=True)
        self.keys = keys
        self._masters = masters
        self._threads = threads
        self.is_proven = False
        """True once `upgrade.prove_key` has left its proof: each transaction then makes sure that the key is still it."""
        self.is_waiting = False
        """True while the database cannot be opened: everything then fails at once."""
        self.is_sqlite = engine.dialect.name == "sqlite"
        # In turn, not by the busy handler, which lets the unlucky one starve.
        turn: contextlib.AbstractAsyncContextManager[None] = (
            asyncio.Lock() if self.is_sqlite else contextlib.nullcontext()
        )
        self._turn = turn
        self._has_deleted = True
        self.rows_added = asyncio.Event()
        """Set when the outbox has new rows (`deliveries.add`)."""

    @contextlib.asynccontextmanager
    async def write(self, *, is_alone: bool = False) -> AsyncIterator[AsyncConnection]:
        """A transaction that writes: committed when the block ends, undone when it raises. Raises StorageError.

        Seal and mark right before: what was sealed before the key changed is not written, but refused. `is_alone` is
        True for what changes everything at once, whatever the key: no other write goes on beside it.
        """
        key_id = self.keys.id
        begins = self._begins_alone if is_alone else functools.partial(self._begins_writing, key_id)
        async with self._turn, self._transaction(begins, is_write=True) as connection:
            yield connection
        self._has_deleted = True

    @contextlib.asynccontextmanager
    async def read(self, *, is_snapshot: bool = False) -> AsyncIterator[AsyncConnection]:
        """A transaction that only reads, with `is_snapshot` all of it as of one moment. Raises StorageError."""
        begins = functools.partial(self._begins_reading, self.keys.id, is_snapshot)
        async with self._transaction(begins, is_write=False) as connection:
            yield connection

    @contextlib.asynccontextmanager
    async def _transaction(self, begin: _Begin, *, is_write: bool) -> AsyncIterator[AsyncConnection]:
        if self.is_waiting:
            raise StorageError("NotOpen")
        try:
            with _told():
                async with (self._writing if is_write else self.engine).begin() as connection:
                    await begin(connection)
                    yield connection
        except StorageError as error:
            if self.is_proven and error.reason in _OTHER_KEY:
                await self.take_up_keys()
            raise

    async def _begins_alone(self, connection: AsyncConnection) -> None:
        if not self.is_sqlite:
            await connection.execute(_ALONE)

    async def _begins_writing(self, key_id: bytes, connection: AsyncConnection) -> None:
        if not self.is_sqlite:
            await connection.execute(_TOGETHER)
        await self._check_key(key_id, connection)

    async def _begins_reading(self, key_id: bytes, is_snapshot: bool, connection: AsyncConnection) -> None:
        # SQLite reads one moment by itself.
        if is_snapshot and not self.is_sqlite:
            await connection.execute(_SNAPSHOT)
        await self._check_key(key_id, connection)

    async def _check_key(self, key_id: bytes, connection: AsyncConnection) -> None:
        """Make sure that what the caller sealed and marked goes with what lies here."""
        if not self.is_proven:
            return
        if self.is_sqlite:
            begins_with(connection, lambda each: _check(each.execute(_PROOF).fetchone(), key_id))
        else:
            _check((await connection.execute(text(_PROOF))).one_or_none(), key_id)

    async def take_up_keys(self) -> None:
        """Have the keys that fit what lies here, which another process may have changed. Raises StorageError."""
        await self.engine.dispose()
        with _told():
            async with self.engine.begin() as connection:
                proof = await connection.scalar(text(_PROOF))
                for master in self._masters():
                    keys = Keys(master)
                    if proof is None or keys.sealed(proof):
                        self.keys.become(master, await read_past(connection, keys))
                        return
        raise StorageError("WrongKeyError")

    async def others_at_work(self) -> bool:
        """Whether somebody else is connected to the same PostgreSQL database; SQLite cannot say."""
        if self.is_sqlite:
            return False
        await self.engine.dispose()
        async with self.read() as connection:
            return bool(await connection.scalar(_OTHERS, {"name": APPLICATION}))

    @contextlib.asynccontextmanager
    async def listening(self, sound: str, ring: Callable[[], None]) -> AsyncIterator[None]:
        """On PostgreSQL: while it lasts, `ring` is called for every NOTIFY of `sound`. Raises StorageError."""

        def heard(*_: object) -> None:
            ring()

        with _told():
            # Outside of any transaction: inside one, LISTEN waits for its end.
            async with self.engine.connect() as connection:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                driver: Any = (await connection.raw()).driver_connection
                await driver.add_listener(sound, heard)
                try:
                    yield
                finally:
                    await driver.remove_listener(sound, heard)

    async def tidy(self) -> None:
        """Take what was deleted out of the files too: the write-ahead log (SQLite) or dead rows (PostgreSQL).

        Does nothing when nothing was written since. A reader may hold it up: then the next call does it.
        """
        if not self._has_deleted:
            return
        async with self._turn:
            with _told():
                async with self.engine.connect() as connection:
                    driver: Any = (await connection.raw()).driver_connection
                    if self.is_sqlite:
                        cursor = await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                        is_busy = (await cursor.fetchone())[0]
                        await cursor.close()
                        self._has_deleted = bool(is_busy)
                    else:
                        await driver.execute(f"VACUUM {', '.join(metadata.tables)}")
                        self._has_deleted = False

    async def close(self) -> None:
        """Close every connection; the last one empties the write-ahead log."""
        await self.engine.dispose()
        # A connection that was cut off by a cancelled task still ends in its thread, and tells this loop of it.
        for thread in list(self._threads):
            await asyncio.to_thread(thread.join, _JOIN_S)


def _check(proof: Sequence[bytes] | None, key_id: bytes) -> None:
    if proof is not None and not proof[0].startswith(key_id):
        raise StorageError(_KEY_CHANGED)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Faults of the database as StorageError, their text and cause left behind."""
    try:
        yield
    except _failures() as error:
        cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
        log.warning("storage.failed", error=type(cause).__name__)
        raise StorageError(type(cause).__name__) from None


def _failures() -> tuple[type[Exception], ...]:
    """Errors of the database, with those that drivers raise past SQLAlchemy: while connecting, and in `tidy`."""
    found: list[type[Exception]] = [OSError, SQLAlchemyError, sqlite3.Error]
    for module, names in (("sqlcipher3", ("Error",)), ("asyncpg", ("PostgresError", "InterfaceError"))):
        if module in sys.modules:
            found += [getattr(sys.modules[module], name) for name in names]
    return tuple(found)


def has_data(settings: Settings) -> bool:
    """Whether something was kept in the data folder before, which only the key it was kept with opens."""
    return (settings.data_dir / FILE).exists()


def may_have_data(settings: Settings) -> bool:
    """Whether something may be kept here: where it may not, a look makes no key and no database."""
    return settings.database != "sqlite" or has_data(settings)


def open_database(settings: Settings, keys: Keys) -> Database:
    """The database of `settings`, not yet connected. Raises UnsafeSetupError when it is encrypted and should not be."""

    def masters() -> list[bytes]:
        return key_files.masters(settings.key_file)

    if settings.database == "sqlite":
        threads: weakref.WeakSet[threading.Thread] = weakref.WeakSet()

        def file_keys() -> list[bytes]:
            return [keys.subkey("db"), *(Keys(master).subkey("db") for master in masters())]

        engine = sqlite_engine(settings.data_dir / FILE, file_keys if settings.encryption else None, threads)
        return Database(engine, keys, masters, threads)
    url = make_url(settings.database).set(drivername="postgresql+asyncpg")
    if settings.database_password:
        url = url.set(password=settings.database_password.value)
    server = create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=5,
        connect_args={"timeout": 10, "command_timeout": 30, "server_settings": {"application_name": APPLICATION}},
    )
    return Database(AsyncEngine(server), keys, masters)


def make_room(settings: Settings) -> None:
    """Make the data folder (0700) and the database file (0600), which only the user that runs the bot may read.

    Modes that are too open are mended. Raises UnsafeSetupError when the folder cannot be written.
    """
    folder, file = settings.data_dir, settings.data_dir / FILE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
        if settings.database == "sqlite":
            file.touch(mode=0o600)
            if file.stat().st_mode & 0o077:
                file.chmod(0o600)
    except OSError as error:
        if error.errno in _OF_THE_DISK and file.exists():
            # It may come back: then the bot goes on, see `open.keep_opening`.
            return
        sentence = f"The data folder {folder} cannot be written."
        mend = "Let the user that runs the bot own it, or name another one as data_dir."
        raise UnsafeSetupError(Finding("refuse", "data-folder", sentence, mend)) from None
