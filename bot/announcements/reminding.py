"""Reminders a person asks for herself: told once, privately, and then forgotten.

Kept is where to tell it, sealed, and how long before the event; no words. When the event moves, the reminder moves
with it; when it is taken back, or somebody works on it, nothing is said. Every minute what is due goes to the outbox as
a notice, and its row is erased in the same transaction.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, Protocol

from bot.announcements.events import Event, Events, when
from bot.announcements.service import Say
from bot.core.clock import Clock
from bot.core.discreet import reveals
from bot.core.reply import Action, Paragraph, Reply
from bot.core.request import RoomRef
from bot.core.rounds import keep_doing
from bot.outbox.model import Outgoing

EVERY_S = 60.0
Ahead = Literal["day", "hours"]
AHEAD: dict[Ahead, timedelta] = {"day": timedelta(days=1), "hours": timedelta(hours=2)}
"""How long before an event somebody can be reminded."""
KEPT = timedelta(days=30)
"""Where somebody can be told is kept no longer (`policy.md` §8), so it is asked for in the last 30 days before an event."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """Where to tell whom of which event, in which language; `room` is with this person alone."""

    code: str
    room: RoomRef
    locale: str
    ahead: Ahead


def is_in_time(ahead: Ahead, left: timedelta) -> bool:
    """Whether somebody can ask for it with `left` to go: before it would be told, and not longer than it may be kept."""
    return AHEAD[ahead] < left <= KEPT


class Reminders(Protocol):
    """Reminders, sealed, one for each person and event."""

    async def put(self, reminder: Reminder, event: Event) -> None: ...
    async def forget(self, code: str, room: RoomRef) -> bool:
        """Erase it; False when there was none."""
        ...

    async def tell(self, code: str, most: timedelta, notice: Callable[[Reminder], Outgoing]) -> int:
        """Hand those of an event that are due, with `most` left until it begins, to the outbox, and erase them."""
        ...


@dataclass(frozen=True, slots=True)
class Reminding:
    reminders: Reminders
    events: Events
    say: Say
    clock: Clock

    async def run(self) -> None:
        """Look every minute, for ever; a database that is away is tried again."""

        async def tell() -> None:
            await self.tell(await self.events.coming())

        await keep_doing(tell, self.clock, EVERY_S, "reminders.failed")

    async def tell(self, coming: Sequence[Event]) -> int:
        """Tell what is due of events that are published and have not begun; the number. Raises StorageError."""
        now, count = self.clock.now(), 0
        for event in coming:
            if event.begins_at is not None and now < event.begins_at <= now + max(AHEAD.values()):
                count += await self.reminders.tell(event.code, event.begins_at - now, self._notice_of(event))
        return count

    def _notice_of(self, event: Event) -> Callable[[Reminder], Outgoing]:
        def notice(reminder: Reminder) -> Outgoing:
            return Outgoing(
                f"reminder/{event.code}/v{event.version}", reminder.room, self.reply(event, reminder.locale),
                expires_at=event.ends_at,
            )  # fmt: skip

        return notice

    def reply(self, event: Event, locale: str) -> Reply:
        """What is told; a title that reveals something is one press away, and on no locked screen."""
        said = [self.say(locale, "event-reminder", at=when(event))]
        said += [] if reveals(event.title) else [event.title]
        show = Action("event.show", self.say(locale, "do-show-event"), (event.code,))
        return Reply(tuple(Paragraph((each,)) for each in said), (show,), locale=locale)
