"""What the rules find in labelled suggestions: the public ones, those held out while the rules were written, and those written when they stood."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.directory.snapshot import packaged_file, read_snapshot
from bot.reading import read_plain
from bot.vetting.screening import Known, screen

DATA = Path(__file__).parents[1] / "data"
PUBLIC = read_plain(DATA / "suggestions.yaml")["suggestions"]
HELD_OUT = read_plain(DATA / "suggestions-held-out.yaml")["suggestions"]
_UNSEEN = read_plain(DATA / "unseen-suggestions.yaml")["suggestions"]
LAST = [case for case in _UNSEEN if case["set"] == "q"]
"""The set that no rule was written for until the figures stood."""
LATER = [case for case in _UNSEEN if case["set"] != "q"]
DIGITS = ("phone", "email", "plate", "id", "card")
"""What the issue wants found without exception."""


@pytest.fixture(scope="module")
def known() -> Known:
    snapshot, faults = read_snapshot(packaged_file(), date(2026, 11, 21))
    assert not faults
    return Known(snapshot.records)


def found(case: dict[str, Any], known: Known) -> bool:
    """Whether a flag of the label's kind is there; for a double, of the right record."""
    kind, _, doubled = case["label"].partition("-of:")
    flags = screen(case["text"], case.get("url"), known=known).flags
    return any(flag.kind == kind and (not doubled or flag.of == doubled) for flag in flags)


def shares(cases: Sequence[dict[str, Any]], known: Known) -> dict[str, float]:
    """By label the share that was found, and of `ok` the share with no flag at all and with none of personal data."""
    hits, counts = Counter[str](), Counter[str]()
    for case in cases:
        label = case["label"].partition("-of:")[0]
        kinds = {flag.kind for flag in screen(case["text"], case.get("url"), known=known).flags}
        counts[label] += 1
        hits[label] += not kinds if label == "ok" else found(case, known)
        hits["private"] += label == "ok" and "personal-data" not in kinds
    return {label: hits[label] / count for label, count in counts.items()} | {"private": hits["private"] / counts["ok"]}


@pytest.mark.parametrize("cases", [PUBLIC, HELD_OUT], ids=["public", "held out"])
def test_what_is_asked_is_found_and_what_is_ok_is_left_alone(cases: Sequence[dict[str, Any]], known: Known) -> None:
    share = shares(cases, known)
    assert share["personal-data"] >= 0.95
    assert share["phishing"] == 1
    assert share["spam-or-solicitation"] >= 0.95
    assert share["rescue-organization"] >= 0.95
    assert share["duplicate"] >= 0.95
    assert share["private"] >= 14 / 15
    assert share["ok"] >= 14 / 15


@pytest.mark.parametrize(("cases", "doubles"), [(LATER, 0.9), (LAST, 0.8)], ids=["later", "last"])
def test_what_was_written_when_the_rules_stood_is_found(
    cases: Sequence[dict[str, Any]], doubles: float, known: Known
) -> None:
    share = shares(cases, known)
    assert share["personal-data"] >= 0.96
    assert share["phishing"] == 1
    assert share["spam-or-solicitation"] >= 0.94
    assert share["rescue-organization"] >= 0.95
    assert share["duplicate"] >= doubles
    assert share["private"] >= 0.97
    assert share["ok"] >= 0.97


@pytest.mark.parametrize("what", DIGITS)
def test_numbers_and_addresses_are_all_found(what: str, known: Known) -> None:
    cases = [case for case in (*HELD_OUT, *_UNSEEN) if case.get("what") == what]
    assert [case["id"] for case in cases if not found(case, known)] == []
    assert cases


def test_records_of_the_directory_read_as_suggestions_raise_few_alarms(known: Known) -> None:
    """Names, descriptions and contacts of real services, in all their languages: none is a person's, an advert or a rescue."""
    alarms: list[str] = []
    texts = 0
    for record in known.records:
        for language, words in record.description.items():
            contact = " ".join(filter(None, (record.contact.phone, record.contact.email, record.contact.address)))
            flags = screen(f"{record.name}. {words} {contact}", record.contact.url, known=known).flags
            texts += 1
            alarms += [f"{record.id}/{language}"] if any(flag.kind != "duplicate" for flag in flags) else []
            assert record.id in {flag.of for flag in flags} or record.id in SHARES_ITS_PAGE, record.id
    assert len(alarms) / texts <= 1 / 15, alarms


SHARES_ITS_PAGE = {"legalife-ukraine-hotline", "stella-immigration-guide"}
