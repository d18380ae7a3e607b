"""Events already answered, as keyed hashes: stops replays, by a server or by chance, for 14 days."""

from datetime import timedelta

from sqlalchemy import Column, Date, Table

from bot.core.clock import Clock
from bot.core.kept import Kept
from bot.storage.connection import AsyncConnection
from bot.storage.engine import Database
from bot.storage.schema import TableRule, add_new, marked, metadata, of_mark, older_than

LONGEST = timedelta(days=14)

handled_events = Table(
    "handled_events", metadata,
    marked(primary_key=True),
    # For an index of a Megolm session: the mark of the event that used it first.
    marked("owner", nullable=True),
    Column("handled_on", Date, nullable=False, index=True),
)  # fmt: skip

_IS_HANDLED = of_mark(handled_events.c.handled_on)


class StoredHandledEvents:
    """`bot.core.ports.HandledEvents` on the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def is_handled(self, platform: str, event_id: str) -> bool:
        mark = event_mark(self._database, platform, event_id)
        async with self._database.read() as connection:
            return await connection.scalar(_IS_HANDLED, {"of": mark}) is not None

    async def handle(self, platform: str, event_id: str) -> bool:
        """Note an event; False when it was noted before."""
        async with self._database.write() as connection:
            return await note(connection, self._database, platform, event_id, self._clock)


def event_mark(database: Database, platform: str, event_id: str) -> bytes:
    """What stands for an event id in the database."""
    return database.keys.mark("event", platform, event_id)


async def note(connection: AsyncConnection, database: Database, platform: str, event_id: str, clock: Clock) -> bool:
    """Note an event as part of a transaction; False when it was noted before."""
    mark = event_mark(database, platform, event_id)
    return await add_new(connection, handled_events, mark=mark, handled_on=clock.now().date())


RULE = TableRule(
    Kept(
        "handled_events",
        "a keyed hash of the id of each event that was answered, and the day",
        "so that nothing is answered twice, even when a server sends it again",
        "events already handled",
        "after 14 days",
        LONGEST,
    ),
    handled_events,
    older_than(handled_events.c.handled_on, LONGEST),
)
