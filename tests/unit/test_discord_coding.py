"""Custom ids: short enough, without words, and the same action when they come back, after a year too."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.discord.coding import LONGEST, CodeError, pack, short, unpack
from bot.core.reply import Action, Reply
from bot.core.request import ActionPress, Actor, Request, RoomRef
from bot.directory.vocabulary import vocabulary
from bot.reading import read_plain
from bot.urgent.offers import offers
from tests.fakes.discord.ours import app

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
QUESTIONS = Path(__file__).parents[1] / "data" / "questions.yaml"


def actions(reply: Reply) -> Iterator[Action]:
    yield from reply.actions
    if reply.awaits_place:
        yield reply.awaits_place


async def test_every_action_over_the_public_questions_comes_back_as_it_was() -> None:
    """What the handlers offer for 150 questions, and what is offered then, and then."""
    read: Any = read_plain(QUESTIONS)
    todo = [action for case in read for action in actions(app().answer(case["text"], now=NOW).reply)]
    seen: set[tuple[str, tuple[str, ...]]] = set()
    longest = 0
    while todo and len(seen) < 4000:
        action = todo.pop()
        if (action.id, action.args) in seen:
            continue
        seen.add((action.id, action.args))
        code = pack(action)
        longest = max(longest, len(code))
        assert unpack(code) == (action.id, action.args)
        pressed = ActionPress(action.id, action.args)
        todo += actions(await app().router.dispatch(Request("1", Actor("en"), RoomRef("discord", "1"), pressed, NOW)))
    assert len(seen) > 1000
    assert longest <= LONGEST


def test_no_two_words_of_a_kind_have_one_code() -> None:
    words = vocabulary()
    families = (
        words.topics,
        words.serves,
        words.access,
        tuple(words.labels),
        words.kind,
        words.led_by,
        tuple(offers()),
    )
    for family in families:
        assert len({short(word) for word in family}) == len(family)


def test_codes_of_buttons_that_were_sent_stay_what_they_were() -> None:
    """Written down once: whoever changes these breaks the buttons of every message there is."""
    assert pack(Action("find", "", ("t:legal-help", "p:CA-QC/Montréal", "o:5"))) == FIND
    assert unpack(FIND) == ("find", ("t:legal-help", "p:CA-QC/Montréal", "o:5"))
    assert unpack(CARD) == ("card", ("violence", "now", "suicide+coercion", "p:CA"))


FIND, CARD = "u1.hF|tFQ|p:CA-QC/Montréal|o:5", "u1.zf|.A-|.HM|.KfdW|p:CA"


@pytest.mark.parametrize(
    "custom_id",
    ["", "u1", "u1x", "u0.hF", "bare:more", "u1.hF|t!!", "u1.hF|tF", "u1.Q", "u1list0", "u1form|ask", "u1.hF|q"],
)
def test_what_is_none_of_ours_is_refused(custom_id: str) -> None:
    with pytest.raises(CodeError):
        unpack(custom_id)


def test_too_many_named_records_are_left_out_and_words_with_the_parting_sign_refused() -> None:
    named = "+".join(f"a-record-with-a-long-name-{number}" for number in range(5))
    action, args = unpack(pack(Action("find", "", ("t:housing", f"n:{named}", "p:CA"))))
    assert action == "find"
    assert args[0] == "t:housing"
    assert named.startswith(args[1].removeprefix("n:"))
    assert args[2] == "p:CA"
    for strange in (Action("find", "", ("p:a|b",)), Action("show", "", ("x" * 120,))):
        with pytest.raises(CodeError):
            pack(strange)
