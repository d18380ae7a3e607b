"""A bare HTTP caller for tests of the fake itself: what a bot's library would send, and worse."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import aiohttp

if TYPE_CHECKING:
    from types import TracebackType

    from .errors import Json
    from .fake import FakeDiscord
    from .interactions import Interaction


@dataclass(frozen=True)
class Reply:
    status: int
    body: Json
    headers: dict[str, str]

    @property
    def code(self) -> int:
        """Discord's own error code; 0 when it was accepted."""
        return int(self.body.get("code", 0)) if isinstance(self.body, dict) and self.status >= 400 else 0

    @property
    def faults(self) -> dict[str, str]:
        """Dotted place to field code, e.g. `{"embeds.0.title": "BASE_TYPE_MAX_LENGTH"}`."""
        errors = self.body.get("errors", {}) if isinstance(self.body, dict) else {}
        return dict(flat(errors, ""))


def flat(node: Json, above: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, inner in node.items():
        if name == "_errors":
            found += [(above, one["code"]) for one in inner]
        else:
            found += flat(inner, f"{above}.{name}" if above else name)
    return found


class Rest:
    """`async with Rest(fake) as rest: await rest.send("POST", "/channels/1/messages", {...})`"""

    def __init__(self, fake: FakeDiscord, token: str | None = None) -> None:
        self.fake = fake
        self.token = fake.token if token is None else token
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._session is not None
        await self._session.close()

    async def send(
        self,
        method: str,
        path: str,
        body: Json = None,
        *,
        files: dict[str, bytes] | None = None,
        raw: str | None = None,
    ) -> Reply:
        assert self._session is not None
        headers = {"Authorization": f"Bot {self.token}"}
        data: aiohttp.FormData | str | None = raw
        if files is not None:
            data = aiohttp.FormData(quote_fields=False)
            data.add_field("payload_json", json.dumps(body))
            for name, content in files.items():
                data.add_field(name, io.BytesIO(content), filename=name)
        elif raw is None and body is not None:
            data = json.dumps(body)
        if files is None and data is not None:
            headers["Content-Type"] = "application/json"
        async with self._session.request(method, self.fake.api_url + path, data=data, headers=headers) as response:
            is_json = response.content_type == "application/json"
            payload = await response.json() if is_json else await response.text()
            return Reply(response.status, payload, dict(response.headers))

    async def sync(self, *commands: Json) -> Reply:
        return await self.send("PUT", f"/applications/{self.fake.bot.id}/commands", list(commands))

    async def post(self, body: Json) -> Reply:
        """A message into the home server's first channel."""
        return await self.send("POST", f"/channels/{self.fake.home.text_channel.id}/messages", body)

    async def answer(self, interaction: Interaction, kind: int, data: Json = None) -> Reply:
        body = {"type": kind} | ({} if data is None else {"data": data})
        return await self.send("POST", f"/interactions/{interaction.id}/{interaction.token}/callback", body)

    async def follow_up(self, interaction: Interaction, body: Json) -> Reply:
        return await self.send("POST", f"/webhooks/{self.fake.bot.id}/{interaction.token}", body)

    async def edit_original(self, interaction: Interaction, body: Json) -> Reply:
        return await self.send("PATCH", f"/webhooks/{self.fake.bot.id}/{interaction.token}/messages/@original", body)
