"""Matrix events that wait for their answer, as they came: still encrypted by the sender's device, and sealed once more.

Decrypted words never come here. A row is erased with the answer, in the transaction that notes the event as handled.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import BindParameter, Column, Integer, Table, bindparam, delete, null, select, union_all

from bot.core.clock import Clock
from bot.core.kept import Kept
from bot.core.ports import PendingEvent
from bot.storage import sync_state
from bot.storage.connection import AsyncConnection
from bot.storage.engine import Database
from bot.storage.handled_events import event_mark, handled_events
from bot.storage.schema import Instant, Row, TableRule, add_all_new, marked, metadata, older_than, sealed_field

LONGEST = timedelta(hours=24)
MOST_AT_ONCE = 200
_SEPARATOR = "\n"
T = TypeVar("T")

pending_events = Table(
    "pending_events", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    marked(nullable=False, unique=True),
    sealed_field("event", nullable=False),
    Column("received_at", Instant, nullable=False, index=True),
)  # fmt: skip

# Made once: SQLAlchemy takes longer to make a statement than SQLite to carry it out.
_MARKS: BindParameter[bytes] = bindparam("marks", expanding=True)
_HANDLED: BindParameter[bytes] = bindparam("handled", expanding=True)
_KNOWN = union_all(
    select(handled_events.c.mark, handled_events.c.owner).where(handled_events.c.mark.in_(_HANDLED)),
    select(pending_events.c.mark, null()).where(pending_events.c.mark.in_(_MARKS)),
)
"""Of some events and claims those that are known, the claims with the event they belong to."""
_ERASED = delete(pending_events).where(pending_events.c.mark.in_(_MARKS))


class StoredPendingEvents:
    """`bot.core.ports.PendingEvents` on the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def keep(
        self, events: Sequence[PendingEvent], position: str | None = None, finished: Sequence[str] = ()
    ) -> frozenset[str]:
        """Erase and note what is finished, keep what came and the sync token, in one step; the ids that are new."""
        new: list[PendingEvent] = []
        async with self._database.write() as connection:
            for ids in _portions(finished):
                await self._finish(connection, ids)
            for portion in _portions(events):
                new += await self._keep(connection, portion)
            if position is not None:
                await sync_state.write(connection, self._database, "matrix", "position", position)
        return frozenset(event.id for event in new)

    async def _finish(self, connection: AsyncConnection, ids: Sequence[str]) -> None:
        marks = [event_mark(self._database, "matrix", each) for each in ids]
        await connection.execute(_ERASED, {"marks": marks})
        await add_all_new(connection, handled_events, [self._noted(mark) for mark in marks])

    async def _keep(self, connection: AsyncConnection, events: Sequence[PendingEvent]) -> list[PendingEvent]:
        """Keep those that are new: not handled, not kept, and with a claim that no other event has.

        nio forgets its own guard against replays at a restart; a server could then send an old ciphertext as a new event.
        """
        keys = self._database.keys
        marks = {event_mark(self._database, "matrix", event.id): event for event in events}
        claims = {mark: keys.mark("claim", event.claim) for mark, event in marks.items() if event.claim}
        asked = {"marks": list(marks), "handled": [*marks, *claims.values()]}
        known = {row.mark: row.owner for row in await connection.execute(_KNOWN, asked)}
        # In this order the first of two in one batch has the claim.
        owners = {claims[mark]: mark for mark in reversed(marks) if mark in claims and mark not in known} | known
        kept = {
            mark: event
            for mark, event in marks.items()
            if mark not in known and (mark not in claims or owners[claims[mark]] == mark)
        }
        claimed = [self._noted(claims[mark], mark) for mark in kept if mark in claims]
        await add_all_new(connection, handled_events, claimed)
        await add_all_new(connection, pending_events, [self._row(*each) for each in kept.items()])
        return list(kept.values())

    def _noted(self, mark: bytes, owner: bytes | None = None) -> Row:
        return {"mark": mark, "owner": owner, "handled_on": self._clock.now().date()}

    def _row(self, mark: bytes, event: PendingEvent) -> Row:
        held = f"{event.id}{_SEPARATOR}{event.event}"
        sealed = self._database.keys.seal(held, "pending_events", mark.hex(), "event")
        return {"mark": mark, "event": sealed, "received_at": event.received_at}

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


def _portions(each: Sequence[T]) -> Iterator[Sequence[T]]:
    """A few at a time: databases take a limited number of values in one statement."""
    return (each[at : at + MOST_AT_ONCE] for at in range(0, len(each), MOST_AT_ONCE))


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
