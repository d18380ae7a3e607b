"""What waits and what was answered, written together: one transaction a sync, not one an event.

An answered event is noted a moment later, with whatever comes next. A crash in that moment answers it again under the
same transaction id, which the server knows: people see one answer (`design.md` decision 7 stands on the same).
"""

import asyncio
from collections.abc import Sequence

from bot import log
from bot.core.clock import Clock
from bot.core.ports import PendingEvent, PendingEvents
from bot.errors import StorageError

LATEST_S = 2.0
"""So long after its answer an event is noted at the latest, when nothing else is written before."""
MOST_OPEN = 100


class Ledger:
    """`PendingEvents`, with what is finished held back a moment."""

    def __init__(self, pending: PendingEvents, clock: Clock) -> None:
        self._pending = pending
        self._clock = clock
        self._finished: list[str] = []
        self._turn = asyncio.Lock()
        self._due = asyncio.Event()

    async def keep(self, events: Sequence[PendingEvent], position: str | None) -> frozenset[str]:
        """Keep events and the sync token that follows them; the ids that are new. Raises StorageError."""
        async with self._turn:
            finished = list(self._finished)
            new = await self._pending.keep(events, position, finished)
            del self._finished[: len(finished)]
            return new

    async def waiting(self) -> list[PendingEvent]:
        """What waits for an answer, in the order it came. Raises StorageError."""
        await self.write()
        return await self._pending.waiting()

    def finish(self, event_id: str) -> None:
        """Have an answered event erased and noted."""
        self._finished.append(event_id)
        self._due.set()

    async def write(self) -> None:
        """Write down what is finished now. Raises StorageError."""
        if self._finished:
            await self.keep((), None)

    async def keep_writing(self) -> None:
        """Write it down `LATEST_S` after it was said, for ever; a fault of the storage is tried again."""
        while True:
            await self._due.wait()
            self._due.clear()
            if len(self._finished) < MOST_OPEN:
                await self._clock.sleep(LATEST_S)
            try:
                await self.write()
            except StorageError as error:
                log.warning("matrix.ledger-waits", error=type(error).__name__)
                self._due.set()
