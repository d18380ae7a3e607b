"""The steps of an event: written, read by others, published, changed, taken back; and what calendars of servers are told.

One moderator alone may take an event back; a change takes it out of sight until enough stand for it again. Every step is
pure; storage writes what it comes to at once.

Where the people of a server wished it (`/subscribe`), a published event stands in the server's own calendar (Discord's
scheduled events): put there once, changed and taken out with the event, never for one of peers. Where the bot may not
make events nothing is put there, moderators see it under the event, and `/events` shows it as everywhere. What somebody
of the server took out of its calendar stays out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.announcements import schedule
from bot.announcements.events import Event, EventOutcome, check_date, check_sessions, when
from bot.announcements.lint import Finding, findings
from bot.announcements.model import Copy, Rooms, Subscription
from bot.announcements.service import Announcing
from bot.core.acts import Act
from bot.core.clock import Clock
from bot.core.reply import Action, Block, Bullets, Gathering, Notice, Paragraph, Reply
from bot.errors import InputError
from bot.outbox.model import Outgoing

IN_CALENDARS = timedelta(days=58)
"""Where it was said is known for 90 days (`policy.md` §8): so long an event of 31 days can be changed there to its end."""


@dataclass(frozen=True, slots=True)
class Publishing:
    """The rules. `knows` says whether an id is that of a record, `label` what a code ("place", "topic", "resource") is
    called in a language; the rest is as for announcements.
    """

    rules: Announcing
    knows: Callable[[str], bool]
    clock: Clock
    label: Callable[[str, str, str], str]

    def findings(self, event: Event) -> list[Finding]:
        """What is wrong with its words."""
        text = "\n".join([event.title, event.address, *(each.title for each in event.sessions)])
        return findings(text, event.locale, self.rules.judge)

    def change(self, event: Event, by: str, new: Event, rooms: Rooms) -> EventOutcome:
        """Write it anew: it is a draft again, also when it was published. Raises InputError for one taken back.

        Calendars go on showing what was approved last, until enough stand for the new one; what becomes a thing of peers
        leaves them at once.
        """
        if event.state == "withdrawn":
            raise InputError("announce-decided")
        is_draft = event.state == "draft"
        version = event.version if is_draft else event.version + 1
        kept = replace(
            new, code=event.code, community=event.community, uid=event.uid, by=event.by,
            state="draft", version=version, approved=(),
        )  # fmt: skip
        out = self._gone(rooms.copies) if kept.audience == "peers" else []
        return EventOutcome(kept, tuple(out), () if is_draft else (self._act(by, "event-change", event),))

    def submit(self, event: Event, by: str, rooms: Rooms) -> EventOutcome:
        """Hand it to the other moderators; published at once where one is enough. Raises InputError for what holds it."""
        if event.state not in ("draft", "waiting"):
            raise InputError("announce-not-draft")
        self._check(event)
        waiting = replace(event, state="waiting", approved=(by,))
        return self._decided(waiting, rooms, self._act(by, "event-submit", event))

    def approve(self, event: Event, by: str, version: int, rooms: Rooms) -> EventOutcome:
        """One more stands for it. Raises InputError for the same one, and for a version they did not see."""
        if event.state != "waiting":
            raise InputError("announce-decided")
        if version != event.version:
            raise InputError("announce-other-version")
        if by in event.approved:
            raise InputError("announce-same")
        self._check(event)
        approved = replace(event, approved=(*event.approved, by))
        return self._decided(approved, rooms, self._act(by, "event-approve", event))

    def send_back(self, event: Event, by: str) -> EventOutcome:
        """Not like this: it may be written anew, as another version, for which nobody stands yet."""
        if event.state != "waiting":
            raise InputError("announce-decided")
        draft = replace(event, state="draft", approved=(), version=event.version + 1)
        return EventOutcome(draft, acts=(self._act(by, "event-back", event),))

    def withdraw(self, event: Event, by: str, rooms: Rooms) -> EventOutcome:
        """Nobody is told of it any more; one moderator is enough. Raises InputError when it was taken back before."""
        if event.state == "withdrawn":
            raise InputError("announce-decided")
        gone = replace(event, state="withdrawn", approved=())
        return EventOutcome(gone, tuple(self._gone(rooms.copies)), (self._act(by, "event-withdraw", event),))

    def _check(self, event: Event) -> None:
        """Raises InputError for what nobody may publish."""
        check_date(event, self.clock.now())
        check_sessions(event)
        if not self.knows(event.organizer):
            raise InputError("event-no-organizer")
        if any(each.holds for each in self.findings(event)):
            raise InputError("announce-held")

    def _act(self, by: str, action: str, event: Event) -> Act:
        return Act(by, action, event.code, self.clock.now().date())

    def _decided(self, event: Event, rooms: Rooms, act: Act) -> EventOutcome:
        if len(event.approved) >= self.rules.approvals:
            return EventOutcome(replace(event, state="published"), tuple(self.gatherings(event, rooms)), (act,))
        return EventOutcome(event, tuple(self._cards(event)), (act,))

    def gatherings(self, event: Event, rooms: Rooms) -> list[Outgoing]:
        """What the calendars of servers are told of a published event: put it in, or bring what is there up to it.

        It is put in within `IN_CALENDARS` of its beginning, and only where the server wants it. What is not there yet
        goes in anew, for its hours may be others now.
        """
        said, waits = ([each for each in rooms.copies if each.is_said is is_said] for is_said in (True, False))
        if event.audience == "peers" or event.begins_at is None or event.ends_at is None:
            return self._gone(rooms.copies)
        span = event.begins_at, event.ends_at
        there = {each.room for each in said}
        made = [
            Outgoing(each.cause, each.room, self._gathering(event, span, event.locale), "announcement", "change", event.version,
                     expires_at=event.ends_at)
            for each in said
        ]  # fmt: skip
        due = event.begins_at - IN_CALENDARS
        made += [
            Outgoing(f"{event.cause}/v{event.version}", each.room, self._gathering(event, span, each.locale), "announcement",
                     not_before=due if due > self.clock.now() else None, expires_at=event.begins_at)
            for each in rooms.subscriptions
            if each.is_calendar and each.room not in there and _wants(each, event)
        ]  # fmt: skip
        return [*self._gone(waits), *made]

    def _gone(self, copies: Sequence[Copy]) -> list[Outgoing]:
        return [
            Outgoing(each.cause, each.room, Reply((), audience="room"), "announcement", "withdraw") for each in copies
        ]

    def _gathering(self, event: Event, span: tuple[datetime, datetime], locale: str) -> Reply:
        """Nothing in it is for moderators alone."""
        say, label = self.rules.say, self.label
        place = label("place", event.place, locale) if event.place else say(locale, "event-online")
        topics = ", ".join(label("topic", each, locale) for each in event.topics)
        parts = [f"{each.at:%Y-%m-%d %H:%M} {each.title}" for each in event.sessions]
        name = label("resource", event.organizer, locale) if self.knows(event.organizer) else event.organizer
        organizer = say(locale, "event-organizer", name=name)
        lines = [event.title, when(event), organizer, *([topics] if topics else []), *parts]
        gathering = Gathering(event.code, event.title, *span, event.public_address or place, "\n".join(lines))
        return Reply((), audience="room", locale=locale, gathering=gathering)

    def _cards(self, event: Event) -> list[Outgoing]:
        card = self.card(event, self.rules.locale)
        return [
            Outgoing(f"event/{event.code}/v{event.version}", room, card, "review", expires_at=event.ends_at)
            for room in self.rules.meeting.of(event.community)
        ]

    def card(self, event: Event, locale: str) -> Reply:
        """What the other moderators see: all of it, what is wrong with it, and the choices."""
        say, seen = self.rules.say, (event.code, str(event.version))
        said = say(locale, "event-card", code=event.code, by=event.approved[0])
        blocks = [Paragraph((said,)), *self.lines(event, locale)]
        if self.rules.approvals == 1:
            blocks.append(Notice(say(locale, "announce-alone")))
        actions = (
            Action("event.approve", say(locale, "do-approve-announcement"), seen),
            Action("event.back", say(locale, "do-send-back"), seen),
        )
        return Reply(tuple(blocks), actions, audience="room", locale=locale)

    def lines(self, event: Event, locale: str) -> list[Block]:
        """All of it, for moderators; then what is wrong with its words."""
        say = self.rules.say
        told = (
            event.title,
            when(event) or say(locale, "event-no-date"),
            say(locale, "event-where", place=event.place or say(locale, "event-online"), address=event.address or "-"),
            say(locale, "event-organizer", name=event.organizer or "-"),
            say(locale, f"event-for-{event.audience}"),
            *(f"{each.at:%Y-%m-%d %H:%M} {each.title}" for each in event.sessions),
        )
        hours = [each for each in (event.starts, event.ends, *(part.at for part in event.sessions)) if each is not None]
        odd = [Notice(said) for each in hours if (said := schedule.oddity(each, event.zone, say, locale))]
        wrong = tuple((each.said(say, locale),) for each in self.findings(event))
        return [Bullets(tuple((line,) for line in told)), *odd, *([Bullets(wrong)] if wrong else [])]


def _wants(calendar: Subscription, event: Event) -> bool:
    return any(calendar.wants(topic, event.place) for topic in event.topics or ("",))
