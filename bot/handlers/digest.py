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
        changes = [each for each in await self.changes.all() if monday - _WEEK <= each.decided_on < monday]
        records = self.tools.shelf().index.records
        found = [row for each in wanted if (row := self._row(each, records, changes, monday, now)) is not None]
        return await boards.outbox.add(found) if found else 0

    def _row(
        self, room: Subscription, records: Iterable[Resource], changes: Iterable[Change], monday: date, now: datetime
    ) -> Outgoing | None:
        """What one room is told; None where nothing of it is for this room."""
        new = {each.record_id for each in changes if each.kind == "put" and not each.base}
        own = [each for each in records if _belongs(each, room)]
        fresh = [each for each in own if each.id in new]
        checked = [each for each in own if each.id not in new and _was_checked(each, monday)]
        if not fresh and not checked:
            return None
        say, blocks = self.tools.messages.say, [Paragraph((self.tools.messages.say(room.locale, "digest-title"),))]
        lists = [Bullets(_lines(found)) for found in (fresh, checked)]
        heads = [Paragraph((say(room.locale, key),)) for key in ("digest-new", "digest-checked")]
        shown = [part for head, held in zip(heads, lists, strict=True) if held.items for part in (head, held)]
        due = schedule.due_in(datetime.combine(monday, _HOUR), room.zone, room.quiet, now)
        return Outgoing(
            f"digest/{monday}", room.room, Reply((*blocks, *shown), audience="room", locale=room.locale), "announcement",
            not_before=due if due > now else None,
            expires_at=schedule.instant(datetime.combine(monday + _WEEK, time()), room.zone),
        )  # fmt: skip


def _lines(records: Collection[Resource]) -> tuple[tuple[Span, ...], ...]:
    some = sorted(records, key=lambda each: each.name)[:MOST]
    return tuple((Link(each.name, each.contact.url) if each.contact.url else each.name,) for each in some)


def _was_checked(record: Resource, monday: date) -> bool:
    return any(monday - _WEEK <= check.date < monday for check in record.checks)


def _belongs(record: Resource, room: Subscription) -> bool:
    """Whether its topics and places are among those of the room; what helps everywhere belongs to every place."""
    is_topic = not room.topics or bool(set(room.topics) & set(record.topics))
    areas = [area.region or area.country for area in record.coverage]
    is_place = not room.places or any(area == WORLDWIDE or meet(area, place) for area in areas for place in room.places)
    return is_topic and is_place
