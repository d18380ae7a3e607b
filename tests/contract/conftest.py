"""The storage suite runs on each of these: SQLCipher, SQLite with encryption off, PostgreSQL."""

import contextlib
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import pytest

from bot.settings import Settings
from bot.storage.open import Storage, open_storage
from tests.fakes.clock import FakeClock

KINDS = ("sqlcipher", "sqlite", "postgresql")


@dataclass(frozen=True)
class Place:
    """An installation: its settings, and where its bytes lie."""

    kind: str
    settings: Settings
    bytes_in: Path
    clock: FakeClock

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[Storage]:
        storage = await open_storage(self.settings, self.clock)
        try:
            yield storage
        finally:
            await storage.close()


@pytest.fixture(params=KINDS)
async def place(request: pytest.FixtureRequest, tmp_path: Path, clock: FakeClock) -> AsyncIterator[Place]:
    kind: str = request.param
    settings = replace(
        Settings(), data_dir=tmp_path / "data", key_file=tmp_path / "keys" / "key", encryption=kind != "sqlite"
    )
    if kind != "postgresql":
        yield Place(kind, settings, settings.data_dir, clock)
        return
    folder: Path = request.getfixturevalue("postgres")
    name = f"t{uuid.uuid4().hex}"
    async with server(folder) as connection:
        await connection.execute(f"CREATE DATABASE {name}")
    address = f"postgresql://umbrella@/{name}?host={folder}"
    yield Place(kind, replace(settings, database=address), folder / "data", clock)
    async with server(folder) as connection:
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextlib.asynccontextmanager
async def server(folder: Path) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(host=str(folder), user="umbrella", database="postgres")
    try:
        yield connection
    finally:
        await connection.close()


@pytest.fixture
async def storage(place: Place) -> AsyncIterator[Storage]:
    async with place.opened() as opened:
        yield opened


@pytest.fixture
async def other_storage(place: Place, storage: Storage) -> AsyncIterator[Storage]:
    """The same installation, opened once more, as a second process does."""
    storage = await open_storage(place.settings, place.clock)
    yield storage
    await storage.close()
