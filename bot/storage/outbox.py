"""The outbox on the database: who may be said something next, and what became of it (`bot.outbox.ports.Outbox`).

A claim is committed before anything goes out. Two processes on PostgreSQL share the rows by SKIP LOCKED; on SQLite
writes take turns. What several deliveries tell at the same time is written in one transaction (`together`).
"""

import contextlib
from collections.abc import AsyncIterator, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    Update,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from bot import log
from bot.core.acts import Act as Noted
from bot.core.clock import Clock
from bot.core.reply import Reply
from bot.core.request import RoomRef
from bot.outbox.model import HANDING_ON, LATE, Act, Delivery, MessageRef, Outgoing, Progress
from bot.outbox.ports import LEASE_S
from bot.storage import acts
from bot.storage import deliveries as rows
from bot.storage.connection import AsyncConnection
from bot.storage.deliveries import AT_ONCE, c, deliveries, ended, rounded_up
from bot.storage.engine import Database
from bot.storage.keys import WrongKeyError
from bot.storage.left import GONE, end_rooms
from bot.storage.schema import Instant
from bot.storage.sync_state import sync_state
from bot.storage.together import Together

_OPEN = ("queued", "sending")
_LATE = "late"
"""The code of what was sent and said that it comes late."""
_AT: Any = bindparam("at", type_=Instant)
_THOSE: Any = bindparam("those", expanding=True)
_DUE_SINCE: Any = case(
    (c.first_tried_at < c.due_at, c.first_tried_at), (c.due_at > AT_ONCE, c.due_at),
    else_=func.coalesce(c.first_tried_at, c.changed_at),
)  # fmt: skip
"""Since when something waits: its hour, or where it has none, or another try was set in its place, the first try."""


class StoredOutbox:
    """`bot.outbox.ports.Outbox` on the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._together = Together(database)

    async def add(self, outgoing: Sequence[Outgoing]) -> int:
        async with self._database.write() as connection:
            return await rows.add(connection, self._database, outgoing, self._clock.now())

    async def wait(self) -> None:
        """Return when rows were added since the last return, in PostgreSQL by any process."""
        added = self._database.rows_added
        await added.wait()
        added.clear()

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """While it lasts, rows that other processes add end `wait` too. Raises StorageError."""
        if self._database.is_sqlite:
            yield
            return
        async with self._database.listening(rows.SOUND, self._database.rows_added.set):
            yield

    async def claim(self, platforms: Collection[str], now: datetime, most: int) -> list[Delivery]:
        if not platforms or most < 1:
            return []
        async with self._database.write() as connection:
            for sweep in _SWEEPS:
                await connection.execute(sweep, {"at": now})
            due = {"at": now, "those": list(platforms), "most": most}
            ids = [row.id for row in await connection.execute(_FIRST, due)]
            if not ids:
                return []
            lease = {"at": now, "these": ids, "until": now + timedelta(seconds=LEASE_S)}
            taken = sorted((await connection.execute(_TAKEN, lease)).all(), key=lambda row: (row.turn, row.id))
            return [each for row in taken if (each := await self._delivery(connection, row, now)) is not None]

    async def _delivery(self, connection: AsyncConnection, row: Any, now: datetime) -> Delivery | None:
        """The row as a delivery; None for one that cannot be read, which has then failed: it must not stop the others."""
        try:
            room, reply = rows.opened(self._database.keys, row)
            message = None if row.act == "say" else await self._message(connection, row, room)
        except (WrongKeyError, ValueError) as error:
            log.failure("outbox.unreadable", error)
            await connection.execute(
                update(deliveries).where(c.id == row.id).values(ended("failed", now, "unreadable"))
            )
            return None
        outgoing = Outgoing(
            row.cause, room, reply, row.kind, row.act, row.version,
            None if row.due_at == AT_ONCE else row.due_at, row.stale_at, row.publish,
        )  # fmt: skip
        return Delivery(row.id, outgoing, row.key, row.attempts, row.first_tried_at, row.was_unanswered, message)

    async def _message(self, connection: AsyncConnection, row: Any, room: RoomRef) -> MessageRef | None:
        said = (
            await connection.execute(
                select(c.key, c.message).where(c.cause == row.cause, c.room_mark == row.room_mark, c.act == "say")
            )
        ).one()
        return MessageRef(room, self._database.keys.open(said.message, "deliveries", said.key, "message"))

    async def sent(self, delivery: Delivery, message: MessageRef, now: datetime) -> None:
        async def act(connection: AsyncConnection) -> None:
            if _leaves_nothing(delivery):
                await connection.execute(delete(deliveries).where(c.id == delivery.id))
                return
            is_new = delivery.outgoing.act == "say"
            await connection.execute(_SAID if is_new else _MADE, self._arrived(delivery, message, now))
            if not is_new:
                await self._tell_original(connection, delivery.outgoing, now)

        await self._together.write(act)

    def _arrived(self, delivery: Delivery, message: MessageRef, now: datetime) -> dict[str, Any]:
        """What `_MADE` takes of a row that arrived; of something new, where it stands, for `_SAID`."""
        keys, values = self._database.keys, {"of": delivery.id, "at": now}
        if delivery.outgoing.act == "say":
            values |= {
                "its_reply": rows.remembered(keys, delivery.key, delivery.outgoing.reply),
                "its_message": keys.seal(message.id, "deliveries", delivery.key, "message"),
                "its_message_mark": rows.message_mark(keys, message.room, message.id),
                "its_code": _LATE if message.is_late else None,
            }
        return values

    async def _tell_original(self, connection: AsyncConnection, outgoing: Outgoing, now: datetime) -> None:
        """Bring the row of the message up to its change, or erase where it was once it was taken back."""
        keys = self._database.keys
        mark = rows.room_mark(keys, outgoing.room)
        said = and_(c.cause == outgoing.cause, c.room_mark == mark, c.act == "say")
        if outgoing.act == "withdraw":
            gone = {"message": None, "message_mark": None, "reply": None, "code": "withdrawn", "changed_at": now}
            await connection.execute(update(deliveries).where(said).values(gone))
            return
        key = await connection.scalar(select(c.key).where(said))
        if key is not None:
            reply = rows.remembered(keys, key, outgoing.reply)
            await connection.execute(update(deliveries).where(c.key == key).values(reply=reply))

    async def later(self, delivery: Delivery, not_before: datetime, *, unanswered: bool) -> None:
        values = {"state": "queued", "due_at": rounded_up(not_before), "leased_until": None,
                  "was_unanswered": unanswered}  # fmt: skip

        async def act(connection: AsyncConnection) -> None:
            await connection.execute(_of(delivery).values(values))

        await self._together.write(act)

    async def uncertain(self, delivery: Delivery, now: datetime, notices: Sequence[Outgoing] = ()) -> None:
        values = {"state": "uncertain", "turn": None, "stale_at": None, "leased_until": None, "changed_at": now}

        async def act(connection: AsyncConnection) -> None:
            await connection.execute(_of(delivery).values(values))
            await rows.add(connection, self._database, notices, now)

        await self._together.write(act)

    async def failed(self, delivery: Delivery, code: str, now: datetime) -> None:
        await self._end(delivery, ended("failed", now, code), is_gone=code == GONE)

    async def expired(self, delivery: Delivery, now: datetime) -> None:
        await self._end(delivery, ended("cancelled", now, "expired"))

    async def _end(self, delivery: Delivery, values: dict[str, Any], *, is_gone: bool = False) -> None:
        async def act(connection: AsyncConnection) -> None:
            if _leaves_nothing(delivery):
                await connection.execute(delete(deliveries).where(*_mine(delivery)))
            else:
                await connection.execute(_of(delivery).values(values))
            if is_gone:
                await end_rooms(connection, self._database.keys, [delivery.outgoing.room], values["changed_at"])

        await self._together.write(act)

    async def cancel(self, cause: str, now: datetime) -> int:
        async with self._database.write() as connection:
            waiting = update(deliveries).where(rows.below(cause), c.state == "queued", ~c.was_unanswered)
            return (await connection.execute(waiting.values(ended("cancelled", now)))).rowcount

    async def settle(self, delivery_id: int, *, arrived: bool, by: str, now: datetime) -> bool:
        async with self._database.write() as connection:
            found = (await connection.execute(
                select(c.kind, c.cause).where(c.id == delivery_id, c.state == "uncertain").with_for_update()
            )).one_or_none()  # fmt: skip
            if found is None:
                return False
            again = {"state": "queued", "turn": rows.TURNS[found.kind], "due_at": AT_ONCE, "was_unanswered": False,
                     "attempts": 0, "first_tried_at": None, "changed_at": now}  # fmt: skip
            values = ended("sent", now, "said-so") if arrived else again
            await connection.execute(update(deliveries).where(c.id == delivery_id).values(values))
            action = "uncertain-arrived" if arrived else "uncertain-again"
            await acts.add(connection, Noted(by, action, found.cause[:64], now.date()))
        self._database.rows_added.set()
        return True

    async def progress(self, cause: str, act: Act = "say", now: datetime | None = None) -> Progress:
        those = rows.below(cause), c.act == act
        counted = select(c.state, c.code, func.count()).where(*those).group_by(c.state, c.code)
        overdue = select(func.count()).where(*those, c.state.in_(_OPEN), bindparam("then", type_=Instant) > _DUE_SINCE)
        waiting = and_(sync_state.c.platform == c.platform, sync_state.c.name == literal(HANDING_ON) + c.key)
        handing_on = select(func.count()).where(*those, c.publish, c.message.is_not(None), waiting)
        async with self._database.read() as connection:
            found = (await connection.execute(counted)).all()
            waits = await connection.scalar(handing_on) or 0
            late = (await connection.scalar(overdue, {"then": now - LATE}) or 0) if now else 0
        states: dict[str, int] = {}
        for state, code, count in found:
            states[state] = states.get(state, 0) + count
            late += count if (state, code) == ("sent", _LATE) else 0
        return Progress(
            states.get("queued", 0) + states.get("sending", 0), states.get("sent", 0), states.get("uncertain", 0),
            states.get("failed", 0), states.get("cancelled", 0),
            tuple(sorted((code, count) for state, code, count in found if state == "failed" and code)),
            waits, late,
        )  # fmt: skip

    async def said_at(self, message: MessageRef) -> tuple[str, Reply] | None:
        mark = rows.message_mark(self._database.keys, message.room, message.id)
        async with self._database.read() as connection:
            row = (await connection.execute(select(deliveries).where(c.message_mark == mark))).one_or_none()
        return None if row is None else (row.cause, rows.opened(self._database.keys, row)[1])

    async def messages_of(self, cause: str) -> list[MessageRef]:
        said = select(deliveries).where(rows.below(cause), c.act == "say", c.message.is_not(None)).order_by(c.id)
        async with self._database.read() as connection:
            found = (await connection.execute(said)).all()
        keys = self._database.keys
        return [MessageRef(rows.opened(keys, row)[0], keys.open(row.message, "deliveries", row.key, "message"))
                for row in found]  # fmt: skip

    async def next_due(self, platforms: Collection[str]) -> datetime | None:
        async with self._database.read() as connection:
            found = [await connection.scalar(each, {"those": list(platforms)}) for each in (_WAITING, _LEASED)]
        return min((each for each in found if each is not None), default=None)


def _arrival(**more: Any) -> Update:
    """A row that arrived: built once, since each delivery ends with it."""
    done = update(deliveries).where(c.id == bindparam("of"), c.state.in_((*_OPEN, "uncertain")))
    return done.values(ended("sent", AT_ONCE) | {"changed_at": bindparam("at")} | more)


_MADE = _arrival()
_SAID = _arrival(**{name: bindparam(f"its_{name}") for name in ("reply", "message", "message_mark", "code")})


def _leaves_nothing(delivery: Delivery) -> bool:
    """Whether it is said to one person, of whom nothing stays once it was (`policy.md` §8)."""
    return delivery.outgoing.kind == "notice" and delivery.outgoing.act == "say"


def _mine(delivery: Delivery) -> tuple[Any, ...]:
    """The row of a claim, unless another process ended it after its lease was over."""
    return c.id == delivery.id, c.state == "sending", c.attempts == delivery.attempts


def _of(delivery: Delivery) -> Update:
    return update(deliveries).where(*_mine(delivery))


def _due(row: Any) -> Any:
    return or_(
        and_(row.state == "queued", row.due_at <= _AT),
        and_(row.state == "sending", row.leased_until <= _AT),
    )


def _first() -> Select[tuple[int]]:
    """The rows to claim: what is due, in each room only the first of its kind, and nothing where one is on its way.

    What waits after a try holds back what came after it, of its kind; what waits for a time of its own holds back
    nothing. A change waits until the message is there.
    """
    row, other, said = deliveries.alias("row").c, deliveries.alias("other").c, deliveries.alias("said").c
    on_its_way = and_(other.state == "sending", other.leased_until > _AT)
    before = or_(
        and_(other.turn < row.turn, _due(other)),
        and_(other.turn == row.turn, other.id < row.id, or_(_due(other), other.attempts > 0)),
    )
    held = exists().where(
        other.room_mark == row.room_mark, other.turn.is_not(None), other.id != row.id,
        or_(on_its_way, and_(row.act == "say", other.act == "say", before)),
    )  # fmt: skip
    is_there = exists().where(
        said.cause == row.cause, said.room_mark == row.room_mark, said.act == "say", said.message.is_not(None)
    )
    wanted = select(row.id).where(
        row.turn.is_not(None), row.platform.in_(_THOSE), _due(row), ~held, or_(row.act == "say", is_there)
    )
    return wanted.order_by(row.turn, row.id).limit(bindparam("most", type_=Integer)).with_for_update(skip_locked=True)


def _taken() -> Any:
    lease = update(deliveries).where(c.id.in_(bindparam("these", expanding=True))).values(
        was_unanswered=or_(c.was_unanswered, c.state == "sending"),
        state="sending",
        attempts=c.attempts + 1,
        first_tried_at=func.coalesce(c.first_tried_at, _AT),
        leased_until=bindparam("until", type_=Instant),
        changed_at=_AT,
    )  # fmt: skip
    return lease.returning(*deliveries.c)


def _too_late() -> Update:
    """What may not be said any more. After a try without an answer it is looked for first, and never sent again."""
    late = update(deliveries).where(c.stale_at <= _AT, c.state == "queued", ~c.was_unanswered)
    return late.values(ended("cancelled", _AT, "expired"))


def _overtaken() -> Update:
    """Changes that a newer one, or a withdrawal, makes needless."""
    newer = deliveries.alias("newer").c
    overtaken = exists().where(
        newer.cause == c.cause, newer.room_mark == c.room_mark, newer.due_at <= _AT,
        newer.state.in_((*_OPEN, "sent")),
        or_(newer.act == "withdraw", and_(newer.act == "change", newer.version > c.version)),
    )  # fmt: skip
    changes = update(deliveries).where(c.act == "change", c.turn.is_not(None), c.state == "queued", overtaken)
    return changes.values(ended("cancelled", _AT, "overtaken"))


def _about_nothing() -> Update:
    """Changes of a message that is not there and will not come, or whose place nobody knows."""
    said = deliveries.alias("said").c
    may_come = exists().where(
        said.cause == c.cause, said.room_mark == c.room_mark, said.act == "say",
        or_(said.message.is_not(None), said.state.in_((*_OPEN, "uncertain"))),
    )  # fmt: skip
    changes = update(deliveries).where(
        c.act.in_(("change", "withdraw")), c.turn.is_not(None), c.state == "queued", ~may_come
    )
    return changes.values(ended("failed", _AT, "no-message"))


def _earliest(instant: Any, state: str) -> Select[Any]:
    return select(func.min(instant)).where(c.turn.is_not(None), c.platform.in_(_THOSE), c.state == state)


_FIRST, _TAKEN, _SWEEPS = _first(), _taken(), (_too_late(), _overtaken(), _about_nothing())
_WAITING, _LEASED = _earliest(c.due_at, "queued"), _earliest(c.leased_until, "sending")
"""Built once: to build them takes the loop longer than all else of a claim."""
