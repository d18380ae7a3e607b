"""What every door keeps to, on Discord: the same results for the same words, an end in time, and plain sentences."""

from __future__ import annotations

import asyncio
import re
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.adapters.discord.adapter import DiscordAdapter
from bot.adapters.discord.examine import examine, findings
from bot.adapters.discord.outgoing import escaped
from bot.core.clock import SystemClock
from bot.core.finding import UnsafeSetupError
from bot.core.reply import Paragraph, Reply
from bot.errors import TransientError
from bot.operate import examine as doctor
from bot.reading import read_plain
from bot.settings import DiscordSettings, Secret, Settings
from bot.storage.open import open_storage
from tests.fakes.discord import Can, FakeDiscord
from tests.fakes.discord.bare import until
from tests.fakes.discord.ours import app, umbrella
from tests.fakes.discord.seam import pointing_at
from tests.fakes.ground import Kept, memory_ground

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.request import Request

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.timeout(60)]
ROOT = Path(__file__).parents[2]
LOCALES = {"en": "en-US", "fr": "fr", "es": "es-419", "zh": "zh-CN"}


def public_questions() -> Sequence[dict[str, Any]]:
    read: Any = read_plain(ROOT / "tests" / "data" / "questions.yaml")
    cases: list[dict[str, Any]] = read["questions"] if isinstance(read, dict) else read
    return cases[:100]


async def test_terminal_and_discord_give_the_same_results_for_the_same_words() -> None:
    """By option, by form and in a direct message: the names of the records, in order, of 100 public questions."""
    different = []
    async with FakeDiscord() as fake, umbrella(fake):
        people = [fake.add_user(f"person{number}", has_installed=True) for number in range(10)]
        for number, case in enumerate(public_questions()):
            text, language = case["text"], case.get("language", "en")
            locale = LOCALES.get(language, "de")
            person = people[number % 10]
            # The moment of the answer: freshness is said by the month.
            expected = app().answer(text, now=_now(), locale=language if language in LOCALES else None)
            names = [card.title for card in expected.reply.cards()]
            answer = await fake.slash("ask", user=person, options={"question": text}, locale=locale).answered()
            if _names(answer.text, names) != names:
                different.append((case["id"], "option"))
            if number % 5 == 0:
                form = await fake.slash("ask", user=person, locale=locale).answered()
                submitted = await fake.submit_modal(form, {"question": text}).answered()
                if _names(submitted.text, names) != names:
                    different.append((case["id"], "form"))
        assert different == []
        assert fake.complaints() == []


def _now() -> Any:
    return datetime.now(UTC)


def _names(text: str, expected: Sequence[str]) -> list[str]:
    """The titles in the text, in order; titles are the bold lines."""
    bold = [line[2:-2] for line in text.splitlines() if line.startswith("**") and line.endswith("**")]
    known = {escaped(name): name for name in expected}
    return [known.get(name, name) for name in bold]


async def test_closing_answers_what_is_in_hand_and_ends_in_time() -> None:
    async with FakeDiscord() as fake:
        fake.faults.delay(0.4, "POST /interactions/", times=1)
        async with umbrella(fake) as adapter:
            asked = fake.slash("help", guild=fake.home)
            await asyncio.sleep(0.1)
            began = asyncio.get_running_loop().time()
            await adapter.close()
            assert asyncio.get_running_loop().time() - began < 4
        assert (await asked.answered(0.1)).is_ephemeral


async def test_who_waits_for_an_answer_is_known_to_all_that_can_wait() -> None:
    ask, release = asyncio.Event(), asyncio.Event()

    async def dispatch(_: Request) -> Reply:
        ask.set()
        await release.wait()
        return Reply((Paragraph(("answer",)),))

    async with FakeDiscord() as fake:
        ground = memory_ground(fake.token)
        release.set()
        async with umbrella(fake, ground=ground, dispatch=dispatch):
            ask.clear()
            release.clear()
            assert not ground.attention.is_wanted
            asked = fake.slash("ask", guild=fake.home, question="help")
            await ask.wait()
            free = asyncio.create_task(ground.attention.free())
            await asyncio.sleep(0.05)
            assert ground.attention.is_wanted
            assert not free.done()
            release.set()
            await asked.answered()
            await asyncio.wait_for(free, 1)


@pytest.mark.parametrize("away", ["login", "gateway"])
async def test_a_platform_that_is_away_is_said_as_such(away: str) -> None:
    async with FakeDiscord() as fake:
        fake.faults.fail(503, "GET /users/@me" if away == "login" else "GET /gateway/bot")
        with pytest.raises(TransientError), pointing_at(fake):
            await adapter_for(fake).run(_never)


@pytest.mark.parametrize(
    ("code", "words"), [(4004, "does not take the token"), (4014, "intents"), (4011, "more shards")]
)
async def test_what_would_only_happen_again_stops_with_a_plain_sentence(code: int, words: str) -> None:
    async with FakeDiscord() as fake:
        adapter = adapter_for(fake)
        with pointing_at(fake):
            running = asyncio.create_task(adapter.run(_never))
            await fake.gateway.connected()
            await fake.gateway.drop(code)
            with pytest.raises(UnsafeSetupError, match=words) as caught:
                await asyncio.wait_for(running, 10)
        assert fake.token not in str(caught.value)


async def test_a_wrong_token_stops_at_login() -> None:
    async with FakeDiscord() as fake:
        with pytest.raises(UnsafeSetupError, match="does not take the token"), pointing_at(fake):
            await adapter_for(fake, token="a.b.c").run(_never)


def adapter_for(fake: FakeDiscord, token: str | None = None) -> Any:
    return DiscordAdapter(memory_ground(token or fake.token))


async def _never(_: Any) -> Any:
    return Reply(())


async def test_storage_that_is_away_takes_no_answer_away() -> None:
    kept = Kept()
    async with FakeDiscord() as fake, umbrella(fake, kept=kept):
        kept.is_away = True
        assert "Maggie" in (await fake.slash("groups", guild=fake.home, place="CA-ON/Toronto").answered()).text
        assert (await fake.dm(fake.ada, "housing in Toronto").answered()).text
        chosen = await fake.slash("language", guild=fake.home, language="fr").answered()
        kept_not = await fake.press(chosen, "Retenir cette langue").answered()
        assert app().messages.say("en", "error-storage") in kept_not.text
        assert fake.complaints() == []


async def test_the_whole_program_with_only_a_token_set(tmp_path: Path) -> None:
    """`python -m bot run`: READY, commands synced, an answer; after SIGTERM gone within five seconds."""
    async with FakeDiscord() as fake:
        environment = {
            "DISCORD_TOKEN": fake.token, "DISCORD_API": fake.api_url, "DISCORD_GATEWAY": fake.gateway_url,
            "HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        program = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=environment, cwd=tmp_path, stderr=asyncio.subprocess.PIPE
        )
        await fake.gateway.connected(30)
        await until(lambda: bool(fake.commands))
        answer = await fake.slash("ask", guild=fake.home, question="markerword housing in Toronto").answered()
        assert answer.is_ephemeral
        assert (await fake.dm(fake.ada, "markerword food in Vancouver").answered()).text
        program.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(program.wait(), 5) == 0
        assert program.stderr
        printed = (await program.stderr.read()).decode()
        assert "markerword" not in printed
        assert fake.token not in printed
        kept = bytes_in(tmp_path)
        assert b"markerword" not in kept
        assert not re.search(rb"%d" % fake.ada.id, kept)
        assert fake.complaints() == []


def bytes_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_questions_of_the_terminal_import_no_library_of_a_platform() -> None:
    code = (
        "import sys; from bot.cli import main; main(['ask', 'housing in Toronto']); "
        "sys.exit(any(name.split('.')[0] in ('discord', 'aiohttp', 'sqlalchemy') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False).returncode == 0


async def test_what_is_unsafe_at_discord_is_found_with_its_mend() -> None:
    kept = Kept()
    async with FakeDiscord() as fake:
        ground = memory_ground(fake.token, kept)
        fake.add_role(fake.home, "too much", Can.ADMINISTRATOR, fake.bot)
        with pointing_at(fake):
            before = {finding.code for finding in await examine(ground.settings, None)}
        assert before == {"discord-not-synced", "discord-permissions"}
        async with umbrella(fake, kept=kept):
            await until(lambda: bool(kept.state))
        with pointing_at(fake):
            after = await examine(ground.settings, ground.state)
            assert "discord-not-synced" not in {finding.code for finding in after}
            assert all(finding.mend for finding in after)
            wrong = await examine(memory_ground("a.b.c").settings, None)
            assert [finding.code for finding in wrong] == ["discord-token-refused"]
            fake.faults.fail(503)
            assert [finding.code for finding in await examine(ground.settings, None)] == ["discord-away"]
    settings = Settings(
        discord=DiscordSettings(
            api="https://example.org/api/v10", token=Secret("not a token"), revealing_words=("urgente",)
        )
    )
    assert [(each.code, each.level) for each in findings(Settings(discord=DiscordSettings()))] == [
        ("discord-token", "refuse")
    ]
    assert [finding.code for finding in findings(settings)] == [
        "discord-token-shape",
        "discord-api",
        "discord-revealing-name",
    ]


async def test_the_doctor_asks_discord_once_all_else_is_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with FakeDiscord() as fake:
        settings = memory_ground(fake.token).settings
        settings = replace(settings, data_dir=tmp_path / "data", key_file=tmp_path / "keys" / "key")
        with pointing_at(fake):
            assert await doctor(settings) == 0
            assert "The commands at Discord are not the ones of this version." in capsys.readouterr().out
            assert not (tmp_path / "data").exists()
            await (await open_storage(settings, SystemClock())).close()
            assert await doctor(settings) == 0
            assert "The commands at Discord are not the ones of this version." in capsys.readouterr().out
