"""Announcements to the fake Discord by processes that are killed: at random instants, and at the moment of sending.

Every round adds one announcement to all channels and kills who delivers it. The lease of what a dead process had in hand
is over at once here, which stands for the two minutes it takes; everything else is as in the program.
"""

import asyncio
import contextlib
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sqlalchemy import text, update

from bot.core.clock import SystemClock
from bot.core.request import RoomRef
from bot.outbox.model import Outgoing
from bot.settings import Settings
from bot.storage.deliveries import AT_ONCE, deliveries
from bot.storage.open import Storage, open_storage
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.faults import Faults, Rule
from tests.fakes.outbox import says

CHANNELS = 8
SENDING = "POST /channels/{channel_id}/messages"
LOOKING = "GET /channels/{channel_id}/messages"
LATEST_S = 0.8
"""A life that is to end at a random instant ends before: in it a process connects and delivers."""
AFTER_S = 0.006
"""After a request came in, so long until the kill: before, while and right after it is carried out."""
SETTLED_S = 60.0


@dataclass
class Report:
    """`lost` reached no channel and are not uncertain; `twice` stand twice in a channel; `again` were requested
    again, `looks` are the times a channel was looked at first."""

    kills: int = 0
    kills_at_sending: int = 0
    deliveries: int = 0
    lost: int = 0
    twice: int = 0
    uncertain: int = 0
    again: int = 0
    looks: int = 0
    integrity: str = ""
    seconds: float = 0.0

    @property
    def is_good(self) -> bool:
        return (self.lost, self.twice) == (0, 0) and self.integrity in ("ok", "-")


class Watching(Faults):
    """Says when a message is about to be made."""

    def __init__(self) -> None:
        super().__init__()
        self.sending: Callable[[], None] = lambda: None

    def due(self, route: str) -> list[Rule]:
        if route.startswith(SENDING):
            self.sending()
        return super().due(route)


class Killing:
    """The processes of one run, and when they die."""

    def __init__(self, fake: FakeDiscord, storage: Storage, forker: asyncio.subprocess.Process, seed: int) -> None:
        self._fake = fake
        self._storage = storage
        self._forker = forker
        self._chance = random.Random(seed)
        self.report = Report()
        watching = Watching()
        fake.faults = fake.server.faults = watching
        self._watching = watching
        self._channels = [fake.add_channel(fake.home, f"room-{number}") for number in range(CHANNELS)]

    async def born(self) -> int:
        assert self._forker.stdin
        assert self._forker.stdout
        self._forker.stdin.write(b"\n")
        await self._forker.stdin.drain()
        return int(await self._forker.stdout.readline())

    async def round(self, number: int, *, at_sending: bool, processes: int) -> None:
        """One announcement, delivered by processes that are killed meanwhile."""
        outgoing = [
            Outgoing(f"chaos/{number}", RoomRef("discord", str(each.id)), says(f"chaos {number}"), "announcement")
            for each in self._channels
        ]
        await self._storage.outbox.add(outgoing)
        born = [await self.born() for _ in range(processes)]
        if at_sending:
            await self._sending(self._chance.randint(1, CHANNELS))
            await asyncio.sleep(self._chance.uniform(0, AFTER_S))
        else:
            await asyncio.sleep(self._chance.uniform(0, LATEST_S))
        for process in self._chance.sample(born, len(born)):
            os.kill(process, signal.SIGKILL)
            await asyncio.sleep(self._chance.uniform(0, AFTER_S) if processes > 1 else 0)
        await self._gone(born)
        self.report.kills += not at_sending
        self.report.kills_at_sending += at_sending

    async def _sending(self, times: int) -> None:
        """Return when so many messages were about to be made, or none was for a while."""
        reached, count = asyncio.Event(), 0

        def note() -> None:
            nonlocal count
            count += 1
            if count >= times:
                reached.set()

        self._watching.sending = note
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(10):
                await reached.wait()
        self._watching.sending = lambda: None

    async def _gone(self, processes: list[int]) -> None:
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                while True:
                    os.kill(process, 0)
                    await asyncio.sleep(0.005)
        async with self._storage.database.write() as connection:
            over = update(deliveries).where(deliveries.c.state == "sending")
            await connection.execute(over.values(leased_until=AT_ONCE))

    async def settle(self, rounds: int) -> None:
        """Let one process deliver what is left, then count what stands in the channels."""
        last = await self.born()
        until = time.monotonic() + SETTLED_S
        while (await self._storage.outbox.progress("chaos")).queued and time.monotonic() < until:
            await asyncio.sleep(0.1)
        os.kill(last, signal.SIGKILL)
        await self._gone([last])
        found = await self._storage.outbox.progress("chaos")
        seen = Counter((each.channel.id, each.text) for each in self._fake.public_messages)
        wanted = [(each.id, f"chaos {number}") for number in range(rounds) for each in self._channels]
        made = Counter(str(body["nonce"]) for body in self._fake.bodies(SENDING) if isinstance(body, dict))
        report = self.report
        report.deliveries, report.uncertain = len(wanted), found.uncertain
        report.lost = max(0, sum(not seen[each] for each in wanted) - found.uncertain)
        report.twice = sum(count > 1 for count in seen.values())
        report.looks = sum(each.route.startswith(LOOKING) for each in self._fake.requests)
        report.again = sum(count - 1 for count in made.values())


async def chaos(kills: int, seed: int, folder: Path, database: str = "sqlite") -> Report:
    """`kills` at random instants and as many at the moment of sending; on PostgreSQL two processes share the work."""
    processes = 1 if database == "sqlite" else 2
    began = time.monotonic()
    async with FakeDiscord() as fake:
        settings = replace(Settings(), data_dir=folder / "data", key_file=folder / "keys" / "key", database=database)
        given = {
            "data_dir": str(settings.data_dir), "key_file": str(settings.key_file), "database": database,
            "api": fake.api_url, "gateway": fake.gateway_url, "token": fake.token,
        }  # fmt: skip
        storage = await open_storage(settings, SystemClock())
        try:
            async with _forker(given) as forker:
                killing = Killing(fake, storage, forker, seed)
                for number in range(2 * kills):
                    await killing.round(number, at_sending=number % 2 == 1, processes=processes)
                await killing.settle(2 * kills)
            killing.report.integrity = await _integrity(storage)
        finally:
            await storage.close()
    killing.report.seconds = round(time.monotonic() - began, 1)
    return killing.report


async def _integrity(storage: Storage) -> str:
    if not storage.database.is_sqlite:
        return "-"
    async with storage.database.read() as connection:
        return str(await connection.scalar(text("PRAGMA integrity_check")))


@contextlib.asynccontextmanager
async def _forker(given: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    forker = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.chaos.lives", json.dumps(given),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    try:
        yield forker
    finally:
        forker.kill()
        await forker.wait()


def run(kills: int, seed: int, *, postgres: Path | None = None) -> Report:
    """The whole run in a folder of its own; `postgres` is the folder of a server's socket."""
    database = "sqlite" if postgres is None else f"postgresql://umbrella@/postgres?host={postgres}"
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(chaos(kills, seed, Path(folder), database))


def printed(report: Report, *, as_json: bool) -> str:
    held = asdict(report)
    return json.dumps(held) if as_json else "\n".join(f"{name} {value}" for name, value in held.items())
