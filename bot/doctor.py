"""What is missing or unsafe in a set-up, each with its mend. Looks only; makes and mends nothing.

`examine` is quick and is run at each start too: what it refuses stops the start, what it warns of is said each time.
A door adds its own findings (`core.ground.Door.findings`).
"""

import os
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from bot.core.clock import Clock
from bot.core.finding import Finding, UnsafeSetupError
from bot.core.ground import Door
from bot.core.meeting import JoinedRoom, MeetingRooms
from bot.errors import StorageError
from bot.settings import Moderator, Settings
from bot.storage import keys, known_backups
from bot.storage.engine import has_data
from bot.storage.open import try_storage

_LOCAL_HOSTS = ("", "localhost", "127.0.0.1", "::1")


def examine(settings: Settings, doors: Sequence[Door], user_id: int | None = None) -> list[Finding]:
    """Everything that can be seen without a connection; `user_id` is the process's own unless given."""
    found = [
        *_host(os.geteuid() if user_id is None else user_id), *_doors(settings), *_secrets(settings), *_files(settings),
        *keys.findings(settings.key_file, settings.data_dir), *_encryption(settings), *_database(settings),
        *_backups(settings), *_vetting(settings),
    ]  # fmt: skip
    return [*found, *(finding for door in doors for finding in door.findings(settings))]


async def examine_database(settings: Settings, clock: Clock) -> list[Finding]:
    """Whether the database can be reached and opened; only a note where nothing was kept yet."""
    if not has_data(settings) and (settings.database == "sqlite" or not settings.key_file.exists()):
        return [Finding("note", "database-new", "There is nothing kept yet.", "The first run makes it.")]
    try:
        await try_storage(settings, clock)
    except UnsafeSetupError as error:
        return list(error.findings)
    except StorageError as error:
        return [
            Finding(
                "refuse",
                "database-away",
                f"The database cannot be reached ({error.reason}).",
                "Check that it runs, and the address, the user and the password.",
            )
        ]
    return []


def examine_communities(settings: Settings, joined: Iterable[JoinedRoom]) -> list[Finding]:
    """Where nobody would see what is handed in, or too few could decide about it; `joined` are the rooms of `setup`."""
    meeting, found = MeetingRooms(settings.communities), []
    meeting.take_in(joined)
    needed = settings.vetting.approvals
    for each in settings.communities:
        has_room = any(getattr(settings, room.platform) is not None for room in meeting.of(each.id))
        able = sum(_can_decide(moderator, settings) for moderator in each.moderators)
        if each.moderators and not has_room:
            found.append(
                Finding(
                    "warn",
                    "no-review-room",
                    f"The community {each.id} has moderators but no review room, so nobody sees what waits.",
                    "Name one under review_rooms in umbrella.yaml, or let a moderator who administers a room say "
                    f"/setup there (on Matrix: {settings.word} setup).",
                )
            )
        if has_room and able < needed:
            found.append(
                Finding(
                    "warn",
                    "few-moderators",
                    f"Moderators who can decide in the community {each.id}: {able}, where a decision takes {needed}.",
                    "Name more in umbrella.yaml, each with an account on Discord, or one on Matrix with the "
                    "fingerprints of its devices.",
                )
            )
    return found


def _can_decide(moderator: Moderator, settings: Settings) -> bool:
    """Whether an open door knows for sure what this person says."""
    on_matrix = settings.matrix is not None and moderator.matrix and moderator.devices
    return bool(on_matrix or (settings.discord is not None and moderator.discord))


def refuse(found: Iterable[Finding]) -> None:
    """Raises UnsafeSetupError with the findings that stop a start, if there are any."""
    stopping = [finding for finding in found if finding.level == "refuse"]
    if stopping:
        raise UnsafeSetupError(*stopping)


def _host(user_id: int) -> Iterable[Finding]:
    if user_id == 0:
        yield Finding(
            "warn",
            "root",
            "The bot runs as root: a fault in it would then have the whole machine.",
            "Run it as a user of its own.",
        )


def _doors(settings: Settings) -> Iterable[Finding]:
    if settings.discord is None and settings.matrix is None:
        yield Finding(
            "refuse",
            "no-door",
            "No door is set up, so there is nothing to run.",
            "Set DISCORD_TOKEN_FILE, or MATRIX_HOMESERVER, MATRIX_USER_ID and MATRIX_PASSWORD_FILE.",
        )


def _secrets(settings: Settings) -> Iterable[Finding]:
    for name, secret in settings.secrets().items():
        if secret.file is None:
            yield Finding(
                "note",
                "secret-value",
                f"{name} is handed over as a value, which other programs may see.",
                f"Better write it into a file and name that as {name}_FILE.",
            )
        elif _mode(secret.file) & 0o007:
            yield Finding(
                "warn",
                "secret-mode",
                f"Others on this machine can read {secret.file}.",
                f"Run: chmod 400 {secret.file}",
            )


def _files(settings: Settings) -> Iterable[Finding]:
    if settings.config and settings.communities and _mode(settings.config) & 0o007:
        yield Finding(
            "warn",
            "config-mode",
            f"Others on this machine can read {settings.config}, which names moderators.",
            f"Run: chmod 600 {settings.config}",
        )
    if settings.config and _mode(settings.config) & 0o022:
        yield Finding(
            "refuse",
            "config-writable",
            f"Others on this machine can change {settings.config}, and make themselves moderators.",
            f"Run: chmod go-w {settings.config}",
        )
    if _mode(settings.key_file.parent) & 0o022:
        yield Finding(
            "refuse",
            "key-folder",
            f"Others on this machine can put another key in the place of {settings.key_file}.",
            f"Run: chmod go-w {settings.key_file.parent}",
        )
    folder = settings.data_dir
    open_paths = [path for path in [folder, *(folder.glob("*") if folder.is_dir() else ())] if _mode(path) & 0o077]
    if open_paths:
        yield Finding(
            "warn",
            "data-mode",
            f"Others on this machine can read the data folder {folder}.",
            f"Run: chmod -R go= {folder}",
        )


def _encryption(settings: Settings) -> Iterable[Finding]:
    if not settings.encryption:
        yield Finding(
            "warn",
            "encryption-off",
            "Encryption is off: who has the disk reads which rows there are.",
            "Take encryption: off out of the settings.",
        )


def _database(settings: Settings) -> Iterable[Finding]:
    if settings.database == "sqlite":
        return
    parts = urlsplit(settings.database)
    options = parse_qs(parts.query)
    is_local = (parts.hostname or "") in _LOCAL_HOSTS or options.get("host", [""])[0].startswith("/")
    if not is_local and not {"ssl", "sslmode"} & set(options):
        yield Finding(
            "warn",
            "database-clear",
            "The way to the database on another machine may be open to readers.",
            "Add ?ssl=verify-full to its address.",
        )


def _backups(settings: Settings) -> Iterable[Finding]:
    for file in known_backups.known(settings.data_dir):
        if _mode(file) & 0o077:
            yield Finding("warn", "backup-mode", f"Others on this machine can read {file}.", f"Run: chmod 600 {file}")
        if file.parent == settings.key_file.parent.resolve():
            yield Finding(
                "warn",
                "backup-beside-key",
                f"{file} lies beside the key that opens it: who takes one takes both.",
                "Keep backups on another disk.",
            )


def _vetting(settings: Settings) -> Iterable[Finding]:
    if settings.vetting.approvals == 1:
        yield Finding(
            "note",
            "approvals-one",
            "One moderator alone decides what everybody is answered; every record published so says it.",
            "Two are safer: take approvals: 1 out of the settings.",
        )


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0
