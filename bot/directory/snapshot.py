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
from typing import TYPE_CHECKING, Any

from bot.core.compiled import compiled
from bot.directory.model import Resource
from bot.directory.packing import pack, unpack
from bot.reading import MOST_BYTES, Fault, Unreadable
from bot.reading import __file__ as reading_file

if TYPE_CHECKING:
    from bot.directory.changes import Change

_ROOM = Path(__file__).parent
# What decides whether a file is faultless and what its records are: this room's code and words, and the places known.
_CODE = (
    Path(reading_file),
    *sorted(_ROOM.glob("*.py")),
    *sorted(_ROOM.glob("*.yaml")),
    *sorted((_ROOM / "places").glob("*.yaml")),
)
FILE = "resources.yaml"
MERGED_FILE = "directory.yaml"
"""What a running bot writes into its data folder: the shipped records with the community's approved changes."""


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """All records at one moment. `source` names the file, `loaded_at` is UTC; compared and hashed by identity.

    `filed` is what the file itself holds where `changes` of the community lie over it (`merging.merge`), None where
    the records are the file's own.
    """

    records: tuple[Resource, ...]
    source: str
    loaded_at: datetime
    filed: tuple[Resource, ...] | None = field(default=None, repr=False)
    changes: "tuple[Change, ...]" = field(default=(), repr=False)
    by_id: Mapping[str, Resource] = field(init=False, repr=False, compare=False)
    shipped: Mapping[str, Resource] = field(init=False, repr=False, compare=False)
    """The file's own records by id: what a change of a whole record is decided over."""

    def __post_init__(self) -> None:
        filed = self.records if self.filed is None else self.filed
        object.__setattr__(self, "by_id", MappingProxyType({record.id: record for record in self.records}))
        object.__setattr__(self, "shipped", MappingProxyType({record.id: record for record in filed}))


EMPTY = Snapshot((), "", datetime(1970, 1, 1, tzinfo=UTC))
"""What a program starts with when no file could be read; urgent cards answer all the same."""


def packaged_file() -> Path:
    """The copy of the directory in the installed package, or in a checkout the file beside it; it may not be there."""
    package = Path(str(resources.files("bot")))
    carried = package / "directory" / FILE
    return carried if carried.is_file() else package.parent / FILE


def is_packaged(path: Path) -> bool:
    """Whether it is the package's own file, however it is written."""
    return path.resolve() == packaged_file().resolve()


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


class _FaultyError(Exception):
    """A file with faults; none of it is used."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = faults
        super().__init__(len(faults))


def _faultless(path: Path, today: date, most_bytes: int = MOST_BYTES) -> tuple[Resource, ...]:
    # Reading files is half of what there is to import, and the shipped one is nearly always kept ready.
    from bot.directory.load import load  # noqa: PLC0415

    loaded = load(path, today, most_bytes)
    if loaded.faults:
        raise _FaultyError(loaded.faults)
    return loaded.records


def _packed(path: Path, today: date) -> list[Any]:
    return [pack(record) for record in _faultless(path, today)]


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
            if is_packaged(path):
                # The file of the package is looked at once a version; the digest of its bytes sees every change.
                kept = compiled("records", [path, *_CODE], lambda: _packed(path, moment.date()))
                records = tuple(map(unpack, kept))
            else:
                records = _faultless(path, moment.date(), most_bytes)
        except Unreadable as unreadable:
            return [unreadable.fault]
        except _FaultyError as faulty:
            return faulty.faults
        self.current = Snapshot(records, str(path), moment)
        return []


def read_snapshot(path: Path, today: date) -> tuple[Snapshot, Sequence[Fault]]:
    """For a program that answers once and ends: the snapshot of `path`, EMPTY with its faults if it has any."""
    directory = Directory()
    faults = directory.reload(path, now=datetime(today.year, today.month, today.day, tzinfo=UTC))
    return directory.current, faults
