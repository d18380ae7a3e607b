"""Reminders a person asks for: private, once, and nothing of them afterwards; on every database."""

import secrets
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.announcements.reminding import Reminding
from bot.core.clock import Clock
from bot.core.reply import Reply
from bot.core.request import RoomRef
from bot.outbox.steady import SteadyClock
from bot.storage import retention
from bot.storage.cases import StoredCases
from bot.storage.events import StoredEvents
from bot.storage.open import Storage
from bot.storage.reminders import StoredReminders, reminders
from bot.vetting.model import Case, NewCase, Outcome
from tests.contract.test_announcements import delivered
from tests.contract.test_events import WHEN, published
from tests.fakes.boards import PERSON, ROWAN, Desk, action, words
from tests.fakes.clock import FakeClock

HERS = "!dm-hers:example.org"
TO_THE_DAY = timedelta(days=25, hours=11)
"""From the start of a test to a day before the event."""


@pytest.fixture
def desk(storage: Storage, clock: FakeClock) -> Desk:
    return Desk(storage, clock)


def offered(reply: Reply) -> list[tuple[str, ...]]:
    return [each.args for each in reply.actions if each.id == "remind"]


async def kept(desk: Desk) -> int:
    async with desk.storage.database.read() as connection:
        return await connection.scalar(select(func.count()).select_from(reminders)) or 0


async def told(desk: Desk, clock: Clock | None = None) -> int:
    events = StoredEvents(desk.storage.database, desk.clock)
    reminding = Reminding(
        StoredReminders(desk.storage.database, desk.clock), events, desk.tools.messages.say, clock or desk.clock
    )
    return await reminding.tell(await events.coming())


async def test_it_is_told_once_in_her_room_and_language_and_then_erased(desk: Desk) -> None:
    code = await published(desk)
    assert offered(await desk.do(PERSON, "event.show", code, room=HERS)) == [(code, "day"), (code, "hours")]
    assert "once" in words(await desk.do(PERSON, "remind", code, "day", room=HERS, locale="en"))
    await desk.do(PERSON, "remind", code, "day", room=HERS, locale="fr")
    assert await kept(desk) == 1, "pressed twice is asked once"
    desk.clock.advance(TO_THE_DAY - timedelta(minutes=1))
    assert await told(desk) == 0
    desk.clock.advance(timedelta(minutes=1))
    assert await told(desk) == 1
    assert (await kept(desk), await told(desk)) == (0, 0)
    (said,) = (await delivered(desk)).texts(HERS)
    assert said == "Tu as demandé un rappel : 2026-12-17 18:00 – 21:00 (America/Toronto). Tea and legal questions"


async def test_a_title_that_reveals_something_is_on_no_locked_screen(desk: Desk) -> None:
    code = await published(desk, title="Sex worker assembly")
    await desk.do(PERSON, "remind", code, "day", room=HERS)
    desk.clock.advance(TO_THE_DAY)
    await told(desk)
    assert (await delivered(desk)).texts(HERS) == [
        "You asked to be reminded: 2026-12-17 18:00 – 21:00 (America/Toronto)."
    ]


async def test_it_moves_with_the_event_and_waits_while_that_is_worked_on(desk: Desk) -> None:
    code = await published(desk)
    await desk.do(PERSON, "remind", code, "hours", room=HERS)
    desk.clock.advance(TO_THE_DAY + timedelta(hours=22))
    await desk.do(ROWAN, "event.write", code, **{**WHEN, "starts": "2026-12-17 20:00", "ends": "22:00"})
    assert await told(desk) == 0


@pytest.mark.parametrize("jump", [timedelta(days=25), timedelta(days=25, hours=20), timedelta(days=365)])
async def test_a_clock_that_jumps_ahead_tells_nobody_early_and_forgets_nobody(desk: Desk, jump: timedelta) -> None:
    code, steady = await published(desk), SteadyClock(desk.clock)
    await desk.do(PERSON, "remind", code, "day", room=HERS)
    desk.clock.jump(jump)
    assert await told(desk, steady) == 0
    desk.clock.advance(timedelta(hours=3))
    desk.clock.jump(-jump)
    assert (await told(desk, steady), await kept(desk)) == (0, 1)
    desk.clock.advance(TO_THE_DAY - timedelta(hours=3))
    assert await told(desk, steady) == 1


async def test_a_clock_set_back_tells_nobody_twice(desk: Desk) -> None:
    code, steady = await published(desk), SteadyClock(desk.clock)
    await desk.do(PERSON, "remind", code, "day", room=HERS)
    desk.clock.advance(TO_THE_DAY)
    assert await told(desk, steady) == 1
    for back in (timedelta(hours=2), timedelta(days=1), timedelta(days=365)):
        desk.clock.jump(-back)
        assert await told(desk, steady) == 0
        desk.clock.jump(back)
    assert await told(desk, steady) == 0
    assert len((await delivered(desk)).texts(HERS)) == 1


@pytest.mark.parametrize("act", [("event.gone",), ("remind.stop",)])
async def test_taken_back_it_is_never_told(desk: Desk, act: tuple[str]) -> None:
    code = await published(desk)
    await desk.do(PERSON, "remind", code, "day", room=HERS)
    await desk.do(ROWAN, act[0], code, room=HERS)
    desk.clock.advance(TO_THE_DAY)
    assert await told(desk) == 0
    desk.clock.advance(timedelta(days=30))
    await retention.expire(desk.storage.database, desk.clock.now())
    assert await kept(desk) == 0


async def test_not_in_a_room_not_too_late_and_not_for_longer_than_it_may_be_kept(desk: Desk) -> None:
    code, far = await published(desk), await published(desk, starts="2027-02-01 18:00")
    assert offered(await desk.do(PERSON, "event.show", far, room=HERS)) == []
    await desk.do(PERSON, "remind", far, "day", room=HERS)
    await desk.do(PERSON, "remind", code, "day", room="!public:example.org")
    desk.clock.advance(TO_THE_DAY)
    assert offered(await desk.do(PERSON, "event.show", code, room=HERS)) == [(code, "hours")]
    assert "not later" in words(await desk.do(PERSON, "remind", code, "day", room=HERS))
    assert await kept(desk) == 0


async def test_nothing_kept_names_her_room_in_the_clear(desk: Desk) -> None:
    code = await published(desk)
    await desk.do(PERSON, "remind", code, "day", room=HERS)
    async with desk.storage.database.read() as connection:
        rows = (await connection.execute(select(reminders))).all()
    assert HERS not in repr(rows)
    assert HERS.encode() not in rows[0].told


async def test_privacy_names_what_she_asked_for_and_erases_it_and_nothing_of_others(desk: Desk) -> None:
    other = "!dm-other:example.org"
    assert "asked me to keep nothing" in words(await desk.do(PERSON, "privacy", room=HERS))
    code = await published(desk)
    for room in (HERS, other):
        await desk.do(PERSON, "remind", code, "day", room=room)
        await case_to_tell(desk, room)
    shown = await desk.do(PERSON, "privacy", room=HERS)
    assert f"A reminder: 2026-12-17 18:00 – 21:00 (America/Toronto) {WHEN['title']}" in words(shown)
    assert "tell you: 1" in words(shown)
    erase = action(shown, "privacy.erase")
    assert "in private" in words(await desk.do(PERSON, erase.id, room="!open:example.org"))
    assert "It is erased" in words(await desk.do(PERSON, erase.id, room=HERS))
    assert "asked me to keep nothing" in words(await desk.do(PERSON, "privacy", room=HERS))
    assert "tell you: 1" in words(await desk.do(PERSON, "privacy", room=other))
    assert await kept(desk) == 1
    assert "A reminder" not in words(await desk.do(PERSON, "privacy", room="!open:example.org"))


async def case_to_tell(desk: Desk, room: str) -> None:
    """A suggestion whose end is to be told in that room."""
    cases = StoredCases(desk.storage.database, desk.clock)
    today, told = desk.clock.now().date(), RoomRef("matrix", room)
    new = NewCase(Case(secrets.token_hex(16), "", "suggestion", "here", today, tell=told), secrets.token_hex(8))
    await cases.open(new, lambda made, _: Outcome(made))
