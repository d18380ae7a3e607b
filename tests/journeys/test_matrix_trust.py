"""Whose devices get keys, and whose words surely are theirs; against a real homeserver."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from nio.crypto import TrustState  # type: ignore[import-untyped]

from bot.core.acts import Act
from bot.core.clock import SystemClock
from bot.core.ground import Dispatch
from bot.core.meeting import JoinedRoom
from bot.core.reply import Reply
from bot.core.request import Request, RoomRef
from bot.settings import Community, Moderator, ReviewRooms
from tests.fakes.matrix_bot import Bot, noting
from tests.fakes.matrix_peer import Heard, Peer

pytestmark = pytest.mark.enable_socket


def sessions_of(peer: Peer, bot_key: str) -> int:
    """How many of the bot's sessions a client holds."""
    store = peer.client.olm.inbound_group_store
    return sum(session.ed25519 == bot_key for session in store)


def unreadable(peer: Peer) -> list[Heard]:
    return [each for each in peer.heard if not each.is_readable]


async def test_a_second_device_on_the_account_of_the_bot_gets_no_key(bot: Bot) -> None:
    """Whoever has the password, or runs the homeserver, may add one; nio would hand it every key it asks for."""
    async with bot.running() as running, Peer(bot.server) as person, Peer(bot.server, user_id=bot.user_id) as thief:
        room_id = await person.chat(bot.user_id)
        answer = await person.asks(room_id, "help")
        client = (await running.parts()).wire.client
        device = client.device_store[bot.user_id][thief.client.device_id]
        assert device.trust_state == TrustState.blacklisted
        key = client.olm.account.identity_keys["ed25519"]
        await thief.until(lambda: room_id in thief.client.rooms)
        await thief.client.room_send(room_id, "m.room.message", {"msgtype": "m.text", "body": "x"}, ignore_unverified_devices=True)  # fmt: skip
        await person.asks(room_id, "help")
        assert answer.is_readable
        assert (sessions_of(person, key) > 0, sessions_of(thief, key)) == (True, False)


async def test_a_device_that_our_own_identity_signed_is_ours(bot: Bot) -> None:
    async with bot.running() as running, Peer(bot.server, user_id=bot.user_id) as second:
        parts = await running.parts()
        listed: dict[str, Any] = (await parts.wire.call("POST", "keys/query", {"device_keys": {bot.user_id: []}}))[
            "device_keys"
        ][bot.user_id]
        payload = {name: value for name, value in listed[second.client.device_id].items() if name != "unsigned"}
        identity = parts.sender._identity  # noqa: SLF001
        assert not identity.vouches(payload, bot.user_id)
        identity.sign(payload, bot.user_id, "self_signing")
        assert identity.vouches(payload, bot.user_id)
        assert not identity.vouches({**payload, "device_id": "OTHER"}, bot.user_id)
        await parts.wire.call("POST", "keys/signatures/upload", {bot.user_id: {second.client.device_id: payload}})
        await parts.sender.ask_keys(bot.user_id)
        device = parts.wire.client.device_store[bot.user_id][second.client.device_id]
        assert device.trust_state == TrustState.verified


async def test_a_moderator_is_who_writes_encrypted_from_a_device_the_file_names(bot: Bot) -> None:
    async with Peer(bot.server) as heron:
        fingerprint = heron.client.olm.account.identity_keys["ed25519"]
        spaced = " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))
        entry = Moderator("heron", None, heron.user_id, (spaced,))
        bot.communities = (Community("north", moderators=(entry,)),)
        requests: list[Request] = []
        async with bot.running(noting(requests)), Peer(bot.server, user_id=heron.user_id) as other_device:
            room_id = await heron.chat(bot.user_id)
            shown = await heron.asks(room_id, "food in vancouver")
            await heron.asks(
                room_id, {"m.relates_to": {"rel_type": "m.annotation", "event_id": shown.event_id, "key": "1"}}
            )
            await other_device.until(lambda: room_id in other_device.client.rooms)
            await other_device.asks(room_id, "help")
            clear = await heron.chat(bot.user_id, is_encrypted=False)
            await heron.asks(clear, "help")
        standings = [each.actor.standing for each in requests]
        assert {each.moderator for each in standings} == {"heron"}
        assert [each.is_proven for each in standings] == [True, False, False, False]
        assert requests[1].replies_to == shown.event_id


async def test_how_long_ago_it_was_said_outlives_the_bot(bot: Bot) -> None:
    """What waited in the store for hours comes with its age, so that a moderator's act is asked again."""

    class LaterClock(SystemClock):
        def now(self) -> datetime:
            return super().now() + timedelta(hours=2)

    requests: list[Request] = []

    def held(_: Dispatch) -> Dispatch:
        async def dispatched(request: Request) -> Reply:
            requests.append(request)
            await asyncio.Event().wait()
            return Reply(())

        return dispatched

    async with Peer(bot.server) as heron:
        async with bot.running(held):
            room_id = await heron.chat(bot.user_id)
            await heron.say(room_id, "approve K7Q2")
            async with asyncio.timeout(20):
                while not requests:
                    await asyncio.sleep(0.05)
        bot.clock = LaterClock()
        async with bot.running(noting(requests)):
            await heron.hears()
            await heron.asks(room_id, "help")
    ages = [each.received_at - each.said_at for each in requests if each.said_at is not None]
    assert [age > timedelta(hours=1) for age in ages] == [False, True, False]


async def test_in_a_review_room_only_devices_that_the_file_names_can_read(bot: Bot) -> None:
    async with Peer(bot.server) as heron, Peer(bot.server) as stranger:
        room_id = await heron.room(bot.user_id, stranger.user_id, is_direct=False)
        await stranger.client.join(room_id)
        entry = Moderator("heron", None, heron.user_id, (heron.client.olm.account.identity_keys["ed25519"],))
        north = Community("north", review_rooms=ReviewRooms(matrix=room_id), moderators=(entry,))
        bot.communities = (north, replace(north, id="south"))
        requests: list[Request] = []
        async with bot.running(noting(requests)), Peer(bot.server, user_id=heron.user_id) as new_device:
            await heron.joined(room_id, bot.user_id)
            answer = await heron.asks(room_id, "!umbrella help")
            again = await heron.asks(room_id, {"msgtype": "m.text", "body": "privacy", "m.relates_to": {
                "m.in_reply_to": {"event_id": answer.event_id}}})  # fmt: skip
            for others in (stranger, new_device):
                await others.until(lambda others=others: len(unreadable(others)) == 2)
        assert answer.content["m.relates_to"]["m.in_reply_to"]
        assert (answer.is_readable, again.is_readable) == (True, True)
        assert {each.sender for each in unreadable(stranger)} == {bot.user_id}
        assert requests[1].replies_to == answer.event_id


async def test_a_room_becomes_a_review_room_while_the_bot_runs_and_is_none_once_it_has_left(bot: Bot) -> None:
    """Who could read there before cannot read what is said there from then on."""
    async with Peer(bot.server) as heron, Peer(bot.server) as stranger:
        room_id = await heron.room(bot.user_id, stranger.user_id, is_direct=False)
        await stranger.client.join(room_id)
        entry = Moderator("heron", None, heron.user_id, (heron.client.olm.account.identity_keys["ed25519"],))
        bot.communities = (Community("north", moderators=(entry,)),)
        async with bot.running() as running:
            await heron.joined(room_id, bot.user_id)
            assert (await heron.asks(room_id, "!umbrella here help")).is_readable
            await stranger.until(
                lambda: any(each.sender == bot.user_id and each.is_readable for each in stranger.heard)
            )
            meeting, joined = running.door._ground.meeting, running.storage.review_rooms  # noqa: SLF001
            act = Act("heron", "setup-join", "north", datetime.now(UTC).date())
            await joined.join(JoinedRoom(RoomRef("matrix", room_id), "north"), act)
            meeting.take_in(await joined.all())
            assert (await heron.asks(room_id, "!umbrella privacy")).is_readable
            await stranger.until(lambda: len(unreadable(stranger)) == 1)
            await heron.client.room_kick(room_id, bot.user_id)
            async with asyncio.timeout(20):
                while meeting.joined or await joined.all():
                    await asyncio.sleep(0.05)
