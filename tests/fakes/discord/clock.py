"""Time and ids of the fake: one clock that a test may move, and snowflakes made from it."""

from __future__ import annotations

import itertools
import time
from datetime import UTC, datetime

# First second of 2015, in milliseconds (API docs, Reference: Snowflakes).
EPOCH_MS = 1_420_070_400_000


class Clock:
    """Real time plus what a test added. Only the fake's deadlines follow it; the bot keeps its own clock."""

    def __init__(self) -> None:
        self._ahead_s = 0.0

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time() + self._ahead_s

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass for Discord: 3.1 misses an answer, 901 ends a token, 3601 frees a crosspost."""
        self._ahead_s += seconds

    def iso(self, at: float | None = None) -> str:
        return datetime.fromtimestamp(self.now() if at is None else at, UTC).isoformat()


class Snowflakes:
    """Ids that grow, carry their time and never repeat (API docs, Reference: Snowflakes)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._counter = itertools.count(1)

    def make(self, *, age_s: float = 0.0) -> int:
        """A new id whose time is `age_s` seconds ago. Repeats only after four million ids in one millisecond."""
        at_ms = int((self._clock.now() - age_s) * 1000) - EPOCH_MS
        return (at_ms << 22) | (next(self._counter) & 0x3FFFFF)


def created_at(snowflake: int) -> float:
    """Seconds since 1970 at which `snowflake` was made."""
    return ((snowflake >> 22) + EPOCH_MS) / 1000
