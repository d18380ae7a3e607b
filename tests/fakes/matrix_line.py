"""The line between the bot and its homeserver, to be broken: requests are counted, refused, lost on the way, held up."""

import asyncio
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import aiohttp
from aiohttp import web

from tests.synapse import Synapse

DROP, LOSE = -1, -2
"""Instead of a status: the connection ends before the server has the request, or before its answer comes back."""
_HOPS = ("transfer-encoding", "content-encoding", "content-length", "connection")


@dataclass(frozen=True)
class Seen:
    """A request by its path and status, when it came and when it was answered, and how long a refusal says to wait."""

    path: str
    status: int
    came_at: float
    answered_at: float
    wait_s: float = 0.0


@dataclass
class Fault:
    """Met by the next `times` requests whose path holds `part`, or by a `share` of them."""

    part: str
    status: int
    times: float
    share: float = 1.0
    wait_s: float = 0.5


class Line:
    """A proxy on loopback. `seen` holds each request, in the order of the answers; `came` is told of each when it comes."""

    def __init__(self, server: Synapse) -> None:
        self._server = server
        self.came: Callable[[str], None] = lambda _: None
        self._faults: list[Fault] = []
        self._chance = random.Random(7)
        self._held: dict[str, asyncio.Event] = {}
        self.seen: list[Seen] = []
        self.url = ""

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(auto_decompress=True)
        self._runner = web.ServerRunner(web.Server(self._pass), shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        for held in self._held.values():
            held.set()
        await self._runner.cleanup()
        await self._session.close()

    def breaks(self, part: str, status: int, times: float = 1, *, share: float = 1.0, wait_s: float = 0.5) -> None:
        """Answer the next requests to `part` with `status` (429 with `wait_s` to wait), or DROP or LOSE them."""
        self._faults.append(Fault(part, status, times, share, wait_s))

    def mend(self) -> None:
        """No faults any more."""
        self._faults.clear()

    def holds(self, part: str) -> Callable[[], None]:
        """Keep back the answers to `part` until what is given back is called."""
        self._held[part] = asyncio.Event()
        return self._held[part].set

    def count(self, part: str, status: int | None = None) -> int:
        return sum(part in each.path and status in (None, each.status) for each in self.seen)

    def hasty(self, part: str) -> list[Seen]:
        """Refusals after which something was asked again before the time they named was over."""
        asked = [each for each in self.seen if part in each.path]
        return [
            each
            for each in asked
            if each.status == 429
            and any(each.answered_at < other.came_at < each.answered_at + each.wait_s - 0.05 for other in asked)
        ]

    def _fault(self, path: str) -> Fault | None:
        for fault in self._faults:
            if fault.times and fault.part in path and self._chance.random() < fault.share:
                fault.times -= 1
                return fault
        return None

    async def _pass(self, request: web.BaseRequest) -> web.StreamResponse:
        path, fault, came_at = request.path_qs, self._fault(request.path), time.monotonic()
        self.came(request.path)
        if fault is not None and fault.status == DROP:
            return self._ended(request, DROP)
        if fault is not None and fault.status != LOSE:
            self.seen.append(Seen(path, fault.status, came_at, time.monotonic(), fault.wait_s))
            code = "M_LIMIT_EXCEEDED" if fault.status == 429 else "M_UNKNOWN"
            said = {"errcode": code, "error": "x", "retry_after_ms": int(1000 * fault.wait_s)}
            return web.json_response(said, status=fault.status)
        headers = {name: value for name, value in request.headers.items() if name.lower() not in ("host", *_HOPS)}
        body = await request.read()
        try:
            async with self._session.request(
                request.method, self._server.url + path, data=body, headers=headers
            ) as response:
                content, status = await response.read(), response.status
        except aiohttp.ClientError:
            return self._ended(request, DROP)
        for part, held in self._held.items():
            if part in path:
                await held.wait()
        if fault is not None:
            return self._ended(request, LOSE)
        wait_s = json.loads(content).get("retry_after_ms", 0) / 1000 if status == 429 else 0.0
        self.seen.append(Seen(path, status, came_at, time.monotonic(), wait_s))
        return web.Response(body=content, status=status, content_type="application/json")

    def _ended(self, request: web.BaseRequest, how: int) -> web.StreamResponse:
        self.seen.append(Seen(request.path_qs, how, time.monotonic(), time.monotonic()))
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
