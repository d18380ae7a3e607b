"""Bring the tables to what this version needs, at each start, in one transaction: all of it or nothing.

Alembic is loaded only where tables are there and must be changed: it would stay in memory for as long as the bot runs.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, insert, inspect, select

from bot.core.finding import Finding, UnsafeSetupError
from bot.storage.engine import Database
from bot.storage.keys import WrongKeyError
from bot.storage.schema import metadata
from bot.storage.sync_state import StoredSyncState

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
_version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""Where Alembic notes the revision, as Alembic makes it."""


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
        return await connection.run_sync(_revision_of)


def revisions() -> list[str]:
    """Every revision this version knows, the newest first, by the names of their files: `r0002_keys.py` is 0002."""
    names = (path.stem for path in (_MIGRATIONS / "versions").glob("r*_*.py"))
    return sorted((name.removeprefix("r").partition("_")[0] for name in names), reverse=True)


def configuration(connection: Connection | None = None) -> "Config":
    """Alembic's configuration, which says nothing on standard output."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def moved(connection: Any, revision: str) -> None:
    """Bring the tables to `revision` as part of a transaction."""
    if revision == "head" and _is_newest(connection):
        return
    from alembic import command  # noqa: PLC0415

    config = configuration(connection)
    if revision == "base" or revision.startswith("-"):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


def remove(connection: Connection) -> None:
    """Take every table of ours away as part of a transaction; others in the same database stay."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name in metadata.tables or name == _version.name)
    found.drop_all(connection)


def _is_newest(connection: Connection) -> bool:
    """Whether the tables are as this version needs them; where there are none at all they are made so."""
    names, newest = inspect(connection).get_table_names(), revisions()[0]
    if not names:
        metadata.create_all(connection)
        _version.create(connection)
        connection.execute(insert(_version).values(version_num=newest))
        return True
    return _revision_of(connection) == newest


def _revision_of(connection: Connection) -> str | None:
    """The revision of the tables that are there, None when there are none."""
    if not inspect(connection).has_table(_version.name):
        return None
    return connection.execute(select(_version)).scalars().one_or_none()
