"""What moderators do with events: write, hand on, approve, send back, take back. The right is checked each time."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from bot.announcements.events import (
    LONGEST_LINE,
    Audience,
    Event,
    EventStep,
    check_date,
    sessions,
    times,
)
from bot.announcements.publishing import Publishing
from bot.core.form import Field, Form
from bot.core.reply import Action, Paragraph, Reply
from bot.core.request import FormSubmit, Request
from bot.errors import InputError
from bot.handlers.board import Board
from bot.handlers.desk import act_of, given, in_room, locale_of
from bot.outbox.model import Progress

LISTED = 10
Args = tuple[str, ...]
AUDIENCES: tuple[Audience, ...] = ("everyone", "peers")


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, for which communities, and with what."""

    request: Request
    by: str
    communities: frozenset[str]
    args: Args

    @property
    def code(self) -> str:
        if not self.args:
            raise InputError("error-input")
        return self.args[0]


@dataclass(frozen=True, slots=True)
class EventDesk:
    """Every act by its name."""

    board: Board

    @property
    def rules(self) -> Publishing:
        return publishing(self.board)

    async def __call__(self, request: Request) -> Reply:
        act, args = act_of(request)
        by, communities = self.board.moderator(act, request)
        reply = await self.ACTS[act](self, Acting(request, by, communities, args))
        return in_room(reply, request)

    async def _held(self, acting: Acting) -> Reply:
        found = await (await self.board.boards()).events.held(acting.communities, LISTED)
        locale, say = locale_of(acting.request), self.board.say
        listed = tuple(
            Action("event.open", f"{each.code}: {say(locale, f'announce-state-{_named(each)}')}", (each.code,))
            for each in found
        )
        write = Action("event.write", say(locale, "do-write-event"))
        return self.board.sentence(acting.request, "event-list", write, *listed, count=len(found))

    async def _found(self, acting: Acting) -> Event:
        """Raises InputError when there is none, or it is over."""
        found = await (await self.board.boards()).events.find(acting.code, acting.communities)
        if found is None:
            raise InputError("event-gone")
        return found

    async def _stepped(self, acting: Acting, step: EventStep) -> Reply:
        after = await (await self.board.boards()).events.step(acting.code, acting.communities, step)
        if after is None:
            raise InputError("event-gone")
        return await self._shown(acting.request, after)

    async def _write(self, acting: Acting) -> Reply:
        """Title, hours, zone, place: of a new one, or of one that is there."""
        request, locale = acting.request, locale_of(acting.request)
        held = await self._found(acting) if acting.args else None
        if not isinstance(request.body, FormSubmit):
            return Reply((), form=self._form(locale, held), locale=locale)
        values = given(request)
        first, last, zone = times(values.get("starts", ""), values.get("ends", ""), values.get("zone", ""))
        base = held or Event("", min(acting.communities), acting.by, "")
        new = replace(
            base, title=values.get("title", ""), locale=locale, starts=first, ends=last, zone=zone,
            place=self.board.code("place", values.get("place", "")),
        )  # fmt: skip
        if first is not None:
            check_date(new, self.board.opening.clock.now())
        if held is not None:
            rules = self.rules
            return await self._stepped(
                acting,
                lambda each, rooms: rules.change(
                    each, acting.by, replace(each, title=new.title, locale=locale, starts=first, ends=last, zone=zone,
                                             place=new.place), rooms,
                ),
            )  # fmt: skip
        return await self._shown(request, await (await self.board.boards()).events.add(new))

    def _form(self, locale: str, held: Event | None) -> Form:
        say = self.board.say
        now = held or Event("", "", "", "", zone="")
        form_id = f"event.write:{now.code}" if held else "event.write"
        return Form(form_id, say(locale, "event-title"), (
            Field("title", say(locale, "event-name"), max_length=LONGEST_LINE, value=now.title),
            Field("starts", say(locale, "event-starts"), required=False, max_length=20, value=_hour(now.starts)),
            Field("ends", say(locale, "event-ends"), required=False, max_length=20, value=_hour(now.ends)),
            Field("zone", say(locale, "subscribe-zone"), max_length=40, value=now.zone),
            Field("place", say(locale, "event-place"), required=False, max_length=80, value=now.place),
        ))  # fmt: skip

    async def _more(self, acting: Acting) -> Reply:
        """Organizer, address, topics, audience, sessions."""
        request, locale = acting.request, locale_of(acting.request)
        held = await self._found(acting)
        if not isinstance(request.body, FormSubmit):
            return Reply((), form=self._more_form(locale, held), locale=locale)
        values, rules = given(request), self.rules
        audience = values.get("audience", "")
        wanted: Audience = "peers" if audience == "peers" else "everyone"
        organizer = self.board.code("resource", values.get("organizer", ""))
        topics = self.board.codes("topic", values.get("topics", ""))
        return await self._stepped(
            acting,
            lambda each, rooms: rules.change(
                each, acting.by,
                replace(
                    each, organizer=organizer, topics=topics, address=values.get("address", ""), audience=wanted,
                    sessions=sessions(values.get("sessions", ""), each.starts),
                ),
                rooms,
            ),
        )  # fmt: skip

    def _more_form(self, locale: str, held: Event) -> Form:
        say, label = self.board.say, self.board.complete.label
        parts = "\n".join(f"{each.at:%Y-%m-%d %H:%M} {each.title}" for each in held.sessions)
        return Form(f"event.more:{held.code}", say(locale, "event-title"), (
            Field("organizer", say(locale, "event-organizer-field"), max_length=80, value=held.organizer),
            Field("address", say(locale, "event-address"), required=False, max_length=LONGEST_LINE, value=held.address),
            Field("topics", say(locale, "event-topics"), required=False, max_length=300,
                  value=", ".join(label("topic", each, locale) for each in held.topics)),
            Field("audience", say(locale, "event-audience"), "choice",
                  choices=tuple((each, say(locale, f"event-for-{each}")) for each in AUDIENCES)),
            Field("sessions", say(locale, "event-parts"), "paragraph", required=False, value=parts),
        ))  # fmt: skip

    async def _open(self, acting: Acting) -> Reply:
        return await self._shown(acting.request, await self._found(acting))

    async def _submit(self, acting: Acting) -> Reply:
        rules = self.rules
        return await self._stepped(acting, lambda each, rooms: rules.submit(each, acting.by, rooms))

    async def _approve(self, acting: Acting) -> Reply:
        rules, seen = self.rules, "".join(acting.args[1:2])
        version = int(seen) if seen.isdecimal() and len(seen) < 5 else 0
        return await self._stepped(acting, lambda each, rooms: rules.approve(each, acting.by, version, rooms))

    async def _back(self, acting: Acting) -> Reply:
        rules = self.rules
        return await self._stepped(acting, lambda each, _: rules.send_back(each, acting.by))

    async def _sure(self, acting: Acting) -> Reply:
        """To take back is one press more, because it cannot be undone."""
        label = self.board.say(locale_of(acting.request), "do-retract")
        return self.board.sentence(acting.request, "event-withdraw-sure", Action("event.gone", label, (acting.code,)))

    async def _withdraw(self, acting: Acting) -> Reply:
        rules = self.rules
        return await self._stepped(acting, lambda each, rooms: rules.withdraw(each, acting.by, rooms))

    async def _shown(self, request: Request, event: Event) -> Reply:
        """State, all of it, what is wrong with it, how far it is in the calendars of servers, and what can be done next."""
        locale = locale_of(request)
        said = self.board.say(locale, f"announce-state-{_named(event)}")
        blocks = [Paragraph((f"{event.code}: {said}",)), *self.rules.lines(event, locale)]
        progress = await (await self.board.boards()).outbox.progress(event.cause)
        if progress != Progress():
            told = self.board.progress(progress, locale)
            blocks.append(Paragraph((self.board.say(locale, "event-calendars", progress=told),)))
        return Reply(tuple(blocks), tuple(self._next(event, locale)), locale=locale)

    def _next(self, event: Event, locale: str) -> list[Action]:
        say, code, seen = self.board.say, (event.code,), (event.code, str(event.version))
        write = [
            Action("event.write", say(locale, "do-write-when"), code),
            Action("event.more", say(locale, "do-write-who"), code),
            Action("event.withdraw", say(locale, "do-retract"), code),
        ]
        match event.state:
            case "draft":
                return [Action("event.submit", say(locale, "do-submit-announcement"), code), *write]
            case "waiting":
                return [
                    Action("event.approve", say(locale, "do-approve-announcement"), seen),
                    Action("event.back", say(locale, "do-send-back"), seen),
                ]
            case "published":
                return write
            case _:
                return []

    ACTS: ClassVar[Mapping[str, Callable[["EventDesk", Acting], Awaitable[Reply]]]] = {
        "event.held": _held,
        "event.write": _write,
        "event.more": _more,
        "event.open": _open,
        "event.submit": _submit,
        "event.approve": _approve,
        "event.back": _back,
        "event.withdraw": _sure,
        "event.gone": _withdraw,
    }
    """Each by the name of its action, command or form."""


def publishing(board: Board) -> Publishing:
    """The steps of events as this installation has them."""
    known = board.tools.shelf().index.by_id
    return Publishing(board.rules, known.__contains__, board.opening.clock, board.complete.label)


def _named(event: Event) -> str:
    return "retracted" if event.state == "withdrawn" else event.state


def _hour(at: object) -> str:
    return str(at)[:16] if at else ""
