"""How much may be handed in: per person, in all, and how much may wait (`security.md` rule 21).

The limits are generous for people and small for machines. Counts lie under keyed hashes for a week (`policy.md` §8).
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.errors import InputError

MOST_OPEN = 500
"""So many cases wait at most; then the queue is closed with a kind sentence until some are decided."""
MOST_CARDS = 20
"""So many cards of one community stand in its room at a time; the others are in the daily digest and in `review`."""
KEPT = timedelta(days=7)
EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` in `span`; `message_id` is the sentence for one too many."""

    most: int
    span: timedelta
    message_id: str


PERSON = (
    Limit(5, timedelta(hours=1), "quota-person"),
    Limit(30, timedelta(days=7), "quota-person"),
)
ALL = (Limit(200, timedelta(hours=1), "quota-all"),)


class QuotaError(InputError):
    """Too many for now: nothing was kept."""


def check(limit: Limit, count: int) -> None:
    """Raises QuotaError when `count` were handed in within the span already."""
    if count >= limit.most:
        raise QuotaError(limit.message_id)
