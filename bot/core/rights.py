"""Which act needs what, in one table: by it the router refuses, and the test of every act, role and place is made.

A right is checked when the act happens, from what the door saw of this very event (`core.moderators`), never from what a
card or a button says. An act that has no entry cannot be done.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.core.meeting import MeetingRooms
from bot.core.moderators import Standing
from bot.core.request import Request
from bot.errors import InputError

Who = Literal["anyone", "keeper", "moderator", "administrator"]
Where = Literal["private", "public", "review"]
STANDS = timedelta(hours=1)
"""So long a moderator's word stands when it comes late; what is older is asked again (`security.md` row 4)."""


@dataclass(frozen=True, slots=True)
class Right:
    """`who` may do it, and in which places. A review room is where a community's moderators meet.

    A keeper may change what a room is sent. An administrator is a moderator who also administers the room or server where
    they act: who is only one of the two could have the cards of a community said before strangers, or make a room of
    others its own.
    """

    who: Who
    where: frozenset[Where]


_EVERYWHERE: frozenset[Where] = frozenset({"private", "public", "review"})
_ANYBODY = Right("anyone", _EVERYWHERE)
_PERSON = Right("anyone", frozenset({"private"}))
_MODERATOR = Right("moderator", frozenset({"private", "review"}))
_KEEPER = Right("keeper", _EVERYWHERE)
_ADMINISTRATOR = Right("administrator", _EVERYWHERE)
_ACTS: tuple[tuple[Right, str], ...] = (
    (
        _ANYBODY,
        "ask find more show card guided place wrong language help privacy complete filter groups pick situation",
    ),
    (_ANYBODY, "events events.choose event.show quit"),
    (_PERSON, "suggest suggest.edit suggest.public suggest.send suggest.stop case case.answer case.withdraw case.tell"),
    (_PERSON, "report report.why report.words remind remind.stop privacy.erase"),
    (_PERSON, "campaign campaign.show campaign.sign campaign.kept campaign.news campaign.withdraw"),
    (_MODERATOR, "review review.card review.approve review.reject review.because review.ask review.edit review.take"),
    (
        _MODERATOR,
        "review.tie review.check review.checked review.hide review.show review.block review.unblock check history need",
    ),
    (_MODERATOR, "announce announce.write announce.open announce.text announce.submit announce.approve announce.back"),
    (
        _MODERATOR,
        "announce.correct announce.retract announce.gone announce.look event.held event.write event.more event.open",
    ),
    (_MODERATOR, "event.submit event.approve event.back event.withdraw event.gone uncertain.arrived uncertain.again"),
    (_MODERATOR, "campaign.pending campaign.accept campaign.decline campaign.export"),
    (_KEEPER, "subscribe subscribe.change subscribe.digest subscribe.calendar subscribe.stop"),
    (_ADMINISTRATOR, "setup setup.join setup.leave"),
)
RIGHTS: Mapping[str, Right] = {act: right for right, acts in _ACTS for act in acts.split()}
"""Every act by the name of its action, command or form."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody acts; `community` is the one whose review room it is, empty elsewhere.

    `is_private`: the answer is for them alone, as on Discord in a review room too.
    """

    where: Where
    community: str = ""
    is_private: bool = False


def spot_of(request: Request, meeting: MeetingRooms) -> Spot:
    """Where the request was made."""
    community = meeting.community_at(request.room)
    if community:
        return Spot("review", community, request.is_private)
    return Spot("private" if request.is_private else "public", is_private=request.is_private)


def is_too_old(act: str, request: Request) -> bool:
    """Whether a moderator said it so long ago that others may have decided since: after an outage, or a replay."""
    said_at = request.said_at or request.received_at
    return RIGHTS[act].who in ("moderator", "administrator") and request.received_at - said_at > STANDS


def allowed(act: str, standing: Standing, spot: Spot) -> frozenset[str]:
    """The communities whose things a moderator's act may touch here; for an act of others, all: an empty set.

    Raises InputError with the sentence that says why not, KeyError for an act that has no entry.
    """
    right = RIGHTS[act]
    if right.who == "keeper" and not standing.keeps_room:
        raise InputError("subscribe-keepers-only")
    if right.who in ("anyone", "keeper"):
        if spot.where not in right.where and not spot.is_private:
            raise InputError("vetting-privately")
        return frozenset()
    if not standing.moderator:
        raise InputError("vetting-moderators-only")
    if not standing.is_proven:
        raise InputError("vetting-not-proven")
    if right.who == "administrator" and not standing.administers:
        raise InputError("setup-administrators-only")
    if spot.where not in right.where:
        raise InputError("vetting-not-here")
    found = standing.communities & {spot.community} if spot.community else standing.communities
    if not found:
        raise InputError("vetting-moderators-only")
    return found
