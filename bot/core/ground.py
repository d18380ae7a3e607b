"""What a door stands on: the ports it is handed, and what it must offer to be run and looked after."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

from bot.core import ports
from bot.core.attention import Attention
from bot.core.clock import Clock
from bot.core.finding import Finding
from bot.core.kept import FileRule
from bot.core.meeting import JoinedRooms, MeetingRooms
from bot.core.reply import Reply
from bot.core.request import Request
from bot.settings import Settings

Dispatch = Callable[[Request], Awaitable[Reply]]


class Secrets(Protocol):
    """Keys of this installation for what a library encrypts by itself, such as the Matrix store."""

    def subkey(self, use: Literal["db"], part: str) -> bytes: ...
    def file_key(self, file: Path) -> bytes:
        """The key of a SQLCipher file, asked for each time it is opened: it may have moved to a new one."""
        ...


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything a door is handed. It keeps nothing by any other way but files it names in its `RULES`."""

    settings: Settings
    clock: Clock
    secrets: Secrets
    people: ports.People
    handled: ports.HandledEvents
    pending: ports.PendingEvents
    forms: ports.Forms
    preferences: ports.PreferenceStore
    rooms: ports.RoomFacts
    state: ports.SyncState
    meeting: MeetingRooms
    joined: JoinedRooms
    attention: Attention = field(default_factory=Attention)


class Adapter(Protocol):
    """A door while it runs.

    `run` serves until `close` is called; it raises TransientError when its platform is away (it is then run again),
    SetupError when it cannot serve as it is set up (the other doors go on). `close` ends `run` and answers what is in
    hand within four seconds. `shows_forms` is False where forms are asked one question at a time.
    """

    @property
    def platform(self) -> str: ...
    @property
    def shows_forms(self) -> bool: ...
    async def run(self, dispatch: Dispatch) -> None: ...
    async def close(self) -> None: ...


class Door(Protocol):
    """What the package of an adapter offers: how it is made, what files it keeps, what `doctor` asks it.

    `command` carries out `python -m bot <platform> WORDS`, such as `matrix login`; the exit code is 2 for words it does
    not know.
    """

    RULES: Sequence[FileRule]

    @staticmethod
    def make(ground: Ground) -> Adapter: ...
    @staticmethod
    def findings(settings: Settings) -> list[Finding]: ...
    @staticmethod
    async def command(ground: Ground, words: Sequence[str]) -> int: ...


@runtime_checkable
class AskingDoor(Protocol):
    """A door that can also ask its platform what is wrong; `doctor` has it do so once all else is in order."""

    @staticmethod
    async def examine(settings: Settings, state: ports.SyncState | None) -> list[Finding]:
        """What the platform says of the account, without serving; `state` is None where nothing was kept yet."""
        ...
