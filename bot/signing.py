"""`python -m bot signatures CAMPAIGN`: the list for the organizer, once two moderators have said so within a week."""

import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.announcements.campaigns import as_csv
from bot.core.clock import Clock, SystemClock
from bot.settings import Settings
from bot.storage.open import open_storage
from bot.storage.signatures import StoredSignatures

if TYPE_CHECKING:
    from bot.storage.open import Storage

COMMANDS = ("signatures",)
NEEDED = 2
WITHIN = timedelta(days=7)
_LOOKED_AT = 1000
DONE, FAULTY, UNUSABLE = 0, 1, 2


async def carry_out(settings: Settings, clock: Clock, words: list[str]) -> int:
    """Write the list to standard output; the exit code: 1 where two moderators have not said so."""
    if len(words) != 1:
        sys.stderr.write("Say which campaign: python -m bot signatures CAMPAIGN\n")
        return UNUSABLE
    storage = await open_storage(settings, clock)
    try:
        page = await exported(storage, words[0], clock.now().date())
    finally:
        await storage.close()
    if page is None:
        sys.stderr.write("Two moderators must ask for it within a week, in the bot, before it is written.\n")
        return FAULTY
    sys.stdout.write(page)
    return DONE


async def exported(storage: "Storage", campaign: str, today: date) -> str | None:
    """The list as CSV; None unless two moderators have asked for it within a week."""
    acts = await storage.acts.of(campaign, _LOOKED_AT)
    asked = {act.by for act in acts if act.action == "campaign-export" and today - act.day <= WITHIN}
    if len(asked) < NEEDED:
        return None
    return as_csv(await StoredSignatures(storage.database, SystemClock()).of(campaign))
