"""One line for each room: what came there is answered in its order, and a slow room makes no other wait."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.adapters.matrix.batch import Event


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event in line. `event` is None where only its id was kept: clear text is fetched again, never stored."""

    room_id: str = field(repr=False)
    event_id: str = field(repr=False)
    said_at: datetime
    event: Event | None = field(default=None, repr=False)


class Lines:
    """`work` is done for each event, at most one at a time in a room; it handles its own errors."""

    def __init__(self, work: Callable[[Waiting], Awaitable[None]]) -> None:
        self._work = work
        self._lines: dict[str, deque[Waiting]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._in_line: set[str] = set()
        self._is_closed = False

    def put(self, waiting: Iterable[Waiting]) -> None:
        """Set events in line; one that is in line already is left out."""
        for each in waiting:
            if each.event_id in self._in_line or self._is_closed:
                continue
            self._in_line.add(each.event_id)
            line = self._lines.get(each.room_id)
            if line is not None:
                line.append(each)
                continue
            self._lines[each.room_id] = deque([each])
            task = asyncio.create_task(self._serve(each.room_id))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _serve(self, room_id: str) -> None:
        line = self._lines[room_id]
        try:
            while line and not self._is_closed:
                try:
                    await self._work(line[0])
                finally:
                    self._in_line.discard(line.popleft().event_id)
        finally:
            del self._lines[room_id]

    async def close(self, wait_s: float) -> None:
        """Take nothing more; let what is being answered be done within `wait_s`. The rest stays kept."""
        self._is_closed = True
        tasks = list(self._tasks)
        if tasks:
            await asyncio.wait(tasks, timeout=wait_s)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
