"""Clocks for tests: one that only moves when told to, so that who sleeps wakes at once, and two that shorten waits."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
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


class SkippingClock(SystemClock):
    """The time of this machine, but for waits in which nothing happens: those are skipped.

    While `running` lasts and nothing `is_busy`, and for `STILL_S` nobody asked the time, it goes on to the next moment
    somebody waits for, unless that is further than `FURTHEST_S`: housekeeping. So ten minutes pass in seconds, and what
    takes time takes its time.
    """

    STILL_S, FURTHEST_S = 0.08, 60.0

    def __init__(self, is_busy: Callable[[], bool] = lambda: False) -> None:
        self.is_busy = is_busy
        self._skips: list[tuple[float, float]] = []
        self._skipped_s = 0.0
        self._asked_at = 0.0
        self._wakes: set[float] = set()

    def now(self) -> datetime:
        self._asked_at = time.monotonic()
        return super().now() + timedelta(seconds=self._skipped_s)

    def monotonic(self) -> float:
        self._asked_at = time.monotonic()
        return self._asked_at + self._skipped_s

    def read_at(self, lived_s: float) -> float:
        """What `monotonic` said when the machine's own clock said `lived_s`."""
        return lived_s + sum(skipped_s for at, skipped_s in self._skips if at <= lived_s)

    async def sleep(self, seconds: float) -> None:
        wake = self.monotonic() + seconds
        self._wakes.add(wake)
        try:
            while time.monotonic() + self._skipped_s < wake:
                await asyncio.sleep(min(0.01, max(0.0, wake - time.monotonic() - self._skipped_s)))
        finally:
            self._wakes.discard(wake)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._skip())
        try:
            yield
        finally:
            task.cancel()

    async def _skip(self) -> None:
        while True:
            await asyncio.sleep(self.STILL_S / 5)
            at = time.monotonic()
            if self.is_busy() or at - self._asked_at < self.STILL_S or not self._wakes:
                continue
            ahead_s = min(self._wakes) - at - self._skipped_s
            if 0 < ahead_s <= self.FURTHEST_S:
                self._skips.append((at, ahead_s))
                self._skipped_s += ahead_s
