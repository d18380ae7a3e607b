"""What screening says of somebody's words, as vetting needs it: flags, links, likely doubles, and the words marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.directory.model import Resource
from bot.vetting import screening
from bot.vetting.doubles import Known, Waiting
from bot.vetting.model import Case, Flag, SharedLink

PERSONAL, DOUBLE = "personal-data", "duplicate"
_BEFORE, _AFTER = "⟦", "⟧"


@dataclass(frozen=True, slots=True)
class Screened:
    """`flags` and `links` of one text; `doubles` are ids of records that may be the same."""

    flags: tuple[Flag, ...] = ()
    links: tuple[SharedLink, ...] = ()
    doubles: tuple[str, ...] = ()

    @property
    def personal(self) -> tuple[Flag, ...]:
        return tuple(flag for flag in self.flags if flag.kind == PERSONAL)


class Screen:
    """`screen(text)` judges words by the rules of `screening` against the records of now; nothing is fetched."""

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
        return Screened(flags, links, doubles)

    def _known(self) -> Known:
        records = self._records()
        if self._made is None or self._made[0] is not records:
            self._made = (records, Known(tuple(records)))
        return self._made[1]


def _words(case: Case) -> str:
    return "\n".join(case.submission.texts().values()) if case.submission else ""


def _link(case: Case) -> str | None:
    return next((link.url for link in case.submission.links), None) if case.submission else None


def marked(text: str, found: Screened) -> str:
    """The text with every word that looks personal between ⟦ and ⟧; brackets are seen without colours too."""
    for words in sorted({flag.words for flag in found.personal if flag.words}, key=len, reverse=True):
        if f"{_BEFORE}{words}{_AFTER}" not in text:
            text = text.replace(words, f"{_BEFORE}{words}{_AFTER}")
    return text
