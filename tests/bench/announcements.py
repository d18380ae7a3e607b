"""One announcement to many rooms of the fake Discord, against a plain loop with the same library: `python -m tests.bench announcements`.

Both in this process, with the fake in it too, one after the other, so that a busy machine is busy for both. Questions are
asked meanwhile; their times are compared with those while nothing goes out.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import quantiles
from typing import Any

from bot.core.clock import SystemClock
from bot.core.request import RoomRef
from bot.outbox.model import Outgoing
from bot.outbox.worker import Worker
from bot.serving import ground_on
from bot.settings import DiscordSettings, Secret, Settings
from bot.storage.open import Storage, open_storage
from tests.bench.measure import resident_mib
from tests.fakes.discord import Channel, FakeDiscord
from tests.fakes.discord.ours import umbrella
from tests.fakes.discord.seam import discord
from tests.fakes.outbox import says

TEXT = "One announcement to every room. " * 8
QUESTION = "legal help in Montréal"
EVERY_S = 0.1


async def measured(rooms: int) -> dict[str, Any]:
    async with FakeDiscord() as fake:
        channels = [fake.add_channel(fake.home, f"room-{number}") for number in range(rooms)]
        with tempfile.TemporaryDirectory() as folder:
            settings = replace(
                Settings(), data_dir=Path(folder) / "data", key_file=Path(folder) / "key",
                discord=DiscordSettings(token=Secret(fake.token)),
            )  # fmt: skip
            clock = SystemClock()
            storage = await open_storage(settings, clock)
            async with umbrella(fake, ground=ground_on(settings, clock, storage)) as door:
                assert door.client is not None
                idle = await _asked(fake, asyncio.sleep(5))
                began = time.monotonic()
                plain = await _asked(fake, _plainly(door.client, channels))
                plain_s = time.monotonic() - began
                rows = [
                    Outgoing("bench", RoomRef("discord", str(each.id)), says(TEXT), "announcement") for each in channels
                ]
                before, began = resident_mib(), time.monotonic()
                worker = asyncio.create_task(Worker(storage.outbox, [door], clock).run())
                await storage.outbox.add(rows)
                meanwhile = await _asked(fake, _all_sent(storage, rooms))
                ours_s, grown = time.monotonic() - began, resident_mib() - before
                worker.cancel()
            await storage.close()
    return {
        "rooms": rooms, "plain_s": round(plain_s, 2), "ours_s": round(ours_s, 2), "ratio": round(ours_s / plain_s, 2),
        "rss_growth_mib": round(grown, 1), "ask_p95_idle_ms": idle, "ask_p95_plain_ms": plain, "ask_p95_meanwhile_ms": meanwhile,
    }  # fmt: skip


async def _plainly(client: discord.Client, channels: list[Channel]) -> None:
    """The same message, as text of the same kind."""
    for each in channels:
        view = discord.ui.LayoutView(timeout=None)
        view.add_item(discord.ui.TextDisplay(TEXT))
        await client.get_partial_messageable(each.id).send(view=view)


async def _all_sent(storage: Storage, rooms: int) -> None:
    while (await storage.outbox.progress("bench")).sent < rooms:
        await asyncio.sleep(0.2)


async def _asked(fake: FakeDiscord, meanwhile: Any) -> float:
    """The 95th percentile, in ms, of the first answers to questions asked while that goes on."""
    over = asyncio.ensure_future(meanwhile)
    asked = []
    while not over.done():
        asked.append(fake.slash("ask", guild=fake.home, question=QUESTION))
        await asyncio.sleep(EVERY_S)
    answers = [await each.answered() for each in asked]
    return round(1000 * quantiles([each.delay_s for each in answers], n=20)[-1], 1)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench announcements")
    parser.add_argument("--rooms", type=int, default=1000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(argv)
    figures = asyncio.run(measured(given.rooms))
    sys.stdout.write(json.dumps(figures, indent=None if given.json else 2) + "\n")
    return 0
