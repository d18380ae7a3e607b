"""Events: gatherings with a date and an organizer of the directory, published by two moderators, gone past their end.

Start and end are hours on the wall of the event's own zone; `schedule` says what an hour means that the clock skips or
shows twice. An event without a date is not published, nor one that is over. Of an event for peers the address is shown
to moderators alone: its organizer tells peers where it is. The steps are in `publishing`.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any, Literal, Protocol
from zoneinfo import ZoneInfo

from bot.announcements import schedule
from bot.announcements.model import Rooms, meet
from bot.core.acts import Act
from bot.errors import InputError
from bot.outbox.model import Outgoing

State = Literal["draft", "waiting", "published", "withdrawn"]
Audience = Literal["everyone", "peers"]
LONGEST_LASTING = timedelta(days=31)
MOST_SESSIONS = 20
LONGEST_LINE = 200
_SESSION = re.compile(r"(?:(\d{4}-\d\d-\d\d)[ T]+)?(\d{1,2}):(\d\d)\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class Session:
    """A part of an event: when it begins, on the wall of the event's zone, and what it is."""

    at: datetime
    title: str


@dataclass(frozen=True, slots=True)
class Event:
    """One event by its code, such as K7Q2. `uid` is the same for ever, in every calendar.

    `starts` and `ends` are hours on the wall of `zone`; both None while there is no date. `place` is a code, empty for
    online; `address` a street or a link; `organizer` the id of a record. `approved` holds the pseudonyms of the
    moderators who stand for this `version`.
    """

    code: str
    community: str
    by: str
    title: str = field(repr=False)
    locale: str = "en"
    uid: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    zone: str = "UTC"
    place: str = ""
    address: str = field(default="", repr=False)
    organizer: str = ""
    topics: tuple[str, ...] = ()
    audience: Audience = "everyone"
    sessions: tuple[Session, ...] = ()
    state: State = "draft"
    version: int = 1
    approved: tuple[str, ...] = ()

    @property
    def cause(self) -> str:
        """What its deliveries to calendars go by, with the version after it that was said there first."""
        return f"gathering/{self.code}"

    @property
    def begins_at(self) -> datetime | None:
        """When it begins; aware UTC."""
        return schedule.instant(self.starts, self.zone) if self.starts else None

    @property
    def ends_at(self) -> datetime | None:
        """When it is over; aware UTC."""
        return schedule.instant(self.ends, self.zone) if self.ends else None

    @property
    def public_address(self) -> str:
        """What people are told of it: nothing of an event for peers."""
        return self.address if self.audience == "everyone" else ""

    def is_coming(self, now: datetime) -> bool:
        """Whether people are told of it: published, and not over."""
        return self.state == "published" and self.ends_at is not None and now < self.ends_at

    def is_about(self, topic: str, place: str) -> bool:
        """Whether it belongs to that topic and place; online ones belong everywhere, empty codes to everything."""
        return (not topic or topic in self.topics) and (not place or not self.place or meet(place, self.place))


@dataclass(frozen=True, slots=True)
class EventOutcome:
    """What one step comes to, written in one transaction."""

    event: Event
    outgoing: tuple[Outgoing, ...] = ()
    acts: tuple[Act, ...] = ()


EventStep = Callable[[Event, Rooms], EventOutcome]


class Events(Protocol):
    """Events by their code, until they are over; drafts without a date for 90 days."""

    async def add(self, event: Event) -> Event:
        """Keep a new one; it comes back with its code and uid."""
        ...

    async def find(self, code: str, communities: Collection[str] | None = None) -> Event | None:
        """The event of that code, of any community where none are named."""
        ...

    async def step(self, code: str, communities: Collection[str], step: EventStep) -> Event | None:
        """One step on one event with everything it comes to, in one transaction; None when there is none."""
        ...

    async def held(self, communities: Collection[str], most: int) -> list[Event]:
        """Those of these communities that are not over, the soonest to end first."""
        ...

    async def coming(self) -> list[Event]:
        """Every published one that is not over, the soonest first."""
        ...


def values_of(event: Event) -> dict[str, Any]:
    """The event as plain values for JSON, without code, community and state."""
    return {
        "by": event.by, "title": event.title, "locale": event.locale, "uid": event.uid,
        "starts": event.starts and event.starts.isoformat(), "ends": event.ends and event.ends.isoformat(),
        "zone": event.zone, "place": event.place, "address": event.address, "organizer": event.organizer,
        "topics": event.topics, "audience": event.audience,
        "sessions": [[each.at.isoformat(), each.title] for each in event.sessions],
        "version": event.version, "approved": event.approved,
    }  # fmt: skip


def event_of(values: Mapping[str, Any], code: str, community: str, state: State) -> Event:
    """The event of `values_of`. Raises KeyError, TypeError or ValueError for anything else."""
    hours = {name: values[name] and datetime.fromisoformat(values[name]) for name in ("starts", "ends")}
    return Event(
        code=code, community=community, state=state,
        **{
            **values, **hours, "topics": tuple(values["topics"]), "approved": tuple(values["approved"]),
            "sessions": tuple(Session(datetime.fromisoformat(at), title) for at, title in values["sessions"]),
        },
    )  # fmt: skip


def times(starts: str, ends: str, zone: str) -> tuple[datetime | None, datetime | None, str]:
    """Start, end and zone as they were typed; an end may be an hour alone. Raises InputError.

    Without an end it lasts two hours; without a start there is no date yet.
    """
    name = schedule.zone_named(zone)
    if not starts.strip(" -"):
        return None, None, name
    first = schedule.wall(starts, time(18))
    given = ends.strip(" -")
    if re.fullmatch(r"\d{1,2}:\d\d", given):
        given = f"{first:%Y-%m-%d} {given}"
    last = schedule.wall(given, time(23, 59)) if given else first + timedelta(hours=2)
    # On the wall and in truth: an hour the clock skips is later than it reads.
    if last <= first or schedule.instant(last, name) <= schedule.instant(first, name):
        raise InputError("schedule-until")
    if last - first > LONGEST_LASTING:
        raise InputError("event-long")
    return first, last, name


def check_date(event: Event, now: datetime) -> None:
    """Raises InputError for an event without a date, one that is over, and one that begins in more than 400 days."""
    if event.begins_at is None or event.ends_at is None:
        raise InputError("event-no-date")
    if event.ends_at <= now:
        raise InputError("schedule-past")
    if event.begins_at > now + schedule.LONGEST_AHEAD:
        raise InputError("schedule-far")


def check_sessions(event: Event) -> None:
    """Raises InputError for a part outside the hours of the event, as when the event was moved and its parts were not."""
    first, last = event.starts, event.ends
    if first is not None and last is not None and any(not first <= each.at <= last for each in event.sessions):
        raise InputError("event-parts-outside")


def sessions(given: str, first: datetime | None) -> tuple[Session, ...]:
    """Sessions as they were typed, one a line: "18:30 Opening", or with a day before the hour. Raises InputError."""
    lines = [line.strip() for line in given.splitlines() if line.strip()]
    if len(lines) > MOST_SESSIONS:
        raise InputError("event-sessions")
    found = [_session(line, first) for line in lines]
    return tuple(sorted(found, key=lambda each: each.at))


def _session(line: str, first: datetime | None) -> Session:
    match = _SESSION.fullmatch(line)
    if match is None or first is None or len(match[4]) > LONGEST_LINE:
        raise InputError("event-sessions")
    return Session(schedule.wall(f"{match[1] or first.date()} {match[2]}:{match[3]}"), match[4])


def when(event: Event) -> str:
    """Start and end as the clocks there will show them, with the zone; empty without a date."""
    if event.starts is None or event.ends is None:
        return ""
    first, last = (_shown(each, event.zone) for each in (event.starts, event.ends))
    until = last[11:] if last[:10] == first[:10] else last
    return f"{first} – {until} ({event.zone})"


def _shown(at: datetime, zone: str) -> str:
    return f"{schedule.instant(at, zone).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def soonest(events: Sequence[Event]) -> list[Event]:
    """The events in the order they begin."""
    return sorted(events, key=lambda each: (each.begins_at or datetime.max.replace(tzinfo=UTC), each.code))
