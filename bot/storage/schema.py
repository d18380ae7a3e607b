"""What every table shares: its types, the way a row is put in, and the rule that ends it.

A column of bytes says what they are (`marked`, `sealed_field`, `case_field`; a test fails for one that does not), so
that what moves every mark and every field to a new key needs no list of tables. Two rules go with it: no foreign key
points to a mark, and nothing sealed for a case is bound to one, because marks change with the key.
"""

import importlib
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    LargeBinary,
    MetaData,
    Select,
    String,
    Table,
    TypeDecorator,
    bindparam,
    delete,
    select,
)

from bot.core.kept import Kept
from bot.storage.connection import AsyncConnection

CASE_ID_SIZE = 32
BACKUP_KEPT = timedelta(days=35)
"""A backup is kept so long at most (`policy.md` §8)."""

Row = dict[str, Any]
metadata = MetaData()
"""The tables of this package. Migrations make them; a test holds the two together."""


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant, kept as whole seconds: equal on both databases, and no finer than is needed."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else int(value.timestamp())

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else datetime.fromtimestamp(value, UTC)


def marked(name: str = "mark", **more: Any) -> Column[bytes]:
    """A column for a keyed hash (`Keys.mark`)."""
    return Column(name, LargeBinary(16), info={"is_mark": True}, **more)


def of_mark(*columns: Column[Any]) -> Select[*tuple[Any, ...]]:
    """What reads these columns in the row of a mark, which is given as `of`; made once, for what is asked often."""
    return select(*columns).where(columns[0].table.c.mark == bindparam("of"))


def sealed_field(name: str, *by: str, **more: Any) -> Column[bytes]:
    """A column for a field that `Keys` sealed; `by` are the columns its row is named by (`row_name`), else its mark."""
    return Column(name, LargeBinary, info={"sealed_by": by or ("mark",)}, **more)


def case_field(name: str, **more: Any) -> Column[bytes]:
    """A column for a field sealed with the key of its case (`case_keys`), which a new master key leaves as it is."""
    return Column(name, LargeBinary, info={"is_case_sealed": True}, **more)


def of_case(name: str = "case_id", **more: Any) -> Column[str]:
    """A column for the random id of a case, in tables whose rows end with their case: a restore leaves those out."""
    return Column(name, String(CASE_ID_SIZE), info={"is_case": True}, **more)


def row_name(values: Mapping[Any, Any], by: Iterable[str]) -> str:
    """What a sealed field is bound to besides table and column: the values of these columns, bytes as hex."""
    return "/".join(value.hex() if isinstance(value := values[name], bytes) else str(value) for name in by)


@dataclass(frozen=True, slots=True)
class TableRule:
    """One table: what it keeps, and what ends its rows.

    `expire` deletes what is due at an instant and says how many rows that were; None where rows end with an event:
    `eraser` is then the method that ends them. `is_momentary` is True for what belongs to the moment and would be wrong
    later: it is left out of backups, as is all that may not stay as long as a backup does. `carry` puts a row of before
    a restore beside those of the backup, for decisions that a restore must not undo.
    """

    kept: Kept
    table: Table
    expire: Callable[[AsyncConnection, datetime], Awaitable[int]] | None = None
    eraser: Callable[..., object] | None = None
    is_momentary: bool = False
    carry: Callable[[AsyncConnection, Mapping[str, Any]], Awaitable[object]] | None = None

    @property
    def is_backed_up(self) -> bool:
        return not self.is_momentary and (self.kept.longest is None or self.kept.longest > BACKUP_KEPT)


def older_than(column: Column[Any], span: timedelta) -> Callable[[AsyncConnection, datetime], Awaitable[int]]:
    """A deleter of rows whose `column`, an instant or a day, is `span` or longer ago."""

    async def expire(connection: AsyncConnection, now: datetime) -> int:
        due = now - span
        limit = due if isinstance(column.type, Instant) else due.date()
        result = await connection.execute(delete(column.table).where(column <= limit))
        return result.rowcount

    return expire


async def add_new(connection: AsyncConnection, table: Table, **values: Any) -> bool:
    """Put a row in unless one with its key is there; whether it was put in."""
    return (await connection.execute(_adding(connection.dialect.name, table), values)).rowcount == 1


async def add_all_new(connection: AsyncConnection, table: Table, rows: Sequence[Row]) -> None:
    """Put rows in, each unless one with its key is there."""
    if rows:
        await connection.execute(_adding(connection.dialect.name, table), rows)


async def put(connection: AsyncConnection, table: Table, **values: Any) -> None:
    """Put a row in, in the place of the one with its primary key if there is one."""
    await connection.execute(_putting(connection.dialect.name, table, tuple(values)), values)


# SQLAlchemy takes longer to make a statement than SQLite to carry it out: each is made once.


@cache
def _adding(dialect: str, table: Table) -> Any:
    return insertion(dialect, table).on_conflict_do_nothing()


@cache
def _putting(dialect: str, table: Table, names: tuple[str, ...]) -> Any:
    row = insertion(dialect, table)
    keys = [column.name for column in table.primary_key]
    new = {name: row.excluded[name] for name in names if name not in keys}
    return row.on_conflict_do_update(index_elements=keys, set_=new)


def insertion(dialect: str, table: Table) -> Any:
    """An INSERT that may say what to do where a row is there already; only the dialect that is used is loaded."""
    return importlib.import_module(f"sqlalchemy.dialects.{dialect}").insert(table)
