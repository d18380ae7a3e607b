"""People write to the bot from a client: encrypted, in private and in rooms, against a real homeserver."""

import pytest

from tests.fakes.matrix_bot import Bot
from tests.fakes.matrix_element import Element
from tests.fakes.matrix_peer import Peer

pytestmark = pytest.mark.enable_socket


async def test_a_question_in_an_encrypted_chat_is_answered(bot: Bot) -> None:
    async with bot.running(), Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id)
        answer = await person.asks(room_id, "support group in Montreal")
        assert answer.is_encrypted
        assert "Montréal" in answer.body
        assert answer.content["msgtype"] == "m.notice"
        assert answer.content["m.mentions"] == {}


async def test_the_engine_of_element_reads_the_answer_without_a_shield(bot: Bot) -> None:
    login = bot.command("matrix", "login")
    assert login.returncode == 0, login.stderr
    assert "cross-signing identity:" in login.stdout
    async with bot.running(), Element(bot.server, "element1", signed_only=True) as person:
        room_id = await person.chat(bot.user_id)
        answer = await person.asks(room_id, "where can i get food in vancouver")
        assert answer["readable"]
        assert (answer["encrypted"], answer["shield"]) == (True, "NONE")
        assert "WISH" in answer["heard"]["body"]
