"""What one person asked for and is known by where they alone are written to: shown and erased by `privacy`."""

from collections.abc import AsyncIterator

from sqlalchemy import and_, delete, select, update

from bot.announcements.ports import Own
from bot.core.clock import Clock
from bot.core.request import RoomRef
from bot.storage import deliveries
from bot.storage.case_keys import CaseKeys, case_keys
from bot.storage.case_text import loaded_room
from bot.storage.cases import cases
from bot.storage.connection import AsyncConnection
from bot.storage.engine import Database
from bot.storage.reminders import mark_of, reminders


class StoredOwn:
    """`bot.announcements.ports.OwnThings` on the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._case_keys = CaseKeys(database, clock)

    async def of(self, room: RoomRef) -> Own:
        async with self._database.read() as connection:
            told = [each async for each in self._told(connection, room)]
            return Own(tuple(await self._reminders(connection, room)), len(told))

    async def erase(self, room: RoomRef) -> None:
        waits = and_(
            deliveries.c.room_mark == deliveries.room_mark(self._database.keys, room),
            deliveries.c.kind == "notice", deliveries.c.act == "say", deliveries.c.state != "sending",
        )  # fmt: skip
        async with self._database.write() as connection:
            marks = [mark_of(self._database.keys, code, room) for code in await self._reminders(connection, room)]
            await connection.execute(delete(reminders).where(reminders.c.mark.in_(marks)))
            told = [each async for each in self._told(connection, room)]
            await connection.execute(update(cases).where(cases.c.case_id.in_(told)).values(tell=None, tell_until=None))
            await connection.execute(delete(deliveries.deliveries).where(waits))

    async def _reminders(self, connection: AsyncConnection, room: RoomRef) -> list[str]:
        """The events: a reminder is found by the event and the room alone, never by the person."""
        codes = (await connection.scalars(select(reminders.c.code).distinct())).all()
        marks = {mark_of(self._database.keys, code, room): code for code in codes}
        theirs = await connection.scalars(select(reminders.c.mark).where(reminders.c.mark.in_(marks)))
        return sorted(marks[mark] for mark in theirs)

    async def _told(self, connection: AsyncConnection, room: RoomRef) -> AsyncIterator[str]:
        """The ids of open cases whose end is to be told there. Each is sealed with a key of its own, so all are read."""
        wanted = select(cases.c.case_id, cases.c.tell, case_keys.c.key).join(
            case_keys, case_keys.c.case_id == cases.c.case_id
        )
        for row in (await connection.execute(wanted.where(cases.c.tell.is_not(None)))).all():
            seal = self._case_keys.opened(row.case_id, row.key)
            if seal is not None and loaded_room(seal.open(row.tell, "cases", row.case_id, "tell"))[0] == room:
                yield row.case_id
