"""Calendar files: an independent reading, `icalendar`'s own, both clock changes, a leap day, titles for a locked screen."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.announcements.calendar import Pages
from bot.announcements.days import Day, days
from bot.announcements.events import Event, Session, State
from bot.core.discreet import reveals
from bot.text.messages import LOCALES, Messages
from tests.fakes.calendars import read

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
PAGES = Pages(Messages.shipped(strict=True).say, NOW)
EVENT = Event(
    "K7Q2", "here", "rowan", "Vigil, with tea; bring \\ a lamp", uid="0e1b7f80-1df1-4c6e-9a51-6b2b8b7f3a10",
    starts=datetime.fromisoformat("2026-12-17 18:00"), ends=datetime.fromisoformat("2026-12-17 21:00"),
    zone="America/Toronto", place="CA-QC/Montréal", address="12 Example Street", organizer="stella-montreal", state="published", version=3,
    sessions=(Session(datetime.fromisoformat("2026-12-17 18:30"), "Opening"),),
)  # fmt: skip


def test_an_event_says_when_in_utc_and_where() -> None:
    (entry,) = read(PAGES.one(EVENT))[1]
    assert (entry["DTSTART"], entry["DTEND"], entry["DTSTAMP"]) == (
        "20261217T230000Z", "20261218T020000Z", "20261129T120000Z",
    )  # fmt: skip
    assert (entry["SUMMARY"], entry["LOCATION"], entry["UID"]) == (EVENT.title, EVENT.address, EVENT.uid)
    assert (entry["SEQUENCE"], entry["CLASS"]) == ("2", "PRIVATE")
    assert entry["DESCRIPTION"].endswith("\n2026-12-17 18:30 Opening")


def test_of_an_event_for_peers_no_address_is_in_any_file() -> None:
    peers = replace(EVENT, audience="peers")
    for page in (PAGES.one(peers), PAGES.all("en", [peers])):
        assert b"Example Street" not in page
        assert b"LOCATION" not in page


@pytest.mark.parametrize("state", ["draft", "waiting", "withdrawn"])
def test_what_is_not_published_is_in_no_file(state: State) -> None:
    hidden = replace(EVENT, state=state)
    assert read(PAGES.one(hidden))[1] == []


def test_past_its_end_an_event_is_gone_and_not_a_second_before() -> None:
    over = datetime(2026, 12, 18, 2, tzinfo=UTC)
    assert len(read(replace(PAGES, now=over - timedelta(seconds=1)).one(EVENT))[1]) == 1
    assert read(replace(PAGES, now=over).one(EVENT))[1] == []


@pytest.mark.parametrize(
    ("wall", "zone", "expected"),
    [
        ("2027-03-14 02:30", "America/Toronto", "20270314T073000Z"),  # that hour is skipped: the same span later
        ("2026-11-01 01:30", "America/Toronto", "20261101T053000Z"),  # comes twice: the first
        ("2027-03-28 02:30", "Europe/Paris", "20270328T013000Z"),
        ("2027-10-31 02:30", "Europe/Paris", "20271031T003000Z"),
        ("2028-02-29 09:00", "Asia/Shanghai", "20280229T010000Z"),
    ],
)
def test_both_clock_changes_and_a_leap_day(wall: str, zone: str, expected: str) -> None:
    first = datetime.fromisoformat(wall)
    event = replace(EVENT, starts=first, ends=first + timedelta(hours=5), zone=zone, sessions=())
    (entry,) = read(replace(PAGES, now=datetime(2026, 10, 1, tzinfo=UTC)).one(event))[1]
    assert entry["DTSTART"] == expected


@pytest.mark.parametrize("locale", LOCALES)
def test_the_calendar_holds_every_day_as_whole_days(locale: str) -> None:
    head, entries = read(PAGES.all(locale, [EVENT]))
    assert not reveals(" ".join(head.values()))
    assert len(entries) == len(days()) + 1
    for entry in entries[1:]:
        assert entry["RRULE"] == "FREQ=YEARLY"
        assert entry["DTSTART;VALUE=DATE"] < entry["DTEND;VALUE=DATE"]
        assert "LOCATION" not in entry
    sixteen = next(each for each in entries[1:] if each["DTSTART;VALUE=DATE"] == "20261125")
    assert sixteen["DTEND;VALUE=DATE"] == "20261211", "the day after the last"
    day = next(each for each in days() if each.id == "sixteen-days-of-activism")
    assert sixteen["DESCRIPTION"] == f"{day.name[locale]}\n{day.text[locale]}"


@pytest.mark.parametrize("locale", LOCALES)
def test_no_title_reveals_whose_dates_they_are_unless_that_is_wished(locale: str) -> None:
    told = replace(EVENT, title="Sex worker assembly", locale=locale)
    titles = [entry["SUMMARY"] for entry in read(PAGES.all(locale, [told]))[1]]
    assert [title for title in titles if reveals(title)] == []
    assert PAGES.say(locale, "calendar-neutral") in titles
    as_they_are = [entry["SUMMARY"] for entry in read(replace(PAGES, is_open=True).all(locale, [told]))[1]]
    assert as_they_are == [told.title, *(day.name[locale] for day in days())]


def test_the_library_reads_back_what_it_wrote() -> None:
    found = Calendar.from_ical(PAGES.all("en", [EVENT])).walk("VEVENT")
    first = found[0]
    assert (str(first["summary"]), first.decoded("dtstart")) == (EVENT.title, datetime(2026, 12, 17, 23, tzinfo=UTC))
    assert [each.decoded("dtstart") for each in found[1:]] == [day.next(NOW.date())[0] for day in days()]


def test_a_day_keeps_its_uid_for_ever_and_in_every_language() -> None:
    uids = [
        [entry["UID"] for entry in read(replace(PAGES, now=now).all(locale))[1]]
        for now in (NOW, NOW + timedelta(days=500))
        for locale in LOCALES
    ]
    assert all(each == uids[0] for each in uids)


def test_the_last_day_of_february_comes_every_year() -> None:
    leap = Day("leap", {"en": "Leap"}, "02-29", "02-29", {"en": "x"})
    (entry,) = read(replace(PAGES, now=datetime(2027, 1, 1, tzinfo=UTC)).all("en", among=[leap]))[1]
    assert entry["DTSTART;VALUE=DATE"] == "20270228"
    assert set(entry["RRULE"].split(";")) == {"FREQ=YEARLY", "BYMONTH=2", "BYMONTHDAY=-1"}
    assert leap.next(date(2028, 1, 1))[0] == date(2028, 2, 29)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200), st.text(max_size=90))
def test_whatever_was_typed_stays_text(title: str, address: str) -> None:
    """No title makes a line, a property or an entry of its own (`security.md` row 22)."""
    event = replace(EVENT, title=title, address=address)
    (entry,) = read(replace(PAGES, is_open=True).one(event))[1]
    assert set(entry) - {"LOCATION"} == {
        "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "CLASS", "DESCRIPTION",
    }  # fmt: skip
