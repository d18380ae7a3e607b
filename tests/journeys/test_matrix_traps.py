"""The 24 traps of matrix-nio 0.26 (`matrix.md`), each against a real homeserver; a test fails without its guard."""

import asyncio
import stat
import time
from pathlib import Path
from typing import Any

import pytest
from nio.crypto import TrustState  # type: ignore[import-untyped]

from bot.adapters.matrix import account
from bot.adapters.matrix.store import locked
from bot.adapters.matrix.wire import AwayError
from bot.core.finding import UnsafeSetupError
from bot.core.ground import Dispatch
from bot.core.reply import Reply
from bot.core.request import Request
from tests.fakes.matrix_bot import Bot, noting
from tests.fakes.matrix_element import Element
from tests.fakes.matrix_peer import Peer
from tests.synapse import PASSWORD, synapse

pytestmark = pytest.mark.enable_socket
QUESTION = "support group in Montreal"


async def test_1_the_bot_is_signed_so_that_clients_give_it_keys(bot: Bot) -> None:
    async with bot.running(), Element(bot.server, f"signed{bot.name}", signed_only=True) as person:
        answer = await person.asks(await person.chat(bot.user_id), QUESTION)
        assert (answer["readable"], answer["shield"]) == (True, "NONE")


async def test_2_a_request_to_verify_gets_silence_and_stops_nothing(bot: Bot) -> None:
    async with bot.running(), Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id)
        request = {"msgtype": "m.key.verification.request", "body": "verify", "to": bot.user_id, "methods": [],
                   "from_device": "X"}  # fmt: skip
        answer = await person.silence(room_id, request)
        assert "I know groups" in answer.body


async def test_3_new_devices_are_trusted_on_first_use_and_a_changed_key_is_refused(bot: Bot) -> None:
    async with bot.running() as running, Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id)
        await person.asks(room_id, QUESTION)
        device = ((await running.parts()).wire).client.device_store[person.user_id][person.client.device_id]
        assert device.trust_state == TrustState.verified
        device.ed25519 = "A" * 43
        await person.say(room_id, "lawyer in Toronto")
        await asyncio.sleep(1.5)
        assert len(person.heard) == 1, "an event that is not from the device it names is not answered"


async def test_4_without_a_key_there_is_one_hint_a_session(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.matrix.answering.KEY_S", 0.5)
    async with bot.running(), Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id)
        person.client.olm.device_store[bot.user_id].clear()
        person.client.olm.tracked_users.add(bot.user_id)
        person.client.olm.users_for_key_query.clear()
        hint = await person.asks(room_id, QUESTION)
        await person.say(room_id, QUESTION)
        await asyncio.sleep(1.5)
        assert len(person.heard) == 1
        assert "key" in hint.body or not hint.is_readable


async def test_5_every_start_is_the_same_device(bot: Bot) -> None:
    token = _login(bot)
    for _ in range(2):
        async with bot.running():
            await asyncio.sleep(0.2)
    devices = bot.server.call("GET", "devices", token=token)["devices"]
    assert [each["display_name"] for each in devices if each["display_name"] == account.DEVICE_NAME] == ["Umbrella"]


async def test_6_and_7_what_was_said_while_away_is_answered_once_and_nothing_old_again(bot: Bot) -> None:
    async with Peer(bot.server) as person:
        async with bot.running():
            room_id = await person.chat(bot.user_id)
            await person.asks(room_id, QUESTION)
        await person.say(room_id, "lawyer in Toronto")
        for _ in range(2):
            async with bot.running():
                await person.hears(2, room_id)
                await asyncio.sleep(0.5)
        assert len(person.heard) == 2


async def test_7_a_fault_in_one_answer_loses_no_other(bot: Bot) -> None:
    def failing_first(dispatch: Dispatch) -> Dispatch:
        faults = iter([ValueError("once")])

        async def dispatched(request: Request) -> Reply:
            for fault in faults:
                raise fault
            return await dispatch(request)

        return dispatched

    async with bot.running(failing_first), Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id)
        for text in ("one", QUESTION, "help"):
            await person.say(room_id, text)
        assert len(await person.hears(2, room_id)) == 2


async def test_8_a_limited_timeline_is_paged_back(bot: Bot) -> None:
    async with Peer(bot.server) as person:
        async with bot.running():
            room_id = await person.chat(bot.user_id, is_encrypted=False)
            await person.asks(room_id, "help")
        for number in range(70):
            await person.say(room_id, "privacy" if number % 2 else "help")
        async with bot.running():
            await person.hears(71, room_id)
            await asyncio.sleep(0.5)
        assert len(person.heard) == 71


async def test_9_the_store_is_closed_to_others_and_to_a_second_process(bot: Bot) -> None:
    async with bot.running(), Peer(bot.server) as person:
        await person.asks(await person.chat(bot.user_id), QUESTION)
        for path in (bot.folder / "data").iterdir():
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
        content = b"".join(path.read_bytes() for path in (bot.folder / "data").glob("matrix.db*"))
        assert person.user_id.encode() not in content
        assert b"SQLite format" not in content
        with pytest.raises(UnsafeSetupError), locked(bot.folder / "data"):
            pass


async def test_10_a_slow_room_delays_no_other_and_each_room_keeps_its_order(bot: Bot) -> None:
    def slow(dispatch: Dispatch) -> Dispatch:
        async def dispatched(request: Request) -> Reply:
            if "slow" in str(getattr(request.body, "text", "")):
                await asyncio.sleep(4)
            return await dispatch(request)

        return dispatched

    async with bot.running(slow), Peer(bot.server) as person, Peer(bot.server) as other:
        room_id, quick = await person.chat(bot.user_id), await other.chat(bot.user_id)
        await other.asks(quick, "help")
        await person.say(room_id, "slow help")
        sent = [await person.say(room_id, text) for text in ("help", "privacy", "zzqqxx")]
        began = time.monotonic()
        await other.asks(quick, "help")
        assert time.monotonic() - began < 2
        heard = [each.body for each in await person.hears(4, room_id)]
        assert len(sent) == 3
        assert "I know groups" in heard[1]
        assert "Nothing of what you write" in heard[2]


async def test_11_the_loop_stops_at_a_lost_token_and_waits_while_the_server_is_away(bot: Bot) -> None:
    async with bot.running() as running:
        wire = (await running.parts()).wire
        assert bot.server.call("POST", "logout", {}, wire.client.access_token) == {}
        await asyncio.wait([running.task], timeout=20)
        error = running.task.exception() if running.task.done() else None
        assert isinstance(error, UnsafeSetupError)
        assert "matrix login" in str(error)
        running.task = asyncio.create_task(asyncio.sleep(0))
    login = bot.command("matrix", "login")
    assert login.returncode == 0, login.stderr
    async with bot.running(), Peer(bot.server) as person:
        await person.asks(await person.chat(bot.user_id), QUESTION)


async def test_12_a_connection_dropped_while_keys_are_claimed_wedges_no_room(bot: Bot) -> None:
    async with bot.running() as running, Peer(bot.server) as person:
        wire = (await running.parts()).wire
        claim, faults = wire.client.keys_claim, iter([AwayError()])

        async def dropping(users: Any) -> Any:
            for fault in faults:
                raise fault
            return await claim(users)

        wire.client.keys_claim = dropping
        room_id = await person.chat(bot.user_id)
        assert (await person.asks(room_id, QUESTION)).is_readable


async def test_13_a_session_is_not_taken_as_shared_when_its_keys_were_refused(bot: Bot) -> None:
    async with bot.running() as running, Peer(bot.server) as person:
        wire = (await running.parts()).wire
        call, faults = wire.call, iter([AwayError(), AwayError()])

        async def failing(method: str, where: str, *more: Any, **others: Any) -> Any:
            if where.startswith("sendToDevice"):
                for fault in faults:
                    raise fault
            return await call(method, where, *more, **others)

        wire.call = failing  # type: ignore[method-assign]
        room_id = await person.chat(bot.user_id)
        assert (await person.asks(room_id, QUESTION)).is_readable


async def test_14_under_a_strict_server_everything_is_answered_in_order(tmp_path: Path) -> None:
    with synapse({"rc_message": {"per_second": 2, "burst_count": 3}}) as server:
        bot = Bot(server, tmp_path, "strict")
        async with bot.running(), Peer(server) as person:
            room_id = await person.chat(bot.user_id)
            server.call("GET", "versions")
            for number in range(5):
                await person.say(room_id, "help" if number % 2 else "privacy")
            heard = [each.body[:20] for each in await person.hears(5, room_id)]
            assert heard[0] == heard[2] == heard[4] != heard[1] == heard[3]
            assert all(each.is_readable for each in person.heard)


async def test_15_a_new_device_of_a_person_can_read_the_next_answer(bot: Bot) -> None:
    async with bot.running(), Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id)
        await person.asks(room_id, "help")
        async with Peer(bot.server, user_id=person.user_id) as second:
            await person.asks(room_id, QUESTION)
            heard = await second.hears(1, room_id)
            assert heard[-1].is_readable


async def test_16_no_clear_text_where_encryption_is_on_or_ever_was(bot: Bot) -> None:
    async with bot.running() as running, Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id, is_encrypted=False)
        assert not (await person.asks(room_id, "help")).is_encrypted
        wire = (await running.parts()).wire
        state = {"algorithm": "m.megolm.v1.aes-sha2"}
        await person.client.room_put_state(room_id, "m.room.encryption", state)
        await person.until(lambda: person.client.rooms[room_id].encrypted)
        assert (await person.asks(room_id, QUESTION)).is_encrypted
        wire.client.rooms[room_id].encrypted = False
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
    async with bot.running(), Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id)
        await person.asks(room_id, "help")
        await person.client.room_kick(room_id, bot.user_id)
        await person.until(lambda: bot.user_id not in person.client.rooms[room_id].users)
        await person.client.room_invite(room_id, bot.user_id)
        await person.joined(room_id, bot.user_id)
        assert (await person.asks(room_id, QUESTION)).is_readable
        assert len(person.heard) == 2


async def test_19_invites_are_taken_from_allowed_servers_only_and_a_failed_join_is_declined(bot: Bot) -> None:
    bot.allowed_servers = ("elsewhere.test",)
    async with bot.running(), Peer(bot.server) as person:
        room_id = await person.room(bot.user_id)
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
        assert len(person.heard) == 2
        assert "Nothing of what you write" in answer.body


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


async def test_24_what_is_too_long_gets_a_sentence(bot: Bot) -> None:
    async with bot.running(), Peer(bot.server) as person:
        room_id = await person.chat(bot.user_id, is_encrypted=False)
        answer = await person.asks(room_id, "x" * 50_000)
        assert "too long" in answer.body


def _login(bot: Bot) -> str:
    given = bot.server.call(
        "POST", "login",
        {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": bot.user_id}, "password": PASSWORD},
    )  # fmt: skip
    return str(given["access_token"])
