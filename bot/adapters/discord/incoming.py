"""What comes from Discord, as requests. Pure: plain values in, values of `bot.core` out."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.core.moderators import NOBODY, Standing
from bot.core.request import ActionPress, Actor, Body, Command, FormSubmit, Request, RoomRef, Text
from bot.text.messages import LOCALES

PLATFORM = "discord"
EPOCH_MS = 1_420_070_400_000
"""API docs, Reference: Snowflakes. The first second of 2015."""
DIRECT = "@"
"""Before the id of a person: the room is the direct messages with them."""
CALENDAR = "%"
"""Before the id of a server: the room is its calendar of scheduled events."""
SUGGESTING = "suggesting"
"""The room of autocomplete, so that what is suggested is not taken for the last choices of a conversation."""


def made_at(snowflake: int) -> datetime:
    """When Discord made the id."""
    return datetime.fromtimestamp(((snowflake >> 22) + EPOCH_MS) / 1000, UTC)


def locale_of(tag: str | None) -> str | None:
    """The language of ours that Discord's tag stands for ("es-419", "zh-TW"); None where the bot does not write it."""
    language = (tag or "").partition("-")[0].lower()
    return language if language in LOCALES else None


def request(
    event_id: int, room: str, body: Body, now: datetime, *, locale: str | None, mark: str, standing: Standing = NOBODY,
    home: str | None = None, writes_to: str = "", server: str = "", said_at: datetime | None = None,
) -> Request:  # fmt: skip
    """One event as a request; it is always private, for nothing else is handed on. `writes_to` is the id of the person.

    `server` is the id of the server the bot is a member of, where it is asked in one.
    """
    told = RoomRef(PLATFORM, f"{DIRECT}{writes_to}") if writes_to else None
    calendar = RoomRef(PLATFORM, f"{CALENDAR}{server}") if server else None
    actor, where = Actor(locale, mark, standing), RoomRef(PLATFORM, room)
    return Request(
        str(event_id), actor, where, body, now, home=home, calendar=calendar, writes_to=told, server=server,
        said_at=said_at,
    )  # fmt: skip


def command_body(name: str, values: Mapping[str, str | None]) -> Body | None:
    """What a command with its options asks for; None for `/ask` without words, which is answered with a form."""
    given = {key: value for key, value in values.items() if value}
    match name:
        case "ask":
            return Text(given["question"]) if given.get("question", "").strip() else None
        case "find":
            return FormSubmit("filter", given)
        case "groups" | "events":
            return FormSubmit(name, given)
        case "show":
            return FormSubmit("pick", given)
        case "urgent":
            return FormSubmit("situation", given)
        case "language":
            chosen = given.get("language", "")
            return ActionPress("language", (chosen,) if chosen else ())
        case "report" if "resource" in given:
            return FormSubmit("report", given)
        case "check" if {"resource", "method"} <= given.keys():
            return FormSubmit("check", {**given, "record": given["resource"]})
        case "check" | "history":
            return Command(name, given.get("resource", given.get("item", "")))
        case "suggest" | "case":
            return Command(name, given.get("text", given.get("code", "")))
        case _:
            return Command(name)


def submitted(data: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a submitted modal by their custom ids; several chosen values with a comma between them.

    API docs, Interactions: Modal Submit Data Structure. Other shapes, which only a forged event has, are passed over.
    """
    found: dict[str, str] = {}
    for component in _fields(data.get("components")):
        name, value, values = (component.get(key) for key in ("custom_id", "value", "values"))
        if isinstance(name, str) and isinstance(value, str):
            found[name] = value
        elif isinstance(name, str) and isinstance(values, list):
            found[name] = ",".join(each for each in values if isinstance(each, str))
    return found


def _fields(components: object) -> Sequence[Mapping[str, Any]]:
    """Every component with a custom id, out of rows and labels."""
    found: list[Mapping[str, Any]] = []
    for component in components if isinstance(components, list) else []:
        if isinstance(component, Mapping):
            inner = component.get("components") or [component.get("component")]
            found += [component] if "custom_id" in component else _fields(inner)
    return found


def question(content: str, bot_id: int) -> str:
    """The words of a message without the mention of the bot."""
    for mention in (f"<@{bot_id}>", f"<@!{bot_id}>"):
        content = content.replace(mention, " ")
    return content.strip()
