"""Scheduled events of a server that take place somewhere else (EXTERNAL). API docs, Guild Scheduled Event."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from . import wire
from .errors import ApiError, Fault, Json, invalid_body, missing_permissions, unknown
from .permissions import Can, in_guild
from .state import Guild, ScheduledEvent

if TYPE_CHECKING:
    from .calls import Call, Handler

EVENTS = "/guilds/{guild_id}/scheduled-events"
EVENT = EVENTS + "/{guild_scheduled_event_id}"
EXTERNAL = 3
SCHEDULED, ACTIVE, COMPLETED = 1, 2, 3
MOST = 100
LIMITS = {"name": 100, "description": 1000}
LOCATION = 100


def allowed(call: Call) -> Guild:
    """CREATE_EVENTS makes, and changes and deletes what is one's own; MANAGE_EVENTS all of them (API docs, Permissions)."""
    guild = call.world.guild(call.path["guild_id"])
    if not in_guild(guild, call.world.bot.id) & (Can.CREATE_EVENTS | Can.MANAGE_EVENTS):
        raise missing_permissions()
    return guild


def now(call: Call) -> datetime:
    return datetime.fromtimestamp(call.world.clock.now(), UTC)


def status(call: Call, event: ScheduledEvent) -> int:
    """An external one begins and ends by the clock."""
    at = now(call)
    return COMPLETED if at >= event.end else ACTIVE if at >= event.start else SCHEDULED


def shown(call: Call, event: ScheduledEvent) -> Json:
    return wire.event_json(event, status(call, event))


def found(call: Call) -> ScheduledEvent:
    guild = call.world.guild(call.path["guild_id"])
    event = guild.events.get(int(call.path["guild_scheduled_event_id"]))
    if event is None:
        raise unknown("Guild Scheduled Event", 10070)
    return event


def checked(call: Call, body: dict[str, Json], before: ScheduledEvent | None) -> None:
    """What the description of the API does not hold."""
    faults = [
        Fault((name,), "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {most} in length.")
        for name, most in LIMITS.items()
        if name in body and not 1 <= len(body[name] or "") <= most
    ]
    location = (body.get("entity_metadata") or {}).get("location")
    if before is None and (body["entity_type"] != EXTERNAL or not body.get("scheduled_end_time")):
        faults.append(Fault(("scheduled_end_time",), "BASE_TYPE_REQUIRED", "This field is required"))
    if location is not None and not 1 <= len(location) <= LOCATION:
        text = f"Must be between 1 and {LOCATION} in length."
        faults.append(Fault(("entity_metadata", "location"), "BASE_TYPE_BAD_LENGTH", text))
    start, end = (_instant(body.get(f"scheduled_{each}_time")) for each in ("start", "end"))
    if start is not None and start <= now(call):
        text = "Cannot schedule event in the past."
        faults.append(Fault(("scheduled_start_time",), "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", text))
    first, last = (start or (before and before.start)), (end or (before and before.end))
    if first and last and last <= first:
        text = "Cannot schedule event to end before it starts."
        faults.append(Fault(("scheduled_end_time",), "GUILD_SCHEDULED_EVENT_SCHEDULE_END", text))
    if faults:
        raise invalid_body(faults)


async def listed(call: Call) -> Json:
    guild = call.world.guild(call.path["guild_id"])
    return [shown(call, each) for each in guild.events.values() if status(call, each) != COMPLETED]


async def make(call: Call) -> Json:
    guild = allowed(call)
    checked(call, call.body, None)
    if len(await listed(call)) >= MOST:
        raise ApiError(400, 30038, "Maximum number of uncompleted guild scheduled events reached (100)")
    event = ScheduledEvent(
        call.world.ids.make(), guild, call.world.bot, call.body["name"], call.body.get("description"),
        call.body["entity_metadata"]["location"], datetime.fromisoformat(call.body["scheduled_start_time"]),
        datetime.fromisoformat(call.body["scheduled_end_time"]),
    )  # fmt: skip
    guild.events[event.id] = event
    return shown(call, event)


async def show(call: Call) -> Json:
    return shown(call, found(call))


async def edit(call: Call) -> Json:
    allowed(call)
    event, body = found(call), call.body
    state = status(call, event)
    if state == COMPLETED:
        raise ApiError(400, 180000, "Cannot update a finished event")
    if state == ACTIVE and "scheduled_start_time" in body:
        text = "The start of an event that has begun stays."
        raise invalid_body([Fault(("scheduled_start_time",), "GUILD_SCHEDULED_EVENT_STARTED", text)])
    checked(call, body, event)
    event.name = body.get("name", event.name)
    event.description = body.get("description", event.description)
    event.location = (body.get("entity_metadata") or {}).get("location", event.location)
    event.start = _instant(body.get("scheduled_start_time")) or event.start
    event.end = _instant(body.get("scheduled_end_time")) or event.end
    return shown(call, event)


async def remove(call: Call) -> Json:
    allowed(call)
    event = found(call)
    del event.guild.events[event.id]


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


ROUTES: dict[str, Handler] = {
    f"GET {EVENTS}": listed,
    f"POST {EVENTS}": make,
    f"GET {EVENT}": show,
    f"PATCH {EVENT}": edit,
    f"DELETE {EVENT}": remove,
}
