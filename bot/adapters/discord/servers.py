"""What administrators set for their server, and lines that reveal nothing at a glance.

Whether somebody is an administrator is asked at the moment of the act, of what Discord itself says in the event: when
the form is opened and again when it is sent. The default permission of the command only hides it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.adapters.discord import forms
from bot.adapters.discord.answering import Interaction, Outcome
from bot.adapters.discord.commands import table
from bot.adapters.discord.discreet import REVEALING, reveals_at_a_glance
from bot.adapters.discord.memory import Memory
from bot.adapters.discord.outgoing import Page, escaped
from bot.directory.vocabulary import place_codes
from bot.errors import InputError
from bot.text.messages import LOCALES, Messages

FIELDS = ("language", "commands", "words", "home")


class Servers:
    """The settings of servers, and the revealing words of the operator."""

    def __init__(self, memory: Memory, messages: Messages, revealing: Sequence[str]) -> None:
        self._memory = memory
        self._say = messages.say
        self._revealing = tuple(revealing)

    async def open(self, interaction: Interaction, locale: str, notice: Callable[[str], str]) -> Outcome:
        """The form with the settings as they are. Raises InputError for who may not change them."""
        self._check(interaction)
        settings = await self._memory.server(interaction.guild_id)
        labels = {
            "language": self._say(locale, "discord-setup-language"),
            "commands": self._say(locale, "discord-setup-commands"),
            "words": self._say(locale, "discord-setup-words"),
            "home": self._say(locale, "discord-setup-home"),
        }
        languages = [("any", self._say(locale, "discord-setup-any"))]
        languages += [(each, self._say(each, "language-self")) for each in LOCALES]
        names = [(name, f"/{table().name(name, locale)}") for name in table().optional]
        title = self._say(locale, "discord-setup-title")
        return forms.settings_modal(settings, labels, notice(locale), title, languages, names)

    async def change(self, interaction: Interaction, values: dict[str, str]) -> None:
        """Keep what was sent. Raises InputError for who may not, and for a home or language there is not."""
        guild_id = self._check(interaction)
        language, home = values.get("language", "any"), values.get("home", "").strip().upper() or None
        if language not in ("any", *LOCALES):
            raise InputError("error-option")
        if home is not None and home not in place_codes("countries") | place_codes("regions"):
            raise InputError("error-home")
        chosen = tuple(name for name in table().optional if name in values.get("commands", "").split(","))
        before = await self._memory.server(guild_id)
        settings = replace(
            before,
            language=None if language == "any" else language,
            revealing_words=forms.listed(values.get("words", "")),
            commands=None if chosen == table().optional else chosen,
            home=home,
        )
        await self._memory.set_server(guild_id, settings)

    @staticmethod
    def _check(interaction: Interaction) -> int:
        """The server, where the person administrates it and the bot is a member of it."""
        if interaction.guild_id is None or not interaction.is_guild_integration():
            raise InputError("discord-server-only")
        if not interaction.permissions.administrator:
            raise InputError("discord-admins-only")
        return interaction.guild_id

    def discreetly(self, shown: list[Page], locale: str, words: Sequence[str] | None = None) -> list[Page]:
        """`shown` with a neutral line before each page whose beginning reveals something; `words` instead of all words.

        Each page is a message, and a notification, of its own.
        """
        looked_for = (*REVEALING, *self._revealing) if words is None else words
        lead = escaped(self._say(locale, "discord-lead"))
        return [
            replace(page, parts=(lead, *page.parts)) if reveals_at_a_glance("\n".join(page.parts), looked_for) else page
            for page in shown
        ]
