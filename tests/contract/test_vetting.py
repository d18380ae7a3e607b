"""The rules of two, kept by every database: who may decide, once, and what is left afterwards."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from bot.core.request import RoomRef
from bot.directory.changes import read_record
from bot.errors import InputError
from bot.storage import blocks, cases, retention
from bot.storage.deliveries import deliveries
from bot.storage.directory_changes import StoredChanges
from bot.storage.open import Storage
from bot.vetting.claim import claim_of, new_token
from bot.vetting.model import BLOCKED, LONGEST, NewCase, Submission
from bot.vetting.quotas import MOST_CARDS, MOST_OPEN, PERSON, QuotaError
from bot.vetting.service import Vetting
from bot.vetting.steps import AlreadyDecidedError, IncompleteError
from tests.contract.conftest import Place
from tests.fakes.cases import KEY, PROPOSAL, by, published, race, reported, suggested, vetting_on
from tests.fakes.clock import FakeClock


@pytest.fixture
def vetting(storage: Storage, clock: FakeClock) -> Vetting:
    return vetting_on(storage, clock)


async def changes_of(storage: Storage) -> list[tuple[str, str, int]]:
    return [(each.kind, each.record_id, each.approvals) for each in await StoredChanges(storage.database).all()]


async def test_two_moderators_publish_what_a_peer_suggested(vetting: Vetting, storage: Storage) -> None:
    case, claim = await suggested(vetting)
    assert (await vetting.approve(by("Ash"), case.code, 1)).state == "pending"
    assert await changes_of(storage) == []
    assert (await vetting.approve(by("Birch"), case.code, 1)).state == "approved"
    assert await changes_of(storage) == [("put", "night-kitchen", 2)]
    [change] = await StoredChanges(storage.database).all()
    record = read_record(change.text)
    assert record is not None and record.name == "Night Kitchen"
    found = await vetting.claimed(claim)
    assert found is not None and (found.state, found.submission, found.proposal) == ("approved", None, {})
    acts = [(act.by, act.action, act.item) for act in await storage.acts.of("", 10)]
    assert set(acts) == {
        ("Ash", "approve", case.code),
        ("Birch", "approve", case.code),
        ("Ash", "put", "night-kitchen"),
        ("Birch", "put", "night-kitchen"),
    }


async def test_one_moderator_is_one_however_often_they_press(vetting: Vetting, storage: Storage) -> None:
    case, _ = await suggested(vetting)
    for _ in range(3):
        assert (await vetting.approve(by("Ash"), case.code, 1)).state == "pending"
    assert await changes_of(storage) == []
    assert [act.action for act in await storage.acts.of(case.code, 10)] == ["approve"]


async def test_nobody_decides_about_their_own_from_whichever_account(vetting: Vetting) -> None:
    case, _ = await suggested(vetting, sender="moderator/Ash")
    with pytest.raises(InputError, match="review-own"):
        await vetting.approve(by("Ash", "matrix/another-account"), case.code, 1)
    with pytest.raises(InputError, match="review-own"):
        await vetting.reject(by("Ash"), case.code, 1, "unclear")
    case, _ = await suggested(vetting, sender="discord/Birch")
    with pytest.raises(InputError, match="review-own"):
        await vetting.approve(by("Birch"), case.code, 1)


async def test_a_tie_takes_a_moderators_word_away(vetting: Vetting) -> None:
    case, _ = await suggested(vetting)
    await vetting.approve(by("Ash"), case.code, 1)
    await vetting.tie(by("Ash"), case.code)
    with pytest.raises(InputError, match="review-tied"):
        await vetting.approve(by("Ash"), case.code, 1)
    assert (await vetting.approve(by("Birch"), case.code, 1)).state == "pending"
    assert (await vetting.approve(by("Cedar"), case.code, 1)).state == "approved"


async def test_a_third_decides_a_disagreement(vetting: Vetting, storage: Storage) -> None:
    for last, state in (("approve", "approved"), ("reject", "rejected")):
        case, claim = await suggested(vetting)
        await vetting.approve(by("Ash"), case.code, 1)
        assert (await vetting.reject(by("Birch"), case.code, 1, "unclear")).state == "pending"
        done = (
            await vetting.approve(by("Cedar"), case.code, 1)
            if last == "approve"
            else await vetting.reject(by("Cedar"), case.code, 1, "double")
        )
        assert done.state == state
    found = await vetting.claimed(claim)
    assert found is not None and found.reason == "double"
    assert len(await changes_of(storage)) == 1


async def test_an_edit_is_a_new_version_that_everybody_must_see(vetting: Vetting, storage: Storage) -> None:
    case, _ = await suggested(vetting)
    await vetting.approve(by("Ash"), case.code, 1)
    edited = await vetting.edit(
        by("Birch"), case.code, 1, lambda before: {**before, "name": "Night Kitchen Collective"}
    )
    assert edited.version == 2
    for version in (1, None):
        with pytest.raises(InputError, match="review-changed"):
            await vetting.approve(by("Cedar"), case.code, version)
    assert (await vetting.approve(by("Birch"), case.code, 2)).state == "pending"
    assert (await vetting.approve(by("Ash"), case.code, 2)).state == "approved"
    [change] = await StoredChanges(storage.database).all()
    assert "Night Kitchen Collective" in change.text


async def test_what_is_no_whole_record_is_not_published(vetting: Vetting) -> None:
    case, _ = await suggested(vetting)
    await vetting.edit(by("Ash"), case.code, 1, lambda before: {k: v for k, v in before.items() if k != "coverage"})
    with pytest.raises(IncompleteError) as caught:
        await vetting.approve(by("Birch"), case.code, 2)
    assert any("coverage" in fault for fault in caught.value.judged.faults)


async def test_a_helplines_number_needs_a_call_within_seven_days(vetting: Vetting, clock: FakeClock) -> None:
    line = {**PROPOSAL, "kind": "helpline", "contact": {"phone": "+16046855555"}}
    case, _ = await suggested(vetting)
    await vetting.edit(by("Ash"), case.code, 1, lambda _: line)
    await vetting.approve(by("Ash"), case.code, 2)
    with pytest.raises(InputError, match="review-needs-call"):
        await vetting.approve(by("Birch"), case.code, 2)
    today = clock.now().date()
    await vetting.check(by("Ash"), case.code, "called-or-messaged", today - timedelta(days=8))
    await vetting.check(by("Ash"), case.code, "own-page-read", today)
    with pytest.raises(InputError, match="review-needs-call"):
        await vetting.approve(by("Birch"), case.code, 2)
    await vetting.check(by("Ash"), case.code, "called-or-messaged", today - timedelta(days=7))
    assert (await vetting.approve(by("Birch"), case.code, 2)).state == "approved"


async def test_one_approval_is_said_and_counts_where_the_operator_says_so(storage: Storage, clock: FakeClock) -> None:
    vetting = vetting_on(storage, clock, approvals=1)
    case, _ = await suggested(vetting)
    assert (await vetting.approve(by("Ash"), case.code, 1)).state == "approved"
    assert await changes_of(storage) == [("put", "night-kitchen", 1)]


async def test_moderators_of_another_community_see_nothing(vetting: Vetting) -> None:
    case, _ = await suggested(vetting)
    stranger = by("Dogwood", community="south")
    for act in (
        vetting.approve(stranger, case.code, 1),
        vetting.reject(stranger, case.code, 1, "unclear"),
        vetting.take(stranger, case.code),
        vetting.find(stranger, case.code),
    ):
        with pytest.raises(InputError, match="review-no-case"):
            await act
    assert await vetting.waiting(stranger) == []


async def test_the_same_press_twice_opens_one_case(vetting: Vetting) -> None:
    claim = claim_of(new_token(), KEY)
    new = replace(vetting.new_case("suggestion"), submission=Submission("a"), proposal=PROPOSAL)
    opened = await asyncio.gather(*(vetting.open(NewCase(replace(new, id=f"{n:032}"), claim, "x")) for n in range(5)))
    assert len({case.code for case in opened}) == 1
    assert [each.count for each in await vetting.queue()] == [1]


async def test_taking_back_erases_at_once_and_cannot_be_decided(vetting: Vetting, storage: Storage) -> None:
    case, claim = await suggested(vetting)
    await vetting.withdraw(claim)
    found = await vetting.claimed(claim)
    assert found is not None and (found.state, found.submission) == ("withdrawn", None)
    with pytest.raises(AlreadyDecidedError):
        await vetting.approve(by("Ash"), case.code, 1)
    async with storage.database.read() as connection:
        row = (await connection.execute(select(cases.cases))).one()
        keys = await connection.scalar(text("SELECT count(*) FROM case_keys"))
    assert (row.content, row.sender, row.tell, keys) == (None, None, None, 0)


async def test_a_question_comes_back_through_the_code(vetting: Vetting, storage: Storage) -> None:
    case, claim = await suggested(vetting)
    await vetting.tell(claim, RoomRef("matrix", "!private:example.org"), "fr")
    await vetting.ask(by("Ash"), case.code, "Is it open on Sunday?")
    found = await vetting.claimed(claim)
    assert found is not None and found.question == "Is it open on Sunday?"
    await vetting.answer(claim, "Yes, from noon.")
    assert (await vetting.find(by("Birch"), case.code)).answer == "Yes, from noon."
    told = await storage.outbox.progress(f"told/{case.id}")
    assert told.queued == 1


async def test_who_asked_to_be_told_is_told_once_and_forgotten(vetting: Vetting, storage: Storage) -> None:
    case, claim = await suggested(vetting)
    await vetting.tell(claim, RoomRef("discord", "@42"), "en")
    await vetting.reject(by("Ash"), case.code, 1, "unclear")
    assert (await storage.outbox.progress(f"told/{case.id}")).queued == 1
    async with storage.database.read() as connection:
        assert (await connection.scalar(select(cases.cases.c.tell))) is None
    unwanted, other = await suggested(vetting)
    await vetting.tell(other, RoomRef("discord", "@42"), "en")
    await vetting.tell(other, None, "en")
    await vetting.reject(by("Ash"), unwanted.code, 1, "unclear")
    assert (await storage.outbox.progress(f"told/{unwanted.id}")).queued == 0


async def test_cards_wait_a_random_while_and_reports_do_not(
    vetting: Vetting, storage: Storage, clock: FakeClock
) -> None:
    case, _ = await suggested(vetting)
    async with storage.database.read() as connection:
        due = (await connection.scalars(select(deliveries.c.due_at).where(deliveries.c.cause == case.cause))).all()
    waits = [(each - clock.now()).total_seconds() for each in due]
    assert len(waits) == 2 and all(600 <= wait <= 2401 for wait in waits)
    report = await reported(vetting, "discord/a")
    async with storage.database.read() as connection:
        due = (await connection.scalars(select(deliveries.c.due_at).where(deliveries.c.cause == report.cause))).all()
    assert due and all(each <= clock.now() for each in due)


async def test_two_accounts_hide_a_contact_line_until_a_moderator_looks(vetting: Vetting, storage: Storage) -> None:
    await reported(vetting, "discord/a")
    await reported(vetting, "discord/a")
    await reported(vetting, "")
    assert await changes_of(storage) == []
    second = await reported(vetting, "matrix/b")
    assert await changes_of(storage) == [("hide-contact", "night-kitchen", 0)]
    await vetting.reject(by("Ash"), second.code, 1, "no-fault")
    assert [kind for kind, *_ in await changes_of(storage)] == ["hide-contact", "show-contact"]


async def test_one_hides_a_record_at_once_and_two_show_it_again(vetting: Vetting, storage: Storage) -> None:
    record = published(vetting)
    await vetting.hide(by("Ash"), record.id)
    del vetting.records.records[record.id]  # type: ignore[attr-defined]
    asked = await vetting.show(by("Ash"), record.id, claim_of(new_token(), KEY))
    assert asked.state == "pending"
    assert [kind for kind, *_ in await changes_of(storage)] == ["hide"]
    assert (await vetting.approve(by("Ash"), asked.code, 1)).state == "pending"
    assert (await vetting.approve(by("Birch"), asked.code, 1)).state == "approved"
    assert [kind for kind, *_ in await changes_of(storage)] == ["show"]


async def test_a_typing_error_needs_one_and_a_new_number_two(vetting: Vetting) -> None:
    published(vetting)
    small = await reported(vetting, "")
    text_ = PROPOSAL["description"]["en"].replace("Warm", "Hot")  # type: ignore[index]
    await vetting.edit(by("Ash"), small.code, 1, lambda before: {**before, "description": {"en": text_}})
    assert (await vetting.approve(by("Ash"), small.code, 2)).state == "approved"
    large = await reported(vetting, "")
    await vetting.edit(
        by("Ash"), large.code, 1, lambda before: {**before, "contact": {**before["contact"], "phone": "+16046855556"}}
    )
    assert (await vetting.approve(by("Ash"), large.code, 2)).state == "pending"
    assert (await vetting.approve(by("Birch"), large.code, 2)).state == "approved"


async def test_nobody_hands_in_more_than_the_limit(vetting: Vetting, clock: FakeClock) -> None:
    for _ in range(PERSON[0].most):
        await suggested(vetting, flood="discord/flooder")
    with pytest.raises(QuotaError, match="quota-person"):
        await suggested(vetting, flood="discord/flooder")
    await suggested(vetting, flood="discord/someone-else")
    clock.advance(timedelta(hours=2))
    await suggested(vetting, flood="discord/flooder")


async def test_only_so_many_cards_stand_in_a_room_and_the_digest_counts_all(vetting: Vetting, storage: Storage) -> None:
    for _ in range(MOST_CARDS + 5):
        await suggested(vetting)
    async with storage.database.read() as connection:
        said = await connection.scalar(select(func.count()).select_from(deliveries).where(deliveries.c.act == "say"))
    assert said == 2 * MOST_CARDS
    [digest] = {each.reply.blocks for each in await vetting.digest()}
    assert str(MOST_CARDS + 5) in str(digest)


async def test_a_full_queue_is_closed_kindly(vetting: Vetting, storage: Storage) -> None:
    async with storage.database.write() as connection:
        await connection.execute(
            cases.cases.insert(),
            [
                {
                    "case_id": f"{n:032}", "code": f"{n:04}", "claim": n.to_bytes(16, "big"), "kind": "suggestion",
                    "state": "pending", "community": "north", "is_urgent": False, "made_on": vetting.clock.now().date(), "expires_at": vetting.clock.now() + LONGEST,
                    "record": "", "version": 1, "shown": 0,
                }
                for n in range(MOST_OPEN)
            ],
        )  # fmt: skip
    with pytest.raises(QuotaError, match="quota-full"):
        await suggested(vetting)


async def test_what_nobody_decides_expires_with_its_text(vetting: Vetting, storage: Storage, clock: FakeClock) -> None:
    _, claim = await suggested(vetting)
    clock.advance(LONGEST - timedelta(days=1))
    assert await vetting.expire() == 0
    clock.advance(timedelta(days=1))
    await retention.expire(storage.database, clock.now())
    assert await vetting.expire() == 1
    found = await vetting.claimed(claim)
    assert found is not None and (found.state, found.submission) == ("expired", None)
    clock.advance(timedelta(days=30))
    await retention.expire(storage.database, clock.now())
    assert await vetting.claimed(claim) is None


async def test_what_no_process_closed_is_gone_all_the_same(
    vetting: Vetting, storage: Storage, clock: FakeClock
) -> None:
    _, claim = await suggested(vetting)
    clock.advance(LONGEST + timedelta(days=1))
    await retention.expire(storage.database, clock.now())
    assert await vetting.claimed(claim) is None


RACES = 60
"""In the test command; a thousand in `python -m tests.chaos vetting`."""


async def test_of_two_moderators_at_one_instant_one_wins(
    place: Place, storage: Storage, other_storage: Storage
) -> None:
    assert (await race(storage, other_storage, place.clock, RACES)).is_good


async def test_a_sender_is_blocked_and_nobody_learns_who_it_is(
    vetting: Vetting, storage: Storage, clock: FakeClock
) -> None:
    case, claim = await suggested(vetting, sender="discord/rude")
    await vetting.block(by("Ash"), case.code, "threats")
    await vetting.block(by("Birch"), case.code, "flood")
    found = await vetting.claimed(claim)
    assert found is not None and found.state == "pending", "it decides nothing"
    for _ in range(2):
        with pytest.raises(QuotaError, match="quota-blocked"):
            await suggested(vetting, sender="discord/rude")
        with pytest.raises(QuotaError, match="quota-blocked"):
            await vetting.cases.admit("discord/rude", "discord/rude")
        await suggested(vetting, sender="discord/kind")
        # With the decision the case forgets who sent it; the block, which names nobody, stays.
        if (await vetting.find(by("Ash"), case.code)).state == "pending":
            await vetting.reject(by("Ash"), case.code, 1, "not-fitting")
    async with storage.database.read() as connection:
        [row] = (await connection.execute(select(blocks.blocks))).all()
    assert row.sender == blocks.sender_mark(storage.keys, case.id, "discord/rude"), "bound to this case alone"
    noted = [(act.by, act.action, act.how) for act in await storage.acts.of(case.code, 9)]
    assert noted == [("Ash", "reject", "not-fitting"), ("Ash", "block", "threats")], "the first reason stands"
    clock.advance(BLOCKED)
    await retention.expire(storage.database, clock.now())
    await suggested(vetting, sender="discord/rude")
    async with storage.database.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(blocks.blocks)) == 0


async def test_a_block_is_lifted_and_who_cannot_be_known_is_not_blocked(vetting: Vetting, storage: Storage) -> None:
    case, _ = await suggested(vetting, sender="discord/rude")
    with pytest.raises(InputError, match="review-not-blocked"):
        await vetting.unblock(by("Ash"), case.code)
    await vetting.block(by("Ash"), case.code, "advert")
    await vetting.unblock(by("Birch"), case.code)
    await suggested(vetting, sender="discord/rude")
    unknown, _ = await suggested(vetting, sender="")
    with pytest.raises(InputError, match="review-nobody-to-block"):
        await vetting.block(by("Ash"), unknown.code, "advert")
    assert [act.action for act in await storage.acts.of("", 9)] == ["unblock", "block"]
    with pytest.raises(InputError, match="review-no-case"):
        await vetting.block(by("Dogwood", community="south"), case.code, "advert")
