"""Which records answer a query, best first: `policy.md` §3 as code.

The match of a record is how closely it covers the place asked, then how much of the need it meets, then the language.
Records of equal match (their matches round to the same step) stand in the policy's order: unlabelled before those with a
caution that counts against them, led by sex workers, then mixed, allies, public bodies, unknown, then the fresher.
A question that names a place never gets a record that covers only another one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from bot.directory.freshness import weight
from bot.directory.index import Index, numbers, units
from bot.directory.model import Resource
from bot.directory.places import Reach
from bot.directory.query import Found, Match, Place, Query, Reason

STEP = 0.02
"""Matches that round to the same step are equal."""
CLOSE = 0.3
"""From this worth on (`related.yaml`) a topic makes a record a candidate for another."""
EARLY = 0.04
"""What a topic loses for each place it stands further down in its record."""
CAP = 120
"""So many candidates are scored, the closest and those with most of the need first."""

_PLACE = {
    Reach.PLACE: 1.0, Reach.NEAR: 0.97, Reach.REGION: 0.87, Reach.COUNTRY: 0.62, Reach.INSIDE: 0.5, Reach.MACRO: 0.5,
    Reach.WORLDWIDE: 0.27, Reach.NONE: 0.0,
}  # fmt: skip
# Without a place, what serves everybody stands before what only serves people of one country, online.
_ANYWHERE = {Reach.WORLDWIDE: 1.0, Reach.MACRO: 0.8}
_WEIGHTS = {
    "place": 6.0, "topic": 4.0, "peers": 1.0, "serves": 1.5, "everybody": 0.4, "language": 1.8, "tongue": 0.8, "access": 0.6,
    "label": 0.7, "kind": 2.2, "people": 1.1, "led": 2.5, "text": 1.6,
}  # fmt: skip
# Somebody in need wants people first; what is to be read or signed comes after, unless asked for.
_PAPER = frozenset({"guide", "tool", "tip", "campaign", "fund", "event"})
_LED_BY = {"sex-workers": 0, "mixed": 1, "allies": 2, "public-body": 3, "unknown": 4}
_AGAINST = frozenset({"exit-focused", "police-partnership", "conflates-sex-work-and-trafficking"})
_ASIDE = frozenset({"leaving-the-industry", "trafficking-support"})
# Somebody who says one of these of themself is not served by a record that is only for another of them.
_EXCLUSIVE = frozenset({"women", "men", "trans", "indigenous", "youth", "black", "asian", "migrant", "latinx"})
SPOKEN = {"zh": ("zh", "cmn", "yue"), "cmn": ("cmn", "zh"), "yue": ("yue", "zh")}
"""Languages asked to those that satisfy it: "Chinese" on a page may be either, a voice is one of them."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    number: int
    reach: Reach
    match: float
    order: tuple[float | int | str, ...]


def find(index: Index, query: Query, today: date, limit: int = 5, offset: int = 0) -> Found:
    """The records that answer `query`, best first, `limit` of them from `offset` on.

    Scores run 0..1 and equal ones keep a fixed order, so an answer is repeatable. Without a place only worldwide, online
    and named records answer. When a topic is asked that no record in reach offers, `nothing_for` says so and what is
    national or wider is given instead. Pure; nothing found is an empty `Found`.
    """
    return Search(index, query, today).run(limit, offset)


class Search:
    """One query on one index; made for a single `run`."""

    def __init__(self, index: Index, query: Query, today: date) -> None:
        self._index = index
        self._query = query
        self._today = today
        # Nothing understood but a place, or "for sex workers": peers know who to ask.
        self._asked = dict(query.topics) or {"peer-support": 0.5}
        self._kinds = _PAPER.intersection(query.kinds) | ({"helpline"} & set(query.kinds))
        self._units = {unit: index.rarity(unit) for unit in dict.fromkeys(units(query.text))}
        self._rarity = sum(rarity for rarity in self._units.values()) + 3.0 * sum(1 for each in self._units.values() if not each)
        self._levels = self._reachable()
        self._eligible = reduce(or_, self._levels.values(), 0)
        self._helps = [(index.related.get(topic, {topic: 1.0}), value) for topic, value in self._asked.items()]
        self._asked_total = sum(self._asked.values())
        self._languages = [SPOKEN.get(each, (each,)) for each in query.languages]

    def run(self, limit: int, offset: int) -> Found:
        """The answer; see `find`."""
        ranked = sorted((self._weighed(number, reach) for number, reach in self._candidates()), key=lambda each: each.order)
        shown = ranked[offset : offset + limit]
        local = any(each.reach >= Reach.NEAR or (each.reach is Reach.REGION and self._asks_region()) for each in ranked)
        return Found(
            matches=tuple(Match(self._index.records[each.number], round(each.match, 4), self._reasons(each)) for each in shown),
            total=len(ranked),
            offset=offset,
            nothing_local=bool(self._query.places) and not local,
            nothing_for=tuple(self._nothing_for()),
            together=tuple(self._together()),
        )

    def _asks_region(self) -> bool:
        return any(place.name is None for place in self._query.places)

    def _reachable(self) -> dict[Reach, int]:
        """The records that may answer, by reach. Without a place: worldwide ones, and those that need no going there."""
        index = self._index
        if self._query.places:
            return index.covering(self._query.places)
        named = [index.records[index.by_id[each]] for each in self._query.named if each in index.by_id]
        if named:
            # Who names a group and no place is where that group is.
            return index.covering(Place(area.country, area.region, area.place) for record in named for area in record.coverage)
        if self._query.unclear:
            return {Reach.WORLDWIDE: index.covering(self._query.unclear)[Reach.WORLDWIDE]}
        worldwide = index.facet("reach", "worldwide")
        return {Reach.WORLDWIDE: worldwide, Reach.MACRO: index.facet("reach", "online") & ~worldwide}

    def _candidates(self) -> Iterator[tuple[int, Reach]]:
        """Numbers to score: the named first, then the need at each reach, then what only the words point to."""
        given: set[int] = set()
        for number, reach in self._in_order():
            if number not in given and not self._is_refused(number):
                given.add(number)
                yield number, reach
                if len(given) >= CAP:
                    return

    def _in_order(self) -> Iterator[tuple[int, Reach]]:
        named = [self._index.by_id[each] for each in self._query.named if each in self._index.by_id]
        yield from ((number, self._reach_of(number)) for number in named if self._may_name(number))
        need = self._needed()
        by_text = self._by_text()
        for wanted in need:
            for reach in sorted(self._levels, reverse=True):
                yield from ((number, reach) for number in numbers(self._levels[reach] & wanted))
        yield from ((number, self._reach_of(number)) for number in by_text)

    def _may_name(self, number: int) -> bool:
        """A named record answers anywhere, unless the person says a place it does not cover."""
        return not self._query.places or self._query.place_is_home or bool(self._eligible >> number & 1)

    def _needed(self) -> tuple[int, int]:
        """Records in reach that offer what is asked, and those that offer something close to it."""
        query, index = self._query, self._index
        exact = reduce(or_, (index.facet("topic", each) for each in self._asked), 0)
        exact |= reduce(or_, (index.facet("kind", each) for each in self._kinds), 0)
        close = {topic for helps, _ in self._helps for topic, worth in helps.items() if worth >= CLOSE}
        near = reduce(or_, (index.facet("topic", each) for each in close), 0)
        near |= reduce(or_, (index.facet("serves", each) for each in query.serves), 0)
        near |= reduce(or_, (index.facet("led-by", each) for each in query.led_by), 0)
        return exact & self._eligible, near & ~exact & self._eligible

    def _by_text(self) -> list[int]:
        """Records in reach that the rarest words of the question lead to, at most CAP."""
        rare = sorted((unit for unit, rarity in self._units.items() if rarity), key=lambda each: -self._units[each])[:3]
        found: dict[int, None] = {}
        for unit in rare:
            for number in self._index.with_unit(unit):
                if self._eligible >> number & 1:
                    found[number] = None
                    if len(found) >= CAP:
                        return list(found)
        return list(found)

    def _reach_of(self, number: int) -> Reach:
        return next((reach for reach in sorted(self._levels, reverse=True) if self._levels[reach] >> number & 1), Reach.NONE)

    def _is_refused(self, number: int) -> bool:
        """A record known to do what the person refuses is no answer, nor is a fund for groups to one person; unless they named it."""
        record, query = self._index.records[number], self._query
        if record.id in query.named:
            return False
        if "grants-to-groups-only" in record.cautions and "organization" not in query.kinds:
            return True
        # Who asks for help to leave is not kept from the groups that give it by not wanting to be preached at.
        refused = [each for each in query.refuses if each != "exit-focused" or "leaving-the-industry" not in self._asked]
        return any(record.label(each) == "yes" for each in refused)

    def _weighed(self, number: int, reach: Reach) -> _Candidate:
        record, query = self._index.records[number], self._query
        parts: list[tuple[str, float]] = []
        parts.append(("place", _PLACE[reach] if query.places or query.named else _ANYWHERE.get(reach, 0.0)))
        parts.append(("topic" if query.topics else "peers", self._topic_share(record)))
        parts.append(("serves", self._serves_share(record)) if query.serves else ("everybody", float("all" in record.serves)))
        if self._languages:
            parts.append(("language", _share(any(each in record.languages for each in spoken) for spoken in self._languages)))
        elif query.language != "en":
            parts.append(("tongue", self._tongue_share(record)))
        if query.access:
            parts.append(("access", _share(each in record.access for each in query.access)))
        if query.wishes or query.refuses:
            parts.append(("label", self._label_share(record)))
        if self._kinds:
            parts.append(("kind", float(record.kind in self._kinds)))
        else:
            parts.append(("people", 0.0 if record.kind in _PAPER else 1.0))
        if query.led_by:
            parts.append(("led", float(record.led_by in query.led_by or (record.led_by == "mixed") / 2)))
        if self._rarity:
            parts.append(("text", self._text_share(number)))
        total = sum(_WEIGHTS[name] for name, _ in parts)
        match = sum(_WEIGHTS[name] * value for name, value in parts) / total if total else 0.5
        if record.id in query.named:
            match = 0.9 + match / 10
        return _Candidate(number, reach, match, self._order(record, match))

    def _order(self, record: Resource, match: float) -> tuple[float | int | str, ...]:
        is_aside = bool(_ASIDE.intersection(record.topics)) and not _ASIDE.intersection(self._asked)
        against = _AGAINST.intersection(record.cautions)
        if "leaving-the-industry" in self._asked:
            against -= {"exit-focused"}
        return (-round(match / STEP), bool(against), is_aside, _LED_BY[record.led_by],
                -match * weight(record, self._today), record.id)  # fmt: skip

    def _topic_share(self, record: Resource) -> float:
        """How much of the topics asked a record offers; one it lists early is closer to its purpose, a related one counts in part."""
        offered = 0.0
        for helps, value in self._helps:
            best = 0.0
            for at, topic in enumerate(record.topics):
                help_ = helps.get(topic, 0.0) * (1.0 - EARLY * min(at, 6))
                if help_ > best:
                    best = help_
            offered += value * best
        return offered / self._asked_total

    def _tongue_share(self, record: Resource) -> float:
        """Whether a record speaks the language the person writes, though they do not ask for it."""
        language = self._query.language
        if any(each in record.languages for each in SPOKEN.get(language, (language,))):
            return 1.0
        return 0.2 if record.languages else 0.6 if language in record.description else 0.5

    def _serves_share(self, record: Resource) -> float:
        asked = self._query.serves
        if any(each in record.serves for each in asked):
            return 0.7 + 0.3 * _share(each in record.serves for each in asked)
        if "all" in record.serves:
            return 0.5
        return 0.0 if _EXCLUSIVE.intersection(record.serves) and _EXCLUSIVE.intersection(asked) else 0.3

    def _label_share(self, record: Resource) -> float:
        """Known to hold counts full, not known a little, known to fail not at all."""
        value = {"yes": (1.0, 0.0), "no": (0.0, 1.0), "unknown": (0.3, 0.3)}
        wished = [value[record.label(each)][0] for each in self._query.wishes]
        refused = [value[record.label(each)][1] for each in self._query.refuses]
        return sum(wished + refused) / len(wished + refused)

    def _text_share(self, number: int) -> float:
        index, met = self._index, 0.0
        for unit, rarity in self._units.items():
            if rarity:
                met += rarity * (1.0 if index.is_in_name(unit, number) else 0.7 if index.is_in_text(unit, number) else 0.0)
        return met / self._rarity

    def _reasons(self, candidate: _Candidate) -> tuple[Reason, ...]:
        record, query = self._index.records[candidate.number], self._query
        reasons = [Reason("named")] if record.id in query.named else []
        reasons.append(Reason("covers", (self._covers(record),)))
        asked: tuple[tuple[str, Sequence[str], Sequence[str]], ...] = (
            ("topic", tuple(topic for topic, _ in query.topics), record.topics),
            ("serves", query.serves, record.serves),
            ("language", [each for spoken in self._languages for each in spoken], record.languages),
            ("access", query.access, record.access),
            ("wish", query.wishes, [each for each in query.wishes if record.label(each) == "yes"]),
            ("refuse", query.refuses, [each for each in query.refuses if record.label(each) == "no"]),
        )
        for kind, wanted, offered in asked:
            shared = tuple(each for each in wanted if each in offered)
            if shared:
                reasons.append(Reason(kind, shared))  # type: ignore[arg-type]
        if record.led_by != "unknown":
            reasons.append(Reason("led-by", (record.led_by,)))
        unknown = tuple(each for each in (*query.wishes, *query.refuses) if record.label(each) == "unknown")
        return tuple(reasons) + ((Reason("unknown", unknown),) if unknown else ())

    def _covers(self, record: Resource) -> str:
        """The part of the coverage that answers the place asked, as a name or code."""
        places, gazetteer = self._query.places, self._index.gazetteer
        best = max(record.coverage, key=lambda area: max((gazetteer.reach(area, place) for place in places), default=Reach.NONE))
        return best.place or best.region or best.country

    def _nothing_for(self) -> Iterator[tuple[str, str]]:
        index, query = self._index, self._query
        for kind, values in (("topic", tuple(topic for topic, _ in query.topics)), ("serves", query.serves)):
            yield from ((kind, each) for each in values if not index.facet(kind, each) & self._eligible)
        for asked, spoken in zip(query.languages, self._languages, strict=True):
            if not self._speaking(spoken) & self._eligible:
                yield "language", asked

    def _together(self) -> Iterator[tuple[str, str]]:
        """Topic and language asked that no record in reach offers at once, though each is known alone."""
        nothing = set(self._nothing_for())
        for asked, spoken in zip(self._query.languages, self._languages, strict=True):
            for topic, _ in self._query.topics:
                if {("topic", topic), ("language", asked)} & nothing:
                    continue
                if not self._speaking(spoken) & self._index.facet("topic", topic) & self._eligible:
                    yield topic, asked

    def _speaking(self, spoken: Iterable[str]) -> int:
        return reduce(or_, (self._index.facet("language", each) for each in spoken), 0)


def _share(values: Iterable[bool]) -> float:
    found = list(values)
    return sum(found) / len(found)
