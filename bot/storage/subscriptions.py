"""Which rooms want to hear what; the room and what it wants are one sealed field under a keyed hash of the room."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, time
from typing import Any

from sqlalchemy import Table, and_, delete, or_, select

from bot.announcements.model import Subscription
from bot.announcements.schedule import Quiet
from bot.core.clock import Clock
from bot.core.kept import Kept
from bot.core.request import RoomRef
from bot.storage import deliveries
from bot.storage.connection import AsyncConnection
from bot.storage.engine import Database
from bot.storage.forgotten import forget
from bot.storage.keys import Keys
from bot.storage.schema import TableRule, marked, metadata, put, sealed_field

subscriptions = Table(
    "subscriptions", metadata,
    marked(primary_key=True),
    sealed_field("wanted", nullable=False),
)  # fmt: skip

c = deliveries.c
WAITS = and_(c.state == "queued", ~c.was_unanswered)
_NOT_IN_CALENDAR = and_(c.state == "failed", c.cause.startswith("gathering/"))
"""What a calendar did not take, for want of a right, say: who sets it anew has it tried anew."""


class StoredSubscriptions:
    """`bot.announcements.ports.Subscriptions` on the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def put(self, subscription: Subscription) -> None:
        mark = self._mark(subscription.room)
        sealed = self._database.keys.seal(_dumped(subscription), "subscriptions", mark.hex(), "wanted")
        async with self._database.write() as connection:
            await put(connection, subscriptions, mark=mark, wanted=sealed)
            if subscription.is_calendar:
                await unsay(connection, self._database.keys, subscription.room, or_(WAITS, _NOT_IN_CALENDAR))
            elif not subscription.digest:
                await unsay(connection, self._database.keys, subscription.room, WAITS, c.cause.startswith("digest/"))

    async def of(self, room: RoomRef) -> Subscription | None:
        mark = self._mark(room)
        async with self._database.read() as connection:
            sealed = await connection.scalar(select(subscriptions.c.wanted).where(subscriptions.c.mark == mark))
        return None if sealed is None else _loaded(self._database.keys, mark, sealed)

    async def all(self) -> Sequence[Subscription]:
        async with self._database.read() as connection:
            return await read_all(connection, self._database.keys)

    async def forget(self, room: RoomRef) -> bool:
        async with self._database.write() as connection:
            await unsay(connection, self._database.keys, room, or_(WAITS, _NOT_IN_CALENDAR))
            return await forget_room(connection, self._database.keys, room, self._clock.now().date()) > 0

    def _mark(self, room: RoomRef) -> bytes:
        return room_mark(self._database.keys, room)


async def unsay(connection: AsyncConnection, keys: Keys, room: RoomRef, *which: Any) -> Sequence[str]:
    """Take out of the outbox, as part of a transaction, what is to be said there, as if it had never been wanted; the causes.

    So it can be wanted again.
    """
    rows, mine = deliveries.deliveries, c.room_mark == deliveries.room_mark(keys, room)
    gone = delete(rows).where(mine, c.kind == "announcement", c.act == "say", *which).returning(c.cause)
    causes = (await connection.scalars(gone)).all()
    await connection.execute(delete(rows).where(mine, c.act == "change", c.cause.in_(causes)))
    return causes


def room_mark(keys: Keys, room: RoomRef) -> bytes:
    return keys.mark("subscription", room.platform, room.id)


async def forget_room(connection: AsyncConnection, keys: Keys, room: RoomRef, day: date) -> int:
    """Erase what a room wanted to hear, as part of a transaction; 0 when it wanted nothing."""
    mark = room_mark(keys, room)
    gone = await connection.execute(delete(subscriptions).where(subscriptions.c.mark == mark))
    if gone.rowcount:
        await forget(connection, mark, day)
    return gone.rowcount


async def read_all(connection: AsyncConnection, keys: Keys) -> list[Subscription]:
    """Every subscription, as part of a transaction."""
    rows = (await connection.execute(select(subscriptions.c.mark, subscriptions.c.wanted))).all()
    return [_loaded(keys, row.mark, row.wanted) for row in rows]


def _dumped(subscription: Subscription) -> str:
    quiet = subscription.quiet
    return json.dumps(
        {**asdict(subscription), "quiet": quiet and [quiet.start.isoformat(), quiet.end.isoformat()]},
        ensure_ascii=False,
    )


def _loaded(keys: Keys, mark: bytes, sealed: bytes) -> Subscription:
    held: dict[str, Any] = json.loads(keys.open(sealed, "subscriptions", mark.hex(), "wanted"))
    quiet = held["quiet"]
    return Subscription(
        **{
            **held,
            "room": RoomRef(**held["room"]),
            "topics": tuple(held["topics"]),
            "places": tuple(held["places"]),
            "quiet": quiet and Quiet(*map(time.fromisoformat, quiet)),
        }
    )


RULE = TableRule(
    Kept(
        "subscriptions",
        "a room that wants announcements, with topics, places, language, time zone and quiet hours, sealed",
        "so that each room hears what it asked for, in its language, at its hours",
        "outbox rows",
        "when the room is unsubscribed or the bot leaves it",
        is_nearest=True,
    ),
    subscriptions,
    eraser=StoredSubscriptions.forget,
)
