"""One gate for everything the bot sends: when the homeserver wants fewer requests, all wait, and then go one by one.

Without it each request sleeps by itself and all come back at once (`matrix.md` trap 14: 20 texts, 66 answers of 429).
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot import log
from bot.adapters.matrix.wire import AwayError, LimitedError
from bot.core.clock import Clock

T = TypeVar("T")
MOST_AT_ONCE = 8
CALM_S = 30.0
"""So long after the last 429 requests go side by side again."""
FIRST_S, MOST_S = 0.5, 30.0


class Limiter:
    """`run` tries until the server takes the request; in the order of asking while the server is strict."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._gate = asyncio.Semaphore(MOST_AT_ONCE)
        self._one = asyncio.Lock()
        self._free_at = 0.0
        self._calm_at = 0.0

    async def run(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """What `attempt` comes to; it is tried again after a 429 and while the server is away. Other errors pass."""
        wait_s = FIRST_S
        while True:
            try:
                return await self._tried(attempt)
            except LimitedError:
                continue
            except AwayError:
                await self._clock.sleep(wait_s * random.uniform(0.5, 1.0))  # noqa: S311  (spread, no secret)
                wait_s = min(wait_s * 2, MOST_S)

    async def once(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """What one attempt comes to. Raises LimitedError without asking while the server wants fewer requests."""
        self.check()
        async with self._gate:
            return await self._noted(attempt)

    def check(self) -> None:
        """Raise LimitedError while the server wants fewer requests; between the requests of one attempt."""
        wait_s = self._free_at - self._clock.monotonic()
        if wait_s > 0:
            raise LimitedError(wait_s)

    async def _tried(self, attempt: Callable[[], Awaitable[T]]) -> T:
        if self._clock.monotonic() >= self._calm_at:
            async with self._gate:
                return await self._noted(attempt)
        async with self._one:
            # Who waits here is in line; a 429 is met by one request alone, which then goes on until it is through.
            while True:
                await self._clock.sleep(max(0.0, self._free_at - self._clock.monotonic()))
                try:
                    return await self._noted(attempt)
                except LimitedError:
                    continue

    async def _noted(self, attempt: Callable[[], Awaitable[T]]) -> T:
        try:
            return await attempt()
        except LimitedError as error:
            now = self._clock.monotonic()
            self._free_at = max(self._free_at, now + error.wait_s)
            self._calm_at = self._free_at + CALM_S
            log.warning("matrix.limited", wait_s=int(error.wait_s))
            raise
