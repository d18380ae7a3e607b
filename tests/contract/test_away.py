"""A database that is locked, full or away: questions are answered, nothing is half kept, no restart is needed."""

import asyncio
import contextlib
import resource
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

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


@contextlib.contextmanager
def full_disk(size: int) -> Iterator[None]:
    """No file of this process may grow beyond `size` bytes: what a full disk looks like from inside."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("is_encrypted", [True, False])
async def test_full_at_many_points_nothing_is_half_kept(tmp_path: Path, clock: FakeClock, is_encrypted: bool) -> None:
    """The disk is full at each of 40 sizes in turn: a batch and its token are there, or neither is."""
    settings = replace(plain(tmp_path), encryption=is_encrypted)
    storage = await open_storage(settings, clock)
    refused = kept = 0
    try:
        for number in range(40):
            events = [PendingEvent(f"$e{number}.{part}", "x" * 2000, clock.now()) for part in range(5)]
            await storage.database.tidy()
            with full_disk(4096 * number), contextlib.suppress(StorageError):
                await storage.pending.keep(events, str(number))
            position, waiting = await storage.pending.position(), {each.id for each in await storage.pending.waiting()}
            assert (position == str(number)) == (events[0].id in waiting) == (events[-1].id in waiting)
            kept += position == str(number)
            refused += position != str(number)
            assert await storage.handled.handle("matrix", f"$after{number}"), "it goes on without a restart"
        assert refused > 5
        assert kept > 0
    finally:
        await storage.close()


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


async def test_a_form_that_cannot_be_read_stops_no_question(storage: Storage, clock: FakeClock) -> None:
    form = OpenForm(Form("f", "F", (Field("a", "A"),)), {}, "en", clock.now() + timedelta(minutes=30))
    await storage.forms.put("key", form)
    storage.database.is_waiting = True
    assert "Toronto" in await answer(storage, clock)
    storage.database.is_waiting = False
    assert await storage.forms.get("key", clock.now()) == form
