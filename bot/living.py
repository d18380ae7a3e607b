"""A running process sees what moderators decided, within two seconds, without a restart and without a pause.

Twice a second the version of the changes and the file itself are looked at. When one moved, file and changes are merged
and indexed in a thread, beside the answers, and then the shelf is swapped whole; the merged directory is written where
the terminal reads it. What cannot be merged is said, and what was answered before stays.

Beside it: the weekly list of what wants to be checked, and the counts of what was asked for and is not there.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot import log
from bot.app import App
from bot.core.clock import Clock
from bot.core.need import UnmetNeeds
from bot.core.rounds import keep_doing
from bot.directory.changes import Change, ChangeStore
from bot.directory.due import due, due_list
from bot.directory.merging import file_before, merge, write_merged
from bot.directory.snapshot import MERGED_FILE, Directory, Snapshot
from bot.errors import StorageError
from bot.handlers.counting import Counting
from bot.handlers.shelf import Shelf
from bot.outbox.model import Outgoing
from bot.outbox.ports import Outbox
from bot.urgent.last_good import chosen

EVERY_S = 0.5
LIST_EVERY_S = 3600.0
COUNT_EVERY_S = 300.0
Stamp = tuple[int, int, int]


class Living:
    """Keeps `app` answering from the file and the changes of `store`."""

    def __init__(self, app: App, store: ChangeStore, clock: Clock) -> None:
        self._app = app
        self._store = store
        self._clock = clock
        self._base = app.directory.current
        self._changes: tuple[Change, ...] = ()
        self._version: int | None = None
        self._stamp: Stamp | None = None
        self._unwritten: Snapshot | None = None
        self._is_away = False

    async def begin(self) -> None:
        """The first refresh. While the database is away an earlier run's merged directory is answered from.

        So what is hidden stays hidden, also at a start without a database.
        """
        try:
            await self.refresh()
        except StorageError as error:
            log.warning("directory.unfollowed", error=type(error).__name__)
            self._is_away = True
            made = await asyncio.to_thread(self._stand_in, self._clock.now())
            if made is not None:
                self._app.shelves.swap(*made)

    async def follow(self) -> None:
        """Refresh every `EVERY_S`, for ever. A database that is away is said once; the answers go on as they were."""
        while True:
            try:
                await self.refresh()
                self._is_away = False
            except StorageError as error:
                if not self._is_away:
                    log.warning("directory.unfollowed", error=type(error).__name__)
                self._is_away = True
            await self._clock.sleep(EVERY_S)

    async def refresh(self) -> bool:
        """Take in what moved since the last time; whether anything did. Raises StorageError."""
        version, stamp = await self._store.version(), _stamp(self._app.path)
        moved = version != self._version or stamp != self._stamp
        if moved:
            changes = tuple(await self._store.all()) if version != self._version else self._changes
            await self._take_in(changes, is_read_anew=stamp != self._stamp)
            self._version, self._stamp, self._changes = version, stamp, changes
        if self._unwritten is not None:
            await asyncio.to_thread(self._write, self._unwritten)
        return moved

    async def _take_in(self, changes: Sequence[Change], *, is_read_anew: bool) -> None:
        """Merge and index in a thread, then swap. Whatever goes wrong, the last good one stays."""
        try:
            snapshot, shelf = await asyncio.to_thread(self._made, changes, self._clock.now(), is_read_anew=is_read_anew)
        except Exception as error:  # noqa: BLE001  (a record that breaks the index must not end the answers)
            log.failure("directory.not-merged", error)
            return
        self._app.shelves.swap(snapshot, shelf)
        self._unwritten = snapshot if snapshot.records else None

    def _made(self, changes: Sequence[Change], now: datetime, *, is_read_anew: bool) -> tuple[Snapshot, Shelf]:
        if is_read_anew:
            self._base = self._read(changes, now)
        snapshot, unread = merge(self._base, changes, now)
        if unread:
            log.warning("directory.changes-unread", count=len(unread))
        return snapshot, self._app.shelves.made(snapshot)

    def _read(self, changes: Sequence[Change], now: datetime) -> Snapshot:
        """The file, else what was last good: in this run, or what an earlier one merged."""
        directory = Directory()
        faults = directory.reload(self._app.path, now=now)
        if not faults:
            return directory.current
        log.warning("directory.faulty", count=len(faults))
        if self._base.records:
            return self._base
        found = self._merged_before(now)
        return replace(found, records=file_before(found.records, changes), source=str(self._app.path))

    def _stand_in(self, now: datetime) -> tuple[Snapshot, Shelf] | None:
        found = self._merged_before(now)
        return (found, self._app.shelves.made(found)) if found.records else None

    def _merged_before(self, now: datetime) -> Snapshot:
        """What an earlier run merged, EMPTY where there is no such file."""
        directory = Directory()
        directory.reload(self._app.settings.data_dir / MERGED_FILE, now=now)
        return directory.current

    def _write(self, snapshot: Snapshot) -> None:
        try:
            write_merged(snapshot, self._app.settings.data_dir)
            self._unwritten = None
        except OSError as error:
            log.warning("directory.not-written", error=type(error).__name__)


def _stamp(path: Path) -> Stamp:
    """What differs when a file was changed; zeros for one that is not there."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0, 0
    return found.st_mtime_ns, found.st_size, found.st_ino


class Weekly:
    """Once a week the list of what wants to be looked at, for the review rooms of every community."""

    def __init__(self, app: App, outbox: Outbox, clock: Clock) -> None:
        self._app = app
        self._outbox = outbox
        self._clock = clock
        self._done = ""

    async def run(self) -> None:
        """Look every hour whether a week began, for ever. What fails is said and tried again."""
        await keep_doing(self.list_due, self._clock, LIST_EVERY_S, "due.not-listed")

    async def list_due(self) -> int:
        """Hand this week's lists to the outbox, which takes each but once; how many were new."""
        today = self._clock.now().date()
        week = "{}-W{:02}".format(*today.isocalendar()[:2])
        if week == self._done or not self._app.settings.communities:
            return 0
        lists = await asyncio.to_thread(self._lists, week, today)
        added = await self._outbox.add(lists) if lists else 0
        self._done = week
        return added

    def _lists(self, week: str, today: date) -> list[Outgoing]:
        app = self._app
        records = app.directory.current.records
        urgent = {record.id for record in chosen(records, app.cards.gazetteer, today)}
        monday = datetime.combine(today - timedelta(days=today.weekday()), time(9), UTC)
        found: list[Outgoing] = []
        for community in app.ask.tools.meeting.communities:
            country = (community.home or "")[:2] or None
            reply = due_list(due(records, urgent, today, country), app.cards, app.settings.language or "en", today)
            found += [
                Outgoing(f"due/{community.id}/{week}", room, reply, "review", not_before=monday,
                         expires_at=monday + timedelta(days=6))
                for room in app.ask.tools.meeting.of(community.id)
                if reply is not None
            ]  # fmt: skip
        return found


async def keep_counts(counting: Counting, needs: UnmetNeeds, clock: Clock) -> None:
    """Keep what was counted every few minutes, for ever."""
    while True:
        await clock.sleep(COUNT_EVERY_S)
        await keep_counted(counting, needs)


async def keep_counted(counting: Counting, needs: UnmetNeeds) -> None:
    """Keep what was counted since the last time; what cannot be kept now is kept the next time."""
    counts = counting.take()
    try:
        if counts:
            await needs.add(counts)
    except StorageError as error:
        counting.give_back(counts)
        log.warning("need.not-kept", error=type(error).__name__)
