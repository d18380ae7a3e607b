"""Where nio keeps its keys: a SQLCipher file of this installation, for one process and one user.

nio's own store is a plain file of mode 0644 that says room ids, user ids and device names in clear, pickles under the
literal `DEFAULT_KEY`, and lets two processes in at once, which splits the Olm state (`matrix.md` trap 9). It asks the
file for each device it trusts; here the answer is in memory, where nio holds it anyway.
"""

import fcntl
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nio.crypto import TrustState  # type: ignore[import-untyped]
from nio.store import SqliteStore  # type: ignore[import-untyped]
from nio.store.models import (  # type: ignore[import-untyped]
    DeviceKeys,
    DeviceTrustState,
    EncryptedRooms,
    Keys,
    MegolmInboundSessions,
    OlmSessions,
)
from playhouse.sqlcipher_ext import SqlCipherDatabase  # type: ignore[import-untyped]

from bot.core.finding import Finding, UnsafeSetupError

FILE = "matrix.db"
LOCK = "matrix.lock"
_PRAGMAS = {"journal_mode": "wal", "synchronous": "full", "secure_delete": 1, "foreign_keys": 1, "temp_store": "memory"}


class _Database(SqlCipherDatabase):  # type: ignore[misc]
    """A database whose tables stay bound to it: nio binds them for each call, and peewee walks all of them each time."""

    @contextmanager
    def bind_ctx(self, models: Iterable[Any], bind_refs: bool = True, bind_backrefs: bool = True) -> Iterator[None]:  # noqa: ARG002
        for model in models:
            if model._meta.database is not self:  # noqa: SLF001
                model._meta.set_database(self)  # noqa: SLF001
        yield


@dataclass
class SecretStore(SqliteStore):  # type: ignore[misc]
    """`SqliteStore` of nio, encrypted, of mode 0600."""

    key: bytes = field(default=b"", repr=False)

    def __post_init__(self) -> None:
        self.database_name = FILE
        super().__post_init__()

    def _create_database(self) -> Any:
        descriptor = os.open(self.database_path, os.O_RDWR | os.O_CREAT, 0o600)
        os.fchmod(descriptor, 0o600)
        os.close(descriptor)
        # A raw key: no slow derivation at each opening.
        return _Database(self.database_path, passphrase=f"x'{self.key.hex()}'", pragmas=_PRAGMAS)

    def is_device_verified(self, device: Any) -> bool:
        return bool(device.trust_state == TrustState.verified)

    def is_device_blacklisted(self, device: Any) -> bool:
        return bool(device.trust_state == TrustState.blacklisted)

    def is_device_ignored(self, device: Any) -> bool:
        return bool(device.trust_state == TrustState.ignored)

    def save_encrypted_rooms(self, rooms: Collection[str]) -> None:
        """Keep rooms that are encrypted; nio calls this after every sync, mostly with none."""
        if rooms:
            super().save_encrypted_rooms(rooms)

    def prune(self, people: Collection[str], rooms: Collection[str]) -> int:
        """Erase devices, sessions and rooms of people and rooms the bot shares nothing with; how many were erased."""
        count = 0
        with self.database.bind_ctx(self.models), self.database.atomic():
            gone = [each for each in DeviceKeys.select() if each.user_id not in people]
            for device in gone:
                kept_keys = {key.key_type: key.key for key in Keys.select().where(Keys.device == device)}
                OlmSessions.delete().where(OlmSessions.sender_key == kept_keys.get("curve25519", "")).execute()
                Keys.delete().where(Keys.device == device).execute()
                DeviceTrustState.delete().where(DeviceTrustState.device == device).execute()
                count += device.delete_instance()
            for model in (EncryptedRooms, MegolmInboundSessions):
                count += model.delete().where(model.room_id.not_in(list(rooms))).execute()
        self.tidy()
        return count

    def tidy(self) -> None:
        """Take what was deleted out of the write-ahead log."""
        self.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the account for this process. Raises UnsafeSetupError when another one has it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UnsafeSetupError(_SECOND) from None
        yield
    finally:
        os.close(descriptor)


_SECOND = Finding(
    "refuse",
    "matrix-second",
    "Another process already runs the door to Matrix with this data folder; two would break the encryption.",
    "Stop the other one first.",
)
