"""Reminders somebody asked for: where to tell it, sealed under a keyed hash; erased once told, and in no backup."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Integer, String, Table, delete, select

from bot.announcements.events import Event
from bot.announcements.reminding import AHEAD, KEPT, Reminder
from bot.core.clock import Clock
from bot.core.kept import Kept
from bot.core.request import RoomRef
from bot.outbox.model import Outgoing
from bot.storage import deliveries
from bot.storage.announcements import CODE_SIZE
from bot.storage.connection import AsyncConnection
from bot.storage.engine import Database
from bot.storage.keys import Keys
from bot.storage.schema import Instant, TableRule, marked, metadata, put, sealed_field

_AT_A_TIME = 500

reminders = Table(
    "reminders", metadata,
    marked(primary_key=True),
    Column("code", String(CODE_SIZE), nullable=False, index=True),
    Column("ahead_s", Integer, nullable=False),
    sealed_field("told", nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
)  # fmt: skip
c = reminders.c


class StoredReminders:
    """`bot.announcements.reminding.Reminders` on the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def put(self, reminder: Reminder, event: Event) -> None:
        mark, now = mark_of(self._database.keys, reminder.code, reminder.room), self._clock.now()
        told = [reminder.room.platform, reminder.room.id, reminder.locale, reminder.ahead]
        sealed = self._database.keys.seal(json.dumps(told), "reminders", mark.hex(), "told")
        async with self._database.write() as connection:
            await put(
                connection, reminders, mark=mark, code=reminder.code, told=sealed,
                ahead_s=int(AHEAD[reminder.ahead].total_seconds()),
                expires_at=min(event.ends_at or now, now + KEPT),
            )  # fmt: skip

    async def forget(self, code: str, room: RoomRef) -> bool:
        mark = mark_of(self._database.keys, code, room)
        async with self._database.write() as connection:
            return (await connection.execute(delete(reminders).where(c.mark == mark))).rowcount > 0

    async def tell(self, code: str, most: timedelta, notice: Callable[[Reminder], Outgoing]) -> int:
        due = select(reminders).where(c.code == code, c.ahead_s >= int(most.total_seconds()))
        count = 0
        async with self._database.write() as connection:
            while rows := (await connection.execute(due.limit(_AT_A_TIME).with_for_update())).all():
                await connection.execute(delete(reminders).where(c.mark.in_([row.mark for row in rows])))
                told = [notice(self._loaded(row)) for row in rows]
                count += await deliveries.add(connection, self._database, told, self._clock.now())
        return count

    def _loaded(self, row: Any) -> Reminder:
        platform, room, locale, ahead = json.loads(
            self._database.keys.open(row.told, "reminders", row.mark.hex(), "told")
        )
        return Reminder(row.code, RoomRef(platform, room), locale, ahead)


def mark_of(keys: Keys, code: str, room: RoomRef) -> bytes:
    """What one reminder is found by."""
    return keys.mark("reminder", code, room.platform, room.id)


async def _expire(connection: AsyncConnection, now: datetime) -> int:
    return (await connection.execute(delete(reminders).where(c.expires_at <= now))).rowcount


RULE = TableRule(
    Kept(
        "reminders",
        "where to remind one person of one event, sealed, and how long before",
        "because this person asked for it",
        "who suggested or reported",
        "once told, or when that person says so, or after 30 days",
        KEPT,
        is_nearest=True,
    ),
    reminders,
    _expire,
    eraser=StoredReminders.forget,
    is_momentary=True,
)
