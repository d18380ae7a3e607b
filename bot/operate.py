"""The commands of whoever runs the bot: run, doctor, kept, queue, those of `upkeep` and `exchange`, and of the doors.

Their sentences are in English, as the settings are.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from pathlib import Path

from bot import calendars, doctor, exchange, log, signing, upkeep
from bot.core.clock import Clock, SystemClock
from bot.core.finding import Finding, UnsafeSetupError
from bot.core.ground import AskingDoor, Door
from bot.core.kept import Kept
from bot.doors import PACKAGES, door_of, doors_of
from bot.errors import Arguments, BotError, InputError, StorageError, TransientError
from bot.keeping import kept_in
from bot.serving import close_off, ground_on, rules_of, run
from bot.settings import Settings, SettingsError, load
from bot.storage import retention
from bot.storage.engine import has_data, may_have_data
from bot.storage.open import looking_into, open_storage
from bot.text.messages import Messages

DONE, FAULTY, UNUSABLE = 0, 1, 2
WORDLESS = ("run", "doctor", "kept", "queue")
"""Commands of this file; they take no words."""


def main(argv: Sequence[str]) -> int:
    """Carry out `argv`; the exit code: 0 done, 1 something failed or was found, 2 it cannot be done as it is set up."""
    try:
        given = _given(argv)
        return _carried_out(load(given.config), given)
    except BotError as error:
        sys.stderr.write(f"{_explained(error)}\n")
        return UNUSABLE
    except KeyboardInterrupt:
        return DONE
    except Exception as error:  # noqa: BLE001  (a person gets a sentence; class and place alone are logged)
        log.failure("operate.failed", error)
        sys.stderr.write(f"Something went wrong in the program ({type(error).__name__}). Please report it.\n")
        return FAULTY


def _explained(error: BotError) -> str:
    """What is wrong and how to mend it."""
    match error:
        case StorageError():
            return f"The database cannot be used now ({error.reason}). Nothing was changed; try again later."
        case TransientError():
            return "The server cannot be reached. Check its address and the network, or try again later."
        case UnsafeSetupError() | SettingsError():
            return str(error)
        case _:
            return Messages.shipped().say("en", error.message_id, **error.args_for_text)


def _given(argv: Sequence[str]) -> argparse.Namespace:
    parser = Arguments(prog="python -m bot", allow_abbrev=False)
    groups = (upkeep, exchange, signing, calendars)
    known = (*WORDLESS, *(name for each in groups for name in each.COMMANDS), *PACKAGES)
    parser.add_argument("command", choices=known)
    parser.add_argument("words", nargs="*", metavar="WORDS", help="a file, or what to do, such as login")
    parser.add_argument("--config", metavar="FILE", type=Path, help="settings, else ./umbrella.yaml if it is there")
    upkeep.add_options(parser)
    exchange.add_options(parser)
    calendars.add_options(parser)
    # Intermixed: an option may stand before a file.
    return parser.parse_intermixed_args(argv)


def _carried_out(settings: Settings, given: argparse.Namespace) -> int:
    if given.words and given.command in WORDLESS:
        raise InputError("error-usage")
    if given.command == "kept":
        sys.stdout.writelines(kept_lines(retention.kept(rules_of(doors_of(settings)))))
        return DONE
    commands = {"run": run, "queue": show_queue, "doctor": examine}
    if given.command in commands:
        return asyncio.run(commands[given.command](settings))
    if given.command in PACKAGES:
        return asyncio.run(_at_door(settings, given.command, given.words))
    close_off()
    clock = SystemClock()
    if given.command in upkeep.COMMANDS:
        return asyncio.run(upkeep.carry_out(settings, clock, given, lambda: rules_of(doors_of(settings))))
    if given.command in signing.COMMANDS:
        return asyncio.run(signing.carry_out(settings, clock, given.words))
    if given.command in calendars.COMMANDS:
        return asyncio.run(calendars.carry_out(settings, clock, given))
    return asyncio.run(exchange.carry_out(settings, clock, given))


async def _at_door(settings: Settings, platform: str, words: Sequence[str]) -> int:
    """Have a door carry out a command of its own."""
    close_off()
    door = door_of(settings, platform)
    storage = await open_storage(settings, clock := SystemClock())
    try:
        return await door.command(ground_on(settings, clock, storage), words)
    finally:
        await storage.close()


async def examine(settings: Settings) -> int:
    """Print every finding with its mend; 1 when one of them stops a start.

    First what can be seen here; where nothing of it stops a start, what the platforms say.
    """
    missing: tuple[Finding, ...] = ()
    try:
        doors = doors_of(settings)
    except UnsafeSetupError as error:
        doors, missing = [], error.findings
    found = [*missing, *doctor.examine(settings, doors)]
    found += await doctor.examine_database(settings, clock := SystemClock())
    if not any(finding.level == "refuse" for finding in found):
        found += await _asked(settings, doors, clock)
    words = {"refuse": "Must be mended", "warn": "Warning", "note": "Note"}
    sys.stdout.writelines(f"{words[finding.level]}: {finding}\n" for finding in found)
    if not found:
        sys.stdout.write("All is well.\n")
    return FAULTY if any(finding.level == "refuse" for finding in found) else DONE


async def show_queue(settings: Settings) -> int:
    """Print how many cases wait in each community, and how long the oldest has waited."""
    found = []
    if may_have_data(settings):
        storage = await open_storage(settings, clock := SystemClock())
        try:
            found = await kept_in(storage, clock).cases.queue()
        finally:
            await storage.close()
    lines = [
        f"{each.community}: {each.count} waiting, {each.urgent} urgent, the oldest for {each.oldest_days} days\n"
        for each in found
    ]
    sys.stdout.writelines(lines or ["Nothing waits.\n"])
    return DONE


async def _asked(settings: Settings, doors: Sequence[Door], clock: Clock) -> list[Finding]:
    """How it stands with the communities, and what the platforms say of the accounts; nothing is made or changed."""
    asking = [door for door in doors if isinstance(door, AskingDoor)]
    found = []
    async with looking_into(settings, clock) if has_data(settings) else nullcontext() as storage:
        # A database of an older version, which the next run brings up to date, has no table of joined rooms.
        with suppress(StorageError):
            joined = await storage.review_rooms.all() if storage else ()
            found += doctor.examine_communities(settings, joined)
        for door in asking:
            found += await door.examine(settings, storage.state if storage else None)
    return found


def kept_lines(entries: Sequence[Kept]) -> list[str]:
    """What is kept, why and until when, one paragraph each; where the policy has no row for it, by which row it goes."""
    return [
        f"{entry.place}\n  what:  {entry.what}\n  why:   {entry.why}\n  until: {entry.ends}\n"
        + (
            f"  rule:  the policy has no row for this, the nearest is “{entry.policy}”; it ends as said above\n"
            if entry.is_nearest
            else ""
        )
        for entry in entries
    ]
