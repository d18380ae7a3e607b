"""Which processes run the bot on a data folder: each holds a lock file of its own, which ends with it."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

_NAME = "running-{}.lock"


@contextlib.contextmanager
def present(folder: Path) -> Iterator[None]:
    """Be seen as running until the block ends, or the process does. Does nothing where no file can be made."""
    file = folder / _NAME.format(os.getpid())
    try:
        opened = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        yield
        return
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        file.unlink(missing_ok=True)
        os.close(opened)


def running(folder: Path) -> list[int]:
    """The processes that are seen as running; files that a crash left are removed."""
    found = []
    for file in folder.glob(_NAME.format("*")):
        with contextlib.suppress(FileNotFoundError), file.open("rb") as opened:
            try:
                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                found.append(int(file.stem.removeprefix("running-")))
            else:
                file.unlink()
    return found
