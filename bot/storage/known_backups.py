"""Where backups were written: so that old ones end by themselves, and `panic` finds them."""

import contextlib
from datetime import datetime
from pathlib import Path

from bot.storage.schema import BACKUP_KEPT
from bot.storage.sealed_file import NotABackupError, read_head

FILE = "backups.txt"


def note(folder: Path, backup: Path) -> None:
    """Remember where a backup lies. Raises OSError."""
    backup = backup.resolve()
    if backup not in _named(folder):
        with (folder / FILE).open("a", encoding="utf-8") as opened:
            opened.write(f"{backup}\n")


def known(folder: Path) -> list[Path]:
    """Every backup that was noted and is still there."""
    return [path for path in _named(folder) if path.is_file()]


def _named(folder: Path) -> list[Path]:
    with contextlib.suppress(OSError, ValueError):  # no backup was made yet, or the list is damaged
        return list(map(Path, (folder / FILE).read_text("utf-8").splitlines()))
    return []


def expire(folder: Path, now: datetime) -> int:
    """Delete the backups that are older than 35 days; the number of files. Raises OSError."""
    gone = [each for each in known(folder) if _is_over(each, now)]
    for each in gone:
        each.unlink()
    if gone:
        (folder / FILE).write_text("".join(f"{each}\n" for each in known(folder)), "utf-8")
    return len(gone)


def _is_over(file: Path, now: datetime) -> bool:
    """Whether a file is a backup, still, and an old one: its name may have gone to something else."""
    try:
        return now.date() - read_head(file).created_on > BACKUP_KEPT
    except (OSError, NotABackupError):
        return False
