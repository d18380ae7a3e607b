"""What screening says of somebody's words, as vetting needs it: flags, links, likely doubles, and the words marked."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.vetting.model import Flag, SharedLink

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


Screen = Callable[[str], Screened]


def marked(text: str, found: Screened) -> str:
    """The text with every word that looks personal between ⟦ and ⟧; brackets are seen without colours too."""
    for words in sorted({flag.words for flag in found.personal if flag.words}, key=len, reverse=True):
        if f"{_BEFORE}{words}{_AFTER}" not in text:
            text = text.replace(words, f"{_BEFORE}{words}{_AFTER}")
    return text
