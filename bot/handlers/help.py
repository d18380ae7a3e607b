"""What the bot can do, and what can be typed."""

from dataclasses import dataclass

from bot.core.reply import Action, Bullets, Paragraph, Reply
from bot.core.request import Request
from bot.handlers.commands import shown
from bot.handlers.shelf import Tools, locale_or_english


@dataclass(frozen=True, slots=True)
class Help:
    """Always the same, in the person's language."""

    tools: Tools

    def __call__(self, request: Request) -> Reply:
        return self.reply(locale_or_english(request.actor.locale), request.room.platform)

    def reply(self, locale: str, platform: str = "console") -> Reply:
        """The help in that language; a door with commands of its own names no words to type."""
        say = self.tools.messages.say
        words = {
            name: shown(self.tools.messages, locale, name) for name in ("guided", "language", "privacy", "help", "quit")
        }
        lines = [say(locale, each) for each in ("help-how", "help-urgent", "help-program", "help-mend")]
        lines.append(say(locale, "help-discord") if platform == "discord" else say(locale, "help-commands", **words))
        blocks = (Paragraph((say(locale, "help-what"),)), Bullets(tuple((line,) for line in lines)))
        actions = (
            Action("guided", say(locale, "do-guided")),
            Action("privacy", say(locale, "do-privacy")),
            Action("language", say(locale, "do-language")),
        )
        return Reply(blocks, actions, locale=locale)
