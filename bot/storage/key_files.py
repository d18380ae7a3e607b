"""The files of the key while it changes: `key`, `key.next` until the change is done, `key.old` until it is destroyed.

At every moment the key that opens what is kept lies in `key` or in `key.next`.
"""

import contextlib
import fcntl
import glob
import os
import time
from collections.abc import Iterator
from pathlib import Path

from bot.storage.keys import SIZE, make_key, sync_folder

_DRAFT_S = 60.0


def next_of(key_file: Path) -> Path:
    """Where the next key lies while the key changes."""
    return key_file.with_name(f"{key_file.name}.next")


def old_of(key_file: Path) -> Path:
    return key_file.with_name(f"{key_file.name}.old")


def masters(key_file: Path) -> list[bytes]:
    """The master keys there are: the one in use, then the next one while the key changes."""
    found = []
    for file in (key_file, next_of(key_file)):
        with contextlib.suppress(FileNotFoundError):
            found.append(file.read_bytes())
    return found


def begin(key_file: Path) -> None:
    """Make the next key unless it is there. Raises UnsafeSetupError."""
    make_key(next_of(key_file))


@contextlib.contextmanager
def changing(key_file: Path) -> Iterator[bool]:
    """Be the only one that carries a change out; False when there is none, or another one has just carried it out."""
    try:
        opened = next_of(key_file).open("rb")
    except FileNotFoundError:
        yield False
        return
    with opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        # The file may have become `key` while this waited.
        yield next_of(key_file).exists() and os.path.samestat(os.fstat(opened.fileno()), next_of(key_file).stat())


def end(key_file: Path) -> None:
    """Put the next key in the place of the old one, and destroy that."""
    with contextlib.suppress(FileExistsError):  # by an earlier try that was cut off
        os.link(key_file, old_of(key_file))
    next_of(key_file).replace(key_file)
    sync_folder(key_file.parent)
    destroy(old_of(key_file))


def tidy(key_file: Path) -> None:
    """Destroy what a crash left: an old key after the change was done, drafts of key files. Raises OSError."""
    if old_of(key_file).exists() and not next_of(key_file).exists():
        destroy(old_of(key_file))
    for draft in _drafts(key_file):
        # A young one may belong to another process that starts just now.
        if time.time() - draft.stat().st_mtime > _DRAFT_S:
            destroy(draft)


def all_of(key_file: Path) -> list[Path]:
    """Every file that may hold a key of this installation, also drafts a crash left."""
    return [each for each in (key_file, next_of(key_file), old_of(key_file), *_drafts(key_file)) if each.is_file()]


def _drafts(key_file: Path) -> list[Path]:
    return list(key_file.parent.glob(f".{glob.escape(key_file.name)}.*"))


def destroy(file: Path) -> None:
    """Overwrite a key, on the disk, then take its name away. Raises OSError.

    A disk that writes elsewhere than it is told (flash, snapshots) may keep the old bytes; the README says so. Bytes
    that go by another name, too, are left to the last of their names: a draft may be the key itself.
    """
    if file.stat().st_nlink == 1:
        file.chmod(0o600)
        with file.open("r+b") as opened:
            for content in (os.urandom(SIZE), bytes(SIZE)):
                opened.seek(0)
                opened.write(content)
                opened.flush()
                os.fsync(opened.fileno())
    file.unlink()
    sync_folder(file.parent)
