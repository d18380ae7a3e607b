"""Processes that deliver the outbox to the fake Discord and die: made by a fork each, so that a life costs no start.

`python -m tests.chaos.lives SETTINGS` waits for lines on standard input: each makes one process, whose id it prints.
"""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from bot.adapters.discord.adapter import DiscordAdapter
from bot.core.clock import SystemClock
from bot.core.reply import Reply
from bot.core.request import Request
from bot.errors import TransientError
from bot.outbox.worker import Worker
from bot.serving import ground_on
from bot.settings import DiscordSettings, Secret, Settings
from bot.storage.open import open_storage
from tests.chaos.outbox import aside


def settings_of(given: dict[str, str]) -> Settings:
    """The settings of one installation, as its processes share them."""
    return Settings(
        data_dir=Path(given["data_dir"]), key_file=Path(given["key_file"]), database=given["database"],
        discord=DiscordSettings(api=given["api"], gateway=given["gateway"], token=Secret(given["token"])),
    )  # fmt: skip


async def answer(_: Request) -> Reply:
    return Reply(())


async def live(settings: Settings) -> None:
    """One process until it is killed: the door to Discord and the worker, as the program runs them."""
    clock = SystemClock()
    storage = await open_storage(settings, clock)
    adapter = DiscordAdapter(ground_on(settings, clock, storage))

    async def serve() -> None:
        while True:
            try:
                await adapter.run(answer)
            except TransientError:
                await asyncio.sleep(0.2)

    async with asyncio.TaskGroup() as group:
        group.create_task(serve())
        group.create_task(Worker(storage.outbox, [adapter], clock, aside).run())


def main() -> None:
    settings = settings_of(json.loads(sys.argv[1]))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        process = os.fork()
        if process == 0:
            asyncio.run(live(settings))
            os._exit(1)
        sys.stdout.write(f"{process}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
