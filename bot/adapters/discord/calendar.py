"""Events of the outbox in the calendar of a server (API docs, Guild Scheduled Event): put in, changed, taken out.

The bot needs "Create Events" there, which is also the right to change and delete its own. An event has no nonce: its
code is the last line of its description, and by that an earlier try is found among the bot's own events.
"""

from typing import Any

import discord

from bot.adapters.discord.incoming import CALENDAR
from bot.adapters.discord.outgoing import shortened
from bot.core.reply import Gathering
from bot.outbox.model import Delivery, MessageRef
from bot.outbox.ports import RefusedError

NAME, WHERE, ABOUT = 100, 100, 1000
"""API docs, Guild Scheduled Event: the most characters of each."""
UNKNOWN_EVENT = 10070


class Calendar:
    """The calendars of all servers. Raises the errors of the library, and RefusedError."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def delivered(self, delivery: Delivery) -> MessageRef:
        """Put it in, change it or take it out; where it is."""
        guild, said = await self._guild(delivery), delivery.outgoing
        if said.act == "say":
            made = await guild.create_scheduled_event(
                entity_type=discord.EntityType.external,
                privacy_level=discord.PrivacyLevel.guild_only,
                start_time=_gathering(delivery).begins_at,
                **_shown(_gathering(delivery)),
            )
            return MessageRef(said.room, str(made.id))
        if delivery.message is None:
            raise RefusedError("no-message")
        try:
            event = await guild.fetch_scheduled_event(int(delivery.message.id))
            await (event.delete() if said.act == "withdraw" else _changed(event, _gathering(delivery)))
        except discord.NotFound as error:
            # Somebody else took it out: that is what a withdrawal wants.
            if said.act != "withdraw" or error.code != UNKNOWN_EVENT:
                raise
        return delivery.message

    async def found(self, delivery: Delivery) -> MessageRef | None:
        """What an earlier try left in the calendar, None when there is nothing."""
        code = _gathering(delivery).code
        for event in await (await self._guild(delivery)).fetch_scheduled_events(with_counts=False):
            is_ours = self._client.user is not None and event.creator_id == self._client.user.id
            if is_ours and (event.description or "").rpartition("\n")[2] == code:
                return MessageRef(delivery.outgoing.room, str(event.id))
        return None

    async def _guild(self, delivery: Delivery) -> discord.Guild:
        """The server, asked of Discord: another process may be the one that its shard belongs to."""
        guild_id = delivery.outgoing.room.id.removeprefix(CALENDAR)
        if not guild_id.isdecimal():
            raise RefusedError("no-room")
        return await self._client.fetch_guild(int(guild_id), with_counts=False)


def _gathering(delivery: Delivery) -> Gathering:
    gathering = delivery.outgoing.reply.gathering
    if gathering is None:
        raise RefusedError("not-taken")
    return gathering


async def _changed(event: discord.ScheduledEvent, gathering: Gathering) -> None:
    """Bring it up to date; when one has begun, its beginning stays. Raises RefusedError for one that is over."""
    match event.status:
        case discord.EventStatus.scheduled:
            await event.edit(start_time=gathering.begins_at, **_shown(gathering))
        case discord.EventStatus.active:
            await event.edit(**_shown(gathering))
        case _:
            raise RefusedError("no-message")


def _shown(gathering: Gathering) -> dict[str, Any]:
    about = gathering.about
    most = ABOUT - len(gathering.code) - 1
    return {
        "name": shortened(gathering.title, NAME),
        "end_time": gathering.ends_at,
        "location": shortened(gathering.where, WHERE),
        "description": f"{about if len(about) <= most else about[: most - 1] + '…'}\n{gathering.code}",
    }
