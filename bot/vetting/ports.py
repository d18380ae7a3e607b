"""What vetting needs: somewhere to keep cases, one step at a time and each whole or not at all, and a screening of words."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.core.acts import Act
from bot.core.clock import Clock
from bot.core.meeting import JoinedRooms
from bot.core.ports import Forms
from bot.core.reply import Reply
from bot.core.request import RoomRef
from bot.directory.changes import Change
from bot.vetting.model import Case, NewCase, Outcome


@dataclass(frozen=True, slots=True)
class Counts:
    """What is there when a case is opened: cards in the room, and other accounts that report the same contact line."""

    carded: int = 0
    reporters: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """The queue of one community: how many wait, how many of them are urgent, since how many days at most."""

    community: str
    count: int
    urgent: int
    oldest_days: int


Step = Callable[[Case], Outcome]
"""Pure; raises a BotError for what may not be done, and then nothing is changed."""


class Cases(Protocol):
    """The cases. A step runs in the transaction that keeps its outcome: the case, what is said, changed and noted.

    Of two steps on one case the second sees what the first made of it. Every method raises StorageError.
    """

    async def open(self, new: NewCase, opening: Callable[[Case, Counts], Outcome]) -> Case:
        """Keep a new case; one with this claim code that is there already is given back as it is.

        Raises QuotaError when there are too many, or nothing is taken from this person; nothing is then kept.
        """
        ...

    async def admit(self, sender: str, flood: str) -> None:
        """Raises QuotaError where `open` would, before any work is done for it; nothing is counted."""
        ...

    async def act(self, code: str, communities: Collection[str], who: Sequence[str], step: Step) -> Case | None:
        """A moderator's step on the case they call `code`; None when there is none in these communities."""
        ...

    async def claimed(self, claim: str, step: Step | None = None) -> Case | None:
        """The case of a claim code, after a step of the person who holds it; None for no case."""
        ...

    async def find(self, code: str, communities: Collection[str], who: Sequence[str] = ()) -> Case | None:
        """The open or closed case that moderators call `code`."""
        ...

    async def waiting(self, communities: Collection[str], most: int) -> list[Case]:
        """Open cases, urgent ones first, then the oldest day first."""
        ...

    async def queue(self) -> list[Waiting]:
        """The size and age of what waits, by community."""
        ...

    async def due(self, day: date) -> list[str]:
        """The ids of open cases made on that day or before."""
        ...

    async def close_due(self, case_id: str, step: Step) -> None:
        """A step on a case by its id, for what expires."""
        ...

    async def unblock(self, code: str, communities: Collection[str], act: Act) -> bool:
        """Take from whoever handed the case in again; False, and no act, where they were not blocked by it."""
        ...

    async def change(self, change: Change, acts: Sequence[Act]) -> None:
        """Keep a change of the directory that comes from no case."""
        ...


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeps cases, the rooms they are shown in, and the key claim codes are made with."""

    cases: Cases
    rooms: JoinedRooms
    claim_key: bytes


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a door comes by what keeps cases: at once where the bot runs, with the first word to keep in a terminal.

    `open` may raise StorageError or SetupError; then nothing was kept. `said_at` gives the document of a message of ours.
    """

    open: Callable[[], Awaitable[Kept]]
    drafts: Forms
    clock: Clock
    said_at: Callable[[RoomRef, str], Awaitable[Reply | None]] | None = None
