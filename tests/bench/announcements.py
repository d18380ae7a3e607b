"""One announcement to many rooms of the fake Discord and of a real Synapse, against plain loops with the same libraries.

`python -m tests.bench announcements [--rooms N]`. Of the rooms on Matrix, which are encrypted, both bots are members and a
reader with a device; keys go to all. The plain loops, one for each platform, send the same payload at the same time; then
the worker does. Everything but Synapse is in this process, the fake Discord too. Questions are asked on Discord meanwhile.
"""

import argparse
import asyncio
import contextlib
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import quantiles
from typing import Any

from bot.core.clock import SystemClock
from bot.core.request import RoomRef
from bot.outbox.model import Outgoing
from bot.outbox.ports import Sender
from bot.outbox.worker import Worker
from bot.serving import ground_on
from bot.settings import DiscordSettings, Secret, Settings
from bot.storage.open import Storage, open_storage
from tests.bench.measure import resident_mib
from tests.fakes.discord import Channel, FakeDiscord
from tests.fakes.discord.ours import umbrella
from tests.fakes.discord.seam import discord
from tests.fakes.matrix_bot import Bot
from tests.fakes.matrix_peer import Peer
from tests.fakes.outbox import says
from tests.synapse import PASSWORD, Synapse, synapse

TEXT = "One announcement to every room. " * 8
QUESTION = "legal help in Montréal"
EVERY_S = 0.1
FIRST_SYNC_S = 600.0
AT_ONCE = 8
"""Rooms that are made at the same time, before anything is measured."""
Work = Callable[[], Coroutine[Any, Any, None]]


@dataclass
class Stage:
    """What is said to `rooms` by `doors`, and the loops that say it plainly."""

    fake: FakeDiscord
    storage: Storage
    doors: list[Sender]
    rooms: list[RoomRef]
    plain: list[Work]


@contextlib.asynccontextmanager
async def on_discord(rooms: int, storage: Storage, settings: Settings, fake: FakeDiscord) -> AsyncIterator[Stage]:
    channels = [fake.add_channel(fake.home, f"room-{number}") for number in range(rooms)]
    async with umbrella(fake, ground=ground_on(settings, SystemClock(), storage)) as door:
        client = door.client
        assert client is not None
        refs = [RoomRef("discord", str(each.id)) for each in channels]
        yield Stage(fake, storage, [door], refs, [lambda: _plainly_to_discord(client, channels)])


async def _plainly_to_discord(client: discord.Client, channels: Sequence[Channel]) -> None:
    """The same message, as text of the same kind."""
    for each in channels:
        view = discord.ui.LayoutView(timeout=None)
        view.add_item(discord.ui.TextDisplay(TEXT))
        await client.get_partial_messageable(each.id).send(view=view)


@contextlib.asynccontextmanager
async def on_matrix(rooms: int, server: Synapse, folder: Path, to: Stage) -> AsyncIterator[None]:
    """Add the rooms of Matrix to what is said where."""
    bot = Bot(server, folder, "ours")
    async with Peer(server, "plain") as plain, AsyncExitStack() as stack:
        reader = server.register("reader")
        held = server.call("POST", "login", _login(bot.user_id))["access_token"]
        read = server.call("POST", "login", _login(reader))["access_token"]
        async with Peer(server, user_id=reader):
            """Its device is there; it need not read along."""
        made = await _rooms(server, plain, rooms, {bot.user_id: held, reader: read})
        server.call("POST", "logout", {}, held)
        running = await stack.enter_async_context(bot.running())
        await asyncio.wait_for(running.door.is_ready.wait(), FIRST_SYNC_S)
        await plain.until(lambda: len(plain.client.rooms) >= rooms, FIRST_SYNC_S)
        for each in made:
            await running.knows(each)
        assert isinstance(running.door, Sender)
        to.doors.append(running.door)
        to.rooms += [RoomRef("matrix", each) for each in made]
        to.plain.append(lambda: _plainly_to_matrix(plain, made))
        yield


def _login(user_id: str) -> dict[str, Any]:
    return {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": user_id}, "password": PASSWORD}


async def _rooms(server: Synapse, plain: Peer, rooms: int, members: dict[str, str]) -> list[str]:
    """Encrypted rooms with all of them in."""
    encryption = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    asked = {"invite": list(members), "initial_state": [encryption]}
    gate = asyncio.Semaphore(AT_ONCE)

    def made() -> str:
        room_id = str(server.call("POST", "createRoom", asked, plain.client.access_token)["room_id"])
        for token in members.values():
            server.call("POST", f"join/{room_id}", {}, token)
        return room_id

    async def one() -> str:
        async with gate:
            return await asyncio.to_thread(made)

    return list(await asyncio.gather(*(one() for _ in range(rooms))))


async def _plainly_to_matrix(plain: Peer, rooms: Sequence[str]) -> None:
    content = {"msgtype": "m.text", "body": TEXT}
    for each in rooms:
        await plain.client.room_send(each, "m.room.message", content, ignore_unverified_devices=True)


async def measured(rooms: int, platforms: Sequence[str]) -> dict[str, Any]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        fake = await stack.enter_async_context(FakeDiscord())
        door = DiscordSettings(token=Secret(fake.token))
        settings = replace(Settings(), data_dir=folder / "data", key_file=folder / "key", discord=door)
        storage = await open_storage(settings, SystemClock())
        stack.push_async_callback(storage.close)
        to = await stack.enter_async_context(on_discord(rooms, storage, settings, fake))
        if "discord" not in platforms:
            to.rooms, to.plain = [], []
        if "matrix" in platforms:
            server = stack.enter_context(synapse())
            await stack.enter_async_context(on_matrix(rooms, server, folder / "matrix", to))
        return {"rooms": len(to.rooms), **await _compared(to)}


async def _compared(to: Stage) -> dict[str, Any]:
    idle = await _asked(to.fake, asyncio.sleep(5))
    before, began, cpu = resident_mib(), time.monotonic(), time.process_time()
    plain = await _asked(to.fake, _together(to.plain))
    plain_s, plain_cpu_s, plain_grown = time.monotonic() - began, time.process_time() - cpu, resident_mib() - before
    rows = [Outgoing("bench", each, says(TEXT), "announcement") for each in to.rooms]
    before, began, cpu = resident_mib(), time.monotonic(), time.process_time()
    worker = asyncio.create_task(Worker(to.storage.outbox, to.doors, SystemClock()).run())
    await to.storage.outbox.add(rows)
    meanwhile = await _asked(to.fake, _all_sent(to.storage, len(rows)))
    ours_s, ours_cpu_s, grown = time.monotonic() - began, time.process_time() - cpu, resident_mib() - before
    worker.cancel()
    await asyncio.wait([worker])
    return {
        "plain_s": round(plain_s, 2), "ours_s": round(ours_s, 2), "ratio": round(ours_s / plain_s, 2),
        "plain_cpu_s": round(plain_cpu_s, 2), "ours_cpu_s": round(ours_cpu_s, 2),
        "rss_growth_plain_mib": round(plain_grown, 1), "rss_growth_mib": round(grown, 1),
        "ask_p95_idle_ms": idle, "ask_p95_plain_ms": plain, "ask_p95_meanwhile_ms": meanwhile,
    }  # fmt: skip


async def _together(works: Sequence[Work]) -> None:
    await asyncio.gather(*(each() for each in works))


async def _all_sent(storage: Storage, rooms: int) -> None:
    while (await storage.outbox.progress("bench")).sent < rooms:
        await asyncio.sleep(0.2)


async def _asked(fake: FakeDiscord, meanwhile: Coroutine[Any, Any, None]) -> float:
    """The 95th percentile, in ms, of the first answers to questions asked while that goes on."""
    over = asyncio.ensure_future(meanwhile)
    asked = []
    while not over.done():
        asked.append(fake.slash("ask", guild=fake.home, question=QUESTION))
        await asyncio.sleep(EVERY_S)
    await over
    answers = [await each.answered() for each in asked]
    return round(1000 * quantiles([each.delay_s for each in answers], n=20)[-1], 1)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench announcements")
    parser.add_argument("--rooms", type=int, default=1000, help="on each platform")
    parser.add_argument("--only", choices=("discord", "matrix"), action="append")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(argv)
    figures = asyncio.run(measured(given.rooms, given.only or ("discord", "matrix")))
    sys.stdout.write(json.dumps(figures, indent=None if given.json else 2) + "\n")
    return 0
