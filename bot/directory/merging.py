"""The file and the community's changes as one snapshot, and that snapshot as the file the terminal reads."""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from bot.directory.changes import Change, apply, hide_contact, read_record, simple
from bot.directory.model import Resource
from bot.directory.snapshot import MERGED_FILE, Snapshot
from bot.directory.write import dump, head_of


def merge(base: Snapshot, changes: Sequence[Change], now: datetime) -> tuple[Snapshot, tuple[int, ...]]:
    """`base` with the changes over it, and the versions of those that could not be read.

    Without a file (`base.records` is empty) there is nothing to merge with: the changes are handed on, so that what is
    hidden stays hidden among the last good contacts too.
    """
    if not base.records:
        return replace(base, changes=tuple(changes), loaded_at=now), ()
    merged = apply(base.records, changes)
    return Snapshot(merged.records, base.source, now, base.records, tuple(changes)), merged.unread


def file_before(merged: Iterable[Resource], changes: Iterable[Change]) -> tuple[Resource, ...]:
    """What the file held, as far as the merged records and the changes still say: for a start without a good file.

    A record that was put stands as its file had it, or not at all; the checks of others stay in.
    """
    records = {record.id: record for record in merged}
    for change in changes:
        if change.kind == "put":
            records.pop(change.record_id, None)
            base = read_record(change.base) if change.base else None
            if base is not None:
                records[base.id] = base
    return tuple(records[each] for each in sorted(records))


def left_out(text: str, records: Sequence[Resource], day: date) -> tuple[Change, ...]:
    """Changes that hide what a merged file no longer names, for when it cannot be read as records any more.

    `records` are the last good contacts. A text that names less than half of them is no merged file: nothing is hidden
    then, because somebody may be in danger.
    """
    blocks = {block.partition("\n")[0]: block for block in f"\n{text}".split("\n- id: ")}
    gone = [each for each in records if each.id not in blocks]
    if len(gone) * 2 > len(records):
        return ()
    hidden = [simple("hide", each.id, day, approvals=0, by=()) for each in gone]
    lines = [
        hide_contact(each, line, day)
        for each in records
        for line in ("phone", "text", "whatsapp", "email", "url")
        if each not in gone and getattr(each.contact, line) and f"\n    {line}: " not in blocks[each.id]
    ]
    return (*hidden, *lines)


def text_of(snapshot: Snapshot) -> str:
    """The snapshot in canonical order, below the comment at the head of its file."""
    head = ""
    with suppress(OSError, UnicodeDecodeError):  # a file that is away by now has no head to keep; its records are held
        head = head_of(Path(snapshot.source).read_text("utf-8-sig"))
    return dump(snapshot.records, head)


def write_merged(snapshot: Snapshot, folder: Path) -> None:
    """Write `folder`/directory.yaml whole (0600): who reads it sees the one before or this one. Raises OSError."""
    write_whole(folder / MERGED_FILE, text_of(snapshot), 0o600)


def write_whole(path: Path, text: str, mode: int = 0o666) -> None:
    """Write a file that is there whole or not at all, and on the disk before it has its name. Raises OSError."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with open(descriptor, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123  (a descriptor, not a path)
            file.write(text)
            file.flush()
            os.fsync(descriptor)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    held = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
