"""Suggestions and reports until they are decided, and for a while what became of them (`bot.vetting.ports.Cases`).

All a person wrote lies in one field sealed with the key of its case; closing a case erases the field and the key in the
transaction of the decision. Of who handed it in there is a keyed hash bound to that case alone, until it is closed.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Integer,
    Select,
    String,
    Table,
    case,
    delete,
    distinct,
    false,
    func,
    insert,
    select,
    update,
)
from sqlalchemy import text as sql

from bot.core.acts import Act
from bot.core.clock import Clock
from bot.core.kept import Kept
from bot.directory.changes import Change
from bot.outbox.model import Outgoing
from bot.storage import acts, blocks, deliveries, directory_changes, floods
from bot.storage.case_keys import CaseKeys, case_keys
from bot.storage.case_text import dumped, dumped_room, loaded, loaded_room
from bot.storage.connection import AsyncConnection
from bot.storage.engine import Database
from bot.storage.schema import Instant, TableRule, case_field, marked, metadata, of_case
from bot.vetting.claim import new_code
from bot.vetting.model import LONGEST, REMEMBERED, Case, NewCase, Outcome
from bot.vetting.ports import Counts, Step, Waiting
from bot.vetting.quotas import MOST_OPEN, QuotaError

_A_DAY = timedelta(days=1)
_LOCK = 7_215_301_975
"""Of PostgreSQL's advisory locks, the one of who opens a case: of two with one claim code the later finds the first, and
counts are right. SQLite has one writer at a time anyway."""

cases = Table(
    "cases", metadata,
    of_case(primary_key=True),
    Column("code", String(4), nullable=False, unique=True),
    marked("claim", nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("community", String(64), nullable=False),
    Column("is_urgent", Boolean, nullable=False, server_default=false()),
    Column("made_on", Date, nullable=False, index=True),
    Column("closed_on", Date),
    Column("expires_at", Instant, nullable=False, index=True),
    Column("reason", String(16)),
    Column("record", String(64), nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("shown", Integer, nullable=False, server_default="0"),
    # Which contact line a report is about, and who reports it: both only to count two accounts.
    marked("line_mark", index=True),
    marked("reporter"),
    marked("sender"),
    case_field("content"),
    case_field("tell"),
    Column("tell_until", Date, index=True),
)  # fmt: skip

c = cases.c
_OPEN = c.state == "pending"
_ORDER = (c.is_urgent.desc(), c.made_on, c.code)
_WITH_KEY = select(cases, case_keys.c.key.label("own_key")).outerjoin(case_keys, case_keys.c.case_id == c.case_id)
"""Each case with what opens it, in one query however many they are."""


class StoredCases:
    """`bot.vetting.ports.Cases` on the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._keys = CaseKeys(database, clock)

    async def open(self, new: NewCase, opening: Callable[[Case, Counts], Outcome]) -> Case:
        claim = self._claim(new.claim)
        async with self._database.write() as connection:
            if not self._database.is_sqlite:
                await connection.execute(sql("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            there = await self._read(connection, _WITH_KEY.where(c.claim == claim))
            if there is not None:
                return there
            await self._check(connection, new.sender)
            if new.flood:
                await floods.count(connection, self._database.keys, new.flood, self._clock.now())
            line_mark = self._line(new.case)
            made = replace(new.case, code=await self._free_code(connection))
            outcome = opening(made, await self._counts(connection, new, line_mark))
            marks = {
                "claim": claim,
                "line_mark": line_mark,
                "reporter": self._reporter(new),
                "sender": self._sender(new.case.id, new.sender) if new.sender else None,
            }
            await self._keys.make(connection, made.id)
            values = {**await self._values(connection, outcome.case), **marks}
            await connection.execute(insert(cases).values(case_id=made.id, **values))
            await self._follow(connection, outcome)
            return outcome.case

    async def act(self, code: str, communities: Collection[str], who: Sequence[str], step: Step) -> Case | None:
        query = _WITH_KEY.where(c.code == code, c.community.in_(communities))
        return await self._stepped(query, step, who)

    async def claimed(self, claim: str, step: Step | None = None) -> Case | None:
        query = _WITH_KEY.where(c.claim == self._claim(claim))
        if step is not None:
            return await self._stepped(query, step)
        async with self._database.read() as connection:
            return await self._read(connection, query)

    async def find(self, code: str, communities: Collection[str], who: Sequence[str] = ()) -> Case | None:
        async with self._database.read() as connection:
            return await self._read(connection, _WITH_KEY.where(c.code == code, c.community.in_(communities)), who)

    async def waiting(self, communities: Collection[str], most: int) -> list[Case]:
        query = _WITH_KEY.where(_OPEN, c.community.in_(communities)).order_by(*_ORDER).limit(most)
        async with self._database.read() as connection:
            return [self._case(row) for row in (await connection.execute(query)).all()]

    async def queue(self) -> list[Waiting]:
        urgent = func.sum(case((c.is_urgent, 1), else_=0))
        query = (
            select(c.community, func.count().label("size"), urgent.label("urgent"), func.min(c.made_on).label("first"))
            .where(_OPEN)
            .group_by(c.community)
            .order_by(c.community)
        )
        today = self._clock.now().date()
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return [Waiting(row.community, row.size, int(row.urgent), (today - row.first).days) for row in rows]

    async def due(self, day: date) -> list[str]:
        async with self._database.read() as connection:
            return list((await connection.scalars(select(c.case_id).where(_OPEN, c.made_on <= day))).all())

    async def close_due(self, case_id: str, step: Step) -> None:
        await self._stepped(_WITH_KEY.where(c.case_id == case_id), step)

    async def unblock(self, code: str, communities: Collection[str], act: Act) -> bool:
        found = select(c.case_id).where(c.code == code, c.community.in_(communities))
        async with self._database.write() as connection:
            was_blocked = await blocks.lift(connection, await connection.scalar(found) or "", act.day)
            if was_blocked:
                await acts.add(connection, act)
            return was_blocked

    async def change(self, change: Change, noted: Sequence[Act]) -> None:
        async with self._database.write() as connection:
            await directory_changes.add(connection, self._database, change)
            for act in noted:
                await acts.add(connection, act)

    # the parts of it

    async def _stepped(self, query: Select[Any], step: Step, who: Sequence[str] = ()) -> Case | None:
        """The case after a step, all of it in one transaction that no other step on it can cross."""
        async with self._database.write() as connection:
            found = await self._read(connection, query.with_for_update(of=cases), who)
            if found is None:
                return None
            outcome = step(found)
            if outcome.block is not None:
                sender = await connection.scalar(select(c.sender).where(c.case_id == found.id))
                if not await blocks.add(connection, found.id, sender, outcome.block, self._clock.now().date()):
                    return found
            elif outcome.case == found:
                return found
            values = await self._values(connection, outcome.case)
            if outcome.case.state != "pending":
                values |= {"sender": None, "reporter": None, "line_mark": None}
                await self._keys.destroy(connection, found.id)
                # Where the person was told of a question is of no use any more, said or not.
                await connection.execute(delete(deliveries.deliveries).where(deliveries.below(f"told/{found.id}")))
            await connection.execute(update(cases).where(c.case_id == found.id, _OPEN).values(values))
            await self._follow(connection, outcome)
            return outcome.case

    async def _follow(self, connection: AsyncConnection, outcome: Outcome) -> None:
        """What goes with a case: what is said, changed in the directory, noted."""
        says = [*outcome.says, *(await self._changed_cards(connection, outcome))]
        await deliveries.add(connection, self._database, says, self._clock.now())
        if outcome.change is not None:
            await directory_changes.add(connection, self._database, outcome.change)
        for act in outcome.acts:
            await acts.add(connection, act)

    async def _changed_cards(self, connection: AsyncConnection, outcome: Outcome) -> list[Outgoing]:
        """The card as it is now for every room where one was said, also one where moderators meet no more."""
        case, card = outcome.case, outcome.card
        if card is None:
            return []
        rooms = await deliveries.rooms_of(connection, self._database.keys, case.cause)
        return [Outgoing(case.cause, room, card, "review", "change", version=case.shown) for _, room, _ in rooms]

    async def admit(self, sender: str, flood: str) -> None:
        async with self._database.read() as connection:
            await self._check(connection, sender)
            if flood:
                await floods.check(connection, self._database.keys, flood, self._clock.now())

    async def _check(self, connection: AsyncConnection, sender: str) -> None:
        """Raises QuotaError when too many wait, or nothing is taken from this person."""
        if (await connection.scalar(select(func.count()).where(_OPEN)) or 0) >= MOST_OPEN:
            raise QuotaError("quota-full")
        if sender:
            await blocks.check(connection, self._database.keys, sender, self._clock.now().date())

    async def _counts(self, connection: AsyncConnection, new: NewCase, line_mark: bytes | None) -> Counts:
        here = (_OPEN, c.community == new.case.community, c.shown > 0, c.kind == "suggestion")
        carded = await connection.scalar(select(func.count()).where(*here)) or 0
        reporter = self._reporter(new)
        if line_mark is None or reporter is None:
            return Counts(carded)
        others = (_OPEN, c.line_mark == line_mark, c.reporter.is_not(None), c.reporter != reporter)
        return Counts(carded, await connection.scalar(select(func.count(distinct(c.reporter))).where(*others)) or 0)

    async def _free_code(self, connection: AsyncConnection) -> str:
        while True:
            code = new_code()
            if await connection.scalar(select(c.case_id).where(c.code == code)) is None:
                return code

    async def _read(self, connection: AsyncConnection, query: Select[Any], who: Sequence[str] = ()) -> Case | None:
        row = (await connection.execute(query)).one_or_none()
        return None if row is None else self._case(row, who)

    def _case(self, row: Any, who: Sequence[str] = ()) -> Case:
        found = Case(
            row.case_id, row.code, row.kind, row.community, row.made_on, row.state, row.is_urgent, row.version,
            record=row.record, reason=row.reason, closed_on=row.closed_on, shown=row.shown,
            is_own=row.sender is not None and any(row.sender == self._sender(row.case_id, each) for each in who),
        )  # fmt: skip
        seal = self._keys.opened(row.case_id, row.own_key) if row.content is not None else None
        if seal is None:
            return found
        found = loaded(found, seal.open(row.content, "cases", row.case_id, "content"))
        if row.tell is not None:
            room, locale = loaded_room(seal.open(row.tell, "cases", row.case_id, "tell"))
            found = replace(found, tell=room, tell_locale=locale)
        return found

    async def _values(self, connection: AsyncConnection, found: Case) -> dict[str, Any]:
        """The columns of a case but its marks."""
        values: dict[str, Any] = {
            name: getattr(found, name)
            for name in (
                "code", "kind", "state", "community", "is_urgent", "made_on", "closed_on", "reason", "record", "version", "shown",
            )
        }  # fmt: skip
        values |= {"content": None, "tell": None, "tell_until": None, "expires_at": self._ends(found)}
        if found.state != "pending":
            return values
        seal = await self._keys.of(connection, found.id)
        if seal is None:
            return values
        values["content"] = seal.seal(dumped(found), "cases", found.id, "content")
        if found.tell is not None:
            values["tell"] = seal.seal(dumped_room(found.tell, found.tell_locale), "cases", found.id, "tell")
            values["tell_until"] = self._clock.now().date() + REMEMBERED
        return values

    def _ends(self, found: Case) -> datetime:
        """When the row goes: a day after an open case should have been closed, and when a closed one is forgotten."""
        day = found.closed_on + REMEMBERED if found.closed_on else found.made_on + LONGEST + _A_DAY
        return datetime.combine(day, time(), UTC)

    def _claim(self, claim: str) -> bytes:
        return self._database.keys.mark("claim", claim)

    def _sender(self, case_id: str, who: str) -> bytes:
        return blocks.sender_mark(self._database.keys, case_id, who)

    def _line(self, found: Case) -> bytes | None:
        return self._database.keys.mark("line", found.record, found.line) if found.line else None

    def _reporter(self, new: NewCase) -> bytes | None:
        if not new.case.line or not new.reporter:
            return None
        return self._database.keys.mark("reporter", new.case.record, new.case.line, new.reporter)


async def _expire(connection: AsyncConnection, now: datetime) -> int:
    """Closed cases are forgotten, references go after 30 days, and what no process closed in time goes with its key."""
    await connection.execute(update(cases).where(c.tell_until <= now.date()).values(tell=None, tell_until=None))
    over = select(c.case_id).where(c.expires_at <= now)
    await connection.execute(delete(case_keys).where(case_keys.c.case_id.in_(over)))
    return (await connection.execute(delete(cases).where(c.expires_at <= now))).rowcount


RULE = TableRule(
    Kept(
        "cases",
        "a suggestion or report, sealed with its own key; keyed hashes of its claim code and of who sent it",
        "so that moderators can look at it, and whoever sent it can follow it",
        "a suggestion or report",
        "the text and the sender's hash with the decision or withdrawal, 90 days at most; its state 30 days later",
        LONGEST + REMEMBERED + _A_DAY,
    ),
    cases,
    _expire,
)
