"""What one sync brought, cut in two: state for nio, and what people said for us. Pure.

Events of people never go through nio's sync: it decrypts them there, drops the encrypted form, and loses the batch when
one callback fails (`matrix.md` traps 7 and 10). Here they stay as they came until a worker answers them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Event = dict[str, Any]
_VERSIONS_OF_CREATORS = 12


@dataclass(frozen=True, slots=True)
class RoomBatch:
    """One joined room: `events` of people in their order; `creators` where the sync says who made it.

    `is_limited` says that events before these were left out; they can be paged back from `before`. `is_new`: we joined
    just now, and what came before was not said to us. `has_lost`: somebody else is no longer there.
    """

    id: str = field(repr=False)
    events: tuple[Event, ...] = field(repr=False)
    creators: frozenset[str] | None = field(default=None, repr=False)
    is_limited: bool = False
    before: str = ""
    is_new: bool = False
    has_lost: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """One sync. `invites` is room id to who asked us in; `left` are rooms we are no longer in.

    All is read before nio gets the sync, since it changes what it is given.
    """

    position: str
    joined: tuple[RoomBatch, ...]
    invites: Mapping[str, str]
    left: tuple[str, ...]
    key_count: int | None


def taken_out(raw: dict[str, Any], own_id: str) -> Batch:
    """What `raw` brought; the events of people are taken out of it, what remains is for nio."""
    rooms = _dict(raw.get("rooms"))
    joined = tuple(
        _room(room_id, room, own_id) for room_id, room in _dict(rooms.get("join")).items() if isinstance(room, dict)
    )
    invites = {
        room_id: sender
        for room_id, room in _dict(rooms.get("invite")).items()
        if (sender := inviter(tuple(_events(_dict(_dict(room).get("invite_state")))), own_id)) is not None
    }
    count = _dict(raw.get("device_one_time_keys_count")).get("signed_curve25519")
    return Batch(
        str(raw.get("next_batch", "")),
        joined,
        invites,
        tuple(_dict(rooms.get("leave"))),
        count if isinstance(count, int) else None,
    )


def _room(room_id: str, room: dict[str, Any], own_id: str) -> RoomBatch:
    timeline = _dict(room.get("timeline"))
    events = list(_events(timeline))
    states = [event for event in events if "state_key" in event]
    if timeline:
        timeline["events"] = states
    is_new = any(_is_own(event, own_id, "join") and _membership_before(event) != "join" for event in events)
    said = _said_to_us(events, own_id) if is_new else events
    return RoomBatch(
        room_id,
        tuple(event for event in said if "state_key" not in event),
        creators((*_events(_dict(room.get("state"))), *states)),
        bool(timeline.get("limited")),
        str(timeline.get("prev_batch", "")),
        is_new,
        any(_is_gone(event, own_id) for event in states),
    )


def _said_to_us(events: list[Event], own_id: str) -> list[Event]:
    """The events after we were asked in: what was said before is history (a client writes before we have joined)."""
    asked = [at for at, event in enumerate(events) if _is_own(event, own_id, "invite")]
    joined = [at for at, event in enumerate(events) if _is_own(event, own_id, "join")]
    # A profile changed later is a join event as well; only one that follows another membership begins our time.
    first = [at for at in joined if _membership_before(events[at]) != "join"]
    start = asked[-1] if asked else first[-1] if first else -1
    return events[start + 1 :]


def _membership_before(event: Event) -> str:
    unsigned = _dict(event.get("unsigned"))
    return str(_dict(unsigned.get("prev_content")).get("membership", ""))


def _is_own(event: Event, own_id: str, membership: str) -> bool:
    return (
        event.get("type") == "m.room.member"
        and event.get("state_key") == own_id
        and _dict(event.get("content")).get("membership") == membership
    )


def _is_gone(event: Event, own_id: str) -> bool:
    membership = _dict(event.get("content")).get("membership")
    is_other = event.get("type") == "m.room.member" and event.get("state_key") != own_id
    return is_other and membership in ("leave", "ban")


def inviter(states: tuple[Event, ...], own_id: str) -> str | None:
    """Who asked us in; None when these states are no invite (a member event of somebody else comes too)."""
    return next((str(event.get("sender", "")) for event in states if _is_own(event, own_id, "invite")), None)


def creators(states: tuple[Event, ...]) -> frozenset[str] | None:
    """Who may do everything in the room, from version 12 on; empty for older rooms, None where nothing is said.

    They stand in no `power_levels` (`matrix.md` trap 17).
    """
    for event in states:
        if event.get("type") == "m.room.create":
            content = _dict(event.get("content"))
            version = str(content.get("room_version", "1"))
            if not version.isdecimal() or int(version) < _VERSIONS_OF_CREATORS:
                return frozenset()
            more = content.get("additional_creators")
            others = [each for each in more if isinstance(each, str)] if isinstance(more, list) else []
            return frozenset((str(event.get("sender", "")), *others))
    return None


def redacted(event: Event) -> str | None:
    """The id of the event this one takes back, None when it takes none back."""
    if event.get("type") != "m.room.redaction":
        return None
    found = event.get("redacts") or _dict(event.get("content")).get("redacts")
    return found if isinstance(found, str) else None


def _events(holder: dict[str, Any]) -> Iterator[Event]:
    events = holder.get("events")
    return (event for event in events if isinstance(event, dict)) if isinstance(events, list) else iter(())


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
