"""The HTTP side: from a request on loopback to a handler and back, everything recorded."""

from __future__ import annotations

import asyncio
import json
import traceback
from typing import TYPE_CHECKING, Final

from aiohttp import web

from . import routes_commands, routes_events, routes_guilds, routes_interactions, routes_messages
from .calls import Call, Handler, Refusal, Request
from .errors import ApiError, Fault, Json, invalid_body, unauthorized
from .faults import CLOUDFLARE, Faults, Rule
from .schema import body_schema, faults_of

if TYPE_CHECKING:
    from .gateway import Gateway
    from .interactions import Interaction
    from .world import World

API: Final = "/api/v10"
MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token")
NOISE = (401, 403, 429)
CREATES = ("POST /channels/{channel_id}/threads", "POST /channels/{channel_id}/messages/{message_id}/threads")
ROUTES: Final[dict[str, Handler]] = (
    routes_guilds.ROUTES
    | routes_events.ROUTES
    | routes_messages.ROUTES
    | routes_interactions.ROUTES
    | routes_commands.ROUTES
)


class ConnectionLostError(Exception):
    """The script says that this connection is reset."""


class CloudflareError(Exception):
    """The script says that the request never reaches Discord."""


class Server:
    """Routes of the fake. `requests` and `refusals` hold all that came and all that was refused."""

    def __init__(self, world: World, gateway: Gateway, faults: Faults) -> None:
        self.world = world
        self.gateway = gateway
        self.faults = faults
        self.requests: list[Request] = []
        self.refusals: list[Refusal] = []
        self.violations: list[Refusal] = []
        self.interactions: dict[str, Interaction] = {}
        self.commands: dict[int | None, list[dict[str, Json]]] = {}
        self.creates: dict[int | None, list[float]] = {}
        self.publishes: dict[int, list[float]] = {}
        self.crashes: list[str] = []
        self.syncs = 0
        self.noise_count = 0
        self.recommended_shards = 1
        self.base = ""
        self._runner: web.AppRunner | None = None

    def interaction(self, token: str) -> Interaction | None:
        return self.interactions.get(token)

    async def start(self) -> None:
        """Listen on a free port of 127.0.0.1."""
        app = web.Application(client_max_size=200 * 1024 * 1024)
        for route, handler in ROUTES.items():
            method, path = route.split(" ", 1)
            app.router.add_route(method, API + path, self._served(route, handler))
        app.router.add_get("/gateway/", self.gateway.handle)
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_route("*", "/{tail:.*}", self._unhandled)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        # A backlog shorter than a burst of connects costs a second of SYN retries.
        site = web.TCPSite(self._runner, "127.0.0.1", 0, backlog=2048)
        await site.start()
        port = self._runner.addresses[0][1]
        self.base = f"http://127.0.0.1:{port}"
        self.gateway.url = f"ws://127.0.0.1:{port}/gateway"

    async def stop(self) -> None:
        await self.gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def _served(self, route: str, handler: Handler) -> web.Handler:  # type: ignore[name-defined]
        async def serve(request: web.Request) -> web.StreamResponse:
            try:
                return await self._serve(route, handler, request)
            except ConnectionLostError:
                if request.transport is not None:
                    request.transport.abort()
                return web.Response(status=500)
            except Exception:
                # A library would quietly try again; the test must hear of it.
                self.crashes.append(f"{route}\n{traceback.format_exc()}")
                raise

        return serve

    async def _serve(self, route: str, handler: Handler, request: web.Request) -> web.StreamResponse:
        call = Call(self, route, dict(request.match_info), dict(request.query), None)
        rules: dict[str, Rule] = {rule.act: rule for rule in self.faults.due(route)}
        status, code, payload = 200, 0, None
        headers: dict[str, str] = {}
        try:
            call.body, call.files = await read_body(request)
            await self._strike(call, rules, headers)
            self._authorize(route, request)
            check_path(call)
            check_body(call)
            payload = await handler(call)
            status = 204 if payload is None else 201 if route in CREATES else 200
        except ApiError as error:
            status, code, payload = error.status, error.code, error.body()
            headers |= error.headers
            self._refused(call, error)
        except CloudflareError:
            self._keep(call, 429, 0)
            page_headers = {"Retry-After": "3600"}
            return web.Response(status=429, text=CLOUDFLARE, content_type="text/html", headers=page_headers)
        except ConnectionLostError:
            self._keep(call, 0, 0)
            raise
        if "lose" in rules:
            self._keep(call, 0, code)
            raise ConnectionLostError
        self._keep(call, status, code, payload)
        return answer_of(status, payload, headers)

    async def _strike(self, call: Call, rules: dict[str, Rule], headers: dict[str, str]) -> None:
        """What the script does before the request is looked at; fills in the headers of the rate limit."""
        if "delay" in rules:
            await asyncio.sleep(rules["delay"].seconds)
        if "drop" in rules:
            raise ConnectionLostError
        is_banned = self.faults.ban_after is not None and self.noise_count >= self.faults.ban_after
        if is_banned or "cloudflare" in rules:
            raise CloudflareError
        major = "+".join(call.path.get(one, "") for one in MAJOR)
        headers |= self.faults.limit_headers(call.route, major)
        if "refuse" in rules and (error := rules["refuse"].error) is not None:
            raise error

    def _authorize(self, route: str, request: web.Request) -> None:
        if route in routes_interactions.TOKENLESS:
            return
        if request.headers.get("Authorization") != f"Bot {self.world.token}":
            raise unauthorized()

    def _keep(self, call: Call, status: int, code: int, answer: Json = None) -> None:
        self.noise_count += status in NOISE
        at = self.world.clock.now()
        self.requests.append(
            Request(call.route, call.path, call.query, call.body, tuple(call.files), status, code, answer, at)
        )

    def _refused(self, call: Call, error: ApiError) -> None:
        refusal = Refusal(call.route, error.status, error.code, error.message, error.faults, call.body)
        self.refusals.append(refusal)
        if error.is_violation:
            self.violations.append(refusal)
        interaction = self.interactions.get(call.path.get("interaction_token") or call.path.get("webhook_token") or "")
        if interaction is not None:
            interaction.refusals.append(str(refusal))

    async def _unhandled(self, request: web.Request) -> web.StreamResponse:
        """A route the fake does not have: 404, and a violation, because a test would believe in it otherwise."""
        call = Call(self, f"{request.method} {request.path}", {}, dict(request.query), None)
        error = ApiError(404, 0, "404: Not Found", is_violation=True)
        self._refused(call, error)
        self._keep(call, 404, 0)
        return answer_of(404, error.body(), {})


async def read_body(request: web.Request) -> tuple[Json, dict[str, bytes]]:
    """JSON, or the `payload_json` and files of a multipart form (API docs, Uploading Files)."""
    if request.content_type == "multipart/form-data":
        body: Json = None
        files: dict[str, bytes] = {}
        async for part in await request.multipart():
            name = getattr(part, "name", None) or ""
            content = bytes(await part.read(decode=True))  # type: ignore[union-attr]
            if name == "payload_json":
                body = parsed(content)
            else:
                files[name] = content
        return body if body is not None else {}, files
    raw = await request.read()
    return (parsed(raw) if raw else None), {}


def parsed(raw: bytes) -> Json:
    try:
        return json.loads(raw)
    except ValueError:
        raise ApiError(400, 50109, "The request body contains invalid JSON.", is_violation=True) from None


def check_path(call: Call) -> None:
    """Ids are numbers."""
    faults = [
        Fault((name,), "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')
        for name, value in call.path.items()
        if name.endswith("_id") and not value.isdecimal()
    ]
    if faults:
        raise invalid_body(faults)


def check_body(call: Call) -> None:
    """Against the API description. A body that is missing counts as empty where one is expected."""
    if body_schema(call.route) is None:
        return
    if call.body is None:
        call.body = {}
    faults = faults_of(call.route, call.body)
    if faults:
        raise invalid_body(faults)


def answer_of(status: int, payload: Json, headers: dict[str, str]) -> web.Response:
    if status == 204:
        return web.Response(status=204, headers=headers)
    # The bare type, without a charset: discord.py compares the header with exactly this.
    return web.Response(
        status=status, body=json.dumps(payload).encode(), headers=headers | {"Content-Type": "application/json"}
    )
