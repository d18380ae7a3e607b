"""Local hours: when something said for "17 December, 9 o'clock" is due in a room, and when a room is not to be woken.

Rules, each under test. An hour that does not exist on the day the clock goes forward is the same span later, on the new
time (2:30 becomes 3:30). Of an hour that comes twice the first counts. What falls into the quiet hours of a room waits
for their end. A day that recurs on 29 February is on the 28th in other years. Zones are those of the IANA table.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from bot.errors import InputError

LONGEST_AHEAD = timedelta(days=400)
LONGEST_SAID = timedelta(days=89)
"""Where something was said is known for 90 days (`policy.md` §8)."""
_WALL = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T]+(\d{1,2}):(\d\d))?")
_HOURS = re.compile(r"(\d{1,2})(?::(\d\d))?\s*[-–]\s*(\d{1,2})(?::(\d\d))?")


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the day in which a room is left in peace; `start` may be later than `end`, over midnight."""

    start: time
    end: time

    def holds(self, at: time) -> bool:
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


NIGHT = Quiet(time(22), time(8))


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones() if "/" in name or name == "UTC"}


def zone_named(given: str) -> str:
    """The name of a time zone such as "America/Toronto", however it is written. Raises InputError for another one."""
    found = _names().get(given.strip().lower().replace(" ", "_"))
    if found is None:
        raise InputError("schedule-zone")
    return found


def wall(given: str, hour: time = time(9)) -> datetime:
    """What the clock on the wall shows then: "2026-12-17 09:00"; without an hour, `hour`. Raises InputError."""
    found = _WALL.fullmatch(given.strip())
    if found is None:
        raise InputError("schedule-when")
    try:
        at = time(int(found[2]), int(found[3])) if found[2] else hour
        return datetime.combine(date.fromisoformat(found[1]), at)
    except ValueError:
        raise InputError("schedule-when") from None


def quiet_hours(given: str) -> Quiet | None:
    """The quiet hours of "22-8" or "22:30-07:00"; None for "-" or "none". Raises InputError."""
    if given.strip() in ("-", "—", "none"):
        return None
    found = _HOURS.fullmatch(given.strip())
    if found is None:
        raise InputError("schedule-quiet")
    first, last = (int(found[each]) for each in (1, 3))
    if max(first, last) > 24:
        raise InputError("schedule-quiet")
    try:
        quiet = Quiet(time(first % 24, int(found[2] or 0)), time(last % 24, int(found[4] or 0)))
    except ValueError:
        raise InputError("schedule-quiet") from None
    return quiet if quiet.start != quiet.end else None


def instant(at: datetime, zone: str) -> datetime:
    """When the clock on the wall of `zone` shows `at`; aware UTC."""
    local = at.replace(tzinfo=ZoneInfo(zone), fold=0)
    # For an hour that does not exist the offset from before the change holds, which is the same span later.
    return local.astimezone(UTC)


def exists(at: datetime, zone: str) -> bool:
    """Whether the clock of `zone` ever shows `at`."""
    return instant(at, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == at


def comes_twice(at: datetime, zone: str) -> bool:
    """Whether the clock of `zone` shows `at` twice, an hour apart."""
    place = ZoneInfo(zone)
    offsets = {at.replace(tzinfo=place, fold=fold).utcoffset() for fold in (0, 1)}
    return len(offsets) == 2 and exists(at, zone)


def oddity(at: datetime, zone: str, say: Callable[..., str], locale: str) -> str:
    """What its author is told of an hour that the clock of `zone` skips or shows twice; empty for all others."""
    if not exists(at, zone):
        return say(
            locale, "schedule-skipped", counts=f"{instant(at, zone).astimezone(ZoneInfo(zone)):%H:%M}", zone=zone
        )
    return say(locale, "schedule-twice", zone=zone) if comes_twice(at, zone) else ""


def awake(due: datetime, zone: str, quiet: Quiet | None) -> datetime:
    """`due`, or the end of the quiet hours it falls into; aware UTC, never earlier."""
    place = ZoneInfo(zone)
    local = due.astimezone(place)
    if quiet is None or not quiet.holds(local.time()):
        return due
    day = local.date() if local.time() < quiet.end else local.date() + timedelta(days=1)
    return max(due, instant(datetime.combine(day, quiet.end), zone))


def due_in(at: datetime | None, zone: str, quiet: Quiet | None, now: datetime) -> datetime:
    """When an announcement for the local hour `at`, or for at once, is due in a room; never before `now`."""
    return awake(max(now, instant(at, zone)) if at else now, zone, quiet)


def check_ahead(at: datetime, now: datetime) -> None:
    """Raises InputError for an hour that is over everywhere, or more than 400 days away."""
    if instant(at, "Etc/GMT+12") <= now:
        raise InputError("schedule-past")
    if instant(at, "UTC") > now + LONGEST_AHEAD:
        raise InputError("schedule-far")


def check_until(until: datetime, at: datetime | None, now: datetime) -> None:
    """Raises InputError for an end that is over, before its beginning, or so late that its copies are no longer known."""
    check_ahead(until, now)
    if at is not None and until <= at:
        raise InputError("schedule-until")
    if instant(until, "UTC") > (instant(at, "UTC") if at else now) + LONGEST_SAID:
        raise InputError("schedule-until-late")


def recurs(month_day: str, year: int) -> date:
    """The day "MM-DD" in that year; 29 February is the 28th where there is none."""
    month, day = map(int, month_day.split("-"))
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def next_recurrence(month_day: str, today: date) -> date:
    """The first such day that is today or later."""
    this_year = recurs(month_day, today.year)
    return this_year if this_year >= today else recurs(month_day, today.year + 1)
