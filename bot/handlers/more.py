"""The word "more" typed alone: the next results, when the last reply had some."""

from dataclasses import dataclass, replace

from bot.core.reply import Reply, sentence
from bot.core.request import ActionPress, Request
from bot.handlers.find import Find
from bot.handlers.shelf import Tools, locale_or_english


@dataclass(frozen=True, slots=True)
class More:
    """Goes on where the last reply stopped; without one it says that there is nothing more."""

    tools: Tools
    find: Find

    def __call__(self, request: Request) -> Reply:
        following = next(
            (each for each in request.shown if each.id == "find" and any(arg[:2] == "o:" for arg in each.args)), None
        )
        if following is not None:
            return self.find(replace(request, body=ActionPress("find", following.args)))
        locale = locale_or_english(request.actor.locale)
        return sentence(self.tools.messages.say(locale, "answer-end"), locale)
