"""A key for each case, sealed under the key of the installation: destroying it is the deletion of all it sealed.

PostgreSQL keeps old rows in its log and in backups of its own; what was sealed for a case is unreadable there too once
the key of the case is gone. The row of the key itself was one of those rows: 80 bytes that only the key file opens, out
of the table with the next `Database.tidy`, out of the log when the server has used it up.

A case goes by a random id that says nothing about anybody. What is sealed for it lies in columns made with
`schema.case_field`, in tables that have its id in a column made with `schema.of_case`.
"""

from datetime import timedelta

from sqlalchemy import Column, Date, Table, delete, select

from bot.core.clock import Clock
from bot.core.kept import Kept
from bot.storage.connection import AsyncConnection
from bot.storage.engine import Database
from bot.storage.forgotten import forget
from bot.storage.keys import Keys, Seal
from bot.storage.schema import TableRule, metadata, of_case, older_than, sealed_field

LONGEST = timedelta(days=90)

case_keys = Table(
    "case_keys", metadata,
    of_case(primary_key=True),
    sealed_field("key", "case_id", nullable=False),
    Column("made_on", Date, nullable=False, index=True),
)  # fmt: skip


class CaseKeys:
    """The keys of cases; every method is part of the caller's transaction (`Database.write`, `Database.read`)."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._keys = database.keys
        self._clock = clock

    async def make(self, connection: AsyncConnection, case_id: str) -> Seal:
        """A new key for a new case. Raises IntegrityError when the case has one."""
        seal, key = Seal.random()
        sealed = self._keys.seal(key.hex(), "case_keys", case_id, "key")
        row = case_keys.insert().values(case_id=case_id, key=sealed, made_on=self._clock.now().date())
        await connection.execute(row)
        return seal

    async def of(self, connection: AsyncConnection, case_id: str) -> Seal | None:
        """What opens and seals the fields of a case; None once it was destroyed."""
        sealed = await connection.scalar(select(case_keys.c.key).where(case_keys.c.case_id == case_id))
        return self.opened(case_id, sealed)

    def opened(self, case_id: str, sealed: bytes | None) -> Seal | None:
        """`of` for a row that was read already."""
        return None if sealed is None else Seal(bytes.fromhex(self._keys.open(sealed, "case_keys", case_id, "key")))

    async def destroy(self, connection: AsyncConnection, case_id: str) -> bool:
        """Destroy the key, and with it what it sealed, also for every backup; whether there was one."""
        gone = await connection.execute(delete(case_keys).where(case_keys.c.case_id == case_id))
        if gone.rowcount:
            await forget(connection, case_mark(self._keys, case_id), self._clock.now().date())
        return gone.rowcount > 0


def case_mark(keys: Keys, case_id: str) -> bytes:
    """What stands for a case in the list of what was erased."""
    return keys.mark("case", case_id)


RULE = TableRule(
    Kept(
        "case_keys",
        "a random key for each open case, sealed, under the case's random id",
        "so that all of a case is unreadable once its key is destroyed",
        "a suggestion or report",
        "with the decision or the withdrawal, after 90 days at most",
        LONGEST,
    ),
    case_keys,
    older_than(case_keys.c.made_on, LONGEST),
    CaseKeys.destroy,
)
