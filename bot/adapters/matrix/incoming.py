"""An event, decrypted where it was encrypted, as what it asks of us. Pure; the shapes are those of Matrix v1.16.

Edits, notices (bots answer with them), our own messages, calls and event types unknown to us ask nothing.
"""

import base64
import binascii
import html
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

from bot.core.words import clean, fold

MOST_CHARACTERS = 60_000
OLDEST_S = 86_400
"""Older questions are not answered any more; nor would they have been kept (`policy.md` §8)."""
_TEXTS = ("m.text", "m.emote")
_MEDIA = ("m.image", "m.file", "m.audio", "m.video", "m.location")
_OTHER_MEDIA = ("m.sticker", "m.poll.start", "org.matrix.msc3381.poll.start")
# The quote that clients put before a reply; the first line names who is quoted.
_QUOTE = re.compile(r"> ?(?:\* )?<@[^>\n]*>")
_PILL = re.compile(r"""href=["']?https://matrix\.to/#/([^"'>\s]+)""")
_MEGOLM_VERSION, _INDEX_TAG = 3, 0x08


@dataclass(frozen=True, slots=True)
class Said:
    """Words. `thread` is its root, `replied_to` the event answered; `is_named` when the bot is mentioned."""

    text: str = field(repr=False)
    thread: str | None = None
    replied_to: str | None = None
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """A digit put on one of our messages as a reaction."""

    target: str
    number: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A picture, a file, a poll: nothing we read."""

    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Verify:
    """A client asks to compare emoji, which a program cannot."""


Understood = Said | Pressed | Unreadable | Verify


def understood(event: Mapping[str, Any], own_id: str) -> Understood | None:
    """What the event asks, None for nothing. Never raises, whatever shape it has."""
    content, kind = event.get("content"), event.get("type")
    if not isinstance(content, dict) or event.get("sender") == own_id or "state_key" in event:
        return None
    relation = _dict(content.get("m.relates_to"))
    if kind == "m.reaction":
        return _pressed(relation)
    if relation.get("rel_type") == "m.replace" or "m.new_content" in content:
        return None
    thread = _str(relation.get("event_id")) if relation.get("rel_type") == "m.thread" else None
    msgtype = content.get("msgtype")
    if kind in _OTHER_MEDIA or (kind == "m.room.message" and msgtype in _MEDIA):
        return Unreadable(thread)
    if is_request(event):
        return Verify() if content.get("to") == own_id else None
    body = content.get("body")
    if kind != "m.room.message" or msgtype not in _TEXTS or not isinstance(body, str):
        return None
    replied_to = _replied_to(relation)
    text = _without_quote(body[:MOST_CHARACTERS], is_reply=replied_to is not None)
    return Said(text, thread, replied_to, _names(content, own_id)) if clean(text) else None


def said_at(event: Mapping[str, Any], received_at: datetime) -> datetime:
    """When it was said, at most a day before it was received.

    The age that a homeserver says stays true when the clock here is wrong; not every homeserver says it.
    """
    age_ms, sent_ms = _dict(event.get("unsigned")).get("age"), event.get("origin_server_ts")
    if not isinstance(age_ms, int):
        age_ms = int(received_at.timestamp() * 1000) - sent_ms if isinstance(sent_ms, int) else 0
    return received_at - timedelta(milliseconds=min(max(age_ms, 0), OLDEST_S * 1000))


def is_request(event: Mapping[str, Any]) -> bool:
    """Whether a client asks to be verified; Element sends that in the clear everywhere, and it holds no words."""
    return _dict(event.get("content")).get("msgtype") == "m.key.verification.request"


def _pressed(relation: dict[str, Any]) -> Pressed | None:
    key, target = relation.get("key"), relation.get("event_id")
    if not isinstance(key, str) or not isinstance(target, str) or relation.get("rel_type") != "m.annotation":
        return None
    # The keycap digits of a keyboard are the digit, a selector and a frame; "10" has a sign of its own.
    digits = "10" if key.startswith("\U0001f51f") else fold(key).replace("\u20e3", "").replace("\ufe0f", "").strip()
    return Pressed(target, int(digits)) if digits.isascii() and digits.isdecimal() and len(digits) < 3 else None


def _replied_to(relation: dict[str, Any]) -> str | None:
    """The event a person answered; the one that a thread gives to old clients only is none."""
    if relation.get("rel_type") == "m.thread" and relation.get("is_falling_back"):
        return None
    return _str(_dict(relation.get("m.in_reply_to")).get("event_id"))


def _without_quote(body: str, *, is_reply: bool) -> str:
    lines = body.split("\n")
    if not _QUOTE.match(lines[0]) and not (is_reply and lines[0].startswith(">")):
        return body
    rest = next((at for at, line in enumerate(lines) if not line.startswith(">")), len(lines))
    return "\n".join(lines[rest:]).strip()


def _names(content: dict[str, Any], own_id: str) -> bool:
    """Whether the bot is meant: by `m.mentions` where the client writes it, else by a link or its id in the words."""
    if isinstance(content.get("m.mentions"), dict):
        named = content["m.mentions"].get("user_ids")
        return isinstance(named, list) and own_id in named
    formatted = content.get("formatted_body")
    if isinstance(formatted, str):
        linked = {unquote(html.unescape(each)) for each in _PILL.findall(formatted[:MOST_CHARACTERS])}
        if own_id in linked:
            return True
    return own_id in str(content.get("body", ""))[:MOST_CHARACTERS]


@dataclass(frozen=True, slots=True)
class Call:
    """How a person in a room turned to the bot; `is_public` when the answer is wanted there."""

    said: Said
    is_public: bool


def called(said: Said, word: str, names: Collection[str], public_words: Collection[str]) -> Call | None:
    """The words without the call before them, None when the bot was not called by its word or its name.

    `names` are its id and shown names; that a reply is to the bot is known elsewhere. `public_words` are folded.
    """
    words, is_called = clean(said.text), said.is_named
    first, _, rest = words.partition(" ")
    if first.casefold().rstrip(":,") == word.casefold():
        words, is_called = rest.strip(), True
    if not is_called:
        return None
    return Call(*_publicly(replace(said, text=without_name(words, names)), public_words))


def _publicly(said: Said, public_words: Collection[str]) -> tuple[Said, bool]:
    for word in sorted(public_words, key=len, reverse=True):
        head, rest = said.text[: len(word)], said.text[len(word) :]
        if fold(head) == word and (not rest or not rest[0].isalnum() or not rest.isascii()) and rest.strip(" :,"):
            return replace(said, text=rest.strip(" :,")), True
    return said, False


def without_name(text: str, names: Collection[str]) -> str:
    """`text` without a name of the bot at its start or end."""
    for name in sorted(names, key=len, reverse=True):
        if name and text.casefold().startswith(name.casefold()) and not text[len(name) : len(name) + 1].isalnum():
            return text[len(name) :].lstrip(" :,")
        if name and text.casefold().endswith(name.casefold()):
            return text[: -len(name)].rstrip(" :,")
    return text


def without_word(text: str, word: str) -> str:
    """`text` of a direct chat without the word that calls the bot, which is not needed there."""
    first, _, rest = clean(text).partition(" ")
    return rest if rest and first.casefold().rstrip(":,") == word.casefold() else text


def message_index(ciphertext: str) -> int | None:
    """The index of a Megolm message in its session, None for what is none.

    The format is a version byte and protobuf fields, the index first, all of it signed (Megolm specification, "Message
    format"); nio does not say the index.
    """
    try:
        raw = base64.b64decode(ciphertext[:24] + "=" * (-len(ciphertext[:24]) % 4))
    except (binascii.Error, ValueError):
        return None
    if raw[:2] != bytes((_MEGOLM_VERSION, _INDEX_TAG)):
        return None
    index = 0
    for at, byte in enumerate(raw[2:7]):
        index |= (byte & 0x7F) << (7 * at)
        if byte < 0x80:
            return index
    return None


def server_of(user_id: str) -> str:
    """The homeserver of a person; what it says of itself, proved by federation."""
    return user_id.partition(":")[2]


def _str(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
