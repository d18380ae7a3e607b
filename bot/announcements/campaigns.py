"""Campaigns people can sign: records of the directory that make calls, such as Butterfly's Declaration of Support.

A signature belongs to one version of the text, by its hash. Who signs gives what they choose and nothing is chosen for
them; with the claim code it is withdrawn. What organizations sign counts once a moderator has confirmed it. Numbers are
shown from five up, by region too. A campaign opens when moderators publish its record, or on a day
to come that the record names, and closes at the record's end.
"""

import csv
import hashlib
import io
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from bot.directory.model import Resource

Kind = Literal["person", "organization", "supporter"]
KINDS: tuple[Kind, ...] = ("person", "organization", "supporter")
SHOWN_FROM = 5
LONGEST_NAME = 120
LONGEST_CONTACT = 200
VERSION_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Campaign:
    """A text that can be signed. `url` is the organizer's own form or page; `version` the hash of what is signed."""

    record: Resource
    version: str

    @property
    def id(self) -> str:
        return self.record.id

    def opens_later(self, today: date) -> bool:
        """Whether its opening is still to come: the first day that it can mean."""
        opens = self.record.opens
        return opens is not None and today < opens.earliest

    def is_open(self, today: date) -> bool:
        """Whether it can be signed: from its opening to its own end, whose whole last day, month or year counts."""
        ends = self.record.ends
        return not self.opens_later(today) and (ends is None or today <= ends.latest)


def campaigns(records: Iterable[Resource]) -> list[Campaign]:
    """The records that make calls, in the order of the directory."""
    return [Campaign(each, version_of(each)) for each in records if each.kind == "campaign" and each.calls]


def version_of(record: Resource) -> str:
    """The hash of what is signed: name, calls in their order, the organizer's page. SHA-256, in hex."""
    text = json.dumps([record.name, list(record.calls), record.contact.url], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Signature:
    """What one signer chose to give. `region` is in their own words, `news` how they want to be written to, if they do.

    `is_counted`: for an organization, whether a moderator has confirmed it; for others always.
    """

    campaign: str
    version: str
    kind: Kind
    name: str = field(default="", repr=False)
    region: str = field(default="", repr=False)
    news: str = field(default="", repr=False)
    is_counted: bool = True
    key: str = ""
    day: date | None = None


class Signatures(Protocol):
    """Signatures, sealed. A claim code is kept as a keyed hash alone."""

    async def add(self, signature: Signature, claim: str) -> bool:
        """Keep one; False when it was kept before under this code, or was taken back since."""
        ...

    async def find(self, claim: str) -> Signature | None: ...
    async def hear(self, claim: str, news: str) -> bool:
        """Note, or with empty words erase, how the signer wants to be written to; False for an unknown code."""
        ...

    async def withdraw(self, claim: str) -> bool:
        """Erase it for good; False for an unknown code."""
        ...

    async def of(self, campaign: str) -> Sequence[Signature]: ...
    async def confirm(self, key: str, by: str, *, is_genuine: bool) -> bool:
        """A moderator says whether an organization signed; what was not its own is erased. False when it was decided."""
        ...


def counts(signatures: Iterable[Signature], version: str) -> dict[Kind, int]:
    """How many stand for this version, by kind; only numbers from five up."""
    found = Counter(each.kind for each in signatures if each.is_counted and each.version == version)
    return {kind: found[kind] for kind in KINDS if found[kind] >= SHOWN_FROM}


def regions(signatures: Iterable[Signature], version: str) -> list[tuple[str, int]]:
    """Regions that five or more signers of this version named, the most first."""
    named = (each for each in signatures if each.is_counted and each.version == version and each.region)
    spelled: dict[str, str] = {}
    found = Counter(spelled.setdefault(each.region.casefold(), each.region) for each in named)
    return [(region, count) for region, count in found.most_common() if count >= SHOWN_FROM]


_SIGNS = tuple("=+-@")
_AFTER_A_SEPARATOR = re.compile(r"([;,|]\s*)(?=(\S))")
COLUMNS = ("kind", "name", "region", "news", "version", "day")


def as_csv(signatures: Iterable[Signature]) -> str:
    """For the organizer: what counts, one a line, in no order that says who came when but by kind and name."""
    page = io.StringIO()
    writer = csv.writer(page, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in sorted(
        (each for each in signatures if each.is_counted), key=lambda each: (each.kind, each.name, each.key)
    ):
        writer.writerow(
            map(inert, (each.kind, each.name, each.region, each.news, each.version[:VERSION_SHOWN], str(each.day)))
        )
    return page.getvalue()


def inert(cell: str) -> str:
    """A cell no spreadsheet runs: an apostrophe before what begins like a formula, and no control characters.

    `cell.removeprefix("'")` gives it back. The signs are those of OWASP, CSV Injection, in every width (NFKC makes one
    of them). Where a spreadsheet parts cells at another sign than the comma, what follows it begins a cell too: there
    an apostrophe stands between.
    """
    plain = "".join(each if each.isprintable() else " " for each in cell)
    plain = _AFTER_A_SEPARATOR.sub(lambda found: f"{found[1]}'" if _folded(found[2]) in _SIGNS else found[1], plain)
    return f"'{plain}" if _folded(plain.lstrip()[:1]) in (*_SIGNS, *"'|%") else plain


def _folded(character: str) -> str:
    return unicodedata.normalize("NFKC", character)[:1]
