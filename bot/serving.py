"""A bot that serves: everything that runs beside one another from its start to SIGTERM, wired here and nowhere else."""

import asyncio
import ctypes
import gc
import os
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime

from bot import doctor, log
from bot.announcements.late import SayingSo
from bot.announcements.ports import Opening
from bot.announcements.proposing import Proposing
from bot.announcements.reminding import Reminding
from bot.announcements.showing import Showing
from bot.app import App, build, with_moderating
from bot.core.attention import Attention
from bot.core.clock import Clock, SystemClock
from bot.core.ground import Adapter, Dispatch, Door, Ground
from bot.core.kept import FileRule
from bot.core.meeting import MeetingRooms
from bot.core.ports import KnownForms
from bot.doors import doors_of
from bot.errors import SetupError, StorageError
from bot.handlers.announcing import rules_for, with_announcements
from bot.handlers.conversation import Conversations
from bot.handlers.digest import Digests
from bot.handlers.moderating import Books
from bot.handlers.router import Router
from bot.handlers.spoken import Replied, nothing_said
from bot.handlers.uncertain import Notices, with_uncertain
from bot.keeping import keeping_in, opening_in
from bot.living import Living, Weekly, keep_counted, keep_counts
from bot.outbox.ports import Sender
from bot.outbox.steady import SteadyClock
from bot.outbox.worker import Worker
from bot.running import Background, run_doors, stopped_by_signals
from bot.settings import Settings
from bot.storage import presence, retention
from bot.storage.open import Storage, keep_opening, open_storage
from bot.vetting.ports import Keeping
from bot.vetting.timing import keep_time


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


@contextmanager
def _settled() -> Iterator[None]:
    """What the start has made stays. To look through all of it for garbage would hold every answer up, for 80 ms.

    What it made and let go of is given back to the system, which glibc does not do by itself.
    """
    gc.collect()
    gc.freeze()
    with suppress(AttributeError, OSError):  # another libc keeps what it keeps
        ctypes.CDLL(None).malloc_trim(0)
    try:
        yield
    finally:
        gc.unfreeze()


async def _serve(app: App, doors: Sequence[Door], storage: Storage, clock: Clock, stop: asyncio.Event) -> int:
    """Run the doors and what goes on beside them until `stop`; the exit code."""
    app = with_moderating(app, Books(storage.changes, storage.acts, storage.needs, storage.review_rooms))
    keeping, opening = keeping_in(storage, clock), opening_in(storage, clock)
    living = Living(app, storage.changes, clock)
    await living.begin()
    with suppress(StorageError):  # then with the next look of `keep_time`
        app.ask.tools.meeting.take_in(await storage.review_rooms.all())
    router = with_announcements(app.router, app.ask.tools, app.settings, opening)
    router = with_uncertain(router, storage.outbox, clock)
    ground = ground_on(app.settings, clock, storage, app.ask.tools.meeting)
    adapters = [door.make(ground) for door in doors]
    background = [
        *_upkeep(app.settings, rules_of(doors), storage, clock),
        living.follow,
        lambda: keep_time(lambda: app.vetting(keeping), storage.outbox.add, clock),
        lambda: keep_counts(app.counting, storage.needs, clock),
        *await _unasked(app, opening, storage, clock),
        worker_for(app, adapters, storage, ground).run,
    ]
    dispatch_for = conversations_for(app, router, storage, keeping, clock)
    with _settled():
        code = await run_doors(adapters, dispatch_for, clock, stop, background, _said)
    await keep_counted(app.counting, storage.needs)
    return code


def _said(error: SetupError) -> None:
    """Why a door stays closed, where whoever runs the bot reads it."""
    sys.stderr.write(f"{error}\n")


def _upkeep(settings: Settings, rules: Sequence[FileRule], storage: Storage, clock: Clock) -> list[Background]:
    """What opens the storage when it was away, and ends what is kept in it and in files."""

    def expire_files(now: datetime) -> int:
        return retention.expire_files(settings.data_dir, now, rules)

    return [
        lambda: keep_opening(storage, settings, clock),
        lambda: retention.keep_expiring(storage.database, clock, expire_files),
    ]


async def _unasked(app: App, opening: Opening, storage: Storage, clock: Clock) -> list[Background]:
    """What rooms and people are told by the calendar: checks due, days to come, reminders, what is new."""
    boards, steady = await opening.open(), SteadyClock(clock)
    rules = rules_for(app.ask.tools, app.settings)
    return [
        Weekly(app, storage.outbox, steady).run,
        Proposing(boards.announcements, rules, steady).run,
        Showing(boards.events.coming, app.settings.data_dir, clock).run,
        Reminding(boards.reminders, boards.events, app.messages.say, steady).run,
        Digests(app.ask.tools, replace(opening, clock=steady), storage.changes).run,
    ]


def conversations_for(
    app: App, router: Router, storage: Storage, keeping: Keeping, clock: Clock
) -> Callable[[Adapter], Dispatch]:
    """What stands between each door and the router."""
    secret = storage.keys.subkey("person", "conversation")

    def dispatch_for(adapter: Adapter) -> Dispatch:
        return Conversations(
            router.dispatch, KnownForms(storage.forms), clock, secret, app.messages,
            shows_forms=adapter.shows_forms, interrupts=lambda text: app.is_urgent(text, clock.now()),
            replied=Replied(keeping.said_at or nothing_said),
        )  # fmt: skip

    return dispatch_for


def worker_for(app: App, adapters: Sequence[Adapter], storage: Storage, ground: Ground) -> Worker:
    """What delivers the outbox by the doors that can speak unasked."""
    notices = Notices(app.messages, app.ask.tools.meeting, app.settings.language or "en")
    steady = SteadyClock(ground.clock)
    senders = [SayingSo(each, steady) for each in adapters if isinstance(each, Sender)]
    return Worker(storage.outbox, senders, ground.clock, notices, attention=ground.attention)


def rules_of(doors: Sequence[Door]) -> list[FileRule]:
    """The files that doors keep."""
    return [rule for door in doors for rule in door.RULES]


def ground_on(settings: Settings, clock: Clock, storage: Storage, meeting: MeetingRooms | None = None) -> Ground:
    """What the doors are handed; `meeting` is what the handlers know of the review rooms, those of the file without it."""
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
        meeting or MeetingRooms(settings.communities),
        storage.review_rooms,
        Attention(clock),
    )


def close_off() -> None:
    """New files are for this user alone, a crash leaves no picture of the memory, and libraries say no content."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    log.show()
    log.cap_libraries()
