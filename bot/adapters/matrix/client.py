"""The door to Matrix while it runs: reads the sync, keeps what people said, and hands it to the lines of the rooms.

Order is everything here: nio takes keys and state into its store, the events of people are kept (still encrypted)
together with the sync token, and only then are they answered; an answered event is erased and noted in one step. So a
crash at any point repeats something the server knows by its transaction id, and loses nothing.
"""

import asyncio
import contextlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nio import SyncResponse  # type: ignore[import-untyped]

from bot import log
from bot.adapters.matrix import account, keying, verifying
from bot.adapters.matrix.answering import Answerer
from bot.adapters.matrix.batch import Batch, Event, RoomBatch, taken_out
from bot.adapters.matrix.crosssigning import Identity
from bot.adapters.matrix.delivering import Deliverer
from bot.adapters.matrix.history import pages_back
from bot.adapters.matrix.housekeeping import Housekeeping
from bot.adapters.matrix.incoming import OLDEST_S, said_at
from bot.adapters.matrix.ledger import Ledger
from bot.adapters.matrix.limiter import Limiter
from bot.adapters.matrix.lines import Lines, Waiting
from bot.adapters.matrix.opening import Opener, kept, waited
from bot.adapters.matrix.review import ReviewRooms
from bot.adapters.matrix.rooms import Rooms
from bot.adapters.matrix.sending import Sender
from bot.adapters.matrix.store import FILE, locked
from bot.adapters.matrix.wire import AwayError, Json, LimitedError, RefusedError, Wire, path
from bot.core.ground import Dispatch, Ground
from bot.errors import BotError, StorageError
from bot.outbox.model import Delivery, MessageRef
from bot.outbox.ports import LaterError
from bot.settings import MatrixSettings
from bot.text.messages import Messages

POLL_S = 30
HANDS_S = 2.5
"""So long what is being answered may take once the door closes."""
CLOSE_S = 3.5
FIRST_S, MOST_S = 1.0, 30.0
POSITION_S = 20.0
"""A sync token after which nobody said anything is kept this often at most."""
_NONE: Json = {"not_types": ["*"]}
FILTER: Json = {
    "presence": _NONE,
    "account_data": _NONE,
    "room": {"ephemeral": _NONE, "account_data": _NONE, "timeline": {"limit": 50}},
}


def make_wire(ground: Ground, settings: MatrixSettings) -> Wire:
    """The line to the homeserver of `settings`, with the keys of this installation."""
    secrets, folder = ground.secrets, ground.settings.data_dir
    keys = secrets.file_key(folder / FILE), secrets.subkey("db", "matrix/pickle")
    return Wire(settings.homeserver, settings.user_id, folder, *keys)


@dataclass(slots=True)
class Parts:
    """What one run is made of."""

    wire: Wire
    rooms: Rooms
    limiter: Limiter
    sender: Sender
    answerer: Answerer
    housekeeping: Housekeeping
    lines: Lines
    deliverer: Deliverer
    ledger: Ledger


class MatrixDoor:
    """`bot.core.ground.Adapter` and `bot.outbox.ports.Sender` for Matrix."""

    platform = "matrix"
    shows_forms = False

    def __init__(self, ground: Ground, settings: MatrixSettings) -> None:
        self._ground = ground
        self._settings = settings
        self._closing = asyncio.Event()
        self._is_closed = asyncio.Event()
        self._position: str | None = None
        self._kept_at = 0.0
        self.parts: Parts | None = None
        self.is_ready = asyncio.Event()

    async def run(self, dispatch: Dispatch) -> None:
        """Serve until `close`. Raises SetupError for an account that is not taken, TransientError for what passes."""
        if self._closing.is_set():
            return
        self._is_closed.clear()
        try:
            with locked(self._ground.settings.data_dir):
                wire = make_wire(self._ground, self._settings)
                try:
                    await self._until_closed(self._serve(wire, dispatch))
                finally:
                    await wire.close()
        finally:
            self._is_closed.set()

    async def close(self) -> None:
        """End `run`; what is being answered is finished first, within four seconds."""
        self._closing.set()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._is_closed.wait(), CLOSE_S)

    @property
    def is_open(self) -> bool:
        """`bot.outbox.ports.Sender`."""
        return self.parts is not None

    async def deliver(self, delivery: Delivery) -> MessageRef:
        """`bot.outbox.ports.Sender`: one try. Raises LaterError while the door is not open."""
        if self.parts is None:
            raise LaterError
        return await self.parts.deliverer.deliver(delivery)

    async def find_delivered(self, delivery: Delivery) -> MessageRef | None:
        """`bot.outbox.ports.Sender`: what an earlier try left in the room. Raises LaterError while the door is not open."""
        if self.parts is None:
            raise LaterError
        return await self.parts.deliverer.find_delivered(delivery)

    async def _until_closed(self, serving: Any) -> None:
        task = asyncio.create_task(serving)
        closing = asyncio.create_task(self._closing.wait())
        try:
            await asyncio.wait({task, closing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            closing.cancel()
            if not task.done():
                task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    async def _serve(self, wire: Wire, dispatch: Dispatch) -> None:
        identity = await account.open_account(wire, self._settings, self._ground.state)
        parts = self._parts(wire, dispatch, identity)
        await parts.sender.begin()
        await self._first_sync(parts)
        self.parts = parts
        self.is_ready.set()
        house, ledger = parts.housekeeping, parts.ledger
        running = (house.run(), house.keep_pruning(), ledger.keep_writing(), self._sync_on(parts))
        tasks = [asyncio.create_task(each) for each in running]
        try:
            # Whichever of them ends has met an error.
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            await next(iter(done))
        finally:
            for task in tasks:
                task.cancel()
            self.parts = None
            self.is_ready.clear()
            await parts.lines.close(HANDS_S if self._closing.is_set() else 0.0)
            parts.answerer.close()
            await asyncio.gather(*tasks, return_exceptions=True)
            with contextlib.suppress(StorageError):  # then it is answered again, under the same transaction ids
                await ledger.write()

    def _parts(self, wire: Wire, dispatch: Dispatch, identity: Identity) -> Parts:
        ground = self._ground
        review = ReviewRooms(ground.meeting, ground.joined)
        rooms, limiter = Rooms(wire, ground.rooms, review), Limiter(ground.clock)
        sender = Sender(wire, rooms, limiter, identity, review)
        opener, ledger = Opener(wire, rooms, sender), Ledger(ground.pending, ground.clock)
        answerer = Answerer(wire, rooms, sender, opener, ground, dispatch, Messages.shipped(), review, ledger)
        housekeeping = Housekeeping(wire, rooms, limiter, ground.settings, ground.clock)
        lines = Lines(answerer)
        opener.wakes(lines.put)
        verifying.decline(wire)
        deliverer = Deliverer(wire, rooms, sender, limiter)
        return Parts(wire, rooms, limiter, sender, answerer, housekeeping, lines, deliverer, ledger)

    async def _first_sync(self, parts: Parts) -> None:
        """Read where we left off, with all rooms and members, which the store does not hold; then what waited."""
        state = self._ground.state
        self._position = await state.get("matrix", "position")
        # Without a token we begin: everything there is old. But a token may also be lost, then the ledger knows what is.
        self._begins = self._position is None and await state.get("matrix", "began") is None
        user_id = parts.wire.user_id
        filtered = await parts.limiter.run(lambda: parts.wire.call("POST", path("user", user_id, "filter"), FILTER))
        self._filter = str(filtered["filter_id"])
        while True:
            raw = await self._read(parts, timeout_s=0, full_state="true")
            if raw is not None:
                break
        await self._take_in(parts, raw)
        if self._begins:
            await state.put("matrix", "began", "yes")
            self._begins = False
        parts.housekeeping.find_empty()
        parts.lines.put([waited(each) for each in await parts.ledger.waiting()])
        log.notice("matrix.ready", count=len(parts.rooms.all()))

    async def _sync_on(self, parts: Parts) -> None:
        self._wait_s = FIRST_S
        while True:
            await self._keep_keys(parts)
            raw = await self._read(parts, timeout_s=POLL_S)
            if raw is not None:
                await self._take_in(parts, raw)

    _wait_s = FIRST_S
    _filter = ""
    _begins = False

    async def _read(self, parts: Parts, timeout_s: int, **more: str) -> Json | None:
        """One sync; None after a wait when the server is away or strict. Raises UnsafeSetupError when it is over."""
        asked: dict[str, str | int] = {
            "filter": self._filter,
            "timeout": timeout_s * 1000,
            "set_presence": "offline",
            **more,
        }
        if self._position is not None:
            asked["since"] = self._position
        try:
            raw = await parts.wire.call("GET", path("sync", **asked), timeout_s=timeout_s + 60)
        except RefusedError as error:
            if self._position is None or error.status != 400:
                raise account.refused(error) from None
            log.warning("matrix.position-lost")
            self._position = None
            return None
        except LimitedError as error:
            await self._ground.clock.sleep(error.wait_s)
            return None
        except AwayError:
            log.warning("matrix.away", wait_s=int(self._wait_s))
            await self._ground.clock.sleep(self._wait_s * random.uniform(0.5, 1.0))  # noqa: S311  (spread, no secret)
            self._wait_s = min(self._wait_s * 2, MOST_S)
            return None
        self._wait_s = FIRST_S
        return raw

    async def _take_in(self, parts: Parts, raw: Json) -> None:
        """Everything one sync brought, in the order that loses nothing."""
        batch = taken_out(raw, parts.wire.user_id)
        await self._hand_to_nio(parts.wire, raw, batch)
        await parts.rooms.take_in(batch)
        parts.sender.forget(batch.left)
        waiting: list[Waiting] = []
        received_at = self._ground.clock.now()
        for room in batch.joined:
            if self._begins and not room.is_new:
                continue
            events = await self._with_earlier(parts, room)
            waiting += [
                Waiting(room.id, event["event_id"], said_at(event, received_at), event)
                for event in events
                if self._is_recent(event) and parts.answerer.matters(room.id, event)
            ]
        parts.housekeeping.take_in(batch)
        new = await self._kept(parts, waiting, batch, received_at)
        self._position = batch.position
        parts.wire.said_synced()
        parts.lines.put(new)
        if any(room.is_new for room in batch.joined):
            back = {room.id for room in batch.joined if room.is_new}
            found = [waited(each) for each in await parts.ledger.waiting()]
            parts.lines.put([each for each in found if each.room_id in back])

    @staticmethod
    async def _hand_to_nio(wire: Wire, raw: Json, batch: Batch) -> None:
        """Keys and state, in one transaction of the store; what nio cannot make sense of must not stop the rest."""
        client = wire.client
        response = SyncResponse.from_dict(raw)
        if not isinstance(response, SyncResponse):
            log.warning("matrix.sync-odd")
            return
        with client.store.database.atomic():
            try:
                await client.receive_response(response)
            except Exception as error:  # noqa: BLE001  (a malformed event of one room)
                log.failure("matrix.sync-odd", error)
        if batch.key_count is not None:
            # nio takes a count of zero for none said, and would never make new ones.
            client.olm.uploaded_key_count = batch.key_count

    async def _kept(
        self, parts: Parts, waiting: Sequence[Waiting], batch: Batch, received_at: datetime
    ) -> list[Waiting]:
        """Keep what came, with the token that follows it; those that are new."""
        now = self._ground.clock.monotonic()
        position = None if parts.housekeeping.has_invites else batch.position
        if not waiting and (now < self._kept_at + POSITION_S or position is None):
            return []
        new = await parts.ledger.keep([kept(each, received_at) for each in waiting], position)
        self._kept_at = now
        return [each for each in waiting if each.event_id in new]

    async def _with_earlier(self, parts: Parts, room: RoomBatch) -> list[Event]:
        """The events of a room with those a sync left out, in their order."""
        if not room.is_limited or room.is_new or self._begins:
            return list(room.events)
        earlier: list[Event] = []
        start = {"from": room.before} | ({"to": self._position} if self._position is not None else {})

        async def ask(where: str) -> Json:
            return await parts.limiter.run(lambda: parts.wire.call("GET", where))

        with contextlib.suppress(RefusedError):  # what the server does not give is not to be had
            async for events, _ in pages_back(ask, room.id, **start):
                earlier += [event for event in events if "state_key" not in event]
                if not events or not self._is_recent(events[-1]):
                    break
        return [*reversed(earlier), *room.events]

    def _is_recent(self, event: Event) -> bool:
        sent_ms = event.get("origin_server_ts")
        return isinstance(sent_ms, int) and sent_ms > (self._ground.clock.now().timestamp() - OLDEST_S) * 1000

    async def _keep_keys(self, parts: Parts) -> None:
        """What nio's own loop does between syncs: one-time keys, devices of people, messages to devices."""
        client = parts.wire.client
        try:
            await keying.upload(parts.wire)
            if client.should_query_keys:
                await parts.sender.ask_keys()
            if client.should_claim_keys:
                await keying.claim(parts.wire, client.get_users_for_key_claiming())
            await keying.send_waiting(parts.wire)
        except BotError as error:
            log.warning("matrix.keys-wait", error=type(error).__name__)
