"""What moderators write into and read from, in memory."""

from collections import Counter
from collections.abc import Mapping

from bot.core.acts import Act
from bot.core.meeting import JoinedRoom
from bot.core.need import SHOWN_FROM, Need
from bot.core.request import RoomRef
from bot.directory.changes import Change
from bot.errors import StorageError
from tests.fakes.changes import MemoryChanges


class MemoryActs:
    """`bot.core.acts.Acts`."""

    def __init__(self) -> None:
        self.kept: list[Act] = []

    async def of(self, item: str, most: int) -> list[Act]:
        return [each for each in reversed(self.kept) if item in ("", each.item)][:most]


class TrailedChanges(MemoryChanges):
    """Changes that leave an act for each moderator, as the storage does."""

    def __init__(self, acts: MemoryActs) -> None:
        super().__init__()
        self._acts = acts

    async def add_one(self, change: Change) -> int:
        version = await super().add_one(change)
        how = change.text.split(" ")[1] if change.kind == "check" else change.case
        self._acts.kept += [Act(name, change.kind, change.record_id, change.decided_on, how) for name in change.by]
        return version


class MemoryNeeds:
    """`bot.core.need.UnmetNeeds`."""

    def __init__(self) -> None:
        self.counts: Counter[Need] = Counter()
        self.is_away = False

    async def add(self, counts: Mapping[Need, int]) -> None:
        if self.is_away:
            raise StorageError("away")
        self.counts.update(counts)

    async def shown(self) -> list[tuple[Need, int]]:
        return [(need, count) for need, count in self.counts.most_common() if count >= SHOWN_FROM]


class MemoryJoined:
    """`bot.core.meeting.JoinedRooms`."""

    def __init__(self, acts: MemoryActs | None = None) -> None:
        self.acts = acts or MemoryActs()
        self.kept: dict[RoomRef, JoinedRoom] = {}

    async def all(self) -> list[JoinedRoom]:
        return list(self.kept.values())

    async def join(self, joined: JoinedRoom, act: Act) -> None:
        self.kept = {room: each for room, each in self.kept.items()
                     if (room.platform, each.community) != (joined.room.platform, joined.community)}  # fmt: skip
        self.kept[joined.room] = joined
        self.acts.kept.append(act)

    async def leave(self, room: RoomRef, act: Act | None = None) -> bool:
        was_there = self.kept.pop(room, None) is not None
        self.acts.kept += [act] if act and was_there else []
        return was_there

    async def leave_server(self, platform: str, server: str) -> int:
        gone = [room for room, each in self.kept.items() if (room.platform, each.server) == (platform, server)]
        for room in gone:
            del self.kept[room]
        return len(gone)
