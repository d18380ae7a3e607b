"""A wall clock that nobody can set ahead by mistake: what has an hour of its own never goes out early.

Where the clock of the machine and the time lived through part by more than `MOST`, one of the two is wrong and nobody
knows which. For a day the earlier of both counts, so that what is due goes out late rather than early; after that day
the clock of the machine is believed. A jump is said in the log.
"""

from datetime import datetime, timedelta

from bot import log
from bot.core.clock import Clock

MOST = timedelta(minutes=5)
DOUBT_S = 86400.0


class SteadyClock:
    """`bot.core.clock.Clock`: the time to go by. Small corrections of the machine's clock are followed."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._believe()

    def _believe(self) -> None:
        self._from, self._from_s = self._clock.now(), self._clock.monotonic()
        self._doubt_since_s: float | None = None

    def monotonic(self) -> float:
        return self._clock.monotonic()

    async def sleep(self, seconds: float) -> None:
        await self._clock.sleep(seconds)

    def now(self) -> datetime:
        """The instant to go by; aware UTC."""
        wall, lived_s = self._clock.now(), self._clock.monotonic()
        lived = self._from + timedelta(seconds=lived_s - self._from_s)
        if self._doubt_since_s is None:
            if abs(wall - lived) <= MOST:
                self._from, self._from_s = wall, lived_s
                return wall
            self._doubt_since_s = lived_s
            log.warning("clock.jumped", count=int((wall - lived).total_seconds()))
        if abs(wall - lived) <= MOST or lived_s - self._doubt_since_s >= DOUBT_S:
            self._believe()
            return wall
        return min(wall, lived)
