"""What Discord may deliver twice, too late or in a storm, and how it is met."""

import asyncio
import random
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from bot import log
from bot.adapters.discord.incoming import made_at
from bot.core.clock import Clock

ANSWER_WITHIN_S = 3.0
"""API docs, Receiving and Responding: the first answer is due within three seconds."""
MOST_REMEMBERED = 20_000
LATE_IN_A_ROW = 3
FREE_CONNECTS, FREE_A_MINUTE = 3, 30
FIRST_S, MOST_S = 0.5, 60.0


class Gate:
    """Which events are acted on: each once, and none that is past its three seconds.

    An event can come twice after a RESUME, or while two processes share a token; after a RESUME it can be old. When the
    clock of this machine is wrong everything seems old: then every fourth is tried all the same, and an answer that
    Discord takes (`taken`) shows by how much the clock is ahead.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._ahead_s = 0.0
        self._late_in_a_row = 0

    def admits(self, event_id: int) -> bool:
        """Whether to act on that interaction now. Asked once for each delivery."""
        if not self.is_new(event_id):
            return False
        if self.age_s(event_id) <= ANSWER_WITHIN_S:
            self._late_in_a_row = 0
            return True
        self._late_in_a_row += 1
        log.notice("discord.late", count=self._late_in_a_row)
        return self._late_in_a_row % (LATE_IN_A_ROW + 1) == 0

    def is_new(self, event_id: int) -> bool:
        """Whether that event was not seen before by this process."""
        if event_id in self._seen:
            return False
        self._seen[event_id] = None
        if len(self._seen) > MOST_REMEMBERED:
            self._seen.popitem(last=False)
        return True

    def age_s(self, event_id: int) -> float:
        """How old the event is, by the clock as it was found to go."""
        return self._raw_age_s(event_id) - self._ahead_s

    def said_at(self, event_id: int) -> datetime:
        """When the event was made, by the clock as it was found to go."""
        return self._clock.now() - timedelta(seconds=self.age_s(event_id))

    def left_s(self, event_id: int) -> float:
        """What is left of the three seconds, at least a little: an answer is worth a try."""
        return min(max(ANSWER_WITHIN_S - self.age_s(event_id), 0.5), ANSWER_WITHIN_S)

    def taken(self, event_id: int) -> None:
        """Discord took an answer: the event was younger than three seconds, whatever the clock says."""
        age_s = self._raw_age_s(event_id)
        if age_s - self._ahead_s > ANSWER_WITHIN_S:
            self._ahead_s = age_s - 1.0
            self._late_in_a_row = 0
            log.warning("discord.clock-ahead", count=int(self._ahead_s))

    def _raw_age_s(self, event_id: int) -> float:
        return (self._clock.now() - made_at(event_id)).total_seconds()


class Turns:
    """Lets one piece of work begin at a time, first come first served, and what goes in and out have a third of the time.

    An answer is a few milliseconds of work that cannot be interrupted. Two hundred that begin at once hold up the clock
    by which they would be deferred, and the deferrals, until all of them are late.
    """

    def __init__(self) -> None:
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._is_taken = False

    async def mine(self) -> None:
        """Return when it is the caller's turn."""
        loop = asyncio.get_running_loop()
        if self._is_taken:
            self._waiting.append(turn := loop.create_future())
            await turn
        self._is_taken = True
        # Runs when this turn's work gives the loop back.
        loop.call_soon(self._pause, loop.time())

    def _pause(self, began_s: float) -> None:
        loop = asyncio.get_running_loop()
        if self._waiting:
            loop.call_later((loop.time() - began_s) / 2, self._next)
        else:
            self._is_taken = False

    def _next(self) -> None:
        turn = next((each for each in iter(self._popped, None) if not each.done()), None)
        if turn:
            turn.set_result(None)
        else:
            self._is_taken = False

    def _popped(self) -> "asyncio.Future[None] | None":
        return self._waiting.popleft() if self._waiting else None


class Pacer:
    """Spreads connections to the gateway out when they do not last.

    discord.py connects again at once, thousands of times a minute, to a gateway that accepts and closes. Here the first
    few are free, then each waits twice as long, up to a minute; a session that Discord confirmed begins anew.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.in_vain = 0
        self._connects: deque[float] = deque()

    def confirmed(self) -> None:
        """READY or RESUMED came."""
        self.in_vain = 0

    async def before_connecting(self) -> None:
        """Wait as long as the last connections make it wise."""
        self.in_vain += 1
        now_s = self._clock.monotonic()
        self._connects.append(now_s)
        while self._connects[0] < now_s - 60:
            self._connects.popleft()
        beyond = max(self.in_vain - FREE_CONNECTS, len(self._connects) - FREE_A_MINUTE)
        if beyond > 0:
            wait_s = min(FIRST_S * 2 ** min(beyond - 1, 10), MOST_S) * random.uniform(0.75, 1.25)  # noqa: S311
            log.notice("discord.waits-to-connect", wait_s=round(wait_s), count=self.in_vain)
            await self._clock.sleep(wait_s)

    def paced(self, connect: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        """`connect`, waiting first."""

        async def waiting(*args: Any, **options: Any) -> Any:
            await self.before_connecting()
            return await connect(*args, **options)

        return waiting
