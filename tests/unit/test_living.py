"""What moderators decide reaches the answers of a running process, whole, and whatever goes wrong."""

import asyncio
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.app import App, build
from bot.core.reply import Card, Reply
from bot.core.request import ActionPress, Actor, Request, RoomRef, Text
from bot.directory import changes
from bot.directory.load import load
from bot.directory.model import Check, Resource
from bot.directory.snapshot import MERGED_FILE
from bot.handlers.complete import Complete
from bot.living import Living
from bot.settings import Settings
from tests.fakes.changes import MemoryChanges
from tests.fakes.clock import FakeClock
from tests.unit.test_changes import BY, DAY, approved

SHIPPED = Path(__file__).parents[2] / "resources.yaml"
LINE = "stella-montreal"


class House:
    """A running process on files of its own."""

    def __init__(self, folder: Path, clock: FakeClock, file: Path = SHIPPED) -> None:
        (folder / "data").mkdir(exist_ok=True)
        self.clock = clock
        self.merged = folder / "data" / MERGED_FILE
        self.settings = Settings(data_dir=folder / "data", directory=file)
        self.app: App = build(self.settings, clock.now(), serves=True)
        self.store = MemoryChanges()
        self.living = Living(self.app, self.store, clock)

    async def decide(self, *decided: changes.Change) -> None:
        for each in decided:
            await self.store.add_one(each)
        assert await self.living.refresh()

    async def ask(self, body: Any) -> Reply:
        return await self.app.router.dispatch(Request("1", Actor(), RoomRef("console", "x"), body, self.clock.now()))

    def record(self, record_id: str = LINE) -> Resource:
        return self.app.directory.current.by_id[record_id]


@pytest.fixture
def house(tmp_path: Path, clock: FakeClock) -> House:
    return House(tmp_path, clock)


def said(reply: Reply) -> str:
    return repr(reply.blocks)


async def test_an_approved_record_is_found_and_stands_in_the_file_the_terminal_reads(house: House) -> None:
    assert await house.living.refresh()
    new = replace(house.record(), id="new-group", name="Parapluie Rouge", aliases=())
    await house.decide(approved(new))
    reply = await house.ask(Text("parapluie rouge"))
    assert next(card.title for card in reply.cards()) == "Parapluie Rouge"
    terminal = build(house.settings, house.clock.now())
    assert terminal.path == house.merged
    assert terminal.directory.current.by_id["new-group"] == new
    assert stat.S_IMODE(house.merged.stat().st_mode) == 0o600
    assert list(house.merged.parent.iterdir()) == [house.merged]


async def test_nothing_is_done_while_nothing_moves(house: House) -> None:
    await house.living.refresh()
    before = house.merged.stat().st_mtime_ns
    assert not await house.living.refresh()
    assert house.merged.stat().st_mtime_ns == before


async def test_a_check_is_said_as_those_of_the_file_are(house: House) -> None:
    found = Check(DAY, "called-or-messaged", "ok")
    await house.decide(changes.check(LINE, found, by=BY[:1]))
    assert "checked November 2026" in said(await house.ask(ActionPress("show", (LINE,))))


async def test_what_one_moderator_published_says_so(house: House) -> None:
    await house.decide(approved(house.record(), house.record(), approvals=1))
    assert "published by one moderator alone" in said(await house.ask(ActionPress("show", (LINE,))))
    assert "published by one moderator alone" in said(await house.ask(Text("stella montreal")))


async def test_what_is_hidden_is_nowhere(house: House) -> None:
    """Neither in answers, nor shown, nor offered while typing, nor on an urgent card, nor in the file."""
    urgent = Text("someone is overdosing, I am in Montreal")
    await house.living.refresh()
    first = next(card.id for card in (await house.ask(urgent)).cards())
    name = house.record(first).name
    await house.decide(*(changes.simple("hide", each, DAY, approvals=1, by=BY[:1]) for each in (LINE, first)))
    assert LINE not in [card.id for card in (await house.ask(Text("stella montreal"))).cards()]
    assert not [block for block in (await house.ask(ActionPress("show", (LINE,)))).blocks if isinstance(block, Card)]
    complete = house.app.router.handlers["complete"]
    assert isinstance(complete, Complete)
    assert LINE not in [code for _, code in complete.suggestions("resource", "stella", "en")]
    assert name not in said(await house.ask(urgent))
    assert not [each for each in load(house.merged, DAY).records if each.id in (LINE, first)]
    await house.decide(changes.simple("show", LINE, DAY, approvals=2, by=BY))
    assert LINE in [card.id for card in (await house.ask(Text("stella montreal"))).cards()]


async def test_a_hidden_contact_line_is_nowhere(house: House) -> None:
    of = house.record()
    await house.decide(changes.hide_contact(of, "phone", DAY, by=BY[:1]))
    for body in (Text("stella montreal"), ActionPress("show", (LINE,))):
        reply = await house.ask(body)
        assert of.name in said(reply)
        assert str(of.contact.phone) not in said(reply)
    assert house.record().contact.phone is None


async def test_hidden_is_hidden_among_the_last_good_contacts_too(tmp_path: Path, clock: FakeClock) -> None:
    house = House(tmp_path, clock, tmp_path / "nothing.yaml")
    assert house.app.faults
    urgent = Text("someone is overdosing, I am in Montreal")
    first = next((await house.ask(urgent)).cards())
    await house.decide(changes.simple("hide", first.id, DAY, approvals=1, by=BY[:1]))
    assert first.id not in [card.id for card in (await house.ask(urgent)).cards()]
    assert house.app.shelves.current().is_lost
    assert not house.merged.exists()


async def test_a_broken_file_keeps_the_last_good_one_and_changes_go_on(tmp_path: Path, clock: FakeClock) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(SHIPPED.read_bytes())
    house = House(tmp_path, clock, file)
    await house.living.refresh()
    count = len(house.app.directory.current.records)
    file.write_text("- id: [\n")
    await house.decide(changes.simple("hide", LINE, DAY, approvals=1, by=BY[:1]))
    assert len(house.app.directory.current.records) == count - 1
    file.write_bytes(SHIPPED.read_bytes().replace(b"name: 988 Suicide & Crisis Lifeline", b"name: 988 Lifeline"))
    assert await house.living.refresh()
    assert house.record("988-lifeline-us").name == "988 Lifeline"
    assert LINE not in house.app.directory.current.by_id


async def test_a_start_with_a_broken_file_goes_on_from_what_was_merged(tmp_path: Path, clock: FakeClock) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(SHIPPED.read_bytes())
    before = House(tmp_path, clock, file)
    shipped = before.record()
    renamed = replace(shipped, name="Approved Name")
    await before.decide(approved(renamed, shipped), changes.simple("hide", "988-lifeline-us", DAY, approvals=1, by=BY))
    file.write_text("- id: [\n")
    house = House(tmp_path, clock, file)
    house.store.kept = before.store.kept
    assert await house.living.refresh()
    assert house.app.directory.current.records == before.app.directory.current.records
    again = replace(renamed, name="Approved Again")
    await house.decide(approved(again, house.app.directory.current.shipped[LINE]))
    assert house.record() == again, "a later approval counts as it will when the file is mended"
    file.write_bytes(SHIPPED.read_bytes())
    assert await house.living.refresh()
    assert house.record() == again


async def test_what_is_hidden_stays_hidden_at_a_start_without_a_database(tmp_path: Path, clock: FakeClock) -> None:
    before = House(tmp_path, clock)
    await before.decide(changes.simple("hide", LINE, DAY, approvals=1, by=BY[:1]))
    house = House(tmp_path, clock)
    house.store.is_away = True
    await house.living.begin()
    assert LINE not in house.app.shelves.current().index.by_id
    assert len(house.app.shelves.current().index.records) > 100
    house.store.is_away, house.store.kept = False, before.store.kept
    assert await house.living.refresh()
    assert LINE not in house.app.directory.current.by_id
    assert LINE in house.app.directory.current.shipped


async def test_what_is_hidden_stays_hidden_in_a_terminal_that_cannot_read_the_merged_file(house: House) -> None:
    urgent = Text("someone is overdosing, I am in Montreal")
    await house.living.refresh()
    first = next(card.id for card in (await house.ask(urgent)).cards())
    of = house.record("988-lifeline-us")
    await house.decide(
        changes.simple("hide", first, DAY, approvals=1, by=BY[:1]), changes.hide_contact(of, "phone", DAY, by=BY[:1])
    )
    house.merged.write_text(house.merged.read_text("utf-8").replace("kind: helpline", "kind: hotline"), "utf-8")
    terminal = build(house.settings, house.clock.now())
    shelf = terminal.shelves.current()
    assert terminal.faults
    assert shelf.is_lost
    assert first not in shelf.index.by_id
    mine = shelf.index.records[shelf.index.by_id[of.id]].contact
    assert (mine.phone, mine.text, mine.url) == (None, None, of.contact.url)
    kept = len(shelf.index.records)
    house.merged.write_text("nothing of a directory", "utf-8")
    lost = build(house.settings, house.clock.now()).shelves.current()
    assert len(lost.index.records) > kept, "a file that is none hides nothing: somebody may be in danger"


async def test_a_record_that_breaks_the_index_leaves_the_answers_as_they_were(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await house.living.refresh()
    before = house.app.directory.current

    def broken(_: object) -> None:
        raise RuntimeError("no index")

    monkeypatch.setattr(house.app.shelves, "made", broken)
    await house.decide(changes.simple("hide", LINE, DAY, approvals=1, by=BY[:1]))
    assert house.app.directory.current is before
    assert "directory.not-merged" in caplog.text
    assert LINE in [card.id for card in (await house.ask(Text("stella montreal"))).cards()]


async def test_a_folder_that_cannot_be_written_is_said_and_tried_again(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = Path.replace
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    await house.living.refresh()
    assert "directory.not-written" in caplog.text
    assert list(house.merged.parent.iterdir()) == []
    monkeypatch.setattr(Path, "replace", real)
    assert not await house.living.refresh()
    assert house.merged.exists()


async def test_a_database_that_is_away_is_said_once_and_answers_go_on(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await house.living.refresh()
    house.store.is_away = True
    task = asyncio.create_task(house.living.follow())
    while len(house.clock.slept_s) < 20:
        await asyncio.sleep(0)
    assert caplog.text.count("directory.unfollowed") == 1
    assert [*(await house.ask(Text("stella montreal"))).cards()]
    house.store.is_away = False
    await house.store.add_one(changes.simple("hide", LINE, DAY, approvals=1, by=BY[:1]))
    async with asyncio.timeout(20):
        while LINE in house.app.directory.current.by_id:
            await asyncio.sleep(0.01)
    task.cancel()


async def test_a_thousand_searches_during_reloads_never_mix_two_directories(house: House) -> None:
    """Two versions of one record differ in name, number and hours; every answer holds all of one or all of the other."""
    await house.living.refresh()
    base = house.record()
    one = replace(base, name="Stella One", contact=replace(base.contact, phone="+15142858889", hours="hours one"))
    two = replace(base, name="Stella Two", contact=replace(base.contact, phone="+14168675309", hours="hours two"))
    sets = {("Stella One", "+15142858889", "hours one"), ("Stella Two", "+14168675309", "hours two")}
    await house.decide(approved(one, base))
    seen: set[tuple[str, ...]] = set()
    count = reloads = 0

    async def search() -> None:
        nonlocal count
        while count < 1000 or reloads < 3:
            count += 1
            text = said(await house.ask(Text("stella montreal")))
            parts = [part for part in ("Stella One", "Stella Two", "+15142858889", "+14168675309", "hours one", "hours two")
                     if part in text]  # fmt: skip
            seen.add(tuple(parts))
            await asyncio.sleep(0)

    searching = asyncio.create_task(search())
    while not searching.done():
        await house.decide(approved(two if reloads % 2 == 0 else one, base))
        reloads += 1
    await searching
    assert seen == sets


async def test_the_loop_is_free_while_the_index_is_made(house: House) -> None:
    """Made in a thread: a heartbeat of the loop goes on."""
    await house.living.refresh()
    await house.store.add_one(changes.simple("hide", LINE, DAY, approvals=1, by=BY[:1]))
    refreshing = asyncio.create_task(house.living.refresh())
    beats = 0
    while not refreshing.done():
        await asyncio.sleep(0)
        beats += 1
    assert beats > 20
