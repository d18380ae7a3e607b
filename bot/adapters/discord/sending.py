"""What is said unasked: one message of the outbox into one channel, once, under the key it was given before the first try.

The key goes as nonce, which Discord enforces for a few minutes, and rests in the message as the number of its first
component: an outage may last longer, and whether a nonce comes back with the history is not promised. Nothing waits
here for longer than `TRY_S`; a longer wait that Discord asks for is handed up, so that no hour is slept in a task.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeVar

import aiohttp
import discord

from bot import log
from bot.adapters.discord.calendar import UNKNOWN_EVENT, Calendar
from bot.adapters.discord.crossposting import Crossposts
from bot.adapters.discord.incoming import CALENDAR, DIRECT
from bot.adapters.discord.layout import layout
from bot.adapters.discord.outgoing import pages
from bot.errors import StorageError
from bot.outbox.model import Delivery, MessageRef
from bot.outbox.ports import CannotLookError, LaterError, RefusedError, UnansweredError

TRY_S = 25.0
CLOCKS_DIFFER = timedelta(minutes=10)
MOST_LOOKED_AT = 1000
UNKNOWN_MESSAGE = 10008
REASONS = {
    10003: "no-room", 10004: "no-room", 50001: "no-permission", 50013: "no-permission", 50007: "closed",
    50083: "no-permission", 10008: "no-message", 50005: "no-message", UNKNOWN_EVENT: "no-message", 30038: "full",
}  # fmt: skip
"""API docs, JSON Error Codes: unknown channel or guild, missing access or permissions, closed direct messages, a locked
thread, an unknown message or one of somebody else, an unknown scheduled event, a server that has a hundred of them.

A channel or server that is unknown wants to hear nothing more. A right or an access that is missing may come back, so the
room stays: one try for each thing to be said. That the bot is out of a server is said by the gateway (`client`)."""
T = TypeVar("T")


class Deliverer:
    """`bot.outbox.ports.Sender` while the connection stands."""

    def __init__(self, client: discord.Client, crossposts: Crossposts, placeholder: Callable[[str], str]) -> None:
        """`placeholder` is what a list says before something is chosen, in a language."""
        self._client = client
        self._crossposts = crossposts
        self._placeholder = placeholder
        self._calendar = Calendar(client)

    async def deliver(self, delivery: Delivery) -> MessageRef:
        """Say, change or take back; the message it now is. Raises the errors of `bot.outbox.ports` alone."""
        return await _tried(lambda: self._delivered(delivery))

    async def find_delivered(self, delivery: Delivery) -> MessageRef | None:
        """The message an earlier try with this key left in the channel, None when there is none.

        A change or withdrawal is simply made again. So is the handing on, by `deliver`. Raises CannotLookError.
        """
        if delivery.outgoing.act != "say":
            return None
        try:
            if _is_calendar(delivery):
                return await _tried(lambda: self._calendar.found(delivery))
            found = await _tried(lambda: self._found(delivery))
        except RefusedError:
            raise CannotLookError from None
        if found is None or (self._is_handed_on(delivery, found.channel.id) and not found.flags.crossposted):
            return None
        return MessageRef(delivery.outgoing.room, str(found.id))

    async def _delivered(self, delivery: Delivery) -> MessageRef:
        if _is_calendar(delivery):
            return await self._calendar.delivered(delivery)
        said, channel = delivery.outgoing, await self._channel(delivery)
        if said.act == "say":
            message_id = await self._said(delivery, channel)
            if self._is_handed_on(delivery, channel.id):
                await self._crossposts.hand_on(delivery, channel.get_partial_message(message_id))
            return MessageRef(said.room, str(message_id))
        if delivery.message is None:
            raise RefusedError("no-message")
        message = channel.get_partial_message(_number(delivery.message.id, "no-message"))
        if said.act == "change":
            await message.edit(view=self._view(delivery), allowed_mentions=discord.AllowedMentions.none())
        else:
            await _taken_back(message)
        return delivery.message

    async def _said(self, delivery: Delivery, channel: discord.PartialMessageable) -> int:
        """The message's id, said now, or by an earlier try that came no further."""
        if self._is_handed_on(delivery, channel.id) and delivery.was_unanswered:
            found = await self._found(delivery)
            if found is not None:
                return found.id
        message = await channel.send(
            view=self._view(delivery), nonce=delivery.key, allowed_mentions=discord.AllowedMentions.none()
        )
        return message.id

    def _is_handed_on(self, delivery: Delivery, channel_id: int) -> bool:
        return delivery.outgoing.publish and self._crossposts.is_followed(channel_id)

    async def _found(self, delivery: Delivery) -> discord.Message | None:
        """The message with the key, among those since the first try; no more than `MOST_LOOKED_AT` are looked at."""
        since = delivery.first_tried_at - CLOCKS_DIFFER
        looked_at = 0
        channel = await self._channel(delivery)
        history = channel.history(limit=MOST_LOOKED_AT, after=since, oldest_first=False)
        async for message in history:
            looked_at += 1
            if message.author == self._client.user and _bears(message, delivery.key):
                return message
        if looked_at == MOST_LOOKED_AT:
            raise CannotLookError
        return None

    async def _channel(self, delivery: Delivery) -> discord.PartialMessageable:
        """The channel, or for the id of a person behind @ the direct messages with them."""
        room_id = delivery.outgoing.room.id
        if not room_id.startswith(DIRECT):
            return self._client.get_partial_messageable(_number(room_id, "no-room"))
        person = discord.Object(_number(room_id.removeprefix(DIRECT), "no-room"))
        return self._client.get_partial_messageable((await self._client.create_dm(person)).id)

    def _view(self, delivery: Delivery) -> Any:
        reply = delivery.outgoing.reply
        shown = pages(reply)
        if len(shown) > 1:
            raise RefusedError("too-long")
        return layout(shown[0], self._placeholder(reply.locale), marker(delivery.key))


def _is_calendar(delivery: Delivery) -> bool:
    return delivery.outgoing.room.id.startswith(CALENDAR)


def marker(key: str) -> int:
    """The number of the first component of a message said under `key` (API docs, Component Reference: `id`)."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=4).digest()) >> 1 | 1 << 30


def _bears(message: discord.Message, key: str) -> bool:
    first = message.components[0] if message.components else None
    return str(message.nonce) == key or getattr(first, "id", None) == marker(key)


def _number(text: str, code: str) -> int:
    """The id. Raises RefusedError for what is none of Discord's."""
    if not text.isdecimal():
        raise RefusedError(code)
    return int(text)


async def _taken_back(message: discord.PartialMessage) -> None:
    try:
        await message.delete()
    except discord.NotFound as error:
        # Somebody else took it away: that is what was wanted.
        if error.code != UNKNOWN_MESSAGE:
            raise


async def _tried(attempt: Callable[[], Awaitable[T]]) -> T:
    """What one attempt comes to, its faults as the outbox knows them."""
    try:
        async with asyncio.timeout(TRY_S):
            return await attempt()
    except discord.RateLimited as error:
        raise LaterError(error.retry_after) from None
    except discord.HTTPException as error:
        raise _fault(error) from None
    except aiohttp.ClientConnectorError:
        raise LaterError from None
    except (aiohttp.ClientError, OSError, StorageError):
        raise UnansweredError from None


def _fault(error: discord.HTTPException) -> LaterError | UnansweredError | RefusedError:
    if error.code in REASONS:
        return RefusedError(REASONS[error.code])
    if error.status == 429:
        return LaterError(_wait_s(error))
    if error.status >= 500:
        return UnansweredError()
    log.failure("discord.not-taken", error)
    return RefusedError("not-taken")


def _wait_s(error: discord.HTTPException) -> float | None:
    asked = str(error.response.headers.get("Retry-After", ""))
    return float(asked) if asked.replace(".", "", 1).isdecimal() else None
