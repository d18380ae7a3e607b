"""The language of the answers: four to choose from, by number or by name."""

from dataclasses import dataclass, replace

from bot.core.reply import Action, Reply, sentence
from bot.core.request import ActionPress, Command, Request
from bot.core.words import tokens
from bot.handlers.shelf import Tools, locale_or_english
from bot.text.messages import LOCALES


@dataclass(frozen=True, slots=True)
class Language:
    """Without an argument the choices; with one the language from here on, which the door remembers, not we."""

    tools: Tools

    def __call__(self, request: Request) -> Reply:
        say = self.tools.messages.say
        chosen = self._chosen(request)
        if chosen is not None:
            return replace(sentence(say(chosen, "language-set"), chosen), sets_locale=chosen)
        locale = locale_or_english(request.actor.locale)
        actions = tuple(Action("language", say(each, "language-self"), (each,)) for each in LOCALES)
        return sentence(say(locale, "language-choose"), locale, actions)

    def _chosen(self, request: Request) -> str | None:
        match request.body:
            case ActionPress(_, (locale,)) if locale in LOCALES:
                return locale
            case Command(_, argument) if argument:
                folded = tokens(argument)
                names = {each: self.tools.messages.say(each, "language-self") for each in LOCALES}
                return next((each for each, name in names.items() if folded in (tokens(name), [each])), None)
            case _:
                return None
