"""The stage of the fake: its parts, its people and places, and what happened on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from .clock import Clock
from .commands import unlocalized
from .errors import Json
from .faults import Faults
from .gateway import Gateway
from .permissions import NOTHING, Can
from .server import API, Server
from .state import GROUP_DM, Channel, Guild, Message, Role, User
from .world import Ping, World

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from .calls import Refusal, Request
    from .interactions import Interaction

WANTED_LOCALES = ("en-GB", "fr", "es-ES", "es-419", "zh-CN", "zh-TW")
Node = dict[str, Json]


class Stage:
    """Everything but the acts of people; those are in `fake.py`."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.world = World(self.clock)
        self.gateway = Gateway(self.world)
        self.faults = Faults()
        self.server = Server(self.world, self.gateway, self.faults)
        self.world.emit = self._emit
        self.bot = self.world.bot
        self.token = self.world.token
        self.ada = self.world.add_user("ada")
        self.moderator = self.world.add_user("moderator")
        self.stranger = self.world.add_user("stranger")
        self.home = self.world.add_guild("Home", self.ada, self.moderator)
        admin = self.world.add_role(self.home, "moderators", Can.ADMINISTRATOR)
        self.world.add_member(self.home, self.moderator, admin)

    def _emit(self, event: str, data: Json, *, guild_id: int | None) -> int:
        told = self.gateway.emit(event, data, guild_id=guild_id)
        self.world.emitted += told
        return told

    async def __aenter__(self) -> Self:
        await self.server.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.server.stop()
        if self.server.crashes and error is None:
            raise AssertionError("the fake itself failed:\n" + "\n".join(self.server.crashes))

    @property
    def api_url(self) -> str:
        return self.server.base + API

    @property
    def gateway_url(self) -> str:
        return self.gateway.url

    # people and places

    def add_user(self, name: str, *, locale: str = "en-US", has_installed: bool = False) -> User:
        """`has_installed`: they installed the app for themselves."""
        return self.world.add_user(name, locale=locale, has_installed=has_installed)

    def add_guild(self, name: str, *members: User, locale: str = "en-US", has_bot: bool = True) -> Guild:
        return self.world.add_guild(name, *members, locale=locale, has_bot=has_bot)

    def add_channel(self, guild: Guild, name: str, kind: int = 0) -> Channel:
        """`kind` 5 is an announcement channel."""
        return self.world.add_channel(guild, name, kind)

    def add_role(self, guild: Guild, name: str, permissions: Can = NOTHING, *members: User) -> Role:
        role = self.world.add_role(guild, name, permissions)
        for user in members:
            self.world.add_member(guild, user, role)
        return role

    def add_group(self, *people: User) -> Channel:
        """A group conversation without the bot: context 2."""
        channel = Channel(self.world.ids.make(), GROUP_DM, recipients=list(people))
        self.world.channels[channel.id] = channel
        return channel

    @property
    def commands(self) -> list[Node]:
        """The global commands, as last synced."""
        return self.server.commands.get(None, [])

    def commands_of(self, guild: Guild | None) -> list[Node]:
        return [*(self.server.commands.get(guild.id, []) if guild is not None else []), *self.commands]

    # what happened

    @property
    def requests(self) -> list[Request]:
        return self.server.requests

    def bodies(self, route: str) -> list[Json]:
        """Bodies of all requests whose route starts so, e.g. `"POST /channels"`."""
        return [one.body for one in self.requests if one.route.startswith(route)]

    @property
    def refusals(self) -> list[Refusal]:
        """Everything that was answered with 400 or more."""
        return self.server.refusals

    @property
    def violations(self) -> list[Refusal]:
        """Bodies against the description or a limit, and routes that do not exist."""
        return self.server.violations

    @property
    def interactions(self) -> list[Interaction]:
        return list(self.server.interactions.values())

    @property
    def bot_messages(self) -> list[Message]:
        """All it wrote anywhere, deleted and ephemeral ones included; deferrals that were never filled too."""
        return [one for one in self.world.messages if one.author is self.bot]

    @property
    def public_messages(self) -> list[Message]:
        """Those that others than the person asking can read."""
        return [one for one in self.bot_messages if one.is_public]

    def dms_of(self, user: User) -> list[Message]:
        """What the bot wrote to this person directly, ephemeral answers not counted."""
        channel = self.world.dm_channel(user)
        return [one for one in self.bot_messages if one.channel is channel and not one.is_ephemeral]

    @property
    def pings(self) -> list[Ping]:
        return self.world.pings

    def unlocalized(self, locales: Iterable[str] = WANTED_LOCALES) -> list[str]:
        """Strict localization: `"ask/question description: fr"` for each text without its language."""
        return unlocalized(self.commands, locales)

    def complaints(self, *, locales: Iterable[str] = WANTED_LOCALES) -> list[str]:
        """For the end of a journey: violations, public messages, pings, lost interactions, missing languages.

        An interaction that arrived too late to be answered is not missed.
        """
        found = [f"the fake failed: {one}" for one in self.server.crashes]
        found += [f"violation: {one}" for one in self.violations]
        found += [f"public: {one.text!r}" for one in self.public_messages]
        found += [f"ping: {one.target} in {one.message.text!r}" for one in self.pings]
        found += [f"unanswered: {one.story()}" for one in self.interactions if not (one.is_answered or one.is_late)]
        return found + [f"language: {one}" for one in self.unlocalized(locales)]
