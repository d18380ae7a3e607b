"""The commands that look after what is kept: backup, restore, keys rotate, panic, expire.

Their sentences are in English, as the settings are. What cannot be done raises BotError.
"""

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from bot.core.clock import Clock
from bot.core.finding import Finding, UnsafeSetupError
from bot.core.kept import FileRule
from bot.settings import Settings
from bot.storage import backup, key_files, known_backups, panic, presence, retention, rotation
from bot.storage.keys import Keys
from bot.storage.open import Storage, open_storage

COMMANDS = ("backup", "restore", "keys", "panic", "expire")
DONE, FAULTY, UNUSABLE = 0, 1, 2
WORD = "destroy"
Rules = Callable[[], Iterable[FileRule]]
"""What the doors keep in files: asked for late, since it loads their libraries."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of these commands."""
    parser.add_argument("--to", metavar="FOLDER", type=Path, help="backup: a folder that keeps 7 days and 4 weeks")
    parser.add_argument("--replace", action="store_true", help="restore: in the place of what is kept now")
    parser.add_argument("--yes", action="store_true", help="panic: do not ask")


async def carry_out(settings: Settings, clock: Clock, given: argparse.Namespace, rules: Rules) -> int:
    """Carry a command out; the exit code."""
    match [given.command, *given.words]:
        case ["backup"] if given.to:
            return await _back_up_to(settings, clock, given.to)
        case ["backup", file] if not given.to:
            return await _written(settings, clock, _new(Path(file)))
        case ["restore", file]:
            return await _restore(settings, clock, Path(file), may_replace=given.replace)
        case ["keys", "rotate"]:
            return await _rotate(settings, clock, rules)
        case ["panic"]:
            return await _panic(settings, rules, is_sure=given.yes)
        case ["expire"]:
            return await _expire(settings, clock)
    _say("Say: backup FILE, backup --to FOLDER, restore FILE, keys rotate, panic, or expire.")
    return UNUSABLE


def _new(file: Path) -> Path:
    if file.exists():
        raise UnsafeSetupError(Finding("refuse", "backup-there", f"{file} is there already.", "Name another file."))
    return file


async def _back_up_to(settings: Settings, clock: Clock, folder: Path) -> int:
    today = clock.now().date()
    code = await _written(settings, clock, backup.path_in(folder, today))
    for gone in backup.thin(folder, today):
        _say(f"Deleted {gone}, which is no longer needed.")
    return code


async def _written(settings: Settings, clock: Clock, file: Path) -> int:
    storage = await open_storage(settings, clock)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Noted first: a backup that nobody knows of would not end.
        known_backups.note(settings.data_dir, file)
        count = await backup.back_up(storage.database, clock, file)
    except OSError:
        mend = "Choose a folder that can be written, with room on its disk."
        raise UnsafeSetupError(Finding("refuse", "backup-folder", f"{file} cannot be written.", mend)) from None
    finally:
        await storage.close()
    _say(f"Wrote {file}: {count} rows. Only this installation's key opens it: keep a copy of that elsewhere.")
    return DONE


async def _restore(settings: Settings, clock: Clock, file: Path, *, may_replace: bool) -> int:
    storage = await _open_alone(settings, clock, file)
    try:
        if not may_replace and not await backup.is_empty(storage.database):
            sentence = "Something is kept here already."
            raise UnsafeSetupError(Finding("refuse", "data-there", sentence, "Add --replace to put it out of the way."))
        count = await backup.restore(storage.database, clock, file)
    finally:
        await storage.close()
    _say(f"Restored {count} rows. What was erased or ended since is left out.")
    return DONE


async def _open_alone(settings: Settings, clock: Clock, file: Path) -> Storage:
    """The storage while no bot runs on it. Raises UnsafeSetupError."""
    if settings.key_file not in key_files.all_of(settings.key_file):
        sentence = f"There is no key {settings.key_file}, and only the key of its time opens {file}."
        raise UnsafeSetupError(Finding("refuse", "key-missing", sentence, "Put that key file back first."))
    backup.usable(file, Keys(key_files.masters(settings.key_file)[0]), clock.now().date())
    storage = await open_storage(settings, clock)
    if presence.running(settings.data_dir) or await storage.database.others_at_work():
        await storage.close()
        raise UnsafeSetupError(Finding("refuse", "bot-runs", "A bot runs on what is kept here.", "Stop it first."))
    return storage


async def _rotate(settings: Settings, clock: Clock, rules: Rules) -> int:
    await (await open_storage(settings, clock)).close()
    await rotation.rotate(settings)
    _say("The key is another one now, and the old one is destroyed.")
    if presence.running(settings.data_dir):
        _say("The running bot takes it up by itself; files of its doors move when it starts next.")
    else:
        await _move_files(settings, clock, rules)
    _say("Backups from before no longer open. Make a new one now: python -m bot backup FILE")
    return DONE


async def _move_files(settings: Settings, clock: Clock, rules: Rules) -> None:
    """Give the files of the doors their new key, too."""
    storage = await open_storage(settings, clock)
    try:
        for rule in rules():
            for file in settings.data_dir.glob(rule.kept.place) if rule.is_cipher else ():
                if not file.name.endswith(("-wal", "-shm", "-journal")):
                    storage.keys.file_key(file)
    finally:
        await storage.close()


async def _panic(settings: Settings, rules: Rules, *, is_sure: bool) -> int:
    if not is_sure:
        _say(f"This destroys the key and everything that is kept, for ever. Type {WORD} to go on:")
        if sys.stdin.readline().strip() != WORD:
            _say("Nothing was done.")
            return UNUSABLE
    left = panic.destroy_key(settings)
    _say("The key could not be destroyed." if left else "The key is destroyed: nothing that was kept opens any more.")
    ended = panic.end_running(settings)
    left += await panic.destroy_data(settings, _known(rules))
    _say(f"Ended {ended} running bot(s) and deleted what was kept here.")
    for sentence in left:
        _say(sentence)
    return FAULTY if left else DONE


def _known(rules: Rules) -> list[FileRule]:
    """What the doors keep, as far as their libraries can be loaded now."""
    try:
        return list(rules())
    except UnsafeSetupError:
        return []


async def _expire(settings: Settings, clock: Clock) -> int:
    storage = await open_storage(settings, clock)
    try:
        count = await retention.confirm(storage.database, clock.now())
    finally:
        await storage.close()
    _say(f"Deleted {count} rows whose time is over.")
    return DONE


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()
