"""`python -m bot panic`: the key first, then everything else, whatever goes wrong on the way.

Without the key nothing that was kept opens, neither here nor in a copy somebody took before. So it is overwritten
before anything else is tried; then running bots are ended, which have it in memory, and the files go.
"""

import asyncio
import contextlib
import os
import signal
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.core.kept import FileRule
from bot.errors import StorageError
from bot.settings import Settings
from bot.storage import key_files, known_backups, presence, retention, upgrade
from bot.storage.engine import open_database
from bot.storage.keys import SIZE, Keys, is_credential

_MOST_S = 20.0


def destroy_key(settings: Settings) -> list[str]:
    """Destroy every file that holds the key; what is left to do by hand, nothing when all is done."""
    left = []
    for file in key_files.all_of(settings.key_file):
        try:
            key_files.destroy(file)
        except OSError:
            left.append(f"The key {file} could not be destroyed. Destroy it by hand, now.")
    if is_credential(settings.key_file):
        left.append("The service manager handed the key over: destroy the file it takes it from, too.")
    return left


def end_running(settings: Settings) -> int:
    """End every process that runs the bot here, at once; the number of processes."""
    ended = presence.running(settings.data_dir)
    for process in ended:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    return len(ended)


async def destroy_data(settings: Settings, rules: Iterable[FileRule]) -> list[str]:
    """Delete everything that the registry and `rules` name, and known backups; what is left to do by hand."""
    left = []
    backups = known_backups.known(settings.data_dir)
    named = [path for rule in (*retention.FILES, *rules) for path in settings.data_dir.glob(rule.kept.place)]
    for file in dict.fromkeys([*backups, *named]):
        try:
            if not settings.encryption:
                _overwrite(file)
            file.unlink(missing_ok=True)
        except OSError:
            left.append(f"{file} could not be deleted. Without the key it does not open.")
    if settings.database != "sqlite":
        left += await _drop_tables(settings)
    return left


def _overwrite(file: Path) -> None:
    with file.open("r+b") as opened:
        size = file.stat().st_size
        while opened.tell() < size:
            opened.write(bytes(min(size - opened.tell(), 1 << 20)))
        opened.flush()
        os.fsync(opened.fileno())


async def _drop_tables(settings: Settings) -> list[str]:
    """Take every table of ours out of PostgreSQL."""
    database = open_database(settings, Keys(bytes(SIZE)))
    try:
        async with asyncio.timeout(_MOST_S), database.write(is_alone=True) as connection:
            await connection.run_sync(upgrade.remove)
    except (StorageError, SQLAlchemyError, OSError, TimeoutError):
        return ["The tables in PostgreSQL could not be dropped. Without the key their sealed fields do not open."]
    finally:
        await database.close()
    return []
