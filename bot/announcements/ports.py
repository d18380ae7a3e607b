"""What announcements need kept; `bot.storage` keeps it."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.announcements.campaigns import Signatures
from bot.announcements.events import Event, Events
from bot.announcements.model import Announcement, Outcome, Rooms, Subscription
from bot.announcements.reminding import Reminders
from bot.core.acts import Act
from bot.core.clock import Clock
from bot.core.ports import Forms
from bot.core.request import RoomRef
from bot.outbox.model import Outgoing
from bot.outbox.ports import Outbox

Step = Callable[[Announcement, Rooms], Outcome]
Plan = Callable[[Announcement, bool], Sequence[Outgoing]]
"""What of a published announcement is to be said in one room; whether it waited to be said there."""


class Announcements(Protocol):
    """Announcements by their code, until 90 days after they are over."""

    async def add(self, announcement: Announcement) -> Announcement:
        """Keep a new one; it comes back with its code."""
        ...

    async def propose(
        self, cause: str, announcement: Announcement, cards: Callable[[Announcement], Sequence[Outgoing]]
    ) -> bool:
        """Keep a draft nobody wrote and tell moderators of it, once for each cause; whether it is new."""
        ...

    async def find(self, code: str, communities: Collection[str]) -> Announcement | None: ...

    async def step(self, code: str, communities: Collection[str], step: Step) -> Announcement | None:
        """One step on one announcement with everything it comes to, in one transaction; None when there is none.

        What `step` raises undoes it. Of two who step at the same time the second sees what the first has done. Raises
        InputError where it would publish a day that another community has published: every room would hear it twice.
        """
        ...

    async def follow(self, wanted: Subscription, plan: Plan) -> None:
        """Plan anew what is to be said in a room, in one transaction: what waits there, and what is published and ahead."""
        ...

    async def newest(self, communities: Collection[str], most: int) -> list[Announcement]:
        """Those that are not over, the newest first."""
        ...


class Subscriptions(Protocol):
    """Which rooms want to hear what."""

    async def put(self, subscription: Subscription) -> None:
        """Keep it in the place of what the room wanted before. A weekly list that waits goes where none is wanted, and
        what waits for a calendar, which is then filled anew.
        """
        ...

    async def of(self, room: RoomRef) -> Subscription | None: ...
    async def all(self) -> Sequence[Subscription]: ...
    async def forget(self, room: RoomRef) -> bool:
        """Nothing more is said there: what waits goes too. Copies that were said are corrected and taken back as before."""
        ...


@dataclass(frozen=True, slots=True)
class Own:
    """What one person asked for: the codes of the events she is to be reminded of, and how many cases she is to be told of."""

    reminders: tuple[str, ...] = ()
    told: int = 0


class OwnThings(Protocol):
    """What is kept because one person asked for it, by where she alone is written to."""

    async def of(self, room: RoomRef) -> Own: ...
    async def erase(self, room: RoomRef) -> None:
        """Erase all of it at once, and what waits to be told there and is not on its way."""
        ...


@dataclass(frozen=True, slots=True)
class Boards:
    """Everything that is kept for announcements, events and campaigns, opened. `claim_key` makes claim codes, `note` notes an act."""

    announcements: Announcements
    subscriptions: Subscriptions
    signatures: Signatures
    events: Events
    reminders: Reminders
    own: OwnThings
    outbox: Outbox
    note: Callable[[Act], Awaitable[None]]
    claim_key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opening:
    """How a door comes by it. `open` may raise StorageError or SetupError; nothing was then kept.

    `is_open`: it is open already, so that what only reads may look into it too; else `shown` gives the events that a
    running bot has published.
    """

    open: Callable[[], Awaitable[Boards]]
    drafts: Forms
    clock: Clock
    is_open: bool = True
    shown: Callable[[], Sequence[Event]] = tuple
