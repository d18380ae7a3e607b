"""Replies as the contents of Matrix messages: plain text, and the same words as HTML made from escaped text. Pure.

`m.mentions` is always there and empty, or old rules ping whoever is named (`matrix.md` trap 21). Answers are notices,
which wake nobody; urgent ones are texts. A message stays far below the 65,536 bytes of an event (trap 24): body, HTML
and the third that encryption adds are counted.
"""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from bot.core.reply import Action, Block, Bullets, Card, Heading, Link, Notice, Numbered, Paragraph, Reply, Span
from bot.core.words import plain

Content = dict[str, Any]
MOST_BYTES = 18_000
"""Of both forms together."""
INDENT = "   "


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph, in both forms."""

    text: str
    html: str


def contents(reply: Reply, hint: str = "", relation: Content | None = None, *, is_text: bool = False) -> list[Content]:
    """The messages of a reply, in order; one unless it is very long. `hint` says how to choose; texts wake people."""
    is_text = is_text or reply.is_urgent
    return [_message(parts, is_text=is_text, relation=relation) for parts in _cut(list(parts_of(reply, hint)))]


def sentence(text: str, relation: Content | None = None) -> Content:
    """One sentence of our own as a message."""
    return _message([_line(text)], is_text=False, relation=relation)


def edited(content: Content, event_id: str) -> Content:
    """`content` in the place of a message of ours; clients that know no edits show it with a star."""
    shown = {"body": f"* {content['body']}", "formatted_body": f"* {content['formatted_body']}"}
    relation = {"rel_type": "m.replace", "event_id": event_id}
    return {**content, **shown, "m.new_content": content, "m.relates_to": relation}


def in_thread(root: str, event_id: str) -> Content:
    """The relation of an answer that belongs into a thread."""
    return {"rel_type": "m.thread", "event_id": root, "is_falling_back": True, "m.in_reply_to": {"event_id": event_id}}


def in_reply(event_id: str) -> Content:
    """The relation of an answer to one message."""
    return {"m.in_reply_to": {"event_id": event_id}}


def _message(parts: Sequence[Part], *, is_text: bool, relation: Content | None) -> Content:
    content: Content = {
        "msgtype": "m.text" if is_text else "m.notice",
        "body": "\n\n".join(part.text for part in parts),
        "format": "org.matrix.custom.html",
        "formatted_body": "".join(part.html for part in parts),
        "m.mentions": {},
    }
    return {**content, "m.relates_to": relation} if relation else content


def _cut(parts: list[Part]) -> Iterator[list[Part]]:
    """Parts in groups that each fit a message."""
    group: list[Part] = []
    size = 0
    for part in (piece for whole in parts for piece in _pieces(whole)):
        length = _size(part)
        if group and size + length > MOST_BYTES:
            yield group
            group, size = [], 0
        group.append(part)
        size += length
    yield group or [_line("")]


def _pieces(part: Part) -> Iterator[Part]:
    """A part that is too long for one message loses its form and is cut between characters."""
    if _size(part) <= MOST_BYTES:
        yield part
        return
    size = MOST_BYTES // 9  # no character takes more bytes in both forms: "&" is "&amp;" in one
    for at in range(0, len(part.text), size):
        yield _line(part.text[at : at + size])


def _size(part: Part) -> int:
    return len(part.text.encode()) + len(part.html.encode())


def parts_of(reply: Reply, hint: str) -> Iterator[Part]:
    """The paragraphs of a reply: its blocks, then what can be chosen that no card's number says already."""
    numbers = reply.numbered()
    for block in reply.blocks:
        part = _block(block, numbers)
        if part.text:
            yield part
    if reply.actions:
        yield _choices(numbers.others, hint)


def _choices(choices: Sequence[tuple[int, Action]], hint: str) -> Part:
    lines = [*([plain(hint)] if hint else []), *(f"{number}. {plain(action.label)}" for number, action in choices)]
    return Part("\n".join(lines), f"<p>{'<br>'.join(map(html.escape, lines))}</p>")


def _block(block: Block, numbers: Numbered) -> Part:
    match block:
        case Heading(text) | Notice(text):
            return Part(plain(text), f"<p><strong>{html.escape(plain(text))}</strong></p>")
        case Paragraph(spans):
            return Part(_text(spans), f"<p>{_html(spans)}</p>")
        case Bullets(items):
            text = "\n".join(f"- {_text(item)}" for item in items)
            return Part(text, f"<ul>{''.join(f'<li>{_html(item)}</li>' for item in items)}</ul>")
        case Card():
            return _card(block, numbers)
        case _:
            assert_never(block)


def _card(card: Card, numbers: Numbered) -> Part:
    title, number, report = plain(card.title), numbers.opens(card), numbers.reports(card)
    title = f"{number}. {title}" if number else title
    lines = [*card.lines, *((caution,) for caution in card.cautions), *([(report,)] if report else [])]
    return Part(
        "\n".join([title, *(INDENT + _text(line) for line in lines)]),
        f"<p>{'<br>'.join([f'<strong>{html.escape(title)}</strong>', *map(_html, lines)])}</p>",
    )


def _line(text: str) -> Part:
    text = plain(text)
    return Part(text, f"<p>{html.escape(text)}</p>")


def _text(spans: Sequence[Span]) -> str:
    return "".join(_link_text(span) if isinstance(span, Link) else plain(span) for span in spans)


def _link_text(link: Link) -> str:
    url = plain(link.url)
    return url if link.label == link.url else f"{plain(link.label)}: {url}"


def _html(spans: Sequence[Span]) -> str:
    return "".join(_anchor(span) if isinstance(span, Link) else html.escape(plain(span)) for span in spans)


def _anchor(link: Link) -> str:
    url = html.escape(plain(link.url))
    if not url.startswith(("https://", "http://")):
        return html.escape(_link_text(link))
    anchor = f'<a href="{url}">{url}</a>'
    return anchor if link.label == link.url else f"{html.escape(plain(link.label))}: {anchor}"
