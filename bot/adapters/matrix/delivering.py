"""What is said unasked: one message of the outbox into one room, under the key it was given before the first try.

Cases and what is told to one person go into encrypted rooms only; an announcement goes in the clear where the room never
was encrypted. Nothing is tried twice here: the outbox counts the tries and waits between them.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from bot.adapters.matrix import outgoing
from bot.adapters.matrix.history import pages_back
from bot.adapters.matrix.limiter import Limiter
from bot.adapters.matrix.rooms import Rooms
from bot.adapters.matrix.sending import GoneError, Sender
from bot.adapters.matrix.wire import AwayError, Json, LimitedError, UnreachedError, Wire, path
from bot.adapters.matrix.wire import RefusedError as RefusedByServerError
from bot.outbox.model import Delivery, MessageRef
from bot.outbox.ports import CannotLookError, LaterError, RefusedError, UnansweredError

TRY_S = 25.0
SOON_S = 2.0
"""A room we have just joined is known with the next sync."""
CLOCKS_DIFFER = timedelta(minutes=10)
T = TypeVar("T")


class Deliverer:
    """`bot.outbox.ports.Sender` while the door runs."""

    def __init__(self, wire: Wire, rooms: Rooms, sender: Sender, limiter: Limiter) -> None:
        self._wire = wire
        self._rooms = rooms
        self._sender = sender
        self._limiter = limiter

    async def deliver(self, delivery: Delivery) -> MessageRef:
        """Say, change or take back; the message it now is. Raises the errors of `bot.outbox.ports` alone."""
        return await _tried(lambda: self._limiter.once(lambda: self._delivered(delivery)))

    async def _delivered(self, delivery: Delivery) -> MessageRef:
        room_id, message = delivery.outgoing.room.id, delivery.message
        if delivery.outgoing.act != "say" and message is None:
            raise RefusedError("no-message")
        if not self._rooms.is_joined(room_id):
            joined = await self._wire.call("GET", path("joined_rooms"))
            raise LaterError(SOON_S) if room_id in joined.get("joined_rooms", ()) else RefusedError("no-room")
        if delivery.outgoing.act == "withdraw" and message is not None:
            await self._sender.redact_once(room_id, message.id, delivery.key)
            return message
        if delivery.outgoing.kind != "announcement" and not await self._sender.must_encrypt(room_id):
            raise RefusedError("not-encrypted")
        content = _content(delivery)
        event_id = await self._sender.send_once(room_id, content, delivery.key)
        return message or MessageRef(delivery.outgoing.room, event_id)

    async def find_delivered(self, delivery: Delivery) -> MessageRef | None:
        """The message an earlier try with this key left in the room, None when there is none.

        The server says the transaction id of an event to the device that sent it. Raises CannotLookError.
        """
        try:
            event_id = await _tried(lambda: self._found(delivery))
        except RefusedError:
            raise CannotLookError from None
        return (delivery.message or MessageRef(delivery.outgoing.room, event_id)) if event_id else None

    async def _found(self, delivery: Delivery) -> str | None:
        since_ms = (delivery.first_tried_at - CLOCKS_DIFFER).timestamp() * 1000

        async def ask(where: str) -> Json:
            return await self._limiter.once(lambda: self._wire.call("GET", where))

        async for events, is_last in pages_back(ask, delivery.outgoing.room.id):
            for event in events:
                unsigned = event.get("unsigned")
                if isinstance(unsigned, dict) and unsigned.get("transaction_id") == delivery.key:
                    return str(event["event_id"])
            if is_last or (events and events[-1].get("origin_server_ts", 0) < since_ms):
                return None
        raise CannotLookError


def _content(delivery: Delivery) -> outgoing.Content:
    """What is sent: one message. Announcements and what is told to one person wake who gets them."""
    said = delivery.outgoing
    contents = outgoing.contents(said.reply, is_text=said.kind != "review")
    if len(contents) > 1:
        raise RefusedError("too-long")
    if said.act == "change" and delivery.message is not None:
        return outgoing.edited(contents[0], delivery.message.id)
    return contents[0]


async def _tried(attempt: Callable[[], Awaitable[T]]) -> T:
    """What one attempt comes to, its faults as the outbox knows them."""
    try:
        async with asyncio.timeout(TRY_S):
            return await attempt()
    except LimitedError as error:
        raise LaterError(error.wait_s) from None
    except UnreachedError:
        raise LaterError from None
    except (AwayError, TimeoutError):
        raise UnansweredError from None
    except (GoneError, RefusedByServerError):
        raise RefusedError("no-permission") from None
