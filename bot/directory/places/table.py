"""The place files read into one table: spots, and the names that may mean them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any

from bot.core import spelling
from bot.core.compiled import mapped
from bot.core.flat import SOURCES as FLAT
from bot.core.flat import FlatMap, flattened
from bot.core.language import LOCALES
from bot.core.spelling import SHORTEST
from bot.core.words import SOURCES, tokens
from bot.directory.places import shelf
from bot.directory.places.shelf import TOWN, Shelf, shelved
from bot.directory.query import Place
from bot.reading import read_plain

Tokens = tuple[str, ...]
LARGE = 10_000_000
"""People in a country or region, only to rank names: "Ontario" is the province, and "Georgia" is asked about."""
POPULATION = 15_000
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
    """Everything the files say. What is large stays flat (`bot.core.flat`); spots are made when a name is met."""

    def __init__(self, kept: Mapping[str, Any], entries: FlatMap) -> None:
        """`entries` hold names by their first word (`shelf`), and spots, names shown and regions behind a word of theirs."""
        self._entries = entries
        self._firsts: bytes = kept["firsts"]
        self._areas: dict[str, list[str]] = kept["areas"]
        self.parents: dict[str, str] = kept["parents"]
        self.macro: dict[str, frozenset[str]] = kept["macro"]
        self.offices: set[str] = kept["offices"]
        """Names of offices and laws, which tell a place and may tell a need as well."""
        # Copied: a set that grew word by word takes twice the memory.
        self.vocabulary: set[str] = set(kept["vocabulary"])
        """The words of all names that need no care and are long enough for mending typing errors."""
        self._made: dict[str, Spot] = {}

    @classmethod
    def shipped(cls) -> "Table":
        """The table of the packaged files."""
        folder = Path(str(resources.files(__package__)))
        code = (*map(Path, (__file__, shelf.__file__, spelling.__file__)), *SOURCES, *FLAT)
        sources = [*sorted(folder.glob("*.yaml")), folder / "towns.txt", *code]
        kept, entries = mapped("places", sources, lambda: _Draft().read(folder))
        return cls(kept, FlatMap(entries))

    def starting(self, token: str) -> Shelf | None:
        """The names that begin with that token, for `meant` and `town`; None where there are none."""
        names = self._entries.get(token)
        return None if names is None else Shelf(names)

    def meant(self, names: Shelf, name: str) -> list[tuple[Spot, Care]]:
        """What one of `names` may mean, and how sure that is; smaller towns aside."""
        parts = (said.partition(_AND) for said in names.said(name))
        return [(self._spot(key), Care(int(care))) for care, _, key in parts]

    def town(self, names: Shelf, name: str) -> tuple[Spot, ...]:
        """The smaller towns called like one of `names`."""
        each = (said.partition(" ") for said in names.said(TOWN + name))
        return tuple(Spot(Place(code[:2], code if "-" in code else None, shown), POPULATION) for code, _, shown in each)

    def is_name(self, word: str) -> bool:
        """Whether a folded word is the name of a smaller town or the first word of any other place's."""
        names = self.starting(word)
        return names is not None and bool(names.longest or names.said(TOWN + word))

    def spot(self, place: Place) -> Spot | None:
        """What is known of a country, region or city; None for a smaller town or none at all."""
        key = _key(place.country, place.region, place.name)
        return self._spot(key) if _SPOT + key in self._entries else None

    def named(self, name: Tokens) -> list[Spot]:
        """What a whole name may mean, smaller towns too."""
        names, whole = self.starting(name[0]) if name else None, " ".join(name)
        return [spot for spot, _ in self.meant(names, whole)] or list(self.town(names, whole)) if names else []

    def beginning(self, name: Tokens, most: int) -> list[Spot]:
        """What the names that begin so may mean, the shortest names first; smaller towns are not among them."""
        start = " ".join(name)
        groups = (self.starting(first) for first in (self._beginning(start) if len(name) == 1 else name[:1]))
        every = ((each, group) for group in groups if group for each in sorted(group.names()))
        some = islice((one for one in every if one[0].startswith(start)), 20 * most)
        shortest = sorted(some, key=lambda one: len(one[0]))
        found = (spot for each, group in shortest for spot, _ in self.meant(group, each))
        return list(islice({spot.place: spot for spot in found}.values(), most))

    def _beginning(self, start: str) -> Iterator[str]:
        """The first words of names that begin so, in order."""
        sought = f"\n{start}".encode()
        at = self._firsts.find(sought)
        while at >= 0 and self._firsts.startswith(sought, at):
            end = self._firsts.index(b"\n", at + 1)
            yield self._firsts[at + 1 : end].decode()
            at = end

    def regions(self, country: str, name: str) -> Sequence[str]:
        """The regions of that country in which a city of that name is known."""
        return self._parts(_REGIONS + _key(country, name))

    def shown(self, name: str, locale: str) -> str | None:
        """What is shown for a code or name in that language; of one shown alike in all, in locale ""."""
        kept = self._entries.get(_SHOWN + _key(name, locale))
        return None if kept is None else kept.decode()

    def areas(self, country: str) -> list[Spot]:
        """The spots of that country that are no town but hold some."""
        return [self._spot(key) for key in self._areas.get(country, ())]

    def _spot(self, key: str) -> Spot:
        spot = self._made.get(key)
        if spot is None:
            country, region, name = key.split(_AND)
            population, near, cities = self._parts(_SPOT + key)
            listed = (frozenset(each.split(_AND) if each else ()) for each in (near, cities))
            spot = self._made[key] = Spot(Place(country, region or None, name or None), int(population), *listed)
        return spot

    def _parts(self, key: str) -> list[str]:
        kept = self._entries.get(key)
        return kept.decode().split("\n") if kept else []


_AND = "\x1f"
# What a key of another kind than the first word of names begins with: no word holds a space.
_SPOT, _SHOWN, _REGIONS = "spot ", "shown ", "regions "


def _key(*parts: str | None) -> str:
    return _AND.join(part or "" for part in parts)


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
        self._names: dict[Tokens, dict[str, int]] = {}
        self._spots: dict[str, tuple[int, Sequence[str], Sequence[str]]] = {}
        self._shown: dict[tuple[str, str], str] = {}
        self._parents: dict[str, str] = {}
        self._macro: dict[str, frozenset[str]] = {}

    def read(self, folder: Path) -> tuple[dict[str, Any], bytes]:
        """Everything the files of `folder` say, as plain data and what `FlatMap` reads."""
        self._read_countries(read_plain(folder / "countries.yaml"))
        self._read_regions(read_plain(folder / "regions.yaml"))
        self._read_cities(read_plain(folder / "cities.yaml"))
        offices: set[str] = set()
        for key, entry in read_plain(folder / "bodies.yaml").items():
            code, _, city = key.partition("/")
            spot = _key(code[:2], code if "-" in code else None, city)
            if spot not in self._spots:
                raise ValueError(f"bodies.yaml: {key} is no place of the other files")
            self._add_names(spot, (), entry)
            offices |= {" ".join(map(stem, tokens(name))) for name in _names(entry, "said", "upper")}
        for name, entry in read_plain(folder / "macro.yaml").items():
            self._macro[name] = frozenset(entry["countries"])
            self._add_names(self._add_spot("*", None, name, 0), (name,), entry)
            self._shown |= {(name, locale): str(entry.get(locale, name)) for locale in LOCALES}
        areas: dict[str, list[str]] = {}
        for key, (_, _, cities) in self._spots.items():
            if cities:
                areas.setdefault(key.partition(_AND)[0], []).append(key)
        plain = (key for key, meant in self._names.items() if not any(meant.values()))
        kept = {
            "areas": areas, "offices": offices, "parents": self._parents, "macro": self._macro,
            "firsts": "\n".join(("", *sorted({key[0] for key in self._names}), "")).encode(),
            "vocabulary": {token for key in plain for token in key if len(token) >= SHORTEST},
        }  # fmt: skip
        return kept, flattened(self._entries(_towns((folder / "towns.txt").read_text("utf-8"))))

    def _entries(self, towns: Mapping[str, Sequence[str]]) -> dict[str, bytes]:
        """What is found by a key: see `Table`."""
        names = {
            " ".join(key): [f"{care}{_AND}{spot}" for spot, care in meant.items()] for key, meant in self._names.items()
        }
        regions: dict[str, list[str]] = {}
        written: dict[str, str] = {_SHOWN + _key(*key): shown for key, shown in self._shown.items()}
        for key, (population, near, cities) in self._spots.items():
            written[_SPOT + key] = f"{population}\n{_AND.join(near)}\n{_AND.join(cities)}"
            country, region, name = key.split(_AND)
            if region and name:
                regions.setdefault(_REGIONS + _key(country, name), []).append(region)
        written |= {key: "\n".join(each) for key, each in regions.items()}
        shelves = shelved(names | {TOWN + name: said for name, said in towns.items()})
        return shelves | {key: each.encode() for key, each in written.items()}

    def _add_spot(
        self, country: str, region: str | None, name: str | None, population: int, *more: Sequence[str]
    ) -> str:
        near, cities = more or ((), ())
        key = _key(country, region, name)
        self._spots[key] = population, near, cities
        return key

    def _add_names(self, spot: str, plain: Sequence[str], entry: Mapping[str, Any]) -> None:
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
                meant[spot] = max(meant.get(spot, 0), int(care))

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
            more = tuple(_names(entry, "near")), tuple(_names(entry, "cities"))
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
