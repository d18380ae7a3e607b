"""What comes twice, late or in a storm; by a clock of the test's own."""

from datetime import timedelta

from bot.adapters.discord.incoming import EPOCH_MS, made_at
from bot.adapters.discord.pacing import FREE_CONNECTS, MOST_REMEMBERED, MOST_S, Gate, Pacer
from tests.fakes.clock import FakeClock


def snowflake(clock: FakeClock, age_s: float = 0.0, number: int = 0) -> int:
    at_ms = int((clock.now().timestamp() - age_s) * 1000) - EPOCH_MS
    return (at_ms << 22) + number


def test_an_id_says_when_it_was_made() -> None:
    clock = FakeClock()
    assert made_at(snowflake(clock)) == clock.now()


def test_each_event_is_let_in_once_and_none_that_is_late() -> None:
    clock = FakeClock()
    gate = Gate(clock)
    event = snowflake(clock)
    assert [gate.admits(event), gate.admits(event)] == [True, False]
    assert gate.admits(snowflake(clock, 2.9))
    assert not gate.admits(snowflake(clock, 3.2))
    assert 0.5 <= gate.left_s(snowflake(clock, 2.9, 1)) <= 3


def test_a_clock_that_is_ahead_is_found_out_by_an_answer_that_discord_took() -> None:
    clock = FakeClock()
    gate = Gate(clock)
    let_in = [number for number in range(8) if gate.admits(snowflake(clock, 300, number))]
    assert let_in == [3, 7]
    gate.taken(snowflake(clock, 300, 3))
    assert all(gate.admits(snowflake(clock, 300, number)) for number in range(10, 20))
    assert not gate.admits(snowflake(clock, 310, 30))


def test_when_an_event_was_made_is_said_by_the_clock_as_it_was_found_to_go() -> None:
    clock = FakeClock()
    gate = Gate(clock)
    event = snowflake(clock, 7200)
    assert clock.now() - gate.said_at(event) == timedelta(hours=2)
    gate.taken(event)
    assert clock.now() - gate.said_at(event) == timedelta(seconds=1)


def test_what_is_remembered_is_bounded() -> None:
    gate = Gate(FakeClock())
    assert all(gate.is_new(number) for number in range(MOST_REMEMBERED + 5))
    assert gate.is_new(0), "the oldest was forgotten"
    assert not gate.is_new(MOST_REMEMBERED)


async def test_connections_that_do_not_last_are_spread_out() -> None:
    clock = FakeClock()
    pacer = Pacer(clock)
    for _ in range(20):
        await pacer.before_connecting()
    assert len(clock.slept_s) == 20 - FREE_CONNECTS
    assert clock.slept_s[0] < 1
    assert MOST_S * 0.75 <= clock.slept_s[-1] <= MOST_S * 1.25
    clock.advance(timedelta(minutes=5))
    pacer.confirmed()
    slept = len(clock.slept_s)
    await pacer.before_connecting()
    assert len(clock.slept_s) == slept, "a session that Discord confirmed begins anew"


async def test_sessions_that_are_confirmed_and_lost_at_once_are_spread_out_too() -> None:
    clock = FakeClock()
    pacer = Pacer(clock)
    for _ in range(60):
        await pacer.before_connecting()
        pacer.confirmed()
    assert sum(clock.slept_s) > 30
