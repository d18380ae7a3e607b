"""Run the doors: each is restarted when its platform is away, none takes another down, all close in time.

A door that raises a TransientError is run again after 1 s to 5 min; one that raises a SetupError (a token that is not
taken, say) stays closed, is said, and the others go on. Any other error is a bug: it ends the process, cleanly, and the
service manager starts it again, since a bug must be seen and not slept on.
"""

import asyncio
import contextlib
import os
import random
import signal
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence

from bot import log
from bot.core.clock import Clock
from bot.core.ground import Adapter, Dispatch
from bot.errors import SetupError, TransientError

FIRST_S, MOST_S = 1.0, 300.0
STEADY_S = 600.0
"""A door that ran so long begins again with the shortest wait."""
CLOSE_S = 4.0
END_S = 5.0
"""After a signal the process is gone by then, whatever hangs; commits are safe at any moment."""

Background = Callable[[], Awaitable[None]]


async def run_doors(
    adapters: Sequence[Adapter],
    dispatch_for: Callable[[Adapter], Dispatch],
    clock: Clock,
    stop: asyncio.Event,
    background: Sequence[Background] = (),
    say: Callable[[SetupError], None] = lambda _: None,
) -> int:
    """Run every adapter and background task until `stop` is set, a bug shows, or no door is left.

    The exit status: 0 after `stop`, 1 when a door could not serve or a bug showed. `say` tells whoever runs the bot why
    a door stays closed.
    """
    running = _Running(clock, stop, len(adapters), say)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(running.door(adapter, dispatch_for(adapter))) for adapter in adapters]
        tasks += [group.create_task(running.task(each)) for each in background]
        await stop.wait()
        await _close(adapters)
        for task in tasks:
            task.cancel()
    return running.status


class _Running:
    """The doors of one run, and what became of them."""

    def __init__(self, clock: Clock, stop: asyncio.Event, doors: int, say: Callable[[SetupError], None]) -> None:
        self._clock = clock
        self._stop = stop
        self._open = doors
        self._say = say
        self.status = 0
        if not doors:
            stop.set()

    async def door(self, adapter: Adapter, dispatch: Dispatch) -> None:
        try:
            await supervise(adapter, dispatch, self._clock, self._stop)
        except SetupError as error:
            self.status = 1
            log.failure(f"{adapter.platform}.closed", error)
            self._say(error)
        except Exception as error:  # noqa: BLE001  (a bug: said, and the process ends)
            self._failed(error)
        self._open -= 1
        if not self._open:
            self._stop.set()

    async def task(self, run: Background) -> None:
        try:
            await run()
        except Exception as error:  # noqa: BLE001  (as in `door`)
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        self.status = 1
        log.failure("run.failed", error)
        self._stop.set()


async def supervise(adapter: Adapter, dispatch: Dispatch, clock: Clock, stop: asyncio.Event) -> None:
    """Run one door, again after each TransientError. Returns when it was closed; other errors pass."""
    wait_s = FIRST_S
    while not stop.is_set():
        began = clock.monotonic()
        try:
            log.notice("door.opens", platform=adapter.platform)
            return await adapter.run(dispatch)
        except TransientError as error:
            if clock.monotonic() - began > STEADY_S:
                wait_s = FIRST_S
            log.warning("door.waits", platform=adapter.platform, wait_s=int(wait_s), error=type(error).__name__)
            # Spread, so that many bots do not come back at the same instant.
            await clock.sleep(wait_s * random.uniform(0.5, 1.5))  # noqa: S311
            wait_s = min(wait_s * 2, MOST_S)
    return None


async def _close(adapters: Sequence[Adapter]) -> None:
    """Close all doors at once; what is not closed in time is cut off."""
    closing = [asyncio.wait_for(adapter.close(), CLOSE_S) for adapter in adapters]
    for adapter, result in zip(adapters, await asyncio.gather(*closing, return_exceptions=True), strict=True):
        if isinstance(result, BaseException):
            log.failure(f"{adapter.platform}.close-failed", result)


@contextlib.contextmanager
def stopped_by_signals(stop: asyncio.Event, end: Callable[[int], None] = os._exit) -> Iterator[None]:
    """Set `stop` on SIGTERM and SIGINT; when the process then hangs, even its loop, it is ended before `END_S`.

    Python's own handlers, not those of the loop, which would wait for a loop that hangs.
    """
    loop = asyncio.get_running_loop()
    timer = threading.Timer(END_S - 0.3, end, (1,))
    timer.daemon = True
    is_stopping = False

    def on_signal(*_: object) -> None:
        nonlocal is_stopping
        if not is_stopping:
            is_stopping = True
            timer.start()
            loop.call_soon_threadsafe(stop.set)

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        timer.cancel()
