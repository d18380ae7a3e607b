"""How well a record answers a query: `policy.md` §3 as figures, and the order of records that answer equally well.

The match is a weighted mean of what the question asks about: the place, the need, for whom, in which language, how. Records
whose matches round to the same step are of equal match and stand in the policy's order: unlabelled before those with a
caution that counts against them, led by sex workers, then mixed, allies, public bodies, unknown, then the fresher.
The weights were set on labelled questions: the public set and others that their author had not written.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import Any

from bot.directory.freshness import weight
from bot.directory.index import Index, is_in, units
from bot.directory.model import WORLDWIDE, Labels, Resource, label_of
from bot.directory.places import Reach
from bot.directory.query import Query

CLOSE = 0.3
"""From this worth on (`related.yaml`) a topic is close to another: what offers neither stands after others of equal match."""
STEP = 0.02
"""Matches that round to the same step are equal."""
EARLY = 0.04
"""What a topic loses for each place it stands further down in its record: a record lists first what it is for."""
FILLER, FAR, BESIDE, FOREIGN = 0.55, 0.65, 0.8, 0.98
"""A record of a smaller share of the best match's worth only fills the page; from a larger share on what covers neither the
place nor its country, what is beside the point or at home elsewhere, and what is for people of one origin though none asks.
"""
WEIGHTS = {
    "place": 7.0, "topic": 4.0, "peers": 1.0, "serves": 2.0, "everybody": 0.8, "language": 1.8, "tongue": 0.8, "access": 0.6,
    "label": 0.7, "kind": 2.2, "people": 1.1, "led": 2.5, "text": 1.6,
}  # fmt: skip
PLACE = {
    Reach.PLACE: 1.0, Reach.NEAR: 0.97, Reach.REGION: 0.87, Reach.COUNTRY: 0.62, Reach.INSIDE: 0.42, Reach.MACRO: 0.42,
    Reach.WORLDWIDE: 0.15, Reach.NONE: 0.0,
}  # fmt: skip
ANYWHERE = {Reach.WORLDWIDE: 1.0, Reach.MACRO: 0.7, Reach.INSIDE: 0.4}
"""Without a place, what serves everybody stands before what only serves people of one country, online, and that before what
serves one region of it."""
OF_ONE_LAW = {Reach.WORLDWIDE: 1.0, Reach.MACRO: 0.2, Reach.INSIDE: 0.1}
"""The same where the need is one of law, which is another in every country, and no guide is asked for."""
OF_FEW = 0.8
"""What is only for people who say so keeps so much of its match where nothing in the question does."""
INTERPRETED = 0.4
"""What an interpreter is worth, against somebody who speaks the language."""
IN_TEXT = 0.7
"""What a word of the question counts in a description, against one in the name."""
PAPER = frozenset({"guide", "tool", "tip", "campaign", "fund", "event"})
"""Somebody in need wants people first; what is to be read or signed comes after, unless asked for."""
_READ = PAPER - {"tool", "tip"}
_CROSSING = frozenset({"immigration", "translation"})
_INSIDE = "incarceration-support"
_PRISON = frozenset({_INSIDE, "criminal-record"})
_OF_ONE_LAW = frozenset({"legal-help", "immigration", "criminal-record", "police-misconduct"})
_READABLE = frozenset({
    "know-your-rights", "law-reform", "advocacy", "research", "digital-safety", "online-work", "workplace-rights", "union",
    "money-and-taxes", "education-and-training", "police-misconduct",
})  # fmt: skip
BODIES = {"organization": 1.0, "service": 0.8, "fund": 0.5, "helpline": 0.5}
"""Who asks for a group wants people who meet, not a page about how to found one."""
SPOKEN = {"zh": ("zh", "cmn", "yue"), "cmn": ("cmn", "zh"), "yue": ("yue", "zh")}
"""Languages asked to those that satisfy it: "Chinese" on a page may be either, a voice is one of them."""

_LED_BY = {"sex-workers": 0, "mixed": 1, "allies": 2, "public-body": 3, "unknown": 4}
AGAINST = frozenset({"exit-focused", "police-partnership", "conflates-sex-work-and-trafficking"})
"""Cautions and labels whose records stand after others of equal match (policy §3)."""
_ASIDE = frozenset({"leaving-the-industry", "trafficking-support"})
# A group for people of one origin is not for those of another, even where both are migrants.
_ORIGINS = frozenset({"asian", "latinx", "black", "indigenous"})
# What people say without saying who they are: the language they write or ask for, and what they ask for.
_SAYING = {
    "asian": frozenset({"zh", "cmn", "yue", "nan", "ja", "ko", "th", "vi", "tl"}), "latinx": frozenset({"es", "pt"}),
    "people-who-use-drugs": frozenset({"harm-reduction", "overdose"}), "migrant": frozenset({"immigration"}),
    "trans": frozenset({"gender-affirming-care"}), "online": frozenset({"online-work"}), "parents": frozenset({"parenting"}),
    "survivors": frozenset({"violence-support", "sexual-assault"}), "incarcerated": frozenset({"incarceration-support"}),
}  # fmt: skip
# Somebody who says one of these of themself is not served by a record that is only for another of them.
_EXCLUSIVE = frozenset({"women", "men", "trans", "indigenous", "youth", "black", "asian", "migrant", "latinx"})
# Who is one of these says so; a record for them alone is no answer to somebody who does not.
_FEW = frozenset(
    {"trans", "nonbinary", "lgbtq", "youth", "strippers", "online", "incarcerated", "disabled", "francophone"}
)

_GENDERS = frozenset({"women", "men", "trans", "nonbinary"})
_ONE = (frozenset({"women"}), frozenset({"men"}))

# What a topic counts by its place in the record; from the seventh on no less.
_STANDING = tuple(1.0 - EARLY * min(at, 6) for at in range(40))

_Read = Callable[[Resource], Hashable]
_TOPICS, _SERVES, _ACCESS, _KIND, _LED = map(attrgetter, ("topics", "serves", "access", "kind", "led_by"))
_SPOKEN, _LABELS = attrgetter("languages", "labels", "cautions"), attrgetter("labels", "cautions")
Share = Callable[[Any], float]
Spoken = tuple[tuple[str, ...], Labels, tuple[str, ...]]
"""What tells whether a record is for who speaks a language: its languages, labels and cautions."""
Order = tuple[float | int | str, ...]


class Judge:
    """Judges records for one query. Records are alike in most things, so each share is worked out once a value."""

    def __init__(self, index: Index, query: Query, today: date) -> None:
        self._index = index
        self._query = query
        self._today = today
        # Nothing understood but a place, or "for sex workers": peers know who to ask.
        self.asked = dict(query.topics) or {"peer-support": 0.5}
        self.kinds = (PAPER | {"helpline"}).intersection(query.kinds)
        self.languages = [SPOKEN.get(each, (each,)) for each in query.languages]
        self._speaks = {"en", *SPOKEN.get(query.language, (query.language,)), *chain(*self.languages)}
        says = {query.language, *query.languages, *self.asked}
        self._keeps_aside = _ASIDE.isdisjoint(self.asked)
        self._genders = _GENDERS.intersection(query.serves)
        self._readable = _READABLE.intersection(self.asked)
        self._likely = {who for who, each in _SAYING.items() if not each.isdisjoint(says)}
        self.helps = [(index.related.get(topic, {topic: 1.0}), value) for topic, value in self.asked.items()]
        self.close = {topic for helps, _ in self.helps for topic, worth in helps.items() if worth >= CLOSE}
        # Who asks for help to leave is not kept from the groups that give it by not wanting to be preached at.
        leaves = "leaving-the-industry" in self.asked
        self.refuses = [each for each in query.refuses if each != "exit-focused" or not leaves]
        self._asked_total = sum(self.asked.values())
        self.units = {unit: index.rarity(unit) for unit in dict.fromkeys(units(query.text))}
        self._read = [(rarity, *index.postings(unit)) for unit, rarity in self.units.items() if rarity]
        # A word no record has tells most of all that this is not what it is about.
        self._rarity = sum(self.units.values()) + 3.0 * sum(1 for rarity in self.units.values() if not rarity)
        is_of_one_law = not query.kinds and not _OF_ONE_LAW.isdisjoint(self.asked)
        self._place = PLACE if query.places or query.named else OF_ONE_LAW if is_of_one_law else ANYWHERE
        # Of a region, what serves a town in it is as near as what serves the whole country.
        if query.places and all(place.region and not place.name for place in query.places):
            self._place = PLACE | {Reach.INSIDE: PLACE[Reach.COUNTRY]}
        self._offered: dict[Hashable, float] = {}
        self._shares = list(self._asked_about())
        self._total = (
            WEIGHTS["place"] + sum(each[0] for each in self._shares) + (WEIGHTS["text"] if self._rarity else 0.0)
        )

    def _asked_about(self) -> Iterator[tuple[float, _Read, dict[Hashable, float], Share]]:
        """What the query is judged by: a weight, what of a record it looks at, what is known already, and the share."""
        query = self._query
        yield WEIGHTS["topic" if query.topics else "peers"], _TOPICS, self._offered, self._topic_share
        if query.serves:
            yield WEIGHTS["serves"], _SERVES, {}, self._serves_share
        else:
            yield WEIGHTS["everybody"], _SERVES, {}, self._everybody_share
        if self.languages:
            yield WEIGHTS["language"], _SPOKEN, {}, self._language_share
        elif query.language != "en":
            yield WEIGHTS["tongue"], _SPOKEN, {}, self._tongue_share
        if query.access:
            yield WEIGHTS["access"], _ACCESS, {}, lambda each: _mean(way in each for way in query.access)
        if query.wishes or query.refuses:
            yield WEIGHTS["label"], _LABELS, {}, self._label_share
        if self.kinds:
            yield WEIGHTS["kind"], _KIND, {}, lambda each: each in self.kinds
        elif "organization" in query.kinds:
            yield WEIGHTS["kind"], _KIND, {}, lambda each: BODIES.get(each, 0.0)
        else:
            yield WEIGHTS["people"], _KIND, {}, lambda each: each not in PAPER
        if query.led_by:
            yield (
                WEIGHTS["led"],
                _LED,
                {},
                lambda each: 1.0 if each in query.led_by else 0.5 if each == "mixed" else 0.0,
            )

    def nearness(self, reach: Reach) -> float:
        """What a record of that reach gets for the place, 0..1."""
        return self._place.get(reach, 0.0)

    def match(self, number: int, record: Resource, reach: Reach) -> float:
        """How well the record of that number answers, 0..1; next to nothing is better than having been named."""
        total = WEIGHTS["place"] * self.nearness(reach)
        if self._read:
            total += WEIGHTS["text"] * self._text_share(number)
        for value, read, known, share in self._shares:
            key = read(record)
            found = known.get(key)
            if found is None:
                found = known[key] = float(share(key))
            total += value * found
        match = total / self._total
        if self._is_for_few(record.serves):
            match *= OF_FEW
        return 0.99 + match / 100 if record.id in self._query.named else match

    def order(self, record: Resource, match: float) -> Order:
        """What to sort by, least first."""
        is_named = record.id in self._query.named
        is_aside = (
            (self._keeps_aside and not _ASIDE.isdisjoint(record.topics))
            or self.close.isdisjoint(record.topics)
            or self._is_for_few(record.serves)
        )
        is_noted = bool(record.cautions or record.labels)
        against = is_noted and any(each in record.cautions or record.label(each) == "yes" for each in AGAINST)
        fresh = match * weight(record, self._today)
        return (not is_named, -round(match / STEP), against, is_aside, _LED_BY[record.led_by], -fresh, record.id)

    def least(self, record: Resource, reach: Reach) -> float:
        """The share of the best match's worth from which on a record answers, rather than only filling the page."""
        if self._is_for_one_origin(record):
            return FOREIGN
        is_elsewhere = reach is Reach.COUNTRY and any(area.region or area.place for area in record.coverage)
        if is_elsewhere or self._is_beside(record):
            return BESIDE
        return FAR if reach < Reach.INSIDE else FILLER

    def _is_beside(self, record: Resource) -> bool:
        """Whether it is to be read or applied to though nobody asked for that, of no use for the need, for people in prison,
        or for others than those who ask.
        """
        if record.kind in _READ and not self.kinds:
            return True
        offers = self._offered.get(record.topics) or self._topic_share(record.topics)
        if not offers or (record.topics[0] == _INSIDE and _INSIDE not in self.asked):
            return True
        # Peers know who to ask, also for those whom they do not name.
        is_open = "all" in record.serves or record.led_by in ("sex-workers", "mixed")
        return not is_open and not any(each in record.serves for each in self._query.serves)

    def _is_for_one_origin(self, record: Resource) -> bool:
        """Whether it is for people of one origin, and nothing in the question says that one of them asks: of migrants a
        language may say so.
        """
        query = self._query
        if "migrant" not in record.serves:
            return _is_of_one_origin(record.serves) and not {*record.serves} & {*query.serves} & _ORIGINS
        theirs = _ORIGINS.intersection(record.serves) and "all" not in record.serves
        says = (
            query.serves or query.languages or query.language not in ("en", "fr") or _CROSSING.intersection(self.asked)
        )
        return bool(theirs) and not says

    def is_unfit(self, record: Resource, reach: Reach) -> bool:
        """Whether a record is no answer for who asks: a fund for groups when a person asks, a group for women when a man
        does, who does not offer what nobody can stand in for; unless they named it.
        """
        for_groups, as_group = "grants-to-groups-only" in record.cautions, "organization" in self._query.kinds
        misses = record.kind == "fund" and "fund" in self._query.kinds and for_groups != as_group
        unfit = (for_groups and not as_group) or misses or self._is_for_others(record) or self._is_only_read(record)
        unfit = unfit or self._is_no_stand_in(record, reach) or self._is_unreadable(record)
        return unfit and record.id not in self._query.named

    def _is_unreadable(self, record: Resource) -> bool:
        """Whether nobody knows where the person is, and the record speaks neither English nor a language of theirs."""
        return not self._query.places and bool(record.languages) and self._speaks.isdisjoint(record.languages)

    def _is_no_stand_in(self, record: Resource, reach: Reach) -> bool:
        """Whether only who offers the need can meet it and this one does not; peers of the place may still know who does."""
        query = self._query
        if not query.is_exact or any(topic in record.topics for topic, _ in query.topics):
            return False
        return not query.topics or reach < Reach.REGION

    def _is_only_read(self, record: Resource) -> bool:
        """Whether it is a handbook for all the world, and what is asked is a service that nobody gets by reading."""
        if record.kind != "guide" or self.kinds or not self._readable.isdisjoint(record.topics):
            return False
        return any(area.country == WORLDWIDE for area in record.coverage)

    def _is_for_others(self, record: Resource) -> bool:
        """Whether it is only for women and a man asks, or the other way round; or for people in prison, of which nothing is said."""
        serves = self._query.serves
        if record.serves[:1] == ("incarcerated",):
            return self.asked.keys().isdisjoint(_PRISON) and "incarcerated" not in serves
        if self._genders not in _ONE or _GENDERS.isdisjoint(record.serves):
            return False
        return "all" not in record.serves and not any(each in record.serves for each in serves)

    def _topic_share(self, topics: tuple[str, ...]) -> float:
        """How much of the topics asked is offered; a related topic counts in part (`related.yaml`)."""
        offered = 0.0
        for helps, value in self.helps:
            best = 0.0
            for topic, standing in zip(topics, _STANDING, strict=False):
                if best >= standing:
                    break  # nothing further down can be worth more
                worth = helps.get(topic)
                if worth and worth * standing > best:
                    best = worth * standing
            offered += value * best
        return offered / self._asked_total

    def _language_share(self, known: Spoken) -> float:
        """How many of the languages asked are spoken; an interpreter speaks them nearly as well."""
        languages, labels, cautions = known
        least = INTERPRETED if label_of("interpreter", labels, cautions) == "yes" else 0.0
        return sum(max(least, float(bool({*spoken} & {*languages}))) for spoken in self.languages) / len(self.languages)

    def _tongue_share(self, known: Spoken) -> float:
        """Whether the language the person writes is spoken, though they do not ask for it."""
        languages, labels, cautions = known
        spoken = SPOKEN.get(self._query.language, (self._query.language,))
        if any(each in languages for each in spoken):
            return 1.0
        return INTERPRETED if label_of("interpreter", labels, cautions) == "yes" else 0.2 if languages else 0.5

    def _everybody_share(self, serves: tuple[str, ...]) -> float:
        """Who says nothing of themself may be anybody; least of all is a group for people of one origin or trade theirs,
        unless their language or their need is that of those people.
        """
        if "all" in serves or not self._likely.isdisjoint(serves):
            return 1.0
        return 0.0 if _ORIGINS.intersection(serves) or _FEW.issuperset(serves) else 0.4

    def _is_for_few(self, serves: tuple[str, ...]) -> bool:
        """Whether it is only for people who say so, and nothing in the question does."""
        return _FEW.issuperset(serves) and self._likely.isdisjoint(serves) and not {*self._query.serves} & {*serves}

    def _serves_share(self, serves: tuple[str, ...]) -> float:
        asked = self._query.serves
        origins, theirs = _ORIGINS.intersection(asked), _ORIGINS.intersection(serves)
        is_theirs = bool(origins and theirs) or _is_of_one_origin(serves)
        if is_theirs and not origins & theirs and "racialized" not in serves:
            return 0.1
        # "An Ojibwe helpline for women" is not any helpline for women.
        if origins and not theirs and not {"all", "racialized"} & {*serves}:
            return 0.3
        if any(each in serves for each in asked):
            return 0.7 + 0.3 * _mean(each in serves for each in asked)
        if "all" in serves:
            return 0.5
        if _FEW.issuperset(serves):
            return 0.1
        return 0.0 if _EXCLUSIVE.intersection(serves) and _EXCLUSIVE.intersection(asked) else 0.3

    def _label_share(self, known: tuple[Labels, tuple[str, ...]]) -> float:
        """Known to hold counts full, not known a little, known to fail not at all."""
        worth = {"yes": (1.0, 0.0), "no": (0.0, 1.0), "unknown": (0.3, 0.3)}
        wished = [worth[label_of(each, *known)][0] for each in self._query.wishes]
        refused = [worth[label_of(each, *known)][1] for each in self._query.refuses]
        return sum(wished + refused) / len(wished + refused)

    def _text_share(self, number: int) -> float:
        met = 0.0
        for rarity, names, text in self._read:
            if names and is_in(names, number):
                met += rarity
            elif text and is_in(text, number):
                met += IN_TEXT * rarity
        return met / self._rarity if self._rarity else 0.0


def _is_of_one_origin(serves: tuple[str, ...]) -> bool:
    """Whether people of one origin are the first it is for, and not everybody as well."""
    return bool(_ORIGINS.intersection(serves[:1])) and "all" not in serves


def _mean(values: Iterable[bool]) -> float:
    found = list(values)
    return sum(found) / len(found)
