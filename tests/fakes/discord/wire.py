"""State as the JSON that Discord sends. API docs, the resource pages of each object."""

from __future__ import annotations

from .components import EPHEMERAL
from .errors import Json
from .permissions import in_channel, in_guild
from .state import ANNOUNCEMENT, Channel, Guild, Member, Message, Role, ScheduledEvent, User

JOINED = "2024-01-01T00:00:00+00:00"
Node = dict[str, Json]
ABSENT_IN_GUILDS = (
    "home_header",
    "splash",
    "discovery_splash",
    "application_id",
    "widget_channel_id",
    "max_presences",
    "rules_channel_id",
    "safety_alerts_channel_id",
    "public_updates_channel_id",
    "incidents_data",
)


def user_json(user: User) -> Node:
    return {
        "id": str(user.id),
        "username": user.name,
        "global_name": None if user.is_bot else user.name,
        "discriminator": "0001" if user.is_bot else "0",
        "avatar": None,
        "bot": user.is_bot,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
        "avatar_decoration_data": None,
    }


def member_json(member: Member, *, with_user: bool = True) -> Node:
    made: Node = {
        "nick": member.nick,
        "roles": [str(role_id) for role_id in member.role_ids],
        "joined_at": JOINED,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "avatar": None,
        "pending": False,
        "premium_since": None,
        "communication_disabled_until": None,
        "banner": None,
    }
    return made | {"user": user_json(member.user)} if with_user else made


def role_json(role: Role) -> Node:
    return {
        "id": str(role.id),
        "name": role.name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": role.position,
        "permissions": str(int(role.permissions)),
        "managed": False,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def channel_json(channel: Channel) -> Node:
    made: Node = {"id": str(channel.id), "type": channel.type, "flags": 0, "last_message_id": None}
    if channel.guild is None:
        return made | {"recipients": [user_json(user) for user in channel.recipients if not user.is_bot]}
    made |= {"guild_id": str(channel.guild.id), "name": channel.name}
    parent = {"parent_id": str(channel.parent.id) if channel.parent else None}
    if channel.is_thread:
        return made | parent | thread_json(channel)
    overwrites = [
        {
            "id": str(target),
            "type": 0 if target in channel.guild.roles else 1,
            "allow": str(int(allow)),
            "deny": str(int(deny)),
        }
        for target, (allow, deny) in channel.overwrites.items()
    ]
    made |= {"position": 0, "permission_overwrites": overwrites, "topic": channel.topic, "nsfw": False}
    return made | parent | ({} if channel.type == ANNOUNCEMENT else {"rate_limit_per_user": 0})


def thread_json(thread: Channel) -> Node:
    return {
        "owner_id": str(thread.owner_id),
        "message_count": len(thread.messages),
        "total_message_sent": len(thread.messages),
        "member_count": len(thread.thread_members),
        "rate_limit_per_user": 0,
        "thread_metadata": {
            "archived": thread.is_archived,
            "auto_archive_duration": thread.auto_archive_minutes,
            "archive_timestamp": thread.created_iso,
            "locked": thread.is_locked,
            "invitable": thread.invitable,
            "create_timestamp": thread.created_iso,
        },
    }


def thread_member_json(thread: Channel, user_id: int) -> Node:
    return {"id": str(thread.id), "user_id": str(user_id), "join_timestamp": thread.created_iso or JOINED, "flags": 0}


def guild_json(guild: Guild) -> Node:
    """A guild as GET gives it."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "owner_id": str(guild.owner_id),
        "preferred_locale": guild.locale,
        "roles": [role_json(role) for role in guild.roles.values()],
        "emojis": [],
        "stickers": [],
        "features": ["COMMUNITY"],
        "afk_timeout": 300,
        "afk_channel_id": None,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "verification_level": 1,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "premium_progress_bar_enabled": False,
        "vanity_url_code": None,
        "description": None,
        "banner": None,
        **dict.fromkeys(ABSENT_IN_GUILDS),
        "region": "deprecated",
        "widget_enabled": False,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "premium_subscription_count": 0,
        "nsfw": False,
    }


def event_json(event: ScheduledEvent, status: int) -> Node:
    return {
        "id": str(event.id),
        "guild_id": str(event.guild.id),
        "channel_id": None,
        "creator_id": str(event.creator.id),
        "creator": user_json(event.creator),
        "name": event.name,
        "description": event.description,
        "image": None,
        "scheduled_start_time": event.start.isoformat(),
        "scheduled_end_time": event.end.isoformat(),
        "status": status,
        "entity_type": 3,
        "entity_id": None,
        "entity_metadata": {"location": event.location},
        "privacy_level": 2,
        "recurrence_rule": None,
        "user_rsvp": None,
        "guild_scheduled_event_exceptions": [],
    }


def guild_create_json(guild: Guild, bot_id: int, *, with_members: bool) -> Node:
    """GUILD_CREATE: without the members intent only the bot itself is listed (API docs, Gateway Events)."""
    members = [one for one in guild.members.values() if with_members or one.user.id == bot_id]
    channels = list(guild.channels.values())
    return guild_json(guild) | {
        "joined_at": JOINED,
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "members": [member_json(member) for member in members],
        "channels": [channel_json(channel) for channel in channels if not channel.is_thread],
        "threads": [channel_json(channel) for channel in channels if channel.is_thread and not channel.is_archived],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def message_json(message: Message, bot_id: int, *, with_reference: bool = True) -> Node:
    made: Node = {
        "id": str(message.id),
        "channel_id": str(message.channel.id),
        "author": user_json(message.author),
        "content": message.content,
        "timestamp": message.created_iso,
        "edited_timestamp": message.edited_iso,
        "tts": False,
        "mention_everyone": message.mentions_everyone,
        "mentions": [user_json(user) for user in message.mentions],
        "mention_roles": [str(role_id) for role_id in message.mention_roles],
        "attachments": message.attachments,
        "embeds": [{"type": "rich"} | embed for embed in message.embeds],
        "components": message.components,
        "pinned": message.is_pinned,
        "type": message.type,
        "flags": message.flags,
        "reactions": [
            {
                "count": len(users),
                "count_details": {"burst": 0, "normal": len(users)},
                "me": bot_id in users,
                "me_burst": False,
                "burst_colors": [],
                "emoji": {"id": None, "name": emoji},
            }
            for emoji, users in message.reactions.items()
            if users
        ],
    }
    optional = {"nonce": message.nonce, "interaction_metadata": message.interaction}
    made |= {name: value for name, value in optional.items() if value is not None}
    if message.webhook_id is not None:
        made |= {"webhook_id": str(message.webhook_id), "application_id": str(message.webhook_id)}
    if message.thread is not None:
        made["thread"] = channel_json(message.thread)
    return made | (reference_json(message, bot_id) if with_reference else {})


def reference_json(message: Message, bot_id: int) -> Node:
    other = message.reference
    if other is None:
        return {}
    pointer: Node = {"type": 0, "message_id": str(other.id), "channel_id": str(other.channel.id)}
    if other.channel.guild is not None:
        pointer["guild_id"] = str(other.channel.guild.id)
    shown = None if other.is_deleted else message_json(other, bot_id, with_reference=False)
    return {"message_reference": pointer, "referenced_message": shown}


def message_event_json(message: Message, bot_id: int) -> Node:
    """MESSAGE_CREATE: a bot's own ephemeral answers come without guild_id (API docs, Gateway: Message Create)."""
    made = message_json(message, bot_id)
    guild = message.channel.guild
    if guild is not None and not message.flags & EPHEMERAL:
        made["guild_id"] = str(guild.id)
        if message.author.id in guild.members:
            made["member"] = member_json(guild.members[message.author.id], with_user=False)
    return made


def invoker_json(user: User, guild: Guild | None, channel: Channel) -> Node:
    """Who asked: `member` with computed permissions in a guild, else `user` (API docs, Interaction Object)."""
    if guild is None:
        return {"user": user_json(user)}
    member = guild.members.get(user.id) or Member(user)
    granted = in_channel(channel, user.id) if user.id in guild.members else in_guild(guild, user.id)
    return {"member": member_json(member) | {"permissions": str(int(granted))}}
