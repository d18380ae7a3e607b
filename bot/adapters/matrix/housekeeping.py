"""Rooms come and go: invites from allowed servers at a steady pace, rooms left when nobody else is there, keys pruned.

Servers allow few joins (Synapse: 10, then one in 10 s), and a failed join stays an invite that returns at each start
(`matrix.md` trap 19): such an invite is declined.
"""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Collection

from bot import log
from bot.adapters.matrix.batch import Batch
from bot.adapters.matrix.incoming import server_of
from bot.adapters.matrix.limiter import Limiter
from bot.adapters.matrix.rooms import Rooms
from bot.adapters.matrix.wire import RefusedError, Wire, path
from bot.core.clock import Clock
from bot.settings import Settings

BURST, EACH_S = 10, 6.0
MOST_INVITES = 500
MOST_OF_ONE = 10
"""So many invites of one person are taken up in `SPAN_S`; the rest is passed over."""
SPAN_S = 3600.0
PRUNE_S = 86_400.0


class Housekeeping:
    """Does one thing at a time; `take_in` only says what there is to do."""

    def __init__(self, wire: Wire, rooms: Rooms, limiter: Limiter, settings: Settings, clock: Clock) -> None:
        self._wire = wire
        self._rooms = rooms
        self._limiter = limiter
        self._clock = clock
        self._servers = allowed_servers(settings)
        self._allowed_rooms = {each.review_rooms.matrix for each in settings.communities}
        self._invites: OrderedDict[str, bool] = OrderedDict()
        self._empty: set[str] = set()
        self._of_one: Counter[str] = Counter()
        self._span_ends = 0.0
        self._tokens, self._filled_at = float(BURST), clock.monotonic()
        self._work = asyncio.Event()

    def take_in(self, batch: Batch) -> None:
        """Note the invites of a sync, and the rooms in which we are now alone."""
        now = self._clock.monotonic()
        if now >= self._span_ends:
            self._of_one.clear()
            self._span_ends = now + SPAN_S
        for room_id, sender in batch.invites.items():
            if room_id in self._invites or len(self._invites) >= MOST_INVITES:
                continue
            self._of_one[sender] += 1
            if self._of_one[sender] <= MOST_OF_ONE:
                self._invites[room_id] = server_of(sender) in self._servers or room_id in self._allowed_rooms
        self._empty |= {room.id for room in batch.joined if room.has_lost and self._is_empty(room.id)}
        if self._invites or self._empty:
            self._work.set()

    @property
    def has_invites(self) -> bool:
        """Whether invites wait that the server says only once: until then its token is not to be kept."""
        return bool(self._invites)

    def _is_empty(self, room_id: str) -> bool:
        room = self._rooms.all().get(room_id)
        return room is not None and set(room.users) == {self._wire.user_id}

    async def run(self) -> None:
        """Work for ever; a fault of the server ends one piece of work, not the rest."""
        while True:
            await self._work.wait()
            self._work.clear()
            for room_id in [each for each in self._empty if self._is_empty(each)]:
                await self._leave(room_id)
            self._empty.clear()
            while self._invites:
                room_id, is_allowed = next(iter(self._invites.items()))
                await self._pace()
                await (self._join(room_id) if is_allowed else self._leave(room_id))
                self._invites.pop(room_id, None)

    async def _pace(self) -> None:
        now = self._clock.monotonic()
        self._tokens = min(BURST, self._tokens + (now - self._filled_at) / EACH_S)
        self._filled_at = now
        self._tokens -= 1
        if self._tokens < 0:
            await self._clock.sleep(-self._tokens * EACH_S)

    async def _join(self, room_id: str) -> None:
        try:
            await self._limiter.run(lambda: self._wire.call("POST", path("join", room_id), {}))
        except RefusedError:
            log.warning("matrix.join-refused")
            await self._leave(room_id)

    async def _leave(self, room_id: str) -> None:
        """Leave or decline a room, and forget it."""
        for act in ("leave", "forget"):
            try:
                await self._limiter.run(lambda act=act: self._wire.call("POST", path("rooms", room_id, act), {}))  # type: ignore[misc]
            except RefusedError:
                log.warning("matrix.leave-refused")
        await self._rooms.forget(room_id)

    async def keep_pruning(self) -> None:
        """Each day, erase the devices and sessions of people and rooms that nothing is shared with any more."""
        while True:
            self.prune()
            await self._clock.sleep(PRUNE_S)

    def prune(self) -> None:
        """Erase them from the store and from what nio holds."""
        client, rooms = self._wire.client, self._rooms.all()
        people = {user_id for room in rooms.values() for user_id in room.users} | {self._wire.user_id}
        count = client.store.prune(people, list(rooms))
        for user_id in [each for each in client.device_store.users if each not in people]:
            del client.device_store._entries[user_id]  # noqa: SLF001  (nio has no call for it)
            client.olm.tracked_users.discard(user_id)
        log.notice("matrix.pruned", count=count)

    def find_empty(self) -> None:
        """Note the rooms in which we were left alone while away."""
        self._empty |= {room_id for room_id in self._rooms.all() if self._is_empty(room_id)}
        if self._empty:
            self._work.set()


def allowed_servers(settings: Settings) -> Collection[str]:
    """The servers whose people may invite: those that were set, else the bot's own."""
    matrix = settings.matrix
    if matrix is None:
        return frozenset()
    return frozenset(matrix.allowed_servers or (server_of(matrix.user_id),))
