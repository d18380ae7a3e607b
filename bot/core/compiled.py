"""Packaged lists made ready once, kept beside the byte code, and read back at the next start.

Reading a megabyte of YAML and phrases takes a second, which is what a person waits who asks one question in a terminal. What is
made of the lists is kept in `bot/__pycache__` under a digest of the lists and of the code that read them, so it can never be
stale; whoever may write there may change the program itself, so it is trusted as byte code is. It holds packaged data
only, nothing a person typed. Where the folder cannot be written, every start makes it anew.

Files are digested through one small buffer and read where the system maps them: megabytes that are read whole and let go would
stay with a bot that then runs for months. A kept file is only ever swapped whole, so what is mapped stays as it was.
"""

import marshal
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import blake2b
from io import FileIO
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from bot.reading import read_plain

_FOLDER = Path(__file__).parent.parent / "__pycache__"
_SIZE = 32
_BUFFER = 1 << 15


def compiled(name: str, sources: Sequence[Path], make: Callable[[], Any]) -> Any:
    """What `make` returns, or what it returned before for the same `sources` (data and code files, read each time).

    It must be plain: text, numbers, lists, tuples, dicts and sets of these. The caller must not change it.
    """
    return mapped(name, sources, lambda: (make(), b""))[0]


def mapped(name: str, sources: Sequence[Path], make: Callable[[], tuple[Any, bytes]]) -> tuple[Any, bytes | mmap]:
    """As `compiled`, with bytes beside what is plain: they are not read but mapped, and begin what is given back for them."""
    digest = _digest(sources)
    path = _FOLDER / f"{name}.{sys.implementation.cache_tag}.bin"
    kept = _read(path, digest)
    if kept is not None:
        return kept
    # What was made is let go of before it is read back: made piece by piece it takes more memory than read in one go.
    flat, plain = _dumped(make)
    _write(path, flat + plain + len(flat).to_bytes(8, "little"), digest)
    return _read(path, digest) or (marshal.loads(plain), flat)  # noqa: S302 - dumped here


def read_kept(path: Path) -> Any:
    """What a packaged YAML file holds, everything as text."""
    return compiled(path.stem, [path], lambda: read_plain(path))


def _dumped(make: Callable[[], tuple[Any, bytes]]) -> tuple[bytes, bytes]:
    plain, flat = make()
    return flat, marshal.dumps(plain)


def _write(path: Path, content: bytes, digest: bytes) -> None:
    draft = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):  # a folder that cannot be written costs the next start a second, nothing else
        path.parent.mkdir(exist_ok=True)
        draft.write_bytes(content + digest + blake2b(content, digest_size=_SIZE).digest())
        draft.replace(path)


def _read(path: Path, digest: bytes) -> tuple[Any, bytes | mmap] | None:
    """What is kept, None where it was not made yet or of something else, is damaged, or is not ours to read."""
    with suppress(OSError), path.open("rb", buffering=0) as file:
        size = os.fstat(file.fileno()).st_size - 2 * _SIZE
        found = blake2b(digest_size=_SIZE)
        if size < 0 or not _feed(found, file, size) or file.read() != digest + found.digest():
            return None
        with mmap(file.fileno(), 0, access=ACCESS_READ) as whole:
            flat = int.from_bytes(whole[size - 8 : size], "little")
            with memoryview(whole) as view, view[flat : size - 8] as content:
                plain = marshal.loads(content)  # noqa: S302 - as trusted as the byte code beside it
        # Mapped anew: what was read of the plain part is let go, and of the rest nothing is in memory yet.
        return plain, mmap(file.fileno(), 0, access=ACCESS_READ) if flat else b""
    return None


def _digest(sources: Sequence[Path]) -> bytes:
    found = blake2b(digest_size=_SIZE)
    for source in sources:
        with source.open("rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            found.update(f"{source.name} {size} ".encode())
            _feed(found, file, size)
    return found.digest()


def _feed(digest: blake2b, file: FileIO, size: int) -> bool:
    """Digest so many bytes of a file; whether it has as many."""
    buffer = memoryview(bytearray(min(size, _BUFFER)))
    while size:
        count = file.readinto(buffer[:size])
        if not count:
            return False
        digest.update(buffer[:count])
        size -= count
    return True
