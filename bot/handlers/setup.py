"""`setup`: join the room where it is said to a community as its review room, or take that back.

Only a moderator of the community who also administers the room may do it, looked at when it happens (`core.rights`).
"""

from dataclasses import dataclass

from bot.core.acts import Act
from bot.core.meeting import JoinedRoom
from bot.core.reply import Action, Reply, sentence
from bot.core.request import Request
from bot.core.rights import allowed, spot_of
from bot.errors import InputError
from bot.handlers.desk import act_of, in_room, locale_of
from bot.handlers.moderating import Office

ACTS = ("setup", "setup.join", "setup.leave")


@dataclass(frozen=True, slots=True)
class Setup:
    """What this room is, and each community it may be joined to."""

    office: Office

    async def __call__(self, request: Request) -> Reply:
        act, args = act_of(request)
        communities = allowed(act, request.actor.standing, spot_of(request, self.office.tools.meeting))
        if act == "setup.leave":
            reply = await self._leave(request)
        elif args:
            reply = await self._join(request, args[0], communities)
        else:
            reply = self._shown(request, communities)
        return in_room(reply, request)

    async def _join(self, request: Request, community: str, communities: frozenset[str]) -> Reply:
        meeting, rooms = self.office.tools.meeting, self.office.books.rooms
        if community not in communities:
            raise InputError("error-option")
        if meeting.filed(community, request.room.platform) is not None:
            raise InputError("setup-filed")
        joined = JoinedRoom(request.room, community, request.server)
        await rooms.join(joined, self._act(request, "setup-join", community))
        meeting.take_in(await rooms.all())
        return self._shown(request, communities)

    async def _leave(self, request: Request) -> Reply:
        meeting, rooms = self.office.tools.meeting, self.office.books.rooms
        act = self._act(request, "setup-leave", meeting.community_at(request.room))
        if not await rooms.leave(request.room, act):
            raise InputError("setup-filed")
        meeting.take_in(await rooms.all())
        return self._said(request, "setup-left")

    def _shown(self, request: Request, communities: frozenset[str]) -> Reply:
        meeting, say, locale = self.office.tools.meeting, self.office.say, locale_of(request)
        here = meeting.community_at(request.room)
        if here:
            leave = Action("setup.leave", say(locale, "do-setup-leave"))
            is_filed = meeting.filed(here, request.room.platform) is not None
            return self._said(request, "setup-is", *(() if is_filed else (leave,)), community=here)
        free = [each for each in sorted(communities) if meeting.filed(each, request.room.platform) is None]
        join = [Action("setup.join", say(locale, "do-setup-join", community=each), (each,)) for each in free]
        return self._said(request, "setup-choose" if free else "setup-filed", *join)

    def _said(self, request: Request, message_id: str, *actions: Action, **args: str) -> Reply:
        locale = locale_of(request)
        return sentence(self.office.say(locale, message_id, **args), locale, actions)

    @staticmethod
    def _act(request: Request, action: str, community: str) -> Act:
        return Act(request.actor.standing.moderator, action, community, request.received_at.date())
