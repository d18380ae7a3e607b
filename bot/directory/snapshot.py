"""The directory as a running program holds it: an immutable snapshot, swapped whole.

Whoever answers takes `Directory.current` once and keeps to it for that answer; a reload in between changes nothing for
it. A bad file never becomes a snapshot: the last good one stays, and its faults are given back to be said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from types import MappingProxyType

from bot.directory.load import load
from bot.directory.model import Resource
from bot.reading import MOST_BYTES, Fault, Unreadable

FILE = "resources.yaml"
MERGED_FILE = "directory.yaml"
"""What a running bot writes into its data folder: the shipped records with the community's approved changes."""


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """All records at one moment. `source` names the file, `loaded_at` is UTC; compared and hashed by identity."""

    records: tuple[Resource, ...]
    source: str
    loaded_at: datetime
    by_id: Mapping[str, Resource] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", MappingProxyType({record.id: record for record in self.records}))


EMPTY = Snapshot((), "", datetime(1970, 1, 1, tzinfo=UTC))
"""What a program starts with when no file could be read; urgent cards answer all the same."""


def packaged_file() -> Path:
    """The copy of the directory in the installed package, or in a checkout the file beside it; it may not be there."""
    package = Path(str(resources.files("bot")))
    carried = package / "directory" / FILE
    return carried if carried.is_file() else package.parent / FILE


def find_directory(explicit: Path | None = None, data_dir: Path | None = None) -> Path:
    """Which file to read: the running bot's merged one if it is there, the one named, the one here, the package's.

    A file that was named is given back whether it is there or not, so that its absence is said and not passed over.
    """
    if data_dir is not None and (data_dir / MERGED_FILE).is_file():
        return data_dir / MERGED_FILE
    if explicit is not None:
        return explicit
    here = Path(FILE)
    return here if here.is_file() else packaged_file()


@dataclass(slots=True)
class Directory:
    """Holds the current snapshot. `current` is EMPTY until the first good file."""

    current: Snapshot = EMPTY

    def reload(self, path: Path, *, now: datetime | None = None, most_bytes: int = MOST_BYTES) -> Sequence[Fault]:
        """Read `path` and swap the snapshot; with any fault keep the last good one and give back all of them.

        Never raises for what a file may hold or for a missing one. `now` (aware) decides which dates lie in the future.
        """
        moment = now or datetime.now(UTC)
        try:
            loaded = load(path, moment.date(), most_bytes)
        except Unreadable as unreadable:
            return [unreadable.fault]
        if loaded.faults:
            return loaded.faults
        self.current = Snapshot(loaded.records, str(path), moment)
        return []


def read_snapshot(path: Path, today: date) -> tuple[Snapshot, Sequence[Fault]]:
    """For a program that answers once and ends: the snapshot of `path`, EMPTY with its faults if it has any."""
    directory = Directory()
    faults = directory.reload(path, now=datetime(today.year, today.month, today.day, tzinfo=UTC))
    return directory.current, faults
