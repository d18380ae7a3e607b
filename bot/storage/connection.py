"""SQLAlchemy's engine and connections for asyncio, as far as they are used here.

`sqlalchemy.ext.asyncio` does the same, and loads the whole ORM along with it: 6 MiB of memory for as long as the bot runs. Like
that one, everything here runs the sync engine of an async dialect in a greenlet, which waits where the driver does.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, CursorResult, Dialect, Engine, Executable, Row, ScalarResult, Transaction
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.util.concurrency import greenlet_spawn

Given = Mapping[str, Any] | Sequence[Mapping[str, Any]]
P = ParamSpec("P")
Found = TypeVar("Found")
_ROWS = 500
"""So many rows of a stream are fetched at a time."""


class AsyncConnection:
    """One connection, taken out of the pool. `sync_connection` is the same one for use in a greenlet (`run_sync`)."""

    __slots__ = ("sync_connection",)

    def __init__(self, sync_connection: Connection) -> None:
        self.sync_connection = sync_connection

    @property
    def dialect(self) -> Dialect:
        return self.sync_connection.dialect

    async def execute(self, statement: Executable, given: Given | None = None) -> CursorResult[*tuple[Any, ...]]:
        """Carry out a statement, once or for each of `given`; all its rows are here when it returns."""
        return await greenlet_spawn(self.sync_connection.execute, statement, given)

    async def scalar(self, statement: Executable, given: Mapping[str, Any] | None = None) -> Any:
        """The first column of the first row, None without rows."""
        return (await self.execute(statement, given)).scalar()

    async def scalars(self, statement: Executable, given: Mapping[str, Any] | None = None) -> ScalarResult[Any]:
        """The first column of each row."""
        return (await self.execute(statement, given)).scalars()

    async def stream(self, statement: Executable) -> AsyncIterator[Row[*tuple[Any, ...]]]:
        """The rows one after the other, of which only some are in memory."""
        options = {"stream_results": True}
        result = await greenlet_spawn(self.sync_connection.execute, statement, execution_options=options)
        try:
            while rows := await greenlet_spawn(result.fetchmany, _ROWS):
                for row in rows:
                    yield row
        finally:
            await greenlet_spawn(result.close)

    async def run_sync(
        self, act: Callable[Concatenate[Connection, P], Found], *args: P.args, **named: P.kwargs
    ) -> Found:
        """What `act` gives, which is written for a connection without asyncio."""
        return await greenlet_spawn(lambda: act(self.sync_connection, *args, **named))

    async def raw(self) -> PoolProxiedConnection:
        """The driver's connection, in the keeping of the pool."""
        return await greenlet_spawn(lambda: self.sync_connection.connection)

    async def execution_options(self, **options: Any) -> None:
        """Set options for what this connection does from here on."""
        await greenlet_spawn(self.sync_connection.execution_options, **options)


class AsyncEngine:
    """The connections to one database; `sync_engine` was made for an async dialect."""

    def __init__(self, sync_engine: Engine) -> None:
        self.sync_engine = sync_engine

    @property
    def dialect(self) -> Dialect:
        return self.sync_engine.dialect

    def execution_options(self, **options: Any) -> "AsyncEngine":
        """An engine on the same connections, with these options."""
        return AsyncEngine(self.sync_engine.execution_options(**options))

    @contextlib.asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """A connection, which is given back to the pool in any case."""
        connection = await greenlet_spawn(self.sync_engine.connect)
        try:
            yield AsyncConnection(connection)
        finally:
            await _whole(greenlet_spawn(connection.close))

    @contextlib.asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction: committed when the block ends, undone when it raises."""
        connection, transaction = await greenlet_spawn(self._begun)
        try:
            yield AsyncConnection(connection)
            await greenlet_spawn(transaction.commit)
        except BaseException:
            await greenlet_spawn(transaction.rollback)
            raise
        finally:
            await _whole(greenlet_spawn(connection.close))

    def _begun(self) -> tuple[Connection, Transaction]:
        connection = self.sync_engine.connect()
        try:
            return connection, connection.begin()
        except BaseException:
            connection.close()
            raise

    async def dispose(self) -> None:
        """Close the connections that nobody uses."""
        await greenlet_spawn(self.sync_engine.dispose)


async def _whole(work: Coroutine[Any, Any, None]) -> None:
    """Do `work` to its end, even where the caller is cancelled meanwhile: a connection left half given back is lost."""
    task = asyncio.create_task(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            if task.done():
                raise
            cancelled = error
    if cancelled is not None:
        raise cancelled
