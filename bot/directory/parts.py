"""The parts of a record that have fields of their own: coverage, contact, labels, sources, checks; and its hosts."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any, cast

from bot.directory import contacts
from bot.directory.faults import Findings, few, fields_of, items, partial_date, text, word
from bot.directory.model import WORLDWIDE, Area, Check, Contact, Label, Source
from bot.directory.vocabulary import place_codes, vocabulary
from bot.reading import Node, TextNode, shown

CONTACT_FIELDS = ("url", "email", "phone", "text", "whatsapp", "address", "hours", "phone_as_of")
_REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_WAYS: dict[str, Callable[[str], str | None]] = {
    "url": contacts.url_fault,
    "email": contacts.email_fault,
    "phone": contacts.phone_fault,
    "whatsapp": contacts.phone_fault,
    "text": contacts.text_line_fault,
}


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
                        self._found.fault(
                            node,
                            f"This address looks like {real}, which stands on line {self._nodes[real][0].line}, but "
                            "is another one. Type it again by hand.",
                        )
        for host, other in contacts.near(set(self._nodes)).items():
            if len(self._nodes[host]) <= len(self._nodes[other]):
                for node in self._nodes[host]:
                    self._found.warn(
                        node,
                        f"This is almost the address {other} on line {self._nodes[other][0].line}. Is one misspelled?",
                    )


class PartReader:
    """Readers of the parts of one record; each gives the value, or None or an empty one with a fault."""

    def __init__(self, found: Findings, hosts: Hosts) -> None:
        self.found = found
        self.hosts = hosts
        self.words = vocabulary()

    def read_coverage(self, node: Node, what: str) -> tuple[Area, ...]:
        """The areas; a warning for one that stands before a part of itself, because a line may be there twice."""
        read: list[tuple[Node, Area]] = []

        def area(item: Node) -> Area | None:
            value = self._area(item)
            read.extend([(item, value)] if value else [])
            return value

        areas = cast("tuple[Area, ...]", tuple(items(node, what, self.found, area)))
        for (item, wide), (_, narrow) in pairwise(read):
            if (
                wide != narrow
                and wide.place is None
                and wide.country == narrow.country
                and wide.region in (None, narrow.region)
            ):
                self.found.warn(
                    item,
                    "This area holds the next one. If the record covers all of it, put it last; else delete this line.",
                )
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
            found.fault(
                country_node,
                f"{shown(country)} is no country code. Write its two capital letters, such as CA or GB, "
                f"or '*' for the whole world.{f' Did you mean {known}?' if known else ''}",
            )
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
        elif not _REGION.fullmatch(region) or (
            region not in regions and any(code[:2] == region[:2] for code in regions)
        ):
            self.found.fault(
                node,
                f"{shown(region)} is no region code. Write country and region, such as CA-QC."
                f"{few(sorted(code for code in regions if code[:2] == country), 14)}",
            )
        elif country is not None and region[:2] != country:
            self.found.fault(node, f"The region {region} does not lie in the country {country}. Change one of them.")
        else:
            if region not in regions:
                self.found.warn(
                    node, f"The bot has no names for the region {region}, so nobody finds it by name. Check the code."
                )
            return region
        return None

    def read_contact(self, node: Node, what: str) -> Contact | None:
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
            self.found.fault_at(
                min(after),
                5,
                "phone_as_of dates a number, and there is none. Add a line “phone: …” above this one, or delete "
                "phone_as_of.",
            )
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
            self.hosts.add(cast("TextNode", node))
        if name == "url" and value.lower().startswith("http:"):
            self.found.warn(
                node,
                "With http:// others can read along. If the site opens with https://, write that.",
            )
        if name == "url" and contacts.is_shortened(contacts.host_of(value)):
            self.found.warn(node, "This is a short link, which hides where it leads. Write the full address.")
        return value

    def read_labels(self, node: Node, what: str) -> tuple[tuple[str, Label], ...]:
        labels = fields_of(node, what, self.words.labels, (), self.found)
        values: list[tuple[str, Label]] = []
        for name, (_, held) in labels.items():
            entries = fields_of(held, f"The label {name}", ("value", "source"), ("value", "source"), self.found)
            value = (
                word(entries["value"][1], "value", ("yes", "no", "unknown"), self.found) if "value" in entries else None
            )
            source = self._label_source(entries["source"][1]) if "source" in entries else None
            if value is not None and source is not None:
                values.append((name, Label(cast("Any", value), source)))
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
        self.hosts.add(cast("TextNode", node))
        return value

    def read_sources(self, node: Node, what: str) -> tuple[Source, ...]:
        return cast("tuple[Source, ...]", tuple(items(node, what, self.found, self._source)))

    def _source(self, node: Node) -> Source | None:
        entries = fields_of(node, "The source", ("url", "says", "dated"), ("url", "says"), self.found)
        url = self._source_url(entries["url"][1]) if "url" in entries else None
        says = text(entries["says"][1], "says", self.found, 500, is_long=True) if "says" in entries else None
        dated = partial_date(entries["dated"][1], "dated", self.found) if "dated" in entries else None
        return Source(url, says, dated) if url and says else None

    def read_checks(self, node: Node, what: str) -> tuple[Check, ...]:
        return cast("tuple[Check, ...]", tuple(items(node, what, self.found, self._check)))

    def _check(self, node: Node) -> Check | None:
        known = ("date", "method", "outcome")
        entries = fields_of(node, "The check", known, known, self.found)
        day = partial_date(entries["date"][1], "date", self.found) if "date" in entries else None
        method = (
            word(entries["method"][1], "method", self.words.check_methods, self.found) if "method" in entries else None
        )
        outcome = (
            word(entries["outcome"][1], "outcome", self.words.check_outcomes, self.found)
            if "outcome" in entries
            else None
        )
        if day is not None and day.day is None:
            self.found.fault(entries["date"][1], "A check has a day: write year-month-day, such as 2026-03-31.")
            return None
        return Check(day.latest, cast("Any", method), cast("Any", outcome)) if day and method and outcome else None
