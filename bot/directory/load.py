"""`resources.yaml` into records, with every fault of every record named.

Own readers over the tree (`record.py`), not pydantic: its faults are sentences about programs that would all have to
be written again, it knows nothing of what belongs together (a region and its country, a caution and its label), its
models would say a second time what `model.py` says, and building them costs a third of the time `ask` has to start.

`load` is for files, `load_text` for bytes. Both look at the whole file however much is wrong; when YAML itself is
broken, each record is read on its own, so that the others are still looked at (`layout.py`).
"""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from bot.directory import layout
from bot.directory.faults import Findings
from bot.directory.model import Resource
from bot.directory.parts import Hosts
from bot.directory.record import RecordReader
from bot.reading import MOST_BYTES, Fault, ListNode, MapNode, Node, TextNode, read_bytes, read_tree, shown


class Loaded(NamedTuple):
    """The records without a fault, and what was found, by line. A file with faults is not to be used."""

    records: tuple[Resource, ...]
    faults: list[Fault]
    warnings: list[Fault]


def load(path: Path, today: date, most_bytes: int = MOST_BYTES) -> Loaded:
    """The records of the file. Raises `bot.reading.Unreadable` when it is missing or cannot be opened."""
    return load_text(read_bytes(path, most_bytes), str(path), today, most_bytes)


def load_text(content: bytes, file: str, today: date, most_bytes: int = MOST_BYTES) -> Loaded:
    """The records of `content`, which is named `file` in faults. Never raises."""
    tree = read_tree(content, file, most_bytes)
    found = Findings(file, today, tree.text.split("\n"), list(tree.faults))
    if tree.syntax is not None:
        roots = layout.read_apart(tree, found)
    elif tree.node is None and not tree.faults:
        found.fault_at(1, 1, "The file is empty. It needs a list of records, each beginning with “- id: …”.")
        roots = []
    else:
        roots = [tree.node] if tree.node else []
    records = _records(roots, found)
    if tree.text:
        layout.look_over(tree, found)
    return Loaded(tuple(records), sorted(set(found.faults)), sorted(set(found.warnings)))


def _records(roots: list[Node], found: Findings) -> list[Resource]:
    records: list[Resource] = []
    hosts = Hosts(found)
    first_lines: dict[str, int] = {}
    for root in roots:
        if not isinstance(root, ListNode):
            found.fault(root, "The file needs a list of records, each beginning with “- id: …” at the start of a line.")
            continue
        for node in root.items:
            before = len(found.faults)
            record = RecordReader(node, found, hosts).read()
            if not (isinstance(node, MapNode) and "id" in node.entries):
                continue
            id_node = node.entries["id"][1]
            if isinstance(id_node, TextNode) and id_node.text:
                first = first_lines.setdefault(id_node.text, id_node.line)
                if first != id_node.line:
                    found.fault(
                        id_node,
                        f"The id {shown(id_node.text)} is taken by the record on line {first}. Choose another "
                        "one, or delete one of the two records.",
                    )
            if record is not None and len(found.faults) == before:
                records.append(record)
    hosts.compare()
    return records
