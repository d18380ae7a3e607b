"""The records as sets: which cover a place, offer a topic, serve an audience. Built once a snapshot, then only read.

Sets are bits of Python integers: AND and OR of two facets cost a microsecond at 100,000 records.
"""

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from importlib import resources
from itertools import chain, pairwise
from math import log
from operator import or_
from pathlib import Path

from bot.core.compiled import compiled, read_kept
from bot.core.words import SOURCES, is_single, tokens
from bot.directory.model import CAUTION_LABELS, WORLDWIDE, Area, Resource
from bot.directory.places import Gazetteer, Reach
from bot.directory.query import Place
from bot.directory.vocabulary import vocabulary

STEM = 6
"""Words are compared by so many of their first letters: one rule for the endings of every language."""

RARE = 300
"""A word in more records than this leads nowhere by itself."""

_NONZERO = re.compile(rb"[^\0]")
_BITS = tuple(tuple(at for at in range(8) if byte >> at & 1) for byte in range(256))


def units(words: Sequence[str]) -> list[str]:
    """What text is compared by: the stems of words, and pairs of neighbouring characters in scripts without spaces."""
    found = [word[:STEM] for word in words if not is_single(word)]
    found += [one + other for one, other in pairwise(words) if is_single(one) and is_single(other)]
    return found


def is_set(data: bytes, number: int) -> bool:
    """Whether the bit of that number is set in little-endian `data`; shifting a long integer would copy it."""
    return number >> 3 < len(data) and bool(data[number >> 3] >> (number & 7) & 1)


def numbers(bits: int) -> Iterator[int]:
    """The positions of the bits that are set, lowest first."""
    data = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    for found in _NONZERO.finditer(data):
        base = found.start() * 8
        for at in _BITS[data[found.start()]]:
            yield base + at


class _Sets:
    """Ids collected by key, then turned into bits at once: shifting a growing integer would be quadratic."""

    def __init__(self) -> None:
        self._ids: dict[object, list[int]] = defaultdict(list)

    def add(self, key: object, number: int) -> None:
        self._ids[key].append(number)

    def bits(self, size: int) -> dict[object, int]:
        made: dict[object, int] = {}
        for key, ids in self._ids.items():
            buffer = bytearray((size + 7) // 8)
            for number in ids:
                buffer[number >> 3] |= 1 << (number & 7)
            made[key] = int.from_bytes(buffer, "little")
        return made


class Index:
    """The facets and words of `records`; a record's number is its position."""

    def __init__(self, records: Sequence[Resource], gazetteer: Gazetteer, source: Path | None = None) -> None:
        """`source` is the file of the shipped records, whose words are kept from start to start."""
        # By id, so that what is cut off where many fit alike does not hang on the order in a file.
        records = sorted(records, key=lambda each: each.id)
        self.records: Sequence[Resource] = records
        self.gazetteer = gazetteer
        self.related = _related()
        """For a topic asked, what each topic offered is worth: 1 for itself, less for those of `related.yaml`."""
        self.by_id = {record.id: number for number, record in enumerate(records)}
        facets, areas = _Sets(), _Sets()
        for number, record in enumerate(records):
            for facet in _facets(record):
                facets.add(facet, number)
            for area in record.coverage:
                for key in _area_keys(area):
                    areas.add(key, number)
        self._facets = facets.bits(len(records))
        self._areas = areas.bits(len(records))
        kept = compiled("words", [source, *_CODE], lambda: _written(records)) if source else _written(records)
        self._names, self._text = map(_Postings, kept)

    def facet(self, kind: str, value: str) -> int:
        """The records with that value: kinds "topic", "serves", "language", "kind", "led-by", "yes" (a label known to hold,
        or its caution), and "reach" with "worldwide", "online" (nobody has to go there) or "regional" (no whole country).
        """
        return self._facets.get((kind, value), 0)

    def covering(self, places: Iterable[Place]) -> dict[Reach, int]:
        """For each reach the records that cover one of `places` so closely, and none more closely; NONE is left out."""
        levels: dict[Reach, int] = dict.fromkeys(Reach, 0)
        for place in places:
            for area, reach in self.gazetteer.areas_around(place):
                levels[reach] |= self._areas.get(area, 0)
            levels[Reach.INSIDE] |= self._inside(place)
        seen = 0
        for reach in sorted(Reach, reverse=True):
            levels[reach] &= ~seen
            seen |= levels[reach]
        del levels[Reach.NONE]
        return levels

    def is_served(self, place: Place) -> bool:
        """Whether the directory has a record for this very place or region, not only for the country around it."""
        levels = self.covering([place])
        return bool(levels[Reach.PLACE] | levels[Reach.NEAR] | (levels[Reach.REGION] if place.name is None else 0))

    def _inside(self, place: Place) -> int:
        if place.country == WORLDWIDE:
            countries = self.gazetteer.countries_of(place.name or "")
            return reduce(
                or_, (self._areas.get(key, 0) for each in countries for key in (Area(each), ("inside", each, None))), 0
            )
        return self._areas.get(("inside", place.country, place.region), 0) if place.name is None else 0

    def rarity(self, unit: str) -> float:
        """How much a unit of text tells, 0 for one in no record (idf)."""
        count = len(self._names.get(unit)) + len(self._text.get(unit))
        return log(1 + len(self.records) / count) if count else 0.0

    def is_rare(self, unit: str) -> bool:
        """Whether few enough records have the unit that walking them all costs nothing."""
        return len(self._text.get(unit)) <= RARE

    def with_unit(self, unit: str) -> Iterable[int]:
        """The records that have the unit in their name, description or involvement; one may come twice."""
        return chain(self._names.get(unit), self._text.get(unit))

    def postings(self, unit: str) -> "tuple[array[int], array[int]]":
        """The sorted numbers of the records that have the unit in their name, and in their description or involvement."""
        return self._names.get(unit), self._text.get(unit)


def is_in(numbers: "array[int]", number: int) -> bool:
    """Whether sorted `numbers` hold `number`."""
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


def _written(records: Sequence[Resource]) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """For the names, and for what is written about the records: each unit to the numbers of those that have it."""
    names: dict[str, array[int]] = {}
    text: dict[str, array[int]] = {}
    for number, record in enumerate(records):
        for postings, said in (
            (names, (record.name, *record.aliases)),
            (text, (*record.description.values(), record.involvement or "")),
        ):
            for unit in dict.fromkeys(units(tokens(" ".join(said)))):
                postings.setdefault(unit, array("I")).append(number)
    return {unit: each.tobytes() for unit, each in names.items()}, {unit: each.tobytes() for unit, each in text.items()}


class _Postings:
    """Unit to the sorted numbers of the records that have it, four bytes each."""

    def __init__(self, numbers: Mapping[str, bytes]) -> None:
        self._numbers = {unit: array("I", each) for unit, each in numbers.items()}

    def get(self, unit: str) -> "array[int]":
        return self._numbers.get(unit, _NOBODY)


_CODE = (Path(__file__), *SOURCES)
_NOBODY: "array[int]" = array("I")


def _related() -> dict[str, dict[str, float]]:
    table = read_kept(Path(str(resources.files(__package__))) / "related.yaml")
    worth = {topic: {other: float(value) for other, value in others.items()} for topic, others in table.items()}
    anyway = worth.pop("any")
    return {topic: {**anyway, **worth.get(topic, {}), topic: 1.0} for topic in vocabulary().topics}


def _facets(record: Resource) -> Iterator[tuple[str, str]]:
    yield from (("topic", each) for each in record.topics)
    yield from (("serves", each) for each in record.serves)
    yield from (("language", each) for each in record.languages)
    yield ("kind", record.kind)
    yield ("led-by", record.led_by)
    known = {*record.cautions, *(name for name, label in record.labels if label.value == "yes")}
    yield from (("yes", each) for each in known)
    yield from (("yes", label) for label, caution in CAUTION_LABELS.items() if caution in known)
    if "online" in record.access and "in-person" not in record.access:
        yield ("reach", "online")
    if Area(WORLDWIDE) in record.coverage:
        yield ("reach", "worldwide")
    if all(area.country != WORLDWIDE and (area.region or area.place) for area in record.coverage):
        yield ("reach", "regional")


def _area_keys(area: Area) -> Iterator[object]:
    """The area itself, and the larger places it lies inside."""
    yield area
    if area.country != WORLDWIDE:
        if area.region or area.place:
            yield ("inside", area.country, None)
        if area.region and area.place:
            yield ("inside", area.country, area.region)
