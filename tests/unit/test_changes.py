"""Changes over the file: pure, in canonical order, nothing approved is lost, and what is hidden is gone."""

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.directory import changes
from bot.directory.changes import CONTACT_LINES, ONE_APPROVAL, Change, apply, put, read_record, simple, superseded_by
from bot.directory.load import load, load_text
from bot.directory.model import Area, Check, Label, PartialDate, Resource
from bot.directory.write import dump

DAY = date(2026, 11, 20)
BY = ("wren", "lark")


@lru_cache(maxsize=1)
def shipped() -> tuple[Resource, ...]:
    return load(Path(__file__).parents[2] / "resources.yaml", DAY).records


def record() -> Resource:
    return next(each for each in shipped() if each.contact.phone and each.contact.email and each.labels)


def only(*decided: Change, filed: Resource | None = None) -> Resource | None:
    """What one record is after these changes, in this order."""
    numbered = [replace(change, version=number) for number, change in enumerate(decided, 1)]
    merged = apply([filed] if filed else [], numbered)
    assert merged.unread == ()
    return merged.records[0] if merged.records else None


def approved(mine: Resource, base: Resource | None = None, approvals: int = 2) -> Change:
    return put(mine, base, DAY, approvals=approvals, by=BY)


def with_contact(of: Resource, **lines: Any) -> Resource:
    return replace(of, contact=replace(of.contact, **lines))


def test_without_changes_the_file_is_what_it_is() -> None:
    assert apply(shipped(), []).records == shipped()


def test_a_new_record_stands_in_its_place_by_id() -> None:
    new = replace(record(), id="000-new")
    assert apply(shipped(), [approved(new)]).records == (new, *shipped())


def test_a_put_replaces_the_whole_record_and_the_last_one_counts() -> None:
    first, last = replace(record(), name="First Name"), replace(record(), name="Last Name")
    assert only(approved(first, record()), approved(last, record()), filed=record()) == last


def test_what_one_moderator_published_says_so_until_two_do() -> None:
    alone = only(approved(record(), record(), approvals=1), filed=record())
    assert alone == replace(record(), cautions=(*record().cautions, ONE_APPROVAL))
    assert only(approved(alone, record(), approvals=2), filed=record()) == record()


def test_hidden_is_gone_until_it_is_shown_whatever_is_put_between() -> None:
    hide = simple("hide", record().id, DAY, approvals=1, by=BY[:1])
    show = simple("show", record().id, DAY, approvals=2, by=BY)
    better = replace(record(), name="Better")
    assert only(hide, filed=record()) is None
    assert only(hide, approved(better, record()), filed=record()) is None
    assert only(hide, approved(better, record()), show, filed=record()) == better
    assert only(hide, show, filed=record()) == record()


def test_who_wants_out_is_out_until_asked_in_again() -> None:
    out = simple("remove", record().id, DAY, approvals=2, by=BY)
    assert only(approved(record(), record()), out, filed=record()) is None
    assert only(out, approved(record(), record()), filed=record()) == record()


@pytest.mark.parametrize("line", CONTACT_LINES)
def test_a_hidden_contact_line_is_gone_wherever_its_value_stands(line: str) -> None:
    of = with_contact(
        record(), whatsapp=record().contact.phone, text=record().contact.phone, hours="9-5", address="1 Way"
    )
    hide = changes.hide_contact(of, line, DAY, by=BY[:1])
    hidden = only(approved(of), hide)
    assert hidden is not None
    assert getattr(of.contact, line) not in [getattr(hidden.contact, each) for each in CONTACT_LINES]
    has_number = hidden.contact.phone or hidden.contact.text
    assert hidden.contact.phone_as_of == (of.contact.phone_as_of if has_number else None)
    assert only(approved(of), hide, changes.show_contact(of.id, line, DAY, approvals=2, by=BY)) == of


def test_a_corrected_number_is_shown_though_the_old_one_was_hidden() -> None:
    hide = changes.hide_contact(record(), "phone", DAY, by=BY[:1])
    corrected = with_contact(record(), phone="+15142858889")
    assert only(hide, approved(corrected, record()), filed=record()) == corrected


def test_a_line_the_record_does_not_have_cannot_be_hidden() -> None:
    with pytest.raises(ValueError, match="no such contact line"):
        changes.hide_contact(with_contact(record(), whatsapp=None), "whatsapp", DAY)
    with pytest.raises(ValueError, match="no such contact line"):
        changes.hide_contact(record(), "phone_as_of", DAY)


def test_checks_are_added_in_their_order_once() -> None:
    older, newer = Check(date(2026, 1, 5), "own-page-read", "ok"), Check(DAY, "called-or-messaged", "ok")
    made = [changes.check(record().id, each, by=BY[:1]) for each in (newer, older, newer)]
    assert only(*made, filed=record()) == replace(record(), checks=(older, newer))
    assert only(*made, filed=replace(record(), checks=(newer,))) == replace(record(), checks=(older, newer))


def test_a_field_the_file_changed_later_wins_and_the_others_keep_what_was_approved() -> None:
    base = record()
    mine = replace(with_contact(base, phone="+15142858889", email="new@stella.org"), name="Approved Name")
    filed = replace(with_contact(base, phone="+14168675309"), led_by="mixed" if base.led_by != "mixed" else "allies")
    both = only(approved(mine, base), filed=filed)
    assert both == replace(with_contact(filed, email="new@stella.org"), name="Approved Name")


def test_descriptions_go_by_language_and_labels_one_by_one() -> None:
    base = replace(
        record(),
        description=MappingProxyType({"en": "Free help."}),
        labels=(("free", Label("unknown", "https://a.ca")),),
    )
    mine = replace(base, description=MappingProxyType({"en": "Free help.", "fr": "Aide gratuite."}),
                   labels=(("free", Label("yes", "https://a.ca")),))  # fmt: skip
    filed = replace(base, description=MappingProxyType({"en": "Free help by phone."}),
                    labels=(*base.labels, ("walk-in", Label("yes", "https://a.ca"))))  # fmt: skip
    both = only(approved(mine, base), filed=filed)
    assert both is not None
    assert dict(both.description) == {"en": "Free help by phone.", "fr": "Aide gratuite."}
    assert dict(both.labels) == {"free": Label("yes", "https://a.ca"), "walk-in": Label("yes", "https://a.ca")}


def test_what_contradicts_itself_after_both_is_not_published_and_the_file_stands() -> None:
    base = replace(record(), labels=(), cautions=())
    mine = replace(base, labels=(("faith-based", Label("no", "https://a.ca")),))
    filed = replace(base, cautions=("faith-based",))
    assert only(approved(mine, base), filed=filed) == filed


def test_a_record_the_file_gave_up_is_gone_and_one_it_took_in_is_the_files() -> None:
    assert only(approved(replace(record(), name="Approved"), record())) is None
    assert only(approved(replace(record(), name="Approved")), filed=record()) == record()


def test_a_change_that_cannot_be_read_stops_no_other() -> None:
    broken = Change(record().id, "put", DAY, "- id: x\n", version=1)
    hide = replace(simple("hide", shipped()[3].id, DAY, approvals=1, by=BY[:1]), version=2)
    merged = apply(shipped(), [broken, hide])
    assert merged.unread == (1,)
    assert merged.records == tuple(each for each in shipped() if each.id != shipped()[3].id)


def test_an_address_that_takes_the_look_of_anothers_is_not_published() -> None:
    """A file with both is refused whole, and every terminal with it."""
    real = next(each for each in shipped() if each.contact.url and "i" in each.contact.url.split("/")[2])
    host = str(real.contact.url).split("/")[2]
    false = replace(with_contact(record(), url=f"https://{host.replace('i', '1', 1)}"), id="000-false", aliases=())
    mended = replace(simple("hide", shipped()[3].id, DAY, approvals=1, by=BY[:1]), version=2)
    merged = apply(shipped(), [replace(approved(false), version=1), mended])
    assert merged.unread == (1,)
    assert [each.id for each in merged.records] == [each.id for each in shipped() if each.id != shipped()[3].id]
    assert not load_text(dump(merged.records).encode(), "f", DAY).faults


@pytest.mark.parametrize("line", ["text", "whatsapp"])
def test_the_date_of_a_number_goes_with_the_last_number(line: str) -> None:
    of = with_contact(record(), phone=None, text=None, whatsapp=None, phone_as_of=PartialDate(2026, 1))
    of = with_contact(of, **{line: "+15142858889"})
    hidden = only(approved(of), changes.hide_contact(of, line, DAY))
    assert hidden is not None
    assert hidden.contact.phone_as_of is None
    assert read_record(dump([hidden])) == hidden


def test_a_written_record_is_read_again_and_a_broken_one_is_not() -> None:
    assert read_record(dump([record()])) == record()
    assert read_record(dump(shipped()[:2])) is None
    assert read_record("") is None


# Any course of decisions over any state of the file.

_NAMES = st.sampled_from(["One", "Two", "Three"])
_PHONES = st.sampled_from([None, "+15142858889", "+14168675309", "988"])
_LINES = st.sampled_from(["phone", "email", "url"])


def _variant(
    of: Resource, name: str, phone: str | None, areas: tuple[Area, ...], as_of: PartialDate | None
) -> Resource:
    return replace(with_contact(of, phone=phone, phone_as_of=as_of if phone else None), name=name, coverage=areas)


def _variants(of: Resource) -> st.SearchStrategy[Resource]:
    areas = st.sampled_from([(Area("CA"),), (Area("CA", "CA-QC"), Area("CA"))])
    dates = st.sampled_from([None, PartialDate(2024), PartialDate(2026, 3)])
    return st.builds(_variant, st.just(of), _NAMES, _PHONES, areas, dates)


def _decision(of: Resource) -> st.SearchStrategy[Change]:
    variants = _variants(of)
    days = st.dates(DAY - timedelta(days=90), DAY)
    checks = st.builds(
        Check, days, st.sampled_from(["own-page-read", "org-confirmed"]), st.sampled_from(["ok", "failed"])
    )
    kinds = st.sampled_from(["hide", "show", "remove"])
    return st.one_of(
        st.builds(approved, variants, st.none() | variants, st.sampled_from([1, 2])),
        st.builds(lambda kind: simple(kind, of.id, DAY, approvals=2, by=BY), kinds),
        st.builds(lambda found: changes.check(of.id, found, by=BY), checks),
        st.builds(lambda phone: Change(of.id, "hide-contact", DAY, f"phone {phone}"), _PHONES.filter(bool)),
        st.builds(lambda line: changes.show_contact(of.id, line, DAY, approvals=2, by=BY), _LINES),
    )


_COURSES = st.sampled_from(range(3)).flatmap(
    lambda at: st.tuples(st.none() | _variants(shipped()[at]), st.lists(_decision(shipped()[at]), max_size=8))
)


def _numbered(decided: list[Change]) -> list[Change]:
    return [replace(each, version=number) for number, each in enumerate(decided, 1)]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(_COURSES)
def test_what_was_exported_and_merged_changes_nothing(course: tuple[Resource | None, list[Change]]) -> None:
    """A merged file that becomes the file gives itself again, and is read again as it was written."""
    filed, decided = course
    numbered = _numbered(decided)
    once = apply([filed] if filed else [], numbered)
    assert once.unread == ()
    assert apply(once.records, numbered).records == once.records
    assert apply([filed] if filed else [], reversed(numbered)) == once, (
        "the order they are handed in counts for nothing"
    )
    assert all(read_record(dump([each])) == each for each in once.records)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(_COURSES)
def test_what_a_later_change_supersedes_need_not_be_kept(course: tuple[Resource | None, list[Change]]) -> None:
    filed, decided = course
    kept: list[Change] = []
    for change in _numbered(decided):
        kept = [each for each in kept if each.kind not in superseded_by(change.kind)] + [change]
    files = [filed] if filed else []
    assert apply(files, kept) == apply(files, _numbered(decided))
