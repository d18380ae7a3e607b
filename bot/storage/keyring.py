"""What outlives a change of the master key, sealed under the new one: without it older marks would fit nothing."""

from pathlib import Path

from sqlalchemy import Column, String, Table

from bot.core.kept import Kept
from bot.storage.schema import TableRule, metadata, sealed_field

keyring = Table(
    "keyring", metadata,
    Column("name", String(16), primary_key=True),
    sealed_field("value", "name", nullable=False),
)  # fmt: skip


RULE = TableRule(
    Kept(
        "keyring",
        "the keys of keyed hashes from before the last change of the key, sealed",
        "so that what was kept before is still found",
        "(the rows of its tables)",
        "with the installation",
    ),
    keyring,
    eraser=Path.unlink,
)
