"""Work in the background that needs the database: what cannot be kept now is said in the log and tried again."""

from collections.abc import Awaitable, Callable

from bot import log
from bot.core.clock import Clock
from bot.errors import StorageError

Work = Callable[[], Awaitable[object]]


async def keep_doing(work: Work, clock: Clock, every_s: float, fault: str) -> None:
    """Do it and wait so long, for ever. A database that is away is said as `fault`; other errors pass."""
    while True:
        await _is_done(work, fault)
        await clock.sleep(every_s)


async def do_once(work: Work, clock: Clock, again_s: float, fault: str) -> None:
    """Return when it is done; as long as the database is away it is tried again after so long."""
    while not await _is_done(work, fault):
        await clock.sleep(again_s)


async def _is_done(work: Work, fault: str) -> bool:
    try:
        await work()
    except StorageError as error:
        log.warning(fault, error=type(error).__name__)
        return False
    return True
