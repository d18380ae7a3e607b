"""Everything the bot sends: encrypted wherever a room is or ever was, to devices trusted on first use, once.

nio's `room_send` is not used: it wedges a room for ever when a connection drops while keys are claimed, marks a session
as shared when its keys were refused, and sends in the clear where it has not yet seen that a room is encrypted
(`matrix.md` traps 12, 15 and 16). Transaction ids are given from outside, so that what is sent again is one event.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from nio.crypto import TrustState  # type: ignore[import-untyped]

from bot.adapters.matrix.limiter import Limiter
from bot.adapters.matrix.rooms import Rooms
from bot.adapters.matrix.wire import Json, RefusedError, Wire, path

JOIN_S = 30.0


class GoneError(Exception):
    """The bot may not speak in the room, or is not in it."""


class Sender:
    """Sends into rooms, in each one after the other."""

    def __init__(self, wire: Wire, rooms: Rooms, limiter: Limiter) -> None:
        self._wire = wire
        self._rooms = rooms
        self._limiter = limiter
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._asking = asyncio.Lock()

    async def send(self, room_id: str, content: Json, transaction: str, kind: str = "m.room.message") -> str:
        """The id of the event. Tries until the server takes it; raises GoneError where the bot may not speak."""
        async with self._turns[room_id]:
            try:
                sent = await self._limiter.run(lambda: self._send(room_id, content, transaction, kind))
            except RefusedError as error:
                raise GoneError from error
        return str(sent["event_id"])

    async def _send(self, room_id: str, content: Json, transaction: str, kind: str) -> Json:
        if not self._rooms.is_joined(room_id):
            raise GoneError
        body = dict(content)
        if await self._must_encrypt(room_id):
            await self._share_keys(room_id)
            kind, body = self._wire.client.encrypt(room_id, kind, body)
        return await self._wire.call("PUT", path("rooms", room_id, "send", kind, transaction), body)

    async def redact(self, room_id: str, event_id: str, transaction: str) -> None:
        """Take back a message of ours. Raises GoneError."""
        try:
            await self._limiter.run(
                lambda: self._wire.call("PUT", path("rooms", room_id, "redact", event_id, transaction), {})
            )
        except RefusedError as error:
            raise GoneError from error

    async def _must_encrypt(self, room_id: str) -> bool:
        """Whether the room is or ever was encrypted; what is not known here the server is asked each time."""
        if await self._rooms.is_encrypted(room_id):
            return True
        try:
            await self._wire.call("GET", path("rooms", room_id, "state", "m.room.encryption", ""))
        except RefusedError as error:
            if error.code == "M_NOT_FOUND":
                return False
            raise
        await self._rooms.note_encrypted(room_id)
        return await self._rooms.is_encrypted(room_id)

    async def ask_keys(self, *people: str) -> None:
        """Learn the devices of `people` and of everyone whose devices changed; trust those seen for the first time."""
        client = self._wire.client
        async with self._asking:
            client.users_for_key_query.update(people)
            if client.should_query_keys:
                self.trust((await self._wire.checked(client.keys_query())).changed)

    def trust(self, changed: dict[str, dict[str, Any]]) -> None:
        """Trust devices on first use, so that nio checks who sends; a changed key nio has refused already."""
        for device in (device for devices in changed.values() for device in devices.values()):
            if device.trust_state == TrustState.unset and not device.deleted:
                self._wire.client.verify_device(device)

    def trust_all(self) -> None:
        """Trust every device of the store that a crash left without."""
        for device in list(self._wire.client.device_store):
            self.trust({device.user_id: {device.id: device}})

    async def _share_keys(self, room_id: str) -> None:
        """Give the room's session to every device in it that has none yet."""
        client = self._wire.client
        olm, room = client.olm, client.rooms[room_id]
        olm.update_tracked_users(room)
        if client.should_query_keys:
            await self.ask_keys()
        if not olm.should_share_group_session(room_id):
            return
        missing = client.get_missing_sessions(room_id)
        if missing:
            await self._wire.checked(client.keys_claim(missing))
        for devices, messages in olm.share_group_session_parallel(room_id, list(room.users)):
            await self._to_devices(messages)
            olm.outbound_group_sessions[room_id].users_shared_with.update(devices)
        olm.outbound_group_sessions[room_id].shared = True

    async def _to_devices(self, messages: Json) -> None:
        await self._wire.call("PUT", path("sendToDevice", "m.room.encrypted", uuid4().hex), messages)

    async def request_key(self, event: Any) -> None:
        """Ask for the key of an event that cannot be read: from our own devices and from the one that sent it."""
        client = self._wire.client
        if event.session_id in client.outgoing_key_requests:
            return
        await self._wire.checked(client.request_room_key(event))
        request = event.as_key_request(event.sender, client.device_id, device_id=event.device_id)
        await self._wire.call("PUT", path("sendToDevice", request.type, uuid4().hex), request.as_dict())

    async def direct_room(self, user_id: str) -> str:
        """The direct chat with a person, made and encrypted when there is none. Raises GoneError."""
        async with self._turns[user_id]:
            found = self._rooms.direct_with(user_id)
            if found is not None:
                return found
            try:
                made = await self._limiter.run(lambda: self._wire.call("POST", path("createRoom"), _direct(user_id)))
            except RefusedError as error:
                raise GoneError from error
            room_id = str(made["room_id"])
            await self._rooms.note_encrypted(room_id)
            async with asyncio.timeout(JOIN_S):
                # The server makes a room piece by piece: before the invite is there, keys would go to nobody.
                while not self._rooms.is_direct(room_id):
                    await self._wire.next_sync()
            return room_id

    def forget(self, room_ids: Iterable[str]) -> None:
        """Drop the turns of rooms that are left."""
        for room_id in room_ids:
            if room_id in self._turns and not self._turns[room_id].locked():
                del self._turns[room_id]


def _direct(user_id: str) -> Json:
    encryption = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    return {"is_direct": True, "preset": "trusted_private_chat", "invite": [user_id], "initial_state": [encryption]}
