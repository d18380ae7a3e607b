"""What is unsafe or missing on the side of Discord, each with its mend.

`findings` sees what the settings say; `examine` asks Discord, without a gateway.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

import aiohttp
import discord

from bot.adapters.discord.adapter import NO_TOKEN, WRONG_TOKEN, point_to
from bot.adapters.discord.client import INTENTS, MAX_WAIT_S
from bot.adapters.discord.commands import LOCALES, OPTIONS, Translator, Tree, digest, fill, table, told
from bot.adapters.discord.discreet import reveals
from bot.core.finding import Finding
from bot.core.ports import SyncState
from bot.settings import Settings
from bot.text.messages import Messages

TOO_MANY = ("administrator", "manage_guild", "manage_roles", "manage_channels", "manage_webhooks", "mention_everyone",
            "kick_members", "ban_members", "moderate_members")  # fmt: skip
"""Permissions the bot never needs; who steals its token would have them."""

SERVERS_AT_ONCE = 200
"""API docs, User: Get Current User Guilds."""


def findings(settings: Settings) -> list[Finding]:
    """What the settings alone show."""
    found: list[Finding] = []
    held = settings.discord
    if held is not None and held.token is None:
        found.append(NO_TOKEN)
    if held is not None and held.token is not None and held.token.value.count(".") != 2:
        found.append(
            Finding(
                "warn",
                "discord-token-shape",
                "The token does not look like one of Discord: three parts with stops between them.",
                "Copy it again from the developer portal, from the page Bot.",
            )
        )
    if held is not None and (held.api or held.gateway):
        found.append(
            Finding(
                "note",
                "discord-api",
                "Another API than Discord's own is set.",
                "Take discord.api out if it is no test.",
            )
        )
    words = held.revealing_words if held else ()
    named = sorted(
        name
        for name in OPTIONS
        if any(reveals(table().text(f"commands.{name}.name", column), words) for column in set(LOCALES.values()))
    )
    if named:
        found.append(
            Finding(
                "warn",
                "discord-revealing-name",
                f"A word of discord.revealing_words is in the names of commands: {', '.join(named)}.",
                "Names are in bot/adapters/discord/commands.yaml; choose another word there, or take this one out.",
            )
        )
    return found


async def examine(settings: Settings, state: SyncState | None) -> list[Finding]:
    """What Discord says of the account within 30 s: the token, permissions in servers, intents, commands."""
    try:
        async with asyncio.timeout(MAX_WAIT_S):
            return await _examined(settings, state)
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        sentence = f"Discord cannot be reached ({type(error).__name__})."
        return [Finding("warn", "discord-away", sentence, "Try again later; the bot does so by itself.")]


async def _examined(settings: Settings, state: SyncState | None) -> list[Finding]:
    held = settings.discord
    if held is None or held.token is None:
        return [NO_TOKEN]
    point_to(held)
    async with discord.Client(intents=INTENTS, max_ratelimit_timeout=MAX_WAIT_S) as client:
        try:
            await client.login(held.token.value)
        except discord.LoginFailure:
            return [WRONG_TOKEN]
        return [*_intents(client), *await _permissions(client), *await _commands(client, state)]


def _intents(client: discord.Client) -> list[Finding]:
    info = client.application
    flags = info.flags if info else None
    if flags is None or not (flags.gateway_message_content or flags.gateway_message_content_limited):
        return []
    return [
        Finding(
            "note",
            "discord-intent-unused",
            "The message content intent is switched on, and the bot does not use it.",
            "Switch it off in the developer portal: what is not sent cannot leak.",
        )
    ]


async def _permissions(client: discord.Client) -> list[Finding]:
    found = []
    async for guild in _servers(client):
        permissions = discord.Permissions(int(guild["permissions"]))
        held = [name for name in TOO_MANY if getattr(permissions, name)]
        if held:
            where, what = str(guild["id"])[-4:], ", ".join(held)
            sentence = f"In one server (…{where}) the bot has more permissions than it needs: {what}."
            found.append(Finding("warn", "discord-permissions", sentence, "Take them from its role there."))
    return found


async def _servers(client: discord.Client) -> AsyncIterator[Mapping[str, Any]]:
    """Every server the bot is in, as Discord tells it: the library's own Guild leaves the permissions out."""
    last: int | None = None
    while True:
        some = await client.http.get_guilds(SERVERS_AT_ONCE, after=last)
        for guild in some:
            yield guild
        if len(some) < SERVERS_AT_ONCE:
            return
        last = int(some[-1]["id"])


async def _commands(client: discord.Client, state: SyncState | None) -> list[Finding]:
    async def nothing(*_: object) -> None: ...

    messages = Messages.shipped()
    tree = Tree(client, lambda _: False, nothing)
    fill(tree, nothing, nothing)
    wanted = await digest(tree, Translator(messages))
    there = {command.name for command in await tree.fetch_commands()}
    missing = {command.name for command in tree.get_commands()} - there
    if not missing and await told(state, client.application_id or 0) == wanted:
        return []
    return [
        Finding(
            "note",
            "discord-not-synced",
            "The commands at Discord are not the ones of this version.",
            "The next run syncs them.",
        )
    ]
