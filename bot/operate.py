"""The commands of whoever runs the bot: run, doctor, kept, queue, those of `upkeep` and `exchange`, and of the doors.

Their sentences are in English, as the settings are.
"""

import argparse
import asyncio
import contextlib
import os
import resource
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from bot import calendars, doctor, exchange, log, signing, upkeep
from bot.announcements.proposing import Proposing
from bot.app import App, build, with_moderating
from bot.core.clock import Clock, SystemClock
from bot.core.finding import Finding, UnsafeSetupError
from bot.core.ground import Adapter, AskingDoor, Dispatch, Door, Ground
from bot.core.kept import FileRule, Kept
from bot.core.ports import KnownForms
from bot.doors import PACKAGES, door_of, doors_of
from bot.errors import BotError, InputError, StorageError
from bot.handlers.announcing import rules_for, with_announcements
from bot.handlers.conversation import Conversations
from bot.handlers.digest import Digests
from bot.handlers.moderating import Books
from bot.handlers.router import Router
from bot.handlers.spoken import Replied, nothing_said
from bot.handlers.uncertain import Notices, with_uncertain
from bot.keeping import keeping_in, kept_in, opening_in
from bot.living import Living, Weekly, keep_counted, keep_counts
from bot.outbox.ports import Sender
from bot.outbox.worker import Worker
from bot.running import run_doors, stopped_by_signals
from bot.settings import Settings, load
from bot.storage import presence, retention
from bot.storage.engine import has_data
from bot.storage.open import Storage, keep_opening, looking_into, open_storage
from bot.vetting.ports import Keeping
from bot.vetting.timing import keep_time

DONE, FAULTY, UNUSABLE = 0, 1, 2


def main(argv: Sequence[str]) -> int:
    """Carry out `argv`; the exit code: 0 done, 1 something failed or was found, 2 it cannot be done as it is set up."""
    parser = argparse.ArgumentParser(prog="python -m bot", allow_abbrev=False)
    known = (
        "run",
        "doctor",
        "kept",
        "queue",
        *upkeep.COMMANDS,
        *exchange.COMMANDS,
        *signing.COMMANDS,
        *calendars.COMMANDS,
        *PACKAGES,
    )
    parser.add_argument("command", choices=known)
    parser.add_argument("words", nargs="*", metavar="WORDS", help="a file, or what to do, such as login")
    parser.add_argument("--config", metavar="FILE", type=Path, help="settings, else ./umbrella.yaml if it is there")
    upkeep.add_options(parser)
    exchange.add_options(parser)
    calendars.add_options(parser)
    # Intermixed: an option may stand before a file.
    given = parser.parse_intermixed_args(argv)
    try:
        settings = load(given.config)
        if given.command == "kept":
            sys.stdout.writelines(kept_lines(retention.kept(rules_of(doors_of(settings)))))
            return DONE
        if given.command in upkeep.COMMANDS:
            close_off()
            return asyncio.run(upkeep.carry_out(settings, SystemClock(), given, lambda: rules_of(doors_of(settings))))
        if given.command in signing.COMMANDS:
            close_off()
            return asyncio.run(signing.carry_out(settings, SystemClock(), given.words))
        if given.command in calendars.COMMANDS:
            close_off()
            return asyncio.run(calendars.carry_out(settings, SystemClock(), given))
        if given.command in exchange.COMMANDS:
            close_off()
            return asyncio.run(exchange.carry_out(settings, SystemClock(), given))
        if given.command in PACKAGES:
            return asyncio.run(_at_door(settings, given.command, given.words))
        commands = {"run": run, "queue": show_queue, "doctor": examine}
        return asyncio.run(commands[given.command](settings))
    except StorageError as error:
        sys.stderr.write(f"The database cannot be used now ({error.reason}). Nothing was changed; try again later.\n")
        return UNUSABLE
    except BotError as error:
        sys.stderr.write(f"{error}\n")
        return UNUSABLE
    except KeyboardInterrupt:
        return DONE


async def _at_door(settings: Settings, platform: str, words: Sequence[str]) -> int:
    """Have a door carry out a command of its own."""
    close_off()
    door = door_of(settings, platform)
    storage = await open_storage(settings, clock := SystemClock())
    try:
        return await door.command(ground_on(settings, clock, storage), words)
    finally:
        await storage.close()


async def run(settings: Settings, doors: Sequence[Door] | None = None, clock: Clock | None = None) -> int:
    """Open every door that is set up and serve until SIGTERM or SIGINT.

    Raises UnsafeSetupError when it may not start as it is set up. While the database is away questions are answered.
    """
    close_off()
    clock = clock or SystemClock()
    stop = asyncio.Event()
    with stopped_by_signals(stop):
        doors = doors_of(settings) if doors is None else doors
        found = doctor.examine(settings, doors)
        doctor.refuse(found)
        sys.stderr.writelines(f"{finding}\n" for finding in found if finding.level == "warn")
        storage = await open_storage(settings, clock, may_wait=True)
        try:
            app = build(settings, clock.now(), serves=True, keeping=keeping_in(storage, clock))
            with presence.present(settings.data_dir):
                return await _serve(app, doors, storage, clock, stop)
        finally:
            await storage.close()


async def _serve(app: App, doors: Sequence[Door], storage: Storage, clock: Clock, stop: asyncio.Event) -> int:
    """Run the doors, the expiry and what keeps the directory alive until `stop`; the exit code."""
    app = with_moderating(app, Books(storage.changes, storage.acts, storage.needs))
    living = Living(app, storage.changes, clock)
    await living.begin()
    keeping = keeping_in(storage, clock)
    ground = ground_on(app.settings, clock, storage)
    rules = rules_of(doors)
    opening = opening_in(storage, clock)
    router = with_announcements(app.router, app.ask.tools, app.settings, opening)
    proposing = Proposing((await opening.open()).announcements, rules_for(app.ask.tools, app.settings), clock)
    router = with_uncertain(router, storage.outbox, clock)

    def expire_files(now: datetime) -> int:
        return retention.expire_files(app.settings.data_dir, now, rules)

    adapters = [door.make(ground) for door in doors]
    worker = worker_for(app, adapters, storage, clock)
    code = await run_doors(
        adapters, conversations_for(app, router, storage, keeping, clock), clock, stop,
        [
            lambda: keep_opening(storage, app.settings, clock),
            lambda: retention.keep_expiring(storage.database, clock, expire_files),
            living.follow,
            lambda: keep_time(lambda: app.vetting(keeping), storage.outbox.add, clock),
            Weekly(app, storage.outbox, clock).run,
            lambda: keep_counts(app.counting, storage.needs, clock),
            proposing.run,
            Digests(app.ask.tools, opening, storage.changes).run,
            worker.run,
        ],
        lambda error: print(error, file=sys.stderr),  # noqa: T201  (whoever runs the bot reads it there)
    )  # fmt: skip
    await keep_counted(app.counting, storage.needs)
    return code


def conversations_for(
    app: App, router: Router, storage: Storage, keeping: Keeping, clock: Clock
) -> Callable[[Adapter], Dispatch]:
    """What stands between each door and the router."""
    secret = storage.keys.subkey("person", "conversation")

    def is_urgent(text: str) -> bool:
        with contextlib.suppress(InputError):
            return app.answer(text, now=clock.now()).urgency == "now"
        return False

    def dispatch_for(adapter: Adapter) -> Dispatch:
        return Conversations(
            router.dispatch, KnownForms(storage.forms), clock, secret, app.messages,
            shows_forms=adapter.shows_forms, interrupts=is_urgent, replied=Replied(keeping.said_at or nothing_said),
        )  # fmt: skip

    return dispatch_for


def worker_for(app: App, adapters: Sequence[Adapter], storage: Storage, clock: Clock) -> Worker:
    """What delivers the outbox by the doors that can speak unasked."""
    notices = Notices(app.messages, app.settings.communities, app.settings.language or "en")
    return Worker(storage.outbox, [each for each in adapters if isinstance(each, Sender)], clock, notices)


def rules_of(doors: Sequence[Door]) -> list[FileRule]:
    """The files that doors keep."""
    return [rule for door in doors for rule in door.RULES]


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
    words = {"refuse": "Must be mended", "warn": "Unsafe", "note": "Note"}
    sys.stdout.writelines(f"{words[finding.level]}: {finding}\n" for finding in found)
    if not found:
        sys.stdout.write("All is well.\n")
    return FAULTY if any(finding.level == "refuse" for finding in found) else DONE


async def show_queue(settings: Settings) -> int:
    """Print how many cases wait in each community, and how long the oldest has waited."""
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
    """What the platforms say of the accounts; nothing is made or changed."""
    asking = [door for door in doors if isinstance(door, AskingDoor)]
    if not has_data(settings):
        return [finding for door in asking for finding in await door.examine(settings, None)]
    async with looking_into(settings, clock) as storage:
        return [finding for door in asking for finding in await door.examine(settings, storage.state)]


def kept_lines(entries: Sequence[Kept]) -> list[str]:
    """What is kept, why and until when, one paragraph each."""
    return [f"{entry.place}\n  what:  {entry.what}\n  why:   {entry.why}\n  until: {entry.ends}\n" for entry in entries]


def close_off() -> None:
    """New files are for this user alone, a crash leaves no picture of the memory, and libraries say no content."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    log.show()
    log.cap_libraries()
