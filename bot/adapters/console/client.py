"""The conversation in a terminal or a pipe."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, TextIO

from bot.adapters.console.incoming import decoded
from bot.adapters.console.outgoing import render, wrapped
from bot.core.reply import Reply
from bot.core.request import Actor, Body, Request, RoomRef, Text
from bot.errors import InputError

PROMPT = "> "
_ROOM = RoomRef("console", "terminal")
# A line of the terminal driver is at most 4096 bytes; one out of a pipe is read no further than this.
_MOST_BYTES = 1 << 20

Say = Callable[..., str]
Dispatch = Callable[[Request], Reply]


@dataclass(slots=True)
class Terminal:
    """Reads lines and prints replies until the person leaves.

    `dispatch` keeps the conversation: choices by number, forms asked one question at a time. `say` gives the few
    sentences of the door itself, at first in `locale`; `chosen` is the language the person set beforehand.
    """

    dispatch: Dispatch
    now: Callable[[], datetime]
    say: Say
    lines: BinaryIO
    out: TextIO
    home: str | None = None
    chosen: str | None = None
    locale: str = "en"
    count: int = 0

    def run(self, greeting: str, first: Body | None = None) -> int:
        """The whole conversation; 0 also when it ends by Ctrl-C or at the end of the input. `first` is asked at once."""
        if greeting:
            self._print(greeting)
        try:
            if first is not None:
                self._answer(first)
            while (line := self._read()) is not None:
                if self._take_up(line):
                    return 0
        except KeyboardInterrupt:
            pass
        self._print("\n" + self.say(self.locale, "farewell"))
        return 0

    def _take_up(self, line: bytes) -> bool:
        """Answer `line`; True when the conversation is over."""
        try:
            return self._answer(Text(decoded(line))).ends
        except InputError as error:
            self._print(self.say(self.locale, error.message_id, **error.args_for_text))
            return False

    def _answer(self, asked: Body) -> Reply:
        """Print the reply to `asked`."""
        self.count += 1
        reply = self.dispatch(
            Request(
                id=str(self.count),
                actor=Actor(self.chosen),
                room=_ROOM,
                body=asked,
                received_at=self.now(),
                home=self.home,
            )
        )
        self.locale = reply.locale
        hint = self.say(reply.locale, "choices-how") if reply.actions else ""
        self._print(render(reply, self._width(), hint))
        return reply

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
