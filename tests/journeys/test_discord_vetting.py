"""Suggesting and vetting on Discord, through the wire: a modal, a preview, a card in the review room, two moderators, a code."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.adapters.discord.commands import table
from bot.app import build, with_moderating
from bot.core.acts import Act
from bot.core.clock import SystemClock
from bot.core.meeting import JoinedRoom
from bot.core.request import RoomRef
from bot.directory.snapshot import packaged_file
from bot.handlers.conversation import Conversations
from bot.handlers.moderating import Books
from bot.keeping import keeping_in
from bot.outbox.worker import Worker
from bot.serving import ground_on
from bot.settings import Community, DiscordSettings, Moderator, ReviewRooms, Secret, VettingSettings
from bot.storage.open import open_storage
from bot.values import Delay
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.bare import until
from tests.fakes.discord.ours import umbrella
from tests.fakes.discord.permissions import NOTHING, Can
from tests.fakes.discord.wire import channel_json
from tests.fakes.town import code_of
from tests.fakes.vetting import plain_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.core.ground import Ground
    from tests.fakes.discord import Answer, Channel, Message, User

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.timeout(120)]
WORDS = "Night Kitchen gives warm meals in Vancouver on Friday nights https://nightkitchen.ca"
CODE = re.compile(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}")
RECORD = {
    "name": "Night Kitchen",
    "description": "en: Warm meals on Friday nights, for anyone who works nights.",
    "contact": "url: https://nightkitchen.ca",
    "facts": "kind: organization\nled_by: sex-workers\ncoverage: CA-BC/Vancouver\ntopics: food\nserves: all\naccess: in-person",
    "sources": "https://nightkitchen.ca Its own page.",
}


@dataclass
class Town:
    """A server with a review room, its two moderators and a peer."""

    fake: FakeDiscord
    room: Channel
    ash: User
    birch: User
    peer: User
    ground: Ground

    async def card(self) -> Message:
        """The card in the review room."""
        await until(lambda: any(each.channel is self.room for each in self.fake.public_messages))
        return next(each for each in self.fake.public_messages if each.channel is self.room)

    async def suggested(self, words: str = WORDS) -> Answer:
        form = await self.fake.slash("suggest", user=self.peer, guild=self.fake.home).answered()
        return await self.fake.submit_modal(form, {"what": words}).answered()


@asynccontextmanager
async def town(folder: Path, *, is_filed: bool = True) -> AsyncIterator[Town]:
    """`is_filed`: the operator's file names the review room."""
    clock = SystemClock()
    async with FakeDiscord() as fake:
        ash, birch, peer = (fake.add_user(name) for name in ("ash", "birch", "peer"))
        for user in (ash, birch, peer):
            fake.add_role(fake.home, user.name, Can.ADMINISTRATOR if user is ash else NOTHING, user)
        room = fake.add_channel(fake.home, "review")
        moderators = (Moderator("Ash", str(ash.id)), Moderator("Birch", str(birch.id)))
        community = Community(
            "north", review_rooms=ReviewRooms(str(room.id) if is_filed else None), moderators=moderators
        )
        settings = replace(
            plain_settings(folder),
            communities=(community,),
            vetting=VettingSettings(2, Delay(0, 0)),
            directory=packaged_file(),
            discord=DiscordSettings(token=Secret(fake.token)),
        )
        storage = await open_storage(settings, clock)
        app = build(settings, clock.now(), strict=True, keeping=keeping_in(storage, clock))
        app = with_moderating(app, Books(storage.changes, storage.acts, storage.needs, storage.review_rooms))
        talk = Conversations(app.router.dispatch, storage.forms, clock, b"s" * 32, app.messages, shows_forms=True)
        ground = ground_on(settings, clock, storage, app.ask.tools.meeting)
        ground.meeting.take_in(await ground.joined.all())
        async with umbrella(fake, ground=ground, dispatch=talk) as door:
            worker = asyncio.create_task(Worker(storage.outbox, [door], clock).run())
            try:
                yield Town(fake, room, ash, birch, peer, ground)
            finally:
                worker.cancel()
                await asyncio.wait([worker])
        await storage.close()


async def test_a_peer_suggests_and_two_moderators_publish(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        fake = here.fake
        preview = await here.suggested()
        assert "This is what moderators will see" in preview.text
        assert preview.is_ephemeral
        kept = await fake.press(preview, "Send it").answered()
        code = CODE.search(kept.text)
        assert code is not None
        assert kept.is_ephemeral
        card = await here.card()
        assert "Night Kitchen" in card.text
        await fake.press(kept, "Tell me when it is decided").answered()

        asked = await fake.press(card, "Ask", user=here.ash).answered()
        assert "waits for whoever" in (await fake.submit_modal(asked, {"question": "Open all year?"}).answered()).text
        case = await fake.slash("case", user=here.peer, guild=fake.home, code=code[0]).answered()
        assert "Open all year?" in case.text
        answering = await fake.press(case, "Answer").answered()
        assert "not who you are" in (await fake.submit_modal(answering, {"answer": "Yes, all year."}).answered()).text
        await until(lambda: "Yes, all year." in card.text)

        edit = await fake.press(card, "Edit", user=here.ash).answered()
        assert edit.modal is not None
        assert "new version" in (await fake.submit_modal(edit, RECORD).answered()).text
        await until(lambda: "Version 2" in card.text)
        assert "One more moderator" in (await fake.press(card, "Approve", user=here.ash).answered()).text
        done = await fake.press(card, "Approve", user=here.birch).answered()
        assert "accepted and public" in done.text
        assert done.is_ephemeral
        await until(lambda: "erased" in card.text)
        assert card.labels == []
        assert "accepted" in (await fake.slash("case", user=here.peer, guild=fake.home, code=code[0]).answered()).text
        await until(lambda: len(fake.dms_of(here.peer)) >= 2)
        assert all("Night Kitchen" not in each.text for each in fake.dms_of(here.peer))
        said = "\n".join(str(body) for body in fake.bodies(f"POST /channels/{here.room.id}"))
        assert str(here.peer.id) not in said
        assert fake.violations == []
        assert fake.pings == []


async def joined(here: Town) -> None:
    """Ash, who moderates and administers, joins the room to the community; who is but one of the two may not."""
    fake, label = here.fake, "Review room of north"
    form = await fake.slash("setup", user=fake.moderator, guild=fake.home, channel=here.room).answered()
    settings = {"language": "any", "commands": ("ask",), "words": "", "home": ""}
    assert label not in (await fake.submit_modal(form, settings).answered()).labels
    form = await fake.slash("setup", user=here.ash, guild=fake.home, channel=here.room).answered()
    done = await fake.submit_modal(form, {**settings, "commands": table().optional}).answered()
    for other, why in ((fake.moderator, "Only moderators"), (here.birch, "also administers")):
        assert why in (await fake.press(done, label, user=other, forged=True).answered()).text
    assert "review room of north" in (await fake.press(done, label, user=here.ash).answered()).text


async def test_a_message_becomes_a_suggestion_and_who_is_no_moderator_decides_nothing(tmp_path: Path) -> None:
    async with town(tmp_path, is_filed=False) as here:
        fake = here.fake
        await joined(here)
        message = fake.say(fake.home, WORDS, user=here.peer).message
        form = await fake.menu("Suggest as resource", message, user=here.peer).answered()
        assert form.modal is not None
        preview = await fake.submit_modal(form, {"what": WORDS}).answered()
        await fake.press(preview, "Send it").answered()
        card = await here.card()
        for label in ("Approve", "Reject", "Take over"):
            refused = await fake.press(card, label, user=here.peer).answered()
            assert "Only moderators" in refused.text
            assert refused.is_ephemeral
        assert "Only moderators" in (await fake.slash("review", user=here.peer, guild=fake.home).answered()).text
        listed = await fake.slash("review", user=here.ash, guild=fake.home).answered()
        assert "Night Kitchen" in listed.text
        reasons = await fake.press(card, "Reject", user=here.ash).answered()
        await left_before_it_is_decided(here)
        assert "not accepted" in (await fake.press(reasons, reasons.labels[0], user=here.ash).answered()).text
        await until(lambda: "erased" in card.text)


async def test_what_a_moderator_did_hours_ago_is_not_done_but_asked_again(tmp_path: Path) -> None:
    """As after a RESUME: the door drops presses that are late but for every fourth, and words that are late it reads."""
    async with town(tmp_path) as here:
        fake, ash = here.fake, here.ash
        await fake.press(await here.suggested(), "Send it").answered()
        card = await here.card()
        for _ in range(4):
            fake.press(card, "Take over", user=ash, age_s=7200)
        asked = await fake.dm(ash, f"take {code_of(card)}", age_s=7200).answered()
        assert "more than an hour ago" in asked.text
        trail = fake.slash("history", user=here.birch, guild=fake.home)
        assert "Ash" not in (await trail.answered()).text
        await fake.press(asked, "I still want it", user=ash).answered()
        trail = fake.slash("history", user=here.birch, guild=fake.home)
        assert "Ash" in (await trail.answered()).text


async def left_before_it_is_decided(here: Town) -> None:
    """The room is taken back: the next card goes nowhere, and the one that stands there is still brought up to date."""
    fake, room = here.fake, {"user": here.ash, "guild": here.fake.home, "channel": here.room}
    form = await fake.slash("setup", **room).answered()  # type: ignore[arg-type]
    settings = {"language": "any", "commands": table().optional, "words": "", "home": ""}
    shown = await fake.submit_modal(form, settings).answered()
    assert (
        "no review room any more" in (await fake.press(shown, "No review room any more", user=here.ash).answered()).text
    )
    trail = await fake.slash("history", **room).answered()  # type: ignore[arg-type]
    assert "made a room its review room (north)" in trail.text
    assert "took a review room away (north)" in trail.text


async def test_a_room_is_forgotten_with_its_server_and_with_itself(tmp_path: Path) -> None:
    before = await open_storage(plain_settings(tmp_path), SystemClock())
    left_while_away = JoinedRoom(RoomRef("discord", "400000000000000004"), "north", "300000000000000003")
    await before.review_rooms.join(left_while_away, Act("Ash", "setup-join", "north", date(2026, 11, 21)))
    await before.close()
    async with town(tmp_path, is_filed=False) as here:
        fake, meeting = here.fake, here.ground.meeting
        await until(lambda: meeting.joined == ())
        await joined(here)
        assert [each.server for each in await here.ground.joined.all()] == [str(fake.home.id)]
        fake.world.emit("CHANNEL_DELETE", channel_json(here.room), guild_id=fake.home.id)
        await until(lambda: meeting.joined == ())
        assert await here.ground.joined.all() == []
        await joined(here)
        assert len(meeting.joined) == 1
        fake.world.emit("GUILD_DELETE", {"id": str(fake.home.id)}, guild_id=fake.home.id)
        await until(lambda: meeting.joined == ())
        assert await here.ground.joined.all() == []


async def test_a_record_is_reported_with_buttons(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        fake = here.fake
        whole = await fake.slash("show", user=here.peer, guild=fake.home, resource="211 Canada").answered()
        why = await fake.press(whole, "Something is wrong here").answered()
        form = await fake.press(why, "It is closed").answered()
        kept = await fake.submit_modal(form, {"words": "It said so on the door"}).answered()
        assert CODE.search(kept.text)
        assert "It said so on the door" in (await here.card()).text
        listed = await fake.slash("ask", user=here.peer, guild=fake.home, question="food in vancouver").answered()
        reports = [each for each in listed.labels if each.startswith("Report: ")]
        assert len(reports) == len([each for each in listed.labels if each.startswith("All about ")]) > 1
        assert "What is wrong with" in (await fake.press(listed, reports[1]).answered()).text
        assert fake.violations == []


async def test_moderators_note_checks_and_read_the_trail(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        fake = here.fake
        assert fake.unlocalized() == []
        refused = await fake.slash("check", user=here.peer, guild=fake.home, resource="211 Canada").answered()
        assert "Only moderators" in refused.text
        noted = await fake.slash(
            "check",
            user=here.ash,
            guild=fake.home,
            resource="stella-montreal",
            method="own-page-read",
            date="2026-03-31",
        ).answered()
        assert "Noted: Stella" in noted.text
        assert noted.is_ephemeral
        form = await fake.slash("check", user=here.ash, guild=fake.home, locale="fr").answered()
        values = {"record": "stella-montreal", "method": ["org-confirmed"], "outcome": ["changed"]}
        assert "confirmé" in (await fake.submit_modal(form, values).answered()).text
        bound = await fake.slash("check", user=here.birch, guild=fake.home, resource="stella-montreal").answered()
        values = {"method": ["called-or-messaged"], "outcome": ["ok"], "date": ""}
        assert "Noted: Stella" in (await fake.submit_modal(bound, values).answered()).text
        trail = await fake.slash("history", user=here.birch, guild=fake.home, item="stella-montreal").answered()
        assert trail.text.index("Birch") < trail.text.index("Ash")
        assert "Ash" in (await fake.slash("history", user=here.birch, guild=fake.home).answered()).text
        assert "five times" in (await fake.slash("need", user=here.birch, guild=fake.home).answered()).text
        assert fake.violations == []
