"""What a room wants to hear: topics, places, language, hours. Only who keeps the room decides it, in that room."""

from dataclasses import dataclass, replace

from bot.announcements import schedule
from bot.announcements.model import Rooms, Subscription
from bot.core.form import Field, Form
from bot.core.reply import Action, Bullets, Paragraph, Reply
from bot.core.request import FormSubmit, Request, RoomRef
from bot.handlers.board import Board
from bot.handlers.desk import act_of, given, in_room, locale_of
from bot.handlers.event import publishing
from bot.text.messages import LOCALES

ACTS = ("subscribe", "subscribe.change", "subscribe.digest", "subscribe.calendar", "subscribe.stop")


@dataclass(frozen=True, slots=True)
class Subscribe:
    board: Board

    async def __call__(self, request: Request) -> Reply:
        act, args = act_of(request)
        rooms = (await self.board.boards()).subscriptions
        held = await rooms.of(request.room)
        if act == "subscribe.stop":
            return in_room(await self._stopped(request), request)
        if act == "subscribe.calendar" and held is not None and request.calendar is not None:
            return in_room(await self._calendar(request, held, request.calendar, is_wanted=args == ("on",)), request)
        if act == "subscribe.digest" and held is not None:
            held = replace(held, digest=args == ("on",))
            await rooms.put(held)
        elif isinstance(request.body, FormSubmit):
            held = self._wanted(request, held)
            await rooms.put(held)
            await self._followed(held)
            calendar = await self._calendar_of(request)
            if calendar is not None:
                await self._fill(held, calendar)
        elif held is None or act == "subscribe.change":
            return Reply((), form=self._form(request, held), locale=locale_of(request))
        return in_room(await self._shown(request, held or Subscription(request.room)), request)

    async def _followed(self, held: Subscription) -> None:
        """What waits for the room is said as it wants it now."""
        rules, now = self.board.rules, self.board.opening.clock.now()
        announcements = (await self.board.boards()).announcements
        await announcements.follow(held, lambda each, waited: rules.sayings(each, held, now, waited=waited))

    async def _calendar(self, request: Request, held: Subscription, calendar: RoomRef, *, is_wanted: bool) -> Reply:
        """The calendar of a server hears of events as this room hears of them; what is coming goes there at once."""
        if is_wanted:
            await self._fill(held, calendar)
        else:
            await (await self.board.boards()).subscriptions.forget(calendar)
        return await self._shown(request, held)

    async def _fill(self, held: Subscription, calendar: RoomRef) -> None:
        boards, rules = await self.board.boards(), publishing(self.board)
        wanted = replace(held, room=calendar, quiet=None, digest=False, is_calendar=True, set_by=held.room.id)
        await boards.subscriptions.put(wanted)
        for event in await boards.events.coming():
            there = {each.room for each in await boards.outbox.messages_of(event.cause)}
            if calendar not in there:
                await boards.outbox.add(rules.gatherings(event, Rooms([wanted])))

    async def _calendar_of(self, request: Request) -> RoomRef | None:
        """The calendar that was set from this room, None where none was."""
        rooms = (await self.board.boards()).subscriptions
        found = await rooms.of(request.calendar) if request.calendar is not None else None
        return found.room if found and found.set_by in ("", request.room.id) else None

    async def _stopped(self, request: Request) -> Reply:
        """The room hears nothing more. A calendar that was set from it ends with it, and that is said."""
        rooms, calendar = (await self.board.boards()).subscriptions, await self._calendar_of(request)
        await rooms.forget(request.room)
        if calendar is None:
            return self.board.sentence(request, "subscribe-stopped")
        await rooms.forget(calendar)
        return self.board.sentence(request, "subscribe-stopped-calendar")

    def _form(self, request: Request, held: Subscription | None) -> Form:
        say, locale = self.board.say, locale_of(request)
        now = held or Subscription(request.room, locale=locale)
        languages = tuple((each, say(each, "language-self")) for each in LOCALES)
        return Form("subscribe", say(locale, "subscribe-title"), (
            Field("topics", say(locale, "subscribe-topics"), required=False, max_length=300,
                  value=", ".join(say(locale, f"topic-{each}") for each in now.topics)),
            Field("places", say(locale, "subscribe-places"), required=False, max_length=300, value=", ".join(now.places)),
            Field("language", say(locale, "subscribe-language"), "choice", choices=languages),
            Field("zone", say(locale, "subscribe-zone"), max_length=40, value=now.zone if held else ""),
            Field("quiet", say(locale, "subscribe-quiet"), required=False, max_length=20, value=_hours(now)),
        ))  # fmt: skip

    def _wanted(self, request: Request, held: Subscription | None) -> Subscription:
        values = given(request)
        quiet = values.get("quiet", "")
        language = values.get("language", "")
        return Subscription(
            request.room,
            self.board.codes("topic", values.get("topics", "")),
            self.board.codes("place", values.get("places", "")),
            language if language in LOCALES else locale_of(request),
            schedule.zone_named(values.get("zone", "")),
            schedule.quiet_hours(quiet) if quiet else schedule.NIGHT,
            digest=held is not None and held.digest,
            server=request.server,
        )

    async def _shown(self, request: Request, held: Subscription) -> Reply:
        say, locale = self.board.say, locale_of(request)
        topics = ", ".join(say(locale, f"topic-{each}") for each in held.topics) or "-"
        places = ", ".join(self.board.complete.label("place", each, locale) for each in held.places) or "-"
        lines: tuple[str, ...] = (
            say(locale, "subscribe-is-topics", topics=topics),
            say(locale, "subscribe-is-places", places=places),
            say(locale, "subscribe-is-language", language=say(held.locale, "language-self")),
            say(locale, "subscribe-is-hours", zone=held.zone, quiet=_hours(held)),
            say(locale, "subscribe-digest-on" if held.digest else "subscribe-digest-off"),
        )
        calendar: list[Action] = []
        if request.calendar is not None:
            is_on = await (await self.board.boards()).subscriptions.of(request.calendar) is not None
            lines = (*lines, say(locale, "subscribe-calendar-on" if is_on else "subscribe-calendar-off"))
            calendar = [Action("subscribe.calendar", say(locale, "do-calendar-off" if is_on else "do-calendar-on"),
                               ("off" if is_on else "on",))]  # fmt: skip
        actions = (
            Action("subscribe.change", say(locale, "do-change")),
            Action("subscribe.digest", say(locale, "do-digest-off" if held.digest else "do-digest-on"),
                   ("off" if held.digest else "on",)),
            *calendar,
            Action("subscribe.stop", say(locale, "do-unsubscribe")),
        )  # fmt: skip
        blocks = (Paragraph((say(locale, "subscribe-is"),)), Bullets(tuple((line,) for line in lines)))
        return Reply(blocks, actions, locale=locale)


def _hours(held: Subscription) -> str:
    return f"{held.quiet.start:%H:%M}-{held.quiet.end:%H:%M}" if held.quiet else "-"
