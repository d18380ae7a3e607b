"""What the outbox promises, the same on every database."""

import asyncio
from datetime import timedelta
from typing import Literal

import pytest

from bot.core.reply import Action, Reply
from bot.core.request import RoomRef
from bot.outbox.model import Delivery, Kind, MessageRef, Outgoing, Progress
from bot.outbox.ports import RefusedError
from bot.outbox.worker import Worker
from bot.storage import deliveries
from bot.storage.open import Storage
from tests.fakes.clock import FakeClock
from tests.fakes.outbox import FakeSender, says, text_of, to_rooms

ROOM = RoomRef("test", "room0")
MINUTE = timedelta(minutes=1)


async def test_rows_are_new_once(storage: Storage, clock: FakeClock) -> None:
    assert await storage.outbox.add([*to_rooms("announcement/1", 150)]) == 150
    assert await storage.outbox.add([*to_rooms("announcement/1", 151)]) == 1
    claimed = await storage.outbox.claim(["test"], clock.now(), 300)
    assert len({each.key for each in claimed}) == 151
    assert all(len(each.key) <= 25 and each.key.isalnum() for each in claimed)


async def test_a_cause_that_is_undone_says_nothing(storage: Storage, clock: FakeClock) -> None:
    async def undone() -> None:
        async with storage.database.write() as connection:
            await deliveries.add(connection, storage.database, to_rooms("announcement/1", 3), clock.now())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await undone()
    assert await storage.outbox.claim(["test"], clock.now(), 9) == []


async def test_what_is_claimed_is_held_until_its_lease_is_over(storage: Storage, clock: FakeClock) -> None:
    await storage.outbox.add([*to_rooms("c", 1)])
    (first,) = await storage.outbox.claim(["test"], clock.now(), 9)
    assert (first.attempts, first.was_unanswered) == (1, False)
    assert await storage.outbox.claim(["test"], clock.now() + timedelta(seconds=118), 9) == []
    (again,) = await storage.outbox.claim(["test"], clock.now() + timedelta(seconds=121), 9)
    assert (again.attempts, again.was_unanswered, again.key) == (2, True, first.key)
    assert again.first_tried_at == first.first_tried_at


async def test_only_the_platforms_asked_for_are_claimed(storage: Storage, clock: FakeClock) -> None:
    await storage.outbox.add([*to_rooms("c", 2, "matrix"), *to_rooms("c", 2, "discord")])
    assert {each.outgoing.room.platform for each in await storage.outbox.claim(["matrix"], clock.now(), 9)} == {
        "matrix"
    }
    assert await storage.outbox.next_due(["matrix"]) == clock.now() + timedelta(seconds=120)
    assert await storage.outbox.next_due(["nowhere"]) is None


async def test_two_processes_never_claim_the_same(storage: Storage, other_storage: Storage, clock: FakeClock) -> None:
    await storage.outbox.add([*to_rooms("c", 60)])

    async def all_of(at: Storage) -> list[int]:
        claimed: list[int] = []
        while found := await at.outbox.claim(["test"], clock.now(), 5):
            claimed += [each.id for each in found]
        return claimed

    one, two = await asyncio.gather(all_of(storage), all_of(other_storage))
    assert len(one) + len(two) == len({*one, *two}) == 60


def said(cause: str, kind: Kind = "review", text: str = "hello") -> Outgoing:
    return Outgoing(cause, ROOM, says(text), kind)


async def test_in_a_room_one_after_the_other_and_the_pressing_first(storage: Storage, clock: FakeClock) -> None:
    await storage.outbox.add(
        [said("a/1", "announcement"), said("a/2", "announcement"), said("r", "review"), said("n", "notice")]
    )
    order = []
    while claimed := await storage.outbox.claim(["test"], clock.now(), 9):
        (each,) = claimed
        order.append(each.outgoing.cause)
        await storage.outbox.sent(each, MessageRef(ROOM, each.outgoing.cause), clock.now())
    assert order == ["n", "r", "a/1", "a/2"]


async def test_what_waits_after_a_try_holds_its_kind_back_and_no_other(storage: Storage, clock: FakeClock) -> None:
    await storage.outbox.add([said("a/1", "announcement"), said("a/2", "announcement")])
    (first,) = await storage.outbox.claim(["test"], clock.now(), 9)
    await storage.outbox.later(first, clock.now() + MINUTE, unanswered=False)
    assert await storage.outbox.claim(["test"], clock.now(), 9) == []
    await storage.outbox.add([said("n", "notice")])
    (notice,) = await storage.outbox.claim(["test"], clock.now(), 9)
    assert notice.outgoing.cause == "n"
    await storage.outbox.sent(notice, MessageRef(ROOM, "1"), clock.now())
    (again,) = await storage.outbox.claim(["test"], clock.now() + MINUTE, 9)
    assert (again.outgoing.cause, again.was_unanswered) == ("a/1", False)


async def test_an_hour_of_its_own_is_kept_and_holds_nothing_back(storage: Storage, clock: FakeClock) -> None:
    at = clock.now() + MINUTE + timedelta(microseconds=1)
    await storage.outbox.add([Outgoing("later", ROOM, says("x"), not_before=at), said("now")])
    (now,) = await storage.outbox.claim(["test"], clock.now(), 9)
    assert now.outgoing.cause == "now"
    await storage.outbox.sent(now, MessageRef(ROOM, "1"), clock.now())
    assert await storage.outbox.claim(["test"], clock.now() + MINUTE, 9) == []
    assert await storage.outbox.next_due(["test"]) == clock.now() + MINUTE + timedelta(seconds=1)
    (later,) = await storage.outbox.claim(["test"], clock.now() + MINUTE + timedelta(seconds=1), 9)
    assert later.outgoing.cause == "later"


async def test_what_is_too_late_is_cancelled_and_counted(storage: Storage, clock: FakeClock) -> None:
    await storage.outbox.add([Outgoing("c", ROOM, says("x"), expires_at=clock.now() + MINUTE)])
    assert await storage.outbox.claim(["test"], clock.now() + MINUTE, 9) == []
    assert await storage.outbox.progress("c") == Progress(cancelled=1)


async def test_progress_counts_what_is_below_and_no_other(storage: Storage, clock: FakeClock) -> None:
    for cause in ("announcement/1/en", "announcement/1/fr", "announcement/12/fr", "announcementX1/en"):
        await storage.outbox.add([*to_rooms(cause, 2)])
    claimed = await storage.outbox.claim(["test"], clock.now(), 1)
    await storage.outbox.failed(claimed[0], "no-permission", clock.now())
    assert await storage.outbox.progress("announcement/1") == Progress(
        queued=3, failed=1, failures=(("no-permission", 1),)
    )
    assert await storage.outbox.cancel("announcement/1", clock.now()) == 3
    assert await storage.outbox.progress("announcement/12") == Progress(queued=2)


async def test_what_arrived_is_found_by_its_message_and_only_its_actions_stay(
    storage: Storage, clock: FakeClock
) -> None:
    actions = (Action("review.approve", "Approve", ("K7Q2",)),)
    await storage.outbox.add(
        [Outgoing("case/K7Q2", ROOM, Reply(says("words").blocks, actions, audience="room"), "review")]
    )
    (claimed,) = await storage.outbox.claim(["test"], clock.now(), 9)
    message = MessageRef(ROOM, "m1")
    await storage.outbox.sent(claimed, message, clock.now())
    assert await storage.outbox.said_at(message) == ("case/K7Q2", Reply((), actions, audience="room"))
    assert await storage.outbox.said_at(MessageRef(ROOM, "m2")) is None
    assert await storage.outbox.messages_of("case") == [message]


async def test_a_moderator_settles_what_is_uncertain_once(storage: Storage, clock: FakeClock) -> None:
    await storage.outbox.add([*to_rooms("c", 2)])
    one, two = await storage.outbox.claim(["test"], clock.now(), 9)
    for each in (one, two):
        await storage.outbox.uncertain(each, clock.now(), [said(f"uncertain/{each.id}", "review")])
    assert (await storage.outbox.progress("c")).uncertain == 2
    assert (await storage.outbox.progress("uncertain")).queued == 2
    assert await storage.outbox.settle(one.id, arrived=True, by="Ash", now=clock.now())
    assert not await storage.outbox.settle(one.id, arrived=False, by="Birch", now=clock.now())
    assert await storage.outbox.settle(two.id, arrived=False, by="Birch", now=clock.now())
    again = [each for each in await storage.outbox.claim(["test"], clock.now(), 9) if each.outgoing.cause == "c"]
    assert [(each.id, each.key, each.was_unanswered) for each in again] in ([], [(two.id, two.key, False)])
    assert (await storage.outbox.progress("c")).sent == 1


async def test_a_change_reaches_the_message_and_only_the_newest_goes_out(storage: Storage, clock: FakeClock) -> None:
    sender = FakeSender()
    worker = Worker(storage.outbox, [sender], clock)
    await storage.outbox.add([said("c", text="first")])
    await worker.deliver_due()
    for version in (1, 2):
        await storage.outbox.add([Outgoing("c", ROOM, says(f"v{version}"), act="change", version=version)])
    assert await worker.deliver_due() == 1
    assert sender.rooms.texts("room0") == ["v2"]
    await storage.outbox.add([Outgoing("c", ROOM, says(""), act="withdraw")])
    await worker.deliver_due()
    assert sender.rooms.texts("room0") == []
    assert await storage.outbox.messages_of("c") == []


async def test_a_change_before_the_message_went_out_takes_its_place(storage: Storage, clock: FakeClock) -> None:
    sender = FakeSender()
    worker = Worker(storage.outbox, [sender], clock)
    await storage.outbox.add([said("c", text="first"), said("d")])
    assert await storage.outbox.add([Outgoing("c", ROOM, says("mended"), act="change", version=1)]) == 0
    assert await storage.outbox.add([Outgoing("d", ROOM, says(""), act="withdraw")]) == 0
    assert await worker.deliver_due() == 1
    assert sender.rooms.texts("room0") == ["mended"]


async def test_a_change_of_what_was_never_said_is_dropped(storage: Storage, clock: FakeClock) -> None:
    assert await storage.outbox.add([Outgoing("c", ROOM, says("x"), act="change", version=1)]) == 0
    assert await storage.outbox.claim(["test"], clock.now(), 9) == []


async def documents(storage: Storage) -> str:
    """Everything that is still kept of documents, opened."""
    async with storage.database.read() as connection:
        rows = (await connection.execute(deliveries.deliveries.select())).all()
    return " ".join(text_of(deliveries.opened(storage.keys, row)[1]) for row in rows)


@pytest.mark.parametrize("fate", ["untried", "unanswered", "in hand", "uncertain", "arrived"])
@pytest.mark.parametrize("act", ["change", "withdraw"])
async def test_no_text_of_before_stays_once_it_is_changed(
    storage: Storage, clock: FakeClock, fate: str, act: Literal["change", "withdraw"]
) -> None:
    """However far the message is: what was decided or taken back is in no row, and the room ends with the newest."""
    sender = FakeSender()
    await storage.outbox.add([said("c", text="secret")])
    if fate != "untried":
        (claimed,) = await storage.outbox.claim(["test"], clock.now(), 9)
        match fate:
            case "unanswered":
                await storage.outbox.later(claimed, clock.now(), unanswered=True)
            case "uncertain":
                await storage.outbox.uncertain(claimed, clock.now())
            case "arrived":
                await storage.outbox.sent(claimed, sender.rooms.say(claimed), clock.now())
    older = Outgoing("c", ROOM, says("secret too"), act="change", version=1)
    await storage.outbox.add([older])
    await storage.outbox.add([Outgoing("c", ROOM, says("decided"), act=act, version=2)])
    assert "secret" not in await documents(storage)
    clock.advance(timedelta(minutes=3))
    if fate == "uncertain":
        await storage.outbox.settle(1, arrived=False, by="Ash", now=clock.now())
    await Worker(storage.outbox, [sender], clock).deliver_due()
    assert sender.rooms.texts("room0") == (["decided"] if act == "change" else [])


async def test_a_notice_to_a_person_leaves_nothing(storage: Storage, clock: FakeClock) -> None:
    sender = FakeSender(before=refused)
    to = [
        Outgoing("told/1", RoomRef("test", "@1"), says("x")),
        Outgoing("told/1", RoomRef("test", "@closed"), says("x")),
    ]
    await storage.outbox.add(to)
    await Worker(storage.outbox, [sender], clock).deliver_due()
    assert sender.rooms.texts("@1") == ["x"]
    async with storage.database.read() as connection:
        assert (await connection.execute(deliveries.deliveries.select())).all() == []


def refused(delivery: Delivery) -> None:
    if delivery.outgoing.room.id == "@closed":
        raise RefusedError("closed")


async def test_a_row_that_cannot_be_read_stops_no_other(storage: Storage, clock: FakeClock) -> None:
    await storage.outbox.add([*to_rooms("c", 3)])
    async with storage.database.write() as connection:
        broken = deliveries.deliveries.update().where(deliveries.c.id == 2).values(reply=b"broken")
        await connection.execute(broken)
    assert len(await storage.outbox.claim(["test"], clock.now(), 9)) == 2
    assert (await storage.outbox.progress("c")).failures == (("unreadable", 1),)


async def test_a_waiting_worker_hears_of_new_rows(storage: Storage, other_storage: Storage) -> None:
    async with storage.outbox.listening():
        at = other_storage if not storage.database.is_sqlite else storage
        waiting = asyncio.create_task(storage.outbox.wait())
        await asyncio.sleep(0.05)
        await at.outbox.add([*to_rooms("c", 1)])
        async with asyncio.timeout(2):
            await waiting


async def test_writes_at_the_same_time_all_count(storage: Storage, clock: FakeClock) -> None:
    await storage.outbox.add([*to_rooms("c", 40)])
    claimed = await storage.outbox.claim(["test"], clock.now(), 40)
    await asyncio.gather(*(storage.outbox.sent(each, MessageRef(each.outgoing.room, str(each.id)), clock.now())
                           for each in claimed))  # fmt: skip
    assert await storage.outbox.progress("c") == Progress(sent=40)
