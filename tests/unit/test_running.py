"""Doors are restarted, kept apart and closed in time."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.ground import Dispatch
from bot.core.reply import Reply
from bot.core.request import Request
from bot.errors import SetupError, TransientError
from bot.running import MOST_S, run_doors
from tests.fakes.clock import FakeClock


async def dispatch(_: Request) -> Reply:
    return Reply(())


class FakeDoor:
    """A door whose every run does the next thing of `runs`, then serves until it is closed."""

    shows_forms = False

    def __init__(self, platform: str, *runs: Callable[[], Awaitable[None]]) -> None:
        self.platform = platform
        self._runs = iter(runs)
        self.opened = 0
        self.is_closed = False
        self.closing = asyncio.Event()

    async def run(self, _: Dispatch) -> None:
        self.opened += 1
        run = next(self._runs, None)
        await (run() if run else self.closing.wait())

    async def close(self) -> None:
        self.is_closed = True
        self.closing.set()


def failing(error: Exception) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        raise error

    return run


async def run_for_a_while(
    stop: asyncio.Event,
    clock: FakeClock,
    *doors: FakeDoor,
    background: Callable[[], Awaitable[None]] | None = None,
    say: Callable[[SetupError], None] = lambda _: None,
) -> int:
    running = asyncio.create_task(
        run_doors(doors, lambda _: dispatch, clock, stop, [background] if background else (), say)
    )
    for _ in range(200):
        await asyncio.sleep(0)
    stop.set()
    return await running


async def test_a_platform_that_is_away_is_tried_again_ever_more_slowly(clock: FakeClock) -> None:
    away, well = FakeDoor("matrix", *[failing(TransientError())] * 15), FakeDoor("discord")
    assert await run_for_a_while(asyncio.Event(), clock, away, well) == 0
    assert away.opened == 16
    assert well.opened == 1
    assert 0.5 <= clock.slept_s[0] <= 1.5
    assert MOST_S * 0.5 <= clock.slept_s[-1] <= MOST_S * 1.5
    assert away.is_closed
    assert well.is_closed


async def test_after_a_steady_time_the_wait_is_short_again(clock: FakeClock) -> None:
    async def steady() -> None:
        clock.advance(timedelta(minutes=20))
        raise TransientError

    door = FakeDoor("matrix", *[failing(TransientError())] * 8, steady)
    await run_for_a_while(asyncio.Event(), clock, door)
    assert clock.slept_s[-1] <= 1.5


async def test_a_door_that_cannot_serve_stays_closed_and_the_others_go_on(clock: FakeClock) -> None:
    said: list[SetupError] = []
    refused, well = FakeDoor("matrix", failing(SetupError())), FakeDoor("discord")
    stop = asyncio.Event()
    assert await run_for_a_while(stop, clock, refused, well, say=said.append) == 1
    assert refused.opened == 1
    assert well.opened == 1 and well.is_closed
    assert len(said) == 1


async def test_a_bug_ends_the_process_with_all_doors_closed(clock: FakeClock) -> None:
    broken, well = FakeDoor("matrix", failing(KeyError("words"))), FakeDoor("discord")
    assert await run_doors([broken, well], lambda _: dispatch, clock, asyncio.Event()) == 1
    assert well.is_closed


async def test_a_bug_in_the_background_ends_the_process_too(clock: FakeClock) -> None:
    door = FakeDoor("discord")
    assert await run_doors([door], lambda _: dispatch, clock, asyncio.Event(), [failing(KeyError())]) == 1
    assert door.is_closed


async def test_without_a_door_left_the_process_ends(clock: FakeClock) -> None:
    assert await run_doors([FakeDoor("matrix", failing(SetupError()))], lambda _: dispatch, clock, asyncio.Event()) == 1
    assert await run_doors([], lambda _: dispatch, clock, asyncio.Event()) == 0


async def test_a_door_that_does_not_close_is_cut_off(clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.running.CLOSE_S", 0.05)

    class Stubborn(FakeDoor):
        async def close(self) -> None:
            await asyncio.sleep(60)

    stubborn, well = Stubborn("matrix"), FakeDoor("discord")
    began = time.monotonic()
    await run_for_a_while(asyncio.Event(), clock, stubborn, well)
    assert time.monotonic() - began < 2
    assert well.is_closed


_PROGRAM = """
import asyncio, sys, time
from pathlib import Path
from bot.serving import run
from bot.settings import DiscordSettings, Secret, Settings

class Door:
    RULES = ()
    platform, shows_forms = "discord", True
    def findings(settings): return []
    def __init__(self): self.closing = asyncio.Event()
    def make(ground): return Door()
    async def run(self, dispatch):
        print("open", flush=True)
        if sys.argv[2] == "hangs":
            time.sleep(60)
        await self.closing.wait()
    async def close(self):
        self.closing.set()
        print("closed", flush=True)

folder = Path(sys.argv[1])
settings = Settings(data_dir=folder / "data", key_file=folder / "key", discord=DiscordSettings(token=Secret("t")))
raise SystemExit(asyncio.run(run(settings, [Door])))
"""


@pytest.mark.parametrize(("kind", "code"), [("well", 0), ("hangs", 1)])
def test_sigterm_ends_the_process_within_five_seconds(tmp_path: Path, kind: str, code: int) -> None:
    command, pipe = [sys.executable, "-c", _PROGRAM, str(tmp_path), kind], subprocess.PIPE
    program = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=Path(__file__).parents[2])
    assert program.stdout is not None
    assert program.stdout.readline() == "open\n"
    began = time.monotonic()
    program.terminate()
    out, error = program.communicate(timeout=10)
    assert time.monotonic() - began < 5
    assert program.returncode == code, error
    assert ("closed" in out) == (kind == "well")
    assert "Traceback" not in error
