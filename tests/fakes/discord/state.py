"""What exists in the fake: users, guilds, channels, messages. Plain values; the rules stand in the routes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import reading
from .components import EPHEMERAL
from .permissions import MEMBER, NOTHING, Can

if TYPE_CHECKING:
    from datetime import datetime

    from .errors import Json

TEXT, DM, GROUP_DM, CATEGORY, ANNOUNCEMENT = 0, 1, 3, 4, 5
ANNOUNCEMENT_THREAD, PUBLIC_THREAD, PRIVATE_THREAD, FORUM = 10, 11, 12, 15
THREADS = (ANNOUNCEMENT_THREAD, PUBLIC_THREAD, PRIVATE_THREAD)
CROSSPOSTED = 1 << 0
LOADING = 1 << 7


@dataclass(eq=False, repr=False)
class User:
    """A person or a bot. `dms_open=False` refuses direct messages with 50007; `locale` is that of the client."""

    id: int
    name: str
    locale: str = "en-US"
    is_bot: bool = False
    dms_open: bool = True
    has_installed: bool = False

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"

    def __repr__(self) -> str:
        return f"<{self.name} {self.id}>"


@dataclass(eq=False, repr=False)
class Role:
    id: int
    name: str
    permissions: Can = NOTHING
    position: int = 1

    def __repr__(self) -> str:
        return f"<role {self.name} {self.permissions!r}>"


@dataclass(eq=False, repr=False)
class Member:
    user: User
    role_ids: list[int] = field(default_factory=list)
    nick: str | None = None

    def __repr__(self) -> str:
        return f"<member {self.user.name}>"


@dataclass(eq=False, repr=False)
class Guild:
    """A server. `has_bot=False`: only reached through people who installed the app for themselves. `is_away`: it has an
    outage, and comes to no new session; `is_unnamed`: nor is it named there.
    """

    id: int
    name: str
    owner_id: int
    locale: str = "en-US"
    has_bot: bool = True
    is_away: bool = False
    is_unnamed: bool = False
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    events: dict[int, ScheduledEvent] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.roles.setdefault(self.id, Role(self.id, "@everyone", MEMBER, position=0))

    def __repr__(self) -> str:
        return f"<server {self.name}>"

    @property
    def everyone(self) -> Role:
        return self.roles[self.id]

    @property
    def text_channel(self) -> Channel:
        """The first ordinary channel: where things happen unless a test says otherwise."""
        return next(channel for channel in self.channels.values() if channel.type == TEXT)

    def channel(self, name: str) -> Channel:
        return next(channel for channel in self.channels.values() if channel.name == name)


@dataclass(eq=False)
class ScheduledEvent:
    """An event in the calendar of a server, held somewhere else than on Discord."""

    id: int
    guild: Guild
    creator: User
    name: str
    description: str | None
    location: str
    start: datetime
    end: datetime


@dataclass(eq=False, repr=False)
class Channel:
    id: int
    type: int
    name: str = ""
    guild: Guild | None = None
    parent: Channel | None = None
    recipients: list[User] = field(default_factory=list)
    overwrites: dict[int, tuple[Can, Can]] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    topic: str | None = None
    owner_id: int | None = None
    thread_members: set[int] = field(default_factory=set)
    is_archived: bool = False
    is_locked: bool = False
    invitable: bool = True
    auto_archive_minutes: int = 1440
    created_iso: str = ""

    @property
    def is_thread(self) -> bool:
        return self.type in THREADS

    def __repr__(self) -> str:
        return f"<channel {self.name or self.recipients} of type {self.type}>"

    @property
    def is_private(self) -> bool:
        return self.guild is None

    def deny(self, target_id: int, permissions: Can) -> None:
        """An overwrite for a role or member: `home.text_channel.deny(fake.bot.id, Can.SEND_MESSAGES)`."""
        allowed, denied = self.overwrites.get(target_id, (Can(0), Can(0)))
        self.overwrites[target_id] = (allowed & ~permissions, denied | permissions)

    def allow(self, target_id: int, permissions: Can) -> None:
        allowed, denied = self.overwrites.get(target_id, (Can(0), Can(0)))
        self.overwrites[target_id] = (allowed | permissions, denied & ~permissions)

    @property
    def history(self) -> list[Message]:
        """What anybody who reads the channel sees: no ephemeral messages, oldest first."""
        return [message for message in self.messages.values() if not message.is_ephemeral and not message.is_deleted]


@dataclass(eq=False, repr=False)
class Message:
    """A message. Ephemeral ones belong to `visible_to` only and are never part of a channel's history."""

    id: int
    channel: Channel
    author: User
    content: str = ""
    embeds: list[dict[str, Json]] = field(default_factory=list)
    components: list[dict[str, Json]] = field(default_factory=list)
    attachments: list[dict[str, Json]] = field(default_factory=list)
    flags: int = 0
    type: int = 0
    nonce: str | int | None = None
    reference: Message | None = None
    mentions: list[User] = field(default_factory=list)
    mention_roles: list[int] = field(default_factory=list)
    mentions_everyone: bool = False
    reactions: dict[str, list[int]] = field(default_factory=dict)
    visible_to: User | None = None
    interaction: dict[str, Json] | None = None
    webhook_id: int | None = None
    thread: Channel | None = None
    is_pinned: bool = False
    is_deleted: bool = False
    created_iso: str = ""
    edited_iso: str | None = None
    published_edits: list[float] = field(default_factory=list)

    def __repr__(self) -> str:
        how = "ephemeral" if self.is_ephemeral else "public" if self.is_public else "direct"
        return f"<{how} message of {self.author.name}: {self.text[:80]!r}>"

    @property
    def is_ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def is_loading(self) -> bool:
        """The bot "is thinking": deferred and not yet answered."""
        return bool(self.flags & LOADING)

    @property
    def is_public(self) -> bool:
        """Others than the person asked can read it."""
        return self.channel.type != DM and not self.is_ephemeral

    @property
    def text(self) -> str:
        """Everything a person reads in it, top to bottom: content, embeds, text displays, labels of buttons."""
        return reading.text_of(self.content, self.embeds, self.components)

    @property
    def labels(self) -> list[str]:
        return reading.labels_of(self.components)

    @property
    def links(self) -> list[str]:
        return reading.links_of(self.components)

    def find(self, label_or_custom_id: str) -> dict[str, Json]:
        """The button or select with this label, placeholder or custom id; LookupError names what is there."""
        return reading.find(self.components, label_or_custom_id)
