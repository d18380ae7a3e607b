"""Where the announcements of a run arrive: rooms of the fake Discord, and encrypted rooms of a real Synapse."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Protocol
from urllib.parse import unquote

from bot.core.request import RoomRef
from tests.chaos.lives import Lives
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.faults import Faults, Rule
from tests.fakes.matrix_line import Line
from tests.fakes.matrix_peer import Peer
from tests.synapse import PASSWORD, Synapse, synapse

ROOMS = 8
QUIET_S = 1.0
Seen = Counter[tuple[str, str]]
"""How often a text stands in a room, by (room, text)."""


class Platform(Protocol):
    """`settings` are those of its door, as JSON; `sending` is called when a message is about to be made.

    `latest_s`: in so long a life that has connected delivers; `after_s`: so long a request takes to be carried out.
    """

    name: str
    settings: dict[str, Any]
    rooms: list[RoomRef]
    sending: Callable[[], None]
    latest_s: float
    after_s: float

    async def begin(self, lives: Lives) -> None:
        """Make the rooms, with the bot in them."""
        ...

    async def seen(self, wanted: Seen) -> Seen:
        """What people see; returns when all of `wanted` is there and nothing more comes, or after a while."""
        ...

    @property
    def unreadable(self) -> int: ...
    @property
    def looks(self) -> int: ...
    @property
    def again(self) -> int: ...


class _Watching(Faults):
    """Says when a message is about to be made."""

    def __init__(self, made: Callable[[], None]) -> None:
        super().__init__()
        self._made = made

    def due(self, route: str) -> list[Rule]:
        if route.startswith(OnDiscord.SENDING):
            self._made()
        return super().due(route)


class OnDiscord:
    """`Platform`."""

    SENDING = "POST /channels/{channel_id}/messages"
    LOOKING = "GET /channels/{channel_id}/messages"
    name = "discord"
    latest_s, after_s = 0.3, 0.006
    unreadable = 0

    def __init__(self, fake: FakeDiscord) -> None:
        self._fake = fake
        self.sending: Callable[[], None] = lambda: None
        fake.faults = fake.server.faults = _Watching(self._made)
        self.settings = {"api": fake.api_url, "gateway": fake.gateway_url, "token": fake.token}
        channels = [fake.add_channel(fake.home, f"room-{number}") for number in range(ROOMS)]
        self.rooms = [RoomRef("discord", str(each.id)) for each in channels]

    def _made(self) -> None:
        self.sending()

    async def begin(self, lives: Lives) -> None:
        """The bot is in them."""

    async def seen(self, wanted: Seen) -> Seen:  # noqa: ARG002  (what is said is there)
        return Counter((str(each.channel.id), each.text) for each in self._fake.public_messages)

    @property
    def looks(self) -> int:
        return sum(each.route.startswith(self.LOOKING) for each in self._fake.requests)

    @property
    def again(self) -> int:
        made = Counter(str(body["nonce"]) for body in self._fake.bodies(self.SENDING) if isinstance(body, dict))
        return made.total() - len(made)


class OnMatrix:
    """`Platform`. Everything is seen by the client of another person, who is in all rooms."""

    name = "matrix"
    latest_s, after_s = 0.6, 0.05

    def __init__(self, server: Synapse, line: Line, person: Peer) -> None:
        self._line = line
        self._person = person
        self._bot_id = server.register("announcer")
        self.sending: Callable[[], None] = lambda: None
        line.came = lambda path: self.sending() if "/send/m.room." in path else None
        self.settings = {"homeserver": line.url, "user_id": self._bot_id, "password": PASSWORD}
        self.rooms: list[RoomRef] = []

    async def begin(self, lives: Lives) -> None:
        first = await lives.born()
        chats = [await self._person.chat(self._bot_id, is_direct=False) for _ in range(ROOMS)]
        self.rooms = [RoomRef("matrix", each) for each in chats]
        await lives.killed([first])

    async def seen(self, wanted: Seen) -> Seen:
        with contextlib.suppress(TimeoutError):
            await self._person.until(lambda: not wanted - self._now(), 20)
        await asyncio.sleep(QUIET_S)
        return self._now()

    def _now(self) -> Seen:
        return Counter(
            (room, text) for room, _, text in {(each.room_id, each.event_id, each.body) for each in self._person.heard}
        )

    @property
    def unreadable(self) -> int:
        return sum(not each.is_readable or not each.is_encrypted for each in self._person.heard)

    @property
    def looks(self) -> int:
        return sum("/messages?" in each.path for each in self._line.seen)

    @property
    def again(self) -> int:
        made = Counter(unquote(each.path) for each in self._line.seen if "/send/m.room." in each.path)
        return made.total() - len(made)


@contextlib.asynccontextmanager
async def on_discord() -> AsyncIterator[Platform]:
    async with FakeDiscord() as fake:
        yield OnDiscord(fake)


@contextlib.asynccontextmanager
async def on_matrix(server: Synapse | None = None) -> AsyncIterator[Platform]:
    """`server` is one that runs; else one is started."""
    with _server(server) as running:
        async with Line(running) as line, Peer(running) as person:
            yield OnMatrix(running, line, person)


@contextlib.contextmanager
def _server(server: Synapse | None) -> Iterator[Synapse]:
    if server is not None:
        yield server
        return
    with synapse() as started:
        yield started
