"""The traps of matrix-nio 0.26 (`matrix.md`), each against a real homeserver; these are 1 to 12, the rest is beside it.

Each fails without its guard: `python -m tests.guards Matrix` takes the guards out one by one and looks.
"""

import asyncio
import stat
import time
from collections.abc import Iterator
from typing import Any

import pytest
from nio.crypto import TrustState  # type: ignore[import-untyped]

from bot.adapters.matrix import account
from bot.adapters.matrix.client import FILTER
from bot.adapters.matrix.store import locked
from bot.adapters.matrix.wire import AwayError
from bot.core.clock import SystemClock
from bot.core.finding import UnsafeSetupError
from bot.core.ground import Dispatch
from bot.core.reply import Reply
from bot.core.request import Request, Text
from bot.storage.open import open_storage
from tests.fakes.matrix_bot import Bot, noting
from tests.fakes.matrix_element import Element
from tests.fakes.matrix_line import DROP, LOSE, Line
from tests.fakes.matrix_peer import WAIT_S, Peer
from tests.synapse import PASSWORD

pytestmark = pytest.mark.enable_socket
QUESTION = "support group in Montreal"


async def test_1_the_bot_is_signed_so_that_clients_give_it_keys(bot: Bot) -> None:
    async with bot.running(), Element(bot.server, f"signed{bot.name}", signed_only=True) as person:
        answer = await person.asks(await person.chat(bot.user_id), QUESTION)
        assert (answer["readable"], answer["shield"]) == (True, "NONE")


async def test_2_a_request_to_compare_emoji_is_declined_at_once(bot: Bot) -> None:
    async with bot.running() as running, Element(bot.server, f"verifier{bot.name}") as person:
        room_id = await person.chat(bot.user_id)
        device_id = (await running.parts()).wire.client.device_id
        assert (await person.does("verify", user=bot.user_id, device=device_id))["code"] == "m.user"
        assert (await person.does("verify", user=bot.user_id, room=room_id))["code"] == "m.user"
        answer = await person.asks(room_id, "privacy")
        bodies = [each["heard"].get("body", "") for each in [*person.heard, answer]]
        assert any("fingerprint of my identity" in each for each in bodies)


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


async def test_4_without_a_key_there_is_one_hint_a_session_and_with_it_the_answers(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.adapters.matrix.answering.KEY_S", 0.5)
    async with Line(bot.server) as line, Peer(bot.server) as person:
        bot.line = line
        share, held = person.client.olm.share_group_session_parallel, {}

        def withholding(*args: Any, **how: Any) -> Iterator[Any]:
            for devices, messages in share(*args, **how):
                held[bot.user_id] = messages["messages"].pop(bot.user_id)
                yield devices, messages

        async with bot.running():
            room_id = await person.chat(bot.user_id)
            person.client.olm.share_group_session_parallel = withholding
            hint = await person.asks(room_id, QUESTION)
            assert "its key did not reach me" in hint.body
            await person.say(room_id, "privacy")
            await asyncio.sleep(1.5)
            assert len(person.heard) == 1
        async with bot.running() as running:
            await running.parts()
            await asyncio.sleep(1.5)
            assert len(person.heard) == 1
            assert line.count("/send/m.room") == 1, "nor is it only the server that knows the hint already"
            late = "sendToDevice/m.room.encrypted/late"
            assert bot.server.call("PUT", late, {"messages": held}, person.client.access_token) == {}
            bodies = [each.body for each in (await person.hears(3, room_id))[1:]]
    assert "Montréal" in bodies[0]
    assert "Nothing of what you write" in bodies[1]


async def test_4_used_up_keys_are_made_anew_for_who_writes_next(bot: Bot) -> None:
    async with Peer(bot.server) as person:
        async with bot.running() as running:
            await person.chat(bot.user_id)
            device_id = (await running.parts()).wire.client.device_id
        asked = {"one_time_keys": {bot.user_id: {device_id: "signed_curve25519"}}}
        token = person.client.access_token

        def is_key_there() -> bool:
            return bool(bot.server.call("POST", "keys/claim", asked, token)["one_time_keys"].get(bot.user_id))

        while is_key_there():
            pass
        async with bot.running(), Peer(bot.server) as newcomer:
            # Without a key somebody new is heard only after a key request went to and fro.
            deadline = time.monotonic() + WAIT_S
            while not is_key_there():
                assert time.monotonic() < deadline
                await asyncio.sleep(0.2)
            answer = await newcomer.asks(await newcomer.chat(bot.user_id), QUESTION)
            assert "Montréal" in answer.body


async def test_5_every_start_is_the_same_device_also_when_the_answer_to_the_login_was_lost(bot: Bot) -> None:
    async with Line(bot.server) as line:
        bot.line = line
        line.breaks("/login", LOSE)
        async with bot.running() as running:
            with pytest.raises(AwayError):
                await running.task
            running.task = asyncio.create_task(asyncio.sleep(0))
        for _ in range(2):
            async with bot.running() as running:
                await running.parts()
        assert line.count("/login") == 2
    devices = bot.server.call("GET", "devices", token=_login(bot))["devices"]
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


async def test_6_when_the_token_is_lost_nothing_old_is_answered_again_and_nothing_new_lost(bot: Bot) -> None:
    async with Line(bot.server) as line, Peer(bot.server) as person:
        bot.line = line
        async with bot.running():
            room_id = await person.chat(bot.user_id)
            await person.asks(room_id, QUESTION)
        storage = await open_storage(bot.settings, SystemClock())
        await storage.state.put("matrix", "position", "not-a-token")
        await storage.close()
        await person.say(room_id, "privacy")
        async with bot.running():
            await person.hears(2, room_id)
            await asyncio.sleep(1)
        assert len(person.heard) == 2
        assert "Nothing of what you write" in person.heard[1].body
        assert line.count("/send/m.room") == 2, "nor is it only the server that knows the answer already"


async def test_7_a_fault_in_one_answer_loses_no_other(bot: Bot) -> None:
    tried = []

    def failing(dispatch: Dispatch) -> Dispatch:
        async def dispatched(request: Request) -> Reply:
            tried.append(request.body)
            if request.body == Text("one"):
                raise ValueError("always")
            return await dispatch(request)

        return dispatched

    async with Peer(bot.server) as person:
        async with bot.running(failing):
            room_id = await person.chat(bot.user_id)
            for text in ("one", QUESTION, "help"):
                await person.say(room_id, text)
            assert len(await person.hears(2, room_id)) == 2
        async with bot.running(failing) as running:
            await running.parts()
            await asyncio.sleep(0.5)
    assert tried.count(Text("one")) == 1, "what failed does not come again, neither at once nor at the next start"


async def test_8_a_limited_timeline_is_paged_back(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FILTER["room"]["timeline"], "limit", 3)
    async with Peer(bot.server) as person:
        async with bot.running():
            room_id = await person.chat(bot.user_id, is_encrypted=False)
            await person.asks(room_id, "help")
        for number in range(12):
            await person.say(room_id, "privacy" if number % 2 else "help")
        async with bot.running():
            heard = [each.body[:10] for each in await person.hears(13, room_id)]
            await asyncio.sleep(0.5)
        assert len(person.heard) == 13
        assert heard[1::2] == [heard[1]] * 6 != heard[2::2]


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


async def test_11_a_server_that_is_away_is_asked_ever_more_rarely(bot: Bot) -> None:
    async with Line(bot.server) as line, Peer(bot.server) as person:
        bot.line = line
        async with bot.running() as running:
            room_id = await person.chat(bot.user_id)
            await running.knows(room_id)
            line.breaks("/sync", DROP, 4)
            before, began = line.count("/sync"), time.monotonic()
            assert (await person.asks(room_id, QUESTION)).is_readable
            assert line.count("/sync", DROP) == 4
            # The client library tries a dropped request once more by itself: four drops are two waits, of 0.5 and 1 s at least.
            assert time.monotonic() - began > 1.4
            assert line.count("/sync") - before < 20


async def test_12_a_connection_dropped_while_keys_are_claimed_wedges_no_room(bot: Bot) -> None:
    """It is claimed again, and nobody is asked twice for the answer."""
    requests: list[Request] = []
    async with Line(bot.server) as line, Peer(bot.server) as person, Peer(bot.server, user_id=person.user_id):
        bot.line = line
        async with bot.running(noting(requests)) as running:
            await running.parts()
            line.breaks("/keys/claim", DROP)
            assert (await person.asks(await person.chat(bot.user_id), QUESTION)).is_readable
            assert line.count("/keys/claim", DROP) == 1
            assert len(requests) == 1


def _login(bot: Bot) -> str:
    given = bot.server.call(
        "POST", "login",
        {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": bot.user_id}, "password": PASSWORD},
    )  # fmt: skip
    return str(given["access_token"])
