"""The kinds of values an operator writes: addresses, codes, ids of platforms. Each is a reader of `bot.fields`."""

import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.fields import Wrong, matching, text


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards of this process: `first` to `last` of `count` in all."""

    first: int
    last: int
    count: int


@dataclass(frozen=True, slots=True)
class Delay:
    """A random span between two."""

    least_s: int
    most_s: int


def _homeserver(given: str) -> str:
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise Wrong("Here belongs the address of the homeserver, such as https://matrix.example.org.")
    if parts.username or parts.password:
        raise Wrong("The address of the homeserver must hold no user name and no password.")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise Wrong("Over http everyone on the way reads along. Use https://; http is for a server on this machine.")
    return given.rstrip("/")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _api(given: str) -> str:
    return _reached_by(given, "https", "http").rstrip("/")


def _gateway(given: str) -> str:
    return _reached_by(given, "wss", "ws")


def _reached_by(given: str, scheme: str, local_scheme: str) -> str:
    """An address that nobody on the way can read: encrypted, or on this machine."""
    parts = urlsplit(given)
    is_local = parts.scheme == local_scheme and _is_loopback(parts.hostname or "")
    if not parts.hostname or not (parts.scheme == scheme or is_local):
        raise Wrong(f"Here belongs an address that begins with {scheme}://.")
    return given


def _database(given: str) -> str:
    if given == "sqlite":
        return given
    parts = urlsplit(given)
    if parts.scheme != "postgresql":
        raise Wrong("Here belongs sqlite, or an address that begins with postgresql://.")
    if parts.password:
        raise Wrong("Secrets do not belong here. Hand the password over as UMBRELLA_DATABASE_PASSWORD_FILE.")
    return given


def _shards(given: str) -> Shards | None:
    if given == "auto":
        return None
    found = re.fullmatch(r"([0-9]{1,4})-([0-9]{1,4})/([0-9]{1,4})", given)
    if not found or not int(found[1]) <= int(found[2]) < int(found[3]):
        raise Wrong("Here belongs auto, or first-last/count as in 0-3/16.")
    return Shards(*map(int, found.groups()))


def _delay(given: str) -> Delay:
    found = re.fullmatch(r"([0-9]{1,3})(?:-([0-9]{1,3}))?", given)
    if not found or int(found[1]) > int(found[2] or found[1]):
        raise Wrong("Here belong minutes, as in 10-40, or 0.")
    return Delay(int(found[1]) * 60, int(found[2] or found[1]) * 60)


def _language(given: str) -> str:
    """The language of a tag such as fr or fr-CA."""
    tag = re.split("[-_]", given.lower())[0]
    if tag not in _LANGUAGES:
        raise Wrong(f"Here belongs one of: {', '.join(_LANGUAGES)}.")
    return tag


def _path(given: str) -> Path:
    if not given or "\0" in given:
        raise Wrong("Here belongs the name of a file or folder.")
    return Path(given).expanduser()


_LANGUAGES = ("en", "fr", "es", "zh")
HOME = matching("[A-Z]{2}(-[A-Z0-9]{1,3})?", "Here belongs the ISO code of a country or region, such as CA or CA-QC.")
LANGUAGE = text(_language)
MATRIX_USER = matching(r"@[^\s:*]+:[^\s*]+", "Here belongs a Matrix user id, such as @name:example.org.")
MATRIX_ROOM = matching(r"![^\s*]+", "Here belongs a Matrix room id; it begins with an exclamation mark.")
SERVER = matching(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?", "Here belongs the name of a server, such as example.org.")
SNOWFLAKE = matching(r"[0-9]{15,20}", "Here belongs a Discord id: 15 to 20 digits, in quotes or not.")
DEVICE = matching(r"[A-Za-z0-9+/ ]{40,80}", "Here belongs the fingerprint of a device, as the client shows it.")
WORD = matching(r"\S{2,32}", "Here belongs one word of 2 to 32 characters, such as !umbrella.")
ID = matching(r"[a-z0-9][a-z0-9-]{0,31}", "Here belongs a short name of small letters, digits and dashes.")
NAME = matching(r"[^\s@#*][^@#*\n]{0,39}", "Here belongs a name for the audit trail, of at most 40 characters.")
LISTED_WORD = matching(r"\S(.{0,38}\S)?", "Here belongs a word or two, of at most 40 characters.")
HOMESERVER = text(_homeserver)
DATABASE = text(_database)
SHARDS = text(_shards)
DELAY = text(_delay)
PATH = text(_path)
API = text(_api)
GATEWAY = text(_gateway)
