"""A file sealed as a whole, written and read piece by piece: what a backup lies in.

One line of JSON, readable by anyone: the version, the day it was made, the id of the key. Then pieces of 64 KiB, each
AES-256-GCM under a key of this file alone, bound to the line and to its number; the last piece says that it is the last
one, so that a file cut off does not open. Nothing plain touches the disk.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.storage.keys import Keys, WrongKeyError, sync_folder

FORMAT = "umbrella-backup"
VERSION = 1
_PIECE = 64 * 1024
_TAG = 16
_MOST_HEAD = 1024


class NotABackupError(Exception):
    """The file is no backup, was altered, or is cut off."""


@dataclass(frozen=True, slots=True)
class Head:
    """The readable line of a file; `revision` is that of its tables."""

    created_on: date
    key_id: str
    revision: str
    version: int = VERSION
    salt: str = field(default_factory=lambda: os.urandom(16).hex())

    def line(self) -> bytes:
        return json.dumps({"format": FORMAT, **asdict(self)}, default=date.isoformat).encode() + b"\n"


def read_head(file: Path) -> Head:
    """The readable line. Raises NotABackupError, OSError."""
    with file.open("rb") as opened:
        return _head(opened.readline(_MOST_HEAD))


class Writer:
    """Seals lines into a file that gets its name once it is whole and on the disk, mode 0600."""

    def __init__(self, file: Path, head: Head, keys: Keys) -> None:
        self._file = file
        self._draft = file.with_name(f".{file.name}.{os.urandom(4).hex()}")
        self._seal = _Pieces(head, keys)
        self._held = bytearray()
        self._opened = os.fdopen(os.open(self._draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def __enter__(self) -> Self:
        self._opened.write(self._seal.line)
        return self

    def write(self, line: bytes) -> None:
        self._held += line + b"\n"
        while len(self._held) > _PIECE:
            self._opened.write(self._seal.sealed(bytes(self._held[:_PIECE]), is_last=False))
            del self._held[:_PIECE]

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._opened:
            if kind is None:
                self._opened.write(self._seal.sealed(bytes(self._held), is_last=True))
                self._opened.flush()
                os.fsync(self._opened.fileno())
        if kind is None:
            self._draft.replace(self._file)
            sync_folder(self._file.parent)
        else:
            self._draft.unlink(missing_ok=True)


def lines(file: Path, keys: Keys) -> Iterator[bytes]:
    """The lines of a file, in order. Raises NotABackupError, also after some lines, and WrongKeyError."""
    with file.open("rb") as opened:
        head = _head(opened.readline(_MOST_HEAD))
        if head.key_id != keys.id.hex():
            raise WrongKeyError("sealed with another key")
        rest = b""
        for piece in _pieces(opened, _Pieces(head, keys)):
            *whole, rest = (rest + piece).split(b"\n")
            yield from whole


def _pieces(opened: BinaryIO, seal: "_Pieces") -> Iterator[bytes]:
    piece = opened.read(_PIECE + _TAG)
    while piece:
        following = opened.read(_PIECE + _TAG)
        yield seal.opened(piece, is_last=not following)
        piece = following
    if not seal.is_over:
        raise NotABackupError("cut off")


class _Pieces:
    """Seals or opens the pieces of one file, in order."""

    def __init__(self, head: Head, keys: Keys) -> None:
        self.line = head.line()
        key = HKDF(SHA256(), 32, bytes.fromhex(head.salt), b"umbrella/1/backup").derive(keys.subkey("backup"))
        self._cipher = AESGCM(key)
        self._number = 0
        self.is_over = False

    def sealed(self, piece: bytes, *, is_last: bool) -> bytes:
        return self._cipher.encrypt(self._nonce(is_last), piece, self.line)

    def opened(self, piece: bytes, *, is_last: bool) -> bytes:
        try:
            return self._cipher.decrypt(self._nonce(is_last), piece, self.line)
        except InvalidTag:
            raise NotABackupError("altered, or cut off") from None

    def _nonce(self, is_last: bool) -> bytes:
        self._number += 1
        self.is_over = is_last
        return self._number.to_bytes(11, "big") + bytes([is_last])


def _head(line: bytes) -> Head:
    try:
        held = json.loads(line)
        if held.pop("format") != FORMAT or held["version"] != VERSION:
            raise NotABackupError("another format")
        head = Head(**{**held, "created_on": date.fromisoformat(held["created_on"])})
        bytes.fromhex(head.salt)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotABackupError("no backup") from None
    return head
