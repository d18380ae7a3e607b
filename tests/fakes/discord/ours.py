"""Umbrella's own door, connected to the fake: what the tests of the adapter run."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.adapters.discord.adapter import DiscordAdapter
from bot.app import App, build
from bot.core.clock import SystemClock
from bot.core.ports import MemoryForms
from bot.handlers.conversation import Conversations
from bot.settings import Settings
from tests.fakes.ground import Kept, memory_ground

from .bare import until
from .seam import pointing_at

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.core.clock import Clock
    from bot.core.ground import Dispatch, Ground

    from .fake import FakeDiscord


@lru_cache(maxsize=1)
def app() -> App:
    """The whole program with the shipped directory; made once."""
    return build(Settings(), strict=True)


def conversations(clock: Clock | None = None) -> Dispatch:
    return Conversations(
        app().router.dispatch, MemoryForms(), clock or SystemClock(), b"s" * 32, app().messages, shows_forms=True
    )


@asynccontextmanager
async def umbrella(
    fake: FakeDiscord,
    *,
    kept: Kept | None = None,
    ground: Ground | None = None,
    dispatch: Dispatch | None = None,
    shards: int = 1,
) -> AsyncIterator[DiscordAdapter]:
    """The adapter, connected, its commands synced; closed at the end, where what it raised is raised."""
    ground = ground or memory_ground(fake.token, kept)
    adapter = DiscordAdapter(ground)
    with pointing_at(fake):
        task = asyncio.create_task(adapter.run(dispatch or conversations(ground.clock)))
        waiting = asyncio.create_task(_ready(adapter, fake, shards))
        try:
            await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if waiting.done():
                waiting.result()
            yield adapter
        finally:
            waiting.cancel()
            await adapter.close()
            await task


async def _ready(adapter: DiscordAdapter, fake: FakeDiscord, shards: int) -> None:
    await fake.gateway.connected(15, shards=shards)
    assert adapter.client is not None
    await adapter.client.wait_until_ready()
    await until(lambda: bool(fake.commands))
