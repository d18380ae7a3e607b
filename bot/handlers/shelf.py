"""What every handler reads from: the records of one moment, made ready to be asked."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.core.meeting import MeetingRooms
from bot.directory.cards import Cards
from bot.directory.index import Index
from bot.directory.query import Place
from bot.directory.understand import Understanding
from bot.text.messages import LOCALES, Messages


@dataclass(frozen=True, slots=True)
class Shelf:
    """One snapshot, indexed. `is_lost`: no directory could be read, and `index` holds the last good contacts only."""

    index: Index
    understanding: Understanding
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class Tools:
    """What handlers share; `shelf` gives the current one, so that a reload needs no restart. `meeting`: the review rooms."""

    messages: Messages
    cards: Cards
    shelf: Callable[[], Shelf]
    meeting: MeetingRooms

    def home(self, code: str | None) -> Place | None:
        """The place of an ISO code, None where there is none."""
        return self.cards.gazetteer.parse(code) if code else None


def locale_or_english(locale: str | None) -> str:
    """`locale` where the bot writes it."""
    return locale if locale in LOCALES else "en"
