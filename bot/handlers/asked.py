"""Words that ask for what `handlers.moderating` does: "check RECORD METHOD", "history", "history K7Q2", "need".

Only a moderator's words are taken so, and only in these shapes; everything else stays a question.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.core.request import Body, Command, Request, Text
from bot.core.words import clean, fold
from bot.handlers.check import names_method
from bot.text.messages import LOCALES, Messages

ACTS = ("check", "history", "need")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """`before` is asked first, so that "check K7Q2 METHOD" stays the check of a case."""

    words: Mapping[str, str]
    """Folded first words, in all languages, to the act."""
    before: Callable[[Request], Awaitable[Body | None]]

    @classmethod
    def shipped(cls, messages: Messages, before: Callable[[Request], Awaitable[Body | None]]) -> "Asked":
        words: dict[str, str] = {}
        for locale in LOCALES:
            for act in ACTS:
                for each in messages.say(locale, f"word-{act}").split(","):
                    words.setdefault(fold(each.strip()), act)
        return cls(words, before)

    async def __call__(self, request: Request) -> Body | None:
        """The act that free words mean, or None."""
        meant = await self.before(request)
        text = clean(request.body.text) if isinstance(request.body, Text) else ""
        if meant is not None or not request.actor.standing.moderator or len(text) > _LONGEST:
            return meant
        first, _, rest = text.partition(" ")
        act, rest = self.words.get(fold(first)), rest.strip()
        return Command(act, rest) if act is not None and (not rest or _fits(act, rest)) else None


def _fits(act: str, rest: str) -> bool:
    """Whether the words after the act are what it takes: a record and a method, or one name or code."""
    return names_method(rest) if act == "check" else act == "history" and " " not in rest
