"""When a person says "That is not it": what else it may be. Nobody has to say it twice; a press is enough."""

from dataclasses import dataclass

from bot.core.reply import Action, Reply, sentence
from bot.core.request import ActionPress, Request
from bot.handlers.coded import Args
from bot.handlers.shelf import Tools, locale_or_english
from bot.urgent.offers import offers
from bot.urgent.rules import URGENT

# Classes that somebody would choose for themself; nobody picks "buying services" as what they meant.
CHOOSABLE = (*URGENT, "minor", "legal-advice", "bad-date")


@dataclass(frozen=True, slots=True)
class Correct:
    """After a card the other classes and the search; after a search the needs, another place, another language."""

    tools: Tools

    def __call__(self, request: Request) -> Reply:
        locale = locale_or_english(request.actor.locale)
        args = request.body.args if isinstance(request.body, ActionPress) else ()
        if args[:1] == ("card",) and len(args) >= 4:
            return self._after_card(args[1], args[3], args[4:], locale)
        return self._after_search(args[1:], locale)

    def _after_card(self, kind: str, also: str, coded: Args, locale: str) -> Reply:
        """The classes the message also spoke of come first. Urgency is "soon": who chooses has a moment."""
        likely = [each for each in also.split("+") if each in offers()]
        others = dict.fromkeys((*likely, *CHOOSABLE))
        others.pop(kind, None)
        actions = [
            Action("card", self._say(locale, f"class-{each}"), (each, "soon" if each in URGENT else "none", "", *coded))
            for each in others
        ]
        last = Action("find", self._say(locale, "correct-search"), coded)
        if not any(arg[:2] in ("t:", "n:", "s:", "k:") for arg in coded):
            last = Action("guided", self._say(locale, "correct-search"), tuple(arg for arg in coded if arg[:2] == "p:"))
        return sentence(self._say(locale, "correct-card"), locale, (*actions, last))

    def _after_search(self, coded: Args, locale: str) -> Reply:
        unplaced = tuple(arg for arg in coded if arg[:2] not in ("p:", "o:"))
        actions = (
            Action("guided", self._say(locale, "do-guided"), tuple(arg for arg in coded if arg[:2] == "p:")),
            Action("place", self._say(locale, "do-place"), ("find", *unplaced)),
            Action("language", self._say(locale, "do-language")),
            Action("help", self._say(locale, "do-help")),
        )
        return sentence(self._say(locale, "correct-answer"), locale, actions)

    def _say(self, locale: str, message_id: str) -> str:
        return self.tools.messages.say(locale, message_id)
