"""What a person and the bot are in the middle of: the choices shown last, a form half filled. One request at a time.

A door without buttons and modals hands over plain texts; here a number becomes the choice it means, and a form is asked
one question at a time. Requests of one person in one room wait for each other, so that two texts sent in one second do
not both see the old state. Everything is over after 30 minutes. What is remembered goes under a keyed hash of room and
person whose key changes each day (`policy.md` §8); forms are kept by the port, the rest is in memory.
"""

import asyncio
import contextlib
import hashlib
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.choosing import chosen, words_of
from bot.core.clock import Clock
from bot.core.form import Field
from bot.core.ports import Forms, OpenForm
from bot.core.reply import Action, Notice, Paragraph, Reply, sentence
from bot.core.request import ActionPress, FormSubmit, Request, Text
from bot.core.words import clean, fold
from bot.errors import BotError, StorageError
from bot.text.messages import Messages

REMEMBERED = timedelta(minutes=30)
MOST_PEOPLE = 20_000
"""So many conversations are remembered at most; then the oldest is forgotten."""
CHOOSE = "form.choose"


Replied = Callable[[Request], Awaitable[ActionPress | None]]


async def _nothing(_: Request) -> ActionPress | None:
    return None


@dataclass(frozen=True, slots=True)
class _Memory:
    """What the last reply offered, and in which language; no words."""

    shown: tuple[Action, ...]
    follows: Action | None
    locale: str
    chosen: str | None
    until: datetime


class Conversations:
    """Between a door and the router: `await conversations(request)` is the reply.

    `shows_forms` is True for a door with modals: a form then goes out as it is. `interrupts` says of a text that it
    must be answered at once even where a form awaits it (somebody in danger does not wait for a form). `replied` says
    what a text means as the reply to a message that was said unasked: its choices stand on it, not in the conversation.
    """

    def __init__(
        self, dispatch: Callable[[Request], Awaitable[Reply]], forms: Forms, clock: Clock, secret: bytes, messages: Messages, *,
        shows_forms: bool, interrupts: Callable[[str], bool] = lambda _: False, replied: Replied = _nothing,
    ) -> None:  # fmt: skip
        self._dispatch = dispatch
        self._forms = forms
        self._clock = clock
        self._secret = secret
        self._say = messages.say
        self._shows_forms = shows_forms
        self._interrupts = interrupts
        self._replied = replied
        self._memories: dict[str, _Memory] = {}
        self._turns: dict[str, tuple[asyncio.Lock, int]] = {}
        self._stop_words = words_of(messages.say, "form-stop-words")
        self._skip_words = words_of(messages.say, "form-skip-words")

    async def __call__(self, request: Request) -> Reply:
        now = self._clock.now()
        meant = await self._replied(request) if request.replies_to else None
        if meant is not None:
            request = replace(request, body=meant)
        today = self._key(request, now)
        async with self._turn(today):
            key = await self._key_in_use(request, today, now)
            form = None if self._shows_forms else await self._form(key, now)
            if form and request.id == form.seen:
                return self._question(form)
            if form and self._awaits(request):
                return await self._continued(key, form, request, now)
            return await self._answered(key, request, now)

    def _key(self, request: Request, at: datetime) -> str:
        parts = (at.date().isoformat(), request.room.platform, request.room.id, request.actor.mark)
        return hmac.digest(self._secret, "\0".join(parts).encode(), hashlib.sha256).hex()

    async def _key_in_use(self, request: Request, today: str, now: datetime) -> str:
        """Today's key; shortly after midnight yesterday's, when something is still going on under it."""
        before = now - REMEMBERED
        if before.date() == now.date():
            return today
        yesterday = self._key(request, before)
        is_used = self._remembered(yesterday, now) or await self._form(yesterday, now)
        return yesterday if is_used else today

    async def _form(self, key: str, now: datetime) -> OpenForm | None:
        """The form half filled; None also where it cannot be read now: questions are answered all the same."""
        try:
            return await self._forms.get(key, now)
        except StorageError:
            return None

    @contextlib.asynccontextmanager
    async def _turn(self, key: str) -> AsyncIterator[None]:
        """One request of this person in this room at a time, in the order they came."""
        lock, waiting = self._turns.get(key, (asyncio.Lock(), 0))
        self._turns[key] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._turns[key]
            if waiting > 1:
                self._turns[key] = (lock, waiting - 1)
            else:
                del self._turns[key]

    def _remembered(self, key: str, now: datetime) -> _Memory | None:
        memory = self._memories.get(key)
        return memory if memory and memory.until > now else None

    def _remember(self, key: str, reply: Reply, chosen_locale: str | None, now: datetime) -> None:
        self._memories.pop(key, None)
        while self._memories:
            # In the order of their end: the first that is not over ends the search.
            oldest = next(iter(self._memories))
            if self._memories[oldest].until > now and len(self._memories) < MOST_PEOPLE:
                break
            del self._memories[oldest]
        self._memories[key] = _Memory(reply.actions, reply.awaits_place, reply.locale, chosen_locale, now + REMEMBERED)

    async def _answered(self, key: str, request: Request, now: datetime) -> Reply:
        """The router's reply; what it offers is remembered, and the form it may bring is begun."""
        memory = self._remembered(key, now)
        try:
            asked = self._completed(request, memory)
        except BotError as error:
            locale = memory.locale if memory else "en"
            return self._sentence(locale, error.message_id, **error.args_for_text)
        reply = await self._dispatch(asked)
        if reply.form and not self._shows_forms:
            form = OpenForm(reply.form, {}, reply.locale, now + REMEMBERED, request.id)
            await self._forms.put(key, form)
            question = self._question(form)
            reply = replace(question, blocks=(*reply.blocks, *question.blocks))
        self._remember(key, reply, reply.sets_locale or (memory.chosen if memory else None), now)
        return reply

    def _completed(self, request: Request, memory: _Memory | None) -> Request:
        """The request with what the conversation knows: its choice, its language, what it goes on from."""
        if memory is None:
            return request
        body = request.body
        if isinstance(body, Text):
            body = chosen(body.text, memory.shown) or body
        # Free words decide their language themselves; a press goes on in the language of the last reply.
        locale = memory.chosen or request.actor.locale or (memory.locale if isinstance(body, ActionPress) else None)
        return replace(
            request, body=body, actor=replace(request.actor, locale=locale), follows=memory.follows, shown=memory.shown,
            said_in=memory.locale,
        )  # fmt: skip

    def _awaits(self, request: Request) -> bool:
        """Whether this answers the form's question, and is no command and nothing that cannot wait."""
        if isinstance(request.body, ActionPress):
            return request.body.action == CHOOSE
        return isinstance(request.body, Text) and not self._interrupts(request.body.text)

    async def _continued(self, key: str, form: OpenForm, request: Request, now: datetime) -> Reply:
        """The next question, or what the finished form comes to."""
        given = request.body.args[0] if isinstance(request.body, ActionPress) else clean(_text(request))
        if not isinstance(request.body, ActionPress) and fold(given) in self._stop_words:
            await self._forms.erase(key)
            self._memories.pop(key, None)
            return self._sentence(form.locale, "form-stopped")
        field = _current(form)
        fault = self._fault(field, given)
        if fault:
            question = self._question(form)
            args = {"most": field.max_length} if fault == "form-too-long" else {}
            return replace(question, blocks=(Notice(self._say(form.locale, fault, **args)), *question.blocks))
        values = {**form.values, field.name: self._value(field, given)}
        form = replace(form, values=values, expires_at=now + REMEMBERED, seen=request.id)
        if len(values) < len(form.form.fields):
            await self._forms.put(key, form)
            return self._question(form)
        # Erased after, not before: a crash in between hands the same request over again, and nothing is lost.
        actor = replace(request.actor, locale=request.actor.locale or form.locale)
        done = replace(request, body=FormSubmit(form.form.id, values), actor=actor)
        reply = await self._answered(key, done, now)
        if reply.form is None:
            await self._forms.erase(key)
        return reply

    def _fault(self, field: Field, given: str) -> str | None:
        """The sentence for an answer that does not fit its question; None when it fits."""
        if not given or fold(given) in self._skip_words:
            return "form-needs-answer" if field.required and not field.value else None
        if len(given) > field.max_length:
            return "form-too-long"
        if field.choices and _choice(field, given) is None:
            return "form-choose"
        return None

    def _value(self, field: Field, given: str) -> str:
        if not given or fold(given) in self._skip_words:
            return field.value
        return (_choice(field, given) if field.choices else given) or ""

    def _question(self, form: OpenForm) -> Reply:
        """The question whose turn it is, with the word that stops the form or skips a question that may stay open."""
        field, locale = _current(form), form.locale
        hints = [self._say(locale, "form-how", word=self._word(locale, "form-stop-words"))] if not form.values else []
        if field.value:
            hints += [field.value, self._say(locale, "form-keep", word=self._word(locale, "form-skip-words"))]
        elif not field.required:
            hints.append(self._say(locale, "form-optional", word=self._word(locale, "form-skip-words")))
        actions = tuple(Action(CHOOSE, label, (value,)) for value, label in field.choices)
        return Reply((Paragraph((field.label,)), *(Paragraph((hint,)) for hint in hints)), actions, locale=locale)

    def _word(self, locale: str, message_id: str) -> str:
        return self._say(locale, message_id).split(",")[0].strip()

    def _sentence(self, locale: str, message_id: str, **args: str | int) -> Reply:
        return sentence(self._say(locale, message_id, **args), locale)


def _text(request: Request) -> str:
    return request.body.text if isinstance(request.body, Text) else ""


def _current(form: OpenForm) -> Field:
    return form.form.fields[min(len(form.values), len(form.form.fields) - 1)]


def _choice(field: Field, given: str) -> str | None:
    """The value that a number, a label or the value itself means, or None."""
    values = [value for value, _ in field.choices]
    if given in values:
        return given
    number = given.strip(" .)")
    if number.isdecimal() and len(number) < 3:
        return values[int(number) - 1] if 1 <= int(number) <= len(values) else None
    return next((value for value, label in field.choices if fold(label) == fold(given)), None)
