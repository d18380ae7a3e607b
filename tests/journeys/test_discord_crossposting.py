"""What is said in an announcement channel goes on to those who follow it, ten an hour: in order, once, as it then reads."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.request import RoomRef
from bot.outbox.model import Delivery, MessageRef, Outgoing
from bot.outbox.ports import LaterError
from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.bare import until
from tests.fakes.discord.ours import umbrella
from tests.fakes.discord.state import ANNOUNCEMENT, CROSSPOSTED
from tests.fakes.ground import Kept, memory_ground
from tests.fakes.outbox import says

if TYPE_CHECKING:
    from tests.fakes.discord import Channel, Message

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.timeout(60)]
CROSSPOST, HOUR = "POST /channels/{channel_id}/messages/{message_id}/crosspost", timedelta(hours=1)


class HeldClock(FakeClock):
    """Who sleeps wakes when the test has gone on so far."""

    async def sleep(self, seconds: float) -> None:
        wake = self.monotonic() + seconds
        while self.monotonic() < wake:
            await asyncio.sleep(0.005)


def delivery(room: Channel, number: int, clock: FakeClock, text: str = "text", **more: Any) -> Delivery:
    place = RoomRef("discord", str(room.id))
    outgoing = Outgoing(f"announcement/K7Q{number}/en", place, says(text), "announcement", publish=True, **more)
    return Delivery(number, outgoing, f"key{number}", 1, clock.now())


def handed_on(fake: FakeDiscord) -> list[Message]:
    return [each for each in fake.public_messages if each.flags & CROSSPOSTED]


def goes_on(fake: FakeDiscord, clock: FakeClock, span: timedelta = HOUR) -> None:
    clock.advance(span)
    fake.world.clock.advance(span.total_seconds())


async def news(fake: FakeDiscord, door: Any) -> Channel:
    """An announcement channel that the bot has heard of."""
    room = fake.add_channel(fake.home, "news", ANNOUNCEMENT)
    await until(lambda: bool(door.client and door.client.get_channel(room.id)))
    return room


async def said(fake: FakeDiscord, door: Any, room: Channel, clock: FakeClock, count: int) -> list[MessageRef]:
    found = [await door.deliver(delivery(room, number, clock)) for number in range(count)]
    assert [str(each.id) for each in fake.public_messages] == [each.id for each in found]
    return found


async def test_ten_go_on_at_once_and_the_others_in_their_order_after_an_hour() -> None:
    clock = HeldClock()
    async with FakeDiscord() as fake, umbrella(fake, ground=memory_ground(fake.token, clock=clock)) as door:
        room = await news(fake, door)
        await said(fake, door, room, clock, 13)
        assert len(handed_on(fake)) == 10
        assert len(fake.bodies(CROSSPOST)) == 11, "what Discord would refuse is not asked"
        goes_on(fake, clock, HOUR - timedelta(minutes=2))
        await asyncio.sleep(0.1)
        assert len(fake.bodies(CROSSPOST)) == 11, "nothing before Discord allows it"
        goes_on(fake, clock, timedelta(minutes=3))
        await until(lambda: len(handed_on(fake)) == 13)
        asked = [each.path["message_id"] for each in fake.requests if each.route == CROSSPOST]
        assert asked == sorted(asked)
        assert fake.violations == []


async def test_what_waits_goes_on_as_it_then_reads_or_not_at_all() -> None:
    """Corrected: the new words. Taken back, or past its end: not."""
    clock = HeldClock()
    async with FakeDiscord() as fake, umbrella(fake, ground=memory_ground(fake.token, clock=clock)) as door:
        room = await news(fake, door)
        await said(fake, door, room, clock, 10)
        first, gone = [await door.deliver(delivery(room, number, clock)) for number in (10, 11)]
        over = await door.deliver(delivery(room, 12, clock, expires_at=clock.now() + HOUR / 2))
        change = delivery(room, 10, clock, act="change", text="better words")
        await door.deliver(replace(change, message=first))
        await door.deliver(replace(delivery(room, 11, clock, act="withdraw"), message=gone))
        goes_on(fake, clock)
        await until(lambda: len(handed_on(fake)) == 11)
        [found] = [each for each in handed_on(fake) if str(each.id) == first.id]
        assert found.text == "better words"
        await until(lambda: bool(door.client and door.client.talks == 0))
        assert {gone.id, over.id}.isdisjoint(str(each.id) for each in handed_on(fake))


async def test_a_restart_loses_none_and_an_answer_that_was_lost_says_none_twice() -> None:
    clock, kept = HeldClock(), Kept()
    async with FakeDiscord() as fake:
        room = fake.add_channel(fake.home, "news", ANNOUNCEMENT)
        async with umbrella(fake, ground=memory_ground(fake.token, kept, clock=clock)) as door:
            await said(fake, door, room, clock, 10)
            last = delivery(room, 10, clock)
            there = await door.deliver(last)
            # The process ended before that was written down: it is looked for, found, and kept once.
            again = replace(last, attempts=2, was_unanswered=True)
            assert await door.find_delivered(again) is None, "said, and not yet handed on"
            assert await door.deliver(again) == there
            assert len([name for name in kept.state if "crosspost/" in name]) == 1
        async with umbrella(fake, ground=memory_ground(fake.token, kept, clock=clock)):
            goes_on(fake, clock)
            await until(lambda: len(handed_on(fake)) == 11)
            await until(lambda: all("crosspost/" not in name for name in kept.state))
        assert (len(fake.public_messages), fake.violations) == (11, [])


async def test_discord_away_or_a_database_away_while_it_is_handed_on() -> None:
    clock, kept = HeldClock(), Kept()
    async with FakeDiscord() as fake, umbrella(fake, ground=memory_ground(fake.token, kept, clock=clock)) as door:
        room = await news(fake, door)
        fake.faults.drop(CROSSPOST, times=None)
        await said(fake, door, room, clock, 2)
        assert handed_on(fake) == []
        kept.is_away = True
        goes_on(fake, clock, timedelta(minutes=2))
        await asyncio.sleep(0.05)
        kept.is_away = False
        fake.faults.clear()
        while len(handed_on(fake)) < 2:
            goes_on(fake, clock, timedelta(minutes=1))
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(days=365), timedelta(days=-365)])
async def test_a_clock_that_jumps_loses_nothing_that_waits(jump: timedelta) -> None:
    clock = HeldClock()
    async with FakeDiscord() as fake, umbrella(fake, ground=memory_ground(fake.token, clock=clock)) as door:
        room = await news(fake, door)
        await said(fake, door, room, clock, 10)
        await door.deliver(delivery(room, 10, clock, expires_at=clock.now() + 5 * HOUR))
        clock.jump(jump)
        goes_on(fake, clock, timedelta(minutes=5))
        await asyncio.sleep(0.05)
        assert len(handed_on(fake)) == 10
        clock.jump(-jump)
        goes_on(fake, clock)
        await until(lambda: len(handed_on(fake)) == 11)


async def test_the_fourth_correction_of_an_hour_waits_as_long_as_discord_asks() -> None:
    clock = HeldClock()
    async with FakeDiscord() as fake, umbrella(fake, ground=memory_ground(fake.token, clock=clock)) as door:
        room = await news(fake, door)
        [message] = await said(fake, door, room, clock, 1)
        changes = [
            replace(delivery(room, 0, clock, text=f"words {number}", act="change", version=number), message=message)
            for number in range(4)
        ]
        for change in changes[:3]:
            await door.deliver(change)
        with pytest.raises(LaterError) as caught:
            await door.deliver(changes[3])
        assert caught.value.after_s is not None
        assert caught.value.after_s > 3000, "the header of that answer says one second"
        assert fake.public_messages[0].text == "words 2"


async def test_where_nobody_can_follow_nothing_is_asked_of_discord() -> None:
    async with FakeDiscord() as fake, umbrella(fake) as door:
        there = await door.deliver(delivery(fake.home.text_channel, 1, FakeClock()))
        assert [str(message.id) for message in fake.public_messages] == [there.id]
        assert fake.bodies(CROSSPOST) == []
