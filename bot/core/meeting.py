"""Where the moderators of each community meet: rooms the operator's file names, and rooms joined to one with `setup`.

Communities and who moderates them come from the file alone. Where it names a room on a platform, that one holds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.core.acts import Act
from bot.core.request import RoomRef
from bot.settings import Community

PLATFORMS = ("discord", "matrix")


@dataclass(frozen=True, slots=True)
class JoinedRoom:
    """A room that was joined to a community; `server` is the platform's id of the server it belongs to, if any."""

    room: RoomRef
    community: str
    server: str = field(default="", repr=False)


class JoinedRooms(Protocol):
    """The rooms that were joined, kept. Every method raises StorageError."""

    async def all(self) -> Sequence[JoinedRoom]: ...
    async def join(self, joined: JoinedRoom, act: Act) -> None:
        """Keep it with the act, in the place of the room its community had on that platform, and of what the room was."""
        ...

    async def leave(self, room: RoomRef, act: Act | None = None) -> bool:
        """Forget a room; False, and no act, for one that was not joined. Also when the bot leaves it."""
        ...

    async def leave_server(self, platform: str, server: str) -> int:
        """Forget the rooms of a server that the bot leaves; how many."""
        ...


class MeetingRooms:
    """The review rooms as they are now; `take_in` says which were joined."""

    def __init__(self, communities: Iterable[Community]) -> None:
        self.communities = tuple(communities)
        self.joined: tuple[JoinedRoom, ...] = ()

    def take_in(self, joined: Iterable[JoinedRoom]) -> None:
        """Those of communities that the file knows, where it names no room itself."""
        known = {each.id for each in self.communities}
        self.joined = tuple(
            each for each in joined
            if each.community in known and self.filed(each.community, each.room.platform) is None
        )  # fmt: skip

    def of(self, community: str) -> list[RoomRef]:
        """The rooms of a community, at most one on each platform."""
        return [room for platform in PLATFORMS if (room := self._room(community, platform)) is not None]

    def filed(self, community: str, platform: str) -> RoomRef | None:
        """The room that the operator's file names."""
        found = next((each.review_rooms for each in self.communities if each.id == community), None)
        room = getattr(found, platform, None)
        return RoomRef(platform, room) if room else None

    def _room(self, community: str, platform: str) -> RoomRef | None:
        joined = (each.room for each in self.joined if (each.community, each.room.platform) == (community, platform))
        return self.filed(community, platform) or next(joined, None)

    def community_at(self, room: RoomRef) -> str:
        """The community that meets in the room, the first of the file where several do; empty for none."""
        return next((each.id for each in self.communities if room in self.of(each.id)), "")
