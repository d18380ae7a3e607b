"""The registry of everything that is kept, and the task that ends it.

A table or a file of the data folder that is not in here fails the build. `python -m bot kept` prints it. Rows go when
their time is over, and `Database.tidy` takes them out of the write-ahead log too: at most `EVERY_S` later.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from bot import log
from bot.core.clock import Clock
from bot.core.kept import FileRule, Kept
from bot.errors import StorageError
from bot.storage import (
    acts,
    case_keys,
    directory_changes,
    forgotten,
    forms,
    handled_events,
    keyring,
    pending_events,
    preferences,
    room_facts,
    sync_state,
    unmet_need,
)
from bot.storage.engine import Database
from bot.storage.schema import TableRule

EVERY_S = 30.0
_JUMP = timedelta(minutes=5)
"""A clock that goes further ahead than time does, between two rounds, was set and not lived through."""

_DRAFTS = timedelta(days=1)

TABLES: tuple[TableRule, ...] = (
    handled_events.RULE, pending_events.RULE, forms.RULE, preferences.RULE, room_facts.RULE, sync_state.RULE,
    keyring.RULE, forgotten.RULE, case_keys.RULE,
    directory_changes.RULE, acts.RULE, unmet_need.RULE,
)  # fmt: skip

FILES: tuple[FileRule, ...] = (
    FileRule(Kept("umbrella.db*", "the tables below, encrypted as a whole (SQLCipher) unless encryption is off",
                  "because the tables lie in it", "(the rows of its tables)", "with the installation"),
             eraser=Database.tidy),
    FileRule(Kept("directory.yaml", "the published directory with the community's approved changes",
                  "so that the terminal reads what was approved", "(public)", "when the next one replaces it"),
             eraser=Path.replace),
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
    count = 0
    async with database.write() as connection:
        for rule in TABLES:
            if rule.expire:
                count += await rule.expire(connection, now)
    return count


def expire_files(folder: Path, now: datetime, rules: Iterable[FileRule]) -> int:
    """Delete every file of the data folder whose time is over; the number of files."""
    return sum(rule.expire(folder, now) for rule in rules if rule.expire)


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
