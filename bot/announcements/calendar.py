"""Events and the days of the movement as iCalendar (RFC 5545); made by the `icalendar` library, never read by us.

Instants are in UTC, so that no calendar needs a table of zones and both clock changes come out right. What a locked
screen may show (the title) says nothing about whose dates they are: a title with a revealing word becomes a neutral
one, and stands in the description; `is_open` keeps titles as they are. Of an event for peers there is no address.
"""

import unicodedata
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar
from icalendar import Event as Entry

from bot.announcements.days import Day, days
from bot.announcements.events import Event
from bot.announcements.service import Say
from bot.core.discreet import reveals

PRODUCT = "-//calendar//EN"
NAME = "Dates"
"""What a calendar on somebody's phone shows as its name."""
_IDS = uuid.UUID("8b0b6f2e-5d0e-4c38-9c1a-6f6f0c8f4a17")
"""So that a day has the same UID in every calendar and for ever, without words in it."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Makes the files. `say` gives a sentence by language and id; `now` is aware UTC; `is_open` keeps every title."""

    say: Say
    now: datetime
    is_open: bool = False

    def all(self, locale: str, events: Iterable[Event] = (), among: Iterable[Day] | None = None) -> bytes:
        """Events that are published and not over, and the days, each once a year from its next time on.

        Days are whole days in the language given, or English; nothing rings.
        """
        page = Calendar()
        page.add("prodid", PRODUCT)
        page.add("version", "2.0")
        page.add("x-wr-calname", NAME)
        for event in events:
            if event.is_coming(self.now):
                page.add_component(_event(event, self._entry(event.uid, event.title, event.locale)))
        for day in days() if among is None else among:
            entry = self._entry(str(uuid.uuid5(_IDS, day.id)), day.name_in(locale), locale)
            page.add_component(_day(day, locale, self.now.date(), entry))
        return bytes(page.to_ical())

    def one(self, event: Event) -> bytes:
        """The file of one event."""
        return self.all(event.locale, [event], ())

    def _entry(self, uid: str, title: str, locale: str) -> Entry:
        entry = Entry()
        entry.add("uid", uid)
        entry.add("dtstamp", self.now)
        is_neutral = reveals(title) and not self.is_open
        entry.add("summary", self.say(locale, "calendar-neutral") if is_neutral else _plain(title))
        entry.add("class", "PRIVATE")
        return entry


def _event(event: Event, entry: Entry) -> Entry:
    entry.add("dtstart", event.begins_at)
    entry.add("dtend", event.ends_at)
    entry.add("sequence", event.version - 1)
    parts = [f"{each.at:%Y-%m-%d %H:%M} {each.title}" for each in event.sessions]
    entry.add("description", _plain("\n".join([event.title, *parts])))
    if event.public_address:
        entry.add("location", _plain(event.public_address))
    return entry


def _day(day: Day, locale: str, today: date, entry: Entry) -> Entry:
    first, last = day.next(today)
    entry.add("dtstart", first)
    # The end is the day after the last one (RFC 5545, 3.6.1).
    entry.add("dtend", last + timedelta(days=1))
    entry.add("rrule", _yearly(day))
    entry.add("description", _plain(f"{day.name_in(locale)}\n{day.text.get(locale, day.text['en'])}"))
    entry.add("transp", "TRANSPARENT")
    return entry


def _yearly(day: Day) -> dict[str, object]:
    """Every year; 29 February as the last day of February, which a plain rule would skip (RFC 5545, 3.3.10)."""
    return {"freq": "yearly", "bymonth": 2, "bymonthday": -1} if day.start == "02-29" else {"freq": "yearly"}


def _plain(text: str) -> str:
    """Without control characters, which RFC 5545, 3.1 does not allow; lines stay."""
    return "".join(each for each in text if each == "\n" or unicodedata.category(each) != "Cc")
