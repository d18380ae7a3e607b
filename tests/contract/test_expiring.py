"""A clock that jumps empties nothing at once: whoever runs the bot is asked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.core.ports import PendingEvent
from bot.storage import handled_events, retention
from bot.storage.open import Storage
from tests.fakes.clock import FakeClock

MANY, DAY, YEARS = 50, timedelta(days=1), timedelta(days=3650)


class Rounds:
    """Rounds of the expiry, as many as are asked for."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self.files = 0

    def expired_files(self, _: object) -> int:
        self.files += 1
        return 0

    async def pass_by(self, count: int = 3) -> None:
        until = len(self._clock.slept_s) + count
        while len(self._clock.slept_s) < until:
            await asyncio.sleep(0.001)


@asynccontextmanager
async def expiring(storage: Storage, clock: FakeClock) -> AsyncIterator[Rounds]:
    rounds = Rounds(clock)
    task = asyncio.create_task(retention.keep_expiring(storage.database, clock, rounds.expired_files))
    try:
        await rounds.pass_by()
        yield rounds
    finally:
        task.cancel()
        await asyncio.wait([task])


async def fill(storage: Storage, clock: FakeClock, count: int = MANY) -> None:
    async with storage.database.write() as connection:
        for number in range(count):
            await handled_events.note(connection, storage.database, "matrix", f"$e{number}", clock)
    await storage.pending.keep([PendingEvent("$waits", "{}", clock.now())])


async def left(storage: Storage) -> int:
    async with storage.database.read() as connection:
        return await connection.scalar(select(func.count()).select_from(handled_events.handled_events)) or 0


async def test_after_a_jump_most_of_a_table_stays_until_somebody_says_so(storage: Storage, clock: FakeClock) -> None:
    await fill(storage, clock)
    async with expiring(storage, clock) as rounds:
        clock.jump(YEARS)
        await rounds.pass_by()
        clock.advance(2 * DAY)
        files = rounds.files
        await rounds.pass_by()
        assert await left(storage) == MANY
        assert rounds.files == files, "backups are not deleted by a clock in doubt"
        assert await storage.pending.waiting() == [], "what lives for a day goes all the same"
        assert await retention.confirm(storage.database, clock.now()) == MANY
        await rounds.pass_by()
        assert rounds.files > files
        await fill(storage, clock)
        clock.advance(15 * DAY)
        await rounds.pass_by()
        assert await left(storage) == 0, "and it goes on by itself"


async def test_an_answer_counts_at_once(storage: Storage, clock: FakeClock) -> None:
    await fill(storage, clock)
    async with expiring(storage, clock) as rounds:
        clock.jump(YEARS)
        await rounds.pass_by()
        files = rounds.files
        await retention.confirm(storage.database, clock.now())
        await rounds.pass_by()
        assert rounds.files > files


async def test_without_an_answer_it_waits_a_week_and_no_longer(storage: Storage, clock: FakeClock) -> None:
    await fill(storage, clock)
    async with expiring(storage, clock) as rounds:
        clock.jump(YEARS)
        await rounds.pass_by()
        clock.advance(6 * DAY)
        await rounds.pass_by()
        assert await left(storage) == MANY
        clock.advance(DAY)
        await rounds.pass_by()
        assert await left(storage) == 0


@pytest.mark.parametrize("count", [5, MANY])
async def test_a_start_with_a_clock_far_ahead_asks_too(storage: Storage, clock: FakeClock, count: int) -> None:
    """The jump came while no bot ran; a handful of rows is not asked about."""
    async with expiring(storage, clock):
        pass
    await fill(storage, clock, count)
    clock.jump(YEARS)
    async with expiring(storage, clock):
        assert await left(storage) == (0 if count == 5 else MANY)


async def test_time_that_is_lived_through_asks_nothing(storage: Storage, clock: FakeClock) -> None:
    await fill(storage, clock)
    async with expiring(storage, clock) as rounds:
        clock.advance(15 * DAY)
        await rounds.pass_by()
        assert await left(storage) == 0


async def test_a_clock_set_back_deletes_nothing_early(storage: Storage, clock: FakeClock) -> None:
    await fill(storage, clock)
    async with expiring(storage, clock) as rounds:
        clock.jump(-DAY)
        await rounds.pass_by()
        clock.jump(DAY)
        await rounds.pass_by()
        assert await left(storage) == MANY


async def test_a_jump_of_a_day_takes_what_is_due_after_it(storage: Storage, clock: FakeClock) -> None:
    """Less than a fifth is due: no question, only the day of waiting."""
    await fill(storage, clock, 10)
    clock.advance(12 * DAY + timedelta(hours=20))
    await fill(storage, clock)
    async with expiring(storage, clock) as rounds:
        clock.jump(DAY)
        await rounds.pass_by()
        assert await left(storage) == MANY
        clock.advance(DAY)
        await rounds.pass_by()
        assert await left(storage) == MANY - 10
