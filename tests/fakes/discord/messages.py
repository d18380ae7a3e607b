"""What creating and editing messages have in common, whichever route they come by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import wire
from .components import EPHEMERAL, IS_COMPONENTS_V2, SUPPRESS_EMBEDS, numbered
from .errors import ApiError, Json, empty_message, wrong
from .limits import FILE_BYTES_MAX
from .state import CROSSPOSTED, LOADING, Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .calls import Call

CARRIERS = ("embeds", "components", "sticker_ids", "poll", "attachments")
KEPT_FLAGS = EPHEMERAL | LOADING | CROSSPOSTED | IS_COMPONENTS_V2


def is_empty(data: dict[str, Json], files: dict[str, bytes]) -> bool:
    """Nothing that anybody would see; blanks alone are nothing."""
    return not (data.get("content") or "").strip() and not files and not any(data.get(name) for name in CARRIERS)


def attachments_of(call: Call, data: dict[str, Json]) -> list[dict[str, Json]]:
    """Uploads as Discord shows them; larger than 10 MiB is 40005."""
    described = {str(one.get("id")): one for one in data.get("attachments") or []}
    made = []
    for index, (key, content) in enumerate(call.files.items()):
        if len(content) > FILE_BYTES_MAX:
            raise ApiError(413, 40005, "Request entity too large")
        name = described.get(str(index), {}).get("filename") or key
        made.append(
            {
                "id": str(call.world.ids.make()),
                "filename": name,
                "size": len(content),
                "url": f"https://cdn.discordapp.com/attachments/{name}",
                "proxy_url": f"https://media.discordapp.net/attachments/{name}",
            }
        )
    return made


def apply_edit(call: Call, message: Message, data: dict[str, Json], default: Iterable[str]) -> None:
    """Change what the body names. Mentions are parsed again, with the defaults when the edit carries no rule.

    API docs, Edit Message, and Component Reference: the v2 flag cannot be taken back, and setting it needs the old
    content and embeds to be cleared in the same edit.
    """
    flags = data.get("flags")
    becomes_v2 = bool((flags or 0) & IS_COMPONENTS_V2) and not message.flags & IS_COMPONENTS_V2
    if becomes_v2 and any(
        getattr(message, name) and data.get(name, message) is message for name in ("content", "embeds")
    ):
        raise wrong(
            ("flags",), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "Clear content and embeds first."
        )
    content = data["content"] or "" if "content" in data else message.content
    embeds = data["embeds"] or [] if "embeds" in data else message.embeds
    components = numbered(data["components"] or []) if "components" in data else message.components
    attachments = message.attachments
    if "attachments" in data or call.files:
        kept = {str(one.get("id")) for one in data.get("attachments") or []}
        attachments = [one for one in message.attachments if one["id"] in kept] + attachments_of(call, data)
    if not (content.strip() or embeds or components or attachments):
        raise empty_message()
    message.content, message.embeds, message.components, message.attachments = content, embeds, components, attachments
    if flags is not None:
        message.flags = message.flags & KEPT_FLAGS | flags & (SUPPRESS_EMBEDS | IS_COMPONENTS_V2)
    call.world.mention(message, data.get("allowed_mentions"), default)
    call.world.changed(message)


def as_json(call: Call, message: Message) -> dict[str, Json]:
    return wire.message_json(message, call.world.bot.id)
