"""What the operator may set, and how a slip is named."""

from pathlib import Path

import pytest

from bot.settings import Secret, Settings, SettingsError, load
from bot.values import Shards


def faults(folder: Path, content: str, **environment: str) -> list[str]:
    (folder / "umbrella.yaml").write_text(content)
    with pytest.raises(SettingsError) as caught:
        load(environment=environment, folder=folder)
    return str(caught.value).replace(f"{folder}/", "").split("\n")


def test_nothing_set_starts_with_defaults(tmp_path: Path) -> None:
    settings = load(environment={}, folder=tmp_path)
    assert settings.discord is None
    assert settings.matrix is None
    assert settings.data_dir.is_absolute()
    assert settings.key_file.is_absolute()
    assert settings.encryption
    assert settings.database == "sqlite"


def test_matrix_in_the_environment_alone_is_enough(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("correct horse\n")
    settings = load(
        environment={
            "MATRIX_HOMESERVER": "https://m.example/",
            "MATRIX_USER_ID": "@u:m.example",
            "MATRIX_PASSWORD_FILE": str(secret),
            "UMBRELLA_DATA": "kept",
        },
        folder=tmp_path,
    )
    assert settings.matrix is not None
    assert settings.matrix.homeserver == "https://m.example"
    assert settings.matrix.password == Secret("correct horse")
    assert settings.matrix.password.file == secret
    assert settings.data_dir == tmp_path / "kept"


def test_a_discord_token_alone_is_enough(tmp_path: Path) -> None:
    settings = load(environment={"DISCORD_TOKEN": "t", "DISCORD_SHARDS": "0-3/16"}, folder=tmp_path)
    assert settings.discord is not None
    assert settings.discord.token == Secret("t") and settings.discord.shards == Shards(0, 3, 16)


def test_the_environment_stands_above_the_file(tmp_path: Path) -> None:
    (tmp_path / "umbrella.yaml").write_text("language: fr\nhome: CA-QC\ndata_dir: here\n")
    settings = load(environment={"UMBRELLA_LANGUAGE": "es"}, folder=tmp_path)
    assert (settings.language, settings.home, settings.data_dir) == ("es", "CA-QC", tmp_path / "here")


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("""
word: "!u"
encryption: off
database: postgresql://bot@db.example/umbrella
discord: {shards: auto, revealing_words: [sex, escort work]}
matrix: {homeserver: http://localhost:8008, user_id: "@u:localhost", allowed_servers: [localhost]}
vetting: {approvals: 3, review_delay: 0}
communities:
  - id: north
    home: "NO"
    review_rooms: {discord: 123456789012345678, matrix: "!abc"}
    moderators:
      - name: Kim
        discord: 123456789012345678
        matrix: "@kim:x.org"
        devices: ["AAAA BBBB CCCC DDDD EEEE FFFF GGGG HHHH IIII JJJ"]
""")
    settings = load(file, {}, tmp_path)
    assert not settings.encryption
    assert settings.word == "!u"
    assert settings.communities[0].home == "NO"
    assert settings.communities[0].moderators[0].discord == "123456789012345678"
    assert settings.vetting.review_delay.most_s == 0
    assert "Kim" not in repr(settings)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("data_dri: x", "umbrella.yaml:1:1: There is no such field. Did you mean data_dir?"),
        ("language: fra", "umbrella.yaml:1:11: Here belongs one of: en, fr, es, zh."),
        ("matrix:\n  user_id: '@u:x'", "umbrella.yaml:2:3: The field homeserver is missing here."),
        ("vetting: {approvals: 0}", "umbrella.yaml:1:22: Here belongs a whole number from 1 to 3."),
        ("encryption: maybe", "umbrella.yaml:1:13: Here belongs on or off."),
        ("home: Canada", "umbrella.yaml:1:7: Here belongs the ISO code of a country or region, such as CA or CA-QC."),
        ("communities: x", "umbrella.yaml:1:14: Here belongs a list: one line each, beginning with a dash."),
    ],
)
def test_a_slip_is_named_with_its_place(tmp_path: Path, content: str, fault: str) -> None:
    assert faults(tmp_path, content) == [fault]


def test_a_field_that_stands_twice_is_refused(tmp_path: Path) -> None:
    assert faults(tmp_path, "language: en\nlanguage: fr")[0].startswith(
        "umbrella.yaml:2:1: The field “language” stands here"
    )


@pytest.mark.parametrize(
    "content",
    [
        "discord: {token: MARKER}",
        "matrix: {password: MARKER}",
        "database: postgresql://u:MARKER@h/d",
        "access_token: MARKER",
        "matrix: {homeserver: 'https://u:MARKER@h', user_id: '@a:b'}",
    ],
)
def test_a_secret_in_the_file_is_refused_and_never_shown(tmp_path: Path, content: str) -> None:
    said = "\n".join(faults(tmp_path, content))
    assert "MARKER" not in said


@pytest.mark.parametrize(
    ("homeserver", "is_fine"),
    [
        ("http://localhost:8008", True),
        ("http://127.0.0.1", True),
        ("http://[::1]:1", True),
        ("https://m.example", True),
        ("http://m.example", False),
        ("http://10.0.0.1", False),
        ("http://localhost.example", False),
        ("ftp://m.example", False),
        ("m.example", False),
    ],
)
def test_http_homeservers_are_taken_on_loopback_only(tmp_path: Path, homeserver: str, is_fine: bool) -> None:
    environment = {"MATRIX_HOMESERVER": homeserver, "MATRIX_USER_ID": "@u:x"}
    if is_fine:
        assert load(environment=environment, folder=tmp_path).matrix
        return
    with pytest.raises(SettingsError) as caught:
        load(environment=environment, folder=tmp_path)
    assert "environment:0:0: MATRIX_HOMESERVER: " in str(caught.value)


def test_what_the_environment_lacks_is_named(tmp_path: Path) -> None:
    said = faults(tmp_path, "", MATRIX_PASSWORD="s", UMBRELLA_DTA="x")
    assert said == [
        "environment:0:0: UMBRELLA_DTA: There is no such field. Did you mean UMBRELLA_DATA?",
        "environment:0:0: matrix: The field homeserver is missing here.",
        "environment:0:0: matrix: The field user_id is missing here.",
    ]


def test_a_secret_file_must_hold_one_secret(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    assert "one line" in faults(tmp_path, "", DISCORD_TOKEN_FILE=str(tmp_path / "empty"))[0]
    assert "no such file" in faults(tmp_path, "", DISCORD_TOKEN_FILE=str(tmp_path / "gone"))[0]
    assert "Both" in faults(tmp_path, "", DISCORD_TOKEN_FILE="x", DISCORD_TOKEN="y")[0]


def test_one_person_is_one_moderator(tmp_path: Path) -> None:
    said = faults(
        tmp_path, "communities:\n- {id: a, moderators: [{name: K, matrix: '@k:x'}, {name: L, matrix: '@k:x'}]}"
    )
    assert "two moderators have the same matrix" in said[0]
    assert "@k:x" not in said[0]


def test_everyone_is_no_moderator(tmp_path: Path) -> None:
    assert len(faults(tmp_path, "communities:\n- {id: a, moderators: [{name: K, matrix: '*', discord: '*'}]}")) == 2


def test_a_settings_file_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such file"):
        load(tmp_path / "gone.yaml", {}, tmp_path)


def test_settings_are_values() -> None:
    with pytest.raises(AttributeError):
        Settings().language = "fr"  # type: ignore[misc]
