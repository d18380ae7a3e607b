"""Suggestions and decisions delivered again, out of order, and to processes that are killed: nothing lost, nothing twice.

`python -m tests.chaos.vetting GIVEN` (JSON) is one run: a process is forked for each life, takes the deliveries in turn and
says which it has done; what it had in hand when it was killed is delivered to the next one once more.
"""

import asyncio
import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bot.core.clock import SystemClock
from bot.errors import InputError
from bot.settings import Settings
from bot.storage.open import Storage, open_storage
from bot.vetting.claim import claim_of
from bot.vetting.model import NewCase, Submission
from bot.vetting.service import Vetting
from tests.fakes.cases import KEY, PROPOSAL, by, vetting_on

MODERATORS = ("Ash", "Birch", "Cedar")
REPEATED = 0.3
READY = b"ready\n"
Event = tuple[str, int, str]
"""What is done, to which suggestion, by whom."""


@dataclass
class Report:
    """`lost` suggestions have no case; `twice` have two, or were published twice; `wrong` were decided against the rules."""

    deliveries: int = 0
    suggestions: int = 0
    kills: int = 0
    lost: int = 0
    twice: int = 0
    wrong: int = 0
    seconds: float = 0.0

    @property
    def is_good(self) -> bool:
        return (self.lost, self.twice, self.wrong) == (0, 0, 0)


def deliveries(count: int, seed: int) -> list[Event]:
    """So many deliveries: each suggestion, then what becomes of it; three in ten come again, and neighbours change places."""
    chance = random.Random(seed)
    events: list[Event] = []
    for number in range(count // 5):
        events.append(("suggest", number, f"sender{number}"))
        events += [("approve", number, name) for name in chance.sample(MODERATORS, 2)]
        events.append(
            chance.choice([("withdraw", number, ""), ("reject", number, "Cedar"), ("approve", number, "Cedar")])
        )
    events += chance.choices(events, k=int(len(events) * REPEATED))
    order = [(place + chance.uniform(-40, 40), event) for place, event in enumerate(events[:count])]
    return [event for _, event in sorted(order)]


async def carry_out(vetting: Vetting, event: Event) -> None:
    """One delivery; what the rules refuse is an answer too."""
    act, number, name = event
    claim = claim_of(f"token{number}", KEY)
    if act == "suggest":
        proposal = {**PROPOSAL, "id": f"kitchen-{number}"}
        new = replace(vetting.new_case("suggestion"), submission=Submission(f"Kitchen {number}"), proposal=proposal)
        await vetting.open(NewCase(new, claim, name))
        return
    found = await vetting.claimed(claim)
    if found is None:
        return
    try:
        if act == "withdraw":
            await vetting.withdraw(claim)
        elif act == "reject":
            await vetting.reject(by(name), found.code, 1, "unclear")
        else:
            await vetting.approve(by(name), found.code, 1)
    except InputError:
        return


async def live(settings: Settings, events: Sequence[Event], first: int, done: int) -> None:
    """One life: deliveries from `first` on; the number of each that is done is written to the pipe `done`."""
    storage = await open_storage(settings, SystemClock())
    vetting = vetting_on(storage, SystemClock())
    os.write(done, READY)
    for number in range(first, len(events)):
        await carry_out(vetting, events[number])
        os.write(done, f"{number}\n".encode())
    await storage.close()


def one_life(settings: Settings, events: Sequence[Event], first: int, kill_after_s: float | None) -> int:
    """Fork a process and let it live; the number of the first delivery it did not say was done."""
    read, write = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(read)
        asyncio.run(live(settings, events, first, write))
        os._exit(0)
    os.close(write)
    until: float | None = None
    buffer = b""
    while True:
        wait = None if until is None else max(0.0, until - time.monotonic())
        ready, _, _ = select.select([read], [], [], wait)
        if not ready:
            os.kill(process, signal.SIGKILL)
            until = None
            continue
        chunk = os.read(read, 65536)
        if not chunk:
            break
        if not buffer and kill_after_s is not None:
            # From when it takes deliveries: a start is no point to be killed at.
            until = time.monotonic() + kill_after_s
        buffer += chunk
    os.close(read)
    os.waitpid(process, 0)
    lines = buffer.removeprefix(READY).decode().split()
    return int(lines[-1]) + 1 if lines else first


async def examined(settings: Settings, events: Sequence[Event], report: Report) -> None:
    """Count what is lost, twice or wrong."""
    storage: Storage = await open_storage(settings, SystemClock())
    vetting = vetting_on(storage, SystemClock())
    published = Counter(each.record_id for each in await storage.changes.all())
    for number in {number for _, number, _ in events}:
        was_sent = ("suggest", number, f"sender{number}") in events
        found = await vetting.claimed(claim_of(f"token{number}", KEY))
        report.lost += was_sent and found is None
        acts = await storage.acts.of(f"kitchen-{number}", 100)
        report.twice += published[f"kitchen-{number}"] > 1 or len(acts) > len({act.by for act in acts})
        if found is not None:
            is_public = bool(published[f"kitchen-{number}"])
            report.wrong += is_public != (found.state == "approved") or (is_public and len(acts) != 2)
            noted = Counter((act.by, act.action) for act in await storage.acts.of(found.code, 100))
            report.twice += any(count > 1 for count in noted.values())
    await storage.close()


def run(settings: Settings, count: int, kills: int, seed: int) -> Report:
    """The whole run in this process, which forks the lives: call it where no loop and no thread runs."""
    began, chance = time.monotonic(), random.Random(seed)
    events = deliveries(count, seed)
    report = Report(len(events), len({number for _, number, _ in events}))
    asyncio.run(_made(settings))
    at = 0
    while at < len(events):
        is_last = report.kills == kills
        # Short lives, as many as are wanted over the whole: before, while and after a write.
        following = one_life(settings, events, at, None if is_last else chance.uniform(0.05, 0.6))
        report.kills += not is_last
        at = following
    asyncio.run(examined(settings, events, report))
    report.seconds = round(time.monotonic() - began, 1)
    return report


async def _made(settings: Settings) -> None:
    storage = await open_storage(settings, SystemClock())
    await storage.close()


def in_a_process(folder: Path, count: int, kills: int, seed: int, database: str = "sqlite") -> Report:
    """A run in a fresh process, so that it may fork; for tests and the command."""
    given = {"folder": str(folder), "count": count, "kills": kills, "seed": seed, "database": database}
    command = [sys.executable, "-m", "tests.chaos.vetting", json.dumps(given)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Report(**json.loads(done.stdout))


def main() -> None:
    given = json.loads(sys.argv[1])
    folder = Path(given["folder"])
    settings = Settings(
        data_dir=folder / "data", key_file=folder / "keys" / "key", database=given["database"], encryption=False
    )
    sys.stdout.write(json.dumps(asdict(run(settings, given["count"], given["kills"], given["seed"]))))


if __name__ == "__main__":
    main()
