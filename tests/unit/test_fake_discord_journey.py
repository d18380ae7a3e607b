"""Whole ways through the test API with a bare discord.py bot."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from tests.fakes.discord import ANNOUNCEMENT, FakeDiscord, UnansweredError
from tests.fakes.discord.bare import CONSTANT, INTENTS, BareBot, running, until
from tests.fakes.discord.schema import description
from tests.fakes.discord.seam import discord

if TYPE_CHECKING:
    from tests.fakes.discord.calls import Request

pytestmark = [pytest.mark.asyncio, pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.timeout(30)]


async def test_from_a_command_to_buttons_selects_and_a_modal() -> None:
    async with FakeDiscord() as fake, running(BareBot(), fake):
        answer = await fake.slash("ask", user=fake.ada, guild=fake.home, question="why", locale="fr").answered()
        assert (answer.kind, answer.is_ephemeral, answer.labels) == ("message", True, ["More", "Form"])
        more = await fake.press(answer, "More").answered()
        assert (more.kind, more.content) == ("update", "More.")
        chosen = await fake.select(more, "Language", "Français").answered()
        assert (chosen.kind, chosen.content) == ("update", "fr")
        form = await fake.press(chosen, "Form").answered()
        assert form.modal is not None
        assert form.text == "Ask\nQuestion"
        thanks = await fake.submit_modal(form, Question="Where?").answered()
        assert thanks.text == "Where?"
        assert thanks.interaction.locale == "fr"
        assert fake.complaints(locales=()) == []


async def test_autocomplete_and_context_menu() -> None:
    async with FakeDiscord() as fake, running(BareBot(), fake):
        assert (await fake.autocomplete("ask", "question", "hou").answered()).names == ["hou…"]
        said = fake.say(fake.home, "repeat me")
        repeated = await fake.menu("Repeat", said.message, user=fake.moderator).answered()
        assert repeated.text == "repeat me"


async def test_after_a_restart_old_buttons_still_answer_and_old_modals_do_not() -> None:
    async with FakeDiscord() as fake:
        async with running(BareBot(), fake):
            answer = await fake.slash("ask", guild=fake.home).answered()
            form = await fake.press(answer, "Form").answered()
        lost = fake.slash("ask", guild=fake.home)
        assert not lost.is_delivered
        async with running(BareBot(), fake):
            assert (await fake.press(answer, "More").answered()).content == "More."
            assert await fake.submit_modal(form, Question="gone").stays_unanswered(0.2)
            with pytest.raises(UnansweredError, match="nobody was connected"):
                await lost.answered(0.05)


async def test_duplicates_are_delivered_twice() -> None:
    async with FakeDiscord() as fake:
        bot = BareBot()
        async with running(bot, fake):
            interaction = fake.slash("ask", guild=fake.home, copies=2)
            await interaction.answered()
            await until(lambda: len(bot.asked) == 2 and bool(interaction.refusals))
            assert {one.id for one in bot.asked} == {interaction.id}
            assert len(interaction.messages) == 1


async def test_install_for_oneself_in_a_server_without_the_bot() -> None:
    async with FakeDiscord() as fake:
        traveller = fake.add_user("traveller", has_installed=True)
        elsewhere = fake.add_guild("Elsewhere", traveller, has_bot=False)
        bot = BareBot()
        async with running(bot, fake):
            for place in ({"guild": elsewhere}, {"channel": fake.add_group(traveller)}, {}):
                where: dict[str, Any] = dict(place)
                assert (await fake.slash("ask", user=traveller, **where).answered()).text.startswith(CONSTANT)
            await until(lambda: len(bot.asked) == 3)
            assert bot.asked[0].guild is not None
            assert bot.asked[0].guild.me.id == fake.bot.id
            assert [one.context.private_channel for one in bot.asked] == [False, True, False]
            assert [one.is_user_integration() for one in bot.asked] == [True] * 3


async def test_rate_limits_and_server_errors_are_waited_out() -> None:
    async with FakeDiscord() as fake:
        bot = BareBot()
        async with running(bot, fake):
            channel = bot.get_channel(fake.home.text_channel.id)
            assert isinstance(channel, discord.TextChannel)
            fake.faults.too_many("POST /channels", retry_after_s=0.05, times=2)
            await channel.send("one")
            fake.faults.fail(502, "POST /channels", times=1)
            await channel.send("two")
            fake.faults.fail(503, "POST /channels", times=1)
            with pytest.raises(discord.DiscordServerError):
                await channel.send("three")
            fake.faults.cloudflare("POST /channels")
            with pytest.raises(discord.HTTPException):
                await channel.send("four")
            assert [one.content for one in fake.public_messages] == ["one", "two"]


async def test_a_long_wait_is_refused_with_a_bound() -> None:
    async with FakeDiscord() as fake:
        bot = BareBot(max_ratelimit_timeout=30.0)
        async with running(bot, fake):
            channel = bot.get_channel(fake.home.text_channel.id)
            assert isinstance(channel, discord.TextChannel)
            fake.faults.too_many("POST /channels", retry_after_s=3590)
            with pytest.raises(discord.RateLimited):
                await channel.send("x")


async def test_what_discord_py_offers_passes_the_checks() -> None:
    """Files, embeds, threads, reactions, pins, publishing, members, roles and layouts through the library itself."""
    async with FakeDiscord() as fake:
        news = fake.add_channel(fake.home, "news", ANNOUNCEMENT)
        fake.home.members[fake.bot.id].role_ids += [
            one.id for one in fake.home.roles.values() if one.name == "moderators"
        ]
        role = fake.add_role(fake.home, "helpers")
        bot = BareBot(INTENTS)
        async with running(bot, fake):
            channel = bot.get_channel(news.id)
            assert isinstance(channel, discord.TextChannel)
            embed = discord.Embed(title="t", description="d").add_field(name="n", value="v").set_footer(text="f")
            sent = await channel.send("x", embed=embed, file=discord.File(io.BytesIO(b"1"), "a.txt"), nonce="n")
            assert sent.attachments[0].filename == "a.txt"
            edited = await sent.edit(content="y", attachments=[])
            assert (edited.content, edited.attachments) == ("y", [])
            await edited.publish()
            await edited.add_reaction("✅")
            await edited.remove_reaction("✅", channel.guild.me)
            await edited.pin()
            thread = await edited.create_thread(name="talk")
            await thread.send("in the thread")
            private = await channel.create_thread(name="case", invitable=False)
            await private.add_user(discord.Object(fake.ada.id))
            await private.edit(archived=True, locked=True)
            member = await channel.guild.fetch_member(fake.ada.id)
            await member.add_roles(discord.Object(role.id))
            assert [one.content async for one in channel.history(limit=10)][-1] == "y"
            layout = discord.ui.LayoutView()
            layout.add_item(discord.ui.Container(discord.ui.TextDisplay("words"), discord.ui.Separator()))
            await channel.send(view=layout)
            await member.send("hello")
            assert fake.dms_of(fake.ada)[0].content == "hello"
            await edited.delete()
            assert fake.refusals == []


async def test_answers_of_the_fake_fit_the_description_too() -> None:
    """So that code that reads raw payloads meets the fields that Discord sends."""
    async with FakeDiscord() as fake:
        bot = BareBot()
        async with running(bot, fake):
            answer = await fake.slash("ask", guild=fake.home).answered()
            await fake.press(answer, "More").answered()
            await fake.slash("later", guild=fake.home).answered()
            await bot.asked[0].original_response()
            await bot.asked[0].followup.send("more", ephemeral=True)
            channel = await bot.fetch_channel(fake.home.text_channel.id)
            assert isinstance(channel, discord.TextChannel)
            sent = await channel.send("x", embed=discord.Embed(title="t"))
            await sent.edit(content="y")
            await sent.create_thread(name="t")
            await (await bot.fetch_user(fake.ada.id)).send("x")
            guild = await bot.fetch_guild(fake.home.id)
            await guild.fetch_member(fake.ada.id)
            await guild.fetch_roles()
            await guild.fetch_channels()
            await guild.active_threads()
            await bot.tree.fetch_commands()
            assert [one.id async for one in bot.fetch_guilds()] == [fake.home.id]
            assert (await bot.http.get_bot_gateway())[1] == fake.gateway_url
        checked = {one.route: faults_of_answer(one) for one in fake.requests if one.answer is not None}
        assert len(checked) > 15
        assert {route: found for route, found in checked.items() if found} == {}


def faults_of_answer(request: Request) -> list[str]:
    method, path = request.route.split(" ", 1)
    answers = description()["paths"][path][method.lower()]["responses"]
    schema = answers[str(request.status)]["content"]["application/json"]["schema"]
    validator = jsonschema.Draft202012Validator({"components": description()["components"], **schema})
    return [one.message[:200] for one in validator.iter_errors(request.answer)]
