"""What the community decided about records, over `resources.yaml` (`bot.directory.changes`). It is public, and names nobody.

Versions count from 1 without a gap in the order of commits, so that who polls `version` misses none: of two processes
that add at once one waits. What a later change leaves without effect goes when that change comes.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Date, Integer, SmallInteger, String, Table, Text, delete, func, insert, select, text

from bot.core.acts import Act
from bot.core.kept import Kept
from bot.directory.changes import Change, superseded_by
from bot.storage import acts
from bot.storage.connection import AsyncConnection
from bot.storage.engine import Database
from bot.storage.schema import TableRule, metadata

_LOCK = 7_215_301_967
"""Of PostgreSQL's advisory locks, the one of who adds a change. SQLite has one writer at a time anyway."""

directory_changes = Table(
    "directory_changes", metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("record_id", String(64), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("base", Text, nullable=False),
    Column("approvals", SmallInteger, nullable=False),
    Column("decided_on", Date, nullable=False),
)  # fmt: skip

# Asked twice a second (`bot.living`), so it is made once.
_NEWEST = select(func.max(directory_changes.c.version))


class StoredChanges:
    """`bot.directory.changes.ChangeStore` on the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_one(self, change: Change) -> int:
        """Keep it in a transaction of its own; the version it got."""
        async with self._database.write() as connection:
            return await add(connection, self._database, change)

    async def all(self) -> list[Change]:
        """Every change that still counts, in the order of their versions; `by` and `case` stay in the audit trail."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(directory_changes).order_by(directory_changes.c.version))
            return [Change(**row) for row in rows.mappings()]

    async def version(self) -> int:
        """The newest version, 0 for none."""
        async with self._database.read() as connection:
            return await _version(connection)


async def add(connection: AsyncConnection, database: Database, change: Change) -> int:
    """Keep a change as part of a transaction, with an act for each of `by`; the version it got."""
    if not database.is_sqlite:
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    version = await _version(connection) + 1
    values = {name: getattr(change, name) for name in directory_changes.c.keys() if name != "version"}  # noqa: SIM118
    await _place(connection, {**values, "version": version})
    how = change.text.split(" ")[1] if change.kind == "check" else change.case
    for name in change.by:
        await acts.add(connection, Act(name, change.kind, change.record_id, change.decided_on, how))
    return version


async def carry(connection: AsyncConnection, row: Mapping[str, Any]) -> None:
    """Put a change of before a restore beside those of the backup: it is one of them, or it was decided later."""
    columns = directory_changes.c
    there = await connection.execute(select(directory_changes).where(columns.version == row["version"]))
    if (found := there.mappings().first()) is not None and dict(found) == dict(row):
        return
    await _place(connection, {**row, "version": max(await _version(connection) + 1, row["version"])})


async def _place(connection: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Put a row in, and take out what it leaves without effect."""
    columns = directory_changes.c
    await connection.execute(insert(directory_changes).values(**values))
    gone = columns.kind.in_(superseded_by(values["kind"]))
    of_record = columns.record_id == values["record_id"]
    await connection.execute(delete(directory_changes).where(of_record, columns.version < values["version"], gone))


async def _version(connection: AsyncConnection) -> int:
    return await connection.scalar(_NEWEST) or 0


RULE = TableRule(
    Kept(
        "directory_changes",
        "approved records, what is hidden, and the checks of records, each with its day and without a name",
        "so that everybody is answered what was approved",
        "(public)",
        "when a later change of the same record takes its place, or the record is taken out",
    ),
    directory_changes,
    eraser=add,
    carry=carry,
)
