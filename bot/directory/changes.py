"""What a community decided about records, over `resources.yaml`: changes are kept in their order and applied anew each time.

A change of a whole record ("put") carries the record of the file it was decided over (`base`). When the file's record is
changed later, by a pull request, the two are brought together field by field: a field that only one of them changed has
that change; where both changed it, the file's is the newer, because the put was decided over the file as it was before,
and it wins. A record the file has given up since is gone. Contacts count line by line, descriptions language by
language, labels one by one, and checks are never lost.

A hidden record or contact line is left out until it is shown again, whatever is put in between. A record that was taken
out ("remove": a group that wants out) comes back only by a later put.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, Protocol, cast

from bot.directory.contacts import host_of, look, oddness
from bot.directory.model import Check, CheckMethod, CheckOutcome, Contact, Resource
from bot.directory.vocabulary import vocabulary
from bot.directory.write import dump

Kind = Literal["put", "hide", "show", "check", "hide-contact", "show-contact", "remove"]
ONE_APPROVAL = "approved-by-one"
"""The caution on every record that a single moderator published (`policy.md` §5)."""
_ANY_DAY = date(9000, 1, 1)
"""What was approved is read again whatever the day is: no date of it lies in the future."""
CONTACT_LINES = ("url", "email", "phone", "text", "whatsapp", "address", "hours")


@dataclass(frozen=True, slots=True)
class Change:
    """One decision about one record. Made by the functions below; `bot.storage.directory_changes` keeps it.

    | kind         | text                                                        |
    |--------------|-------------------------------------------------------------|
    | put          | the whole record as `write.dump` writes it                  |
    | check        | "2026-03-01 called-or-messaged ok"                          |
    | hide-contact | the field of `Contact` and its value: "phone +14165550100"  |
    | show-contact | the field: every line hidden under it is shown again        |
    | others       | nothing                                                     |

    `base` is the file's own record when a put was decided, as text, empty for a record the file has not. `approvals`
    is how many moderators decided; `by` their pseudonyms and `case` the case it came from, which go into the audit trail
    and not into the change. `version` counts all changes of an installation from 1; 0 until it is kept.
    """

    record_id: str
    kind: Kind
    decided_on: date
    text: str = field(default="", repr=False)
    base: str = field(default="", repr=False)
    approvals: int = 1
    by: tuple[str, ...] = ()
    case: str = ""
    version: int = 0


class Merged(NamedTuple):
    """The records in canonical order, and the versions of changes that are passed over: unreadable now, or a put whose
    address takes the look of another record's.
    """

    records: tuple[Resource, ...]
    unread: tuple[int, ...] = ()


class ChangeStore(Protocol):
    """Where changes are kept; every process of an installation sees the same."""

    async def add_one(self, change: Change) -> int:
        """Keep it, and in the same transaction an act for each of `by`; the version it got."""
        ...

    async def all(self) -> list[Change]:
        """Every change that still counts, in the order of their versions."""
        ...

    async def version(self) -> int:
        """The newest version, 0 for none. Cheap."""
        ...


def put(
    record: Resource, base: Resource | None, decided_on: date, *, approvals: int, by: Sequence[str] = (), case: str = ""
) -> Change:
    """A record added or replaced. `base` is what the file itself holds (`Snapshot.shipped`), None when it has none.

    One that a single moderator approved says so from then on, until two approve it. Raises ValueError for a record that
    `dump` cannot write.
    """
    kept = tuple(each for each in record.cautions if each != ONE_APPROVAL)
    said = replace(record, cautions=(*kept, ONE_APPROVAL) if approvals == 1 else kept)
    under = dump([base]) if base else ""
    return Change(record.id, "put", decided_on, dump([said]), under, approvals, tuple(by), case)


def check(record_id: str, found: Check, *, by: Sequence[str], case: str = "") -> Change:
    """A moderator looked."""
    text = f"{found.date} {found.method} {found.outcome}"
    return Change(record_id, "check", found.date, text, by=tuple(by), case=case)


def hide_contact(
    record: Resource, line: str, decided_on: date, *, by: Sequence[str] = (), approvals: int = 0, case: str = ""
) -> Change:
    """One contact line left out until somebody looked, wherever its value stands in the record's contacts.

    `line` is one of CONTACT_LINES. Raises ValueError for a line the record does not have.
    """
    value = getattr(record.contact, line) if line in CONTACT_LINES else None
    if not value:
        raise ValueError("the record has no such contact line")
    return Change(record.id, "hide-contact", decided_on, f"{line} {value}", "", approvals, tuple(by), case)


def show_contact(
    record_id: str, line: str, decided_on: date, *, approvals: int, by: Sequence[str], case: str = ""
) -> Change:
    """The lines that were hidden under that field are shown again."""
    return Change(record_id, "show-contact", decided_on, line, "", approvals, tuple(by), case)


def simple(
    kind: Literal["hide", "show", "remove"],
    record_id: str,
    decided_on: date,
    *,
    approvals: int,
    by: Sequence[str],
    case: str = "",
) -> Change:
    """A record hidden, shown again, or taken out for good."""
    return Change(record_id, kind, decided_on, "", "", approvals, tuple(by), case)


def apply(records: Iterable[Resource], changes: Iterable[Change]) -> Merged:
    """The records of the file with the changes over them, by id. Pure; a change that cannot be read stops no other one.

    Applied to what it gave, it gives the same: so the merged file may become the file by a pull request.
    """
    filed = {record.id: record for record in records}
    decided: dict[str, list[Change]] = {}
    for change in sorted(changes, key=lambda each: each.version):
        decided.setdefault(change.record_id, []).append(change)
    unread: list[int] = []
    merged = {**filed, **{each: _decided(filed.get(each), theirs, unread) for each, theirs in decided.items()}}
    for record_id in sorted(_false_looks(filter(None, merged.values()))):
        puts = [each.version for each in decided.get(record_id, ()) if each.kind == "put"]
        if puts:
            others = [each for each in decided[record_id] if each.kind != "put"]
            merged[record_id] = _decided(filed.get(record_id), others, [])
            unread += puts
    return Merged(tuple(record for _, record in sorted(merged.items()) if record), tuple(sorted(set(unread))))


def _false_looks(records: Iterable[Resource]) -> set[str]:
    """The ids of records with an address that looks like that of another one: a file that holds both is refused."""
    hosts: dict[str, set[str]] = {}
    for record in records:
        contact = record.contact
        pages = [label.source for _, label in record.labels if ":" in label.source.partition("/")[0]]
        pages += [source.url for source in record.sources]
        for address in filter(None, (contact.url, contact.email, *pages)):
            hosts.setdefault(host_of(address), set()).add(record.id)
    alike: dict[str, list[str]] = {}
    for host in hosts:
        alike.setdefault(look(host), []).append(host)
    odd = [each for each in alike.values() if len({oddness(host) for host in each}) > 1]
    return {record_id for each in odd for host in each for record_id in hosts[host]}


def superseded_by(kind: Kind) -> tuple[Kind, ...]:
    """The kinds of earlier changes of the same record that one of `kind` leaves without effect: they need not be kept."""
    kinds: dict[Kind, tuple[Kind, ...]] = {
        "put": ("put", "remove"),
        "hide": ("hide", "show"),
        "show": ("hide", "show"),
        "remove": ("put", "check", "hide-contact", "show-contact", "remove"),
    }
    return kinds.get(kind, ())


def _decided(filed: Resource | None, changes: Sequence[Change], unread: list[int]) -> Resource | None:
    """What the record is after these changes, None when it is hidden or gone."""
    record, is_hidden = filed, False
    hidden: dict[str, str] = {}
    checks: list[Check] = []
    for change in changes:
        match change.kind:
            case "put":
                mine, base = read_record(change.text), read_record(change.base) if change.base else None
                if mine is None or (change.base and base is None):
                    unread.append(change.version)
                else:
                    record = _brought_together(base, mine, filed)
            case "remove":
                record, checks = None, []
                hidden.clear()
            case "hide" | "show":
                is_hidden = change.kind == "hide"
            case "hide-contact":
                line, _, value = change.text.partition(" ")
                hidden[value] = line
            case "show-contact":
                hidden = {value: line for value, line in hidden.items() if line != change.text}
            case "check":
                found = _check(change.text)
                if found is None:
                    unread.append(change.version)
                else:
                    checks.append(found)
    if record is None or is_hidden:
        return None
    return _without(_with_checks(record, checks), hidden)


def _brought_together(base: Resource | None, mine: Resource, filed: Resource | None) -> Resource | None:
    """`mine`, decided over `base`, with what the file changed since."""
    if filed is None:
        return mine if base is None else None
    if base is None:
        return _with_checks(filed, mine.checks)
    if filed == base:
        return mine
    values: dict[str, Any] = {
        each.name: _newer(getattr(base, each.name), getattr(mine, each.name), getattr(filed, each.name))
        for each in fields(Resource)
        if each.name not in ("description", "contact", "labels", "checks")
    }
    both = Resource(
        **{
            **values,
            "description": MappingProxyType(_newer_items(base.description, mine.description, filed.description)),
            "contact": _newer_contact(base.contact, mine.contact, filed.contact),
            "labels": tuple(_newer_items(dict(base.labels), dict(mine.labels), dict(filed.labels)).items()),
            "checks": filed.checks,
        }
    )
    # What fits neither of the two parents is not published: the newer one stands alone.
    sound = both if read_record(dump([both])) == both else filed
    return _with_checks(sound, mine.checks)


def _newer(base: Any, mine: Any, filed: Any) -> Any:
    return mine if filed == base else filed


def _newer_items(base: Mapping[str, Any], mine: Mapping[str, Any], filed: Mapping[str, Any]) -> dict[str, Any]:
    found = {key: _newer(base.get(key), mine.get(key), filed.get(key)) for key in dict.fromkeys((*filed, *mine))}
    return {key: value for key, value in found.items() if value is not None}


def _newer_contact(base: Contact, mine: Contact, filed: Contact) -> Contact:
    values = {name: _newer(getattr(base, name), getattr(mine, name), getattr(filed, name)) for name in CONTACT_LINES}
    # A number and the date of its source belong together.
    dated = mine if values["phone"] == mine.phone and filed.phone == base.phone else filed
    return _dated(Contact(**values, phone_as_of=dated.phone_as_of))


def _dated(contact: Contact) -> Contact:
    """Without the date of a number where there is none."""
    has_number = contact.phone or contact.text or contact.whatsapp
    return contact if has_number or contact.phone_as_of is None else replace(contact, phone_as_of=None)


def _with_checks(record: Resource, more: Iterable[Check]) -> Resource:
    new = [each for each in dict.fromkeys(more) if each not in record.checks]
    if not new:
        return record
    ordered = sorted((*record.checks, *new), key=lambda each: (each.date, each.method, each.outcome))
    return replace(record, checks=tuple(ordered))


def _without(record: Resource, hidden: Mapping[str, str]) -> Resource:
    """The record without the contact lines that hold one of these values."""
    gone = [name for name in CONTACT_LINES if getattr(record.contact, name) in hidden]
    if not gone:
        return record
    blank: dict[str, Any] = dict.fromkeys(gone)
    return replace(record, contact=_dated(replace(record.contact, **blank)))


def _check(text: str) -> Check | None:
    """The check that `check` wrote; None for what is none (any more)."""
    words = vocabulary()
    day, method, outcome = (*text.split(" "), "", "")[:3]
    with suppress(ValueError):
        if method in words.check_methods and outcome in words.check_outcomes:
            return Check(date.fromisoformat(day), cast("CheckMethod", method), cast("CheckOutcome", outcome))
    return None


@lru_cache(maxsize=4096)
def read_record(text: str) -> Resource | None:
    """The one record that `dump` wrote as `text`; None for what is no faultless record (any more)."""
    # Reading files is half of what there is to import, and most runs have no change to read.
    from bot.directory.load import load_text  # noqa: PLC0415

    loaded = load_text(text.encode(), "change", _ANY_DAY)
    return loaded.records[0] if len(loaded.records) == 1 and not loaded.faults else None
