"""The line between the bot and its homeserver, to be broken: requests are counted, refused, lost on the way, held up."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import aiohttp
from aiohttp import web

from tests.synapse import Synapse

DROP, LOSE = -1, -2
"""Instead of a status: the connection ends before the server has the request, or before its answer comes back."""
_HOPS = ("transfer-encoding", "content-encoding", "content-length", "connection")


@dataclass
class Fault:
    """Met by the next `times` requests whose path holds `part`."""

    part: str
    status: int
    times: int


class Line:
    """A proxy on loopback. `seen` holds method, path and status of each request, in order."""

    def __init__(self, server: Synapse) -> None:
        self._server = server
        self._faults: list[Fault] = []
        self._held: dict[str, asyncio.Event] = {}
        self.seen: list[tuple[str, str, int]] = []
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

    def breaks(self, part: str, status: int, times: int = 1) -> None:
        """Answer the next requests to `part` with `status` (429 with half a second to wait), or DROP or LOSE them."""
        self._faults.append(Fault(part, status, times))

    def holds(self, part: str) -> Callable[[], None]:
        """Keep back the answers to `part` until what is given back is called."""
        self._held[part] = asyncio.Event()
        return self._held[part].set

    def count(self, part: str, status: int | None = None) -> int:
        return sum(part in path and status in (None, got) for _, path, got in self.seen)

    def _fault(self, path: str) -> int | None:
        for fault in self._faults:
            if fault.times and fault.part in path:
                fault.times -= 1
                return fault.status
        return None

    async def _pass(self, request: web.BaseRequest) -> web.StreamResponse:
        path, fault = request.path_qs, self._fault(request.path)
        if fault == DROP:
            return self._ended(request, DROP)
        if fault is not None and fault != LOSE:
            self.seen.append((request.method, path, fault))
            code = "M_LIMIT_EXCEEDED" if fault == 429 else "M_UNKNOWN"
            return web.json_response({"errcode": code, "error": "x", "retry_after_ms": 500}, status=fault)
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
        if fault == LOSE:
            return self._ended(request, LOSE)
        self.seen.append((request.method, path, status))
        return web.Response(body=content, status=status, content_type="application/json")

    def _ended(self, request: web.BaseRequest, how: int) -> web.StreamResponse:
        self.seen.append((request.method, request.path_qs, how))
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
