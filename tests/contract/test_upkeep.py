"""The operator's commands, as they are called: backup, restore, keys rotate, panic, expire."""

import argparse
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import pytest

from bot import cli, upkeep
from bot.core.finding import UnsafeSetupError
from bot.core.kept import FileRule, Kept
from bot.core.ports import Preferences
from bot.errors import StorageError
from bot.settings import Settings
from bot.storage import backup, cipher, known_backups, presence
from bot.storage.keys import WrongKeyError
from bot.storage.open import open_storage
from tests.contract.conftest import Place
from tests.contract.test_kept import any_in, found_in_bytes
from tests.contract.test_rotation import fill
from tests.fakes.clock import FakeClock

ROOT = Path(__file__).parents[2]
STORE = FileRule(Kept("store.db*", "a file of a door", "for the test", "(public)", "never"), is_cipher=True)


async def do(place: Place, *words: str, **options: object) -> int:
    """The exit code of a command."""
    parser = argparse.ArgumentParser()
    upkeep.add_options(parser)
    given = parser.parse_args([])
    given.command, given.words = words[0], list(words[1:])
    vars(given).update(options)
    return await upkeep.carry_out(place.settings, place.clock, given, lambda: [STORE])


async def remember(place: Place, person: str = "p") -> None:
    async with place.opened() as storage:
        await storage.preferences.remember(person, Preferences("fr"), place.clock.now())


async def knows(place: Place, person: str = "p") -> bool:
    async with place.opened() as storage:
        return await storage.preferences.of(person, place.clock.now()) is not None


def test_the_command_line_knows_every_command() -> None:
    assert set(upkeep.COMMANDS) <= set(cli.OPERATING)


async def test_a_backup_is_restored_with_replace_alone(place: Place, tmp_path: Path) -> None:
    await remember(place)
    assert await do(place, "backup", str(tmp_path / "b")) == 0
    assert known_backups.known(place.settings.data_dir) == [tmp_path / "b"]
    with pytest.raises(UnsafeSetupError, match="is there already"):
        await do(place, "backup", str(tmp_path / "b"))
    await remember(place, "later")
    with pytest.raises(UnsafeSetupError, match="--replace"):
        await do(place, "restore", str(tmp_path / "b"))
    assert await knows(place, "later")
    assert await do(place, "restore", str(tmp_path / "b"), replace=True) == 0
    assert await knows(place)
    assert not await knows(place, "later")


async def test_nothing_is_restored_under_a_running_bot(place: Place, tmp_path: Path) -> None:
    await remember(place)
    await do(place, "backup", str(tmp_path / "b"))
    with presence.present(place.settings.data_dir), pytest.raises(UnsafeSetupError, match="A bot runs"):
        await do(place, "restore", str(tmp_path / "b"), replace=True)
    if place.kind == "postgresql":
        async with place.opened() as bot:
            assert await bot.handled.handle("matrix", "$e")
            with pytest.raises(UnsafeSetupError, match="A bot runs"):
                await do(place, "restore", str(tmp_path / "b"), replace=True)
    assert await do(place, "restore", str(tmp_path / "b"), replace=True) == 0


async def test_a_restore_without_its_key_makes_no_other_one(place: Place, tmp_path: Path) -> None:
    await remember(place)
    await do(place, "backup", str(tmp_path / "b"))
    place.settings.key_file.unlink()
    with pytest.raises(UnsafeSetupError, match="Put that key file back first"):
        await do(place, "restore", str(tmp_path / "b"))
    assert not place.settings.key_file.exists()


async def test_a_folder_keeps_seven_days_and_four_weeks(tmp_path: Path, clock: FakeClock) -> None:
    place = alone(tmp_path, clock)
    for _ in range(10):
        assert await do(place, "backup", to=tmp_path / "backups") == 0
        clock.advance(timedelta(days=1))
    names = names_in(tmp_path / "backups")
    assert len(names) == 9
    assert names[-1] == backup.path_in(tmp_path, clock.now().date() - timedelta(days=1)).name
    assert len(known_backups.known(place.settings.data_dir)) == 9
    assert known_backups.expire(place.settings.data_dir, clock.now() + timedelta(days=60)) == 9
    assert known_backups.known(place.settings.data_dir) == []


async def test_a_file_that_took_the_name_of_a_backup_is_left_alone(tmp_path: Path, clock: FakeClock) -> None:
    place = alone(tmp_path, clock)
    await do(place, "backup", str(tmp_path / "b"))
    (tmp_path / "b").write_text("a diary")
    assert known_backups.expire(place.settings.data_dir, clock.now() + timedelta(days=60)) == 0
    assert (tmp_path / "b").read_text() == "a diary"


def alone(tmp_path: Path, clock: FakeClock) -> Place:
    settings = replace(Settings(), data_dir=tmp_path / "data", key_file=tmp_path / "keys" / "key")
    return Place("sqlcipher", settings, tmp_path / "data", clock)


async def test_keys_rotate_moves_the_files_of_doors_too(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    await remember(place)
    file = place.settings.data_dir / "store.db"
    async with place.opened() as storage:
        old = storage.keys.file_key(file)
    fill(file, old)
    with presence.present(place.settings.data_dir):
        assert await do(place, "keys", "rotate") == 0
    assert "takes it up by itself" in capsys.readouterr().out
    assert cipher.opens(file, old), "its door has it open"
    assert await do(place, "keys", "rotate") == 0
    assert not cipher.opens(file, old)
    async with place.opened() as storage:
        assert cipher.opens(file, storage.keys.file_key(file))
    assert await knows(place)


async def test_words_that_are_no_command_do_nothing(tmp_path: Path, clock: FakeClock) -> None:
    place = alone(tmp_path, clock)
    for words in (("keys",), ("keys", "burn"), ("backup",), ("restore",), ("panic", "now")):
        assert await do(place, *words) == upkeep.UNUSABLE
    assert names_in(tmp_path) == []


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_expire_says_how_much_it_deleted(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    async with place.opened() as storage:
        await storage.handled.handle("matrix", "$e")
    place.clock.advance(timedelta(days=20))
    assert await do(place, "expire") == 0
    assert "Deleted 1 row" in capsys.readouterr().out


# Panic.

_BOT = """
import asyncio, json, sys
from pathlib import Path
from bot.core.clock import SystemClock
from bot.settings import Settings
from bot.storage import presence
from bot.storage.open import open_storage

async def main():
    given = json.loads(sys.argv[1])
    settings = Settings(data_dir=Path(given["data_dir"]), key_file=Path(given["key_file"]),
                        encryption=given["encryption"], database=given["database"])
    storage = await open_storage(settings, SystemClock())
    with presence.present(settings.data_dir):
        for number in range(10 ** 9):
            await storage.handled.handle("matrix", f"$e{number}")
            if number == 3:
                print("runs", flush=True)

asyncio.run(main())
"""


async def test_after_a_panic_nothing_opens_not_even_a_copy(place: Place, tmp_path: Path) -> None:
    """While a bot runs and writes. The control: the copy opens as long as the key is there."""
    settings = place.settings
    await remember(place)
    await do(place, "backup", str(tmp_path / "b.backup"))
    fill(settings.data_dir / "store.db", b"k" * 32)
    (settings.data_dir / "directory.yaml").write_text("resources: []")
    (settings.data_dir / "mine.txt").write_text("not ours")
    with running_bot(settings) as bot:
        copy, sealed = tmp_path / "copy", await a_sealed_field(place)
        shutil.copytree(settings.data_dir, copy)
        shutil.copy(tmp_path / "b.backup", tmp_path / "copied.backup")
        key = settings.key_file.read_bytes()
        assert await do(place, "panic", yes=True) == 0
        assert bot.wait(10) == -signal.SIGKILL
    assert not settings.key_file.exists()
    assert names_in(settings.data_dir) == ["mine.txt"]
    assert not (tmp_path / "b.backup").exists()
    assert found_in_bytes(tmp_path, [key.hex()]) == set()
    assert not any_in(tmp_path, [key])
    if place.kind == "postgresql":
        name = settings.database.split("/")[3].split("?")[0]
        connection = await asyncpg.connect(host=str(place.bytes_in.parent), user="umbrella", database=name)
        assert await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == []
        await connection.close()
    await nothing_opens(place, copy, sealed, tmp_path / "copied.backup")


@contextmanager
def running_bot(settings: Settings) -> Iterator["subprocess.Popen[str]"]:
    """A process that runs on the storage and writes to it without a rest."""
    kept = {name: getattr(settings, name) for name in ("data_dir", "key_file", "encryption", "database")}
    command = [sys.executable, "-c", _BOT, json.dumps(kept, default=str)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as bot:
        assert bot.stdout
        assert bot.stdout.readline() == "runs\n"
        yield bot


async def a_sealed_field(place: Place) -> bytes:
    async with place.opened() as storage:
        return storage.keys.seal("words", "t", "r", "c")


async def nothing_opens(place: Place, copy: Path, sealed: bytes, copied: Path) -> None:
    settings = replace(place.settings, data_dir=copy)
    if place.kind != "postgresql":
        with pytest.raises(UnsafeSetupError, match="is gone"):
            await open_storage(settings, place.clock)
    with pytest.raises(UnsafeSetupError, match="Put that key file back"):
        await do(Place(place.kind, settings, copy, place.clock), "restore", str(copied))
    # The next start makes a key, and that one fits nothing.
    async with place.opened() as storage:
        with pytest.raises(WrongKeyError):
            storage.keys.open(sealed, "t", "r", "c")
        assert await storage.preferences.of("p", place.clock.now()) is None
    if place.kind != "postgresql":
        with pytest.raises((UnsafeSetupError, StorageError)):
            await open_storage(settings, place.clock)


async def test_a_panic_asks_first(tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    place = alone(tmp_path, clock)
    await remember(place)
    for typed, code in (("yes\n", upkeep.UNUSABLE), ("", upkeep.UNUSABLE), ("destroy\n", 0)):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert await do(place, "panic") == code
        assert place.settings.key_file.exists() == (code != 0)


async def test_a_panic_goes_on_when_something_fails(tmp_path: Path, clock: FakeClock) -> None:
    """PostgreSQL is away: the key goes all the same, and what is left is said."""
    place = alone(tmp_path, clock)
    await remember(place)
    away = replace(place.settings, database=f"postgresql://u@/d?host={tmp_path}")
    assert await do(replace(place, settings=away), "panic", yes=True) == upkeep.FAULTY
    assert not place.settings.key_file.exists()


async def test_every_file_with_the_key_in_it_is_destroyed(tmp_path: Path, clock: FakeClock) -> None:
    place = alone(tmp_path, clock)
    await remember(place)
    key = place.settings.key_file
    copies = [key.with_name("key.next"), key.with_name("key.old"), key.with_name(".key.0123456789abcdef")]
    for copy in copies:
        shutil.copy(key, copy)
    os.link(key, key.with_name(".key.fedcba9876543210"))
    (key.parent / "other").write_text("mine")
    assert await do(place, "panic", yes=True) == 0
    assert names_in(key.parent) == ["other"]


def test_who_runs_is_seen_until_they_end(tmp_path: Path) -> None:
    (tmp_path / "running-1.lock").touch()
    assert presence.running(tmp_path) == []
    with presence.present(tmp_path):
        assert presence.running(tmp_path) == [os.getpid()]
    assert list(tmp_path.iterdir()) == []
    with presence.present(tmp_path / "nowhere"):
        assert presence.running(tmp_path / "nowhere") == []
