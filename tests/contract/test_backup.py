"""Backups: sealed, short-lived, whole, and never a way back for what was erased."""

import asyncio
import stat
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.core.finding import UnsafeSetupError
from bot.core.ports import Preferences, RoomSettings
from bot.storage import backup, retention, rotation, upgrade
from bot.storage.keys import Keys
from bot.storage.open import Storage
from bot.storage.schema import metadata
from bot.storage.sealed_file import Head, NotABackupError, Writer, lines, read_head
from tests.contract.conftest import Place
from tests.contract.test_kept import found_in_bytes, opened_content
from tests.contract.test_rotation import plant
from tests.fakes.clock import FakeClock

MARKER, ERASED = "CA-MARKERKEPT", "CA-MARKERERASED"


async def remember(storage: Storage, clock: FakeClock, **choices: str) -> None:
    for person, place in choices.items():
        await storage.preferences.remember(person, Preferences(place=place), clock.now())


async def places(storage: Storage, clock: FakeClock, *people: str) -> list[str | None]:
    found = [await storage.preferences.of(person, clock.now()) for person in people]
    return [each.place if each else None for each in found]


async def test_what_was_erased_since_never_comes_back(place: Place, tmp_path: Path) -> None:
    file, clock = tmp_path / "b.backup", place.clock
    async with place.opened() as storage:
        await remember(storage, clock, stays=MARKER, goes=ERASED, old="US-OLD")
        await storage.rooms.set_settings("matrix", "!r", RoomSettings(revealing_words=("marker-room",)))
        async with storage.database.write() as connection:
            for case in ("K7Q2", "M3XX"):
                await storage.case_keys.make(connection, case)
        assert await backup.back_up(storage.database, clock, file) == 6
        clock.advance(timedelta(days=1))
        assert await storage.preferences.forget("goes")
        assert await storage.rooms.forget("matrix", "!r")
        async with storage.database.write() as connection:
            assert await storage.case_keys.destroy(connection, "K7Q2")
        await remember(storage, clock, new="US-NEW")
        assert await storage.handled.handle("matrix", "$since")
        count = await backup.restore(storage.database, clock, file)
        assert count == 3
        assert await places(storage, clock, "stays", "goes", "old", "new") == [MARKER, None, "US-OLD", None]
        assert await storage.rooms.settings_of("matrix", "!r") == RoomSettings()
        async with storage.database.read() as connection:
            assert await storage.case_keys.of(connection, "K7Q2") is None
            assert await storage.case_keys.of(connection, "M3XX")
        assert await storage.handled.is_handled("matrix", "$since"), "what no backup holds stays as it is"
        content = await opened_content(storage)
    assert ERASED not in content
    assert "marker-room" not in content
    assert MARKER in content
    assert found_in_bytes(place.bytes_in, (MARKER, ERASED, "marker-room")) == set()


async def test_without_an_erasure_all_of_it_comes_back(place: Place, tmp_path: Path) -> None:
    """The control, into an installation that lost everything but its key."""
    file, clock = tmp_path / "b.backup", place.clock
    async with place.opened() as storage:
        await plant(storage, clock)
        await remember(storage, clock, goes=ERASED)
        before = await counts(storage)
        await backup.back_up(storage.database, clock, file)
        await lose(storage)
        await upgrade.prove_key(storage.database)
        assert await backup.is_empty(storage.database)
        await backup.restore(storage.database, clock, file)
        assert not await backup.is_empty(storage.database)
        assert await places(storage, clock, "goes") == [ERASED]
        after = await counts(storage)
    kept = {rule.table.name for rule in retention.TABLES if rule.is_backed_up}
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert kept >= {"preferences", "room_facts", "keyring", "forgotten", "case_keys"}
    assert not kept & {"forms", "pending_events", "handled_events", "sync_state"}, "what ends sooner than a backup"
    assert sum(after[name] for name in set(after) - kept) == 1, "only the proof of the key"


async def lose(storage: Storage) -> None:
    """The database is lost, and made anew."""
    async with storage.database.write(is_alone=True) as connection:
        await connection.run_sync(upgrade.remove)
        await connection.run_sync(upgrade.moved, "head")


async def counts(storage: Storage) -> dict[str, int]:
    async with storage.database.read() as connection:
        return {
            table.name: await connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }


async def test_other_backups_beside_it_know_what_was_erased(place: Place, tmp_path: Path) -> None:
    """The database is lost, and with it its own list: the newer backup still has it."""
    first, second, clock = tmp_path / "1.backup", tmp_path / "2.backup", place.clock
    async with place.opened() as storage:
        await remember(storage, clock, goes=ERASED, stays=MARKER)
        await backup.back_up(storage.database, clock, first)
        clock.advance(timedelta(days=2))
        await storage.preferences.forget("goes")
        await backup.back_up(storage.database, clock, second)
        await lose(storage)
        (tmp_path / "no.backup").write_bytes(b"{}\n")
        await backup.restore(storage.database, clock, first)
        assert await places(storage, clock, "goes", "stays") == [None, MARKER]


async def test_what_was_set_anew_before_the_backup_comes_back(place: Place, tmp_path: Path) -> None:
    file, clock = tmp_path / "b.backup", place.clock
    async with place.opened() as storage:
        await remember(storage, clock, person="CA")
        await storage.preferences.forget("person")
        clock.advance(timedelta(days=2))
        await remember(storage, clock, person="FR")
        await backup.back_up(storage.database, clock, file)
        await backup.restore(storage.database, clock, file)
        assert await places(storage, clock, "person") == ["FR"]


async def test_what_is_over_by_now_does_not_come_back(place: Place, tmp_path: Path) -> None:
    file, clock = tmp_path / "b.backup", place.clock
    async with place.opened() as storage:
        async with storage.database.write() as connection:
            await storage.case_keys.make(connection, "K7Q2")
        clock.advance(timedelta(days=80))
        await backup.back_up(storage.database, clock, file)
        clock.advance(timedelta(days=20))
        await backup.restore(storage.database, clock, file)
        async with storage.database.read() as connection:
            assert await storage.case_keys.of(connection, "K7Q2") is None


async def test_a_backup_shows_nothing_and_is_for_one_user(place: Place, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    async with place.opened() as storage:
        await remember(storage, place.clock, stays=MARKER)
        await backup.back_up(storage.database, place.clock, folder / "b.backup")
        assert stat.S_IMODE((folder / "b.backup").stat().st_mode) == 0o600
        assert [path.name for path in folder.iterdir()] == ["b.backup"], "no draft, no plain copy"
        assert found_in_bytes(folder, (MARKER, "preferences", "room_facts")) == set()
        assert read_head(folder / "b.backup").created_on == place.clock.now().date()
        content = b"".join(lines(folder / "b.backup", storage.keys))
        assert b"preferences" in content, "the control"
        assert MARKER.encode() not in content, "fields stay sealed inside"


async def test_a_backup_that_cannot_be_used_changes_nothing(place: Place, tmp_path: Path) -> None:
    file, clock = tmp_path / "b.backup", place.clock
    async with place.opened() as storage:
        await remember(storage, clock, stays=MARKER)
        await backup.back_up(storage.database, clock, file)
        await remember(storage, clock, later="FR")
        whole = file.read_bytes()
        head = whole.index(b"\n") + 1
        broken = {
            "cut off": whole[:-5],
            "a bit": whole[: head + 9] + bytes([whole[head + 9] ^ 1]) + whole[head + 10 :],
            "its day": whole.replace(b"2026-11-21", b"2026-11-22", 1),
            "only its head": whole[:head],
            "nothing": b"",
            "another file": b"{}\n",
        }
        for name, content in broken.items():
            file.write_bytes(content)
            with pytest.raises(UnsafeSetupError, match="no whole backup"):
                await backup.restore(storage.database, clock, file)
            assert await places(storage, clock, "stays", "later") == [MARKER, "FR"], name
        file.write_bytes(whole)
        clock.advance(timedelta(days=36))
        with pytest.raises(UnsafeSetupError, match="older than 35 days"):
            await backup.restore(storage.database, clock, file)
        await storage.close()
        await rotation.rotate(place.settings)
    clock.advance(timedelta(days=-36))
    async with place.opened() as storage:
        with pytest.raises(UnsafeSetupError, match="another key"):
            await backup.restore(storage.database, clock, file)


async def test_a_backup_of_a_newer_version_is_refused(place: Place, tmp_path: Path) -> None:
    async with place.opened() as storage:
        with Writer(tmp_path / "b", Head(place.clock.now().date(), storage.keys.id.hex(), "9999"), storage.keys):
            pass
        with pytest.raises(UnsafeSetupError, match="newer version"):
            await backup.restore(storage.database, place.clock, tmp_path / "b")


async def test_a_backup_sees_one_moment(place: Place, tmp_path: Path) -> None:
    """Pairs are written in one transaction each while backups are made: never half a pair."""
    async with place.opened() as storage:
        is_over = False

        async def write() -> None:
            number = 0
            while not is_over:
                number += 1
                async with storage.database.write() as connection:
                    for half in ("a", "b"):
                        await storage.case_keys.make(connection, f"{half}{number}")

        task = asyncio.create_task(write())
        for number in range(3):
            await asyncio.sleep(0.1)
            await backup.back_up(storage.database, place.clock, tmp_path / f"{number}")
            cases = b"".join(lines(tmp_path / f"{number}", storage.keys)).decode().count('"case_id"')
            assert cases > 0
            assert cases % 2 == 0
        is_over = True
        await task


async def test_a_backup_moves_to_another_database(place: Place, tmp_path: Path, clock: FakeClock) -> None:
    """From here into SQLCipher: the rows go over as they are, with the key."""
    async with place.opened() as storage:
        await plant(storage, clock)
        await backup.back_up(storage.database, clock, tmp_path / "b")
    settings = replace(place.settings, data_dir=tmp_path / "other", database="sqlite", encryption=True)
    async with Place("sqlcipher", settings, tmp_path / "other", clock).opened() as other:
        await backup.restore(other.database, clock, tmp_path / "b")
        assert await other.preferences.of(other.people.mark("matrix", "@a:x"), clock.now())
        assert await other.rooms.was_encrypted("matrix", "!plain")
        async with other.database.read() as connection:
            assert await other.case_keys.of(connection, "K7Q2")


def test_seven_days_and_four_weeks_are_kept(tmp_path: Path) -> None:
    """One a day for 100 days: never more than 11, never older than 35 days, and other files stay."""
    (tmp_path / "mine.backup").touch()
    day = date(2026, 1, 1)
    for _ in range(100):
        backup.path_in(tmp_path, day).touch()
        backup.thin(tmp_path, day)
        ages = ages_in(tmp_path, day)
        assert ages[: backup.DAILY] == list(range(min(len(ages), backup.DAILY)))
        assert len(ages) <= backup.DAILY + backup.WEEKLY
        assert ages[-1] <= 35
        day += timedelta(days=1)
    assert len(ages_in(tmp_path, day)) == backup.DAILY + backup.WEEKLY
    assert (tmp_path / "mine.backup").exists()
    gone = backup.thin(tmp_path, day + timedelta(days=365))
    assert len(gone) == backup.DAILY + backup.WEEKLY


def ages_in(folder: Path, day: date) -> Sequence[int]:
    names = [path.name[9:19] for path in folder.glob("umbrella-*")]
    return sorted((day - date.fromisoformat(name)).days for name in names)


def test_a_long_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    keys = Keys(b"k" * 32)
    written = [bytes([65 + number % 26]) * (number * 37 % 9000) for number in range(200)]
    with Writer(tmp_path / "f", Head(date(2026, 1, 1), keys.id.hex(), "1"), keys) as out:
        for line in written:
            out.write(line)
    assert list(lines(tmp_path / "f", keys)) == written
    content = (tmp_path / "f").read_bytes()
    head, piece = content.index(b"\n") + 1, 64 * 1024 + 16
    swapped = content[:head] + content[head + piece : head + 2 * piece] + content[head : head + piece]
    for altered in (swapped + content[head + 2 * piece :], content[: head + piece], content + b"x"):
        (tmp_path / "f").write_bytes(altered)
        with pytest.raises(NotABackupError):
            list(lines(tmp_path / "f", keys))


def test_a_backup_that_fails_leaves_no_file(tmp_path: Path) -> None:
    keys = Keys(b"k" * 32)
    with pytest.raises(KeyError), Writer(tmp_path / "f", Head(date(2026, 1, 1), keys.id.hex(), "1"), keys):
        raise KeyError
    assert list(tmp_path.iterdir()) == []
