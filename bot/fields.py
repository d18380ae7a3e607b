"""Typed values from a tree that people wrote: a dataclass says which fields there are, and each field how it is read.

    @dataclass(frozen=True)
    class Vetting:
        approvals: int = of(number(1, 5), 2)

`read` walks a `MapNode` (`bot.reading`) by such a class. It never stops at the first fault: all of them are collected,
each with line and column, in words for a person who is no programmer. A key the class does not have is refused, with
the nearest one that it has. A sentence never repeats a value, which might be a secret pasted into the wrong line.
"""

import dataclasses
import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.reading import Fault, ListNode, MapNode, Node, TextNode

T = TypeVar("T")


class Wrong(ValueError):  # noqa: N818  (read aloud: raise Wrong(...))
    """A value that cannot be used; the text is the sentence that says what would be right."""


@dataclass(slots=True)
class Reading:
    """One file being read: its name and what is wrong in it so far.

    `origins` names where a node comes from that does not stand in the file, by the node's `id()`.
    """

    file: str
    faults: list[Fault] = field(default_factory=list)
    origins: dict[int, str] = field(default_factory=dict)

    def fault(self, node: Node | None, sentence: str) -> None:
        """Add a fault at `node`, or at no place of the file when it is None."""
        origin = self.origins.get(id(node))
        if origin:
            self.faults.append(Fault("environment", 0, 0, f"{origin}: {sentence}"))
        else:
            self.faults.append(Fault(self.file, node.line if node else 0, node.column if node else 0, sentence))


Reader = Callable[[Node, Reading], T | None]
"""The value of a node; None after a fault, which the reader has added."""


def of(reader: Reader[T], default: Any = dataclasses.MISSING) -> Any:
    """A dataclass field read by `reader`; without a default the file must have it."""
    return field(default=default, metadata={"reader": reader})


def read(kind: type[T], node: Node, reading: Reading) -> T | None:
    """`node` as a `kind`, or None when anything in it is wrong; the faults are in `reading`."""
    if not isinstance(node, MapNode):
        reading.fault(node, "Here belong fields, each on its own line with a colon behind its name.")
        return None
    before = len(reading.faults)
    known = {each.name: each for each in dataclasses.fields(kind) if "reader" in each.metadata}  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for name, (key, value) in node.entries.items():
        if name not in known:
            reading.fault(key, refusal(name, list(known)))
        elif not (isinstance(value, TextNode) and value.text in ("", "~", "null") and not value.quote):
            values[name] = known[name].metadata["reader"](value, reading)
    for name, each in known.items():
        if each.default is dataclasses.MISSING and name not in values:
            reading.fault(node, f"The field {name} is missing here.")
    return kind(**values) if len(reading.faults) == before else None


_SECRETS = re.compile(r"token|password|secret|passphrase|credential", re.IGNORECASE)


def refusal(name: str, known: Sequence[str]) -> str:
    """Why a field of this name cannot stand here, with the nearest name that can."""
    if _SECRETS.search(name):
        return (
            "Secrets do not belong in this file. Take it out, make a new one, for this one was seen, and hand "
            "it over in the environment as a file: DISCORD_TOKEN_FILE, MATRIX_PASSWORD_FILE or "
            "MATRIX_ACCESS_TOKEN_FILE."
        )
    near = difflib.get_close_matches(name, known, 1)
    hint = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(known)}."
    return f"There is no such field.{hint}"


def text(check: Callable[[str], T]) -> Reader[T]:
    """A reader of one value: what `check` makes of it; its `Wrong` becomes the fault."""

    def reader(node: Node, reading: Reading) -> T | None:
        if not isinstance(node, TextNode):
            reading.fault(node, "Here belongs one value, not a list and not fields.")
            return None
        try:
            return check(node.text.strip())
        except Wrong as wrong:
            reading.fault(node, str(wrong))
            return None

    return reader


def matching(pattern: str, sentence: str) -> Reader[str]:
    """Text that fits the whole of `pattern`; else `sentence` says what belongs there."""
    compiled = re.compile(pattern)

    def check(given: str) -> str:
        if not compiled.fullmatch(given):
            raise Wrong(sentence)
        return given

    return text(check)


def number(least: int, most: int) -> Reader[int]:
    """A whole number from `least` to `most`."""

    def check(given: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", given) or not least <= int(given) <= most:
            raise Wrong(f"Here belongs a whole number from {least} to {most}.")
        return int(given)

    return text(check)


def switch() -> Reader[bool]:
    """`on` or `off`."""

    def check(given: str) -> bool:
        if given.lower() not in ("on", "off"):
            raise Wrong("Here belongs on or off.")
        return given.lower() == "on"

    return text(check)


def section(kind: type[T]) -> Reader[T]:
    """Fields of their own."""
    return lambda node, reading: read(kind, node, reading)


def many(reader: Reader[T]) -> Reader[tuple[T, ...]]:
    """A list of what `reader` reads."""

    def all_of(node: Node, reading: Reading) -> tuple[T, ...] | None:
        if not isinstance(node, ListNode):
            reading.fault(node, "Here belongs a list: one line each, beginning with a dash.")
            return None
        return tuple(value for item in node.items if (value := reader(item, reading)) is not None)

    return all_of
