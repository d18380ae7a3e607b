"""Changes, acts and counts of unmet need, the same on every database."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from bot.core.acts import Act
from bot.core.need import Need
from bot.directory import changes
from bot.directory.changes import Change
from bot.directory.model import Check
from bot.storage import directory_changes
from bot.storage.backup import back_up, restore
from bot.storage.open import Storage
from tests.contract.conftest import Place
from tests.unit.test_changes import BY, DAY, approved, record

HIDE = changes.simple("hide", "a-group", DAY, approvals=1, by=("wren",), case="K7Q2")
SHOW = changes.simple("show", "a-group", DAY, approvals=2, by=BY)


def unnamed(change: Change, version: int) -> Change:
    return replace(change, by=(), case="", version=version)


async def test_a_change_comes_back_as_it_was_without_names(storage: Storage, other_storage: Storage) -> None:
    of, found = record(), Check(DAY, "called-or-messaged", "ok")
    added = [
        approved(of, of), approved(replace(of, id="other")), changes.check(of.id, found, by=BY[:1]),
        changes.hide_contact(of, "phone", DAY), HIDE,
    ]  # fmt: skip
    assert await storage.changes.version() == 0
    assert [await storage.changes.add_one(each) for each in added] == [1, 2, 3, 4, 5]
    assert await other_storage.changes.all() == [unnamed(each, at) for at, each in enumerate(added, 1)]
    assert await other_storage.changes.version() == 5


async def test_every_moderator_of_a_change_stands_in_the_trail(storage: Storage) -> None:
    found = Check(DAY, "called-or-messaged", "ok")
    for each in (SHOW, HIDE, changes.check("other", found, by=("lark",))):
        await storage.changes.add_one(each)
    assert await storage.acts.of("a-group", 9) == [
        Act("wren", "hide", "a-group", DAY, "K7Q2"),
        Act("lark", "show", "a-group", DAY),
        Act("wren", "show", "a-group", DAY),
    ]
    assert (await storage.acts.of("", 1)) == [Act("lark", "check", "other", DAY, "called-or-messaged")]
    assert await storage.acts.of("no-such-item", 9) == []


async def test_what_a_change_leaves_without_effect_goes(storage: Storage) -> None:
    await storage.changes.add_one(approved(record(), record()))
    await storage.changes.add_one(approved(record(), record()))
    await storage.changes.add_one(HIDE)
    await storage.changes.add_one(SHOW)
    assert [(each.version, each.kind) for each in await storage.changes.all()] == [(2, "put"), (4, "show")]
    await storage.changes.add_one(changes.simple("remove", record().id, DAY, approvals=2, by=BY))
    assert [(each.version, each.kind) for each in await storage.changes.all()] == [(4, "show"), (5, "remove")]
    async with storage.database.read() as connection:
        texts = await connection.scalars(select(directory_changes.directory_changes.c.text))
    assert set(texts) == {""}, "the record of a group that wanted out is erased"


async def test_a_change_is_part_of_the_transaction_of_its_decision(storage: Storage) -> None:
    async def failing() -> None:
        async with storage.database.write() as connection:
            await directory_changes.add(connection, storage.database, HIDE)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await failing()
    assert await storage.changes.all() == []
    assert await storage.acts.of("", 9) == []


async def test_two_processes_number_their_changes_without_a_gap(storage: Storage, other_storage: Storage) -> None:
    """Who polls must never see a version before an earlier one: it would be missed for ever."""
    found = [Check(DAY - timedelta(days=days), "own-page-read", "ok") for days in range(10)]
    versions = await asyncio.gather(
        *(at.changes.add_one(changes.check(f"r{number}", each, by=BY)) for number, each in enumerate(found)
          for at in (storage, other_storage))
    )  # fmt: skip
    assert sorted(versions) == list(range(1, 21))


async def test_counts_add_up_across_processes_and_small_ones_are_not_shown(
    storage: Storage, other_storage: Storage
) -> None:
    november, october = date(2026, 11, 1), date(2026, 10, 1)
    food, legal = Need(november, "CA-PE", "food"), Need(november, "CA-PE", "legal-help")
    old = Need(october, "MX", "housing")
    await asyncio.gather(
        *(at.needs.add({food: 1, legal: 2}) for at in (storage, other_storage, storage, other_storage))
    )
    await storage.needs.add({old: 5})
    assert await storage.needs.shown() == [(legal, 8), (old, 5)]
    await storage.needs.add({food: 1})
    assert await storage.needs.shown() == [(legal, 8), (food, 5), (old, 5)]


async def test_a_restore_undoes_no_decision(storage: Storage, place: Place, tmp_path: Path) -> None:
    """Neither what was hidden nor what was taken out since comes back, and no text of it."""
    file = tmp_path / "umbrella-2026-11-21.backup"
    out = record().id
    await storage.changes.add_one(approved(record(), record()))
    await storage.changes.add_one(SHOW)
    await back_up(storage.database, place.clock, file)
    await storage.changes.add_one(changes.simple("remove", out, DAY, approvals=2, by=BY))
    await storage.changes.add_one(HIDE)
    before = await storage.changes.all()
    await restore(storage.database, place.clock, file)
    assert await storage.changes.all() == before
    assert [(each.record_id, each.kind, each.text) for each in before] == [(out, "remove", ""), ("a-group", "hide", "")]


async def test_what_was_decided_after_a_loss_counts_as_later(storage: Storage, place: Place, tmp_path: Path) -> None:
    """A database that began anew numbers its changes from one again; the backup of before has these numbers too."""
    file = tmp_path / "umbrella-2026-11-21.backup"
    for change in (SHOW, approved(record(), record())):
        await storage.changes.add_one(change)
    await back_up(storage.database, place.clock, file)
    async with storage.database.write() as connection:
        await connection.execute(delete(directory_changes.directory_changes))
    assert await storage.changes.add_one(HIDE) == 1
    await restore(storage.database, place.clock, file)
    assert [(each.version, each.kind) for each in await storage.changes.all()] == [(2, "put"), (3, "hide")]


def test_an_act_holds_codes_and_no_words() -> None:
    with pytest.raises(ValueError, match="codes"):
        Act("wren", "reject", "K7Q2", DAY, "because she said so")
