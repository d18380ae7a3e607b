"""What becomes of a delivery, whatever its door does; on a real database, a clock of the test's and rooms that only exist here."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.attention import OF_LATE_S, Attention
from bot.core.clock import SystemClock
from bot.core.request import RoomRef
from bot.outbox.model import Delivery, Outgoing, Progress
from bot.outbox.ports import LaterError, RefusedError, UnansweredError
from bot.outbox.worker import AT_ONCE, BROKEN_AFTER, GIVE_WAY_S, MOST_S, Worker
from bot.settings import Settings
from bot.storage.open import Storage, open_storage
from tests.chaos.outbox import simulated
from tests.fakes.clock import FakeClock
from tests.fakes.outbox import FakeSender, loses_answer, says, to_rooms


@pytest.fixture
async def storage(tmp_path: Path, clock: FakeClock) -> AsyncIterator[Storage]:
    settings = replace(Settings(), data_dir=tmp_path / "data", key_file=tmp_path / "key", encryption=False)
    storage = await open_storage(settings, clock)
    yield storage
    await storage.close()


@dataclass
class Story:
    """A worker, its rooms, and time that passes as fast as it is told to."""

    storage: Storage
    clock: FakeClock
    sender: FakeSender = field(default_factory=FakeSender)

    def __post_init__(self) -> None:
        self.worker = Worker(self.storage.outbox, [self.sender], self.clock, notices, spread=lambda _, most: most)

    async def pass_time(self, span: timedelta) -> None:
        """From one row that is due to the next, at least a second."""
        end = self.clock.now() + span
        while (now := self.clock.now()) < end:
            await self.worker.deliver_due()
            due = await self.storage.outbox.next_due(["test"]) or end
            self.clock.advance(max(timedelta(seconds=1), min(due, end) - now))
        await self.worker.deliver_due()

    async def progress(self) -> Progress:
        return await self.storage.outbox.progress("c")


def notices(delivery: Delivery) -> list[Outgoing]:
    if delivery.outgoing.cause.startswith("uncertain"):
        return []
    return [Outgoing(f"uncertain/{delivery.id}", RoomRef("test", "review"), says("look"), "review")]


@pytest.fixture
def story(storage: Storage, clock: FakeClock) -> Story:
    return Story(storage, clock)


def raises(*errors: Exception) -> Callable[[Delivery], None]:
    """One error a try, then none."""
    left = iter(errors)

    def act(_: Delivery) -> None:
        for error in left:
            raise error

    return act


async def test_each_room_hears_it_once(story: Story) -> None:
    await story.storage.outbox.add([*to_rooms("c", 30)])
    assert await story.worker.deliver_due() == 30
    assert all(story.sender.rooms.texts(f"room{number}") == ["hello"] for number in range(30))
    assert await story.progress() == Progress(sent=30)


async def test_an_answer_that_was_lost_is_looked_for(story: Story) -> None:
    story.sender.after = raises(UnansweredError())
    await story.storage.outbox.add([*to_rooms("c", 1)])
    await story.pass_time(timedelta(minutes=1))
    assert story.sender.rooms.texts("room0") == ["hello"]
    assert (len(story.sender.tried), await story.progress()) == (1, Progress(sent=1))


async def test_a_try_without_answer_that_did_not_arrive_is_sent_again(story: Story) -> None:
    story.sender.before = raises(UnansweredError(), TimeoutError())
    await story.storage.outbox.add([*to_rooms("c", 1)])
    await story.pass_time(timedelta(minutes=1))
    assert (len(story.sender.tried), await story.progress()) == (3, Progress(sent=1))


async def test_where_nobody_can_look_moderators_decide(story: Story) -> None:
    story.sender.after, story.sender.can_look = loses_answer, False
    await story.storage.outbox.add([*to_rooms("c", 1)])
    await story.pass_time(timedelta(minutes=1))
    assert await story.progress() == Progress(uncertain=1)
    assert story.sender.rooms.texts("room0") == ["hello"]
    assert story.sender.rooms.texts("review") == ["look"]
    assert (await story.storage.outbox.progress("uncertain")).uncertain == 1, "and of that nobody is told again"


@pytest.mark.parametrize("after_s", [0.2, 7.0, 1336.0])
async def test_nothing_is_tried_before_the_platform_allows(story: Story, after_s: float) -> None:
    tried_at: list[datetime] = []
    refuses = raises(LaterError(after_s))

    def before(delivery: Delivery) -> None:
        tried_at.append(story.clock.now())
        refuses(delivery)

    story.sender.before = before
    await story.storage.outbox.add([*to_rooms("c", 1)])
    await story.pass_time(timedelta(seconds=after_s + 10))
    assert await story.progress() == Progress(sent=1)
    assert after_s <= (tried_at[1] - tried_at[0]).total_seconds() <= after_s + 4


async def test_a_refusal_fails_with_its_reason(story: Story) -> None:
    story.sender.before = raises(RefusedError("no-room"), RefusedError("no-permission"), RefusedError("no-room"))
    await story.storage.outbox.add([*to_rooms("c", 5)])
    await story.worker.deliver_due()
    assert await story.progress() == Progress(sent=2, failed=3, failures=(("no-permission", 1), ("no-room", 2)))


async def test_a_door_that_breaks_on_one_row_breaks_nothing_else(story: Story) -> None:
    def breaks(delivery: Delivery) -> None:
        if delivery.outgoing.room.id == "room1":
            raise KeyError

    story.sender.before = breaks
    await story.storage.outbox.add([*to_rooms("c", 4)])
    await story.pass_time(timedelta(minutes=3))
    assert await story.progress() == Progress(sent=3, failed=1, failures=(("broken", 1),))
    assert story.sender.tried.count("room1") == BROKEN_AFTER


async def test_a_platform_that_is_away_is_tried_gently_and_all_arrives_within_a_minute(story: Story) -> None:
    is_away = True

    def before(_: Delivery) -> None:
        if is_away:
            raise LaterError

    story.sender.before = before
    await story.storage.outbox.add([*to_rooms("c", 50)])
    await story.pass_time(timedelta(minutes=10))
    assert len(story.sender.tried) < 60
    is_away = False
    await story.pass_time(timedelta(minutes=1))
    assert await story.progress() == Progress(sent=50)


async def test_nothing_is_claimed_for_a_door_that_is_not_open(story: Story) -> None:
    story.sender.is_open = False
    await story.storage.outbox.add([*to_rooms("c", 2)])
    await story.pass_time(timedelta(minutes=1))
    assert story.sender.tried == []
    story.sender.is_open = True
    await story.worker.deliver_due()
    assert await story.progress() == Progress(sent=2)


async def test_what_waits_for_ever_is_given_up_after_a_week(story: Story) -> None:
    story.sender.before = raises(*[LaterError(20000.0)] * 1000)
    await story.storage.outbox.add([*to_rooms("c", 1)])
    await story.pass_time(timedelta(days=8))
    assert await story.progress() == Progress(failed=1, failures=(("gave-up", 1),))


async def test_what_expired_after_a_lost_answer_is_looked_for_and_not_sent_again(story: Story) -> None:
    rooms = [Outgoing("c", RoomRef("test", name), says("x"), "announcement", expires_at=story.clock.now() + timedelta(seconds=1))
             for name in ("arrived", "lost")]  # fmt: skip

    def is_lost(delivery: Delivery) -> None:
        if delivery.outgoing.room.id == "lost":
            raise UnansweredError

    story.sender.before, story.sender.after = is_lost, loses_answer
    await story.storage.outbox.add(rooms)
    await story.pass_time(timedelta(minutes=1))
    assert await story.progress() == Progress(sent=1, cancelled=1)
    assert sorted(story.sender.tried) == ["arrived", "lost"]


async def test_a_clock_that_jumps_sends_nothing_early(story: Story) -> None:
    due = story.clock.now() + timedelta(hours=2)
    await story.storage.outbox.add([Outgoing("c", RoomRef("test", "r"), says("x"), not_before=due)])
    story.clock.jump(timedelta(days=365))
    await story.worker.deliver_due()
    await story.storage.outbox.add([Outgoing("n", RoomRef("test", "r"), says("now"))])
    await story.worker.deliver_due()
    assert story.sender.rooms.texts("r") == ["now"], "what has no hour of its own does not wait"
    story.clock.advance(timedelta(hours=1, minutes=59))
    await story.worker.deliver_due()
    assert story.sender.rooms.texts("r") == ["now"]
    story.clock.advance(timedelta(minutes=1))
    await story.worker.deliver_due()
    assert story.sender.rooms.texts("r") == ["now", "x"]


async def test_the_loop_runs_until_it_is_told_to_end(storage: Storage) -> None:
    """With a real clock: rows added meanwhile go out at once; what is on its way when it ends is looked for later."""
    clock = SystemClock()
    sender, reached = FakeSender(), asyncio.Event()

    class Slow(FakeSender):
        async def deliver(self, delivery: Delivery) -> Any:  # noqa: ARG002
            reached.set()
            await asyncio.sleep(60)

    worker = Worker(storage.outbox, [sender, Slow(platform="slow")], clock)
    running = asyncio.create_task(worker.run())
    await asyncio.sleep(0)
    await storage.outbox.add([*to_rooms("c", 12), *to_rooms("s", 1, "slow")])
    async with asyncio.timeout(5):
        await reached.wait()
        while (await storage.outbox.progress("c")).sent < 12:
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.wait([running])
    (again,) = await storage.outbox.claim(["slow"], clock.now() + timedelta(seconds=1), 9)
    assert again.was_unanswered


async def test_no_more_than_a_few_are_on_their_way_at_once_and_one_while_people_ask(
    storage: Storage, clock: FakeClock
) -> None:
    busy, most = 0, 0

    class Counting(FakeSender):
        async def deliver(self, delivery: Delivery) -> Any:
            nonlocal busy, most
            busy, most = busy + 1, max(most, busy + 1)
            await asyncio.sleep(0.001)
            busy -= 1
            return self.rooms.say(delivery)

    attention, counts = Attention(clock), []
    for cause in ("nobody has asked", "somebody asked just now", "all is quiet again"):
        most = 0
        await storage.outbox.add([*to_rooms(cause, 20)])
        await Worker(storage.outbox, [Counting()], clock, attention=attention).deliver_due()
        counts.append(most)
        if cause == "nobody has asked":
            with attention:
                """An answer is out at once."""
        else:
            clock.advance(timedelta(seconds=OF_LATE_S))
    assert counts == [AT_ONCE, 1, AT_ONCE]


async def test_an_announcement_gives_way_to_an_answer_and_a_notice_does_not(storage: Storage) -> None:
    clock, attention, sender = SystemClock(), Attention(), FakeSender()
    worker = Worker(storage.outbox, [sender], clock, attention=attention)
    with attention:
        await storage.outbox.add([*to_rooms("c", 1), Outgoing("n", RoomRef("test", "person"), says("for you"))])
        delivering = asyncio.create_task(worker.deliver_due())
        await asyncio.sleep(GIVE_WAY_S / 2)
        assert sender.tried == ["person"]
    assert await delivering == 2
    assert sender.tried == ["person", "room0"]


async def test_an_announcement_does_not_give_way_for_ever(storage: Storage) -> None:
    attention, sender = Attention(), FakeSender()
    await storage.outbox.add([*to_rooms("c", 2)])
    with attention:
        async with asyncio.timeout(GIVE_WAY_S * 2 + 5):
            assert await Worker(storage.outbox, [sender], SystemClock(), attention=attention).deliver_due() == 2


def test_all_is_tried_again_within_a_minute() -> None:
    assert MOST_S * 1.5 <= 60


@pytest.mark.parametrize("can_look", [True, False])
async def test_once_where_one_can_look_and_never_twice_where_not(
    storage: Storage, clock: FakeClock, can_look: bool
) -> None:
    """The process dies and answers get lost at every step; `python -m tests.chaos outbox` does it for longer."""
    counts = await simulated(storage, clock, range(8), 15, can_look=can_look)
    assert counts.deaths > 20
    assert (counts.lost, counts.twice) == (0, 0)
    assert (counts.uncertain > 0) != can_look
