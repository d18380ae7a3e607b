"""An interaction and its answer, as a test sees them."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import reading
from .components import TEXT_DISPLAY, walk
from .errors import Json

if TYPE_CHECKING:
    from collections.abc import Callable

    from .state import Channel, Guild, Message, User

Node = dict[str, Json]

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
ANSWER_WITHIN_S = 3.0
# API docs, Receiving and Responding: Interaction Callback Type.
ALLOWED = {
    COMMAND: (MESSAGE, DEFERRED, MODAL),
    COMPONENT: (MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, MODAL),
    AUTOCOMPLETE: (CHOICES,),
    MODAL_SUBMIT: (MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE),
}
NAMES = {
    MESSAGE: "message",
    DEFERRED: "message",
    DEFERRED_UPDATE: "update",
    UPDATE: "update",
    CHOICES: "choices",
    MODAL: "modal",
}


class UnansweredError(AssertionError):
    """The bot did not answer in time: a person would read "The application did not respond"."""


@dataclass(frozen=True)
class Modal:
    """A form on the person's screen. `fields`: label and component, in order."""

    interaction: Interaction
    data: Node

    @property
    def title(self) -> str:
        return str(self.data["title"])

    @property
    def custom_id(self) -> str:
        return str(self.data["custom_id"])

    @property
    def fields(self) -> list[tuple[str, Node]]:
        return reading.fields_of(self.data["components"])

    @property
    def text(self) -> str:
        """Title, explanations, labels, descriptions and placeholders: what is read before writing."""
        return "\n".join([self.title, *filter(None, reading.component_lines(self.data["components"]))])

    @property
    def notice(self) -> str:
        """Only the text displays."""
        found = [
            one.get("content") or "" for _, one in walk(self.data["components"]) if one.get("type") == TEXT_DISPLAY
        ]
        return "\n".join(found)


@dataclass(frozen=True)
class Answer:
    """What came back. `kind`: message, update (of the pressed message), modal or choices."""

    interaction: Interaction
    kind: str
    message: Message | None = None
    modal: Modal | None = None
    choices: tuple[Node, ...] = ()
    delay_s: float = 0.0

    @property
    def is_ephemeral(self) -> bool:
        """Nobody else can read it. Modals and choices are only ever seen by the one who asked."""
        return self.message is None or self.message.is_ephemeral

    @property
    def is_public(self) -> bool:
        return self.message is not None and self.message.is_public

    @property
    def content(self) -> str:
        return self.message.content if self.message is not None else ""

    @property
    def embeds(self) -> list[Node]:
        return self.message.embeds if self.message is not None else []

    @property
    def components(self) -> list[Node]:
        return self.message.components if self.message is not None else []

    @property
    def text(self) -> str:
        """Everything that is read, flattened."""
        if self.modal is not None:
            return self.modal.text
        if self.message is not None:
            return self.message.text
        return "\n".join(self.names)

    @property
    def labels(self) -> list[str]:
        return self.message.labels if self.message is not None else []

    @property
    def links(self) -> list[str]:
        return self.message.links if self.message is not None else []

    @property
    def names(self) -> list[str]:
        """What autocomplete shows, in the person's language where it is localized."""
        locale = self.interaction.locale
        return [(one.get("name_localizations") or {}).get(locale) or one["name"] for one in self.choices]


@dataclass(eq=False, repr=False)
class Interaction:
    """One act of a person, and everything the bot did about it."""

    id: int
    token: str
    kind: int
    user: User
    guild: Guild | None
    channel: Channel
    locale: str
    payload: Node
    created_at: float
    source: Message | None = None
    opened_by: Interaction | None = None
    is_late: bool = False
    is_delivered: bool = False
    callback_type: int | None = None
    is_deferred_ephemeral: bool = False
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal_data: Node | None = None
    choices: tuple[Node, ...] = ()
    refusals: list[str] = field(default_factory=list)
    sent_mono: float = field(default_factory=time.monotonic)
    acknowledged_mono: float | None = None
    answered_mono: float | None = None
    _event: asyncio.Event = field(default_factory=asyncio.Event)

    def __repr__(self) -> str:
        return f"<{self.story()}>"

    @property
    def is_acknowledged(self) -> bool:
        """A first answer or deferral arrived."""
        return self.callback_type is not None

    @property
    def is_answered(self) -> bool:
        """The person sees something: a deferral alone does not count."""
        if self.callback_type == DEFERRED:
            return self.original is not None and not self.original.is_loading
        if self.callback_type == DEFERRED_UPDATE:
            return self.answered_mono is not None or bool(self.followups)
        return self.is_acknowledged

    @property
    def acknowledged_after_s(self) -> float | None:
        """Real seconds from the event to the first answer or deferral; None as long as there is none."""
        return None if self.acknowledged_mono is None else self.acknowledged_mono - self.sent_mono

    @property
    def is_deferred(self) -> bool:
        return self.callback_type in (DEFERRED, DEFERRED_UPDATE)

    @property
    def messages(self) -> list[Message]:
        """The answer and all follow-ups, deleted ones included."""
        return ([self.original] if self.original is not None else []) + self.followups

    @property
    def modal(self) -> Modal | None:
        return Modal(self, self.modal_data) if self.modal_data is not None else None

    @property
    def text(self) -> str:
        return "\n".join(message.text for message in self.messages if not message.is_deleted)

    @property
    def answer(self) -> Answer:
        """The answer so far; AssertionError when there is none."""
        if not self.is_answered or self.callback_type is None:
            raise UnansweredError(self.story())
        delay_s = (self.answered_mono or time.monotonic()) - self.sent_mono
        only_followup = self.callback_type == DEFERRED_UPDATE and self.followups and self.answered_mono is None
        if only_followup:
            return Answer(self, "message", self.followups[0], delay_s=delay_s)
        kind = NAMES[self.callback_type]
        return Answer(self, kind, self.original, self.modal, self.choices, delay_s)

    async def answered(self, timeout: float = 3.0) -> Answer:  # noqa: ASYNC109 - reads well in tests
        """The answer, as soon as the person sees one. Raises UnansweredError with what happened instead."""
        await self._until(lambda: self.is_answered, timeout)
        return self.answer

    async def acknowledged(self, timeout: float = 3.0) -> int:  # noqa: ASYNC109
        """The type of the first callback: 4, 5, 6, 7, 8 or 9."""
        await self._until(lambda: self.is_acknowledged, timeout)
        assert self.callback_type is not None
        return self.callback_type

    async def followed_up(self, count: int = 1, timeout: float = 3.0) -> list[Message]:  # noqa: ASYNC109
        """The follow-ups, once there are `count`."""
        await self._until(lambda: len(self.followups) >= count, timeout)
        return self.followups

    async def stays_unanswered(self, for_s: float = 0.3) -> bool:
        """Whether nothing came for so long: for late and repeated interactions."""
        try:
            await self._until(lambda: self.is_acknowledged, for_s)
        except UnansweredError:
            return True
        return False

    async def _until(self, is_met: Callable[[], bool], timeout_s: float) -> None:
        try:
            async with asyncio.timeout(timeout_s):
                while not is_met():
                    self._event.clear()
                    await self._event.wait()
        except TimeoutError:
            raise UnansweredError(self.story()) from None

    def happened(self, received_mono: float | None = None) -> None:
        """Called by the routes after each change, by the first answer with the moment it arrived at the fake."""
        if self.is_acknowledged and self.acknowledged_mono is None:
            self.acknowledged_mono = received_mono or time.monotonic()
        if self.is_answered and self.answered_mono is None and self.callback_type != DEFERRED_UPDATE:
            self.answered_mono = time.monotonic()
        self._event.set()

    def edited(self) -> None:
        """The original was edited after a deferred update."""
        if self.answered_mono is None:
            self.answered_mono = time.monotonic()
        self._event.set()

    def story(self) -> str:
        """One line for failing tests."""
        data = self.payload.get("data", {})
        what = data.get("name") or data.get("custom_id")
        state = f"first answer of type {self.callback_type}" if self.is_acknowledged else "no answer"
        reach = "" if self.is_delivered else ", nobody was connected"
        refused = f", refused: {'; '.join(self.refusals)}" if self.refusals else ""
        return f"interaction {what!r} by {self.user.name} ({self.locale}): {state}{reach}{refused}"
