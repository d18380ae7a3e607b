"""One record from its node: every field read, and what belongs together compared."""

import re
from collections.abc import Callable
from itertools import pairwise
from types import MappingProxyType
from typing import Any, cast

from bot.directory import contacts
from bot.directory.faults import Findings, fields_of, items, partial_date, suggestion, text, word
from bot.directory.model import CAUTION_LABELS, WORLDWIDE, Area, Check, Contact, Label, PartialDate, Resource, Source
from bot.directory.vocabulary import place_codes, vocabulary
from bot.directory.wording import refused_words
from bot.reading import ListNode, MapNode, Node, TextNode, shown

RECORD_FIELDS = ("id", "name", "aliases", "kind", "led_by", "involvement", "description", "topics", "serves", "coverage", "languages",
                 "contact", "access", "cautions", "labels", "calls", "sources", "ends", "as_of", "checks")
REQUIRED_FIELDS = ("id", "name", "kind", "led_by", "description", "topics", "serves", "coverage", "access", "sources")
CONTACT_FIELDS = ("url", "email", "phone", "text", "whatsapp", "address", "hours", "phone_as_of")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")
_REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_EXCLAMATION = re.compile("[!！¡]")


class Hosts:
    """All hosts of a file, to find those that look like another one."""

    def __init__(self, found: Findings) -> None:
        self._found = found
        self._nodes: dict[str, list[TextNode]] = {}

    def add(self, node: TextNode) -> None:
        self._nodes.setdefault(contacts.host_of(node.text), []).append(node)

    def compare(self) -> None:
        """A fault for a host that takes the look of another one, a warning for one that may be its misspelling."""
        by_look: dict[str, list[str]] = {}
        for host in self._nodes:
            by_look.setdefault(contacts.look(host), []).append(host)
        for hosts in by_look.values():
            real = min(hosts, key=contacts.oddness)
            for host in hosts:
                if contacts.oddness(host) > contacts.oddness(real):
                    for node in self._nodes[host]:
                        self._found.fault(node, f"This address looks like {real}, which stands on line {self._nodes[real][0].line}, but "
                                          "is another one. Type it again by hand.")
        for host, other in contacts.near(set(self._nodes)).items():
            if len(self._nodes[host]) <= len(self._nodes[other]):
                for node in self._nodes[host]:
                    self._found.warn(node, f"This address is almost that of {other} on line {self._nodes[other][0].line}. Is one of them misspelled?")


class RecordReader:
    """One record read from its node."""

    def __init__(self, node: Node, found: Findings, hosts: Hosts) -> None:
        self.node = node
        self.found = found
        self.hosts = hosts
        self.entries: dict[str, tuple[TextNode, Node]] = {}
        self.words = vocabulary()

    def read(self) -> Resource | None:
        """The record, or None when a field it cannot be without is missing or wrong."""
        found = self.found
        self.entries = fields_of(self.node, "The record", RECORD_FIELDS, REQUIRED_FIELDS, found)
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
        if any(not values.get(name) for name in REQUIRED_FIELDS):
            return None
        return Resource(line=self.node.line, **values)

    def _empty(self, name: str, key: TextNode) -> None:
        if name in _ON_ONE_LINE:
            self.found.fault(key, f"The field {name} is empty. Write its value behind the colon, or delete the line.")
        else:
            self.found.fault_at(key.line + 1, 1, f"The field {name} is empty. Write what belongs to it above this line, or delete its name.")

    def _id(self, node: Node, what: str) -> str | None:
        value = text(node, what, self.found, 64)
        if value is not None and not _ID.fullmatch(value):
            self.found.fault(node, "An id holds only small letters a to z, digits and single hyphens: stella-montreal.")
            return None
        return value

    def _line(self, node: Node, what: str) -> str | None:
        return text(node, what, self.found, 300)

    def _lines(self, node: Node, what: str) -> tuple[str, ...]:
        return cast(tuple[str, ...], tuple(items(node, what, self.found, lambda item: text(item, what, self.found, 300))))

    def _word(self, node: Node, what: str) -> str | None:
        return word(node, what, getattr(self.words, what), self.found)

    def _words(self, node: Node, what: str) -> tuple[str, ...]:
        choices = getattr(self.words, what)
        return cast(tuple[str, ...], tuple(items(node, what, self.found, lambda item: word(item, what, choices, self.found))))

    def _involvement(self, node: Node, what: str) -> str | None:
        return self._sentence(node, what, "en")

    def _sentence(self, node: Node, what: str, language: str) -> str | None:
        """A text of ours: held to the words of `policy.md` §7."""
        value = text(node, what, self.found, is_long=True)
        if value is None:
            return None
        names = [each.text for name in ("name", "aliases") if name in self.entries
                 for each in _texts(self.entries[name][1])]
        for refused, _ in refused_words(value, language, tuple(names)):
            line, column = self._place(cast(TextNode, node), refused)
            self.found.fault_at(line, column, f"We do not use the word “{refused.lower()}” in our own sentences. Say it in other words, or put "
                                "what somebody else said in quotes.")
        if _EXCLAMATION.search(value):
            line, column = self._place(cast(TextNode, node), cast(re.Match[str], _EXCLAMATION.search(value))[0])
            self.found.fault_at(line, column, "Our sentences have no exclamation marks. End with a full stop.")
        return value

    def _place(self, node: TextNode, part: str) -> tuple[int, int]:
        """Line and column where `part` first stands in the lines of `node`; where the text begins, if it runs over two."""
        for line in range(node.line, self.found.last_line(node) + 1):
            column = self.found.lines[line - 1].find(part)
            if column >= 0:
                return line, column + 1
        return node.line, node.column

    def _description(self, node: Node, what: str) -> MappingProxyType[str, str] | None:
        languages = list(node.entries) if isinstance(node, MapNode) else []
        entries = fields_of(node, what, sorted({"en", *languages}, key=lambda each: (each != "en", each)), ("en",), self.found)
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
        self.found.fault(node, f"{shown(value)} is no language the bot knows. Write its short code, such as en, fr, es, zh or pt-BR.")
        return None

    def _languages(self, node: Node, what: str) -> tuple[str, ...]:
        return cast(tuple[str, ...], tuple(items(node, what, self.found, lambda item: self._language(item, what))))

    def _coverage(self, node: Node, what: str) -> tuple[Area, ...]:
        """The areas; a warning for one that stands before a part of itself, because a line may be there twice."""
        areas = cast(tuple[Area, ...], tuple(items(node, what, self.found, self._area)))
        if isinstance(node, ListNode) and len(areas) == len(node.items):
            for at, (area, narrower) in enumerate(pairwise(areas)):
                if area.place is None and area.country == narrower.country and area.region in (None, narrower.region):
                    self.found.warn(node.items[at], "This area holds the next one. If the record covers all of it, put it last; else delete this line.")
        return areas

    def _area(self, node: Node) -> Area | None:
        """One area; its region lies in its country."""
        found = self.found
        entries = fields_of(node, "coverage", ("country", "region", "place"), ("country",), found)
        if "country" not in entries:
            return None
        country_node = entries["country"][1]
        countries = place_codes("countries")
        is_worldwide = isinstance(country_node, TextNode) and country_node.text == WORLDWIDE
        country = WORLDWIDE if is_worldwide else text(country_node, "country", found, 60)
        if country is not None and not is_worldwide and country not in countries:
            known = country.upper() if country.upper() in countries else {"UK": "GB", "USA": "US"}.get(country.upper())
            found.fault(country_node, f"{shown(country)} is no country code. Write its two capital letters, such as CA or GB, "
                        f"or '*' for the whole world.{f' Did you mean {known}?' if known else ''}")
            country = None
        region = self._region(entries["region"][1], country) if "region" in entries else None
        place = text(entries["place"][1], "place", found, 100) if "place" in entries else None
        lost = ("region" in entries and region is None) or ("place" in entries and place is None)
        return None if country is None or lost else Area(country, region, place)

    def _region(self, node: Node, country: str | None) -> str | None:
        region = text(node, "region", self.found, 60)
        if region is None:
            return None
        regions = place_codes("regions")
        if country == WORLDWIDE:
            self.found.fault(node, "The whole world ('*') has no region. Delete this line, or write the country.")
        elif not _REGION.fullmatch(region) or (region not in regions and any(code[:2] == region[:2] for code in regions)):
            self.found.fault(node, f"{shown(region)} is no region code. Write country and region, such as CA-QC."
                             f"{suggestion(region, [code for code in regions if code[:2] == country])}")
        elif country is not None and region[:2] != country:
            self.found.fault(node, f"The region {region} does not lie in the country {country}. Change one of them.")
        else:
            if region not in regions:
                self.found.warn(node, f"The bot has no names for the region {region}, so nobody finds it by name. Check the code.")
            return region
        return None

    def _contact(self, node: Node, what: str) -> Contact | None:
        entries = fields_of(node, what, CONTACT_FIELDS, (), self.found)
        values: dict[str, Any] = {}
        for name, (_, held) in entries.items():
            if name == "phone_as_of":
                value: object = partial_date(held, name, self.found)
            elif name in ("address", "hours"):
                value = text(held, name, self.found, 300)
            else:
                value = self._way(held, name)
            if value is not None:
                values[name] = value
        if "phone_as_of" in values and not {"phone", "text", "whatsapp"} & entries.keys():
            after = (entries[name][0].line for name in ("address", "hours", "phone_as_of") if name in entries)
            self.found.fault_at(min(after), 5, "phone_as_of dates a number, and there is none. Add a line “phone: …” above this one, or delete "
                                "phone_as_of.")
        return Contact(**values) if values else None

    def _way(self, node: Node, name: str) -> str | None:
        """A web or mail address or a number, faults by its shape."""
        value = text(node, name, self.found, 500)
        if value is None or (name in ("url", "email") and not isinstance(node, TextNode)):
            return None
        sentence = _WAYS[name](value)
        if sentence is not None:
            self.found.fault(node, sentence)
            return None
        if name in ("url", "email"):
            self.hosts.add(cast(TextNode, node))
        if name == "url" and value.lower().startswith("http:"):
            self.found.warn(node, "This address begins with http://, so others can read along. If the site opens with https://, write that.")
        if name == "url" and contacts.is_shortened(contacts.host_of(value)):
            self.found.warn(node, "This is a short link, which hides where it leads. Write the full address.")
        return value

    def _labels(self, node: Node, what: str) -> tuple[tuple[str, Label], ...]:
        labels = fields_of(node, what, self.words.labels, (), self.found)
        values: list[tuple[str, Label]] = []
        for name, (_, held) in labels.items():
            entries = fields_of(held, f"The label {name}", ("value", "source"), ("value", "source"), self.found)
            value = word(entries["value"][1], "value", ("yes", "no", "unknown"), self.found) if "value" in entries else None
            source = self._label_source(entries["source"][1]) if "source" in entries else None
            if value is not None and source is not None:
                values.append((name, Label(cast(Any, value), source)))
        return tuple(values)

    def _label_source(self, node: Node) -> str | None:
        """A web address of a source, or words such as "told by the group"."""
        value = text(node, "source", self.found, 500)
        if value is not None and ":" in value.partition("/")[0]:
            return self._source_url(node)
        return value

    def _source_url(self, node: Node) -> str | None:
        """An address that was read once: a machine's number is let in with a warning, nobody presses it."""
        value = text(node, "url", self.found, 500)
        if value is None:
            return None
        sentence = contacts.url_fault(value)
        if sentence is not None and contacts.is_public_machine(value):
            self.found.warn(node, sentence)
        elif sentence is not None:
            self.found.fault(node, sentence)
            return None
        self.hosts.add(cast(TextNode, node))
        return value

    def _sources(self, node: Node, what: str) -> tuple[Source, ...]:
        return cast(tuple[Source, ...], tuple(items(node, what, self.found, self._source)))

    def _source(self, node: Node) -> Source | None:
        entries = fields_of(node, "The source", ("url", "says", "dated"), ("url", "says"), self.found)
        url = self._source_url(entries["url"][1]) if "url" in entries else None
        says = text(entries["says"][1], "says", self.found, 500, is_long=True) if "says" in entries else None
        dated = partial_date(entries["dated"][1], "dated", self.found) if "dated" in entries else None
        return Source(url, says, dated) if url and says else None

    def _date(self, node: Node, what: str) -> PartialDate | None:
        return partial_date(node, what, self.found, may_be_future=what == "ends")

    def _checks(self, node: Node, what: str) -> tuple[Check, ...]:
        return cast(tuple[Check, ...], tuple(items(node, what, self.found, self._check)))

    def _check(self, node: Node) -> Check | None:
        known = ("date", "method", "outcome")
        entries = fields_of(node, "The check", known, known, self.found)
        day = partial_date(entries["date"][1], "date", self.found) if "date" in entries else None
        method = word(entries["method"][1], "method", self.words.check_methods, self.found) if "method" in entries else None
        outcome = word(entries["outcome"][1], "outcome", self.words.check_outcomes, self.found) if "outcome" in entries else None
        if day is not None and day.day is None:
            self.found.fault(entries["date"][1], "A check has a day: write year-month-day, such as 2026-03-31.")
            return None
        return Check(day.latest, cast(Any, method), cast(Any, outcome)) if day and method and outcome else None

    def _agree(self, values: dict[str, Any]) -> None:
        """Faults where two fields of the record contradict each other."""
        found, entries = self.found, self.entries
        for name, label in values.get("labels", ()):
            caution = CAUTION_LABELS.get(name, name)
            if label.value == "no" and caution in values.get("cautions", ()):
                found.fault(entries["labels"][1], f"The label {name} says no, and the caution {caution} says yes. Delete one of them.")
        if values.get("name") is not None and values["name"] in values.get("aliases", ()):
            found.fault(entries["aliases"][1], "One of the aliases is the name itself. Delete it from the aliases.")
        dates = [source.dated for source in values.get("sources", ()) if source.dated is not None]
        newest = max(dates, key=str, default=None)
        as_of = values.get("as_of")
        if newest is not None and "as_of" not in entries:
            line = found.last_line(entries["sources"][1]) + 1
            found.warn_at(line, 3, f"The record lacks as_of, the date of its newest source. Add a line “as_of: '{newest}'” above this one.")
        elif as_of is not None and as_of != newest:
            found.warn(entries["as_of"][1], f"as_of is the date of the newest source, which is {newest}. Change one of the two." if newest
                       else "as_of is the date of the newest source, and no source has a date. Add one (dated), or delete this line.")


def _texts(node: Node) -> list[TextNode]:
    return [each for each in (node.items if isinstance(node, ListNode) else [node]) if isinstance(each, TextNode)]


_ON_ONE_LINE = frozenset(("id", "name", "kind", "led_by", "ends", "as_of"))
_WAYS: dict[str, Callable[[str], str | None]] = {
    "url": contacts.url_fault, "email": contacts.email_fault, "phone": contacts.phone_fault, "whatsapp": contacts.phone_fault,
    "text": contacts.text_line_fault,
}
_READERS: dict[str, Callable[[RecordReader, Node, str], object | None]] = {
    "id": RecordReader._id, "name": RecordReader._line, "aliases": RecordReader._lines, "kind": RecordReader._word,
    "led_by": RecordReader._word, "involvement": RecordReader._involvement, "description": RecordReader._description,
    "topics": RecordReader._words, "serves": RecordReader._words, "coverage": RecordReader._coverage,
    "languages": RecordReader._languages, "contact": RecordReader._contact, "access": RecordReader._words,
    "cautions": RecordReader._words, "labels": RecordReader._labels, "calls": RecordReader._lines,
    "sources": RecordReader._sources, "ends": RecordReader._date, "as_of": RecordReader._date, "checks": RecordReader._checks,
}
