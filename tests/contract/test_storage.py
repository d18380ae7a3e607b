"""What storage promises, the same on every database."""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from bot.core.acts import Act
from bot.core.form import Field, Form
from bot.core.meeting import JoinedRoom
from bot.core.ports import OpenForm, PendingEvent, Preferences, RoomSettings
from bot.core.request import RoomRef
from bot.errors import StorageError
from bot.storage import sync_state
from bot.storage.case_keys import case_mark
from bot.storage.forgotten import forgotten
from bot.storage.handled_events import handled_events
from bot.storage.keys import WrongKeyError
from bot.storage.open import Storage
from tests.contract.conftest import Place
from tests.fakes.clock import FakeClock

FORM = Form(
    "suggest",
    "Suggest",
    (Field("what", "What is it?"), Field("kind", "Kind?", "choice", choices=(("a", "A"), ("b", "B")))),
)


def event(storage_clock: FakeClock, number: int) -> PendingEvent:
    return PendingEvent(f"$event{number}", f'{{"n": {number}}}\nand a second line', storage_clock.now())


async def test_an_event_is_handled_once(storage: Storage) -> None:
    assert not await storage.handled.is_handled("matrix", "$e")
    assert await storage.handled.handle("matrix", "$e")
    assert not await storage.handled.handle("matrix", "$e")
    assert await storage.handled.is_handled("matrix", "$e")
    assert not await storage.handled.is_handled("discord", "$e")


async def test_of_fifty_who_try_at_once_one_goes_on(storage: Storage) -> None:
    tried = await asyncio.gather(*(storage.handled.handle("matrix", "$e") for _ in range(50)))
    assert sum(tried) == 1


async def test_a_claim_serves_one_event_for_ever_and_again(storage: Storage, clock: FakeClock) -> None:
    def claiming(event_id: str, claim: str) -> PendingEvent:
        return PendingEvent(event_id, "{}", clock.now(), claim)

    first, replayed = claiming("$first", "session 3"), claiming("$replayed", "session 3")
    assert await storage.pending.keep([first, replayed, claiming("$other", "session 4")]) == {"$first", "$other"}
    assert await storage.pending.keep([first, replayed]) == frozenset()
    assert await storage.pending.keep([replayed], finished=["$first"]) == frozenset()
    assert [each.id for each in await storage.pending.waiting()] == ["$other"]


async def test_what_waits_survives_a_restart_in_its_order(place: Place) -> None:
    events = [event(place.clock, number) for number in range(20)]
    async with place.opened() as storage:
        assert len(await storage.pending.keep(events[:15], "token1")) == 15
        assert len(await storage.pending.keep(events[10:], "token2")) == 5
    async with place.opened() as storage:
        assert await storage.pending.waiting() == events
        assert await storage.pending.position() == "token2"


async def test_an_answered_event_is_erased_and_never_waits_again(storage: Storage, clock: FakeClock) -> None:
    await storage.pending.keep([event(clock, 1), event(clock, 2)])
    for _ in range(2):
        assert await storage.pending.keep([event(clock, 3)], "token", ["$event1"]) in ({"$event3"}, set())
    assert await storage.pending.keep([event(clock, 1), event(clock, 3)], finished=["$event3"]) == frozenset()
    assert [each.id for each in await storage.pending.waiting()] == ["$event2"]
    assert await storage.handled.is_handled("matrix", "$event1")


async def test_a_form_is_kept_whole_and_for_its_time(storage: Storage, clock: FakeClock) -> None:
    form = OpenForm(FORM, {"what": "一二三 \U0001f33c"}, "zh", clock.now() + timedelta(minutes=30), "$seen")
    await storage.forms.put("key", form)
    assert await storage.forms.get("key", clock.now()) == form
    assert await storage.forms.get("other", clock.now()) is None
    assert await storage.forms.get("key", clock.now() + timedelta(minutes=30)) is None
    assert await storage.forms.erase("key")
    assert not await storage.forms.erase("key")
    assert await storage.forms.get("key", clock.now()) is None


async def test_preferences_are_kept_shown_and_forgotten(storage: Storage, clock: FakeClock) -> None:
    person, other = storage.people.mark("matrix", "@a:x"), storage.people.mark("discord", "@a:x")
    assert person != other
    assert await storage.preferences.of(person, clock.now()) is None
    await storage.preferences.remember(person, Preferences("fr"), clock.now())
    await storage.preferences.remember(person, Preferences("fr", "CA-QC"), clock.now())
    assert await storage.preferences.of(person, clock.now()) == Preferences("fr", "CA-QC")
    assert await storage.preferences.of(other, clock.now()) is None
    assert await storage.preferences.forget(person)
    assert not await storage.preferences.forget(person)
    assert await storage.preferences.of(person, clock.now()) is None


async def test_facts_of_a_room_do_not_overwrite_each_other(storage: Storage) -> None:
    settings = RoomSettings("es", ("word",), ("find", "help"), "MX")
    assert await storage.rooms.settings_of("discord", "1") == RoomSettings()
    await storage.rooms.note_encrypted("matrix", "!r")
    await storage.rooms.set_settings("matrix", "!r", settings)
    await storage.rooms.note_encrypted("matrix", "!r")
    assert await storage.rooms.was_encrypted("matrix", "!r")
    assert await storage.rooms.settings_of("matrix", "!r") == settings
    assert not await storage.rooms.was_encrypted("matrix", "!other")
    assert await storage.rooms.forget("matrix", "!r")
    assert not await storage.rooms.was_encrypted("matrix", "!r")


async def test_the_state_of_an_adapter_is_kept_and_given_up(storage: Storage) -> None:
    await storage.state.put("matrix", "device", "ABC")
    await storage.state.put("matrix", "device", "DEF")
    await storage.state.put("discord", "device", "GHI")
    assert await storage.state.get("matrix", "device") == "DEF"
    assert await storage.state.forget("matrix") == 1
    assert await storage.state.get("matrix", "device") is None
    assert await storage.state.get("discord", "device") == "GHI"


async def test_no_update_is_lost(storage: Storage, other_storage: Storage) -> None:
    """60 of two processes read a number and write the next; the driver by default leaves 1, without an error."""
    await storage.state.put("test", "n", "0")
    rows = sync_state.sync_state

    async def count(at: Storage) -> None:
        async with at.database.write() as connection:
            await connection.execute(select(rows.c.value).where(rows.c.platform == "test").with_for_update())
            sealed = await connection.scalar(select(rows.c.value).where(rows.c.platform == "test"))
            assert sealed is not None
            number = int(storage.keys.open(sealed, "sync_state", "test/n", "value"))
            await asyncio.sleep(0)
            await sync_state.write(connection, storage.database, "test", "n", str(number + 1))

    await asyncio.gather(*(count(at) for _ in range(30) for at in (storage, other_storage)))
    assert await storage.state.get("test", "n") == "60"


async def test_a_write_that_fails_leaves_nothing(storage: Storage) -> None:
    async def broken() -> AsyncIterator[None]:
        async with storage.database.write() as connection:
            await sync_state.write(connection, storage.database, "test", "n", "1")
            raise RuntimeError
            yield

    with pytest.raises(RuntimeError):
        await anext(broken())
    assert await storage.state.get("test", "n") is None
    assert await storage.handled.handle("matrix", "$still-works")


async def test_sqlalchemy_knows_the_errors_of_every_driver(storage: Storage) -> None:
    """The trap of `security.md`: those of sqlcipher3 pass it by unless it is told of them."""
    row = {"mark": b"MARKER-MARKER-16", "handled_on": date(2026, 11, 21)}
    async with storage.database.engine.connect() as connection:
        with pytest.raises(IntegrityError):
            await connection.execute(insert(handled_events), [row, row])


async def test_faults_of_the_database_are_ours_and_hold_no_values(storage: Storage) -> None:
    row = {"mark": b"MARKER-MARKER-16", "handled_on": date(2026, 11, 21)}
    with pytest.raises(StorageError) as caught:
        async with storage.database.write() as connection:
            await connection.execute(insert(handled_events), [row, row])
    assert caught.value.reason in ("IntegrityError", "UniqueViolationError")
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert "MARKER" not in str(caught.value)


async def test_a_cancelled_write_leaves_the_connection_fit(storage: Storage) -> None:
    async def slow() -> None:
        async with storage.database.write() as connection:
            await sync_state.write(connection, storage.database, "test", "n", "1")
            await asyncio.sleep(60)

    for _ in range(10):
        task = asyncio.create_task(slow())
        await asyncio.sleep(0.02)
        task.cancel()
        await asyncio.wait([task])
    assert await storage.state.get("test", "n") is None
    await storage.state.put("test", "n", "2")
    assert await storage.state.get("test", "n") == "2"


async def test_writes_cut_off_anywhere_hold_no_lock(storage: Storage) -> None:
    """Cut off between two statements, or while a row is read: the next write does not wait for the collector."""
    chance = random.Random(5)

    async def write() -> None:
        while True:
            await storage.handled.handle("matrix", f"$cut{chance.random()}")

    for number in range(40):
        task = asyncio.create_task(write())
        await asyncio.sleep(chance.uniform(0.0005, 0.03))
        task.cancel()
        await asyncio.wait([task])
        assert await storage.handled.handle("matrix", f"$e{number}")


async def test_what_was_sealed_for_a_case_ends_with_its_key(storage: Storage) -> None:
    place = ("suggestions", "K7Q2", "text")
    async with storage.database.write() as connection:
        seal = await storage.case_keys.make(connection, "K7Q2")
        await storage.case_keys.make(connection, "M3XX")
    sealed = seal.seal("words", *place)
    async with storage.database.read() as connection:
        again, other = [await storage.case_keys.of(connection, case) for case in ("K7Q2", "M3XX")]
        assert again
        assert other
        assert again.open(sealed, *place) == "words"
        for wrong in (other, storage.keys):
            with pytest.raises(WrongKeyError):
                wrong.open(sealed, *place)
    async with storage.database.write() as connection:
        assert await storage.case_keys.destroy(connection, "K7Q2")
        assert not await storage.case_keys.destroy(connection, "K7Q2")
        assert await storage.case_keys.of(connection, "K7Q2") is None
        assert await storage.case_keys.of(connection, "M3XX")
        assert await connection.scalar(select(forgotten.c.mark)) == case_mark(storage.keys, "K7Q2")


async def test_a_community_has_one_joined_room_on_each_platform(storage: Storage, clock: FakeClock) -> None:
    rooms, act = storage.review_rooms, Act("Ash", "setup-join", "north", clock.now().date())
    first, second = (JoinedRoom(RoomRef("discord", each), "north", "7") for each in ("1", "2"))
    other = JoinedRoom(RoomRef("matrix", "!r:example.org"), "north")
    for each in (first, other, second, second):
        await rooms.join(each, act)
    assert set(await rooms.all()) == {second, other}
    assert not await rooms.leave(first.room, act)
    assert await rooms.leave(other.room, act)
    assert await rooms.leave_server("discord", "8") == 0
    assert await rooms.leave_server("discord", "7") == 1
    assert await rooms.all() == []
    assert len(await storage.acts.of("north", 10)) == 5


async def test_a_case_has_one_key(storage: Storage) -> None:
    async with storage.database.write() as connection:
        await storage.case_keys.make(connection, "K7Q2")
    with pytest.raises(StorageError):
        async with storage.database.write() as connection:
            await storage.case_keys.make(connection, "K7Q2")


async def test_values_are_found_by_how_their_names_begin_and_erased_one_by_one(storage: Storage) -> None:
    for name in ("wait/a", "wait/b", "waits", "wait%"):
        await storage.state.put("discord", name, name.upper())
    await storage.state.put("matrix", "wait/a", "x")
    assert await storage.state.all("discord", "wait/") == {"wait/a": "WAIT/A", "wait/b": "WAIT/B"}
    await storage.state.erase("discord", "wait/a")
    assert await storage.state.all("discord", "wait/") == {"wait/b": "WAIT/B"}
    assert await storage.state.get("matrix", "wait/a") == "x"
