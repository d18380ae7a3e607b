"""What a person sees of components and embeds: text, labels, links, and the one they press."""

from __future__ import annotations

from .components import BUTTON, LABEL, LINK, SELECTS, TEXT_DISPLAY, TEXT_INPUT, walk
from .errors import Json

Node = dict[str, Json]
FIELDS = (TEXT_INPUT, 19, 21, 22, 23, *SELECTS)


def text_of(content: str, embeds: list[Node], components: list[Node]) -> str:
    lines = [content or ""]
    for embed in embeds:
        lines += [
            (embed.get("author") or {}).get("name") or "",
            embed.get("title") or "",
            embed.get("description") or "",
        ]
        for field in embed.get("fields") or []:
            lines += [field.get("name") or "", field.get("value") or ""]
        lines.append((embed.get("footer") or {}).get("text") or "")
    lines += component_lines(components)
    return "\n".join(line for line in lines if line)


def component_lines(components: list[Node]) -> list[str]:
    lines: list[str] = []
    for _, component in walk(components):
        kind = component.get("type")
        if kind == TEXT_DISPLAY:
            lines.append(component.get("content") or "")
        elif kind == BUTTON:
            lines.append(f"[{label_of(component)}]" + (f" {component['url']}" if component.get("url") else ""))
        elif kind in SELECTS:
            options = " | ".join(str(option.get("label")) for option in component.get("options") or [])
            lines.append(f"<{component.get('placeholder') or component.get('custom_id')}: {options}>")
        elif kind == LABEL:
            lines += [component.get("label") or "", component.get("description") or ""]
        elif kind == TEXT_INPUT:
            lines += [component.get("label") or "", component.get("placeholder") or ""]
    return lines


def label_of(component: Node) -> str:
    """The words on a button; an emoji alone stands for itself."""
    return component.get("label") or (component.get("emoji") or {}).get("name") or component.get("placeholder") or ""


def labels_of(components: list[Node]) -> list[str]:
    """Labels of all buttons, in order."""
    return [label_of(component) for _, component in walk(components) if component.get("type") == BUTTON]


def links_of(components: list[Node]) -> list[str]:
    return [
        str(component["url"])
        for _, component in walk(components)
        if component.get("style") == LINK and component.get("url")
    ]


def find(components: list[Node], wanted: str) -> Node:
    usable = [one for _, one in walk(components) if one.get("type") == BUTTON or one.get("type") in SELECTS]
    exact = [one for one in usable if wanted in (one.get("custom_id"), label_of(one))]
    near = [one for one in usable if wanted.casefold() in label_of(one).casefold()]
    for found in (exact, near):
        if len(found) == 1:
            return found[0]
    there = [f"{label_of(one)!r} ({one.get('custom_id') or one.get('url')})" for one in usable]
    raise LookupError(f"{wanted!r} names {len(exact) or len(near)} of: {', '.join(there) or 'nothing at all'}")


def fields_of(components: list[Node]) -> list[tuple[str, Node]]:
    """Fields of a modal with the label a person sees, in order."""
    fields: list[tuple[str, Node]] = []
    label = ""
    for _, component in walk(components):
        if component.get("type") == LABEL:
            label = component.get("label") or ""
        elif component.get("type") in FIELDS:
            fields.append((component.get("label") or label, component))
    return fields
