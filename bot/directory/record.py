"""One record from its node: every field read, and what belongs together compared."""

import re
from collections.abc import Callable
from types import MappingProxyType
from typing import Any, cast

from bot.directory.faults import Findings, fields_of, items, partial_date, text, word
from bot.directory.model import CAUTION_LABELS, PartialDate, Resource
from bot.directory.parts import Hosts, PartReader
from bot.directory.wording import other_language, refused_words
from bot.reading import ListNode, MapNode, Node, TextNode, shown

RECORD_FIELDS = (
    "id",
    "name",
    "aliases",
    "kind",
    "led_by",
    "involvement",
    "description",
    "topics",
    "serves",
    "coverage",
    "languages",
    "contact",
    "access",
    "cautions",
    "labels",
    "calls",
    "sources",
    "opens",
    "ends",
    "as_of",
    "checks",
)
REQUIRED_FIELDS = ("id", "name", "kind", "led_by", "description", "topics", "serves", "coverage", "access", "sources")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")
_EXCLAMATION = re.compile("[!！¡]")


def required_fields(kind: str) -> tuple[str, ...]:
    """The fields a record of that kind cannot be without. A tip is words of peers: it may rest on no page."""
    return tuple(name for name in REQUIRED_FIELDS if not (kind == "tip" and name == "sources"))


class RecordReader(PartReader):
    """One record read from its node."""

    def __init__(self, node: Node, found: Findings, hosts: Hosts) -> None:
        super().__init__(found, hosts)
        self.node = node
        self.entries: dict[str, tuple[TextNode, Node]] = {}

    def read(self) -> Resource | None:
        """The record, or None when a field it cannot be without is missing or wrong."""
        found = self.found
        required = self._required()
        self.entries = fields_of(self.node, "The record", RECORD_FIELDS, required, found)
        if not self.entries:
            return None
        values: dict[str, Any] = {}
        for name, (key, node) in self.entries.items():
            if isinstance(node, TextNode) and not node.text:
                self._empty(name, key)
                continue
            value = _READERS[name](self, node, name)
            if value is not None:
                values[name] = value
        self._agree(values)
        if any(not values.get(name) for name in required):
            return None
        values.setdefault("sources", ())
        return Resource(line=self.node.line, **values)

    def _required(self) -> tuple[str, ...]:
        kind = self.node.entries.get("kind") if isinstance(self.node, MapNode) else None
        return required_fields(kind[1].text if kind is not None and isinstance(kind[1], TextNode) else "")

    def _empty(self, name: str, key: TextNode) -> None:
        if name in _ON_ONE_LINE:
            self.found.fault(key, f"The field {name} is empty. Write its value behind the colon, or delete the line.")
        else:
            self.found.fault_at(
                key.line + 1,
                1,
                f"The field {name} is empty. Write what belongs to it above this line, or delete its name.",
            )

    def read_id(self, node: Node, what: str) -> str | None:
        value = text(node, what, self.found, 64)
        if value is not None and not _ID.fullmatch(value):
            self.found.fault(node, "An id holds only small letters a to z, digits and single hyphens: stella-montreal.")
            return None
        return value

    def read_line(self, node: Node, what: str) -> str | None:
        return text(node, what, self.found, 300)

    def read_lines(self, node: Node, what: str) -> tuple[str, ...]:
        return cast(
            "tuple[str, ...]", tuple(items(node, what, self.found, lambda item: text(item, what, self.found, 300)))
        )

    def read_word(self, node: Node, what: str) -> str | None:
        return word(node, what, getattr(self.words, what), self.found)

    def read_words(self, node: Node, what: str) -> tuple[str, ...]:
        choices = getattr(self.words, what)
        return cast(
            "tuple[str, ...]", tuple(items(node, what, self.found, lambda item: word(item, what, choices, self.found)))
        )

    def read_involvement(self, node: Node, what: str) -> str | None:
        return self._sentence(node, what, "en")

    def _sentence(self, node: Node, what: str, language: str) -> str | None:
        """A text of ours: held to the words of `policy.md` §7."""
        value = text(node, what, self.found, is_long=True)
        if value is None:
            return None
        if value[0] in ">|-":
            self.found.fault(
                node,
                "A text of ours begins with a letter. Write “>-” behind the colon and the text on the lines below.",
            )
        self._other_language(cast("TextNode", node), language)
        names = [
            each.text for name in ("name", "aliases") if name in self.entries for each in _texts(self.entries[name][1])
        ]
        for refused, _ in refused_words(value, language, tuple(names)):
            line, column = self._place(cast("TextNode", node), refused)
            self.found.fault_at(
                line,
                column,
                f"We do not use the word “{refused.lower()}” in our own sentences. Say it in other words, or put "
                "what somebody else said in quotes.",
            )
        if _EXCLAMATION.search(value):
            line, column = self._place(cast("TextNode", node), cast("re.Match[str]", _EXCLAMATION.search(value))[0])
            self.found.fault_at(line, column, "Our sentences have no exclamation marks. End with a full stop.")
        return value

    def _other_language(self, node: TextNode, language: str) -> None:
        """A warning for the first line that seems to be in another language, because its field name may be missing."""
        last = self.found.last_line(node)
        for number in range(node.line + (node.quote in ("|", ">")), last + 1):
            other = other_language(self.found.lines[number - 1], language)
            if other:
                self.found.warn_at(
                    number,
                    1,
                    f"This line stands under {language} and seems to be {other}. Is a line with the name of its "
                    "language missing above?",
                )
                return

    def _place(self, node: TextNode, part: str) -> tuple[int, int]:
        """Line and column where `part` first stands in `node`; where the text begins, if it runs over two lines."""
        for line in range(node.line, self.found.last_line(node) + 1):
            column = self.found.lines[line - 1].find(part)
            if column >= 0:
                return line, column + 1
        return node.line, node.column

    def read_description(self, node: Node, what: str) -> MappingProxyType[str, str] | None:
        languages = list(node.entries) if isinstance(node, MapNode) else []
        entries = fields_of(
            node, what, sorted({"en", *languages}, key=lambda each: (each != "en", each)), ("en",), self.found
        )
        texts: dict[str, str] = {}
        for language, (key, held) in entries.items():
            self._language(key, what)
            value = self._sentence(held, f"{what} ({language})", language)
            if value is not None:
                texts[language] = value
        return MappingProxyType(texts) if texts else None

    def _language(self, node: Node, what: str) -> str | None:
        value = text(node, what, self.found, 20)
        match = _LANGUAGE.fullmatch(value or "")
        if value is None or (match and match[1] in self.words.languages):
            return value
        self.found.fault(
            node, f"{shown(value)} is no language the bot knows. Write its short code, such as en, fr, es, zh or pt-BR."
        )
        return None

    def read_languages(self, node: Node, what: str) -> tuple[str, ...]:
        return cast("tuple[str, ...]", tuple(items(node, what, self.found, lambda item: self._language(item, what))))

    def read_date(self, node: Node, what: str) -> PartialDate | None:
        return partial_date(node, what, self.found, may_be_future=what in ("opens", "ends"))

    def _agree(self, values: dict[str, Any]) -> None:
        """Faults where two fields of the record contradict each other."""
        found, entries = self.found, self.entries
        for name, label in values.get("labels", ()):
            caution = CAUTION_LABELS.get(name, name)
            if label.value == "no" and caution in values.get("cautions", ()):
                found.fault(
                    entries["labels"][1],
                    f"The label {name} says no, and the caution {caution} says yes. Delete one of them.",
                )
        if values.get("name") is not None and values["name"] in values.get("aliases", ()):
            found.fault(entries["aliases"][1], "One of the aliases is the name itself. Delete it from the aliases.")
        opens, ends = values.get("opens"), values.get("ends")
        if opens is not None and ends is not None and opens.earliest > ends.latest:
            found.fault(entries["opens"][1], f"opens lies after ends, which is {ends}. Change one of the two.")
        dates = [source.dated for source in values.get("sources", ()) if source.dated is not None]
        newest = max(dates, key=str, default=None)
        as_of = values.get("as_of")
        if newest is not None and "as_of" not in entries:
            line = found.last_line(entries["sources"][1]) + 1
            found.warn_at(
                line,
                3,
                f"The record lacks the date of its newest source. Add a line “as_of: '{newest}'” above this one.",
            )
        elif as_of is not None and as_of != newest:
            found.warn(
                entries["as_of"][1],
                f"as_of is the date of the newest source, which is {newest}. Change one of the two."
                if newest
                else "as_of is the date of the newest source, and no source is dated. Date one, or delete this line.",
            )


def _texts(node: Node) -> list[TextNode]:
    return [each for each in (node.items if isinstance(node, ListNode) else [node]) if isinstance(each, TextNode)]


_ON_ONE_LINE = frozenset(("id", "name", "kind", "led_by", "opens", "ends", "as_of"))
_READERS: dict[str, Callable[[RecordReader, Node, str], object | None]] = {
    "id": RecordReader.read_id,
    "name": RecordReader.read_line,
    "aliases": RecordReader.read_lines,
    "kind": RecordReader.read_word,
    "led_by": RecordReader.read_word,
    "involvement": RecordReader.read_involvement,
    "description": RecordReader.read_description,
    "topics": RecordReader.read_words,
    "serves": RecordReader.read_words,
    "coverage": RecordReader.read_coverage,
    "languages": RecordReader.read_languages,
    "contact": RecordReader.read_contact,
    "access": RecordReader.read_words,
    "cautions": RecordReader.read_words,
    "labels": RecordReader.read_labels,
    "calls": RecordReader.read_lines,
    "sources": RecordReader.read_sources,
    "opens": RecordReader.read_date,
    "ends": RecordReader.read_date,
    "as_of": RecordReader.read_date,
    "checks": RecordReader.read_checks,
}
