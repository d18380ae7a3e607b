"""What must be known of a room or server after a restart: that it was ever encrypted, and what was set for it."""

import json
from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sqlalchemy import Boolean, Column, Table, delete, false

from bot import log
from bot.core.clock import Clock
from bot.core.kept import Kept
from bot.core.ports import RoomSettings
from bot.core.request import RoomRef
from bot.storage.engine import Database
from bot.storage.forgotten import forget
from bot.storage.left import end_rooms
from bot.storage.schema import TableRule, marked, metadata, of_mark, put, sealed_field
from bot.storage.subscriptions import read_all

room_facts = Table(
    "room_facts", metadata,
    marked(primary_key=True),
    Column("is_encrypted", Boolean, nullable=False, server_default=false()),
    sealed_field("settings"),
)  # fmt: skip

_SETTINGS, _WAS_ENCRYPTED = of_mark(room_facts.c.settings), of_mark(room_facts.c.is_encrypted)


class StoredRoomFacts:
    """`bot.core.ports.RoomFacts` on the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def note_encrypted(self, platform: str, room_id: str) -> None:
        """Note that the room is encrypted; never again is clear text sent there, whatever a server says later."""
        async with self._database.write() as connection:
            await put(connection, room_facts, mark=self._mark(platform, room_id), is_encrypted=True)

    async def was_encrypted(self, platform: str, room_id: str) -> bool:
        mark = self._mark(platform, room_id)
        async with self._database.read() as connection:
            return bool(await connection.scalar(_WAS_ENCRYPTED, {"of": mark}))

    async def settings_of(self, platform: str, room_id: str) -> RoomSettings:
        """What was set for the room or server; the defaults when nothing was."""
        mark = self._mark(platform, room_id)
        async with self._database.read() as connection:
            sealed = await connection.scalar(_SETTINGS, {"of": mark})
        if sealed is None:
            return RoomSettings()
        held: dict[str, Any] = json.loads(self._database.keys.open(sealed, "room_facts", mark.hex(), "settings"))
        commands = held["commands"]
        return RoomSettings(
            **{
                **held,
                "revealing_words": tuple(held["revealing_words"]),
                "commands": None if commands is None else tuple(commands),
            }
        )

    async def set_settings(self, platform: str, room_id: str, settings: RoomSettings) -> None:
        mark = self._mark(platform, room_id)
        sealed = self._database.keys.seal(json.dumps(asdict(settings)), "room_facts", mark.hex(), "settings")
        async with self._database.write() as connection:
            await put(connection, room_facts, mark=mark, settings=sealed)

    async def forget(self, platform: str, room_id: str) -> bool:
        """Erase all about a room the bot has left; whether there was anything."""
        mark = self._mark(platform, room_id)
        async with self._database.write() as connection:
            done = await connection.execute(delete(room_facts).where(room_facts.c.mark == mark))
            if done.rowcount:
                await forget(connection, mark, self._clock.now().date())
        return done.rowcount > 0

    async def left(self, platform: str, room_ids: Collection[str], server: str = "") -> None:
        """End what these rooms, and all of `server`, wanted to hear and what waits to be said there: the bot is no longer
        in them.
        """
        rooms = {RoomRef(platform, each) for each in room_ids}
        async with self._database.write() as connection:
            if server:
                wanted = await read_all(connection, self._database.keys)
                rooms |= {each.room for each in wanted if (each.room.platform, each.server) == (platform, server)}
            count = await end_rooms(connection, self._database.keys, rooms, self._clock.now())
        if count:
            log.notice("rooms.left", platform=platform, count=count)

    async def servers(self, platform: str) -> frozenset[str]:
        """The servers in which rooms want to hear something."""
        async with self._database.read() as connection:
            wanted = await read_all(connection, self._database.keys)
        return frozenset(each.server for each in wanted if each.room.platform == platform and each.server)

    def _mark(self, platform: str, room_id: str) -> bytes:
        return self._database.keys.mark("room", platform, room_id)


RULE = TableRule(
    Kept(
        "room_facts",
        "a keyed hash of a room that is or was encrypted; what administrators set for a room, sealed",
        "so that nothing is ever sent there in the clear, and settings hold",
        "devices of people on Matrix",
        "when the bot leaves the room",
    ),
    room_facts,
    eraser=StoredRoomFacts.forget,
)
