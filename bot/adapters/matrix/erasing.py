"""What "leave no trace" takes back: the bot's own messages of the last day in one chat."""

from datetime import datetime, timedelta
from typing import Any

from bot.adapters.matrix.wire import Wire, path

SPAN = timedelta(days=1)
MOST_PAGES = 20
_KINDS = ("m.room.encrypted", "m.room.message")


async def own_messages(wire: Wire, room_id: str, now: datetime) -> list[str]:
    """Their ids, newest first, read back from the room; none that is taken back already. Raises as `Wire.call` does."""
    since_ms = (now - SPAN).timestamp() * 1000
    found: list[str] = []
    start: dict[str, Any] = {}
    for _ in range(MOST_PAGES):
        page = await wire.call("GET", path("rooms", room_id, "messages", dir="b", limit=100, **start))
        events = [event for event in page.get("chunk", ()) if isinstance(event, dict)]
        found += [
            str(event.get("event_id"))
            for event in events
            if event.get("sender") == wire.user_id
            and event.get("type") in _KINDS
            and event.get("content")
            and event.get("origin_server_ts", 0) >= since_ms
        ]
        if not events or not page.get("end") or events[-1].get("origin_server_ts", 0) < since_ms:
            break
        start = {"from": str(page["end"])}
    return found
