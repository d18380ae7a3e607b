"""Events from the first word to their end, on every database."""

import argparse
import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot import calendars
from bot.announcements.showing import FILE, Showing
from bot.app import build
from bot.core.moderators import Standing
from bot.core.reply import Reply
from bot.core.request import ActionPress, Actor, Request, RoomRef
from bot.handlers.announcing import with_announcements
from bot.keeping import TerminalKeeping, read_alone
from bot.storage import retention
from bot.storage.events import StoredEvents, events
from bot.storage.open import Storage
from tests.contract.conftest import Place
from tests.contract.test_announcements import delivered
from tests.contract.test_expiring import expiring
from tests.fakes.boards import ALEX, KEEPER, PERSON, ROWAN, Desk, action, words
from tests.fakes.calendars import read
from tests.fakes.clock import FakeClock

ORGANIZER = "stella-montreal"
WHEN = {
    "title": "Tea and legal questions", "starts": "2026-12-17 18:00", "ends": "21:00", "zone": "America/Toronto",
    "place": "Montréal",
}  # fmt: skip
WHO = {
    "organizer": ORGANIZER,
    "address": "12 Example Street",
    "topics": "legal-help",
    "audience": "everyone",
    "sessions": "",
}


@pytest.fixture
def desk(storage: Storage, clock: FakeClock) -> Desk:
    return Desk(storage, clock)


async def written(desk: Desk, **values: str) -> str:
    """The code of a draft."""
    reply = await desk.do(ROWAN, "event.write", **{key: values.get(key, WHEN[key]) for key in WHEN})
    code = action(reply, "event.submit").args[0]
    await desk.do(ROWAN, "event.more", code, **{key: values.get(key, WHO[key]) for key in WHO})
    return code


async def published(desk: Desk, **values: str) -> str:
    code = await written(desk, **values)
    await desk.do(ROWAN, "event.submit", code)
    assert "published" in words(await desk.do(ALEX, "event.approve", code, "1"))
    return code


def shown(reply: Reply) -> list[str]:
    return [each.label for each in reply.actions if each.id == "event.show"]


async def test_two_moderators_publish_and_everybody_sees_it(desk: Desk) -> None:
    code = await written(desk)
    assert shown(await desk.do(PERSON, "events")) == []
    await desk.do(ROWAN, "event.submit", code)
    assert "rowan" in (await delivered(desk)).texts("!review:example.org")[0]
    assert "stand for it already" in words(await desk.do(ROWAN, "event.approve", code, "1"))
    assert shown(await desk.do(PERSON, "events")) == []
    assert "published" in words(await desk.do(ALEX, "event.approve", code, "1"))
    assert shown(await desk.do(PERSON, "events")) == [WHEN["title"]]
    told = words(await desk.do(PERSON, "event.show", code))
    assert "2026-12-17 18:00 – 21:00 (America/Toronto)" in told
    assert "12 Example Street" in told
    assert [act.action for act in await desk.storage.acts.of(code, 9)] == ["event-approve", "event-submit"]


async def test_one_is_enough_only_where_the_operator_says_so(storage: Storage, clock: FakeClock) -> None:
    desk = Desk(storage, clock, approvals=1)
    code = await written(desk)
    assert "published" in words(await desk.do(ROWAN, "event.submit", code))


@pytest.mark.parametrize("who", [PERSON, KEEPER, Standing("rowan", frozenset({"here"}))])
async def test_nobody_else_writes_or_decides(desk: Desk, who: Standing) -> None:
    code = await written(desk)
    before = await StoredEvents(desk.storage.database, desk.clock).find(code)
    for act in ("held", "write", "more", "open", "submit", "approve", "back", "withdraw", "gone"):
        refused = await desk.do(who, f"event.{act}", code, "1")
        assert refused.actions == ()
        assert refused.form is None
    assert await StoredEvents(desk.storage.database, desk.clock).find(code) == before


async def test_moderators_of_another_community_do_not_see_it(desk: Desk) -> None:
    code = await written(desk)
    elsewhere = Standing("kim", frozenset({"there"}), is_proven=True)
    assert "no such event" in words(await desk.do(elsewhere, "event.open", code))
    assert "no such event" in words(await desk.do(elsewhere, "event.gone", code))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"starts": "", "ends": ""}, "needs a date"),
        ({"organizer": ""}, "needs an organizer"),
        ({"title": "Tea at {place}"}, "cannot go out like this"),
        ({"sessions": "\n".join(f"19:{minute} {'song ' * 39}" for minute in range(10, 30))}, "cannot go out like this"),
    ],
)
async def test_what_is_not_whole_is_not_published(desk: Desk, values: dict[str, str], said: str) -> None:
    code = await written(desk, **values)
    assert said in words(await desk.do(ROWAN, "event.submit", code))
    assert "approve" not in words(await desk.do(ROWAN, "event.open", code))
    assert shown(await desk.do(PERSON, "events")) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"starts": "2026-02-30 18:00"}, "write the hour like"),
        ({"starts": "tomorrow"}, "write the hour like"),
        ({"ends": "17:00"}, "ends before it begins"),
        ({"starts": "2027-03-14 02:30", "ends": "03:15"}, "ends before it begins"),
        ({"ends": "2027-03-01 17:00"}, "31 days"),
        ({"starts": "2026-11-01 18:00"}, "is over"),
        ({"starts": "2029-01-01 18:00"}, "400 days"),
        ({"zone": "Mars/Base"}, "time zone"),
        ({"place": "zzzz qqqq"}, "not"),
    ],
)
async def test_hours_and_places_that_are_none_are_said(desk: Desk, values: dict[str, str], said: str) -> None:
    reply = await desk.do(ROWAN, "event.write", **{**WHEN, **values})
    assert said in words(reply)
    assert reply.actions == ()
    assert await StoredEvents(desk.storage.database, desk.clock).held({"here"}, 9) == []


@pytest.mark.parametrize(
    ("starts", "said"),
    [
        ("2027-03-14 02:30", "counts as 03:30 (America/Toronto)"),
        ("2027-11-07 01:30", "the first one counts (America/Toronto)"),
    ],
)
async def test_its_author_is_told_of_an_hour_the_clock_skips_or_shows_twice(desk: Desk, starts: str, said: str) -> None:
    assert said in words(await desk.do(ROWAN, "event.write", **{**WHEN, "starts": starts, "ends": "06:00"}))


async def test_an_organizer_the_directory_does_not_know_is_refused(desk: Desk) -> None:
    code = await written(desk)
    refused = await desk.do(ROWAN, "event.more", code, **{**WHO, "organizer": "zzzz qqqq"})
    assert refused.actions == ()


async def test_for_peers_no_address_is_shown_to_anybody_but_moderators(desk: Desk) -> None:
    code = await published(desk, audience="peers")
    for reply in (await desk.do(PERSON, "events"), await desk.do(PERSON, "event.show", code)):
        assert "Example Street" not in repr(reply)
    assert "tells peers where it is" in words(await desk.do(PERSON, "event.show", code))
    assert "Example Street" in words(await desk.do(ALEX, "event.open", code))


async def test_parts_are_shown_in_their_order(desk: Desk) -> None:
    code = await published(desk, sessions="20:00 Songs\n18:30 Opening")
    told = words(await desk.do(PERSON, "event.show", code))
    assert told.index("18:30 Opening") < told.index("20:00 Songs")
    assert "one part a line" in words(await desk.do(ROWAN, "event.more", code, **{**WHO, "sessions": "Opening"}))


async def test_it_is_found_by_topic_and_place(desk: Desk) -> None:
    await published(desk)
    assert shown(await desk.do(PERSON, "events", topic="legal help", place="")) == [WHEN["title"]]
    assert shown(await desk.do(PERSON, "events", topic="", place="Québec")) == [WHEN["title"]]
    assert shown(await desk.do(PERSON, "events", topic="housing", place="")) == []
    assert shown(await desk.do(PERSON, "events", topic="", place="Vancouver")) == []


async def test_a_long_list_says_how_much_it_leaves_out(desk: Desk) -> None:
    for number in range(10):
        await published(desk, title=f"Tea {number}")
    assert "… and 2 more" in words(await desk.do(PERSON, "events"))
    assert len(shown(await desk.do(PERSON, "events"))) == 8


async def test_a_change_takes_it_out_of_sight_until_two_stand_for_it_again(desk: Desk) -> None:
    code = await published(desk)
    await desk.do(ROWAN, "event.write", code, **{**WHEN, "title": "Coffee and legal questions"})
    assert shown(await desk.do(PERSON, "events")) == []
    await desk.do(ROWAN, "event.submit", code)
    assert "changed since" in words(await desk.do(ALEX, "event.approve", code, "1"))
    await desk.do(ALEX, "event.approve", code, "2")
    assert shown(await desk.do(PERSON, "events")) == ["Coffee and legal questions"]


async def test_parts_of_another_day_hold_an_event_that_was_moved(desk: Desk) -> None:
    code = await written(desk, sessions="18:30 Opening\n21:00 Songs")
    later = {**WHEN, "starts": "2026-12-18 18:00"}
    await desk.do(ROWAN, "event.write", code, **later)
    assert "outside the hours" in words(await desk.do(ROWAN, "event.submit", code))
    await desk.do(ROWAN, "event.more", code, **{**WHO, "sessions": "18:30 Opening"})
    assert "waits for another moderator" in words(await desk.do(ROWAN, "event.submit", code))


async def test_what_was_sent_back_and_written_anew_is_shown_anew_and_not_stood_for_unseen(desk: Desk) -> None:
    code = await written(desk)
    await desk.do(ROWAN, "event.submit", code)
    rooms = await delivered(desk)
    await desk.do(ALEX, "event.back", code)
    await desk.do(ROWAN, "event.write", code, **{**WHEN, "title": "Coffee and legal questions"})
    await desk.do(ROWAN, "event.submit", code)
    assert len((await delivered(desk, rooms)).texts("!review:example.org")) == 2
    assert "changed since" in words(await desk.do(ALEX, "event.approve", code, "1"))
    assert shown(await desk.do(PERSON, "events")) == []
    await desk.do(ALEX, "event.approve", code, "2")
    assert shown(await desk.do(PERSON, "events")) == ["Coffee and legal questions"]


async def test_one_takes_it_back_and_it_stays_so(desk: Desk) -> None:
    code = await published(desk)
    assert action(await desk.do(ROWAN, "event.withdraw", code), "event.gone").args == (code,)
    assert shown(await desk.do(PERSON, "events")) == [WHEN["title"]], "asking is not doing"
    await desk.do(ROWAN, "event.gone", code)
    assert shown(await desk.do(PERSON, "events")) == []
    assert "no such event" in words(await desk.do(PERSON, "event.show", code))
    assert "decided this already" in words(await desk.do(ROWAN, "event.write", code, **WHEN))


@pytest.mark.parametrize("jump", [timedelta(days=27), timedelta(days=365), timedelta(days=-1), timedelta(days=-365)])
async def test_a_clock_that_jumps_and_is_set_right_has_ended_no_event(desk: Desk, jump: timedelta) -> None:
    code = await published(desk)
    async with expiring(desk.storage, desk.clock) as rounds:
        desk.clock.jump(jump)
        await rounds.pass_by()
        desk.clock.jump(-jump)
        await rounds.pass_by()
    assert shown(await desk.do(PERSON, "events")) == [WHEN["title"]]
    assert "12 Example Street" in words(await desk.do(PERSON, "event.show", code))


async def test_past_its_end_it_is_gone_and_its_row_too(desk: Desk) -> None:
    code = await published(desk)
    desk.clock.advance(timedelta(days=26, hours=13, minutes=59))
    assert shown(await desk.do(PERSON, "events")) == [WHEN["title"]]
    desk.clock.advance(timedelta(minutes=1))
    assert shown(await desk.do(PERSON, "events")) == []
    assert "no such event" in words(await desk.do(PERSON, "event.show", code))
    assert "no such event" in words(await desk.do(ROWAN, "event.open", code))
    assert await retention.expire(desk.storage.database, desk.clock.now()) > 0
    async with desk.storage.database.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(events)) == 0


async def test_of_two_who_approve_at_once_both_count(desk: Desk) -> None:
    code = await written(desk)
    await desk.do(ROWAN, "event.submit", code)
    kim = Standing("kim", frozenset({"here"}), is_proven=True)
    said = await asyncio.gather(*(desk.do(who, "event.approve", code, "1") for who in (ALEX, kim)))
    assert sorted("decided this already" in words(reply) for reply in said) == [False, True]


async def test_the_operator_writes_it_as_a_calendar(
    place: Place, desk: Desk, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    code = await published(desk)
    folder = tmp_path / "public"
    folder.mkdir()
    for words_given in ([str(folder)], [], [str(tmp_path / "all.ics")]):
        given = argparse.Namespace(words=words_given, titles=False)
        assert await calendars.carry_out(place.settings, desk.clock, given) == calendars.DONE
    assert sorted(path.name for path in folder.iterdir()) == sorted(["calendar.ics", f"{code.lower()}.ics"])
    (entry,) = read((folder / f"{code.lower()}.ics").read_bytes())[1]
    assert entry["DTSTART"] == "20261217T230000Z"
    everything = (folder / "calendar.ics").read_bytes()
    assert len(read(everything)[1]) == 9
    assert capfdbinary.readouterr().out == everything == (tmp_path / "all.ics").read_bytes()
    missing = argparse.Namespace(words=[str(tmp_path / "no" / "where.ics")], titles=False)
    assert await calendars.carry_out(place.settings, desk.clock, missing) == calendars.UNUSABLE


async def test_a_terminal_shows_what_a_running_bot_published_and_the_calendar_agrees(place: Place, desk: Desk) -> None:
    await published(desk)
    peers = await published(desk, title="Coffee of peers", address="7 Hidden Lane", audience="peers")
    folder = place.settings.data_dir
    showing = Showing(StoredEvents(desk.storage.database, desk.clock).coming, folder, desk.clock)
    await showing.show()
    for secret in ("Hidden Lane", "rowan", "alex"):
        assert secret not in (folder / FILE).read_text("utf-8")
    app = build(place.settings, desk.clock.now(), strict=True)

    async def asked(text: str) -> Reply:
        reply = await asyncio.to_thread(read_alone, app, text, desk.clock.now())
        assert reply is not None
        return reply

    listed = [each.title for each in await calendars.coming(place.settings, desk.clock)]
    assert sorted(listed) == sorted([WHEN["title"], "Coffee of peers"])
    assert shown(await asked("events")) == shown(await asked("événements")) == listed
    router = with_announcements(app.router, app.ask.tools, app.settings, TerminalKeeping(app.settings).opening())
    request = Request("1", Actor("en"), RoomRef("console", "t"), ActionPress("event.show", (peers,)), desk.clock.now())
    told = await router.dispatch(request)
    assert "tells peers where it is" in words(told)
    assert all(each.id != "remind" for each in told.actions), "nobody is written to in a terminal"

    await desk.do(ROWAN, "event.gone", peers)
    await showing.show()
    assert shown(await asked("events")) == [WHEN["title"]]
    desk.clock.advance(timedelta(days=27))
    assert shown(await asked("events")) == [], "what is over is not shown, whoever wrote the file when"
    (folder / FILE).write_text("[{]")
    assert shown(await asked("events")) == []
    assert await asyncio.to_thread(read_alone, app, "housing", desk.clock.now()) is None
