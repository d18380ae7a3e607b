"""What outlives a change of the master key, sealed under the new one: without it older marks would fit nothing."""

import json
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import Column, String, Table, select

from bot.core.kept import Kept
from bot.storage.connection import AsyncConnection
from bot.storage.keys import Keys, Past
from bot.storage.schema import TableRule, metadata, put, sealed_field

_NAME = "past"

keyring = Table(
    "keyring", metadata,
    Column("name", String(16), primary_key=True),
    sealed_field("value", "name", nullable=False),
)  # fmt: skip


async def read_past(connection: AsyncConnection, keys: Keys) -> Past:
    """What lives on of earlier keys. Raises WrongKeyError when it was sealed with other ones."""
    sealed = await connection.scalar(select(keyring.c.value).where(keyring.c.name == _NAME))
    if sealed is None:
        return Past()
    held = json.loads(keys.open(sealed, "keyring", _NAME, "value"))
    marks, files = (tuple(map(bytes.fromhex, held[name])) for name in ("marks", "files"))
    return Past(marks, files, bytes.fromhex(held["parts"]))


async def write_past(connection: AsyncConnection, keys: Keys) -> None:
    """Keep what lives on with these keys."""
    content = json.dumps(asdict(keys.past), default=bytes.hex)
    await put(connection, keyring, name=_NAME, value=keys.seal(content, "keyring", _NAME, "value"))


RULE = TableRule(
    Kept(
        "keyring",
        "the keys of keyed hashes from before the last change of the key, sealed",
        "so that what was kept before is still found",
        "(the rows of its tables)",
        "with the installation (`panic`)",
    ),
    keyring,
    eraser=Path.unlink,
)
