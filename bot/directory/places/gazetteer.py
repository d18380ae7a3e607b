"""Which places a message names, and whether an area reaches them."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.core.words import is_single, tokens
from bot.directory.model import WORLDWIDE, Area
from bot.directory.places.clues import SHORT_AREA, Clues, is_outer, without_possessive
from bot.directory.places.mentions import Mention, without_denied, without_origins
from bot.directory.places.table import Care, Spot, Table, Tokens, stem
from bot.directory.query import Place

LONGEST_TOWN = 4
"""Words in the longest name of a smaller town that a message is searched for."""
PLAIN_TOWN = 6
"""Letters from which on a town of an uncommon name is recognised without another clue."""
DOMINANT = 5
"""A place that many times larger than any other of its name is meant, unless the directory serves the other one."""


class Reach(IntEnum):
    """How closely an area covers a place, from not at all to the place itself.

    INSIDE is an area that lies within the place asked: a group of Toronto for a person who says "Canada".
    """

    NONE = 0
    WORLDWIDE = 1
    MACRO = 2
    INSIDE = 3
    COUNTRY = 4
    REGION = 5
    NEAR = 6
    PLACE = 7


@dataclass(frozen=True, slots=True)
class Resolved:
    """The places a message names; those one name may mean when nothing settles it; the tokens that named them."""

    places: tuple[Place, ...] = ()
    unclear: tuple[Place, ...] = ()
    taken: frozenset[int] = frozenset()


class Gazetteer:
    """The table of places and the questions asked of it. Immutable after it is made."""

    def __init__(self, table: Table, is_common: Callable[[str], bool] = bool) -> None:
        """`is_common` says whether a word is an everyday one; a town of an uncommon name needs no further clue."""
        self._table = table
        self._is_common = is_common

    @classmethod
    def shipped(cls, is_common: Callable[[str], bool] = bool) -> "Gazetteer":
        """The packaged places."""
        return cls(Table.shipped(), is_common)

    def vocabulary(self) -> set[str]:
        """The longer tokens of every name, for mending typing errors; names that need care are left out."""
        return self._table.vocabulary

    def is_name(self, word: str) -> bool:
        """Whether a folded word is a town, or begins the name of a place, and so is no typing error."""
        return self._table.is_name(word)

    def find(
        self,
        text: str,
        words: Sequence[str],
        locative: Collection[str],
        home: Place | None = None,
        is_served: Callable[[Place], bool] | None = None,
        is_word: Callable[[str], bool] | None = None,
    ) -> Resolved:
        """The places `text` names (`words` are its tokens, mended; `is_word`: the common words of its language).

        A name that fits several places is settled by another place in the message, then by `home`, then by size unless
        `is_served` says the directory has records of its own for another of them. What stays open is `unclear`.
        """
        clues = Clues.of(text, locative, is_word or self._is_common)
        # "St. John's" is written so; only where it names no place "Chicago's" is Chicago.
        every = self._mentions(words, clues) or self._mentions(without_possessive(text, words), clues)
        mentions = without_origins(without_denied(every, words, locative, self._lies_in), words)
        chosen: list[tuple[Mention, tuple[Spot, ...]]] = []
        for mention in mentions:
            others = [spot for other in mentions if other is not mention for spot in other.spots]
            chosen.append((mention, self._settled(mention, others, words, home, is_served)))
        # The name of an office or a law tells a place and a need: its words stay free for the lists.
        stems = tuple(map(stem, words))
        named = [each for each in every if " ".join(stems[each.start : each.end]) not in self._table.offices]
        taken = frozenset(at for mention in named for at in range(mention.start, mention.end))
        clear = [spots[0].place for _, spots in chosen if len(spots) == 1]
        unclear = next((tuple(spot.place for spot in spots) for _, spots in chosen if len(spots) > 1), ())
        places = [place for place in dict.fromkeys(clear) if not any(self._lies_in(other, place) for other in clear)]
        return Resolved(tuple(places), unclear if not places else (), taken)

    def _mentions(self, words: Sequence[str], clues: Clues) -> list[Mention]:
        """Every name of a place in `words`, longest first; names that need care only where the writing supports them."""
        stems = tuple(map(stem, words))
        found: list[Mention] = []
        doubtful: list[tuple[Mention, bool]] = []
        outer: list[Mention] = []
        weak: list[Mention] = []
        at = 0
        while at < len(stems):
            meant = self._named_at(stems, at)
            if meant is None:
                at += 1
                continue
            end, spots = meant
            sure = tuple(spot for spot, care in spots if self._is_supported(care, at, end, words, clues))
            if sure:
                found.append(Mention(at, end, sure))
                is_weak = all(care is Care.CAUTIOUS for _, care in spots) and all(map(self._is_common, words[at:end]))
                if is_weak and not (at and words[at - 1] in clues.locative):
                    weak.append(found[-1])
            else:
                is_upper = all(care is Care.UPPER for _, care in spots)
                doubtful.append((Mention(at, end, tuple(spot for spot, _ in spots)), is_upper))
                cautious = tuple(spot for spot, care in spots if care is Care.CAUTIOUS)
                if cautious and is_outer(cautious, at, end, words, clues):
                    outer.append(Mention(at, end, cautious))
            at = end if sure else at + 1
        # "whitehorse, a nurse, van": a common word that only stands alone is no place beside another that has nothing to do with it.
        around = [spot.place for each in found if each not in weak for spot in each.spots]
        for each in weak if around else ():
            if not any(self._belong(spot.place, other) for spot in each.spots for other in around):
                found.remove(each)
        # An abbreviation counts in capitals only, though a place stands beside it ("moved to Ontario" is not Toronto).
        supported = [
            each for each, is_upper in doubtful if self._stands_by(each, found, words, clues, is_upper=is_upper)
        ]
        taken = {each.start for each in supported}
        around = [spot.place for each in found for spot in each.spots]
        supported += [
            each
            for each in outer
            if each.start not in taken
            and (not around or any(self._belong(spot.place, other) for spot in each.spots for other in around))
        ]
        return sorted(found + supported, key=lambda each: each.start)

    def _named_at(self, stems: Tokens, at: int) -> tuple[int, Sequence[tuple[Spot, Care]]] | None:
        """The longest name that begins there: its end and what it may mean."""
        names = self._table.starting(stems[at])
        if names is None:
            return None
        for end in range(min(len(stems), at + names.longest), at, -1):
            meant = self._table.meant(names, " ".join(stems[at:end]))
            if meant:
                # A nickname that is also an everyday word ("poco") needs a clue like any doubtful name; of countries the file
                # says which do ("uk" is a word only because the country is).
                is_word = end == at + 1 and self._is_common(stems[at])
                return end, [
                    (spot, max(care, Care.CAUTIOUS) if is_word and (spot.place.region or spot.place.name) else care)
                    for spot, care in meant
                ]
        for end in range(min(len(stems), at + min(names.longest_town, LONGEST_TOWN)), at, -1):
            towns = self._table.town(names, " ".join(stems[at:end]))
            if towns:
                common = [self._is_common(word) for word in stems[at:end]]
                is_plain = sum(map(len, stems[at:end])) >= PLAIN_TOWN and not any(common)
                care = Care.PLAIN if is_plain else Care.UPPER if common == [True] else Care.CAUTIOUS
                return end, [(town, care) for town in towns]
        return None

    def _stands_by(
        self, mention: Mention, found: Sequence[Mention], words: Sequence[str], clues: Clues, *, is_upper: bool
    ) -> bool:
        """Whether a name that needs care stands beside the place it lies in: "Hamilton ON", "kent washington"."""
        beside = [each for each in found if each.start == mention.end or each.end == mention.start]
        if all(word in clues.capitals for word in words[mention.start : mention.end]):
            return bool(beside)
        # "london ont": a longer abbreviation right after a town that lies there is no word of the sentence.
        after = sum(map(len, words[mention.start : mention.end])) >= SHORT_AREA
        # "bergen norway": nor is a town whose name is a word, with its country after it.
        is_town = sum(map(len, words[mention.start : mention.end])) > SHORT_AREA and all(
            spot.place.name for spot in mention.spots
        )
        near = beside if not is_upper or is_town else [each for each in beside if after and each.end == mention.start]
        pairs = ((one.place, other.place) for each in near for one in mention.spots for other in each.spots)
        return any(self._belong(one, other) for one, other in pairs)

    @staticmethod
    def _is_supported(care: Care, start: int, end: int, words: Sequence[str], clues: Clues) -> bool:
        if care is Care.PLAIN:
            return True
        name = words[start:end]
        after_locative = start > 0 and words[start - 1] in clues.locative
        stands_alone = " ".join(name) in clues.alone
        if care is Care.CAUTIOUS:
            return after_locative or stands_alone or all(word in clues.titles or is_single(word) for word in name)
        in_capitals = all(word in clues.capitals for word in name) or "".join(name) in clues.capitals
        return in_capitals and (after_locative or stands_alone or end == len(words))

    def _settled(
        self,
        mention: Mention,
        others: Sequence[Spot],
        words: Sequence[str],
        home: Place | None,
        is_served: Callable[[Place], bool] | None,
    ) -> tuple[Spot, ...]:
        spots = self._without_namesake_region(mention, others, words)
        if len(spots) == 1:
            return spots
        by_context = [spot for spot in spots if any(self._belong(spot.place, other.place) for other in others)]
        if by_context:
            spots = tuple(by_context)
        if home is not None and len(spots) > 1:
            at_home = [spot for spot in spots if self._lies_in(spot.place, home)]
            in_country = [spot for spot in spots if spot.place.country == home.country]
            spots = tuple(at_home or in_country or spots)
        if len(spots) == 1:
            return spots
        return self._by_size(spots, is_served)

    @staticmethod
    def _by_size(spots: tuple[Spot, ...], is_served: Callable[[Place], bool] | None) -> tuple[Spot, ...]:
        """The one place that is both dominant and not outdone by a smaller one the directory serves; else all that count."""
        ranked = sorted(spots, key=lambda spot: (-spot.population, spot.place.country, spot.place.region or ""))
        served = [spot for spot in ranked if is_served and is_served(spot.place)]
        largest, second = ranked[0], ranked[1]
        is_dominant = largest.population >= DOMINANT * max(1, second.population)
        if is_dominant and served in ([], [largest]):
            return (largest,)
        if len(served) == 1 and 2 * largest.population < DOMINANT * served[0].population:
            return (served[0],)
        if is_dominant:
            return (largest, *(spot for spot in served if spot is not largest))
        return tuple(ranked)

    def _without_namesake_region(
        self, mention: Mention, others: Sequence[Spot], words: Sequence[str]
    ) -> tuple[Spot, ...]:
        """A city and the region around it often share a name: "à Québec" is the city, "au Québec" and "in Quebec" are not."""
        spots = mention.spots
        regions = [spot for spot in spots if spot.place.name is None and spot.place.region]
        cities = [
            spot
            for spot in spots
            if spot.place.name and any(spot.place.region == region.place.region for region in regions)
        ]
        if not (cities and regions):
            return spots
        before = words[mention.start - 1] if mention.start else ""
        after = words[mention.end] if mention.end < len(words) else ""
        is_region = before in ("au", "du") or {before, after} & {
            "province",
            "state",
            "provincia",
            "estado",
            "upstate",
            "省",
            "州",
        }
        # Of New York, Washington's neighbours and their like people mean the city; of Québec they say "Quebec City" in English.
        is_city = any(other.place == cities[0].place for other in others) or (
            not is_region
            and (
                cities[0].population >= 1_000_000
                or before in ("a", "de", "pour", "vers")
                or after in ("city", "ville", "centre", "downtown")
            )
        )
        dropped = regions if is_city else [spot for spot in cities if spot.place.country == regions[0].place.country]
        return tuple(spot for spot in spots if spot not in dropped)

    def _belong(self, one: Place, other: Place) -> bool:
        return one != other and (self._lies_in(one, other) or self._lies_in(other, one))

    def _lies_in(self, place: Place, around: Place) -> bool:
        """Whether `place` is a smaller place inside `around`."""
        if place == around:
            return False
        if around.country == WORLDWIDE:
            return place.country in self._table.macro.get(around.name or "", ())
        if place.country != around.country:
            return False
        if around.name is None:
            return around.region is None or around.region in self._with_parents(place.region)
        spot = self._table.spot(around)
        return spot is not None and place.name in spot.cities

    def _with_parents(self, region: str | None) -> list[str]:
        chain: list[str] = []
        while region is not None and region not in chain:
            chain.append(region)
            region = self._table.parents.get(region)
        return chain

    def reach(self, area: Area, place: Place) -> Reach:
        """How closely `area` covers `place`."""
        if area.country == WORLDWIDE:
            if area.place is None:
                return Reach.WORLDWIDE
            if place.country == WORLDWIDE and place.name == area.place:
                return Reach.PLACE
            return Reach.MACRO if place.country in self._table.macro.get(area.place, ()) else Reach.NONE
        if area.country != place.country:
            inside = place.country == WORLDWIDE and area.country in self._table.macro.get(place.name or "", ())
            return Reach.INSIDE if inside else Reach.NONE
        if area.region is None and area.place is None:
            return Reach.COUNTRY
        return self._reach_within(area, place)

    def _reach_within(self, area: Area, place: Place) -> Reach:
        """`reach` for an area that is a region or a place of the country asked."""
        regions = self._with_parents(place.region)
        if area.place is None:
            if area.region in regions:
                return Reach.REGION
            return Reach.INSIDE if self._lies_in(Place(area.country, area.region), place) else Reach.NONE
        if area.place == place.name and (area.region is None or area.region in regions):
            return Reach.PLACE
        here, there = self._spot(place), self._spot(Place(area.country, area.region, area.place))
        if here is not None and area.place in here.near:
            # Across a line (Gatineau and Ottawa, Jersey City and New York) it is no nearer than what serves the region.
            return Reach.NEAR if area.region is None or area.region in regions else Reach.REGION
        if there is not None and there.cities & ({place.name} | (here.near if here else frozenset())):
            return Reach.NEAR
        if here is not None and area.place in here.cities:
            return Reach.INSIDE
        return Reach.INSIDE if self._lies_in(Place(area.country, area.region, area.place), place) else Reach.NONE

    def areas_around(self, place: Place) -> Iterator[tuple[Area, Reach]]:
        """Every area that covers `place` from outside or equals it, with how closely; `reach` says the same of one area."""
        yield Area(WORLDWIDE), Reach.WORLDWIDE
        if place.country == WORLDWIDE:
            yield Area(WORLDWIDE, None, place.name), Reach.PLACE
            return
        for name, countries in self._table.macro.items():
            if place.country in countries:
                yield Area(WORLDWIDE, None, name), Reach.MACRO
        yield Area(place.country), Reach.COUNTRY
        regions = self._with_parents(place.region)
        for region in regions:
            yield Area(place.country, region), Reach.REGION
        if place.name is None:
            return
        spot = self._spot(place)
        near = {place.name, *(spot.near if spot else ())}
        names: dict[str, Reach] = {place.name: Reach.PLACE, **dict.fromkeys(near - {place.name}, Reach.NEAR)}
        for area in self._table.areas(place.country):
            if area.cities & near and area.place.name:
                names.setdefault(area.place.name, Reach.NEAR)
        for name in spot.cities if spot else ():
            names.setdefault(name, Reach.INSIDE)
        for name, reach in names.items():
            yield Area(place.country, None, name), reach
            yield from ((Area(place.country, region, name), reach) for region in regions)
        for name in spot.near if spot else ():
            across = (region for region in self._table.regions(place.country, name) if region not in regions)
            yield from ((Area(place.country, region, name), Reach.REGION) for region in across)

    def countries_of(self, macro: str) -> frozenset[str]:
        """The countries of one of the large regions of the world."""
        return self._table.macro.get(macro, frozenset())

    def _spot(self, place: Place) -> Spot | None:
        return self._table.spot(place)

    def name(self, place: Place | Area, locale: str) -> str:
        """What the place is called in that language, or in its own where no name is kept: "London, Ontario"."""
        shown = self._table.shown
        own = place.name if isinstance(place, Place) else place.place
        if own is not None:
            return shown(own, locale) or own
        code = place.region or place.country
        return shown(code, locale) or shown(code, "") or code

    def parse(self, code: str) -> Place | None:
        """The country or region of an ISO code ("CA", "ca-on"), None where there is none."""
        parts = code.strip().upper()
        place = Place(parts) if len(parts) == 2 else Place(parts[:2], parts)
        return place if parts.isascii() and self._table.spot(place) else None

    def named(self, phrase: str) -> list[Place]:
        """Every place a whole phrase may mean, largest first; for completing what somebody begins to type."""
        key: Tokens = tuple(map(stem, tokens(phrase)))
        spots = sorted(self._table.named(key), key=lambda spot: -spot.population)
        return [spot.place for spot in spots]

    def beginning(self, phrase: str, most: int = 50) -> list[Place]:
        """Places with a name that begins so, in any language, largest first; smaller towns are not among them."""
        key: Tokens = tuple(map(stem, tokens(phrase)))
        spots = sorted(self._table.beginning(key, most), key=lambda spot: -spot.population)
        return [spot.place for spot in spots] if key else []
