"""`python -m bot calendar [FILE|FOLDER|-]`: events and the days of the movement, for the calendar of a website or a phone.

Into a folder goes one file with everything and one for each event. Names of files say nothing (`k7q2.ics`). Where
nothing is kept yet, the days alone make the calendar.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.announcements.events import Event
from bot.core.clock import Clock
from bot.settings import Settings
from bot.storage.engine import may_have_data
from bot.storage.events import StoredEvents
from bot.storage.open import looking_into
from bot.text.messages import Messages

COMMANDS = ("calendar",)
ALL = "calendar.ics"
DONE, UNUSABLE = 0, 2


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of these commands."""
    parser.add_argument(
        "--titles", action="store_true", help="calendar: titles as they are, also those that reveal something"
    )


async def carry_out(settings: Settings, clock: Clock, given: argparse.Namespace) -> int:
    """Write the calendar to a file, a folder, or standard output; the exit code."""
    if len(given.words) > 1:
        sys.stderr.write("Say: calendar [FILE|FOLDER|-]\n")
        return UNUSABLE
    # Its library is of no use to a bot that serves, and would stay in its memory.
    from bot.announcements.calendar import Pages  # noqa: PLC0415

    target = Path(*given.words or ["-"])
    pages = Pages(Messages.shipped().say, clock.now(), is_open=given.titles)
    events = await coming(settings, clock)
    page = pages.all(settings.language or "en", events)
    if target == Path("-"):
        sys.stdout.buffer.write(page)
        sys.stdout.buffer.flush()
        return DONE
    return _written(target, page, {f"{each.code.lower()}.ics": pages.one(each) for each in events})


async def coming(settings: Settings, clock: Clock) -> Sequence[Event]:
    """The published events, none where nothing was ever kept. Raises StorageError, UnsafeSetupError."""
    if not may_have_data(settings):
        return ()
    async with looking_into(settings, clock) as storage:
        return await StoredEvents(storage.database, clock).coming()


def _written(target: Path, page: bytes, single: Mapping[str, bytes]) -> int:
    """Everything into a file, or into a folder with each event by itself beside it; the exit code."""
    try:
        files = (
            {target / name: each for name, each in {ALL: page, **single}.items()} if target.is_dir() else {target: page}
        )
        for path, each in files.items():
            path.write_bytes(each)
    except OSError:
        sys.stderr.write("The calendar cannot be written there. Name a file or a folder that you may write to.\n")
        return UNUSABLE
    return DONE
