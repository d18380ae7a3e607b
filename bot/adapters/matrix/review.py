"""The rooms where moderators meet: whose devices may read there, and whose words surely come from a moderator.

A homeserver can add a device to an account. What moderators see and say is therefore tied to the fingerprints that the
operator's file names (`security.md`, moderators' devices are pinned); a person named without any is trusted as others
are, on first use, and decides nothing.
"""

from bot.core.meeting import JoinedRooms, MeetingRooms
from bot.core.moderators import Entry, Moderators
from bot.core.request import RoomRef


class ReviewRooms:
    """The review rooms of all communities, and the moderators of the file."""

    def __init__(self, meeting: MeetingRooms, joined: JoinedRooms) -> None:
        self.moderators = Moderators(meeting.communities)
        self._meeting = meeting
        self._joined = joined

    def __contains__(self, room_id: object) -> bool:
        return isinstance(room_id, str) and bool(self._meeting.community_at(RoomRef("matrix", room_id)))

    async def forget(self, room_id: str) -> None:
        """The bot is no longer in the room: one that was joined to a community is that no more. Raises StorageError."""
        if room_id in self and await self._joined.leave(RoomRef("matrix", room_id)):
            self._meeting.take_in(await self._joined.all())

    def may_read(self, room_id: str, user_id: str, fingerprint: str) -> bool:
        """Whether the key of a room is given to that device of a person."""
        if room_id not in self:
            return True
        entry = self.moderators.entry("matrix", user_id)
        return entry is not None and (not entry.devices or fingerprint in _named(entry))

    def is_proven(self, user_id: str, fingerprint: str | None) -> bool:
        """Whether words came from a device that the file names for this person; None for a device nobody could check."""
        entry = self.moderators.entry("matrix", user_id)
        return entry is not None and fingerprint in _named(entry)


def _named(entry: Entry) -> frozenset[str]:
    """Fingerprints without the spaces that clients show them with."""
    return frozenset(each.replace(" ", "") for each in entry.devices)
