"""`python -m bot backup` and `restore`: all rows that may live as long as a backup does, in one sealed file.

The rows are read in one transaction and written out as they stand, fields still sealed, on both databases by the same
statements: a backup of SQLite can be restored into PostgreSQL. (SQLite's own backup copies pages, so it would hold what
lives for minutes, and PostgreSQL has no such thing.) What ends within 35 days is left out, as is where the doors stand:
a device restored from last week would repeat its keys.

A restore is one transaction too. What was erased since, as far as the database in place and the other backups beside
the file know (`forgotten`), is left out before it is written, and what is over by now goes in the same transaction; so
nobody ever reads it. Rows that no backup holds stay as they are, and what moderators decided about records since then
is carried over: a record that was hidden stays hidden.
"""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, insert, select, text

from bot.core.clock import Clock
from bot.core.finding import Finding, UnsafeSetupError
from bot.storage import retention, upgrade
from bot.storage.case_keys import case_mark
from bot.storage.connection import AsyncConnection
from bot.storage.engine import Database
from bot.storage.forgotten import forgotten
from bot.storage.keys import Keys, WrongKeyError
from bot.storage.schema import BACKUP_KEPT, TableRule, add_new, metadata, put
from bot.storage.sealed_file import Head, NotABackupError, Writer, lines, read_head

DAILY, WEEKLY = 7, 4
_NAME = re.compile(r"umbrella-(\d{4}-\d\d-\d\d)\.backup")
_AT_ONCE = 500
_OURS = ("alembic_version",)


async def back_up(database: Database, clock: Clock, file: Path) -> int:
    """Write a backup to `file`, whole or not at all; the number of rows in it. Raises StorageError, OSError."""
    count = 0
    async with database.read(is_snapshot=True) as connection:
        revision = await connection.scalar(text("SELECT version_num FROM alembic_version"))
        head = Head(clock.now().date(), database.keys.id.hex(), str(revision))
        with Writer(file, head, database.keys) as out:
            for table in await connection.run_sync(_backed_up):
                async for row in connection.stream(select(table)):
                    out.write(json.dumps([table.name, row._asdict()], default=_dumped).encode())
                    count += 1
    return count


def _backed_up(connection: Connection) -> list[Table]:
    """The tables of a backup as they are there now, whatever revision that is; what was erased comes first."""
    left_out = {rule.table.name for rule in retention.TABLES if not rule.is_backed_up}
    tables = [each for each in _tables(connection) if each.name not in {*left_out, *_OURS}]
    return sorted(tables, key=lambda table: table.name != forgotten.name)


def _tables(connection: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(connection)
    return found.sorted_tables


async def restore(database: Database, clock: Clock, file: Path) -> int:
    """Put the rows of a backup in the place of those that are there; the number of rows put in.

    Raises UnsafeSetupError for a file that cannot be used, StorageError; the database is then as it was.
    """
    head = usable(file, database.keys, clock.now().date())
    try:
        async with database.write(is_alone=True) as connection:
            erased = {*await _erased_here(connection, head), *_erased_beside(file, head, database.keys)}
            staying = await _staying(connection)
            await connection.run_sync(upgrade.remove)
            await connection.run_sync(upgrade.moved, head.revision)
            rows = _left(_rows(file, database.keys), erased, database.keys)
            count = await _put_in(connection, rows)
            await connection.run_sync(upgrade.moved, "head")
            for rule, values in staying:
                if rule.carry:
                    await rule.carry(connection, values)
                    continue
                # Erased once more since, it counts from then.
                place = put if rule.table is forgotten else add_new
                await place(connection, rule.table, **values)
            await retention.expire_rows(connection, clock.now())
            await _count_on(connection)
    except (NotABackupError, WrongKeyError):
        raise UnsafeSetupError(_no_backup(file)) from None
    await database.tidy()
    return count


def usable(file: Path, keys: Keys, today: date) -> Head:
    """The head of a backup that may be restored. Raises UnsafeSetupError with the mend."""
    try:
        head = read_head(file)
    except (OSError, NotABackupError):
        raise UnsafeSetupError(_no_backup(file)) from None
    if today - head.created_on > BACKUP_KEPT:
        sentence = f"{file} is older than {BACKUP_KEPT.days} days: what was erased since is known no more."
        raise UnsafeSetupError(Finding("refuse", "backup-old", sentence, "Delete it."))
    if head.key_id != keys.id.hex():
        sentence = f"{file} was made with another key."
        mend = "Put the key file of that time back, or take a backup made since the key was changed."
        raise UnsafeSetupError(Finding("refuse", "backup-key", sentence, mend))
    if head.revision not in upgrade.revisions():
        sentence = f"{file} was made by a newer version."
        raise UnsafeSetupError(Finding("refuse", "backup-newer", sentence, "Restore it with that version."))
    return head


def _no_backup(file: Path) -> Finding:
    return Finding("refuse", "backup-broken", f"{file} is no whole backup.", "Take another one.")


async def is_empty(database: Database) -> bool:
    """Whether nothing is kept that a restore would replace."""
    replaced = [rule.table for rule in retention.TABLES if rule.is_backed_up and rule.table is not forgotten]
    async with database.read() as connection:
        return not any([await connection.scalar(select(table).limit(1)) for table in replaced])


async def _erased_here(connection: AsyncConnection, head: Head) -> set[bytes]:
    """The marks of what was erased since, as far as this database knows."""
    query = select(forgotten.c.mark).where(forgotten.c.forgotten_on >= head.created_on)
    return {bytes(mark) for mark in await connection.scalars(query)}


def _erased_beside(file: Path, head: Head, keys: Keys) -> set[bytes]:
    """The marks of what was erased since, as far as the backups in the same folder know."""
    found = set()
    for other in file.parent.glob("*.backup"):
        with suppress(OSError, NotABackupError, WrongKeyError):  # what does not open tells nothing
            if read_head(other).created_on >= head.created_on:
                for name, row in _rows(other, keys):
                    if name != forgotten.name:
                        break
                    if row["forgotten_on"] >= head.created_on:
                        found.add(row["mark"])
    return found


async def _staying(connection: AsyncConnection) -> list[tuple[TableRule, dict[str, Any]]]:
    """The rows that no backup holds, what is known to be erased, and what is carried over."""
    found = []
    for rule in retention.TABLES:
        if not rule.is_backed_up or rule.table is forgotten or rule.carry:
            rows = await connection.execute(select(rule.table).order_by(*rule.table.primary_key))
            found += [(rule, row._asdict()) for row in rows]
    return found


def _rows(file: Path, keys: Keys) -> Iterator[tuple[str, dict[str, Any]]]:
    for line in lines(file, keys):
        name, row = json.loads(line, object_hook=_loaded)
        yield name, row


def _left(
    rows: Iterable[tuple[str, dict[str, Any]]], erased: set[bytes], keys: Keys
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows that were not erased since: by a mark of theirs, or with their case."""
    for name, row in rows:
        columns = metadata.tables[name].columns if name in metadata.tables and name != forgotten.name else ()
        marks = [row.get(each.name) for each in columns if "is_mark" in each.info]
        marks += [case_mark(keys, str(row.get(each.name))) for each in columns if "is_case" in each.info]
        if not erased.intersection(marks):
            yield name, row


async def _put_in(connection: AsyncConnection, rows: Iterable[tuple[str, dict[str, Any]]]) -> int:
    tables = {table.name: table for table in await connection.run_sync(_tables)}
    count = 0
    for name, group in groupby(rows, key=lambda row: row[0]):
        batch: list[dict[str, Any]] = []
        for _, row in group:
            batch.append(row)
            if len(batch) == _AT_ONCE:
                await connection.execute(insert(tables[name]), batch)
                count += len(batch)
                batch = []
        if batch:
            await connection.execute(insert(tables[name]), batch)
            count += len(batch)
    return count


async def _count_on(connection: AsyncConnection) -> None:
    """Let PostgreSQL's counters go on after the numbers that were put in."""
    if connection.dialect.name == "sqlite":
        return
    for table in metadata.sorted_tables:
        if (column := table.autoincrement_column) is not None and not table.c[column.name].foreign_keys:
            counter = f"pg_get_serial_sequence('{table.name}', '{column.name}')"
            query = f"SELECT setval({counter}, max({column.name})) FROM {table.name}"  # noqa: S608  (names of ours)
            await connection.execute(text(query))


def _dumped(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return {"bytes": bytes(value).hex()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    raise TypeError


def _loaded(held: dict[str, Any]) -> Any:
    if held.keys() == {"bytes"}:
        return bytes.fromhex(held["bytes"])
    return date.fromisoformat(held["day"]) if held.keys() == {"day"} else held


def path_in(folder: Path, today: date) -> Path:
    """Where the backup of a day lies in a folder of backups."""
    return folder / f"umbrella-{today.isoformat()}.backup"


def thin(folder: Path, today: date) -> list[Path]:
    """Delete the backups of a folder but one for each of the last 7 days that have one and of the 4 weeks before.

    None stays longer than 35 days. Gives back what was deleted; files of other names are left alone.
    """
    found = {date.fromisoformat(name[1]): path for path in folder.iterdir() if (name := _NAME.fullmatch(path.name))}
    days = sorted((day for day in found if today - day <= BACKUP_KEPT), reverse=True)
    staying, weeks = set(days[:DAILY]), dict[tuple[int, int], date]()
    for day in days[DAILY:]:
        weeks.setdefault(day.isocalendar()[:2], day)
    staying |= set(list(weeks.values())[:WEEKLY])
    gone = [path for day, path in found.items() if day not in staying]
    for path in gone:
        path.unlink()
    return gone
