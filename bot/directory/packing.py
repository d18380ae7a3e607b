"""Records as plain data and back, for keeping the shipped ones ready (`bot.core.compiled`)."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from bot.directory.model import Area, Check, Contact, Label, PartialDate, Resource, Source


def pack(value: Any) -> Any:
    """A record, or a part of one, as tuples, dicts and text."""
    if is_dataclass(value):
        return tuple(pack(getattr(value, each.name)) for each in fields(value))
    if isinstance(value, tuple):
        return tuple(map(pack, value))
    if isinstance(value, Mapping):
        return dict(value)
    return value.toordinal() if isinstance(value, date) else value


def unpack(packed: tuple[Any, ...]) -> Resource:
    """The record that `pack` was given."""
    known = dict(zip((each.name for each in fields(Resource)), packed, strict=True))
    url, email, phone, text, whatsapp, address, hours, phone_as_of = known["contact"]
    known |= {
        "description": MappingProxyType(known["description"]),
        "coverage": tuple(Area(*each) for each in known["coverage"]),
        "contact": Contact(url, email, phone, text, whatsapp, address, hours, _dated(phone_as_of)),
        "labels": tuple((name, Label(*label)) for name, label in known["labels"]),
        "sources": tuple(Source(url, says, _dated(dated)) for url, says, dated in known["sources"]),
        "checks": tuple(Check(date.fromordinal(day), *rest) for day, *rest in known["checks"]),
        "opens": _dated(known["opens"]),
        "ends": _dated(known["ends"]),
        "as_of": _dated(known["as_of"]),
    }
    return Resource(**known)


def _dated(parts: tuple[int, int | None, int | None] | None) -> PartialDate | None:
    return None if parts is None else PartialDate(*parts)
