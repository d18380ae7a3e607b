"""Bring the tables to what this version needs, at each start, in one transaction: all of it or nothing."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from bot.core.finding import Finding, UnsafeSetupError
from bot.storage.engine import Database
from bot.storage.keys import WrongKeyError
from bot.storage.sync_state import StoredSyncState


async def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the tables to `revision`, up or down. Raises StorageError; the tables are then as they were."""
    async with database.write(is_alone=True) as connection:
        await connection.run_sync(moved, revision)


async def prove_key(database: Database) -> None:
    """Make sure that what lies here was sealed with this key; the first start leaves proof. Raises UnsafeSetupError."""
    state = StoredSyncState(database)
    try:
        if await state.get("umbrella", "key") is None:
            await state.put("umbrella", "key", "fits")
    except WrongKeyError:
        raise UnsafeSetupError(wrong_key()) from None


async def try_key(database: Database) -> None:
    """Look whether this key opens what lies here, if anything does. Raises UnsafeSetupError."""
    async with database.read() as connection:
        is_made = await connection.run_sync(lambda each: inspect(each).has_table("sync_state"))
    if is_made:
        try:
            await StoredSyncState(database).get("umbrella", "key")
        except WrongKeyError:
            raise UnsafeSetupError(wrong_key()) from None


def wrong_key() -> Finding:
    return Finding(
        "refuse",
        "key-wrong",
        "The key does not open this database: it was kept with another one.",
        "Put the right key file back, or move the data folder away to begin anew.",
    )


async def revision_of(database: Database) -> str | None:
    """The revision of the tables that are there, None when there are none. Raises StorageError."""
    async with database.read() as connection:
        found: str | None = await connection.run_sync(
            lambda each: MigrationContext.configure(each).get_current_revision()
        )
        return found


def revisions() -> list[str]:
    """Every revision this version knows, the newest first."""
    return [each.revision for each in ScriptDirectory.from_config(configuration()).walk_revisions()]


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration, which says nothing on standard output."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def moved(connection: Any, revision: str) -> None:
    """Bring the tables to `revision` as part of a transaction."""
    config = configuration(connection)
    if revision == "base" or revision.startswith("-"):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)
