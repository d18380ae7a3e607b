"""The table of commands: names and descriptions in seven locales from `commands.yaml`, and the tree the library keeps.

Offered in servers, in the chat with the bot and in other private conversations; installed by servers and by people.
`/setup` is for servers only and hidden from who is no administrator, which `servers` checks again when it is used.
"""

import hashlib
import inspect
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Optional

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str

from bot.adapters.discord.answering import Interaction
from bot.adapters.discord.incoming import PLATFORM
from bot.adapters.discord.outgoing import shortened
from bot.core.ports import SyncState
from bot.reading import read_plain
from bot.text.messages import LOCALES as WRITTEN
from bot.text.messages import Messages

LOCALES = {"en-US": "en", "en-GB": "en", "fr": "fr", "es-ES": "es", "es-419": "es", "zh-CN": "zh-CN", "zh-TW": "zh-TW"}
"""Discord's locale to the column of the table."""
COMPLETED = ("topic", "place", "serves", "language", "access", "resource")
MOST_QUESTION, MOST_OPTION = 4000, 100
CHOICE = 100
OPTIONS: Mapping[str, tuple[str, ...]] = {
    "ask": ("question",),
    "find": ("topic", "place", "serves", "language", "access"),
    "groups": ("place",),
    "show": ("resource",),
    "urgent": ("situation", "place"),
    "language": ("language",),
    "help": (),
    "privacy": (),
    "suggest": (),
    "case": ("code",),
    "report": ("resource",),
    "review": (),
    "check": ("resource", "method", "outcome", "date"),
    "history": ("item",),
    "need": (),
    "campaign": (),
    "events": ("topic", "place"),
    "announce": (),
    "subscribe": (),
    "setup": (),
}
CHOSEN = {
    "situation": ("situations", "class"),
    "method": ("methods", "method"),
    "outcome": ("outcomes", "check-choose"),
}
"""An option with fixed choices: the part of the table that has them, and how their texts in the bot begin."""
_TEXTS = dict(CHOSEN.values())
Serve = Callable[[Interaction, str, dict[str, str | None]], Awaitable[None]]
Complete = Callable[[Interaction, str, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Table:
    """The file as it is: commands, options, commands on messages, and the choices by their ids."""

    commands: Mapping[str, Mapping[str, Mapping[str, str]]]
    options: Mapping[str, Mapping[str, Mapping[str, str]]]
    menus: Mapping[str, Mapping[str, Mapping[str, str]]]
    situations: Mapping[str, str]
    methods: Mapping[str, str]
    outcomes: Mapping[str, str]

    def chosen(self, part: str) -> Mapping[str, str]:
        """The choices of a part by their ids, in Traditional characters."""
        return {"situations": self.situations, "methods": self.methods, "outcomes": self.outcomes}[part]

    @property
    def optional(self) -> tuple[str, ...]:
        """The commands a server may turn off."""
        return tuple(name for name in self.commands if name not in ("help", "privacy", "setup"))

    def name(self, command: str, locale: str) -> str:
        """What the command is called for who reads that language of ours."""
        return self.commands[command]["name"]["zh-CN" if locale == "zh" else locale]

    def text(self, key: str, column: str) -> str:
        """The text of a key such as `commands.ask.name` in one column."""
        kind, entry, part = key.split(".")
        return str({"commands": self.commands, "options": self.options, "menus": self.menus}[kind][entry][part][column])


@lru_cache(maxsize=1)
def table() -> Table:
    """The packaged table; read once."""
    read: dict[str, Any] = read_plain(resources.files(__package__) / "commands.yaml")
    return Table(*(read[part] for part in ("commands", "options", "menus", "situations", "methods", "outcomes")))


class Translator(app_commands.Translator):
    """Every name and description in the person's language, out of the table and the texts of the bot."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages

    async def translate(
        self,
        string: locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002
    ) -> str | None:
        """The text in that locale; None for a locale that the table does not have, and for what is the same in all."""
        column = LOCALES.get(locale.value)
        key = str(string.extras.get("key", ""))
        if column is None or not key:
            return None
        kind, _, name = key.partition(".")
        if kind == "languages":
            return self._messages.say(name, "language-self")
        if kind not in _TEXTS:
            return table().text(key, column)
        if column == "zh-TW":
            return table().chosen(kind)[name]
        return shortened(self._messages.say(column[:2], f"{_TEXTS[kind]}-{name}"), CHOICE)


def _text(key: str) -> locale_str:
    return locale_str(table().text(key, "en"), key=key)


class Tree(app_commands.CommandTree[Any]):
    """The commands as the library keeps them; `admits` is asked before any of them runs."""

    def __init__(
        self,
        client: discord.Client,
        admits: Callable[[Interaction], bool],
        failed: Callable[[Interaction, Exception], Awaitable[None]],
    ) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        self._admits = admits
        self._failed = failed

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        return self._admits(interaction)

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        await self._failed(interaction, error)


def fill(tree: Tree, serve: Serve, complete: Complete) -> None:
    """Put every command of the table into the tree; `serve` answers them, `complete` answers what is being typed."""
    for name, options in OPTIONS.items():
        command: app_commands.Command[Any, ..., None] = app_commands.Command(
            name=_text(f"commands.{name}.name"),
            description=_text(f"commands.{name}.description"),
            callback=_callback(name, options, serve, complete),
        )
        if name == "setup":
            command.default_permissions = discord.Permissions(administrator=True)
            command.allowed_contexts = app_commands.AppCommandContext(
                guild=True, dm_channel=False, private_channel=False
            )
            command.allowed_installs = app_commands.AppInstallationType(guild=True, user=False)
        tree.add_command(command)
    tree.add_command(_menu(serve))


def _menu(serve: Serve) -> app_commands.ContextMenu:
    """The command on a message: what it says opens the form of `suggest`."""

    async def callback(interaction: discord.Interaction, message: discord.Message) -> None:
        await serve(interaction, "suggest", {"text": message.content})

    return app_commands.ContextMenu(name=_text("menus.suggest.name"), callback=callback)


def _callback(name: str, options: tuple[str, ...], serve: Serve, complete: Complete) -> Callable[..., Any]:
    """A function with the options as its parameters, which is how the library learns of them."""

    async def callback(interaction: Interaction, **values: str | None) -> None:
        await serve(interaction, name, values)

    kind: Any = app_commands.Range[str, 1, MOST_QUESTION if name == "ask" else MOST_OPTION]
    parameters = [
        inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=discord.Interaction)
    ]
    for option in options:
        annotation = str if _is_chosen(name, option) else kind
        parameters.append(
            inspect.Parameter(option, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Optional[annotation])  # noqa: UP045
        )
    callback.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    callback.__name__ = name
    if options:
        app_commands.describe(**{option: _text(f"options.{option}.description") for option in options})(callback)
        app_commands.rename(**{option: _text(f"options.{option}.name") for option in options})(callback)
    for option in options:
        if _is_chosen(name, option):
            app_commands.choices(**{option: _choices(option)})(callback)
        elif option in COMPLETED:
            app_commands.autocomplete(**{option: _completing(option, complete)})(callback)
    return callback


def _is_chosen(name: str, option: str) -> bool:
    """Whether the option has fixed choices: few, and the same everywhere."""
    return option in CHOSEN or name == option == "language"


def _choices(option: str) -> list[Choice[str]]:
    english = Messages.shipped()
    if option in CHOSEN:
        part, text = CHOSEN[option]
        return [
            Choice(name=locale_str(english.say("en", f"{text}-{each}"), key=f"{part}.{each}"), value=each)
            for each in table().chosen(part)
        ]
    return [
        Choice(name=locale_str(english.say(each, "language-self"), key=f"languages.{each}"), value=each)
        for each in WRITTEN
    ]


def _completing(option: str, complete: Complete) -> Callable[..., Any]:
    async def completing(interaction: discord.Interaction, current: str) -> list[Choice[str]]:
        await complete(interaction, option, str(current))
        return []

    return completing


async def digest(tree: Tree, translator: Translator) -> str:
    """The hash of all commands as Discord would be told them."""
    payload = [await command.get_translated_payload(tree, translator) for command in tree.get_commands()]
    return hashlib.sha256(json.dumps(payload, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


async def told(state: SyncState | None, application_id: int) -> str | None:
    """The hash of the commands Discord was told last, None when that is not known."""
    return await state.get(PLATFORM, f"commands.{application_id}") if state else None


async def sync(tree: Tree, translator: Translator, state: SyncState, application_id: int) -> bool:
    """Tell Discord the commands if they are not the ones it was told last; whether it was told.

    Each sync replaces all commands and counts towards 200 creations a day. Raises what the library raises.
    """
    wanted = await digest(tree, translator)
    if await told(state, application_id) == wanted:
        return False
    await tree.sync()
    await state.put(PLATFORM, f"commands.{application_id}", wanted)
    return True
