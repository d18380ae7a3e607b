"""Which records answer a query, best first.

The narrowest questions are asked of the index first: who was named, who offers the need and covers the place; what is found
is judged by `bot.directory.ranking`. A question that names a place never gets a record that covers only another one.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import reduce
from itertools import islice
from operator import attrgetter, or_
from typing import NamedTuple

from bot.directory.index import Index, is_set, numbers
from bot.directory.model import Resource
from bot.directory.places import Reach
from bot.directory.query import Found, Match, Place, Query, Reason
from bot.directory.ranking import AGAINST, SPOKEN, Judge, Order

CAP = 24
"""So many candidates are judged: the closest, those with most of the need, and of these those the policy puts first."""
AROUND = (Reach.PLACE, Reach.NEAR, Reach.REGION, Reach.COUNTRY, Reach.MACRO)
"""From so near on peers are a candidate for every need."""
POINTED = 10
"""So many candidates the words of a question alone may bring."""


class _Candidate(NamedTuple):
    number: int
    reach: Reach
    match: float
    order: Order


_Group = tuple[Iterable[int], Reach]
"""Numbers of records, and the reach of all of them."""


def find(index: Index, query: Query, today: date, limit: int = 5, offset: int = 0, *, is_short: bool = False) -> Found:
    """The records that answer `query`, best first, `limit` of them from `offset` on.

    `is_short` puts fillers last and ends a page before the first of them: a shorter answer is better than a weak one.

    Scores run 0..1 and equal ones keep a fixed order, so an answer is repeatable. Without a place only worldwide, online
    and named records answer. When a topic is asked that no record in reach offers, `nothing_for` says so and what is
    national or wider is given instead. Pure; nothing found is an empty `Found`.
    """
    return _Search(index, query, today).run(limit, offset, is_short=is_short)


def offering(index: Index, query: Query, today: date) -> list[Match]:
    """The records in reach that offer a topic or kind asked, as `find` ranks them; why each is there is left to `why`."""
    return _Search(index, query, today).offering()


def answering(index: Index, query: Query, today: date) -> list[Match]:
    """All records that `find` gives, in its order; why each is there is left to `why`."""
    return _Search(index, query, today).answering()


def why(index: Index, query: Query, record: Resource) -> tuple[Reason, ...]:
    """Why a record answers a query."""
    reasons = [Reason("named")] if record.id in query.named else []
    reasons.append(Reason("covers", (_covered(index, query, record),)))
    asked: tuple[tuple[str, Sequence[str], Sequence[str]], ...] = (
        ("topic", [topic for topic, _ in query.topics], record.topics),
        ("serves", query.serves, record.serves),
        ("language", [each for one in query.languages for each in SPOKEN.get(one, (one,))], record.languages),
        ("access", query.access, record.access),
        ("wish", query.wishes, [each for each in query.wishes if record.label(each) == "yes"]),
        ("refuse", query.refuses, [each for each in query.refuses if record.label(each) == "no"]),
    )
    for kind, wanted, offered in asked:
        shared = tuple([each for each in wanted if each in offered])
        if shared:
            reasons.append(Reason(kind, shared))  # type: ignore[arg-type]
    if record.led_by != "unknown":
        reasons.append(Reason("led-by", (record.led_by,)))
    unknown = tuple([each for each in (*query.wishes, *query.refuses) if record.label(each) == "unknown"])
    return (*reasons, Reason("unknown", unknown)) if unknown else tuple(reasons)


def _covered(index: Index, query: Query, record: Resource) -> str:
    """The part of the coverage that answers the place asked, as a name or code."""
    best, *others = record.coverage
    if others:
        reach = index.gazetteer.reach
        best = max(
            record.coverage, key=lambda area: max((reach(area, place) for place in query.places), default=Reach.NONE)
        )
    return best.place or best.region or best.country


class _Search:
    """One query on one index; made for a single answer."""

    def __init__(self, index: Index, query: Query, today: date) -> None:
        self._index = index
        self._query = query
        self._judge = Judge(index, query, today)
        self._levels = self._reachable()
        self._peers = index.facet("led-by", "sex-workers")
        self._against = reduce(or_, (index.facet("yes", each) for each in AGAINST), 0)
        nearness = self._judge.nearness
        self._nearest_first = sorted(
            (level for level in self._levels.items() if level[1]), key=lambda level: nearness(level[0]), reverse=True
        )
        self._refused = reduce(or_, (index.facet("yes", each) for each in self._judge.refuses), 0)
        self._eligible = reduce(or_, self._levels.values(), 0) & ~self._refused
        self._eligible_bytes = self._eligible.to_bytes((self._eligible.bit_length() + 7) // 8, "little")

    def run(self, limit: int, offset: int, *, is_short: bool) -> Found:
        """The answer; see `find`."""
        ranked = self._ranked(self._in_order())
        if is_short:
            strong, fillers = self._parted(ranked)
            ranked = strong + fillers
            limit = min(limit, len(strong) - offset) if offset < len(strong) else limit
        shown = ranked[offset : offset + limit]
        return Found(
            matches=tuple(
                Match(each.resource, each.score, why(self._index, self._query, each.resource))
                for each in self._matches(shown)
            ),
            total=len(ranked),
            offset=offset,
            nothing_local=bool(self._query.places) and not any(each.reach >= Reach.REGION for each in ranked),
            nothing_for=tuple(self._nothing_for()),
            together=tuple(self._together()),
        )

    def offering(self) -> list[Match]:
        """Those that offer what is asked; see the function of that name."""
        return self._matches(self._ranked(self._near_to_far(self._needed()[0])))

    def answering(self) -> list[Match]:
        """All that answer; see the function of that name."""
        return self._matches(self._ranked(self._in_order()))

    def _matches(self, candidates: Iterable[_Candidate]) -> list[Match]:
        return [Match(self._index.records[each.number], round(each.match, 4)) for each in candidates]

    def _parted(self, ranked: Sequence[_Candidate]) -> tuple[list[_Candidate], list[_Candidate]]:
        """Those that answer, and those that only fill the page. Who was named stays, and is no measure for the others; so does
        who is nearer than the best.
        """
        records, named = self._index.records, self._query.named
        best = max(
            (each for each in ranked if records[each.number].id not in named), key=attrgetter("match"), default=None
        )
        strong: list[_Candidate] = []
        fillers: list[_Candidate] = []
        for each in ranked:
            record = records[each.number]
            is_filler = (
                best is not None
                and self._judge.nearness(each.reach) <= self._judge.nearness(best.reach)
                and each.match < self._judge.least(record, each.reach) * best.match
            )
            (fillers if is_filler and record.id not in named else strong).append(each)
        return strong, fillers

    def _reachable(self) -> dict[Reach, int]:
        """The records that may answer, by reach. Without a place: worldwide ones, and those that need no going there."""
        index = self._index
        if self._query.places:
            return index.covering(self._query.places)
        named = [index.records[index.by_id[each]] for each in self._query.named if each in index.by_id]
        if named:
            # Who names a group and no place is where that group is; beside it only what nobody has to go to answers.
            around = index.covering(
                Place(area.country, area.region, area.place) for record in named for area in record.coverage
            )
            anywhere = index.facet("reach", "worldwide") | index.facet("reach", "online")
            return {reach: bits & anywhere for reach, bits in around.items()}
        if self._query.unclear:
            return {Reach.WORLDWIDE: index.covering(self._query.unclear)[Reach.WORLDWIDE]}
        worldwide, regional = index.facet("reach", "worldwide"), index.facet("reach", "regional")
        online = index.facet("reach", "online") & ~worldwide
        return {Reach.WORLDWIDE: worldwide, Reach.MACRO: online & ~regional, Reach.INSIDE: online & regional}

    def _ranked(self, groups: Iterable[_Group]) -> list[_Candidate]:
        """The fitting among the records of `groups`, at most CAP, best first."""
        return sorted(islice(self._candidates(groups), CAP), key=attrgetter("order"))

    def _candidates(self, groups: Iterable[_Group]) -> Iterator[_Candidate]:
        """Each fitting record once."""
        judge, records = self._judge, self._index.records
        given: set[int] = set()
        for found, reach in groups:
            for number in found:
                record = records[number]
                if number not in given and not judge.is_unfit(record, reach):
                    given.add(number)
                    match = judge.match(number, record, reach)
                    yield _Candidate(number, reach, match, judge.order(record, match))

    def _in_order(self) -> Iterator[_Group]:
        """The named first, then what the rarest words point to, then the need from near to far, in the policy's order."""
        named = [self._index.by_id[each] for each in self._query.named if each in self._index.by_id]
        yield from (((number,), self._reach_of(number)) for number in named if self._may_name(number))
        yield from (((number,), self._reach_of(number)) for number in self._pointed_to())
        for wanted in self._needed():
            yield from self._near_to_far(wanted)

    def _near_to_far(self, wanted: int) -> Iterator[_Group]:
        """The records of `wanted` from near to far, in the policy's order."""
        for reach, bits in self._nearest_first:
            found = bits & wanted
            if found:
                peers, against = found & self._peers, found & self._against
                parts = (peers & ~against, found & ~peers & ~against, against)
                yield from ((numbers(part), reach) for part in parts if part)

    def _may_name(self, number: int) -> bool:
        """A named record answers anywhere, unless the person says a place it does not cover."""
        return not self._query.places or self._query.place_is_home or self._reach_of(number) is not Reach.NONE

    def _needed(self) -> tuple[int, int, int]:
        """Records in reach that offer what is asked, those that offer something close to it, and the peers of the place or
        its country, who know who to ask where nobody offers it.
        """
        query, index, judge = self._query, self._index, self._judge
        exact = reduce(or_, (index.facet("topic", each) for each in judge.asked), 0)
        exact |= reduce(or_, (index.facet("kind", each) for each in judge.kinds), 0)
        near = reduce(or_, (index.facet("topic", each) for each in judge.close), 0)
        near |= reduce(or_, (index.facet("serves", each) for each in query.serves), 0)
        near |= reduce(or_, (index.facet("led-by", each) for each in query.led_by), 0)
        peers = index.facet("led-by", "sex-workers") | index.facet("led-by", "mixed")
        around = reduce(or_, (self._levels[each] for each in AROUND), 0) if query.places else 0
        return exact & self._eligible, near & ~exact & self._eligible, around & peers & ~near & ~exact & self._eligible

    def _pointed_to(self) -> list[int]:
        """Records in reach that the rarest words of the question lead to, at most POINTED."""
        found: dict[int, None] = {}
        for unit in sorted(
            (unit for unit, rarity in self._judge.units.items() if rarity), key=lambda each: -self._judge.units[each]
        ):
            if not self._index.is_rare(unit):
                break
            for number in self._index.with_unit(unit):
                if is_set(self._eligible_bytes, number):
                    found[number] = None
                    if len(found) >= POINTED:
                        return list(found)
        return list(found)

    def _reach_of(self, number: int) -> Reach:
        return next(
            (reach for reach in sorted(self._levels, reverse=True) if self._levels[reach] >> number & 1), Reach.NONE
        )

    def _nothing_for(self) -> Iterator[tuple[str, str]]:
        index, query = self._index, self._query
        asked = (("topic", tuple(topic for topic, _ in query.topics)), ("serves", query.serves))
        for kind, values in asked:
            yield from ((kind, each) for each in values if not index.facet(kind, each) & self._eligible)
        yield from (("wish", each) for each in query.wishes if not index.facet("yes", each) & self._eligible)
        for language, spoken in zip(query.languages, self._judge.languages, strict=True):
            if not self._speaking(spoken) & self._eligible:
                yield "language", language

    def _together(self) -> Iterator[tuple[str, str]]:
        """Topic and language asked that no record in reach offers at once, though each is known alone."""
        nothing = set(self._nothing_for())
        for asked, spoken in zip(self._query.languages, self._judge.languages, strict=True):
            for topic, _ in self._query.topics:
                if {("topic", topic), ("language", asked)} & nothing:
                    continue
                if not self._speaking(spoken) & self._index.facet("topic", topic) & self._eligible:
                    yield topic, asked

    def _speaking(self, spoken: Iterable[str]) -> int:
        return reduce(or_, (self._index.facet("language", each) for each in spoken), 0)
