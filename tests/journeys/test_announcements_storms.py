"""A platform that limits, fails and goes away: everything arrives once, and nothing is asked before it may be."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.clock import SystemClock
from bot.core.request import RoomRef
from bot.outbox.model import Outgoing
from bot.outbox.worker import Worker
from bot.serving import ground_on
from bot.settings import DiscordSettings, Secret, Settings
from bot.storage.open import open_storage
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.ours import umbrella
from tests.fakes.outbox import says

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.storage.open import Storage
    from tests.fakes.discord import Channel

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.timeout(150)]
SENDING = "POST /channels/{channel_id}/messages"
ROOMS = 12
TOO_MANY = 429


class Fan:
    """One announcement after the other to all channels, while the worker runs."""

    def __init__(self, fake: FakeDiscord, storage: Storage) -> None:
        self.fake = fake
        self.storage = storage
        self.channels: list[Channel] = [fake.add_channel(fake.home, f"room-{number}") for number in range(ROOMS)]

    async def add(self, cause: str) -> None:
        rows = [
            Outgoing(cause, RoomRef("discord", str(each.id)), says(cause), "announcement") for each in self.channels
        ]
        assert await self.storage.outbox.add(rows) == ROOMS

    async def arrives(self, cause: str, within_s: float) -> float:
        """How long it took until it was everywhere, each room once; in seconds."""
        began = time.monotonic()
        async with asyncio.timeout(within_s):
            while (await self.storage.outbox.progress(cause)).sent < ROOMS:
                await asyncio.sleep(0.05)
        seen = Counter(each.channel.id for each in self.fake.public_messages if each.text == cause)
        assert seen == {each.id: 1 for each in self.channels}
        return time.monotonic() - began


@pytest.fixture
async def fan(tmp_path: Path) -> AsyncIterator[Fan]:
    async with FakeDiscord() as fake:
        settings = replace(
            Settings(), data_dir=tmp_path / "data", key_file=tmp_path / "key", encryption=False,
            discord=DiscordSettings(token=Secret(fake.token)),
        )  # fmt: skip
        clock = SystemClock()
        storage = await open_storage(settings, clock)
        async with umbrella(fake, ground=ground_on(settings, clock, storage)) as door:
            running = asyncio.create_task(Worker(storage.outbox, [door], clock).run())
            yield Fan(fake, storage)
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running
        await storage.close()


def asked_too_early(fake: FakeDiscord) -> list[float]:
    """By how much requests came before the channel's `retry_after` was over, in seconds."""
    free_at: dict[str, float] = {}
    early: list[float] = []
    for each in fake.requests:
        if not each.route.startswith(SENDING):
            continue
        channel = each.path["channel_id"]
        early += [free_at[channel] - each.at] if each.at < free_at.get(channel, 0.0) else []
        if each.status == TOO_MANY and isinstance(each.answer, dict):
            free_at[channel] = each.at + float(str(each.answer["retry_after"]))
    return early


async def test_a_storm_of_limits_is_waited_out(fan: Fan) -> None:
    fan.fake.faults.too_many(SENDING, retry_after_s=1.2, times=2 * ROOMS)
    await fan.add("limited")
    await fan.arrives("limited", 60)
    assert sum(each.status == TOO_MANY for each in fan.fake.requests) == 2 * ROOMS
    assert asked_too_early(fan.fake) == []


async def test_a_third_of_failures_is_worked_through(fan: Fan) -> None:
    fan.fake.faults.fail(503, SENDING, share=0.3)
    await fan.add("failing")
    await fan.arrives("failing", 90)
    assert any(each.status == 503 for each in fan.fake.requests)


async def test_after_an_outage_everything_arrives_within_a_minute(fan: Fan) -> None:
    fan.fake.faults.drop("", times=None)
    await fan.add("away")
    await asyncio.sleep(10)
    assert fan.fake.public_messages == []
    fan.fake.faults.clear()
    assert await fan.arrives("away", 60) < 60
