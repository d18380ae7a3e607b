"""One answer as JSON: the contract of `python -m bot ask --json`, which other programs and the tests read."""

from datetime import date

from bot.directory.cards import Cards
from bot.directory.query import Match, Query
from bot.handlers.ask import Answer
from bot.urgent.offers import offers

Json = dict[str, object]


def as_json(answer: Answer, cards: Cards, today: date, text: str, shown: str) -> Json:
    """The object of one answer, without its id. `text` is the question as it was given, `shown` the reply as text."""
    query = answer.query
    is_card = answer.kind in offers()
    return {
        "text": text,
        "class": answer.kind,
        "urgent": answer.urgency != "none",
        "urgency": answer.urgency,
        "also": list(answer.also),
        "locale": answer.reply.locale,
        "language": query.language,
        "query": _query(query),
        "results": [_result(match, cards, query.locale, today, is_card=is_card) for match in answer.results],
        "reply": shown,
    }


def _query(query: Query) -> Json:
    return {
        "topics": [topic for topic, _ in query.topics],
        "serves": list(query.serves),
        "places": [{"country": place.country, "region": place.region, "name": place.name} for place in query.places],
        "named": list(query.named),
        "languages": list(query.languages),
        "access": list(query.access),
        "wishes": list(query.wishes),
        "refuses": list(query.refuses),
    }


def _result(match: Match, cards: Cards, locale: str, today: date, *, is_card: bool) -> Json:
    return {
        "id": match.resource.id,
        "score": round(min(max(match.score, 0.0), 1.0), 4),
        "reasons": cards.reasons(match, locale),
        "freshness": cards.freshness(match.resource, locale, today, is_urgent=is_card),
    }
