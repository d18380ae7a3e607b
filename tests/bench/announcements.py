"""One announcement to many rooms of the fake Discord and of a real Synapse, against plain loops with the same libraries.

`python -m tests.bench announcements [--rooms N]`. The fake Discord is in this process; `python -m bot run` and the bot
with the plain loops (`plain`) are processes of their own, one after the other, so that neither hears what the other says.
Rooms on Matrix are encrypted, and keys go to two devices of one reader. Each bot is asked on Discord while it has nothing
to do, then while it announces.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from asyncio.subprocess import Process
from collections.abc import Awaitable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

from bot.core.clock import SystemClock
from bot.core.request import RoomRef
from bot.outbox.model import Outgoing
from bot.settings import Settings
from bot.storage.open import open_storage
from tests.bench.measure import cpu_s, resident_mib
from tests.bench.plain import TEXT
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.bare import until
from tests.fakes.matrix_peer import Peer
from tests.fakes.outbox import says
from tests.synapse import PASSWORD, Synapse, synapse

ROOT = Path(__file__).parents[2]
QUESTION = "legal help in Montréal"
EVERY_S, IDLE_S = 0.1, 25.0
LEAD = timedelta(seconds=45)
"""The hour of the announcement is so far ahead: the bot, which looks every 15 s, knows of it, and is asked before."""
READY_S = 300.0
AT_ONCE = 8
"""Rooms that are made at the same time, before anything is measured."""


@dataclass
class Stage:
    """The two platforms, who speaks there, and the rooms."""

    fake: FakeDiscord
    server: Synapse
    folder: Path
    ours: str
    plain: str
    channels: Sequence[int]
    rooms: Sequence[str]


async def _staged(fake: FakeDiscord, server: Synapse, folder: Path, count: int) -> Stage:
    ours, plain, reader = (server.register(name) for name in ("ours", "plain", "reader"))
    async with Peer(server, user_id=reader) as first, Peer(server, user_id=reader):
        """Its devices are there; it need not read along."""
        bots = [_token(server, each) for each in (ours, plain)]
        rooms = await _rooms(server, first.client.access_token, count, dict(zip((ours, plain), bots, strict=True)))
    _forget_devices(server, ours, plain)
    channels = [fake.add_channel(fake.home, f"room-{number}").id for number in range(count)]
    return Stage(fake, server, folder, ours, plain, channels, rooms)


def _token(server: Synapse, user_id: str) -> str:
    login = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": user_id}, "password": PASSWORD}
    return str(server.call("POST", "login", login)["access_token"])


def _forget_devices(server: Synapse, *user_ids: str) -> None:
    """No key shall go to devices that nobody has any more."""
    for each in user_ids:
        server.call("POST", "logout/all", {}, _token(server, each))


async def _rooms(server: Synapse, maker: str, count: int, members: dict[str, str]) -> list[str]:
    """Encrypted rooms with all of them in."""
    encryption = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    asked = {"invite": list(members), "initial_state": [encryption]}
    gate = asyncio.Semaphore(AT_ONCE)

    def made() -> str:
        room_id = str(server.call("POST", "createRoom", asked, maker)["room_id"])
        for token in members.values():
            server.call("POST", f"join/{room_id}", {}, token)
        return room_id

    async def one() -> str:
        async with gate:
            return await asyncio.to_thread(made)

    return list(await asyncio.gather(*(one() for _ in range(count))))


async def measured(rooms: int) -> dict[str, Any]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        fake = await stack.enter_async_context(FakeDiscord())
        stage = await _staged(fake, stack.enter_context(synapse()), folder, rooms)
        ours = await _of_ours(stage)
        _forget_devices(stage.server, stage.ours)
        plain = await _of_plain(stage)
    return {"rooms": 2 * rooms, "ours": ours, "plain": plain, "ratio": round(ours["seconds"] / plain["seconds"], 2)}


async def _of_ours(stage: Stage) -> dict[str, float]:
    """The figures of the program as it is run; its rows are put into its database, as by another process of it."""
    fake, log = stage.fake, stage.folder / "bot.log"
    settings = replace(Settings(), data_dir=stage.folder / "data", key_file=stage.folder / "key")
    given = {
        "PATH": os.defpath, "HOME": str(stage.folder), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT),
        "UMBRELLA_DATA": str(settings.data_dir), "UMBRELLA_KEY_FILE": str(settings.key_file),
        "DISCORD_TOKEN": fake.token, "DISCORD_API": fake.api_url, "DISCORD_GATEWAY": fake.gateway_url,
        "MATRIX_HOMESERVER": stage.server.url, "MATRIX_USER_ID": stage.ours, "MATRIX_PASSWORD": PASSWORD,
    }  # fmt: skip
    with log.open("wb") as said:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=given, cwd=stage.folder, stderr=said
        )
    try:
        await fake.gateway.connected(READY_S)
        await until(lambda: bool(fake.commands) and "matrix.ready" in log.read_text("utf-8"), READY_S)
        storage = await open_storage(settings, SystemClock())
        due = datetime.now(UTC).replace(microsecond=0) + LEAD
        where = [*(RoomRef("discord", str(each)) for each in stage.channels),
                 *(RoomRef("matrix", each) for each in stage.rooms)]  # fmt: skip
        await storage.outbox.add(
            [Outgoing("bench", each, says(TEXT), "announcement", not_before=due) for each in where]
        )

        async def said_everywhere() -> None:
            while (await storage.outbox.progress("bench")).sent < len(where):
                await asyncio.sleep(0.5)

        try:
            return await _figures(fake, process, due, said_everywhere())
        finally:
            await storage.close()
    finally:
        await _ended(process)


async def _of_plain(stage: Stage) -> dict[str, float]:
    """The figures of the bot that loops."""
    fake = stage.fake
    where = {"api": fake.api_url, "gateway": fake.gateway_url, "token": fake.token, "homeserver": stage.server.url,
             "user_id": stage.plain, "channels": stage.channels, "rooms": stage.rooms}  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.plain", cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    entered, left = process.stdin, process.stdout
    assert entered and left
    try:
        entered.write(json.dumps(where).encode() + b"\n")
        assert await left.readline() == b"ready\n"

        async def looped() -> None:
            entered.write(b"\n")
            assert await left.readline() == b"done\n"

        return await _figures(fake, process, datetime.now(UTC) + LEAD, looped())
    finally:
        await _ended(process)


async def _ended(process: Process) -> None:
    process.terminate()
    await process.wait()


async def _figures(fake: FakeDiscord, process: Process, due: datetime, work: Awaitable[None]) -> dict[str, float]:
    """What it takes from `due` on to have the work done."""
    idle_ms, idle_mib = await _asked(fake, process, asyncio.sleep(IDLE_S))
    await asyncio.sleep((due - datetime.now(UTC)).total_seconds())
    worked = cpu_s(process.pid)
    meanwhile_ms, most_mib = await _asked(fake, process, work)
    return {
        "seconds": round((datetime.now(UTC) - due).total_seconds(), 1), "cpu_s": round(cpu_s(process.pid) - worked, 1),
        "rss_growth_mib": round(most_mib - idle_mib, 1),
        "ask_p95_idle_ms": round(idle_ms, 1), "ask_p95_meanwhile_ms": round(meanwhile_ms, 1),
        "ask_p95_ratio": round(meanwhile_ms / idle_ms, 2),
    }  # fmt: skip


async def _asked(fake: FakeDiscord, process: Process, meanwhile: Awaitable[None]) -> tuple[float, float]:
    """The 95th percentile, in ms, of the first answers to questions asked while that goes on; the most MiB held then."""
    over = asyncio.ensure_future(meanwhile)
    asked, held = [], 0.0
    while not over.done():
        asked.append(fake.slash("ask", guild=fake.home, question=QUESTION))
        held = max(held, resident_mib(process.pid))
        await asyncio.sleep(EVERY_S)
    await over
    answers = [await each.answered() for each in asked]
    return 1000 * quantiles([each.delay_s for each in answers], n=20)[-1], held


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench announcements")
    parser.add_argument("--rooms", type=int, default=1000, help="on each platform")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(argv)
    figures = asyncio.run(measured(given.rooms))
    sys.stdout.write(json.dumps(figures, indent=None if given.json else 2) + "\n")
    return 0
