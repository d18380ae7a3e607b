"""One request on its way through the fake."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from .errors import Fault, Json

if TYPE_CHECKING:
    from .server import Server
    from .world import World


@dataclass(eq=False)
class Call:
    """What a handler gets. `route` is the template of the API description, e.g. `GET /channels/{channel_id}`."""

    server: Server
    route: str
    path: dict[str, str]
    query: dict[str, str]
    body: Json
    files: dict[str, bytes] = field(default_factory=dict)
    received_mono: float = field(default_factory=time.monotonic)

    @property
    def world(self) -> World:
        return self.server.world


Handler: TypeAlias = Callable[[Call], Awaitable[Json]]


@dataclass(frozen=True)
class Request:
    """A request as the fake keeps it: what was sent, and how it was answered. `status` 0: the answer was lost."""

    route: str
    path: dict[str, str]
    query: dict[str, str]
    body: Json
    files: tuple[str, ...]
    status: int
    code: int
    answer: Json
    at: float


@dataclass(frozen=True)
class Refusal:
    """An answer of 400 and more. `faults` say where the body was wrong."""

    route: str
    status: int
    code: int
    message: str
    faults: tuple[Fault, ...]
    body: Json

    def __str__(self) -> str:
        where = "; ".join(map(str, self.faults))
        return f"{self.route} -> {self.status} {self.code} {self.message}{': ' if where else ''}{where}"
