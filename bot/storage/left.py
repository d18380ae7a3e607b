"""What ends when the bot is no longer in a room: what the room wanted to hear, and what waits to be said there."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, delete, update

from bot.core.request import RoomRef
from bot.storage import deliveries, subscriptions
from bot.storage.connection import AsyncConnection
from bot.storage.keys import Keys

GONE = "no-room"


async def end_rooms(connection: AsyncConnection, keys: Keys, rooms: Collection[RoomRef], now: datetime) -> int:
    """End it as part of a transaction; how many subscriptions there were.

    What waits fails as `GONE`, and a notice to one person leaves nothing. What may have arrived, after a try without an
    answer, or is on its way, comes to its own end.
    """
    c, count = deliveries.c, 0
    for room in rooms:
        count += await subscriptions.forget_room(connection, keys, room, now.date())
        mark = deliveries.room_mark(keys, room)
        waits = and_(c.room_mark == mark, c.turn.is_not(None), c.state == "queued", ~c.was_unanswered)
        await connection.execute(delete(deliveries.deliveries).where(waits, c.kind == "notice", c.act == "say"))
        ended = deliveries.ended("failed", now, GONE)
        await connection.execute(update(deliveries.deliveries).where(waits).values(ended))
    return count
