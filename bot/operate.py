"""The commands of whoever runs the bot: run, doctor, kept, export, import, need, and those of the doors (matrix login).

Their sentences are in English, as the settings are.
"""

import argparse
import asyncio
import contextlib
import os
import resource
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot import doctor, exchange, log
from bot.app import App, build, with_moderating
from bot.core.clock import Clock, SystemClock
from bot.core.finding import Finding, UnsafeSetupError
from bot.core.ground import Adapter, Dispatch, Door, Ground
from bot.core.kept import Kept
from bot.doors import PACKAGES, door_of, doors_of
from bot.errors import BotError, InputError
from bot.handlers.conversation import Conversations
from bot.handlers.moderating import Books
from bot.living import Living, keep_counted, keep_counts
from bot.running import run_doors, stopped_by_signals
from bot.settings import Settings, load
from bot.storage import retention
from bot.storage.open import Storage, open_storage

DONE, FAULTY, UNUSABLE = 0, 1, 2
EXCHANGE = ("export", "import", "need")


def main(argv: Sequence[str]) -> int:
    """Carry out `argv`; the exit code: 0 done, 1 something failed or was found, 2 it cannot be done as it is set up."""
    parser = argparse.ArgumentParser(prog="python -m bot", allow_abbrev=False)
    parser.add_argument("command", choices=("run", "doctor", "kept", *EXCHANGE, *PACKAGES))
    parser.add_argument("words", nargs="*", metavar="WORDS", help="for a platform what to do there; a file, or -")
    parser.add_argument("--csv", action="store_true", help="export: as a sheet")
    parser.add_argument("--look", action="store_true", help="import: only say what would be suggested")
    parser.add_argument("--config", metavar="FILE", type=Path, help="settings, else ./umbrella.yaml if it is there")
    given = parser.parse_intermixed_args(argv)
    try:
        if given.command == "kept":
            sys.stdout.writelines(kept_lines(retention.kept()))
            return DONE
        settings = load(given.config)
        if given.command in EXCHANGE:
            return asyncio.run(_exchange(settings, given.command, given.words, as_sheet=given.csv, only_looks=given.look))
        if given.command in PACKAGES:
            return asyncio.run(_at_door(settings, given.command, given.words))
        command = run if given.command == "run" else examine
        return asyncio.run(command(settings))
    except BotError as error:
        sys.stderr.write(f"{error}\n")
        return UNUSABLE
    except KeyboardInterrupt:
        return DONE


async def _exchange(
    settings: Settings, command: str, words: Sequence[str], *, as_sheet: bool, only_looks: bool
) -> int:
    """Export, import, or show what is missing."""
    _close_off()
    clock = SystemClock()
    if command == "export" and len(words) < 2:
        return await exchange.export(settings, clock, *words, as_sheet=as_sheet)
    if command == "import" and len(words) == 1:
        return await exchange.import_(settings, clock, words[0], None)
    if command == "need" and not words:
        return await exchange.need(settings, clock)
    sys.stderr.write("Write: export [FILE], import FILE, or need. A dash stands for standard input or output.\n")
    return UNUSABLE


async def _at_door(settings: Settings, platform: str, words: Sequence[str]) -> int:
    """Have a door carry out a command of its own."""
    _close_off()
    door = door_of(settings, platform)
    storage = await open_storage(settings, clock := SystemClock())
    try:
        return await door.command(ground_on(settings, clock, storage), words)
    finally:
        await storage.close()


async def run(settings: Settings, doors: Sequence[Door] | None = None, clock: Clock | None = None) -> int:
    """Open every door that is set up and serve until SIGTERM or SIGINT.

    Raises UnsafeSetupError when it may not start as it is set up, StorageError when the database is away.
    """
    _close_off()
    clock = clock or SystemClock()
    stop = asyncio.Event()
    with stopped_by_signals(stop):
        doors = doors_of(settings) if doors is None else doors
        found = doctor.examine(settings, doors)
        doctor.refuse(found)
        sys.stderr.writelines(f"{finding}\n" for finding in found if finding.level == "warn")
        app = build(settings, clock.now(), serves=True)
        storage = await open_storage(settings, clock)
        try:
            return await _serve(app, doors, storage, clock, stop)
        finally:
            await storage.close()


async def _serve(app: App, doors: Sequence[Door], storage: Storage, clock: Clock, stop: asyncio.Event) -> int:
    """Run the doors, the expiry and what keeps the directory alive until `stop`; the exit code."""
    app = with_moderating(app, Books(storage.changes, storage.acts, storage.needs))
    living = Living(app, storage.changes, clock)
    await living.refresh()
    ground = ground_on(app.settings, clock, storage)
    secret = storage.keys.subkey("person", "conversation")
    rules = [*retention.FILES, *(rule for door in doors for rule in door.RULES)]

    def is_urgent(text: str) -> bool:
        with contextlib.suppress(InputError):
            return app.answer(text, now=clock.now()).urgency == "now"
        return False

    def dispatch_for(adapter: Adapter) -> Dispatch:
        return Conversations(
            app.router.dispatch,
            storage.forms,
            clock,
            secret,
            app.messages,
            shows_forms=adapter.shows_forms,
            interrupts=is_urgent,
        )

    def expire_files(now: datetime) -> int:
        return retention.expire_files(app.settings.data_dir, now, rules)

    code = await run_doors(
        [door.make(ground) for door in doors], dispatch_for, clock, stop,
        [
            lambda: retention.keep_expiring(storage.database, clock, expire_files),
            living.follow,
            lambda: keep_counts(app.counting, storage.needs, clock),
        ],
        lambda error: print(error, file=sys.stderr),  # noqa: T201  (whoever runs the bot reads it there)
    )  # fmt: skip
    await keep_counted(app.counting, storage.needs)
    return code


def ground_on(settings: Settings, clock: Clock, storage: Storage) -> Ground:
    """What the doors are handed."""
    return Ground(
        settings,
        clock,
        storage.keys,
        storage.people,
        storage.handled,
        storage.pending,
        storage.forms,
        storage.preferences,
        storage.rooms,
        storage.state,
    )


async def examine(settings: Settings) -> int:
    """Print every finding with its mend; 1 when one of them stops a start."""
    missing: tuple[Finding, ...] = ()
    try:
        doors = doors_of(settings)
    except UnsafeSetupError as error:
        doors, missing = [], error.findings
    found = [*missing, *doctor.examine(settings, doors)]
    found += await doctor.examine_database(settings, SystemClock())
    words = {"refuse": "Must be mended", "warn": "Unsafe", "note": "Note"}
    sys.stdout.writelines(f"{words[finding.level]}: {finding}\n" for finding in found)
    if not found:
        sys.stdout.write("All is well.\n")
    return FAULTY if any(finding.level == "refuse" for finding in found) else DONE


def kept_lines(entries: Sequence[Kept]) -> list[str]:
    """What is kept, why and until when, one paragraph each."""
    return [f"{entry.place}\n  what:  {entry.what}\n  why:   {entry.why}\n  until: {entry.ends}\n" for entry in entries]


def _close_off() -> None:
    """New files are for this user alone, a crash leaves no picture of the memory, and libraries say no content."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    log.show()
    log.cap_libraries()
