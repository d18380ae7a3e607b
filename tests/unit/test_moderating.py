"""What moderators do about the directory: a check noted, the trail read, what is missing shown; nobody else, nowhere else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from bot.app import App, build, with_moderating
from bot.core.acts import Act
from bot.core.moderators import NOBODY, Standing
from bot.core.need import Need
from bot.core.reply import Reply
from bot.core.request import ActionPress, Actor, Body, Command, FormSubmit, Request, RoomRef, Text
from bot.directory.changes import Change
from bot.handlers.moderating import Books
from bot.living import keep_counted
from bot.settings import Community, ReviewRooms, Settings
from tests.fakes.books import MemoryActs, MemoryJoined, MemoryNeeds, TrailedChanges
from tests.fakes.clock import FakeClock

MODERATOR = Standing("wren", frozenset({"north"}), is_proven=True)
REVIEW = RoomRef("matrix", "!review:example.org")
GROUP, HELPLINE = "stella-montreal", "988-lifeline-us"


@dataclass
class Office:
    app: App
    changes: TrailedChanges
    acts: MemoryActs
    needs: MemoryNeeds
    clock: FakeClock

    async def ask(
        self,
        body: Body,
        standing: Standing = MODERATOR,
        room: RoomRef = REVIEW,
        *,
        private: bool = False,
        locale: str = "en",
    ) -> Reply:
        request = Request("1", Actor(locale, standing=standing), room, body, self.clock.now(), is_private=private)
        return await self.app.router.dispatch(request)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    communities = (Community("north", review_rooms=ReviewRooms(matrix=REVIEW.id)),)
    file = Path(__file__).parents[2] / "resources.yaml"
    return build(
        Settings(data_dir=tmp_path_factory.mktemp("data"), directory=file, communities=communities), strict=True
    )


@pytest.fixture
def office(app: App, clock: FakeClock) -> Iterator[Office]:
    acts, needs = MemoryActs(), MemoryNeeds()
    changes = TrailedChanges(acts)
    yield Office(with_moderating(app, Books(changes, acts, needs, MemoryJoined(acts))), changes, acts, needs, clock)
    app.counting.take()


def said(reply: Reply) -> str:
    return repr(reply.blocks)


TODAY = "2026-11-21"


@pytest.mark.parametrize(
    ("argument", "text"),
    [
        (f"{GROUP} called-or-messaged", f"{TODAY} called-or-messaged ok"),
        (f"{GROUP} called changed", f"{TODAY} called-or-messaged changed"),
        (f"{GROUP} own-page-read failed 2026-03-31", "2026-03-31 own-page-read failed"),
        (f"{GROUP} org 2026-03-31", "2026-03-31 org-confirmed ok"),
        ("stella, l'amie de maimie called", f"{TODAY} called-or-messaged ok"),
        (f"{HELPLINE} called", f"{TODAY} called-or-messaged ok"),
    ],
)
async def test_a_check_is_noted_with_its_day_method_and_outcome(office: Office, argument: str, text: str) -> None:
    reply = await office.ask(Command("check", argument))
    assert "Noted" in said(reply)
    (kept,) = office.changes.kept
    assert (kept.kind, kept.text, kept.by) == ("check", text, ("wren",))
    assert kept.record_id == (HELPLINE if HELPLINE in argument else GROUP)
    assert office.acts.kept == [Act("wren", "check", kept.record_id, kept.decided_on, text.split()[1])]
    assert reply.audience == "room"


@pytest.mark.parametrize(
    ("argument", "message_id"),
    [
        ("no-such-record called", "check-no-record"),
        ("s called", "check-no-record"),
        (f"{GROUP} called nonsense", "check-how"),
        (f"{GROUP} called ok 2026-11-22", "check-date"),
        (f"{GROUP} called ok 2026-02-31", "check-date"),
        (f"{HELPLINE} own-page-read", "check-helpline"),
        (f"{HELPLINE} third-party-page", "check-helpline"),
    ],
)
async def test_what_is_no_check_is_said_and_not_noted(office: Office, argument: str, message_id: str) -> None:
    reply = await office.ask(Command("check", argument))
    methods = (
        "org-confirmed, called-or-messaged"
        if message_id == "check-helpline"
        else ("org-confirmed, called-or-messaged, used-by-peer, own-page-read, third-party-page")
    )
    args = {"methods": methods} if message_id in ("check-how", "check-helpline") else {}
    assert office.app.messages.say("en", message_id, **args) in said(reply)
    assert office.changes.kept == []


async def test_what_is_missing_is_asked_with_a_form(office: Office) -> None:
    whole = (await office.ask(Command("check"))).form
    assert whole is not None
    assert [field.name for field in whole.fields] == ["record", "method", "outcome", "date"]
    known = (await office.ask(ActionPress("check", (HELPLINE,)))).form
    assert known is not None
    assert known.id == f"check:{HELPLINE}"
    assert [value for value, _ in known.fields[0].choices] == ["org-confirmed", "called-or-messaged"]
    await office.ask(FormSubmit(known.id, {"method": "called-or-messaged", "outcome": "ok", "date": ""}))
    await office.ask(
        FormSubmit("check", {"record": GROUP, "method": "own-page-read", "outcome": "changed", "date": "2026-11-02"})
    )
    assert [(each.record_id, each.text) for each in office.changes.kept] == [
        (HELPLINE, f"{TODAY} called-or-messaged ok"),
        (GROUP, "2026-11-02 own-page-read changed"),
    ]


@pytest.mark.parametrize("act", ["check", "history", "need"])
@pytest.mark.parametrize(
    ("standing", "room", "private", "message_id"),
    [
        (NOBODY, REVIEW, False, "vetting-moderators-only"),
        (NOBODY, REVIEW, True, "vetting-moderators-only"),
        (Standing(keeps_room=True, is_proven=True), REVIEW, False, "vetting-moderators-only"),
        (Standing("wren", frozenset({"north"})), REVIEW, False, "vetting-not-proven"),
        (MODERATOR, RoomRef("matrix", "!other:example.org"), False, "vetting-not-here"),
        (MODERATOR, RoomRef("discord", REVIEW.id), False, "vetting-not-here"),
        (MODERATOR, RoomRef("discord", "dm"), True, None),
        (MODERATOR, REVIEW, False, None),
    ],
)
async def test_who_may_do_it_and_where(
    office: Office, act: str, standing: Standing, room: RoomRef, private: bool, message_id: str | None
) -> None:
    bodies: tuple[Body, ...] = (
        Command(act, f"{GROUP} called"), ActionPress(act, (GROUP,)), FormSubmit(act, {"record": GROUP, "method": "called"}),
    )  # fmt: skip
    for body in bodies:
        reply = await office.ask(body, standing, room, private=private)
        refusal = office.app.messages.say("en", message_id) if message_id else None
        assert (
            (refusal in said(reply)) if refusal else (reply.form or reply.audience == ("asker" if private else "room"))
        )
        assert reply.form is None or refusal is None
    assert (office.changes.kept == []) == (message_id is not None or act != "check")


async def test_the_trail_shows_who_did_what_when_and_how(office: Office) -> None:
    day = date(2026, 11, 20)
    await office.changes.add_one(Change(GROUP, "hide", day, by=("lark",), case="K7Q2"))
    office.acts.kept.append(Act("wren", "put-aside", "K7Q2", day))
    await office.ask(Command("check", f"{GROUP} called"))
    trail = said(await office.ask(Command("history", GROUP)))
    assert f"2026-11-20, lark: hid it, K7Q2 ({GROUP})" in trail
    assert f"{TODAY}, wren: checked, we called or wrote ({GROUP})" in trail
    assert trail.index("wren") < trail.index("lark"), "newest first"
    assert "wren: put-aside (K7Q2)" in said(await office.ask(Command("history", "k7q2")))
    assert "lark: hid it" in said(await office.ask(Command("history", "Stella, l'amie")))
    assert "wren: put-aside" in said(await office.ask(Command("history")))
    nothing = office.app.messages.say("en", "history-none")
    assert nothing in said(await office.ask(Command("history", "no such thing")))


async def test_what_was_asked_for_and_is_not_there_is_counted_from_five_up(office: Office) -> None:
    question = Text("trans housing in Charlottetown")
    for asked in range(1, 6):
        await office.ask(question, NOBODY, private=True)
        await keep_counted(office.app.counting, office.needs)
        shown = said(await office.ask(Command("need")))
        assert ("housing" in shown.lower()) == (asked == 5)
    ((need, count),) = office.needs.counts.items()
    assert need == Need(date(2026, 11, 1), "CA-PE", "housing")
    assert count == 5
    assert "November 2026, Prince Edward Island" in shown
    assert office.app.counting.take() == {}


@pytest.mark.parametrize(
    "question",
    [
        "legal help in Toronto",
        "housing",
        "hello",
        "Stella Montreal",
        "someone is overdosing in Charlottetown",
        "housing in Africa",
    ],
)
async def test_nothing_else_is_counted(office: Office, question: str) -> None:
    await office.ask(Text(question), NOBODY, private=True)
    assert office.app.counting.take() == {}


async def test_counts_that_cannot_be_kept_are_kept_the_next_time(office: Office) -> None:
    await office.ask(Text("trans housing in Charlottetown"), NOBODY, private=True)
    office.needs.is_away = True
    await keep_counted(office.app.counting, office.needs)
    assert office.needs.counts == {}
    office.needs.is_away = False
    await office.ask(Text("trans housing in Charlottetown"), NOBODY, private=True)
    await keep_counted(office.app.counting, office.needs)
    assert list(office.needs.counts.values()) == [2]


@pytest.mark.parametrize("locale", ["fr", "es", "zh"])
async def test_every_language_says_it(office: Office, locale: str) -> None:
    noted = await office.ask(Command("check", f"{GROUP} called failed"), locale=locale)
    trail = await office.ask(Command("history", GROUP), locale=locale)
    assert GROUP in said(trail)
    assert len(noted.blocks) == 2
    assert said(noted) != said(await office.ask(Command("check", f"{GROUP} called failed")))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (f"check {GROUP} called", "Noted: "),
        (f"vérifier {GROUP} called", "Noted: "),
        ("check", "Note a check"),
        (f"history {GROUP}", "nothing done there"),
        ("Historial", "nothing done there"),
        ("need", "five times"),
        ("需求", "five times"),
    ],
)
async def test_a_moderators_words_ask_for_it_and_nobody_elses(office: Office, words: str, told: str) -> None:
    reply = await office.ask(Text(words))
    assert told in (reply.form.title if reply.form else said(reply))
    assert told not in said(await office.ask(Text(words), NOBODY))


@pytest.mark.parametrize(
    "words", ["check prices in Vancouver", "history of the law in Canada", "need food in Vancouver"]
)
async def test_a_moderators_questions_stay_questions(office: Office, words: str) -> None:
    assert said(await office.ask(Text(words))) == said(await office.ask(Text(words), NOBODY))


@pytest.mark.parametrize("locale", ["en", "fr", "es", "zh"])
async def test_help_tells_moderators_their_words(office: Office, locale: str) -> None:
    told = said(await office.ask(Command("help"), locale=locale))
    for act in ("review", "check", "history", "need"):
        assert office.app.messages.say(locale, f"word-{act}").split(",")[0] in told
    assert told != said(await office.ask(Command("help"), NOBODY, locale=locale))
