"""Fresh or not: the table of the policy, §4."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.directory.freshness import freshness, weight
from bot.directory.model import Area, Check, Contact, PartialDate, Resource

TODAY = date(2026, 11, 21)
GROUP = Resource(
    "night-kitchen",
    "Night Kitchen",
    "organization",
    "sex-workers",
    {"en": "Food at night."},
    ("food",),
    ("all",),
    (Area("CA"),),
    ("in-person",),
    (),
)


def checked(record: Resource, days_ago: int, outcome: str = "ok") -> Resource:
    check = Check(TODAY - timedelta(days=days_ago), "called-or-messaged", outcome)  # type: ignore[arg-type]
    return replace(record, checks=(*record.checks, check))


LINE = replace(GROUP, kind="helpline")
DROP_IN = replace(GROUP, kind="service", topics=("drop-in",))
OPEN_GROUP = replace(GROUP, contact=Contact(hours="daily 9 to 5"))
FUND = replace(GROUP, kind="fund")
GUIDE = replace(GROUP, kind="guide")


@pytest.mark.parametrize(
    ("record", "due", "wall"),
    [
        (LINE, 60, 120),
        (DROP_IN, 120, 300),
        (OPEN_GROUP, 120, 300),
        (FUND, 120, 300),
        (GROUP, 180, 365),
        (GUIDE, 180, 365),
    ],
)
def test_a_check_is_good_until_due_and_stands_behind_the_wall_later(record: Resource, due: int, wall: int) -> None:
    states = [freshness(checked(record, days), TODAY).state for days in (0, due, due + 1, wall, wall + 1)]
    assert states == ["in-date", "in-date", "due", "due", "past"]
    weights = [weight(checked(record, days), TODAY) for days in (due, (due + wall) // 2, wall, wall + 400)]
    assert weights == [1.0, pytest.approx(0.75, abs=0.02), 0.5, 0.5]


def test_what_an_urgent_card_shows_is_checked_as_often_as_a_line() -> None:
    group = checked(GROUP, 61)
    assert freshness(group, TODAY).state == "in-date"
    assert freshness(group, TODAY, is_urgent=True).state == "due"


def test_the_newest_check_counts_and_a_failed_one_renews_nothing() -> None:
    assert freshness(checked(checked(GROUP, 400), 10), TODAY).state == "in-date"
    assert freshness(checked(checked(GROUP, 400), 10, "failed"), TODAY).state == "past"
    assert freshness(checked(GROUP, -3), TODAY).state == "unchecked"


def test_never_checked_weighs_by_the_age_of_its_newest_source() -> None:
    dated = [
        replace(GROUP, as_of=as_of)
        for as_of in (PartialDate(2026, 3), PartialDate(2024), PartialDate(2024, 10, 1), None)
    ]
    assert [weight(each, TODAY) for each in dated] == [0.75, 0.75, 0.5, 0.5]
    assert {freshness(each, TODAY).state for each in dated} == {"unchecked"}


def test_a_campaign_says_when_it_opens_until_it_does() -> None:
    campaign = replace(GROUP, kind="campaign", opens=PartialDate(2026, 12), ends=PartialDate(2027))
    states = [freshness(campaign, day).state for day in (TODAY, date(2026, 11, 30), date(2026, 12, 1))]
    assert states == ["opens", "opens", "until"]
    assert freshness(campaign, TODAY).date == PartialDate(2026, 12)


def test_an_event_is_fresh_until_its_own_end() -> None:
    event = replace(GROUP, kind="event", ends=PartialDate(2026, 11, 21))
    assert (freshness(event, TODAY).state, weight(event, TODAY)) == ("until", 1.0)
    assert (freshness(event, TODAY + timedelta(days=1)).state, weight(event, TODAY + timedelta(days=1))) == (
        "ended",
        0.5,
    )


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        (Contact(url="https://example.org"), "fresh"),
        (Contact(phone="211"), "undated"),
        (Contact(phone="211", phone_as_of=PartialDate(2019)), "old"),
        (Contact(phone="211", phone_as_of=PartialDate(2025, 5)), "fresh"),
        (Contact(text="988"), "undated"),
    ],
)
def test_an_old_or_undated_number_says_so(contact: Contact, said: str) -> None:
    assert freshness(replace(GROUP, contact=contact), TODAY).phone == said


def test_somebody_who_called_vouches_for_the_number() -> None:
    assert freshness(checked(replace(GROUP, contact=Contact(phone="211")), 30), TODAY).phone == "fresh"
