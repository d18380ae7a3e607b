"""Finding faults in the values of a file: where each is, what to do about it, and the smallest readers they share.

A reader takes a node, gives the value or None, and leaves a fault for what is wrong; it never raises, so that one look
names every fault. The sentences are for a person who has never written a program.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.directory.model import PartialDate
from bot.directory.wording import is_placeholder
from bot.reading import Fault, ListNode, MapNode, Node, TextNode, shown

MOST_TEXT = 2_000
EARLIEST = 1970
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
# A field name that slid into the text above it: with nothing or ">-" behind it, or one that no sentence would hold so.
SLID_IN = re.compile(
    r"\s*(?:(?:- )?[a-z]{2,3}(?:-[A-Za-z]+)?: *>-?"
    r"|(?:- )?(?:id|name|aliases|kind|led_by|involvement|description|topics|serves|coverage|languages|contact|access"
    r"|cautions|labels|calls|sources|as_of|checks|dated|says|url): *(?:>-?)?"
    r"|- (?:url|country|date|id): \S.*|(?:as_of|opens|ends|dated): '?[\d-]+'?)$"
)
_KINDS = {TextNode: "a text", ListNode: "a list", MapNode: "fields"}


@dataclass(slots=True)
class Findings:
    """What was found in `file`, whose lines are `lines`; `today` decides which dates lie in the future."""

    file: str
    today: date
    lines: list[str]
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def fault(self, node: Node, sentence: str) -> None:
        self.faults.append(Fault(self.file, node.line, node.column, sentence))

    def fault_at(self, line: int, column: int, sentence: str) -> None:
        self.faults.append(Fault(self.file, line, column, sentence))

    def warn(self, node: Node, sentence: str) -> None:
        self.warnings.append(Fault(self.file, node.line, node.column, sentence))

    def warn_at(self, line: int, column: int, sentence: str) -> None:
        self.warnings.append(Fault(self.file, line, column, sentence))

    def last_line(self, node: Node) -> int:
        """The last line that holds something of `node`."""
        while not isinstance(node, TextNode):
            last = (
                node.items[-1:]
                if isinstance(node, ListNode)
                else [held for _, held in list(node.entries.values())[-1:]]
            )
            if not last:
                return node.line
            node = last[0]
        line = node.end_line
        if node.quote in ("|", ">"):
            line = min(line - 1, len(self.lines))
            while line > node.line and not self.lines[line - 1].strip():
                line -= 1
        return max(line, node.line)


def suggestion(word: str, choices: Collection[str]) -> str:
    """Offer the choice most like `word` in a sentence of its own; empty when none is like it."""
    from difflib import get_close_matches  # noqa: PLC0415  only a file with a fault pays for it

    plain = re.sub(r"[\s_-]+", "-", word.strip().lower())
    names = {choice.lower(): choice for choice in choices}
    close = [plain] if plain in names else get_close_matches(plain, names, 1, 0.6)
    return f" Did you mean {names[close[0]]}?" if close else ""


def fields_of(
    node: Node, what: str, known: Collection[str], required: Iterable[str], found: Findings
) -> dict[str, tuple[TextNode, Node]]:
    """The entries of `node` by name; faults for another kind of value, for unknown fields and for missing ones.

    A missing field is named on the line above which it belongs, by the order of `known`.
    """
    if not isinstance(node, MapNode):
        if isinstance(node, TextNode) and not node.text:
            found.fault(node, f"{what} is empty. Write its fields below it, or delete the line.")
        else:
            found.fault(node, f"{what} needs fields (name: value), each on its own line; here is {_KINDS[type(node)]}.")
        return {}
    order = {name: place for place, name in enumerate(known)}
    misspelt = set()
    for name, (key, _) in node.entries.items():
        if name not in order:
            meant = suggestion(name, known)
            misspelt.add(meant)
            found.fault(key, f"{what} has no field {shown(name)}.{meant}")
    for name in required:
        if name not in node.entries and f" Did you mean {name}?" not in misspelt:
            after = [key.line for other, (key, _) in node.entries.items() if order.get(other, -1) > order[name]]
            line = min(after, default=found.last_line(node) + 1)
            if found.lines[line - 2 : line - 1] and found.lines[line - 2].strip() == "-":
                line -= 1
            found.fault_at(line, node.column, f"{what} lacks the field {name}. Add a line “{name}: …” above this one.")
    return {name: entry for name, entry in node.entries.items() if name in order}


def text(node: Node, what: str, found: Findings, most: int = MOST_TEXT, *, is_long: bool = False) -> str | None:
    """The text of `node`: one paragraph, no space around it, no placeholder. A long one may run over several lines."""
    if isinstance(node, TextNode) and node.end_line > node.line and _runs_on(node, what, found, is_long=is_long):
        return None
    if isinstance(node, TextNode) and node.quote in ("|", ">") and "\n" not in node.text:
        # Spaces at the end of a line cannot be seen, and they end up between two words.
        node.text = re.sub(" {2,}", " ", node.text).rstrip(" ")
    if not isinstance(node, TextNode):
        found.fault(
            node,
            f"{what} needs a text; here is {_KINDS[type(node)]}. Quote it if it begins with a bracket or a dash.",
        )
    elif not node.text.strip() and node.quote in ("|", ">"):
        found.fault_at(
            node.line + 1, 1, f"{what} is empty. Write its text above this line, two spaces further in than its name."
        )
    elif not node.text.strip():
        found.fault(node, f"{what} is empty. Write something behind the colon, or delete the line.")
    elif "\n" in node.text:
        found.fault_at(
            _broken_line(node, found),
            1,
            f"{what} is broken into paragraphs or not laid out evenly here. Delete "
            "empty lines inside it and let all its lines begin in the same column.",
        )
    elif node.text != node.text.strip():
        found.fault(node, f"{what} begins or ends with a space. Delete the space.")
    elif len(node.text) > most:
        found.fault(node, f"{what} is longer than {most} characters. Make it shorter.")
    elif is_placeholder(node.text):
        found.fault(node, f"{what} only holds a place ({shown(node.text)}). Write the real thing, or delete the line.")
    else:
        return node.text
    return None


def _runs_on(node: TextNode, what: str, found: Findings, *, is_long: bool) -> bool:
    """Whether a text over several lines took in a line that belongs elsewhere; a fault names that line."""
    last = found.last_line(node)
    for number in range(node.line + 1, last + 1):
        line = found.lines[number - 1]
        if (
            SLID_IN.match(line)
            or (not node.quote and line.lstrip().startswith("- "))
            or (not is_long and node.quote not in (">", "|") and line.strip())
        ):
            found.fault_at(
                number,
                len(line) - len(line.lstrip()) + 1,
                f"This line is read as part of {what} above it. If it is a field or an item of "
                "its own, begin it in the column of the others, with its colon or dash; else bring it up.",
            )
            return True
    return False


def _broken_line(node: TextNode, found: Findings) -> int:
    """The line where a text stops being one paragraph: an empty line, or one that begins in another column."""
    last = found.last_line(node)
    lines = {number: found.lines[number - 1] for number in range(node.line + 1, last + 1)}
    indents = [len(line) - len(line.lstrip()) for line in lines.values() if line.strip()]
    key = found.lines[node.line - 1]
    usual = len(key) - len(key.lstrip(" -")) + 2
    if indents and usual not in indents:
        usual = max(set(indents), key=indents.count)
    for number, line in lines.items():
        if not line.strip() or (node.quote in ("|", ">") and len(line) - len(line.lstrip()) != usual):
            return number
    return node.line


def word(node: Node, what: str, choices: Collection[str], found: Findings) -> str | None:
    """A controlled word: one of `choices`."""
    if isinstance(node, TextNode) and node.end_line > node.line and _runs_on(node, what, found, is_long=False):
        return None
    if not isinstance(node, TextNode):
        found.fault(node, f"{what} needs one word; here is {_KINDS[type(node)]}.")
    elif not node.text.strip():
        found.fault(node, f"{what} is empty. Write a word, or delete the line.")
    elif node.text not in choices:
        found.fault(node, f"{what} {shown(node.text)} is not known.{suggestion(node.text, choices) or few(choices)}")
    else:
        return node.text
    return None


def few(choices: Collection[str], most: int = 12) -> str:
    """The choices as a sentence, when they are few enough to be read."""
    return f" It is one of: {', '.join(choices)}." if 0 < len(choices) <= most else ""


def items(
    node: Node, what: str, found: Findings, read: Callable[[Node], object | None], most: int = 100
) -> list[object]:
    """What `read` makes of each item of a list; faults for another kind of value, no items, and items there twice."""
    if not isinstance(node, ListNode):
        if isinstance(node, TextNode) and not node.text:
            found.fault(
                node, f"{what} is empty. Write its items below it, each on a line with a dash, or delete the line."
            )
        else:
            found.fault(
                node,
                f"{what} needs a list, each item on its own line with a dash in front; here is {_KINDS[type(node)]}.",
            )
        return []
    if not node.items:
        found.fault(node, f"{what} is an empty list. Write an item, or delete the line.")
    if len(node.items) > most:
        found.fault(node, f"{what} holds more than {most} items. Is it the right list?")
        return []
    values: list[object] = []
    for item in node.items:
        value = read(item)
        if value is None:
            continue
        if value in values:
            found.fault(item, f"{what} holds this item twice. Delete one of them.")
        else:
            values.append(value)
    return values


def partial_date(node: Node, what: str, found: Findings, *, may_be_future: bool = False) -> PartialDate | None:
    """A year, month or day, as exact as known, that exists and has begun."""
    if not isinstance(node, TextNode):
        found.fault(node, f"{what} needs a date such as 2026-03-31; here is {_KINDS[type(node)]}.")
        return None
    if node.end_line > node.line and _runs_on(node, what, found, is_long=False):
        return None
    match = _DATE.fullmatch(node.text)
    if not match:
        found.fault(node, f"{what} is no date. Write year-month-day, year-month or year: 2026-03-31, 2026-03, 2026.")
        return None
    result = PartialDate(*(int(part) for part in match.groups() if part))
    try:
        earliest = result.earliest
    except ValueError:
        found.fault(node, f"{what} is a day that does not exist. Look at the calendar.")
        return None
    if earliest.year < EARLIEST or earliest.year > found.today.year + 50:
        found.fault(node, f"{what} has a year that cannot be right. Check it.")
        return None
    # A day more: somewhere on earth it is already tomorrow.
    if earliest > found.today + timedelta(days=1) and not may_be_future:
        found.fault(node, f"{what} lies in the future. Check the date, and the clock of this computer.")
        return None
    return result
