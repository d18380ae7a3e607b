"""What was asked and is not there: how often, by topic, region and month, and nothing else (`policy.md` §8)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

SHOWN_FROM = 5
"""A smaller count could point at somebody."""


class Need(NamedTuple):
    """One topic of the vocabulary asked for in one region (ISO 3166-2, or the country's code), in a month (its first day)."""

    month: date
    region: str
    topic: str


class UnmetNeeds(Protocol):
    """Where the counts are kept."""

    async def add(self, counts: Mapping[Need, int]) -> None:
        """Add counts to those of before."""
        ...

    async def shown(self) -> Sequence[tuple[Need, int]]:
        """Counts from SHOWN_FROM up: newest month first, then the greatest."""
        ...
