"""Local hours on every kind of day: both clock changes, leap days, quiet hours, other sides of the world."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements import schedule
from bot.announcements.schedule import NIGHT, Quiet
from bot.errors import InputError

TORONTO, PARIS, MADRID, SHANGHAI, AUCKLAND, APIA = (
    "America/Toronto", "Europe/Paris", "Europe/Madrid", "Asia/Shanghai", "Pacific/Auckland", "Pacific/Apia",
)  # fmt: skip


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("wall", "zone", "expected"),
    [
        ("2026-12-17 09:00", TORONTO, "2026-12-17 14:00"),
        ("2026-06-02 09:00", TORONTO, "2026-06-02 13:00"),
        ("2026-12-17 09:00", SHANGHAI, "2026-12-17 01:00"),
        ("2026-12-17 09:00", AUCKLAND, "2026-12-16 20:00"),
        ("2028-02-29 09:00", PARIS, "2028-02-29 08:00"),
        # The clock goes forward: 2:30 is not there, and becomes 3:30.
        ("2027-03-14 02:30", TORONTO, "2027-03-14 07:30"),
        ("2027-03-28 02:30", PARIS, "2027-03-28 01:30"),
        # The clock goes back: 1:30 (2:30 in Paris) comes twice, and the first counts.
        ("2026-11-01 01:30", TORONTO, "2026-11-01 05:30"),
        ("2026-10-25 02:30", PARIS, "2026-10-25 00:30"),
        ("2026-10-25 02:30", MADRID, "2026-10-25 00:30"),
        ("2026-12-17 00:00", "Asia/Kathmandu", "2026-12-16 18:15"),
    ],
)
def test_a_local_hour_is_one_instant(wall: str, zone: str, expected: str) -> None:
    assert schedule.instant(at(wall), zone) == utc(expected)


def test_which_hours_are_there_and_which_come_twice() -> None:
    assert not schedule.exists(at("2027-03-14 02:30"), TORONTO)
    assert schedule.exists(at("2027-03-14 03:30"), TORONTO)
    assert schedule.comes_twice(at("2026-11-01 01:30"), TORONTO)
    assert not schedule.comes_twice(at("2026-11-01 02:30"), TORONTO)
    assert not schedule.comes_twice(at("2027-03-14 02:30"), TORONTO)
    assert not schedule.exists(at("2011-12-30 12:00"), APIA), "a whole day that Samoa left out"


@pytest.mark.parametrize(
    ("due", "zone", "expected"),
    [
        ("2026-12-17 14:00", TORONTO, "2026-12-17 14:00"),
        ("2026-12-18 03:00", TORONTO, "2026-12-18 13:00"),  # 22:00, the first quiet minute
        ("2026-12-18 02:59", TORONTO, "2026-12-18 02:59"),
        ("2026-12-18 12:59", TORONTO, "2026-12-18 13:00"),
        ("2026-12-18 13:00", TORONTO, "2026-12-18 13:00"),
        ("2027-03-14 06:00", TORONTO, "2027-03-14 12:00"),  # the night the clock goes forward is an hour shorter
        ("2026-11-01 05:00", TORONTO, "2026-11-01 13:00"),  # and longer when it goes back
    ],
)
def test_a_room_is_left_in_peace_at_night(due: str, zone: str, expected: str) -> None:
    assert schedule.awake(utc(due), zone, NIGHT) == utc(expected)


def test_quiet_hours_within_one_day_and_none_at_all() -> None:
    siesta = Quiet(time(14), time(17))
    assert schedule.awake(utc("2026-12-17 14:30"), MADRID, siesta) == utc("2026-12-17 16:00")
    assert schedule.awake(utc("2026-12-17 02:00"), MADRID, None) == utc("2026-12-17 02:00")


@given(
    due=st.datetimes(at("2020-01-01"), at("2035-01-01"), timezones=st.just(UTC)),
    zone=st.sampled_from([TORONTO, PARIS, SHANGHAI, AUCKLAND, APIA, "America/St_Johns", "Africa/Casablanca", "UTC"]),
    start=st.integers(0, 23),
    end=st.integers(0, 23),
)
def test_nothing_is_early_or_more_than_a_day_late(due: datetime, zone: str, start: int, end: int) -> None:
    quiet = Quiet(time(start), time(end)) if start != end else None
    moved = schedule.awake(due, zone, quiet)
    assert timedelta(0) <= moved - due <= timedelta(hours=25)
    assert schedule.awake(moved, zone, quiet) == moved, "at the end of quiet hours nothing waits again"


def test_what_is_over_here_is_sent_at_once_and_what_is_to_come_waits() -> None:
    now = utc("2026-12-17 12:00")
    nine = at("2026-12-17 09:00")
    assert schedule.due_in(nine, SHANGHAI, NIGHT, now) == now, "nine o'clock is over there, and it is evening"
    assert schedule.due_in(nine, TORONTO, NIGHT, now) == utc("2026-12-17 14:00")
    assert schedule.due_in(None, TORONTO, NIGHT, now) == utc("2026-12-17 13:00"), "seven in the morning"
    assert schedule.due_in(None, SHANGHAI, None, now) == now


def test_an_hour_that_is_over_everywhere_is_refused() -> None:
    now = utc("2026-12-17 12:00")
    schedule.check_ahead(at("2026-12-17 00:30"), now)
    for wall, sentence in (("2026-12-16 23:59", "schedule-past"), ("2028-12-17 09:00", "schedule-far")):
        with pytest.raises(InputError) as caught:
            schedule.check_ahead(at(wall), now)
        assert caught.value.message_id == sentence


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("2026-12-17 09:30", "2026-12-17 09:30"),
        (" 2026-12-17T9:30 ", "2026-12-17 09:30"),
        ("2026-12-17", "2026-12-17 09:00"),
    ],
)
def test_an_hour_is_read(given_: str, expected: str) -> None:
    assert schedule.wall(given_) == at(expected)


@pytest.mark.parametrize(
    "given_", ["", "tomorrow", "2026-02-29", "2026-13-01", "2026-12-17 24:00", "2026-12-17 09:61", "17/12/2026"]
)
def test_what_is_no_hour_is_refused(given_: str) -> None:
    with pytest.raises(InputError):
        schedule.wall(given_)


def test_quiet_hours_are_read() -> None:
    assert schedule.quiet_hours("22-8") == NIGHT
    assert schedule.quiet_hours("22:30 – 07:00") == Quiet(time(22, 30), time(7))
    assert schedule.quiet_hours("0-24") is None
    with pytest.raises(InputError):
        schedule.quiet_hours("25-99")
    assert schedule.quiet_hours("-") is None
    for wrong in ("late", "22", "22:75-8", "22-8-9"):
        with pytest.raises(InputError):
            schedule.quiet_hours(wrong)


def test_zones_are_found_however_they_are_written() -> None:
    assert schedule.zone_named("america/new york") == "America/New_York"
    assert schedule.zone_named("UTC") == "UTC"
    for wrong in ("", "EST5", "Toronto", "Mars/Olympus"):
        with pytest.raises(InputError):
            schedule.zone_named(wrong)


def test_days_recur_every_year_and_in_leap_years() -> None:
    assert schedule.next_recurrence("12-17", date(2026, 12, 17)) == date(2026, 12, 17)
    assert schedule.next_recurrence("12-17", date(2026, 12, 18)) == date(2027, 12, 17)
    assert schedule.next_recurrence("02-29", date(2027, 1, 1)) == date(2027, 2, 28)
    assert schedule.next_recurrence("02-29", date(2028, 1, 1)) == date(2028, 2, 29)
