"""What a moderator says to many rooms, and which rooms want what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.announcements.schedule import NIGHT, Quiet
from bot.core.acts import Act
from bot.core.request import RoomRef
from bot.outbox.model import Outgoing

State = Literal["draft", "waiting", "published", "correcting", "retracted"]
"""`waiting` for a second moderator; `correcting`: published, and a correction waits for one."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """One announcement by its code, such as K7Q2.

    `texts` by language; while it is `correcting` they are those of the correction, and `said` what stands in the rooms. `day`: the day
    of the movement and its year, which is said by one community alone. `at` and `until` are hours on the
    wall of each room: not before, and not after. `topic` and `place` are codes, empty for every room. `approved` holds
    the pseudonyms of the moderators who stand for this `version`, its author's first.
    """

    code: str
    community: str
    by: str
    texts: Mapping[str, str] = field(repr=False)
    topic: str = ""
    place: str = ""
    at: datetime | None = None
    until: datetime | None = None
    state: State = "draft"
    version: int = 1
    approved: tuple[str, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict, repr=False)
    day: str = ""

    @property
    def cause(self) -> str:
        """What its deliveries go by, with the language after it."""
        return f"announcement/{self.code}"

    def locale_for(self, wanted: str) -> str:
        """The language it is said in where `wanted` is spoken: that one, else English, else the one it was written in."""
        return next((each for each in (wanted, "en") if each in self.texts), next(iter(self.texts)))


@dataclass(frozen=True, slots=True)
class Subscription:
    """What one room wants to hear: no topic or place means all. `zone` is an IANA name, `quiet` None for at any hour.

    `digest`: what is new and newly checked, once a week. `is_calendar`: the room is the calendar of a server, which takes
    events and nothing else; `set_by` is then the id of the room it was set from, whose wishes it shares. `server` is the
    platform's id of the server the room belongs to, if any.
    """

    room: RoomRef
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    locale: str = "en"
    zone: str = "UTC"
    quiet: Quiet | None = NIGHT
    digest: bool = False
    is_calendar: bool = False
    set_by: str = field(default="", repr=False)
    server: str = field(default="", repr=False)

    def wants(self, topic: str, place: str) -> bool:
        """Whether something about that topic and place belongs here; a country and its regions belong together."""
        return (not topic or not self.topics or topic in self.topics) and (
            not place or not self.places or any(meet(place, each) for each in self.places)
        )


def meet(one: str, other: str) -> bool:
    """Whether one of two place codes lies in the other ("CA-QC/Montréal" in "CA")."""
    shorter, longer = sorted((one, other), key=len)
    return longer == shorter or longer.startswith((f"{shorter}-", f"{shorter}/"))


@dataclass(frozen=True, slots=True)
class Copy:
    """Where something was said (`is_said`), or waits to be; of an announcement in which language."""

    room: RoomRef
    cause: str
    is_said: bool = True

    @property
    def locale(self) -> str:
        return self.cause.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Rooms:
    """What a step needs to know of rooms: who wants to hear what, and where this announcement or event is."""

    subscriptions: Sequence[Subscription] = ()
    copies: Sequence[Copy] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one step comes to, written in one transaction: the announcement, what is said where, and who did it."""

    announcement: Announcement
    outgoing: tuple[Outgoing, ...] = ()
    acts: tuple[Act, ...] = ()
