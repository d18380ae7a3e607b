"""What is wrong with a text before it goes to many rooms: holes, links, words of `policy.md` §7. Nothing is opened.

A hole or a link that is none holds the announcement; a word we do not use, or a link the directory does not know, is shown
to both moderators, who decide.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from bot.core.reply import Link, Paragraph, Span
from bot.directory.wording import is_placeholder, refused_words

Kind = Literal["empty", "hole", "link-text", "link", "unknown-link", "word", "shout", "too-long"]
HOLDS: frozenset[Kind] = frozenset({"empty", "hole", "link-text", "link", "too-long"})
_EVERYWHERE: frozenset[Kind] = frozenset({"empty", "too-long"})
MOST_CHARACTERS = 1800
"""In one message of Discord (2,000), with room for the heading and the line that says who speaks."""
_HOLE = re.compile(
    r"\{\{?[^{}\n]{0,60}\}?\}|\[\[[^\]\n]{0,60}\]\]|<[A-Za-z_ ]{1,30}>|%[A-Za-z_]+%|\$\{?[A-Z_]{2,}\}?|_{4,}"
)
_MARKED = re.compile(r"\[([^\]\n]*)\]\(([^)\n]*)\)")
_LINK = re.compile(r"https?://[^\s<>\"'”»」]+", re.IGNORECASE)
_TRAILING = ".,;:!?)]}。，；：！？）】」…*"
_AROUND = 24
Judge = Callable[[str], Literal["known", "unknown", "refuse"]]
"""What a link is, by its text alone."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, in which language, and the words around the place."""

    kind: Kind
    locale: str
    place: str = field(repr=False, default="")

    @property
    def holds(self) -> bool:
        return self.kind in HOLDS

    def said(self, say: Callable[..., str], locale: str) -> str:
        """The finding in words of `locale`."""
        place = {"place": self.place} if self.kind not in _EVERYWHERE else {}
        return say(locale, f"lint-{self.kind}", language=say(self.locale, "language-self"), **place)


def findings(text: str, locale: str, judge: Judge) -> list[Finding]:
    """Everything wrong with the text of one language, in the order of the text."""
    if not text.strip():
        return [Finding("empty", locale)]
    found = [*_holes(text), *_links(text, judge), *_words(text, locale)]
    if len(text) > MOST_CHARACTERS:
        found.append(("too-long", MOST_CHARACTERS))
    return [Finding(kind, locale, _around(text, at)) for kind, at in sorted(found, key=lambda each: each[1])]


def _holes(text: str) -> Iterator[tuple[Kind, int]]:
    yield from (("hole", match.start()) for match in _HOLE.finditer(text))
    for match in re.finditer(r"[^\n]+", text):
        if not _HOLE.search(match[0]) and is_placeholder(match[0].strip()):
            yield "hole", match.start()


def _links(text: str, judge: Judge) -> Iterator[tuple[Kind, int]]:
    for match in _MARKED.finditer(text):
        if not match[1].strip():
            yield "link-text", match.start()
        if not _LINK.fullmatch(match[2].strip()):
            yield "link", match.start()
    for start, url in _urls(text):
        verdict = judge(url)
        if verdict != "known":
            yield ("link" if verdict == "refuse" else "unknown-link"), start


def _words(text: str, locale: str) -> Iterator[tuple[Kind, int]]:
    yield from (("word", at) for _, at in refused_words(text, locale))
    yield from (("shout", match.start()) for match in re.finditer("[!！¡]", text))


def _urls(text: str) -> Iterator[tuple[int, str]]:
    for match in _LINK.finditer(text):
        yield match.start(), match[0].rstrip(_TRAILING)


def _around(text: str, at: int) -> str:
    """The words at a place, so that whoever wrote them finds it."""
    start, end = max(0, at - _AROUND), at + _AROUND
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return before + " ".join(text[start:end].split()) + after


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The text as a document: one paragraph a line, `[words](https://…)` and bare addresses as links."""
    return tuple(Paragraph(tuple(_spans(line.strip()))) for line in text.splitlines() if line.strip())


def _spans(line: str) -> Iterator[Span]:
    at = 0
    pattern = re.compile(rf"{_MARKED.pattern}|{_LINK.pattern}", re.IGNORECASE)
    for match in pattern.finditer(line):
        is_marked = match[2] is not None
        url = match[2].strip() if is_marked else match[0].rstrip(_TRAILING)
        if not _LINK.fullmatch(url):
            continue
        if match.start() > at:
            yield line[at : match.start()]
        yield Link(match[1].strip() if is_marked else url, url)
        at = match.end() if is_marked else match.start() + len(url)
    if at < len(line):
        yield line[at:]
