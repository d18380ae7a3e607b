"""What waits to be said, where, and how far it is."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from bot.core.reply import Reply
from bot.core.request import RoomRef

State = Literal["queued", "sending", "sent", "uncertain", "failed", "cancelled"]
Act = Literal["say", "change", "withdraw"]
"""Say something new, change what was said (an edit), or take it back (delete, redact)."""
Kind = Literal["notice", "review", "announcement"]
"""What is told to one person or is urgent goes first, then what moderators wait for, then what goes to many."""
LATE = timedelta(minutes=15)
"""A few minutes are no delay: a platform that was away for ten minutes leaves no trace in what is said."""
HANDING_ON = "crosspost/"
"""What was said and waits to be handed on is kept in `bot.core.ports.SyncState` by this and the key of its delivery."""


@dataclass(frozen=True, slots=True)
class MessageRef:
    """A message on its platform; of one that was said now, whether it says that it comes late."""

    room: RoomRef
    id: str = field(repr=False)
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is to be said in one room for one cause. A second one for the same cause, room and act is not added.

    `cause` is a code ("case/K7Q2", "announcement/12/fr"), no words. `not_before` holds it back; after `expires_at` it is
    cancelled instead of sent. For `change` and `withdraw`, `cause` is that of the message they are about. `version`
    counts the changes of one message: only the newest that is due is sent. `publish`: on Discord, crosspost it to the
    servers that follow the channel.
    """

    cause: str
    room: RoomRef
    reply: Reply = field(repr=False)
    kind: Kind = "notice"
    act: Act = "say"
    version: int = 0
    not_before: datetime | None = None
    expires_at: datetime | None = None
    publish: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row of the outbox, claimed. `key` is the same at every try; `message` is what a change is about.

    `attempts` counts this one. `was_unanswered`: an earlier try got no answer, so look in the room first.
    """

    id: int
    outgoing: Outgoing
    key: str
    attempts: int
    first_tried_at: datetime
    was_unanswered: bool = False
    message: MessageRef | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How many deliveries of one cause are in each state; `failures` counts them by their coded reason.

    `handing_on`: of those sent, what waits to be handed on to the channels that follow. `late`: of those sent and
    queued, what came or comes more than `LATE` after its hour.
    """

    queued: int = 0
    sent: int = 0
    uncertain: int = 0
    failed: int = 0
    cancelled: int = 0
    failures: tuple[tuple[str, int], ...] = ()
    handing_on: int = 0
    late: int = 0
