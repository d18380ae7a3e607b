"""A bare discord.py bot that answers a constant: for tests of the fake, and the floor of measurements."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

from .seam import discord, pointing_at

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from .fake import FakeDiscord

app_commands, ui = discord.app_commands, discord.ui
INTENTS = discord.Intents(guilds=True, dm_messages=True, guild_messages=True)
CONSTANT = "One answer for all."


class Form(ui.Modal, title="Ask"):
    """One field; says what was written."""

    question: ui.Label[Any] = ui.Label(text="Question", component=ui.TextInput())

    async def on_submit(self, interaction: discord.Interaction) -> None:
        field = self.question.component
        assert isinstance(field, ui.TextInput)
        await interaction.response.send_message(field.value, ephemeral=True)


class Buttons(ui.View):
    """Lives as long as the process, under fixed custom ids."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @ui.button(label="More", custom_id="bare:more")
    async def more(self, interaction: discord.Interaction, _: ui.Button[Any]) -> None:
        await interaction.response.edit_message(content="More.", view=self)

    @ui.button(label="Form", custom_id="bare:form")
    async def form(self, interaction: discord.Interaction, _: ui.Button[Any]) -> None:
        await interaction.response.send_modal(Form())

    @ui.select(
        placeholder="Language", custom_id="bare:language", options=[discord.SelectOption(label="Français", value="fr")]
    )
    async def language(self, interaction: discord.Interaction, select: ui.Select[Any]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content=select.values[0])


class BareBot(discord.Client):
    """`/ask` at once, `/later` after a deferral; repeats direct messages and mentions. `seen`: its events in order."""

    def __init__(self, intents: discord.Intents = INTENTS, **options: Any) -> None:
        super().__init__(
            intents=intents, guild_ready_timeout=0.05, allowed_mentions=discord.AllowedMentions.none(), **options
        )
        self.tree = app_commands.CommandTree(self)
        self.seen: list[str] = []
        self.heard: list[discord.Message] = []
        self.asked: list[discord.Interaction] = []

    async def setup_hook(self) -> None:
        self.add_view(Buttons())
        add_commands(self.tree)
        await self.tree.sync()

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        self.seen.append(event)
        super().dispatch(event, *args, **kwargs)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        self.asked.append(interaction)

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message)
        if message.author != self.user and message.content:
            await message.reply(message.content)


def add_commands(tree: app_commands.CommandTree[Any]) -> None:
    @tree.command(description="Ask")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def ask(interaction: discord.Interaction, question: str = "") -> None:  # noqa: ARG001
        await interaction.response.send_message(CONSTANT, ephemeral=True, view=Buttons())

    @ask.autocomplete("question")
    async def complete(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{current}…", value=current)]

    @tree.command(description="Later")
    async def later(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.followup.send(CONSTANT)

    @tree.context_menu(name="Repeat")
    async def repeat(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(message.content, ephemeral=True)


@asynccontextmanager
async def running(bot: discord.Client, fake: FakeDiscord, *, shards: int = 1) -> AsyncIterator[asyncio.Task[None]]:
    """The bot, connected to the fake; closed at the end. The task holds what `start` raised."""
    with pointing_at(fake):
        task = asyncio.create_task(bot.start(fake.token))
        try:
            waiting = asyncio.create_task(ready(bot, fake, shards))
            await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if waiting.done():
                waiting.result()
            waiting.cancel()
            yield task
        finally:
            await bot.close()
            with suppress(Exception):
                await task


async def ready(bot: discord.Client, fake: FakeDiscord, shards: int) -> None:
    await fake.gateway.connected(15, shards=shards)
    await bot.wait_until_ready()


async def until(is_met: Callable[[], bool], timeout_s: float = 8.0) -> None:
    """Wait for something that tells nobody when it happens."""
    async with asyncio.timeout(timeout_s):
        while not is_met():
            await asyncio.sleep(0.01)
