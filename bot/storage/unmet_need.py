"""How often something was asked for that is not there: counts by topic, region and month."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Column, Date, Integer, String, Table, select

from bot.core.kept import Kept
from bot.core.need import SHOWN_FROM, Need
from bot.storage.engine import Database
from bot.storage.schema import TableRule, insertion, metadata, older_than

LONGEST = timedelta(days=730)
"""24 months (`policy.md` §8)."""

unmet_need = Table(
    "unmet_need", metadata,
    Column("month", Date, primary_key=True),
    Column("region", String(8), primary_key=True),
    Column("topic", String(64), primary_key=True),
    Column("count", Integer, nullable=False, server_default="0"),
)  # fmt: skip


class StoredUnmetNeeds:
    """`bot.core.need.UnmetNeeds` on the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, counts: Mapping[Need, int]) -> None:
        """Add counts to those of before, in one transaction."""
        async with self._database.write() as connection:
            # In one order, so that two processes that add at once never wait for each other in turn.
            for need, count in sorted(counts.items()):
                row = insertion(connection.dialect.name, unmet_need).values(**need._asdict(), count=count)
                more = {"count": unmet_need.c.count + row.excluded.count}
                await connection.execute(row.on_conflict_do_update(index_elements=list(Need._fields), set_=more))

    async def shown(self) -> list[tuple[Need, int]]:
        """Counts from five up: newest month first, then the greatest."""
        columns = unmet_need.c
        found = select(columns.month, columns.region, columns.topic, columns.count).where(columns.count >= SHOWN_FROM)
        async with self._database.read() as connection:
            rows = await connection.execute(found)
            counts = [(Need(month, region, topic), count) for month, region, topic, count in rows]
        return sorted(counts, key=lambda each: (-each[0].month.toordinal(), -each[1], each[0]))


RULE = TableRule(
    Kept(
        "unmet_need",
        "how often a topic was asked for in a region where nothing is known, by month; no words, no person, no day",
        "so that moderators see what is missing where",
        "unmet need",
        "after 24 months; shown from five up",
        LONGEST,
    ),
    unmet_need,
    older_than(unmet_need.c.month, LONGEST),
)
