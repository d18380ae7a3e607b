"""The conversation in a terminal or a pipe."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, TextIO

from bot.adapters.console.forms import Words, ask_fields
from bot.adapters.console.incoming import body, decoded
from bot.adapters.console.outgoing import render, wrapped
from bot.core.choosing import words_of
from bot.core.reply import Action, Reply
from bot.core.request import Actor, Body, Request, RoomRef, Text
from bot.errors import InputError

PROMPT = "> "
_ROOM = RoomRef("console", "terminal")
# A line of the terminal driver is at most 4096 bytes; one out of a pipe is read no further than this.
_MOST_BYTES = 1 << 20

Say = Callable[..., str]
Dispatch = Callable[[Request], Reply]


@dataclass(slots=True)
class Conversation:
    """What one conversation remembers, in memory, until it ends: the language and the last choices. No words."""

    dispatch: Dispatch
    now: Callable[[], datetime]
    home: str | None = None
    chosen: str | None = None
    locale: str = "en"
    shown: tuple[Action, ...] = ()
    follows: Action | None = None
    count: int = 0

    def answer(self, asked: Body) -> Reply:
        """The reply to `asked`; its choices become those that a number means."""
        self.count += 1
        # Free words decide their language themselves; a press goes on in the language of the last reply.
        locale = self.chosen or (None if isinstance(asked, Text) else self.locale)
        reply = self.dispatch(
            Request(
                id=str(self.count),
                actor=Actor(locale),
                room=_ROOM,
                body=asked,
                received_at=self.now(),
                home=self.home,
                follows=self.follows,
                shown=self.shown,
                said_in=self.locale,
            )
        )
        self.shown, self.follows, self.locale = reply.actions, reply.awaits_place, reply.locale
        self.chosen = reply.sets_locale or self.chosen
        return reply


@dataclass(slots=True)
class Terminal:
    """Reads lines and prints replies until the person leaves. `say` gives the few sentences of the door itself."""

    conversation: Conversation
    say: Say
    lines: BinaryIO
    out: TextIO

    def run(self, greeting: str, first: Body | None = None) -> int:
        """The whole conversation; 0 also when it ends by Ctrl-C or at the end of the input. `first` is asked at once."""
        if greeting:
            self._print(greeting)
        try:
            if first is not None:
                self._take_up(first)
            while (line := self._read()) is not None:
                if not self._answer(line):
                    return 0
        except KeyboardInterrupt:
            pass
        self._print("\n" + self.say(self.conversation.locale, "farewell"))
        return 0

    def _answer(self, line: bytes) -> bool:
        """Print the answer to `line`; False when the conversation is over."""
        talk = self.conversation
        try:
            asked = body(decoded(line), talk.shown)
        except InputError as error:
            self._print(self.say(talk.locale, error.message_id, **error.args_for_text))
            return True
        return asked is None or not self._take_up(asked).ends

    def _take_up(self, asked: Body) -> Reply:
        """Show the reply to `asked`, and to the form it may bring."""
        reply = self.conversation.answer(asked)
        self._show(reply)
        while reply.form is not None:
            given = ask_fields(reply.form, self._ask, self._words())
            if given is None:
                self._print(self.say(reply.locale, "form-stopped"))
                return reply
            reply = self.conversation.answer(given)
            self._show(reply)
        return reply

    def _words(self) -> Words:
        return Words(words_of(self.say, "form-stop-words"), words_of(self.say, "form-skip-words"))

    def _show(self, reply: Reply) -> None:
        hint = self.say(reply.locale, "choices-how") if reply.actions else ""
        self._print(render(reply, self._width(), hint))

    def _ask(self, question: str) -> str | None:
        """The next line that can be read, None when the person leaves."""
        while True:
            self._print(question)
            line = self._read()
            if line is None:
                return None
            with suppress(InputError):
                return decoded(line)

    def _read(self) -> bytes | None:
        """The next line, None at the end. The prompt is shown in a pipe too, so that a log of it can be read."""
        self.out.write(PROMPT)
        self.out.flush()
        line = self.lines.readline(_MOST_BYTES)
        return line or None

    def _print(self, text: str) -> None:
        self.out.write("\n".join(wrapped(line, self._width()) for line in text.split("\n")) + "\n\n")
        self.out.flush()

    def _width(self) -> int | None:
        return width_of(self.out)


def width_of(out: TextIO) -> int | None:
    """The terminal's columns now, as it may be resized; None in a pipe, where nothing is wrapped."""
    return shutil.get_terminal_size().columns if out.isatty() else None
