"""What a room wants to hear, and what becomes of it when that changes or the bot may not write there; on every database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.announcements.model import Subscription
from bot.core.request import RoomRef
from bot.outbox.model import Outgoing, Progress
from bot.outbox.ports import RefusedError
from bot.outbox.worker import Worker
from bot.storage.open import Storage
from bot.storage.subscriptions import StoredSubscriptions
from tests.contract.test_announcements import TEXT, delivered, published, subscribed, written
from tests.fakes.boards import ALEX, KEEPER, ROWAN, Desk, words
from tests.fakes.clock import FakeClock
from tests.fakes.outbox import FakeSender, says


@pytest.fixture
def desk(storage: Storage, clock: FakeClock) -> Desk:
    return Desk(storage, clock)


def rooms_of(desk: Desk) -> StoredSubscriptions:
    return StoredSubscriptions(desk.storage.database, desk.clock)


async def test_a_room_that_hears_nothing_more_hears_nothing_that_waits_and_its_copies_follow(desk: Desk) -> None:
    for room in ("!one:x", "!two:x"):
        await subscribed(desk, room)
    said = await published(desk)
    later = await published(desk, at="2026-11-25 10:00")
    rooms = await delivered(desk)
    await desk.do(KEEPER, "subscribe.stop", room="!one:x")
    assert "Waiting: 1." in words(await desk.do(ROWAN, "announce.open", later))
    await desk.do(ROWAN, "announce.gone", said)
    await desk.wait(days=5)
    await delivered(desk, rooms)
    assert rooms.texts("!one:x") == [], "what was said there was taken back, and nothing came after"
    assert len(rooms.texts("!two:x")) == 1


async def test_what_waits_follows_what_a_room_wants_and_who_comes_before_its_hour_hears_it(desk: Desk) -> None:
    await subscribed(desk, "!one:x")
    code = await written(desk, at="2026-11-23 09:00", topic="legal help")
    await desk.do(ROWAN, "announce.text", code, "fr", text="Veillée le 17 décembre.")
    await desk.do(ROWAN, "announce.submit", code)
    await desk.do(ALEX, "announce.approve", code, "1")
    past = await published(desk)
    rooms = await delivered(desk)
    await subscribed(desk, "!one:x", "fr", zone="America/Toronto", quiet="22-10")
    await subscribed(desk, "!new:x", "en", zone="Europe/Paris")
    await subscribed(desk, "!housing:x", topics="housing")
    heard = {}
    for hour in range(72):
        await delivered(desk, rooms)
        heard[hour] = [
            room for room in ("!one:x", "!new:x", "!housing:x") if len(rooms.texts(room)) > (room == "!one:x")
        ]
        await desk.wait(hours=1)
    # 23 November, 08:00 UTC is nine in Paris; 15:00 UTC ten in Toronto, the end of its quiet hours.
    assert (heard[43], heard[44], heard[50], heard[51]) == ([], ["!new:x"], ["!new:x"], ["!one:x", "!new:x"])
    assert rooms.texts("!one:x")[1:] == ["Veillée le 17 décembre."]
    assert rooms.texts("!new:x") == [TEXT]
    await subscribed(desk, "!one:x", "en", zone="Pacific/Pago_Pago")
    await subscribed(desk, "!new:x", topics="housing")
    await delivered(desk, rooms)
    assert (len(rooms.texts("!one:x")), len(rooms.texts("!new:x"))) == (2, 1), "nothing twice, nothing that is over"
    assert past


async def test_a_room_that_wakes_earlier_hears_it_earlier_and_one_that_wants_no_more_of_it_does_not(desk: Desk) -> None:
    for room in ("!wakes:x", "!turns:x"):
        await subscribed(desk, room, quiet="8-20")
    code = await written(desk, topic="legal help", until="2026-11-23 09:00")
    await desk.do(ROWAN, "announce.submit", code)
    await desk.do(ALEX, "announce.approve", code, "1")
    await subscribed(desk, "!wakes:x")
    await subscribed(desk, "!turns:x", topics="housing", quiet="8-20")
    rooms = await delivered(desk)
    assert rooms.texts("!wakes:x") == [TEXT]
    await desk.wait(days=2)
    await delivered(desk, rooms)
    assert rooms.texts("!wakes:x") == [f"(This is over.) {TEXT}"]
    assert rooms.texts("!turns:x") == []


async def test_while_a_correction_waits_a_new_room_hears_what_was_approved(desk: Desk) -> None:
    await subscribed(desk, "!one:x")
    code = await published(desk, at="2026-11-23 09:00")
    await desk.do(ROWAN, "announce.correct", code, en="Not approved.")
    await subscribed(desk, "!two:x")
    await desk.wait(days=3)
    rooms = await delivered(desk)
    assert rooms.texts("!one:x") == rooms.texts("!two:x") == [TEXT]


async def test_a_weekly_list_that_waits_goes_when_none_is_wanted(desk: Desk) -> None:
    await subscribed(desk, "!one:x")
    await desk.do(KEEPER, "subscribe.digest", "on", room="!one:x")
    morning = desk.clock.now() + timedelta(hours=9)
    row = Outgoing("digest/2026-11-16", RoomRef("matrix", "!one:x"), says("x"), "announcement", not_before=morning)
    other = replace(row, cause="other")
    await desk.storage.outbox.add([row, other])
    await desk.do(KEEPER, "subscribe.digest", "off", room="!one:x")
    assert await desk.storage.outbox.progress("digest") == Progress()
    assert (await desk.storage.outbox.progress("other")).queued == 1


async def test_a_calendar_that_is_set_anew_has_nothing_left_of_what_it_wanted_before(desk: Desk) -> None:
    calendar, outbox = RoomRef("discord", "%7"), desk.storage.outbox
    row = Outgoing("gathering/K7Q2/v1", calendar, says("x"), "announcement")
    await outbox.add([row])
    await rooms_of(desk).put(Subscription(calendar, is_calendar=True, server="7"))
    assert await outbox.progress("gathering") == Progress()
    assert await outbox.add([row]) == 1, "and can be filled anew"


async def test_all_rooms_of_a_server_that_was_left_are_forgotten(desk: Desk) -> None:
    rooms, outbox = rooms_of(desk), desk.storage.outbox
    for number, server in enumerate(("7", "7", "8", "")):
        room = RoomRef("discord", f"room{number}")
        await rooms.put(Subscription(room, server=server))
        await outbox.add([Outgoing("x", room, says("x"), "announcement")])
    assert await desk.storage.rooms.servers("discord") == {"7", "8"}
    assert await desk.storage.rooms.servers("matrix") == frozenset()
    await desk.storage.rooms.left("discord", ["%7"], "7")
    assert {each.room.id for each in await rooms.all()} == {"room2", "room3"}
    assert await outbox.progress("x") == Progress(queued=2, failed=2, failures=(("no-room", 2),))


@pytest.mark.parametrize(("code", "stays", "said"), [
    ("no-permission", True, "I may not write there: 1"), ("no-room", False, "the room is gone: 1"),
])  # fmt: skip
async def test_a_right_may_come_back_and_a_room_that_is_gone_does_not(
    desk: Desk, code: str, said: str, *, stays: bool
) -> None:
    def refuses(_: object) -> None:
        raise RefusedError(code)

    await subscribed(desk, "!one:x")
    announced = await published(desk)
    door = FakeSender(platform="matrix", before=refuses)
    await Worker(desk.storage.outbox, [door], desk.clock).deliver_due()
    assert said in words(await desk.do(ROWAN, "announce.open", announced))
    assert door.tried.count("!one:x") == 1, "refused is refused, and not tried again"
    assert bool(await rooms_of(desk).all()) is stays
