"""Rooms that were joined to a community as its review room (`bot.core.meeting.JoinedRooms`)."""

import json
from collections.abc import Sequence

from sqlalchemy import Table, delete, select

from bot.core.acts import Act
from bot.core.clock import Clock
from bot.core.kept import Kept
from bot.core.meeting import JoinedRoom
from bot.core.request import RoomRef
from bot.storage import acts
from bot.storage.connection import AsyncConnection
from bot.storage.engine import Database
from bot.storage.forgotten import forget
from bot.storage.schema import TableRule, marked, metadata, put, sealed_field

review_rooms = Table(
    "review_rooms", metadata,
    marked(primary_key=True),
    sealed_field("joined", nullable=False),
)  # fmt: skip


class StoredReviewRooms:
    """There are at most two for each community; all of them are read at a time."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def all(self) -> Sequence[JoinedRoom]:
        async with self._database.read() as connection:
            return list((await self._read(connection)).values())

    async def join(self, joined: JoinedRoom, act: Act) -> None:
        mark = self._mark(joined.room)
        held = json.dumps([joined.room.platform, joined.room.id, joined.community, joined.server])
        async with self._database.write() as connection:
            for other, each in (await self._read(connection)).items():
                if (each.community, each.room.platform) == (joined.community, joined.room.platform):
                    await self._erase(connection, other)
            sealed = self._database.keys.seal(held, "review_rooms", mark.hex(), "joined")
            await put(connection, review_rooms, mark=mark, joined=sealed)
            await acts.add(connection, act)

    async def leave(self, room: RoomRef, act: Act | None = None) -> bool:
        async with self._database.write() as connection:
            was_there = await self._erase(connection, self._mark(room))
            if was_there and act is not None:
                await acts.add(connection, act)
            return was_there

    async def leave_server(self, platform: str, server: str) -> int:
        async with self._database.write() as connection:
            gone = [
                mark
                for mark, each in (await self._read(connection)).items()
                if (each.room.platform, each.server) == (platform, server)
            ]
            for mark in gone:
                await self._erase(connection, mark)
            return len(gone)

    async def _read(self, connection: AsyncConnection) -> dict[bytes, JoinedRoom]:
        rows = (await connection.execute(select(review_rooms.c.mark, review_rooms.c.joined))).all()
        return {row.mark: self._opened(row.mark, row.joined) for row in rows}

    def _opened(self, mark: bytes, sealed: bytes) -> JoinedRoom:
        held = json.loads(self._database.keys.open(sealed, "review_rooms", mark.hex(), "joined"))
        platform, room_id, community, server = held
        return JoinedRoom(RoomRef(platform, room_id), community, server)

    async def _erase(self, connection: AsyncConnection, mark: bytes) -> bool:
        gone = await connection.execute(delete(review_rooms).where(review_rooms.c.mark == mark))
        if gone.rowcount:
            await forget(connection, mark, self._clock.now().date())
        return gone.rowcount > 0

    def _mark(self, room: RoomRef) -> bytes:
        return self._database.keys.mark("review-room", room.platform, room.id)


RULE = TableRule(
    Kept(
        "review_rooms",
        "a room that moderators joined to their community as its review room, sealed",
        "so that cases are shown where moderators meet",
        "outbox rows",
        "when moderators take it back or the bot leaves the room or its server",
    ),
    review_rooms,
    eraser=StoredReviewRooms.leave,
)
