"""A reply as text and back: what waits in the outbox is the document itself, never markup of a platform.

`loaded(dumped(reply)) == reply` for every reply without a form; a property test holds it. Only what a room is shown is
kept: what a conversation would remember (`follows`, a language chosen, a form) is of no use to a room.
"""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.core.reply import (
    Action,
    Block,
    Bullets,
    Card,
    Gathering,
    Heading,
    Link,
    Notice,
    Paragraph,
    Planned,
    Reply,
    Span,
)


def dumped(reply: Reply) -> str:
    """The reply as one line of JSON."""
    return json.dumps(
        {
            "blocks": [asdict(block) for block in reply.blocks],
            "actions": [asdict(action) for action in reply.actions],
            "audience": reply.audience,
            "locale": reply.locale,
            "is_urgent": reply.is_urgent,
            **({"gathering": asdict(reply.gathering)} if reply.gathering else {}),
            **({"planned": asdict(reply.planned)} if reply.planned else {}),
        },
        ensure_ascii=False,
        default=datetime.isoformat,
    )


def loaded(text: str) -> Reply:
    """The reply that `dumped` wrote. Raises ValueError for any other text."""
    try:
        held = json.loads(text)
        return Reply(
            tuple(map(_block, held["blocks"])),
            tuple(Action(each["id"], each["label"], tuple(each["args"])) for each in held["actions"]),
            audience=held["audience"],
            locale=held["locale"],
            is_urgent=held["is_urgent"],
            gathering=_gathering(held["gathering"]) if "gathering" in held else None,
            planned=_planned(held["planned"]) if "planned" in held else None,
        )
    except (KeyError, TypeError):
        raise ValueError("no document") from None


def _block(held: dict[str, Any]) -> Block:
    match held["kind"]:
        case "heading":
            return Heading(held["text"])
        case "notice":
            return Notice(held["text"])
        case "paragraph":
            return Paragraph(_spans(held["spans"]))
        case "bullets":
            return Bullets(tuple(map(_spans, held["items"])))
        case "card":
            return Card(held["title"], tuple(map(_spans, held["lines"])), tuple(held["cautions"]), held["id"])
        case _:
            raise ValueError("a block of no kind")


def _gathering(held: dict[str, Any]) -> Gathering:
    begins_at, ends_at = (datetime.fromisoformat(held[each]) for each in ("begins_at", "ends_at"))
    return Gathering(**{**held, "begins_at": begins_at, "ends_at": ends_at})


def _planned(held: dict[str, Any]) -> Planned:
    return Planned(datetime.fromisoformat(held["at"]), held["late"])


def _spans(held: list[Any]) -> tuple[Span, ...]:
    return tuple(each if isinstance(each, str) else Link(each["label"], each["url"]) for each in held)
