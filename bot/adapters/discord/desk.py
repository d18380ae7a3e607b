"""What each thing a person does on Discord comes to: a command, a press, a form, plain words."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import discord

from bot import log
from bot.adapters.discord import forms, incoming
from bot.adapters.discord.answering import Hidden, Interaction, Outcome, Shown
from bot.adapters.discord.coding import CodeError, unpack
from bot.adapters.discord.incoming import PLATFORM
from bot.adapters.discord.memory import Memory
from bot.adapters.discord.outgoing import Page, pages
from bot.adapters.discord.pacing import Gate, Turns
from bot.adapters.discord.servers import Servers
from bot.core.form import Field, Form
from bot.core.ground import Dispatch, Ground
from bot.core.moderators import NOBODY, Moderators, Standing
from bot.core.reply import Action, Block, Notice, Paragraph, Reply, sentence
from bot.core.request import ActionPress, Body, Command, FormSubmit, Text
from bot.errors import BotError
from bot.text.messages import Messages

IN_PLACE = frozenset({"guided", "place", "wrong", "language"})
"""Steps on the way to an answer: the next takes the place of the last. Answers stay."""
ALWAYS = frozenset({"help", "privacy", "setup"})
"""Commands that no server can turn off."""
Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks, as an answer needs it. `locale` is None where nothing says in which language they read."""

    mark: str
    locale: str | None
    home: str | None
    room: str
    revealing: tuple[str, ...] = ()
    standing: Standing = NOBODY
    account: str = field(default="", repr=False)
    server: str = field(default="", repr=False)

    @property
    def reads(self) -> str:
        """The language of the door's own sentences for them."""
        return self.locale or "en"


class Desk:
    """Turns events into outcomes. Every method answers with a sentence for what is wrong; none raises."""

    def __init__(self, ground: Ground, dispatch: Dispatch, messages: Messages, memory: Memory, gate: Gate) -> None:
        self._ground = ground
        self._dispatch = dispatch
        self._say: Say = messages.say
        self._turns = Turns()
        self._gate = gate
        self.memory = memory
        self._moderators = Moderators(ground.settings.communities)
        self.servers = Servers(memory, messages, _revealing(ground))

    # what people do

    async def command(self, interaction: Interaction, name: str, values: Mapping[str, str | None]) -> Outcome:
        """A slash command with its options."""
        person = await self.person(interaction)
        server = await self.memory.server(interaction.guild_id)
        if name not in ALWAYS and server.commands is not None and name not in server.commands:
            return self.sentence(person.reads, "discord-not-here")
        if name == "setup":
            return await self._guarded(person, lambda: self.servers.open(interaction, person.reads, self.notice))
        body = incoming.command_body(name, values)
        if body is None:
            return self.ask_form(person.reads)
        return await self.ask(interaction.id, person, body)

    async def press(self, interaction: Interaction, custom_id: str) -> Outcome:
        """A button, or a choice of a list."""
        person = await self.person(interaction)
        try:
            action, args = unpack(custom_id)
        except CodeError:
            return self.sentence(person.reads, "discord-unknown")
        match action:
            case "hide":
                return Hidden()
            case "privately":
                return await self._privately(interaction, person)
            case "remember" | "forget":
                return await self._guarded(person, lambda: self._remember(person, args))
            case _:
                return await self.ask(interaction.id, person, ActionPress(action, args))

    async def submit(self, interaction: Interaction, custom_id: str, data: Mapping[str, object]) -> Outcome:
        """A form that was sent."""
        person = await self.person(interaction)
        form, values = forms.form_of(custom_id), incoming.submitted(data)
        if form is None:
            return self.sentence(person.reads, "discord-unknown")
        if form == forms.SETUP:
            return await self._guarded(person, lambda: self._set_up(interaction, person, values))
        if form == forms.ASK:
            return await self.ask(interaction.id, person, Text(values.get("question", "")))
        return await self.ask(interaction.id, person, FormSubmit(form, values))

    async def suggestions(self, interaction: Interaction, kind: str, typed: str) -> list[tuple[str, str]]:
        """What autocomplete shows, as (label, value); nothing when anything fails."""
        try:
            person = replace(await self.person(interaction), room=incoming.SUGGESTING)
            reply = await self._reply(interaction.id, person, FormSubmit("complete", {"kind": kind, "typed": typed}))
        except Exception as error:  # noqa: BLE001  (a list that stays empty is better than one that fails)
            log.failure("discord.suggest-failed", error)
            return []
        return [(action.label, action.args[0]) for action in reply.actions]

    async def words(self, message: discord.Message, text: str) -> list[Page]:
        """The answer to a direct message, as pages. The first line of each reveals nothing."""
        mark = self.memory.mark(message.author.id)
        known = await self.memory.preferences(mark)
        standing = self._moderators.standing(PLATFORM, str(message.author.id), is_proven=True)
        home, room = self._ground.settings.home, str(message.channel.id)
        person = Person(mark, known.language, home, room, standing=standing, account=str(message.author.id))
        try:
            reply = await self._reply(message.id, person, Text(text))
        except BotError as error:
            reply = self._said(person.reads, error.message_id, **error.args_for_text)
        except Exception as error:  # noqa: BLE001  (as in `_guarded`)
            log.failure("discord.words-failed", error)
            reply = self._said(person.reads, "error-internal")
        shown = self._shown(reply, person)
        return self.servers.discreetly(shown.pages, reply.locale)

    async def offer(self, message: discord.Message) -> list[Page]:
        """What is said where others read too: that there is a private answer, and nothing of the question."""
        server = await self.memory.server(message.guild.id if message.guild else None)
        known = await self.memory.preferences(self.memory.mark(message.author.id))
        guild_locale = incoming.locale_of(str(message.guild.preferred_locale)) if message.guild else None
        locale = server.language or known.language or guild_locale or "en"
        reply = self._said(locale, "discord-privately")
        return pages(replace(reply, actions=(Action("privately", self._say(locale, "do-privately")),)))

    # the parts of it

    async def person(self, interaction: Interaction) -> Person:
        """Who acts, in which language and with which home. Discord itself says who it is, so it is always proven."""
        mark = self.memory.mark(interaction.user.id)
        known = await self.memory.preferences(mark)
        server = await self.memory.server(interaction.guild_id)
        locale = known.language or incoming.locale_of(str(interaction.locale))
        home = server.home or self._ground.settings.home
        room = str(interaction.channel_id or interaction.user.id)
        is_member = interaction.is_guild_integration()
        standing = self._moderators.standing(
            PLATFORM,
            str(interaction.user.id),
            is_proven=True,
            keeps_room=is_member and interaction.permissions.manage_guild,
            administers=is_member and interaction.permissions.administrator,
        )
        account, guild = str(interaction.user.id), str(interaction.guild_id or "") if is_member else ""
        return Person(mark, locale, home, room, server.revealing_words, standing, account, guild)

    async def ask(self, event_id: int, person: Person, body: Body) -> Outcome:
        """The reply of the handlers, as messages or as a modal."""
        return await self._guarded(person, lambda: self._asked(event_id, person, body))

    async def _asked(self, event_id: int, person: Person, body: Body) -> Outcome:
        reply = await self._reply(event_id, person, body)
        if reply.form is not None:
            return forms.modal(reply.form, self.notice(reply.locale))
        if isinstance(body, ActionPress) and body.action == "privacy.erase":
            await self.memory.remember(person.mark, None)
        known = await self.memory.preferences(person.mark)
        if getattr(body, "name", "") == "privacy" and known.language is not None:
            reply = self._with_language(reply, known.language)
        shown = self._shown(reply, person)
        words = person.revealing
        return Shown(self.servers.discreetly(shown.pages, reply.locale, words), shown.placeholder) if words else shown

    async def _reply(self, event_id: int, person: Person, body: Body) -> Reply:
        await self._turns.mine()
        return await self._dispatch(
            incoming.request(
                event_id,
                person.room,
                body,
                self.memory.now(),
                locale=person.locale,
                mark=person.mark,
                standing=person.standing,
                home=person.home,
                writes_to=person.account,
                server=person.server,
                said_at=self._gate.said_at(event_id),
            )
        )

    async def _guarded(self, person: Person, work: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """The outcome of `work`, or the sentence for what went wrong in it."""
        try:
            return await work()
        except BotError as error:
            return self.sentence(person.reads, error.message_id, **error.args_for_text)
        except Exception as error:  # noqa: BLE001  (a person gets a sentence; class and place alone are logged)
            log.failure("discord.failed", error)
            return self.sentence(person.reads, "error-internal")

    async def _privately(self, interaction: Interaction, person: Person) -> Outcome:
        """The private answer to what was asked in public; for anybody else, and where the words are gone, the form."""
        asked = interaction.message.reference if interaction.message else None
        question = asked.resolved if asked else None
        if isinstance(question, discord.Message) and question.author.id == interaction.user.id and question.content:
            text = incoming.question(question.content, interaction.application_id)
            if text:
                return await self.ask(interaction.id, person, Text(text))
        return self.ask_form(person.reads)

    async def _set_up(self, interaction: Interaction, person: Person, values: dict[str, str]) -> Outcome:
        """Keep the settings of the server; a moderator may then join this channel to their community."""
        await self.servers.change(interaction, values)
        reply = self._said(person.reads, "discord-setup-done")
        if person.standing.moderator:
            room = await self._reply(interaction.id, person, Command("setup"))
            reply = replace(reply, blocks=(*reply.blocks, *room.blocks), actions=room.actions)
        return Shown(pages(reply), self._say(person.reads, "discord-choose"))

    async def _remember(self, person: Person, args: Sequence[str]) -> Outcome:
        language = incoming.locale_of(args[0]) if args else None
        await self.memory.remember(person.mark, language)
        return self.sentence(language or person.reads, "discord-remembered" if language else "discord-forgotten")

    def _shown(self, reply: Reply, person: Person) -> Shown:
        before: list[str] = []
        if self.memory.tell_once(person.mark):
            # An urgent answer begins with what can be done now (policy §6); the line about Discord then ends it.
            if reply.is_urgent:
                reply = replace(reply, blocks=(*reply.blocks, Notice(self.notice(reply.locale))))
            else:
                before = [self.notice(reply.locale)]
        last = [Action("hide", self._say(reply.locale, "do-hide"))]
        if reply.sets_locale:
            last.insert(0, Action("remember", self._say(reply.locale, "do-remember"), (reply.sets_locale,)))
        return Shown(pages(reply, before, last), self._say(reply.locale, "discord-choose"))

    def _with_language(self, reply: Reply, language: str) -> Reply:
        name = self._say(language, "language-self")
        said: Block = Paragraph((self._say(reply.locale, "discord-language-kept", language=name),))
        forget = Action("forget", self._say(reply.locale, "do-forget"))
        return replace(reply, blocks=(*reply.blocks, said), actions=(*reply.actions, forget))

    def ask_form(self, locale: str) -> Outcome:
        """The form for a question, so that its words stay out of the command line."""
        label = self._say(locale, "discord-ask-label")
        field = Field("question", label, "paragraph", max_length=forms.LONGEST_INPUT)
        form = Form(forms.ASK, self._say(locale, "discord-ask-title"), (field,))
        return forms.modal(form, self.notice(locale), self._say(locale, "discord-ask-hint"))

    def notice(self, locale: str) -> str:
        """That Discord can read along, and where there is another door."""
        matrix = self._ground.settings.matrix
        if matrix is None:
            return self._say(locale, "discord-reads")
        return self._say(locale, "discord-reads-matrix", door=matrix.user_id)

    def _said(self, locale: str, message_id: str, /, **args: str | int) -> Reply:
        return sentence(self._say(locale, message_id, **args), locale)

    def sentence(self, locale: str, message_id: str, /, **args: str | int) -> Shown:
        """One fixed sentence."""
        hide = Action("hide", self._say(locale, "do-hide"))
        return Shown(pages(self._said(locale, message_id, **args), (), [hide]), self._say(locale, "discord-choose"))


def _revealing(ground: Ground) -> tuple[str, ...]:
    settings = ground.settings.discord
    return settings.revealing_words if settings else ()
