"""The card of an urgent or boundary class as a reply, with what one can press next."""

from dataclasses import dataclass
from datetime import date

from bot.core.reply import Action, Notice, Paragraph, Reply, sentence
from bot.core.request import ActionPress, Request
from bot.directory.query import Match, Query
from bot.handlers.coded import decode, encode
from bot.handlers.find import peers_query
from bot.handlers.shelf import Tools, locale_or_english
from bot.text.messages import LOCALES
from bot.urgent.cards import Situation, UrgentCards
from bot.urgent.offers import offers


@dataclass(frozen=True, slots=True)
class Urgent:
    """Shows cards; as a handler the one coded in an action: class, urgency, further classes, then the query."""

    tools: Tools
    cards: UrgentCards

    def __call__(self, request: Request) -> Reply:
        args = request.body.args if isinstance(request.body, ActionPress) else ()
        kind, urgency, also = (*args, "", "", "")[:3]
        query, _ = decode(args[3:], locale_or_english(request.actor.locale), self.tools.home(request.home))
        if kind not in offers():
            return sentence(self.tools.messages.say(query.locale, "answer-unsure"), query.locale)
        situation = Situation(kind, urgency, tuple(each for each in also.split("+") if each))
        if not request.is_private:
            return self.privately(query.locale)
        return self.answer(situation, query, request.received_at.date())[1]

    def answer(self, situation: Situation, query: Query, today: date) -> tuple[tuple[Match, ...], Reply]:
        """The contacts of the card, and the reply that shows it; for the person alone."""
        locale = query.locale
        card = self.cards.write(situation, query, self.tools.shelf().index, today)
        # The first line is what can be done now, so what the bot writes is said at the end.
        blocks = card.blocks
        if query.language.split("-")[0] not in LOCALES:
            blocks = (*blocks, Notice(self._say(locale, "answer-languages")))
        coded = (situation.kind, situation.urgency, "+".join(situation.also), *encode(query))
        actions = [
            Action("show", self._say(locale, "do-show", name=match.resource.name), (match.resource.id,))
            for match in card.contacts
        ]
        if card.asks_place:
            actions.append(Action("place", self._say(locale, "do-place"), ("card", *coded)))
        if card.names_peers:
            actions.append(Action("find", self._say(locale, "do-peers"), encode(peers_query(query))))
        if query.asks:
            actions.append(Action("find", self._say(locale, "do-search"), encode(query)))
        actions.append(Action("wrong", self._say(locale, "do-wrong"), ("card", *coded)))
        awaits = Action("card", "", coded) if card.asks_place else None
        return card.contacts, Reply(
            tuple(blocks), tuple(actions), locale=locale, is_urgent=situation.urgency != "none", awaits_place=awaits
        )

    def privately(self, locale: str) -> Reply:
        """What may be said in public: nothing of what was disclosed, not even that it was."""
        return Reply((Paragraph((self._say(locale, "answer-privately"),)),), audience="room", locale=locale)

    def _say(self, locale: str, message_id: str, **args: str) -> str:
        return self.tools.messages.say(locale, message_id, **args)
