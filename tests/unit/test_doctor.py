"""Unsafe set-ups are named with their mend, or do not start."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import doctor
from bot.core.acts import Act
from bot.core.finding import UnsafeSetupError
from bot.core.meeting import JoinedRoom
from bot.core.request import RoomRef
from bot.operate import examine, kept_lines, main
from bot.settings import (
    Community,
    DiscordSettings,
    MatrixSettings,
    Moderator,
    ReviewRooms,
    Secret,
    Settings,
    VettingSettings,
)
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
    with pytest.raises(UnsafeSetupError, match="No door"):
        doctor.refuse(doctor.examine(replace(well(tmp_path), discord=None), []))


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


ASH, BIRCH = (
    Moderator("Ash", discord="100000000000000001"),
    Moderator("Birch", matrix="@birch:b.org", devices=("ED25",)),
)
NORTH = Community("north", review_rooms=ReviewRooms(matrix="!room:b.org"), moderators=(ASH, BIRCH))
JOINED = JoinedRoom(RoomRef("discord", "900000000000000001"), "north")


@pytest.mark.parametrize(
    ("community", "joined", "codes"),
    [
        (Community("north"), (), []),
        (NORTH, (), []),
        (replace(NORTH, review_rooms=ReviewRooms()), (), ["no-review-room"]),
        (replace(NORTH, review_rooms=ReviewRooms()), (JOINED,), []),
        (replace(NORTH, review_rooms=ReviewRooms()), (replace(JOINED, community="south"),), ["no-review-room"]),
        (replace(NORTH, moderators=(ASH,)), (), ["few-moderators"]),
        (replace(NORTH, moderators=(ASH, replace(BIRCH, devices=()))), (), ["few-moderators"]),
        (replace(NORTH, moderators=()), (), ["few-moderators"]),
    ],
)
def test_a_community_whose_moderators_meet_nowhere_or_are_too_few_is_named(
    tmp_path: Path, community: Community, joined: tuple[JoinedRoom, ...], codes: list[str]
) -> None:
    matrix = MatrixSettings(homeserver="https://m", user_id="@a:b")
    settings = replace(well(tmp_path), matrix=matrix, communities=(community,))
    assert [finding.code for finding in doctor.examine_communities(settings, joined)] == codes
    alone = replace(settings, vetting=VettingSettings(approvals=1))
    left = [code for code in codes if code == "no-review-room" or not community.moderators]
    assert [finding.code for finding in doctor.examine_communities(alone, joined)] == left


def test_a_room_or_an_account_where_no_door_is_open_counts_for_nothing(tmp_path: Path) -> None:
    settings = replace(well(tmp_path), communities=(NORTH,))
    assert [each.code for each in doctor.examine_communities(settings, ())] == ["no-review-room"]
    assert [each.code for each in doctor.examine_communities(settings, (JOINED,))] == ["few-moderators"]


async def test_the_doctor_knows_the_rooms_that_were_joined(
    tmp_path: Path, clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the database has no table for them yet, nothing is said of it."""
    matrix = MatrixSettings(homeserver="https://m", user_id="@a:b", password=Secret("p"))
    settings = replace(
        well(tmp_path), discord=None, matrix=matrix, communities=(Community("north", moderators=(BIRCH,)),)
    )
    storage = await open_storage(settings, clock)
    await examine(settings)
    assert "no review room" in capsys.readouterr().out
    joined = JoinedRoom(RoomRef("matrix", "!room:b.org"), "north")
    await storage.review_rooms.join(joined, Act("Birch", "setup-join", "north", clock.now().date()))
    await examine(settings)
    assert "no review room" not in capsys.readouterr().out
    async with storage.database.write() as connection:
        await connection.execute(text("DROP TABLE review_rooms"))
    await storage.close()
    await examine(settings)
    assert "no review room" not in capsys.readouterr().out


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
