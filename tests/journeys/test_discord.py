"""Umbrella on Discord as people meet it, in every language it is offered in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from bot.adapters.discord.discreet import reveals_at_a_glance
from bot.core.ports import RoomSettings
from bot.core.reply import Paragraph, Reply
from bot.settings import Community, DiscordSettings, MatrixSettings, Moderator, Secret, Settings
from tests.fakes.discord import Answer, FakeDiscord, NotPossibleError
from tests.fakes.discord.bare import until
from tests.fakes.discord.ours import app, umbrella
from tests.fakes.ground import Kept, memory_ground

if TYPE_CHECKING:
    from bot.core.moderators import Standing
    from bot.core.request import Request

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.timeout(60)]
LOCALES = ("en-US", "fr", "es-ES", "es-419", "zh-CN", "zh-TW")
QUESTIONS = {
    "en": "health care in Montréal for migrants",
    "fr": "santé pour migrantes à Montréal",
    "es": "salud para migrantes en Montreal",
    "zh": "蒙特利尔 移民 健康",
}


def ours(locale: str) -> str:
    return locale.partition("-")[0]


def say(locale: str, message_id: str, **args: str) -> str:
    return app().messages.say(ours(locale), message_id, **args)


@pytest.mark.parametrize("locale", LOCALES)
async def test_from_a_question_to_details_and_back(locale: str) -> None:
    async with FakeDiscord() as fake, umbrella(fake):
        form = await fake.slash("ask", guild=fake.home, locale=locale).answered()
        assert form.modal is not None
        assert form.modal.notice == say(locale, "discord-reads")
        answer = await fake.submit_modal(form, {"question": QUESTIONS[ours(locale)]}).answered()
        assert answer.text.startswith(say(locale, "discord-reads"))
        assert QUESTIONS[ours(locale)] not in answer.text
        again = await fake.slash("ask", guild=fake.home, locale=locale, question=QUESTIONS[ours(locale)]).answered()
        assert say(locale, "discord-reads") not in again.text, "said once, not each time"
        await _press_every_button(fake, again, locale)
        more = await fake.press(again, say(locale, "do-more")).answered()
        assert more.kind == "message"
        hidden = fake.press(more, say(locale, "do-hide"))
        await hidden.acknowledged()
        assert more.message is not None
        await _gone(more)
        assert fake.complaints() == []


async def _gone(answer: Answer) -> None:
    await until(lambda: answer.message is not None and answer.message.is_deleted)


async def _press_every_button(fake: FakeDiscord, answer: Answer, locale: str) -> None:
    """Each button of an answer is answered privately, in the person's language; steps replace what was pressed."""
    for label in answer.labels:
        if label in (say(locale, "do-hide"), say(locale, "do-more")):
            continue
        if label in (say(locale, "do-guided"), say(locale, "do-wrong"), say(locale, "do-language")):
            continue
        details = await fake.press(answer, label).answered()
        assert (details.kind, details.is_ephemeral) == ("message", True)


@pytest.mark.parametrize("locale", LOCALES)
async def test_every_command_answers_in_the_persons_language(locale: str) -> None:
    async with FakeDiscord() as fake, umbrella(fake):
        home = fake.home
        for command, options in (
            ("find", {"topic": "legal-help", "place": "CA-QC/Montréal", "language": "fr", "access": "phone"}),
            ("find", {"serves": "migrant"}), ("find", {}), ("groups", {"place": "CA-ON"}), ("groups", {}),
            ("show", {"resource": "stella-montreal"}), ("show", {}),
            ("urgent", {"situation": "violence", "place": "CA"}),
            ("urgent", {}), ("language", {}), ("help", {}), ("privacy", {}),
        ):  # fmt: skip
            answer = await fake.slash(command, guild=home, locale=locale, options=options).answered()
            assert answer.is_ephemeral, command
            assert say(locale, "error-internal") not in answer.text, command
            assert say(locale, "do-hide") in answer.labels, command
        assert fake.complaints() == []


@pytest.mark.parametrize("locale", LOCALES)
async def test_choosing_without_words(locale: str) -> None:
    """Topic, country, region: each step takes the place of the last, and the answer stands for itself."""
    async with FakeDiscord() as fake, umbrella(fake):
        start = await fake.slash("help", guild=fake.home, locale=locale).answered()
        topics = await fake.press(start, say(locale, "do-guided")).answered()
        assert topics.kind == "update"
        place = app().cards.gazetteer
        countries = await fake.select(topics, say(locale, "discord-choose"), say(locale, "need-legal")).answered()
        canada = place.name(_place("CA"), ours(locale))
        regions = await fake.select(countries, say(locale, "discord-choose"), canada).answered()
        ontario = place.name(_place("CA-ON"), ours(locale))
        label = next(each for each in _offered(regions) if each == ontario)
        chosen = fake.press(regions, label) if label in regions.labels else None
        answer = await (chosen or fake.select(regions, say(locale, "discord-choose"), label)).answered()
        assert ontario in answer.text
        assert fake.complaints() == []


def _place(code: str) -> Any:
    return app().cards.gazetteer.parse(code)


def _offered(answer: Answer) -> list[str]:
    found = list(answer.labels)
    for line in answer.text.splitlines():
        match = re.fullmatch(r"<[^:]*: (.*)>", line)
        found += match[1].split(" | ") if match else []
    return found


@pytest.mark.parametrize("locale", LOCALES)
async def test_what_is_typed_is_completed_in_the_persons_language(locale: str) -> None:
    async with FakeDiscord() as fake, umbrella(fake):
        for option in ("topic", "place", "serves", "language", "access"):
            for typed in ("", "m", "Montreal", "蒙特", "q" * 90, "*_~<@&1>", "\u202e\u200b"):
                got = await fake.autocomplete("find", option, typed, guild=fake.home, locale=locale).answered()
                assert len(got.choices) <= 25
        typo = await fake.autocomplete("find", "place", "Monreal", guild=fake.home, locale=locale).answered()
        assert any(choice["value"] == "CA-QC/Montréal" for choice in typo.choices)
        topics = await fake.autocomplete("find", "topic", "", guild=fake.home, locale=locale).answered()
        assert say(locale, "topic-housing") in topics.names
        alias = await fake.autocomplete("show", "resource", "stella", guild=fake.home, locale=locale).answered()
        assert alias.choices[0]["value"] == "stella-montreal"
        assert fake.complaints() == []


@pytest.mark.parametrize("locale", LOCALES)
async def test_plain_words_in_a_direct_message(locale: str) -> None:
    async with FakeDiscord() as fake, umbrella(fake):
        said = fake.dm(fake.ada, QUESTIONS[ours(locale)])
        answer = await said.answered()
        assert say(locale, "do-wrong") in answer.labels
        hidden = fake.press(answer, say(locale, "do-hide"))
        await hidden.acknowledged()
        again = fake.dm(fake.ada, "1")
        assert (await again.answered()).text, "a number chooses among what was shown last"
        assert fake.complaints() == []


async def test_each_part_of_a_direct_answer_begins_with_nothing_that_reveals() -> None:
    """Each is a notification on a screen of its own, and with the line before it still a message Discord takes."""

    async def long(_: Request) -> Reply:
        return Reply(tuple(Paragraph(("Sex worker group. " + "x" * 3700,)) for _ in range(3)))

    async with FakeDiscord() as fake, umbrella(fake, dispatch=long):
        said = fake.dm(fake.ada, "x")
        await said.answered(count=3)
        assert all(not reveals_at_a_glance(part.text) for part in said.replies)
        assert fake.complaints() == []


async def test_a_message_without_words_is_answered_and_what_is_none_is_not() -> None:
    async with FakeDiscord() as fake, umbrella(fake):
        assert say("en", "error-empty") in (await fake.dm(fake.ada, "").answered()).text
        pinned = fake.dm(fake.ada, "", kind=6)
        assert await pinned.stays_unanswered()


async def test_in_public_only_a_private_answer_is_offered() -> None:
    async with FakeDiscord() as fake, umbrella(fake):
        secret = "my client hit me in Toronto"
        for said in (
            fake.say(fake.home, secret, mentions_bot=True),
            fake.say(fake.home, f"@everyone {secret}", mentions_bot=True),
        ):
            offer = await said.answered()
            assert offer.is_public
            assert offer.text == f"{say('en', 'discord-privately')}\n[{say('en', 'do-privately')}]"
            private = await fake.press(offer, say("en", "do-privately")).answered()
            assert private.is_ephemeral
            assert private.kind == "message"
            assert "not your fault" in private.text
            others = await fake.press(offer, say("en", "do-privately"), user=fake.moderator).answered()
            assert others.modal is not None, "who did not ask gets a form of their own, and not the words"
            assert secret not in others.text
        reply = fake.say(fake.home, "and housing", reply_to=offer)
        assert (await reply.answered()).is_public
        quiet = fake.say(fake.home, "nothing for the bot")
        assert await quiet.stays_unanswered(0.1)
        assert {message.text for message in fake.public_messages} == {offer.text}
        assert [one for one in fake.complaints() if not one.startswith("public:")] == []


async def test_a_language_is_remembered_only_when_asked_for_and_forgotten() -> None:
    kept = Kept()
    async with FakeDiscord() as fake, umbrella(fake, kept=kept):
        chosen = await fake.slash("language", guild=fake.home, language="fr").answered()
        assert kept.preferences == {}
        kept_now = await fake.press(chosen, say("fr", "do-remember")).answered()
        assert say("fr", "discord-remembered") in kept_now.text
        assert [one.language for one in kept.preferences.values()] == ["fr"]
        answer = await fake.slash("help", guild=fake.home, locale="en-US").answered()
        assert say("fr", "help-what") in answer.text
        privacy = await fake.slash("privacy", guild=fake.home, locale="en-US").answered()
        assert "français" in privacy.text
        await fake.press(privacy, say("fr", "do-forget")).answered()
        assert kept.preferences == {}
        assert fake.complaints() == []


async def test_a_server_is_set_up_by_administrators_and_nobody_else() -> None:
    kept = Kept()
    async with FakeDiscord() as fake, umbrella(fake, kept=kept):
        form = await fake.slash("setup", guild=fake.home, user=fake.moderator).answered()
        assert form.modal is not None
        values: dict[str, Any] = {
            "language": "fr",
            "commands": ("ask", "find"),
            "words": "lantern, red",
            "home": "ca-on",
        }
        done = await fake.submit_modal(form, values).answered()
        assert done.is_ephemeral
        assert list(kept.rooms.values()) == [RoomSettings("fr", ("lantern", "red"), ("ask", "find"), "CA-ON")]
        off = await fake.slash("groups", guild=fake.home).answered()
        assert say("en", "discord-not-here") in off.text
        assert (await fake.slash("groups").answered()).text != off.text, "in the chat with the bot everything is there"
        offer = await fake.say(fake.home, "hello", mentions_bot=True).answered()
        assert say("fr", "discord-privately") in offer.text
        wrong = await fake.submit_modal(form, {**values, "home": "XX-99"}).answered()
        assert say("en", "error-home") in wrong.text
        with pytest.raises(NotPossibleError):
            fake.slash("setup", guild=fake.home)


async def test_what_a_person_may_do_is_seen_at_the_moment_of_the_act() -> None:
    seen: list[Standing] = []

    async def noting(request: Request) -> Reply:
        seen.append(request.actor.standing)
        return Reply((Paragraph(("noted",)),))

    async with FakeDiscord() as fake:
        community = Community(id="north", moderators=(Moderator("Rowan", discord=str(fake.ada.id)),))
        settings = Settings(discord=DiscordSettings(token=Secret(fake.token)), communities=(community,))
        ground = memory_ground(fake.token, settings=settings)
        async with umbrella(fake, ground=ground, dispatch=noting):
            seen.clear()
            await fake.slash("help", guild=fake.home).answered()
            await fake.slash("help", guild=fake.home, user=fake.moderator).answered()
            await fake.dm(fake.ada, "help").answered()
    ada, administrator, direct = seen
    assert (ada.moderator, ada.communities, ada.keeps_room, ada.is_proven) == (
        "Rowan",
        frozenset({"north"}),
        False,
        True,
    )
    assert (administrator.moderator, administrator.keeps_room) == ("", True)
    assert direct == ada


async def test_people_who_installed_it_for_themselves_get_the_same_elsewhere() -> None:
    async with FakeDiscord() as fake, umbrella(fake):
        traveller = fake.add_user("traveller", has_installed=True)
        elsewhere = fake.add_guild("Elsewhere", traveller, has_bot=False)
        for place in ({"guild": elsewhere}, {"channel": fake.add_group(traveller)}, {}):
            where: dict[str, Any] = dict(place)
            answer = await fake.slash("ask", user=traveller, question="housing in Toronto", **where).answered()
            assert answer.is_ephemeral
            assert (await fake.press(answer, say("en", "do-language")).answered()).is_ephemeral
        assert fake.complaints() == []


async def test_the_matrix_door_is_named_where_there_is_one() -> None:
    matrix = MatrixSettings("https://m.example.org", "@umbrella:m.example.org")
    async with FakeDiscord() as fake:
        settings = Settings(discord=DiscordSettings(token=Secret(fake.token)), matrix=matrix)
        async with umbrella(fake, ground=memory_ground(fake.token, settings=settings)):
            form = await fake.slash("ask", guild=fake.home).answered()
            assert "@umbrella:m.example.org" in form.text
            answer = await fake.slash("help", guild=fake.home).answered()
            assert "@umbrella:m.example.org" in answer.text


async def test_the_first_line_of_an_urgent_answer_is_what_can_be_done() -> None:
    async with FakeDiscord() as fake, umbrella(fake):
        answer = await fake.slash("urgent", guild=fake.home, situation="overdose").answered()
        assert answer.text.startswith("Check the breathing")
        assert say("en", "discord-reads") in answer.text
