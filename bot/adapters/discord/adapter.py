"""The door as `bot.running` runs it: opens, closes in time, says plainly why it cannot open."""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import log
from bot.adapters.discord.client import Umbrella
from bot.adapters.discord.incoming import PLATFORM
from bot.adapters.discord.sending import Deliverer
from bot.core.finding import Finding, UnsafeSetupError
from bot.core.ground import Dispatch, Ground
from bot.core.request import Actor, FormSubmit, Request, RoomRef
from bot.errors import TransientError
from bot.outbox.model import Delivery, MessageRef
from bot.outbox.ports import LaterError
from bot.settings import DiscordSettings
from bot.text.messages import Messages

AUTHENTICATION_FAILED, PRIVILEGED = 4004, 4014
LASTING = {
    4010: "the shards in the settings are not those of this bot",
    4011: "the bot is in so many servers that it needs more shards",
    4012: "the version of the gateway is no longer spoken",
    4013: "the intents asked for are no intents",
}
"""Close codes after which the same would only happen again. API docs, Opcodes: Gateway Close Event Codes."""


NO_TOKEN = Finding(
    "refuse",
    "discord-token",
    "Discord is set up, but there is no token.",
    "Hand it over as DISCORD_TOKEN_FILE.",
)
WRONG_TOKEN = Finding(
    "refuse",
    "discord-token-refused",
    "Discord does not take the token.",
    "Make a new one in the developer portal and hand it over as DISCORD_TOKEN_FILE.",
)


class DiscordAway(TransientError):  # noqa: N818  (a state of theirs, no error of ours)
    """Discord cannot be reached, or closed the connection; trying again later may help."""


class DiscordAdapter:
    """The door to Discord; `bot.core.ground.Adapter` and `bot.outbox.ports.Sender`."""

    platform = PLATFORM
    shows_forms = True

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._settings = ground.settings.discord or DiscordSettings()
        self.client: Umbrella | None = None
        self._is_closed = False

    async def run(self, dispatch: Dispatch) -> None:
        """Serve until closed. Raises DiscordAway, or UnsafeSetupError where it would only fail again."""
        token = self._settings.token
        if token is None:
            raise UnsafeSetupError(NO_TOKEN)
        point_to(self._settings)
        await _warm(self._ground, dispatch)
        client = self.client = Umbrella(self._ground, dispatch, Messages.shipped(), self._settings.shards)
        try:
            if self._is_closed:
                return
            with _plainly():
                await client.start(token.value)
        finally:
            await client.close()
        if not self._is_closed:
            raise DiscordAway

    async def close(self) -> None:
        """Answer what is in hand and leave Discord, within four seconds."""
        self._is_closed = True
        if self.client is not None:
            await self.client.finish()

    @property
    def is_open(self) -> bool:
        """`bot.outbox.ports.Sender`."""
        return self._deliverer is not None

    async def deliver(self, delivery: Delivery) -> MessageRef:
        """`bot.outbox.ports.Sender`: one try. Raises LaterError while the door is not open."""
        if self._deliverer is None:
            raise LaterError
        return await self._deliverer.deliver(delivery)

    async def find_delivered(self, delivery: Delivery) -> MessageRef | None:
        """`bot.outbox.ports.Sender`: what an earlier try left in the channel. Raises LaterError while the door is not open."""
        if self._deliverer is None:
            raise LaterError
        return await self._deliverer.find_delivered(delivery)

    @property
    def _deliverer(self) -> Deliverer | None:
        client = self.client
        return client.deliverer if client and client.is_ready() and not self._is_closed else None


def point_to(settings: DiscordSettings) -> None:
    """Point the library at another API and gateway where the settings say so: for tests and proxies."""
    if settings.api:
        Route.BASE = settings.api
    if settings.gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.gateway)


async def _warm(ground: Ground, dispatch: Dispatch) -> None:
    """Have the directory made ready before the first person waits for it."""
    body = FormSubmit("complete", {"kind": "topic", "typed": "peer support"})
    await dispatch(Request("0", Actor("en"), RoomRef(PLATFORM, "warm"), body, ground.clock.now()))


@contextmanager
def _plainly() -> Iterator[None]:
    """Errors of the library as a state that passes, or a plain sentence for one that does not."""
    try:
        yield
    except discord.LoginFailure:
        raise UnsafeSetupError(WRONG_TOKEN) from None
    except discord.PrivilegedIntentsRequired:
        raise _refused(
            "discord-intents",
            "Discord refuses the intents of this bot (4014).",
            "It asks for none that is privileged; check that the program is unchanged.",
        ) from None
    except discord.ConnectionClosed as error:
        if error.code == AUTHENTICATION_FAILED:
            raise UnsafeSetupError(WRONG_TOKEN) from None
        if error.code in LASTING:
            sentence = f"Discord closed the connection for good ({error.code}): {LASTING[error.code]}."
            raise _refused("discord-closed", sentence, "See `discord.shards` in umbrella.yaml.") from None
        log.warning("discord.closed", code=str(error.code))
        raise DiscordAway from None
    except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
        log.warning("discord.away", error=type(error).__name__)
        raise DiscordAway from None


def _refused(code: str, sentence: str, mend: str) -> UnsafeSetupError:
    return UnsafeSetupError(Finding("refuse", code, sentence, mend))
