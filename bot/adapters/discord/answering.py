"""The only place that answers an interaction: it decides that the answer is private, and that there is one in time.

The first response fixes who sees it, and is due within three seconds (API docs, Receiving and Responding). So every
response and deferral here is ephemeral, and no parameter makes it otherwise; work that takes longer than
`DEFER_AFTER_S` is deferred first. A first response that Discord cannot take (5xx, 429, a lost connection) is tried
again while the three seconds last; the library would sleep past them.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
from discord import app_commands, ui

from bot import log
from bot.adapters.discord.layout import layout
from bot.adapters.discord.outgoing import Page
from bot.adapters.discord.pacing import Gate
from bot.core.attention import Attention

DEFER_AFTER_S = 1.0
TRY_S = 0.9
"""A first response that has not come back by then is tried again; the library sleeps a second after a 5xx."""
CROWD_S = 0.02
"""So much longer for each other that is in hand: what only waits for its turn is not cut off and begun anew."""
MOST_AT_ONCE = 24
"""So many first responses go out at a time, over connections that are there; a handshake each would take longer."""
WORK_S = 60.0
"""No answer takes longer; a person would have gone."""
ALREADY_ANSWERED, UNKNOWN_INTERACTION = 40060, 10062
REFUSED = 400
MOST_FOLLOW_UPS = 5
"""API docs, Receiving and Responding: no more where only the person installed the app (40094)."""

Interaction = discord.Interaction[Any]
Call = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the person shall see: messages; `placeholder` is what a list says before something is chosen."""

    pages: list[Page]
    placeholder: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """The message that was pressed goes away."""


Outcome = Shown | ui.Modal | Hidden


class Answering:
    """Answers interactions. `in_hand` counts those that are not finished, for a clean close."""

    def __init__(self, gate: Gate, apology: Callable[[Interaction], Shown], attention: Attention) -> None:
        """`apology` is the sentence for what went wrong; it needs nothing that could go wrong too."""
        self._gate = gate
        self._apology = apology
        self._attention = attention
        self.in_hand = 0
        self._ways_out = asyncio.Semaphore(MOST_AT_ONCE)
        self._is_idle = asyncio.Event()
        self._is_idle.set()

    async def idle(self) -> None:
        """Return once nothing is in hand."""
        await self._is_idle.wait()

    async def answer(
        self, interaction: Interaction, work: Coroutine[Any, Any, Outcome], *, in_place: bool = False
    ) -> None:
        """Do `work` and show its outcome to the one who asked, and nobody else. Never raises but when cancelled.

        `in_place` puts the outcome in the place of the message that was pressed, where that is private.
        """
        self.in_hand += 1
        self._is_idle.clear()
        try:
            with self._attention:
                await self._answer(interaction, work, in_place and is_private(interaction))
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
            log.warning("discord.unanswered", error=type(error).__name__, code=getattr(error, "code", 0))
        except Exception as error:  # noqa: BLE001  (one answer that fails must not take the door down)
            log.failure("discord.answer-failed", error)
        finally:
            self.in_hand -= 1
            if not self.in_hand:
                self._is_idle.set()

    async def _answer(self, interaction: Interaction, work: Coroutine[Any, Any, Outcome], in_place: bool) -> None:
        task = asyncio.ensure_future(work)
        is_deferred = False
        try:
            await asyncio.wait({task}, timeout=min(DEFER_AFTER_S, self._gate.left_s(interaction.id) / 2))
            if not task.done():
                if not await self._first(interaction, lambda: self._defer(interaction, in_place=in_place)):
                    return
                is_deferred = True
            outcome = await self._outcome(interaction, task)
        finally:
            task.cancel()
        if isinstance(outcome, Hidden):
            await self._hide(interaction, is_deferred=is_deferred)
        elif isinstance(outcome, ui.Modal):
            await self._first(interaction, lambda: interaction.response.send_modal(outcome))
        else:
            await self._shown(interaction, outcome, is_deferred=is_deferred, in_place=in_place)

    async def _outcome(self, interaction: Interaction, task: "asyncio.Future[Outcome]") -> Outcome:
        try:
            return task.result() if task.done() else await asyncio.wait_for(task, WORK_S)
        except Exception as error:  # noqa: BLE001  (a person gets a sentence; class and place alone are logged)
            log.failure("discord.work-failed", error)
            return self._apology(interaction)

    async def _shown(self, interaction: Interaction, shown: Shown, *, is_deferred: bool, in_place: bool) -> None:
        """Show it, or the apology where Discord refuses what was made."""
        try:
            await self._show(interaction, shown, is_deferred=is_deferred, in_place=in_place)
        except discord.HTTPException as error:
            if error.status != REFUSED:
                raise
            log.failure("discord.refused-by-discord", error)
            await self._show(interaction, self._apology(interaction), is_deferred=is_deferred, in_place=in_place)

    @staticmethod
    async def _defer(interaction: Interaction, *, in_place: bool) -> object:
        # thinking=True answers with a new message, thinking=False keeps the one that was pressed; private both ways.
        return await interaction.response.defer(ephemeral=True, thinking=not in_place)

    async def _show(self, interaction: Interaction, shown: Shown, *, is_deferred: bool, in_place: bool) -> None:
        first, *rest = [layout(page, shown.placeholder) for page in shown.pages]
        if is_deferred:
            await again(lambda: interaction.edit_original_response(view=first))
        elif in_place:
            if not await self._first(interaction, lambda: interaction.response.edit_message(view=first)):
                return
        elif not await self._first(interaction, lambda: interaction.response.send_message(view=first, ephemeral=True)):
            return
        for view in rest[:MOST_FOLLOW_UPS]:
            await again(lambda view=view: interaction.followup.send(view=view, ephemeral=True))  # type: ignore[misc]

    async def _hide(self, interaction: Interaction, *, is_deferred: bool) -> None:
        if is_deferred or await self._first(interaction, lambda: self._defer(interaction, in_place=True)):
            with suppress(discord.NotFound):  # it is gone already
                await again(interaction.delete_original_response)

    async def choose(self, interaction: Interaction, choices: list[app_commands.Choice[str]]) -> None:
        """What autocomplete shows. Never raises but when cancelled."""
        try:
            with self._attention:
                await self._first(interaction, lambda: interaction.response.autocomplete(choices))
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            log.warning("discord.unanswered", error=type(error).__name__, code=getattr(error, "code", 0))

    async def _first(self, interaction: Interaction, call: Call) -> bool:
        """Make the first response; False when another process did, or it came too late. Raises for a refusal."""
        left_s = self._gate.left_s(interaction.id)
        loop = asyncio.get_running_loop()
        end = loop.time() + left_s
        tries = 0
        while True:
            tries += 1
            try:
                async with self._ways_out:
                    try_s = min(TRY_S + CROWD_S * self.in_hand, max(end - loop.time(), 0.1))
                    async with asyncio.timeout(try_s):
                        await call()
            except discord.HTTPException as error:
                if error.code in (ALREADY_ANSWERED, UNKNOWN_INTERACTION):
                    # After a try that was cut off it was most likely that try.
                    return error.code == ALREADY_ANSWERED and tries > 1
                if (error.status < 500 and error.status != 429) or loop.time() > end:
                    raise
                await asyncio.sleep(0.1)
            except (TimeoutError, OSError, aiohttp.ClientError):
                if loop.time() > end:
                    raise
                await asyncio.sleep(0.05)
            else:
                self._gate.taken(interaction.id)
                return True


async def again(call: Call, tries: int = 4) -> None:
    """What comes after the first response, for which there are 15 minutes: tried again where Discord is away."""
    for left in range(tries - 1, -1, -1):
        try:
            await call()
        except (discord.DiscordServerError, aiohttp.ClientError, OSError):
            if not left:
                raise
            await asyncio.sleep(0.3 * (tries - left))
        except discord.HTTPException as error:
            if error.status != 429 or not left:
                raise
            await asyncio.sleep(0.5 * (tries - left))
        else:
            return


def is_private(interaction: Interaction) -> bool:
    """Whether the message that was pressed is seen by this person alone: ephemeral, or in the chat with the bot."""
    message = interaction.message
    if message is None:
        return False
    return message.flags.ephemeral or (interaction.guild_id is None and bool(interaction.context.dm_channel))
