"""What the door asks of what is kept, remembered for a minute so that an answer does not wait for a disk."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection
from datetime import UTC, datetime
from typing import Generic, TypeVar

from bot import log
from bot.adapters.discord.incoming import CALENDAR, PLATFORM
from bot.core.ground import Ground
from bot.core.ports import Preferences, RoomSettings
from bot.core.request import RoomRef
from bot.core.rounds import do_once
from bot.errors import StorageError

Value = TypeVar("Value")
FRESH_S, TOLD_S, AGAIN_S = 60.0, 1800.0, 60.0
MOST = 20_000


class Recent(Generic[Value]):
    """At most `MOST` values, each for so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._held: OrderedDict[str, tuple[float, Value]] = OrderedDict()

    def get(self, key: str, now_s: float) -> Value | None:
        held = self._held.get(key)
        return held[1] if held and held[0] > now_s else None

    def put(self, key: str, value: Value, now_s: float) -> None:
        self._held.pop(key, None)
        self._held[key] = (now_s + self._seconds, value)
        if len(self._held) > MOST:
            self._held.popitem(last=False)

    def drop(self, key: str) -> None:
        self._held.pop(key, None)


class Memory:
    """Preferences of people and settings of servers; when the storage is away everybody is as if new."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._people: Recent[Preferences] = Recent(FRESH_S)
        self._servers: Recent[RoomSettings] = Recent(FRESH_S)
        self._told: Recent[bool] = Recent(TOLD_S)

    @property
    def _now_s(self) -> float:
        return self._ground.clock.monotonic()

    def mark(self, user_id: int) -> str:
        """The name of a person that says nothing to who has no key."""
        return self._ground.people.mark(PLATFORM, str(user_id))

    def tell_once(self, mark: str) -> bool:
        """Whether this person is still to be told that Discord reads along; after half an hour again."""
        is_told = self._told.get(mark, self._now_s) is not None
        self._told.put(mark, True, self._now_s)
        return not is_told

    async def preferences(self, mark: str) -> Preferences:
        """What the person asked to have remembered."""
        found = self._people.get(mark, self._now_s)
        if found is None:
            try:
                found = await self._ground.preferences.of(mark, self._ground.clock.now()) or Preferences()
            except StorageError as error:
                log.warning("discord.storage-away", error=type(error).__name__)
                return Preferences()
            self._people.put(mark, found, self._now_s)
        return found

    async def remember(self, mark: str, language: str | None) -> None:
        """Keep the language of a person, or with None forget what was kept of them. Raises StorageError."""
        if language is None:
            await self._ground.preferences.forget(mark)
        else:
            before = await self._ground.preferences.of(mark, self._ground.clock.now()) or Preferences()
            await self._ground.preferences.remember(mark, Preferences(language, before.place), self._ground.clock.now())
        self._people.drop(mark)

    async def server(self, guild_id: int | None) -> RoomSettings:
        """The settings of a server; those of none are empty."""
        if guild_id is None:
            return RoomSettings()
        found = self._servers.get(str(guild_id), self._now_s)
        if found is None:
            try:
                found = await self._ground.rooms.settings_of(PLATFORM, str(guild_id))
            except StorageError as error:
                log.warning("discord.storage-away", error=type(error).__name__)
                return RoomSettings()
            self._servers.put(str(guild_id), found, self._now_s)
        return found

    async def set_server(self, guild_id: int, settings: RoomSettings) -> None:
        """Change the settings of a server. Raises StorageError."""
        await self._ground.rooms.set_settings(PLATFORM, str(guild_id), settings)
        self._servers.drop(str(guild_id))

    async def left_server(self, guild_id: int, channel_ids: Collection[int]) -> None:
        """The bot is no longer in a server: its settings go, its rooms hear nothing more and review nothing.

        As long as the storage is away it is tried again.
        """
        ground = self._ground

        async def end() -> None:
            rooms = [*map(str, channel_ids), f"{CALENDAR}{guild_id}"]
            await ground.rooms.left(PLATFORM, rooms, str(guild_id))
            await ground.rooms.forget(PLATFORM, str(guild_id))
            self._servers.drop(str(guild_id))
            if await ground.joined.leave_server(PLATFORM, str(guild_id)):
                ground.meeting.take_in(await ground.joined.all())

        await do_once(end, ground.clock, AGAIN_S, "discord.not-forgotten")

    async def left_servers(self, is_left: Callable[[int], Awaitable[bool]]) -> None:
        """End all of every server that something is kept for and that was left while nobody was connected."""
        ground = self._ground

        async def end() -> None:
            joined = {each.server for each in ground.meeting.joined if each.room.platform == PLATFORM}
            for each in joined | await ground.rooms.servers(PLATFORM):
                if each.isdecimal() and await is_left(int(each)):
                    await self.left_server(int(each), ())

        await do_once(end, ground.clock, AGAIN_S, "discord.not-forgotten")

    async def left_room(self, channel_id: int) -> None:
        """A room is gone. As long as the storage is away it is tried again."""
        ground, room = self._ground, RoomRef(PLATFORM, str(channel_id))

        async def end() -> None:
            await ground.rooms.left(PLATFORM, [room.id])
            if ground.meeting.community_at(room) and await ground.joined.leave(room):
                ground.meeting.take_in(await ground.joined.all())

        await do_once(end, ground.clock, AGAIN_S, "discord.not-forgotten")

    def now(self) -> datetime:
        return self._ground.clock.now().astimezone(UTC)
