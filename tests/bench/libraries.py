"""What the libraries weigh that the bot keeps things with, opened and idle, beside a bare bot: the third side of two benchmarks.

They are SQLAlchemy's Core for asyncio as its manual opens it, over aiosqlite, on one SQLCipher file with one small table
and one open connection, and AES-GCM of `cryptography`. The storage of the bot loads the same, but for the ORM that
`sqlalchemy.ext.asyncio` brings (`bot.storage.connection`).
"""

import os
from pathlib import Path
from typing import Any

import aiosqlite
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine  # noqa: TID251
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

_rows = Table("rows", MetaData(), Column("id", Integer, primary_key=True), Column("sealed", LargeBinary))


async def opened(folder: str) -> tuple[AsyncConnection, AESGCM]:
    """An open connection to a new file in `folder`, and what seals its one row; both are to be kept."""
    key = os.urandom(32)

    def connect() -> dbapi2.Connection:
        connection = dbapi2.connect(Path(folder) / "small.db", isolation_level=None, check_same_thread=False)
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        return connection

    async def create() -> aiosqlite.Connection:
        return await aiosqlite.Connection(connect, iter_chunk_size=64)

    seal = AESGCM(key)
    connection = await create_async_engine("sqlite+aiosqlite://", async_creator=create).connect()
    await connection.run_sync(_rows.metadata.create_all)
    await connection.execute(insert(_rows).values(sealed=seal.encrypt(nonce := os.urandom(12), b"content", None)))
    await connection.commit()
    sealed: Any = await connection.scalar(select(_rows.c.sealed))
    assert seal.decrypt(nonce, sealed, None) == b"content"
    return connection, seal
