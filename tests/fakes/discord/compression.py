"""Transport compression of the gateway: one context per connection. API docs, Gateway: Encoding and Compression."""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Callable
from typing import Any, TypeAlias

Packer: TypeAlias = Callable[[str], str | bytes]


def packer(kind: str | None) -> Packer:
    """For the `compress` of the query: zlib-stream, zstd-stream (needs the package zstandard) or nothing."""
    if kind == "zlib-stream":
        return zlib_packer()
    if kind == "zstd-stream":
        return zstd_packer()
    return lambda text: text


def zlib_packer() -> Packer:
    context = zlib.compressobj()

    def pack(text: str) -> bytes:
        return context.compress(text.encode()) + context.flush(zlib.Z_SYNC_FLUSH)

    return pack


def zstd_packer() -> Packer:
    zstandard: Any = importlib.import_module("zstandard")
    context = zstandard.ZstdCompressor().compressobj()

    def pack(text: str) -> bytes:
        packed: bytes = context.compress(text.encode()) + context.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
        return packed

    return pack
