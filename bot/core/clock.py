"""Time as a port: what waits or expires is handed a clock, so that tests live through a year in a second."""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """`now` is aware UTC; `monotonic` counts seconds and never jumps, for durations; `sleep` waits."""

    def now(self) -> datetime: ...
    def monotonic(self) -> float: ...
    async def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class StoppedClock(SystemClock):
    """A clock that always says `at`, as when a person asks how an answer reads on another day."""

    at: datetime

    def now(self) -> datetime:
        return self.at
