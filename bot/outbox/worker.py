"""Delivers what the outbox holds: each row once, or set aside for a moderator where that cannot be known.

What is claimed is committed before the wire. A try ends in one of five ways: it arrived; it has no answer, so the room
is looked at before the next try; the platform asks to wait or was not reached, so it is tried later, never before the
platform allows; it is refused for good; or the room cannot be looked at, and moderators decide. A platform that is away
is tried with one row at a time until it is back. What one row does never ends `run`.
"""

import asyncio
import contextlib
import random
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot import log
from bot.core.attention import Attention
from bot.core.clock import Clock
from bot.errors import StorageError
from bot.outbox.model import Delivery, MessageRef, Outgoing
from bot.outbox.ports import (
    DELIVER_S,
    LEASE_S,
    CannotLookError,
    LaterError,
    Outbox,
    RefusedError,
    Sender,
    UnansweredError,
)
from bot.outbox.steady import SteadyClock

AT_ONCE = 4
"""Deliveries on their way at the same time on one platform, each in another room; one while people ask."""
GIVE_WAY_S = 0.5
"""So long the next announcement gives way to people who ask, and no longer: it never starves."""
AHEAD = 24
"""Claimed together and begun one after the other, well within their lease; what is more pressing waits for no more."""
FIRST_S, MOST_S = 2.0, 40.0
"""Waits after a try, doubled each time: all is on its way again within a minute after an outage."""
GIVE_UP = timedelta(days=7)
BROKEN_AFTER = 5
"""Tries of a row on which a door fails in a way it should not."""
AWAY_AFTER = 3
"""Rows in a row that did not reach a platform: it is away."""
IDLE_S = 15.0
"""Looked after at least so often, should a call of PostgreSQL get lost."""
_BREATH_S = 0.5

Notices = Callable[[Delivery], Sequence[Outgoing]]
"""What moderators are told about a delivery that may or may not have arrived."""


Settle = Callable[[], Awaitable[None]]
"""Writes what became of a try."""


@dataclass(slots=True)
class Lane:
    """One platform: what is on its way there, what is claimed and waits for its turn, and whether it is away."""

    sender: Sender
    attention: Attention
    busy: int = 0
    took_s: float = 0.0
    unreached: int = 0
    rests_until_s: float = 0.0
    may_have_more: bool = True
    """False after a claim that found less than was wanted, until one of its own ends, rows are added or time passed."""
    waiting: deque[tuple[Delivery, float]] = field(default_factory=deque)

    @property
    def is_away(self) -> bool:
        return self.unreached >= AWAY_AFTER

    def free(self, now_s: float) -> int:
        """How many more may go out now."""
        if now_s < self.rests_until_s or not self.sender.is_open:
            return 0
        return max(0, (1 if self.is_away or self.attention.is_wanted else AT_ONCE) - self.busy)

    def wanted(self, now_s: float) -> int:
        """How many to claim now: some ahead, so that a claim is not a wait for each; none where none were left."""
        if not self.may_have_more:
            return 0
        free = self.free(now_s)
        if self.is_away or not free or len(self.waiting) > AHEAD // 2:
            return free if not self.waiting else 0
        return free + AHEAD - len(self.waiting)


class Worker:
    """`senders` are the doors that can speak unasked; `spread` gives a random part between two, as `random.uniform`.

    While `attention` is wanted elsewhere, announcements go one at a time with rests in between.
    """

    def __init__(
        self,
        outbox: Outbox,
        senders: Sequence[Sender],
        clock: Clock,
        notices: Notices = lambda _: (),
        spread: Callable[[float, float], float] = random.uniform,
        attention: Attention | None = None,
    ) -> None:
        self._outbox = outbox
        self._attention = attention or Attention(clock)
        self._lanes: Mapping[str, Lane] = {each.platform: Lane(each, self._attention) for each in senders}
        self._clock = clock
        self._steady = SteadyClock(clock)
        self._notices = notices
        self._spread = spread
        self._in_hand: set[int] = set()
        self._freed = asyncio.Event()
        self._breath_s = _BREATH_S

    async def run(self) -> None:
        """Deliver what is due, for ever. A database that is away is tried again; what is on its way goes on."""
        if not self._lanes:
            return
        try:
            async with asyncio.TaskGroup() as group:
                while True:
                    try:
                        async with self._outbox.listening():
                            await self._serve(group)
                    except StorageError:
                        await self._clock.sleep(self._spread(1.0, FIRST_S))
        finally:
            await self._give_back()

    async def _serve(self, group: asyncio.TaskGroup) -> None:
        while True:
            self._freed.clear()
            if await self._claimed(group):
                self._breath_s = _BREATH_S
            else:
                await self._wait()

    async def deliver_due(self) -> int:
        """Deliver what is due now and return when nothing more is; the number of rows claimed. For tests and commands."""
        count = 0
        while True:
            self._look_everywhere()
            async with asyncio.TaskGroup() as group:
                claimed = await self._claimed(group)
            if not claimed:
                return count
            count += claimed

    async def _claimed(self, group: asyncio.TaskGroup) -> int:
        """Claim what there is room for and set it on its way; the number. Raises StorageError."""
        now_s, count = self._clock.monotonic(), 0
        # Platform by platform: one whose rows wait must not take the places of another.
        for platform, lane in self._lanes.items():
            wanted = lane.wanted(now_s)
            found = await self._outbox.claim([platform], self._steady.now(), wanted) if wanted else []
            if wanted:
                lane.may_have_more = len(found) == wanted
            for delivery in found:
                if delivery.id not in self._in_hand:
                    self._in_hand.add(delivery.id)
                    lane.waiting.append((delivery, now_s))
                    count += 1
            self._start(group, lane)
        return count

    def _start(self, group: asyncio.TaskGroup, lane: Lane) -> None:
        """Set what waits on its way as far as there is room; where the platform is away, hand it back."""
        while lane.waiting and (lane.is_away or lane.free(self._clock.monotonic())):
            delivery, claimed_s = lane.waiting.popleft()
            is_stale = self._clock.monotonic() - claimed_s > LEASE_S - 2 * DELIVER_S
            if is_stale or not lane.free(self._clock.monotonic()):
                group.create_task(self._settled(delivery, self._handed_back(delivery)))
            else:
                lane.busy += 1
                group.create_task(self._handle(group, lane, delivery))

    def _handed_back(self, delivery: Delivery) -> Settle:
        return lambda: self._outbox.later(delivery, self._steady.now(), unanswered=delivery.was_unanswered)

    async def _give_back(self) -> None:
        """At the end, what was claimed and not begun waits for the next process, and not until its claim runs out."""
        left = [delivery for lane in self._lanes.values() for delivery, _ in lane.waiting]
        with contextlib.suppress(StorageError, TimeoutError):
            async with asyncio.timeout(1.0):
                await asyncio.gather(*(self._handed_back(delivery)() for delivery in left))

    async def _wait(self) -> None:
        """Return when there may be something to do."""
        now_s = self._clock.monotonic()
        waits = [lane.rests_until_s - now_s for lane in self._lanes.values() if lane.rests_until_s > now_s]
        is_closed = any(not lane.sender.is_open for lane in self._lanes.values())
        # Where every platform has all it can take, the next end of a try comes first: no row need be looked for.
        may_claim = is_closed or any(lane.free(now_s) for lane in self._lanes.values())
        due = await self._outbox.next_due(self._lanes) if may_claim else None
        if due is not None:
            due_s = (due - self._steady.now()).total_seconds()
            waits.append(due_s if due_s > 0 else _BREATH_S if is_closed else self._breath())
        most_s = max(_BREATH_S, min([*waits, IDLE_S]))
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(each) for each in (self._outbox.wait(), self._clock.sleep(most_s))]
            while not any(task.done() for task in tasks):
                if any(lane.wanted(self._clock.monotonic()) for lane in self._lanes.values()):
                    break
                self._freed.clear()
                freed = group.create_task(self._freed.wait())
                await asyncio.wait([*tasks, freed], return_when=asyncio.FIRST_COMPLETED)
                freed.cancel()
            else:
                self._look_everywhere()
            for task in tasks:
                task.cancel()

    def _look_everywhere(self) -> None:
        for lane in self._lanes.values():
            lane.may_have_more = True

    def _breath(self) -> float:
        """A wait for what is due and cannot be claimed yet; longer each time, until something can."""
        self._breath_s = min(self._breath_s * 2, IDLE_S)
        return self._breath_s

    async def _handle(self, group: asyncio.TaskGroup, lane: Lane, delivery: Delivery) -> None:
        """One try of one row, and what became of it. The place is free for the next while that is written."""
        try:
            async with self._let_go(delivery, unanswered=delivery.was_unanswered):
                await self._give_way(delivery, lane)
            async with self._let_go(delivery):
                began_s = self._clock.monotonic()
                settle = await self._tried(delivery, lane)
                lane.took_s = self._clock.monotonic() - began_s
        except BaseException:
            self._in_hand.discard(delivery.id)
            raise
        finally:
            lane.busy -= 1
            self._freed.set()
        self._start(group, lane)
        await self._settled(delivery, settle)

    async def _give_way(self, delivery: Delivery, lane: Lane) -> None:
        """While people ask, let an announcement rest half as long as the last try took, then until nobody waits."""
        if delivery.outgoing.kind == "announcement" and self._attention.is_wanted:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(GIVE_WAY_S):
                    await self._clock.sleep(lane.took_s / 2)
                    await self._attention.free()

    async def _settled(self, delivery: Delivery, settle: Settle) -> None:
        """Write what became of it; where that fails the claim runs out, and it is looked for."""
        try:
            async with self._let_go(delivery):
                await self._keep(settle)
        except StorageError:
            log.warning("outbox.not-kept", platform=delivery.outgoing.room.platform)
        finally:
            self._in_hand.discard(delivery.id)
            # What came after it in its room may go now.
            self._lanes[delivery.outgoing.room.platform].may_have_more = True
            self._freed.set()

    @contextlib.asynccontextmanager
    async def _let_go(self, delivery: Delivery, *, unanswered: bool = True) -> AsyncIterator[None]:
        """When the program ends meanwhile, the row waits as one without an answer, and not until its claim runs out."""
        try:
            yield
        except asyncio.CancelledError:
            with contextlib.suppress(StorageError, TimeoutError):
                async with asyncio.timeout(1.0):
                    await self._outbox.later(delivery, self._steady.now(), unanswered=unanswered)
            raise

    async def _tried(self, delivery: Delivery, lane: Lane) -> Settle:
        """Go out once; what is to be written of it."""
        outgoing, now = delivery.outgoing, self._steady.now
        is_late = outgoing.expires_at is not None and outgoing.expires_at <= now()
        try:
            message = await self._said(delivery, lane.sender, may_send=not is_late)
        except RefusedError as error:
            code = error.code
            self._note(lane, is_reached=True)
            return lambda: self._outbox.failed(delivery, code, now())
        except CannotLookError:
            return lambda: self._outbox.uncertain(delivery, now(), self._notices(delivery))
        except LaterError as error:
            self._note(lane, is_reached=error.after_s is not None)
            return self._later(delivery, error.after_s, unanswered=delivery.was_unanswered)
        except (UnansweredError, TimeoutError):
            self._note(lane, is_reached=False)
            return self._later(delivery, None, unanswered=True)
        except Exception as error:  # noqa: BLE001  (a bug of a door must not end the others' deliveries)
            log.failure("outbox.door-failed", error)
            return self._broken(delivery)
        self._note(lane, is_reached=True)
        if message is None:
            return lambda: self._outbox.expired(delivery, now())
        return lambda: self._outbox.sent(delivery, message, now())

    async def _said(self, delivery: Delivery, sender: Sender, *, may_send: bool) -> MessageRef | None:
        """The message in the room, found there or sent now; None when it is not there and may not be sent any more.

        To change or take back twice does no harm, so only something new is looked for first.
        """
        if delivery.was_unanswered and delivery.outgoing.act == "say":
            async with asyncio.timeout(DELIVER_S):
                found = await sender.find_delivered(delivery)
            if found is not None:
                return found
        if not may_send:
            return None
        async with asyncio.timeout(DELIVER_S):
            return await sender.deliver(delivery)

    def _note(self, lane: Lane, *, is_reached: bool) -> None:
        """Note whether a platform was reached; one that is away rests longer each time."""
        lane.unreached = 0 if is_reached else lane.unreached + 1
        if lane.unreached >= AWAY_AFTER:
            rest_s = min(FIRST_S ** (lane.unreached - AWAY_AFTER), MOST_S / 2)
            lane.rests_until_s = self._clock.monotonic() + self._spread(0.5, 1.0) * rest_s

    def _later(self, delivery: Delivery, after_s: float | None, *, unanswered: bool) -> Settle:
        now = self._steady.now()
        if now - delivery.first_tried_at >= GIVE_UP:
            return self._give_up(delivery, is_known=not unanswered)
        wait_s = self._spread(0.5, 1.0) * min(FIRST_S * 2 ** min(delivery.attempts - 1, 8), MOST_S)
        if after_s is not None:
            # What the platform asks is the least; a little more, so that not all come back at the same moment.
            wait_s = after_s + self._spread(0.0, min(after_s, FIRST_S))
        not_before = now + timedelta(seconds=wait_s)
        return lambda: self._outbox.later(delivery, not_before, unanswered=unanswered)

    def _give_up(self, delivery: Delivery, *, is_known: bool) -> Settle:
        now = self._steady.now()
        if is_known:
            return lambda: self._outbox.failed(delivery, "gave-up", now)
        return lambda: self._outbox.uncertain(delivery, now, self._notices(delivery))

    def _broken(self, delivery: Delivery) -> Settle:
        if delivery.attempts >= BROKEN_AFTER:
            return lambda: self._outbox.failed(delivery, "broken", self._steady.now())
        return self._later(delivery, None, unanswered=True)

    async def _keep(self, write: Settle) -> None:
        """Write what became of a try, again when the database is away for a moment. Raises StorageError."""
        for wait_s in (1.0, 2.0, 4.0):
            try:
                return await write()
            except StorageError:
                await self._clock.sleep(wait_s)
        return await write()
