"""Announcements by processes that are killed: at random instants, and at the moment of sending.

Every round adds one announcement to all rooms of a platform and kills who delivers it. The lease of what a dead process
had in hand is over at once here, which stands for the two minutes it takes; everything else is as in the program.
"""

import asyncio
import contextlib
import json
import random
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import text, update

from bot.core.clock import SystemClock
from bot.outbox.model import Outgoing
from bot.storage.deliveries import AT_ONCE, deliveries
from bot.storage.open import Storage, open_storage
from tests import services
from tests.chaos.doors import settings_of
from tests.chaos.lives import Lives, living
from tests.chaos.platforms import Platform, on_discord, on_matrix
from tests.fakes.outbox import says

SETTLED_S = 60.0
PLATFORMS: dict[str, Callable[[], AbstractAsyncContextManager[Platform]]] = {"discord": on_discord, "matrix": on_matrix}


@dataclass
class Report:
    """`lost` are seen by nobody, are not uncertain and do not wait; `waiting` were still to be sent at the end; `twice` are
    seen twice in a room; `unreadable` could not be decrypted; `again` were requested again, `looks` are the times a room
    was looked at first."""

    platform: str
    kills: int = 0
    kills_at_sending: int = 0
    deliveries: int = 0
    lost: int = 0
    waiting: int = 0
    twice: int = 0
    uncertain: int = 0
    unreadable: int = 0
    again: int = 0
    looks: int = 0
    integrity: str = ""
    seconds: float = 0.0

    @property
    def is_good(self) -> bool:
        return (self.lost, self.waiting, self.twice, self.unreadable) == (0, 0, 0, 0) and self.integrity in ("ok", "-")


class Killing:
    """The processes of one run, and when they die."""

    def __init__(self, platform: Platform, storage: Storage, lives: Lives, seed: int) -> None:
        self._platform = platform
        self._storage = storage
        self._lives = lives
        self._chance = random.Random(seed)
        self.report = Report(platform.name)

    async def round(self, number: int, *, at_sending: bool, processes: int) -> None:
        """One announcement, delivered by processes that are killed meanwhile."""
        platform, chance = self._platform, self._chance
        outgoing = [
            Outgoing(f"chaos/{number}", room, says(f"chaos {number}"), "announcement") for room in platform.rooms
        ]
        await self._storage.outbox.add(outgoing)
        born = [await self._lives.born() for _ in range(processes)]
        if at_sending:
            await self._sending(chance.randint(1, len(platform.rooms)))
            await asyncio.sleep(chance.uniform(0, platform.after_s))
        else:
            await self._lives.ready()
            await asyncio.sleep(chance.uniform(0, platform.latest_s))
        between_s = platform.after_s if processes > 1 else 0.0
        await self._lives.killed(chance.sample(born, len(born)), lambda: chance.uniform(0, between_s))
        await self._end_leases()
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

        self._platform.sending = note
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(10):
                await reached.wait()
        self._platform.sending = lambda: None

    async def _end_leases(self) -> None:
        async with self._storage.database.write() as connection:
            over = update(deliveries).where(deliveries.c.state == "sending")
            await connection.execute(over.values(leased_until=AT_ONCE))

    async def settle(self, rounds: int) -> None:
        """Let one process deliver what is left, then count what is seen in the rooms."""
        last = await self._lives.born()
        await self._delivered()
        found = await self._storage.outbox.progress("chaos")
        wanted = Counter((room.id, f"chaos {number}") for number in range(rounds) for room in self._platform.rooms)
        seen = await self._platform.seen(wanted)
        await self._lives.killed([last])
        report = self.report
        report.deliveries, report.uncertain = wanted.total(), found.uncertain
        report.waiting = found.queued
        report.lost = max(0, (wanted - seen).total() - found.uncertain - found.queued)
        report.twice = (seen - wanted).total()
        report.unreadable = self._platform.unreadable
        report.looks, report.again = self._platform.looks, self._platform.again

    async def _delivered(self) -> None:
        """Return when nothing waits any more, or nothing has moved for so long."""
        left, until = -1, 0.0
        while (now := (await self._storage.outbox.progress("chaos")).queued) and (
            now != left or time.monotonic() < until
        ):
            if now != left:
                left, until = now, time.monotonic() + SETTLED_S
            await asyncio.sleep(0.1)


async def chaos(entered: Platform, kills: int, seed: int, folder: Path, database: str) -> Report:
    """`kills` at random instants and as many at the moment of sending; on PostgreSQL two processes share the work."""
    processes, began = 1 if database == "sqlite" else 2, time.monotonic()
    given = {"folder": str(folder), "database": database, entered.name: entered.settings}
    storage = await open_storage(settings_of(given), SystemClock())
    try:
        async with living("tests.chaos.doors", given) as lives:
            await entered.begin(lives)
            killing = Killing(entered, storage, lives, seed)
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
async def _database(postgres: Path | None) -> AsyncIterator[str]:
    """The address of a database of its own; `postgres` is the folder of a server's socket."""
    if postgres is None:
        yield "sqlite"
        return
    name = f"chaos{uuid.uuid4().hex}"
    connection = await asyncpg.connect(host=str(postgres), user="umbrella", database="postgres")
    try:
        await connection.execute(f"CREATE DATABASE {name}")
        yield f"postgresql://umbrella@/{name}?host={postgres}"
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await connection.close()


async def on(
    platform: AbstractAsyncContextManager[Platform], kills: int, seed: int, postgres: Path | None = None
) -> Report:
    """The whole run on one platform, in a folder of its own."""
    with TemporaryDirectory(dir=services.scratch()) as folder:
        async with platform as entered, _database(postgres) as database:
            return await chaos(entered, kills, seed, Path(folder), database)


def run(kills: int, seed: int, *, postgres: Path | None = None, only: Sequence[str] | None = None) -> list[Report]:
    """The whole run on the fake Discord and then on a real Synapse, or on one of them."""

    async def each_in_turn() -> list[Report]:
        return [
            await on(make(), kills, seed, postgres) for name, make in PLATFORMS.items() if name in (only or PLATFORMS)
        ]

    return asyncio.run(each_in_turn())


def printed(reports: Sequence[Report], *, as_json: bool) -> str:
    held = [asdict(each) for each in reports]
    if as_json:
        return json.dumps(held)
    return "\n\n".join("\n".join(f"{name} {value}" for name, value in each.items()) for each in held)
