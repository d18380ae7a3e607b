"""The bot against a bare matrix-nio echo bot on the same Synapse, in one run: `python -m tests.bench matrix [ROUNDS]`.

In turn: one person asks and waits. Burst: ten people write ten texts each at once. Both encrypted. CPU is that of the
process (user and system), RSS its highest after the rounds. Peers run in this process and count for neither.
`libraries` is the echo bot with the libraries opened that ours keeps things with (`tests.bench.libraries`).
"""

import asyncio
import contextlib
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.measure import cpu_s
from tests.fakes.matrix_bot import ROOT, Bot
from tests.fakes.matrix_peer import Peer
from tests.synapse import PASSWORD, Synapse, synapse

IN_TURN, PEOPLE, EACH = 60, 10, 10
ECHOES = ("echo", "libraries")
QUESTION = "help"
_ECHO = """
import asyncio, sys
from nio import AsyncClient, AsyncClientConfig, RoomMessageText, InviteMemberEvent
async def main(url, user, password, store, name):
    if name == "libraries":
        from tests.bench.libraries import opened
        kept = await opened(store)
    client = AsyncClient(url, user, store_path=store, config=AsyncClientConfig(store_sync_tokens=True))
    async def said(room, event):
        if event.sender != user:
            await client.room_send(room.room_id, "m.room.message", {"msgtype": "m.notice", "body": event.body},
                                   ignore_unverified_devices=True)
    async def invited(room, event):
        if event.state_key == user: await client.join(room.room_id)
    await client.login(password)
    await client.sync(full_state=True)
    client.add_event_callback(said, RoomMessageText)
    client.add_event_callback(invited, InviteMemberEvent)
    await client.sync_forever(30000)
asyncio.run(main(*sys.argv[1:]))
"""


@dataclass
class Round:
    in_turn_ms: list[float] = field(default_factory=list)
    burst_ms: list[float] = field(default_factory=list)
    wall_ms: list[float] = field(default_factory=list)
    rss_mib: list[float] = field(default_factory=list)


def rss_mib(process_id: int) -> float:
    lines = Path(f"/proc/{process_id}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


async def measure(people: list[Peer], chats: list[str], process_id: int, into: Round) -> None:
    began, wall = cpu_s(process_id), []
    for _ in range(IN_TURN):
        at = time.monotonic()
        await people[0].asks(chats[0], QUESTION)
        wall.append((time.monotonic() - at) * 1000)
    into.in_turn_ms.append((cpu_s(process_id) - began) * 1000 / IN_TURN)
    into.wall_ms.append(statistics.median(wall))
    began = cpu_s(process_id)
    before = [len(person.heard) for person in people]
    pairs = list(zip(people, chats, strict=True))
    await asyncio.gather(*(person.say(chat, QUESTION) for person, chat in pairs for _ in range(EACH)))
    for person, count in zip(people, before, strict=True):
        await person.hears(count + EACH, wait_s=120)
    into.burst_ms.append((cpu_s(process_id) - began) * 1000 / (PEOPLE * EACH))
    into.rss_mib.append(rss_mib(process_id))


def echo(server: Synapse, folder: Path, name: str) -> tuple[str, "subprocess.Popen[bytes]"]:
    """An echo bot; the one called "libraries" opens them."""
    user, own = server.register(name), folder / name
    own.mkdir()
    program = [sys.executable, "-c", _ECHO, server.url, user, PASSWORD, str(own), name]
    return user, subprocess.Popen(program, cwd=ROOT, stderr=subprocess.DEVNULL)


async def bench(rounds: int) -> dict[str, Round]:
    found = {name: Round() for name in ("umbrella", *ECHOES)}
    with synapse() as server, tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        bot = Bot(server, Path(one), "umbrella")
        bot.command("matrix", "login")
        programs = {"umbrella": (bot.user_id, bot.process())}
        programs |= {name: echo(server, Path(two), name) for name in ECHOES}
        try:
            async with contextlib.AsyncExitStack() as stack:
                people = [await stack.enter_async_context(Peer(server)) for _ in range(PEOPLE)]
                await asyncio.sleep(3)
                chats = {name: [await each.chat(user) for each in people] for name, (user, _) in programs.items()}
                for name, (_, program) in programs.items():
                    for person, chat in zip(people, chats[name], strict=True):
                        await person.asks(chat, QUESTION)
                    await measure(people, chats[name], program.pid, Round())
                for number in range(rounds):
                    for name in sorted(programs, reverse=bool(number % 2)):
                        await measure(people, chats[name], programs[name][1].pid, found[name])
        finally:
            for _, program in programs.values():
                program.terminate()
                program.wait()
    return found


def main(argv: list[str]) -> int:
    found = asyncio.run(bench(int(argv[0]) if argv else 3))
    for what in ("in_turn_ms", "burst_ms", "wall_ms", "rss_mib"):
        ours, theirs, libraries = (statistics.median(getattr(each, what)) for each in found.values())
        rounds = " ".join(f"{value:.1f}" for value in getattr(found["umbrella"], what))
        sys.stdout.write(f"{what}: umbrella {ours:.1f} ({rounds}), echo {theirs:.1f}, ratio {ours / theirs:.2f}")
        sys.stdout.write(f", libraries {libraries:.1f}, ratio {ours / libraries:.2f}\n" if what == "rss_mib" else "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
