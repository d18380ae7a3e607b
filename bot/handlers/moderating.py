"""What moderators do about the directory beside vetting: note a check, read the trail, see what is missing.

`with_moderating` adds these to a router once there is a storage; a door without one does not have them.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.acts import Acts
from bot.core.meeting import JoinedRooms
from bot.core.need import UnmetNeeds
from bot.core.request import ActionPress, Command, Request
from bot.core.words import fold
from bot.handlers.complete import Complete
from bot.handlers.shelf import Tools

if TYPE_CHECKING:
    from bot.directory.changes import ChangeStore


@dataclass(frozen=True, slots=True)
class Books:
    """What moderators write into and read from."""

    changes: "ChangeStore"
    acts: Acts
    needs: UnmetNeeds
    rooms: JoinedRooms


@dataclass(frozen=True, slots=True)
class Office:
    """What these handlers share. `records` knows what a name may begin."""

    tools: Tools
    books: Books
    records: Complete

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


def argument_of(request: Request) -> str:
    """What was said after a command, or the first argument of a button; empty for none."""
    match request.body:
        case Command(_, argument):
            return argument.strip()
        case ActionPress(_, args):
            return args[0] if args else ""
        case _:
            return ""
