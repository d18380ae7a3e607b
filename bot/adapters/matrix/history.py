"""What was said in a room before, read back from the homeserver page by page."""

from collections.abc import AsyncIterator, Awaitable, Callable

from bot.adapters.matrix.batch import Event
from bot.adapters.matrix.wire import Json, path

MOST_PAGES = 20
A_PAGE = 100


async def pages_back(
    ask: Callable[[str], Awaitable[Json]], room_id: str, **start: str
) -> AsyncIterator[tuple[list[Event], bool]]:
    """The pages of a room, the newest first, at most `MOST_PAGES`: its events, and whether nothing lies before them.

    `ask` makes the request of a path, and what it raises passes; `start` are parameters of the first one.
    """
    for _ in range(MOST_PAGES):
        page = await ask(path("rooms", room_id, "messages", dir="b", limit=A_PAGE, **start))
        start["from"] = str(page.get("end") or "")
        yield [event for event in page.get("chunk", ()) if isinstance(event, dict)], not start["from"]
        if not start["from"]:
            return
