"""The bot at a homeserver: in this process with all its parts, or as the program that is really run."""

import asyncio
import contextlib
import json
import os
import shlex
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.adapters import matrix
from bot.adapters.matrix.client import MatrixDoor, Parts
from bot.app import App, build
from bot.core.clock import Clock, SystemClock
from bot.core.ground import Dispatch
from bot.core.reply import Reply
from bot.core.request import Request
from bot.handlers.conversation import Conversations
from bot.serving import ground_on
from bot.settings import Community, MatrixSettings, Secret, Settings
from bot.storage.open import Storage, open_storage
from tests.fakes.matrix_line import Line
from tests.synapse import PASSWORD, Synapse

ROOT = Path(__file__).parents[2]


@lru_cache(maxsize=1)
def app() -> App:
    """The program as it is shipped, made once."""
    return build(Settings(), strict=True)


@dataclass
class Bot:
    """An account and its installation; `running` serves in this process."""

    server: Synapse
    folder: Path
    name: str
    user_id: str = ""
    allowed_servers: tuple[str, ...] = ()
    encryption: bool = True
    communities: tuple[Community, ...] = ()
    line: Line | None = None
    database: str = "sqlite"
    clock: Clock = field(default_factory=SystemClock)
    seen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.user_id = self.user_id or self.server.register(self.name)

    @property
    def settings(self) -> Settings:
        url = self.line.url if self.line else self.server.url
        door = MatrixSettings(url, self.user_id, self.allowed_servers, Secret(PASSWORD))
        return replace(
            Settings(), data_dir=self.folder / "data", key_file=self.folder / "keys" / "key",
            encryption=self.encryption, database=self.database, matrix=door, communities=self.communities,
        )  # fmt: skip

    @contextlib.asynccontextmanager
    async def running(self, wrap: Callable[[Dispatch], Dispatch] = lambda each: each) -> AsyncIterator["Running"]:
        """The door, ready; closed as a signal would close it."""
        clock = self.clock
        storage = await open_storage(self.settings, clock)
        door = matrix.make(ground_on(self.settings, clock, storage))
        assert isinstance(door, MatrixDoor)
        secret = storage.keys.subkey("person", "conversation")
        dispatch = Conversations(app().router.dispatch, storage.forms, clock, secret, app().messages, shows_forms=False)
        running = Running(door, storage)
        running.task = asyncio.create_task(door.run(wrap(dispatch)))
        try:
            yield running
        finally:
            await door.close()
            await asyncio.wait_for(running.task, 10)
            await storage.close()

    def environment(self) -> dict[str, str]:
        password = self.folder / "password"
        if not password.exists():
            password.write_text(PASSWORD)
            password.chmod(0o400)
        return {
            "PATH": os.defpath, "HOME": str(self.folder), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1", "UMBRELLA_DATA": str(self.folder / "data"),
            "UMBRELLA_KEY_FILE": str(self.folder / "keys" / "key"),
            "MATRIX_HOMESERVER": self.server.url, "MATRIX_USER_ID": self.user_id,
            "MATRIX_PASSWORD_FILE": str(password),
            **({} if self.encryption else {"UMBRELLA_ENCRYPTION": "off"}),
        }  # fmt: skip

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.shell(shlex.join([".venv/bin/python", "-m", "bot", *words]))

    def shell(self, command: str) -> subprocess.CompletedProcess[str]:
        """A line of the README, with this interpreter in the place of the environment's."""
        return subprocess.run(
            shlex.split(_here(command)), capture_output=True, text=True, check=False, timeout=180,
            cwd=self.folder, env=self.environment(),
        )  # fmt: skip

    def process(self, command: str = ".venv/bin/python -m bot run") -> subprocess.Popen[bytes]:
        """`python -m bot run`, its words in `bot.log` of the folder."""
        with (self.folder / "bot.log").open("ab") as log:
            return subprocess.Popen(
                shlex.split(_here(command)), stdout=log, stderr=log, cwd=self.folder, env=self.environment()
            )


def _here(command: str) -> str:
    return command.replace(".venv/bin/python", shlex.quote(sys.executable))


def noting(requests: list[Request]) -> Callable[[Dispatch], Dispatch]:
    """For `Bot.running`: what was asked is put into `requests`, and answered as ever."""

    def wrap(dispatch: Dispatch) -> Dispatch:
        async def dispatched(request: Request) -> Reply:
            requests.append(request)
            return await dispatch(request)

        return dispatched

    return wrap


class Running:
    """The door while it runs."""

    def __init__(self, door: MatrixDoor, storage: Storage) -> None:
        self.door = door
        self.storage = storage
        self.task: asyncio.Task[None]

    async def parts(self) -> Parts:
        """What the door is made of, once it is ready."""
        await asyncio.wait_for(self.door.is_ready.wait(), 20)
        assert self.door.parts
        return self.door.parts

    async def knows(self, room_id: str) -> None:
        """Wait until the bot has seen in a sync that it is in the room."""
        rooms = (await self.parts()).rooms
        async with asyncio.timeout(20):
            while not rooms.is_joined(room_id):
                await asyncio.sleep(0.05)


def login_of(bot: Bot) -> dict[str, Any]:
    """The login the bot keeps, read with its key."""

    async def read() -> str:
        storage = await open_storage(bot.settings, SystemClock())
        try:
            return await storage.state.get("matrix", "login") or "{}"
        finally:
            await storage.close()

    found: dict[str, Any] = json.loads(asyncio.run(read()))
    return found
