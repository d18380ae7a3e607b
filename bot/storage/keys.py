"""The key of an installation: one file of 32 random bytes outside the data folder, and what is derived from it.

`Keys` gives a subkey for each use (HKDF-SHA256), marks (keyed hashes that stand for ids in the database) and sealed
fields (AES-256-GCM, bound to table, row and column, so that a field moved elsewhere does not open). A plain hash of a
platform's id protects nobody: ids can be counted through. Destroying the file destroys what it sealed.

A sealed field is: key id (4 bytes), nonce (12), ciphertext with tag.

When the master key changes (`rotation`), a mark becomes the mark of a mark: keyed once more with the new key, as every
new one then is, too. So a mark can move although nobody knows what it stands for, and a stolen older key alone confirms
nothing about what is kept afterwards.
"""

import contextlib
import hashlib
import hmac
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from bot.core.finding import Finding, UnsafeSetupError
from bot.storage import cipher

SIZE = 32
MARK_SIZE = 16
_ID_SIZE = 4
_NONCE_SIZE = 12
_CREDENTIALS = Path("/run/credentials")
Use = Literal["db", "field", "person", "block", "receipt", "seal", "backup"]


class WrongKeyError(Exception):
    """A sealed field does not open: another key, another place, or altered bytes. Says nothing of the content."""


class Seal:
    """Seals fields with one key, each for its place alone."""

    def __init__(self, key: bytes, key_id: bytes | None = None) -> None:
        self.id = key_id or _derived(key, "id", _ID_SIZE)
        self._fields = AESGCM(key)

    @classmethod
    def random(cls) -> tuple["Seal", bytes]:
        """A seal with a new key, and that key."""
        return cls(key := os.urandom(SIZE)), key

    def seal(self, content: str, table: str, row: str, column: str) -> bytes:
        """`content` encrypted for this place alone; 32 bytes longer, different each time."""
        nonce = os.urandom(_NONCE_SIZE)
        return self.id + nonce + self._fields.encrypt(nonce, content.encode(), _place(table, row, column))

    def open(self, sealed: bytes, table: str, row: str, column: str) -> str:
        """What was sealed for this place. Raises WrongKeyError."""
        nonce, content = sealed[_ID_SIZE : _ID_SIZE + _NONCE_SIZE], sealed[_ID_SIZE + _NONCE_SIZE :]
        if not self.sealed(sealed):
            raise WrongKeyError("sealed with another key")
        try:
            return self._fields.decrypt(nonce, content, _place(table, row, column)).decode()
        except (InvalidTag, ValueError):
            raise WrongKeyError("does not open here") from None

    def sealed(self, content: bytes) -> bool:
        """Whether it was this key that sealed `content`, as far as its head says."""
        return content[:_ID_SIZE] == self.id


@dataclass(frozen=True)
class Past:
    """What of earlier master keys lives on, sealed in the table `keyring`.

    `marks` are their keys for marks and `files` those that keys of files come from, oldest first; `parts` is what
    parted subkeys come from.
    """

    marks: tuple[bytes, ...] = field(default=(), repr=False)
    files: tuple[bytes, ...] = field(default=(), repr=False)
    parts: bytes = field(default=b"", repr=False)


class Keys(Seal):
    """What one master key of 32 bytes gives, and what lives on of those before it."""

    def __init__(self, master: bytes, past: Past | None = None) -> None:
        self.become(master, past or Past())

    def become(self, master: bytes, past: Past) -> None:
        """Take another master key up, in every place that holds these keys."""
        if len(master) != SIZE:
            raise ValueError(f"a master key has {SIZE} bytes")
        super().__init__(_derived(master, "field", SIZE), _derived(master, "id", _ID_SIZE))
        self._master = master
        self._marks = (*past.marks, _derived(master, "person", SIZE))
        self._files = (*past.files, _derived(master, "files", SIZE))
        self.past = past

    def subkey(self, use: Use, part: str = "") -> bytes:
        """32 bytes for one use; `part` parts it further, and what is parted stays when the master key changes."""
        return _derived(self.parts, f"{use}/{part}", SIZE) if part else _derived(self._master, use, SIZE)

    def file_key(self, file: Path) -> bytes:
        """The key of a SQLCipher file besides the database; asked for by the only one who opens it, each time anew.

        A file that still has its key from before a change of the master key is moved to the new one. Raises the
        driver's DatabaseError when no key opens it.
        """
        return cipher.settle(file, [_derived(each, file.name, SIZE) for each in reversed(self._files)])

    @property
    def parts(self) -> bytes:
        """What parted subkeys come from."""
        return self.past.parts or _derived(self._master, "parts", SIZE)

    def mark(self, kind: str, *parts: str) -> bytes:
        """16 bytes that stand for `parts`, equal for equal ones of the same kind, until the master key changes."""
        found = self.lasting_mark(kind, *parts)
        for key in self._marks[1:]:
            found = _marked(key, found)
        return found

    def lasting_mark(self, kind: str, *parts: str) -> bytes:
        """16 bytes that stand for `parts` and never change: for memory and for going into `mark`, not for a table."""
        message = b"".join(len(each).to_bytes(4, "big") + each for each in (part.encode() for part in (kind, *parts)))
        return _marked(self._marks[0], message)

    def moved(self, mark: bytes) -> bytes:
        """What a mark under the key before this one has become."""
        return _marked(self._marks[-1], mark)

    def next(self, master: bytes) -> "Keys":
        """The keys after these."""
        return Keys(master, Past(self._marks, self._files, self.parts))


def _marked(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, hashlib.sha256)[:MARK_SIZE]


def _derived(key: bytes, name: str, size: int) -> bytes:
    return HKDFExpand(SHA256(), size, f"umbrella/1/{name}".encode()).derive(key)


def _place(table: str, row: str, column: str) -> bytes:
    return f"{table}\0{row}\0{column}".encode()


class KeyedPeople:
    """The marks of people (`bot.core.ports.People`), the same for ever: what rests is a mark of them (`Keys.mark`)."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def mark(self, platform: str, user_id: str) -> str:
        return self._keys.lasting_mark("person", platform, user_id).hex()


def findings(key_file: Path, data_dir: Path, user_id: int | None = None) -> list[Finding]:
    """What is unsafe about the key file: beside the data, readable by others, owned by someone else, wrong size.

    A file that is missing is no finding: the first run makes it. `user_id` is the process's own unless given.
    """
    resolved = key_file.resolve()
    found: list[Finding] = []
    if resolved.is_relative_to(data_dir.resolve()):
        sentence = f"The key {key_file} lies in the data folder: who takes one takes both."
        mend = "Move it elsewhere, such as ~/.config/umbrella/key, and name it as key_file."
        found.append(Finding("refuse", "key-beside-data", sentence, mend))
    try:
        status = resolved.stat()
    except FileNotFoundError:
        return found
    except OSError:
        mend = "Let the user that runs the bot own it, with mode 0400."
        return [*found, Finding("refuse", "key-unreadable", f"The key {key_file} cannot be read.", mend)]
    # systemd hands credentials over through an access list, which shows as a mode of 0440 and root as owner.
    user_id = os.geteuid() if user_id is None else user_id
    return [*found, *_of_status(key_file, status, user_id, is_credential(key_file))]


def is_credential(key_file: Path) -> bool:
    """Whether the service manager hands the key over, from a file of its own."""
    return key_file.resolve().is_relative_to(_CREDENTIALS)


def _of_status(key_file: Path, status: os.stat_result, user_id: int, is_handed: bool) -> Iterator[Finding]:
    if not stat.S_ISREG(status.st_mode) or status.st_size != SIZE:
        sentence = f"{key_file} is no key: a key is a file of {SIZE} bytes."
        mend = "Put the right file back. Without it nothing that was kept can be read."
        yield Finding("refuse", "key-size", sentence, mend)
    if status.st_mode & (0o007 if is_handed else 0o077):
        sentence = f"Others on this machine can read the key {key_file}."
        yield Finding("refuse", "key-mode", sentence, f"Run: chmod 400 {key_file}")
    if status.st_uid != user_id and not is_handed:
        sentence = f"The key {key_file} belongs to another user."
        yield Finding("refuse", "key-owner", sentence, f"Run: chown {user_id} {key_file}")


def read_keys(key_file: Path, data_dir: Path, may_make: bool) -> Keys:
    """The keys of this installation; a key file is made when there is none and `may_make`.

    `may_make` is False once something was kept: a new key would not open it. Raises UnsafeSetupError.
    """
    found = findings(key_file, data_dir)
    if found:
        raise UnsafeSetupError(*found)
    if not key_file.exists():
        if not may_make:
            raise UnsafeSetupError(
                Finding(
                    "refuse",
                    "key-missing",
                    f"The key {key_file} is gone, and without it what was kept cannot be read.",
                    "Put it back, or move the data folder away to begin anew.",
                )
            )
        make_key(key_file)
    return Keys(key_file.read_bytes())


def make_key(key_file: Path) -> None:
    """Make a key file, mode 0400, whole and on the disk before it has its name; never over another one."""
    draft = key_file.with_name(f".{key_file.name}.{os.urandom(8).hex()}")
    try:
        key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        try:
            os.write(descriptor, os.urandom(SIZE))
            os.fsync(descriptor)
            # A link, unlike a rename, fails when another process of this installation was first: its key stands.
            with contextlib.suppress(FileExistsError):
                os.link(draft, key_file)
        finally:
            os.close(descriptor)
            draft.unlink()
        sync_folder(key_file.parent)
    except OSError:
        raise UnsafeSetupError(
            Finding(
                "refuse",
                "key-not-made",
                f"The key {key_file} cannot be made.",
                "Let its folder be written by the user that runs the bot, or name another place as key_file.",
            )
        ) from None


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
