"""The other side of a chat: a person with a matrix-nio client, as it is, with its own sync."""

import asyncio
import itertools
from dataclasses import dataclass
from typing import Any, Self

from nio import AsyncClient, AsyncClientConfig, MegolmEvent  # type: ignore[import-untyped]
from nio.store import SqliteMemoryStore  # type: ignore[import-untyped]

from tests.synapse import PASSWORD, Synapse

WAIT_S = 40.0
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as the person's client has it; `content` decrypted, None where it could not be."""

    room_id: str
    event_id: str
    sender: str
    content: dict[str, Any]
    is_encrypted: bool
    is_readable: bool = True

    @property
    def body(self) -> str:
        return str(self.content.get("body", ""))


class Peer:
    """A person at a client. `heard` holds every message of others, in order."""

    def __init__(self, server: Synapse, name: str | None = None, user_id: str | None = None) -> None:
        self.server = server
        self.user_id = user_id or server.register(name or f"person{next(_numbers)}x{server.port}")
        config = AsyncClientConfig(store=SqliteMemoryStore, encryption_enabled=True, request_timeout=30)
        self.client: Any = AsyncClient(server.url, self.user_id, config=config)
        self.heard: list[Heard] = []
        self.redacted: list[str] = []
        self._came = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.client.login(PASSWORD)
        self.client.load_store()
        self.client.add_event_callback(self._on_event, object)
        await self.client.sync(full_state=True)
        self._task = asyncio.create_task(self._sync())
        return self

    async def _sync(self) -> None:
        while True:
            try:
                await self.client.sync_forever(timeout=30_000)
            except Exception:  # noqa: BLE001  (the server is away: a client comes back)
                await asyncio.sleep(0.3)

    async def __aexit__(self, *_: object) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self.client.close()

    async def _on_event(self, room: Any, event: Any) -> None:
        source = getattr(event, "source", {})
        if source.get("type") == "m.room.redaction":
            self.redacted.append(source.get("redacts") or source["content"].get("redacts"))
        elif source.get("sender") != self.user_id and source.get("type") in ("m.room.message", "m.room.encrypted"):
            is_readable = not isinstance(event, MegolmEvent)
            self.heard.append(
                Heard(room.room_id, event.event_id, event.sender, source.get("content", {}),
                      not is_readable or bool(event.decrypted), is_readable)
            )  # fmt: skip
        self._came.set()
        self._came = asyncio.Event()

    async def until(self, is_true: Any, wait_s: float = WAIT_S) -> None:
        """Wait until `is_true()`; looks at each event that comes."""
        async with asyncio.timeout(wait_s):
            while not is_true():
                came = self._came
                try:
                    await asyncio.wait_for(came.wait(), 0.3)
                except TimeoutError:
                    continue

    async def room(self, *invited: str, is_encrypted: bool = True, is_direct: bool = True, **more: Any) -> str:
        """A new room with `invited`; encrypted unless said otherwise."""
        state = [{"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}]
        made = await self.client.room_create(
            is_direct=is_direct, invite=list(invited), initial_state=state if is_encrypted else [], **more
        )
        await self.until(lambda: made.room_id in self.client.rooms)
        return str(made.room_id)

    async def chat(self, bot_id: str, **more: Any) -> str:
        """A room with the bot in it."""
        room_id = await self.room(bot_id, **more)
        await self.joined(room_id, bot_id)
        return room_id

    async def joined(self, room_id: str, user_id: str) -> None:
        def is_in() -> bool:
            user = self.client.rooms[room_id].users.get(user_id)
            return user is not None and not user.invited

        await self.until(is_in)

    async def say(self, room_id: str, text: str | dict[str, Any], transaction: str | None = None) -> str:
        """Send words, or a content; the event id."""
        content: dict[str, Any] = {"msgtype": "m.text", "body": text} if isinstance(text, str) else text
        kind = "m.room.message"
        if content.get("m.relates_to", {}).get("rel_type") == "m.annotation":
            kind = "m.reaction"
        sent = await self.client.room_send(room_id, kind, content, transaction, ignore_unverified_devices=True)
        return str(sent.event_id)

    async def hears(self, count: int = 1, room_id: str | None = None, wait_s: float = WAIT_S) -> list[Heard]:
        """The messages of others in a room, once there are `count`."""

        def found() -> list[Heard]:
            return [each for each in self.heard if room_id in (None, each.room_id)]

        await self.until(lambda: len(found()) >= count, wait_s)
        return found()

    async def asks(self, room_id: str, text: str | dict[str, Any], wait_s: float = WAIT_S) -> Heard:
        """Say something and get the next message back."""
        before = len([each for each in self.heard if each.room_id == room_id])
        await self.say(room_id, text)
        return (await self.hears(before + 1, room_id, wait_s))[before]

    async def silence(self, room_id: str, text: str | dict[str, Any], then: str = "help") -> Heard:
        """Say what must get no answer, then what gets one; the only answer there is."""
        await self.say(room_id, text)
        return await self.asks(room_id, then)
