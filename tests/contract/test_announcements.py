"""Announcements from the first word to the last copy, on every database."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.adapters.discord.outgoing import pages
from bot.announcements.proposing import Proposing
from bot.core.reply import Bullets
from bot.core.request import RoomRef
from bot.directory.index import Index
from bot.directory.model import Check
from bot.handlers.announcing import rules_for
from bot.handlers.digest import Digests
from bot.outbox.model import Outgoing, Progress
from bot.outbox.steady import SteadyClock
from bot.outbox.worker import Worker
from bot.storage import retention
from bot.storage.announcements import StoredAnnouncements
from bot.storage.open import Storage
from bot.storage.subscriptions import StoredSubscriptions
from tests.fakes.boards import ALEX, KEEPER, PERSON, ROWAN, Desk, action, words
from tests.fakes.clock import FakeClock
from tests.fakes.outbox import FakeRooms, FakeSender, says

TEXT = "Vigil on 17 December at six, all are welcome."


@pytest.fixture
def desk(storage: Storage, clock: FakeClock) -> Desk:
    return Desk(storage, clock)


async def subscribed(desk: Desk, room: str, language: str = "en", **values: str) -> None:
    wanted = {"topics": "", "places": "", "language": language, "zone": "UTC", "quiet": "-", **values}
    said = words(await desk.do(KEEPER, "subscribe", room=room, **wanted))
    assert "hears announcements" in said


async def written(desk: Desk, text: str = TEXT, **values: str) -> str:
    """The code of a draft."""
    reply = await desk.do(ROWAN, "announce.write", text=text, **values)
    return action(reply, "announce.submit").args[0]


async def published(desk: Desk, **values: str) -> str:
    code = await written(desk, **values)
    await desk.do(ROWAN, "announce.submit", code)
    await desk.do(ALEX, "announce.approve", code, "1")
    return code


async def delivered(desk: Desk, rooms: FakeRooms | None = None) -> FakeRooms:
    sender = FakeSender(rooms or FakeRooms(), platform="matrix")
    await Worker(desk.storage.outbox, [sender], desk.clock).deliver_due()
    return sender.rooms


async def test_it_goes_out_once_two_moderators_stand_for_it(desk: Desk) -> None:
    await subscribed(desk, "!one:x")
    code = await written(desk)
    await desk.do(ROWAN, "announce.submit", code)
    rooms = await delivered(desk)
    assert rooms.texts("!one:x") == []
    assert "rowan" in rooms.texts("!review:example.org")[0]
    assert "stand for it already" in words(await desk.do(ROWAN, "announce.approve", code, "1"))
    assert "published" in words(await desk.do(ALEX, "announce.approve", code, "1"))
    assert "decided this already" in words(await desk.do(ALEX, "announce.approve", code, "1"))
    await delivered(desk, rooms)
    assert rooms.texts("!one:x") == [TEXT]
    assert "Sent: 1. Waiting: 0." in words(await desk.do(ROWAN, "announce.open", code))
    assert [act.action for act in await desk.storage.acts.of(code, 9)] == ["announce-approve", "announce-submit"]


async def test_languages_stand_side_by_side_and_what_is_missing_is_said(desk: Desk) -> None:
    code = await written(desk, "Vigil at six.\nCome as [you are](https://example.org/you).")
    await desk.do(ROWAN, "announce.text", code, "fr", text="Veillée à six heures.")
    shown = await desk.do(ROWAN, "announce.open", code)
    beside = [block for block in shown.blocks if isinstance(block, Bullets)]
    assert [item[0] for item in beside[0].items] == ["English: ", "français: "]
    assert [item[1] for item in beside[0].items] == ["Vigil at six.", "Veillée à six heures."]
    assert "français: (this part is not there)" in words(shown)
    assert "Not written yet: español, 中文. Rooms that read these hear it in English." in words(shown)
    read = await desk.do(ROWAN, "announce.look", code, "en")
    assert words(read).startswith("Vigil at six. | Come as you are.")
    assert "Come as you are: https://example.org/you." in words(read)
    assert "On Discord it is one message" in words(read)
    assert "On Matrix" not in words(read), "that is where it is read"
    french = words(await desk.do(ROWAN, "announce.look", code, "fr"))
    assert french.rpartition(" | ")[0] == "Veillée à six heures.", "without links nothing is written out"
    assert "announce.look" not in {each.id for each in (await desk.do(PERSON, "announce.look", code, "fr")).actions}


async def test_a_card_is_one_message_however_long_the_text_and_then_opened_first(desk: Desk) -> None:
    code = await written(desk, "word " * 350)
    for locale in ("fr", "es", "zh"):
        await desk.do(ROWAN, "announce.text", code, locale, text="mot " * 440)
    await desk.do(ROWAN, "announce.submit", code)
    [card] = [each.outgoing.reply for each in await desk.storage.outbox.claim(["matrix"], desk.clock.now(), 9)]
    assert len(pages(card)) == 1
    assert [each.id for each in card.actions] == ["announce.open"]
    assert "announce.approve" in {each.id for each in (await desk.do(ALEX, "announce.open", code)).actions}


async def test_one_is_enough_where_the_operator_says_so_and_the_card_says_it(
    storage: Storage, clock: FakeClock
) -> None:
    desk = Desk(storage, clock, approvals=1)
    await subscribed(desk, "!one:x")
    await desk.do(ROWAN, "announce.submit", await written(desk))
    assert (await delivered(desk)).texts("!one:x") == [TEXT]


@pytest.mark.parametrize("who", [PERSON, KEEPER])
async def test_nobody_else_writes_or_decides(desk: Desk, who: object) -> None:
    code = await written(desk)
    for act in (
        "announce.open",
        "announce.submit",
        "announce.approve",
        "announce.back",
        "announce.retract",
        "announce.gone",
    ):
        assert "moderator" in words(await desk.do(who, act, code)).lower()  # type: ignore[arg-type]
    assert (await desk.storage.outbox.progress("announce")).queued == 0


async def test_each_room_hears_it_in_its_language_and_only_what_it_wants(desk: Desk) -> None:
    await subscribed(desk, "!en:x")
    await subscribed(desk, "!fr:x", "fr")
    await subscribed(desk, "!zh:x", "zh")
    await subscribed(desk, "!housing:x", topics="housing")
    await subscribed(desk, "!quebec:x", places="Québec")
    await subscribed(desk, "!france:x", places="France")
    code = await written(desk, topic="legal help", place="Canada")
    await desk.do(ROWAN, "announce.text", code, "fr", text="Veillée le 17 décembre.")
    await desk.do(ROWAN, "announce.submit", code)
    await desk.do(ALEX, "announce.approve", code, "1")
    rooms = await delivered(desk)
    heard = {room: texts for room, texts in ((each, rooms.texts(each)) for each in rooms.said) if "review" not in room}
    assert heard == {"!en:x": [TEXT], "!fr:x": ["Veillée le 17 décembre."], "!zh:x": [TEXT], "!quebec:x": [TEXT]}


async def test_what_holds_a_text_is_shown_with_its_place(desk: Desk) -> None:
    code = await written(desk, "Dear {name}, see https://elsewhere.test")
    shown = words(await desk.do(ROWAN, "announce.open", code))
    assert "{name}" in shown
    assert "the directory does not know this link" in shown
    assert "cannot go out like this" in words(await desk.do(ROWAN, "announce.submit", code))
    await desk.do(ROWAN, "announce.text", code, "en", text=TEXT)
    assert "waits for another moderator" in words(await desk.do(ROWAN, "announce.submit", code))


async def test_a_correction_and_a_retraction_reach_every_copy(desk: Desk) -> None:
    for room in ("!one:x", "!two:x"):
        await subscribed(desk, room)
    await subscribed(desk, "!later:x", zone="Asia/Shanghai", quiet="0-23:59")
    code = await published(desk)
    rooms = await delivered(desk)
    assert rooms.texts("!one:x") == [TEXT]
    await desk.do(ROWAN, "announce.correct", code, en="Vigil at seven.")
    assert "changed since" in words(await desk.do(ALEX, "announce.approve", code, "1"))
    await delivered(desk, rooms)
    assert rooms.texts("!one:x") == [TEXT], "one moderator alone corrects nothing"
    await desk.do(ALEX, "announce.approve", code, "2")
    await delivered(desk, rooms)
    corrected = ["Vigil at seven. (This text was corrected.)"]
    assert rooms.texts("!one:x") == rooms.texts("!two:x") == corrected
    await desk.wait(days=1)
    await delivered(desk, rooms)
    assert rooms.texts("!later:x") == corrected, "the copy that waited goes out corrected"
    await desk.do(ALEX, "announce.retract", code)
    assert rooms.texts("!one:x") == corrected, "it asks first"
    await desk.do(ALEX, "announce.gone", code)
    await delivered(desk, rooms)
    assert [rooms.texts(room) for room in ("!one:x", "!two:x", "!later:x")] == [[], [], []]


async def test_a_retraction_cancels_what_waits(desk: Desk) -> None:
    await subscribed(desk, "!one:x")
    code = await published(desk, at="2026-12-17 09:00")
    await desk.do(ALEX, "announce.gone", code)
    await desk.wait(days=40)
    assert (await delivered(desk)).texts("!one:x") == []
    assert "cancelled: 1" in words(await desk.do(ROWAN, "announce.open", code))


async def test_it_goes_out_at_the_hour_of_each_room_and_never_after_its_end(desk: Desk) -> None:
    await subscribed(desk, "!auckland:x", zone="Pacific/Auckland")
    await subscribed(desk, "!toronto:x", zone="America/Toronto")
    await subscribed(desk, "!quiet:x", zone="America/Toronto", quiet="6-22")
    await published(desk, at="2026-11-23 09:00", until="2026-11-23 18:00")
    rooms, heard = FakeRooms(), []
    for _ in range(24 * 4):
        await delivered(desk, rooms)
        heard.append({room for room in ("!auckland:x", "!toronto:x", "!quiet:x") if rooms.texts(room)})
        await desk.wait(hours=1)
    # From noon UTC on 21 November: nine o'clock in Auckland is 20:00 UTC the day before, in Toronto 14:00 UTC.
    first = {
        room: next((at for at, each in enumerate(heard) if room in each), None)
        for room in ("!auckland:x", "!toronto:x", "!quiet:x")
    }
    assert first == {"!auckland:x": 32, "!toronto:x": 50, "!quiet:x": None}


async def test_at_its_end_every_copy_says_so_and_a_correction_keeps_it(desk: Desk) -> None:
    for room, zone in (("!utc:x", "UTC"), ("!toronto:x", "America/Toronto")):
        await subscribed(desk, room, zone=zone)
    code = await published(desk, until="2026-11-22 18:00")
    rooms = await delivered(desk)
    await desk.do(ROWAN, "announce.correct", code, en="Vigil at seven.")
    await desk.do(ALEX, "announce.approve", code, "2")
    before = ["Vigil at seven. (This text was corrected.)"]
    for hours, over in ((0, set()), (29, set()), (1, {"!utc:x"}), (5, {"!utc:x", "!toronto:x"})):
        await desk.wait(hours=hours)
        await delivered(desk, rooms)
        for room in ("!utc:x", "!toronto:x"):
            assert rooms.texts(room) == ([f"(This is over.) {before[0]}"] if room in over else before), (hours, room)
    await desk.do(ROWAN, "announce.correct", code, en="Vigil at eight.")
    await desk.do(ALEX, "announce.approve", code, "3")
    await delivered(desk, rooms)
    assert rooms.texts("!utc:x") == ["(This is over.) Vigil at eight. (This text was corrected.)"]
    await desk.do(ALEX, "announce.gone", code)
    await delivered(desk, rooms)
    assert rooms.texts("!utc:x") == []


async def test_its_author_is_told_of_odd_hours_in_the_rooms_and_of_its_end(desk: Desk) -> None:
    await subscribed(desk, "!toronto:x", zone="America/Toronto")
    reply = await desk.do(ROWAN, "announce.write", text=TEXT, at="2027-03-14 02:30")
    assert "counts as 03:30 (America/Toronto)" in words(reply)
    code = await published(desk, until="2026-11-22 18:00")
    assert "Its end is past" not in words(await desk.do(ROWAN, "announce.open", code))
    await desk.wait(days=2)
    await desk.do(ROWAN, "announce.correct", code, en="Vigil at seven.")
    corrected = await desk.do(ALEX, "announce.approve", code, "2")
    assert "published" in words(corrected)
    assert "nothing more of it goes out" in words(corrected)
    assert (await delivered(desk)).texts("!toronto:x") == [], "what was never said is not said late"


async def test_what_was_taken_back_or_never_said_gets_no_last_word(desk: Desk) -> None:
    await subscribed(desk, "!one:x")
    await subscribed(desk, "!asleep:x", quiet="0-23:59")
    code = await published(desk, until="2026-11-21 20:00")
    rooms = await delivered(desk)
    await desk.do(ALEX, "announce.gone", code)
    await desk.wait(days=2)
    await delivered(desk, rooms)
    assert rooms.texts("!one:x") == rooms.texts("!asleep:x") == []
    assert (await desk.storage.outbox.progress(f"announcement/{code}", "change")).queued == 0


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"at": "2026-12-02 09:00", "until": "2027-03-02"}, "89 days"),
        ({"until": "2026-11-19"}, "over everywhere"),
        ({"at": "2026-11-20 09:00"}, "over everywhere"),
        ({"at": "soon"}, "write the hour"),
        ({"at": "2026-12-02 09:00", "until": "2026-12-01"}, "before it begins"),
        ({"topic": "qqqq zzzz"}, "do not know one of these"),
    ],
)
async def test_what_cannot_be_is_said_in_a_sentence(desk: Desk, values: dict[str, str], sentence: str) -> None:
    assert sentence in words(await desk.do(ROWAN, "announce.write", text=TEXT, **values))


async def test_a_schedule_that_passed_while_it_waited_is_refused_when_it_is_handed_on(desk: Desk) -> None:
    code = await written(desk, at="2026-11-22 09:00")
    await desk.wait(days=3)
    assert "over everywhere" in words(await desk.do(ROWAN, "announce.submit", code))


async def test_only_who_keeps_a_room_decides_what_it_hears(desk: Desk) -> None:
    for who in (PERSON, ROWAN):
        assert "Only who keeps this room" in words(await desk.do(who, "subscribe", room="!one:x", zone="UTC"))
    await subscribed(desk, "!one:x", zone="america/toronto", quiet="22-8")
    shown = words(await desk.do(KEEPER, "subscribe", room="!one:x"))
    assert "America/Toronto" in shown
    assert "22:00-08:00" in shown
    await desk.do(KEEPER, "subscribe.digest", "on", room="!one:x")
    held = await StoredSubscriptions(desk.storage.database, desk.clock).of(RoomRef("matrix", "!one:x"))
    assert held is not None
    assert held.digest
    await desk.do(KEEPER, "subscribe.stop", room="!one:x")
    assert await StoredSubscriptions(desk.storage.database, desk.clock).of(RoomRef("matrix", "!one:x")) is None


@pytest.mark.parametrize("way", ["left", "refused"])
async def test_a_room_the_bot_is_no_longer_in_is_forgotten_and_what_waits_for_it_ends(desk: Desk, way: str) -> None:
    """Whether the platform says so, or the next delivery finds it out."""
    outbox, rooms = desk.storage.outbox, StoredSubscriptions(desk.storage.database, desk.clock)
    gone, here = RoomRef("matrix", "!gone:x"), RoomRef("matrix", "!here:x")
    for each in (gone, here):
        await subscribed(desk, each.id)
    await outbox.add([Outgoing("told", gone, says("to one person")), Outgoing("lost", gone, says("x"), "announcement")])
    await published(desk)
    later = await published(desk, at="2026-11-25 10:00")
    (notice,) = await outbox.claim(["matrix"], desk.clock.now(), 1)
    await outbox.later(notice, desk.clock.now(), unanswered=way == "left")
    if way == "left":
        await desk.storage.rooms.left("matrix", [gone.id])
    else:
        (notice,) = await outbox.claim(["matrix"], desk.clock.now(), 1)
        await outbox.failed(notice, "no-room", desk.clock.now())
    assert [each.room for each in await rooms.all()] == [here]
    assert await outbox.progress("lost") == Progress(failed=1, failures=(("no-room", 1),))
    found = await outbox.progress(f"announcement/{later}")
    assert (found.queued, found.failures) == (1, (("no-room", 1),)), "an hour that is to come, too"
    # What may have arrived is looked for, and is not said to have failed.
    assert (await outbox.progress("told")).queued == (way == "left")
    assert len((await delivered(desk)).texts(here.id)) == 1


async def test_two_who_approve_at_once_publish_once(desk: Desk, other_storage: Storage) -> None:
    await subscribed(desk, "!one:x")
    code = await written(desk)
    await desk.do(ROWAN, "announce.submit", code)
    other = Desk(other_storage, desk.clock)
    replies = await asyncio.gather(
        desk.do(ALEX, "announce.approve", code, "1"), other.do(ALEX, "announce.approve", code, "1")
    )
    assert sorted("published" in words(reply) for reply in replies) == [False, True]
    assert (await desk.storage.outbox.progress(f"announcement/{code}")).queued == 1


async def test_it_is_forgotten_90_days_after_it_is_over(desk: Desk) -> None:
    code = await published(desk, at="2027-03-01 09:00")
    await desk.wait(days=100)
    await retention.expire(desk.storage.database, desk.clock.now())
    assert "published" in words(await desk.do(ROWAN, "announce.open", code))
    desk.clock.advance(timedelta(days=91))
    await retention.expire(desk.storage.database, desk.clock.now())
    assert "do not know this announcement" in words(await desk.do(ROWAN, "announce.open", code))


async def test_a_day_is_proposed_once_with_a_draft_and_goes_out_only_when_it_is_handed_on(desk: Desk) -> None:
    await subscribed(desk, "!fr:x", "fr")
    announcements = StoredAnnouncements(desk.storage.database, desk.clock)
    proposing = Proposing(announcements, rules_for(desk.tools, desk.settings), desk.clock)
    today = date(2026, 12, 4)
    desk.clock.advance(timedelta(days=13))
    assert await proposing.propose(today) == 3, "6, 10 and 17 December; the 16 Days have begun"
    assert await proposing.propose(today) == 0
    rooms = await delivered(desk)
    cards = rooms.texts("!review:example.org")
    assert any("International Day to End Violence Against Sex Workers" in card for card in cards)
    await desk.wait(days=20)
    await delivered(desk, rooms)
    assert rooms.texts("!fr:x") == [], "nobody handed it on"


@pytest.mark.parametrize("jump", [timedelta(days=10), timedelta(days=365), timedelta(days=-365)])
async def test_a_clock_that_jumps_proposes_no_day_early_or_twice(desk: Desk, jump: timedelta) -> None:
    """On 21 November the days until 5 December are due; a wrong clock adds none to them."""
    steady = SteadyClock(desk.clock)
    proposing = Proposing(
        StoredAnnouncements(desk.storage.database, steady), rules_for(desk.tools, desk.settings), steady
    )
    first = await proposing.propose(steady.now().date())
    assert first > 0
    desk.clock.jump(jump)
    assert jump < timedelta() or await proposing.propose(steady.now().date()) == 0
    desk.clock.jump(-jump)
    assert await proposing.propose(steady.now().date()) == 0


async def test_events_are_shown_with_their_days(desk: Desk) -> None:
    shown = words(await desk.do(PERSON, "events"))
    assert "2026-12-17: International Day to End Violence Against Sex Workers" in shown
    assert "2026-11-25 – 2026-12-10" in shown


async def test_a_room_that_asked_for_it_hears_once_a_week_what_is_new_and_newly_checked(desk: Desk) -> None:
    await subscribed(desk, "!all:x")
    await subscribed(desk, "!housing:x", topics="housing")
    await subscribed(desk, "!unasked:x")
    for room in ("!all:x", "!housing:x"):
        await desk.do(KEEPER, "subscribe.digest", "on", room=room)
    record = next(
        each for each in desk.tools.shelf().index.records if "food" in each.topics and "housing" not in each.topics
    )
    checked = replace(record, checks=(Check(date(2026, 11, 18), "own-page-read", "ok"),))
    index = replace(desk.tools.shelf(), index=Index([checked], desk.tools.cards.gazetteer))
    digests = Digests(replace(desk.tools, shelf=lambda: index), desk.opening, desk.storage.changes)
    assert await digests.send(desk.clock.now()) == 0, (
        "on Saturday the week before is over, and this one's check is not in it"
    )
    await desk.wait(days=2)
    assert await digests.send(desk.clock.now()) == 1
    assert await digests.send(desk.clock.now() + timedelta(hours=1)) == 0
    rooms = await delivered(desk)
    assert "Newly checked:" in rooms.texts("!all:x")[0]
    assert rooms.texts("!housing:x") == rooms.texts("!unasked:x") == []
    await desk.wait(days=7)
    assert await digests.send(desk.clock.now()) == 0, "nothing new, nothing said"
