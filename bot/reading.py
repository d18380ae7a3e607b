"""Reading YAML that people wrote: everything stays text, everything keeps its place, nothing can blow up.

`read_tree` is for files from outside (`resources.yaml`, `umbrella.yaml`): it refuses what YAML can do beyond lists,
fields and text (anchors, aliases, tags, further documents), because `yaml.safe_load` turns NO into False, keeps the
last of two equal keys and unfolds aliases without limit (`security.md`, supply chain). It names every fault with line
and column, counted from 1, in words for a person who is no programmer. `read_plain` is the quick way for the lists of
the package itself, which the tests have read.

The tree is built from the parser's events with a stack of its own: no recursion, and an alias is refused when it is
met, so no file can take more time or memory than its size and depth allow.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

MOST_BYTES = 1_000_000
MOST_DEPTH = 20
MOST_FAULTS = 200
"""Faults of reading named in one file; a file with more is told to be another kind of file."""

Plain = str | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong in a file, where, and what to do. `line` and `column` count from 1; 0 stands for the whole file."""

    file: str
    line: int
    column: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.sentence}"


class Unreadable(Exception):  # noqa: N818  it says what the file is
    """A file that is missing or cannot be opened; `fault` says so in one sentence."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.sentence)


class TextNode:
    """One value. `quote` is ' or " or | or >, or empty for a plain one; `end_line` is the last line it may stand on."""

    __slots__ = ("column", "end_column", "end_line", "line", "quote", "text")

    def __init__(self, text: str, line: int, column: int, quote: str, *end: int) -> None:
        self.text = text
        self.line = line
        self.column = column
        self.quote = quote
        self.end_line, self.end_column = end


class ListNode:
    """A list of values."""

    __slots__ = ("column", "items", "line")

    def __init__(self, line: int, column: int) -> None:
        self.items: list[Node] = []
        self.line = line
        self.column = column


class MapNode:
    """Fields with their values, each key once, in the order of the file."""

    __slots__ = ("column", "entries", "line")

    def __init__(self, line: int, column: int) -> None:
        self.entries: dict[str, tuple[TextNode, Node]] = {}
        self.line = line
        self.column = column


Node = TextNode | ListNode | MapNode


@dataclass(frozen=True, slots=True)
class Syntax:
    """Where the parser gave up, and the line where what it was reading began; its own words, for `bot` only."""

    line: int
    column: int
    begun_line: int
    begun_column: int
    problem: str


@dataclass(slots=True)
class Tree:
    """What was read. `node` is None when the file is empty or cannot be parsed; `text` has LF line ends and no BOM."""

    file: str
    text: str = ""
    node: Node | None = None
    faults: list[Fault] = field(default_factory=list)
    syntax: Syntax | None = None


_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PARSER: Any = getattr(yaml, "CLoader", yaml.Loader)

# Control characters, the line ends only YAML knows (NEL, LS, PS), marks that turn the direction of text or hide in it.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
_BOMS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


def read_plain(source: Path | Traversable) -> Any:
    """Lists, dicts and text of a file of this package, without any check; raises what PyYAML raises."""
    return yaml.load(source.read_bytes(), Loader=_LOADER)  # noqa: S506  BaseLoader makes text, lists and dicts only


def read_bytes(path: Path, most_bytes: int = MOST_BYTES) -> bytes:
    """The bytes of `path`, at most one more than `most_bytes`. Raises Unreadable."""
    try:
        if path.is_dir():
            raise Unreadable(Fault(str(path), 0, 0, "This is a folder. Name a file in it."))
        if not path.exists():
            raise Unreadable(Fault(str(path), 0, 0, "There is no such file. Check the name and the folder."))
        if not path.is_file():
            raise Unreadable(Fault(str(path), 0, 0, "This is no ordinary file, so it is not read."))
        with path.open("rb") as opened:
            return opened.read(most_bytes + 1)
    except (OSError, ValueError):
        sentence = "This file cannot be opened. Check that you are allowed to read it."
        raise Unreadable(Fault(str(path), 0, 0, sentence)) from None


def read_file(path: Path, most_bytes: int = MOST_BYTES) -> Tree:
    """`read_tree` of the file. Raises Unreadable when it is missing or cannot be opened."""
    return read_tree(read_bytes(path, most_bytes), str(path), most_bytes)


def read_tree(content: bytes, file: str, most_bytes: int = MOST_BYTES) -> Tree:
    """The values of `content` with their places, and every fault of reading. Never raises.

    A syntax fault leaves no node. After any other fault the node is there, to find further faults in; it must not be
    used for anything else.
    """
    tree = Tree(file)
    if len(content) > most_bytes:
        size = f"{most_bytes / 1_000_000:g} MB" if most_bytes >= 1_000_000 else f"{most_bytes // 1000} kB"
        _add(tree, 0, 0, f"The file is larger than {size}. Is it the right file? Nothing in it was read.")
        return tree
    text = _decode(content, tree)
    if text is None:
        return tree
    tree.text = text
    if "\t" in text or HIDDEN.search(text):
        text = _refuse_characters(text, tree)
    parse(text, tree)
    return tree


def plain(node: Node | None) -> Plain | None:
    """`node` as dicts, lists and text; None stays None."""
    if node is None or isinstance(node, TextNode):
        return node.text if node else None
    if isinstance(node, ListNode):
        return [value for item in node.items if (value := plain(item)) is not None]
    return {key: value for key, (_, held) in node.entries.items() if (value := plain(held)) is not None}


def _add(tree: Tree, line: int, column: int, sentence: str) -> None:
    tree.faults.append(Fault(tree.file, line, column, sentence))


def _decode(content: bytes, tree: Tree) -> str | None:
    """The text of `content`, or None with a fault on the line of the first byte that is no UTF-8."""
    for mark, name in _BOMS:
        if content.startswith(mark):
            _add(tree, 1, 1, f"The file is saved as {name}. Save it again as UTF-8.")
            return None
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        _add(tree, line, column, "A character here is not UTF-8. Save the file again with the encoding UTF-8.")
        return None
    return text.replace("\r\n", "\n") if "\r" in text else text


def _refuse_characters(text: str, tree: Tree) -> str:
    """`text` with every tab and hidden character as one space, each line that holds one named."""
    for number, line in enumerate(text.split("\n"), 1):
        found = HIDDEN.search(line)
        if found:
            other = f"a hidden character (U+{ord(found[0]):04X})"
            name = {"\0": "a NUL character", "\r": "an old line end (CR)"}.get(found[0], other)
            _add(tree, number, found.start() + 1, f"There is {name} here. Delete it, or type the line again.")
        elif "\t" in line:
            _add(tree, number, line.index("\t") + 1, "There is a tab here. Use spaces in its place.")
        if len(tree.faults) >= MOST_FAULTS:
            break
    return HIDDEN.sub(" ", text).replace("\t", " ")


def parse(text: str, tree: Tree, lines_before: int = 0) -> None:
    """Fill `tree.node` from `text`, which stands `lines_before` lines into the file; faults are added to the tree."""
    builder = _Builder(tree, lines_before)
    try:
        builder.build(_events(text))
        tree.node = builder.root
    except _Stop:
        tree.node = None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        begun = error.context_mark or mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        begun_line, begun_column = (begun.line, begun.column) if begun else (line, column)
        first, problem = lines_before + 1, f"{error.context or ''} {error.problem or ''}"
        tree.syntax = Syntax(line + first, column + 1, begun_line + first, begun_column + 1, problem)
    except (yaml.YAMLError, ValueError, RecursionError, UnicodeError):
        tree.syntax = Syntax(lines_before + 1, 1, lines_before + 1, 1, "")


def _events(text: str) -> Iterator[Any]:
    parser = _PARSER(text)
    try:
        yield from iter(parser.get_event, None)
    finally:
        parser.dispose()


class _Stop(Exception):  # noqa: N818  no error: an end
    """Reading further would be of no use."""


class _Builder:
    """The tree from the parser's events, with a stack instead of recursion."""

    def __init__(self, tree: Tree, lines_before: int) -> None:
        self.tree = tree
        self.first_line = lines_before + 1
        self.root: Node | None = None
        self._open: list[ListNode | MapNode] = []
        self._keys: list[TextNode | None] = []
        self._documents = 0

    def build(self, events: Iterator[Any]) -> None:
        for event in events:
            kind = event.__class__
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent:
                self._start(event, MapNode)
            elif kind is yaml.SequenceStartEvent:
                self._start(event, ListNode)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._open.pop()
                self._keys.pop()
            elif kind is yaml.AliasEvent:
                self._fault(
                    event,
                    "A value that begins with * points to another one in YAML. "
                    "Write the value out, or put it in quotes.",
                )
                self._place(TextNode("", *self._at(event), "", 0, 0))
            elif kind is yaml.DocumentStartEvent:
                self._document(event)

    def _at(self, event: Any) -> tuple[int, int]:
        return event.start_mark.line + self.first_line, event.start_mark.column + 1

    def _fault(self, event: Any, sentence: str) -> None:
        _add(self.tree, *self._at(event), sentence)
        if len(self.tree.faults) >= MOST_FAULTS:
            _add(
                self.tree,
                *self._at(event),
                f"There are {MOST_FAULTS} faults up to here; the rest was not read. Is it the right file?",
            )
            raise _Stop

    def _document(self, event: Any) -> None:
        self._documents += 1
        if event.tags or event.version:
            self._fault(event, "A line that begins with % is a command to YAML. Delete it.")
        if self._documents > 1:
            self._fault(event, "A line of --- or ... begins a second file inside this one. Delete the line.")
            raise _Stop

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        self._place(
            TextNode(
                event.value,
                start.line + self.first_line,
                start.column + 1,
                event.style or "",
                end.line + self.first_line,
                end.column + 1,
            )
        )

    def _start(self, event: Any, make: type[ListNode] | type[MapNode]) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        node = make(*self._at(event))
        self._place(node)
        self._open.append(node)
        self._keys.append(None)
        if len(self._open) > MOST_DEPTH:
            self._fault(
                event,
                f"There are more than {MOST_DEPTH} lists or fields inside one another here. "
                "Nothing from here on was read.",
            )
            raise _Stop

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            self._fault(
                event, "A value that begins with & gets a name in YAML. Delete the &, or put the value in quotes."
            )
        if event.tag is not None:
            self._fault(event, _COMMAND)

    def _place(self, node: Node) -> None:
        """Put `node` where the parser stands: as root, into the open list, as the next key or its value."""
        if not self._open:
            self.root = node
            return
        holder = self._open[-1]
        if isinstance(holder, ListNode):
            holder.items.append(node)
            return
        key = self._keys[-1]
        if key is None:
            if not isinstance(node, TextNode):
                sentence = "A field name is one word. Put a text that begins with a bracket in quotes."
                _add(self.tree, node.line, node.column, sentence)
                node = TextNode("", node.line, node.column, "", node.line, node.column)
            self._keys[-1] = node
            return
        self._keys[-1] = None
        if key.text in holder.entries:
            first = holder.entries[key.text][0].line
            if len(self.tree.faults) < MOST_FAULTS:
                sentence = f"The field {shown(key.text)} stands here for the second time, after line {first}. Keep one."
                _add(self.tree, key.line, key.column, sentence)
            return
        holder.entries[key.text] = (key, node)


def shown(text: str, most: int = 40) -> str:
    """`text` in quotes for a sentence, on one line and cut to `most` characters."""
    flat = " ".join(text.split())
    return f"“{flat[: most - 1]}…”" if len(flat) > most else f"“{flat}”"


_COMMAND = "A value that begins with ! is a command to YAML. Delete it, or put the value in quotes."
_COLON = "A colon stands here where no field can begin. Check in which column this line and the one above begin; "
_SENTENCES = (
    ("mapping values are not allowed", _COLON + "put a text that holds a colon and a space in quotes."),
    ("could not find expected ':'", "This line is no field: it lacks the colon and the space behind the field name."),
    ("while scanning a quoted scalar", "A quote is opened here and not closed in the right place. Close or delete it."),
    ("while scanning an a", "A value cannot begin with & or *. Put it in quotes."),
    ("while scanning a block scalar", "The text below > or | begins on the next line, two spaces further in."),
    ("while parsing a flow", "A bracket is opened here and not closed. Close it, or put the text in quotes."),
    ("while scanning a directive", "A line that begins with % is a command to YAML. Delete it, or put it in quotes."),
    ("while parsing a tag", _COMMAND),
    ("while scanning a tag", _COMMAND),
    ("cannot start any token", "A value cannot begin with this character. Put the value in quotes."),
    ("expected <document start>", "This line stands outside the list. Check the spaces it begins with."),
    ("", "This line does not fit the ones above. Check the spaces it begins with, its dash, its colon and its quotes."),
)
_BEGINS_FAULTS = ("could not find expected ':'", "while scanning a quoted scalar", "while parsing a flow")


def syntax_fault(tree: Tree) -> Fault | None:
    """The fault of the tree's syntax error in plain words, on the line where the mistake most likely is."""
    syntax = tree.syntax
    if syntax is None:
        return None
    sentence = next(sentence for part, sentence in _SENTENCES if part in syntax.problem)
    begins = any(part in syntax.problem for part in _BEGINS_FAULTS)
    place = (syntax.begun_line, syntax.begun_column) if begins else (syntax.line, syntax.column)
    return Fault(tree.file, *place, sentence)
