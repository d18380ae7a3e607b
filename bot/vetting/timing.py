"""What happens by the clock: cases that nobody decided expire, and once a day each review room is told what waits."""

from collections.abc import Awaitable, Callable, Sequence

from bot import log
from bot.core.clock import Clock
from bot.errors import TransientError
from bot.outbox.model import Outgoing
from bot.vetting.service import Vetting

EVERY_S = 30.0
DIGEST_HOUR = 15
"""In UTC: morning to evening in the Americas and Europe."""
Add = Callable[[Sequence[Outgoing]], Awaitable[int]]


async def keep_time(opened: Callable[[], Awaitable[Vetting]], add: Add, clock: Clock) -> None:
    """Look every `EVERY_S`, for ever. A round that fails is said and tried again."""
    told = ""
    while True:
        try:
            vetting = await opened()
            await vetting.expire()
            today = clock.now().date().isoformat()
            if clock.now().hour >= DIGEST_HOUR and told != today:
                # A row for this day and room is there once, whichever process adds it.
                await add(await vetting.digest())
                told = today
        except TransientError as error:
            log.warning("vetting.untimed", error=type(error).__name__)
        await clock.sleep(EVERY_S)
