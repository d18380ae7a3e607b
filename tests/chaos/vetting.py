"""Suggestions and decisions delivered again, out of order, and to processes that are killed: nothing lost, nothing twice.

Each life takes the deliveries in turn and says which it has done; what it had in hand when it was killed is delivered to
the next one once more.
"""

import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.core.clock import SystemClock
from bot.errors import InputError
from bot.settings import Settings
from bot.storage import cases
from bot.storage.open import open_storage
from bot.vetting.claim import claim_of
from bot.vetting.model import NewCase, Submission
from bot.vetting.service import Vetting
from tests.chaos.lives import READY, Lives, living, say
from tests.fakes.cases import KEY, PROPOSAL, Races, by, race, vetting_on

MODERATORS = ("Ash", "Birch", "Cedar")
REPEATED = 0.3
AFTER_S = 0.01
"""A delivery takes about half of it."""
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


async def live(given: Any, words: str) -> None:
    """A life: deliveries from number `words` on; it says which is done."""
    events = deliveries(given["count"], given["seed"])
    storage = await open_storage(settings_of(given), SystemClock())
    vetting = vetting_on(storage, SystemClock())
    _unbounded()
    say(READY)
    for number in range(int(words), len(events)):
        await carry_out(vetting, events[number])
        say(f"done {number}")
    await storage.close()


def _unbounded() -> None:
    """Deliveries out of order leave many cases open; what a full queue says is tested elsewhere."""
    vars(cases)["MOST_OPEN"] = sys.maxsize


async def one_life(lives: Lives, first: int, last: int | None, after_s: float) -> int:
    """Let one live, to be killed `after_s` after delivery `last` if that is given; the first delivery it did not say was done."""
    process = await lives.born(str(first))
    if last is None:
        await lives.ended(process)
    else:
        await lives.says(f"done {last}")
        await asyncio.sleep(after_s)
        await lives.killed([process])
    return int(lives.heard[-1].split()[1]) + 1 if lives.heard else first


async def examined(settings: Settings, events: Sequence[Event], report: Report) -> None:
    """Count what is lost, twice or wrong."""
    storage = await open_storage(settings, SystemClock())
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


def settings_of(given: Any) -> Settings:
    folder = Path(given["folder"])
    key_file = folder / "keys" / "key"
    return Settings(data_dir=folder / "data", key_file=key_file, database=given["database"], encryption=False)


async def chaos(folder: Path, count: int, kills: int, seed: int, database: str = "sqlite") -> Report:
    """The whole run."""
    began, chance = time.monotonic(), random.Random(seed)
    given = {"folder": str(folder), "count": count, "seed": seed, "database": database}
    events, settings = deliveries(count, seed), settings_of(given)
    report = Report(len(events), len({number for _, number, _ in events}))
    await (await open_storage(settings, SystemClock())).close()
    at, points = 0, sorted(chance.sample(range(len(events) - 1), kills))
    async with living("tests.chaos.vetting", given) as lives:
        for point in points:
            if at == len(events):
                break  # The last life was done with all of them before its end came.
            # Before, while and right after the next one is written.
            at = await one_life(lives, at, max(at, point), chance.uniform(0, AFTER_S))
            report.kills += 1
        at = await one_life(lives, at, None, 0)
    if at < len(events):
        raise RuntimeError(f"a life ended by itself at delivery {at}")
    await examined(settings, events, report)
    report.seconds = round(time.monotonic() - began, 1)
    return report


async def raced(folder: Path, races: int, database: str = "sqlite") -> Races:
    """Two moderators at the same instant, each from an installation opened for itself, as two processes do."""
    _unbounded()
    settings, clock = settings_of({"folder": str(folder), "database": database}), SystemClock()
    here, there = await open_storage(settings, clock), await open_storage(settings, clock)
    try:
        return await race(here, there, clock, races)
    finally:
        await there.close()
        await here.close()
