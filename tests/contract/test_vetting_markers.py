"""After decision, withdrawal and expiry nothing is left of who sent it, of unpublished words and of the claim code.

Searched in the bytes of database, log and every other file of the installation, in its content opened with the key, and
in what the program said about itself; and what moderators get holds nothing about the sender from the start.
"""

import json
import logging
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot import log
from bot.core.documents import dumped
from bot.core.request import ActionPress
from bot.keeping import keeping_in
from bot.outbox.model import MessageRef
from bot.storage import retention
from bot.storage.case_keys import CaseKeys
from bot.storage.cases import cases
from bot.storage.open import Storage
from bot.vetting.model import LONGEST, Case
from tests.contract.conftest import Place
from tests.contract.test_kept import found_in_bytes, opened_content
from tests.fakes.clock import FakeClock
from tests.fakes.vetting import REVIEW, Person, Stage, stage_on, text_of

SENDERS = {"discord": "700000000000000777", "matrix": "@marker-sender:example.org"}
UNPUBLISHED = ("marker-what", "marker-why", "marker-known", "marker-question", "marker-answer")
ENDS = ("approved", "rejected", "withdrawn", "expired")


@pytest.fixture
async def stage(place: Place, storage: Storage) -> Stage:
    return stage_on(storage, place.settings, place.clock)


async def open_cases(stage: Stage) -> list[Case]:
    vetting = await stage.app.vetting(keeping_in(stage.storage, stage.clock))
    return await vetting.cases.waiting(["north", "south"], 100)


async def planted(stage: Stage, platform: str) -> tuple[Person, str, str]:
    """A suggestion with a marker in every place, a question and its answer; the person, the claim code, the case."""
    peer = stage.someone(platform, SENDERS[platform])
    before = {case.code for case in await open_cases(stage)}
    code = await peer.suggests(
        "Night Kitchen marker-what https://nightkitchen.ca", why="It is marker-why", known="A friend marker-known"
    )
    [case] = [each.code for each in await open_cases(stage) if each.code not in before]
    await peer.presses("case.tell")
    ash = stage.moderator("Ash")
    await ash.says(f"ask {case} Is it marker-question?")
    await peer.fills(f"case.answer:{code}", answer="It is marker-answer", public="no")
    return peer, code, case


async def deliver(storage: Storage, now: datetime, *, is_away: bool) -> None:
    """What waits is said, or tried without an answer in rooms that are away."""
    for _ in range(12):
        claimed = await storage.outbox.claim(["discord", "matrix"], now, 50)
        for each in claimed:
            if is_away:
                later = now + timedelta(days=1)
                await storage.outbox.later(each, later, unanswered=True)
            else:
                message = each.message or MessageRef(each.outgoing.room, f"message{each.id}")
                await storage.outbox.sent(each, message, now)


async def ended(stage: Stage, how: str, peer: Person, code: str, case: str) -> None:
    match how:
        case "approved":
            ash, birch = stage.moderator("Ash"), stage.moderator("Birch")
            facts = "kind: organization\nled_by: unknown\ncoverage: CA\ntopics: food\nserves: all\naccess: online"
            await ash.fills(
                f"review.edit:{case}:1", name="Night Kitchen", description="en: Meals at night.", facts=facts
            )
            await ash.does(ActionPress("review.approve", (case, "2")))
            await birch.does(ActionPress("review.approve", (case, "2")))
        case "rejected":
            await stage.moderator("Ash").says(f"reject {case} unclear")
        case "withdrawn":
            await peer.does(ActionPress("case.withdraw", (code,)))
        case "expired":
            stage.clock.advance(LONGEST)
            vetting = await stage.app.vetting(keeping_in(stage.storage, stage.clock))
            assert await vetting.expire() == 1
    assert how in await states(stage.storage)


async def states(storage: Storage) -> list[str]:
    async with storage.database.read() as connection:
        return list((await connection.scalars(select(cases.c.state))).all())


async def everything(storage: Storage) -> str:
    """Every cell, opened with the key of the installation and with the keys of the cases that are left."""
    opened, keys = [await opened_content(storage)], CaseKeys(storage.database, FakeClock())
    async with storage.database.read() as connection:
        for row in (await connection.execute(select(cases))).all():
            seal = await keys.of(connection, row.case_id)
            opened += [
                seal.open(getattr(row, name), "cases", row.case_id, name)
                for name in ("content", "tell")
                if seal and getattr(row, name) is not None
            ]
    return "\n".join(opened)


def left(content: str, code: str) -> list[str]:
    plain = code.replace("-", "")
    return [each for each in (*UNPUBLISHED, *SENDERS.values(), code, plain) if each in content]


@pytest.mark.parametrize("is_away", [False, True], ids=["said", "rooms away"])
async def test_nothing_is_left(stage: Stage, place: Place, is_away: bool) -> None:
    storage = stage.storage
    for how in ENDS:
        peer, code, case = await planted(stage, "matrix" if how == "withdrawn" else "discord")
        await deliver(storage, stage.clock.now(), is_away=is_away)
        before = left(await everything(storage), code)
        assert set(before) >= set(UNPUBLISHED), "the control: while it waits the key opens it"
        assert code not in before
        await ended(stage, how, peer, code, case)
        if not is_away:
            await deliver(storage, stage.clock.now(), is_away=False)
        stage.clock.advance(timedelta(seconds=60))
        await retention.expire(storage.database, stage.clock.now())
        await storage.database.tidy()
        found = left(await everything(storage), code)
        # While rooms are away who asked to be told still has to be told: their door alone is known, sealed.
        assert set(found) <= ({SENDERS["discord"]} if is_away else set()), how
        assert found_in_bytes(place.bytes_in, (*UNPUBLISHED, *SENDERS.values(), code)) == set(), how


async def test_the_deleter_switched_off_is_caught(stage: Stage) -> None:
    """The control: without a decision the words are there to be opened."""
    _, code, _ = await planted(stage, "discord")
    await stage.storage.database.tidy()
    assert set(left(await everything(stage.storage), code)) >= {*UNPUBLISHED, SENDERS["discord"]}


async def test_nothing_is_said_of_it_in_the_log(
    stage: Stage, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    log.show()
    with caplog.at_level(logging.DEBUG):
        peer, code, case = await planted(stage, "discord")
        await stage.storage.database.close()
        await ended(stage, "rejected", peer, code, case)
    said = caplog.text + "".join(capfd.readouterr())
    assert left(said, code) == []


async def test_moderators_learn_nothing_about_who_sent_it(stage: Stage) -> None:
    """All that reaches a review room in the life of 40 cases, from people of three doors and four languages."""
    secrets: list[str] = []
    for number in range(40):
        platform = ("discord", "matrix", "console")[number % 3]
        account = f"70000000000000{number:04}" if platform == "discord" else f"@sender{number}:home.example.org"
        peer = stage.someone(platform, account, locale=("en", "fr", "es", "zh")[number % 4])
        code = await peer.suggests(f"Group number {number} https://group{number}.example.com")
        mark = stage.storage.people.mark(platform, account)
        secrets += [account, code, mark, f"room-of-{account}", "home.example.org"]
        stage.clock.advance(timedelta(minutes=7, seconds=13))
    case = (await open_cases(stage))[0].code
    await stage.moderator("Ash").says(f"ask {case} Is it open?")
    said = [dumped(reply) for _, reply in await stage.said(REVIEW["discord"])]
    listed = await stage.moderator("Ash").says("review")
    card = text_of(await stage.moderator("Ash").does(ActionPress("review.card", (case,))))
    everything_seen = "\n".join((*said, listed, card))
    assert len(said) > 10
    assert [each for each in secrets if each in everything_seen] == []
    assert not any(f"{stage.clock.now():%H:}" in each for each in (listed, card))
    assert {json.loads(each)["locale"] for each in said} == {"en"}
