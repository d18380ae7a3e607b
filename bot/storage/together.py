"""Writes that come at the same time share one transaction, and with it one wait for the disk."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.errors import StorageError
from bot.storage.connection import AsyncConnection
from bot.storage.engine import Database

Act = Callable[[AsyncConnection], Awaitable[None]]


class Together:
    """One transaction at a time; whoever comes while it runs shares the next."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = asyncio.Lock()
        self._waiting: list[tuple[Act, asyncio.Future[None]]] = []

    async def write(self, act: Act) -> None:
        """Carry out `act` in a transaction; it is committed on return. Raises StorageError: none of it is then kept."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((act, done))
        async with self._turn:
            if not done.done():
                await self._write_all()
        await done

    async def _write_all(self) -> None:
        batch, self._waiting = self._waiting, []
        try:
            async with self._database.write() as connection:
                for act, _ in batch:
                    await act(connection)
        except BaseException as error:
            for _, done in batch:
                if not done.done():
                    # Of a task that was cut off or an act that is broken, the others learn only that nothing was kept.
                    done.set_exception(error if isinstance(error, StorageError) else StorageError("Interrupted"))
            _seen(batch)
            raise
        for _, done in batch:
            if not done.done():
                done.set_result(None)


def _seen(batch: list[tuple[Act, asyncio.Future[None]]]) -> None:
    """Errors nobody waits for any more are not said by the loop."""
    for _, done in batch:
        if not done.cancelled():
            done.exception()
