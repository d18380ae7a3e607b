"""A world that crashes: the process may die before and after every write and every try, and answers get lost.

The rows are real, the platform is not: this holds the state machine, not Discord or Matrix (`announcements` does that).
"""

import asyncio
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.outbox.model import Delivery, Outgoing
from bot.outbox.ports import LaterError, UnansweredError
from bot.outbox.worker import Worker
from bot.storage.open import Storage
from bot.storage.outbox import StoredOutbox
from tests.fakes.clock import FakeClock
from tests.fakes.outbox import FakeRooms, FakeSender, to_rooms


class Crash(BaseException):
    """The process is gone; nothing of it writes any more."""


@dataclass
class Fate:
    """Decides at each step, by its seed, whether the process dies there."""

    chance: random.Random
    is_dead: bool = False

    def step(self) -> None:
        if self.is_dead or self.chance.random() < 0.06:
            self.is_dead = True
            raise Crash

    def answer(self, _: Delivery) -> None:
        self.step()
        if self.chance.random() < 0.15:
            raise self.chance.choice([UnansweredError(), TimeoutError()])

    def reach(self, _: Delivery) -> None:
        self.step()
        if self.chance.random() < 0.15:
            raise self.chance.choice([UnansweredError(), LaterError(), LaterError(3.0)])


class Mortal:
    """The outbox as a process that may die at each write sees it."""

    def __init__(self, outbox: StoredOutbox, fate: Fate) -> None:
        self._outbox = outbox
        self._fate = fate

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._outbox, name)
        if not asyncio.iscoroutinefunction(found):
            return found

        async def mortal(*args: Any, **more: Any) -> Any:
            self._fate.step()
            result = await found(*args, **more)
            self._fate.step()
            return result

        return mortal


def lives(rooms: FakeRooms, storage: Storage, clock: FakeClock, seed: int, *, can_look: bool) -> Iterator[Worker]:
    """Worker after worker, each until it dies."""
    chance = random.Random(seed)
    while True:
        fate = Fate(chance)
        sender = FakeSender(rooms, can_look=can_look, before=fate.reach, after=fate.answer)
        yield Worker(Mortal(storage.outbox, fate), [sender], clock)


@dataclass
class Counts:
    """What became of the deliveries: `lost` reached nobody and are not uncertain, `twice` were seen more than once."""

    deliveries: int = 0
    deaths: int = 0
    uncertain: int = 0
    lost: int = 0
    twice: int = 0

    @property
    def is_good(self) -> bool:
        return (self.lost, self.twice) == (0, 0)


async def simulated(storage: Storage, clock: FakeClock, seeds: Iterable[int], rooms: int, *, can_look: bool) -> Counts:
    """One announcement to `rooms` rooms for each seed, through as many lives as it takes."""
    counts, there = Counts(), FakeRooms()
    for seed in seeds:
        cause = f"run/{seed}"
        await storage.outbox.add([*to_rooms(cause, rooms, text=cause)])
        for worker in lives(there, storage, clock, seed, can_look=can_look):
            try:
                await worker.deliver_due()
            except BaseExceptionGroup:
                counts.deaths += 1
            clock.advance(timedelta(seconds=61))
            found = await storage.outbox.progress(cause)
            if not found.queued:
                break
        heard = [there.texts(f"room{number}").count(cause) for number in range(rooms)]
        counts.deliveries += rooms
        counts.uncertain += found.uncertain
        counts.lost += max(0, heard.count(0) - found.uncertain)
        counts.twice += sum(each > 1 for each in heard)
    return counts


def aside(delivery: Delivery) -> list[Outgoing]:
    """Nobody is told of what is uncertain: it is counted."""
    assert delivery.key
    return []
