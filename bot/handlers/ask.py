"""A person's own words: urgent and boundary classes before everything, then the search, then small talk."""

from dataclasses import dataclass, replace

from bot.core.reply import Action, Reply, sentence
from bot.core.request import Request, Text
from bot.core.words import clean
from bot.directory.query import Match, Query
from bot.errors import InputError
from bot.handlers.coded import Args, code_of, decode, with_place
from bot.handlers.find import Find
from bot.handlers.guided import Guided
from bot.handlers.help import Help
from bot.handlers.shelf import Tools
from bot.handlers.urgent import Urgent
from bot.urgent.cards import Situation
from bot.urgent.offers import offers
from bot.urgent.recognise import Recogniser, Recognition, asking
from bot.urgent.rules import BOUNDARY

MOST_CHARACTERS = 4000
"""More is no question; it is also what the longest message of Discord holds."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer with what it was made of. `results` are the records shown, best first."""

    kind: str
    urgency: str
    also: tuple[str, ...]
    query: Query
    results: tuple[Match, ...]
    reply: Reply


@dataclass(frozen=True, slots=True)
class Ask:
    """Answers free words. Pure apart from the current shelf; keeps nothing."""

    tools: Tools
    recogniser: Recogniser
    find: Find
    urgent: Urgent
    guided: Guided
    help: Help

    def __call__(self, request: Request) -> Reply:
        return self.answer(request).reply

    def answer(self, request: Request) -> Answer:
        """The answer to the words of `request`. Raises InputError when there are none, or far too many."""
        text = clean(request.body.text) if isinstance(request.body, Text) else ""
        if not text:
            raise InputError("error-empty")
        if len(text) > MOST_CHARACTERS:
            raise InputError("error-too-long", most=str(MOST_CHARACTERS))
        understanding = self.tools.shelf().understanding
        query = understanding.understand(text, self.tools.home(request.home), request.actor.locale)
        names_place = bool(query.unclear or (query.places and not query.place_is_home))
        recognition = self.recogniser.recognise(query.words, query.language, asking(query), query.ends)
        # "BC Bad Date and Aggressor Reporting Project" is no warning about a client.
        if recognition.kind in offers() and not (query.is_name and recognition.kind in BOUNDARY):
            return self._carded(recognition, query, request)
        if names_place and not query.asks and request.follows is not None:
            query, followed = self._followed(request.follows, query)
            if followed is not None:
                return self._carded(Recognition(followed.kind, followed.urgency, followed.also), query, request)  # type: ignore[arg-type]
            recognition = replace(recognition, kind="request")
        if recognition.kind == "request" or query.named or (names_place and _needs(query)):
            return self._found(recognition, query, request)
        return Answer(recognition.kind, "none", (), query, (), self._talk(recognition.kind, query))

    def _carded(self, recognition: Recognition, query: Query, request: Request) -> Answer:
        situation = Situation(recognition.kind, recognition.urgency, recognition.also)
        if request.is_private:
            results, reply = self.urgent.answer(situation, query, request.received_at.date())
        else:
            results, reply = (), self.urgent.privately(query.locale)
        return Answer(recognition.kind, recognition.urgency, recognition.also, query, results, reply)

    def _found(self, recognition: Recognition, query: Query, request: Request) -> Answer:
        found, reply = self.find.answer(query, request.received_at.date())
        if not found.matches and not query.asks:
            reply = self._unsure(query)
        return Answer("request", "none", recognition.also, query, found.matches, reply)

    def _followed(self, follows: Action, query: Query) -> tuple[Query, Situation | None]:
        """What the last reply left open, now with the place: a card to show again, or a query."""
        args: Args = follows.args
        situation = None
        if follows.id == "card" and len(args) >= 3:
            situation = Situation(args[0], args[1], tuple(each for each in args[2].split("+") if each))
            args = args[3:]
        place = query.places[0] if query.places else None
        opened, _ = decode(with_place(args, code_of(place) if place else ""), query.locale)
        return replace(opened, unclear=query.unclear), situation

    def _unsure(self, query: Query) -> Reply:
        if query.places:
            return self.guided.topics(query.locale, code_of(query.places[0]))
        said = self.tools.messages.say(query.locale, "answer-unsure")
        return sentence(said, query.locale, self._openings(query))

    def _talk(self, kind: str, query: Query) -> Reply:
        if kind == "help":
            return self.help.reply(query.locale)
        said = self.tools.messages.say(
            query.locale, {"hostile": "hostile", "off-topic": "off-topic"}.get(kind, "small-talk")
        )
        return sentence(said, query.locale, self._openings(query))

    def _openings(self, query: Query) -> tuple[Action, ...]:
        say = self.tools.messages.say
        return (Action("guided", say(query.locale, "do-guided")), Action("help", say(query.locale, "do-help")))


def _needs(query: Query) -> bool:
    """Whether a need is said in so many words: with a place beside it, it is a question however chatty it sounds."""
    return any(weight >= 1.0 for _, weight in query.topics)
