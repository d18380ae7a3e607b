"""The journey of a campaign on every database: read, sign in three ways, hear from it, withdraw, confirm, export."""

import asyncio
import re
from dataclasses import replace

import pytest

from bot import signing
from bot.core.ports import MemoryForms
from bot.core.reply import Reply
from bot.core.request import Actor, Request, RoomRef, Text
from bot.directory.index import Index
from bot.directory.model import PartialDate
from bot.handlers.conversation import Conversations
from bot.storage.open import Storage
from bot.storage.signatures import signatures
from tests.fakes.boards import ALEX, PERSON, ROWAN, Desk, action, words
from tests.fakes.clock import FakeClock

ID = "butterfly-declaration-of-support"
_CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


@pytest.fixture
def desk(storage: Storage, clock: FakeClock) -> Desk:
    return Desk(storage, clock)


async def previewed(desk: Desk, kind: str, **given: str) -> Reply:
    shown = await desk.do(PERSON, "campaign.show", ID)
    args = next(each.args for each in shown.actions if each.args[-1:] == (kind,))
    return await desk.do(PERSON, "campaign.sign", *args, **{"region": "", **given})


async def signed(desk: Desk, kind: str, **given: str) -> str:
    """The claim code."""
    keep = action(await previewed(desk, kind, **given), "campaign.kept")
    found = _CODE.search(words(await desk.do(PERSON, "campaign.kept", *keep.args)))
    assert found
    return found[0]


async def kept(desk: Desk) -> int:
    async with desk.storage.database.read() as connection:
        return len((await connection.execute(signatures.select())).all())


async def test_it_is_read_with_numbered_calls_and_the_organizers_own_form(desk: Desk) -> None:
    listed = await desk.do(PERSON, "campaign")
    assert (ID,) in [each.args for each in listed.actions]
    shown = words(await desk.do(PERSON, "campaign.show", ID))
    for line in ("1. Full decriminalization of sex work", "8. Access without fear", "https://docs.google.com/forms/"):
        assert line in shown


async def test_nothing_is_chosen_for_anybody(desk: Desk) -> None:
    shown = await desk.do(PERSON, "campaign.show", ID)
    for each in shown.actions:
        if each.id == "campaign.sign":
            form = (await desk.do(PERSON, each.id, *each.args)).form
            assert form is not None
            assert [field.value for field in form.fields] == [""] * len(form.fields)
            assert {field.name for field in form.fields} <= {"name", "region"}


@pytest.mark.parametrize("kind", ["person", "organization", "supporter"])
async def test_each_way_to_sign_shows_first_what_will_be_kept_and_then_gives_a_code(desk: Desk, kind: str) -> None:
    given = {} if kind == "supporter" else {"name": "Night Kitchen"}
    preview = words(await previewed(desk, kind, region="Ontario", **given))
    assert "nothing else, is kept" in preview
    assert "Ontario" in preview
    assert ("Night Kitchen" in preview) == (kind != "supporter")
    assert await kept(desk) == 0
    code = await signed(desk, kind, region="Ontario", **given)
    assert await kept(desk) == 1
    assert "erased" in words(await desk.do(PERSON, "campaign.withdraw", code=code.lower().replace("-", " ")))
    assert await kept(desk) == 0
    assert "know no signature" in words(await desk.do(PERSON, "campaign.withdraw", code=code))


async def test_pressed_twice_it_is_one_signature_with_one_code(desk: Desk) -> None:
    keep = action(await previewed(desk, "person", name="Night Kitchen"), "campaign.kept")
    replies = await asyncio.gather(*(desk.do(PERSON, "campaign.kept", *keep.args) for _ in range(2)))
    assert len({found[0] for reply in replies if (found := _CODE.search(words(reply)))}) == 1
    assert await kept(desk) == 1


async def test_what_was_taken_back_is_not_signed_again_by_the_old_button(desk: Desk) -> None:
    keep = action(await previewed(desk, "person", name="Night Kitchen"), "campaign.kept")
    code = _CODE.search(words(await desk.do(PERSON, "campaign.kept", *keep.args)))
    assert code
    await desk.do(PERSON, "campaign.withdraw", code=code[0])
    assert "Nothing was kept" in words(await desk.do(PERSON, "campaign.kept", *keep.args))
    assert await kept(desk) == 0


async def test_a_preview_is_over_after_half_an_hour_and_leaves_nothing(desk: Desk) -> None:
    keep = action(await previewed(desk, "person", name="Night Kitchen"), "campaign.kept")
    await desk.wait(minutes=31)
    assert "time for this is over" in words(await desk.do(PERSON, "campaign.kept", *keep.args))
    assert await kept(desk) == 0


async def test_a_text_that_changed_meanwhile_is_not_signed(desk: Desk) -> None:
    for version in ("0123456789ab", ""):
        reply = await desk.do(PERSON, "campaign.sign", ID, version, "person", name="x", region="")
        assert "changed since" in words(reply)


async def test_to_hear_from_the_organizer_is_a_thing_of_its_own(desk: Desk) -> None:
    code = await signed(desk, "person", name="Night Kitchen")
    assert "news" not in (await exported(desk, code))
    await desk.do(PERSON, "campaign.news", code, news="me@example.org")
    assert "me@example.org" in await exported(desk, code)
    assert "does not write" in words(await desk.do(PERSON, "campaign.news", code, news=" "))
    assert "me@example.org" not in await exported(desk, code)


async def exported(desk: Desk, _: str = "") -> str:
    """The lines of signers, as the operator writes them."""
    for who in (ROWAN, ALEX):
        await desk.do(who, "campaign.export", ID)
    page = await signing.exported(desk.storage, ID, desk.clock.now().date())
    assert page is not None
    return page.partition("\r\n")[2]


async def test_an_export_needs_two_moderators_within_a_week(desk: Desk) -> None:
    await signed(desk, "person", name="Night Kitchen")
    for _ in range(2):
        await desk.do(ROWAN, "campaign.export", ID)
    assert await signing.exported(desk.storage, ID, desk.clock.now().date()) is None
    assert "moderator" in words(await desk.do(PERSON, "campaign.export", ID)).lower()
    await desk.wait(days=8)
    await desk.do(ALEX, "campaign.export", ID)
    assert await signing.exported(desk.storage, ID, desk.clock.now().date()) is None
    await desk.do(ROWAN, "campaign.export", ID)
    page = await signing.exported(desk.storage, ID, desk.clock.now().date())
    assert page is not None
    assert "Night Kitchen" in page


async def test_an_organization_counts_once_a_moderator_has_asked_it(desk: Desk) -> None:
    await signed(desk, "organization", name="Night Kitchen")
    await signed(desk, "organization", name="Not Theirs")
    assert "Night Kitchen" not in await exported(desk)
    for _ in range(2):
        waiting = await desk.do(ROWAN, "campaign.pending")
        choice = "campaign.accept" if "Night Kitchen" in words(waiting) else "campaign.decline"
        key = action(waiting, choice).args
        assert "Noted" in words(await desk.do(ROWAN, choice, *key))
        assert "decided this already" in words(await desk.do(ALEX, choice, *key))
    assert "No organization waits" in words(await desk.do(ROWAN, "campaign.pending"))
    page = await exported(desk)
    assert "Night Kitchen" in page
    assert "Not Theirs" not in page
    assert await kept(desk) == 1


async def test_numbers_and_regions_are_shown_from_five_up(desk: Desk) -> None:
    for number in range(5):
        shown = words(await desk.do(PERSON, "campaign.show", ID))
        assert "People:" not in shown
        assert "Ontario" not in shown
        await signed(desk, "person", name=f"n{number}", region="Ontario")
    shown = words(await desk.do(PERSON, "campaign.show", ID))
    assert "People: 5" in shown
    assert "Ontario: 5" in shown


async def test_it_is_signed_in_private_only(desk: Desk) -> None:
    assert "1. Full" not in words(await desk.do(PERSON, "campaign.show", ID, room="!public:x"))


async def test_it_goes_by_words_and_numbers_where_there_are_no_buttons(desk: Desk) -> None:
    """As on Matrix: one question at a time, a number for a choice."""
    messages = desk.router.messages
    talk = Conversations(desk.router.dispatch, MemoryForms(), desk.clock, b"s" * 32, messages, shows_forms=False)

    async def says(text: str) -> str:
        desk.count += 1
        room = RoomRef("matrix", "!dm:example.org")
        return words(await talk(Request(f"${desk.count}", Actor("en", "mark"), room, Text(text), desk.clock.now())))

    assert "can be read and signed" in await says("campaign")
    assert "8. Access without fear" in await says("1")
    assert "The name to sign with" in await says("1")
    assert "Region" in await says("Night Kitchen")
    assert "Name: Night Kitchen" in await says("skip")
    code = _CODE.search(await says("1"))
    assert code
    assert "can be read and signed" in await says("campaign")
    await says("2")
    assert "erased" in await says(code[0].lower())
    assert await kept(desk) == 0


async def test_before_it_opens_it_is_read_and_says_when_and_is_not_signed(desk: Desk) -> None:
    shown = await desk.do(PERSON, "campaign.show", ID)
    press = next(each.args for each in shown.actions if each.id == "campaign.sign")
    shelf = desk.tools.shelf()
    record = replace(shelf.index.records[shelf.index.by_id[ID]], opens=PartialDate(2026, 12, 1))
    early = replace(desk, shelf=replace(shelf, index=Index([record], desk.tools.cards.gazetteer)))
    [label] = [each.label for each in (await early.do(PERSON, "campaign")).actions if each.id == "campaign.show"]
    assert label.endswith("(opens 2026-12-01)")
    shown = await early.do(PERSON, "campaign.show", ID)
    assert "8. Access without fear" in words(shown)
    assert "not open yet. It opens on 2026-12-01" in words(shown)
    assert {each.id for each in shown.actions} == {"campaign.withdraw", "campaign.news"}
    for given in ({}, {"name": "Night Kitchen", "region": ""}):
        refused = await early.do(PERSON, "campaign.sign", *press, **given)
        assert refused.form is None
        assert "It opens on 2026-12-01" in words(refused)
    assert await kept(early) == 0
    await early.wait(days=10)
    assert "not open yet" not in words(await early.do(PERSON, "campaign.show", ID))
    await signed(early, "person", name="Night Kitchen")
    assert await kept(early) == 1


async def test_once_it_is_over_it_is_handed_over_and_taken_back_and_not_signed(desk: Desk) -> None:
    code = await signed(desk, "person", name="Night Kitchen")
    shelf = desk.tools.shelf()
    record = replace(shelf.index.records[shelf.index.by_id[ID]], ends=PartialDate(2026, 11, 20))
    gazetteer = desk.tools.cards.gazetteer
    desk = replace(desk, shelf=replace(shelf, index=Index([record], gazetteer)))
    shown = await desk.do(ROWAN, "campaign.show", ID)
    assert "is over" in words(shown)
    assert {each.id for each in shown.actions} == {
        "campaign.withdraw", "campaign.news", "campaign.pending", "campaign.export"
    }  # fmt: skip
    assert "Night Kitchen" in await exported(desk)
    desk = replace(desk, shelf=replace(shelf, index=Index([], gazetteer)))
    listed = await desk.do(PERSON, "campaign")
    assert "No campaign can be signed" in words(listed)
    assert action(listed, "campaign.withdraw").args == ()
    assert "erased" in words(await desk.do(PERSON, "campaign.withdraw", code=code))


async def test_with_the_code_alone_a_signer_is_written_to_or_no_longer(desk: Desk) -> None:
    code = await signed(desk, "person", name="Night Kitchen")
    form = (await desk.do(PERSON, action(await desk.do(PERSON, "campaign"), "campaign.news").id)).form
    assert form is not None
    assert [field.name for field in form.fields] == ["code", "news"]
    assert "may write" in words(await desk.do(PERSON, "campaign.news", code=code, news="me@example.org"))
    assert "me@example.org" in await exported(desk)
    assert "does not write" in words(await desk.do(PERSON, "campaign.news", code=code, news="-"))
    assert "me@example.org" not in await exported(desk)
    assert "know no signature" in words(await desk.do(PERSON, "campaign.news", code="AAAA-AAAA-AAAA-AAAA", news="x"))
