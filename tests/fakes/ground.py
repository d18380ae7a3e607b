"""A ground in memory: what doors are handed, without a disk. The real storage is held by its own contract tests."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from bot.core.clock import Clock, SystemClock
from bot.core.ground import Ground
from bot.core.meeting import MeetingRooms
from bot.core.ports import MemoryForms, PendingEvent, Preferences, RoomSettings
from bot.errors import StorageError
from bot.settings import DiscordSettings, Secret, Settings
from tests.fakes.books import MemoryJoined


@dataclass
class Kept:
    """Everything the ports below keep; it outlives a bot, as a database does. `is_away` has every port fail."""

    handled: set[str] = field(default_factory=set)
    preferences: dict[str, Preferences] = field(default_factory=dict)
    rooms: dict[str, RoomSettings] = field(default_factory=dict)
    state: dict[str, str] = field(default_factory=dict)
    is_away: bool = False

    def check(self) -> None:
        if self.is_away:
            raise StorageError("Test")


class MemorySecrets:
    def subkey(self, use: Literal["db"], part: str) -> bytes:
        return hashlib.sha256(f"{use}{part}".encode()).digest()

    def file_key(self, file: Path) -> bytes:
        return self.subkey("db", file.name)


class MemoryPeople:
    def mark(self, platform: str, user_id: str) -> str:
        return hashlib.sha256(f"{platform}{user_id}".encode()).hexdigest()[:16]


@dataclass
class MemoryPorts:
    """`HandledEvents`, `PendingEvents`, `PreferenceStore`, `RoomFacts` and `SyncState` in one."""

    kept: Kept

    async def is_handled(self, platform: str, event_id: str) -> bool:
        self.kept.check()
        return platform + event_id in self.kept.handled

    async def handle(self, platform: str, event_id: str) -> bool:
        self.kept.check()
        is_new = platform + event_id not in self.kept.handled
        self.kept.handled.add(platform + event_id)
        return is_new

    async def keep(
        self,
        events: Sequence[PendingEvent],  # noqa: ARG002
        position: str | None = None,  # noqa: ARG002
        finished: Sequence[str] = (),  # noqa: ARG002
    ) -> frozenset[str]:
        return frozenset()

    async def waiting(self) -> list[PendingEvent]:
        return []

    async def note_encrypted(self, platform: str, room_id: str) -> None: ...

    async def was_encrypted(self, platform: str, room_id: str) -> bool:  # noqa: ARG002
        return False

    async def settings_of(self, platform: str, room_id: str) -> RoomSettings:
        self.kept.check()
        return self.kept.rooms.get(platform + room_id, RoomSettings())

    async def set_settings(self, platform: str, room_id: str, settings: RoomSettings) -> None:
        self.kept.check()
        self.kept.rooms[platform + room_id] = settings

    async def left(self, platform: str, room_ids: Collection[str], server: str = "") -> None: ...

    async def servers(self, platform: str) -> frozenset[str]:  # noqa: ARG002
        return frozenset()

    async def forget(self, platform: str, room_id: str) -> bool:
        return self.kept.rooms.pop(platform + room_id, None) is not None


@dataclass
class MemoryPreferences:
    kept: Kept

    async def of(self, person: str, now: datetime) -> Preferences | None:  # noqa: ARG002
        self.kept.check()
        return self.kept.preferences.get(person)

    async def remember(self, person: str, preferences: Preferences, now: datetime) -> None:  # noqa: ARG002
        self.kept.check()
        self.kept.preferences[person] = preferences

    async def forget(self, person: str) -> bool:
        self.kept.check()
        return self.kept.preferences.pop(person, None) is not None


@dataclass
class MemoryState:
    kept: Kept

    async def get(self, platform: str, name: str) -> str | None:
        self.kept.check()
        return self.kept.state.get(platform + name)

    async def put(self, platform: str, name: str, value: str) -> None:
        self.kept.check()
        self.kept.state[platform + name] = value

    async def all(self, platform: str, prefix: str) -> dict[str, str]:
        self.kept.check()
        start = platform + prefix
        return {name.removeprefix(platform): value for name, value in self.kept.state.items() if name.startswith(start)}

    async def erase(self, platform: str, name: str) -> None:
        self.kept.check()
        self.kept.state.pop(platform + name, None)

    async def forget(self, platform: str) -> int:
        mine = [name for name in self.kept.state if name.startswith(platform)]
        for name in mine:
            del self.kept.state[name]
        return len(mine)


def memory_ground(
    token: str,
    kept: Kept | None = None,
    settings: Settings | None = None,
    clock: Clock | None = None,
    meeting: MeetingRooms | None = None,
) -> Ground:
    """A ground whose door to Discord has that token."""
    kept = kept or Kept()
    ports = MemoryPorts(kept)
    settings = settings or Settings(discord=DiscordSettings(token=Secret(token)))
    return Ground(
        settings,
        clock or SystemClock(),
        MemorySecrets(),
        MemoryPeople(),
        ports,
        ports,
        MemoryForms(),
        MemoryPreferences(kept),
        ports,
        MemoryState(kept),
        meeting or MeetingRooms(settings.communities),
        MemoryJoined(),
    )
