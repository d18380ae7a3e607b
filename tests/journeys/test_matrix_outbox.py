"""What is said unasked arrives on Matrix once, can be found, changed and taken back; against a real homeserver."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.adapters.matrix.wire import AwayError
from bot.announcements.model import Subscription
from bot.core.reply import Action, Paragraph, Reply
from bot.core.request import RoomRef
from bot.outbox.model import Delivery, MessageRef, Outgoing
from bot.outbox.ports import LaterError, RefusedError, Sender, UnansweredError
from bot.storage.subscriptions import StoredSubscriptions
from tests.fakes.matrix_bot import Bot, Running
from tests.fakes.matrix_peer import Peer

pytestmark = pytest.mark.enable_socket


def delivery(room_id: str, text: str = "something new", *, key: str = "key1", **more: Any) -> Delivery:
    reply = Reply((Paragraph((text,)),), (Action("approve", "Approve", ("K7Q2",)),))
    outgoing = Outgoing("case/K7Q2", RoomRef("matrix", room_id), reply, **more)
    return Delivery(1, outgoing, key, 1, datetime.now(UTC))


async def lost_once(running: Running) -> None:
    """The next answer to a send is lost on its way back: the server has the event, we do not know."""
    wire = (await running.parts()).wire
    call, faults = wire.call, iter([AwayError()])

    async def losing(method: str, where: str, *more: Any, **others: Any) -> Any:
        given = await call(method, where, *more, **others)
        if "/send/" in where:
            for fault in faults:
                raise fault
        return given

    wire.call = losing  # type: ignore[method-assign]


async def test_it_is_said_once_found_changed_and_taken_back(bot: Bot) -> None:
    async with bot.running() as running, Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id)
        await running.knows(room_id)
        await lost_once(running)
        door, first = running.door, delivery(room_id, kind="review")
        assert isinstance(door, Sender)
        assert await door.find_delivered(first) is None
        with pytest.raises(UnansweredError):
            await door.deliver(first)
        found = await door.find_delivered(first)
        assert found is not None
        assert await door.deliver(first) == found
        heard = await person.hears(1, room_id)
        assert (heard[0].event_id, heard[0].is_encrypted) == (found.id, True)
        assert "something new" in heard[0].body
        assert "1. Approve" in heard[0].body
        change = delivery(room_id, "something else", key="key2", kind="review", act="change")
        with pytest.raises(RefusedError):
            await door.deliver(change)
        assert await door.deliver(replace(change, message=found)) == found
        edit = (await person.hears(2, room_id))[1]
        assert edit.content["m.new_content"]["body"].startswith("something else")
        assert edit.content["m.relates_to"] == {"rel_type": "m.replace", "event_id": found.id}
        withdrawal = replace(delivery(room_id, key="key3", act="withdraw"), message=found)
        assert await door.deliver(withdrawal) == await door.find_delivered(withdrawal) == found
        await person.until(lambda: found.id in person.redacted)
        assert len(person.heard) == 2


async def test_where_it_cannot_arrive_it_says_why(bot: Bot) -> None:
    async with bot.running() as running, Peer(bot.server) as person:
        door = running.door
        with pytest.raises(LaterError):
            await door.deliver(delivery("!x:y"))
        with pytest.raises(LaterError):
            await door.find_delivered(delivery("!x:y"))
        clear = await person.chat(bot.user_id, is_encrypted=False)
        await running.knows(clear)
        for kind in ("review", "notice"):
            with pytest.raises(RefusedError) as error:
                await door.deliver(delivery(clear, kind=kind))
            assert error.value.code == "not-encrypted"
        announced = await door.deliver(delivery(clear, kind="announcement"))
        heard = (await person.hears(1, clear))[0]
        assert (heard.event_id, heard.content["msgtype"]) == (announced.id, "m.text")
        with pytest.raises(RefusedError) as error:
            await door.deliver(delivery("!nowhere", kind="announcement"))
        assert error.value.code == "no-room"
        levels = {"events_default": 50, "users_default": 0}
        await person.client.room_put_state(clear, "m.room.power_levels", levels)
        with pytest.raises(RefusedError) as error:
            await door.deliver(delivery(clear, key="key9", kind="announcement"))
        assert error.value.code == "no-permission"
        with pytest.raises(RefusedError) as error:
            await door.deliver(delivery(clear, "x" * 40_000, kind="announcement"))
        assert error.value.code == "too-long"
        assert await door.find_delivered(delivery(clear, kind="announcement")) == MessageRef(
            RoomRef("matrix", clear), announced.id
        )
        # Put out of the room, the bot forgets what the room wanted to hear, and what waits for it ends.
        outbox, subscriptions = running.storage.outbox, StoredSubscriptions(running.storage.database, bot.clock)
        await subscriptions.put(Subscription(RoomRef("matrix", clear)))
        await outbox.add([Outgoing("later", RoomRef("matrix", clear), Reply(()), "announcement")])
        await person.client.room_kick(clear, bot.user_id)
        while await subscriptions.all():
            await asyncio.sleep(0.02)
        assert (await outbox.progress("later")).failures == (("no-room", 1),)


async def test_while_the_server_is_away_nothing_is_known(bot: Bot) -> None:
    async with bot.running() as running, Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id)
        await running.knows(room_id)
        wire = (await running.parts()).wire
        homeserver, wire.client.homeserver = wire.client.homeserver, "http://127.0.0.1:9"
        try:
            with pytest.raises(LaterError):
                await running.door.deliver(delivery(room_id))
            with pytest.raises(LaterError):
                await running.door.find_delivered(delivery(room_id))
        finally:
            wire.client.homeserver = homeserver
        assert await running.door.find_delivered(delivery(room_id)) is None
