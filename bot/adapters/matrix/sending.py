"""Everything the bot sends: encrypted wherever a room is or ever was, to devices trusted on first use, once.

nio's `room_send` is not used: it wedges a room for ever when a connection drops while keys are claimed, marks a session
as shared when its keys were refused, and sends in the clear where it has not yet seen that a room is encrypted
(`matrix.md` traps 12, 15 and 16). Transaction ids are given from outside, so that what is sent again is one event.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from nio.crypto import TrustState  # type: ignore[import-untyped]

from bot import log
from bot.adapters.matrix import keying
from bot.adapters.matrix.crosssigning import Identity
from bot.adapters.matrix.limiter import Limiter
from bot.adapters.matrix.review import ReviewRooms
from bot.adapters.matrix.rooms import Rooms
from bot.adapters.matrix.wire import Json, RefusedError, Wire, path

JOIN_S = 30.0


class GoneError(Exception):
    """The bot may not speak in the room, or is not in it."""


class Sender:
    """Sends into rooms, in each one after the other."""

    def __init__(self, wire: Wire, rooms: Rooms, limiter: Limiter, identity: Identity, review: ReviewRooms) -> None:
        self._wire = wire
        self._identity = identity
        self._review = review
        self._rooms = rooms
        self._limiter = limiter
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._asking = asyncio.Lock()

    async def send(self, room_id: str, content: Json, transaction: str, kind: str = "m.room.message") -> str:
        """The id of the event. Tries until the server takes it; raises GoneError where the bot may not speak."""
        async with self._turns[room_id]:
            try:
                return await self._limiter.run(lambda: self._send(room_id, content, transaction, kind))
            except RefusedError as error:
                raise GoneError from error

    async def send_once(self, room_id: str, content: Json, transaction: str) -> str:
        """The id of the event, after one try. Raises as `Wire.call` does, and GoneError."""
        async with self._turns[room_id]:
            return await self._send(room_id, content, transaction, "m.room.message")

    async def _send(self, room_id: str, content: Json, transaction: str, kind: str) -> str:
        if not self._rooms.is_joined(room_id):
            raise GoneError
        body = dict(content)
        if await self.must_encrypt(room_id):
            await self._share_keys(room_id)
            # Keys took a while: what the server told another room meanwhile holds here too.
            self._limiter.check()
            kind, body = self._wire.client.encrypt(room_id, kind, body)
        sent = await self._wire.call("PUT", path("rooms", room_id, "send", kind, transaction), body)
        return str(sent["event_id"])

    async def redact(self, room_id: str, event_id: str, transaction: str) -> None:
        """Take back a message of ours. Raises GoneError."""
        try:
            await self._limiter.run(lambda: self.redact_once(room_id, event_id, transaction))
        except RefusedError as error:
            raise GoneError from error

    async def redact_once(self, room_id: str, event_id: str, transaction: str) -> None:
        """Take back a message of ours, by one try. Raises as `Wire.call` does."""
        await self._wire.call("PUT", path("rooms", room_id, "redact", event_id, transaction), {})

    async def must_encrypt(self, room_id: str) -> bool:
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
                response = await keying.query(self._wire, client.users_for_key_query)
                self.trust(device for devices in response.changed.values() for device in devices.values())
                if self._wire.user_id in response.device_keys:
                    self._judge_own(response.device_keys[self._wire.user_id])

    def trust(self, devices: Iterable[Any]) -> None:
        """Trust devices of people on first use, so that nio checks who sends; a changed key nio has refused already."""
        for device in devices:
            if device.user_id != self._wire.user_id and device.trust_state == TrustState.unset and not device.deleted:
                self._wire.client.verify_device(device)

    def _judge_own(self, listed: Json) -> None:
        """Trust other devices of the bot's own account only where its identity signed them, else give them no key.

        nio hands every key to a verified device of the own account that asks for it; a homeserver can add one.
        """
        client, user_id = self._wire.client, self._wire.user_id
        refused = 0
        for device in client.device_store.active_user_devices(user_id):
            keys = listed.get(device.id, {}).get("keys", {})
            is_same = keys.get(f"ed25519:{device.id}") == device.ed25519
            if is_same and self._identity.vouches(listed[device.id], user_id):
                client.unblacklist_device(device)
                client.verify_device(device)
            else:
                refused += client.blacklist_device(device)
        if refused:
            log.warning("matrix.strange-device", count=refused)

    async def begin(self) -> None:
        """Trust every device of the store that a crash left without, and judge those of the own account anew."""
        self.trust(list(self._wire.client.device_store))
        await self.ask_keys(self._wire.user_id)

    async def _share_keys(self, room_id: str) -> None:
        """Give the room's session to every device in it that has none yet."""
        client = self._wire.client
        olm, room = client.olm, client.rooms[room_id]
        olm.update_tracked_users(room)
        if client.should_query_keys:
            await self.ask_keys()
        self._retire(room_id)
        if not olm.should_share_group_session(room_id):
            return
        await keying.claim(self._wire, client.get_missing_sessions(room_id))
        self._withhold(room_id, room.users)
        # One commit, not one for each device: each is a wait for the disk in which nobody is answered.
        with client.store.database.atomic():
            shares = list(olm.share_group_session_parallel(room_id, list(room.users)))
        for devices, messages in shares:
            await keying.to_devices(self._wire, "m.room.encrypted", messages)
            olm.outbound_group_sessions[room_id].users_shared_with.update(devices)
        olm.outbound_group_sessions[room_id].shared = True

    def _retire(self, room_id: str) -> None:
        """Begin anew where the session was given to a device that may not read: before it was a review room."""
        olm = self._wire.client.olm
        session = olm.outbound_group_sessions.get(room_id)
        if session is None or room_id not in self._review:
            return
        for user_id, device_id in session.users_shared_with:
            device = olm.device_store[user_id].get(device_id)
            is_ours = user_id == self._wire.user_id
            if not is_ours and (device is None or not self._review.may_read(room_id, user_id, device.ed25519)):
                del olm.outbound_group_sessions[room_id]
                return

    def _withhold(self, room_id: str, people: Iterable[str]) -> None:
        """Begin a session whose key is not given to devices that may not read in the room."""
        olm = self._wire.client.olm
        devices = (device for user_id in people for device in olm.device_store.active_user_devices(user_id))
        withheld = {
            (each.user_id, each.id)
            for each in devices
            if each.user_id != self._wire.user_id and not self._review.may_read(room_id, each.user_id, each.ed25519)
        }
        if not withheld:
            return
        log.warning("matrix.device-withheld", count=len(withheld))
        session = olm.outbound_group_sessions.get(room_id)
        if session is None or session.shared:
            olm.create_outbound_group_session(room_id)
        olm.outbound_group_sessions[room_id].users_ignored.update(withheld)

    async def request_key(self, event: Any) -> None:
        """Ask the device that sent an event for its key, which did not come."""
        request = event.as_key_request(event.sender, self._wire.client.device_id, device_id=event.device_id)
        await keying.to_devices(self._wire, request.type, request.as_dict())

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
