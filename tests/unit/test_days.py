"""The days of the movement: when they come, and what is proposed."""

from datetime import date, timedelta

import pytest

from bot.announcements.days import PROPOSED, Day, days, due, proposal_id
from bot.announcements.lint import findings
from bot.text.messages import LOCALES


def named(day_id: str) -> Day:
    return next(day for day in days() if day.id == day_id)


def test_every_day_has_a_draft_in_every_language_that_nothing_holds() -> None:
    assert len(days()) == 8
    for day in days():
        assert set(day.text) == set(day.name) == set(LOCALES), day.id
        assert day.sources
        for locale, text in day.text.items():
            assert findings(text, locale, lambda _: "known") == [], (day.id, locale)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 29), (date(2026, 12, 17), date(2026, 12, 17))),
        (date(2026, 12, 17), (date(2026, 12, 17), date(2026, 12, 17))),
        (date(2026, 12, 18), (date(2027, 12, 17), date(2027, 12, 17))),
    ],
)
def test_a_day_comes_every_year(today: date, expected: tuple[date, date]) -> None:
    assert named("intl-day-end-violence-sex-workers").next(today) == expected


@pytest.mark.parametrize(
    ("today", "year"), [(date(2026, 11, 24), 2026), (date(2026, 12, 10), 2026), (date(2026, 12, 11), 2027)]
)
def test_days_in_a_row_are_on_until_their_last(today: date, year: int) -> None:
    assert named("sixteen-days-of-activism").next(today) == (date(year, 11, 25), date(year, 12, 10))


def test_days_over_the_end_of_a_year_and_on_29_february() -> None:
    turn = Day("turn", {"en": "Turn"}, "12-30", "01-02", {"en": "x"})
    assert turn.next(date(2027, 1, 1)) == (date(2026, 12, 30), date(2027, 1, 2))
    assert turn.next(date(2027, 1, 3)) == (date(2027, 12, 30), date(2028, 1, 2))
    leap = Day("leap", {"en": "Leap"}, "02-29", "02-29", {"en": "x"})
    assert leap.next(date(2027, 2, 1))[0] == date(2027, 2, 28)
    assert leap.next(date(2028, 2, 1))[0] == date(2028, 2, 29)


def test_each_day_is_proposed_in_the_fourteen_days_before_and_once() -> None:
    proposed: dict[str, list[date]] = {}
    for offset in range(731):
        today = date(2027, 1, 1) + timedelta(days=offset)
        for day in due(today):
            proposed.setdefault(proposal_id(day, today), []).append(today)
    for found in proposed.values():
        assert found == [found[0] + timedelta(days=each) for each in range(len(found))]
        assert len(found) <= PROPOSED.days + 1
    assert len([each for each in proposed if each.startswith("day/intl-whores-day/")]) == 2


def test_a_draft_goes_out_on_its_day_and_not_after_its_last() -> None:
    draft = named("sixteen-days-of-activism").draft("here", date(2026, 11, 12))
    assert (str(draft.at), str(draft.until)) == ("2026-11-25 09:00:00", "2026-12-10 23:59:00")
    assert (draft.state, draft.approved) == ("draft", ())
