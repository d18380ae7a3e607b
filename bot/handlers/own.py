"""What is kept, with what this person asked for themself: each of it named, and all of it erased by one press."""

import inspect
from dataclasses import dataclass, replace

from bot.announcements.events import when
from bot.announcements.ports import Own
from bot.core.reply import Action, Block, Bullets, Notice, Paragraph, Reply
from bot.core.request import Request, RoomRef
from bot.errors import StorageError
from bot.handlers.board import Board
from bot.handlers.desk import act_of, locale_of
from bot.handlers.router import Handler

ACTS = ("privacy", "privacy.erase")


@dataclass(frozen=True, slots=True)
class OwnPrivacy:
    """`facts` says what is kept at this door. In a terminal, and where others read along, that is all."""

    board: Board
    facts: Handler

    async def __call__(self, request: Request) -> Reply:
        room = request.writes_to if request.is_private and self.board.opening.is_open else None
        if act_of(request)[0] == "privacy.erase" and room is not None:
            await (await self.board.boards()).own.erase(room)
            return self.board.sentence(request, "privacy-erased")
        facts = self.facts(request)
        said = await facts if inspect.isawaitable(facts) else facts
        if room is None:
            return said
        try:
            more, actions = await self._own(room, locale_of(request))
        except StorageError as error:
            # What holds for everybody is said all the same.
            more, actions = [Notice(self.board.say(locale_of(request), error.message_id))], ()
        return replace(said, blocks=(*said.blocks, *more), actions=(*said.actions, *actions))

    async def _own(self, room: RoomRef, locale: str) -> tuple[list[Block], tuple[Action, ...]]:
        boards, say = await self.board.boards(), self.board.say
        own = await boards.own.of(room)
        if own == Own():
            return [Paragraph((say(locale, "privacy-own-none"),))], ()
        lines = []
        for code in own.reminders:
            event = await boards.events.find(code)
            lines.append(say(locale, "privacy-own-reminder", event=f"{when(event)} {event.title}" if event else code))
        if own.told:
            lines.append(say(locale, "privacy-own-told", count=own.told))
        erase = Action("privacy.erase", say(locale, "do-erase-own"))
        return [Paragraph((say(locale, "privacy-own"),)), Bullets(tuple((line,) for line in lines))], (erase,)
