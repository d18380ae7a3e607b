"""The bot itself, guilds, members, roles, channels and threads. API docs, the resource pages of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import wire
from .errors import ApiError, Json, missing_permissions, unknown, wrong
from .permissions import Can, in_guild, require
from .state import (
    ANNOUNCEMENT,
    ANNOUNCEMENT_THREAD,
    PRIVATE_THREAD,
    PUBLIC_THREAD,
    TEXT,
    Channel,
    Guild,
    Member,
    Message,
)

if TYPE_CHECKING:
    from .calls import Call, Handler

GUILD = "/guilds/{guild_id}"
MEMBER = GUILD + "/members/{user_id}"
CHANNEL = "/channels/{channel_id}"
THREAD_MEMBERS = CHANNEL + "/thread-members"
ARCHIVE_MINUTES = (60, 1440, 4320, 10080)


async def me(call: Call) -> Json:
    return wire.user_json(call.world.bot) | {
        "verified": True,
        "mfa_enabled": True,
        "flags": 0,
        "email": None,
        "locale": "en-US",
    }


async def user(call: Call) -> Json:
    found = call.world.users.get(int(call.path["user_id"]))
    if found is None:
        raise unknown("User", 10013)
    return wire.user_json(found)


async def application(call: Call) -> Json:
    world = call.world
    return {
        "id": str(world.application_id),
        "name": world.bot.name,
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": wire.user_json(world.bot),
        "team": None,
        "verify_key": "0" * 64,
        "flags": 0,
        "tags": [],
        "type": None,
        "flags_new": "0",
        "role_connections_verification_url": None,
        "approximate_user_install_count": sum(user.has_installed for user in world.users.values()),
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "interactions_endpoint_url": None,
        "redirect_uris": [],
        "integration_types_config": {"0": {}, "1": {}},
        "approximate_guild_count": sum(guild.has_bot for guild in world.guilds.values()),
    }


async def gateway(call: Call) -> Json:
    return {"url": call.server.gateway.url}


async def gateway_bot(call: Call) -> Json:
    """1000 identifies a day; here counted from the start of the fake (API docs, Get Gateway Bot)."""
    server = call.server.gateway
    limit = {
        "total": 1000,
        "remaining": max(0, 1000 - server.identify_count),
        "reset_after": 86_400_000,
        "max_concurrency": server.max_concurrency,
    }
    shards = max(server.required_shards, call.server.recommended_shards)
    return {"url": server.url, "shards": shards, "session_start_limit": limit}


async def my_guilds(call: Call) -> Json:
    after, limit = int(call.query.get("after", 0)), int(call.query.get("limit", 200))
    guilds = [one for one in call.world.guilds.values() if one.has_bot and one.id > after][:limit]
    return [
        wire.guild_json(one) | {"permissions": str(int(in_guild(one, call.world.bot.id))), "owner": False}
        for one in guilds
    ]


async def guild(call: Call) -> Json:
    return wire.guild_json(call.world.guild(call.path["guild_id"]))


async def guild_channels(call: Call) -> Json:
    channels = call.world.guild(call.path["guild_id"]).channels.values()
    return [wire.channel_json(one) for one in channels if not one.is_thread]


async def leave(call: Call) -> Json:
    found = call.world.guild(call.path["guild_id"])
    found.has_bot = False
    found.members.pop(call.world.bot.id, None)
    call.world.emit("GUILD_DELETE", {"id": str(found.id)}, guild_id=found.id)


def member_of(call: Call) -> tuple[Guild, Member]:
    found = call.world.guild(call.path["guild_id"])
    member = found.members.get(int(call.path["user_id"]))
    if member is None:
        raise unknown("Member", 10007)
    return found, member


async def member(call: Call) -> Json:
    return wire.member_json(member_of(call)[1])


async def members(call: Call) -> Json:
    """Needs the privileged members intent (API docs, List Guild Members)."""
    found = call.world.guild(call.path["guild_id"])
    if not call.server.gateway.enabled_intents & (1 << 1):
        raise ApiError(403, 50001, "Missing Access")
    limit, after = int(call.query.get("limit", "1")), int(call.query.get("after", "0"))
    sought = sorted((one for one in found.members.values() if one.user.id > after), key=lambda one: one.user.id)
    return [wire.member_json(one) for one in sought[:limit]]


async def roles(call: Call) -> Json:
    return [wire.role_json(role) for role in call.world.guild(call.path["guild_id"]).roles.values()]


async def change_role(call: Call) -> Json:
    found, one = member_of(call)
    role_id = int(call.path["role_id"])
    if role_id not in found.roles:
        raise unknown("Role", 10011)
    if not in_guild(found, call.world.bot.id) & Can.MANAGE_ROLES:
        raise missing_permissions()
    if call.route.startswith("PUT") and role_id not in one.role_ids:
        one.role_ids.append(role_id)
    if call.route.startswith("DELETE") and role_id in one.role_ids:
        one.role_ids.remove(role_id)
    data = wire.member_json(one) | {"guild_id": str(found.id)}
    call.world.emit("GUILD_MEMBER_UPDATE", data, guild_id=found.id)


async def channel(call: Call) -> Json:
    found = call.world.channel(call.path["channel_id"])
    require(found, call.world.bot.id, Can.VIEW_CHANNEL)
    return wire.channel_json(found)


async def edit_channel(call: Call) -> Json:
    """Names, topics, and for threads archived, locked and invitable."""
    found = call.world.channel(call.path["channel_id"])
    needed = Can.MANAGE_THREADS if found.is_thread else Can.MANAGE_CHANNELS
    if not (found.is_thread and found.owner_id == call.world.bot.id):
        require(found, call.world.bot.id, needed)
    body = call.body
    found.name = body.get("name", found.name)
    found.topic = body.get("topic", found.topic)
    found.is_archived = body.get("archived", found.is_archived)
    found.is_locked = body.get("locked", found.is_locked)
    found.invitable = body.get("invitable", found.invitable)
    event = "THREAD_UPDATE" if found.is_thread else "CHANNEL_UPDATE"
    assert found.guild is not None
    call.world.emit(event, wire.channel_json(found), guild_id=found.guild.id)
    return wire.channel_json(found)


async def delete_channel(call: Call) -> Json:
    found = call.world.channel(call.path["channel_id"])
    if found.guild is None:
        return wire.channel_json(found)
    require(found, call.world.bot.id, Can.MANAGE_THREADS if found.is_thread else Can.MANAGE_CHANNELS)
    del call.world.channels[found.id]
    del found.guild.channels[found.id]
    event = "THREAD_DELETE" if found.is_thread else "CHANNEL_DELETE"
    call.world.emit(event, wire.channel_json(found), guild_id=found.guild.id)
    return wire.channel_json(found)


def new_thread(call: Call, parent: Channel, kind: int) -> Channel:
    assert parent.guild is not None
    minutes = call.body.get("auto_archive_duration") or 1440
    if minutes not in ARCHIVE_MINUTES:
        text = f"Value must be one of {ARCHIVE_MINUTES}."
        raise wrong(("auto_archive_duration",), "BASE_TYPE_CHOICES", text)
    thread = Channel(call.world.ids.make(), kind, call.body["name"], parent.guild, parent)
    thread.owner_id = call.world.bot.id
    thread.invitable = call.body.get("invitable", True) is not False
    thread.auto_archive_minutes = minutes
    thread.created_iso = call.world.clock.iso()
    thread.thread_members.add(call.world.bot.id)
    return thread


def keep_thread(call: Call, thread: Channel) -> Json:
    assert thread.guild is not None
    call.world.channels[thread.id] = thread
    thread.guild.channels[thread.id] = thread
    data = wire.channel_json(thread) | {"newly_created": True}
    call.world.emit("THREAD_CREATE", data, guild_id=thread.guild.id)
    return wire.channel_json(thread)


async def start_thread(call: Call) -> Json:
    """Without a message. Absent `type` means private (API docs, Start Thread without Message)."""
    parent = call.world.channel(call.path["channel_id"])
    if parent.type not in (TEXT, ANNOUNCEMENT):
        raise ApiError(400, 50024, "Cannot execute action on this channel type")
    kind = call.body.get("type") or PRIVATE_THREAD
    needed = Can.CREATE_PRIVATE_THREADS if kind == PRIVATE_THREAD else Can.CREATE_PUBLIC_THREADS
    require(parent, call.world.bot.id, needed)
    return keep_thread(call, new_thread(call, parent, kind))


async def start_thread_from_message(call: Call) -> Json:
    """The thread takes the message's id; a second one is 160004."""
    parent = call.world.channel(call.path["channel_id"])
    require(parent, call.world.bot.id, Can.CREATE_PUBLIC_THREADS)
    message = call.world.message(parent, call.path["message_id"])
    if message.thread is not None:
        raise ApiError(400, 160004, "A thread has already been created for this message")
    thread = new_thread(call, parent, ANNOUNCEMENT_THREAD if parent.type == ANNOUNCEMENT else PUBLIC_THREAD)
    thread.id = message.id
    message.thread = thread
    made = keep_thread(call, thread)
    call.world.post(Message(call.world.ids.make(), parent, call.world.bot, thread.name, type=18))
    return made


def thread_of(call: Call) -> Channel:
    found = call.world.channel(call.path["channel_id"])
    if not found.is_thread:
        raise ApiError(400, 50024, "Cannot execute action on this channel type")
    return found


async def join_thread(call: Call) -> Json:
    thread = thread_of(call)
    who = call.path.get("user_id")
    if who is not None:
        require(thread, call.world.bot.id, Can.SEND_MESSAGES_IN_THREADS)
        assert thread.guild is not None
        if int(who) not in thread.guild.members:
            raise unknown("Member", 10007)
    thread.thread_members.add(int(who or call.world.bot.id))


async def leave_thread(call: Call) -> Json:
    thread = thread_of(call)
    who = call.path.get("user_id")
    if who is not None:
        require(thread, call.world.bot.id, Can.MANAGE_THREADS)
    thread.thread_members.discard(int(who or call.world.bot.id))


async def thread_members(call: Call) -> Json:
    thread = thread_of(call)
    return [wire.thread_member_json(thread, one) for one in sorted(thread.thread_members)]


async def active_threads(call: Call) -> Json:
    threads = [one for one in call.world.guild(call.path["guild_id"]).channels.values() if one.is_thread]
    return {
        "threads": [wire.channel_json(one) for one in threads if not one.is_archived],
        "members": [],
        "has_more": False,
    }


ROUTES: dict[str, Handler] = {
    "GET /users/@me": me,
    "GET /users/@me/guilds": my_guilds,
    "DELETE /users/@me/guilds/{guild_id}": leave,
    "GET /users/{user_id}": user,
    "GET /applications/@me": application,
    "GET /oauth2/applications/@me": application,
    "GET /gateway": gateway,
    "GET /gateway/bot": gateway_bot,
    f"GET {GUILD}": guild,
    f"GET {GUILD}/channels": guild_channels,
    f"GET {GUILD}/members": members,
    f"GET {MEMBER}": member,
    f"GET {GUILD}/roles": roles,
    f"PUT {MEMBER}/roles/{{role_id}}": change_role,
    f"DELETE {MEMBER}/roles/{{role_id}}": change_role,
    f"GET {GUILD}/threads/active": active_threads,
    f"GET {CHANNEL}": channel,
    f"PATCH {CHANNEL}": edit_channel,
    f"DELETE {CHANNEL}": delete_channel,
    f"POST {CHANNEL}/threads": start_thread,
    f"POST {CHANNEL}/messages/{{message_id}}/threads": start_thread_from_message,
    f"GET {THREAD_MEMBERS}": thread_members,
    f"PUT {THREAD_MEMBERS}/@me": join_thread,
    f"DELETE {THREAD_MEMBERS}/@me": leave_thread,
    f"PUT {THREAD_MEMBERS}/{{user_id}}": join_thread,
    f"DELETE {THREAD_MEMBERS}/{{user_id}}": leave_thread,
}
