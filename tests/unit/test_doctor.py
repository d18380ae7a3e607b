"""Unsafe set-ups are named with their mend, or do not start."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot import doctor
from bot.core.finding import UnsafeSetupError
from bot.operate import kept_lines, main
from bot.settings import Community, DiscordSettings, MatrixSettings, Secret, Settings, VettingSettings
from bot.storage import known_backups, retention
from bot.storage.open import open_storage
from tests.fakes.clock import FakeClock


def well(folder: Path) -> Settings:
    """A set-up there is nothing to say about."""
    token = folder / "token"
    token.write_text("t")
    token.chmod(0o400)
    return Settings(
        data_dir=folder / "data", key_file=folder / "keys" / "key", discord=DiscordSettings(token=Secret("t", token))
    )


def with_open_folder(settings: Settings, _: Path) -> Settings:
    settings.data_dir.mkdir(mode=0o755)
    return settings


def with_open_database(settings: Settings, _: Path) -> Settings:
    settings.data_dir.mkdir(mode=0o700)
    (settings.data_dir / "umbrella.db").touch(0o644)
    return settings


def with_open_key(settings: Settings, _: Path) -> Settings:
    settings.key_file.parent.mkdir()
    settings.key_file.write_bytes(os.urandom(32))
    settings.key_file.chmod(0o644)
    return settings


def with_open_token(settings: Settings, folder: Path) -> Settings:
    (folder / "token").chmod(0o644)
    return settings


def with_open_config(settings: Settings, folder: Path) -> Settings:
    (folder / "umbrella.yaml").touch(0o644)
    return replace(settings, config=folder / "umbrella.yaml", communities=(Community(id="a"),))


def with_writable_config(settings: Settings, folder: Path) -> Settings:
    (folder / "umbrella.yaml").touch()
    (folder / "umbrella.yaml").chmod(0o664)
    return replace(settings, config=folder / "umbrella.yaml")


def with_open_key_folder(settings: Settings, _: Path) -> Settings:
    settings.key_file.parent.mkdir()
    settings.key_file.parent.chmod(0o777)
    return settings


def with_backup(settings: Settings, file: Path, mode: int) -> Settings:
    settings.data_dir.mkdir(mode=0o700)
    file.parent.mkdir(mode=0o700, exist_ok=True)
    file.touch(mode)
    known_backups.note(settings.data_dir, file)
    (settings.data_dir / known_backups.FILE).chmod(0o600)
    return settings


CASES: dict[str, Callable[[Settings, Path], Settings]] = {
    "no-door refuse": lambda settings, _: replace(settings, discord=None),
    "discord-token refuse": lambda settings, _: replace(settings, discord=DiscordSettings()),
    "secret-value note": lambda settings, _: replace(settings, discord=DiscordSettings(token=Secret("t"))),
    "secret-mode warn": with_open_token,
    "config-mode warn": with_open_config,
    "data-mode warn": with_open_folder,
    "data-mode warn (file)": with_open_database,
    "key-mode refuse": with_open_key,
    "key-beside-data refuse": lambda settings, _: replace(settings, key_file=settings.data_dir / "key"),
    "config-writable refuse": with_writable_config,
    "key-folder refuse": with_open_key_folder,
    "backup-mode warn": lambda settings, folder: with_backup(settings, folder / "b", 0o644),
    "backup-beside-key warn": lambda settings, _: with_backup(settings, settings.key_file.with_name("b"), 0o600),
    "approvals-one note": lambda settings, _: replace(settings, vetting=VettingSettings(approvals=1)),
    "encryption-off warn": lambda settings, _: replace(settings, encryption=False),
    "database-clear warn": lambda settings, _: replace(settings, database="postgresql://u@db.example/d"),
}


@pytest.mark.parametrize("case", CASES)
def test_an_unsafe_set_up_is_named_with_its_mend(tmp_path: Path, case: str) -> None:
    found = doctor.examine(CASES[case](well(tmp_path), tmp_path), [], user_id=1000)
    assert [(finding.code, finding.level) for finding in found if finding.code != "key-owner"] == [
        tuple(case.split()[:2])
    ]
    assert all(finding.mend for finding in found)


def test_there_is_nothing_to_say_about_a_good_one(tmp_path: Path) -> None:
    assert doctor.examine(well(tmp_path), [], user_id=1000) == []
    for database in (
        "postgresql://u@/d?host=/run/postgresql",
        "postgresql://u@localhost/d",
        "postgresql://u@db/d?ssl=verify-full",
    ):
        assert doctor.examine(replace(well(tmp_path), database=database), [], user_id=1000) == []


def test_root_is_warned_about(tmp_path: Path) -> None:
    assert [finding.code for finding in doctor.examine(well(tmp_path), [], user_id=0)] == ["root"]


def test_only_what_must_be_mended_stops_a_start(tmp_path: Path) -> None:
    doctor.refuse(doctor.examine(replace(well(tmp_path), encryption=False), [], user_id=0))
    with pytest.raises(UnsafeSetupError, match="no token"):
        doctor.refuse(doctor.examine(replace(well(tmp_path), discord=DiscordSettings()), []))


async def test_looking_makes_nothing(tmp_path: Path, clock: FakeClock) -> None:
    settings = well(tmp_path)
    doctor.examine(settings, [])
    assert [finding.code for finding in await doctor.examine_database(settings, clock)] == ["database-new"]
    assert not settings.data_dir.exists()
    assert not settings.key_file.exists()
    await (await open_storage(settings, clock)).close()
    assert await doctor.examine_database(settings, clock) == []


async def test_a_database_that_is_away_is_named(tmp_path: Path, clock: FakeClock) -> None:
    settings = replace(well(tmp_path), database=f"postgresql://u@/d?host={tmp_path}")
    await (await open_storage(well(tmp_path), clock)).close()
    assert [finding.code for finding in await doctor.examine_database(settings, clock)] == ["database-away"]


def test_kept_says_every_table_and_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kept"]) == 0
    said = capsys.readouterr().out
    for entry in retention.kept():
        assert f"{entry.place}\n  what:  {entry.what}\n" in said
    without = {entry.place for entry in retention.kept() if entry.is_nearest}
    assert without == {"announcements", "subscriptions", "events", "reminders"}, "the policy names no such row"
    assert said.count("the policy has no row for this") == len(without)
    assert len(kept_lines(retention.kept())) == len(retention.TABLES) + len(retention.FILES)


def test_matrix_without_any_token_is_left_to_its_door(tmp_path: Path) -> None:
    """It may have logged in before: only the door knows what it stored."""
    settings = replace(well(tmp_path), matrix=MatrixSettings(homeserver="https://m", user_id="@a:b"))
    assert doctor.examine(settings, [], user_id=1000) == []


async def test_looking_mends_no_mode(tmp_path: Path, clock: FakeClock) -> None:
    settings = well(tmp_path)
    await (await open_storage(settings, clock)).close()
    file = settings.data_dir / "umbrella.db"
    file.chmod(0o644)
    assert await doctor.examine_database(settings, clock) == []
    assert file.stat().st_mode & 0o777 == 0o644
    await (await open_storage(settings, clock)).close()
    assert file.stat().st_mode & 0o777 == 0o600
