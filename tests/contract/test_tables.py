"""A new database gets its tables at once, and they are those that the migrations make one after the other."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from bot.storage import upgrade
from bot.storage.open import Storage

_START = """
import asyncio, sys
from pathlib import Path
from bot.core.clock import SystemClock
from bot.settings import Settings
from bot.storage.open import open_storage

async def start():
    settings = Settings(data_dir=Path(sys.argv[1], "data"), key_file=Path(sys.argv[1], "keys", "key"))
    await (await open_storage(settings, SystemClock())).close()

asyncio.run(start())
asyncio.run(start())
sys.exit("alembic" in sys.modules)
"""


def _seen(connection: Connection) -> dict[str, list[str]]:
    """Columns, keys and indexes of every table, in words."""
    look = inspect(connection)
    parts: dict[str, list[Any]] = {
        name: [
            *look.get_columns(name), *look.get_indexes(name), *look.get_foreign_keys(name),
            *look.get_check_constraints(name), *look.get_unique_constraints(name), look.get_pk_constraint(name),
        ]
        for name in look.get_table_names()
    }  # fmt: skip
    return {name: sorted(map(str, each)) for name, each in parts.items()}


async def seen(storage: Storage) -> dict[str, list[str]]:
    async with storage.database.read() as connection:
        return await connection.run_sync(_seen)


async def test_a_new_database_is_what_the_migrations_make(storage: Storage) -> None:
    at_once = await seen(storage)
    await upgrade.upgrade(storage.database, "base")
    await upgrade.upgrade(storage.database)
    assert await seen(storage) == at_once


def test_revisions_are_known_by_the_names_of_their_files() -> None:
    script = ScriptDirectory.from_config(upgrade.configuration())
    assert upgrade.revisions() == [each.revision for each in script.walk_revisions()]


def test_a_start_that_moves_nothing_loads_no_alembic(tmp_path: Path) -> None:
    """Neither the first nor the next one."""
    root = Path(__file__).parents[2]
    ended = subprocess.run([sys.executable, "-c", _START, str(tmp_path)], cwd=root, check=False)
    assert ended.returncode == 0
