"""The gateway as a bare discord.py client meets it."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from typing import Any

import aiohttp
import pytest

from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.bare import CONSTANT, BareBot, running, until
from tests.fakes.discord.seam import discord

pytestmark = [pytest.mark.asyncio, pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.timeout(30)]


async def test_ready_with_the_intents_that_were_asked() -> None:
    async with FakeDiscord() as fake:
        bot = BareBot(status=discord.Status.idle)
        async with running(bot, fake):
            await until(lambda: "ready" in bot.seen)
            assert bot.user is not None
            assert bot.user.id == fake.bot.id
            assert [guild.name for guild in bot.guilds] == ["Home"]
            assert fake.gateway.intents == discord.Intents(guilds=True, messages=True).value
            assert fake.gateway.presence["status"] == "idle"
            assert fake.gateway.sessions[0].properties["browser"] == "discord.py"
            await bot.change_presence(activity=discord.Game("quietly"))
            await until(lambda: fake.gateway.presence["status"] == "online")
            assert fake.gateway.presence["activities"][0]["name"] == "quietly"
            assert fake.violations == []
        # What `Client.close` really sends: its reader closes first, with 4000, and the session stays open at Discord.
        await until(lambda: fake.gateway.client_closes == [4000])


async def test_heartbeats_are_acknowledged() -> None:
    async with FakeDiscord() as fake:
        fake.gateway.heartbeat_interval_ms = 100
        bot = BareBot()
        async with running(bot, fake):
            await until(lambda: fake.gateway.heartbeat_count >= 3)
            assert 0 < bot.latency < 1


@pytest.mark.parametrize("fault", ["close 4000", "reset", "op 7", "op 9 true"])
async def test_a_lost_connection_is_resumed_and_what_was_missed_is_replayed(fault: str) -> None:
    async with FakeDiscord() as fake:
        bot = BareBot()
        async with running(bot, fake):
            if fault == "op 7":
                fake.gateway.ask_reconnect()
            elif fault == "op 9 true":
                fake.gateway.invalidate(resumable=True)
            else:
                await fake.gateway.drop(4000 if fault == "close 4000" else None)
            await until(lambda: "disconnect" in bot.seen)
            await until(lambda: fake.gateway.resume_count == 1)
            assert (await fake.slash("ask", guild=fake.home).answered()).text.startswith(CONSTANT)
            await until(lambda: "resumed" in bot.seen)
            assert fake.gateway.identify_count == 1


async def test_events_of_the_gap_arrive_after_resume_also_too_late_ones() -> None:
    async with FakeDiscord() as fake:
        bot = BareBot()
        async with running(bot, fake):
            fake.gateway.refuse(times=1)
            await fake.gateway.drop()
            missed = fake.slash("ask", guild=fake.home)
            late = fake.slash("ask", guild=fake.home, age_s=4)
            assert not missed.is_delivered
            await missed.answered(6)
            await until(lambda: bool(late.refusals))
            assert "10062" in late.refusals[0]
            assert fake.gateway.replayed_count == 2
            assert fake.complaints(locales=()) == []


async def test_an_invalid_session_identifies_again() -> None:
    async with FakeDiscord() as fake:
        bot = BareBot()
        async with running(bot, fake):
            fake.gateway.invalidate(resumable=False)
            await until(lambda: fake.gateway.identify_count == 2)
            assert (await fake.slash("ask").answered()).text.startswith(CONSTANT)
            assert fake.gateway.resume_count == 0


async def test_a_forgotten_session_is_refused_on_resume() -> None:
    async with FakeDiscord() as fake:
        bot = BareBot()
        async with running(bot, fake):
            fake.gateway.forget_sessions()
            await fake.gateway.drop()
            await until(lambda: fake.gateway.identify_count == 2)
            assert fake.gateway.resume_count == 1


async def test_silence_is_noticed() -> None:
    async with FakeDiscord() as fake:
        fake.gateway.heartbeat_interval_ms = 200
        bot = BareBot(heartbeat_timeout=0.6)
        async with running(bot, fake):
            fake.gateway.silence()
            await until(lambda: fake.gateway.resume_count == 1)
            assert (await fake.slash("ask").answered()).text.startswith(CONSTANT)


async def test_a_gateway_that_refuses_or_closes_at_once() -> None:
    async with FakeDiscord() as fake:
        bot = BareBot()
        async with running(bot, fake):
            before = fake.gateway.connect_count
            fake.gateway.close_at_once(times=20)
            await fake.gateway.drop()
            await until(lambda: fake.gateway.connect_count > before + 20)
            assert (await fake.slash("ask").answered()).text.startswith(CONSTANT)


FATAL = {
    "wrong token": (4004, discord.ConnectionClosed),
    "privileged intents": (4014, discord.PrivilegedIntentsRequired),
    "sharding required": (4011, discord.ConnectionClosed),
}


@pytest.mark.parametrize("name", FATAL)
async def test_fatal_close_codes(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    code, error = FATAL[name]
    async with FakeDiscord() as fake:
        intents = discord.Intents.all() if code == 4014 else discord.Intents(guilds=True)
        bot = BareBot(intents)
        if code == 4004:
            fake.gateway.expected_token = "changed"
        if code == 4011:
            fake.gateway.required_shards = 2
        async with running(bot, fake) as task:
            with pytest.raises(error):
                await task


async def test_enabled_privileged_intents_are_allowed() -> None:
    async with FakeDiscord() as fake:
        fake.gateway.enabled_intents |= 1 << 15
        bot = BareBot(discord.Intents(guilds=True, guild_messages=True, message_content=True))
        async with running(bot, fake):
            said = fake.say(fake.home, "hello")
            assert (await said.answered()).content == "hello"


async def test_message_content_without_the_intent() -> None:
    """Empty in public; there in direct messages, mentions and replies that ping."""
    async with FakeDiscord() as fake:
        bot = BareBot()
        async with running(bot, fake):
            plain = fake.say(fake.home, "hello")
            assert plain.is_delivered
            assert await plain.stays_unanswered(0.1)
            assert [one.content for one in bot.heard] == [""]
            named = await fake.say(fake.home, "hello", mentions_bot=True).answered()
            assert "hello" in named.content
            assert (await fake.say(fake.home, "again", reply_to=named).answered()).content == "again"
            assert await fake.say(fake.home, "quiet", reply_to=named, pings=False).stays_unanswered(0.1)
            assert (await fake.dm(fake.ada, "direct").answered()).content == "direct"
            assert fake.pings == []


async def test_without_message_intents_nothing_arrives_but_interactions() -> None:
    async with FakeDiscord() as fake:
        bot = BareBot(discord.Intents(guilds=True))
        async with running(bot, fake):
            assert not fake.dm(fake.ada, "direct").is_delivered
            assert (await fake.slash("ask").answered()).is_ephemeral


async def test_own_ephemeral_answers_come_back_without_a_guild() -> None:
    async with FakeDiscord() as fake:
        bot = BareBot()
        async with running(bot, fake):
            await fake.slash("ask", guild=fake.home).answered()
            await until(lambda: bool(bot.heard))
            assert bot.heard[0].guild is None
            assert bot.heard[0].author == bot.user


async def test_shards_get_their_guilds_and_the_first_one_direct_messages() -> None:
    class Sharded(discord.AutoShardedClient):
        async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
            """No five seconds between shards in this test."""

    async with FakeDiscord() as fake:
        fake.gateway.max_concurrency = 2
        second = fake.add_guild("Second")
        while (second.id >> 22) % 2 == (fake.home.id >> 22) % 2:
            await asyncio.sleep(0.001)
            second = fake.add_guild("Second")
        bot = Sharded(intents=discord.Intents(guilds=True), shard_count=2, guild_ready_timeout=0.05)
        async with running(bot, fake, shards=2):
            shards = {session.shard: session for session in fake.gateway.sessions}
            assert set(shards) == {(0, 2), (1, 2)}
            fake.dm(fake.ada, "x")
            for (number, _), session in shards.items():
                names = {one["d"]["name"] for one in session.events if one["t"] == "GUILD_CREATE"}
                mine = {one.name for one in fake.world.guilds.values() if (one.id >> 22) % 2 == number}
                assert names == mine


async def test_two_processes_with_one_token_both_get_the_event() -> None:
    async with FakeDiscord() as fake:
        first, second = BareBot(), BareBot()
        async with running(first, fake), running(second, fake, shards=2):
            interaction = fake.slash("ask", guild=fake.home)
            await interaction.answered()
            await until(lambda: bool(interaction.refusals))
            assert "40060" in interaction.refusals[0]
            assert len(interaction.messages) == 1


async def socket(session: aiohttp.ClientSession, fake: FakeDiscord) -> aiohttp.ClientWebSocketResponse:
    made = await session.ws_connect(f"{fake.gateway_url}?v=10&encoding=json")
    hello = await made.receive_json()
    assert hello["op"] == 10
    return made


IDENTIFY: dict[str, Any] = {"properties": {}, "intents": 1}
CLOSES: dict[str, tuple[str, int]] = {
    "no JSON": ("{", 4002),
    "unknown op before identify": (json.dumps({"op": 3, "d": {}}), 4003),
    "wrong token": (json.dumps({"op": 2, "d": IDENTIFY | {"token": "x"}}), 4004),
    "invalid intents": (json.dumps({"op": 2, "d": IDENTIFY | {"token": "{token}", "intents": 1 << 30}}), 4013),
    "invalid shard": (json.dumps({"op": 2, "d": IDENTIFY | {"token": "{token}", "shard": [2, 2]}}), 4010),
    "too long": (json.dumps({"op": 3, "d": "x" * 5000}), 4002),
}


@pytest.mark.parametrize("name", CLOSES)
async def test_close_codes(name: str) -> None:
    text, code = CLOSES[name]
    async with FakeDiscord() as fake, aiohttp.ClientSession() as session:
        connection = await socket(session, fake)
        await connection.send_str(text.replace("{token}", fake.token))
        message = await connection.receive()
        assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, code)


async def test_second_identify_and_impossible_sequence() -> None:
    async with FakeDiscord() as fake, aiohttp.ClientSession() as session:
        connection = await socket(session, fake)
        packet = {"op": 2, "d": IDENTIFY | {"token": fake.token}}
        await connection.send_json(packet)
        ready = await connection.receive_json()
        assert ready["t"] == "READY"
        assert (await connection.receive_json())["t"] == "GUILD_CREATE"
        await connection.send_json(packet)
        assert (await connection.receive()).data == 4005
        again = await socket(session, fake)
        resume = {"token": fake.token, "session_id": ready["d"]["session_id"], "seq": 99}
        await again.send_json({"op": 6, "d": resume})
        assert (await again.receive()).data == 4007


async def test_two_hundred_interactions_at_once() -> None:
    async with FakeDiscord() as fake:
        bot = BareBot()
        async with running(bot, fake):
            started = time.monotonic()
            burst = [fake.slash("later", guild=fake.home) for _ in range(200)]
            answers = await asyncio.gather(*(one.answered(10) for one in burst))
            assert all(one.is_ephemeral for one in answers)
            assert time.monotonic() - started < 3
            assert all((one.acknowledged_after_s or 9) < 3 for one in burst)
            assert fake.violations == []


async def test_identifying_twice_within_the_spacing_is_an_invalid_session() -> None:
    async with FakeDiscord() as fake, aiohttp.ClientSession() as session:
        fake.gateway.identify_spacing_s = 5.0
        packet = {"op": 2, "d": IDENTIFY | {"token": fake.token}}
        first, second = await socket(session, fake), await socket(session, fake)
        await first.send_json(packet)
        assert (await first.receive_json())["t"] == "READY"
        await second.send_json(packet)
        assert await second.receive_json() == {"op": 9, "d": False}


async def test_members_are_given_when_asked_for() -> None:
    async with FakeDiscord() as fake:
        bot = BareBot()
        async with running(bot, fake):
            guild = bot.get_guild(fake.home.id)
            assert guild is not None
            assert [one.name for one in await guild.query_members("ad")] == ["ada"]
            assert [one.id for one in await guild.query_members(user_ids=[fake.moderator.id])] == [fake.moderator.id]
