"""The line to the homeserver: nio keeps state and encryption, requests are checked here.

nio's own methods give error objects back, sleep through every 429 by themselves and count on `sync_forever`; a request
made here answers with its JSON or raises: AwayError and LimitedError (try again later), RefusedError (the server said
no). Source of the paths: Matrix client-server API v1.16.
"""

import asyncio
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
from nio import AsyncClient, AsyncClientConfig  # type: ignore[import-untyped]
from nio import exceptions as nio_errors

from bot.adapters.matrix.store import SecretStore
from bot.errors import BotError, TransientError

Json = dict[str, Any]
REQUEST_S = 30.0
CRYPTO_ERRORS = (nio_errors.EncryptionError, nio_errors.OlmTrustError)


class AwayError(TransientError):
    """The homeserver is away, or answers with a fault of its own."""


class UnreachedError(AwayError):
    """No connection was made, so nothing was asked."""


class LimitedError(AwayError):
    """The homeserver wants fewer requests; `wait_s` says for how long."""

    def __init__(self, wait_s: float) -> None:
        self.wait_s = wait_s
        super().__init__()


class RefusedError(BotError):
    """The homeserver said no; `code` is its errcode, `body` its answer."""

    def __init__(self, status: int, code: str, body: Json) -> None:
        self.status = status
        self.code = code
        self.body = body
        super().__init__()


def path(*parts: str, **query: str | int) -> str:
    """A path below /_matrix/client/v3 with its parts quoted."""
    asked = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in query.items())
    return "/".join(quote(part, safe="") for part in parts) + (f"?{asked}" if asked else "")


class Wire:
    """One account at one homeserver. `client` is nio's; `synced` is set after each sync that was taken in."""

    def __init__(self, homeserver: str, user_id: str, folder: Path, db_key: bytes, pickle_key: bytes) -> None:
        def make_store(user_id: str, device_id: str, store_path: str, pickle: str, _: str) -> SecretStore:
            return SecretStore(user_id, device_id, store_path, pickle, key=db_key)

        config = AsyncClientConfig(
            store=make_store, encryption_enabled=True, store_sync_tokens=False, pickle_key=pickle_key.hex(),
            max_limit_exceeded=0, max_timeouts=0, request_timeout=REQUEST_S,
        )  # fmt: skip
        self.client: Any = AsyncClient(homeserver, user_id, store_path=str(folder), config=config)
        self.user_id = user_id
        self._synced = asyncio.Event()

    def said_synced(self) -> None:
        """Wake who waits in `next_sync`."""
        self._synced.set()
        self._synced = asyncio.Event()

    async def next_sync(self) -> None:
        """Wait until the next sync was taken in."""
        await self._synced.wait()

    async def call(self, method: str, where: str, body: Json | None = None, timeout_s: float = REQUEST_S) -> Json:
        """The JSON the homeserver answers with. Raises AwayError, LimitedError, RefusedError."""
        headers = {"Content-Type": "application/json"}
        if self.client.access_token:
            headers["Authorization"] = f"Bearer {self.client.access_token}"
        data = None if body is None else json.dumps(body)
        try:
            response = await self.client.send(
                method, f"/_matrix/client/v3/{where}", data, headers, timeout=aiohttp.ClientTimeout(timeout_s)
            )
            async with response:
                status, content = response.status, await response.read()
        except aiohttp.ClientConnectorError:
            raise UnreachedError from None
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise AwayError from None
        return _answer(status, content)

    async def close(self) -> None:
        """Hang up and close the store."""
        await self.client.close()
        if self.client.store is not None:
            self.client.store.database.close()


def _answer(status: int, content: bytes) -> Json:
    try:
        given = json.loads(content)
    except (ValueError, RecursionError):
        raise AwayError from None
    if not isinstance(given, dict):
        raise AwayError
    if 200 <= status < 300:
        return given
    raise _error(status, str(given.get("errcode", "")), given)


def _error(status: int, code: str, given: Json) -> BotError:
    if status == 429 or code == "M_LIMIT_EXCEEDED":
        wait_ms = given.get("retry_after_ms")
        return LimitedError(wait_ms / 1000 if isinstance(wait_ms, int | float) and wait_ms > 0 else 5.0)
    if status >= 500 or not code.startswith("M_"):
        return AwayError()
    return RefusedError(status, code, given)
