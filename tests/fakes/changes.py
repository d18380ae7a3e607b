"""Changes in memory, as the storage keeps them; what a process without a database is tested with."""

from dataclasses import replace

from bot.directory.changes import Change, superseded_by
from bot.errors import StorageError


class MemoryChanges:
    """`bot.directory.changes.ChangeStore`. `is_away`: every call raises StorageError, as a lost database does."""

    def __init__(self) -> None:
        self.kept: list[Change] = []
        self.is_away = False
        self.asked_count = 0

    async def add_one(self, change: Change) -> int:
        self._look()
        version = await self.version() + 1
        gone = superseded_by(change.kind)
        self.kept = [each for each in self.kept if each.record_id != change.record_id or each.kind not in gone]
        self.kept.append(replace(change, version=version))
        return version

    async def all(self) -> list[Change]:
        self._look()
        return list(self.kept)

    async def version(self) -> int:
        self._look()
        self.asked_count += 1
        return max((each.version for each in self.kept), default=0)

    def _look(self) -> None:
        if self.is_away:
            raise StorageError("away")
