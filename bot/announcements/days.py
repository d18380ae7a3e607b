"""The days of the movement: recurring every year, proposed to moderators as drafts, never sent without them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib import resources
from typing import Any

from bot.announcements.model import Announcement
from bot.announcements.schedule import next_recurrence
from bot.reading import read_plain

PROPOSED = timedelta(days=14)
AUTHOR = "calendar"
"""Who wrote the draft: it counts as nobody who stands for it, so it needs as many moderators as any other."""
_HOUR = time(9)
_END = time(23, 59)


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or some days in a row: `start` and `end` as month and day, both included; `name` and `text` by language.

    29 February is the 28th in a year without one.
    """

    id: str
    name: Mapping[str, str]
    start: str
    end: str
    text: Mapping[str, str] = field(repr=False)
    place: str = ""
    sources: tuple[str, ...] = ()

    def name_in(self, locale: str) -> str:
        """What it is called in that language, in English where that is not known."""
        return self.name.get(locale, self.name["en"])

    def next(self, today: date) -> tuple[date, date]:
        """First and last day of the time that is on or comes next."""
        last = next_recurrence(self.end, today)
        first = next_recurrence(self.start, date(last.year, 1, 1))
        return (first if first <= last else first.replace(year=last.year - 1)), last

    def draft(self, community: str, today: date) -> Announcement:
        """The announcement for its next time, in every language; sent by nobody yet."""
        first, last = self.next(today)
        return Announcement(
            "", community, AUTHOR, dict(self.text), place=self.place,
            at=datetime.combine(first, _HOUR), until=datetime.combine(last, _END), day=proposal_id(self, today),
        )  # fmt: skip


@lru_cache(maxsize=1)
def days() -> tuple[Day, ...]:
    """The packaged days, in the order of the file."""
    held: Any = read_plain(resources.files(__package__) / "days.yaml")
    return tuple(Day(**{**each, "sources": tuple(each["sources"])}) for each in held)


def due(today: date, among: Iterable[Day] | None = None) -> list[Day]:
    """The days that begin in exactly 14 days or less, and are not over: those to be proposed, if they were not."""
    found = days() if among is None else among
    return [day for day in found if today <= day.next(today)[0] <= today + PROPOSED]


def proposal_id(day: Day, today: date) -> str:
    """What one proposal goes by, so that it is made once: the day and its year."""
    return f"day/{day.id}/{day.next(today)[0].year}"
