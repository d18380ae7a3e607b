"""What every table shares: its types, the way a row is put in, and the rule that ends it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Column, Dialect, LargeBinary, MetaData, Table, TypeDecorator, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.kept import Kept

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
    return Column(name, LargeBinary(16), **more)


@dataclass(frozen=True, slots=True)
class TableRule:
    """One table: what it keeps, and what ends its rows.

    `expire` deletes what is due at an instant and says how many rows that were; None where rows end with an event:
    `eraser` is then the method that ends them.
    """

    kept: Kept
    table: Table
    expire: Callable[[AsyncConnection, datetime], Awaitable[int]] | None = None
    eraser: Callable[..., object] | None = None


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
    make: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    result = await connection.execute(make(table).values(**values).on_conflict_do_nothing())
    return result.rowcount == 1


async def put(connection: AsyncConnection, table: Table, **values: Any) -> None:
    """Put a row in, in the place of the one with its primary key if there is one."""
    make: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    keys = [column.name for column in table.primary_key]
    new = {name: value for name, value in values.items() if name not in keys}
    await connection.execute(make(table).values(**values).on_conflict_do_update(index_elements=keys, set_=new))
