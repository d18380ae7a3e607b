"""Where an adapter stands, and what its account needs: sync token, device, token, cross-signing keys. All sealed.

On Discord also which messages wait to be handed on to the channels that follow, by the key of their delivery.
"""

from sqlalchemy import Column, String, Table, delete, select

from bot.core.kept import Kept
from bot.storage.connection import AsyncConnection
from bot.storage.engine import Database
from bot.storage.schema import TableRule, metadata, put, sealed_field

sync_state = Table(
    "sync_state", metadata,
    Column("platform", String(16), primary_key=True),
    Column("name", String(64), primary_key=True),
    sealed_field("value", "platform", "name", nullable=False),
)  # fmt: skip


class StoredSyncState:
    """`bot.core.ports.SyncState` on the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, platform: str, name: str) -> str | None:
        """The value, or None. Raises WrongKeyError when another key sealed it."""
        async with self._database.read() as connection:
            found = await connection.scalar(
                select(sync_state.c.value).where(sync_state.c.platform == platform, sync_state.c.name == name)
            )
        return None if found is None else self._database.keys.open(found, "sync_state", f"{platform}/{name}", "value")

    async def put(self, platform: str, name: str, value: str) -> None:
        async with self._database.write() as connection:
            await write(connection, self._database, platform, name, value)

    async def all(self, platform: str, prefix: str) -> dict[str, str]:
        """Those values whose names begin so, by name. Raises WrongKeyError when another key sealed one."""
        named = sync_state.c.name.startswith(prefix, autoescape=True)
        wanted = select(sync_state.c.name, sync_state.c.value).where(sync_state.c.platform == platform, named)
        async with self._database.read() as connection:
            rows = (await connection.execute(wanted)).all()
        keys = self._database.keys
        return {row.name: keys.open(row.value, "sync_state", f"{platform}/{row.name}", "value") for row in rows}

    async def erase(self, platform: str, name: str) -> None:
        mine = sync_state.c.platform == platform, sync_state.c.name == name
        async with self._database.write() as connection:
            await connection.execute(delete(sync_state).where(*mine))

    async def forget(self, platform: str) -> int:
        """Erase all of one platform: its account is no longer used. The number of values erased."""
        async with self._database.write() as connection:
            return (await connection.execute(delete(sync_state).where(sync_state.c.platform == platform))).rowcount


async def write(connection: AsyncConnection, database: Database, platform: str, name: str, value: str) -> None:
    """Put a value in as part of a transaction."""
    sealed = database.keys.seal(value, "sync_state", f"{platform}/{name}", "value")
    await put(connection, sync_state, platform=platform, name=name, value=sealed)


RULE = TableRule(
    Kept(
        "sync_state",
        "the bot's own account on each platform: its device, its token, how far it has read, what of its own it has to hand on",
        "so that a restart neither loses a question nor becomes a new device, and hands on what waits",
        "devices of people on Matrix",
        "when the account is given up; what was handed on, at once",
    ),
    sync_state,
    eraser=StoredSyncState.forget,
    is_momentary=True,
)
