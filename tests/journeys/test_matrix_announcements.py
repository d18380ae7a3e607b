"""The end of an announcement, and what a person asked to have kept, as they come through a real homeserver."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.core.clock import StoppedClock
from bot.core.ground import Dispatch
from bot.core.reply import Reply
from bot.core.request import Request
from bot.handlers.conversation import Conversations
from bot.outbox.ports import Sender
from bot.outbox.worker import Worker
from bot.storage.open import Storage
from bot.storage.reminders import reminders
from bot.storage.subscriptions import StoredSubscriptions
from tests.contract.test_announcements import published, subscribed
from tests.contract.test_events import WHEN
from tests.contract.test_events import published as event_published
from tests.fakes.boards import ROWAN, Desk
from tests.fakes.clock import FakeClock
from tests.fakes.matrix_bot import Bot, Running
from tests.fakes.matrix_peer import Peer

pytestmark = [pytest.mark.enable_socket, pytest.mark.timeout(120)]


def desk_of(running: Running) -> Desk:
    return Desk(running.storage, FakeClock(datetime.now(UTC)))


async def delivered(running: Running, at: datetime) -> None:
    """The outbox as it is at that hour, by the real door."""
    await running.parts()
    assert isinstance(running.door, Sender)
    await Worker(running.storage.outbox, [running.door], StoppedClock(at)).deliver_due()


async def test_at_its_end_the_copy_in_an_encrypted_room_says_so_and_taken_back_it_is_gone(bot: Bot) -> None:
    async with bot.running() as running, Peer(bot.server) as person:
        room = await person.chat(bot.user_id, is_direct=False)
        await running.knows(room)
        desk, now = desk_of(running), datetime.now(UTC)
        end = now + timedelta(days=1)
        await subscribed(desk, room)
        code = await published(desk, until=f"{end:%Y-%m-%d %H:%M}")
        await delivered(running, now)
        [said] = await person.hears(1, room)
        assert "Vigil on 17 December" in said.body
        await subscribed(desk, room, quiet="0-23:59")
        never = await published(desk, until=f"{end:%Y-%m-%d %H:%M}")
        await delivered(running, end + timedelta(minutes=1))
        edit = (await person.hears(2, room))[1]
        assert edit.is_encrypted
        assert edit.content["m.relates_to"] == {"rel_type": "m.replace", "event_id": said.event_id}
        assert edit.content["m.new_content"]["body"].startswith("(This is over.)")
        assert (await running.storage.outbox.progress(f"announcement/{never}")).cancelled == 1
        await desk.do(ROWAN, "announce.gone", code)
        await delivered(running, end + timedelta(minutes=2))
        await person.until(lambda: said.event_id in person.redacted)
        assert len(person.heard) == 2, "what was not said before its end is not said after it"


async def kept(storage: Storage) -> int:
    async with storage.database.read() as connection:
        return await connection.scalar(select(func.count()).select_from(reminders)) or 0


async def test_privacy_names_what_a_person_asked_for_in_her_chat_and_erases_it(bot: Bot) -> None:
    talk: list[Dispatch] = []

    def wrap(_: Dispatch) -> Dispatch:
        async def dispatched(request: Request) -> Reply:
            return await talk[0](request)

        return dispatched

    async with bot.running(wrap) as running, Peer(bot.server) as person, Peer(bot.server) as other:
        desk = desk_of(running)
        talk.append(
            Conversations(
                desk.router.dispatch, running.storage.forms, desk.clock, b"s" * 32, desk.router.messages,
                shows_forms=False,
            )
        )  # fmt: skip
        begins = desk.clock.now() + timedelta(days=9)
        await event_published(desk, starts=f"{begins:%Y-%m-%d} 18:00")
        chat, others = await person.chat(bot.user_id), await other.chat(bot.user_id)
        assert "asked me to keep nothing" in (await person.asks(chat, "privacy")).body
        for who, where in ((person, chat), (other, others)):
            listed = (await who.asks(where, "events")).body
            event = (await who.asks(where, number(listed, WHEN["title"]))).body
            assert "I write to you here once" in (await who.asks(where, number(event, "Remind me a day before"))).body
        assert await kept(running.storage) == 2
        shown = (await person.asks(chat, "privacy")).body
        assert f"A reminder: {begins:%Y-%m-%d} 18:00" in shown
        assert "It is erased" in (await person.asks(chat, number(shown, "Erase all that I asked for"))).body
        assert "asked me to keep nothing" in (await person.asks(chat, "privacy")).body
        assert await kept(running.storage) == 1
        assert "A reminder:" in (await other.asks(others, "privacy")).body


def number(shown: str, label: str) -> str:
    """The number of a choice."""
    found = re.search(rf"(\d+)\. {re.escape(label)}", shown)
    assert found, shown
    return found[1]


async def test_a_room_it_was_put_out_of_while_it_was_away_is_forgotten(bot: Bot) -> None:
    async with Peer(bot.server) as person:
        async with bot.running() as running:
            gone, here = [await person.chat(bot.user_id, is_direct=False) for _ in range(2)]
            for room in (gone, here):
                await running.knows(room)
                await subscribed(desk_of(running), room)
        await person.client.room_kick(gone, bot.user_id)
        async with bot.running() as running:
            subscriptions = StoredSubscriptions(running.storage.database, bot.clock)
            while len(held := await subscriptions.all()) > 1:
                await asyncio.sleep(0.05)
            assert [each.room.id for each in held] == [here]
