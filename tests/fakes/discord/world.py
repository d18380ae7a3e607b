"""Everything that exists in one fake Discord, and the acts that change it and tell the gateway."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from . import wire
from .clock import Clock, Snowflakes
from .components import TEXT_DISPLAY, walk
from .errors import Json, unknown
from .permissions import MEMBER, NOTHING, Can
from .state import DM, TEXT, Channel, Guild, Member, Message, Role, User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MENTION = re.compile(r"<@!?(\d+)>")
ROLE_MENTION = re.compile(r"<@&(\d+)>")
EVERYONE = re.compile(r"@(?:everyone|here)\b")
ALL_MENTIONS = ("users", "roles", "everyone")


class Emit(Protocol):
    def __call__(self, event: str, data: Json, *, guild_id: int | None) -> int: ...


def nobody(event: str, data: Json, *, guild_id: int | None) -> int:  # noqa: ARG001
    return 0


@dataclass(frozen=True)
class Ping:
    """Somebody's device made a sound. `target`: a user or role id, or "everyone"."""

    message: Message
    target: int | str


class World:
    """State of one fake. `emit` is set by the gateway; without it events go nowhere."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.ids = Snowflakes(clock)
        self.tells_channels = True
        """Whether an interaction brings its channel, or the id alone."""
        self.token = "fake." + secrets.token_hex(12)
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.messages: list[Message] = []
        self.pings: list[Ping] = []
        self.bot = self.add_user("Umbrella", is_bot=True)
        self.application_id = self.bot.id
        self.emitted = 0
        self.emit: Emit = nobody
        self.on_bot_message: list[Callable[[Message], None]] = []

    # people and places

    def add_user(self, name: str, *, locale: str = "en-US", is_bot: bool = False, has_installed: bool = False) -> User:
        user = User(self.ids.make(), name, locale, is_bot=is_bot, has_installed=has_installed)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, *members: User, locale: str = "en-US", has_bot: bool = True) -> Guild:
        """A server with one text channel "general", owned by nobody who talks. The bot has a role of its own."""
        owner = self.add_user(f"owner of {name}")
        guild = Guild(self.ids.make(), name, owner.id, locale, has_bot=has_bot)
        self.guilds[guild.id] = guild
        for user in (owner, *members, *([self.bot] if has_bot else [])):
            guild.members[user.id] = Member(user)
        if has_bot:
            role = self.add_role(guild, self.bot.name, MEMBER)
            guild.members[self.bot.id].role_ids.append(role.id)
        self.add_channel(guild, "general")
        if has_bot:
            self.emit("GUILD_CREATE", wire.guild_create_json(guild, self.bot.id, with_members=False), guild_id=guild.id)
        return guild

    def add_member(self, guild: Guild, user: User, *roles: Role) -> Member:
        member = guild.members.setdefault(user.id, Member(user))
        member.role_ids += [role.id for role in roles]
        return member

    def add_role(self, guild: Guild, name: str, permissions: Can = NOTHING) -> Role:
        role = Role(self.ids.make(), name, permissions)
        guild.roles[role.id] = role
        return role

    def add_channel(self, guild: Guild, name: str, kind: int = TEXT, parent: Channel | None = None) -> Channel:
        channel = Channel(self.ids.make(), kind, name, guild, parent, created_iso=self.clock.iso())
        guild.channels[channel.id] = channel
        self.channels[channel.id] = channel
        if guild.has_bot:
            event = "THREAD_CREATE" if channel.is_thread else "CHANNEL_CREATE"
            self.emit(event, wire.channel_json(channel), guild_id=guild.id)
        return channel

    def dm_channel(self, user: User) -> Channel:
        for channel in self.channels.values():
            if channel.type == DM and user in channel.recipients:
                return channel
        channel = Channel(self.ids.make(), DM, recipients=[user, self.bot])
        self.channels[channel.id] = channel
        return channel

    def shares_guild(self, user: User) -> bool:
        return any(guild.has_bot and user.id in guild.members for guild in self.guilds.values())

    # look-ups that refuse as Discord does

    def channel(self, channel_id: str | int) -> Channel:
        found = self.channels.get(int(channel_id))
        if found is None or (found.guild is not None and not found.guild.has_bot):
            raise unknown("Channel", 10003)
        return found

    def guild(self, guild_id: str | int) -> Guild:
        found = self.guilds.get(int(guild_id))
        if found is None or not found.has_bot:
            raise unknown("Guild", 10004)
        return found

    def message(self, channel: Channel, message_id: str | int) -> Message:
        """By channel: ephemeral and deleted messages do not exist there."""
        found = channel.messages.get(int(message_id))
        if found is None or found.is_deleted or found.is_ephemeral:
            raise unknown("Message", 10008)
        return found

    # messages

    def post(self, message: Message) -> Message:
        """Keep a message and tell the gateway. Ephemeral ones reach the bot only."""
        message.created_iso = self.clock.iso()
        message.channel.messages[message.id] = message
        self.messages.append(message)
        guild = message.channel.guild
        is_open = guild is None or guild.has_bot or message.is_ephemeral
        if is_open:
            event = wire.message_event_json(message, self.bot.id)
            self.emit("MESSAGE_CREATE", event, guild_id=int(event["guild_id"]) if "guild_id" in event else None)
        if message.author is self.bot:
            for told in list(self.on_bot_message):
                told(message)
        return message

    def changed(self, message: Message) -> None:
        message.edited_iso = self.clock.iso()
        event = wire.message_event_json(message, self.bot.id)
        self.emit("MESSAGE_UPDATE", event, guild_id=int(event["guild_id"]) if "guild_id" in event else None)
        for told in list(self.on_bot_message):
            told(message)

    def deleted(self, message: Message) -> None:
        message.is_deleted = True
        guild = message.channel.guild
        data: dict[str, Json] = {"id": str(message.id), "channel_id": str(message.channel.id)}
        if guild is not None and not message.is_ephemeral:
            data["guild_id"] = str(guild.id)
        self.emit("MESSAGE_DELETE", data, guild_id=guild.id if guild is not None and not message.is_ephemeral else None)

    def mention(self, message: Message, allowed: dict[str, Json] | None, default: Iterable[str]) -> None:
        """Work out whom a message of the bot notifies, and note it.

        API docs, Allowed Mentions Object: absent means all for channel messages and users only for interactions and
        webhooks (`default`); present means what it lists and nothing else. Text displays ping as content does.
        """
        parse = set(default) if allowed is None else set(allowed.get("parse") or [])
        users = {int(one) for one in (allowed or {}).get("users") or []}
        roles = {int(one) for one in (allowed or {}).get("roles") or []}
        texts = [message.content]
        texts += [str(one.get("content")) for _, one in walk(message.components) if one.get("type") == TEXT_DISPLAY]
        text = "\n".join(texts)
        named = [int(one) for one in MENTION.findall(text)]
        message.mentions = [
            self.users[one] for one in dict.fromkeys(named) if one in self.users and ("users" in parse or one in users)
        ]
        replied = message.reference.author if message.reference is not None else None
        pings_author = (
            allowed is None if "replied_user" not in (allowed or {}) else bool((allowed or {})["replied_user"])
        )
        if replied is not None and pings_author and replied not in message.mentions:
            message.mentions.append(replied)
        named = [int(one) for one in ROLE_MENTION.findall(text)]
        message.mention_roles = [one for one in dict.fromkeys(named) if "roles" in parse or one in roles]
        message.mentions_everyone = "everyone" in parse and EVERYONE.search(text) is not None
        if message.author is self.bot:
            targets: list[int | str] = [user.id for user in message.mentions if user is not self.bot]
            targets += message.mention_roles + (["everyone"] if message.mentions_everyone else [])
            self.pings += [Ping(message, target) for target in targets]
