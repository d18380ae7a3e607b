"""Commands with options: each option is a code or words; what cannot be understood is said, not repeated."""

from dataclasses import dataclass, replace

from bot.core.reply import Action, Reply, sentence
from bot.core.request import ActionPress, FormSubmit, Request
from bot.directory.query import Place, Query
from bot.handlers.coded import encode, place_of
from bot.handlers.complete import Complete
from bot.handlers.correct import CHOOSABLE
from bot.handlers.find import Find
from bot.handlers.shelf import Tools, locale_or_english
from bot.handlers.show import Show
from bot.handlers.urgent import Urgent
from bot.urgent.rules import URGENT


@dataclass(frozen=True, slots=True)
class Options:
    """What the commands of a door with options come to; the values are those of a `FormSubmit`."""

    tools: Tools
    complete: Complete

    def code(self, request: Request, kind: str) -> str | None:
        """The code of one option, None when it was left out. Raises InputError for what is none of its values."""
        return self.complete.code(
            kind, request.body.values.get(kind, "") if isinstance(request.body, FormSubmit) else ""
        )

    def query(self, request: Request) -> Query:
        """A query for the place given, else the home."""
        locale = locale_or_english(request.actor.locale)
        given, home = self.code(request, "place"), self.tools.home(request.home)
        places: tuple[Place, ...] = (place_of(given),) if given else (home,) if home else ()
        return Query(language=locale, locale=locale, places=places, place_is_home=not given and home is not None)

    def several(self, request: Request, kind: str) -> tuple[str, ...]:
        """The code of one option as the values of a query."""
        found = self.code(request, kind)
        return (found,) if found else ()


@dataclass(frozen=True, slots=True)
class Filter:
    """Records by topic, place, audience, language and way."""

    options: Options
    find: Find

    def __call__(self, request: Request) -> Reply:
        topic = self.options.code(request, "topic")
        query = replace(
            self.options.query(request),
            topics=((topic, 1.0),) if topic else (),
            serves=self.options.several(request, "serves"),
            languages=self.options.several(request, "language"),
            access=self.options.several(request, "access"),
        )
        return self.find(_pressed(request, "find", encode(query)))


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups led by sex workers, at the place and then wider."""

    options: Options
    find: Find

    def __call__(self, request: Request) -> Reply:
        query = replace(self.options.query(request), kinds=("organization",), led_by=("sex-workers",))
        return self.find(_pressed(request, "find", encode(query)))


@dataclass(frozen=True, slots=True)
class Pick:
    """The whole record of a name."""

    options: Options
    show: Show

    def __call__(self, request: Request) -> Reply:
        found = self.options.code(request, "resource")
        return self.show(_pressed(request, "show", (found,) if found else ()))


@dataclass(frozen=True, slots=True)
class Situations:
    """The card of a situation; without one, the situations to choose from."""

    options: Options
    urgent: Urgent

    def __call__(self, request: Request) -> Reply:
        kind = self.options.code(request, "situation")
        coded = encode(self.options.query(request))
        if kind is not None:
            return self.urgent(_pressed(request, "card", (kind, _urgency(kind), "", *coded)))
        locale = locale_or_english(request.actor.locale)
        say = self.options.tools.messages.say
        actions = [
            Action("card", say(locale, f"class-{each}"), (each, _urgency(each), "", *coded)) for each in CHOOSABLE
        ]
        return sentence(say(locale, "urgent-choose"), locale, actions)


def _urgency(kind: str) -> str:
    return "now" if kind in URGENT else "none"


def _pressed(request: Request, action: str, args: tuple[str, ...]) -> Request:
    return replace(request, body=ActionPress(action, args))
