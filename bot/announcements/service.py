"""The steps of an announcement: written, read by others, published to the rooms that want it, corrected, taken back.

Who subscribes before its hour hears it too, and what waits follows what a room wants (`sayings`).
So many moderators as `vetting.approvals` says stand for what is published, its author among them; a value of 1 is said
on the card. A correction needs as many. One moderator alone may take back.

What comes later than it was to says so (`late`). What has an end is not said after it, and every copy that was said then
gets one line more, "this is over", by an edit that wakes nobody: who scrolls back sees what it was and does not go there. A
correction after the end keeps that line. Every step is pure; storage writes what it comes to at once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest
from zoneinfo import ZoneInfo

from bot.announcements import schedule
from bot.announcements.lint import Finding, Judge, findings, paragraphs
from bot.announcements.model import Announcement, Copy, Outcome, Rooms, Subscription
from bot.core.acts import Act
from bot.core.meeting import MeetingRooms
from bot.core.reply import Action, Block, Bullets, Heading, Link, Notice, Paragraph, Planned, Reply, Span
from bot.errors import InputError
from bot.outbox.model import Outgoing
from bot.text.messages import LOCALES

Say = Callable[..., str]
_AT_ONCE = 2
"""Changes of one copy are numbered: twice the version, and one more for its end."""
_PLATFORMS = ("discord", "matrix")
_WRITES_OUT = "discord"
"""Where a link stands behind its words; elsewhere the words can be pressed."""
LONGEST_CARD = 2600
"""So many characters of text, with what stands around it, are one message on every platform."""


@dataclass(frozen=True, slots=True)
class Announcing:
    """The rules. `say` gives a sentence by language and id; `judge` what a link is; `locale` is that of the review rooms."""

    say: Say
    judge: Judge
    meeting: MeetingRooms
    approvals: int
    locale: str = "en"

    def kept(self, announcement: Announcement) -> Outcome:
        """A draft written on: nothing else comes of it."""
        return Outcome(announcement)

    def findings(self, announcement: Announcement) -> list[Finding]:
        """What is wrong with it, in every language."""
        return [each for locale, text in announcement.texts.items() for each in findings(text, locale, self.judge)]

    def submit(self, announcement: Announcement, by: str, rooms: Rooms, now: datetime) -> Outcome:
        """Hand it to the other moderators; published at once where one is enough. Raises InputError for what holds it, and
        for what is over; what has begun and has an end ahead, such as the 16 Days, still goes out, and says it is late.
        """
        if announcement.state not in ("draft", "waiting"):
            raise InputError("announce-not-draft")
        if any(each.holds for each in self.findings(announcement)):
            raise InputError("announce-held")
        last = announcement.until or announcement.at
        if last is not None:
            schedule.check_ahead(last, now)
        waiting = replace(announcement, state="waiting", approved=(by,))
        return self._decided(waiting, rooms, now, Act(by, "announce-submit", announcement.code, now.date()))

    def correct(
        self, announcement: Announcement, by: str, texts: Mapping[str, str], rooms: Rooms, now: datetime
    ) -> Outcome:
        """Say it anew where it was said. Raises InputError before it was published, and for what holds it."""
        if announcement.state not in ("published", "correcting"):
            raise InputError("announce-not-published")
        version = announcement.version + 1
        new = replace(announcement, texts=dict(texts), state="correcting", version=version, approved=(by,))
        if any(each.holds for each in self.findings(new)):
            raise InputError("announce-held")
        return self._decided(new, rooms, now, Act(by, "announce-correct", announcement.code, now.date()))

    def approve(self, announcement: Announcement, by: str, version: int, rooms: Rooms, now: datetime) -> Outcome:
        """One more moderator stands for it. Raises InputError for the same one, and for a version they did not see."""
        if announcement.state not in ("waiting", "correcting"):
            raise InputError("announce-decided")
        if version != announcement.version:
            raise InputError("announce-other-version")
        if by in announcement.approved:
            raise InputError("announce-same")
        approved = replace(announcement, approved=(*announcement.approved, by))
        return self._decided(approved, rooms, now, Act(by, "announce-approve", announcement.code, now.date()))

    def send_back(self, announcement: Announcement, by: str, now: datetime) -> Outcome:
        """Not like this: its author may write it anew, as another version, for which nobody stands yet. What is published
        stays as it is said.
        """
        if announcement.state not in ("waiting", "correcting"):
            raise InputError("announce-decided")
        back = (
            replace(announcement, state="draft", approved=(), version=announcement.version + 1)
            if announcement.state == "waiting"
            else replace(announcement, state="published", approved=(), texts=announcement.said or announcement.texts)
        )  # fmt: skip
        return Outcome(back, acts=(Act(by, "announce-back", announcement.code, now.date()),))

    def retract(self, announcement: Announcement, by: str, rooms: Rooms, now: datetime) -> Outcome:
        """Take every copy back, and cancel what waits. Raises InputError when it was taken back before."""
        if announcement.state == "retracted":
            raise InputError("announce-decided")
        gone = replace(announcement, state="retracted", approved=())
        outgoing = tuple(
            Outgoing(copy.cause, copy.room, Reply((), audience="room"), "announcement", "withdraw")
            for copy in rooms.copies
        )
        return Outcome(gone, outgoing, (Act(by, "announce-retract", announcement.code, now.date()),))

    def _decided(self, announcement: Announcement, rooms: Rooms, now: datetime, act: Act) -> Outcome:
        """The step as far as it goes: out to the rooms when enough stand for it, else a card for the others."""
        if len(announcement.approved) < self.approvals:
            return Outcome(announcement, tuple(self._cards(announcement)), (act,))
        outgoing = (
            self._changes(announcement, rooms, now) if announcement.state == "correcting"
            else self._sayings(announcement, rooms.subscriptions, now)
        )  # fmt: skip
        published = replace(announcement, state="published", said=announcement.texts)
        return Outcome(published, tuple(outgoing), (act,))

    def _sayings(self, announcement: Announcement, wanted: Sequence[Subscription], now: datetime) -> list[Outgoing]:
        said = []
        for each in wanted:
            if each.is_calendar or not each.wants(announcement.topic, announcement.place):
                continue
            cause, ends_at = (
                f"{announcement.cause}/{announcement.locale_for(each.locale)}",
                _end(announcement, each.zone),
            )
            document = self._planned(announcement, each, self.document(announcement, each.locale), now)
            said.append(Outgoing(cause, each.room, document, "announcement", not_before=self._held_back(announcement, each, now),
                                 expires_at=ends_at, publish=True))  # fmt: skip
            said += self._over(announcement, Copy(each.room, cause), ends_at)
        return said

    def sayings(
        self, announcement: Announcement, wanted: Subscription, now: datetime, *, waited: bool
    ) -> list[Outgoing]:
        """What a room is told of it that wants other things than before: what waited there, and what has its hour ahead."""
        is_ahead = announcement.at is not None and schedule.instant(announcement.at, wanted.zone) > now
        published = replace(announcement, texts=announcement.said or announcement.texts)
        return self._sayings(published, [wanted], now) if waited or is_ahead else []

    def _held_back(self, announcement: Announcement, wanted: Subscription, now: datetime) -> datetime | None:
        """When it is due there; None for at once."""
        due = schedule.due_in(announcement.at, wanted.zone, wanted.quiet, now)
        return due if due > now else None

    def _planned(self, announcement: Announcement, wanted: Subscription, document: Reply, now: datetime) -> Reply:
        """The document with its hour in that room, for when it comes later than that: at the end of an outage, or because
        the last moderator stood for it then.
        """
        at = schedule.instant(announcement.at, wanted.zone) if announcement.at else now
        due = schedule.awake(at, wanted.zone, wanted.quiet)
        shown = f"{due.astimezone(ZoneInfo(wanted.zone)):%Y-%m-%d %H:%M}"
        return replace(document, planned=Planned(due, self.say(document.locale, "announce-late", at=shown)))

    def _changes(self, announcement: Announcement, rooms: Rooms, now: datetime) -> list[Outgoing]:
        """Every copy anew, in the language it was said in; also after its expiry, since what was wrong still stands there."""
        wanted = {each.room: each for each in rooms.subscriptions}
        changes = []
        for copy in rooms.copies:
            of_room = wanted.get(copy.room, Subscription(copy.room))
            ends_at = _end(announcement, of_room.zone)
            is_over = ends_at is not None and ends_at <= now
            document = self.document(announcement, copy.locale, is_over=is_over)
            if not copy.is_said:
                document = self._planned(announcement, of_room, document, now)
            version = _AT_ONCE * announcement.version
            changes.append(Outgoing(copy.cause, copy.room, document, "announcement", "change", version))
            changes += [] if is_over else self._over(announcement, copy, ends_at)
        return changes

    def _over(self, announcement: Announcement, copy: Copy, ends_at: datetime | None) -> list[Outgoing]:
        """What is made of a copy at its end."""
        if ends_at is None:
            return []
        document = self.document(announcement, copy.locale, is_over=True)
        version = _AT_ONCE * announcement.version + 1
        return [Outgoing(copy.cause, copy.room, document, "announcement", "change", version, not_before=ends_at)]

    def document(self, announcement: Announcement, wanted: str, *, is_over: bool = False) -> Reply:
        """What a room is shown where that language is spoken; after its end that it is over, in a line before it."""
        locale = announcement.locale_for(wanted)
        blocks = paragraphs(announcement.texts[locale])
        if announcement.said and announcement.said != announcement.texts:
            blocks = (*blocks, Paragraph((self.say(locale, "announce-corrected"),)))
        if is_over:
            blocks = (Paragraph((self.say(locale, "announce-over"),)), *blocks)
        return Reply(blocks, audience="room", locale=locale)

    def _cards(self, announcement: Announcement) -> list[Outgoing]:
        rooms = self.meeting.of(announcement.community)
        card = replace(self.card(announcement, self.locale), audience="room")
        return [
            Outgoing(f"announce/{announcement.code}/v{announcement.version}", room, card, "review") for room in rooms
        ]

    def card(self, announcement: Announcement, locale: str) -> Reply:
        """What the other moderators see: every language, what is wrong with it, when and where it goes, and the choices.

        What is too long for one message is opened first, and decided there.
        """
        say, seen = self.say, (announcement.code, str(announcement.version))
        blocks: list[Block] = [Paragraph((say(locale, "announce-card", code=announcement.code, by=announcement.by),))]
        if self.approvals == 1:
            blocks.append(Notice(say(locale, "announce-alone")))
        if sum(map(len, announcement.texts.values())) > LONGEST_CARD:
            blocks.append(Notice(say(locale, "announce-long")))
            look = Action("announce.open", say(locale, "do-look-draft"), (announcement.code,))
            return Reply(tuple(blocks), (look,), locale=locale)
        blocks[1:1] = self.preview(announcement, locale)
        actions = (
            Action("announce.approve", say(locale, "do-approve-announcement"), seen),
            Action("announce.back", say(locale, "do-send-back"), seen),
        )
        return Reply(tuple(blocks), actions, locale=locale)

    def preview(self, announcement: Announcement, locale: str) -> list[Block]:
        """The languages side by side, which are missing, then when and where, then what is wrong."""
        say = self.say
        blocks = [*self._beside(announcement, locale), Paragraph((self._when(announcement, locale),))]
        missing = [say(each, "language-self") for each in LOCALES if each not in announcement.texts]
        if missing:
            instead = say(announcement.locale_for(""), "language-self")
            blocks.append(Notice(say(locale, "announce-missing", languages=", ".join(missing), instead=instead)))
        wrong = tuple((each.said(say, locale),) for each in self.findings(announcement))
        return [*blocks, *([Bullets(wrong)] if wrong else [])]

    def _beside(self, announcement: Announcement, locale: str) -> list[Block]:
        """Part by part in every language, so that who reads two of them sees what differs; one language as it is."""
        names = {each: self.say(each, "language-self") for each in announcement.texts}
        parts = {each: paragraphs(text) for each, text in announcement.texts.items()}
        if len(parts) == 1:
            [(name, own)] = zip(names.values(), parts.values(), strict=True)
            return [Heading(name), *own]
        gone = Paragraph((self.say(locale, "announce-paragraph-missing"),))
        rows: Iterable[tuple[Paragraph, ...]] = zip_longest(*parts.values(), fillvalue=gone)
        return [
            Bullets(tuple((f"{name}: ", *each.spans) for name, each in zip(names.values(), row, strict=True)))
            for row in rows
        ]

    def as_read(self, announcement: Announcement, wanted: str, locale: str, here: str) -> Reply:
        """Exactly what rooms of that language are shown, as the platform `here` shows it; then what others do otherwise."""
        shown = self.document(announcement, wanted)
        parts = [part.spans for part in shown.blocks if isinstance(part, Paragraph)]
        more: list[Block] = [Notice(self.say(locale, f"announce-on-{each}")) for each in _PLATFORMS if each != here]
        hides = any(isinstance(each, Link) and each.label != each.url for part in parts for each in part)
        if hides and here != _WRITES_OUT:
            plain = [Paragraph(tuple(_written_out(each) for each in part)) for part in parts]
            more += [Notice(self.say(locale, "announce-plain")), *plain]
        back = Action("announce.open", self.say(locale, "do-back"), (announcement.code,))
        return Reply((*shown.blocks, *more), (back,), locale=locale)

    def _when(self, announcement: Announcement, locale: str) -> str:
        say = self.say
        at = f"{announcement.at:%Y-%m-%d %H:%M}" if announcement.at else say(locale, "announce-at-once")
        until = f"{announcement.until:%Y-%m-%d %H:%M}" if announcement.until else "-"
        topic = say(locale, f"topic-{announcement.topic}") if announcement.topic else "-"
        return say(locale, "announce-when", at=at, until=until, topic=topic, place=announcement.place or "-")


def _end(announcement: Announcement, zone: str) -> datetime | None:
    return schedule.instant(announcement.until, zone) if announcement.until else None


def _written_out(span: Span) -> str:
    if isinstance(span, str):
        return span
    return span.url if span.label == span.url else f"{span.label}: {span.url}"
