"""How fresh a record is: `policy.md` §4 as code.

"Updated" is not "checked". A check is a person's act; a failed one renews nothing. Only dates are compared here, and
nothing is said: `bot.directory.cards` puts a `Freshness` into words.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from bot.directory.model import Check, PartialDate, Resource

State = Literal["in-date", "due", "past", "opens", "until", "ended", "unchecked"]


class Span(NamedTuple):
    """Days after a check until the next one is due, and until the record stands behind the wall."""

    due_days: int
    wall_days: int


URGENT = Span(60, 120)
"""Helplines, and everything that an urgent card shows."""
WITH_HOURS = Span(120, 300)
"""Drop-in, clinic, shelter, fund, anything with hours."""
SLOW = Span(180, 365)
"""Organizations and groups; guides, tools, tips and information about the law."""
SOURCE_DAYS = 731
"""Two years: how old a source may be before an unchecked record weighs less, and before a number is said to be old."""
_WITH_HOURS_TOPICS = frozenset({"drop-in", "housing", "food", "health", "sexual-health", "emergency-funds"})
_BY_ITS_END = ("event", "campaign")


@dataclass(frozen=True, slots=True)
class Freshness:
    """What is known of a record's age on one day.

    | state     | meaning                                     | `date`                         |
    |-----------|---------------------------------------------|--------------------------------|
    | in-date   | checked, no new check due                   | of the check                   |
    | due       | checked, a new check is due                 | of the check                   |
    | past      | the check lies behind the wall              | of the check                   |
    | opens     | a campaign that cannot be signed yet        | of its opening                 |
    | until     | an event or campaign that goes on           | of its end                     |
    | ended     | an event or campaign that is over           | of its end                     |
    | unchecked | never checked by people of this bot         | of the newest source, or None  |

    `phone` is "old" when the source of the phone number is older than two years, "undated" when it has no date, and
    "fresh" when it is newer, was checked, or there is no number. `weight` runs from 1.0 down to 0.5.
    """

    state: State
    date: PartialDate | None
    weight: float
    phone: Literal["fresh", "old", "undated"] = "fresh"
    phone_date: PartialDate | None = None


def span_of(record: Resource, is_urgent: bool = False) -> Span:
    """The row of the table that holds for `record`; `is_urgent` when an urgent card shows it."""
    if is_urgent or record.kind == "helpline":
        return URGENT
    if record.kind in ("service", "fund"):
        if record.kind == "fund" or record.contact.hours or _WITH_HOURS_TOPICS.intersection(record.topics):
            return WITH_HOURS
        return SLOW
    return WITH_HOURS if record.contact.hours else SLOW


def last_check(record: Resource, today: date) -> Check | None:
    """The newest check up to `today` that reached its aim; a failed one does not count."""
    done = [check for check in record.checks if check.outcome != "failed" and check.date <= today]
    return max(done, key=lambda check: check.date, default=None)


def freshness(record: Resource, today: date, is_urgent: bool = False) -> Freshness:
    """How fresh `record` is on `today`. Pure."""
    phone = _phone(record, today)
    if record.kind == "campaign" and record.opens is not None and today < record.opens.earliest:
        return Freshness("opens", record.opens, weight(record, today), phone, _phone_date(record))
    if record.kind in _BY_ITS_END and record.ends is not None:
        is_over = record.ends.latest < today
        return Freshness(
            "ended" if is_over else "until", record.ends, 0.5 if is_over else 1.0, phone, _phone_date(record)
        )
    check = last_check(record, today)
    if check is None:
        return Freshness("unchecked", record.as_of, weight(record, today), phone, _phone_date(record))
    span = span_of(record, is_urgent)
    age = (today - check.date).days
    state: State = "in-date" if age <= span.due_days else "due" if age <= span.wall_days else "past"
    day = PartialDate(check.date.year, check.date.month, check.date.day)
    return Freshness(state, day, weight(record, today, is_urgent), phone, _phone_date(record))


def weight(record: Resource, today: date, is_urgent: bool = False) -> float:
    """What freshness weighs in ranking: 1.0 until a check is due, in a straight line down to 0.5 at the wall.

    Never checked: 0.75 when its newest source is at most two years old, else 0.5.
    """
    if record.kind in _BY_ITS_END and record.ends is not None:
        return 0.5 if record.ends.latest < today else 1.0
    check = last_check(record, today) if record.checks else None
    if check is None:
        return 0.75 if record.as_of is not None and _days_old(record.as_of, today) <= SOURCE_DAYS else 0.5
    span = span_of(record, is_urgent)
    late = (today - check.date).days - span.due_days
    return 1.0 if late <= 0 else max(0.5, 1.0 - 0.5 * late / (span.wall_days - span.due_days))


def _phone_date(record: Resource) -> PartialDate | None:
    return record.contact.phone_as_of


def _phone(record: Resource, today: date) -> Literal["fresh", "old", "undated"]:
    """A check that spoke with somebody, or saw the number on the group's own page, vouches for the number."""
    contact = record.contact
    if not (contact.phone or contact.text or contact.whatsapp):
        return "fresh"
    check = last_check(record, today)
    if check is not None and (today - check.date).days <= SOURCE_DAYS:
        return "fresh"
    if contact.phone_as_of is None:
        return "undated"
    return "old" if _days_old(contact.phone_as_of, today) > SOURCE_DAYS else "fresh"


def _days_old(source: PartialDate, today: date) -> int:
    """Age in days, counted from the last day the date can mean, so that it is never overstated."""
    return (today - source.latest).days
