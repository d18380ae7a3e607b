"""The days as an iCalendar file (RFC 5545) for any calendar; made by the `icalendar` library, never read by us."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from bot.announcements.days import Day, days

PRODUCT = "-//Umbrella//days//EN"
NAME = "Days"
"""What a calendar on somebody's phone shows as its name: it says nothing about whose days they are."""


def calendar(locale: str, today: date, among: Iterable[Day] | None = None) -> bytes:
    """All days, each once a year from its next time on, in the language given or English; whole days, no alarm, no place."""
    page = Calendar()
    page.add("prodid", PRODUCT)
    page.add("version", "2.0")
    page.add("x-wr-calname", NAME)
    for day in days() if among is None else among:
        page.add_component(_event(day, locale, today))
    return bytes(page.to_ical())


def _event(day: Day, locale: str, today: date) -> Event:
    first, last = day.next(today)
    event = Event()
    event.add("uid", f"{day.id}@umbrella.invalid")
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    event.add("dtstart", first)
    # The end is the day after the last one (RFC 5545, 3.6.1).
    event.add("dtend", last + timedelta(days=1))
    event.add("rrule", {"freq": "yearly"})
    event.add("summary", day.name)
    event.add("description", day.text.get(locale, day.text["en"]))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
