"""One person and the bot: choices by number, forms one question at a time, one request after the other."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.form import Field, Form
from bot.core.ports import MemoryForms
from bot.core.reply import Action, Notice, Paragraph, Reply
from bot.core.request import ActionPress, Actor, Body, Command, FormSubmit, Request, RoomRef, Text
from bot.handlers.conversation import CHOOSE, Conversations
from bot.text.messages import Messages
from tests.fakes.clock import FakeClock

FORM = Form("suggest", "Suggest", (
    Field("what", "What is it?", max_length=20),
    Field("kind", "Which kind?", "choice", choices=(("tip", "A tip"), ("place", "A place"))),
    Field("why", "Why does it help?", required=False),
))  # fmt: skip
MESSAGES = Messages.shipped(strict=True)


class Talk:
    """One person in one room, and what the router was asked."""

    def __init__(self, clock: FakeClock, forms: MemoryForms | None = None, *, shows_forms: bool = False) -> None:
        self.clock = clock
        self.asked: list[Request] = []
        self.replies: dict[type[Body] | str, Reply] = {}
        self.forms = forms or MemoryForms()
        self.conversations = Conversations(
            self.dispatch, self.forms, clock, b"s" * 32, MESSAGES,
            shows_forms=shows_forms, interrupts=lambda text: "help me now" in text,
        )  # fmt: skip

    async def dispatch(self, request: Request) -> Reply:
        self.asked.append(request)
        if isinstance(request.body, Command) and request.body.name == "suggest":
            return Reply((Paragraph(("Gladly.",)),), form=FORM, locale="en")
        if isinstance(request.body, Text) and request.body.text == "choices":
            return Reply(
                (), actions=(Action("show", "First one", ("a",)), Action("show", "Second one", ("b",))), locale="fr"
            )
        return Reply((Paragraph(("done",)),), locale="en")

    async def say(self, body: str | Body, request_id: str | None = None, person: str = "me") -> str:
        body = Text(body) if isinstance(body, str) else body
        number = request_id or f"r{id(body)}-{len(self.asked)}-{self.clock.monotonic()}"
        self.clock.advance(timedelta(seconds=1))
        request = Request(number, Actor(mark=person), RoomRef("matrix", "!r"), body, self.clock.now())
        return shown(await self.conversations(request))

    def last(self) -> Body:
        return self.asked[-1].body


def shown(reply: Reply) -> str:
    lines = [
        "".join(map(str, block.spans)) if isinstance(block, Paragraph) else block.text
        for block in reply.blocks
        if isinstance(block, Paragraph | Notice)
    ]
    return "\n".join([*lines, *(f"{number}. {action.label}" for number, action in enumerate(reply.actions, 1))])


@pytest.fixture
def talk(clock: FakeClock) -> Talk:
    return Talk(clock)


async def test_a_number_or_the_words_choose_from_the_last_reply(talk: Talk) -> None:
    await talk.say("choices")
    await talk.say("2")
    assert talk.last() == ActionPress("show", ("b",))
    assert talk.asked[-1].actor.locale == "fr", "a press goes on in the language of the reply"
    await talk.say("choices")
    await talk.say("first ONE")
    assert talk.last() == ActionPress("show", ("a",))
    await talk.say("2")
    assert talk.last() == Text("2"), "nothing is shown any more"


async def test_a_number_with_no_choice_behind_it_is_said(talk: Talk) -> None:
    await talk.say("choices")
    said = await talk.say("7")
    assert len(talk.asked) == 1
    assert said == MESSAGES.say("fr", "choice-unknown")


async def test_choices_are_forgotten_after_half_an_hour(talk: Talk, clock: FakeClock) -> None:
    await talk.say("choices")
    clock.advance(timedelta(minutes=30))
    await talk.say("2")
    assert talk.last() == Text("2")


async def test_people_and_rooms_do_not_see_each_other(talk: Talk) -> None:
    await talk.say("choices")
    await talk.say("2", person="other")
    assert talk.last() == Text("2")


async def test_a_form_is_asked_one_question_at_a_time(talk: Talk) -> None:
    first = await talk.say(Command("suggest"))
    assert first == "Gladly.\nWhat is it?\nAnswer here. To stop, write: stop."
    assert await talk.say("a door\u200b") == "Which kind?\n1. A tip\n2. A place"
    assert await talk.say("2") == "Why does it help?\nYou can leave this open: write skip."
    assert await talk.say("skip") == "done"
    assert talk.last() == FormSubmit("suggest", {"what": "a door", "kind": "place", "why": ""})
    await talk.say("and now?")
    assert talk.last() == Text("and now?")


@pytest.mark.parametrize("given", ["a tip", "A TIP", "tip", "1", "1.", ActionPress(CHOOSE, ("tip",))])
async def test_a_choice_is_taken_as_people_give_it(talk: Talk, given: str | Body) -> None:
    await talk.say(Command("suggest"))
    await talk.say("x")
    await talk.say(given)
    await talk.say("because")
    assert talk.last() == FormSubmit("suggest", {"what": "x", "kind": "tip", "why": "because"})


async def test_what_does_not_fit_is_asked_again(talk: Talk) -> None:
    await talk.say(Command("suggest"))
    assert "at most 20 characters" in await talk.say("x" * 21)
    assert "needs an answer" in await talk.say("skip")
    assert "needs an answer" in await talk.say("\u200b")
    await talk.say("x" * 20)
    assert "one of the numbers" in await talk.say("3")
    assert "one of the numbers" in await talk.say("whatever")


@pytest.mark.parametrize("word", ["stop", "STOP", "Annuler", "cancelar", "停止"])
async def test_one_word_stops_a_form_in_any_language(talk: Talk, word: str) -> None:
    await talk.say(Command("suggest"))
    assert await talk.say(word) == "Stopped. Nothing of it was kept."
    await talk.say("hello")
    assert talk.last() == Text("hello")


async def test_a_form_ends_after_half_an_hour_of_silence(talk: Talk, clock: FakeClock) -> None:
    await talk.say(Command("suggest"))
    clock.advance(timedelta(minutes=29))
    assert "Which kind?" in await talk.say("x")
    clock.advance(timedelta(minutes=30))
    await talk.say("1")
    assert talk.last() == Text("1")


async def test_commands_and_danger_do_not_wait_for_a_form(talk: Talk) -> None:
    await talk.say(Command("suggest"))
    assert await talk.say(Command("help")) == "done"
    assert await talk.say("please help me now") == "done"
    assert talk.last() == Text("please help me now")
    assert "Which kind?" in await talk.say("x"), "the form is still there"


async def test_a_request_handed_over_again_answers_no_second_question(clock: FakeClock) -> None:
    forms = MemoryForms()
    talk = Talk(clock, forms)
    await talk.say(Command("suggest"), "r1")
    question = await talk.say("x", "r2")
    again = Talk(clock, forms)
    assert await again.say("x", "r2") == question
    assert again.asked == []


async def test_a_form_survives_a_restart(clock: FakeClock) -> None:
    forms = MemoryForms()
    await Talk(clock, forms).say(Command("suggest"))
    after = Talk(clock, forms)
    assert "Which kind?" in await after.say("x")


async def test_a_door_with_modals_gets_the_form_itself(clock: FakeClock) -> None:
    talk = Talk(clock, shows_forms=True)
    request = Request("r", Actor(mark="me"), RoomRef("discord", "1"), Command("suggest"), clock.now())
    assert (await talk.conversations(request)).form == FORM


@pytest.mark.parametrize("what", ["choices", "form"])
async def test_midnight_interrupts_nobody(what: str) -> None:
    clock = FakeClock(datetime(2026, 11, 21, 23, 59, 50, tzinfo=UTC))
    talk = Talk(clock)
    await talk.say("choices" if what == "choices" else Command("suggest"))
    clock.advance(timedelta(minutes=20))
    said = await talk.say("2")
    assert talk.last() == ActionPress("show", ("b",)) if what == "choices" else "Which kind?" in said


async def test_texts_sent_at_once_are_answered_in_turn(clock: FakeClock) -> None:
    class SlowForms(MemoryForms):
        async def get(self, key: str, now: datetime):  # type: ignore[no-untyped-def]
            await asyncio.sleep(0.001)
            return await super().get(key, now)

    talk = Talk(clock, SlowForms())
    await talk.say(Command("suggest"))
    said = await asyncio.gather(talk.say("x", "a"), talk.say("2", "b"), talk.say("why", "c"))
    assert talk.last() == FormSubmit("suggest", {"what": "x", "kind": "place", "why": "why"})
    assert said[-1] == "done"
    assert talk.conversations._turns == {}, "nothing of a turn is left"  # noqa: SLF001


async def test_memory_does_not_grow_without_end(clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.handlers.conversation.MOST_PEOPLE", 100)
    talk = Talk(clock)
    for number in range(300):
        await talk.say("choices", person=f"p{number}")
    assert len(talk.conversations._memories) == 100  # noqa: SLF001
    clock.advance(timedelta(hours=1))
    await talk.say("choices")
    assert len(talk.conversations._memories) == 1  # noqa: SLF001


async def test_what_is_remembered_names_nobody(talk: Talk) -> None:
    await talk.say("choices", person="marker-person")
    key = next(iter(talk.conversations._memories))  # noqa: SLF001
    assert "marker" not in key and "!r" not in key
    assert replace(talk.asked[0]).actor.mark == "marker-person"
    assert "marker-person" not in repr(talk.asked[0])
