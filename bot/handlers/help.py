"""What the bot can do, and what can be typed; moderators are told their words too."""

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
        moderates = bool(request.actor.standing.moderator)
        return self.reply(locale_or_english(request.actor.locale), request.room.platform, moderates=moderates)

    def reply(self, locale: str, platform: str = "console", *, moderates: bool = False) -> Reply:
        """The help in that language; a door with commands of its own names no words to type."""
        say = self.tools.messages.say
        words = {
            name: shown(self.tools.messages, locale, name) for name in ("guided", "language", "privacy", "help", "quit")
        }
        lines = [say(locale, each) for each in ("help-how", "help-urgent", "help-program", "help-mend")]
        lines.append(say(locale, "help-discord") if platform == "discord" else say(locale, "help-commands", **words))
        if moderates and platform != "discord":
            lines.append(self._moderating(locale))
        blocks = (Paragraph((say(locale, "help-what"),)), Bullets(tuple((line,) for line in lines)))
        actions = (
            Action("guided", say(locale, "do-guided")),
            Action("privacy", say(locale, "do-privacy")),
            Action("language", say(locale, "do-language")),
        )
        return Reply(blocks, actions, locale=locale)

    def _moderating(self, locale: str) -> str:
        """The words of moderators; those of a case stand on its card."""
        say = self.tools.messages.say
        words = {
            act: say(locale, f"word-{act}").split(",")[0] for act in ("review", "check", "history", "need", "setup")
        }
        words |= {name: shown(self.tools.messages, locale, name) for name in ("announce", "subscribe")}
        return say(locale, "help-moderating", **words)
