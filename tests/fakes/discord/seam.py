"""Where discord.py is pointed at the fake: two class attributes, nothing of its behaviour."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import yarl

if TYPE_CHECKING:
    from collections.abc import Iterator

with warnings.catch_warnings():
    # discord.py imports audioop, which warns on Python 3.11 and 3.12.
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord
    from discord.gateway import DiscordWebSocket
    from discord.http import Route

__all__ = ["discord", "pointing_at"]


class Addresses(Protocol):
    @property
    def api_url(self) -> str: ...
    @property
    def gateway_url(self) -> str: ...


@contextmanager
def pointing_at(fake: Addresses) -> Iterator[None]:
    """discord.py talks to `fake` inside. `/gateway/bot` and READY name the fake's own gateway too."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = fake.api_url, yarl.URL(fake.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
