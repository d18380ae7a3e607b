"""Umbrella on Discord against a bare discord.py bot that answers a constant: `python -m tests.bench discord [--json]`.

Both run as processes of their own against fakes in this one, in turns, so that a busy machine is busy for both. Times
are from the event to the first answer as the fake received it; `cpu` is what the process itself works for one answer.
`libraries` is the bare bot with the libraries opened that ours keeps things with (`tests.bench.libraries`): only its memory
is looked at, which is what ours would weigh with nothing of its own.
"""

import asyncio
import json
import os
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bot.reading import read_plain
from tests.bench.measure import cpu_s
from tests.fakes.discord import FakeDiscord, Interaction
from tests.fakes.discord.bare import until

ROOT = Path(__file__).parents[2]
EACH, RUNS, AT_ONCE = 200, 3, 200
_BARE = """
import sys
from tests.fakes.discord.seam import discord
from tests.fakes.discord.bare import BareBot as Bot
from discord.gateway import DiscordWebSocket
from discord.http import Route
import yarl
Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = sys.argv[1], yarl.URL(sys.argv[2])
"""
_OPENING = """
from tests.bench.libraries import opened
class Opening(Bot):
    async def setup_hook(self):
        self.opened = await opened(sys.argv[4])
        await super().setup_hook()
Bot = Opening
"""
_RUN = "Bot().run(sys.argv[3], log_handler=None)"
PROGRAMS = {"bare": _BARE + _RUN, "libraries": _BARE + _OPENING + _RUN}


class Side:
    """One bot and its fake; `name` is one of `PROGRAMS`, or "ours"."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.fake = FakeDiscord()
        self.process: asyncio.subprocess.Process | None = None

    async def start(self, folder: str) -> None:
        fake = self.fake
        environment = {
            "DISCORD_TOKEN": fake.token, "DISCORD_API": fake.api_url, "DISCORD_GATEWAY": fake.gateway_url,
            "HOME": folder, "PATH": os.defpath, "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        program = PROGRAMS.get(self.name)
        given = ("-c", program, fake.api_url, fake.gateway_url, fake.token, folder)
        arguments = given if program else ("-m", "bot", "run")
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, env=environment, cwd=ROOT if program else folder,
            stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        await fake.gateway.connected(60)
        await until(lambda: any(command["name"] == "ask" for command in fake.commands), 30)

    async def stop(self) -> None:
        if self.process:
            self.process.terminate()
            await self.process.wait()

    def ask(self, question: str) -> Interaction:
        return self.fake.slash("ask", guild=self.fake.home, question=question)

    def resident_mib(self) -> float:
        """Resident memory of the bot in MiB (Linux)."""
        assert self.process
        return int(Path(f"/proc/{self.process.pid}/statm").read_text("ascii").split()[1]) * 4096 / 1048576

    def cpu_s(self) -> float:
        """Processor time of the bot so far."""
        assert self.process
        return cpu_s(self.process.pid)


async def measured() -> dict[str, Any]:
    read: Any = read_plain(ROOT / "tests" / "data" / "questions.yaml")
    questions = [case["text"] for case in read][:EACH]
    sides = [Side("bare"), Side("ours")]
    idle = [*sides, Side("libraries")]
    async with AsyncExitStack() as stack:
        for side in idle:
            await stack.enter_async_context(side.fake)
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            await side.start(folder)
            stack.push_async_callback(side.stop)
        await asyncio.sleep(2)
        figures: dict[str, Any] = {"idle_rss_mib": {side.name: round(side.resident_mib(), 1) for side in idle}}
        runs = [await _run(sides, questions) for _ in range(RUNS)]
        figures["ms"] = {name: {key: round(median(run[name][key] for run in runs), 2) for key in ("p50", "p95", "cpu")}
                         for name in ("bare", "ours")}  # fmt: skip
        figures["at_once"] = {side.name: await _at_once(side, questions) for side in sides}
        figures["rss_after_mib"] = {side.name: round(side.resident_mib(), 1) for side in sides}
    ms, rss = figures["ms"], figures["idle_rss_mib"]
    figures["ratio"] = {
        "p50": round(ms["ours"]["p50"] / ms["bare"]["p50"], 2),
        "p95": round(ms["ours"]["p95"] / ms["bare"]["p95"], 2),
        "cpu": round(ms["ours"]["cpu"] / ms["bare"]["cpu"], 2),
        "idle_rss": round(rss["ours"] / rss["bare"], 2),
        "libraries": round(rss["ours"] / rss["libraries"], 2),
    }
    return figures


async def _run(sides: list[Side], questions: list[str]) -> dict[str, dict[str, float]]:
    """Milliseconds to the answer, one question after the other, each asked on both sides."""
    times: dict[str, list[float]] = {side.name: [] for side in sides}
    before = {side.name: side.cpu_s() for side in sides}
    for question in questions:
        for side in sides:
            asked = side.ask(question)
            await asked.answered(10)
            times[side.name].append((asked.acknowledged_after_s or 10) * 1000)
    worked = {side.name: 1000 * (side.cpu_s() - before[side.name]) / len(questions) for side in sides}
    return {name: {**_percentiles(each), "cpu": worked[name]} for name, each in times.items()}


def _percentiles(times: list[float]) -> dict[str, float]:
    cuts = quantiles(times, n=100, method="inclusive")
    return {"p50": cuts[49], "p95": cuts[94]}


async def _at_once(side: Side, questions: list[str]) -> dict[str, float]:
    asked = [side.ask(questions[number % len(questions)]) for number in range(AT_ONCE)]
    done = await asyncio.gather(*(one.answered(10) for one in asked), return_exceptions=True)
    waits = [one.acknowledged_after_s for one in asked]
    in_time = sum(wait is not None and wait < 3 for wait in waits)
    return {"asked": AT_ONCE, "answered": sum(not isinstance(one, BaseException) for one in done), "in_time": in_time,
            "slowest_s": round(max(wait or 10 for wait in waits), 2)}  # fmt: skip


def main(argv: list[str]) -> int:
    figures = asyncio.run(measured())
    print(json.dumps(figures, indent=None if "--json" in argv else 2))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
