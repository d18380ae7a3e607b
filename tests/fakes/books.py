"""What moderators write into and read from, in memory."""

from collections import Counter
from collections.abc import Mapping

from bot.core.acts import Act
from bot.core.need import SHOWN_FROM, Need
from bot.directory.changes import Change
from bot.errors import StorageError
from tests.fakes.changes import MemoryChanges


class MemoryActs:
    """`bot.core.acts.Acts`."""

    def __init__(self) -> None:
        self.kept: list[Act] = []

    async def of(self, item: str, most: int) -> list[Act]:
        return [each for each in reversed(self.kept) if item in ("", each.item)][:most]


class TrailedChanges(MemoryChanges):
    """Changes that leave an act for each moderator, as the storage does."""

    def __init__(self, acts: MemoryActs) -> None:
        super().__init__()
        self._acts = acts

    async def add_one(self, change: Change) -> int:
        version = await super().add_one(change)
        how = change.text.split(" ")[1] if change.kind == "check" else change.case
        self._acts.kept += [Act(name, change.kind, change.record_id, change.decided_on, how) for name in change.by]
        return version


class MemoryNeeds:
    """`bot.core.need.UnmetNeeds`."""

    def __init__(self) -> None:
        self.counts: Counter[Need] = Counter()
        self.is_away = False

    async def add(self, counts: Mapping[Need, int]) -> None:
        if self.is_away:
            raise StorageError("away")
        self.counts.update(counts)

    async def shown(self) -> list[tuple[Need, int]]:
        return [(need, count) for need, count in self.counts.most_common() if count >= SHOWN_FROM]
