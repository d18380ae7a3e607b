"""What people asked for that is not there: counted while answering, in memory.

Counted is the topic, the region and the month; nothing waits for the storage, and what was counted is kept every few
minutes at once, so that no row says when somebody asked.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from bot.core.need import Need
from bot.directory.model import WORLDWIDE
from bot.directory.query import Found, Query


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
