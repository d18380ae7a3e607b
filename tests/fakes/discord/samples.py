"""Bodies that tests of the fake write often, and what a refusal looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .rest import Reply

Node = dict[str, Any]
V2 = 32768


def button(number: int = 0, **more: Any) -> Node:
    return {"type": 2, "style": 1, "label": "b", "custom_id": f"b{number}"} | more


def link(url: str) -> Node:
    return {"type": 2, "style": 5, "label": "go", "url": url}


def row(*children: Node) -> Node:
    return {"type": 1, "components": list(children)}


def rows(*rowed: Node) -> Node:
    return {"content": "x", "components": list(rowed)}


def choice(number: int = 0, **more: Any) -> Node:
    return {"label": f"l{number}", "value": f"v{number}"} | more


def select(options: list[Node] | None = None, **more: Any) -> Node:
    return {"type": 3, "custom_id": "s", "options": options or [choice()]} | more


def embeds(*made: Node) -> Node:
    return {"embeds": list(made)}


def fields(count: int) -> Node:
    return embeds({"title": "t", "fields": [{"name": "n", "value": "v"}] * count})


def display(text: str) -> Node:
    return {"type": 10, "content": text}


def v2(*components: Node, **more: Any) -> Node:
    return {"flags": V2, "components": list(components)} | more


def assert_refused(reply: Reply, where: str) -> None:
    assert (reply.status, reply.code) == (400, 50035), reply.body
    assert any(place == where or place.startswith(where + ".") for place in reply.faults), reply.faults
