"""Words that ask for what `handlers.moderating` does: "check RECORD METHOD", "history", "history K7Q2", "need",
"setup", "setup COMMUNITY".

Only a moderator's words are taken so, and only in these shapes; everything else stays a question.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.core.request import Command, Request, Text
from bot.core.words import clean, fold
from bot.handlers.check import names_method
from bot.handlers.spoken import meaning, words_for
from bot.text.messages import Messages

ACTS = ("check", "history", "need", "setup")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """`before` is asked first, so that "check K7Q2 METHOD" stays the check of a case."""

    words: Mapping[str, tuple[str, str]]
    """Folded first words, in all languages, to the act and the language."""
    before: Callable[[Request], Awaitable[Request | None]]

    @classmethod
    def shipped(cls, messages: Messages, before: Callable[[Request], Awaitable[Request | None]]) -> "Asked":
        return cls(words_for(messages, ACTS), before)

    async def __call__(self, request: Request) -> Request | None:
        """The request as the act that free words mean, or None."""
        meant = await self.before(request)
        text = clean(request.body.text) if isinstance(request.body, Text) else ""
        if meant is not None or not request.actor.standing.moderator or len(text) > _LONGEST:
            return meant
        first, _, rest = text.partition(" ")
        act, locale = self.words.get(fold(first), ("", None))
        rest = rest.strip()
        is_meant = act and (not rest or _fits(act, rest))
        return meaning(request, Command(act, rest), locale) if is_meant else None


def _fits(act: str, rest: str) -> bool:
    """Whether the words after the act are what it takes: a record and a method, or one name or code."""
    return names_method(rest) if act == "check" else act in ("history", "setup") and " " not in rest
