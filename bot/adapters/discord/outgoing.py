"""Replies as pages of Discord markdown, and as rows of buttons and lists. Pure: no part of the library is used.

A page is at most what the text displays of one message may hold (API docs, Component Reference: Text Display: 4000
characters), less room for a line before it, and ends at the border of a block; a block that is longer is parted at its lines, then between words, and only
then inside a word, never inside a character as people see it, a number or an address. A phone number is text: Discord
refuses `tel:` links. Nothing in a text can be markup, a mention or a link but the addresses of records.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from bot.adapters.discord.coding import CodeError, pack
from bot.core.reply import Action, Block, Bullets, Card, Heading, Link, Notice, Paragraph, Reply, Span

PAGE = 3800
LABEL, OPTION = 80, 100
BESIDE = 40
"""A longer button beside a text leaves no room for the text on a phone."""
BUTTONS_A_ROW, OPTIONS, ROWS = 5, 25, 5
MOST_BUTTONS = 10
"""More choices than these are offered as a list; a wall of buttons reads badly, on a phone and to a screen reader."""
_MARKUP = re.compile(r"[\\*_~`|[\]<]")
_LINE_START = re.compile(r"(?m)^(\s*|\s*\d+)(#|>|-(?=[\s#])|\+(?=\s)|(?<=\d)[.)](?=\s))")
_ADDRESS = re.compile(r"https?://[^\s<>]+")
_KEPT_WHOLE = re.compile(r"https?://\S+|\+?\d[\d\s().\-/]{3,}\d|\S+")
_JOINERS = "\u200d\ufe0e\ufe0f"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button, or an option of a list: what is read and the custom id it stands for."""

    label: str
    code: str


@dataclass(frozen=True, slots=True)
class Page:
    """One message: its text in parts, then `buttons`, then a list for each of `lists`; `beside` has the button of a part."""

    parts: tuple[str, ...]
    buttons: tuple[Choice, ...] = ()
    lists: tuple[tuple[Choice, ...], ...] = ()
    beside: Mapping[str, Choice] = field(default_factory=dict)


def pages(reply: Reply, before: Sequence[str] = (), last: Sequence[Action] = ()) -> list[Page]:
    """The messages that show `reply`; the choices are under the last one. `before` are lines above everything.

    `last` are actions of the door: as buttons under each message, since each can be hidden by itself.
    """
    said = [block_text(block) for block in reply.blocks]
    texts = [*(escaped(line) for line in before), *said]
    closing = tuple(_choices(last, LABEL))
    beside = _beside(reply, said)
    reports = {each.code for each in beside.values()}
    chosen = [each for each in _choices(reply.actions, OPTION) if each.code not in reports]
    made = [
        Page(tuple(parts), closing, beside={part: beside[part] for part in parts if part in beside})
        for parts in _paged([text for text in texts if text])
    ]
    made = made or [Page((), closing)]
    if len(chosen) > MOST_BUTTONS:
        lists = tuple(tuple(chosen[at : at + OPTIONS]) for at in range(0, len(chosen), OPTIONS))[: ROWS - 1]
        made[-1] = replace(made[-1], lists=lists)
    else:
        buttons = tuple(Choice(shortened(each.label, LABEL), each.code) for each in chosen)
        made[-1] = replace(made[-1], buttons=(*buttons, *closing))
    return made


def _beside(reply: Reply, said: Sequence[str]) -> dict[str, Choice]:
    """For the text of each card, of the blocks that are `said`, the button that reports its record."""
    on_cards = reply.numbered().on_cards
    cards = ((text, block) for block, text in zip(reply.blocks, said, strict=True) if isinstance(block, Card))
    found = ((text, on_cards.get(("report", card.id))) for text, card in cards)
    return {text: choice for text, action in found if action for choice in _choices([action[1]], BESIDE)}


def _choices(actions: Iterable[Action], most: int) -> Iterator[Choice]:
    """Actions with their custom ids, each once; one that fits into none is left out, for its words can be typed."""
    seen: set[str] = set()
    for action in actions:
        try:
            code = pack(action)
        except CodeError:
            continue
        if code not in seen and action.label.strip():
            seen.add(code)
            yield Choice(shortened(action.label, most), code)


def block_text(block: Block) -> str:
    """One block as markdown."""
    match block:
        case Heading(text):
            return f"**{escaped(text)}**"
        case Notice(text):
            return escaped(text)
        case Paragraph(spans):
            return _spans(spans)
        case Bullets(items):
            return "\n".join(f"- {_spans(item)}" for item in items)
        case Card(title, lines, cautions):
            below = [_spans(line) for line in lines] + [escaped(caution) for caution in cautions]
            return "\n".join([f"**{escaped(title)}**", *below])
        case _:
            assert_never(block)


def _spans(spans: Sequence[Span]) -> str:
    return "".join(_link(span) if isinstance(span, Link) else escaped(span) for span in spans)


def _link(link: Link) -> str:
    """The address in brackets, so that Discord makes no preview of it; behind its words where it has any of its own."""
    url = re.sub(r"[\s<>]", "", link.url)
    shown = f"<{url}>" if _ADDRESS.fullmatch(url) else escaped(url)
    return shown if link.label == link.url else f"{escaped(link.label)}: {shown}"


def escaped(text: str) -> str:
    """`text` as it is: no markup, no mention, no control, bidirectional or hidden character; addresses stay whole."""
    if not text.isprintable():
        text = "".join(char for char in text if char == "\n" or char in _JOINERS or not _is_hidden(char))
    if "://" not in text:
        return _begun_plainly(_plain(text))
    made, at = [], 0
    for address in _ADDRESS.finditer(text):
        made += [_plain(text[at : address.start()]), f"<{address[0]}>"]
        at = address.end()
    made.append(_plain(text[at:]))
    return _begun_plainly("".join(made))


def _plain(text: str) -> str:
    """`text` without markup. Nearly every text has none, and one look through it is all."""
    return _MARKUP.sub(_kept, text)


def _kept(sign: re.Match[str]) -> str:
    # A function, since a template is looked up anew at each call, whether there is a sign or not.
    return f"\\{sign[0]}"


def _begun_plainly(text: str) -> str:
    """`text` none of whose lines begins a heading, a quotation or a list."""
    if "\n" in text:
        return _LINE_START.sub(r"\1\\\2", text)
    # Nearly every text is one line, and need not be searched.
    found = _LINE_START.match(text)
    return f"{text[: found.start(2)]}\\{text[found.start(2) :]}" if found else text


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn")


def _paged(texts: Iterable[str]) -> Iterator[list[str]]:
    page: list[str] = []
    size = 0
    for text in (piece for whole in texts for piece in _pieces(whole)):
        if page and size + len(text) + 2 > PAGE:
            yield page
            page, size = [], 0
        page.append(text)
        size += len(text) + 2
    if page:
        yield page


def _pieces(text: str) -> Iterator[str]:
    """`text` in pieces of at most a page: whole, else by lines, words, or what people see as characters."""
    if len(text) <= PAGE:
        yield text
        return
    piece = ""
    for part in _fitting(text):
        if len(piece) + len(part) > PAGE:
            yield piece.strip("\n")
            piece = ""
        piece += part
    if piece.strip():
        yield piece.strip("\n")


def _fitting(text: str) -> Iterator[str]:
    """Parts of at most a page that together are `text`."""
    for line in text.splitlines(keepends=True):
        if len(line) <= PAGE:
            yield line
            continue
        for word in _words(line):
            yield from ([word] if len(word) <= PAGE else graphemes(word))


def _words(line: str) -> Iterator[str]:
    """Words with the space behind them; a number in groups and an address are one word."""
    at = 0
    for found in _KEPT_WHOLE.finditer(line):
        if found.start() > at:
            yield line[at : found.start()]
        yield found[0]
        at = found.end()
    yield line[at:]


def graphemes(text: str) -> list[str]:
    """`text` in characters as people see them, with marks, joined pictures and flags (Unicode UAX 29, in short)."""
    found: list[str] = []
    for char in text:
        joins = bool(found) and (
            unicodedata.category(char) in ("Mn", "Me", "Mc")
            or char in _JOINERS
            or found[-1][-1] == "\u200d"
            or "\U0001f3fb" <= char <= "\U0001f3ff"
            or (_is_flag(char) and len(found[-1]) == 1 and _is_flag(found[-1]))
        )
        if joins:
            found[-1] += char
        else:
            found.append(char)
    return found


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def shortened(text: str, most: int) -> str:
    """`text` in at most `most` characters, with an ellipsis where something is left out; one line."""
    if not text.isprintable():
        text = "".join(char for char in text if char in _JOINERS or char == "\n" or not _is_hidden(char))
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    short = ""
    for each in graphemes(text):
        if len(short) + len(each) > most - 1:
            break
        short += each
    return short.rstrip() + "…"
