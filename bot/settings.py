"""What the operator set: `umbrella.yaml`, the environment above it, and secrets from the environment alone.

`load` reads both once and hands down frozen values; nothing else in the program reads the environment. Everything has a
default, so that `MATRIX_*` or `DISCORD_TOKEN` in the environment is enough to start. A secret is given as a value or,
better, as the name of a file (`DISCORD_TOKEN_FILE`), never in `umbrella.yaml`.

| in the environment | stands for |
|---|---|
| `UMBRELLA_DATA`, `UMBRELLA_KEY_FILE`, `UMBRELLA_ENCRYPTION`, `UMBRELLA_HOME`, `UMBRELLA_DIRECTORY`, `UMBRELLA_DATABASE`, `UMBRELLA_LANGUAGE`, `UMBRELLA_WORD` | the field of the file |
| `MATRIX_HOMESERVER`, `MATRIX_USER_ID`, `MATRIX_ALLOWED_SERVERS` (with commas), `DISCORD_SHARDS`, `DISCORD_API`, `DISCORD_GATEWAY` | the field of the section |
| `MATRIX_PASSWORD`, `MATRIX_ACCESS_TOKEN`, `DISCORD_TOKEN`, `UMBRELLA_DATABASE_PASSWORD`, each also with `_FILE` | a secret |
"""
# ruff: noqa: RUF009  (`of` makes a dataclass field, as `dataclasses.field` does)

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.errors import SetupError
from bot.fields import Reading, Wrong, many, number, of, read, refusal, section, switch
from bot.reading import Fault, ListNode, MapNode, Node, TextNode, Unreadable, read_bytes, read_file, syntax_fault
from bot.values import (
    API,
    DATABASE,
    DELAY,
    DEVICE,
    GATEWAY,
    HOME,
    HOMESERVER,
    ID,
    LANGUAGE,
    LISTED_WORD,
    MATRIX_ROOM,
    MATRIX_USER,
    NAME,
    PATH,
    SERVER,
    SHARDS,
    SNOWFLAKE,
    WORD,
    Delay,
    Shards,
)  # fmt: skip

CONFIG = "umbrella.yaml"
MOST_SECRET_BYTES = 8192


class SettingsError(SetupError):
    """The settings cannot be used. `faults` name each place; the text is one line a fault."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__()
        self.faults = sorted(faults)

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


@dataclass(frozen=True, slots=True)
class Secret:
    """A password or token, which no repr shows; `file` is where it came from, None for the environment itself."""

    value: str = field(repr=False)
    file: Path | None = field(default=None, compare=False)


@dataclass(frozen=True)
class DiscordSettings:
    """`shards` is None for auto, `api` and `gateway` for Discord's own;
    `revealing_words` stand in no name or first line that others may glimpse.
    """

    shards: Shards | None = of(SHARDS, None)
    api: str | None = of(API, None)
    gateway: str | None = of(GATEWAY, None)
    revealing_words: tuple[str, ...] = of(many(LISTED_WORD), ())
    token: Secret | None = None


@dataclass(frozen=True)
class MatrixSettings:
    """Who may invite: people of `allowed_servers`, or of the bot's own server when it is empty."""

    homeserver: str = of(HOMESERVER)
    user_id: str = of(MATRIX_USER)
    allowed_servers: tuple[str, ...] = of(many(SERVER), ())
    password: Secret | None = None
    access_token: Secret | None = None


@dataclass(frozen=True)
class VettingSettings:
    """How many moderators decide (1 to 3, `policy.md` §5), and how long a card waits before it reaches their room."""

    approvals: int = of(number(1, 3), 2)
    review_delay: Delay = of(DELAY, Delay(600, 2400))


@dataclass(frozen=True)
class ReviewRooms:
    """Where a community's moderators meet, on each platform at most one place."""

    discord: str | None = of(SNOWFLAKE, None)
    matrix: str | None = of(MATRIX_ROOM, None)


@dataclass(frozen=True, repr=False)
class Moderator:
    """One person with all their accounts; `devices` are the fingerprints of their Matrix devices."""

    name: str = of(NAME)
    discord: str | None = of(SNOWFLAKE, None)
    matrix: str | None = of(MATRIX_USER, None)
    devices: tuple[str, ...] = of(many(DEVICE), ())


@dataclass(frozen=True)
class Community:
    """A community, where it is at home and who moderates it."""

    id: str = of(ID)
    home: str | None = of(HOME, None)
    review_rooms: ReviewRooms = of(section(ReviewRooms), ReviewRooms())
    moderators: tuple[Moderator, ...] = of(many(section(Moderator)), ())


@dataclass(frozen=True)
class Settings:
    """Everything the operator decides. `discord` and `matrix` are None where that door is not set up.

    `data_dir` and `key_file` are absolute. `encryption` off leaves the files readable to who has the disk; personal
    fields are sealed all the same. `database` is "sqlite" or a postgresql:// address without its password. `home` is an
    ISO code; `language` the one all answers come in, None for the asker's own. `greeting` is the language of the first
    words, before anything was asked: that of the system.
    """

    data_dir: Path = of(PATH, Path("~/.local/share/umbrella"))
    key_file: Path = of(PATH, Path("~/.config/umbrella/key"))
    encryption: bool = of(switch(), True)
    home: str | None = of(HOME, None)
    directory: Path | None = of(PATH, None)
    database: str = of(DATABASE, "sqlite")
    language: str | None = of(LANGUAGE, None)
    word: str = of(WORD, "!umbrella")
    discord: DiscordSettings | None = of(section(DiscordSettings), None)
    matrix: MatrixSettings | None = of(section(MatrixSettings), None)
    vetting: VettingSettings = of(section(VettingSettings), VettingSettings())
    communities: tuple[Community, ...] = of(many(section(Community)), ())
    database_password: Secret | None = None
    greeting: str = "en"
    config: Path | None = None

    def secrets(self) -> dict[str, Secret]:
        """The secrets that were handed over, by the name of their variable."""
        found = {
            "DISCORD_TOKEN": self.discord and self.discord.token,
            "MATRIX_PASSWORD": self.matrix and self.matrix.password,
            "MATRIX_ACCESS_TOKEN": self.matrix and self.matrix.access_token,
            "UMBRELLA_DATABASE_PASSWORD": self.database_password,
        }  # fmt: skip
        return {name: secret for name, secret in found.items() if secret}


# POSIX: the first of these that is set decides the language of messages.
_SYSTEM_LANGUAGE = ("LC_ALL", "LC_MESSAGES", "LANG")
_OVERRIDES = {
    "UMBRELLA_DATA": ("data_dir",), "UMBRELLA_KEY_FILE": ("key_file",), "UMBRELLA_ENCRYPTION": ("encryption",),
    "UMBRELLA_HOME": ("home",), "UMBRELLA_DIRECTORY": ("directory",), "UMBRELLA_DATABASE": ("database",),
    "UMBRELLA_LANGUAGE": ("language",), "UMBRELLA_WORD": ("word",),
    "MATRIX_HOMESERVER": ("matrix", "homeserver"), "MATRIX_USER_ID": ("matrix", "user_id"),
    "MATRIX_ALLOWED_SERVERS": ("matrix", "allowed_servers"), "DISCORD_SHARDS": ("discord", "shards"),
    "DISCORD_API": ("discord", "api"), "DISCORD_GATEWAY": ("discord", "gateway"),
}  # fmt: skip
_SECRET_NAMES = ("DISCORD_TOKEN", "MATRIX_PASSWORD", "MATRIX_ACCESS_TOKEN", "UMBRELLA_DATABASE_PASSWORD")
_LISTS = ("MATRIX_ALLOWED_SERVERS",)
_DOORS = {"MATRIX_PASSWORD": "matrix", "MATRIX_ACCESS_TOKEN": "matrix", "DISCORD_TOKEN": "discord"}


def load(
    config: Path | None = None, environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> Settings:
    """The settings of `config`, else of `umbrella.yaml` in `folder` if it is there, with the environment above them.

    `environment` and `folder` are the process's own unless given. Paths of the file count from the file's folder, paths
    of the environment from `folder`. Raises SettingsError with every fault.
    """
    environment = os.environ if environment is None else environment
    folder = folder or Path.cwd()
    if config is None and (folder / CONFIG).exists():
        config = folder / CONFIG
    root, reading = _tree(config)
    _override(root, environment, reading, folder)
    secrets = _secrets(environment, reading, folder)
    _open_doors(root, secrets, reading)
    settings = read(Settings, root, reading)
    if settings is None or reading.faults:
        raise SettingsError(reading.faults)
    _check_moderators(root, settings, reading)
    if reading.faults:
        raise SettingsError(reading.faults)
    system = next((environment[name] for name in _SYSTEM_LANGUAGE if environment.get(name)), "en")
    settings = replace(settings, greeting=re.split("[-_.]", system.lower())[0], config=config)
    return _with_secrets(_with_paths(settings, config.resolve().parent if config else folder), secrets)


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """`load` with no file named: what the terminal starts with."""
    return load(None, environment)


def _tree(config: Path | None) -> tuple[MapNode, Reading]:
    """The fields of the file, or no fields when there is no file or nothing in it."""
    if config is None:
        return MapNode(0, 0), Reading(CONFIG)
    reading = Reading(str(config))
    try:
        tree = read_file(config)
    except Unreadable as unreadable:
        raise SettingsError([unreadable.fault]) from None
    fault = syntax_fault(tree)
    if fault or tree.faults:
        raise SettingsError([*tree.faults, *([fault] if fault else [])])
    if tree.node is None or (isinstance(tree.node, TextNode) and not tree.node.text):
        return MapNode(0, 0), reading
    if not isinstance(tree.node, MapNode):
        reading.fault(tree.node, "This file holds no fields. It begins with lines such as data_dir: /var/lib/umbrella.")
        raise SettingsError(reading.faults)
    return tree.node, reading


def _override(root: MapNode, environment: Mapping[str, str], reading: Reading, folder: Path) -> None:
    """Put what the environment says in the place of what the file says."""
    secret_names = [name + end for name in _SECRET_NAMES for end in ("", "_FILE")]
    for name in sorted(environment):
        if name in _OVERRIDES:
            value = environment[name]
            if _OVERRIDES[name][-1] in ("data_dir", "key_file", "directory") and value:
                value = str(folder / Path(value).expanduser())
            node = _value(value, name in _LISTS)
            reading.origins |= {id(each): name for each in (node, *getattr(node, "items", ()))}
            _place(root, _OVERRIDES[name], node, reading)
        elif name.startswith("UMBRELLA_") and name not in secret_names:
            reading.faults.append(Fault("environment", 0, 0, f"{name}: {refusal(name, [*_OVERRIDES, *secret_names])}"))


def _value(given: str, is_list: bool) -> Node:
    if not is_list:
        return TextNode(given, 0, 0, "", 0, 0)
    node = ListNode(0, 0)
    node.items = [TextNode(part.strip(), 0, 0, '"', 0, 0) for part in given.split(",") if part.strip()]
    return node


def _place(root: MapNode, path: tuple[str, ...], value: Node, reading: Reading) -> None:
    holder = _section(root, path[0], reading) if len(path) > 1 else root
    holder.entries[path[-1]] = (TextNode(path[-1], 0, 0, "", 0, 0), value)


def _section(root: MapNode, name: str, reading: Reading) -> MapNode:
    """The fields of a section, which is added when the file has none."""
    below = root.entries.get(name, (None, None))[1]
    if not isinstance(below, MapNode):
        below = MapNode(0, 0)
        reading.origins[id(below)] = name
        root.entries[name] = (TextNode(name, 0, 0, "", 0, 0), below)
    return below


def _secrets(environment: Mapping[str, str], reading: Reading, folder: Path) -> dict[str, Secret]:
    found: dict[str, Secret] = {}
    for name in _SECRET_NAMES:
        direct, file = environment.get(name), environment.get(f"{name}_FILE")
        if direct and file:
            reading.faults.append(Fault("environment", 0, 0, f"Both {name} and {name}_FILE are set. Keep the file."))
        elif file:
            path = folder / Path(file).expanduser()
            try:
                found[name] = Secret(_read_secret(path), path)
            except Wrong as wrong:
                reading.faults.append(Fault("environment", 0, 0, f"{name}_FILE: {wrong}"))
        elif direct:
            found[name] = Secret(direct.strip())
    return found


def _read_secret(path: Path) -> str:
    try:
        content = read_bytes(path, MOST_SECRET_BYTES)
        value = content.decode("utf-8").strip()
    except Unreadable as unreadable:
        raise Wrong(unreadable.fault.sentence) from None
    except UnicodeDecodeError:
        raise Wrong("This file is no text.") from None
    if not value or "\n" in value or len(content) > MOST_SECRET_BYTES:
        raise Wrong("This file must hold the secret alone, on one line.")
    return value


def _open_doors(root: MapNode, secrets: Mapping[str, Secret], reading: Reading) -> None:
    """A secret alone sets its door up; what the door lacks is then named."""
    for name in secrets:
        if name in _DOORS:
            _section(root, _DOORS[name], reading)


def _check_moderators(root: MapNode, settings: Settings, reading: Reading) -> None:
    """Nobody is two moderators: no name, account or community id stands twice."""
    node = root.entries["communities"][1] if "communities" in root.entries else None
    ids = [community.id for community in settings.communities]
    if len(set(ids)) < len(ids):
        reading.fault(node, "Two communities have the same id. Give each its own.")
    for community in settings.communities:
        for kind in ("name", "discord", "matrix"):
            given = [getattr(each, kind) for each in community.moderators if getattr(each, kind)]
            if len(set(given)) < len(given):
                reading.fault(
                    node,
                    f"In the community {community.id} two moderators have the same {kind}. One person "
                    "is one entry with all accounts, or two could be one.",
                )


def _with_paths(settings: Settings, folder: Path) -> Settings:
    def absolute(path: Path) -> Path:
        return (folder / path.expanduser()).resolve()

    return replace(
        settings,
        data_dir=absolute(settings.data_dir),
        key_file=absolute(settings.key_file),
        directory=absolute(settings.directory) if settings.directory else None,
    )


def _with_secrets(settings: Settings, secrets: Mapping[str, Secret]) -> Settings:
    discord: Any = settings.discord and replace(settings.discord, token=secrets.get("DISCORD_TOKEN"))
    matrix: Any = settings.matrix and replace(
        settings.matrix, password=secrets.get("MATRIX_PASSWORD"), access_token=secrets.get("MATRIX_ACCESS_TOKEN")
    )
    return replace(
        settings, discord=discord, matrix=matrix, database_password=secrets.get("UMBRELLA_DATABASE_PASSWORD")
    )
