"""What goes wrong on Discord's side, by script: nothing that could be answered is lost, doubled or left open."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.clock import SystemClock
from bot.core.request import Request, Text
from bot.settings import DiscordSettings, Secret, Settings
from bot.values import Shards
from tests.fakes.clock import QuickClock
from tests.fakes.discord import FakeDiscord, Interaction
from tests.fakes.discord.bare import until
from tests.fakes.discord.ours import app, conversations, umbrella
from tests.fakes.ground import Kept, memory_ground

if TYPE_CHECKING:
    from bot.core.reply import Reply

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.timeout(240)]
SAY = app().messages.say
OPTIONS = {
    "ask": "question",
    "find": "place",
    "show": "resource",
    "urgent": "situation",
    "language": "language",
    "groups": "place",
}


class WrongClock(SystemClock):
    """A machine whose clock is ahead."""

    def now(self) -> datetime:
        return super().now() + timedelta(minutes=5)


def once(interactions: list[Interaction]) -> None:
    """Each was answered, and with one message."""
    for interaction in interactions:
        assert interaction.is_answered, interaction.story()
        assert len(interaction.messages) == 1, interaction.story()


async def test_200_forced_disconnects_with_resume_and_invalid_sessions() -> None:
    async with FakeDiscord() as fake:
        clock = QuickClock()
        async with umbrella(fake, ground=memory_ground(fake.token, clock=clock)) as adapter:
            asked: list[Interaction] = []
            for number in range(200):
                asked.append(fake.slash("ask", guild=fake.home, question="housing in Toronto", locale="fr"))
                if number % 50 == 49:
                    fake.gateway.invalidate(resumable=number % 100 == 49)
                elif number % 3 == 0:
                    fake.gateway.ask_reconnect()
                else:
                    await fake.gateway.drop(None if number % 3 == 1 else 4000)
                await fake.gateway.connected(15)
                await asyncio.sleep(0.005)
            await until(lambda: all(one.is_answered or not one.is_delivered for one in asked), 20)
            delivered = [one for one in asked if one.is_delivered or one.is_acknowledged]
            once(delivered)
            assert len(delivered) >= 190
            assert (await fake.slash("help", guild=fake.home).answered()).is_ephemeral
            assert adapter.client is not None
            assert fake.gateway.resume_count > 100
        assert [one for one in fake.complaints() if "nobody was connected" not in one] == []


async def test_what_waited_through_a_resume_is_answered_if_it_still_can_be() -> None:
    async with FakeDiscord() as fake, umbrella(fake):
        await fake.gateway.drop(None)
        in_time = fake.slash("help", guild=fake.home)
        too_late = fake.slash("help", guild=fake.home, age_s=8)
        assert (await in_time.answered()).is_ephemeral
        assert await too_late.stays_unanswered()
        once([in_time])


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_share_of_5xx_on_every_route_loses_no_answer(status: int) -> None:
    async with FakeDiscord() as fake, umbrella(fake):
        fake.faults.fail(status, "POST /interactions/", share=0.2)
        asked = [fake.slash("ask", guild=fake.home, question="food in Toronto") for _ in range(40)]
        await asyncio.gather(*(one.answered(10) for one in asked))
        once(asked)
        fake.faults.clear()
        fake.faults.fail(status, "POST /channels/", share=0.3)
        said = [fake.dm(fake.add_user(f"p{number}", has_installed=True), "food in Toronto") for number in range(10)]
        await asyncio.gather(*(one.answered(10) for one in said))
        assert [len(one.replies) for one in said] == [1] * 10
        assert fake.complaints() == []


async def test_a_storm_of_429_is_waited_out_within_bounds() -> None:
    async with FakeDiscord() as fake, umbrella(fake):
        fake.faults.too_many("POST /interactions/", retry_after_s=0.3, times=30)
        asked = [fake.slash("ask", guild=fake.home, question="food in Toronto") for _ in range(30)]
        await asyncio.gather(*(one.answered(10) for one in asked))
        fake.faults.cloudflare("POST /interactions/", times=2)
        asked.append(fake.slash("help", guild=fake.home))
        await asked[-1].answered()
        once(asked)
        assert fake.complaints() == []


async def test_lost_and_dropped_connections_double_nothing() -> None:
    async with FakeDiscord() as fake, umbrella(fake):
        fake.faults.lose_answer("POST /interactions/", times=5)
        fake.faults.drop("POST /interactions/", times=5)
        asked = [fake.slash("ask", guild=fake.home, question="food in Toronto") for _ in range(20)]
        await asyncio.gather(*(one.answered(10) for one in asked))
        once(asked)
        fake.faults.lose_answer("POST /channels/", times=1)
        said = fake.dm(fake.ada, "food in Toronto")
        await said.answered(5)
        await asyncio.sleep(1.0)
        assert len(said.replies) == 1, "sent again with the same nonce, Discord takes it once"
        assert fake.complaints() == []


async def test_a_restart_between_every_step_of_a_conversation() -> None:
    kept = Kept()
    async with FakeDiscord() as fake:
        async with umbrella(fake, kept=kept):
            form = await fake.slash("ask", guild=fake.home, locale="fr").answered()
        async with umbrella(fake, kept=kept):
            answer = await fake.submit_modal(form, {"question": "santé à Montréal"}).answered()
        async with umbrella(fake, kept=kept):
            more = await fake.press(answer, SAY("fr", "do-more")).answered()
        async with umbrella(fake, kept=kept):
            wrong = await fake.press(more, SAY("fr", "do-wrong")).answered()
        async with umbrella(fake, kept=kept):
            languages = await fake.press(wrong, SAY("fr", "do-language")).answered()
        async with umbrella(fake, kept=kept):
            chosen = await fake.press(languages, "Español").answered()
            assert SAY("es", "language-set") in chosen.text
        async with umbrella(fake, kept=kept):
            await fake.press(chosen, SAY("es", "do-remember")).answered()
        async with umbrella(fake, kept=kept):
            said = await fake.dm(fake.ada, "salud en Toronto").answered()
        async with umbrella(fake, kept=kept):
            assert (await fake.press(said, SAY("es", "do-guided")).answered()).text
        assert fake.complaints() == []


async def test_a_gateway_that_accepts_and_closes_is_not_hammered() -> None:
    async with FakeDiscord() as fake:
        clock = QuickClock()
        async with umbrella(fake, ground=memory_ground(fake.token, clock=clock)):
            before = fake.gateway.connect_count
            fake.gateway.close_at_once(times=10)
            await fake.gateway.drop(4000)
            await until(lambda: fake.gateway.connect_count >= before + 11, 20)
            await fake.gateway.connected(10)
            waits = [wait for wait in clock.waited_s if wait > 0.2]
            assert len(waits) >= 6
            assert max(waits) > 20, "the wait grows"
            assert (await fake.slash("help", guild=fake.home).answered()).is_ephemeral


async def test_a_gateway_that_refuses_for_a_while_is_waited_for() -> None:
    async with FakeDiscord() as fake, umbrella(fake):
        fake.gateway.refuse(times=1)
        await fake.gateway.drop(None)
        await fake.gateway.connected(30)
        assert (await fake.slash("help", guild=fake.home).answered()).is_ephemeral


async def test_a_sync_that_fails_holds_no_answer_up() -> None:
    async with FakeDiscord() as fake:
        kept = Kept()
        async with umbrella(fake, kept=kept):
            pass
        kept.state.clear()
        fake.faults.fail(503, "PUT /applications")
        clock = QuickClock()
        async with umbrella(fake, ground=memory_ground(fake.token, kept, clock=clock)):
            assert (await fake.slash("help", guild=fake.home).answered()).is_ephemeral
            fake.faults.clear()
            await until(lambda: bool(kept.state), 20)


async def test_a_clock_that_is_wrong_silences_nobody_for_long() -> None:
    async with FakeDiscord() as fake, umbrella(fake, ground=memory_ground(fake.token, clock=WrongClock())):
        for _ in range(3):
            assert await fake.slash("help", guild=fake.home).stays_unanswered(0.1)
        for _ in range(3):
            assert (await fake.slash("help", guild=fake.home).answered()).is_ephemeral


async def test_80_at_once_are_all_answered_in_time() -> None:
    """The bench asks 200, on a machine that has nothing else to do."""
    async with FakeDiscord() as fake, umbrella(fake):
        asked = [fake.slash("ask", guild=fake.home, question="housing in Toronto") for _ in range(80)]
        await asyncio.gather(*(one.answered(20) for one in asked))
        once(asked)
        assert max(one.acknowledged_after_s or 9 for one in asked) < 3
        assert fake.complaints() == []


async def test_on_a_slow_machine_a_crowd_is_deferred_in_time() -> None:
    """More work than fits into three seconds, none of which can be interrupted."""
    quick = conversations()

    async def slow(request: Request) -> Reply:
        if isinstance(request.body, Text):
            time.sleep(0.08)  # noqa: ASYNC251
        return await quick(request)

    async with FakeDiscord() as fake, umbrella(fake, dispatch=slow):
        asked = [fake.slash("ask", guild=fake.home, question="hello") for _ in range(50)]
        await asyncio.gather(*(one.answered(12) for one in asked))
        once(asked)
        assert max(one.acknowledged_after_s or 9 for one in asked) < 3
        assert fake.complaints() == []


async def test_two_shards_of_one_process_and_a_range() -> None:
    async with FakeDiscord() as fake:
        fake.gateway.required_shards = 2
        settings = Settings(discord=DiscordSettings(Shards(0, 1, 2), token=Secret(fake.token)))
        async with umbrella(fake, ground=memory_ground(fake.token, settings=settings), shards=2):
            for guild in (fake.home, *(fake.add_guild(f"S{number}", fake.ada) for number in range(3))):
                assert (await fake.slash("help", guild=guild).answered()).is_ephemeral
            assert (await fake.slash("help").answered()).is_ephemeral
            assert fake.complaints() == []


async def test_a_modified_client_gets_fixed_sentences_and_nothing_back() -> None:
    bad: list[Any] = ["x" * 4000, "x" * 4001, "@everyone", "**bold** [a](https://evil.example)", "discord.gg/evil", "\u202e\u2066abc",
                      "\u200b\u200b", "", "u1.uR|_" + "A" * 80]  # fmt: skip
    async with FakeDiscord() as fake, umbrella(fake, dispatch=conversations()):
        for text in bad:
            for command, option in OPTIONS.items():
                answer = await fake.slash(command, guild=fake.home, forged=True, options={option: text}).answered()
                assert answer.is_ephemeral
                if len(text) > 5:
                    assert text not in answer.text
        menu = await fake.slash("help", guild=fake.home).answered()
        theirs = await fake.press(menu, SAY("en", "do-guided"), user=fake.moderator, forged=True).answered()
        assert theirs.is_ephemeral
        form = await fake.slash("ask", guild=fake.home).answered()
        for question in ("housing in Toronto", "housing in Toronto", "@everyone " * 390, "\u202e\u200b", ""):
            sent = await fake.submit_modal(form, {"question": question}, forged=True).answered()
            assert sent.is_ephemeral
            assert "@everyone" not in sent.text
        twice = fake.submit_modal(form, {"question": "housing in Toronto"}, copies=2)
        await twice.answered()
        assert (len(twice.messages), twice.refusals) == (1, [])
        for values in ({}, {"question": "x" * 5000}, {"other": "x"}):
            assert (await fake.submit_modal(form, values, forged=True).answered()).is_ephemeral
        assert fake.complaints() == []
        assert SAY("en", "error-internal") not in "\n".join(one.text for one in fake.bot_messages)
