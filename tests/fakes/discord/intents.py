"""Which events a session gets, and what of a message it may read.

API docs, Gateway: List of Intents, Message Content Intent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .errors import Json

GUILDS, GUILD_MEMBERS, PRESENCES = 1 << 0, 1 << 1, 1 << 8
GUILD_MESSAGES, GUILD_REACTIONS = 1 << 9, 1 << 10
DIRECT_MESSAGES, DIRECT_REACTIONS = 1 << 12, 1 << 13
MESSAGE_CONTENT = 1 << 15
PRIVILEGED = GUILD_MEMBERS | PRESENCES | MESSAGE_CONTENT
# Bits 0..16, 20, 21, 24 and 25 exist.
ALL = (1 << 17) - 1 | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25


def is_wanted(event: str, intents: int, *, is_dm: bool) -> bool:
    """Interactions and the session's own events come without any intent."""
    if event.startswith("MESSAGE_REACTION"):
        return bool(intents & (DIRECT_REACTIONS if is_dm else GUILD_REACTIONS))
    if event.startswith("MESSAGE"):
        return bool(intents & (DIRECT_MESSAGES if is_dm else GUILD_MESSAGES))
    if event.startswith("GUILD_MEMBER_"):
        return bool(intents & GUILD_MEMBERS)
    if event.startswith(("GUILD_", "CHANNEL_", "THREAD_")):
        return bool(intents & GUILDS)
    return True


def seen_through(intents: int, event: str, data: Json, bot_id: int) -> Json:
    """A message without its content, unless the intent, a DM, a mention of the bot or its own authorship shows it."""
    if not event.startswith("MESSAGE") or "author" not in data or intents & MESSAGE_CONTENT:
        return data
    bot = str(bot_id)
    is_named = any(user["id"] == bot for user in data.get("mentions", ()))
    if "guild_id" not in data or data["author"]["id"] == bot or is_named:
        return data
    return data | {"content": "", "embeds": [], "attachments": [], "components": []}
