"""What a person asked, as any door hands it over."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.core.moderators import NOBODY, Standing
from bot.core.reply import Action


@dataclass(frozen=True, slots=True)
class RoomRef:
    """Where on a platform something is said; `id` is the platform's own."""

    platform: str
    id: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, as far as an answer needs it: the language they chose, if any, and what they may do here.

    `mark` is a keyed hash of the person (`ports.People`), in memory only; empty at a door with one person.
    """

    locale: str | None = None
    mark: str = field(default="", repr=False)
    standing: Standing = NOBODY


@dataclass(frozen=True, slots=True)
class Text:
    """Free words."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Command:
    """A command by its name, with what was said after it."""

    name: str
    argument: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ActionPress:
    """A button, or the number of a choice: the id and arguments of an `Action`."""

    action: str
    args: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormSubmit:
    """A form filled in: field name to what was given."""

    form: str
    values: dict[str, str] = field(repr=False)


Body = Text | Command | ActionPress | FormSubmit


@dataclass(frozen=True, slots=True)
class Request:
    """One thing a person wants, from any door.

    `id` is the platform's id of the event, so that the same event asked twice is known. `home` is the country or
    region assumed when the words name no place ("CA", "CA-ON"), None for nowhere. `replies_to` is the platform's id of
    the message that is answered, empty for none; `server` that of the server the room belongs to (Discord's guild).
    `calendar` is the calendar of that server, for events, where it has one. `said_at` is when the person said it, as far as the
    door knows; None for now. `writes_to` is where this person alone can be told something later, None where nobody can (the terminal). `said_in`
    is the language of the reply before in this conversation, for words that have none of their own, such as a code.
    """

    id: str = field(repr=False)
    actor: Actor
    room: RoomRef
    body: Body
    received_at: datetime
    is_private: bool = True
    home: str | None = None
    follows: Action | None = None
    shown: tuple[Action, ...] = ()
    replies_to: str = field(default="", repr=False)
    server: str = field(default="", repr=False)
    calendar: RoomRef | None = field(default=None, repr=False)
    writes_to: RoomRef | None = field(default=None, repr=False)
    said_in: str | None = None
    said_at: datetime | None = None
