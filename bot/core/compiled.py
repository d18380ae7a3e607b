"""Packaged lists made ready once, kept beside the byte code, and read back at the next start.

Reading a megabyte of YAML and phrases takes a second, which is what a person waits who asks one question in a terminal. What is
made of the lists is kept in `bot/__pycache__` under a digest of the lists and of the code that read them, so it can never be
stale; whoever may write there may change the program itself, so it is trusted as byte code is. It holds packaged data
only, nothing a person typed. Where the folder cannot be written, every start makes it anew.
"""

import marshal
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from bot.reading import read_plain

_FOLDER = Path(__file__).parent.parent / "__pycache__"
_SIZE = 32


def compiled(name: str, sources: Sequence[Path], make: Callable[[], Any]) -> Any:
    """What `make` returns, or what it returned before for the same `sources` (data and code files, read each time).

    It must be plain: text, numbers, lists, tuples, dicts and sets of these. The caller must not change it.
    """
    digest = _digest(sources)
    path = _FOLDER / f"{name}.{sys.implementation.cache_tag}.bin"
    with suppress(OSError):  # not made yet, or not ours to read: it is made below
        kept = path.read_bytes()
        content = memoryview(kept)[2 * _SIZE :]
        if kept[: 2 * _SIZE] == digest + _digest_of(content):
            return marshal.loads(content)  # noqa: S302 - as trusted as the byte code beside it
    made = make()
    draft = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):  # a folder that cannot be written costs the next start a second, nothing else
        path.parent.mkdir(exist_ok=True)
        dumped = marshal.dumps(made)
        draft.write_bytes(digest + _digest_of(dumped) + dumped)
        draft.replace(path)
    return made


def read_kept(path: Path) -> Any:
    """What a packaged YAML file holds, everything as text."""
    return compiled(path.stem, [path], lambda: read_plain(path))


def _digest(sources: Sequence[Path]) -> bytes:
    found = blake2b(digest_size=_SIZE)
    for source in sources:
        content = source.read_bytes()
        found.update(f"{source.name} {len(content)} ".encode())
        found.update(content)
    return found.digest()


def _digest_of(content: bytes | memoryview) -> bytes:
    return blake2b(content, digest_size=_SIZE).digest()
