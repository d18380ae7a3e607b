"""Permission bits and how they are computed. API docs, Permissions: Permission Overwrites."""

from __future__ import annotations

from enum import IntFlag
from typing import TYPE_CHECKING

from .errors import missing_access, missing_permissions

if TYPE_CHECKING:
    from .state import Channel, Guild


class Can(IntFlag):
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_EVENTS = 1 << 33
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    CREATE_EVENTS = 1 << 44
    PIN_MESSAGES = 1 << 51
    USE_EXTERNAL_APPS = 1 << 50


NOTHING = Can(0)
EVERYTHING = Can(0)
for _bit in Can:
    EVERYTHING |= _bit

MEMBER = (
    Can.ADD_REACTIONS
    | Can.VIEW_CHANNEL
    | Can.SEND_MESSAGES
    | Can.EMBED_LINKS
    | Can.ATTACH_FILES
    | Can.READ_MESSAGE_HISTORY
    | Can.USE_APPLICATION_COMMANDS
    | Can.CREATE_PUBLIC_THREADS
    | Can.CREATE_PRIVATE_THREADS
    | Can.SEND_MESSAGES_IN_THREADS
    | Can.USE_EXTERNAL_APPS
)


def in_guild(guild: Guild, user_id: int) -> Can:
    """Of `@everyone` and the member's roles together; owner and administrators can do everything."""
    if user_id == guild.owner_id:
        return EVERYTHING
    member = guild.members.get(user_id)
    if member is None:
        return Can(0)
    granted = guild.roles[guild.id].permissions
    for role_id in member.role_ids:
        if role_id in guild.roles:
            granted |= guild.roles[role_id].permissions
    return EVERYTHING if granted & Can.ADMINISTRATOR else granted


def in_channel(channel: Channel, user_id: int) -> Can:
    """Overwrites in Discord's order: `@everyone`, all roles together, the member. Threads take their parent's."""
    guild = channel.guild
    if guild is None:
        return EVERYTHING
    if channel.parent is not None and channel.is_thread:
        return in_channel(channel.parent, user_id)
    granted = in_guild(guild, user_id)
    if granted == EVERYTHING or user_id not in guild.members:
        return granted
    allowed, denied = channel.overwrites.get(guild.id, (Can(0), Can(0)))
    granted = granted & ~denied | allowed
    pairs = [channel.overwrites[role] for role in guild.members[user_id].role_ids if role in channel.overwrites]
    for _, denied in pairs:
        granted &= ~denied
    for allowed, _ in pairs:
        granted |= allowed
    allowed, denied = channel.overwrites.get(user_id, (Can(0), Can(0)))
    granted = granted & ~denied | allowed
    return granted if granted & Can.VIEW_CHANNEL else Can(0)


def require(channel: Channel, user_id: int, needed: Can) -> None:
    """Raise 50001 when the channel cannot even be seen, 50013 when the act itself is not allowed."""
    granted = in_channel(channel, user_id)
    if not granted & Can.VIEW_CHANNEL:
        raise missing_access()
    if needed & ~granted:
        raise missing_permissions()
