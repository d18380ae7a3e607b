"""People write to the bot from a client: encrypted, in private and in rooms, against a real homeserver."""

import asyncio
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from bot.adapters.console.outgoing import render
from tests.chaos.matrix import Report, chaos
from tests.contract.conftest import server
from tests.fakes.matrix_bot import ROOT, Bot, app
from tests.fakes.matrix_element import Element
from tests.fakes.matrix_peer import Peer

pytestmark = pytest.mark.enable_socket
_NEEDS = {"en": ("food in", "legal help in", "support group in", "housing in", "doctor in"),
          "fr": ("manger à", "aide juridique à", "groupe de soutien à", "logement à", "médecin à"),
          "es": ("comida en", "ayuda legal en", "grupo de apoyo en", "vivienda en", "médica en"),
          "zh": ("食物 ", "法律帮助 ", "互助小组 ", "住房 ", "医生 ")}  # fmt: skip
_PLACES = ("Vancouver", "Toronto", "Montréal", "London", "New York")


def public_questions() -> Iterator[str]:
    """A hundred questions: five needs in five places in four languages."""
    return islice((f"{need} {place}" for needs in _NEEDS.values() for need in needs for place in _PLACES), 100)


async def test_a_question_in_an_encrypted_chat_is_answered(bot: Bot) -> None:
    async with bot.running(), Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id)
        answer = await person.asks(room_id, "support group in Montreal")
        assert answer.is_encrypted
        assert "Montréal" in answer.body
        assert answer.content["msgtype"] == "m.notice"
        assert answer.content["m.mentions"] == {}


def readme_commands() -> list[str]:
    """The lines of the README's section on Matrix, as they stand there."""
    section = (ROOT / "README.md").read_text("utf-8").partition("**On Matrix.**")[2]
    return section.partition("```bash\n")[2].partition("```")[0].strip().split("\n")


async def test_from_the_readme_to_an_answer_that_the_engine_of_element_shows_without_a_shield(bot: Bot) -> None:
    """Issue 3, Shows 1. Of the README's lines only the addresses, the interpreter and the account are this machine's."""
    export, login, doctor, run = readme_commands()
    named = dict(each.split("=", 1) for each in export.removeprefix("export ").split())
    environment = bot.environment()
    assert set(named) == {name for name in environment if name.startswith("MATRIX_")}
    for command, said in ((login, "cross-signing identity:"), (doctor, "its password is still handed over")):
        done = await asyncio.to_thread(bot.shell, command)
        assert done.returncode == 0, done.stderr
        assert said in done.stdout
    program = bot.process(run)
    try:
        async with Element(bot.server, "element1", signed_only=True) as person:
            answer = await person.asks(await person.chat(bot.user_id), "where can i get food in vancouver")
    finally:
        program.terminate()
        assert await asyncio.to_thread(program.wait, 10) == 0
    assert answer["readable"]
    assert (answer["encrypted"], answer["shield"]) == (True, "NONE")
    assert "WISH" in answer["heard"]["body"]


@pytest.mark.parametrize(("question", "locale"), [
    ("support group in Montreal", "en"), ("aide juridique à Montréal", "fr"),
    ("abogada en Ciudad de México", "es"), ("在温哥华哪里有吃的", "zh"),
])  # fmt: skip
async def test_the_answer_is_that_of_the_terminal_in_four_languages(bot: Bot, question: str, locale: str) -> None:
    async with bot.running(), Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id)
        answer = await person.asks(room_id, question)
        reply = app().answer(question, now=datetime.now(UTC)).reply
        assert reply.locale == locale
        assert answer.body == render(reply, None, app().messages.say(locale, "choices-how"))
        whole = await person.asks(room_id, "1")
        assert whole.body != answer.body


async def test_a_hundred_public_questions_get_what_the_terminal_says(bot: Bot) -> None:
    questions = list(public_questions())
    assert len(questions) == 100
    async with bot.running(), Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id)
        for text in questions:
            await person.say(room_id, text)
        heard = await person.hears(100, room_id)
    now = datetime.now(UTC)
    for text, answer in zip(questions, heard, strict=True):
        reply = app().answer(text, now=now).reply
        hint = app().messages.say(reply.locale, "choices-how") if reply.actions else ""
        assert answer.body == render(reply, None, hint), text


async def test_in_a_room_one_neutral_line_and_the_answer_in_private(bot: Bot) -> None:
    async with bot.running(), Peer(bot.server) as person, Peer(bot.server) as other:
        room_id = await person.room(bot.user_id, other.user_id, is_direct=False)
        await other.client.join(room_id)
        await person.joined(room_id, bot.user_id)
        await person.joined(room_id, other.user_id)
        await person.say(room_id, "nice weather")
        await person.say(room_id, "!umbrella my friend took something and shes blue")
        line = (await person.hears(1, room_id))[0]
        assert line.body == "I have answered you in our direct chat."
        await person.until(lambda: len(person.client.invited_rooms) == 1)
        direct = next(iter(person.client.invited_rooms))
        await person.client.join(direct)
        answer = (await person.hears(1, direct))[0]
        assert "breathing" in answer.body
        assert answer.content["msgtype"] == "m.text"
        assert "breathing" not in "".join(each.body for each in other.heard)
        public = await person.asks(room_id, "!umbrella here food in vancouver")
        assert "WISH" in public.body


async def test_whoever_wants_no_trace_has_the_messages_taken_back(bot: Bot) -> None:
    async with bot.running(), Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id)
        answers = [await person.asks(room_id, text) for text in ("food in vancouver", "help")]
        said = await person.asks(room_id, "leave no trace")
        assert "taken back" in said.body
        await person.until(lambda: {each.event_id for each in answers} <= set(person.redacted))
        question = await person.say(room_id, "privacy")
        answer = (await person.hears(4, room_id))[-1]
        await person.client.room_redact(room_id, question)
        await person.until(lambda: answer.event_id in person.redacted)


async def test_pictures_get_a_sentence_and_strange_events_silence(bot: Bot) -> None:
    async with bot.running(), Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id)
        answer = await person.asks(room_id, {"msgtype": "m.image", "body": "x.png", "url": "mxc://x/y"})
        assert answer.body == "I can only read text. Please write what you need and where."
        for kind in ("m.call.invite", "org.example.unknown"):
            await person.client.room_send(room_id, kind, {"x": {"y": []}}, ignore_unverified_devices=True)
        await person.silence(room_id, {"msgtype": "m.text", "body": "\u200b\u202e"})
        assert len(person.heard) == 2


async def test_an_empty_room_is_left(bot: Bot) -> None:
    async with bot.running() as running, Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id)
        await person.asks(room_id, "help")
        await person.client.room_leave(room_id)
        assert running.door.parts
        rooms = running.door.parts.rooms
        await person.until(lambda: not rooms.is_joined(room_id))


async def test_on_postgresql_what_was_said_while_away_is_answered_once(bot: Bot, postgres: Path) -> None:
    name = f"matrix{uuid.uuid4().hex}"
    async with server(postgres) as connection:
        await connection.execute(f"CREATE DATABASE {name}")
    bot.database = f"postgresql://umbrella@/{name}?host={postgres}"
    async with Peer(bot.server) as person:
        async with bot.running():
            room_id = await person.chat(bot.user_id)
            await person.asks(room_id, "support group in Montreal")
        await person.say(room_id, "privacy")
        for _ in range(2):
            async with bot.running():
                await person.hears(2, room_id)
                await asyncio.sleep(0.5)
        assert len(person.heard) == 2
        assert "Nothing of what you write" in person.heard[1].body


async def test_killed_and_restarted_every_question_is_answered_once(bot: Bot) -> None:
    report = await chaos(bot, questions=40, rooms=4, kills=4, restarts=1)
    assert report == Report(asked=40, answered=40, lost=0, twice=0, unreadable=0)
