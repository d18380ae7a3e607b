"""What rooms and authors are told of how far something is: late, new, not arrived; on every database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.adapters.discord.outgoing import pages
from bot.announcements.days import days
from bot.announcements.late import SayingSo
from bot.announcements.lint import MOST_CHARACTERS
from bot.core.moderators import Standing
from bot.directory.changes import Change
from bot.directory.index import Index
from bot.directory.model import Check, CheckOutcome, Resource
from bot.directory.write import dump
from bot.handlers.digest import LONGEST_URL, MOST, Digests, first_put
from bot.outbox.model import HANDING_ON, Delivery
from bot.outbox.ports import LaterError, RefusedError, UnansweredError
from bot.outbox.steady import SteadyClock
from bot.outbox.worker import Worker
from bot.storage import retention
from bot.storage.announcements import StoredAnnouncements
from bot.storage.open import Storage
from bot.storage.sync_state import StoredSyncState
from tests.contract.test_announcements import TEXT, published, subscribed, written
from tests.fakes.boards import ALEX, KEEPER, ROWAN, Desk, action, words
from tests.fakes.clock import FakeClock
from tests.fakes.outbox import FakeSender, loses_answer

MONDAY = date(2026, 11, 23)


@pytest.fixture
def desk(storage: Storage, clock: FakeClock) -> Desk:
    return Desk(storage, clock)


def worker(desk: Desk, door: FakeSender) -> Worker:
    """As a running bot has it."""
    return Worker(desk.storage.outbox, [SayingSo(door, SteadyClock(desk.clock))], desk.clock)


async def test_what_comes_late_says_so_and_a_few_minutes_are_no_delay(desk: Desk) -> None:
    for room, language, zone in (("!toronto:x", "en", "America/Toronto"), ("!paris:x", "fr", "Europe/Paris")):
        await subscribed(desk, room, language, zone=zone)
    code = await published(desk, at="2026-11-23 09:00")
    door = FakeSender(platform="matrix")
    assert "Late" not in words(await desk.do(ROWAN, "announce.open", code))
    await desk.wait(hours=52)  # eleven in Toronto, five in the afternoon in Paris
    waits = words(await desk.do(ROWAN, "announce.open", code))
    assert "Sent: 0. Waiting: 2." in waits
    assert "Late by more than 15 minutes, sent or waiting: 2." in waits
    await worker(desk, door).deliver_due()
    assert "sent or waiting: 2." in words(await desk.do(ROWAN, "announce.open", code))
    assert door.rooms.texts("!paris:x") == [f"(This comes late: it was to be said at 2026-11-23 09:00.) {TEXT}"]
    assert door.rooms.texts("!toronto:x") == [f"(This comes late: it was to be said at 2026-11-23 09:00.) {TEXT}"]
    code = await published(desk)
    await desk.wait(minutes=12)
    await worker(desk, door).deliver_due()
    assert "Late" not in words(await desk.do(ROWAN, "announce.open", code))
    assert door.rooms.texts("!paris:x")[1:] == [TEXT]


async def test_what_waits_to_be_handed_on_is_told_beside_what_was_sent(desk: Desk) -> None:
    for room in ("!one:x", "!two:x"):
        await subscribed(desk, room)
    code = await published(desk)
    door, state = FakeSender(platform="matrix"), StoredSyncState(desk.storage.database)
    await worker(desk, door).deliver_due()
    [(key, _)] = door.rooms.said["!one:x"].values()
    await state.put("matrix", HANDING_ON + key, "{}")
    await state.put("matrix", f"{HANDING_ON}of another one", "{}")
    told = words(await desk.do(ROWAN, "announce.open", code))
    assert "Sent: 2." in told
    assert "Of those sent, waiting to be handed on to the channels that follow: 1." in told
    await state.erase("matrix", HANDING_ON + key)
    assert "handed on" not in words(await desk.do(ROWAN, "announce.open", code))


@pytest.mark.parametrize("first_after", [timedelta(), timedelta(hours=1)])
async def test_what_was_found_where_it_was_said_is_late_if_its_first_try_was(
    desk: Desk, first_after: timedelta
) -> None:
    await subscribed(desk, "!one:x")
    code = await published(desk)
    desk.clock.advance(first_after)
    door = FakeSender(platform="matrix", after=loses_answer)
    working = worker(desk, door)
    await working.deliver_due()
    await desk.wait(hours=2)
    await working.deliver_due()
    [text] = door.rooms.texts("!one:x")
    told = words(await desk.do(ROWAN, "announce.open", code))
    assert "Sent: 1." in told
    assert ("sent or waiting: 1." in told) == text.startswith("(This comes late") == bool(first_after)


async def test_who_stands_for_it_after_its_hour_sends_it_late_and_that_is_said(desk: Desk) -> None:
    await subscribed(desk, "!one:x")
    code = await written(desk, at="2026-11-22 09:00")
    await desk.do(ROWAN, "announce.submit", code)
    await desk.wait(days=1)
    await desk.do(ALEX, "announce.approve", code, "1")
    door = FakeSender(platform="matrix")
    await worker(desk, door).deliver_due()
    assert door.rooms.texts("!one:x") == [f"(This comes late: it was to be said at 2026-11-22 09:00.) {TEXT}"]
    await desk.do(ROWAN, "announce.correct", code, en="Vigil at seven.")
    await desk.do(ALEX, "announce.approve", code, "2")
    await worker(desk, door).deliver_due()
    assert door.rooms.texts("!one:x") == ["Vigil at seven. (This text was corrected.)"]


async def test_days_that_have_begun_are_still_said_and_days_that_are_over_are_not(desk: Desk) -> None:
    await subscribed(desk, "!one:x")
    announcements = StoredAnnouncements(desk.storage.database, desk.clock)
    sixteen = next(each for each in days() if each.id == "sixteen-days-of-activism")
    drafts = [await announcements.add(sixteen.draft("here", desk.clock.now().date())) for _ in range(2)]
    door = FakeSender(platform="matrix")
    await desk.wait(days=9)
    await desk.do(ROWAN, "announce.submit", drafts[0].code)
    await desk.do(ALEX, "announce.approve", drafts[0].code, "1")
    await worker(desk, door).deliver_due()
    [said] = door.rooms.texts("!one:x")
    assert said.startswith("(This comes late: it was to be said at 2026-11-25 09:00.)")
    await desk.wait(days=12)
    assert "over everywhere" in words(await desk.do(ROWAN, "announce.submit", drafts[1].code))


async def test_quiet_hours_are_no_delay_and_a_copy_corrected_before_it_was_said_keeps_its_hour(desk: Desk) -> None:
    await subscribed(desk, "!night:x", quiet="11-20")
    code = await published(desk)
    await desk.do(ROWAN, "announce.correct", code, en="Vigil at seven.")
    await desk.do(ALEX, "announce.approve", code, "2")
    door = FakeSender(platform="matrix")
    await desk.wait(hours=8)
    await worker(desk, door).deliver_due()
    assert door.rooms.texts("!night:x") == ["Vigil at seven. (This text was corrected.)"]
    later = await published(desk, at="2026-11-22 09:00")
    await desk.do(ROWAN, "announce.correct", later, en="Vigil at eight.")
    await desk.do(ALEX, "announce.approve", later, "2")
    await desk.wait(days=1)
    await worker(desk, door).deliver_due()
    assert door.rooms.texts("!night:x")[1].startswith("(This comes late: it was to be said at 2026-11-22 09:00.) Vigil")


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(days=365)])
async def test_a_clock_that_jumped_makes_nothing_late(desk: Desk, jump: timedelta) -> None:
    await subscribed(desk, "!one:x")
    door = FakeSender(platform="matrix")
    running = worker(desk, door)
    await published(desk, at="2026-11-21 14:00")
    desk.clock.jump(jump)
    await running.deliver_due()
    assert door.rooms.texts("!one:x") == [], "nothing early"
    desk.clock.advance(timedelta(hours=2))
    await running.deliver_due()
    assert door.rooms.texts("!one:x") == [TEXT]


async def test_its_author_sees_what_was_sent_what_waits_what_failed_and_what_is_not_known(desk: Desk) -> None:
    def in_room(room: str, error: Exception) -> Callable[[Delivery], None]:
        def raises(delivery: Delivery) -> None:
            if delivery.outgoing.room.id == room:
                raise error

        return raises

    faults = [
        in_room("!forbidden:x", RefusedError("no-permission")), in_room("!strange:x", RefusedError("not-taken")),
        in_room("!busy:x", LaterError(600.0)), in_room("!lost:x", UnansweredError()),
    ]  # fmt: skip
    for room in ("!fine:x", "!forbidden:x", "!strange:x", "!busy:x", "!lost:x"):
        await subscribed(desk, room)
    await subscribed(desk, "!asleep:x", quiet="0-23:59")
    code = await published(desk)

    def fails(delivery: Delivery) -> None:
        for fault in faults:
            fault(delivery)

    door = FakeSender(platform="matrix", can_look=False, before=fails)
    await worker(desk, door).deliver_due()
    await desk.wait(minutes=5)
    await worker(desk, door).deliver_due()
    said = words(await desk.do(ROWAN, "announce.open", code))
    assert "Sent: 1. Waiting: 2. Failed: 2. Not known: 1. Too late or cancelled: 0." in said
    assert "I may not write there: 1" in said
    assert "another reason: 1" in said


async def test_an_author_is_told_that_nobody_hears_it_and_when_its_copies_are_no_longer_known(desk: Desk) -> None:
    assert "I know of no copy" in words(await desk.do(ROWAN, "announce.open", await published(desk)))
    await subscribed(desk, "!one:x")
    code, door = await published(desk), FakeSender(platform="matrix")
    await worker(desk, door).deliver_due()
    await desk.wait(days=80)
    await desk.do(ROWAN, "announce.correct", code, en="Vigil at seven.")
    assert "I know of no copy" not in words(await desk.do(ALEX, "announce.approve", code, "2"))
    await worker(desk, door).deliver_due()
    await desk.wait(days=11)
    await retention.expire(desk.storage.database, desk.clock.now())
    assert "I know of no copy" in words(await desk.do(ROWAN, "announce.gone", code))


async def test_a_correction_or_withdrawal_that_does_not_arrive_is_told_its_author(desk: Desk) -> None:
    def refuses(delivery: Delivery) -> None:
        if delivery.outgoing.act != "say" and delivery.outgoing.room.id == "!closed:x":
            raise RefusedError("no-permission")

    for room in ("!one:x", "!closed:x"):
        await subscribed(desk, room)
    code, door = await published(desk), FakeSender(platform="matrix", before=refuses)
    await worker(desk, door).deliver_due()
    assert "Changes of the copies" not in words(await desk.do(ROWAN, "announce.open", code))
    await desk.do(ROWAN, "announce.correct", code, en="Vigil at seven.")
    await desk.do(ALEX, "announce.approve", code, "2")
    await worker(desk, door).deliver_due()
    shown = words(await desk.do(ROWAN, "announce.open", code))
    change = "Changes of the copies, corrections and that it is over. Sent: 1. Waiting: 0. Failed: 1."
    assert change in shown
    assert "(I may not write there: 1)" in shown
    await desk.do(ROWAN, "announce.gone", code)
    await worker(desk, door).deliver_due()
    shown = words(await desk.do(ROWAN, "announce.open", code))
    assert "Copies taken back. Sent: 1. Waiting: 0. Failed: 1." in shown


def digests(desk: Desk, *records: Resource) -> Digests:
    index = replace(desk.tools.shelf(), index=Index(list(records), desk.tools.cards.gazetteer))
    return Digests(replace(desk.tools, shelf=lambda: index), desk.opening, desk.storage.changes)


async def listed(desk: Desk, *records: Resource) -> list[str]:
    """What a room that asked for the weekly list is told on Monday."""
    await subscribed(desk, "!one:x")
    await desk.do(KEEPER, "subscribe.digest", "on", room="!one:x")
    await desk.wait(days=2)
    await digests(desk, *records).send(desk.clock.now())
    found = await desk.storage.outbox.claim(["matrix"], desk.clock.now(), 9)
    assert all(len(pages(each.outgoing.reply)) == 1 for each in found), "one message on every platform"
    return [words(each.outgoing.reply) for each in found]


def some_records(desk: Desk, outcome: CheckOutcome = "ok", url: str = "https://example.org") -> list[Resource]:
    check = Check(date(2026, 11, 18), "own-page-read", outcome)
    return [
        replace(each, id=f"r{number:02}", name=f"Record {number:02}", checks=(check,),
                contact=replace(each.contact, url=url))
        for number, each in enumerate(desk.tools.shelf().index.records[:30])
    ]  # fmt: skip


async def test_a_check_that_failed_is_not_told_as_one(desk: Desk) -> None:
    assert await listed(desk, *some_records(desk, "failed")) == []


@pytest.mark.parametrize("url", ["https://example.org/" + "x" * (LONGEST_URL - 20), "https://example.org/" + "x" * 400])
async def test_a_long_list_is_one_message_and_says_how_much_it_leaves_out(desk: Desk, url: str) -> None:
    checked = some_records(desk, url=url)
    new = [replace(each, id=f"n{each.id}", name=f"{'N' * 80} {each.name}", checks=()) for each in checked]
    for each in new[:12]:
        put = Change(each.id, "put", date(2026, 11, 18), dump([each]), approvals=2)
        await desk.storage.changes.add_one(put)
    [told] = await listed(desk, *checked, *new)
    assert told.count("… and ") == 2
    assert "… and 2 more" in told
    assert f"… and {len(checked) - MOST} more" in told


def test_what_was_put_again_is_not_new_and_what_came_back_is() -> None:
    days = [MONDAY + timedelta(days=each) for each in range(9)]
    put = Change("a", "put", days[0], "x")
    assert first_put([put, replace(put, decided_on=days[7])]) == {"a": days[0]}
    assert first_put([replace(put, base="of the file")]) == {}
    gone = Change("a", "remove", days[1])
    assert first_put([put, gone]) == {}
    assert first_put([put, gone, replace(put, decided_on=days[7])]) == {"a": days[7]}


async def test_the_weekly_list_comes_in_the_morning_of_the_room_and_not_after_its_week(desk: Desk) -> None:
    for room, zone in (("!toronto:x", "America/Toronto"), ("!auckland:x", "Pacific/Auckland")):
        await subscribed(desk, room, zone=zone, quiet="22-11")
        await desk.do(KEEPER, "subscribe.digest", "on", room=room)
    await desk.wait(days=1, hours=13)  # one o'clock on Monday, UTC; 14:00 in Auckland
    assert await digests(desk, *some_records(desk)).send(desk.clock.now()) == 2
    door = FakeSender(platform="matrix")
    for hour, heard in ((0, ["!auckland:x"]), (14, ["!auckland:x"]), (1, ["!auckland:x", "!toronto:x"])):
        await desk.wait(hours=hour)
        await worker(desk, door).deliver_due()
        assert sorted(door.rooms.said) == sorted(heard), hour
    await subscribed(desk, "!late:x", quiet="0-23:59")
    await desk.do(KEEPER, "subscribe.digest", "on", room="!late:x")
    await digests(desk, *some_records(desk)).send(desk.clock.now())
    await desk.wait(days=7)
    await worker(desk, door).deliver_due()
    assert "!late:x" not in door.rooms.said, "a list of the week before last is no news"
    assert all("Newly checked" in "".join(door.rooms.texts(room)) for room in door.rooms.said)


async def test_what_was_sent_back_and_written_anew_is_shown_anew_and_not_stood_for_unseen(desk: Desk) -> None:
    await subscribed(desk, "!one:x")
    code, door = await written(desk, "Vigil at five."), FakeSender(platform="matrix")
    await desk.do(ROWAN, "announce.submit", code)
    await worker(desk, door).deliver_due()
    await desk.do(ALEX, "announce.back", code)
    await desk.do(ROWAN, "announce.text", code, "en", text=TEXT)
    await desk.do(ROWAN, "announce.submit", code)
    await worker(desk, door).deliver_due()
    assert len(door.rooms.texts("!review:example.org")) == 2
    assert "changed since" in words(await desk.do(ALEX, "announce.approve", code, "1"))
    await desk.do(ALEX, "announce.approve", code, "2")
    await worker(desk, door).deliver_due()
    assert door.rooms.texts("!one:x") == [TEXT], "it was said for the first time, and corrects nothing"


async def test_a_day_that_two_communities_would_say_is_said_once(desk: Desk) -> None:
    await subscribed(desk, "!one:x")
    announcements = StoredAnnouncements(desk.storage.database, desk.clock)
    day = next(each for each in days() if each.id == "intl-day-end-violence-sex-workers")
    ours, theirs = [
        await announcements.add(replace(day.draft("here", desk.clock.now().date()), community=each))
        for each in ("here", "there")
    ]
    kim, sol = (Standing(name, frozenset({"there"}), is_proven=True) for name in ("kim", "sol"))
    for who, other, code in ((ROWAN, ALEX, ours.code), (kim, sol, theirs.code)):
        assert "waits for another" in words(await desk.do(who, "announce.submit", code))
        said = words(await desk.do(other, "announce.approve", code, "1"))
        assert ("published" in said) == (code == ours.code)
        assert ("Another community" in said) == (code == theirs.code)
    door = FakeSender(platform="matrix")
    await desk.wait(days=26)
    await worker(desk, door).deliver_due()
    assert len(door.rooms.texts("!one:x")) == 1
    await desk.do(ROWAN, "announce.gone", ours.code)
    assert "published" in words(await desk.do(sol, "announce.approve", theirs.code, "1")), (
        "the first one was taken back"
    )


async def test_a_correction_that_was_sent_back_is_not_what_was_published(desk: Desk) -> None:
    await subscribed(desk, "!one:x")
    code, door = await published(desk), FakeSender(platform="matrix")
    await worker(desk, door).deliver_due()
    await desk.do(ROWAN, "announce.correct", code, en="Vigil at another place.")
    assert "another place" in words(await desk.do(ALEX, "announce.open", code))
    back = words(await desk.do(ALEX, "announce.back", code))
    assert TEXT in back
    assert "another place" not in back
    form = (await desk.do(ROWAN, "announce.correct", code)).form
    assert form is not None
    assert [field.value for field in form.fields] == [TEXT]
    await worker(desk, door).deliver_due()
    assert door.rooms.texts("!one:x") == [TEXT]


async def test_a_text_2000_characters_too_long_is_said_before_it_is_handed_on(desk: Desk) -> None:
    await subscribed(desk, "!one:x")
    code = await written(desk, "Vigil. " * ((MOST_CHARACTERS + 2000) // 7))
    assert "English: too long for one message." in words(await desk.do(ROWAN, "announce.open", code))
    assert "cannot go out like this" in words(await desk.do(ROWAN, "announce.submit", code))
    assert (await desk.storage.outbox.progress("announcement")).queued == 0


async def test_a_correction_that_cannot_go_out_says_what_is_wrong_and_gives_the_words_back(desk: Desk) -> None:
    await subscribed(desk, "!one:x")
    code = await published(desk)
    long = "It is at seven. " * 250
    for wrong, said in (
        ("Vigil at {place}.", "{place}"),
        (long, "too long for one message"),
        (" ", "there is no text"),
    ):
        reply = await desk.do(ROWAN, "announce.correct", code, en=wrong)
        assert said in words(reply)
        assert wrong.strip() in words(reply)
        assert action(reply, "announce.correct").args == (code,)
    assert TEXT in words(await desk.do(ALEX, "announce.open", code)), "nothing of it was kept"
