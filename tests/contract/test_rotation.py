"""A new key: everything moves, nothing is lost at any moment, and the old key opens nothing that came after."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.core.finding import UnsafeSetupError
from bot.core.form import Field, Form
from bot.core.ports import OpenForm, PendingEvent, Preferences, RoomSettings
from bot.errors import StorageError
from bot.settings import Settings
from bot.storage import cipher, key_files, retention, rotation
from bot.storage.keys import Keys, WrongKeyError
from bot.storage.open import Storage, open_storage, try_storage
from bot.storage.schema import metadata, row_name
from tests.contract.conftest import Place
from tests.contract.test_kept import row
from tests.fakes.clock import FakeClock

FORM = Form("f", "F", (Field("a", "A"),))


async def plant(storage: Storage, clock: FakeClock) -> None:
    """Something in every table that has a mark or a sealed field."""
    assert await storage.pending.keep([PendingEvent("$p", "{}", clock.now(), "session 1")], "token")
    await storage.forms.put("form", OpenForm(FORM, {"a": "words"}, "en", clock.now() + timedelta(minutes=30)))
    person = storage.people.mark("matrix", "@a:x")
    for who in (person, "gone"):
        await storage.preferences.remember(who, Preferences("fr", "CA-QC"), clock.now())
    assert await storage.preferences.forget("gone")
    await storage.rooms.note_encrypted("matrix", "!plain")
    await storage.rooms.set_settings("matrix", "!r", RoomSettings("es"))
    async with storage.database.write() as connection:
        await storage.case_keys.make(connection, "K7Q2")
    await fill_rest(storage, clock)


async def fill_rest(storage: Storage, clock: FakeClock) -> None:
    """A row in every table that has none, its sealed fields sealed for where they stand."""
    async with storage.database.write() as connection:
        for rule in retention.TABLES:
            table = rule.table
            if await connection.scalar(select(table).limit(1)) is None and table.name != "keyring":
                values = row(rule, clock.now())
                for column in table.columns:
                    if "sealed_by" in column.info:
                        place = (table.name, row_name(values, column.info["sealed_by"]), column.name)
                        values[column.name] = storage.keys.seal("words", *place)
                await connection.execute(insert(table).values(**values))


async def is_whole(storage: Storage, clock: FakeClock) -> bool:
    """Whether all that `plant` left is found and opens."""
    person = storage.people.mark("matrix", "@a:x")
    form = await storage.forms.get("form", clock.now())
    async with storage.database.read() as connection:
        case = await storage.case_keys.of(connection, "K7Q2")
    return (
        not await storage.pending.keep([PendingEvent("$other", "{}", clock.now(), "session 1")])
        and [each.id for each in await storage.pending.waiting()] == ["$p"]
        and await storage.pending.position() == "token"
        and form is not None
        and form.values == {"a": "words"}
        and await storage.preferences.of(person, clock.now()) == Preferences("fr", "CA-QC")
        and await storage.rooms.was_encrypted("matrix", "!plain")
        and await storage.rooms.settings_of("matrix", "!r") == RoomSettings("es")
        and case is not None
    )


async def cells(storage: Storage) -> tuple[set[bytes], list[tuple[bytes, str, str, str]]]:
    """Every mark, and every sealed field with its place."""
    marks: set[bytes] = set()
    fields = []
    async with storage.database.read() as connection:
        for table in metadata.sorted_tables:
            for row in (await connection.execute(select(table))).mappings():
                for column in table.columns:
                    value = row[column.name]
                    if value and "is_mark" in column.info:
                        marks.add(value)
                    if value and "sealed_by" in column.info:
                        fields.append((value, table.name, row_name(row, column.info["sealed_by"]), column.name))
    return marks, fields


async def test_everything_moves_and_is_found(place: Place) -> None:
    key_file = place.settings.key_file
    async with place.opened() as storage:
        await plant(storage, place.clock)
        old, marks = Keys(key_file.read_bytes()), (await cells(storage))[0]
        tables = {table.name for table in metadata.sorted_tables if any("sealed_by" in each.info for each in table.c)}
        count = len(marks)
        planted = {field[1] for field in (await cells(storage))[1]}
        assert planted == tables - {"keyring"}, "the control: something lies everywhere"
    for _ in range(3):
        await rotation.rotate(place.settings)
        assert [path.name for path in key_file.parent.iterdir()] == ["key"]
        async with place.opened() as storage:
            assert await is_whole(storage, place.clock)
            after, fields = await cells(storage)
            assert len(after) == count
            assert not after & marks, "every mark is another one"
            for field in fields:
                assert storage.keys.open(*field) is not None
                with pytest.raises(WrongKeyError):
                    old.open(*field)
            marks |= after
            assert storage.keys.id == Keys(key_file.read_bytes()).id != old.id
    if place.kind == "sqlcipher":
        file = place.settings.data_dir / "umbrella.db"
        assert not cipher.opens(file, old.subkey("db"))
        assert cipher.opens(file, Keys(key_file.read_bytes()).subkey("db"))


async def test_a_running_bot_takes_the_new_key_up(place: Place) -> None:
    """One transaction fails, the next ones go on; nothing is written with the old key any more."""
    async with place.opened() as storage, place.opened() as other:
        await plant(storage, place.clock)
        assert await is_whole(other, place.clock)
        await rotation.rotate(place.settings)
        for running, act in ((storage, is_whole), (other, note)):
            with pytest.raises(StorageError):
                await act(running, place.clock)
            assert await act(running, place.clock)
        assert storage.keys.id == other.keys.id == Keys(place.settings.key_file.read_bytes()).id
        assert await is_whole(other, place.clock)
        assert await storage.handled.is_handled("matrix", "$later")


async def note(storage: Storage, _: FakeClock) -> bool:
    return await storage.handled.handle("matrix", "$later")


async def test_what_is_written_meanwhile_opens_afterwards(place: Place) -> None:
    """Writers that never rest: each write is refused, or found and readable after the change."""
    kept: list[int] = []
    is_over = False

    async def write(storage: Storage, start: int) -> None:
        number = start
        while not is_over:
            number += 2
            with suppress(StorageError):
                await storage.preferences.remember(f"p{number}", Preferences("fr"), place.clock.now())
                kept.append(number)

    async with place.opened() as storage, place.opened() as other:
        await plant(storage, place.clock)
        tasks = [asyncio.create_task(write(storage, 0)), asyncio.create_task(write(other, 1))]
        await asyncio.sleep(0.1)
        before = len(kept)
        for _ in range(2):
            await rotation.rotate(place.settings)
            await asyncio.sleep(0.1)
        is_over = True
        await asyncio.gather(*tasks)
    assert 0 < before < len(kept)
    async with place.opened() as storage:
        for number in kept:
            assert await storage.preferences.of(f"p{number}", place.clock.now()) == Preferences("fr")
        for field in (await cells(storage))[1]:
            storage.keys.open(*field)


async def test_two_who_rotate_at_once_change_the_key_once_or_twice(place: Place) -> None:
    async with place.opened() as storage:
        await plant(storage, place.clock)
    changes = [asyncio.to_thread(asyncio.run, rotation.rotate(place.settings)) for _ in range(2)]
    await asyncio.gather(*changes)
    async with place.opened() as storage:
        assert await is_whole(storage, place.clock)
    assert [path.name for path in place.settings.key_file.parent.iterdir()] == ["key"]


async def test_a_change_that_waits_for_the_database_is_named_and_goes_on(place: Place) -> None:
    async with place.opened() as storage:
        await plant(storage, place.clock)
    key_files.begin(place.settings.key_file)
    with pytest.raises(UnsafeSetupError, match="being changed"):
        await try_storage(place.settings, place.clock)
    async with place.opened() as storage:
        assert await is_whole(storage, place.clock)
    assert not key_files.next_of(place.settings.key_file).exists()


async def test_a_key_that_is_handed_over_cannot_be_changed_in_place(tmp_path: Path, clock: FakeClock) -> None:
    settings = replace(Settings(), data_dir=tmp_path / "data", key_file=tmp_path / "keys" / "key")
    await (await open_storage(settings, clock)).close()
    with pytest.raises(UnsafeSetupError, match="cannot be made"):
        await rotation.rotate(replace(settings, key_file=Path("/proc/self/key")))


def test_a_file_of_a_door_moves_when_it_is_asked_for(tmp_path: Path) -> None:
    old = Keys(b"o" * 32)
    file = tmp_path / "store.db"
    first = old.file_key(file)
    fill(file, first)
    assert old.file_key(file) == first
    new = old.next(b"n" * 32).next(b"m" * 32)
    second = new.file_key(file)
    assert second != first
    assert not cipher.opens(file, first)
    assert cipher.opens(file, second)
    assert new.subkey("db", "part") == old.subkey("db", "part")
    assert new.lasting_mark("a") == old.lasting_mark("a")


def fill(file: Path, key: bytes) -> None:
    connection = cipher.connected(file, key)
    connection.execute("CREATE TABLE t (a)")
    connection.close()


# kill -9 at points spread over every line that takes part.

POINTS = 8
WATCHED = ("rotation", "key_files", "cipher", "keyring")


async def test_kill_9_at_any_point_leaves_a_key_that_opens_everything(place: Place) -> None:
    async with place.opened() as storage:
        await plant(storage, place.clock)
    given = {name: str(getattr(place.settings, name)) for name in ("data_dir", "key_file", "database")}
    given["encryption"] = "on" if place.settings.encryption else ""
    program = "import sys; from tests.contract.test_rotation import points; points(sys.argv[1])"
    command = [sys.executable, "-c", program, json.dumps(given)]
    root = Path(__file__).parents[2]
    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, cwd=root, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    killed, whole, lines = map(int, done.stdout.split())
    assert killed == whole == POINTS
    assert lines > 50, "the control: the points are spread over something"


def points(content: str) -> None:
    """Change the key in processes that are killed at one point each; what is kept is whole after each of them."""
    given = json.loads(content)
    settings = Settings(
        data_dir=Path(given["data_dir"]), key_file=Path(given["key_file"]), database=given["database"],
        encryption=bool(given["encryption"]),
    )  # fmt: skip
    reading, writing = os.pipe()
    forked(lambda: counted(settings, None, writing))
    lines = int(os.read(reading, 20))
    killed = whole = 0
    for number in range(POINTS):
        killed += forked(lambda at=number: counted(settings, at * lines // POINTS, writing)) == -signal.SIGKILL  # type: ignore[misc]
        whole += forked(lambda: checked(settings)) == 0
    sys.stdout.write(f"{killed} {whole} {lines}\n")


def forked(work: Callable[[], Coroutine[Any, Any, None]]) -> int:
    """The exit status of `work` in a process of its own."""
    if not (child := os.fork()):
        try:
            asyncio.run(work())
            os._exit(0)
        except BaseException as error:  # noqa: BLE001  (said by the parent's test)
            sys.stderr.write(f"{type(error).__name__} {error}\n")
            sys.stderr.flush()
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


async def counted(settings: Settings, kill_at: int | None, report: int) -> None:
    """Change the key; killed at that line of the watched files, or the number of lines is reported."""
    lines = 0

    def on_line(frame: FrameType, event: str, _: object) -> Any:
        nonlocal lines
        if Path(frame.f_code.co_filename).stem not in WATCHED or "storage" not in frame.f_code.co_filename:
            return None
        lines += event == "line"
        if kill_at is not None and lines > kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return on_line

    sys.settrace(on_line)
    threading.settrace(on_line)
    await rotation.rotate(settings)
    sys.settrace(None)
    if kill_at is None:
        os.write(report, str(lines).encode())


async def checked(settings: Settings) -> None:
    clock = FakeClock()
    storage = await open_storage(settings, clock)
    assert await is_whole(storage, clock)
    await storage.close()
    assert not key_files.next_of(settings.key_file).exists()
