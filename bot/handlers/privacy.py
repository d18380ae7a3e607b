"""What is kept: the rows of `policy.md` §8 that hold for the door the person stands at."""

from dataclasses import dataclass

from bot.core.reply import Bullets, Reply
from bot.core.request import Request
from bot.handlers.shelf import Tools, locale_or_english


@dataclass(frozen=True, slots=True)
class Privacy:
    """Says what this door keeps; `facts` are the ids of its sentences, which app.py knows with the door's parts."""

    tools: Tools
    facts: tuple[str, ...] = ("privacy-words", "privacy-disk", "privacy-memory", "privacy-shell", "privacy-suggest")
    discord: tuple[str, ...] = (
        "privacy-words",
        "privacy-discord-sees",
        "privacy-discord-others",
        "privacy-discord-once",
        "privacy-discord-memory",
        "privacy-discord-language",
        "privacy-suggest",
    )

    def __call__(self, request: Request) -> Reply:
        locale = locale_or_english(request.actor.locale)
        facts = self.discord if request.room.platform == "discord" else self.facts
        return Reply((Bullets(tuple((self.tools.messages.say(locale, each),) for each in facts)),), locale=locale)
