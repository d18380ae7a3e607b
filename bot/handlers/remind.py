"""Being reminded of an event: asked for by one press, told once and privately, taken back by another press."""

from dataclasses import dataclass

from bot.announcements.reminding import Ahead, Reminder, is_in_time
from bot.core.reply import Action, Reply
from bot.core.request import Request
from bot.errors import InputError
from bot.handlers.desk import act_of, locale_of
from bot.handlers.events import Events

ACTS = ("remind", "remind.stop")


@dataclass(frozen=True, slots=True)
class Remind:
    """Both acts by their name. Only where the person can be told something alone."""

    events: Events

    async def __call__(self, request: Request) -> Reply:
        act, args = act_of(request)
        board, room = self.events.board, request.writes_to
        if room is None:
            raise InputError("vetting-privately")
        reminders = (await board.boards()).reminders
        if act == "remind.stop":
            await reminders.forget(args[0] if args else "", room)
            return board.sentence(request, "event-remind-stopped")
        event = await self.events.coming(request, args)
        ahead = _ahead(args)
        if event.begins_at is None or not is_in_time(ahead, event.begins_at - board.opening.clock.now()):
            raise InputError("event-remind-late")
        await reminders.put(Reminder(event.code, room, locale_of(request), ahead), event)
        stop = Action("remind.stop", board.say(locale_of(request), "do-remind-stop"), (event.code,))
        return board.sentence(request, "event-remind-kept", stop)


def _ahead(args: tuple[str, ...]) -> Ahead:
    return "hours" if args[1:2] == ("hours",) else "day"
