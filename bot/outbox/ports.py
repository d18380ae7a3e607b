"""What the outbox needs: somewhere to keep its rows, and for each platform a door that delivers."""

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol, runtime_checkable

from bot.core.reply import Reply
from bot.errors import TransientError
from bot.outbox.model import Act, Delivery, MessageRef, Outgoing, Progress

DELIVER_S = 30.0
"""A try that takes longer has no answer."""
LEASE_S = 120.0
"""A claim is the claimer's for so long: longer than what it takes in hand together can last, so that whoever still holds
a connection never meets a successor."""


class LaterError(TransientError):
    """The platform asks to wait, or was not reached at all: nothing was sent. `after_s` is None where it names no time."""

    def __init__(self, after_s: float | None = None) -> None:
        super().__init__()
        self.after_s = after_s


class UnansweredError(TransientError):
    """The try may or may not have arrived: look before sending again."""


class CannotLookError(TransientError):
    """Whether it arrived cannot be known: the history of the room cannot be read."""


class RefusedError(TransientError):
    """It will not arrive in this room, now or later; `code` says why: "no-room", "no-permission", "not-encrypted"."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code


@runtime_checkable
class Sender(Protocol):
    """The way out of one platform; an adapter that can speak unasked offers it. Raises only the errors above; never waits longer than 30 s."""

    platform: str

    @property
    def is_open(self) -> bool:
        """Whether a try makes sense now: False while the door connects, and nothing is claimed for it."""
        ...

    async def deliver(self, delivery: Delivery) -> MessageRef:
        """Send, change or withdraw with `delivery.key`; the message it now is."""
        ...

    async def find_delivered(self, delivery: Delivery) -> MessageRef | None:
        """The message an earlier try with this key left in the room, or None when it did not arrive.

        CannotLookError is for what will never be known; what passes (LaterError, UnansweredError) is looked at again.
        """
        ...


class Outbox(Protocol):
    """The rows. What writes a cause writes its rows in the same transaction, by `bot.storage`."""

    async def add(self, outgoing: Sequence[Outgoing]) -> int:
        """Add rows without another cause to write; the number that are new."""
        ...

    async def claim(self, platforms: Collection[str], now: datetime, most: int) -> list[Delivery]:
        """Take what is due with a lease of 120 s, most pressing kind first, in each room only the first that waits.

        What an earlier process claimed and never finished comes back when its lease is over, as `was_unanswered`.
        """
        ...

    async def sent(self, delivery: Delivery, message: MessageRef, now: datetime) -> None: ...
    async def later(self, delivery: Delivery, not_before: datetime, *, unanswered: bool) -> None: ...
    async def uncertain(self, delivery: Delivery, now: datetime, notices: Sequence[Outgoing] = ()) -> None:
        """Set it aside for a moderator, who is told by `notices` in the same transaction."""
        ...

    async def failed(self, delivery: Delivery, code: str, now: datetime) -> None:
        """It will not arrive. After "no-room" all else that waits for the room ends too, and it hears nothing more."""
        ...

    async def expired(self, delivery: Delivery, now: datetime) -> None: ...
    async def cancel(self, cause: str, now: datetime) -> int:
        """Cancel what of a cause, and of causes below it, is still waiting; the number of rows."""
        ...

    async def settle(self, delivery_id: int, *, arrived: bool, by: str, now: datetime) -> bool:
        """A moderator, `by` their pseudonym, says whether an uncertain one arrived; if not it is sent again. Noted in the trail.

        False, and nothing noted, when it is not uncertain.
        """
        ...

    async def progress(self, cause: str, act: Act = "say", now: datetime | None = None) -> Progress:
        """How far a cause is; causes below it ("announcement/12" for "announcement/12/fr") count.

        What waits is counted as late where `now` is given, what was sent late always.
        """
        ...

    async def said_at(self, message: MessageRef) -> tuple[str, Reply] | None:
        """The cause of a delivered message and its actions, so that a reply to it can choose one.

        The reply has no blocks: what was said is not kept once it is said.
        """
        ...

    async def messages_of(self, cause: str) -> list[MessageRef]:
        """Where a cause, and causes below it, was said, so that each copy can be changed."""
        ...

    async def wait(self) -> None:
        """Return when rows were added since the last return."""
        ...

    def listening(self) -> AbstractAsyncContextManager[None]:
        """While it lasts, rows that other processes add end `wait` too."""
        ...

    async def next_due(self, platforms: Collection[str]) -> datetime | None:
        """When the next row of these platforms becomes due, None when nothing waits."""
        ...
