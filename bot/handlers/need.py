"""What people asked for that is not there: counted while answering, in memory, and shown to moderators.

Counted is the topic, the region and the month; nothing waits for the storage, and what was counted is kept every few
minutes at once, so that no row says when somebody asked.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.core.need import Need
from bot.core.reply import Bullets, Heading, Paragraph, Reply
from bot.core.request import Request
from bot.directory.model import WORLDWIDE, PartialDate
from bot.directory.query import Found, Query
from bot.handlers.desk import in_room, locale_of
from bot.handlers.moderating import Office

MOST = 25


class Counting:
    """Counts in memory until `take`."""

    def __init__(self) -> None:
        self._counts: Counter[Need] = Counter()

    def note(self, query: Query, found: Found, today: date) -> None:
        """Count what the answer could not offer at the place asked."""
        self._counts.update(unmet(query, found, today))

    def take(self) -> dict[Need, int]:
        """What was counted since the last time, which begins anew."""
        taken, self._counts = dict(self._counts), Counter()
        return taken

    def give_back(self, counts: dict[Need, int]) -> None:
        """What could not be kept is counted still."""
        self._counts.update(counts)


def unmet(query: Query, found: Found, today: date) -> Iterator[Need]:
    """The topics asked in so many words of which nothing is known in the region asked."""
    place = query.places[0] if query.places and not query.unclear else None
    if place is None or place.country == WORLDWIDE or found.offset:
        return
    is_empty = not found.matches or (found.nothing_local and place.region is not None)
    for topic, weight in query.topics:
        if weight >= 1.0 and (is_empty or ("topic", topic) in found.nothing_for):
            yield Need(today.replace(day=1), place.region or place.country, topic)


@dataclass(frozen=True, slots=True)
class Needs:
    """The counts from five up."""

    office: Office

    async def __call__(self, request: Request) -> Reply:
        self.office.permit("need", request)
        locale = locale_of(request)
        say, cards = self.office.say, self.office.tools.cards
        shown = await self.office.books.needs.shown()
        if not shown:
            return in_room(Reply((Paragraph((say(locale, "need-none"),)),), locale=locale), request)
        lines = [
            say(
                locale, "need-line", month=cards.date(PartialDate(need.month.year, need.month.month), locale),
                place=cards.place(need.region, locale), topic=say(locale, f"topic-{need.topic}"), count=str(count),
            )
            for need, count in shown[:MOST]
        ]  # fmt: skip
        blocks = (Heading(say(locale, "need-title")), Bullets(tuple((line,) for line in lines)))
        return in_room(Reply(blocks, locale=locale), request)
