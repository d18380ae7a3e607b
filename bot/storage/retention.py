"""The registry of everything that is kept, and the task that ends it.

A table or a file of the data folder that is not in here fails the build. `python -m bot kept` prints it. Rows go when
their time is over, and `Database.tidy` takes them out of the write-ahead log too: at most `EVERY_S` later.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import log
from bot.core.clock import Clock
from bot.core.kept import FileRule, Kept
from bot.errors import StorageError
from bot.storage import (
    acts,
    case_keys,
    cases,
    deliveries,
    directory_changes,
    floods,
    forgotten,
    forms,
    handled_events,
    keyring,
    known_backups,
    pending_events,
    preferences,
    presence,
    room_facts,
    sync_state,
    unmet_need,
)
from bot.storage.engine import Database
from bot.storage.schema import BACKUP_KEPT, TableRule

EVERY_S = 30.0
_JUMP = timedelta(minutes=5)
"""A clock that goes further ahead than time does, between two rounds, was set and not lived through."""

_DRAFTS = timedelta(days=1)

TABLES: tuple[TableRule, ...] = (
    handled_events.RULE, pending_events.RULE, forms.RULE, preferences.RULE, room_facts.RULE, sync_state.RULE,
    keyring.RULE, forgotten.RULE, case_keys.RULE, deliveries.RULE,
    directory_changes.RULE, acts.RULE, unmet_need.RULE,
    cases.RULE, floods.RULE,
)  # fmt: skip

FILES: tuple[FileRule, ...] = (
    FileRule(Kept("umbrella.db*", "the tables below, encrypted as a whole (SQLCipher) unless encryption is off",
                  "because the tables lie in it", "(the rows of its tables)", "with the installation"),
             eraser=Database.tidy),
    FileRule(Kept("directory.yaml", "the published directory with the community's approved changes",
                  "so that the terminal reads what was approved", "(public)", "when the next one replaces it"),
             eraser=Path.replace),
    FileRule(Kept("backups.txt", "where backups were written, one path a line",
                  "so that old ones are deleted and `panic` finds them", "backups", "with the installation (`panic`)"),
             eraser=Path.unlink),
    FileRule(Kept("*.backup", "copies of the tables that may last, sealed: here before an upgrade, else where `backup` "
                  "was told", "so that a broken disk or a bad upgrade loses nothing", "backups",
                  "after 35 days, or with a change of the key", BACKUP_KEPT),
             known_backups.expire),
    FileRule(Kept("running-*.lock", "nothing: the number of a process in its name",
                  "so that nothing is restored under a running bot", "(public)", "when it ends"),
             eraser=presence.present),
    FileRule(Kept("directory.yaml.*", "a draft of the published directory that was not finished",
                  "because it is written whole before it takes the other's place", "(public)", "within a day", _DRAFTS),
             expire=lambda folder, now: _older_than(folder, "directory.yaml.*", now - _DRAFTS)),
)  # fmt: skip


def _older_than(folder: Path, pattern: str, limit: datetime) -> int:
    """Delete the files that match and were last written before `limit`; how many."""
    old = [path for path in folder.glob(pattern) if path.stat().st_mtime < limit.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def kept(more: Iterable[FileRule] = ()) -> list[Kept]:
    """What is kept, files first; `more` are the files of the adapters."""
    return [*(rule.kept for rule in (*FILES, *more)), *(rule.kept for rule in TABLES)]


async def expire(database: Database, now: datetime) -> int:
    """Delete every row whose time is over at `now`; the number of rows. Raises StorageError."""
    async with database.write() as connection:
        return await expire_rows(connection, now)


async def expire_rows(connection: AsyncConnection, now: datetime) -> int:
    """`expire` as part of a transaction."""
    return sum([await rule.expire(connection, now) for rule in TABLES if rule.expire])


def expire_files(folder: Path, now: datetime, rules: Iterable[FileRule]) -> int:
    """Delete every file whose time is over, those of the doors by `rules`, too; the number of files."""
    return sum(rule.expire(folder, now) for rule in (*FILES, *rules) if rule.expire)


async def keep_expiring(database: Database, clock: Clock, files: Callable[[datetime], int] = lambda _: 0) -> None:
    """Expire and tidy every `EVERY_S`, for ever. A round that fails is said and tried again.

    After a clock was set ahead nothing expires until it has run on for a day: a wrong clock must not empty the ledger
    that stops replays. What is due in truth waits that long.
    """
    seen, lived_s = clock.now(), clock.monotonic()
    held_until_s = 0.0
    while True:
        ahead = (clock.now() - seen) - timedelta(seconds=clock.monotonic() - lived_s)
        seen, lived_s = clock.now(), clock.monotonic()
        if ahead > _JUMP:
            log.warning("clock.jumped", count=int(ahead.total_seconds()))
            held_until_s = lived_s + timedelta(days=1).total_seconds()
        try:
            if lived_s >= held_until_s:
                await expire(database, seen)
                files(seen)
            await database.tidy()
        except (StorageError, OSError) as error:
            log.warning("retention.failed", error=type(error).__name__)
        await clock.sleep(EVERY_S)
