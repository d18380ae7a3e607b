"""Events until they are over. A step is written with its deliveries and acts in one transaction."""

import json
import uuid
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Select, String, Table, delete, insert, select, update

from bot.announcements.events import LONGEST_LASTING, Event, EventStep, event_of, soonest, values_of
from bot.announcements.schedule import LONGEST_AHEAD
from bot.core.clock import Clock
from bot.core.kept import Kept
from bot.storage import acts, deliveries
from bot.storage.announcements import CODE_SIZE, free_code, rooms_of
from bot.storage.connection import AsyncConnection
from bot.storage.engine import Database
from bot.storage.schema import Instant, TableRule, metadata, sealed_field

DRAFT = timedelta(days=90)
LONGEST = LONGEST_AHEAD + LONGEST_LASTING

events = Table(
    "events", metadata,
    Column("code", String(CODE_SIZE), primary_key=True),
    Column("community", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    sealed_field("content", "code", nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
)  # fmt: skip
c = events.c


class StoredEvents:
    """`bot.announcements.events.Events` on the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def add(self, event: Event) -> Event:
        async with self._database.write() as connection:
            made = replace(event, code=await free_code(connection, c.code), uid=str(uuid.uuid4()))
            await connection.execute(insert(events).values(code=made.code, **self._values(made)))
        return made

    async def find(self, code: str, communities: Collection[str] | None = None) -> Event | None:
        async with self._database.read() as connection:
            row = (await connection.execute(self._of(code, communities))).one_or_none()
        return None if row is None else self._loaded(row)

    async def step(self, code: str, communities: Collection[str], step: EventStep) -> Event | None:
        async with self._database.write() as connection:
            row = (await connection.execute(self._of(code, communities).with_for_update())).one_or_none()
            if row is None:
                return None
            before = self._loaded(row)
            outcome = step(before, await rooms_of(connection, self._database.keys, before.cause))
            await connection.execute(update(events).where(c.code == code).values(**self._values(outcome.event)))
            await deliveries.add(connection, self._database, outcome.outgoing, self._clock.now())
            for act in outcome.acts:
                await acts.add(connection, act)
        return outcome.event

    async def held(self, communities: Collection[str], most: int) -> list[Event]:
        found = self._there().where(c.community.in_(communities), c.state != "withdrawn")
        async with self._database.read() as connection:
            rows = (await connection.execute(found.order_by(c.expires_at, c.code).limit(most))).all()
        return [self._loaded(row) for row in rows]

    async def coming(self) -> list[Event]:
        async with self._database.read() as connection:
            rows = (await connection.execute(self._there().where(c.state == "published"))).all()
        now = self._clock.now()
        return soonest([each for each in map(self._loaded, rows) if each.is_coming(now)])

    def _there(self) -> Select[Any]:
        """What is over is not there any more, whether or not its row is deleted yet."""
        return select(events).where(c.expires_at > self._clock.now())

    def _of(self, code: str, communities: Collection[str] | None) -> Select[Any]:
        found = self._there().where(c.code == code)
        return found if communities is None else found.where(c.community.in_(communities))

    def _values(self, event: Event) -> dict[str, Any]:
        now = self._clock.now()
        sealed = self._database.keys.seal(
            json.dumps(values_of(event), ensure_ascii=False), "events", event.code, "content"
        )
        over = min(event.ends_at or now + DRAFT, now + LONGEST)
        return {"community": event.community, "state": event.state, "content": sealed, "expires_at": over}

    def _loaded(self, row: Any) -> Event:
        held = json.loads(self._database.keys.open(row.content, "events", row.code, "content"))
        return event_of(held, row.code, row.community, row.state)


async def _expire(connection: AsyncConnection, now: datetime) -> int:
    return (await connection.execute(delete(events).where(c.expires_at <= now))).rowcount


RULE = TableRule(
    Kept(
        "events",
        "what moderators wrote of a gathering: title, hours, place, organizer, sealed, with the pseudonym of its author",
        "so that people find it, in words and in their calendar",
        "moderators' acts",
        "when it is over; without a date after 90 days",
        LONGEST,
        is_nearest=True,
    ),
    events,
    _expire,
)
