"""A message that may or may not have arrived: moderators are asked to look, and say so."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.core.clock import Clock
from bot.core.meeting import MeetingRooms
from bot.core.reply import Action, Paragraph, Reply
from bot.core.request import ActionPress, Request, RoomRef
from bot.errors import InputError
from bot.handlers.router import Router
from bot.handlers.shelf import locale_or_english
from bot.outbox.model import Delivery, Outgoing
from bot.outbox.ports import Outbox
from bot.text.messages import Messages

ARRIVED, AGAIN = "uncertain.arrived", "uncertain.again"
_CAUSE = "uncertain"


@dataclass(frozen=True, slots=True)
class Notices:
    """What is told about a delivery that is uncertain: a card in each review room of its platform, else of the other."""

    messages: Messages
    meeting: MeetingRooms
    locale: str

    def __call__(self, delivery: Delivery) -> list[Outgoing]:
        """Nothing for a card of this kind: whether it arrived shows when somebody answers it."""
        cause = delivery.outgoing.cause
        if cause.startswith(f"{_CAUSE}/"):
            return []
        reply = self._card(delivery)
        return [Outgoing(f"{_CAUSE}/{delivery.id}", room, reply, "review") for room in self._rooms()]

    def _rooms(self) -> Iterable[RoomRef]:
        for community in self.meeting.communities:
            yield from self.meeting.of(community.id)

    def _card(self, delivery: Delivery) -> Reply:
        outgoing, say, locale = delivery.outgoing, self.messages.say, self.locale
        where = say(locale, "uncertain-where", platform=outgoing.room.platform, room=outgoing.room.id)
        lines = (say(locale, "uncertain-what", cause=outgoing.cause), where, say(locale, "uncertain-how"))
        actions = (
            Action(ARRIVED, say(locale, "do-uncertain-arrived"), (str(delivery.id),)),
            Action(AGAIN, say(locale, "do-uncertain-again"), (str(delivery.id),)),
        )
        return Reply(tuple(Paragraph((line,)) for line in lines), actions, audience="room", locale=locale)


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The moderator's answer to such a card; the first one counts."""

    messages: Messages
    outbox: Outbox
    clock: Clock

    async def __call__(self, request: Request) -> Reply:
        by = request.actor.standing.moderator
        match request.body:
            case ActionPress(act, (number,)) if number.isdecimal() and len(number) < 10:
                arrived = act == ARRIVED
                is_first = await self.outbox.settle(int(number), arrived=arrived, by=by, now=self.clock.now())
            case _:
                raise InputError("error-input")
        said = ("uncertain-arrived" if arrived else "uncertain-again") if is_first else "uncertain-settled"
        locale = locale_or_english(request.actor.locale)
        reply = Reply((Paragraph((self.messages.say(locale, said),)),), locale=locale)
        return reply if request.is_private else replace(reply, audience="room")


def with_uncertain(router: Router, outbox: Outbox, clock: Clock) -> Router:
    """`router` with the two answers of moderators."""
    settle = Uncertain(router.messages, outbox, clock)
    return replace(router, handlers={**router.handlers, ARRIVED: settle, AGAIN: settle})
