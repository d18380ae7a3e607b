"""Opening what is kept: upgrades, keys, crashes, and a database that is away, locked or full."""

import asyncio
import itertools
import json
import operator
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from bot.core.finding import UnsafeSetupError
from bot.core.ports import PendingEvent, Preferences, RoomSettings
from bot.errors import StorageError
from bot.settings import Settings
from bot.storage import backup, known_backups, retention, upgrade
from bot.storage.open import Storage, open_storage
from bot.storage.schema import metadata
from bot.storage.sealed_file import read_head
from tests.chaos.storage import common, rows
from tests.contract.conftest import Place, server
from tests.contract.test_rotation import plant
from tests.fakes.clock import FakeClock


async def tables(storage: Storage) -> set[str]:
    async with storage.database.read() as connection:
        return set(await connection.run_sync(lambda each: inspect(each).get_table_names()))


async def test_migrations_make_what_the_tables_say(storage: Storage) -> None:
    await upgrade.upgrade(storage.database, "base")
    await upgrade.upgrade(storage.database)
    async with storage.database.read() as connection:
        found = await connection.run_sync(lambda each: compare_metadata(MigrationContext.configure(each), metadata))
    assert found == []


async def test_every_revision_goes_up_and_down_with_its_data(storage: Storage, clock: FakeClock) -> None:
    await plant(storage, clock)
    here = await rows(storage)
    assert here.keys() == set(metadata.tables)
    assert sum(map(len, here.values())) > len(here)
    known = upgrade.revisions()
    for revision, lower in itertools.zip_longest(known, known[1:], fillvalue="base"):
        await upgrade.upgrade(storage.database, "-1")
        below = await rows(storage)
        assert operator.eq(*common(here, below)), f"{revision} to {lower}"
        await upgrade.upgrade(storage.database, revision)
        assert operator.eq(*common(below, await rows(storage))), f"{lower} to {revision}"
        await upgrade.upgrade(storage.database, "-1")
        here = below
    assert here == {}
    await upgrade.upgrade(storage.database)
    assert (await rows(storage)).keys() == set(metadata.tables)


async def test_before_tables_change_a_backup_is_made(place: Place) -> None:
    """From the first revision to this one; the backup then restores what lay there."""
    async with place.opened() as storage:
        await plant(storage, place.clock)
        for _ in upgrade.revisions()[1:]:
            await upgrade.upgrade(storage.database, "-1")
    file = place.settings.data_dir / f"before-{place.clock.now().date()}.backup"
    assert not file.exists()
    async with place.opened() as storage:
        assert known_backups.known(place.settings.data_dir) == [file]
        assert read_head(file).revision == "0001"
        assert await storage.rooms.forget("matrix", "!r")
        await storage.preferences.remember("later", Preferences("fr"), place.clock.now())
        assert await backup.restore(storage.database, place.clock, file) > 0
        person = storage.people.mark("matrix", "@a:x")
        assert await storage.preferences.of(person, place.clock.now()) == Preferences("fr", "CA-QC")
        assert await storage.preferences.of("later", place.clock.now()) is None
        assert await storage.rooms.settings_of("matrix", "!r") == RoomSettings(), "erased since"
    place.clock.advance(timedelta(days=36))
    assert retention.expire_files(place.settings.data_dir, place.clock.now(), []) == 1
    assert not file.exists()


async def test_an_upgrade_that_fails_changes_nothing(storage: Storage) -> None:
    before = await tables(storage)
    storage.database.is_proven = False
    await upgrade.upgrade(storage.database, "base")

    async def interrupted() -> None:
        async with storage.database.write() as connection:
            await connection.run_sync(upgrade.moved, "head")
            raise KeyError

    with pytest.raises(KeyError):
        await interrupted()
    assert await tables(storage) == {"alembic_version"}
    await upgrade.upgrade(storage.database)
    assert await tables(storage) == before


async def test_two_who_start_at_once_both_start(place: Place) -> None:
    opened = await asyncio.gather(*(open_storage(place.settings, place.clock) for _ in range(4)))
    try:
        assert await opened[0].handled.handle("matrix", "$e")
        assert not await opened[3].handled.handle("matrix", "$e")
    finally:
        for storage in opened:
            await storage.close()


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(UnsafeSetupError) as caught:
        yield
    assert [finding.code for finding in caught.value.findings] == [code]
    assert all(finding.mend for finding in caught.value.findings)


async def test_another_key_is_refused(place: Place) -> None:
    async with place.opened():
        pass
    place.settings.key_file.chmod(0o600)
    place.settings.key_file.write_bytes(os.urandom(32))
    place.settings.key_file.chmod(0o400)
    with refused("key-wrong"):
        await open_storage(place.settings, place.clock)


async def test_a_lost_key_is_not_made_anew(tmp_path: Path, clock: FakeClock) -> None:
    settings = Settings(data_dir=tmp_path / "data", key_file=tmp_path / "keys" / "key")
    await (await open_storage(settings, clock)).close()
    settings.key_file.unlink()
    with refused("key-missing"):
        await open_storage(settings, clock)
    assert not settings.key_file.exists()


async def test_encryption_is_not_changed_by_the_way(tmp_path: Path, clock: FakeClock) -> None:
    settings = Settings(data_dir=tmp_path / "data", key_file=tmp_path / "keys" / "key")
    await (await open_storage(settings, clock)).close()
    with refused("database-mixed"):
        await open_storage(replace(settings, encryption=False), clock)


@pytest.mark.parametrize(("mode", "code"), [(0o644, "key-mode"), (0o440, "key-mode"), (0o404, "key-mode")])
async def test_a_key_others_can_read_is_refused(tmp_path: Path, clock: FakeClock, mode: int, code: str) -> None:
    settings = Settings(data_dir=tmp_path / "data", key_file=tmp_path / "key")
    settings.key_file.write_bytes(os.urandom(32))
    settings.key_file.chmod(mode)
    with refused(code):
        await open_storage(settings, clock)
    assert not settings.data_dir.exists()


async def test_a_key_beside_the_data_is_refused(tmp_path: Path, clock: FakeClock) -> None:
    elsewhere = tmp_path / "link"
    (tmp_path / "data").mkdir()
    elsewhere.symlink_to(tmp_path / "data")
    for key_file in (tmp_path / "data" / "key", tmp_path / "data" / "deep" / "key", elsewhere / "key"):
        with refused("key-beside-data"):
            await open_storage(Settings(data_dir=tmp_path / "data", key_file=key_file), clock)


async def test_a_key_cut_short_is_refused(tmp_path: Path, clock: FakeClock) -> None:
    (tmp_path / "key").write_bytes(b"short")
    (tmp_path / "key").chmod(0o400)
    with refused("key-size"):
        await open_storage(Settings(data_dir=tmp_path / "data", key_file=tmp_path / "key"), clock)


async def test_a_server_that_is_away_is_said(tmp_path: Path, clock: FakeClock) -> None:
    settings = Settings(data_dir=tmp_path / "data", key_file=tmp_path / "key",
                        database=f"postgresql://umbrella@/umbrella?host={tmp_path}")  # fmt: skip
    with pytest.raises(StorageError):
        await open_storage(settings, clock)


async def test_a_server_that_was_away_is_found_again(place: Place, storage: Storage) -> None:
    """Every connection is cut, as a restart of PostgreSQL does; the SQLite runs show that nothing is needed there."""
    assert await storage.handled.handle("matrix", "$before")
    if place.kind == "postgresql":
        async with server(place.bytes_in.parent) as connection:
            await connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            )
    assert await storage.handled.handle("matrix", "$after")
    assert await storage.handled.is_handled("matrix", "$before")


async def test_a_locked_database_is_waited_for_and_then_said(tmp_path: Path, clock: FakeClock) -> None:
    settings = Settings(data_dir=tmp_path / "data", key_file=tmp_path / "key", encryption=False)
    storage = await open_storage(settings, clock)
    other = sqlite3.connect(settings.data_dir / "umbrella.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StorageError):
            await storage.handled.handle("matrix", "$e")
        assert not await storage.handled.is_handled("matrix", "$e"), "reading goes on"
        other.execute("ROLLBACK")
        assert await storage.handled.handle("matrix", "$e"), "and writing, without a restart"
    finally:
        other.close()
        await storage.close()


async def test_a_full_disk_is_said_and_nothing_is_half_kept(tmp_path: Path, clock: FakeClock) -> None:
    """The database may not grow: SQLite answers as it does on a full disk."""
    settings = Settings(data_dir=tmp_path / "data", key_file=tmp_path / "key")
    storage = await open_storage(settings, clock)
    many = [PendingEvent(f"$e{number}", "x" * 3000, clock.now()) for number in range(200)]
    try:
        async with AsyncExitStack() as stack:
            for _ in range(4):
                connection = await stack.enter_async_context(storage.database.engine.connect())
                driver: Any = (await connection.raw()).driver_connection
                await (await driver.execute("PRAGMA max_page_count = 60")).close()
        with pytest.raises(StorageError):
            await storage.pending.keep(many, "token")
        assert await storage.pending.waiting() == []
        assert await storage.pending.position() is None
        assert await storage.handled.handle("matrix", "$small")
    finally:
        await storage.close()


# kill -9: old or new, never between.

BATCH = 7
_WRITER = """
import asyncio, json, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.core.clock import SystemClock
from bot.core.ports import PendingEvent, Preferences, RoomSettings
from bot.settings import Settings
from bot.storage.open import open_storage

async def main():
    given = json.loads(sys.argv[1])
    settings = Settings(data_dir=Path(given["data_dir"]), key_file=Path(given["key_file"]),
                        encryption=given["encryption"], database=given["database"])
    storage = await open_storage(settings, SystemClock())
    first = int(await storage.pending.position() or 0)
    print(first, flush=True)
    for number in range(first + 1, first + 100000):
        events = [PendingEvent(f"$e{number}.{part}", "x" * 2000, datetime.now(UTC)) for part in range(7)]
        await storage.pending.keep(events, str(number))
        print(number, flush=True)

asyncio.run(main())
"""


def written_until_killed(settings: Settings, after_s: float) -> list[int]:
    """What a writer of its own said it had kept, until it was killed."""
    kept = {name: getattr(settings, name) for name in ("data_dir", "key_file", "encryption", "database")}
    command = [sys.executable, "-c", _WRITER, json.dumps(kept, default=str)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline()]
        time.sleep(after_s)
        writer.send_signal(signal.SIGKILL)
        said += writer.stdout.readlines()
    return [int(line) for line in said]


async def test_kill_9_during_a_write_leaves_old_or_new(place: Place) -> None:
    chance = random.Random(3)
    promised = 0
    for _ in range(6):
        said = await asyncio.to_thread(written_until_killed, place.settings, chance.uniform(0.01, 0.3))
        assert said[0] == promised
        promised = max(said)
        async with place.opened() as storage:
            position = int(await storage.pending.position() or 0)
            waiting = [each.id for each in await storage.pending.waiting()]
        assert waiting == [f"$e{number}.{part}" for number in range(1, position + 1) for part in range(BATCH)]
        assert position in (promised, promised + 1)
        promised = position
    assert promised > 5, "the control: something was written"
