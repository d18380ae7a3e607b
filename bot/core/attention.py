"""Whether people are being answered just now: what can wait, such as an announcement to many rooms, gives way to them."""

import asyncio
import math
from typing import Self

from bot.core.clock import Clock, SystemClock

OF_LATE_S = 5.0


class Attention:
    """One for all doors. An answer is made inside of it (`with`), from the arrival of the question until it is out."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._count = 0
        self._last_s = -math.inf
        self._is_free = asyncio.Event()
        self._is_free.set()

    def __enter__(self) -> Self:
        self._count += 1
        self._is_free.clear()
        return self

    def __exit__(self, *_: object) -> None:
        self._count -= 1
        self._last_s = self._clock.monotonic()
        if not self._count:
            self._is_free.set()

    @property
    def is_wanted(self) -> bool:
        """Whether somebody waits for an answer, or had one in the last `OF_LATE_S`: more may be asked."""
        return bool(self._count) or self._clock.monotonic() - self._last_s < OF_LATE_S

    async def free(self) -> None:
        """Return once nobody waits for an answer."""
        await self._is_free.wait()
