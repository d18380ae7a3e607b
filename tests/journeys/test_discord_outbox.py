"""What is said unasked arrives on Discord once, can be found, changed, taken back and published."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.adapters.discord import sending
from bot.core.reply import Action, Gathering, Heading, Paragraph, Reply
from bot.core.request import RoomRef
from bot.outbox.model import Delivery, Outgoing
from bot.outbox.ports import CannotLookError, LaterError, RefusedError, Sender, UnansweredError
from tests.fakes.discord import Can, FakeDiscord
from tests.fakes.discord.errors import ApiError, dms_closed, missing_access, missing_permissions, too_many, unknown
from tests.fakes.discord.ours import umbrella

if TYPE_CHECKING:
    from tests.fakes.discord import Channel

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.timeout(60)]
KEY = "k" * 25
"""As long as a nonce may be."""
CREATE, EDIT = "POST /channels/{channel_id}/messages", "PATCH /channels"


def delivery(channel: Channel | str, text: str = "something new", *, key: str = KEY, **more: Any) -> Delivery:
    blocks = (Heading("A case"), Paragraph((f"{text} @everyone <@1>",)))
    reply = Reply(blocks, (Action("approve", "Approve", ("K7Q2",)),))
    room = RoomRef("discord", channel if isinstance(channel, str) else str(channel.id))
    return Delivery(1, Outgoing("case/K7Q2", room, reply, **more), key, 1, datetime.now(UTC))


async def test_it_is_said_once_found_changed_and_taken_back() -> None:
    async with FakeDiscord() as fake, umbrella(fake) as door:
        assert isinstance(door, Sender)
        room = fake.home.text_channel
        first = delivery(room)
        assert await door.find_delivered(first) is None
        fake.faults.lose_answer(CREATE)
        with pytest.raises(UnansweredError):
            await door.deliver(first)
        said = await door.find_delivered(first)
        assert said is not None
        assert await door.deliver(first) == said
        [message] = fake.public_messages
        assert str(message.id) == said.id
        assert message.labels == ["Approve"]
        assert message.find("Approve")["custom_id"].startswith("u1")
        body = fake.bodies(CREATE)[0]
        assert (body["nonce"], body["enforce_nonce"], body["allowed_mentions"]["parse"]) == (KEY, True, [])
        change = replace(delivery(room, "something else", act="change", key="k2"), message=said)
        assert await door.deliver(change) == said
        assert "something else" in message.text
        assert fake.bodies(EDIT)[0]["allowed_mentions"]["parse"] == []
        withdrawal = replace(change, outgoing=replace(change.outgoing, act="withdraw"))
        assert await door.deliver(withdrawal) == said
        assert await door.deliver(withdrawal) == said, "what is gone is gone"
        assert message.is_deleted
        assert (fake.pings, fake.violations) == ([], [])


async def test_an_event_is_put_into_a_calendar_once_and_found_after_a_lost_answer() -> None:
    async with FakeDiscord() as fake, umbrella(fake) as door:
        assert isinstance(door, Sender)
        home = fake.home
        home.roles[home.members[fake.bot.id].role_ids[0]].permissions |= Can.CREATE_EVENTS
        begins = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
        long = Gathering("K7Q2", "Tea " * 40, begins, begins + timedelta(hours=2), "Hall " * 40, "about\n" * 300)
        reply = Reply((), audience="room", gathering=long)
        room = RoomRef("discord", f"%{home.id}")
        first = Delivery(1, Outgoing("gathering/K7Q2/v1", room, reply), KEY, 1, datetime.now(UTC))
        assert await door.find_delivered(first) is None
        fake.faults.lose_answer("POST /guilds")
        with pytest.raises(UnansweredError):
            await door.deliver(first)
        said = await door.find_delivered(first)
        [event] = home.events.values()
        assert said is not None
        assert said.id == str(event.id)
        assert (event.description or "").endswith("\nK7Q2")
        other = replace(
            first, outgoing=replace(first.outgoing, reply=replace(reply, gathering=replace(long, code="M3M3")))
        )
        assert await door.find_delivered(other) is None
        # It has begun: what is said of it changes, and its beginning stays.
        fake.world.clock.advance(86_400 + 60)
        moved = replace(reply, gathering=replace(long, title="Songs", begins_at=begins + timedelta(hours=1)))
        change = replace(first, outgoing=replace(first.outgoing, reply=moved, act="change"), message=said)
        assert await door.deliver(change) == said
        assert (event.name, event.start) == ("Songs", begins)
        gone = replace(change, outgoing=replace(change.outgoing, act="withdraw"))
        assert await door.deliver(gone) == said
        assert await door.deliver(gone) == said, "what is gone is gone"
        with pytest.raises(RefusedError) as refused:
            await door.deliver(change)
        assert refused.value.code == "no-message"
        assert (home.events, fake.violations) == ({}, [])


async def test_it_is_found_when_the_nonce_is_forgotten_and_by_no_other_key() -> None:
    async with FakeDiscord() as fake, umbrella(fake) as door:
        room = fake.home.text_channel
        said = await door.deliver(delivery(room))
        for message in fake.public_messages:
            message.nonce = None
        assert await door.find_delivered(delivery(room)) == said
        assert await door.find_delivered(delivery(room, key="another")) is None


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (missing_permissions(), "no-permission"), (missing_access(), "no-permission"), (dms_closed(), "closed"),
        (unknown("channel", 10003), "no-room"), (ApiError(400, 50035, "Invalid Form Body"), "not-taken"),
    ],
)  # fmt: skip
async def test_where_it_will_never_arrive_it_says_why_after_one_try(error: ApiError, code: str) -> None:
    async with FakeDiscord() as fake, umbrella(fake) as door:
        rule = fake.faults.refuse(error, CREATE, times=None)
        with pytest.raises(RefusedError) as caught:
            await door.deliver(delivery(fake.home.text_channel))
        assert (caught.value.code, rule.hits) == (code, 1)


async def test_what_can_not_be_sent_at_all_is_refused_before_the_wire() -> None:
    async with FakeDiscord() as fake, umbrella(fake) as door:
        room = fake.home.text_channel
        for strange, code in (
            (delivery("no id"), "no-room"),
            (delivery(room, "x" * 5000), "too-long"),
            (delivery(room, act="change"), "no-message"),
        ):
            with pytest.raises(RefusedError) as caught:
                await door.deliver(strange)
            assert caught.value.code == code
        assert fake.bodies(CREATE) == []


async def test_a_wait_that_discord_asks_for_is_handed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "TRY_S", 0.5)
    async with FakeDiscord() as fake, umbrella(fake) as door:
        first = delivery(fake.home.text_channel)
        fake.faults.too_many(CREATE, retry_after_s=3590, times=1)
        with pytest.raises(LaterError) as caught:
            await door.deliver(first)
        assert caught.value.after_s == pytest.approx(3590)
        fake.faults.clear()
        fake.faults.cloudflare(CREATE)
        with pytest.raises(LaterError):
            await door.deliver(delivery(fake.add_channel(fake.home, "other")))
        fake.faults.clear()
        fake.faults.fail(502, "", times=None)
        third = delivery(fake.add_channel(fake.home, "third"))
        with pytest.raises(UnansweredError):
            await door.deliver(third)
        with pytest.raises(UnansweredError):
            await door.find_delivered(third)


async def test_a_channel_in_slow_mode_is_waited_for_and_nothing_is_said_twice() -> None:
    """API docs, JSON Error Codes: 20016 comes as 429, with the rest of the span."""
    async with FakeDiscord() as fake, umbrella(fake) as door:
        rule = fake.faults.refuse(too_many(90.0, code=20016), CREATE)
        with pytest.raises(LaterError) as caught:
            await door.deliver(delivery(fake.home.text_channel))
        assert (caught.value.after_s, rule.hits) == (90.0, 1)
        said = await door.deliver(delivery(fake.home.text_channel))
        assert [str(each.id) for each in fake.public_messages] == [said.id]


async def test_without_the_history_nobody_can_look() -> None:
    async with FakeDiscord() as fake, umbrella(fake) as door:
        room = fake.add_channel(fake.home, "announced")
        room.deny(fake.bot.id, Can.READ_MESSAGE_HISTORY)
        first = delivery(room)
        await door.deliver(first)
        with pytest.raises(CannotLookError):
            await door.find_delivered(first)


async def test_a_door_that_is_not_open_says_later() -> None:
    async with FakeDiscord() as fake, umbrella(fake) as door:
        await door.close()
        with pytest.raises(LaterError):
            await door.deliver(delivery(fake.home.text_channel))
        with pytest.raises(LaterError):
            await door.find_delivered(delivery(fake.home.text_channel))
        assert not door.is_open
