"""A file of proposals: a directory file, a sheet, or a list of links. Each becomes a suggestion that moderators vet.

Nothing of it is published, and no address is opened. A file with a fault is refused whole, every fault named in plain
words; records that are here already as they are make no suggestion.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any, NamedTuple, Protocol

from bot.directory.contacts import url_fault
from bot.directory.load import load_text
from bot.directory.model import Resource
from bot.directory.sheet import read_sheet, text_of_sheet
from bot.directory.write import as_values
from bot.reading import MOST_BYTES, Fault

MOST_LINKS = 500
_MARK = re.compile(r"^(?:[-*•]|\d+[.)])\s+")


@dataclass(frozen=True, slots=True)
class Proposed:
    """One suggestion. `what` is a link or a name; `values` the whole record it proposes (`write.as_values`), if it is one."""

    what: str = field(repr=False)
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    record_id: str = ""
    """The record it would replace; empty for a new one."""


class Imported(NamedTuple):
    """What a file proposes, and how many of its records are here already as they are; nothing where there are faults."""

    proposed: tuple[Proposed, ...]
    known_count: int
    faults: tuple[Fault, ...]


class Suggesting(Protocol):
    """Takes suggestions in, as from anybody."""

    async def suggest(self, proposed: Proposed) -> bool:
        """Whether it waits for moderators now; False where it is known, waits already, or there are too many."""
        ...


def read_proposals(content: bytes, file: str, current: Mapping[str, Resource], today: date) -> Imported:
    """What the file proposes against the `current` records by id. Never raises; looks at no address."""
    if len(content) > MOST_BYTES:
        return Imported(
            (), 0, (Fault(file, 0, 0, f"The file is larger than {MOST_BYTES // 1_000_000} MB. Hand it in in parts."),)
        )
    kind = _kind(content, file)
    if kind == "links":
        return _links(content, file)
    if kind == "sheet":
        records, faults = read_sheet(content, file, today)
    else:
        loaded = load_text(content, file, today)
        records, faults = list(loaded.records), loaded.faults
    if faults:
        return Imported((), 0, tuple(faults))
    new = [each for each in records if current.get(each.id) != each]
    proposed = [Proposed(each.name, as_values(each), each.id if each.id in current else "") for each in new]
    return Imported(tuple(proposed), len(records) - len(new), ())


async def suggest_all(proposed: Sequence[Proposed], suggesting: Suggesting) -> int:
    """Hand everything in; how many wait for moderators now. Raises StorageError."""
    return sum([await suggesting.suggest(each) for each in proposed])


def _kind(content: bytes, file: str) -> str:
    """What the name says, else what the first line looks like."""
    suffix = PurePath(file).suffix.lower()
    if suffix in (".yaml", ".yml", ".csv", ".tsv", ".txt"):
        return {".yaml": "records", ".yml": "records", ".txt": "links"}.get(suffix, "sheet")
    lines = (text_of_sheet(content) or "").splitlines()
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    if first.startswith("- id:"):
        return "records"
    is_link = "://" in first
    return "links" if is_link or not re.search(r"[,;\t]", first) else "sheet"


def _links(content: bytes, file: str) -> Imported:
    text = text_of_sheet(content)
    if text is None:
        return Imported(
            (), 0, (Fault(file, 0, 0, "This list is not written in UTF-8. Save it as plain text (UTF-8)."),)
        )
    faults: list[Fault] = []
    links: dict[str, None] = {}
    for number, line in enumerate(text.splitlines(), 1):
        link = _MARK.sub("", line.strip())
        if not link or link.startswith("#"):
            continue
        wrong = url_fault(link)
        if wrong:
            faults.append(Fault(file, number, 1, wrong))
        links[link] = None
    if len(links) > MOST_LINKS:
        faults.append(Fault(file, 0, 0, f"The list has more than {MOST_LINKS} links. Hand it in in parts."))
    if not links:
        faults.append(Fault(file, 0, 0, "There is nothing in this file. Write one link a line."))
    return Imported((), 0, tuple(faults)) if faults else Imported(tuple(map(Proposed, links)), 0, ())
