"""A query as the arguments of an action: controlled words and codes, never what a person typed.

Each argument is a letter, a colon and its values joined by "+": `t:legal-help+housing`, `p:CA-QC/Montréal`, `o:5`. A
place is written as country or region code, with the directory's own name of a town after a slash.
"""

from collections.abc import Iterable, Sequence

from bot.directory.query import Place, Query

Args = tuple[str, ...]
# What a custom id of Discord can hold next to the action's name (100 characters in all) decides how much is coded.
_MOST_TOPICS = 3
_MOST_NAMED = 3


def code_of(place: Place) -> str:
    """`CA`, `CA-QC` or `CA-QC/Montréal`; `*/Africa` for a large region of the world."""
    code = place.region or place.country
    return f"{code}/{place.name}" if place.name else code


def place_of(code: str) -> Place:
    """The place that `code_of` wrote."""
    region, _, name = code.partition("/")
    return Place(region[:2] if region != "*" else "*", region if "-" in region else None, name or None)


def encode(query: Query, offset: int = 0) -> Args:
    """The arguments from which `decode` makes `query` again, without its loose words."""
    places = () if query.place_is_home else query.places
    parts: tuple[tuple[str, Iterable[str]], ...] = (
        ("t", [topic for topic, _ in query.topics[:_MOST_TOPICS]]),
        ("p", [code_of(place) for place in places[:2]]),
        ("s", query.serves),
        ("l", query.languages),
        ("a", query.access),
        ("w", query.wishes),
        ("r", query.refuses),
        ("k", query.kinds),
        ("b", query.led_by),
        ("x", ["1"] if query.is_exact else []),
        ("n", query.named[:_MOST_NAMED]),
        ("g", [query.language] if query.language != query.locale else []),
        ("o", [str(offset)] if offset else []),
    )
    return tuple(f"{letter}:{'+'.join(values)}" for letter, each in parts if (values := list(each)))


def decode(args: Sequence[str], locale: str, home: Place | None = None) -> tuple[Query, int]:
    """The query and the offset; `home` stands in where no place is coded. Arguments of other shapes are passed over."""
    parts = {arg[0]: tuple(arg[2:].split("+")) for arg in args if arg[1:2] == ":" and len(arg) > 2}
    places = tuple(place_of(code) for code in parts.get("p", ()))
    offset = parts.get("o", ("0",))[0]
    query = Query(
        language=parts.get("g", (locale,))[0],
        locale=locale,
        topics=tuple((topic, 1.0) for topic in parts.get("t", ())),
        serves=parts.get("s", ()),
        places=places or ((home,) if home else ()),
        place_is_home=not places and home is not None,
        named=parts.get("n", ()),
        languages=parts.get("l", ()),
        access=parts.get("a", ()),
        wishes=parts.get("w", ()),
        refuses=parts.get("r", ()),
        kinds=parts.get("k", ()),
        led_by=parts.get("b", ()),
        is_exact="x" in parts,
    )
    return query, int(offset) if offset.isdecimal() and len(offset) < 6 else 0


def with_place(args: Sequence[str], code: str) -> Args:
    """`args` with that place in place of any other, from the first result on; an empty code takes the place away."""
    kept = tuple(arg for arg in args if arg[:2] not in ("p:", "o:"))
    return (*kept, f"p:{code}") if code else kept
