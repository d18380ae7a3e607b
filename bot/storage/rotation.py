"""A new key for everything: `python -m bot keys rotate`, also while the bot runs.

The new key comes to lie beside the old one, the SQLCipher file moves (one transaction of SQLite), then every sealed
field and every mark in one transaction, then the new key takes the place of the old one, which is overwritten. A crash
in between leaves both keys; the next command that opens the storage carries on. A running bot sees the change at its
next transaction, which fails once ("try again") and takes the new key up.

What it protects against: somebody who had a copy of the key. What was taken while the old key was in use, they can read
for ever; what is kept afterwards they cannot, neither fields nor files, and marks are keyed with the new key as well.
Files of the doors (the Matrix store) move when their door opens next. Backups from before open no more: they were
sealed with the old key, so a new one is to be made.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, bindparam, select

from bot.core.finding import Finding
from bot.settings import Settings
from bot.storage import cipher, key_files, upgrade
from bot.storage.connection import AsyncConnection
from bot.storage.engine import FILE, open_database
from bot.storage.keyring import write_past
from bot.storage.keys import Keys
from bot.storage.schema import metadata, row_name

UNFINISHED = Finding(
    "note", "key-changing", "The key is being changed.", "Should that have been cut off: python -m bot keys rotate"
)


async def rotate(settings: Settings) -> None:
    """Make a new key and move everything to it, or carry on with a change that was cut off.

    The storage must have been opened before. Raises UnsafeSetupError when no key file can be made beside the old one,
    StorageError when the database is away: the change then goes on with the next try.
    """
    key_files.begin(settings.key_file)
    await finish(settings)


async def finish(settings: Settings) -> None:
    """Carry on with a change of the key, if there is one."""
    with key_files.changing(settings.key_file) as is_changing:
        if is_changing:
            old, new = key_files.masters(settings.key_file)
            await _move(settings, Keys(old), new)
            key_files.end(settings.key_file)


async def _move(settings: Settings, old: Keys, master: bytes) -> None:
    """Have the database under the key of `master`, wherever an earlier try got to."""
    if settings.database == "sqlite" and settings.encryption:
        file_keys = [Keys(master).subkey("db"), old.subkey("db")]
        await asyncio.to_thread(cipher.settle, settings.data_dir / FILE, file_keys)
    database = open_database(settings, old)
    try:
        await upgrade.upgrade(database)
        await database.take_up_keys()
        if database.keys.id == Keys(master).id:
            return
        after = database.keys.next(master)
        async with database.write(is_alone=True) as connection:
            for table in metadata.sorted_tables:
                await _renewed(connection, table, database.keys, after)
            await write_past(connection, after)
        await database.tidy()
    finally:
        await database.close()


async def _renewed(connection: AsyncConnection, table: Table, before: Keys, after: Keys) -> None:
    """Mark and seal every row of a table with the new keys."""
    columns = [column.name for column in table.columns if {"is_mark", "sealed_by"} & set(column.info)]
    if not columns:
        return
    rows = (await connection.execute(select(table).with_for_update())).mappings().all()
    key = [column.name for column in table.primary_key]
    changes = [{f"old_{name}": row[name] for name in key} | _cells(table, row, before, after) for row in rows]
    if changes:
        change = table.update().where(*(table.c[name] == bindparam(f"old_{name}") for name in key))
        await connection.execute(change.values({name: bindparam(f"new_{name}") for name in columns}), changes)


def _cells(table: Table, row: Mapping[Any, Any], before: Keys, after: Keys) -> dict[str, Any]:
    """The marks and sealed fields of a row under the new keys, as parameters."""
    moved = dict(row)
    for column in table.columns:
        if "is_mark" in column.info and row[column.name] is not None:
            moved[column.name] = after.moved(row[column.name])
    found = {f"new_{column.name}": moved[column.name] for column in table.columns if "is_mark" in column.info}
    for column in table.columns:
        if "sealed_by" in column.info:
            cell, by = row[column.name], column.info["sealed_by"]
            content = cell and before.open(cell, table.name, row_name(row, by), column.name)
            sealed = cell and after.seal(content, table.name, row_name(moved, by), column.name)
            found[f"new_{column.name}"] = sealed
    return found
