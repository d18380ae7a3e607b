"""What was erased, as the keyed hashes it lay under, for as long as a backup may still hold it.

A restore leaves out every row that goes by one of them (`bot.storage.backup`), so that nothing comes back that a person
had erased. Who erases a row of a table that is backed up calls `forget` in the same transaction.
"""

from datetime import date, timedelta

from sqlalchemy import Column, Date, Table, select

from bot.core.kept import Kept
from bot.storage.connection import AsyncConnection
from bot.storage.schema import BACKUP_KEPT, TableRule, marked, metadata, older_than, put

LONGEST = BACKUP_KEPT + timedelta(days=1)
"""A day more than a backup: both are kept by whole days."""

forgotten = Table(
    "forgotten", metadata,
    marked(primary_key=True),
    Column("forgotten_on", Date, nullable=False, index=True),
)  # fmt: skip


async def forget(connection: AsyncConnection, mark: bytes, day: date) -> None:
    """Note as part of a transaction that what lay under `mark` was erased; kept once more, it may be erased again."""
    await put(connection, forgotten, mark=mark, forgotten_on=day)


async def is_forgotten(connection: AsyncConnection, mark: bytes) -> bool:
    """Whether what lay under `mark` was erased."""
    return await connection.scalar(select(forgotten.c.mark).where(forgotten.c.mark == mark)) is not None


RULE = TableRule(
    Kept(
        "forgotten",
        "a keyed hash of each thing that was erased, and the day",
        "so that no backup brings it back",
        "backups",
        "after 36 days, when no backup from before is left",
        LONGEST,
    ),
    forgotten,
    older_than(forgotten.c.forgotten_on, LONGEST),
)
