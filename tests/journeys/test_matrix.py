"""People write to the bot from a client: encrypted, in private and in rooms, against a real homeserver."""

import pytest

from tests.fakes.matrix_bot import Bot
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
