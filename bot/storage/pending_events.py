"""Matrix events that wait for their answer, as they came: still encrypted by the sender's device, and sealed once more.

Decrypted words never come here. A row is erased with the answer, in the transaction that notes the event as handled.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Column, Integer, Table, delete, exists, select

from bot.core.clock import Clock
from bot.core.kept import Kept
from bot.core.ports import PendingEvent
from bot.storage import sync_state
from bot.storage.engine import Database
from bot.storage.handled_events import event_mark, handled_events, note
from bot.storage.schema import Instant, TableRule, add_new, marked, metadata, older_than, sealed_field

LONGEST = timedelta(hours=24)
_SEPARATOR = "\n"

pending_events = Table(
    "pending_events", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    marked(nullable=False, unique=True),
    sealed_field("event", nullable=False),
    Column("received_at", Instant, nullable=False, index=True),
)  # fmt: skip


class StoredPendingEvents:
    """`bot.core.ports.PendingEvents` on the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def keep(self, events: Sequence[PendingEvent], position: str | None = None) -> int:
        """Keep events and the sync token that follows them in one step; the number of events that are new."""
        kept = 0
        async with self._database.write() as connection:
            for event in events:
                mark = event_mark(self._database, "matrix", event.id)
                if await connection.scalar(select(exists().where(handled_events.c.mark == mark))):
                    continue
                sealed = self._database.keys.seal(
                    f"{event.id}{_SEPARATOR}{event.event}", "pending_events", mark.hex(), "event"
                )
                kept += await add_new(
                    connection, pending_events, mark=mark, event=sealed, received_at=event.received_at
                )
            if position is not None:
                await sync_state.write(connection, self._database, "matrix", "position", position)
        return kept

    async def position(self) -> str | None:
        """The sync token after the last events kept."""
        return await sync_state.StoredSyncState(self._database).get("matrix", "position")

    async def waiting(self) -> list[PendingEvent]:
        """What waits, in the order it came."""
        columns = (pending_events.c.mark, pending_events.c.event, pending_events.c.received_at)
        async with self._database.read() as connection:
            rows = (await connection.execute(select(*columns).order_by(pending_events.c.id))).all()
        waiting = []
        for mark, sealed, received_at in rows:
            event_id, _, event = self._database.keys.open(sealed, "pending_events", mark.hex(), "event").partition(
                _SEPARATOR
            )
            waiting.append(PendingEvent(event_id, event, received_at))
        return waiting

    async def finish(self, event_id: str) -> bool:
        """Erase an event and note it as handled in one step; False when it was handled before."""
        async with self._database.write() as connection:
            mark = event_mark(self._database, "matrix", event_id)
            await connection.execute(delete(pending_events).where(pending_events.c.mark == mark))
            return await note(connection, self._database, "matrix", event_id, self._clock)


RULE = TableRule(
    Kept(
        "pending_events",
        "a Matrix event that waits for its answer, as encrypted as it came, and sealed",
        "so that a question is answered after a crash",
        "a Matrix question waiting for its answer",
        "with the answer, after 24 hours at most",
        LONGEST,
    ),
    pending_events,
    older_than(pending_events.c.received_at, LONGEST),
)
