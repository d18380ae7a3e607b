"""The registry of everything that is kept, and the task that ends it.

A table or a file of the data folder that is not in here fails the build. `python -m bot kept` prints it. Rows go when
their time is over, and `Database.tidy` takes them out of the write-ahead log too: at most `EVERY_S` later.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from bot import log
from bot.core.clock import Clock
from bot.core.kept import FileRule, Kept
from bot.errors import StorageError
from bot.storage import (
    acts,
    announcements,
    blocks,
    case_keys,
    cases,
    deliveries,
    directory_changes,
    events,
    floods,
    forgotten,
    forms,
    handled_events,
    keyring,
    known_backups,
    pending_events,
    preferences,
    presence,
    reminders,
    review_rooms,
    room_facts,
    signatures,
    subscriptions,
    sync_state,
    unmet_need,
)
from bot.storage.connection import AsyncConnection
from bot.storage.engine import Database
from bot.storage.schema import BACKUP_KEPT, TableRule

EVERY_S = 30.0
_JUMP = timedelta(minutes=5)
"""A clock that goes further ahead than time does, between two rounds, was set and not lived through."""
_ABSENCE = timedelta(days=7)
"""So long without a round, by the clock, is doubted: the bot was off, or the clock is wrong."""
_MOST_DOUBT = timedelta(days=7)
_MUCH, _FEW = 0.2, 10
"""A fifth of a table is asked about (`security.md` row 17), unless it is a handful of rows."""
_LAST = ("umbrella", "expired")
"""Where the instant of the last round of a day lies."""

_DRAFTS = timedelta(days=1)


def _drafts_of(file: str, what: str) -> FileRule:
    """Files a process was writing when it ended."""
    drafts = f"{file}.*"
    why = "because it is written whole before it takes the other's place"
    kept_ = Kept(drafts, f"a draft of {what} that was not finished", why, "(public)", "within a day", _DRAFTS)
    return FileRule(kept_, expire=lambda folder, now: _older_than(folder, drafts, now - _DRAFTS))


TABLES: tuple[TableRule, ...] = (
    handled_events.RULE, pending_events.RULE, forms.RULE, preferences.RULE, room_facts.RULE, sync_state.RULE,
    keyring.RULE, forgotten.RULE, case_keys.RULE, deliveries.RULE,
    announcements.RULE, subscriptions.RULE, signatures.RULE, events.RULE, reminders.RULE,
    directory_changes.RULE, acts.RULE, unmet_need.RULE,
    cases.RULE, floods.RULE, blocks.RULE, review_rooms.RULE,
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
                  "after 35 days", BACKUP_KEPT),
             known_backups.expire),
    FileRule(Kept("running-*.lock", "nothing: the number of a process in its name",
                  "so that nothing is restored under a running bot", "(public)", "when it ends"),
             eraser=presence.present),
    FileRule(Kept("events.json", "the events that are coming, as everybody is told of them",
                  "so that the terminal shows them", "(public)", "when the next one replaces it"),
             eraser=Path.replace),
    _drafts_of("directory.yaml", "the published directory"),
    _drafts_of("events.json", "the events that are coming"),
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
    that stops replays. What is due in truth waits that long. Where more than a fifth of a table would then go, or after
    a week without a bot, whoever runs it is asked (`python -m bot expire`); without an answer it waits for a week more.
    """
    expiry = _Expiry(database, clock, files)
    while True:
        try:
            await expiry.round()
            await database.tidy()
        except (StorageError, OSError) as error:
            log.warning("retention.failed", error=type(error).__name__)
        await clock.sleep(EVERY_S)


async def confirm(database: Database, now: datetime) -> int:
    """Believe the clock: delete what is due at `now`, also where a running bot waits; the number of rows."""
    async with database.write() as connection:
        count = await expire_rows(connection, now)
        await sync_state.write(connection, database, *_LAST, str(int(now.timestamp())))
    await database.tidy()
    return count


class _TooMuchError(Exception):
    """More would go at once than a clock in doubt may take."""


class _Expiry:
    """What expires in one run of the bot, and whether its clock is believed."""

    def __init__(self, database: Database, clock: Clock, files: Callable[[datetime], int]) -> None:
        self._database = database
        self._clock = clock
        self._files = files
        self._seen, self._lived_s = clock.now(), clock.monotonic()
        self._held_until_s = 0.0
        self._doubted_from: datetime | None = None
        self._doubted_until_s: float | None = None
        self._last: datetime | None = None

    async def round(self) -> None:
        """Expire what is due, if the clock is believed. Raises StorageError, OSError."""
        ahead = (self._clock.now() - self._seen) - timedelta(seconds=self._clock.monotonic() - self._lived_s)
        self._seen, self._lived_s = self._clock.now(), self._clock.monotonic()
        if ahead > _JUMP:
            log.warning("clock.jumped", count=int(ahead.total_seconds()))
            self._held_until_s = self._lived_s + timedelta(days=1).total_seconds()
            self._doubt()
        if self._lived_s < self._held_until_s and not await self._is_confirmed():
            return
        if self._last is None and (await self._read_last() or self._seen) < self._seen - _ABSENCE:
            self._doubt()
        try:
            await self._expire()
        except _TooMuchError:
            log.warning("retention.asks", code="expire")
            await self._expire_short_lived()
        else:
            self._files(self._seen)

    def _doubt(self) -> None:
        self._doubted_from = self._seen
        self._doubted_until_s = self._lived_s + _MOST_DOUBT.total_seconds()

    async def _is_confirmed(self) -> bool:
        """Whether somebody has said that this clock is right; asked only while it is in doubt."""
        last = await self._read_last()
        if last and self._doubted_from and last >= self._doubted_from:
            self._held_until_s, self._doubted_until_s = 0.0, None
        return self._doubted_until_s is None

    async def _read_last(self) -> datetime | None:
        content = await sync_state.StoredSyncState(self._database).get(*_LAST)
        return datetime.fromtimestamp(int(content), UTC) if content else None

    async def _expire(self) -> None:
        """Expire every table, or none: when a clock in doubt would take much. Raises _TooMuchError."""
        doubted_s = self._doubted_until_s
        in_doubt = doubted_s is not None and self._lived_s < doubted_s and not await self._is_confirmed()
        async with self._database.write() as connection:
            for rule in TABLES:
                if rule.expire:
                    await _expire_one(connection, rule, self._seen, may_take_all=not in_doubt or _is_short_lived(rule))
            if self._last is None or self._last.date() != self._seen.date():
                await sync_state.write(connection, self._database, *_LAST, str(int(self._seen.timestamp())))
        self._last, self._doubted_until_s = self._seen, None

    async def _expire_short_lived(self) -> None:
        async with self._database.write() as connection:
            for rule in TABLES:
                if rule.expire and _is_short_lived(rule):
                    await rule.expire(connection, self._seen)


async def _expire_one(connection: AsyncConnection, rule: TableRule, now: datetime, *, may_take_all: bool) -> None:
    there = 0 if may_take_all else await connection.scalar(select(func.count()).select_from(rule.table)) or 0
    gone = await rule.expire(connection, now) if rule.expire else 0
    if not may_take_all and gone > max(_FEW, there * _MUCH):
        raise _TooMuchError


def _is_short_lived(rule: TableRule) -> bool:
    """What lives less than a week goes all the same: it would be due soon anyway."""
    return rule.kept.longest is not None and rule.kept.longest < _ABSENCE
