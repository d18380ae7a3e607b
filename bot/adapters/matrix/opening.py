"""An event that waited, opened: decrypted and its sender checked; or fetched where it came in clear."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nio import Event as NioEvent  # type: ignore[import-untyped]
from nio import ForwardedRoomKeyEvent, MegolmEvent, RoomKeyEvent

from bot import log
from bot.adapters.matrix.batch import Event
from bot.adapters.matrix.incoming import is_request, message_index, said_at
from bot.adapters.matrix.lines import Waiting
from bot.adapters.matrix.rooms import Rooms
from bot.adapters.matrix.sending import Sender
from bot.adapters.matrix.wire import CRYPTO_ERRORS, RefusedError, Wire, path
from bot.core.ports import PendingEvent

MOST_WAITING = 1000
_NEVER = ("Duplicate message index", "Device keys mismatch")
"""How nio's errors begin that no key will mend: a replay, and a sender who is not whose device it is."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An event in clear, with the fingerprint of the device that sent it; None where it came in clear."""

    event: Event = field(repr=False)
    fingerprint: str | None = field(default=None, repr=False)


class NoKeyError(Exception):
    """The event cannot be read yet; `event` is nio's, for the request of its key."""

    def __init__(self, event: Any) -> None:
        self.event = event
        super().__init__()


class Opener:
    """Opens events; those without a key wait here until it comes."""

    def __init__(self, wire: Wire, rooms: Rooms, sender: Sender) -> None:
        self._wire = wire
        self._rooms = rooms
        self._sender = sender
        self._keyless: defaultdict[str, list[Waiting]] = defaultdict(list)
        self._wake: Callable[[Iterable[Waiting]], None] = lambda _: None
        wire.client.add_to_device_callback(self._key_came, (RoomKeyEvent, ForwardedRoomKeyEvent))

    def wakes(self, wake: Callable[[Iterable[Waiting]], None]) -> None:
        """Hand events whose key came to `wake`."""
        self._wake = wake

    async def opened(self, waiting: Waiting) -> Opened | None:
        """The event in clear, None when nothing is to be made of it. Raises NoKeyError, AwayError."""
        event = waiting.event or await self._fetched(waiting)
        if event is None:
            return None
        if event.get("type") == "m.room.encrypted":
            return await self._decrypted(waiting.room_id, event)
        is_said = event.get("type") == "m.room.message" and not is_request(event)
        if is_said and await self._rooms.is_encrypted(waiting.room_id):
            # Clear words where everything is encrypted come from nobody we could check.
            return None
        return Opened(event)

    async def _fetched(self, waiting: Waiting) -> Event | None:
        try:
            return await self._wire.call("GET", path("rooms", waiting.room_id, "event", waiting.event_id))
        except RefusedError:
            return None

    async def _decrypted(self, room_id: str, raw: Event) -> Opened | None:
        event = NioEvent.parse_event(raw)
        if not isinstance(event, MegolmEvent):
            return None
        event.room_id = room_id
        client = self._wire.client
        if event.device_id not in client.device_store[event.sender]:
            await self._sender.ask_keys(event.sender)
        try:
            opened = client.decrypt_event(event)
        except CRYPTO_ERRORS as error:
            if str(error).startswith(_NEVER):
                log.warning("matrix.refused")
                return None
            raise NoKeyError(event) from None
        source: Event = getattr(opened, "source", {})
        if not getattr(opened, "verified", False) or source.get("room_id") != room_id:
            raise NoKeyError(event)
        # nio has checked the session against the keys of this device, which is trusted.
        return Opened(source, client.device_store[event.sender][event.device_id].ed25519)

    def waits(self, waiting: Waiting, session_id: str) -> None:
        """Let an event wait for the key of its session."""
        if sum(map(len, self._keyless.values())) < MOST_WAITING:
            self._keyless[session_id].append(waiting)

    def is_waited_for(self, session_id: str) -> bool:
        return session_id in self._keyless

    async def _key_came(self, event: Any) -> None:
        waiting = self._keyless.pop(event.session_id, None)
        if waiting:
            # After this sync: nio has the session once its callbacks are done.
            asyncio.get_running_loop().call_soon(self._wake, waiting)


def kept(waiting: Waiting, received_at: datetime) -> PendingEvent:
    """How an event waits in the store: as encrypted as it came, or by its id alone where it came in clear."""
    event = waiting.event or {}
    if event.get("type") != "m.room.encrypted":
        return PendingEvent(waiting.event_id, json.dumps({"room": waiting.room_id}), received_at)
    held = {"room": waiting.room_id, "event": event}
    return PendingEvent(waiting.event_id, json.dumps(held), received_at, claim(event) or "")


def claim(event: Event) -> str | None:
    """What this encrypted event alone may use: no second one of its sender has this index of this session.

    None for what is no Megolm message. With the sender, so that nobody uses up the indexes of others.
    """
    content = event.get("content")
    if not isinstance(content, dict) or not isinstance(content.get("ciphertext"), str):
        return None
    index = message_index(content["ciphertext"])
    return None if index is None else f"{event.get('sender')}\n{content.get('session_id')}\n{index}"


def waited(pending: PendingEvent) -> Waiting:
    """What `kept` kept."""
    held = json.loads(pending.event)
    event: Event | None = held.get("event")
    at = said_at(event, pending.received_at) if event else pending.received_at
    return Waiting(held["room"], pending.id, at, event)
