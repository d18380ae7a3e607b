"""The audit trail: who of the moderators did what, when and how, by pseudonyms and codes."""

from datetime import timedelta

from sqlalchemy import Column, Date, Integer, String, Table, insert, select

from bot.core.acts import Act
from bot.core.kept import Kept
from bot.storage.connection import AsyncConnection
from bot.storage.engine import Database
from bot.storage.schema import TableRule, metadata, older_than

LONGEST = timedelta(days=730)
"""24 months (`policy.md` §8)."""

acts = Table(
    "acts", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("by", String(64), nullable=False),
    Column("action", String(64), nullable=False),
    Column("item", String(64), nullable=False, index=True),
    Column("how", String(64), nullable=False),
    Column("day", Date, nullable=False, index=True),
)  # fmt: skip


class StoredActs:
    """`bot.core.acts.Acts` on the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_one(self, act: Act) -> None:
        """Note an act that changes nothing else."""
        async with self._database.write() as connection:
            await add(connection, act)

    async def of(self, item: str, most: int) -> list[Act]:
        """The newest acts on `item`, on everything when it is empty; newest first."""
        found = select(acts.c.by, acts.c.action, acts.c.item, acts.c.day, acts.c.how).order_by(
            acts.c.day.desc(), acts.c.id.desc()
        )
        found = found.where(acts.c.item == item) if item else found
        async with self._database.read() as connection:
            return [Act(**row) for row in (await connection.execute(found.limit(most))).mappings()]


async def add(connection: AsyncConnection, act: Act) -> None:
    """Note an act as part of the transaction of what it did."""
    await connection.execute(insert(acts).values(by=act.by, action=act.action, item=act.item, how=act.how, day=act.day))


RULE = TableRule(
    Kept(
        "acts",
        "the pseudonym of a moderator, the code of what they did, the record or case, and the day",
        "so that moderators see who decided and checked what, and how",
        "moderators' acts",
        "after 24 months",
        LONGEST,
    ),
    acts,
    older_than(acts.c.day, LONGEST),
)
