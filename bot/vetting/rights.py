"""Which act needs what, in one table: from it the handlers refuse, and the test of every act, role and place is made.

A right is checked when the act happens, from what the door saw of this very event (`core.moderators`), never from what a
card or a button says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.core.meeting import MeetingRooms
from bot.core.moderators import Standing
from bot.core.request import Request
from bot.errors import InputError

Who = Literal["anyone", "moderator", "administrator"]
Where = Literal["private", "public", "review"]


@dataclass(frozen=True, slots=True)
class Right:
    """`who` may do it, and in which places. A review room is where a community's moderators meet.

    An administrator is a moderator who also administers the room or server where they act: who is only one of the two
    could have the cards of a community said before strangers, or make a room of others its own.
    """

    who: Who
    where: frozenset[Where]


_PERSON = Right("anyone", frozenset({"private"}))
_MODERATOR = Right("moderator", frozenset({"private", "review"}))
_ADMINISTRATOR = Right("administrator", frozenset({"private", "public", "review"}))
RIGHTS: Mapping[str, Right] = {
    **dict.fromkeys(
        (
            "suggest", "suggest.edit", "suggest.public", "suggest.send", "suggest.stop",
            "case", "case.answer", "case.withdraw", "case.tell",
            "report", "report.why", "report.words",
        ),
        _PERSON,
    ),
    **dict.fromkeys(
        (
            "review", "review.card", "review.approve", "review.reject", "review.because", "review.ask", "review.edit",
            "review.take", "review.tie", "review.check", "review.checked", "review.hide", "review.show",
        ),
        _MODERATOR,
    ),
}  # fmt: skip
"""Every act of this package by the name of its action, command or form."""
DIRECTORY_RIGHTS: Mapping[str, Right] = {
    **dict.fromkeys(("check", "history", "need"), _MODERATOR),
    **dict.fromkeys(("setup", "setup.join", "setup.leave"), _ADMINISTRATOR),
}
"""What moderators do about the directory and their rooms beside vetting (`handlers.moderating`)."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody acts; `community` is the one whose review room it is, empty elsewhere."""

    where: Where
    community: str = ""


def spot_of(request: Request, meeting: MeetingRooms) -> Spot:
    """Where the request was made."""
    community = meeting.community_at(request.room)
    if community:
        return Spot("review", community)
    return Spot("private" if request.is_private else "public")


def allowed(act: str, standing: Standing, spot: Spot) -> frozenset[str]:
    """The communities whose cases this act may touch here; for an act of anyone, all: an empty set.

    Raises InputError with the sentence that says why not.
    """
    right = RIGHTS.get(act) or DIRECTORY_RIGHTS[act]
    if right.who == "anyone":
        if spot.where not in right.where:
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
