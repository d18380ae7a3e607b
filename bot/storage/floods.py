"""How much somebody handed in lately, and everybody together, as counts under keyed hashes for a week."""

from datetime import datetime, timedelta

from sqlalchemy import Column, Integer, Table, func, select

from bot.core.kept import Kept
from bot.storage.connection import AsyncConnection
from bot.storage.keys import Keys
from bot.storage.schema import Instant, TableRule, add_new, marked, metadata, older_than
from bot.vetting import quotas
from bot.vetting.quotas import ALL, EVERYBODY, KEPT, PERSON

_STEP = timedelta(minutes=15)
"""Counts are kept for quarters of an hour: no finer than the limits need."""

floods = Table(
    "floods", metadata,
    marked(primary_key=True),
    Column("began_at", Instant, primary_key=True, index=True),
    Column("count", Integer, nullable=False, server_default="0"),
)  # fmt: skip


async def check(connection: AsyncConnection, keys: Keys, who: str, now: datetime) -> None:
    """Raises QuotaError when one more of `who` is one too many."""
    for name, limits in ((EVERYBODY, ALL), (f"person/{who}", PERSON)):
        mark = keys.mark("flood", name)
        for limit in limits:
            within = (floods.c.mark == mark, floods.c.began_at > now - limit.span)
            quotas.check(limit, await connection.scalar(select(func.sum(floods.c.count)).where(*within)) or 0)


async def count(connection: AsyncConnection, keys: Keys, who: str, now: datetime) -> None:
    """Count one more of `who` as part of a transaction. Raises QuotaError when that is one too many."""
    await check(connection, keys, who, now)
    for name in (EVERYBODY, f"person/{who}"):
        mark = keys.mark("flood", name)
        began = now - (now - datetime.min.replace(tzinfo=now.tzinfo)) % _STEP
        if not await add_new(connection, floods, mark=mark, began_at=began, count=1):
            row = floods.update().where(floods.c.mark == mark, floods.c.began_at == began)
            await connection.execute(row.values(count=floods.c.count + 1))


RULE = TableRule(
    Kept(
        "floods",
        "how many suggestions came within a quarter of an hour, under a keyed hash of who sent them",
        "so that a flood does not close the door for others",
        "flood counters, blocks",
        "after 7 days",
        KEPT,
    ),
    floods,
    older_than(floods.c.began_at, KEPT),
)
