"""What comes later than it was to be said says so in its first line: who reads "today at six" knows of which day.

Its author hears it too: the message that comes back from the door says so, and is counted (`bot.outbox.model.Progress`).
"""

from dataclasses import replace
from datetime import datetime

from bot.core.clock import Clock
from bot.core.reply import Paragraph, Planned
from bot.outbox.model import LATE, Delivery, MessageRef
from bot.outbox.ports import Sender


class SayingSo:
    """`bot.outbox.ports.Sender` in front of another one. `clock` is one that nobody sets ahead by mistake."""

    def __init__(self, door: Sender, clock: Clock) -> None:
        self.platform = door.platform
        self._door = door
        self._clock = clock

    @property
    def is_open(self) -> bool:
        return self._door.is_open

    async def deliver(self, delivery: Delivery) -> MessageRef:
        planned = _late(delivery, self._clock.now())
        if planned is None:
            return await self._door.deliver(delivery)
        reply = delivery.outgoing.reply
        told = replace(reply, blocks=(Paragraph((planned.late,)), *reply.blocks))
        late = replace(delivery, outgoing=replace(delivery.outgoing, reply=told))
        return replace(await self._door.deliver(late), is_late=True)

    async def find_delivered(self, delivery: Delivery) -> MessageRef | None:
        found = await self._door.find_delivered(delivery)
        # Which try it was nobody knows: where the first was late, each of them said so.
        if found is None or _late(delivery, delivery.first_tried_at) is None:
            return found
        return replace(found, is_late=True)


def _late(delivery: Delivery, now: datetime) -> Planned | None:
    """The plan of something new that `now` is too late for."""
    planned = delivery.outgoing.reply.planned
    is_late = delivery.outgoing.act == "say" and planned is not None and now - planned.at > LATE
    return planned if is_late else None
