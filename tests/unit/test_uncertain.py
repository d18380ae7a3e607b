"""What moderators are asked when nobody knows whether a message arrived, and what their answer does."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.meeting import MeetingRooms
from bot.core.moderators import NOBODY, Standing
from bot.core.reply import Reply
from bot.core.request import ActionPress, Actor, Request, RoomRef
from bot.handlers.router import Router
from bot.handlers.uncertain import Notices, with_uncertain
from bot.outbox.worker import Worker
from bot.settings import Community, ReviewRooms, Settings
from bot.storage.open import Storage, open_storage
from bot.text.messages import Messages
from tests.fakes.clock import FakeClock
from tests.fakes.outbox import FakeSender, loses_answer, text_of, to_rooms

COMMUNITY = Community(id="here", review_rooms=ReviewRooms(matrix="!review:example.org"))
MODERATOR = Standing("rowan", frozenset({"here"}), is_proven=True)


@pytest.fixture
async def storage(tmp_path: Path, clock: FakeClock) -> AsyncIterator[Storage]:
    settings = replace(Settings(), data_dir=tmp_path / "data", key_file=tmp_path / "key", encryption=False)
    storage = await open_storage(settings, clock)
    yield storage
    await storage.close()


@pytest.fixture
def router(storage: Storage, clock: FakeClock) -> Router:
    return with_uncertain(
        Router(Messages.shipped(strict=True), {}, dict, MeetingRooms((COMMUNITY,))), storage.outbox, clock
    )


async def asked(router: Router, action: ActionPress, clock: FakeClock, standing: Standing = MODERATOR) -> str:
    actor = Actor("en", standing=standing)
    request = Request("1", actor, RoomRef("matrix", "!review:example.org"), action, clock.now(), is_private=False)
    reply = await router.dispatch(request)
    return text_of(reply)


async def left_uncertain(storage: Storage, clock: FakeClock) -> tuple[FakeSender, Reply]:
    """A message whose answer was lost where nobody can look, and the card about it."""
    sender = FakeSender(platform="discord", after=loses_answer, can_look=False)
    review = FakeSender(platform="matrix")
    cards: list[Reply] = []
    review.before = lambda delivery: cards.append(delivery.outgoing.reply)
    worker = Worker(
        storage.outbox,
        [sender, review],
        clock,
        Notices(Messages.shipped(strict=True), MeetingRooms((COMMUNITY,)), "en"),
    )
    await storage.outbox.add([*to_rooms("announcement/12/fr", 1, "discord")])
    for _ in range(4):
        await worker.deliver_due()
        clock.advance(timedelta(seconds=30))
    sender.after = lambda _: None
    (card,) = cards
    return sender, card


async def test_the_card_names_cause_and_room_and_offers_both_answers(storage: Storage, clock: FakeClock) -> None:
    _, card = await left_uncertain(storage, clock)
    assert "announcement/12/fr" in text_of(card)
    assert "room0" in text_of(card)
    assert [action.id for action in card.actions] == ["uncertain.arrived", "uncertain.again"]


async def test_the_first_answer_counts(storage: Storage, router: Router, clock: FakeClock) -> None:
    sender, card = await left_uncertain(storage, clock)
    again, arrived = (
        ActionPress(card.actions[1].id, card.actions[1].args),
        ActionPress(card.actions[0].id, card.actions[0].args),
    )
    assert await asked(router, again, clock) == "I send it again."
    assert await asked(router, arrived, clock) == "Somebody has settled this already."
    await Worker(storage.outbox, [sender], clock).deliver_due()
    assert sender.rooms.texts("room0") == ["hello", "hello"], "a moderator looked and said it is not there"
    assert (await storage.outbox.progress("announcement/12")).sent == 1
    [noted] = await storage.acts.of("announcement/12/fr", 9)
    assert (noted.by, noted.action) == ("rowan", "uncertain-again"), "and the trail says who"


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [(NOBODY, "Only moderators of this community"), (replace(MODERATOR, is_proven=False), "I cannot be sure")],
)
async def test_nobody_else_decides(
    storage: Storage, router: Router, clock: FakeClock, standing: Standing, sentence: str
) -> None:
    _, card = await left_uncertain(storage, clock)
    for action in card.actions:
        assert (await asked(router, ActionPress(action.id, action.args), clock, standing)).startswith(sentence)
    assert (await storage.outbox.progress("announcement/12")).uncertain == 1


@pytest.mark.parametrize("args", [(), ("x",), ("1", "2"), ("9" * 12,), ("-1",)])
async def test_answers_of_another_shape_change_nothing(router: Router, clock: FakeClock, args: tuple[str, ...]) -> None:
    assert "settled" not in await asked(router, ActionPress("uncertain.arrived", args), clock)
