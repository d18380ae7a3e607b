"""A person at a client with the engine Element runs: matrix-js-sdk with its Rust crypto, in a Node.js of its own."""

import asyncio
import json
import subprocess
from pathlib import Path
from typing import Any, Self

from tests import services
from tests.synapse import PASSWORD, Synapse

HERE = Path(__file__).parent / "matrix_js"
WAIT_S = 30.0


class Element:
    """A person; `heard` holds every message of others with its shield, in order."""

    def __init__(self, server: Synapse, name: str, *, signed_only: bool = False) -> None:
        self._server = server
        self._signed_only = signed_only
        self._came = asyncio.Event()
        self.user_id = server.register(name)
        self.heard: list[dict[str, Any]] = []
        self._done: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        node, folder = await asyncio.to_thread(services.node_with, HERE)
        self._process = await asyncio.create_subprocess_exec(
            str(node), "peer.js", cwd=folder, limit=1 << 22,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._reading = asyncio.create_task(self._read())
        await self.does(
            "login", url=self._server.url, user=self.user_id, password=PASSWORD, signedOnly=self._signed_only
        )
        return self

    async def _read(self) -> None:
        assert self._process.stdout
        async for line in self._process.stdout:
            given = json.loads(line)
            if "heard" in given:
                self.heard.append(given)
                self._came.set()
            else:
                self._done.put_nowait(given)

    async def does(self, what: str, **how: Any) -> dict[str, Any]:
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"do": what, **how}).encode() + b"\n")
        await self._process.stdin.drain()
        given = await asyncio.wait_for(self._done.get(), WAIT_S)
        assert "failed" not in given, given
        return given

    async def chat(self, bot_id: str) -> str:
        return str((await self.does("room", invite=bot_id))["room"])

    async def asks(self, room_id: str, text: str, **more: Any) -> dict[str, Any]:
        """Say something and get the next message back."""
        before = len(self.heard)
        await self.does("send", room=room_id, content={"msgtype": "m.text", "body": text, **more})
        async with asyncio.timeout(WAIT_S):
            while len(self.heard) <= before:
                await asyncio.wait_for(self._came.wait(), WAIT_S)
                self._came.clear()
        return self.heard[before]

    async def __aexit__(self, *_: object) -> None:
        self._process.terminate()
        await self._process.wait()
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)
        self._process._transport.close()  # type: ignore[attr-defined]  # noqa: SLF001  (a pipe left open warns)
