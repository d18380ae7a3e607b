"""`export`, `import` and `need`: what a community decided, for a pull request; files of others, as suggestions; what is missing.

An export holds what is answered now: the directory file with the approved changes over it, in canonical order below the
comment at its head. Without changes it is the file itself.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.app import build
from bot.core.clock import Clock
from bot.core.need import Need  # noqa: TC001  (as the others, which run)
from bot.directory.changes import Change, apply
from bot.directory.importing import Imported, Suggesting, read_proposals, suggest_all
from bot.directory.merging import text_of, write_whole
from bot.directory.sheet import write_sheet
from bot.directory.snapshot import Directory, Snapshot, find_directory
from bot.handlers.importing import Importing
from bot.handlers.vetting import opened
from bot.keeping import keeping_in
from bot.living import Living
from bot.reading import MOST_BYTES, Fault, Unreadable, read_bytes
from bot.settings import Settings
from bot.storage.engine import may_have_data
from bot.storage.open import open_storage

COMMANDS = ("export", "import", "need")
DONE, FAULTY, UNUSABLE = 0, 1, 2


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of these commands."""
    parser.add_argument("--csv", action="store_true", help="export: as a sheet")
    parser.add_argument("--look", action="store_true", help="import: only say what would be suggested")


async def carry_out(settings: Settings, clock: Clock, given: argparse.Namespace) -> int:
    """Carry a command out; the exit code."""
    match [given.command, *given.words]:
        case ["export", *target] if len(target) < 2:
            return await export(settings, clock, *target, as_sheet=given.csv)
        case ["import", source] if given.look:
            return await import_(settings, clock, source)
        case ["import", source]:
            return await _import_into_queue(settings, clock, source)
        case ["need"]:
            return await need(settings, clock)
    sys.stderr.write("Say: export [FILE], import FILE, or need. A dash stands for standard input or output.\n")
    return UNUSABLE


async def export(settings: Settings, clock: Clock, target: str = "-", *, as_sheet: bool = False) -> int:
    """Write the merged directory to `target` ("-" is standard output), as a sheet where it ends in .csv; the exit code."""
    merged, faults = await merged_directory(settings, clock)
    if faults:
        _say(faults)
        return FAULTY
    text = write_sheet(merged.records) if as_sheet or target.endswith(".csv") else text_of(merged)
    if target == "-":
        sys.stdout.buffer.write(text.encode())
    else:
        try:
            await asyncio.to_thread(write_whole, Path(target), text)
        except OSError:
            sys.stderr.write("The file cannot be written. Nothing was changed; name one that you may write to.\n")
            return UNUSABLE
    left_out = sorted(set(merged.shipped) - set(merged.by_id))
    sys.stderr.write(f"{len(merged.records)} records. {_left_out(left_out)}\n")
    return DONE


async def import_(settings: Settings, clock: Clock, source: str, suggesting: Suggesting | None = None) -> int:
    """Hand the proposals of a file in as suggestions; without `suggesting` only say what would be. The exit code."""
    merged, faults = await merged_directory(settings, clock)
    if faults:
        _say(faults)
        return FAULTY
    try:
        content = await asyncio.to_thread(_read, source)
    except Unreadable as unreadable:
        sys.stderr.write(f"{unreadable.fault.sentence}\n")
        return UNUSABLE
    found = await asyncio.to_thread(read_proposals, content, source, merged.by_id, clock.now().date())
    _say(found.faults)
    if found.faults:
        sys.stderr.write("Nothing was suggested.\n")
        return FAULTY
    sys.stdout.write(await _handed_in(found, suggesting) + "\n")
    return DONE


async def _import_into_queue(settings: Settings, clock: Clock, source: str) -> int:
    """Import with the vetting of this installation."""
    if not settings.communities:
        sys.stderr.write("Nobody moderates here yet: name a community and its moderators in umbrella.yaml.\n")
        return UNUSABLE
    storage = await open_storage(settings, clock)
    try:
        app = build(settings, clock.now(), serves=True)
        living = Living(app, storage.changes, clock)
        await living.refresh()
        vetting = await opened(keeping_in(storage, clock), app.ask.tools, settings, app.directory)
        return await import_(settings, clock, source, Importing(vetting, app.ask.tools))
    finally:
        await storage.close()


async def merged_directory(settings: Settings, clock: Clock) -> tuple[Snapshot, Sequence[Fault]]:
    """The file with the changes over it, and the faults of the file. Raises as `open_storage` does."""
    directory = Directory()
    faults = directory.reload(find_directory(settings.directory), now=clock.now())
    base = directory.current
    merged = apply(base.records, await _changes(settings, clock))
    if merged.unread:
        sys.stderr.write(f"{len(merged.unread)} approved changes cannot be read by this version and are left out.\n")
    return Snapshot(merged.records, base.source, base.loaded_at, base.records), faults


async def need(settings: Settings, clock: Clock) -> int:
    """Print what was asked for five times or more in a month and region and is not there."""
    shown: Sequence[tuple[Need, int]] = ()
    if may_have_data(settings):
        storage = await open_storage(settings, clock)
        try:
            shown = await storage.needs.shown()
        finally:
            await storage.close()
    lines = [f"{each.month:%Y-%m}  {each.region}  {each.topic}  {count}\n" for each, count in shown]
    sys.stdout.writelines(lines or ["Nothing was asked for and missing five times or more.\n"])
    return DONE


async def _changes(settings: Settings, clock: Clock) -> Sequence[Change]:
    if not may_have_data(settings):
        return ()
    storage = await open_storage(settings, clock)
    try:
        return await storage.changes.all()
    finally:
        await storage.close()


def _read(source: str) -> bytes:
    """The bytes of a file or of standard input, one more than may be at most. Raises Unreadable."""
    return sys.stdin.buffer.read(MOST_BYTES + 1) if source == "-" else read_bytes(Path(source))


async def _handed_in(found: Imported, suggesting: Suggesting | None) -> str:
    known = f"{found.known_count} are here already as they are."
    if suggesting is None:
        return f"{len(found.proposed)} would be suggested; {known}"
    count = await suggest_all(found.proposed, suggesting)
    refused = len(found.proposed) - count
    more = f" {refused} were not taken in: they wait already, or too much waits." if refused else ""
    return f"{count} wait for moderators now; {known}{more}"


def _left_out(ids: Sequence[str]) -> str:
    if not ids:
        return "All records of the file are in it."
    return (
        f"Not in it, because moderators hid them or took them out: {', '.join(ids)}. "
        "A pull request with this file deletes them; put back what is hidden only for a while."
    )


def _say(faults: Sequence[Fault]) -> None:
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
