"""A clock that only moves when told to; who sleeps on it wakes at once, that much later."""

import asyncio
from datetime import UTC, datetime, timedelta


class FakeClock:
    """`bot.core.clock.Clock`. `slept_s` holds every sleep; `jump` sets the wall clock alone, as a hand might."""

    def __init__(self, now: datetime = datetime(2026, 11, 21, 12, tzinfo=UTC)) -> None:
        self._now = now
        self._lived_s = 1000.0
        self.slept_s: list[float] = []

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._lived_s

    async def sleep(self, seconds: float) -> None:
        self.slept_s.append(seconds)
        self.advance(timedelta(seconds=seconds))
        await asyncio.sleep(0)

    def advance(self, span: timedelta) -> None:
        self._now += span
        self._lived_s += span.total_seconds()

    def jump(self, span: timedelta) -> None:
        self._now += span
