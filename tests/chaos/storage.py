"""Storage that is cut off: killed at every statement of every migration, and a disk that is full at many sizes.

A life starts as the bot does, and dies by its own `kill -9` right before a statement that changes the tables, before the commit, or right after it.
"""

import contextlib
import itertools
import os
import re
import resource
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from alembic import command  # noqa: F401  (loaded before a life is made by a fork)
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, MetaData, event, select

from bot.core.clock import Clock, SystemClock
from bot.core.ports import PendingEvent
from bot.errors import StorageError
from bot.settings import Settings
from bot.storage import upgrade
from bot.storage.open import Storage, open_storage
from bot.storage.schema import metadata
from tests.chaos.lives import Lives, living, say
from tests.contract.test_rotation import plant
from tests.fakes.clock import FakeClock

BEFORE_COMMIT, AFTER_COMMIT = 10_000, -1
"""Points to die at, beside the number of a statement, from 0."""
DISK = 64 * 1024
"""More than one batch needs: the sizes at which the disk is full lie below."""
_CHANGES = re.compile(r"\s*(?:CREATE|ALTER|DROP|INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
Rows = dict[str, list[dict[str, Any]]]


@dataclass
class Report:
    """`torn` times the tables were neither old nor new, or rows were gone; `broken` restarts did not bring them to what they should be."""

    kills: int = 0
    torn: int = 0
    broken: int = 0

    @property
    def is_good(self) -> bool:
        return (self.torn, self.broken) == (0, 0)


@dataclass
class FullDisk:
    """Batches that were kept and refused; `half` of which only a part was kept, or after which nothing more could be."""

    kept: int = 0
    refused: int = 0
    half: int = 0

    @property
    def is_good(self) -> bool:
        return not self.half and bool(self.kept and self.refused)


async def rows(storage: Storage) -> Rows:
    """Every table as it is there now, with its rows."""
    found = MetaData()
    async with storage.database.write(is_alone=True) as connection:
        await connection.run_sync(found.reflect)
        return {
            table.name: [row._asdict() for row in await connection.execute(select(table).order_by(*table.primary_key))]
            for table in found.sorted_tables
            if table.name != "alembic_version"
        }


def common(left: Rows, right: Rows) -> tuple[Rows, Rows]:
    """What both have: tables and columns. A step up or down must leave that as it is."""
    both: tuple[Rows, Rows] = ({}, {})
    for name in left.keys() & right.keys():
        columns = {*itertools.chain(*left[name][:1])} & {*itertools.chain(*right[name][:1])}
        for side, given in zip(both, (left, right), strict=True):
            side[name] = [{column: row[column] for column in columns} for row in given[name]]
    return both


async def live(given: Any, words: str) -> None:
    """Start, and die at the point `words`; before it dies at a commit it says how many statements came first."""
    point, done, is_over = int(words), 0, False

    def before_statement(*given: Any) -> None:
        nonlocal done
        if is_over or (_CHANGES.match(given[2]) and done == point):
            os.kill(os.getpid(), signal.SIGKILL)
        done += _CHANGES.match(given[2]) is not None

    def before_commit(_: Any) -> None:
        nonlocal is_over
        if not done:
            return
        if point != AFTER_COMMIT:
            say(f"statements {done}")
            os.kill(os.getpid(), signal.SIGKILL)
        is_over = True

    event.listen(Engine, "before_cursor_execute", before_statement)
    event.listen(Engine, "commit", before_commit)
    await open_storage(settings_of(given), SystemClock())


def settings_of(given: Any) -> Settings:
    return Settings(
        data_dir=Path(given["data_dir"]),
        key_file=Path(given["key_file"]),
        database=given["database"],
        encryption=given["encryption"],
    )


async def killed_in_migrations(settings: Settings, clock: Clock, most: int) -> Report:
    """At each revision below the newest, so many starts that are killed (0: one at every statement), and one that is not.

    The database must be new; it is left as the newest revision needs it.
    """
    kept = ("data_dir", "key_file", "database", "encryption")
    given = {name: value if isinstance(value := getattr(settings, name), bool) else str(value) for name in kept}
    report, storage = Report(), await open_storage(settings, clock)
    storage.database.is_proven = False
    try:
        await plant(storage, FakeClock(clock.now()))
        async with living("tests.chaos.storage", given) as lives:
            for steps, revision in enumerate(upgrade.revisions()[1:], 1):
                await upgrade.upgrade(storage.database, f"-{steps}")
                await _killed_below(storage, lives, revision, most, report)
                await (await open_storage(settings, clock)).close()
                async with storage.database.read() as connection:
                    found = await connection.run_sync(
                        lambda each: compare_metadata(MigrationContext.configure(each), metadata)
                    )
                report.broken += found != []
    finally:
        await storage.close()
    return report


async def _killed_below(storage: Storage, lives: Lives, revision: str, most: int, report: Report) -> None:
    """Kill starts that find the tables at `revision`; nothing may be torn, and the last is killed once all is committed."""
    below = await rows(storage)
    await lives.ended(await lives.born(str(BEFORE_COMMIT)))
    statements = int(lives.heard[-1].removeprefix("statements "))
    every = range(statements)
    points = every if not most else every[:: max(1, statements // max(1, most - 2))]
    for point in points:
        await lives.ended(await lives.born(str(point)))
        is_old = await upgrade.revision_of(storage.database) == revision and await rows(storage) == below
        report.torn += not is_old
    await lives.ended(await lives.born(str(AFTER_COMMIT)))
    here = await rows(storage)
    is_new = await upgrade.revision_of(storage.database) == upgrade.revisions()[0]
    left, right = common(below, here)
    report.torn += not is_new or left != right or not below.keys() <= here.keys()
    report.kills += len(points) + 2


@contextlib.contextmanager
def full_disk(size: int) -> Iterator[None]:
    """No file of this process may grow beyond `size` bytes: what a full disk looks like from inside."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def full_at(storage: Storage, clock: Clock, sizes: Sequence[int]) -> FullDisk:
    """The disk is full at each of `sizes` in turn: a batch and its token are there, or neither is."""
    report = FullDisk()
    for number, size in enumerate(sizes):
        events = [PendingEvent(f"$e{number}.{part}", "x" * 2000, clock.now()) for part in range(5)]
        await storage.database.tidy()
        with full_disk(size), contextlib.suppress(StorageError):
            await storage.pending.keep(events, str(number))
        is_kept = await storage.pending.position() == str(number)
        waiting = {each.id for each in await storage.pending.waiting()}
        goes_on = await storage.handled.handle("matrix", f"$after{number}")
        report.half += not goes_on or any((each.id in waiting) != is_kept for each in events)
        report.kept += is_kept
        report.refused += not is_kept
        await storage.pending.keep([], finished=[each.id for each in events])
    return report


async def chaos(folder: Path, points: int, address: str) -> list[str]:
    """The whole run on each kind of database; a line for each, and "NOT GOOD" in those that are not."""
    lines: list[str] = []
    plain = replace(Settings(), data_dir=folder / "data", key_file=folder / "keys" / "key")
    for name, settings in (
        ("sqlcipher", plain),
        ("sqlite", replace(plain, encryption=False, data_dir=folder / "open", key_file=folder / "more" / "key")),
        ("postgresql", replace(plain, database=address, data_dir=folder / "third", key_file=folder / "last" / "key")),
    ):
        report = await killed_in_migrations(settings, SystemClock(), 0)
        lines.append(f"{name}: {report}{'' if report.is_good else ' NOT GOOD'}")
        if name != "postgresql":
            storage = await open_storage(settings, SystemClock())
            full = await full_at(storage, SystemClock(), [DISK * each // points for each in range(points)])
            await storage.close()
            lines.append(f"{name}: {full}{'' if full.is_good else ' NOT GOOD'}")
    return lines
