"""Once a week, to rooms that asked for it: what is new in the directory and what was newly checked, nothing where nothing is."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.announcements import schedule
from bot.announcements.model import Subscription, meet
from bot.announcements.ports import Opening
from bot.core.reply import Bullets, Link, Paragraph, Reply, Span
from bot.core.rounds import keep_doing
from bot.directory.changes import Change, ChangeStore
from bot.directory.model import WORLDWIDE, Resource
from bot.handlers.shelf import Tools
from bot.outbox.model import Outgoing

EVERY_S = 3600.0
MOST = 10
LONGEST_URL = 100
"""A longer address would make the list more than one message; the name alone finds the record."""
_HOUR = time(10)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Digests:
    tools: Tools
    opening: Opening
    changes: ChangeStore

    async def run(self) -> None:
        """Look every hour whether a week began, for ever. What fails is said and tried again."""

        async def send() -> None:
            await self.send(self.opening.clock.now())

        await keep_doing(send, self.opening.clock, EVERY_S, "digest.failed")

    async def send(self, now: datetime) -> int:
        """Hand the lists of this week to the outbox, which takes each but once; how many were new. Raises StorageError."""
        boards = await self.opening.open()
        wanted = [each for each in await boards.subscriptions.all() if each.digest]
        if not wanted:
            return 0
        monday = now.date() - timedelta(days=now.weekday())
        new = {
            record_id for record_id, day in first_put(await self.changes.all()).items() if _is_last_week(day, monday)
        }
        records = self.tools.shelf().index.records
        found = [row for each in wanted if (row := self._row(each, records, new, monday, now)) is not None]
        return await boards.outbox.add(found) if found else 0

    def _row(
        self, room: Subscription, records: Iterable[Resource], new: Collection[str], monday: date, now: datetime
    ) -> Outgoing | None:
        """What one room is told; None where nothing of it is for this room."""
        own = [each for each in records if _belongs(each, room)]
        fresh = [each for each in own if each.id in new]
        checked = [each for each in own if each.id not in new and _was_checked(each, monday)]
        if not fresh and not checked:
            return None
        say, blocks = self.tools.messages.say, [Paragraph((self.tools.messages.say(room.locale, "digest-title"),))]
        lists = [Bullets(self._lines(found, room.locale)) for found in (fresh, checked)]
        heads = [Paragraph((say(room.locale, key),)) for key in ("digest-new", "digest-checked")]
        shown = [part for head, held in zip(heads, lists, strict=True) if held.items for part in (head, held)]
        due = schedule.due_in(datetime.combine(monday, _HOUR), room.zone, room.quiet, now)
        return Outgoing(
            f"digest/{monday}", room.room, Reply((*blocks, *shown), audience="room", locale=room.locale), "announcement",
            not_before=due if due > now else None,
            expires_at=schedule.instant(datetime.combine(monday + _WEEK, time()), room.zone),
        )  # fmt: skip

    def _lines(self, records: Collection[Resource], locale: str) -> tuple[tuple[Span, ...], ...]:
        """The first by name, and how many there are beside them: so that the list is one message everywhere."""
        some = sorted(records, key=lambda each: each.name)[:MOST]
        lines = tuple((_named(each),) for each in some)
        left = len(records) - len(some)
        return (*lines, (self.tools.messages.say(locale, "digest-more", count=left),)) if left else lines


def first_put(changes: Iterable[Change]) -> dict[str, date]:
    """The records that are in the directory by a decision and not by its file, and the day they came in.

    What was put again since, an edit say, is not new by that; what was taken out and put in later is.
    """
    found: dict[str, date] = {}
    for each in changes:
        if each.kind == "remove":
            found.pop(each.record_id, None)
        elif each.kind == "put" and not each.base:
            found.setdefault(each.record_id, each.decided_on)
    return found


def _named(record: Resource) -> Span:
    url = record.contact.url
    return Link(record.name, url) if url and len(url) <= LONGEST_URL else record.name


def _is_last_week(day: date, monday: date) -> bool:
    return monday - _WEEK <= day < monday


def _was_checked(record: Resource, monday: date) -> bool:
    """Whether somebody looked and it was in order; a check that failed is nothing to be told as one."""
    return any(_is_last_week(check.date, monday) and check.outcome != "failed" for check in record.checks)


def _belongs(record: Resource, room: Subscription) -> bool:
    """Whether its topics and places are among those of the room; what helps everywhere belongs to every place."""
    is_topic = not room.topics or bool(set(room.topics) & set(record.topics))
    areas = [area.region or area.country for area in record.coverage]
    is_place = not room.places or any(area == WORLDWIDE or meet(area, place) for area in areas for place in room.places)
    return is_topic and is_place
