"""The clock the outbox goes by: a jump makes nothing early."""

from datetime import timedelta

import pytest

from bot.outbox.steady import SteadyClock
from tests.fakes.clock import FakeClock

HOUR = timedelta(hours=1)


def test_time_that_is_lived_through_is_followed(clock: FakeClock) -> None:
    steady = SteadyClock(clock)
    clock.advance(timedelta(days=40))
    assert steady.now() == clock.now()


def test_small_corrections_are_followed_both_ways(clock: FakeClock) -> None:
    steady = SteadyClock(clock)
    for minutes in (4, -4, 3, -5):
        clock.jump(timedelta(minutes=minutes))
        assert steady.now() == clock.now()


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(days=366), timedelta(minutes=6)])
def test_a_clock_set_ahead_is_not_believed_for_a_day(clock: FakeClock, jump: timedelta) -> None:
    steady, before = SteadyClock(clock), clock.now()
    clock.jump(jump)
    assert steady.now() == before
    clock.advance(23 * HOUR)
    assert steady.now() == before + 23 * HOUR
    clock.advance(HOUR)
    assert steady.now() == clock.now()


def test_a_clock_set_back_is_believed_at_once_and_makes_nothing_early(clock: FakeClock) -> None:
    steady = SteadyClock(clock)
    clock.jump(timedelta(days=-1))
    assert steady.now() == clock.now()


def test_a_jump_that_is_mended_is_forgotten(clock: FakeClock) -> None:
    steady, before = SteadyClock(clock), clock.now()
    clock.jump(timedelta(days=365))
    assert steady.now() == before
    clock.jump(timedelta(days=-365))
    clock.advance(HOUR)
    assert steady.now() == clock.now() == before + HOUR
