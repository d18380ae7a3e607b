"""A server that was left while nobody was connected: what was kept for it ends, and one with an outage loses nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.announcements.model import Subscription
from bot.core.request import RoomRef
from bot.outbox.model import Outgoing, Progress
from bot.serving import ground_on
from bot.settings import DiscordSettings, Secret, Settings
from bot.storage.open import Storage, open_storage
from bot.storage.subscriptions import StoredSubscriptions
from tests.fakes.clock import QuickClock
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.bare import until
from tests.fakes.discord.ours import umbrella
from tests.fakes.outbox import says

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.discord import Guild

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.timeout(60)]


async def subscribed(storage: Storage, guild: Guild) -> None:
    """A room and the calendar of a server, and something that waits for each."""
    subscriptions = StoredSubscriptions(storage.database, QuickClock())
    for room in (str(guild.text_channel.id), f"%{guild.id}"):
        await subscriptions.put(Subscription(RoomRef("discord", room), server=str(guild.id)))
        await storage.outbox.add([Outgoing(guild.name, RoomRef("discord", room), says("x"), "announcement")])


@pytest.mark.parametrize("is_restarted", [True, False])
async def test_only_the_server_that_was_left_is_forgotten(tmp_path: Path, *, is_restarted: bool) -> None:
    async with FakeDiscord() as fake:
        left, away = (fake.add_guild(name) for name in ("left", "away"))
        door = DiscordSettings(token=Secret(fake.token))
        settings = replace(Settings(), data_dir=tmp_path / "data", key_file=tmp_path / "key", discord=door)
        clock = QuickClock()
        storage = await open_storage(settings, clock)
        ground, subscriptions = ground_on(settings, clock, storage), StoredSubscriptions(storage.database, clock)
        for guild in (fake.home, left, away):
            await subscribed(storage, guild)
        async with umbrella(fake, ground=ground) as first:
            assert first.client is not None
            await until(lambda: bool(first.client and first.client.talks == 0))
            assert len(await subscriptions.all()) == 6
            left.has_bot, away.is_away = False, True
            if not is_restarted:
                fake.gateway.invalidate(resumable=False)
                while len(await subscriptions.all()) > 4:
                    await fake.gateway.connected()
        if is_restarted:
            async with umbrella(fake, ground=ground):
                while len(await subscriptions.all()) > 4:
                    await fake.gateway.connected()
        assert {each.server for each in await subscriptions.all()} == {str(fake.home.id), str(away.id)}
        assert await storage.outbox.progress("left") == Progress(failed=2, failures=(("no-room", 2),))
        for name in (fake.home.name, "away"):
            assert (await storage.outbox.progress(name)).queued == 2
        await storage.close()


async def test_a_server_that_is_not_named_and_was_not_left_keeps_all(tmp_path: Path) -> None:
    """Of another bot's session, say, or because Discord forgot it: nothing is erased that Discord still knows."""
    async with FakeDiscord() as fake:
        door = DiscordSettings(token=Secret(fake.token))
        settings = replace(Settings(), data_dir=tmp_path / "data", key_file=tmp_path / "key", discord=door)
        storage = await open_storage(settings, QuickClock())
        await subscribed(storage, fake.home)
        fake.home.is_unnamed = True
        async with umbrella(fake, ground=ground_on(settings, QuickClock(), storage)) as first:
            await until(lambda: any(each.route == "GET /guilds/{guild_id}" for each in fake.requests))
            await until(lambda: bool(first.client and first.client.talks == 0))
        assert len(await StoredSubscriptions(storage.database, QuickClock()).all()) == 2
        await storage.close()
