"""A life of `tests.chaos.lives`: the doors that are set up and the worker of the outbox, as the program runs them."""

import asyncio
from pathlib import Path
from typing import Any

from bot.adapters import discord, matrix
from bot.core.clock import SystemClock
from bot.core.ground import Adapter
from bot.core.reply import Reply
from bot.core.request import Request
from bot.errors import SetupError, TransientError
from bot.outbox.ports import Sender
from bot.outbox.worker import Worker
from bot.serving import ground_on
from bot.settings import DiscordSettings, MatrixSettings, Secret, Settings
from bot.storage.open import open_storage
from tests.chaos.lives import READY, say
from tests.chaos.outbox import aside

AGAIN_S = 0.1
"""After so long a door is run again; the service manager does it where another process has the account."""
LOOK_S = 0.01


def settings_of(given: dict[str, Any]) -> Settings:
    """The settings of one installation, as its processes share them."""
    to_discord, to_matrix = given.get("discord"), given.get("matrix")
    return Settings(
        data_dir=Path(given["folder"]) / "data", key_file=Path(given["folder"]) / "keys" / "key",
        database=given["database"],
        discord=to_discord and DiscordSettings(**{**to_discord, "token": Secret(to_discord["token"])}),
        matrix=to_matrix and MatrixSettings(**{**to_matrix, "password": Secret(to_matrix["password"])}),
    )  # fmt: skip


async def answer(_: Request) -> Reply:
    return Reply(())


async def live(given: dict[str, Any], _: str) -> None:
    """One process until it is killed."""
    settings, clock = settings_of(given), SystemClock()
    storage = await open_storage(settings, clock)
    ground = ground_on(settings, clock, storage)
    adapters: list[Adapter] = []
    adapters += [discord.make(ground)] if settings.discord else []
    adapters += [matrix.make(ground)] if settings.matrix else []

    async def serve(adapter: Adapter) -> None:
        while True:
            try:
                await adapter.run(answer)
            except (TransientError, SetupError):
                await asyncio.sleep(AGAIN_S)

    senders = [each for each in adapters if isinstance(each, Sender)]
    async with asyncio.TaskGroup() as group:
        for adapter in adapters:
            group.create_task(serve(adapter))
        group.create_task(Worker(storage.outbox, senders, clock, aside).run())
        while not all(each.is_open for each in senders):
            await asyncio.sleep(LOOK_S)
        say(READY)
