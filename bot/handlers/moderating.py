"""What moderators do about the directory beside vetting: note a check, read the trail, see what is missing.

`with_moderating` adds these to a router once there is a storage; a door without one does not have them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.acts import Acts
from bot.core.need import UnmetNeeds
from bot.core.reply import Reply
from bot.core.request import ActionPress, Command, FormSubmit, Request
from bot.core.words import fold
from bot.errors import InputError
from bot.handlers.complete import Complete
from bot.handlers.shelf import Tools
from bot.settings import Community

if TYPE_CHECKING:
    from bot.directory.changes import ChangeStore

Permit = Callable[[str, Request], object]
"""Raises InputError where this person may not do that act here."""


@dataclass(frozen=True, slots=True)
class Books:
    """What moderators write into and read from."""

    changes: "ChangeStore"
    acts: Acts
    needs: UnmetNeeds


@dataclass(frozen=True, slots=True)
class Office:
    """What these handlers share. `records` knows what a name may begin."""

    tools: Tools
    books: Books
    records: Complete
    permit: Permit

    def say(self, locale: str, message_id: str, **args: str | int) -> str:
        return self.tools.messages.say(locale, message_id, **args)

    def record_id(self, given: str) -> str | None:
        """The id of the one record that is meant: by its id, a name of it, or the beginning of one.

        None where it could be none or several: nothing is noted on a guess.
        """
        index = self.tools.shelf().index
        if given in index.by_id:
            return given
        wanted = fold(given)
        found = [each.id for each in index.records if wanted in map(fold, (each.name, *each.aliases))]
        found = found or [code for _, code in self.records.suggestions("resource", given, "en")]
        return found[0] if given and len(found) == 1 else None


def permit_in(communities: Iterable[Community]) -> Permit:
    """A moderator of these communities may, with an account the file names, alone with the bot or in a review room.

    Checked when the act happens, from what the door saw of this very event (`core.moderators`).
    """
    rooms = {
        (platform, room)
        for each in communities
        for platform, room in (("discord", each.review_rooms.discord), ("matrix", each.review_rooms.matrix))
    }

    def permit(_: str, request: Request) -> None:
        standing = request.actor.standing
        if not standing.moderator:
            raise InputError("moderating-moderators-only")
        if not standing.is_proven:
            raise InputError("moderating-not-proven")
        if not request.is_private and (request.room.platform, request.room.id) not in rooms:
            raise InputError("moderating-not-here")

    return permit


def argument_of(request: Request) -> str:
    """What was said after a command, or the first argument of a button; empty for none."""
    match request.body:
        case Command(_, argument):
            return argument.strip()
        case ActionPress(_, args):
            return args[0] if args else ""
        case _:
            return ""


def values_of(request: Request) -> dict[str, str]:
    """The values of a form without space around them; empty for what is no form."""
    values = request.body.values if isinstance(request.body, FormSubmit) else {}
    return {name: value.strip() for name, value in values.items()}


def in_room(reply: Reply, request: Request) -> Reply:
    """In a review room the others see what is done there."""
    return reply if request.is_private else replace(reply, audience="room")
