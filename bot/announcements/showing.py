"""The published events as a file beside the directory, for a terminal, which opens no database (`design.md` decision 6).

A running bot writes it anew within `EVERY_S` of a change. In it stands what everybody is told: no address of an event for
peers, no moderator.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot import log
from bot.announcements.events import Event, event_of, values_of
from bot.core.clock import Clock
from bot.core.rounds import keep_doing
from bot.directory.merging import write_whole

FILE = "events.json"
EVERY_S = 5.0


@dataclass(slots=True)
class Showing:
    """Keeps the file of `folder` as what `coming` gives."""

    coming: Callable[[], Awaitable[Sequence[Event]]]
    folder: Path
    clock: Clock
    _written: str = ""

    async def run(self) -> None:
        """For ever; a database or a disk that is away is tried again."""
        await keep_doing(self.show, self.clock, EVERY_S, "events.not-shown")

    async def show(self) -> None:
        """Write what is coming, if it is something else than the last time; a disk that is full is said. Raises StorageError."""
        text = dumped(await self.coming())
        if text == self._written:
            return
        try:
            await asyncio.to_thread(write_whole, self.folder / FILE, text, 0o600)
            self._written = text
        except OSError as error:
            log.warning("events.not-written", error=type(error).__name__)


def dumped(events: Sequence[Event]) -> str:
    """What everybody is told of these events, as JSON."""
    told = [replace(each, by="", approved=(), address=each.public_address) for each in events]
    return json.dumps([{"code": each.code, **values_of(each)} for each in told], ensure_ascii=False, indent=1) + "\n"


def shown_in(folder: Path) -> list[Event]:
    """The events of the file, the soonest first; none where there is no file, or none that can be read."""
    try:
        held = json.loads((folder / FILE).read_text("utf-8"))
        return [
            event_of({key: each[key] for key in each if key != "code"}, each["code"], "", "published") for each in held
        ]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        log.warning("events.unreadable", error=type(error).__name__)
        return []
