"""Nothing is kept that is not named, nothing longer than said, and no byte of a person where it must not be."""

import asyncio
import logging
import re
import stat
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import LargeBinary, func, insert, inspect, select
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from bot import log
from bot.core.form import Field, Form
from bot.core.kept import FileRule  # noqa: TC001  (as the others, which run)
from bot.core.ports import OpenForm, PendingEvent, Preferences, RoomSettings
from bot.core.request import RoomRef
from bot.outbox.model import MessageRef, Outgoing
from bot.settings import Settings
from bot.storage import retention
from bot.storage.open import Storage
from bot.storage.schema import Instant, TableRule, metadata, row_name
from tests.contract.conftest import Place
from tests.fakes.clock import FakeClock
from tests.fakes.outbox import says

POLICY = {
    "a Matrix question waiting for its answer",
    "events already handled",
    "a form half filled",
    "language or place of a person",
    "devices of people on Matrix",
    "a suggestion or report",
    "flood counters, blocks",
    "backups",
    "moderators' acts",
    "unmet need",
    "outbox rows",
    "signatures of a campaign",
    "(the rows of its tables)",
    "(public)",
}
"""First cells of the table of `policy.md` §8; in brackets what holds nothing of a person by itself."""


async def test_every_table_is_in_the_registry(storage: Storage) -> None:
    async with storage.database.read() as connection:
        there = set(await connection.run_sync(lambda each: inspect(each).get_table_names()))
    named = {rule.table.name for rule in retention.TABLES}
    assert there - {"alembic_version"} == named == set(metadata.tables)


def test_every_entry_says_what_ends_it() -> None:
    rules: list[TableRule | FileRule] = [*retention.TABLES, *retention.FILES]
    for rule in rules:
        assert rule.expire or rule.eraser, rule.kept.place
        assert all((rule.kept.place, rule.kept.what, rule.kept.why, rule.kept.policy, rule.kept.ends))
        assert rule.kept.policy in POLICY
        assert (rule.kept.longest is None) == (rule.expire is None), rule.kept.place


def test_every_column_of_bytes_says_what_it_is() -> None:
    """So that a new key reaches every mark and every sealed field, and a restore every case."""
    for table in metadata.tables.values():
        for column in table.columns:
            kinds = {"is_mark", "sealed_by", "is_case_sealed"} & set(column.info)
            assert len(kinds) == isinstance(column.type, LargeBinary), column
            assert all(name in table.c for name in column.info.get("sealed_by", ())), column
            if "is_case_sealed" in column.info:
                assert any("is_case" in each.info for each in table.columns), column
            assert not any("is_mark" in key.column.info for key in column.foreign_keys), "marks change with the key"


async def test_every_file_is_in_the_registry(place: Place) -> None:
    async with place.opened() as storage:
        await leave_traces(storage, place.clock)
        assert unnamed(place.settings.data_dir) == []
        (place.settings.data_dir / "cache.json").touch()
        assert unnamed(place.settings.data_dir) == ["cache.json"]


def unnamed(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()
            if not any(fnmatch(path.name, rule.kept.place) for rule in retention.FILES)]  # fmt: skip


async def test_files_are_for_one_user(place: Place) -> None:
    async with place.opened() as storage:
        await leave_traces(storage, place.clock)
        for path in (place.settings.data_dir, *place.settings.data_dir.iterdir(), place.settings.key_file):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
        assert stat.S_IMODE(place.settings.key_file.stat().st_mode) == 0o400


@pytest.mark.parametrize("rule", [rule for rule in retention.TABLES if rule.expire], ids=lambda rule: rule.table.name)
async def test_rows_stay_as_long_as_said_and_no_longer(storage: Storage, clock: FakeClock, rule: TableRule) -> None:
    assert rule.expire
    assert rule.kept.longest is not None
    async with storage.database.write() as connection:
        await connection.execute(insert(rule.table).values(**row(rule, clock.now())))
    before, after = (clock.now() + rule.kept.longest + timedelta(days=days) for days in (-2, 1))
    if rule.kept.longest > timedelta(days=2):
        await retention.expire(storage.database, before)
        assert await count(storage, rule) == 1
    await retention.expire(storage.database, after)
    assert await count(storage, rule) == 0


def row(rule: TableRule, now: datetime) -> dict[str, Any]:
    """A row as old as can be: what ends by an instant of its own ends the longest span from now."""
    values: dict[str, Any] = {}
    for column in rule.table.columns:
        if isinstance(column.type, LargeBinary):
            values[column.name] = b"x" * 16
        elif column.name == "expires_at":
            values[column.name] = now + (rule.kept.longest or timedelta(0))
        elif isinstance(column.type, Instant):
            values[column.name] = now
        elif column.type.python_type is date:
            values[column.name] = now.date()
        elif column.type.python_type is str:
            values[column.name] = column.name[: getattr(column.type, "length", None)]
        elif column.type.python_type in (int, bool) and column is not rule.table.autoincrement_column:
            values[column.name] = 1
    return values


async def count(storage: Storage, rule: TableRule) -> int:
    async with storage.database.read() as connection:
        return await connection.scalar(select(func.count()).select_from(rule.table)) or 0


async def test_expiry_runs_by_itself_and_goes_on_after_a_fault(storage: Storage, clock: FakeClock) -> None:
    await leave_traces(storage, clock)
    faults = iter([OSError()])

    def files(_: datetime) -> int:
        for fault in faults:
            raise fault
        return 0

    task = asyncio.create_task(retention.keep_expiring(storage.database, clock, files))
    while clock.now() < datetime(2026, 11, 21, 14, tzinfo=UTC):
        await asyncio.sleep(0)
    task.cancel()
    assert await storage.forms.get("form-key", clock.now()) is None
    rules = {rule.table.name: rule for rule in retention.TABLES}
    assert await count(storage, rules["forms"]) == 0
    assert await count(storage, rules["handled_events"]) > 0


async def test_a_clock_set_ahead_empties_nothing(storage: Storage, clock: FakeClock) -> None:
    await storage.handled.handle("matrix", "$e")
    rounds = 0

    def jumping(_: datetime) -> int:
        nonlocal rounds
        rounds += 1
        if rounds == 1:
            clock.jump(timedelta(days=3650))
        return 0

    task = asyncio.create_task(retention.keep_expiring(storage.database, clock, jumping))
    while len(clock.slept_s) < 50:
        await asyncio.sleep(0)
    task.cancel()
    assert await storage.handled.is_handled("matrix", "$e")


# Markers: planted in every place a person's words or ids can go in; found again only where the policy allows.

ASKER, ROOM, EVENT, WORDS, SESSION = (
    "@marker-asker:x",
    "!marker-room:x",
    "$marker-event",
    "marker words",
    "marker-session",
)
CHOSEN, SET, TOKEN, TOLD = "CA-MARKERPLACE", "marker-revealing", "marker-token", "!marker-told:x"
GONE = (ASKER, ROOM, EVENT, WORDS, SESSION)
SEALED = (CHOSEN, SET, TOKEN, TOLD)


async def leave_traces(storage: Storage, clock: FakeClock) -> None:
    """What a day of use leaves: questions answered, a form sent, one abandoned, and what people asked to keep."""
    now = clock.now()
    await storage.pending.keep(
        [
            PendingEvent(f"{EVENT}{number}", f"{WORDS} {ASKER} {ROOM}", now, f"{SESSION} {number}")
            for number in range(50)
        ],
        TOKEN,
    )
    await storage.pending.keep((), None, [f"{EVENT}{number}" for number in range(50)])
    form = Form("suggest", "Suggest", (Field("what", "What?"), Field("why", "Why?")))
    for key in ("form-key", f"{ROOM}{ASKER}"):
        await storage.forms.put(key, OpenForm(form, {"what": WORDS * 200}, "en", now + timedelta(minutes=30), EVENT))
    await storage.forms.erase(f"{ROOM}{ASKER}")
    await storage.preferences.remember(storage.people.mark("matrix", ASKER), Preferences("fr", CHOSEN), now)
    await storage.rooms.note_encrypted("matrix", ROOM)
    await storage.rooms.set_settings("matrix", ROOM, RoomSettings(revealing_words=(SET,)))
    told = RoomRef("matrix", TOLD)
    await storage.outbox.add(
        [Outgoing("case/K7Q2", told, says(WORDS), "review"), Outgoing("case/K7Q3", told, says(WORDS), "review")]
    )
    for _ in range(2):
        for each in await storage.outbox.claim(["matrix"], now, 9):
            await storage.outbox.sent(each, MessageRef(told, each.outgoing.cause), now)


async def grow_old(storage: Storage, clock: FakeClock, *, is_deleter_on: bool = True) -> None:
    clock.advance(timedelta(minutes=31))
    if is_deleter_on:
        await retention.expire(storage.database, clock.now())
    await storage.database.tidy()


def found_in_bytes(folder: Path, markers: Iterable[str]) -> set[str]:
    """The markers in any file below `folder`, as they are or as the usual encodings write them."""
    patterns = {}
    for marker in markers:
        forms = (marker.encode(), marker.encode("utf-16-le"), marker.encode().hex().encode())
        patterns[marker] = re.compile(b"|".join(map(re.escape, forms)))
    contents = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert contents
    return {marker for marker, pattern in patterns.items() if any(pattern.search(content) for content in contents)}


async def opened_content(storage: Storage) -> str:
    """Every cell of every table, sealed ones opened with the key: what who has disk and key can read."""
    cells: list[str] = []
    async with storage.database.read() as connection:
        for rule in retention.TABLES:
            for record in (await connection.execute(select(rule.table))).mappings():
                for column in rule.table.columns:
                    value = record[column.name]
                    cells.append(str(value))
                    if value and "sealed_by" in column.info:
                        row_of = row_name(record, column.info["sealed_by"])
                        cells.append(storage.keys.open(value, rule.table.name, row_of, column.name))
    return "\n".join(cells)


async def test_no_byte_names_a_person(place: Place) -> None:
    async with place.opened() as storage:
        await leave_traces(storage, place.clock)
        assert found_in_bytes(place.bytes_in, (*GONE, *SEALED)) == set(), "while in use"
        await grow_old(storage, place.clock)
        assert found_in_bytes(place.bytes_in, (*GONE, *SEALED)) == set(), "afterwards"
        is_readable = place.kind != "sqlcipher"
        assert found_in_bytes(place.bytes_in, ["handled_events"]) == ({"handled_events"} if is_readable else set()), (
            "control"
        )
        content = await opened_content(storage)
    assert {marker for marker in GONE if marker in content} == set()
    assert all(marker in content for marker in SEALED), "what people asked to keep is kept"


async def test_with_the_key_the_whole_file_names_nobody(tmp_path: Path, clock: FakeClock) -> None:
    """The file and its log as SQLCipher opens them, free pages too: searched as bytes."""
    place = Place("sqlcipher", sqlcipher(tmp_path), tmp_path / "data", clock)
    async with place.opened() as storage:
        await leave_traces(storage, clock)
        await grow_old(storage, clock)
        key = storage.keys.subkey("db").hex()
    plain = tmp_path / "plain"
    plain.mkdir()
    export(place.settings.data_dir / "umbrella.db", key, plain / "opened.db")
    assert found_in_bytes(plain, (*GONE, *SEALED)) == set()
    assert found_in_bytes(plain, ["handled_events"]) == {"handled_events"}, "the control: it was opened"


async def test_a_deleter_switched_off_is_caught(place: Place) -> None:
    async with place.opened() as storage:
        await leave_traces(storage, place.clock)
        await grow_old(storage, place.clock, is_deleter_on=False)
        content = await opened_content(storage)
    assert WORDS in content
    assert EVENT in content


@pytest.mark.parametrize("is_encrypted", [True, False])
async def test_what_was_sealed_leaves_the_file_with_its_row(
    tmp_path: Path, clock: FakeClock, is_encrypted: bool
) -> None:
    """Deleted is overwritten: also the sealed bytes are gone from file and log, so that no key brings them back."""
    settings = Settings(**{**vars(sqlcipher(tmp_path)), "encryption": is_encrypted})
    place = Place("sqlite", settings, tmp_path / "data", clock)
    rules = {rule.table.name: rule for rule in retention.TABLES}
    async with place.opened() as storage:
        await storage.forms.put(
            "key", OpenForm(Form("f", "F", (Field("a", "A"),)), {"x": WORDS * 500}, "en", clock.now())
        )
        async with storage.database.read() as connection:
            sealed = bytes(await connection.scalar(select(rules["forms"].table.c.state)) or b"")
        parts = [sealed[at : at + 24] for at in range(16, len(sealed) - 24, 500)]
        assert is_encrypted != any_in(place.bytes_in, parts)
        await storage.forms.erase("key")
        await storage.database.tidy()
        assert not any_in(place.bytes_in, parts)


def any_in(folder: Path, parts: list[bytes]) -> bool:
    contents = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return any(part in content for part in parts for content in contents)


def sqlcipher(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", key_file=tmp_path / "keys" / "key")


def export(file: Path, key: str, plain: Path) -> None:
    """Write the file's pages decrypted: rows, indexes and free pages alike."""
    connection = dbapi2.connect(file)
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
    connection.execute("SELECT sqlcipher_export('plain')")
    connection.close()


async def test_no_log_holds_a_marker(place: Place, capfd: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    try:
        log.cap_libraries()
        root.setLevel(logging.DEBUG)
        for name in log.LIBRARIES:
            logging.getLogger(name).setLevel(logging.DEBUG)
        async with place.opened() as storage:
            await leave_traces(storage, place.clock)
        logging.getLogger("nio.client").warning("from %s in %s", ASKER, ROOM)
        log.failure("test.failed", ValueError(WORDS))
        logging.getLogger("discord.gateway").error("it said %s", WORDS, exc_info=ValueError(WORDS))
    finally:
        root.handlers, root.level = handlers, level
        logging.captureWarnings(capture=False)
        for name in log.LIBRARIES:
            logging.getLogger(name).setLevel(logging.NOTSET)
    said = capfd.readouterr()
    assert "ValueError" in said.err, "the control: it was said"
    for marker in (*GONE, *SEALED):
        assert marker not in said.err + said.out


async def test_two_processes_share_one_database(storage: Storage, other_storage: Storage) -> None:
    tried = await asyncio.gather(*(each.handled.handle("matrix", f"$e{number}") for number in range(30)
                                   for each in (storage, other_storage)))  # fmt: skip
    assert sum(tried) == 30
