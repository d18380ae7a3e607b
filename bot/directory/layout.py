"""Which line is at fault when YAML itself is broken, and what is easily lost in a file that is not.

A parser gives up where it can no longer go on, often lines after the slip: below an item moved by one space, at the
next quote behind one that was never closed. Our writer lays out every record alike, so a walk along the lines of a
record finds the first one that is not laid out so. It is asked only where the parser has given up, and believed only
in files that are otherwise laid out our way; else the parser's own line is named.
"""

import re
from collections.abc import Iterable, Iterator

from bot.directory.faults import SLID_IN, Findings
from bot.reading import ListNode, Node, TextNode, Tree, parse, syntax_fault

_TEXTS = ("id", "name", "kind", "led_by", "opens", "ends", "as_of", "involvement")
_WORDS = ("aliases", "topics", "serves", "languages", "access", "cautions", "calls")
_ITEMS = {
    "coverage": ("country", "region", "place"),
    "sources": ("url", "says", "dated"),
    "checks": ("date", "method", "outcome"),
}
_FIELDS = ("contact", "description", "labels")
_KEYS = frozenset((*_TEXTS, *_WORDS, *_ITEMS, *_FIELDS))
_FIELD = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*):(?: +(.*))?$")
_BEGINS_RECORD = re.compile(r"-(?: |$)")
_CLOSED = re.compile(r"'(?:[^']|'')*'\s*(?:\s#.*)?|\"(?:[^\"\\]|\\.)*\"\s*(?:\s#.*)?")
_TO_QUOTE = re.compile(r"[&*!%@`|>\[\]{},#]|[-?:](?: |$)")

INDENT = "This line does not begin where it should. Begin it in the column of the lines of its kind, with spaces."
QUOTE = "A quote is opened or closed here without its partner. Put one at both ends of the text, or none."
COLON = "This line lacks a colon and a space behind the field name, or a dash and a space in front of an item."
VALUE = "This text holds something that YAML takes for a sign of its own. Put the whole text in single quotes ('…')."
BELOW = "What belongs to this field stands on the lines below it. Take away what stands behind the colon."
BLOCK = "Write “>-” behind the colon here; the text stands on the lines below, two spaces further in."
EMPTY = "This field has no value. Write it behind the colon."
BEGIN = (
    "The list begins here, and its first line is no beginning of a record. Write “- id: …” at the start of the line."
)
STRAY = "This line does not belong to the field above it. A line may be missing above, or this one stands too far in."


def read_apart(tree: Tree, found: Findings) -> list[Node]:
    """The records of a file that cannot be parsed, each read on its own; a fault for each that is broken itself."""
    lines = tree.text.split("\n")
    starts = [number for number, line in enumerate(lines) if _BEGINS_RECORD.match(line)]
    before = len(found.faults)
    roots: list[Node] = []
    broken: list[tuple[Tree, list[str], int]] = []
    sound: list[list[str]] = []
    for start, end in zip([0, *starts], [*starts, len(lines)], strict=True):
        part = lines[start:end]
        chunk = Tree(tree.file)
        parse("\n".join(part), chunk, start)
        found.faults += chunk.faults
        if chunk.syntax is not None:
            broken.append((chunk, part, start))
        elif chunk.node is not None:
            roots.append(chunk.node)
            sound.append(part)
    is_ours = sum(not any(misfits(part)) for part in sound[:40]) * 2 >= len(sound[:40])
    for chunk, part, start in broken:
        _name_fault(chunk, part, start, is_ours, found)
    if len(found.faults) == before:
        fault = syntax_fault(tree)
        found.faults += [fault] if fault else []
    return roots


def _name_fault(chunk: Tree, part: list[str], start: int, is_ours: bool, found: Findings) -> None:
    """The fault of one broken record: on the first line that is not laid out our way, else where the parser gave up."""
    fault = syntax_fault(chunk)
    if chunk.syntax is None or fault is None:
        return
    if any(each.line in (fault.line, chunk.syntax.line) for each in found.faults):
        # A tab or hidden character on the line is the reason, and has been named.
        return
    if is_ours and not _BEGINS_RECORD.match(part[0]):
        number = next((at for at, line in enumerate(part, 1) if line.strip() and not line.startswith("#")), fault.line)
        found.fault_at(number, 1, BEGIN)
        return
    if is_ours and start + 1 <= fault.line:
        misfit = next(misfits(part), None)
        # What comes after the place where the parser gave up cannot be why it did.
        if misfit is not None and start + misfit[0] <= max(chunk.syntax.line, fault.line):
            line = part[misfit[0] - 1]
            found.fault_at(start + misfit[0], len(line) - len(line.lstrip()) + 1, misfit[1])
            return
    found.faults.append(fault)


def misfits(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The lines of a record, from 1, that are not as our writer lays them out, each with a sentence."""
    walk = _Walk()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        sentence = walk.step(f"  {line[2:]}" if number == 1 else line)
        if sentence:
            yield number, sentence


class _Walk:
    """Where in a record the walk stands: in which field, how deep, and whether a text goes on."""

    def __init__(self) -> None:
        self.field = ""
        self.has_item = False
        self.has_label = False
        self.block = 0
        """The column where text below `>-` begins, 0 outside of one."""
        self.may_go_on = 0
        """Lines further in than this continue a text in quotes or a plain one; 0 when there is none."""

    def step(self, line: str) -> str | None:
        """What is wrong with the next line, or None."""
        indent = len(line) - len(line.lstrip(" "))
        rest = line.strip()
        if self.block:
            if indent == self.block:
                return INDENT if SLID_IN.match(line) else None
            if indent > self.block or self._kind(indent, rest) is None:
                return INDENT
        elif self.may_go_on and indent > self.may_go_on and self._kind(indent, rest) is None and not _FIELD.match(rest):
            return QUOTE if rest.endswith(("'", '"')) else None
        self.block = self.may_go_on = 0
        kind = self._kind(indent, rest)
        if kind is None:
            return self._why(indent, rest)
        return self._enter(kind, indent, rest)

    def _kind(self, indent: int, rest: str) -> str | None:
        """What a line may be that begins so here: "field", "inner", "deep", "item" or, when it fits nowhere, None."""
        match = _FIELD.match(rest)
        name = match[1] if match else ""
        if indent == 2 and name in _KEYS:
            return "field"
        if indent == 2 and rest.startswith("- ") and self.field in (*_WORDS, *_ITEMS):
            return "item"
        if indent == 4 and match and (self.field in _FIELDS or (self.field in _ITEMS and self.has_item)):
            return "inner" if name not in _KEYS or self.field in _FIELDS else None
        if indent == 6 and self.field == "labels" and self.has_label and name in ("value", "source"):
            return "deep"
        return None

    def _why(self, indent: int, rest: str) -> str:
        match = _FIELD.match(rest)
        if (
            indent == 2
            and match
            and match[1] not in {*_KEYS, *sum(_ITEMS.values(), ()), "url", "phone", "en", "fr", "es", "zh"}
        ):
            return STRAY
        if rest.startswith("- ") or match:
            return INDENT if indent not in (2, 4, 6) or match else STRAY
        return COLON if indent in (2, 4, 6) else INDENT

    def _enter(self, kind: str, indent: int, rest: str) -> str | None:
        if kind == "item":
            self.has_item = True
            rest = rest[2:].strip()
            if self.field in _WORDS:
                return self._value(rest, 2, 4)
            indent = 4
            if not _FIELD.match(rest):
                return COLON
        match = _FIELD.match(rest)
        name, value = (match[1], (match[2] or "").strip()) if match else ("", "")
        if kind == "field":
            self.field, self.has_item, self.has_label = name, False, False
            if name not in _TEXTS:
                return BELOW if value and not value.startswith(("#", "[")) else None
        if self.field == "labels" and kind == "inner":
            self.has_label = True
            return BELOW if value and not value.startswith(("#", "{")) else None
        return self._value(value, indent, indent + 2)

    def _value(self, value: str, indent: int, below: int) -> str | None:
        """What is wrong with a value on its line; `below` is where text below `>-` would begin."""
        if value in (">-", ">", "|", "|-"):
            self.block = below
            return None
        if not value:
            return EMPTY
        if len(value) < 3 and self.field in ("involvement", "description"):
            return BLOCK
        self.may_go_on = indent
        if value[0] in "'\"":
            if _CLOSED.fullmatch(value):
                self.may_go_on = 0
                return None
            return QUOTE
        if value.endswith(("'", '"')) and value.count(value[-1]) == 1:
            return QUOTE
        if _TO_QUOTE.match(value) or ": " in value or value.endswith(":"):
            return VALUE
        return None


def look_over(tree: Tree, found: Findings) -> None:
    """Faults for notes behind a value, which cut it off; warnings for notes and empty lines inside records.

    Neither is wrong YAML; but "12 Main St #4" is read as "12 Main St", and the writer keeps no notes.
    """
    first = next((number for number, line in enumerate(found.lines) if _BEGINS_RECORD.match(line)), len(found.lines))
    hashes = {
        number: at
        for number, line in enumerate(found.lines[first:], first + 1)
        if "#" in line and (at := _hash_at(line)) is not None
    }
    if hashes and tree.node is not None:
        for line, at in hashes.items():
            if not _is_text(tree.node, line, at, found):
                _note(line, at, found)
    for number in range(first, len(found.lines) - 1):
        if not found.lines[number].strip() and found.lines[number + 1].startswith(" "):
            found.warn_at(
                number + 1, 1, "An empty line stands inside a record. Delete it, or check that nothing is missing here."
            )


def _hash_at(line: str) -> int | None:
    match = re.search(r"(?:^|(?<=\s))#", line)
    return match.start() if match else None


def _note(line: int, at: int, found: Findings) -> None:
    if found.lines[line - 1][:at].strip():
        found.fault_at(
            line,
            at + 1,
            "Everything behind a # with a space before it is left out. Put the text in single quotes "
            "('…') if it belongs to it, or delete it.",
        )
    else:
        found.warn_at(
            line,
            at + 1,
            "This line is left out because it begins with #. Such notes are lost when the bot writes the "
            "file; keep them at its head.",
        )


def _is_text(root: Node, line: int, at: int, found: Findings) -> bool:
    """Whether the place lies inside a text in quotes or below `>-`."""
    for node in _texts([root]):
        if node.line <= line <= node.end_line and node.quote:
            if node.quote in "|>":
                if node.line < line <= found.last_line(node):
                    return True
            elif (line, at) < (node.end_line, node.end_column - 1) and (line, at) > (node.line, node.column - 1):
                return True
    return False


def _texts(nodes: Iterable[Node]) -> Iterator[TextNode]:
    for node in nodes:
        if isinstance(node, TextNode):
            yield node
        elif isinstance(node, ListNode):
            yield from _texts(node.items)
        else:
            yield from _texts(held for _, held in node.entries.values())
