"""What a record of the directory is.

Named after Open Referral HSDS 3.0 where it has the thing:

| here            | HSDS                                            |
|-----------------|-------------------------------------------------|
| Resource        | service with its organization in one            |
| name            | service.name, organization.name                 |
| aliases         | service.alternate_name, organization_identifier |
| description     | service.description                             |
| topics          | taxonomy_term (attribute of the service)        |
| serves          | eligibility_description, as terms               |
| access          | service_at_location / location.location_type    |
| cautions        | service.alert, as terms                         |
| labels          | attribute, with a value and a source            |
| coverage        | service_area                                    |
| languages       | language                                        |
| contact.phone   | phone.number (text: phone.type "sms")           |
| contact.hours   | schedule.description                            |
| contact.address | address                                         |
| contact.url     | service.url                                     |
| contact.email   | service.email                                   |
| checks, as_of   | service.assured_date, last_modified             |
| sources         | metadata                                        |

`led_by`, `involvement`, `kind`, `calls` and the labels about police, faith and papers have no HSDS name; they are
what this directory is for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal["organization", "helpline", "service", "guide", "tool", "tip", "fund", "campaign", "event"]
LedBy = Literal["sex-workers", "mixed", "allies", "public-body", "unknown"]
LabelValue = Literal["yes", "no", "unknown"]
CheckMethod = Literal["org-confirmed", "called-or-messaged", "used-by-peer", "own-page-read", "third-party-page"]
CheckOutcome = Literal["ok", "changed", "failed"]
WORLDWIDE = "*"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as exact as its source: a year, a month or a day. Compare two by `latest`."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def latest(self) -> date:
        """The last day it can mean: age is never overstated."""
        if self.month is None:
            return date(self.year, 12, 31)
        if self.day is None:
            following = date(self.year + self.month // 12, self.month % 12 + 1, 1)
            return date.fromordinal(following.toordinal() - 1)
        return date(self.year, self.month, self.day)

    @property
    def earliest(self) -> date:
        """The first day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)])


@dataclass(frozen=True, slots=True)
class Area:
    """Where a record helps: a country, a region of it, a place in it.

    `country` is ISO 3166-1 alpha-2, or "*" for worldwide; `region` ISO 3166-2; `place` a name that
    `bot.directory.places` knows.
    With `country` "*" and a `place`, it is one of the large regions of the world ("Africa").
    """

    country: str
    region: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach it. Phones are E.164 or a short code, as dialled there; hours are the source's words."""

    url: str | None = None
    email: str | None = None
    phone: str | None = None
    text: str | None = None
    whatsapp: str | None = None
    address: str | None = None
    hours: str | None = None
    phone_as_of: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """What is known of one question about a record, with the page or person that says so."""

    value: LabelValue
    source: str


Labels = tuple[tuple[str, Label], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A page and what it shows."""

    url: str
    says: str
    dated: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A person of this bot looked on that day in that way; its `outcome`. A link test is no check."""

    date: date
    method: CheckMethod
    outcome: CheckOutcome


@dataclass(frozen=True, slots=True)
class Resource:
    """One record. Empty tuples and None mean: not known. `line` is where it begins in the file it came from."""

    id: str
    name: str
    kind: Kind
    led_by: LedBy
    description: Mapping[str, str]
    topics: tuple[str, ...]
    serves: tuple[str, ...]
    coverage: tuple[Area, ...]
    access: tuple[str, ...]
    sources: tuple[Source, ...]
    aliases: tuple[str, ...] = ()
    involvement: str | None = None
    languages: tuple[str, ...] = ()
    contact: Contact = Contact()
    cautions: tuple[str, ...] = ()
    labels: Labels = ()
    calls: tuple[str, ...] = ()
    opens: PartialDate | None = None
    ends: PartialDate | None = None
    as_of: PartialDate | None = None
    checks: tuple[Check, ...] = ()
    line: int = field(default=0, compare=False)

    def label(self, name: str) -> LabelValue:
        """What is known of the label; a caution that means the label is a yes."""
        return label_of(name, self.labels, self.cautions)


CAUTION_LABELS = {"sends-police": "may-involve-emergency-services"}
"""Labels whose caution has another word (`vocabulary.yaml`); the others have the label's own."""


def label_of(name: str, labels: Labels, cautions: tuple[str, ...]) -> LabelValue:
    """What `labels` and `cautions` of one record say of the label called `name`."""
    if CAUTION_LABELS.get(name, name) in cautions:
        return "yes"
    return next((label.value for key, label in labels if key == name), "unknown")
