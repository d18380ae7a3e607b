"""The rows of the outbox: what is to be said, where, and how far it is (`bot.outbox`).

Room, document and message reference are sealed under the row's key; rooms and messages are found by keyed hashes. Once
a row has ended its document goes; of a message that arrived the actions stay, so that a reply to it can choose one. A
notice to one person leaves nothing: its row goes with the last try (`policy.md` §8, who suggested or reported).
Instants are whole seconds here, rounded up where something must not be early. `outbox` works on these rows.
"""

import math
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    and_,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    update,
)

from bot.core.documents import dumped, loaded
from bot.core.kept import Kept
from bot.core.reply import Reply
from bot.core.request import RoomRef
from bot.outbox.model import Kind, Outgoing
from bot.storage.connection import AsyncConnection
from bot.storage.engine import Database
from bot.storage.keys import Keys
from bot.storage.schema import Instant, TableRule, insertion, marked, metadata, sealed_field

LONGEST = timedelta(days=90)
TURNS: dict[Kind, int] = {"notice": 0, "review": 1, "announcement": 2}
"""Which kind goes first. A row has a turn only while it waits or is on its way, so that ended rows cost nothing."""
AT_ONCE = datetime.fromtimestamp(0, UTC)
"""Due whatever the clock says: only what has a time of its own is held to the clock."""
SOUND = "umbrella_outbox"
"""What PostgreSQL's NOTIFY calls to the other processes when rows were added."""
_KEY_BYTES = 12
"""As hex 24 characters: a nonce of Discord has at most 25, and a transaction id of Matrix may hold them all."""
_AT_A_TIME = 10
"""Rows sealed and added in one go, which takes the loop a few milliseconds; more would hold up who waits for an answer."""

deliveries = Table(
    "deliveries", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("key", String(25), nullable=False, unique=True),
    Column("cause", String(80), nullable=False),
    marked("room_mark", nullable=False),
    Column("act", String(8), nullable=False),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("kind", String(16), nullable=False),
    Column("platform", String(16), nullable=False),
    sealed_field("room", "key", nullable=False),
    sealed_field("reply", "key"),
    Column("publish", Boolean, nullable=False, server_default=false()),
    Column("state", String(16), nullable=False),
    Column("turn", SmallInteger),
    Column("due_at", Instant, nullable=False),
    Column("stale_at", Instant, index=True),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("first_tried_at", Instant),
    Column("leased_until", Instant),
    Column("was_unanswered", Boolean, nullable=False, server_default=false()),
    sealed_field("message", "key"),
    marked("message_mark", index=True),
    Column("code", String(32)),
    Column("changed_at", Instant, nullable=False, index=True),
    UniqueConstraint("cause", "room_mark", "act", "version"),
    Index("ix_deliveries_turn_id", "turn", "id"),
    Index("ix_deliveries_room_mark_turn", "room_mark", "turn"),
    Index("ix_deliveries_act_turn", "act", "turn"),
)  # fmt: skip

c = deliveries.c


async def add(connection: AsyncConnection, database: Database, outgoing: Iterable[Outgoing], now: datetime) -> int:
    """Add rows as part of the transaction of their cause; how many are new. The worker wakes after the commit.

    What is there for the same cause, room, act and version is left as it is. A change or withdrawal of a message that
    was not tried yet is made at once, in its row, and one of what was never said is dropped; neither counts as new.
    """
    new = [
        each for each in outgoing if each.act == "say" or not await _made_at_once(connection, database.keys, each, now)
    ]
    count = sum([
        await _inserted(connection, [_row(database.keys, each, now) for each in part]) for part in _parts(new)
    ])  # fmt: skip
    if count:
        await _ring(connection, database)
    return count


async def _ring(connection: AsyncConnection, database: Database) -> None:
    if database.is_sqlite:
        # Who wakes writes too, and on SQLite waits for this transaction first.
        database.rows_added.set()
    else:
        await connection.execute(select(func.pg_notify(SOUND, "")))


async def _inserted(connection: AsyncConnection, rows: Sequence[dict[str, Any]]) -> int:
    row = insertion(connection.dialect.name, deliveries)
    added = await connection.scalars(row.values(rows).on_conflict_do_nothing().returning(c.id))
    return len(added.all())


async def _made_at_once(connection: AsyncConnection, keys: Keys, outgoing: Outgoing, now: datetime) -> bool:
    """Bring the row of a message up to its change or withdrawal; whether nothing more is to be done.

    However far the message is, its old document is gone when this is committed, and so are older changes: what was
    decided or taken back leaves no text in the outbox. What nobody can have seen yet is thereby changed or cancelled.
    """
    if outgoing.not_before is not None:
        return False
    mark = room_mark(keys, outgoing.room)
    of_message = and_(c.cause == outgoing.cause, c.room_mark == mark)
    # Locked, so that no other process claims it in between.
    said = (await connection.execute(
        select(c.key, c.state, c.was_unanswered).where(of_message, c.act == "say").with_for_update()
    )).one_or_none()  # fmt: skip
    if said is None:
        return True
    older = update(deliveries).where(of_message, c.act == "change", c.state == "queued")
    await connection.execute(older.values(ended("cancelled", now, "overtaken")))
    row = update(deliveries).where(c.key == said.key)
    is_unseen = said.state == "queued" and not said.was_unanswered
    if outgoing.act == "withdraw":
        await connection.execute(row.values(ended("cancelled", now)) if is_unseen else row.values(reply=None))
    elif said.state != "sent":
        sealed = keys.seal(dumped(outgoing.reply), "deliveries", said.key, "reply")
        await connection.execute(row.where(c.state.in_(("queued", "sending", "uncertain"))).values(reply=sealed))
    return is_unseen


def _parts(outgoing: Sequence[Outgoing]) -> Iterator[Sequence[Outgoing]]:
    return (outgoing[at : at + _AT_A_TIME] for at in range(0, len(outgoing), _AT_A_TIME))


def _row(keys: Keys, outgoing: Outgoing, now: datetime) -> dict[str, Any]:
    key = secrets.token_hex(_KEY_BYTES)
    return {
        "key": key,
        "cause": outgoing.cause,
        "room_mark": room_mark(keys, outgoing.room),
        "act": outgoing.act,
        "version": outgoing.version,
        "kind": outgoing.kind,
        "platform": outgoing.room.platform,
        "room": keys.seal(outgoing.room.id, "deliveries", key, "room"),
        "reply": keys.seal(dumped(outgoing.reply), "deliveries", key, "reply"),
        "publish": outgoing.publish,
        "state": "queued",
        "turn": TURNS[outgoing.kind],
        "due_at": AT_ONCE if outgoing.not_before is None else rounded_up(outgoing.not_before),
        "stale_at": outgoing.expires_at,
        "changed_at": now,
    }


def ended(state: str, now: datetime, code: str | None = None) -> dict[str, Any]:
    """The values of a row that needs nothing more: its document goes, its turn too."""
    return {"state": state, "code": code, "turn": None, "stale_at": None, "leased_until": None, "reply": None,
            "changed_at": now}  # fmt: skip


def remembered(keys: Keys, key: str, reply: Reply) -> bytes | None:
    """What stays of the document of a message that arrived: its actions. None where it has none."""
    if not reply.actions:
        return None
    return keys.seal(dumped(replace(reply, blocks=())), "deliveries", key, "reply")


def opened(keys: Keys, row: Any) -> tuple[RoomRef, Reply]:
    """Room and document of a row; an empty document where it has none. Raises WrongKeyError, ValueError."""
    room = RoomRef(row.platform, keys.open(row.room, "deliveries", row.key, "room"))
    if row.reply is None:
        return room, Reply((), audience="room")
    return room, loaded(keys.open(row.reply, "deliveries", row.key, "reply"))


async def is_known(connection: AsyncConnection, cause: str) -> bool:
    """Whether anything was added for exactly this cause."""
    return await connection.scalar(select(c.id).where(c.cause == cause).limit(1)) is not None


async def rooms_of(connection: AsyncConnection, keys: Keys, cause: str) -> list[tuple[str, RoomRef, bool]]:
    """Where a cause, and causes below it, was said or may still be: its own cause, the room, whether it was said.

    What is to be taken back there is left out.
    """
    may_be_there = or_(c.message.is_not(None), c.state.in_(("queued", "sending", "uncertain")))
    back = deliveries.alias("back").c
    goes = exists().where(back.cause == c.cause, back.room_mark == c.room_mark, back.act == "withdraw")
    rows = await connection.execute(select(deliveries).where(below(cause), c.act == "say", may_be_there, ~goes))
    return [
        (row.cause, RoomRef(row.platform, keys.open(row.room, "deliveries", row.key, "room")), row.message is not None)
        for row in rows.all()
    ]


def room_mark(keys: Keys, room: RoomRef) -> bytes:
    return keys.mark("room", room.platform, room.id)


def message_mark(keys: Keys, room: RoomRef, message: str) -> bytes:
    return keys.mark("message", room.platform, room.id, message)


def rounded_up(instant: datetime) -> datetime:
    """The first whole second that is not before `instant`."""
    return datetime.fromtimestamp(math.ceil(instant.timestamp()), UTC)


def below(cause: str) -> Any:
    """The condition for rows of a cause and those below it: "announcement/12" for "announcement/12/fr"."""
    return or_(c.cause == cause, c.cause.startswith(f"{cause}/", autoescape=True))


async def _expire(connection: AsyncConnection, now: datetime) -> int:
    """What ended or was last tried so long ago goes; what waits for a time of its own stays until then."""
    limit = now - LONGEST
    return (await connection.execute(delete(deliveries).where(c.changed_at <= limit, c.due_at <= limit))).rowcount


RULE = TableRule(
    Kept(
        "deliveries",
        "what waits to be said in a room, sealed; then where it was said, sealed, and its buttons",
        "so that it is said once, and can be corrected or taken back",
        "outbox rows",
        "the text when it was said; the message reference 90 days later",
        LONGEST,
    ),
    deliveries,
    _expire,
    is_momentary=True,
)
