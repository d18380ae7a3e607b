"""How doors come by what keeps cases: the storage of a running bot, or one that a terminal opens with the first word to keep.

A conversation in a terminal that keeps nothing opens no database and loads none.
"""

import contextlib
from datetime import datetime
from typing import TYPE_CHECKING

from bot.announcements.ports import Boards, Opening
from bot.announcements.showing import shown_in
from bot.core.clock import Clock, SystemClock
from bot.core.ports import MemoryForms
from bot.core.reply import Reply
from bot.core.request import Actor, Request, RoomRef, Text
from bot.core.words import tokens
from bot.errors import SetupError, StorageError
from bot.outbox.model import MessageRef
from bot.settings import Settings
from bot.vetting.ports import Keeping, Kept

if TYPE_CHECKING:
    from bot.app import App
    from bot.storage.open import Storage

READS = ("events", "campaign", "privacy")
"""Commands that can be asked for on the command line, since they only read."""
_ONCE = RoomRef("console", "once")


def kept_in(storage: "Storage", clock: Clock) -> Kept:
    """The cases of an open storage."""
    from bot.storage.cases import StoredCases  # noqa: PLC0415  (a terminal that keeps nothing loads no database)

    return Kept(StoredCases(storage.database, clock), storage.review_rooms, storage.keys.subkey("receipt"))


def keeping_in(storage: "Storage", clock: Clock) -> Keeping:
    """For a running bot."""
    kept = kept_in(storage, clock)

    async def opened() -> Kept:
        return kept

    async def said_at(room: RoomRef, message: str) -> Reply | None:
        with contextlib.suppress(StorageError):  # then it is no reply to anything, and words are words
            said = await storage.outbox.said_at(MessageRef(room, message))
            return said[1] if said else None
        return None

    return Keeping(opened, storage.forms, clock, said_at)


def boards_in(storage: "Storage", clock: Clock) -> Boards:
    """What announcements and campaigns keep in an open storage."""
    from bot.storage.announcements import StoredAnnouncements  # noqa: PLC0415
    from bot.storage.events import StoredEvents  # noqa: PLC0415
    from bot.storage.own import StoredOwn  # noqa: PLC0415
    from bot.storage.reminders import StoredReminders  # noqa: PLC0415
    from bot.storage.signatures import StoredSignatures  # noqa: PLC0415
    from bot.storage.subscriptions import StoredSubscriptions  # noqa: PLC0415

    database = storage.database
    return Boards(
        StoredAnnouncements(database, clock),
        StoredSubscriptions(database, clock),
        StoredSignatures(database, clock),
        StoredEvents(database, clock),
        StoredReminders(database, clock),
        StoredOwn(database, clock),
        storage.outbox,
        storage.acts.add_one,
        storage.keys.subkey("receipt", "campaign"),
    )


def opening_in(storage: "Storage", clock: Clock) -> Opening:
    """For a running bot."""
    boards = boards_in(storage, clock)

    async def opened() -> Boards:
        return boards

    return Opening(opened, storage.forms, clock)


def read_alone(app: "App", text: str, now: datetime) -> Reply | None:
    """The reply to a command word of `READS` that stands alone, from what lies open; None for all other words."""
    found = app.router.commands().get(tuple(tokens(text))) if " " not in text.strip() else None
    if found is None or found[0] not in READS:
        return None
    import asyncio  # noqa: PLC0415  (a question needs no loop)

    from bot.handlers.announcing import with_announcements  # noqa: PLC0415

    router = with_announcements(app.router, app.ask.tools, app.settings, TerminalKeeping(app.settings).opening())
    return asyncio.run(router.dispatch(Request("1", Actor(app.settings.language), _ONCE, Text(text), now)))


class TerminalKeeping:
    """For a terminal: opens the storage when something is to be kept or looked up, and closes it at the end."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._storage: Storage | None = None
        self.clock: Clock = SystemClock()

    def keeping(self) -> Keeping:
        return Keeping(self._open, MemoryForms(), self.clock)

    def opening(self) -> Opening:
        """For announcements and campaigns."""

        async def opened() -> Boards:
            return boards_in(await self._opened(), self.clock)

        folder = self._settings.data_dir
        return Opening(opened, MemoryForms(), self.clock, is_open=False, shown=lambda: shown_in(folder))

    async def _open(self) -> Kept:
        return kept_in(await self._opened(), self.clock)

    async def _opened(self) -> "Storage":
        """Raises StorageError, also for a set-up that `doctor` would refuse; nothing was then kept."""
        if self._storage is None:
            from bot.storage.open import open_storage  # noqa: PLC0415

            try:
                self._storage = await open_storage(self._settings, self.clock)
            except SetupError as error:
                raise StorageError(type(error).__name__) from None
        return self._storage

    async def close(self) -> None:
        if self._storage is not None:
            await self._storage.close()
            self._storage = None
