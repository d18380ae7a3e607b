"""Limits of messages that the description does not hold: content, embeds, mentions, files.

API docs, Message Resource (Create Message, Embed Limits, Allowed Mentions Object) and Uploading Files.
"""

from __future__ import annotations

from .components import EPHEMERAL, IS_COMPONENTS_V2, SUPPRESS_EMBEDS, component_faults
from .errors import Fault, Json, Path

CONTENT_MAX = 2000
EMBEDS_TEXT_MAX = 6000
FILES_MAX = 10
FILE_BYTES_MAX = 10 * 1024 * 1024
SUPPRESS_NOTIFICATIONS = 1 << 12
IS_VOICE_MESSAGE = 1 << 13
# Flags a bot may set when it sends (API docs, Message Resource: Message Flags); others are ignored by Discord, and a
# bot that sets them has mixed something up.
SETTABLE_FLAGS = EPHEMERAL | IS_COMPONENTS_V2 | SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | IS_VOICE_MESSAGE
MENTION_LISTS = ("users", "roles")
LINK_STARTS = ("http://", "https://")
EMBED_PARTS = ("title", "description", "fields", "image", "thumbnail", "author", "footer")


def message_faults(body: dict[str, Json], path: Path = (), *, is_v2_already: bool = False) -> list[Fault]:
    """What is wrong with the data of a message. `is_v2_already`: an edit of a message that has the v2 flag."""
    faults: list[Fault] = []
    content = body.get("content") or ""
    if len(content) > CONTENT_MAX:
        text = f"Must be {CONTENT_MAX} or fewer in length."
        faults.append(Fault((*path, "content"), "BASE_TYPE_MAX_LENGTH", text))
    faults += embed_faults(body.get("embeds") or [], (*path, "embeds"))
    faults += mention_faults(body.get("allowed_mentions") or {}, (*path, "allowed_mentions"))
    flags = body.get("flags") or 0
    if flags & ~SETTABLE_FLAGS:
        faults.append(Fault((*path, "flags"), "BITFIELD_TYPE_INVALID", f"{flags} holds flags that nobody may set."))
    is_v2 = is_v2_already or bool(flags & IS_COMPONENTS_V2)
    if is_v2:
        faults += v2_conflicts(body, path)
    faults += component_faults(body.get("components") or [], (*path, "components"), is_v2=is_v2)
    return faults


def v2_conflicts(body: dict[str, Json], path: Path) -> list[Fault]:
    """With the flag a message is its components only (API docs, Component Reference: Legacy Message Components)."""
    code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
    return [
        Fault((*path, field), code, f"The '{field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2")
        for field in ("content", "embeds", "poll", "sticker_ids")
        if body.get(field)
    ]


def embed_faults(embeds: list[dict[str, Json]], path: Path) -> list[Fault]:
    faults: list[Fault] = []
    total = 0
    for index, embed in enumerate(embeds):
        total += embed_length(embed)
        here = (*path, index)
        for number, field in enumerate(embed.get("fields") or []):
            for part in ("name", "value"):
                if not str(field.get(part) or "").strip():
                    spot = (*here, "fields", number, part)
                    faults.append(Fault(spot, "BASE_TYPE_REQUIRED", "This field is required"))
        for part in ("url", "image.url", "thumbnail.url", "author.url", "footer.icon_url", "author.icon_url"):
            faults += url_faults(embed, here, part)
        if not any(embed.get(part) for part in EMBED_PARTS):
            faults.append(Fault((*here, "description"), "BASE_TYPE_REQUIRED", "This field is required"))
    if total > EMBEDS_TEXT_MAX:
        text = f"Embed size exceeds maximum size of {EMBEDS_TEXT_MAX}"
        faults.append(Fault(path, "MAX_EMBED_SIZE_EXCEEDED", text))
    return faults


def url_faults(embed: dict[str, Json], path: Path, dotted: str) -> list[Fault]:
    """Links take http and https; pictures also name an upload of the same message by `attachment://`."""
    steps = dotted.split(".")
    value: Json = embed
    for step in steps:
        value = (value or {}).get(step)
    schemes = LINK_STARTS if dotted in ("url", "author.url") else (*LINK_STARTS, "attachment://")
    if value and not str(value).lower().startswith(schemes):
        text = f'Scheme "{str(value).split(":", 1)[0]}" is not supported. Scheme must be one of {schemes}.'
        return [Fault((*path, *steps), "URL_TYPE_INVALID_SCHEME", text)]
    return []


def embed_length(embed: dict[str, Json]) -> int:
    """Title, description, field names and values, footer text and author name count together."""
    length = len(embed.get("title") or "") + len(embed.get("description") or "")
    length += len((embed.get("footer") or {}).get("text") or "") + len((embed.get("author") or {}).get("name") or "")
    return length + sum(
        len(field.get("name") or "") + len(field.get("value") or "") for field in embed.get("fields") or []
    )


def mention_faults(mentions: dict[str, Json], path: Path) -> list[Fault]:
    """`parse: ["users"]` and `users: […]` exclude each other, also `roles` (API docs, Allowed Mentions Object)."""
    parse = mentions.get("parse") or []
    text = 'parse:["{0}"] and {0}: [ids...] are mutually exclusive.'
    return [
        Fault(path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", text.format(name))
        for name in MENTION_LISTS
        if name in parse and mentions.get(name)
    ]


def file_faults(body: dict[str, Json], files: dict[str, bytes]) -> list[Fault]:
    """Each upload has an entry in `attachments` or stands alone; entries point at uploads or at what is there."""
    faults: list[Fault] = []
    if len(files) > FILES_MAX:
        faults.append(Fault(("attachments",), "BASE_TYPE_MAX_LENGTH", f"Must be {FILES_MAX} or fewer in length."))
    data = body.get("data") if isinstance(body.get("data"), dict) else body
    for index, one in enumerate((data or {}).get("attachments") or []):
        key = str(one.get("id"))
        if len(key) < 3 and f"files[{key}]" not in files and "uploaded_filename" not in one:
            text = f"The attachment id {key} has no upload."
            faults.append(Fault(("attachments", index, "id"), "ATTACHMENT_NOT_FOUND", text))
    return faults
