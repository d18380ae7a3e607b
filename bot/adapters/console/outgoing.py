"""Replies as plain text. Lines are wrapped by the columns they take: a Han character takes two."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from bot.core.reply import Action, Block, Bullets, Card, Heading, Link, Notice, Numbered, Paragraph, Reply, Span
from bot.core.words import plain

INDENT = "   "
_NARROWEST = 20
# Characters that begin no line: the closing marks of Chinese text.
_NEVER_FIRST = "，。；：、？）》」』”"


def render(reply: Reply, width: int | None = None, hint: str = "") -> str:
    """The reply as the terminal shows it, without a line break at its end.

    `width` is the terminal's in columns; None wraps nothing, for pipes and for other programs. Actions are
    numbered in the order of `reply.actions`; the number of one that shows a record stands before its name, that of one
    that reports it below. `hint` says how to choose.
    """
    numbers = reply.numbered()
    paragraphs = [wrapped_block(block, numbers, width) for block in reply.blocks]
    if reply.actions:
        paragraphs.append(_choices(numbers.others, width, hint))
    return "\n\n".join(each for each in paragraphs if each)


def _choices(choices: Sequence[tuple[int, Action]], width: int | None, hint: str) -> str:
    lines = [hint] if hint else []
    lines += [wrapped(f"{number}. {plain(action.label)}", width, INDENT) for number, action in choices]
    return "\n".join(wrapped(line, width) if line == hint else line for line in lines)


def wrapped_block(block: Block, numbers: Numbered, width: int | None) -> str:
    """One block as lines."""
    match block:
        case Heading(text) | Notice(text):
            return wrapped(plain(text), width)
        case Paragraph(spans):
            return wrapped(_text(spans), width)
        case Bullets(items):
            return "\n".join(wrapped(f"- {_text(item)}", width, "  ") for item in items)
        case Card():
            return _card(block, numbers, width)
        case _:
            assert_never(block)


def _card(card: Card, numbers: Numbered, width: int | None) -> str:
    title, number, report = plain(card.title), numbers.opens(card), numbers.reports(card)
    lines = [wrapped(f"{number}. {title}" if number else title, width, INDENT)]
    all_lines = (*card.lines, *((caution,) for caution in card.cautions), *([(report,)] if report else []))
    lines += [wrapped(INDENT + _text(line), width, INDENT) for line in all_lines]
    return "\n".join(lines)


def _text(spans: Sequence[Span]) -> str:
    return "".join(_link(span) if isinstance(span, Link) else plain(span) for span in spans)


def _link(link: Link) -> str:
    """The address in full, to be copied; behind its words where it has any of its own."""
    return plain(link.url) if link.label == link.url else f"{plain(link.label)}: {plain(link.url)}"


def columns(text: str) -> int:
    """The columns `text` takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


@dataclass(slots=True)
class _Line:
    text: str
    width: int


def wrapped(text: str, width: int | None, indent: str = "") -> str:
    """`text` in lines of at most `width` columns, those after the first behind `indent`.

    Breaks at spaces and between Han characters; an address or number that is longer than a line stays whole, so that
    it can be copied.
    """
    if width is None or columns(text) <= width:
        return text
    room = max(width, _NARROWEST)
    lead = text[: len(text) - len(text.lstrip(" "))]
    lines = [_Line(lead, len(lead))]
    for piece in _pieces(text[len(lead) :]):
        size = columns(piece.rstrip(" "))
        if lines[-1].width + size > room and lines[-1].text.strip():
            lines.append(_Line(indent, len(indent)))
        lines[-1].text += piece
        lines[-1].width += columns(piece)
    return "\n".join(line.text.rstrip(" ") for line in lines)


def _pieces(text: str) -> Iterator[str]:
    """Parts between which a line may be broken; each keeps the spaces and closing marks behind it."""
    piece = ""
    for at, char in enumerate(text):
        piece += char
        following = text[at + 1] if at + 1 < len(text) else ""
        is_break = (char == " " and following != " ") or (
            bool(following)
            and following not in _NEVER_FIRST
            and following != " "
            and (_is_wide(char) or _is_wide(following))
        )
        if is_break:
            yield piece
            piece = ""
    if piece:
        yield piece


def _is_wide(char: str) -> bool:
    return not char.isascii() and unicodedata.east_asian_width(char) == "W"
