"""What "leave no trace" takes back: the bot's own messages of the last day in one chat."""

from datetime import datetime, timedelta

from bot.adapters.matrix.history import pages_back
from bot.adapters.matrix.wire import Wire

SPAN = timedelta(days=1)
_KINDS = ("m.room.encrypted", "m.room.message")


async def own_messages(wire: Wire, room_id: str, now: datetime) -> list[str]:
    """Their ids, newest first, read back from the room; none that is taken back already. Raises as `Wire.call` does."""
    since_ms = (now - SPAN).timestamp() * 1000
    found: list[str] = []
    async for events, _ in pages_back(lambda where: wire.call("GET", where), room_id):
        found += [
            str(event.get("event_id"))
            for event in events
            if event.get("sender") == wire.user_id
            and event.get("type") in _KINDS
            and event.get("content")
            and event.get("origin_server_ts", 0) >= since_ms
        ]
        if not events or events[-1].get("origin_server_ts", 0) < since_ms:
            break
    return found
