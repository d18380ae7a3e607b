"""From whom nothing more is taken for a while: the keyed hash that one case had of its sender, and a coded reason.

Nobody can read who that is, and two cases of one person do not show as one person's: whether somebody is blocked is
tried against each hash when they hand something in.
"""

from datetime import date

from sqlalchemy import Column, Date, String, Table, delete, select

from bot.core.kept import Kept
from bot.errors import InputError
from bot.storage.connection import AsyncConnection
from bot.storage.forgotten import forget
from bot.storage.keys import Keys
from bot.storage.schema import CASE_ID_SIZE, TableRule, add_new, marked, metadata, older_than
from bot.vetting.model import BLOCKED, BlockReason
from bot.vetting.quotas import QuotaError

blocks = Table(
    "blocks", metadata,
    Column("case_id", String(CASE_ID_SIZE), primary_key=True),
    marked("sender", nullable=False),
    Column("reason", String(16), nullable=False),
    Column("blocked_on", Date, nullable=False, index=True),
)  # fmt: skip


def sender_mark(keys: Keys, case_id: str, who: str) -> bytes:
    """What a case has of who sent it: bound to that case alone."""
    return keys.mark("sender", case_id, who)


async def add(connection: AsyncConnection, case_id: str, sender: bytes | None, reason: BlockReason, day: date) -> bool:
    """Block the sender of a case as part of a transaction; False where they were. Raises InputError where it has none."""
    if sender is None:
        raise InputError("review-nobody-to-block")
    return await add_new(connection, blocks, case_id=case_id, sender=sender, reason=reason, blocked_on=day)


async def check(connection: AsyncConnection, keys: Keys, who: str, today: date) -> None:
    """Raises QuotaError for somebody who is blocked."""
    still = select(blocks.c.case_id, blocks.c.sender).where(blocks.c.blocked_on > today - BLOCKED)
    for row in (await connection.execute(still)).all():
        if row.sender == sender_mark(keys, row.case_id, who):
            raise QuotaError("quota-blocked")


async def lift(connection: AsyncConnection, case_id: str, day: date) -> bool:
    """Take from the sender of a case again; whether they were blocked by it."""
    sender = await connection.scalar(select(blocks.c.sender).where(blocks.c.case_id == case_id))
    if sender is None:
        return False
    await connection.execute(delete(blocks).where(blocks.c.case_id == case_id))
    await forget(connection, sender, day)
    return True


RULE = TableRule(
    Kept(
        "blocks",
        "a keyed hash of somebody who sent threats, adverts or a flood, bound to one case, and which of these it was",
        "so that moderators get no more of it, without learning who it is",
        "flood counters, blocks",
        "after 90 days, or when a moderator lifts it",
        BLOCKED,
    ),
    blocks,
    older_than(blocks.c.blocked_on, BLOCKED),
)
