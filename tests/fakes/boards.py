"""Handlers of announcements on a real storage: what a moderator or a person does, one line each."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from bot.app import build
from bot.core.meeting import MeetingRooms
from bot.core.moderators import Standing
from bot.core.reply import Action, Reply
from bot.core.request import ActionPress, Actor, Command, FormSubmit, Request, RoomRef
from bot.handlers.announcing import with_announcements
from bot.handlers.router import Router
from bot.handlers.shelf import Shelf
from bot.keeping import opening_in
from bot.settings import Community, ReviewRooms, Settings
from bot.storage.open import Storage
from tests.fakes.clock import FakeClock

COMMUNITY = Community(id="here", review_rooms=ReviewRooms(matrix="!review:example.org"))
ROWAN, ALEX = (Standing(name, frozenset({"here"}), is_proven=True) for name in ("rowan", "alex"))
KEEPER = Standing(keeps_room=True, is_proven=True)
PERSON = Standing()
_BUILT = cache(lambda: build(Settings(), strict=True))


@dataclass
class Desk:
    """One installation; `shelf` in the place of the shipped directory. `do` presses, submits or commands; the reply is the bot's."""

    storage: Storage
    clock: FakeClock
    approvals: int = 2
    shelf: Shelf | None = None

    def __post_init__(self) -> None:
        app = _BUILT()
        vetting = replace(app.settings.vetting, approvals=self.approvals)
        self.tools = replace(app.ask.tools, meeting=MeetingRooms((COMMUNITY,)))
        shelf = self.shelf
        if shelf is not None:
            self.tools = replace(self.tools, shelf=lambda: shelf)
        self.settings = settings = replace(app.settings, communities=(COMMUNITY,), vetting=vetting)
        router = Router(app.messages, app.router.handlers, app.router.commands, self.tools.meeting)
        self.opening = opening_in(self.storage, self.clock)
        self.router = with_announcements(router, self.tools, settings, self.opening)
        self.count = 0

    async def do(
        self, who: Standing, what: str, *args: str, room: str = "!dm:example.org", locale: str = "en", **values: str
    ) -> Reply:
        """`what` is a command when it stands alone, else an action; with `values` the form of that name."""
        self.count += 1
        body = (
            FormSubmit(":".join((what, *args)), values) if values
            else ActionPress(what, args) if args or "." in what else Command(what)
        )  # fmt: skip
        request = Request(
            str(self.count), Actor(locale, "mark", who), RoomRef("matrix", room), body, self.clock.now(),
            is_private=room.startswith("!dm"), writes_to=RoomRef("matrix", room) if room.startswith("!dm") else None,
        )  # fmt: skip
        return await self.router.dispatch(request)

    async def wait(self, **span: float) -> None:
        self.clock.advance(timedelta(**span))


def words(reply: Reply) -> str:
    """Everything a reply says, in one line."""
    lines: list[str] = []
    for block in reply.blocks:
        match block.kind:
            case "heading" | "notice":
                lines.append(block.text)
            case "paragraph":
                lines.append("".join(each if isinstance(each, str) else each.label for each in block.spans))
            case "bullets":
                lines += [
                    "".join(each if isinstance(each, str) else each.label for each in item) for item in block.items
                ]
            case "card":
                lines.append(block.title)
    return " | ".join(lines)


def action(reply: Reply, name: str) -> Action:
    """The first action of that name."""
    return next(each for each in reply.actions if each.id == name)
