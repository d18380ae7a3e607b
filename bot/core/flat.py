"""A constant map of text to bytes, flat: one text and where its parts begin, nothing made of it before a key is sought.

A dict takes some 120 bytes a key beside what it holds, and has to be made anew at each start; this one is looked into where it
lies in a kept file (`bot.core.compiled.mapped`), of which only the pages that are read take memory. A key costs half
a microsecond, fifteen times that of a dict: it is for what is large and asked some hundred times a message at most.
"""

from array import array
from collections.abc import Iterable, Mapping
from itertools import accumulate
from mmap import mmap
from pathlib import Path
from zlib import crc32

SOURCES = (Path(__file__),)
"""What the form hangs on, for what is kept of it."""
_SHARING = 4
"""So many keys share a start: they are found among each other as fast as one alone, and the starts stay few."""


class FlatMap:
    """Reads what `flattened` made. Immutable."""

    def __init__(self, kept: bytes | mmap) -> None:
        self._kept = kept
        self._count = int.from_bytes(kept[:4], "little")
        self._starts = memoryview(kept)[4 : 8 + 4 * self._count].cast("I")

    def get(self, key: str) -> bytes | None:
        """What stands under a key, a word or more without NUL and 1; None for one that is not there. It is compared whole, never
        taken for another.
        """
        sought = f"\0{key}\1".encode()
        number = crc32(sought) % self._count
        part = self._kept[self._starts[number] : self._starts[number + 1]]
        at = part.find(sought)
        return None if at < 0 else part[at + len(sought) :].partition(b"\0")[0]

    def found(self, keys: Iterable[str]) -> list[bytes]:
        """What stands under each key that is there."""
        return [value for value in map(self.get, keys) if value is not None]

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None


def flattened(entries: Mapping[str, bytes]) -> bytes:
    """What `FlatMap` reads. Raises ValueError for a NUL in a key or value, or a 1 in a key: they part them."""
    parts = [bytearray() for _ in range(len(entries) // _SHARING + 1)]
    for key, value in entries.items():
        sought = f"\0{key}\1".encode()
        if "\0" in key or "\1" in key or b"\0" in value:
            raise ValueError(f"{key!r} or what stands under it holds what parts them")
        parts[crc32(sought) % len(parts)] += sought + value
    starts = accumulate(map(len, parts), initial=4 * len(parts) + 8)
    return len(parts).to_bytes(4, "little") + array("I", starts).tobytes() + b"".join(parts)
