"""Clocks for tests: one that only moves when told to, so that who sleeps wakes at once, and one that is quick."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.core.clock import SystemClock


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


class QuickClock(SystemClock):
    """Waits a thousandth of what it is asked to: back-off is real, and the test short. `waited_s` holds each wait."""

    def __init__(self) -> None:
        self.waited_s: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.waited_s.append(seconds)
        await asyncio.sleep(seconds / 1000)
