"""What handlers and doors need kept, as ports; `bot.storage` keeps it, and memory does where nothing may be written.

Ids of platforms go in and never rest: a keyed hash or a sealed field of them does.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.core.form import Form

MOST_KNOWN = 20_000


@dataclass(frozen=True, slots=True)
class PendingEvent:
    """A Matrix event as it came, still encrypted: JSON text. `received_at` is when it came here.

    `claim` is what one event alone may use, ever (sender, session and index of an encrypted message); empty for none.
    """

    id: str = field(repr=False)
    event: str = field(repr=False)
    received_at: datetime
    claim: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form being asked one question at a time; `values` holds what was answered, in the order of the fields.

    `seen` is the id of the last request it took in: a door that hands it over again after a crash answers no second
    question with it.
    """

    form: Form
    values: dict[str, str] = field(repr=False)
    locale: str
    expires_at: datetime
    seen: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person asked to have remembered, and nothing else."""

    language: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class RoomSettings:
    """What administrators set for a server or room. `commands` are the ones in use, None for all."""

    language: str | None = None
    revealing_words: tuple[str, ...] = ()
    commands: tuple[str, ...] | None = None
    home: str | None = None


class HandledEvents(Protocol):
    """Events already answered, for 14 days."""

    async def is_handled(self, platform: str, event_id: str) -> bool: ...

    async def handle(self, platform: str, event_id: str) -> bool:
        """Note an event; False when it was noted before, so that of two who try one goes on."""
        ...


class PendingEvents(Protocol):
    """Matrix events waiting for their answer, at most 24 hours."""

    async def keep(
        self, events: Sequence[PendingEvent], position: str | None = None, finished: Sequence[str] = ()
    ) -> frozenset[str]:
        """In one step: erase the events `finished` and note them as handled, keep `events` and the sync token after them.

        The ids that are new: left out are those kept or handled before, and those whose claim another event has.
        """
        ...

    async def waiting(self) -> list[PendingEvent]:
        """What waits, in the order it came."""
        ...


class Forms(Protocol):
    """Forms half filled, by a key of room and person."""

    async def get(self, key: str, now: datetime) -> OpenForm | None: ...
    async def put(self, key: str, form: OpenForm) -> None: ...
    async def erase(self, key: str) -> bool: ...


class MemoryForms:
    """`Forms` in memory: for a door that keeps nothing."""

    def __init__(self) -> None:
        self._open: dict[str, OpenForm] = {}

    async def get(self, key: str, now: datetime) -> OpenForm | None:
        form = self._open.get(key)
        return form if form and form.expires_at > now else None

    async def put(self, key: str, form: OpenForm) -> None:
        self._open[key] = form

    async def erase(self, key: str) -> bool:
        return self._open.pop(key, None) is not None


class KnownForms:
    """`Forms` of one door, which need not be asked again for who has none: one process alone serves a conversation."""

    def __init__(self, forms: Forms) -> None:
        self._forms = forms
        self._without: dict[str, None] = {}

    async def get(self, key: str, now: datetime) -> OpenForm | None:
        if key in self._without:
            return None
        form = await self._forms.get(key, now)
        if form is None:
            self._note(key)
        return form

    async def put(self, key: str, form: OpenForm) -> None:
        self._without.pop(key, None)
        await self._forms.put(key, form)

    async def erase(self, key: str) -> bool:
        return await self._forms.erase(key)

    def _note(self, key: str) -> None:
        self._without[key] = None
        if len(self._without) > MOST_KNOWN:
            del self._without[next(iter(self._without))]


class PreferenceStore(Protocol):
    """Languages and places people asked to have remembered, by the mark of the person (`People`)."""

    async def of(self, person: str, now: datetime) -> Preferences | None: ...
    async def remember(self, person: str, preferences: Preferences, now: datetime) -> None: ...
    async def forget(self, person: str) -> bool: ...


class RoomFacts(Protocol):
    """What must be known of a room or server after a restart."""

    async def note_encrypted(self, platform: str, room_id: str) -> None: ...
    async def was_encrypted(self, platform: str, room_id: str) -> bool: ...
    async def settings_of(self, platform: str, room_id: str) -> RoomSettings: ...
    async def set_settings(self, platform: str, room_id: str, settings: RoomSettings) -> None: ...
    async def left(self, platform: str, room_ids: Collection[str], server: str = "") -> None:
        """The bot is no longer in these rooms, nor in any of `server`: they want to hear nothing more, and what waits to
        be said there ends.
        """
        ...

    async def servers(self, platform: str) -> frozenset[str]:
        """The servers in which rooms want to hear something."""
        ...

    async def forget(self, platform: str, room_id: str) -> bool: ...


class SyncState(Protocol):
    """Where an adapter stands and what its account needs: sync token, device, keys. Sealed."""

    async def get(self, platform: str, name: str) -> str | None: ...
    async def put(self, platform: str, name: str, value: str) -> None: ...
    async def all(self, platform: str, prefix: str) -> dict[str, str]:
        """Those values whose names begin so, by name."""
        ...

    async def erase(self, platform: str, name: str) -> None: ...
    async def forget(self, platform: str) -> int: ...


class People(Protocol):
    """Names for people that say nothing to who has no key. In memory only, but for `preferences`."""

    def mark(self, platform: str, user_id: str) -> str: ...
