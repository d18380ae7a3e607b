"""Which contacts an urgent card shows: at most three that cover the place, best first (`policy.md` §6).

The offers of the class come in their order, one contact from each step; what the person says of their own (a place, an
audience, a need) comes first. Within a step stands first who is there for them, is checked, speaks the language, does
not send police unasked, answers what they said (unless it goes on now, or the order of the class is fixed), is a line, can be
called or written to at once, and is led by sex workers or peers. Where the steps give fewer than three and the class leads to
peers, who else is there for them at that place fills the card: it may know somebody.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.directory.freshness import last_check
from bot.directory.index import Index
from bot.directory.model import WORLDWIDE, Area, Resource
from bot.directory.places import Reach
from bot.directory.query import Match, Place, Query, Reason
from bot.directory.search import answering, offering, why
from bot.urgent.offers import Offer

MOST = 3
# Scores that round to the same step are equal, as in the search.
_STEP = 0.05
_ASKED_STEP = 0.1
_LED_BY = {"sex-workers": 0, "mixed": 1}
_OTHER = 2
"""The language rank of a record known not to speak the person's language."""
_LAST = frozenset(
    {"exit-focused", "police-partnership", "conflates-sex-work-and-trafficking", "anti-trafficking-organization"}
)
_GENDERS = frozenset({"women", "men", "trans", "nonbinary"})
# Records for these alone are not for somebody who says nothing of the kind.
_NARROW = frozenset(
    {
        "migrant",
        "newcomers",
        "asian",
        "latinx",
        "black",
        "indigenous",
        "racialized",
        "youth",
        "incarcerated",
        "people-who-use-drugs",
        "strippers",
        "indoor",
        "online",
        "street-based",
        "disabled",
        "parents",
        "francophone",
        "trans",
        "nonbinary",
        "lgbtq",
    }
)
_PEOPLE = frozenset({"organization", "service", "helpline"})
_ASIDE = frozenset({"leaving-the-industry", "trafficking-support"})


@dataclass(frozen=True, slots=True)
class Contacts:
    """Chooses among the records of one index on one day."""

    index: Index
    today: date

    def choose(self, offer: Offer, query: Query, *, further: Iterable[Offer] = (), is_now: bool = False) -> list[Match]:
        """Up to three contacts for the offer; `further` are the offers of other classes the message also holds.

        One from each step, then more of the first: a third line is worth more than a second group for a later step.
        While it goes on (`is_now`) who can be reached at once stands before the others.
        """
        steps = list(_own(offer, query)) + [step for other in further for step in other.steps[:1]]
        found = () if is_now or offer.is_fixed else self._answers(query)
        asked = {match.resource.id: match.score for match in found}
        ranked = [self._fitting(step, offer, query, asked) for step in steps]
        theirs = [[match for match in matches if _is_for_them(match.resource, offer, query)] for matches in ranked]
        # A group for others is shown only where there is none for them: it may know somebody.
        chosen = _picked(theirs, query) or _picked(ranked, query)
        if len(chosen) < MOST and offer.names_peers and query.places:
            chosen += self._others(chosen, found or self._answers(query), offer, query)[: MOST - len(chosen)]
        chosen.sort(key=lambda match: self._shown_later(match.resource, offer, query, is_now=is_now))
        return [self._explained(match, query) for match in chosen]

    def _explained(self, match: Match, query: Query) -> Match:
        """With why it is there: of hundreds that are looked at only these three are asked."""
        for_topic = next((_about(reason.values[0], query) for reason in match.reasons), query)
        return replace(match, reasons=why(self.index, for_topic, match.resource))

    def _answers(self, query: Query) -> list[Match]:
        """What the search finds for their own words."""
        return answering(self.index, query, self.today)

    def _others(self, chosen: list[Match], found: Iterable[Match], offer: Offer, query: Query) -> list[Match]:
        """Who else of what the search found is there for them, at the place they name."""
        return [
            match
            for match in found
            if match.resource.kind in _PEOPLE
            and self._may_stand(match.resource, (), offer, query)
            and not _LAST.intersection(match.resource.cautions)
            and _is_for_them(match.resource, offer, query)
            and _language_rank(match.resource, query) < _OTHER
            and not _is_known(match, chosen)
        ]

    def _shown_later(self, record: Resource, offer: Offer, query: Query, *, is_now: bool) -> tuple[bool, ...]:
        """Checked before unchecked, then who does not send police unasked, then who is at hand.

        What is equal keeps the order of the offers.
        """
        contact = record.contact
        is_at_hand = bool(contact.phone or contact.text or contact.whatsapp) and _language_rank(record, query) < _OTHER
        is_unchecked = last_check(record, self.today) is None
        # Those under 18 get the line for them first, and read beside it what is known about police.
        sends_police = record.label("sends-police") == "yes" and offer.names_emergency
        return is_unchecked, sends_police, is_now and not is_at_hand

    def rights_card(self, query: Query) -> tuple[Resource, Place] | None:
        """The rights guide that covers a place of the query, and that place; those about police first."""
        records = [match.resource for match in self._matches("know-your-rights", query)]
        guides = [each for each in records if each.kind == "guide" and Area(WORLDWIDE) not in each.coverage]
        guides.sort(key=lambda each: "police-misconduct" not in each.topics)
        for place in query.places:
            for guide in guides:
                if self._covers(guide, [place]):
                    return guide, place
        return None

    def _matches(self, topic: str, query: Query) -> list[Match]:
        """Who offers the topic, best first; until one is chosen, the topic is all that is said of why it is there."""
        reasons = (Reason("topic", (topic,)),)
        found = offering(self.index, _about(topic, query), self.today)
        return [Match(match.resource, match.score, reasons) for match in found]

    def _fitting(self, step: tuple[str, ...], offer: Offer, query: Query, asked: Mapping[str, float]) -> list[Match]:
        matches: dict[str, Match] = {}
        for topic in step:
            for match in self._matches(topic, query):
                if self._may_stand(match.resource, step, offer, query):
                    matches.setdefault(match.resource.id, match)
        return sorted(matches.values(), key=lambda match: self._rank(match, offer, query, asked))

    def _may_stand(self, record: Resource, step: tuple[str, ...], offer: Offer, query: Query) -> bool:
        if not self._covers(record, query.places) or (offer.kinds and record.kind not in offer.kinds):
            return False
        if offer.is_far and (
            record.contact.address or any(area.place and area.country != WORLDWIDE for area in record.coverage)
        ):
            return False
        if _ASIDE.intersection(record.topics) and not _ASIDE.intersection(step) and _LAST.intersection(record.cautions):
            return False
        contact = record.contact
        return bool(contact.phone or contact.text or contact.whatsapp or contact.email or contact.url)

    def _covers(self, record: Resource, places: Iterable[Place]) -> bool:
        """Whether it covers one of the places as a whole; without a place only what is worldwide does."""
        known = list(places)
        if not known:
            return Area(WORLDWIDE) in record.coverage
        reach = self.index.gazetteer.reach
        return any(reach(area, place) not in (Reach.NONE, Reach.INSIDE) for area in record.coverage for place in known)

    def _rank(
        self, match: Match, offer: Offer, query: Query, asked: Mapping[str, float]
    ) -> tuple[float | int | str, ...]:
        record = match.resource
        serves = set(record.serves)
        contact = record.contact
        first = (
            offer.is_theirs and not serves & {*offer.serves, *query.serves},
            bool(_LAST.intersection(record.cautions)),
            last_check(record, self.today) is None,
            _language_rank(record, query),
            record.label("sends-police") == "yes",
            -round(asked.get(record.id, 0.0) / _ASKED_STEP),
        )
        is_silent = not (contact.phone or contact.text or contact.whatsapp)
        leading = _LED_BY.get(record.led_by, 2)
        if offer.names_emergency:
            # A line that answers now is worth more than a closer group.
            shared = len(serves & set(query.serves))
            return (*first, record.kind != "helpline", is_silent, -shared, leading, -match.score, record.id)
        return (*first, -round(match.score / _STEP), leading, is_silent, record.id)


def _about(topic: str, query: Query) -> Query:
    """The query of somebody like them, there, who asks for that topic alone."""
    return replace(
        query, topics=((topic, 1.0),), named=(), text=(), kinds=(), led_by=(), access=(), place_is_home=False
    )


def _picked(ranked: list[list[Match]], query: Query) -> list[Match]:
    """The first of each list, then further ones of the first list, three in all.

    One who is known not to speak the person's language may know somebody who does; a second such one says too little.
    """
    chosen: list[Match] = []
    for matches in (*ranked, *(ranked[:1] * MOST)):
        has_other = any(_language_rank(match.resource, query) == _OTHER for match in chosen)
        fresh = (match for match in matches if not _is_known(match, chosen))
        following = next((m for m in fresh if not (has_other and _language_rank(m.resource, query) == _OTHER)), None)
        if following is not None and len(chosen) < MOST:
            chosen.append(following)
    return chosen


def _is_known(match: Match, chosen: Iterable[Match]) -> bool:
    """Whether it is among the chosen, or has the number of one of them: a line and the group that runs it."""
    record = match.resource
    return any(
        record.id == other.resource.id
        or (record.contact.phone and record.contact.phone == other.resource.contact.phone)
        for other in chosen
    )


def _is_for_them(record: Resource, offer: Offer, query: Query) -> bool:
    """Whether the record is there for somebody in this situation who says of themself what `query.serves` holds."""
    serves, asked = set(record.serves), set(query.serves)
    if "all" in serves or serves & asked:
        return True
    if asked & _GENDERS and serves & _GENDERS:
        return False
    return bool(serves & offer.serves) or bool(serves - _NARROW)


def _own(offer: Offer, query: Query) -> Iterator[tuple[str, ...]]:
    """The steps of the offer with the person's own needs first: a step that holds one of them, then one of their own.

    Help that belongs to the situation stays: who was raped and asks for PEP gets the clinic and the line.
    """
    if offer.is_fixed:
        yield from offer.steps
        return
    own = [topic for topic, weight in query.topics if weight >= 1.0 and topic not in _ASIDE]
    asked = [tuple(topic for topic in step if topic in own) for step in offer.steps]
    yield from (step for step in asked if step)
    known = {topic for step in offer.steps for topic in step}
    extra = tuple(
        topic for topic in own if topic not in known and topic not in ("know-your-rights", "police-misconduct")
    )[:1]
    steps = [step for step in offer.steps if not set(step) & set(own)]
    if extra and offer.steps:
        steps.insert(min(1, len(steps)), extra)
    yield from steps


def _language_rank(record: Resource, query: Query) -> int:
    """0 for one that speaks the person's language, 1 when its languages are not known, 2 when it is known not to.

    In English a record without a list of languages counts as speaking it: their own pages are in English.
    """
    wanted = set(query.languages) or {query.language.split("-")[0]}
    spoken = {language.split("-")[0] for language in record.languages}
    if "zh" in wanted:
        wanted |= {"cmn", "yue"}
    if spoken & wanted:
        return 0
    if spoken:
        return _OTHER
    return 0 if "en" in wanted else 1
