"""What is coming: events two moderators published, events of the directory, and the days of the movement.

Of an event for peers no address is shown to anybody: its organizer tells peers where it is.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.announcements.days import days
from bot.announcements.events import Event, when
from bot.announcements.model import meet
from bot.announcements.reminding import AHEAD, is_in_time
from bot.core.form import Field, Form
from bot.core.reply import Action, Block, Bullets, Heading, Notice, Paragraph, Reply, Span
from bot.core.request import Request
from bot.directory.model import WORLDWIDE, Resource
from bot.errors import InputError
from bot.handlers.board import Board
from bot.handlers.desk import act_of, given, locale_of

SHOWN = 8
Args = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Events:
    """Every act by its name. What only reads opens nothing that is kept, unless a bot runs that has it open anyway."""

    board: Board

    async def __call__(self, request: Request) -> Reply:
        act, args = act_of(request)
        return await self.ACTS[act](self, request, args)

    async def _list(self, request: Request, _: Args) -> Reply:
        """What is coming, of a topic and at a place if one was named."""
        locale, values, today = locale_of(request), given(request), request.received_at.date()
        topic, place = (
            self.board.code("topic", values.get("topic", "")),
            self.board.code("place", values.get("place", "")),
        )
        coming = [each for each in await self._coming(request) if each.is_about(topic, place)]
        known = [each for each in self._records(today) if _is_about(each, topic, place)]
        events, records = coming[:SHOWN], known[:SHOWN]
        left = len(coming) + len(known) - len(events) - len(records)
        more = [self.board.say(locale, "digest-more", count=left)] if left else []
        blocks = [
            *self._part("events-coming" if events or records else "events-none", locale,
                        [*map(self._line, events), *(each.name for each in records), *more]),
            *self._part("events-days", locale, [] if topic else list(_days(locale, place, today))),
        ]  # fmt: skip
        actions = (
            *(Action("event.show", each.title[:80], (each.code,)) for each in events),
            *(Action("show", each.name[:80], (each.id,)) for each in records),
            Action("events.choose", self.board.say(locale, "do-choose-events")),
        )
        return Reply(tuple(blocks), (*actions, *self._for_moderators(request)), locale=locale)

    def _part(self, message_id: str, locale: str, lines: list[str]) -> list[Block]:
        if not lines and message_id == "events-days":
            return []
        said: list[Block] = [Paragraph((self.board.say(locale, message_id),))]
        return [*said, Bullets(tuple((line,) for line in lines))] if lines else said

    def _line(self, event: Event) -> str:
        return f"{when(event)}: {event.title}"

    def _for_moderators(self, request: Request) -> list[Action]:
        is_moderator = request.actor.standing.moderator and self.board.opening.is_open
        return [Action("event.held", self.board.say(locale_of(request), "do-hold-events"))] if is_moderator else []

    async def _coming(self, request: Request) -> Sequence[Event]:
        if self.board.opening.is_open:
            return await (await self.board.boards()).events.coming()
        return [each for each in self.board.opening.shown() if each.is_coming(request.received_at)]

    def _records(self, today: date) -> list[Resource]:
        """Events of the directory that are not over."""
        return [
            each for each in self.board.tools.shelf().index.records
            if each.kind == "event" and (each.ends is None or today <= each.ends.latest)
        ]  # fmt: skip

    async def _choose(self, request: Request, _: Args) -> Reply:
        say, locale = self.board.say, locale_of(request)
        form = Form("events", say(locale, "events-title"), (
            Field("topic", say(locale, "events-topic"), required=False, max_length=80),
            Field("place", say(locale, "events-place"), required=False, max_length=80),
        ))  # fmt: skip
        return Reply((), form=form, locale=locale)

    async def _show(self, request: Request, args: Args) -> Reply:
        """All that people are told of one event. Raises InputError for one that is over, or not published."""
        event = await self.coming(request, args)
        locale = locale_of(request)
        lines = self._told(event, locale)
        blocks: list[Block] = [Heading(event.title), Bullets(tuple(lines))]
        if event.sessions:
            blocks.append(Bullets(tuple((f"{each.at:%Y-%m-%d %H:%M} {each.title}",) for each in event.sessions)))
        if event.audience == "peers" and event.place:
            blocks.append(Notice(self.board.say(locale, "event-ask-address")))
        organizer = Action("show", self.board.say(locale, "do-show-organizer"), (event.organizer,))
        return Reply(tuple(blocks), (organizer, *self._reminders(request, event)), locale=locale)

    def _reminders(self, request: Request, event: Event) -> list[Action]:
        """What can be pressed to be reminded of it; nothing where this person cannot be told alone."""
        if request.writes_to is None or not request.is_private or event.begins_at is None:
            return []
        left, say = event.begins_at - self.board.opening.clock.now(), self.board.say
        return [
            Action("remind", say(locale_of(request), f"do-remind-{ahead}"), (event.code, ahead))
            for ahead in AHEAD
            if is_in_time(ahead, left)
        ]

    async def coming(self, request: Request, args: Args) -> Event:
        """The published event of an action. Raises InputError when there is none, or it is over."""
        found = next((each for each in await self._coming(request) if each.code in args[:1]), None)
        if found is None:
            raise InputError("event-gone")
        return found

    def _told(self, event: Event, locale: str) -> list[tuple[Span, ...]]:
        say, label = self.board.say, self.board.complete.label
        place = label("place", event.place, locale) if event.place else say(locale, "event-online")
        index = self.board.tools.shelf().index
        name = label("resource", event.organizer, locale) if event.organizer in index.by_id else event.organizer
        return [
            (when(event),),
            (say(locale, "event-where", place=place, address=event.public_address or "-"),),
            (say(locale, "event-organizer", name=name),),
            (say(locale, f"event-for-{event.audience}"),),
            *([(", ".join(label("topic", each, locale) for each in event.topics),)] if event.topics else []),
        ]

    ACTS: ClassVar[Mapping[str, Callable[["Events", Request, Args], Awaitable[Reply]]]] = {
        "events": _list,
        "events.choose": _choose,
        "event.show": _show,
    }
    """Each by the name of its action, command or form."""


def _days(locale: str, place: str, today: date) -> Iterable[str]:
    """The days that are on or come next, the nearest first, without those of another country."""
    coming = sorted(((*day.next(today), day) for day in days()), key=lambda each: each[:2])
    for first, last, day in coming:
        if not place or not day.place or meet(place, day.place):
            yield f"{first}: {day.name_in(locale)}" if first == last else f"{first} – {last}: {day.name_in(locale)}"


def _is_about(record: Resource, topic: str, place: str) -> bool:
    return (not topic or topic in record.topics) and (not place or any(_covers(place, record)))


def _covers(place: str, record: Resource) -> Iterable[bool]:
    for area in record.coverage:
        code = area.region or area.country
        yield area.country == WORLDWIDE or meet(place, f"{code}/{area.place}" if area.place else code)
