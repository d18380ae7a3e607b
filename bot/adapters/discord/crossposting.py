"""What is said in an announcement channel, handed on to the channels that follow it; what Discord does not let through waits.

About ten messages an hour of a channel are let through. A message stands in its own channel at once, and its delivery is
over with that. What waits is kept, so that a restart loses none, and goes on in the order it was said, as it then reads:
corrected, if it was, and not at all when it was taken back or its end is past.
"""

import json
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

import aiohttp
import discord

from bot import log
from bot.adapters.discord.incoming import PLATFORM
from bot.core.clock import Clock
from bot.core.ports import SyncState
from bot.errors import StorageError
from bot.outbox.model import HANDING_ON, Delivery

ALREADY = 40033
AGAIN_S = 60.0
"""Looked after at least so often; and the wait after a fault that names none."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message by its ids, when it may be tried again, and when it is over; instants in ISO format."""

    channel: int
    message: int
    due: str
    until: str | None = None


class Crossposts:
    """`state` keeps what waits, under the key of its delivery; `start` has work done in the background. `clock` is one
    that nobody sets ahead by mistake, or what waits would be taken to be over.
    """

    def __init__(
        self, client: discord.Client, state: SyncState, clock: Clock, start: Callable[[Coroutine[Any, Any, None]], None]
    ) -> None:
        self._client = client
        self._state = state
        self._clock = clock
        self._start = start
        self._limited: set[int] = set()
        self._is_running = False

    def is_followed(self, channel_id: int) -> bool:
        """Whether it may be an announcement channel. One that this process does not see is tried."""
        channel = self._client.get_channel(channel_id)
        return channel is None or (isinstance(channel, discord.TextChannel) and channel.is_news())

    async def hand_on(self, delivery: Delivery, message: discord.PartialMessage) -> None:
        """Hand it on now, or keep it for later. Raises StorageError where it could not be kept."""
        channel = message.channel.id
        if not self.is_followed(channel):
            return
        wait_s = AGAIN_S if channel in self._limited else await _refused_for_s(message)
        if wait_s is not None:
            over = delivery.outgoing.expires_at
            waiting = Waiting(channel, message.id, self._after(wait_s), over.isoformat() if over else None)
            await self._keep(HANDING_ON + delivery.key, waiting)
            self._start(self.run())

    def _after(self, seconds: float) -> str:
        return (self._clock.now() + timedelta(seconds=seconds)).isoformat()

    async def _keep(self, name: str, waiting: Waiting) -> None:
        self._limited.add(waiting.channel)
        await self._state.put(PLATFORM, name, json.dumps(asdict(waiting)))

    async def run(self) -> None:
        """Hand on what waits, until nothing does. A database that is away is tried again."""
        if self._is_running:
            return
        self._is_running = True
        try:
            while (wait_s := await self._round()) is not None:
                await self._clock.sleep(wait_s)
        finally:
            self._is_running = False

    async def _round(self) -> float | None:
        """Hand on what may be; how long until the next time, None when nothing waits."""
        try:
            found = await self._waiting()
            for _, of_channel in groupby(found, key=lambda each: each[1].channel):
                await self._handed_on(of_channel)
            left = await self._waiting()
        except StorageError as error:
            log.warning("discord.not-handed-on", error=type(error).__name__)
            return AGAIN_S
        self._limited = {each.channel for _, each in left}
        now = self._clock.now()
        waits = [(datetime.fromisoformat(each.due) - now).total_seconds() for _, each in left]
        return max(1.0, min(AGAIN_S, *waits)) if waits else None

    async def _waiting(self) -> list[tuple[str, Waiting]]:
        """Channel by channel, what was said first before the others."""
        held = await self._state.all(PLATFORM, HANDING_ON)
        found = [(name, Waiting(**json.loads(value))) for name, value in held.items()]
        return sorted(found, key=lambda each: (each[1].channel, each[1].message))

    async def _handed_on(self, waiting: Iterable[tuple[str, Waiting]]) -> None:
        """Those of one channel, up to the first that has to wait."""
        for name, each in waiting:
            now = self._clock.now()
            if each.until is None or datetime.fromisoformat(each.until) > now:
                if datetime.fromisoformat(each.due) > now:
                    return
                channel = self._client.get_partial_messageable(each.channel)
                wait_s = await _refused_for_s(channel.get_partial_message(each.message))
                if wait_s is not None:
                    await self._keep(name, Waiting(each.channel, each.message, self._after(wait_s), each.until))
                    return
            await self._state.erase(PLATFORM, name)


async def _refused_for_s(message: discord.PartialMessage) -> float | None:
    """Hand it on; for how long Discord wants to be left alone, None when it is done or will never be."""
    try:
        await message.publish()
    except discord.RateLimited as error:
        return error.retry_after
    except discord.HTTPException as error:
        if error.status == 429 or error.status >= 500:
            return AGAIN_S
        # It is gone, was handed on before, or the channel is none that can be followed.
        if error.code != ALREADY:
            log.warning("discord.not-published", code=error.code)
    except (aiohttp.ClientError, OSError):
        return AGAIN_S
    return None
