"""The fifteen traps of discord.py 2.7, in the order of the harm they do; each fails when its guard is taken out."""

from __future__ import annotations

import ast
import asyncio
import logging
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from bot import log
from bot.adapters.discord.answering import DEFER_AFTER_S
from bot.adapters.discord.coding import packed
from bot.core.ports import Preferences
from bot.core.reply import Card, Link, Paragraph, Reply
from bot.core.request import Request, Text
from tests.contract.test_adapter_discord import ROOT
from tests.fakes.clock import QuickClock
from tests.fakes.discord import FakeDiscord, wire
from tests.fakes.discord.bare import until
from tests.fakes.discord.errors import ApiError, missing_permissions
from tests.fakes.discord.ours import app, conversations, umbrella
from tests.fakes.ground import Kept, MemoryPeople, memory_ground

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.timeout(60)]
ADAPTER = ROOT / "bot" / "adapters" / "discord"
SAY = app().messages.say


def slow(seconds: float) -> Any:
    """A dispatch that takes its time."""
    quick = conversations()

    async def dispatch(request: Request) -> Reply:
        if isinstance(request.body, Text):
            await asyncio.sleep(seconds)
        return await quick(request)

    return dispatch


async def test_1_a_deferral_is_private_and_only_one_helper_defers_or_responds() -> None:
    async with FakeDiscord() as fake, umbrella(fake, dispatch=slow(DEFER_AFTER_S + 0.3)):
        asked = fake.slash("ask", guild=fake.home, question="housing in Toronto")
        assert await asked.acknowledged() == 5
        assert asked.is_deferred_ephemeral or (asked.original and asked.original.is_ephemeral)
        assert (await asked.answered()).is_ephemeral
        assert (await fake.slash("help", guild=fake.home).answered()).is_ephemeral
        assert fake.complaints() == []
        offer = await fake.say(fake.home, "hello", mentions_bot=True).answered()
        forged = await fake.press(offer, packed("guided", ()), forged=True).answered()
        assert (forged.kind, forged.is_ephemeral) == ("message", True), "what all can see is not replaced"
    calls = {
        "defer",
        "send_message",
        "send_modal",
        "edit_message",
        "edit_original_response",
        "autocomplete",
        "followup",
    }
    for file in ADAPTER.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in calls:
                owner = getattr(node.value, "attr", "") or getattr(node.value, "id", "")
                is_ours = file.name == "answering.py" or owner in ("app_commands", "InteractionType")
                assert is_ours, f"{file.name}: {node.attr}"


async def test_2_a_form_opened_before_a_restart_is_answered_after_it_and_an_unknown_one_gets_a_sentence() -> None:
    async with FakeDiscord() as fake:
        async with umbrella(fake):
            form = await fake.slash("ask", guild=fake.home).answered()
            menu = await fake.slash("help", guild=fake.home).answered()
        async with umbrella(fake):
            assert "Toronto" in (await fake.submit_modal(form, {"question": "housing in Toronto"}).answered()).text
            assert (await fake.press(menu, SAY("en", "do-guided")).answered()).labels
            assert form.modal is not None
            form.modal.data["custom_id"] = "another-bot:form"
            unknown = await fake.submit_modal(form, {"question": "x"}, forged=True).answered()
            assert SAY("en", "discord-unknown") in unknown.text
            for custom_id in ("old:button", "u0find", "u1.zz", "u1list0", "u1", "u1.uR|" + "x" * 60):
                pressed = await fake.press(menu, custom_id, forged=True).answered()
                assert pressed.is_ephemeral
                assert SAY("en", "discord-unknown") in pressed.text
        assert fake.complaints() == []


async def test_3_a_wait_for_a_rate_limit_is_bounded() -> None:
    async with FakeDiscord() as fake, umbrella(fake) as adapter:
        fake.faults.too_many("POST /channels", retry_after_s=3590, times=None)
        said = fake.dm(fake.ada, "housing in Toronto")
        assert await said.stays_unanswered(0.5)
        assert adapter.client is not None
        await until(lambda: not adapter.client or adapter.client.talks == 0, 5)
        fake.faults.clear()
        assert (await fake.slash("help", guild=fake.home).answered()).is_ephemeral


async def test_4_work_that_takes_long_is_deferred_and_what_is_late_is_dropped() -> None:
    async with FakeDiscord() as fake, umbrella(fake, dispatch=slow(4.0)):
        asked = fake.slash("ask", guild=fake.home, question="housing in Toronto")
        await asked.acknowledged(2.5)
        assert (await asked.answered(6)).labels
        late = fake.slash("help", guild=fake.home, age_s=10)
        assert await late.stays_unanswered()
        assert late.refusals == [], "nothing was even tried"
        # The library would sleep 1 s, then 3 s.
        fake.faults.fail(500, "POST /interactions/", times=2)
        assert (await fake.slash("help", guild=fake.home).answered(3)).is_ephemeral


async def test_5_administrators_are_checked_at_the_moment_of_the_act() -> None:
    kept = Kept()
    async with FakeDiscord() as fake, umbrella(fake, kept=kept):
        refused = await fake.slash("setup", guild=fake.home, forged=True).answered()
        assert SAY("en", "discord-admins-only") in refused.text
        form = await fake.slash("setup", guild=fake.home, user=fake.moderator).answered()
        fake.home.members[fake.moderator.id].role_ids.clear()
        gone = await fake.submit_modal(form, {"language": "fr", "commands": ("ask",)}).answered()
        assert SAY("en", "discord-admins-only") in gone.text
        by_another = await fake.submit_modal(form, {"language": "fr"}, user=fake.ada, forged=True).answered()
        assert SAY("en", "discord-admins-only") in by_another.text
        alone = await fake.slash("setup", user=fake.ada, forged=True).answered()
        assert SAY("en", "discord-server-only") in alone.text
    assert kept.rooms == {}


async def test_6_every_failure_is_answered_privately(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(request: Request) -> Reply:
        if request.room.id == "warm":
            return await conversations()(request)
        raise RuntimeError(str(request.body))

    kept = Kept()
    async with FakeDiscord() as fake, umbrella(fake, dispatch=broken, kept=kept) as adapter:
        kept.preferences = {MemoryPeople().mark("discord", str(fake.stranger.id)): Preferences("fr")}
        theirs = await fake.slash("help", user=fake.stranger, forged=True).answered()
        assert SAY("fr", "error-internal") in theirs.text, "in the language they chose"
        said = SAY("en", "error-internal")
        fake.faults.refuse(ApiError(400, 50035, "Invalid Form Body"), "POST /interactions/", times=1)
        for answer in (
            await fake.slash("ask", guild=fake.home, question="secretword").answered(),
            await fake.slash("help", guild=fake.home).answered(),
        ):
            assert answer.is_ephemeral
            assert said in answer.text
            assert "secretword" not in answer.text
        form = await fake.slash("ask", guild=fake.home).answered()
        assert said in (await fake.submit_modal(form, {"question": "secretword"}).answered()).text
        assert said in (await fake.dm(fake.ada, "secretword").answered()).text
        assert (await fake.autocomplete("find", "topic", "x", guild=fake.home).answered()).choices == ()
        unknown = await fake.slash("no-such-command", guild=fake.home, forged=True, x=1).answered()
        assert SAY("en", "discord-unknown") in unknown.text
        strange = await fake.slash("show", guild=fake.home, forged=True, options={"resource": 7}).answered()
        assert strange.is_ephemeral
        assert adapter.client is not None
        monkeypatch.setattr(adapter.client.desk, "person", _raises)
        failed = await fake.slash("help", guild=fake.home).answered()
        assert failed.is_ephemeral
        assert fake.complaints() == []


async def _raises(*_: object) -> Any:
    raise RuntimeError


async def test_7_sigterm_closes_cleanly_and_503_at_login_is_tried_again(tmp_path: Path) -> None:
    async with FakeDiscord() as fake:
        fake.faults.fail(503, "GET /users/@me", times=1)
        environment = {
            "DISCORD_TOKEN": fake.token, "DISCORD_API": fake.api_url, "DISCORD_GATEWAY": fake.gateway_url,
            "HOME": str(tmp_path), "PATH": os.defpath, "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        program = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=environment, cwd=tmp_path, stderr=asyncio.subprocess.DEVNULL
        )
        await fake.gateway.connected(30)
        await until(lambda: bool(fake.commands))
        program.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(program.wait(), 5) == 0
        await until(lambda: bool(fake.gateway.client_closes))
        assert fake.gateway.client_closes[-1] == 1000, "the session is not left half open"


async def test_8_nothing_pings() -> None:
    async with FakeDiscord() as fake, umbrella(fake) as adapter:
        text = f"@everyone @here {fake.moderator.mention} <@&{fake.home.id}> housing in Toronto"
        await fake.slash("ask", guild=fake.home, options={"question": text}).answered()
        await fake.dm(fake.ada, text).answered()
        await fake.say(fake.home, text, mentions_bot=True).answered()
        assert adapter.client is not None
        allowed = adapter.client.allowed_mentions
        assert allowed is not None
        assert dict(allowed.to_dict()) == {"parse": []}
        sent = [body for body in (*fake.bodies("POST /channels"), *fake.bodies("POST /interactions")) if body]
        messages = [body.get("data") or body for body in sent]
        shown = [each for each in messages if each.get("components") or each.get("content")]
        assert shown
        assert all(each["allowed_mentions"]["parse"] == [] for each in shown)
        assert not any(each["allowed_mentions"].get("replied_user") for each in shown)
        assert fake.pings == []


async def test_9_a_long_answer_comes_in_pages_and_a_number_is_text() -> None:
    card = Card(
        "A name", (("Phone: +1 416 555 0100 " * 30,), ("Web: ", Link("https://x.example/a_b", "https://x.example/a_b")))
    )

    async def long(_: Request) -> Reply:
        return Reply((card,) * 14, ())

    async with FakeDiscord() as fake, umbrella(fake, dispatch=long):
        asked = fake.slash("ask", guild=fake.home, question="x")
        await asked.answered()
        more = await asked.followed_up(2)
        assert all(message.is_ephemeral for message in more)
        assert asked.text.count("+1 416 555 0100") == 14 * 30
        assert fake.complaints() == []
        assert [link for message in asked.messages for link in message.links] == []
        said = await fake.dm(fake.ada, "x").answered(count=3)
        assert said.text


async def test_9_an_answer_of_many_parts_fits_the_forty_components_of_a_message() -> None:
    async def many(_: Request) -> Reply:
        return Reply(tuple(Paragraph((f"line {number}",)) for number in range(60)))

    async with FakeDiscord() as fake, umbrella(fake, dispatch=many):
        answer = await fake.slash("ask", guild=fake.home, question="x").answered()
        assert "line 59" in answer.text
        assert fake.complaints() == []


async def test_10_commands_are_synced_when_they_changed_and_not_at_each_start() -> None:
    kept = Kept()
    async with FakeDiscord() as fake:
        for _ in range(3):
            async with umbrella(fake, kept=kept):
                pass
        assert _syncs(fake) == 1
        kept.state.clear()
        async with umbrella(fake, kept=kept):
            await until(lambda: _syncs(fake) == 2)
            await asyncio.sleep(0.2)
        assert fake.server.commands.keys() == {None}, "no copy in a server beside the global one"


def test_11_the_program_lets_no_library_say_what_people_write() -> None:
    """As it is set up when it runs, even where somebody switched a library to DEBUG."""
    program = (
        "import logging, warnings\nfrom bot.serving import close_off\n"
        "logging.basicConfig(level=logging.DEBUG)\nclose_off()\n"
        "for name in ('discord.http', 'discord.gateway', 'aiohttp.client', 'another'):\n"
        "    for level in (logging.DEBUG, logging.WARNING, logging.ERROR):\n"
        "        logging.getLogger(name).log(level, 'markerword %s', 'markerword')\n"
        "warnings.warn('markerword')\nraise ValueError('markerword')\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "markerword" not in ended.stdout + ended.stderr
    assert ended.stderr.count("library.said") == 9, "from WARNING on, and by name and line"


def _syncs(fake: FakeDiscord) -> int:
    return sum(request.route.startswith("PUT /applications") for request in fake.requests)


async def test_11_no_log_holds_what_people_write(capfd: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = root.handlers, root.level, sys.excepthook
    try:
        log.cap_libraries()
        logging.captureWarnings(capture=False)
        assert all(logging.getLogger(name).level >= logging.WARNING for name in log.LIBRARIES)
        async with FakeDiscord() as fake, umbrella(fake):
            await fake.slash("ask", guild=fake.home, question="markerword in Toronto").answered()
            fake.faults.fail(500, "POST /interactions/", times=1)
            await fake.slash("ask", guild=fake.home, question="markerword again").answered()
            await fake.dm(fake.ada, "markerword").answered()
    finally:
        root.handlers, root.level = before[0], before[1]
        sys.excepthook = before[2]
    assert "markerword" not in "".join(capfd.readouterr())
    for file in ADAPTER.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("log."):
                assert "data" not in ast.unparse(node), f"{file.name}: {ast.unparse(node)}"


async def test_12_what_is_done_once_is_not_done_again_with_each_new_session(monkeypatch: pytest.MonkeyPatch) -> None:
    async with FakeDiscord() as fake, umbrella(fake, ground=memory_ground(fake.token, clock=QuickClock())) as adapter:
        synced, again = _syncs(fake), list[str]()

        async def counted() -> None:
            again.append("synced")

        assert adapter.client is not None
        monkeypatch.setattr(adapter.client, "_keep_synced", counted)
        ready = asyncio.create_task(adapter.client.wait_for("ready", timeout=15))
        fake.gateway.invalidate(resumable=False)
        await ready
        assert fake.gateway.identify_count == 2
        assert (await fake.slash("help", guild=fake.home).answered()).is_ephemeral
        assert (_syncs(fake), again) == (synced, [])


async def test_13_it_works_where_the_bot_sees_neither_server_nor_channel_nor_member() -> None:
    async with FakeDiscord() as fake, umbrella(fake):
        traveller = fake.add_user("traveller", has_installed=True)
        elsewhere = fake.add_guild("Elsewhere", traveller, has_bot=False)
        for where in ({"guild": elsewhere}, {"channel": fake.add_group(traveller)}, {}):
            place: dict[str, Any] = dict(where)
            answer = await fake.slash("ask", user=traveller, question="housing in Toronto", **place).answered()
            assert "Toronto" in answer.text
            form = await fake.slash("ask", user=traveller, **place).answered()
            assert (await fake.submit_modal(form, {"question": "housing in Toronto"}).answered()).labels
        fake.world.tells_channels = False
        assert "Toronto" in (await fake.slash("ask", guild=fake.home, question="housing in Toronto").answered()).text
        setup = await fake.slash("setup", user=traveller, guild=elsewhere, forged=True).answered()
        assert SAY("en", "discord-server-only") in setup.text
        assert fake.complaints() == []


async def test_14_what_arrives_twice_acts_once() -> None:
    kept = Kept()
    async with FakeDiscord() as fake:
        async with umbrella(fake, kept=kept):
            twice = fake.slash("ask", guild=fake.home, question="housing in Toronto", copies=2)
            await twice.answered()
            await asyncio.sleep(0.2)
            assert twice.refusals == [], "the second was not even tried"
            assert len(twice.messages) == 1
            said = fake.dm(fake.ada, "housing in Toronto")
            await said.answered()
            await until(lambda: len(kept.handled) == 1)
        async with umbrella(fake, kept=kept), umbrella(fake, kept=kept):
            before = len(fake.bodies("POST /channels"))
            fake.world.emit("MESSAGE_CREATE", wire.message_json(said.message, fake.bot.id), guild_id=None)
            await asyncio.sleep(0.3)
            assert len(fake.bodies("POST /channels")) == before, "answered before the restart, not tried again"
            both = fake.slash("ask", guild=fake.home, question="housing in Toronto")
            await both.answered()
            direct = fake.dm(fake.ada, "housing in Vancouver")
            await direct.answered()
            await asyncio.sleep(0.3)
            assert len(both.messages) == 1
            assert len(both.refusals) == 1, "who comes second leaves it at that"
            assert len(direct.replies) == 1, "two processes with one token: the nonce is the same"
        assert fake.complaints() == []


async def test_15_a_channel_that_refuses_is_left_alone() -> None:
    async with FakeDiscord() as fake, umbrella(fake):
        rule = fake.faults.refuse(missing_permissions(), "POST /channels", times=None)
        for _ in range(5):
            fake.say(fake.home, "hello", mentions_bot=True)
            await asyncio.sleep(0.05)
        assert rule.hits == 1
        assert (await fake.slash("help", guild=fake.home).answered()).is_ephemeral


def test_the_traps_are_all_there() -> None:
    numbers = {name.split("_")[1] for name in globals() if name.startswith("test_")}
    assert {int(number) for number in numbers if number.isdecimal()} == set(range(1, 16))
