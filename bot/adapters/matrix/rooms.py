"""What the bot knows of its rooms: who is in them, whether one is a direct chat, who may decide there."""

from typing import Any

from bot.adapters.matrix.batch import Batch
from bot.adapters.matrix.review import ReviewRooms
from bot.adapters.matrix.wire import Wire
from bot.core.ports import RoomFacts

MODERATOR_LEVEL = 50
CREATOR_LEVEL = 1 << 53
"""Creators of rooms from version 12 on stand above every number (Matrix v1.16, room version 12)."""


class Rooms:
    """The rooms of the account. nio counts members; creators and encryption are noted here."""

    def __init__(self, wire: Wire, facts: RoomFacts, review: ReviewRooms) -> None:
        self._wire = wire
        self._facts = facts
        self._review = review
        self._creators: dict[str, frozenset[str]] = {}
        self._noted: set[str] = set()

    def all(self) -> dict[str, Any]:
        """The rooms of nio by their id."""
        found: dict[str, Any] = self._wire.client.rooms
        return found

    async def take_in(self, batch: Batch) -> None:
        """Note what a sync says of rooms; to be called once nio has it, and before anything is answered."""
        for room in batch.joined:
            if room.creators is not None:
                self._creators[room.id] = room.creators
            held = self.all().get(room.id)
            if held is not None:
                # The sync leaves no member out (no lazy loading), so nio need not ask again before it sends.
                held.members_synced = True
                if held.encrypted:
                    await self.note_encrypted(room.id)
        for room_id in batch.left:
            self.drop(room_id)
            await self._review.forget(room_id)
        await self._facts.left("matrix", batch.left)

    def drop(self, room_id: str) -> None:
        """We are no longer there: nio keeps such rooms for ever (`matrix.md` trap 18)."""
        client = self._wire.client
        client.rooms.pop(room_id, None)
        client.invited_rooms.pop(room_id, None)
        if client.olm is not None:
            client.olm.outbound_group_sessions.pop(room_id, None)
        self._creators.pop(room_id, None)

    def is_joined(self, room_id: str) -> bool:
        return room_id in self.all()

    def is_direct(self, room_id: str) -> bool:
        """Whether one person alone is there with the bot, and nobody else can come in or read unasked."""
        room = self.all().get(room_id)
        return (
            room is not None
            and len(room.users) == 2
            and self._wire.user_id in room.users
            and room.join_rule in ("invite", "private")
            and room.history_visibility != "world_readable"
        )

    def direct_with(self, user_id: str) -> str | None:
        """The direct chat with a person: an encrypted one they have joined, before one they are invited to."""
        found = [
            (room.encrypted, not room.users[user_id].invited, room_id)
            for room_id, room in self.all().items()
            if user_id in room.users and self.is_direct(room_id)
        ]
        return max(found)[2] if found and max(found)[0] else None

    def is_moderator(self, room_id: str, user_id: str) -> bool:
        return self.level(room_id, user_id) >= MODERATOR_LEVEL

    def level(self, room_id: str, user_id: str) -> int:
        """The power of a person in a room, that of creators included."""
        room = self.all().get(room_id)
        if room is None:
            return 0
        if user_id in self._creators.get(room_id, ()):
            return CREATOR_LEVEL
        return int(room.power_levels.get_user_level(user_id))

    def names(self, room_id: str) -> tuple[str, ...]:
        """How people there write the bot: its id, the part before the colon, its shown name."""
        room, own = self.all().get(room_id), self._wire.user_id
        shown = room.users[own].display_name if room is not None and own in room.users else None
        return (own, *([shown] if shown else []), own.partition(":")[0])

    async def note_encrypted(self, room_id: str) -> None:
        """Note for good that the room is encrypted."""
        if room_id not in self._noted:
            await self._facts.note_encrypted("matrix", room_id)
            self._noted.add(room_id)

    async def is_encrypted(self, room_id: str) -> bool:
        """Whether the room is or ever was encrypted, as far as it is known here."""
        room = self.all().get(room_id)
        if room is not None and room.encrypted:
            await self.note_encrypted(room_id)
            return True
        is_known = room_id in self._noted or await self._facts.was_encrypted("matrix", room_id)
        if is_known and room is not None:
            room.encrypted = True
            self._noted.add(room_id)
        return is_known

    async def forget(self, room_id: str) -> None:
        """Erase all about a room the bot has left of itself."""
        self.drop(room_id)
        self._noted.discard(room_id)
        await self._facts.left("matrix", [room_id])
        await self._facts.forget("matrix", room_id)
        await self._review.forget(room_id)
