"""Signatures of campaigns: what each signer chose to give, sealed, found by their claim code alone."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Column, Date, String, Table, delete, select, update

from bot.announcements.campaigns import Signature
from bot.core.acts import Act
from bot.core.clock import Clock
from bot.core.kept import Kept
from bot.storage import acts
from bot.storage.connection import AsyncConnection
from bot.storage.engine import Database
from bot.storage.forgotten import forget, is_forgotten
from bot.storage.schema import TableRule, add_new, marked, metadata, sealed_field

signatures = Table(
    "signatures", metadata,
    Column("key", String(32), primary_key=True),
    Column("campaign", String(64), nullable=False, index=True),
    Column("version", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    marked("claim", nullable=False, unique=True),
    sealed_field("content", "key", nullable=False),
    Column("day", Date, nullable=False),
)  # fmt: skip
c = signatures.c


class StoredSignatures:
    """`bot.announcements.campaigns.Signatures` on the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def add(self, signature: Signature, claim: str) -> bool:
        key, mark = secrets.token_hex(16), self._mark(claim)
        async with self._database.write() as connection:
            if await is_forgotten(connection, mark):
                return False
            return await add_new(
                connection, signatures, key=key, campaign=signature.campaign, version=signature.version,
                kind=signature.kind, state="counted" if signature.is_counted else "pending", claim=mark,
                content=self._sealed(key, signature), day=self._clock.now().date(),
            )  # fmt: skip

    async def find(self, claim: str) -> Signature | None:
        async with self._database.read() as connection:
            row = (await connection.execute(select(signatures).where(c.claim == self._mark(claim)))).one_or_none()
        return None if row is None else self._loaded(row)

    async def hear(self, claim: str, news: str) -> bool:
        async with self._database.write() as connection:
            found = select(signatures).where(c.claim == self._mark(claim)).with_for_update()
            row = (await connection.execute(found)).one_or_none()
            if row is None:
                return False
            content = self._sealed(row.key, replace(self._loaded(row), news=news))
            await connection.execute(update(signatures).where(c.key == row.key).values(content=content))
            return True

    async def withdraw(self, claim: str) -> bool:
        async with self._database.write() as connection:
            return await self._erased(connection, c.claim == self._mark(claim))

    async def of(self, campaign: str) -> Sequence[Signature]:
        async with self._database.read() as connection:
            rows = (await connection.execute(select(signatures).where(c.campaign == campaign).order_by(c.key))).all()
        return [self._loaded(row) for row in rows]

    async def confirm(self, key: str, by: str, *, is_genuine: bool) -> bool:
        today = self._clock.now().date()
        async with self._database.write() as connection:
            pending = (c.key == key, c.state == "pending")
            campaign = await connection.scalar(select(c.campaign).where(*pending).with_for_update())
            if campaign is None:
                return False
            if is_genuine:
                await connection.execute(update(signatures).where(*pending).values(state="counted"))
            else:
                await self._erased(connection, c.key == key)
            await acts.add(
                connection, Act(by, "signature-confirm" if is_genuine else "signature-decline", campaign, today)
            )
            return True

    async def _erased(self, connection: AsyncConnection, which: Any) -> bool:
        claim = await connection.scalar(delete(signatures).where(which).returning(c.claim))
        if claim is None:
            return False
        await forget(connection, claim, self._clock.now().date())
        return True

    def _mark(self, claim: str) -> bytes:
        return self._database.keys.mark("signature", claim)

    def _sealed(self, key: str, signature: Signature) -> bytes:
        content = {"name": signature.name, "region": signature.region, "news": signature.news}
        return self._database.keys.seal(json.dumps(content, ensure_ascii=False), "signatures", key, "content")

    def _loaded(self, row: Any) -> Signature:
        held = json.loads(self._database.keys.open(row.content, "signatures", row.key, "content"))
        return Signature(
            row.campaign, row.version, row.kind, held["name"], held["region"], held["news"],
            row.state == "counted", row.key, row.day,
        )  # fmt: skip


RULE = TableRule(
    Kept(
        "signatures",
        "what a signer chose to give: kind, name, region, where to write, sealed; the day",
        "so that a campaign can be signed, handed to its organizer, and a signature taken back",
        "signatures of a campaign",
        "when it is withdrawn by its claim code, or was not the organization's own",
    ),
    signatures,
    eraser=StoredSignatures.withdraw,
)
