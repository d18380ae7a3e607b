"""The gateway: sessions, heartbeats, RESUME with replay, and everything that goes wrong there.

API docs, Gateway (Connections, Opcodes and Close Event Codes, Intents, Sharding) and Gateway Events.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from . import wire
from .compression import Packer, packer
from .intents import ALL, PRIVILEGED, is_wanted, seen_through

if TYPE_CHECKING:
    from .errors import Json
    from .world import World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME, RECONNECT = 0, 1, 2, 3, 4, 6, 7
REQUEST_MEMBERS, INVALID_SESSION, HELLO, ACK = 8, 9, 10, 11
IDENTIFY_SPACING_S = 5.0
# API docs, Gateway: Sending Events; more is 4002.
PAYLOAD_MAX = 4096


@dataclass(eq=False, repr=False)
class Session:
    """One identified client. It outlives its socket until it is forgotten or closed with 1000 or 1001."""

    id: str
    shard: tuple[int, int]
    intents: int
    presence: Json
    properties: Json
    events: list[dict[str, Json]] = field(default_factory=list)
    connection: Connection | None = None
    is_over: bool = False

    def push(self, event: str, data: Json) -> None:
        packet = {"op": DISPATCH, "t": event, "s": len(self.events) + 1, "d": data}
        self.events.append(packet)
        if self.connection is not None:
            self.connection.send(packet)


class Connection:
    """One socket with its own compression context and writer, so that events keep their order."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse, pack: Packer) -> None:
        self.request = request
        self.socket = socket
        self.session: Session | None = None
        self.is_silent = False
        self._pack = pack
        self._queue: asyncio.Queue[dict[str, Json]] = asyncio.Queue()

    def send(self, packet: dict[str, Json]) -> None:
        self._queue.put_nowait(packet)

    async def write(self) -> None:
        while True:
            packet = await self._queue.get()
            if self.is_silent or self.socket.closed:
                continue
            frame = self._pack(json.dumps(packet))
            try:
                await (self.socket.send_bytes(frame) if isinstance(frame, bytes) else self.socket.send_str(frame))
            except (ConnectionError, RuntimeError):
                return

    def abort(self) -> None:
        """The network is gone: no close frame, just a reset."""
        if self.request.transport is not None:
            self.request.transport.abort()


class Gateway:
    """Server side of `/gateway`. The attributes are the script: set them, or call one of the faults."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.url = ""
        self.heartbeat_interval_ms = 41_250
        self.enabled_intents = ALL & ~PRIVILEGED
        self.required_shards = 1
        self.expected_token = world.token
        self.max_concurrency = 1
        self.identify_spacing_s = 0.0
        self.acknowledges = True
        self.sessions: list[Session] = []
        self.connections: list[Connection] = []
        self.connect_count = 0
        self.heartbeat_count = 0
        self.resume_count = 0
        self.replayed_count = 0
        self.client_closes: list[int | None] = []
        self.presences: list[Json] = []
        self._refuse: list[int] = []
        self._close_at_once: list[int] = []
        self._identified_at: dict[int, float] = {}
        self._changed = asyncio.Event()

    # what the bot asked for

    @property
    def intents(self) -> int:
        """Of the last IDENTIFY."""
        return self.sessions[-1].intents if self.sessions else 0

    @property
    def presence(self) -> Json:
        """Of the last presence update or IDENTIFY; None if the bot never said anything about itself."""
        if self.presences:
            return self.presences[-1]
        return self.sessions[-1].presence if self.sessions else None

    @property
    def identify_count(self) -> int:
        return len(self.sessions)

    async def connected(self, timeout_s: float = 5.0, *, shards: int = 1) -> None:
        """Wait until so many sessions are identified and have a socket."""
        async with asyncio.timeout(timeout_s):
            while sum(one.connection is not None and not one.is_over for one in self.sessions) < shards:
                self._changed.clear()
                await self._changed.wait()

    # events out

    def emit(self, event: str, data: Json, *, guild_id: int | None) -> int:
        """Give an event to every session that asked for it; returns how many have it at once.

        Sessions without a socket get it on RESUME, if they ever do.
        """
        told = 0
        for session in self.sessions:
            number, count = session.shard
            if session.is_over or number != ((guild_id or 0) >> 22) % count:
                continue
            if is_wanted(event, session.intents, is_dm=guild_id is None):
                session.push(event, seen_through(session.intents, event, data, self.world.bot.id))
                told += session.connection is not None
        return told

    # faults

    async def drop(self, code: int | None = 4000) -> None:
        """Close every socket with `code`; None resets the TCP connection. Sessions can be resumed."""
        for connection in list(self.connections):
            self._detach(connection)
            if code is None:
                connection.abort()
            else:
                await connection.socket.close(code=code)

    def ask_reconnect(self) -> None:
        """Op 7: the client shall come back with RESUME."""
        for connection in self.connections:
            connection.send({"op": RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool) -> None:
        """Op 9. `resumable=False` also forgets the session, so that only IDENTIFY helps."""
        for connection in self.connections:
            if connection.session is not None and not resumable:
                connection.session.is_over = True
            connection.send({"op": INVALID_SESSION, "d": resumable})

    def forget_sessions(self) -> None:
        """The next RESUME is answered with op 9, false."""
        for session in self.sessions:
            session.is_over = True

    def silence(self) -> None:
        """Zombies: sockets stay open and nothing is sent any more, not even an ACK."""
        for connection in self.connections:
            connection.is_silent = True

    def refuse(self, times: int = 1, status: int = 503) -> None:
        """Answer the next connects with an HTTP error."""
        self._refuse += [status] * times

    def close_at_once(self, times: int = 1, code: int = 4000) -> None:
        """Accept the next connects and close them before HELLO."""
        self._close_at_once += [code] * times

    async def close(self) -> None:
        for connection in list(self.connections):
            connection.abort()

    # the socket

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.connect_count += 1
        if self._refuse:
            return web.Response(status=self._refuse.pop())
        if request.query.get("v") != "10":
            return web.Response(status=400, text="only version 10")
        socket = web.WebSocketResponse(max_msg_size=0, timeout=1.0)
        await socket.prepare(request)
        if self._close_at_once:
            await socket.close(code=self._close_at_once.pop())
            return socket
        connection = Connection(request, socket, packer(request.query.get("compress")))
        self.connections.append(connection)
        writer = asyncio.create_task(connection.write())
        try:
            connection.send({"op": HELLO, "d": {"heartbeat_interval": self.heartbeat_interval_ms, "_trace": []}})
            await self._read(connection)
        finally:
            writer.cancel()
            self._left(connection)
        return socket

    async def _read(self, connection: Connection) -> None:
        async for message in connection.socket:
            is_packet = message.type is WSMsgType.TEXT and len(message.data) <= PAYLOAD_MAX
            code = self._received(connection, message.data) if is_packet else 4002
            if code is not None:
                self._detach(connection)
                await connection.socket.close(code=code)
                return

    def _left(self, connection: Connection) -> None:
        code = connection.socket.close_code
        self.client_closes.append(code)
        session = connection.session
        # A client that says goodbye with 1000 or 1001 gives its session up (API docs, Gateway: Disconnecting).
        if session is not None and session.connection is connection and code in (1000, 1001):
            session.is_over = True
        self._detach(connection)

    def _detach(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)
        if connection.session is not None and connection.session.connection is connection:
            connection.session.connection = None

    def _received(self, connection: Connection, text: str) -> int | None:
        """Handle one packet; a number is the close code it deserves."""
        try:
            packet = json.loads(text)
            op, data = packet["op"], packet.get("d")
        except (ValueError, KeyError, TypeError):
            return 4002
        if op == HEARTBEAT:
            self.heartbeat_count += 1
            if self.acknowledges:
                connection.send({"op": ACK})
            return None
        if op == IDENTIFY:
            return 4005 if connection.session else self._identify(connection, data)
        if op == RESUME:
            return self._resume(connection, data)
        if connection.session is None:
            return 4003
        if op == PRESENCE:
            self.presences.append(data)
        elif op == REQUEST_MEMBERS:
            self._members(connection.session, data)
        elif op != VOICE:
            return 4001
        return None

    def _identify(self, connection: Connection, data: Json) -> int | None:
        shard = tuple(data.get("shard") or (0, 1))
        refusal = self._identify_refusal(data, shard)
        if refusal is not None:
            return refusal
        now = asyncio.get_running_loop().time()
        key = shard[0] % self.max_concurrency
        if now - self._identified_at.get(key, -IDENTIFY_SPACING_S) < self.identify_spacing_s:
            connection.send({"op": INVALID_SESSION, "d": False})
            return None
        self._identified_at[key] = now
        session = Session(
            secrets.token_hex(16), (shard[0], shard[1]), data["intents"], data.get("presence"), data["properties"]
        )
        self.sessions.append(session)
        self._attach(session, connection)
        guilds = [
            one
            for one in self.world.guilds.values()
            if one.has_bot and not one.is_unnamed and (one.id >> 22) % shard[1] == shard[0]
        ]
        session.push("READY", self._ready_json(session, [str(guild.id) for guild in guilds]))
        for guild in (each for each in guilds if not each.is_away):
            if is_wanted("GUILD_CREATE", session.intents, is_dm=False):
                with_members = bool(session.intents & (1 << 1))
                session.push(
                    "GUILD_CREATE", wire.guild_create_json(guild, self.world.bot.id, with_members=with_members)
                )
        return None

    def _identify_refusal(self, data: Json, shard: tuple[Json, ...]) -> int | None:
        intents = data.get("intents")
        if data.get("token") != self.expected_token:
            return 4004
        if not isinstance(intents, int) or intents & ~ALL:
            return 4013
        if intents & PRIVILEGED & ~self.enabled_intents:
            return 4014
        if len(shard) != 2 or not 0 <= shard[0] < shard[1]:
            return 4010
        return 4011 if shard[1] < self.required_shards else None

    def _ready_json(self, session: Session, guild_ids: list[str]) -> dict[str, Json]:
        return {
            "v": 10,
            "user": wire.user_json(self.world.bot) | {"verified": True, "mfa_enabled": True, "flags": 0, "email": None},
            "guilds": [{"id": guild_id, "unavailable": True} for guild_id in guild_ids],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": list(session.shard),
            "application": {"id": str(self.world.application_id), "flags": 0},
            "private_channels": [],
        }

    def _attach(self, session: Session, connection: Connection) -> None:
        session.connection = connection
        connection.session = session
        self._changed.set()

    def _resume(self, connection: Connection, data: Json) -> int | None:
        """Replay what the client missed, then RESUMED; op 9 false when the session is gone."""
        self.resume_count += 1
        if data.get("token") != self.expected_token:
            return 4004
        session = next((one for one in self.sessions if one.id == data.get("session_id") and not one.is_over), None)
        if session is None:
            connection.send({"op": INVALID_SESSION, "d": False})
            return None
        seen = data.get("seq") or 0
        if seen > len(session.events):
            return 4007
        self._attach(session, connection)
        missed = session.events[seen:]
        self.replayed_count += len(missed)
        for packet in missed:
            connection.send(packet)
        session.push("RESUMED", {"_trace": []})
        return None

    def _members(self, session: Session, data: Json) -> None:
        """Op 8, in one chunk. All members of a guild only with the members intent (API docs, Request Guild Members)."""
        guild = self.world.guilds.get(int(data["guild_id"]))
        if guild is None:
            return
        wanted = {int(one) for one in data.get("user_ids") or []}
        query = str(data.get("query") or "").lower()
        found = [
            one
            for one in guild.members.values()
            if (one.user.id in wanted if wanted else one.user.name.lower().startswith(query))
        ]
        chunk = {
            "guild_id": str(guild.id),
            "members": [wire.member_json(one) for one in found],
            "chunk_index": 0,
            "chunk_count": 1,
            "not_found": [],
            "nonce": data.get("nonce"),
        }
        session.push("GUILD_MEMBERS_CHUNK", chunk)
