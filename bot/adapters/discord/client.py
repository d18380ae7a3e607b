"""The connection: one client of the library, made anew for each try.

Every event that can be answered comes through here: commands and what is being typed through the tree, presses and
forms through `on_interaction`, plain words through `on_message`. Each is let in once, and not when it is too late
(`pacing`).
"""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot import log
from bot.adapters.discord.answering import Answering, Interaction, Outcome, Shown, again
from bot.adapters.discord.coding import CodeError, unpack
from bot.adapters.discord.commands import Translator, Tree, fill, sync
from bot.adapters.discord.crossposting import Crossposts
from bot.adapters.discord.desk import IN_PLACE, Desk
from bot.adapters.discord.incoming import PLATFORM, locale_of, question
from bot.adapters.discord.layout import LIST, layout
from bot.adapters.discord.memory import Memory, Recent
from bot.adapters.discord.outgoing import Page
from bot.adapters.discord.pacing import Gate, Pacer
from bot.adapters.discord.sending import Deliverer
from bot.core.ground import Dispatch, Ground
from bot.errors import StorageError
from bot.outbox.steady import SteadyClock
from bot.text.messages import Messages
from bot.values import Shards

MAX_WAIT_S = 30.0
"""The library waits no longer for a rate limit than this (its least), and raises then."""
CLOSE_S = 2.5
FORBIDDEN_S = 600.0
"""After a refusal nothing is said in that channel for so long: refusals in a loop get a bot banned."""
SYNC_AGAIN_S = 60.0
IDENTIFY_S = 5.0
"""API docs, Gateway: Rate Limiting. So many identify at a time each five seconds."""
INTENTS = discord.Intents(guilds=True, dm_messages=True, guild_messages=True)
"""None is privileged. What it writes to the bot, or at it, a person's message shows without the content intent."""

SPOKEN = (discord.MessageType.default, discord.MessageType.reply)
"""What people write; other messages are Discord's own, such as that something was pinned."""


class Umbrella(discord.AutoShardedClient):
    """The library's client. Knows which event is whose business, and nothing else."""

    def __init__(self, ground: Ground, dispatch: Dispatch, messages: Messages, shards: Shards | None) -> None:
        options: dict[str, Any] = {}
        if shards is not None:
            options = {"shard_ids": list(range(shards.first, shards.last + 1)), "shard_count": shards.count}
        super().__init__(
            intents=INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=MAX_WAIT_S,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=0.5,
            **options,
        )
        self._ground = ground
        self.gate = Gate(ground.clock)
        self.pacer = Pacer(ground.clock)
        self.desk = Desk(ground, dispatch, messages, Memory(ground), self.gate)
        self.answering = Answering(self.gate, self._apology, ground.attention)
        self._say = messages.say
        self.crossposts = Crossposts(self, ground.state, SteadyClock(ground.clock), self._start)
        self.deliverer = Deliverer(self, self.crossposts, lambda locale: messages.say(locale, "discord-choose"))
        self._quiet: Recent[bool] = Recent(FORBIDDEN_S)
        self._is_closing = False
        self._talks: set[asyncio.Task[None]] = set()
        self._of_older_session: dict[int, discord.Guild] = {}
        self.translator = Translator(messages)
        self.tree = Tree(self, self._admits, self._failed)
        fill(self.tree, self._serve, self._complete)

    async def setup_hook(self) -> None:
        """Once for each connection to the account, before any event: on_ready comes again after each new session."""
        self.http.ws_connect = self.pacer.paced(self.http.ws_connect)  # type: ignore[method-assign, assignment]
        await self.tree.set_translator(self.translator)
        self._start(self._keep_synced())

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Between one session and the next, the five seconds the library would sleep by itself."""
        self._of_older_session |= {each.id: each for each in self.guilds if each.shard_id == shard_id}
        if not initial:
            await self._ground.clock.sleep(IDENTIFY_S)

    async def _keep_synced(self) -> None:
        """Sync the commands if they changed; as long as Discord or the storage is away, again later."""
        while not self.is_closed():
            try:
                if await sync(self.tree, self.translator, self._ground.state, self.application_id or 0):
                    log.notice("discord.commands-synced", count=len(self.tree.get_commands()))
            except (discord.DiscordException, aiohttp.ClientError, OSError, StorageError) as error:
                log.warning("discord.not-synced", error=type(error).__name__)
                await self._ground.clock.sleep(SYNC_AGAIN_S)
            else:
                return

    # how the gateway is

    async def on_connect(self) -> None:
        self.pacer.confirmed()

    async def on_resumed(self) -> None:
        self.pacer.confirmed()

    async def on_error(self, event_method: str, /, *_: Any, **__: Any) -> None:
        """The last net below every event: said by its name alone."""
        log.warning("discord.event-failed", message=event_method)

    # where the bot is no longer

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was taken out of a server, or the server is gone; an outage is another event."""
        rooms = [each.id for each in (*guild.channels, *guild.threads)]
        self._start(self.desk.memory.left_server(guild.id, rooms))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        self._start(self.desk.memory.left_room(channel.id))

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        self._start(self.desk.memory.left_room(payload.thread_id))

    async def on_ready(self) -> None:
        """Hand on what waited when an earlier run ended."""
        self._start(self.crossposts.run())

    async def on_shard_ready(self, shard_id: int) -> None:
        """Forget the servers of this shard that were left while nobody was connected.

        The first event of a session names every server of the shard, those with an outage too (API docs, Gateway Events:
        Ready), and the library makes a new object of each; it keeps those of the session before. One that is not named
        is asked for, before all that was kept for it is erased.
        """
        before, count = self._of_older_session, self.shard_count or 1

        async def is_left(server: int) -> bool:
            guild = self.get_guild(server)
            is_named = guild is not None and guild is not before.get(server)
            if is_named or (server >> 22) % count != shard_id:
                return False
            try:
                await self.fetch_guild(server, with_counts=False)
            except (discord.NotFound, discord.Forbidden):
                return True
            return False

        self._start(self.desk.memory.left_servers(is_left))

    # what can be answered

    def _admits(self, interaction: Interaction) -> bool:
        return not self._is_closing and self.gate.admits(interaction.id)

    async def _serve(self, interaction: Interaction, name: str, values: dict[str, str | None]) -> None:
        await self.answering.answer(interaction, self.desk.command(interaction, name, values))

    async def _complete(self, interaction: Interaction, kind: str, typed: str) -> None:
        found = await self.desk.suggestions(interaction, kind, typed)
        choices = [
            app_commands.Choice(name=label[:100], value=value) for label, value in found if label and len(value) <= 100
        ]
        await self.answering.choose(interaction, choices[:25])

    async def _failed(self, interaction: Interaction, error: Exception) -> None:
        """A command nobody knows, or with values of another kind: a private sentence."""
        log.warning("discord.refused", error=type(error).__name__)
        if interaction.type is discord.InteractionType.autocomplete:
            await self.answering.choose(interaction, [])
            return
        is_strange = isinstance(error, app_commands.CommandNotFound)
        said = "discord-unknown" if is_strange else "error-option"
        await self.answering.answer(interaction, self._sentence(interaction, said))

    def _apology(self, interaction: Interaction) -> Shown:
        return self.desk.sentence(locale_of(str(interaction.locale)) or "en", "error-internal")

    async def _sentence(self, interaction: Interaction, message_id: str) -> Outcome:
        person = await self.desk.person(interaction)
        return self.desk.sentence(person.reads, message_id)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Presses, choices and forms; commands went to the tree. Nothing is looked up but the custom id."""
        data: Any = interaction.data or {}
        kind, custom_id = interaction.type, str(data.get("custom_id", ""))
        if kind is discord.InteractionType.component and self._admits(interaction):
            if custom_id.startswith(LIST):
                custom_id = str((data.get("values") or [""])[0])
            work = self.desk.press(interaction, custom_id)
            await self.answering.answer(interaction, work, in_place=_is_step(custom_id))
        elif kind is discord.InteractionType.modal_submit and self._admits(interaction):
            await self.answering.answer(interaction, self.desk.submit(interaction, custom_id, data))

    # plain words

    async def on_message(self, message: discord.Message) -> None:
        """A direct message, or one that is said to the bot; everything else is not looked at."""
        if message.author.bot or message.webhook_id or self._is_closing or self.user is None:
            return
        if message.type not in SPOKEN:
            return
        is_direct = message.guild is None
        # A reply to the bot mentions it without a word of it in the text.
        if not is_direct and all(user.id != self.user.id for user in message.mentions):
            return
        if not self.gate.is_new(message.id):
            return
        self._start(self._spoken(message, is_direct=is_direct))

    async def _spoken(self, message: discord.Message, *, is_direct: bool) -> None:
        with self._ground.attention:
            await (self._direct(message) if is_direct else self._public(message))

    async def _direct(self, message: discord.Message) -> None:
        event = str(message.id)
        if await self._is_handled(event):
            return
        pages = await self.desk.words(message, question(message.content, self.user.id if self.user else 0))
        placeholder = self._say("en", "discord-choose")
        for number, page in enumerate(pages):
            await self._send(message.channel, page, placeholder, nonce=f"{message.id}-{number}")
        with contextlib.suppress(StorageError):  # better answered twice after a restart than not now
            await self._ground.handled.handle(PLATFORM, event)

    async def _is_handled(self, event: str) -> bool:
        with contextlib.suppress(StorageError):
            return await self._ground.handled.is_handled(PLATFORM, event)
        return False

    async def _public(self, message: discord.Message) -> None:
        if self._quiet.get(str(message.channel.id), self._ground.clock.monotonic()):
            return
        [page] = await self.desk.offer(message)
        reference = discord.MessageReference.from_message(message, fail_if_not_exists=False)
        await self._send(message.channel, page, "", nonce=f"{message.id}-0", reference=reference)

    async def _send(self, channel: Any, page: Page, placeholder: str, **options: Any) -> None:
        """Send with a nonce: tried again, Discord takes it once. A refusal keeps the channel quiet for a while."""
        try:
            await again(lambda: channel.send(view=layout(page, placeholder), mention_author=False, **options))
        except discord.Forbidden:
            self._quiet.put(str(channel.id), True, self._ground.clock.monotonic())
            log.notice("discord.forbidden")

    @property
    def talks(self) -> int:
        """How many messages are being answered, and other work in the background."""
        return len(self._talks)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._minded(work))
        self._talks.add(task)
        task.add_done_callback(self._talks.discard)
        # A task that is cancelled before its first step leaves what it was given as it is.
        task.add_done_callback(lambda _: work.close())

    @staticmethod
    async def _minded(work: Coroutine[Any, Any, None]) -> None:
        """`work`, whose failure is said and goes no further."""
        try:
            await work
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            log.warning("discord.unanswered", error=type(error).__name__, code=getattr(error, "code", 0))
        except Exception as error:  # noqa: BLE001  (one message that fails must not take the door down)
            log.failure("discord.failed", error)

    async def finish(self) -> None:
        """Let nothing more in, answer what is in hand, then leave."""
        self._is_closing = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_S):
                await self.answering.idle()
        for task in list(self._talks):
            task.cancel()
        await self.close()


def _is_step(custom_id: str) -> bool:
    """Whether the press is a step on the way, whose outcome takes the place of what was pressed."""
    with contextlib.suppress(CodeError):
        return unpack(custom_id)[0] in (*IN_PLACE, "hide")
    return False
