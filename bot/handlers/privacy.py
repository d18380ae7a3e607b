"""What is kept: the rows of `policy.md` §8 that hold for the door the person stands at."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.reply import Bullets, Reply
from bot.core.request import Request
from bot.handlers.shelf import Tools, locale_or_english

TERMINAL = ("privacy-words", "privacy-disk", "privacy-memory", "privacy-shell", "privacy-suggest")
PLATFORMS = {
    "discord": (
        "privacy-words", "privacy-discord-sees", "privacy-discord-others", "privacy-discord-once",
        "privacy-discord-memory", "privacy-discord-language", "privacy-suggest",
    ),
    "matrix": (
        "privacy-words", "privacy-matrix-waits", "privacy-matrix-marks", "privacy-matrix-devices",
        "privacy-matrix-memory", "privacy-matrix-servers", "privacy-suggest",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Privacy:
    """Says what this door keeps; `facts` are the ids of its sentences by platform, those of the terminal else."""

    tools: Tools
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: PLATFORMS)

    def __call__(self, request: Request) -> Reply:
        locale = locale_or_english(request.actor.locale)
        said = (self._say(locale, each) for each in self.facts.get(request.room.platform, TERMINAL))
        return Reply((Bullets(tuple((each,) for each in said)),), locale=locale)

    def _say(self, locale: str, fact: str) -> str:
        say = self.tools.messages.say
        if fact == "privacy-matrix-servers":
            return say(locale, fact, erase=say(locale, "matrix-erase-words").split(",")[0].strip())
        return say(locale, fact)
