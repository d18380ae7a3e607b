"""Rooms of a platform that only exists here, and a door to them that fails as it is told to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.core.reply import Paragraph, Reply
from bot.core.request import RoomRef
from bot.outbox.model import Delivery, MessageRef, Outgoing
from bot.outbox.ports import CannotLookError, UnansweredError


def says(text: str) -> Reply:
    return Reply((Paragraph((text,)),), audience="room")


def text_of(reply: Reply) -> str:
    return " ".join(str(span) for block in reply.blocks if isinstance(block, Paragraph) for span in block.spans)


def to_rooms(cause: str, count: int, platform: str = "test", text: str = "hello") -> Iterator[Outgoing]:
    return (Outgoing(cause, RoomRef(platform, f"room{number}"), says(text), "announcement") for number in range(count))


@dataclass
class FakeRooms:
    """What stands in each room, by message id: (key, text)."""

    said: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    count: int = 0

    def say(self, delivery: Delivery) -> MessageRef:
        self.count += 1
        message = f"m{self.count}"
        room = delivery.outgoing.room
        self.said.setdefault(room.id, {})[message] = (delivery.key, text_of(delivery.outgoing.reply))
        return MessageRef(room, message)

    def texts(self, room: str) -> list[str]:
        return [text for _, text in self.said.get(room, {}).values()]


@dataclass
class FakeSender:
    """`bot.outbox.ports.Sender` into `rooms`. `before` and `after` the arrival may raise what is to happen."""

    rooms: FakeRooms = field(default_factory=FakeRooms)
    platform: str = "test"
    can_look: bool = True
    is_open: bool = True
    before: Callable[[Delivery], None] = lambda _: None
    after: Callable[[Delivery], None] = lambda _: None
    tried: list[str] = field(default_factory=list)

    async def deliver(self, delivery: Delivery) -> MessageRef:
        self.tried.append(delivery.outgoing.room.id)
        self.before(delivery)
        message = self._carried_out(delivery)
        self.after(delivery)
        return message

    def _carried_out(self, delivery: Delivery) -> MessageRef:
        outgoing = delivery.outgoing
        if outgoing.act == "say":
            return self.rooms.say(delivery)
        assert delivery.message is not None
        there = self.rooms.said[outgoing.room.id]
        if outgoing.act == "change":
            there[delivery.message.id] = (there[delivery.message.id][0], text_of(outgoing.reply))
        else:
            there.pop(delivery.message.id, None)
        return delivery.message

    async def find_delivered(self, delivery: Delivery) -> MessageRef | None:
        if not self.can_look:
            raise CannotLookError
        there = self.rooms.said.get(delivery.outgoing.room.id, {})
        return next(
            (MessageRef(delivery.outgoing.room, id_) for id_, (key, _) in there.items() if key == delivery.key), None
        )


def loses_answer(_: Delivery) -> None:
    raise UnansweredError
