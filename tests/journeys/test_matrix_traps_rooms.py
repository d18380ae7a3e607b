"""Traps 13 to 24 of matrix-nio 0.26 (`test_matrix_traps.py` has the others): the server, rooms and contents."""

import asyncio
from pathlib import Path

import pytest

from bot.adapters.matrix.outgoing import contents
from bot.core.ground import Dispatch
from bot.core.reply import Paragraph, Reply
from bot.core.request import Request
from bot.settings import Community, ReviewRooms
from tests.fakes.matrix_bot import Bot, noting
from tests.fakes.matrix_line import Line
from tests.fakes.matrix_peer import Peer
from tests.synapse import synapse

pytestmark = pytest.mark.enable_socket
QUESTION = "support group in Montreal"


@pytest.mark.parametrize("part", ["/keys/claim", "/keys/query", "/sendToDevice"])
@pytest.mark.parametrize("status", [429, 500])
async def test_13_what_nio_gives_back_as_an_error_is_one(bot: Bot, part: str, status: int) -> None:
    """nio returns error objects; a session whose keys were refused is not taken as shared."""
    async with Line(bot.server) as line, Peer(bot.server) as person, Peer(bot.server, user_id=person.user_id):
        bot.line = line
        async with bot.running() as running:
            await running.parts()
            line.breaks(part, status, 2)
            assert (await person.asks(await person.chat(bot.user_id), QUESTION)).is_readable
            assert line.count(part, status) == 2


async def test_13_an_answer_that_is_none_is_asked_for_again(bot: Bot) -> None:
    """A proxy between the two says 200 and something else; nio would give an error object back."""
    async with Line(bot.server) as line, Peer(bot.server) as person, Peer(bot.server, user_id=person.user_id):
        bot.line = line
        async with bot.running() as running:
            await running.parts()
            line.breaks("/keys/claim", 200, 2)
            assert (await person.asks(await person.chat(bot.user_id), QUESTION)).is_readable
            assert line.count("/keys/claim", 200) == 3


async def test_14_under_a_strict_server_everything_is_answered_in_order_with_few_refusals(tmp_path: Path) -> None:
    with synapse({"rc_message": {"per_second": 1, "burst_count": 2}}) as server:
        bot = Bot(server, tmp_path, "strict")
        async with Line(server) as line, Peer(server) as person, Peer(server) as other, Peer(server) as third:
            bot.line = line
            async with bot.running():
                people = (person, other, third)
                chats = [await each.chat(bot.user_id) for each in people]
                for text in ("privacy", "help"):
                    await asyncio.gather(*(each.say(chat, text) for each, chat in zip(people, chats, strict=True)))
                for each, chat in zip(people, chats, strict=True):
                    heard = await each.hears(2, chat)
                    assert "Nothing of what you write" in heard[0].body
                    assert "I know groups" in heard[1].body
            assert line.count("/send/", 429) >= 1
            assert line.hasty("/send/") == []


async def test_15_a_new_device_of_a_person_can_read_what_is_said_next(bot: Bot) -> None:
    """What is said between the sync that names the device and its keys waits for them."""
    async with Line(bot.server) as line, Peer(bot.server) as person:
        bot.line = line
        async with bot.running() as running:
            room_id = await person.chat(bot.user_id)
            await person.asks(room_id, "help")
            sender, client = (parts := await running.parts()).sender, parts.wire.client
            release_sync = line.holds("/sync")
            async with Peer(bot.server, user_id=person.user_id) as second:
                await second.until(lambda: not second.client.should_upload_keys)
                release = line.holds("/keys/query")
                release_sync()
                await second.until(lambda: client.should_query_keys)
                sending = asyncio.create_task(sender.send(room_id, {"msgtype": "m.notice", "body": "said now"}, "now"))
                await asyncio.sleep(1)
                release()
                await sending
                # The first is the answer from before, which no new device can read.
                assert [each.is_readable for each in await second.hears(2, room_id)] == [False, True]


async def test_16_no_clear_text_where_encryption_is_on_or_ever_was(bot: Bot) -> None:
    async with Line(bot.server) as line, Peer(bot.server) as person:
        bot.line = line
        async with bot.running() as running:
            room_id = await person.chat(bot.user_id, is_encrypted=False)
            assert not (await person.asks(room_id, "help")).is_encrypted
            # Between the moment encryption is on and the sync that says so.
            release = line.holds("/sync")
            await person.say(room_id, "help")
            await asyncio.sleep(0.5)
            state = {"algorithm": "m.megolm.v1.aes-sha2"}
            await person.client.room_put_state(room_id, "m.room.encryption", state)
            parts = await running.parts()
            await parts.sender.send(room_id, {"msgtype": "m.notice", "body": "said between"}, "between")
            release()
            await person.until(lambda: person.client.rooms[room_id].encrypted)
            assert [each.is_encrypted for each in (await person.hears(2, room_id))[1:2]] == [True]
            assert (await person.asks(room_id, QUESTION)).is_encrypted
            # A server, or a state that was reset, says later that it is not.
            parts.wire.client.rooms[room_id].encrypted = False
            assert (await person.asks(room_id, QUESTION)).is_encrypted


async def test_17_who_made_a_room_of_version_12_may_decide_there(bot: Bot) -> None:
    requests: list[Request] = []
    async with bot.running(noting(requests)), Peer(bot.server) as person, Peer(bot.server) as other:
        room_id = await person.chat(bot.user_id)
        assert ":" not in room_id
        await person.asks(room_id, "help")
        await person.client.room_invite(room_id, other.user_id)
        await other.client.join(room_id)
        await person.joined(room_id, other.user_id)
        await other.until(lambda: room_id in other.client.rooms)
        await other.asks(room_id, "!umbrella here help")
        assert [each.actor.standing.keeps_room for each in requests] == [True, False]


async def test_18_kicked_and_asked_in_again_it_answers_what_was_not_answered(bot: Bot) -> None:
    asked, go_on = asyncio.Event(), asyncio.Event()

    def slow(dispatch: Dispatch) -> Dispatch:
        async def dispatched(request: Request) -> Reply:
            asked.set()
            await go_on.wait()
            return await dispatch(request)

        return dispatched

    async with bot.running(slow) as running, Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id)
        await person.say(room_id, QUESTION)
        await asked.wait()
        await person.client.room_kick(room_id, bot.user_id)
        rooms = (await running.parts()).wire.client.rooms
        await person.until(lambda: room_id not in rooms)
        go_on.set()
        await asyncio.sleep(0.5)
        await person.client.room_invite(room_id, bot.user_id)
        await person.joined(room_id, bot.user_id)
        first = (await person.hears(1, room_id))[0]
        assert first.is_readable
        assert "Montréal" in first.body
        await person.asks(room_id, "help")
        assert len(person.heard) == 2


async def test_19_an_invite_is_taken_once_and_one_that_cannot_be_joined_is_declined(bot: Bot) -> None:
    async with Line(bot.server) as line, Peer(bot.server) as person:
        bot.line = line
        async with bot.running() as running:
            await running.parts()
            await person.chat(bot.user_id)
            await person.until(lambda: line.count("/join/") == 1)
            line.breaks("/join/", 403)
            room_id = await person.room(bot.user_id)
            await person.until(lambda: line.count("/join/") == 2)
            await person.until(lambda: bot.user_id not in person.client.rooms[room_id].users)
        async with bot.running() as running:
            await running.parts()
            await asyncio.sleep(0.5)
            assert line.count("/join/") == 2


async def test_19_invites_from_other_servers_are_declined_but_one_to_a_review_room(bot: Bot) -> None:
    bot.allowed_servers = ("elsewhere.example",)
    async with Peer(bot.server) as person:
        room_id, review_id = await person.room(), await person.room()
        bot.communities = (Community("north", review_rooms=ReviewRooms(matrix=review_id)),)
        async with bot.running():
            for each in (room_id, review_id):
                await person.client.room_invite(each, bot.user_id)
            await person.joined(review_id, bot.user_id)
            await person.until(lambda: bot.user_id not in person.client.rooms[room_id].users)


async def test_20_edits_notices_and_old_quotes_are_no_questions(bot: Bot) -> None:
    async with bot.running(), Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id)
        first = await person.say(room_id, "help")
        await person.hears(1, room_id)
        edit = {"msgtype": "m.text", "body": "* privacy", "m.new_content": {"msgtype": "m.text", "body": "privacy"},
                "m.relates_to": {"rel_type": "m.replace", "event_id": first}}  # fmt: skip
        await person.say(room_id, edit)
        await person.say(room_id, {"msgtype": "m.notice", "body": "privacy"})
        quote = {"msgtype": "m.text", "body": "> <@x:y> overdose, not breathing\n\nprivacy",
                 "m.relates_to": {"m.in_reply_to": {"event_id": first}}}  # fmt: skip
        answer = await person.asks(room_id, quote)
        assert "Nothing of what you write" in answer.body
        # Long enough for an answer to the edit or the notice, which there must not be.
        await asyncio.sleep(1)
        assert len(person.heard) == 2


async def test_21_a_thread_is_answered_in_its_thread_and_nobody_is_pinged(bot: Bot) -> None:
    async with bot.running(), Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id)
        root = await person.say(room_id, "help")
        await person.hears(1, room_id)
        content = {"msgtype": "m.text", "body": QUESTION, "m.relates_to": {"rel_type": "m.thread", "event_id": root}}
        answer = await person.asks(room_id, content)
        assert answer.content["m.relates_to"]["event_id"] == root
        assert answer.content["m.relates_to"]["rel_type"] == "m.thread"
        assert answer.content["m.mentions"] == {}


async def test_22_a_digit_as_reaction_chooses_and_the_bot_reacts_to_nothing(bot: Bot) -> None:
    async with bot.running(), Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id)
        shown = await person.asks(room_id, "food in vancouver")
        press = {"m.relates_to": {"rel_type": "m.annotation", "event_id": shown.event_id, "key": "1\ufe0f\u20e3"}}
        whole = await person.asks(room_id, press)
        assert "Who leads it:" in whole.body


async def test_23_nothing_a_person_formats_comes_back(bot: Bot) -> None:
    async with bot.running(), Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id)
        content = {"msgtype": "m.text", "body": "<script>alert(1)</script> food", "format": "org.matrix.custom.html",
                   "formatted_body": "<script>alert(1)</script><img src=x onerror=y> food"}  # fmt: skip
        answer = await person.asks(room_id, content)
        formatted = str(answer.content["formatted_body"])
        assert "script" not in formatted
        assert "alert" not in answer.body + formatted


async def test_24_what_is_too_long_gets_a_sentence_and_what_we_say_is_cut_below_the_limit(bot: Bot) -> None:
    async with bot.running() as running, Peer(bot.server) as person:
        clear, room_id = await person.chat(bot.user_id, is_encrypted=False), await person.chat(bot.user_id)
        assert "too long" in (await person.asks(clear, "x" * 50_000)).body
        sender = (await running.parts()).sender
        for number, content in enumerate(contents(Reply((Paragraph(("<&在" * 8_000,)),)))):
            await sender.send(room_id, content, f"long{number}")
        heard = await person.hears(2, room_id)
        assert sum(each.body.count("在") for each in await person.hears(len(heard), room_id)) > 0
