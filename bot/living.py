"""A running process sees what moderators decided, within two seconds, without a restart and without a pause.

Twice a second the version of the changes and the file itself are looked at. When one moved, file and changes are merged
and indexed in a thread, beside the answers, and then the shelf is swapped whole; the merged directory is written where
the terminal reads it. What cannot be merged is said, and what was answered before stays.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot import log
from bot.app import App
from bot.core.clock import Clock
from bot.directory.changes import Change, ChangeStore
from bot.directory.merging import file_before, merge, write_merged
from bot.directory.snapshot import MERGED_FILE, Directory, Snapshot
from bot.errors import StorageError
from bot.handlers.shelf import Shelf

EVERY_S = 0.5
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
        directory.reload(self._app.settings.data_dir / MERGED_FILE, now=now)
        found = directory.current
        return replace(found, records=file_before(found.records, changes), source=str(self._app.path))

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
