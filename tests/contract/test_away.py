"""A database that is locked, full or away: questions are answered, nothing is half kept, no restart is needed."""

import asyncio
import contextlib
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import build
from bot.core.finding import UnsafeSetupError
from bot.core.form import Field, Form
from bot.core.ports import OpenForm, PendingEvent, Preferences
from bot.core.request import Actor, Request, RoomRef, Text
from bot.errors import StorageError
from bot.handlers.conversation import Conversations
from bot.settings import Settings
from bot.storage.open import Storage, keep_opening, open_storage
from tests.chaos.storage import DISK, full_at, full_disk
from tests.contract.conftest import Place
from tests.fakes.clock import FakeClock


def plain(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", key_file=tmp_path / "keys" / "key", encryption=False)


async def answer(storage: Storage, clock: FakeClock) -> str:
    """What the bot answers to a question at a door that asks forms one question at a time."""
    app = build(Settings(), clock.now())
    talk = Conversations(app.router.dispatch, storage.forms, clock, b"s", app.messages, shows_forms=False)
    request = Request(
        id="1", actor=Actor(None), room=RoomRef("matrix", "!r"), body=Text("food bank in toronto"),
        received_at=clock.now(), is_private=True,
    )  # fmt: skip
    return str(await talk(request))


async def test_locked_at_the_start_questions_are_answered_and_it_opens_later(tmp_path: Path, clock: FakeClock) -> None:
    settings = plain(tmp_path)
    await (await open_storage(settings, clock)).close()
    other = sqlite3.connect(settings.data_dir / "umbrella.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError):
        await open_storage(settings, clock)
    storage = await open_storage(settings, clock, may_wait=True)
    try:
        assert "Toronto" in await answer(storage, clock)
        with pytest.raises(StorageError):
            await storage.preferences.remember("p", Preferences("fr"), clock.now())
        opening = asyncio.create_task(keep_opening(storage, settings, clock))
        await asyncio.sleep(0.1)
        assert not opening.done()
        other.execute("ROLLBACK")
        await asyncio.wait_for(opening, 30)
        await storage.preferences.remember("p", Preferences("fr"), clock.now())
        assert await storage.preferences.of("p", clock.now()) == Preferences("fr")
    finally:
        other.close()
        await storage.close()


async def test_away_at_the_start_it_opens_when_it_is_there(tmp_path: Path, clock: FakeClock) -> None:
    """PostgreSQL is not up yet; the SQLite file takes its place later, as the settings would point to it."""
    settings = replace(plain(tmp_path), database=f"postgresql://u@/d?host={tmp_path}")
    storage = await open_storage(settings, clock, may_wait=True)
    try:
        assert "Toronto" in await answer(storage, clock)
        with pytest.raises(StorageError):
            await storage.handled.handle("matrix", "$e")
    finally:
        await storage.close()


async def test_a_wrong_key_is_refused_and_not_waited_for(place: Place) -> None:
    async with place.opened() as storage:
        await storage.handled.handle("matrix", "$e")
    place.settings.key_file.chmod(0o600)
    place.settings.key_file.write_bytes(b"\0" * 32)
    place.settings.key_file.chmod(0o400)
    with pytest.raises(UnsafeSetupError, match="does not open"):
        await open_storage(place.settings, place.clock, may_wait=True)


@pytest.mark.parametrize("is_encrypted", [True, False])
async def test_full_at_many_points_nothing_is_half_kept(tmp_path: Path, clock: FakeClock, is_encrypted: bool) -> None:
    """Forty sizes; `python -m tests.chaos storage` takes two hundred."""
    storage = await open_storage(replace(plain(tmp_path), encryption=is_encrypted), clock)
    try:
        report = await full_at(storage, clock, range(0, DISK, DISK // 40))
    finally:
        await storage.close()
    assert report.half == 0
    assert report.refused > 5
    assert report.kept > 5


async def test_full_while_running_questions_are_answered(tmp_path: Path, clock: FakeClock) -> None:
    storage = await open_storage(plain(tmp_path), clock)
    try:
        with full_disk(0):
            with pytest.raises(StorageError):
                await storage.preferences.remember("p", Preferences("fr"), clock.now())
            assert "Toronto" in await answer(storage, clock)
        assert await storage.preferences.of("p", clock.now()) is None
        await storage.preferences.remember("p", Preferences("fr"), clock.now())
    finally:
        await storage.close()


async def test_full_at_the_start_of_what_was_kept_before(tmp_path: Path, clock: FakeClock) -> None:
    settings = plain(tmp_path)
    first = await open_storage(settings, clock)
    await first.preferences.remember("p", Preferences("fr"), clock.now())
    await first.close()
    with full_disk(0):
        storage = await open_storage(settings, clock, may_wait=True)
        assert "Toronto" in await answer(storage, clock)
    try:
        await asyncio.wait_for(keep_opening(storage, settings, clock), 30)
        assert await storage.preferences.of("p", clock.now()) == Preferences("fr")
    finally:
        await storage.close()


class Disk:
    """A disk that is made read-only: a tmpfs of our own where this user may mount one, elsewhere SQLite is told to answer as on such a disk."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.is_real = self._mount("-t", "tmpfs", "-o", "size=16m", "umbrella-test")

    def _mount(self, *options: str) -> bool:
        command = shutil.which("mount")
        return (
            command is not None
            and not subprocess.run([command, *options, str(self.folder)], capture_output=True, check=False).returncode
        )

    async def turn(self, storage: Storage, mode: str) -> None:
        """Make it "ro" or "rw" under a storage that is open."""
        if self.is_real:
            # A file that is open for writing would keep the disk writable.
            await storage.database.engine.dispose()
            assert self._mount("-o", f"remount,{mode}")
            return
        async with contextlib.AsyncExitStack() as stack:
            for _ in range(4):
                connection = await stack.enter_async_context(storage.database.engine.connect())
                driver: Any = (await connection.raw()).driver_connection
                await (await driver.execute(f"PRAGMA query_only = {mode == 'ro'}")).close()

    def remove(self) -> None:
        if self.is_real:
            subprocess.run(["umount", "--lazy", str(self.folder)], check=True)


@pytest.fixture
def disk(tmp_path: Path, record_property: Callable[[str, object], None]) -> Iterator[Disk]:
    made = Disk(tmp_path / "disk")
    record_property("read-only disk", "a real remount" if made.is_real else "SQLite's query_only: no right to mount")
    yield made
    made.remove()


@pytest.mark.parametrize("is_encrypted", [True, False])
async def test_read_only_questions_are_answered_and_nothing_is_half_kept(
    tmp_path: Path, clock: FakeClock, disk: Disk, is_encrypted: bool
) -> None:
    settings = replace(plain(tmp_path), data_dir=disk.folder / "data", encryption=is_encrypted)
    storage = await open_storage(settings, clock)
    many = [PendingEvent(f"$e{number}", "x" * 2000, clock.now()) for number in range(5)]
    try:
        await storage.preferences.remember("p", Preferences("fr"), clock.now())
        await disk.turn(storage, "ro")
        for write in (storage.pending.keep(many, "token"), storage.preferences.forget("p")):
            with pytest.raises(StorageError):
                await write
        assert "Toronto" in await answer(storage, clock)
        if disk.is_real:
            waits = await open_storage(settings, clock, may_wait=True)
            assert waits.database.is_waiting, "a start finds the disk read-only"
            assert "Toronto" in await answer(waits, clock)
            await waits.close()
        await disk.turn(storage, "rw")
        assert await storage.pending.waiting() == []
        assert await storage.pending.position() is None
        assert await storage.preferences.of("p", clock.now()) == Preferences("fr")
        await storage.pending.keep(many, "token")
        assert await storage.pending.position() == "token", "it goes on without a restart"
    finally:
        await storage.close()


async def test_a_form_that_cannot_be_read_stops_no_question(storage: Storage, clock: FakeClock) -> None:
    form = OpenForm(Form("f", "F", (Field("a", "A"),)), {}, "en", clock.now() + timedelta(minutes=30))
    await storage.forms.put("key", form)
    storage.database.is_waiting = True
    assert "Toronto" in await answer(storage, clock)
    storage.database.is_waiting = False
    assert await storage.forms.get("key", clock.now()) == form
