"""Plain messages of people, and what the bot says back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .interactions import UnansweredError
from .routes_messages import reaction_event
from .state import Channel, Message, User

if TYPE_CHECKING:
    from .world import World


@dataclass(eq=False, repr=False)
class Said:
    """A message of a person. `replies`: what the bot wrote in the same place since, edits included once."""

    world: World
    message: Message
    replies: list[Message] = field(default_factory=list)
    is_delivered: bool = False
    _event: asyncio.Event = field(default_factory=asyncio.Event)

    def heard(self, message: Message) -> None:
        if message.author is self.world.bot and message.channel is self.message.channel and message not in self.replies:
            if message.id > self.message.id:
                self.replies.append(message)
            self._event.set()

    async def answered(self, timeout: float = 3.0, *, count: int = 1) -> Message:  # noqa: ASYNC109 - reads well in tests
        """The bot's `count`-th message after this one."""
        try:
            async with asyncio.timeout(timeout):
                while len(self.replies) < count:
                    self._event.clear()
                    await self._event.wait()
        except TimeoutError:
            reach = "" if self.is_delivered else " (nobody was connected or may read it)"
            raise UnansweredError(
                f"{len(self.replies)} replies to {self.message.content!r}{reach}, not {count}"
            ) from None
        return self.replies[count - 1]

    async def stays_unanswered(self, for_s: float = 0.3) -> bool:
        try:
            await self.answered(for_s)
        except UnansweredError:
            return True
        return False


def say(
    world: World, channel: Channel, user: User, text: str, reply_to: Message | None, *, pings: bool, kind: int = 0,
    age_s: float = 0.0,
) -> Said:  # fmt: skip
    """Post as a person. A reply pings its author unless `pings` is False."""
    message = Message(world.ids.make(age_s=age_s), channel, user, content=text, reference=reply_to)
    message.type = 19 if reply_to is not None else kind
    allowed = None if pings else {"parse": ["users", "roles", "everyone"], "replied_user": False}
    world.mention(message, allowed, ("users", "roles", "everyone"))
    said = Said(world, message)
    world.on_bot_message.append(said.heard)
    before = world.emitted
    world.post(message)
    said.is_delivered = world.emitted > before
    return said


def react(world: World, user: User, message: Message, emoji: str) -> None:
    message.reactions.setdefault(emoji, []).append(user.id)
    guild = message.channel.guild
    event, data = reaction_event(message, emoji, user.id, "MESSAGE_REACTION_ADD")
    world.emit(event, data, guild_id=guild.id if guild is not None else None)


def rewrite(world: World, message: Message, text: str) -> None:
    """A person edits what they wrote."""
    message.content = text
    world.mention(message, None, ("users", "roles", "everyone"))
    world.changed(message)
