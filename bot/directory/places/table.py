"""The place files read into one table: spots, and the names that may mean them."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from importlib import resources
from itertools import chain, islice, takewhile
from pathlib import Path
from typing import Any

from bot.core.compiled import compiled
from bot.core.language import LOCALES
from bot.core.words import SOURCES, tokens
from bot.directory.places import shelf
from bot.directory.places.shelf import Shelf, shelved
from bot.directory.query import Place
from bot.reading import read_plain

Tokens = tuple[str, ...]
LARGE = 10_000_000
"""People in a country or region, only to rank names: "Ontario" is the province, and "Georgia" is asked about."""
TOWN = 15_000
"""People in a town of `towns.txt`, as good as any figure for telling it from a city of its name."""


class Care(IntEnum):
    """How sure a name is a place: anywhere; only after a locative word, alone between stops or capitalised inside a
    sentence; only in capitals in a place's position.
    """

    PLAIN = 0
    CAUTIOUS = 1
    UPPER = 2


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the table. `near` are centres whose services a person there would use; `cities` the towns of an area that
    is no town itself; `population` is about, only to rank places of one name.
    """

    place: Place
    population: int = 0
    near: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()


class Table:
    """Everything the files say. Plain data inside, so that it can be kept; spots are made when a name is met."""

    def __init__(self, kept: Mapping[str, Any]) -> None:
        self._names, self._meant = Shelf(*kept["names"]), kept["meant"]
        self._spots: list[tuple[Any, ...]] = kept["spots"]
        self._numbers: dict[tuple[str, str | None, str | None], int] = kept["numbers"]
        self._towns, self._town_codes = Shelf(*kept["towns"]), kept["town_codes"]
        self._areas: dict[str, list[int]] = kept["areas"]
        self.shown: dict[tuple[str, str], str] = kept["shown"]
        """(code or name, locale) to the name shown; locale "" where only one is known."""
        self.parents: dict[str, str] = kept["parents"]
        self.macro: dict[str, frozenset[str]] = kept["macro"]
        self.offices: set[Tokens] = kept["offices"]
        """Names of offices and laws, which tell a place and may tell a need as well."""
        self.vocabulary: set[str] = kept["vocabulary"]
        """The words of all names that need no care, for mending typing errors."""
        self._made: dict[int, Spot] = {}
        self._sorted: list[str] = []
        self._regions: dict[tuple[str, str], list[str]] = {}

    @classmethod
    def shipped(cls) -> "Table":
        """The table of the packaged files."""
        folder = Path(str(resources.files(__package__)))
        sources = [*sorted(folder.glob("*.yaml")), folder / "towns.txt", Path(__file__), Path(shelf.__file__), *SOURCES]
        return cls(compiled("places", sources, lambda: _Draft().read(folder)))

    def starting(self, token: str) -> Sequence[Tokens]:
        """The names that begin with that token, longest first."""
        return [tuple(self._names.name(at).split(" ")) for at in self._names.beginning(token)]

    def meant(self, name: Tokens) -> list[tuple[Spot, Care]]:
        """What a name of `starting` may mean, and how sure that is."""
        at = self._names.place(" ".join(name))
        pairs = array("H", self._meant[at]) if at is not None else ()
        return [(self._spot(number), Care(care)) for number, care in zip(pairs[::2], pairs[1::2], strict=True)]

    def town(self, name: str) -> tuple[Spot, ...]:
        """The smaller towns of a folded name."""
        at = self._towns.place(name)
        codes = self._town_codes[at].split("\n") if at is not None else ()
        each = (line.partition(" ") for line in codes)
        return tuple(Spot(Place(code[:2], code if "-" in code else None, shown), TOWN) for code, _, shown in each)

    def begins_town(self, word: str) -> bool:
        """Whether the name of some smaller town begins with that word: most words of a message need no further look."""
        return word in self._towns.firsts

    def is_name(self, word: str) -> bool:
        """Whether a folded word is the name of a smaller town or the first word of any other place's."""
        return self._towns.place(word) is not None or word in self._names.firsts

    def spot(self, place: Place) -> Spot | None:
        """What is known of a country, region or city; None for a smaller town or none at all."""
        number = self._numbers.get((place.country, place.region, place.name))
        return None if number is None else self._spot(number)

    def named(self, name: Tokens) -> list[Spot]:
        """What a whole name may mean, smaller towns too."""
        return [spot for spot, _ in self.meant(name)] or list(self.town(" ".join(name)))

    def beginning(self, name: Tokens, most: int) -> list[Spot]:
        """What the names that begin so may mean, the shortest names first; smaller towns are not among them."""
        if not self._sorted:
            self._sorted = sorted(map(self._names.name, range(len(self._names))))
        start = " ".join(name)
        at = bisect_left(self._sorted, start)
        names = list(takewhile(lambda each: each.startswith(start), islice(self._sorted, at, at + 20 * most)))
        found = (spot for each in sorted(names, key=len) for spot, _ in self.meant(tuple(each.split(" "))))
        return list(islice({spot.place: spot for spot in found}.values(), most))

    def regions(self, country: str, name: str) -> Sequence[str]:
        """The regions of that country in which a city of that name is known."""
        if not self._regions:
            for land, region, city in self._numbers:
                if region and city:
                    self._regions.setdefault((land, city), []).append(region)
        return self._regions.get((country, name), ())

    def areas(self, country: str) -> list[Spot]:
        """The spots of that country that are no town but hold some."""
        return [self._spot(number) for number in self._areas.get(country, ())]

    def _spot(self, number: int) -> Spot:
        spot = self._made.get(number)
        if spot is None:
            country, region, name, population, near, cities = self._spots[number]
            spot = self._made[number] = Spot(Place(country, region, name), population, near, cities)
        return spot


# Endings of Slavic place names in the cases people use ("в Варшаве", "у Варшаві", "из Алматы").
_CYRILLIC_ENDING = re.compile(
    r"(?<=[а-яіїєґ]{3})(?:ия|ию|ией|ии|иі|ія|ію|іі|ами|ах|ях|ою|ой|ом|ем|ів|ии|ие|[аяуюеиіоыьй])$"
)
_SAINTS = {"st": "saint", "ste": "sainte"}


def stem(token: str) -> str:
    """A token as names are compared: without its Slavic case ending, saints written out; other words unchanged."""
    if token in _SAINTS:
        return _SAINTS[token]
    return _CYRILLIC_ENDING.sub("", token) if "\u0400" <= token[:1] <= "\u04ff" else token


class _Draft:
    """The table while its files are read."""

    def __init__(self) -> None:
        self._names: dict[Tokens, dict[int, int]] = {}
        self._spots: list[tuple[Any, ...]] = []
        self._numbers: dict[tuple[str, str | None, str | None], int] = {}
        self._shown: dict[tuple[str, str], str] = {}
        self._parents: dict[str, str] = {}
        self._macro: dict[str, frozenset[str]] = {}

    def read(self, folder: Path) -> dict[str, Any]:
        """Everything the files of `folder` say, as plain data."""
        self._read_countries(read_plain(folder / "countries.yaml"))
        self._read_regions(read_plain(folder / "regions.yaml"))
        self._read_cities(read_plain(folder / "cities.yaml"))
        offices: set[Tokens] = set()
        for key, entry in read_plain(folder / "bodies.yaml").items():
            code, _, city = key.partition("/")
            self._add_names(self._numbers[code[:2], code if "-" in code else None, city or None], (), entry)
            offices |= {tuple(map(stem, tokens(name))) for name in _names(entry, "said", "upper")}
        for name, entry in read_plain(folder / "macro.yaml").items():
            self._macro[name] = frozenset(entry["countries"])
            self._add_names(self._add_spot("*", None, name, 0), (name,), entry)
            self._shown |= {(name, locale): str(entry.get(locale, name)) for locale in LOCALES}
        names, filed = shelved(" ".join(key) for key in sorted(self._names, key=lambda each: -len(each)))
        meant = [array("H", chain(*self._names[tuple(name.split(" "))].items())).tobytes() for name in names]
        towns = _towns((folder / "towns.txt").read_text("utf-8"))
        town_names, filed_towns = shelved(towns)
        areas: dict[str, list[int]] = {}
        for number, spot in enumerate(self._spots):
            if spot[5]:
                areas.setdefault(spot[0], []).append(number)
        return {
            "areas": areas, "names": filed, "meant": meant, "spots": self._spots, "numbers": self._numbers,
            "towns": filed_towns, "town_codes": ["\n".join(towns[name]) for name in town_names], "shown": self._shown,
            "offices": offices,
            "parents": self._parents, "macro": self._macro,
            "vocabulary": {token for key, meant in self._names.items() if not any(meant.values()) for token in key},
        }  # fmt: skip

    def _add_spot(
        self, country: str, region: str | None, name: str | None, population: int, *more: frozenset[str]
    ) -> int:
        near, cities = more or (frozenset(), frozenset())
        self._numbers[country, region, name] = len(self._spots)
        self._spots.append((country, region, name, population, near, cities))
        return len(self._spots) - 1

    def _add_names(self, number: int, plain: Sequence[str], entry: Mapping[str, Any]) -> None:
        """All names of one entry; a name under `upper` or `cautious` keeps that care wherever else it stands."""
        cared = (("cautious", Care.CAUTIOUS), ("upper", Care.UPPER), ("beside", Care.UPPER))
        named = [
            (name, Care.PLAIN)
            for name in (*plain, *_names(entry, *LOCALES, "zh_Hant", "other", "names", "said", "within"))
        ]
        for name, care in (*named, *((name, care) for key, care in cared for name in _names(entry, key))):
            key = tuple(map(stem, tokens(name)))
            if key:
                meant = self._names.setdefault(key, {})
                meant[number] = max(meant.get(number, 0), int(care))

    def _read_countries(self, entries: Mapping[str, Mapping[str, Any]]) -> None:
        for code, entry in entries.items():
            self._add_names(self._add_spot(code, None, None, LARGE), (), entry)
            self._shown |= {(code, locale): next(_names(entry, locale), code) for locale in LOCALES}

    def _read_regions(self, entries: Mapping[str, Mapping[str, Any]]) -> None:
        for code, entry in entries.items():
            self._add_names(self._add_spot(code[:2], code, None, LARGE), (str(entry["name"]),), entry)
            self._show(code, str(entry["name"]), entry)
            if "parent" in entry:
                self._parents[code] = str(entry["parent"])

    def _read_cities(self, entries: Sequence[Mapping[str, Any]]) -> None:
        for entry in entries:
            name, population = str(entry["name"]), int(entry.get("population", 0))
            more = frozenset(_names(entry, "near")), frozenset(_names(entry, "cities"))
            self._add_names(
                self._add_spot(str(entry["country"]), entry.get("region"), name, population, *more), (name,), entry
            )
            self._show(name, name, entry)

    def _show(self, key: str, name: str, entry: Mapping[str, Any]) -> None:
        """Keep the name to show: the place's own, and the first in Chinese characters for Chinese."""
        self._shown[key, ""] = name
        han = next((each for each in _names(entry, "names") if "\u4e00" <= each[0] <= "\u9fff"), None)
        if han:
            self._shown[key, "zh"] = han


def _names(entry: Mapping[str, Any], *keys: str) -> Iterator[str]:
    for key in keys:
        value = entry.get(key, ())
        yield from (value,) if isinstance(value, str) else value


def _towns(text: str) -> dict[str, list[str]]:
    """Folded name to the code and the name shown, a space between them, of the smaller towns."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        code, _, names = line.partition(": ")
        if not line.startswith("#"):
            for shown in names.split(", "):
                found.setdefault(" ".join(map(stem, tokens(shown))), []).append(f"{code} {shown}")
    return found
