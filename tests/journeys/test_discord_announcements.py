"""Announcements, subscriptions and a campaign as people meet them on Discord."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot import signing
from bot.adapters.discord.adapter import DiscordAdapter
from bot.announcements.model import Subscription
from bot.app import build
from bot.core.clock import StoppedClock, SystemClock
from bot.core.ports import MemoryForms
from bot.core.request import RoomRef
from bot.handlers.announcing import with_announcements
from bot.handlers.conversation import Conversations
from bot.keeping import opening_in
from bot.outbox.model import Outgoing
from bot.outbox.worker import Worker
from bot.serving import ground_on
from bot.settings import Community, DiscordSettings, Moderator, ReviewRooms, Secret, Settings
from bot.storage.open import Storage, open_storage
from bot.storage.subscriptions import StoredSubscriptions
from tests.fakes.discord import FakeDiscord, wire
from tests.fakes.discord.ours import umbrella
from tests.fakes.discord.permissions import Can
from tests.fakes.outbox import says

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.fakes.discord import Channel, Message
    from tests.fakes.discord.interactions import Answer
    from tests.fakes.discord.state import User


pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.timeout(120)]
TOMORROW = datetime.now(UTC) + timedelta(days=1)
CAMPAIGN = "butterfly-declaration-of-support"
_CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


@dataclass
class Stage:
    """A server with a room, a review room and two moderators; `deliver` has the outbox delivered."""

    fake: FakeDiscord
    storage: Storage
    senders: list[DiscordAdapter]
    alex: User
    review: Channel

    def __post_init__(self) -> None:
        self.worker = Worker(self.storage.outbox, self.senders, SystemClock())

    async def said_in(self, channel: Channel) -> list[Message]:
        await self.worker.deliver_due()
        return [each for each in self.fake.public_messages if each.channel is channel]

    def worker_at(self, at: datetime) -> Worker:
        """The outbox as it is at another hour."""
        return Worker(self.storage.outbox, self.senders, StoppedClock(at))

    async def subscribed(self) -> Answer:
        """The room hears what is said to rooms, at any hour."""
        form = await self.fake.slash("subscribe", guild=self.fake.home, user=self.fake.moderator).answered()
        return await self.fake.submit_modal(form, {"zone": "UTC", "quiet": "-", "language": "en"}).answered()

    async def held(self) -> Answer:
        """The events moderators work on."""
        lead = self.fake.moderator
        listed = await self.fake.slash("events", guild=self.fake.home, user=lead).answered()
        return await self.fake.press(listed, "Events to work on", user=lead).answered()

    async def filled(self, shown: Answer, label: str, values: dict[str, str]) -> Answer:
        """The form behind a button, sent."""
        form = await self.fake.press(shown, label, user=self.fake.moderator).answered()
        return await self.fake.submit_modal(form, values, user=self.fake.moderator).answered()

    async def published(self, draft: Answer) -> Answer:
        """Two stand for an event; it as the first of them sees it then."""
        await self.fake.press(draft, "Hand it on", user=self.fake.moderator).answered()
        card = (await self.said_in(self.review))[-1]
        done = await self.fake.press(card, "I stand for it", user=self.alex).answered()
        await self.worker.deliver_due()
        state = re.search(r"[0-9A-Z]{4}: published", done.text)
        assert state
        return await self.fake.press(await self.held(), state[0], user=self.fake.moderator).answered()


@asynccontextmanager
async def staged(tmp_path: Path) -> AsyncIterator[Stage]:
    async with FakeDiscord() as fake:
        alex = fake.add_user("alex")
        review = fake.add_channel(fake.home, "review")
        fake.world.add_member(fake.home, alex)
        people = tuple(Moderator(user.name, str(user.id)) for user in (fake.moderator, alex))
        community = Community("here", review_rooms=ReviewRooms(discord=str(review.id)), moderators=people)
        settings = replace(
            Settings(), data_dir=tmp_path / "data", key_file=tmp_path / "key", communities=(community,),
            discord=DiscordSettings(token=Secret(fake.token)),
        )  # fmt: skip
        clock, app = SystemClock(), build(settings, strict=True)
        storage = await open_storage(settings, clock)
        router = with_announcements(app.router, app.ask.tools, settings, opening_in(storage, clock))
        dispatch = Conversations(router.dispatch, MemoryForms(), clock, b"s" * 32, app.messages, shows_forms=True)
        async with umbrella(fake, ground=ground_on(settings, clock, storage), dispatch=dispatch) as door:
            assert isinstance(door, DiscordAdapter)
            yield Stage(fake, storage, [door], alex, review)
        await storage.close()


async def test_a_room_subscribes_and_two_moderators_reach_it_and_correct_what_they_said(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        fake, alex, review, room = stage.fake, stage.alex, stage.review, stage.fake.home.text_channel
        assert "This room hears announcements." in (await stage.subscribed()).text
        refused = await fake.slash("subscribe", guild=fake.home, user=fake.ada).answered()
        assert "Only who keeps this room" in refused.text

        listed = await fake.slash("announce", guild=fake.home, user=fake.moderator).answered()
        form = await fake.press(listed, "Write one").answered()
        end = datetime.now(UTC) + timedelta(days=2)
        vigil = {"text": "Vigil on 17 December at six.", "until": f"{end:%Y-%m-%d %H:%M}"}
        draft = await fake.submit_modal(form, vigil).answered()
        handed = await fake.press(draft, "Hand it on").answered()
        assert "waits for another moderator" in handed.text
        assert handed.is_ephemeral
        [card] = await stage.said_in(review)
        published = await fake.press(card, "I stand for it", user=alex).answered()
        assert "published" in published.text
        [said] = await stage.said_in(room)
        assert "Vigil on 17 December at six." in said.text

        form = await fake.press(published, "Correct it", user=alex).answered()
        corrected = await fake.submit_modal(form, {"en": "Vigil at seven."}, user=alex).answered()
        assert "correction waits" in corrected.text
        [_, second] = await stage.said_in(review)
        await fake.press(second, "I stand for it", user=fake.moderator).answered()
        assert await stage.said_in(room) == [said]
        assert "Vigil at seven." in said.text
        assert "over" not in said.text
        assert await stage.worker_at(end).deliver_due() == 1
        assert said.text.startswith("(This is over.)")
        assert "Vigil at seven." in said.text
        assert (await stage.said_in(room), fake.violations) == ([said], [])

        # Taken out of the server, the bot forgets what its rooms wanted, and what waits for them ends.
        outbox = stage.storage.outbox
        waiting = Outgoing(
            "later", RoomRef("discord", str(room.id)), says("x"), not_before=TOMORROW, kind="announcement"
        )
        await outbox.add([waiting])
        fake.world.emit("GUILD_DELETE", {"id": str(fake.home.id)}, guild_id=fake.home.id)
        subscriptions = StoredSubscriptions(stage.storage.database, SystemClock())
        while await subscriptions.all():
            await asyncio.sleep(0.02)
        assert (await outbox.progress("later")).failures == (("no-room", 1),)


async def test_a_channel_that_is_deleted_hears_nothing_more(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        fake, subscriptions = stage.fake, StoredSubscriptions(stage.storage.database, SystemClock())
        rooms = [fake.add_channel(fake.home, name) for name in ("gone", "here")]
        for each in rooms:
            await subscriptions.put(Subscription(RoomRef("discord", str(each.id))))
        fake.world.emit("CHANNEL_DELETE", wire.channel_json(rooms[0]), guild_id=fake.home.id)
        while len(held := await subscriptions.all()) > 1:
            await asyncio.sleep(0.02)
        assert [each.room.id for each in held] == [str(rooms[1].id)]


async def test_an_event_is_in_the_calendar_of_a_server_once_and_follows_the_event(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        fake, home, lead = stage.fake, stage.fake.home, stage.fake.moderator
        begins = (datetime.now(UTC) + timedelta(days=3)).replace(hour=18, minute=0, second=0, microsecond=0)
        await fake.press(await stage.subscribed(), "Events into the calendar here", user=lead).answered()
        when = {"title": "Tea and legal questions", "starts": f"{begins:%Y-%m-%d %H:%M}", "ends": "21:00", "zone": "UTC",
                "place": "Montréal"}  # fmt: skip
        who = {"organizer": "stella-montreal", "address": "12 Example Street", "audience": "everyone"}

        # Without the right nothing is made there, and moderators are told so.
        draft = await stage.filled(await stage.held(), "Write an event", when)
        first = await stage.published(await stage.filled(draft, "Organizer, address, parts", who))
        assert home.events == {}
        assert "I may not write there: 1" in first.text
        shown = await fake.press(await fake.slash("events", guild=home).answered(), when["title"]).answered()
        assert "12 Example Street" in shown.text
        home.roles[home.members[fake.bot.id].role_ids[0]].permissions |= Can.CREATE_EVENTS

        draft = await stage.filled(await stage.held(), "Write an event", {**when, "title": "Songs"})
        done = await stage.published(await stage.filled(draft, "Organizer, address, parts", who))
        [event] = home.events.values()
        assert (event.name, event.location, event.start) == ("Songs", "12 Example Street", begins)
        later = begins + timedelta(hours=1)
        moved = {**when, "title": "Songs", "starts": f"{later:%Y-%m-%d %H:%M}"}
        draft = await stage.filled(done, "Name, hours, place", moved)
        assert event.start == begins, "what was approved stands until the change is"
        done = await stage.published(draft)
        assert (list(home.events.values()), event.start) == ([event], later)

        await erased_by_one_press(fake, "Songs")
        # What becomes a thing of peers leaves at once.
        draft = await stage.filled(done, "Organizer, address, parts", {**who, "audience": "peers"})
        await stage.worker.deliver_due()
        assert home.events == {}
        await stage.published(draft)
        assert (home.events, fake.violations) == ({}, [])


async def test_a_room_that_hears_nothing_more_ends_the_calendar_that_was_set_from_it(tmp_path: Path) -> None:
    """What waits for both is not said; in another room nothing changes; set anew it begins again."""
    async with staged(tmp_path) as stage:
        fake, home, lead = stage.fake, stage.fake.home, stage.fake.moderator
        home.roles[home.members[fake.bot.id].role_ids[0]].permissions |= Can.CREATE_EVENTS
        subscriptions, outbox = StoredSubscriptions(stage.storage.database, SystemClock()), stage.storage.outbox
        await fake.press(await stage.subscribed(), "Events into the calendar here", user=lead).answered()
        far = datetime.now(UTC) + timedelta(days=100)
        when = {"title": "Songs", "starts": f"{far:%Y-%m-%d} 18:00", "zone": "UTC"}
        draft = await stage.filled(await stage.held(), "Write an event", when)
        who = {"organizer": "stella-montreal", "audience": "everyone"}
        await stage.published(await stage.filled(draft, "Organizer, address, parts", who))
        room = RoomRef("discord", str(home.text_channel.id))
        await outbox.add([Outgoing("later", room, says("x"), "announcement", not_before=TOMORROW)])

        other = {"guild": home, "channel": fake.add_channel(home, "other"), "user": lead}
        form = await fake.slash("subscribe", **other).answered()  # type: ignore[arg-type]
        second = await fake.submit_modal(form, {"zone": "UTC", "quiet": "-", "language": "en"}).answered()
        stopped = await fake.press(second, "Hear nothing more", user=lead).answered()
        assert "calendar" not in stopped.text
        assert {each.is_calendar for each in await subscriptions.all()} == {True, False}

        shown = await fake.slash("subscribe", guild=home, user=lead).answered()
        stopped = await fake.press(shown, "Hear nothing more", user=lead).answered()
        assert "no more events go into the calendar" in stopped.text
        assert await subscriptions.all() == []
        for cause in ("later", "gathering"):
            assert (await outbox.progress(cause)).queued == 0
        await fake.press(await stage.subscribed(), "Events into the calendar here", user=lead).answered()
        assert (await outbox.progress("gathering")).queued == 1
        assert fake.violations == []


async def erased_by_one_press(fake: FakeDiscord, title: str) -> None:
    """A person asks for a reminder and a language, sees both under `privacy`, and has them erased."""
    shown = await fake.press(await fake.slash("events", guild=fake.home).answered(), title).answered()
    await fake.press(shown, "Remind me a day before").answered()
    language = await fake.slash("language", guild=fake.home, language="en").answered()
    await fake.press(language, "Remember this language").answered()
    kept = await fake.slash("privacy", guild=fake.home).answered()
    assert "A reminder: " in kept.text
    assert f"{title}" in kept.text
    assert "Forget my language" in kept.labels
    assert "It is erased" in (await fake.press(kept, "Erase all that I asked for").answered()).text
    after = await fake.slash("privacy", guild=fake.home).answered()
    assert "asked me to keep nothing" in after.text
    assert "Forget my language" not in after.labels


async def test_a_campaign_is_read_signed_in_three_ways_taken_back_and_handed_over(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        fake, home = stage.fake, stage.fake.home
        name = "Declaration of Support: Justice for Migrant Sex Workers"

        async def campaign(user: User) -> Answer:
            listed = await fake.slash("campaign", guild=home, user=user).answered()
            return await fake.press(listed, name, user=user).answered()

        shown = await campaign(fake.ada)
        assert "Access without fear" in shown.text
        assert shown.is_ephemeral
        codes = []
        for way, values in (
            ("Sign as a person", {"name": "=Finch", "region": "Ontario"}),
            ("Sign as an organization", {"name": "Night Kitchen"}),
            ("Sign without a name", {"region": ""}),
        ):
            form = await fake.press(shown, way).answered()
            preview = await fake.submit_modal(form, values).answered()
            code = _CODE.search((await fake.press(preview, "Sign").answered()).text)
            assert code
            codes.append(code[0])
        form = await fake.press(shown, "Take my signature back").answered()
        assert "erased" in (await fake.submit_modal(form, {"code": codes[-1].lower()}).answered()).text
        waiting = await fake.press(await campaign(stage.alex), "Organizations that wait", user=stage.alex).answered()
        assert "Night Kitchen" in waiting.text
        await fake.press(waiting, "They signed", user=stage.alex).answered()
        for who in (stage.alex, fake.moderator):
            assert await signing.exported(stage.storage, CAMPAIGN, datetime.now(UTC).date()) is None
            await fake.press(await campaign(who), "The organizer may have the list", user=who).answered()
        page = await signing.exported(stage.storage, CAMPAIGN, datetime.now(UTC).date())
        assert page is not None
        lines = page.splitlines()
        assert [line.split(",")[0] for line in lines[1:]] == ['"organization"', '"person"']
        assert '"\'=Finch","Ontario"' in lines[2]
        assert (fake.public_messages, fake.violations) == ([], [])
