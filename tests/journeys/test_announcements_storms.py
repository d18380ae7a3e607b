"""A platform that limits, fails and goes away: everything arrives once, and nothing is asked before it may be.

The ten minutes of the outage are ten minutes by the clock that worker and doors are handed; where nothing happens in
them, `SkippingClock` goes on to the next moment somebody waits for.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from bot.core.request import RoomRef
from bot.outbox.model import Delivery, MessageRef, Outgoing
from bot.outbox.ports import Sender
from bot.outbox.worker import Worker
from bot.serving import ground_on
from bot.settings import DiscordSettings, Secret, Settings
from bot.storage.open import open_storage
from tests.fakes.clock import SkippingClock
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.ours import umbrella
from tests.fakes.matrix_line import DROP, Line
from tests.fakes.matrix_peer import Peer
from tests.fakes.outbox import says

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.storage.open import Storage
    from tests.fakes.matrix_bot import Bot

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.enable_socket, pytest.mark.timeout(200)]
ROOMS = 8
LIMITED_S, OUTAGE_S, SOON_S = 45.0, 600.0, 60.0
TOO_MANY, UNAVAILABLE = 429, 503


@dataclass(frozen=True)
class Asked:
    """A request for a message in a room: when, by the clock of the machine, and how it was answered."""

    room: str
    status: int
    at: float


class Platform(Protocol):
    """`limits` answers so many with 429 and `LIMITED_S` to wait; `fails` three in ten with 503; `is_away` all with nothing."""

    rooms: list[RoomRef]
    door: Sender
    storage: Storage

    def limits(self, times: int) -> None: ...
    def fails(self) -> None: ...
    def is_away(self) -> None: ...
    def mend(self) -> None: ...
    def asked(self) -> list[Asked]: ...
    async def seen(self, text: str) -> Counter[str]: ...


@dataclass
class OnDiscord:
    fake: FakeDiscord
    door: Sender
    storage: Storage
    rooms: list[RoomRef] = field(init=False)
    SENDING = "POST /channels/{channel_id}/messages"

    def __post_init__(self) -> None:
        channels = [self.fake.add_channel(self.fake.home, f"room-{number}") for number in range(ROOMS)]
        self.rooms = [RoomRef("discord", str(each.id)) for each in channels]

    def limits(self, times: int) -> None:
        self.fake.faults.too_many(self.SENDING, retry_after_s=LIMITED_S, times=times)

    def fails(self) -> None:
        self.fake.faults.fail(UNAVAILABLE, self.SENDING, share=0.3)

    def is_away(self) -> None:
        self.fake.faults.drop("", times=None)

    def mend(self) -> None:
        self.fake.faults.clear()

    def asked(self) -> list[Asked]:
        sent = [each for each in self.fake.requests if each.route.startswith(self.SENDING)]
        began = time.time() - time.monotonic()
        return [Asked(each.path["channel_id"], each.status, each.at - began) for each in sent]

    async def seen(self, text: str) -> Counter[str]:
        return Counter(str(each.channel.id) for each in self.fake.public_messages if each.text == text)


@dataclass
class OnMatrix:
    """Seen by another person's client, in encrypted rooms."""

    line: Line
    person: Peer
    door: Sender
    storage: Storage
    rooms: list[RoomRef]
    SENDING = "/send/m.room."

    def limits(self, times: int) -> None:
        self.line.breaks(self.SENDING, TOO_MANY, times, wait_s=LIMITED_S)

    def fails(self) -> None:
        self.line.breaks(self.SENDING, UNAVAILABLE, float("inf"), share=0.3)

    def is_away(self) -> None:
        self.line.breaks("", DROP, float("inf"))

    def mend(self) -> None:
        self.line.mend()

    def asked(self) -> list[Asked]:
        # What Matrix limits is the account, not the room.
        return [Asked("", each.status, each.came_at) for each in self.line.seen if self.SENDING in each.path]

    async def seen(self, text: str) -> Counter[str]:
        def found() -> Counter[str]:
            return Counter(each.room_id for each in self.person.heard if each.body == text)

        await self.person.until(lambda: len(found()) == ROOMS)
        return found()


@asynccontextmanager
async def on_discord(folder: Path, clock: SkippingClock) -> AsyncIterator[Platform]:
    async with FakeDiscord() as fake:
        door = DiscordSettings(token=Secret(fake.token))
        settings = replace(Settings(), data_dir=folder / "data", key_file=folder / "key", discord=door)
        storage = await open_storage(settings, clock)
        async with umbrella(fake, ground=ground_on(settings, clock, storage)) as adapter:
            yield OnDiscord(fake, adapter, storage)
        await storage.close()


@asynccontextmanager
async def on_matrix(bot: Bot, clock: SkippingClock) -> AsyncIterator[Platform]:
    async with AsyncExitStack() as stack:
        line, person = (
            await stack.enter_async_context(Line(bot.server)),
            await stack.enter_async_context(Peer(bot.server)),
        )
        running = await stack.enter_async_context(replace(bot, line=line, clock=clock).running())
        rooms = [RoomRef("matrix", await person.chat(bot.user_id, is_direct=False)) for _ in range(ROOMS)]
        for room in rooms:
            await running.knows(room.id)
        assert isinstance(running.door, Sender)
        yield OnMatrix(line, person, running.door, running.storage, rooms)


class Watched:
    """A door whose tries are counted while they last: in them no time is skipped."""

    is_open = True

    def __init__(self, door: Sender) -> None:
        self._door = door
        self.platform = door.platform
        self.tries = 0

    async def deliver(self, delivery: Delivery) -> MessageRef:
        self.tries += 1
        try:
            return await self._door.deliver(delivery)
        finally:
            self.tries -= 1

    async def find_delivered(self, delivery: Delivery) -> MessageRef | None:
        self.tries += 1
        try:
            return await self._door.find_delivered(delivery)
        finally:
            self.tries -= 1


@pytest.fixture
def clock() -> SkippingClock:
    return SkippingClock()


@pytest.fixture(params=["discord", "matrix"])
async def platform(request: pytest.FixtureRequest, tmp_path: Path, clock: SkippingClock) -> AsyncIterator[Platform]:
    """A door to it that runs, and the worker."""
    async with AsyncExitStack() as stack:
        opened = (
            on_discord(tmp_path, clock)
            if request.param == "discord"
            else on_matrix(request.getfixturevalue("bot"), clock)
        )
        platform = await stack.enter_async_context(opened)
        door = Watched(platform.door)
        clock.is_busy = lambda: door.tries > 0
        await stack.enter_async_context(clock.running())
        running = asyncio.create_task(Worker(platform.storage.outbox, [door], clock).run())
        yield platform
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


async def announce(platform: Platform, text: str) -> None:
    rows = [Outgoing(text, room, says(text), "announcement") for room in platform.rooms]
    assert await platform.storage.outbox.add(rows) == ROOMS


async def everywhere(platform: Platform, clock: SkippingClock, text: str) -> float:
    """When it was in every room, by `clock`; it is there once."""
    while (await platform.storage.outbox.progress(text)).sent < ROOMS:
        await asyncio.sleep(0.01)
    arrived_s = clock.monotonic()
    assert await platform.seen(text) == {room.id: 1 for room in platform.rooms}
    return arrived_s


def waits_kept(asked: list[Asked], clock: SkippingClock) -> list[float]:
    """After each 429, how long until the next request, in seconds."""
    kept = []
    for room in {each.room for each in asked}:
        of_room = sorted((each for each in asked if each.room == room), key=lambda each: each.at)
        kept += [
            clock.read_at(after.at) - clock.read_at(before.at)
            for before, after in pairwise(of_room)
            if before.status == TOO_MANY and not is_together(before, after)
        ]
    return kept


def is_together(before: Asked, after: Asked) -> bool:
    """Whether both were on their way before the first was answered."""
    return after.at - before.at < 0.1


async def test_limits_failures_and_an_outage_of_ten_minutes(platform: Any, clock: SkippingClock) -> None:
    platform.limits(ROOMS)
    await announce(platform, "limited")
    arrived_s = await everywhere(platform, clock, "limited")
    refused = [each for each in platform.asked() if each.status == TOO_MANY]
    assert len(refused) == ROOMS
    assert min(waits_kept(platform.asked(), clock)) >= LIMITED_S
    assert arrived_s - clock.read_at(refused[-1].at) <= LIMITED_S + SOON_S

    platform.fails()
    await announce(platform, "failing")
    await everywhere(platform, clock, "failing")
    assert any(each.status == UNAVAILABLE for each in platform.asked())
    platform.mend()

    platform.is_away()
    began_s = clock.monotonic()
    await announce(platform, "away")
    while clock.monotonic() < began_s + OUTAGE_S:
        await asyncio.sleep(0.2)
    assert (await platform.storage.outbox.progress("away")).queued == ROOMS
    platform.mend()
    back_s = clock.monotonic()
    assert await everywhere(platform, clock, "away") - back_s <= SOON_S
