"""Announcements until 90 days after they are over. A step is written with its deliveries and acts in one transaction."""

import json
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Integer, String, Table, delete, insert, select, update

from bot.announcements.model import Announcement, Copy, Rooms, Subscription
from bot.announcements.ports import Plan, Step
from bot.core.claim import ALPHABET
from bot.core.clock import Clock
from bot.core.kept import Kept
from bot.errors import InputError
from bot.outbox.model import Outgoing
from bot.storage import acts, deliveries
from bot.storage.connection import AsyncConnection
from bot.storage.engine import Database
from bot.storage.keys import Keys
from bot.storage.schema import Instant, TableRule, metadata, sealed_field
from bot.storage.subscriptions import WAITS, read_all, unsay

LONGEST = timedelta(days=90)
CODE_SIZE = 4
_A_DAY = timedelta(days=1)
_PUBLISHED = ("published", "correcting")

announcements = Table(
    "announcements", metadata,
    Column("code", String(CODE_SIZE), primary_key=True),
    Column("community", String(64), nullable=False),
    Column("author", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    sealed_field("content", "code", nullable=False),
    Column("changed_at", Instant, nullable=False, index=True),
    # The day after the last local hour it may be said at, anywhere.
    Column("over_at", Instant, nullable=False),
)  # fmt: skip
c = announcements.c


class StoredAnnouncements:
    """`bot.announcements.ports.Announcements` on the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def add(self, announcement: Announcement) -> Announcement:
        async with self._database.write() as connection:
            return await self._added(connection, announcement)

    async def _added(self, connection: AsyncConnection, announcement: Announcement) -> Announcement:
        made = replace(announcement, code=await free_code(connection, c.code))
        await connection.execute(insert(announcements).values(code=made.code, **self._values(made)))
        return made

    async def propose(
        self, cause: str, announcement: Announcement, cards: Callable[[Announcement], Sequence[Outgoing]]
    ) -> bool:
        async with self._database.write() as connection:
            if await deliveries.is_known(connection, cause) or not cards(announcement):
                return False
            made = await self._added(connection, announcement)
            return await deliveries.add(connection, self._database, cards(made), self._clock.now()) > 0

    async def find(self, code: str, communities: Collection[str]) -> Announcement | None:
        async with self._database.read() as connection:
            row = (await connection.execute(_of(code, communities))).one_or_none()
        return None if row is None else self._loaded(row)

    async def step(self, code: str, communities: Collection[str], step: Step) -> Announcement | None:
        now = self._clock.now()
        async with self._database.write() as connection:
            row = (await connection.execute(_of(code, communities).with_for_update())).one_or_none()
            if row is None:
                return None
            before = self._loaded(row)
            outcome = step(before, await rooms_of(connection, self._database.keys, before.cause))
            after = outcome.announcement
            if after.day and after.state == "published" != before.state and await self._is_said(connection, after):
                raise InputError("announce-day-said")
            await connection.execute(update(announcements).where(c.code == code).values(**self._values(after)))
            await deliveries.add(connection, self._database, outcome.outgoing, now)
            for act in outcome.acts:
                await acts.add(connection, act)
        return after

    async def _is_said(self, connection: AsyncConnection, announcement: Announcement) -> bool:
        """Whether another one says the same day."""
        others = select(announcements).where(c.state.in_(_PUBLISHED), c.code != announcement.code)
        return any(self._loaded(row).day == announcement.day for row in await connection.execute(others))

    async def follow(self, wanted: Subscription, plan: Plan) -> None:
        keys, now = self._database.keys, self._clock.now()
        async with self._database.write() as connection:
            causes = await unsay(connection, keys, wanted.room, WAITS, deliveries.c.cause.startswith("announcement/"))
            waited = {cause.split("/")[1] for cause in causes}
            query = select(announcements).where(c.state.in_(_PUBLISHED), (c.over_at > now) | c.code.in_(waited))
            for each in map(self._loaded, (await connection.execute(query)).all()):
                there = await deliveries.rooms_of(connection, keys, each.cause)
                if all(room != wanted.room for _, room, _ in there):
                    await deliveries.add(connection, self._database, plan(each, each.code in waited), now)

    async def newest(self, communities: Collection[str], most: int) -> list[Announcement]:
        query = select(announcements).where(c.community.in_(communities), c.state != "retracted")
        async with self._database.read() as connection:
            rows = (await connection.execute(query.order_by(c.changed_at.desc(), c.code).limit(most))).all()
        return [self._loaded(row) for row in rows]

    def _values(self, announcement: Announcement) -> dict[str, Any]:
        last = announcement.until or announcement.at
        content = {
            "texts": dict(announcement.texts),
            "topic": announcement.topic,
            "place": announcement.place,
            "at": announcement.at and announcement.at.isoformat(),
            "until": announcement.until and announcement.until.isoformat(),
            "approved": announcement.approved,
            "said": dict(announcement.said),
            "day": announcement.day,
        }
        return {
            "community": announcement.community,
            "author": announcement.by,
            "state": announcement.state,
            "version": announcement.version,
            "content": self._database.keys.seal(
                json.dumps(content, ensure_ascii=False), "announcements", announcement.code, "content"
            ),
            "changed_at": self._clock.now(),
            "over_at": (last.replace(tzinfo=UTC) + _A_DAY) if last else self._clock.now(),
        }

    def _loaded(self, row: Any) -> Announcement:
        held = json.loads(self._database.keys.open(row.content, "announcements", row.code, "content"))
        return Announcement(
            row.code, row.community, row.author, held["texts"], held["topic"], held["place"],
            held["at"] and datetime.fromisoformat(held["at"]), held["until"] and datetime.fromisoformat(held["until"]),
            row.state, row.version, tuple(held["approved"]), held.get("said", {}), held.get("day", ""),
        )  # fmt: skip


async def rooms_of(connection: AsyncConnection, keys: Keys, cause: str) -> Rooms:
    """Which rooms want what, and where a cause is, as part of a transaction."""
    copies = [Copy(room, own, is_said) for own, room, is_said in await deliveries.rooms_of(connection, keys, cause)]
    return Rooms(await read_all(connection, keys), copies)


def _of(code: str, communities: Collection[str]) -> Any:
    return select(announcements).where(c.code == code, c.community.in_(communities))


async def free_code(connection: AsyncConnection, column: Column[str]) -> str:
    """A code nothing has in that column: letters and at least one digit, so that it is no word."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_SIZE))
        is_word = code.isalpha() or code.isdecimal()
        if not is_word and await connection.scalar(select(column).where(column == code)) is None:
            return code


async def _expire(connection: AsyncConnection, now: datetime) -> int:
    limit = now - LONGEST
    return (await connection.execute(delete(announcements).where(c.changed_at <= limit, c.over_at <= limit))).rowcount


RULE = TableRule(
    Kept(
        "announcements",
        "what moderators wrote to rooms, sealed, with the pseudonym of its author",
        "so that it can be approved, corrected and taken back",
        "outbox rows",
        "90 days after it is over",
        LONGEST,
        is_nearest=True,
    ),
    announcements,
    _expire,
)
