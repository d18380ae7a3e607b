"""Messages, reactions and publishing in channels and direct messages. API docs, Message Resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import wire
from .components import EPHEMERAL, IS_COMPONENTS_V2, numbered
from .errors import (
    ApiError,
    Fault,
    Json,
    dms_closed,
    empty_message,
    invalid_body,
    missing_permissions,
    too_many,
    unknown,
    wrong,
)
from .limits import file_faults, message_faults
from .messages import apply_edit, as_json, attachments_of, is_empty
from .permissions import Can, in_channel, require
from .state import ANNOUNCEMENT, CROSSPOSTED, DM, Channel, Message
from .world import ALL_MENTIONS

if TYPE_CHECKING:
    from .calls import Call, Handler

# Seen in use, not promised by Discord: discord.js#4956, discord-api-docs#6109.
PUBLISHES_PER_HOUR = 10
PUBLISHED_EDITS_PER_HOUR = 3
HOUR_S = 3600.0
# "A few minutes" (API docs, Create Message: enforce_nonce).
NONCE_LIVES_S = 180.0
ROOT = "/channels/{channel_id}"
ONE = ROOT + "/messages/{message_id}"


def check_speaks(call: Call, channel: Channel) -> None:
    """50007 in closed direct messages, 50001/50013 in guilds, 50083 in archived threads that are locked."""
    bot = call.world.bot
    if channel.type == DM:
        person = next(user for user in channel.recipients if user is not bot)
        if not person.dms_open or not (call.world.shares_guild(person) or person.has_installed):
            raise dms_closed()
        return
    require(channel, bot.id, Can.SEND_MESSAGES_IN_THREADS if channel.is_thread else Can.SEND_MESSAGES)
    if channel.is_thread and channel.is_locked and not in_channel(channel, bot.id) & Can.MANAGE_THREADS:
        raise ApiError(400, 50083, "Tried to perform an operation on an archived thread, such as editing a message")


async def create(call: Call) -> Json:
    channel = call.world.channel(call.path["channel_id"])
    body = call.body
    check_speaks(call, channel)
    faults = message_faults(body) + file_faults(body, call.files)
    if faults:
        raise invalid_body(faults)
    if is_empty(body, call.files):
        raise empty_message()
    known = already_sent(call, channel)
    if known is not None:
        return as_json(call, known)
    require_extras(call, channel)
    message = Message(
        call.world.ids.make(),
        channel,
        call.world.bot,
        content=body.get("content") or "",
        embeds=body.get("embeds") or [],
        components=numbered(body.get("components") or []),
        attachments=attachments_of(call, body),
        # EPHEMERAL does nothing outside interactions.
        flags=(body.get("flags") or 0) & ~EPHEMERAL,
        nonce=body.get("nonce"),
        reference=referenced(call, channel),
    )
    message.type = 19 if message.reference is not None else 0
    call.world.mention(message, body.get("allowed_mentions"), ALL_MENTIONS)
    return as_json(call, call.world.post(message))


def require_extras(call: Call, channel: Channel) -> None:
    if channel.guild is not None and call.files:
        require(channel, call.world.bot.id, Can.ATTACH_FILES)


def already_sent(call: Call, channel: Channel) -> Message | None:
    """With `enforce_nonce`, the message this author sent with the same nonce in the last few minutes."""
    nonce = call.body.get("nonce")
    if nonce is None or not call.body.get("enforce_nonce"):
        return None
    for message in reversed(channel.messages.values()):
        if message.nonce == nonce and message.author is call.world.bot:
            born = (message.id >> 22) / 1000 + 1_420_070_400
            return message if call.world.clock.now() - born < NONCE_LIVES_S else None
    return None


def referenced(call: Call, channel: Channel) -> Message | None:
    pointer = call.body.get("message_reference")
    if not pointer:
        return None
    try:
        message = call.world.message(channel, pointer["message_id"])
    except ApiError:
        if pointer.get("fail_if_not_exists", True):
            fault = Fault(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
            raise ApiError(400, 50035, "Invalid Form Body", faults=[fault]) from None
        return None
    if not in_channel(channel, call.world.bot.id) & Can.READ_MESSAGE_HISTORY:
        raise ApiError(400, 160002, "Cannot reply without permission to read message history")
    return message


def readable(call: Call) -> Channel:
    channel = call.world.channel(call.path["channel_id"])
    require(channel, call.world.bot.id, Can.READ_MESSAGE_HISTORY)
    return channel


async def history(call: Call) -> Json:
    """Newest first, 1..100, before/after/around an id."""
    channel = readable(call)
    limit = int(call.query.get("limit", "50"))
    if not 1 <= limit <= 100:
        raise wrong(("limit",), "NUMBER_TYPE_MAX", "int value should be between 1 and 100.")
    found = list(reversed(channel.history))
    if "before" in call.query:
        found = [one for one in found if one.id < int(call.query["before"])]
    if "after" in call.query:
        found = [one for one in found if one.id > int(call.query["after"])][-limit:]
    return [as_json(call, one) for one in found[:limit]]


async def fetch(call: Call) -> Json:
    return as_json(call, call.world.message(readable(call), call.path["message_id"]))


async def edit(call: Call) -> Json:
    """Own messages only (50005). A published message three times an hour: 20028 with a header that says 1 s."""
    channel = call.world.channel(call.path["channel_id"])
    require(channel, call.world.bot.id, Can.VIEW_CHANNEL)
    message = call.world.message(channel, call.path["message_id"])
    if message.author is not call.world.bot:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user")
    faults = message_faults(call.body, is_v2_already=bool(message.flags & IS_COMPONENTS_V2))
    faults += file_faults(call.body, call.files)
    if faults:
        raise invalid_body(faults)
    if message.flags & CROSSPOSTED:
        count_or_wait(call, message.published_edits, PUBLISHED_EDITS_PER_HOUR, code=20028, header_s=1.0)
    apply_edit(call, message, call.body, ALL_MENTIONS)
    return as_json(call, message)


def count_or_wait(call: Call, times: list[float], most: int, *, code: int = 0, header_s: float | None = None) -> None:
    """Note one act, or raise 429 until the oldest of the last `most` is an hour old."""
    now = call.world.clock.now()
    recent = [one for one in times if now - one < HOUR_S]
    times[:] = recent
    if len(recent) >= most:
        raise too_many(HOUR_S - (now - recent[0]), code=code, header_s=header_s)
    times.append(now)


async def delete(call: Call) -> Json:
    channel = call.world.channel(call.path["channel_id"])
    require(channel, call.world.bot.id, Can.VIEW_CHANNEL)
    message = call.world.message(channel, call.path["message_id"])
    if message.author is not call.world.bot:
        if channel.type == DM:
            raise ApiError(403, 50003, "Cannot execute action on a DM channel")
        require(channel, call.world.bot.id, Can.MANAGE_MESSAGES)
    call.world.deleted(message)


async def bulk_delete(call: Call) -> Json:
    channel = call.world.channel(call.path["channel_id"])
    require(channel, call.world.bot.id, Can.MANAGE_MESSAGES)
    for message_id in call.body["messages"]:
        call.world.deleted(call.world.message(channel, message_id))


async def crosspost(call: Call) -> Json:
    """Announcement channels only; twice is 40033; about ten an hour and channel."""
    channel = call.world.channel(call.path["channel_id"])
    require(channel, call.world.bot.id, Can.SEND_MESSAGES)
    message = call.world.message(channel, call.path["message_id"])
    if channel.type != ANNOUNCEMENT:
        raise ApiError(403, 50024, "Cannot execute action on this channel type")
    if message.author is not call.world.bot:
        require(channel, call.world.bot.id, Can.MANAGE_MESSAGES)
    if message.flags & CROSSPOSTED:
        raise ApiError(400, 40033, "This message has already been crossposted.")
    count_or_wait(call, call.server.publishes.setdefault(channel.id, []), PUBLISHES_PER_HOUR)
    message.flags |= CROSSPOSTED
    call.world.changed(message)
    return as_json(call, message)


async def react(call: Call) -> Json:
    channel = readable(call)
    message = call.world.message(channel, call.path["message_id"])
    emoji = call.path["emoji_name"]
    if not message.reactions.get(emoji):
        require(channel, call.world.bot.id, Can.ADD_REACTIONS)
    if emoji.isascii() and ":" not in emoji:
        raise ApiError(400, 10014, "Unknown Emoji")
    users = message.reactions.setdefault(emoji, [])
    if call.world.bot.id not in users:
        users.append(call.world.bot.id)
        tell_reaction(call, message, emoji, "MESSAGE_REACTION_ADD")


async def unreact(call: Call) -> Json:
    message = call.world.message(readable(call), call.path["message_id"])
    emoji = call.path["emoji_name"]
    user_id = int(call.path.get("user_id", call.world.bot.id))
    if user_id != call.world.bot.id:
        require(message.channel, call.world.bot.id, Can.MANAGE_MESSAGES)
    if user_id in message.reactions.get(emoji, []):
        message.reactions[emoji].remove(user_id)
        tell_reaction(call, message, emoji, "MESSAGE_REACTION_REMOVE")


def tell_reaction(call: Call, message: Message, emoji: str, event: str) -> None:
    call.world.emit(*reaction_event(message, emoji, call.world.bot.id, event), guild_id=guild_id_of(message.channel))


def reaction_event(message: Message, emoji: str, user_id: int, event: str) -> tuple[str, dict[str, Json]]:
    guild = message.channel.guild
    data: dict[str, Json] = {
        "user_id": str(user_id),
        "channel_id": str(message.channel.id),
        "message_id": str(message.id),
        "emoji": {"id": None, "name": emoji},
        "burst": False,
        "type": 0,
    }
    if guild is not None:
        data["guild_id"] = str(guild.id)
        if user_id in guild.members and event.endswith("ADD"):
            data["member"] = wire.member_json(guild.members[user_id])
    return event, data


def guild_id_of(channel: Channel) -> int | None:
    return channel.guild.id if channel.guild is not None else None


async def reactors(call: Call) -> Json:
    message = call.world.message(readable(call), call.path["message_id"])
    users = message.reactions.get(call.path["emoji_name"], [])
    return [wire.user_json(call.world.users[one]) for one in users]


async def clear_reactions(call: Call) -> Json:
    message = call.world.message(readable(call), call.path["message_id"])
    require(message.channel, call.world.bot.id, Can.MANAGE_MESSAGES)
    for emoji in [call.path["emoji_name"]] if "emoji_name" in call.path else list(message.reactions):
        message.reactions.pop(emoji, None)


async def pin(call: Call) -> Json:
    channel = call.world.channel(call.path["channel_id"])
    if not in_channel(channel, call.world.bot.id) & (Can.PIN_MESSAGES | Can.MANAGE_MESSAGES):
        raise missing_permissions()
    message = call.world.message(channel, call.path["message_id"])
    message.is_pinned = call.route.startswith("PUT")


async def typing(call: Call) -> Json:
    check_speaks(call, call.world.channel(call.path["channel_id"]))


async def open_dm(call: Call) -> Json:
    """Opening works with closed direct messages too; sending is what fails."""
    user = call.world.users.get(int(call.body.get("recipient_id") or 0))
    if user is None:
        raise unknown("User", 10013)
    if user is call.world.bot:
        raise ApiError(400, 50033, "Invalid Recipient(s)")
    return wire.channel_json(call.world.dm_channel(user))


ROUTES: dict[str, Handler] = {
    f"POST {ROOT}/messages": create,
    f"GET {ROOT}/messages": history,
    f"POST {ROOT}/messages/bulk-delete": bulk_delete,
    f"GET {ONE}": fetch,
    f"PATCH {ONE}": edit,
    f"DELETE {ONE}": delete,
    f"POST {ONE}/crosspost": crosspost,
    f"DELETE {ONE}/reactions": clear_reactions,
    f"GET {ONE}/reactions/{{emoji_name}}": reactors,
    f"DELETE {ONE}/reactions/{{emoji_name}}": clear_reactions,
    f"PUT {ONE}/reactions/{{emoji_name}}/@me": react,
    f"DELETE {ONE}/reactions/{{emoji_name}}/@me": unreact,
    f"DELETE {ONE}/reactions/{{emoji_name}}/{{user_id}}": unreact,
    f"PUT {ROOT}/messages/pins/{{message_id}}": pin,
    f"DELETE {ROOT}/messages/pins/{{message_id}}": pin,
    f"POST {ROOT}/typing": typing,
    "POST /users/@me/channels": open_dm,
}
