"""From an event in line to its answer: where it goes, in what form, and what is done about it later."""

import asyncio
import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from bot import log
from bot.adapters.matrix import erasing, outgoing, verifying
from bot.adapters.matrix.batch import Event, redacted
from bot.adapters.matrix.incoming import Call, Pressed, Said, Unreadable, Verify, called, understood, without_word
from bot.adapters.matrix.ledger import Ledger
from bot.adapters.matrix.lines import Waiting
from bot.adapters.matrix.opening import NoKeyError, Opened, Opener, claim
from bot.adapters.matrix.review import ReviewRooms
from bot.adapters.matrix.rooms import Rooms
from bot.adapters.matrix.sending import GoneError, Sender
from bot.adapters.matrix.wire import RefusedError, Wire, path
from bot.core.ground import Dispatch, Ground
from bot.core.reply import Reply
from bot.core.request import Actor, Request, RoomRef, Text
from bot.core.words import fold
from bot.errors import BotError, TransientError
from bot.text.messages import LOCALES, Messages

KEY_S = 8.0
"""So long a key may come after its event before the person is told; a sync with both is answered at once."""
MOST_REMEMBERED = 5000
RETRY_S = 2.0
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Sent:
    """A message of ours, in memory: where it stands, and whether it was a public answer."""

    room_id: str = field(repr=False)
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an answer goes: the room, how it relates there, and the room the person wrote in when that is another."""

    room_id: str = field(repr=False)
    is_private: bool = True
    relation: outgoing.Content | None = None
    called_in: str | None = None


@dataclass(frozen=True, slots=True)
class _Asker:
    """What asks: the event, its sender, the device it surely came from (None: a server could have forged it)."""

    event_id: str = field(repr=False)
    user_id: str = field(repr=False)
    said_at: datetime
    fingerprint: str | None = field(default=None, repr=False)
    replies_to: str = field(default="", repr=False)


class Answerer:
    """Answers one event at a time for a line. Nothing of what was said stays but the ids in memory."""

    def __init__(
        self, wire: Wire, rooms: Rooms, sender: Sender, opener: Opener, ground: Ground, dispatch: Dispatch,
        messages: Messages, review: ReviewRooms, ledger: Ledger,
    ) -> None:  # fmt: skip
        self._wire = wire
        self._rooms = rooms
        self._sender = sender
        self._opener = opener
        self._ground = ground
        self._dispatch = dispatch
        self._say = messages.say
        self._secret = ground.secrets.subkey("db", "matrix/transactions")
        self._word = ground.settings.word
        self._review = review
        self._ledger = ledger
        self._public_words = frozenset(_words(messages, "matrix-public-words"))
        self._erase_words = _words(messages, "matrix-erase-words")
        # What is said about a room is answered there: it means nothing in the direct chat.
        self._room_words = frozenset(_words(messages, "word-setup"))
        self._sent: OrderedDict[str, _Sent] = OrderedDict()
        self._answers: OrderedDict[str, list[str]] = OrderedDict()
        self._shown: dict[str, str] = {}
        self._locales: dict[str, str] = {}
        self._withdrawn: set[str] = set()
        self._hints: set[asyncio.Task[None]] = set()

    def matters(self, room_id: str, event: Event) -> bool:
        """Whether an event may need an answer, as far as can be seen before it is opened."""
        if event.get("sender") == self._wire.user_id or not isinstance(event.get("event_id"), str):
            return False
        if event.get("type") == "m.room.encrypted":
            return claim(event) is not None
        target = redacted(event)
        if target is not None:
            self._withdrawn.add(target)
            return target in self._answers
        found = understood(event, self._wire.user_id)
        if isinstance(found, Pressed):
            return found.target in self._sent
        if found is None or self._rooms.is_direct(room_id):
            return found is not None
        return isinstance(found, Said) and (found.replied_to is not None or self._called(room_id, found) is not None)

    async def __call__(self, waiting: Waiting) -> None:
        """Answer an event and note it as handled; it stays kept when that cannot be done yet."""
        while True:
            try:
                with self._ground.attention:
                    is_done = await self._is_done(waiting)
                if is_done:
                    self._ledger.finish(waiting.event_id)
                    self._withdrawn.discard(waiting.event_id)
            except TransientError as error:
                log.warning("matrix.waits", error=type(error).__name__)
                await self._ground.clock.sleep(RETRY_S)
            else:
                return

    async def _is_done(self, waiting: Waiting) -> bool:
        """Whether nothing remains to be done about the event."""
        if not self._rooms.is_joined(waiting.room_id):
            return False
        try:
            opened = await self._opener.opened(waiting)
            if opened is not None and waiting.event_id not in self._withdrawn:
                await self._answer(waiting, opened)
        except NoKeyError as error:
            await self._without_key(waiting, error)
            return False
        except GoneError:
            return await self._may_not_speak(waiting.room_id)
        except (TransientError, asyncio.CancelledError):
            raise
        except Exception as error:  # noqa: BLE001  (one event must not stop a room, nor come again at each start)
            log.failure("matrix.answer-failed", error)
        return True

    async def _may_not_speak(self, room_id: str) -> bool:
        """Whether the bot is still in the room, where it then may not speak; else the event waits for its return."""
        with suppress(TimeoutError):  # then what is known of the room holds
            async with asyncio.timeout(RETRY_S):
                await self._wire.next_sync()
        return self._rooms.is_joined(room_id)

    async def _without_key(self, waiting: Waiting, error: NoKeyError) -> None:
        session_id = error.event.session_id
        is_first = not self._opener.is_waited_for(session_id)
        self._opener.waits(waiting, session_id)
        if is_first:
            task = asyncio.create_task(self._hint(waiting.room_id, error))
            self._hints.add(task)
            task.add_done_callback(self._hints.discard)

    async def _hint(self, room_id: str, error: NoKeyError) -> None:
        """Ask for the key; when it does not come, say so, once for a session, where somebody writes to us alone."""
        session_id = error.event.session_id
        try:
            await self._sender.request_key(error.event)
            await asyncio.sleep(KEY_S)
            if not self._opener.is_waited_for(session_id) or not self._rooms.is_direct(room_id):
                return
            if await self._ground.handled.handle("matrix", f"hint/{session_id}"):
                said = outgoing.sentence(self._say(self._locale(room_id), "matrix-no-key"))
                await self._sender.send(room_id, said, self._transaction(session_id, room_id, "hint"))
        except (BotError, GoneError) as failed:
            log.warning("matrix.hint-failed", error=type(failed).__name__)

    def close(self) -> None:
        """Give no more hints."""
        for task in self._hints:
            task.cancel()

    async def _answer(self, waiting: Waiting, opened: Opened) -> None:
        target = redacted(opened.event)
        if target is not None:
            return await self._take_back(target)
        found = understood(opened.event, self._wire.user_id)
        asker = _Asker(waiting.event_id, str(opened.event.get("sender", "")), waiting.said_at, opened.fingerprint)
        match found:
            case Said():
                await self._said(waiting.room_id, found, replace(asker, replies_to=found.replied_to or ""))
            case Pressed():
                await self._pressed(waiting.room_id, found, replace(asker, replies_to=found.target))
            case Verify():
                await self._declined(waiting)
            case Unreadable() if self._rooms.is_direct(waiting.room_id):
                relation = outgoing.in_thread(found.thread, waiting.event_id) if found.thread else None
                said = outgoing.sentence(self._say(self._locale(waiting.room_id), "matrix-only-text"), relation)
                await self._send(_Place(waiting.room_id), waiting.event_id, [said])
        return None

    async def _declined(self, waiting: Waiting) -> None:
        """Tell a client that no emoji will be compared, and in private how to be sure of the bot."""
        room_id, event_id = waiting.room_id, waiting.event_id
        await verifying.decline_in_room(
            self._sender, room_id, event_id, self._transaction(event_id, room_id, "decline")
        )
        if self._rooms.is_direct(room_id):
            said = outgoing.sentence(self._say(self._locale(room_id), "matrix-verify"))
            await self._send(_Place(room_id), event_id, [said])

    async def _said(self, room_id: str, said: Said, asker: _Asker) -> None:
        in_thread = outgoing.in_thread(said.thread, asker.event_id) if said.thread else None
        if self._rooms.is_direct(room_id):
            text = without_word(said.text, self._word)
            return await self._asked(_Place(room_id, relation=in_thread), text, asker)
        call = self._called(room_id, said)
        replied = await self._replied_to(room_id, said)
        if call is None and replied is None:
            return None
        call = call or Call(said, is_public=False)
        is_public = call.is_public or (replied is not None and replied.is_public) or room_id in self._review
        is_public = is_public or fold(call.said.text.partition(" ")[0]) in self._room_words
        relation = in_thread or outgoing.in_reply(asker.event_id)
        if is_public or fold(call.said.text) in self._erase_words:
            place = _Place(room_id, is_private=False, relation=relation)
        else:
            place = await self._moved(room_id, asker.user_id, relation)
        return await self._asked(place, call.said.text, asker)

    async def _moved(self, room_id: str, sender: str, relation: outgoing.Content) -> _Place:
        """The direct chat with who wrote in a room; the room itself, without an answer, when none can be had."""
        try:
            return _Place(await self._sender.direct_room(sender), relation=relation, called_in=room_id)
        except (GoneError, TimeoutError):
            return _Place(room_id, is_private=False, relation=relation, called_in=room_id)

    async def _pressed(self, room_id: str, pressed: Pressed, asker: _Asker) -> None:
        """A digit on the message whose choices were shown last there; on an older one it means nothing now."""
        sent = self._sent.get(pressed.target)
        if sent is None or sent.room_id != room_id or self._shown.get(room_id) != pressed.target:
            return
        if self._rooms.is_direct(room_id) or sent.is_public:
            await self._asked(_Place(room_id, is_private=not sent.is_public), str(pressed.number), asker)

    async def _asked(self, place: _Place, text: str, asker: _Asker) -> None:
        """Have the words answered, and the answer sent where it belongs."""
        event_id = asker.event_id
        if place.called_in is not None and place.called_in == place.room_id:
            said = outgoing.sentence(self._say(self._locale(place.room_id), "answer-privately"), place.relation)
            await self._send(place, event_id, [said])
            return
        locale = self._erase_words.get(fold(text))
        if locale is not None:
            await self._erase(place, event_id, locale)
            return
        reply = await self._replied(place, text, asker)
        self._remember(self._locales, place.room_id, reply.locale)
        hint = self._say(reply.locale, "choices-how") if reply.actions else ""
        relation = None if place.called_in else place.relation
        await self._send(place, event_id, outgoing.contents(reply, hint, relation), has_choices=bool(reply.actions))
        if place.called_in is not None:
            line = outgoing.sentence(self._say(reply.locale, "matrix-in-private"), place.relation)
            await self._send(_Place(place.called_in), f"{event_id}/line", [line])

    async def _replied(self, place: _Place, text: str, asker: _Asker) -> Reply:
        settings = self._ground.settings
        standing = self._review.moderators.standing(
            "matrix",
            asker.user_id,
            is_proven=self._review.is_proven(asker.user_id, asker.fingerprint),
            keeps_room=(keeps := self._rooms.is_moderator(place.room_id, asker.user_id)),
            administers=keeps and await self._rooms.is_encrypted(place.room_id),
        )
        actor = Actor(settings.language, self._ground.people.mark("matrix", asker.user_id), standing)
        room = RoomRef("matrix", place.room_id)
        return await self._dispatch(
            Request(
                asker.event_id, actor, room, Text(text), self._ground.clock.now(),
                is_private=place.is_private, home=settings.home, replies_to=asker.replies_to,
                writes_to=room if self._rooms.is_direct(place.room_id) else None, said_at=asker.said_at,
            )
        )  # fmt: skip

    async def _send(
        self, place: _Place, request_id: str, contents: list[outgoing.Content], *, has_choices: bool = False
    ) -> None:
        for number, content in enumerate(contents):
            transaction = self._transaction(request_id, place.room_id, str(number))
            event_id = await self._sender.send(place.room_id, content, transaction)
            self._remember(self._sent, event_id, _Sent(place.room_id, not place.is_private))
            self._answers.setdefault(request_id, []).append(event_id)
            if has_choices:
                self._remember(self._shown, place.room_id, event_id)
        while len(self._answers) > MOST_REMEMBERED:
            self._answers.popitem(last=False)

    async def _erase(self, place: _Place, event_id: str, locale: str) -> None:
        """Take back our messages of the last day in this chat, and say what stays elsewhere."""
        count = 0
        for ours in await erasing.own_messages(self._wire, place.room_id, self._ground.clock.now()):
            await self._sender.redact(place.room_id, ours, self._transaction(ours, place.room_id, "redact"))
            count += 1
        log.notice("matrix.erased", count=count)
        said = outgoing.sentence(self._say(locale, "matrix-erased"))
        await self._send(place, event_id, [said])

    async def _take_back(self, event_id: str) -> None:
        """Who deletes a question does not want its answer to stay either."""
        for request_id in (event_id, f"{event_id}/line"):
            for ours in self._answers.pop(request_id, []):
                sent = self._sent.get(ours)
                if sent is not None:
                    await self._sender.redact(sent.room_id, ours, self._transaction(ours, sent.room_id, "redact"))

    def _called(self, room_id: str, said: Said) -> Call | None:
        return called(said, self._word, self._rooms.names(room_id), self._public_words)

    async def _replied_to(self, room_id: str, said: Said) -> _Sent | None:
        """The message of ours that was answered; after a restart the server is asked whose it is."""
        if said.replied_to is None:
            return None
        if said.replied_to in self._sent:
            return self._sent[said.replied_to]
        try:
            event = await self._wire.call("GET", path("rooms", room_id, "event", said.replied_to))
        except RefusedError:
            return None
        return _Sent(room_id) if event.get("sender") == self._wire.user_id else None

    def _locale(self, room_id: str) -> str:
        """The language last written there, else the one that was set."""
        settings = self._ground.settings
        found = self._locales.get(room_id) or settings.language or settings.greeting
        return found if found in LOCALES else "en"

    def _transaction(self, request_id: str, room_id: str, part: str) -> str:
        """Derived from the request: what is sent again after a crash is the same event for the server."""
        message = f"{request_id}\0{room_id}\0{part}".encode()
        return hmac.digest(self._secret, message, hashlib.sha256).hex()[:40]

    @staticmethod
    def _remember(held: dict[str, Value], key: str, value: Value) -> None:
        held.pop(key, None)
        held[key] = value
        while len(held) > MOST_REMEMBERED:
            del held[next(iter(held))]


def _words(messages: Messages, message_id: str) -> Mapping[str, str]:
    """Folded words of all languages to the language they belong to; the first one's where languages share a word."""
    say: Callable[..., str] = messages.say
    found: dict[str, str] = {}
    for locale in LOCALES:
        for word in say(locale, message_id).split(","):
            found.setdefault(fold(word.strip()), locale)
    return found
