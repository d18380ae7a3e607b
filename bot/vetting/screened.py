"""What screening says of somebody's words, as vetting needs it: flags, links, likely doubles, and the words marked."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from bot.core.lists import Span
from bot.directory.model import Resource
from bot.vetting import screening
from bot.vetting.doubles import Known, Waiting
from bot.vetting.model import Case, Flag, SharedLink
from bot.vetting.page import Page

PERSONAL, DOUBLE = "personal-data", "duplicate"
_BEFORE, _AFTER = "⟦", "⟧"


@dataclass(frozen=True, slots=True)
class Screened:
    """`flags` and `links` of one text; `doubles` are ids of records that may be the same.

    `places` tell where in `text`, which is the text as it was read, something looks personal: in order, none touching another.
    """

    flags: tuple[Flag, ...] = ()
    links: tuple[SharedLink, ...] = ()
    doubles: tuple[str, ...] = ()
    text: str = field(default="", repr=False)
    places: tuple[Span, ...] = ()

    @property
    def personal(self) -> tuple[Flag, ...]:
        return tuple(flag for flag in self.flags if flag.kind == PERSONAL)


class Screen:
    """`screen(text)` judges words, with the links in them, by the rules of `screening` against the records of now; nothing is fetched."""

    def __init__(self, records: Callable[[], Sequence[Resource]]) -> None:
        self._records = records
        self._made: tuple[Sequence[Resource], Known] | None = None

    def __call__(self, text: str, waiting: Sequence[Case] = ()) -> Screened:
        """`waiting` are cases whose words may say the same; their codes are then among `doubles`."""
        if not text:
            return Screened()
        known_cases = [Waiting(case.code, words, _link(case)) for case in waiting if (words := _words(case))]
        found = screening.screen(text, known=self._known(), waiting=known_cases)
        doubles = tuple(dict.fromkeys(flag.of for flag in found.flags if flag.kind == DOUBLE and flag.of))
        flags = tuple(Flag(flag.kind, flag.what, flag.words) for flag in found.flags if flag.kind != DOUBLE)
        links = tuple(SharedLink(link.url, link.verdict, link.shown) for link in found.links)
        places = _joined(
            (flag.start, flag.end)
            for flag in found.flags
            if flag.kind == PERSONAL and flag.start is not None and flag.end is not None
        )
        return Screened(flags, links, doubles, found.text, places)

    def _known(self) -> Known:
        records = self._records()
        if self._made is None or self._made[0] is not records:
            self._made = (records, Known(tuple(records)))
        return self._made[1]


def _words(case: Case) -> str:
    return "\n".join(case.submission.texts().values()) if case.submission else ""


def _link(case: Case) -> str | None:
    return next((link.url for link in case.submission.links), None) if case.submission else None


def _joined(places: Iterable[Span]) -> tuple[Span, ...]:
    """The same places in order, those that overlap or touch as one."""
    joined: list[Span] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def marked(text: str, found: Screened) -> str:
    """What looks personal in `text` between ⟦ and ⟧; brackets are seen without colours too.

    `text` is what was screened, or some of its lines; what was not screened comes back as it is.
    """
    lines = Page.of(text).text
    first = f"\n{found.text}\n".find(f"\n{lines}\n")
    if first < 0:
        return text
    parts: list[str] = []
    at = 0
    for start, end in found.places:
        begin, stop = max(at, start - first), min(len(lines), end - first)
        if begin < stop:
            parts += (lines[at:begin], _BEFORE, lines[begin:stop], _AFTER)
            at = stop
    return "".join((*parts, lines[at:]))
