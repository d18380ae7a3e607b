"""What comes later than it was to be said says so in its first line: who reads "today at six" knows of which day.

A few minutes are no delay: a platform that was away for ten minutes leaves no trace in what is said.
"""

from dataclasses import replace
from datetime import timedelta

from bot.core.clock import Clock
from bot.core.reply import Paragraph
from bot.outbox.model import Delivery, MessageRef
from bot.outbox.ports import Sender

MOST = timedelta(minutes=15)


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
        return await self._door.deliver(self._told(delivery))

    async def find_delivered(self, delivery: Delivery) -> MessageRef | None:
        return await self._door.find_delivered(delivery)

    def _told(self, delivery: Delivery) -> Delivery:
        outgoing = delivery.outgoing
        reply, planned = outgoing.reply, outgoing.reply.planned
        if outgoing.act != "say" or planned is None or self._clock.now() - planned.at <= MOST:
            return delivery
        late = replace(reply, blocks=(Paragraph((planned.late,)), *reply.blocks))
        return replace(delivery, outgoing=replace(outgoing, reply=late))
