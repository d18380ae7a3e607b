"""Everything the data folder holds, opened with the key: for tests that look for what must not be there."""

from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from bot.adapters.matrix.store import FILE
from bot.storage.open import Storage
from bot.storage.schema import metadata, row_name


async def cells(storage: Storage, folder: Path) -> dict[str, str]:
    """`table.column` to all that stands in it, sealed fields opened; the tables of nio's store as `matrix.table.column`."""
    found: dict[str, str] = {}
    for table in metadata.sorted_tables:
        async with storage.database.read() as connection:
            rows = (await connection.execute(select(table))).mappings().all()
        for row in rows:
            for column in table.columns:
                value = row[column.name]
                by = column.info.get("sealed_by")
                if by and value is not None:
                    value = storage.keys.open(value, table.name, row_name(row, by), column.name)
                found[f"{table.name}.{column.name}"] = found.get(f"{table.name}.{column.name}", "") + f"{value!r}\n"
    return found | _store(storage.keys.file_key(folder / FILE), folder / FILE)


def _store(key: bytes, file: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    connection: Any = dbapi2.connect(file)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        cursor = connection.execute(f'SELECT * FROM "{table}"')
        names = [each[0] for each in cursor.description]
        for row in cursor.fetchall():
            for name, value in zip(names, row, strict=True):
                found[f"matrix.{table}.{name}"] = found.get(f"matrix.{table}.{name}", "") + f"{value!r}\n"
    connection.close()
    return found


def places(found: dict[str, str], marker: str) -> set[str]:
    """Where the marker stands."""
    return {place for place, content in found.items() if marker in content}
