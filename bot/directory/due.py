"""Which records want to be looked at, by the clock of `policy.md` §4, and the list of them for a review room."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.core.reply import Action, Block, Bullets, Heading, Paragraph, Reply
from bot.directory.cards import Cards
from bot.directory.freshness import freshness, last_check, span_of
from bot.directory.model import WORLDWIDE, Resource

AHEAD = timedelta(days=7)
"""A list holds what becomes due until the next one."""
MOST = 15
MOST_ACTIONS = 5
State = Literal["past", "never", "due", "soon", "ended"]
_ORDER: tuple[State, ...] = ("past", "never", "due", "soon", "ended")


@dataclass(frozen=True, slots=True)
class Due:
    """A record to look at. `since` is the day its check is or was due, of its end, or its newest source's last day.

    | state | meaning                                                        |
    |-------|----------------------------------------------------------------|
    | past  | its check lies behind the wall: it is hardly shown any more    |
    | never | nobody of this bot ever looked                                 |
    | due   | a new check is due                                             |
    | soon  | it becomes due within a week                                   |
    | ended | an event or campaign that is over and still listed             |
    """

    record: Resource
    state: State
    is_urgent: bool
    since: date


def due(records: Iterable[Resource], urgent: Collection[str], today: date, country: str | None = None) -> list[Due]:
    """What is due on `today` or within a week, urgent ones first; `urgent` are the ids that urgent cards show.

    Among equals come those of `country` (and worldwide ones), then what has waited longest.
    """
    found = [each for record in records if (each := _due(record, today, record.id in urgent)) is not None]

    def is_far(each: Due) -> bool:
        return country is not None and not any(area.country in (country, WORLDWIDE) for area in each.record.coverage)

    return sorted(
        found,
        key=lambda each: (not each.is_urgent, is_far(each), _ORDER.index(each.state), each.since, each.record.id),
    )


def _due(record: Resource, today: date, is_shown_urgently: bool) -> Due | None:
    is_urgent = is_shown_urgently or record.kind == "helpline"
    state = freshness(record, today, is_urgent).state
    if state == "ended" and record.ends is not None:
        return Due(record, "ended", is_urgent, record.ends.latest)
    if state in ("opens", "until"):
        return None
    check = last_check(record, today)
    if check is None:
        return Due(record, "never", is_urgent, record.as_of.latest if record.as_of else date.min)
    since = check.date + timedelta(days=span_of(record, is_urgent).due_days + 1)
    if state == "in-date":
        return Due(record, "soon", is_urgent, since) if since <= today + AHEAD else None
    return Due(record, "past" if state == "past" else "due", is_urgent, since)


def due_list(found: Sequence[Due], cards: Cards, locale: str, today: date) -> Reply | None:
    """The list for a review room, each with its id, why it stands there and how old it is; None when nothing is due."""
    if not found:
        return None
    say = cards.messages.say
    lines = [_line(each, cards, locale, today) for each in found[:MOST]]
    blocks: list[Block] = [
        Heading(say(locale, "due-title")),
        Paragraph((say(locale, "due-how"),)),
        Bullets(tuple((line,) for line in lines)),
    ]
    if len(found) > MOST:
        blocks.append(Paragraph((say(locale, "due-more", count=str(len(found) - MOST)),)))
    actions = tuple(
        Action("check", say(locale, "do-note-check", name=each.record.name), (each.record.id,))
        for each in found[:MOST_ACTIONS]
    )
    return Reply(tuple(blocks), actions, audience="room", locale=locale)


def _line(each: Due, cards: Cards, locale: str, today: date) -> str:
    say, record = cards.messages.say, each.record
    told = cards.freshness(record, locale, today, is_urgent=each.is_urgent)
    message_id = "due-soon" if each.state == "soon" else "due-line"
    line = say(locale, message_id, name=record.name, id=record.id, freshness=told)
    return say(locale, "due-urgent", line=line) if each.is_urgent else line
