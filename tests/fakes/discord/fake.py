"""The test API: one fake Discord, its people, and what they do.

async with FakeDiscord() as fake:
    with pointing_at(fake):                       # or the bot's own settings: fake.api_url, fake.gateway_url
        ...start the bot with fake.token...
        await fake.gateway.connected()
        answer = await fake.slash("ask", user=fake.ada, guild=fake.home, question="…", locale="fr").answered()
        assert answer.is_ephemeral
        more = await fake.press(answer, "Plus").answered()
    assert fake.complaints() == []
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import acting, talking, wire
from .commands import MESSAGE, USER
from .interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL_SUBMIT, Answer, Interaction, Modal
from .stage import Node, Stage
from .state import Channel, Guild, Message, User

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .talking import Said


class FakeDiscord(Stage):
    """A whole Discord on loopback, in the test's own loop.

    There from the start: `bot`, the server `home` with the members `ada` and `moderator` (an administrator), and
    `stranger`, who shares no server with the bot.
    """

    def slash(
        self,
        command: str,
        *,
        user: User | None = None,
        guild: Guild | None = None,
        channel: Channel | None = None,
        locale: str | None = None,
        options: Mapping[str, Any] | None = None,
        forged: bool = False,
        age_s: float = 0.0,
        copies: int = 1,
        **named: Any,
    ) -> Interaction:
        """`/command sub`: in `guild`, in `channel`, or without both in the person's DM with the bot.

        Raises NotPossibleError where the client would not offer it. `options` for names that are also parameters here.
        `copies=2` delivers the event twice, `age_s=10` one that is already too late.
        """
        values = {**(options or {}), **named}
        make = self._command(command, user, guild, channel, values, focused=None, forged=forged)
        return self._deliver(COMMAND, *make, locale=locale, age_s=age_s, copies=copies)

    def autocomplete(
        self,
        command: str,
        focused: str,
        value: Any = "",
        *,
        user: User | None = None,
        guild: Guild | None = None,
        channel: Channel | None = None,
        locale: str | None = None,
        forged: bool = False,
        **others: Any,
    ) -> Interaction:
        """Typing `value` into the option `focused`; the answer has `.choices` and `.names`."""
        values = {**others, focused: value}
        make = self._command(command, user, guild, channel, values, focused=focused, forged=forged)
        return self._deliver(AUTOCOMPLETE, *make, locale=locale)

    def _command(
        self,
        command: str,
        user: User | None,
        guild: Guild | None,
        channel: Channel | None,
        values: Mapping[str, Any],
        *,
        focused: str | None,
        forged: bool,
    ) -> tuple[Node, User, Channel]:
        who = user or self.ada
        where = channel or (guild.text_channel if guild is not None else self.world.dm_channel(who))
        name, *path = command.split()
        resolved: Node = {}
        try:
            found = acting.find_command(self.commands_of(where.guild), name, 1)
            if not forged:
                acting.check_available(self.world, found, who, where)
            options, chain = acting.leaf(found, path)
        except acting.NotPossibleError:
            if not forged:
                raise
            found = {"id": str(self.world.ids.make()), "name": name, "type": 1}
            options, chain = acting.guessed(values), []
        made = acting.filled(options, values, focused=focused, forged=forged, resolved=resolved)
        for inner in reversed(chain):
            made = [{"name": inner["name"], "type": inner["type"], "options": made}]
        data: Node = {"id": found["id"], "name": found["name"], "type": 1, "options": made}
        return data | ({"resolved": resolved} if resolved else {}), who, where

    def menu(
        self,
        command: str,
        target: Message | User,
        *,
        user: User | None = None,
        channel: Channel | None = None,
        locale: str | None = None,
    ) -> Interaction:
        """A context menu command on a message or a person."""
        who = user or self.ada
        kind = MESSAGE if isinstance(target, Message) else USER
        where = channel or (target.channel if isinstance(target, Message) else self.home.text_channel)
        found = acting.find_command(self.commands_of(where.guild), command, kind)
        acting.check_available(self.world, found, who, where)
        shown: Node
        if isinstance(target, Message):
            shown = {"messages": {str(target.id): wire.message_json(target, self.bot.id)}}
        else:
            shown = {"users": {str(target.id): wire.user_json(target)}}
            if where.guild is not None and target.id in where.guild.members:
                member = wire.member_json(where.guild.members[target.id], with_user=False) | {"permissions": "0"}
                shown["members"] = {str(target.id): member}
        data = {"id": found["id"], "name": command, "type": kind, "target_id": str(target.id), "resolved": shown}
        return self._deliver(COMMAND, data, who, where, locale=locale)

    # components

    def press(
        self,
        on: Message | Answer,
        which: str,
        *,
        user: User | None = None,
        locale: str | None = None,
        forged: bool = False,
        age_s: float = 0.0,
        copies: int = 1,
    ) -> Interaction:
        """Press the button with this label or custom id. `forged`: a custom id that is not there, or not theirs."""
        return self._component(on, which, (), user, locale, forged=forged, age_s=age_s, copies=copies)

    def select(
        self,
        on: Message | Answer,
        which: str,
        *values: str,
        user: User | None = None,
        locale: str | None = None,
        forged: bool = False,
        copies: int = 1,
    ) -> Interaction:
        """Choose by value or label in the select with this placeholder or custom id."""
        return self._component(on, which, values, user, locale, forged=forged, copies=copies, kind=3)

    def _component(
        self,
        on: Message | Answer,
        which: str,
        values: tuple[str, ...],
        user: User | None,
        locale: str | None,
        *,
        forged: bool,
        age_s: float = 0.0,
        copies: int = 1,
        kind: int = 2,
    ) -> Interaction:
        message, asked_by, spoken = touched(on)
        who = user or message.visible_to or asked_by or self.ada
        try:
            component = message.find(which)
        except LookupError:
            if not forged:
                raise
            component = {"type": kind, "custom_id": which}
        if not forged:
            acting.check_pressable(message, component, who)
        chosen = acting.picked(component, values, forged=forged)
        data = acting.component_data(component, chosen)
        locale = locale or (spoken if who is asked_by else None)
        return self._deliver(
            COMPONENT, data, who, message.channel, locale=locale, age_s=age_s, copies=copies, source=message
        )

    def submit_modal(
        self,
        on: Modal | Answer | Interaction,
        values: Mapping[str, Any] | None = None,
        *,
        user: User | None = None,
        locale: str | None = None,
        forged: bool = False,
        age_s: float = 0.0,
        copies: int = 1,
        **named: Any,
    ) -> Interaction:
        """Fill in by label or custom id and send. The same modal may be sent again."""
        modal = on if isinstance(on, Modal) else on.modal
        if modal is None:
            raise acting.NotPossibleError("there is no modal on the screen")
        opener = modal.interaction
        data = acting.modal_data(modal, {**(values or {}), **named}, forged=forged)
        made = self._deliver(
            MODAL_SUBMIT,
            data,
            user or opener.user,
            opener.channel,
            locale=locale or opener.locale,
            age_s=age_s,
            copies=copies,
            source=opener.source,
        )
        made.opened_by = opener
        return made

    def _deliver(
        self,
        kind: int,
        data: Node,
        user: User,
        channel: Channel,
        *,
        locale: str | None,
        age_s: float = 0.0,
        copies: int = 1,
        source: Message | None = None,
    ) -> Interaction:
        interaction = acting.new_interaction(
            self.world, kind, data, user=user, channel=channel, locale=locale, age_s=age_s, source=source
        )
        self.server.interactions[interaction.token] = interaction
        for _ in range(copies):
            self.redeliver(interaction)
        return interaction

    def redeliver(self, interaction: Interaction) -> None:
        """The same event once more, as after a RESUME or with two processes on one token."""
        guild_id = interaction.guild.id if interaction.guild is not None else None
        told = self._emit("INTERACTION_CREATE", interaction.payload, guild_id=guild_id)
        interaction.is_delivered = interaction.is_delivered or told > 0

    # plain words

    def dm(self, user: User, text: str, *, reply_to: Message | None = None, kind: int = 0, age_s: float = 0.0) -> Said:
        """`kind` is the type of a message that is Discord's own, such as 6 for one that says something was pinned."""
        where = self.world.dm_channel(user)
        return talking.say(self.world, where, user, text, reply_to, pings=True, kind=kind, age_s=age_s)

    def say(
        self,
        channel: Channel | Guild,
        text: str,
        *,
        user: User | None = None,
        mentions_bot: bool = False,
        reply_to: Message | None = None,
        pings: bool = True,
    ) -> Said:
        """In public. Without a mention or a pinging reply the bot sees no content unless it has the intent."""
        where = channel.text_channel if isinstance(channel, Guild) else channel
        words = f"{self.bot.mention} {text}" if mentions_bot else text
        return talking.say(self.world, where, user or self.ada, words, reply_to, pings=pings)

    def react(self, user: User, message: Message, emoji: str) -> None:
        talking.react(self.world, user, message, emoji)

    def rewrite(self, message: Message, text: str) -> None:
        talking.rewrite(self.world, message, text)


def touched(on: Message | Answer) -> tuple[Message, User | None, str | None]:
    """The message, who asked for it and in which language."""
    if isinstance(on, Message):
        return on, None, None
    if on.message is None:
        raise acting.NotPossibleError(f"an answer of kind {on.kind} has nothing to press")
    return on.message, on.interaction.user, on.interaction.locale
