"""How doors come by what keeps cases: the storage of a running bot, or one that a terminal opens with the first word to keep.

A conversation in a terminal that keeps nothing opens no database and loads none.
"""

from typing import TYPE_CHECKING

from bot.core.clock import Clock, SystemClock
from bot.core.ports import MemoryForms
from bot.core.reply import Reply
from bot.core.request import RoomRef
from bot.errors import SetupError, StorageError
from bot.outbox.model import MessageRef
from bot.settings import Settings
from bot.vetting.ports import Keeping, Kept

if TYPE_CHECKING:
    from bot.storage.open import Storage


def kept_in(storage: "Storage", clock: Clock) -> Kept:
    """The cases of an open storage."""
    from bot.storage.cases import StoredCases  # noqa: PLC0415  (a terminal that keeps nothing loads no database)

    return Kept(StoredCases(storage.database, clock), storage.keys.subkey("receipt"))


def keeping_in(storage: "Storage", clock: Clock) -> Keeping:
    """For a running bot."""
    kept = kept_in(storage, clock)

    async def opened() -> Kept:
        return kept

    async def said_at(room: RoomRef, message: str) -> Reply | None:
        said = await storage.outbox.said_at(MessageRef(room, message))
        return said[1] if said else None

    return Keeping(opened, storage.forms, clock, said_at)


class TerminalKeeping:
    """For a terminal: opens the storage when something is to be kept or looked up, and closes it at the end."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._storage: Storage | None = None
        self.clock: Clock = SystemClock()

    def keeping(self) -> Keeping:
        return Keeping(self._open, MemoryForms(), self.clock)

    async def _open(self) -> Kept:
        """Raises StorageError, also for a set-up that `doctor` would refuse; nothing was then kept."""
        if self._storage is None:
            from bot.storage.open import open_storage  # noqa: PLC0415

            try:
                self._storage = await open_storage(self._settings, self.clock)
            except SetupError as error:
                raise StorageError(type(error).__name__) from None
        return kept_in(self._storage, self.clock)

    async def close(self) -> None:
        if self._storage is not None:
            await self._storage.close()
            self._storage = None
