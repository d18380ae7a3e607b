"""A suggestion through real wires: from a modal on Discord past two moderators on two platforms to everybody's answer."""

from __future__ import annotations

import asyncio
import re
import time
from typing import TYPE_CHECKING

import pytest

from tests.fakes.matrix_peer import Peer
from tests.fakes.town import CODE, Town, code_of, in_reply, town

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.discord import Message
    from tests.synapse import Synapse

pytestmark = [pytest.mark.enable_socket, pytest.mark.timeout(240)]
WORDS = "Night Kitchen gives warm meals in Vancouver on Friday nights https://nightkitchen.ca"
QUESTION = "food in vancouver at night"
SEEN_WITHIN_S = 2.0
CAMPAIGN = "butterfly-declaration-of-support"
RECORD = {
    "name": "Night Kitchen",
    "description": "en: Warm meals on Friday nights, for anyone who works nights.",
    "contact": "url: https://nightkitchen.ca",
    "facts": "kind: organization\nled_by: sex-workers\ncoverage: CA-BC/Vancouver\ntopics: food\nserves: all\naccess: in-person",
    "sources": "https://nightkitchen.ca Its own page.",
}


async def test_suggested_on_discord_vetted_on_both_found_everywhere(homeserver: Synapse, tmp_path: Path) -> None:
    async with town(homeserver, tmp_path, "umbrella-shared") as here, Peer(homeserver) as finch:
        chat = await finch.chat(here.bot.user_id)
        assert "Night Kitchen" not in (await finch.asks(chat, QUESTION)).body
        claim = await suggested(here)
        card = await here.card("Night Kitchen")
        case = code_of(card)
        in_review = await here.birch_reads("Night Kitchen")
        await asked_back(here, claim, in_review, case, card)
        await edited_and_approved_once(here, card)
        await what_does_not_count(here, in_review, case, claim)
        await own_suggestion_is_for_others(here)

        await here.birch.say(here.review, in_reply(in_review, f"approve {case}"))
        await here.birch_reads("accepted and public")
        since = time.monotonic()
        await found_by_everybody(here, finch, chat, since)
        await here.cards_say("erased", card, in_review)
        told = await here.fake.slash("case", user=here.peer, guild=here.fake.home, code=claim).answered()
        assert "accepted" in told.text
        await a_campaign(here, finch, chat)
        assert here.fake.violations == []
        await round_trip(here, tmp_path)


async def suggested(here: Town) -> str:
    """The claim code of what the peer suggests in the modal."""
    form = await here.fake.slash("suggest", user=here.peer, guild=here.fake.home).answered()
    preview = await here.fake.submit_modal(form, {"what": WORDS}).answered()
    kept = await here.fake.press(preview, "Send it").answered()
    found = CODE.search(kept.text)
    assert found
    return found[0]


async def asked_back(here: Town, claim: str, in_review: str, case: str, card: Message) -> None:
    """Birch asks in the encrypted room; the peer answers by the code; both rooms see the answer, and not who it is."""
    await here.birch.say(here.review, in_reply(in_review, f"ask {case} Open all year?"))
    await here.birch_reads("waits for whoever")
    shown = await here.fake.slash("case", user=here.peer, guild=here.fake.home, code=claim).answered()
    assert "Open all year?" in shown.text
    form = await here.fake.press(shown, "Answer").answered()
    assert "not who you are" in (await here.fake.submit_modal(form, {"answer": "Yes, all year."}).answered()).text
    await here.cards_say("Yes, all year.", card, in_review)
    assert str(here.peer.id) not in card.text


async def edited_and_approved_once(here: Town, card: Message) -> None:
    form = await here.fake.press(card, "Edit", user=here.ash).answered()
    assert "new version" in (await here.fake.submit_modal(form, RECORD).answered()).text
    await here.cards_say("Version 2", card)
    refused = await here.fake.press(card, "Approve", user=here.peer).answered()
    assert "Only moderators" in refused.text
    assert "One more moderator" in (await here.fake.press(card, "Approve", user=here.ash).answered()).text


async def what_does_not_count(here: Town, in_review: str, case: str, claim: str) -> None:
    """A device the file does not name, a reaction and an edit decide nothing."""
    async with Peer(here.bot.server, user_id=here.birch.user_id) as unnamed:
        await unnamed.until(lambda: here.review in unnamed.client.rooms)
        await unnamed.say(here.review, in_reply(in_review, f"approve {case}"))
        await here.birch_reads("cannot be sure that this came from you")
    for key in ("1", "1\ufe0f\u20e3", "👍"):
        relation = {"rel_type": "m.annotation", "event_id": in_review, "key": key}
        await here.birch.say(here.review, {"m.relates_to": relation})
    first = await here.birch.say(here.review, "let us look at this")
    new = {"msgtype": "m.text", "body": f"!umbrella approve {case}"}
    edit = {**new, "m.new_content": new, "m.relates_to": {"rel_type": "m.replace", "event_id": first}}
    await here.birch.say(here.review, edit)
    # What is answered after them shows that they were seen, and passed over.
    await here.birch.say(here.review, "!umbrella need")
    await here.birch_reads("five times")
    told = await here.fake.slash("case", user=here.peer, guild=here.fake.home, code=claim).answered()
    assert "It waits for the moderators" in told.text


async def own_suggestion_is_for_others(here: Town) -> None:
    form = await here.fake.slash("suggest", user=here.ash, guild=here.fake.home).answered()
    preview = await here.fake.submit_modal(form, {"what": "A tip: tell a friend where you are"}).answered()
    await here.fake.press(preview, "Send it").answered()
    own = await here.card("tell a friend")
    assert "others decide" in (await here.fake.press(own, "Approve", user=here.ash).answered()).text


async def found_by_everybody(here: Town, finch: Peer, chat: str, since: float) -> None:
    """In the terminal and on Matrix, by who did neither suggest nor decide."""
    while "Night Kitchen" not in here.merged.read_text("utf-8"):
        assert time.monotonic() - since < SEEN_WITHIN_S
        await asyncio.sleep(0.02)
    assert "Night Kitchen" in (await finch.asks(chat, QUESTION)).body
    assert "Night Kitchen" in await here.terminal("ask", QUESTION)


async def round_trip(here: Town, folder: Path) -> None:
    """What is exported is exported again from itself, byte for byte, and holds nothing to suggest."""
    first, again = folder / "first.yaml", folder / "again.yaml"
    await here.terminal("export", str(first))
    assert "Night Kitchen" in first.read_text("utf-8")
    assert "0 would be suggested" in await here.terminal("import", "--look", str(first))
    await here.terminal("export", str(again), UMBRELLA_DIRECTORY=str(first), UMBRELLA_DATA=str(folder / "elsewhere"))
    assert again.read_bytes() == first.read_bytes()


async def test_plain_words_on_matrix_and_in_the_terminal(homeserver: Synapse, tmp_path: Path) -> None:
    async with town(homeserver, tmp_path, "umbrella-words", is_filed=False) as here:
        async with Peer(homeserver) as finch:
            await in_english_from_a_room(here, finch)
        async with Peer(homeserver) as linotte:
            await in_french(here, linotte)
        await in_the_terminal(here)
        await words_of_moderators(here)


async def in_english_from_a_room(here: Town, finch: Peer) -> None:
    """Called in a room, asked in the direct chat, one question at a time; reported there too."""
    chat = await finch.chat(here.bot.user_id)
    room = await finch.room(here.bot.user_id, here.birch.user_id, is_direct=False, is_encrypted=False)
    await here.birch.client.join(room)
    for user_id in (here.birch.user_id, here.bot.user_id):
        await finch.joined(room, user_id)
    line = await finch.asks(room, "!umbrella suggest")
    assert line.body == "I have answered you in our direct chat."
    [first] = await finch.hears(1, chat)
    assert "What is it? A link, a name, or words" in first.body
    for answer, question in (
        (WORDS, "Where is it"), ("Vancouver", "What does it help with"), ("skip", "Why is it good"), ("-", "Led by sex workers"),
    ):  # fmt: skip
        assert question in (await finch.asks(chat, answer)).body
    preview = (await finch.asks(chat, "skip")).body
    assert "This is what moderators will see" in preview
    assert "Where: Vancouver" in preview
    claim = CODE.search((await finch.asks(chat, "1")).body)
    assert claim
    card = await here.card("Night Kitchen")
    in_review = await here.birch_reads("Night Kitchen")
    await here.birch.say(here.review, in_reply(in_review, f"ask {code_of(card)} Open all year?"))
    await here.cards_say("Open all year?", card)
    assert "Open all year?" in (await finch.asks(chat, claim[0].lower())).body
    assert "taken back" in (await finch.asks(chat, "Take it back")).body
    await here.cards_say("taken back", card, in_review)

    listed = (await finch.asks(chat, "food in vancouver")).body
    number = re.search(r"(\d+)\. Report: 211 Canada", listed)
    assert number
    assert "What is wrong with 211 Canada" in (await finch.asks(chat, number[1])).body
    assert "Which entry is it" in (await finch.asks(chat, "report")).body
    assert "What is wrong with" in (await finch.asks(chat, "stella-montreal")).body
    assert "What should moderators know" in (await finch.asks(chat, "It is closed")).body
    assert "public" in (await finch.asks(chat, "A note there said so")).body
    assert CODE.search((await finch.asks(chat, "skip")).body)
    assert "A note there said so" in (await here.card("A note there")).text


async def a_campaign(here: Town, finch: Peer, chat: str) -> None:
    """Read and signed in three ways in a direct chat; one is taken back; two moderators at two doors hand the list over."""
    at_birchs = await here.birch.chat(here.bot.user_id)
    assert "8. Access without fear" in await said(finch, chat, "campaign", "1")
    claims = {}
    for kind, answers in (
        ("person", ("1", "=Finch", "Ontario")), ("organization", ("2", "Night Kitchen", "-")), ("supporter", ("3", "-")),
    ):  # fmt: skip
        preview = await said(finch, chat, "campaign", "1", *answers)
        assert "nothing else, is kept" in preview
        claim = CODE.search(await said(finch, chat, "1"))
        assert claim
        claims[kind] = claim[0]
    assert "erased" in await said(finch, chat, "campaign", "2", claims["supporter"].lower())

    shown = await said(here.birch, at_birchs, "campaign", "1")
    assert "Night Kitchen" in await said(here.birch, at_birchs, chosen(shown, "Organizations that wait"))
    await said(here.birch, at_birchs, "1")
    await said(here.birch, at_birchs, "campaign", "1", chosen(shown, "The organizer may have the list"))
    await here.terminal("signatures", CAMPAIGN, exits=1)
    listed = await here.fake.slash("campaign", user=here.ash, guild=here.fake.home).answered()
    name = "Declaration of Support: Justice for Migrant Sex Workers"
    campaign = await here.fake.press(listed, name, user=here.ash).answered()
    await here.fake.press(campaign, "The organizer may have the list", user=here.ash).answered()
    page = await here.terminal("signatures", CAMPAIGN)
    assert "'=Finch" in page
    assert "Night Kitchen" in page
    assert "supporter" not in page


async def said(person: Peer, chat: str, *lines: str) -> str:
    """The last answer to these lines, one after the other."""
    return [await person.asks(chat, each) for each in lines][-1].body


def chosen(shown: str, label: str) -> str:
    """The number of a choice."""
    found = re.search(rf"(\d+)\. {label}", shown)
    assert found, shown
    return found[1]


async def in_french(here: Town, linotte: Peer) -> None:
    """What looks personal is marked in the preview, not kept, and can be written anew."""
    chat = await linotte.chat(here.bot.user_id)
    assert "Qu'est-ce que c'est" in (await linotte.asks(chat, "proposer")).body
    assert "Où, ou pour quel lieu" in (await linotte.asks(chat, "Une cliente au 604-555-0142 ne paie pas")).body
    for _ in range(3):
        await linotte.asks(chat, "passer")
    preview = (await linotte.asks(chat, "passer")).body
    assert "⟦" in preview
    assert "Envoyer" not in preview
    assert "Qu'est-ce que c'est" in (await linotte.asks(chat, "Changer")).body
    await linotte.asks(chat, "Un conseil : dis à une amie où tu es")
    for _ in range(3):
        await linotte.asks(chat, "-")
    preview = (await linotte.asks(chat, "-")).body
    assert "⟦" not in preview
    claim = CODE.search((await linotte.asks(chat, "Envoyer")).body)
    assert claim
    for words in (f"dossier {claim[0]}", claim[0]):
        assert "Cela attend l'équipe de modération" in (await linotte.asks(chat, words)).body
    card = await here.card("dis à une amie")
    assert "604-555-0142" not in card.text


async def in_the_terminal(here: Town) -> None:
    """The same words, and the same cases, in English by commands and in Chinese in a conversation."""
    said = await here.terminal("suggest", lines=("A tip: https://example.org has a list", "", "", "", "", "1"))
    assert "This is what moderators will see" in said
    claim = CODE.search(said)
    assert claim
    assert "has a list" in (await here.card("has a list")).text
    said = await here.terminal(
        "chat", lines=("announce", "推荐", "建议：告诉朋友你在哪里", "", "", "", "", "1", f"案件 {claim[0]}", "撤回")
    )
    assert len(set(CODE.findall(said)) - {claim[0]}) == 1
    assert "Only moderators of this community can do this." in said
    assert "已撤回" in said
    assert "taken back" in await here.terminal("case", lines=(claim[0],))


async def words_of_moderators(here: Town) -> None:
    """In the review room every command is a word, and help tells them."""
    for words, answer in (
        ("help", "As a moderator you can also type: review; check with a record"),
        ("check stella-montreal own-page-read", "Noted: Stella"),
        ("history stella-montreal", "Birch: checked, read on its own page (stella-montreal)"),
        ("need", "five times"),
        ("announce", "Announcements under way:"),
        ("campaign", "These campaigns can be read and signed."),
        ("events", "Days that are coming:"),
        ("subscribe", "Topics, with commas"),
        ("stop", "Stopped. Nothing of it was kept."),
    ):
        await here.birch.say(here.review, f"!umbrella {words}")
        await here.birch_reads(answer)
