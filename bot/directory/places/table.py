"""The place files read into one table: spots, and the names that may mean them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from importlib import resources
from pathlib import Path
from typing import Any

from bot.core.words import tokens
from bot.directory.query import Place
from bot.reading import read_plain

Tokens = tuple[str, ...]
LARGE = 10_000_000
"""People in a country or region, for the same end: "Ontario" is the province, and "Georgia" is asked about."""
TOWN = 15_000
"""People in a town of `towns.txt`, as good as any figure for telling it from a city of its name."""


class Care(IntEnum):
    """How sure a name is a place: anywhere; only after a locative word or capitalised; only in capitals in a place's position."""

    PLAIN = 0
    CAUTIOUS = 1
    UPPER = 2


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the table. `population` 0 where none is kept; `near` are centres whose services a person there would use;
    `cities` the towns of an area that is no town itself."""

    place: Place
    population: int = 0
    near: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    is_within: bool = False
    """Whether the name means a part of the place (a district, a suburb, a street)."""


@dataclass(slots=True)
class Table:
    """Everything the files say. `names` maps tokens to what they may mean and how sure that is."""

    names: dict[Tokens, list[tuple[Spot, Care]]] = field(default_factory=dict)
    by_first: dict[str, list[Tokens]] = field(default_factory=dict)
    spots: dict[Place, Spot] = field(default_factory=dict)
    shown: dict[tuple[str, str], str] = field(default_factory=dict)
    """(code or name, locale) to the name shown; locale "" where only one is known."""
    towns: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Folded name to (code, name shown) of the smaller towns of `towns.txt`."""
    parents: dict[str, str] = field(default_factory=dict)
    macro: dict[str, frozenset[str]] = field(default_factory=dict)
    areas: list[Spot] = field(default_factory=list)
    """Spots that are no town but hold some."""

    def add(self, name: str, spot: Spot, care: Care) -> None:
        """Let `name` mean `spot`. A name met twice for one place keeps the greater care."""
        key = tuple(map(stem, tokens(name)))
        if not key:
            return
        meant = self.names.setdefault(key, [])
        for at, (known, kept) in enumerate(meant):
            if known.place == spot.place:
                meant[at] = (known, max(kept, care))
                return
        meant.append((spot, care))

    def town(self, name: str) -> tuple[Spot, ...]:
        """The smaller towns of a folded name."""
        return tuple(
            Spot(Place(code[:2], code if "-" in code else None, shown), TOWN) for code, shown in self.towns.get(name, ())
        )

    def knows(self, word: str) -> bool:
        """Whether it is the name of a smaller town."""
        return word in self.towns

    def index(self) -> None:
        """Sort the names by their first token, longest first. Called once, after the last `add`."""
        for key in sorted(self.names, key=lambda each: -len(each)):
            self.by_first.setdefault(key[0], []).append(key)


# Endings of Slavic place names in the cases people use ("в Варшаве", "у Варшаві", "из Алматы").
_CYRILLIC_ENDING = re.compile(r"(?<=[а-яіїєґ]{3})(?:ами|ах|ях|ою|ой|ом|ем|ем|ів|ии|ие|[аяуюеиіоыьй])$")


_SAINTS = {"st": "saint", "ste": "sainte"}


def stem(token: str) -> str:
    """A token as names are compared: without its Slavic case ending, saints written out; other words unchanged."""
    if token in _SAINTS:
        return _SAINTS[token]
    return _CYRILLIC_ENDING.sub("", token) if "\u0400" <= token[:1] <= "\u04ff" else token


def shipped_table() -> Table:
    """The table of the packaged files."""
    folder = Path(str(resources.files(__package__)))
    table = Table()
    _read_countries(table, read_plain(folder / "countries.yaml"))
    _read_regions(table, read_plain(folder / "regions.yaml"))
    _read_cities(table, read_plain(folder / "cities.yaml"))
    _read_towns(table, (folder / "towns.txt").read_text("utf-8"))
    _read_bodies(table, read_plain(folder / "bodies.yaml"))
    for name, codes in read_plain(folder / "macro.yaml").items():
        entry: Mapping[str, Any] = codes if isinstance(codes, dict) else {"countries": codes}
        table.macro[name] = frozenset(entry["countries"])
        _add_names(table, Spot(Place("*", None, name)), (name,), entry)
        for locale in ("en", "fr", "es", "zh"):
            table.shown[name, locale] = str(entry.get(locale, name))
    table.index()
    return table


def _names(entry: Mapping[str, Any], *keys: str) -> Iterator[str]:
    for key in keys:
        value = entry.get(key, ())
        yield from (value,) if isinstance(value, str) else value


def _add_names(table: Table, spot: Spot, plain: tuple[str, ...], entry: Mapping[str, Any]) -> None:
    """All names of one entry; a name under `upper` or `cautious` keeps that care wherever else it stands."""
    for name in plain:
        table.add(name, spot, Care.PLAIN)
    for name in _names(entry, "en", "fr", "es", "zh", "zh_Hant", "other", "names", "said"):
        table.add(name, spot, Care.PLAIN)
    for name in _names(entry, "cautious"):
        table.add(name, spot, Care.CAUTIOUS)
    for name in _names(entry, "upper"):
        table.add(name, spot, Care.UPPER)


def _read_countries(table: Table, entries: Mapping[str, Mapping[str, Any]]) -> None:
    for code, entry in entries.items():
        spot = table.spots.setdefault(Place(code), Spot(Place(code), LARGE))
        _add_names(table, spot, (), entry)
        for locale in ("en", "fr", "es", "zh"):
            table.shown[code, locale] = next(_names(entry, locale), code)


def _read_regions(table: Table, entries: Mapping[str, Mapping[str, Any]]) -> None:
    for code, entry in entries.items():
        spot = Spot(Place(code[:2], code), LARGE)
        table.spots[spot.place] = spot
        _add_names(table, spot, (str(entry["name"]),), entry)
        table.shown[code, ""] = str(entry["name"])
        han = next((name for name in _names(entry, "names") if "\u4e00" <= name[0] <= "\u9fff"), None)
        if han:
            table.shown[code, "zh"] = han
        if "parent" in entry:
            table.parents[code] = str(entry["parent"])


def _read_towns(table: Table, text: str) -> None:
    for line in text.splitlines():
        code, _, names = line.partition(": ")
        if line.startswith("#"):
            continue
        for shown in names.split(", "):
            # Folding ten thousand names is a tenth of a cold start; plain letters need none.
            plain = shown.lower().replace("-", " ").replace("'", "").replace(".", " ")
            name = " ".join(map(stem, plain.split())) if shown.isascii() else " ".join(map(stem, tokens(shown)))
            table.towns.setdefault(name, []).append((code, shown))


def _read_bodies(table: Table, entries: Mapping[str, Mapping[str, Any]]) -> None:
    for key, entry in entries.items():
        code, _, city = key.partition("/")
        place = Place(code[:2], code if "-" in code else None, city or None)
        _add_names(table, table.spots[place], (), entry)


def _read_cities(table: Table, entries: list[Mapping[str, Any]]) -> None:
    for entry in entries:
        name = str(entry["name"])
        place = Place(str(entry["country"]), entry.get("region"), name)
        near, cities = frozenset(_names(entry, "near")), frozenset(_names(entry, "cities"))
        spot = Spot(place, int(entry.get("population", 0)), near, cities)
        table.spots[place] = spot
        if cities:
            table.areas.append(spot)
        _add_names(table, spot, (name,), entry)
        part = Spot(place, spot.population, near, cities, is_within=True)
        for district in _names(entry, "within"):
            table.add(district, part, Care.PLAIN)
        han = next((each for each in _names(entry, "names") if "\u4e00" <= each[0] <= "\u9fff"), None)
        if han:
            table.shown[name, "zh"] = han
