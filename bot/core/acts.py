"""What moderators did, as the audit trail keeps it: a pseudonym, an action, an item, a day (`policy.md` §5, §8)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

_CODE = re.compile(r"[\w./:*-]{0,64}")


@dataclass(frozen=True, slots=True)
class Act:
    """One act of one moderator.

    `by` is the pseudonym of their entry in the operator's file. `action`, `item` and `how` are codes and never words
    somebody typed: `action` says what was done ("put", "check", "reject"), `item` the id of a record, the code of a case
    or of an announcement, `how` the method of a check, the reason of a refusal, or the case a change came from. Raises
    ValueError for anything else.
    """

    by: str
    action: str
    item: str
    day: date
    how: str = ""

    def __post_init__(self) -> None:
        if not all(_CODE.fullmatch(each) for each in (self.action, self.item, self.how)):
            raise ValueError("an act holds codes, no words")


class Acts(Protocol):
    """The audit trail as moderators read it."""

    async def of(self, item: str, most: int) -> Sequence[Act]:
        """The newest acts on one record, case or announcement; on everything for an empty `item`. Newest first."""
        ...
