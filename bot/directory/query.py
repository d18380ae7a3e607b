"""What was understood of a person's words, and what was found for it: plain values between the two halves of the engine."""

from dataclasses import dataclass, field
from typing import Literal

from bot.directory.model import Resource


@dataclass(frozen=True, slots=True)
class Place:
    """A place somebody named: a country, a region of it (ISO 3166-2), a city or district by its name.

    `country` is "*" for one of the large regions of the world, whose `name` then says which.
    """

    country: str
    region: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """What a message asks for, in controlled words.

    `topics` are best first with a weight of 0..1; `words` are all words of the message, folded and mended, `text` those that
    neither a place, the field nor grammar accounts for, to be looked for in names and descriptions; `ends` are the positions in
    `words` where sentences end.
    `places` are those named, each of equal rank, or the home when `place_is_home`; `unclear` are the places one name
    may mean when nothing in the message settles it ("London"): then `places` is empty and the person is asked.
    `is_name`: nothing but names, places and grammar is in it.
    `is_exact`: only who offers the need can meet it (a detox bed, a plumber), so that nobody farther off stands in for them.
    """

    language: str
    locale: str
    topics: tuple[tuple[str, float], ...] = ()
    serves: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    place_is_home: bool = False
    unclear: tuple[Place, ...] = ()
    named: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    led_by: tuple[str, ...] = ()
    is_exact: bool = False
    is_name: bool = False
    text: tuple[str, ...] = field(default=(), repr=False)
    words: tuple[str, ...] = field(default=(), repr=False)
    ends: tuple[int, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether anything in it can be looked up."""
        return bool(self.topics or self.named or self.serves or self.kinds or self.led_by or self.languages)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a match is there. `kind` says which question it answers, `values` hold controlled words or codes, in order.

    | kind       | values                                                     |
    |------------|------------------------------------------------------------|
    | named      | ()                                                          |
    | covers     | place name, or country / region code; "*" for worldwide    |
    | topic      | topics asked and offered                                    |
    | serves     | audiences asked and served                                  |
    | language   | languages asked and spoken                                  |
    | access     | ways asked and offered                                      |
    | led-by     | one of the vocabulary's `led_by`                            |
    | wish       | wished labels known to hold                                 |
    | refuse     | refused labels known to be no                               |
    | unknown    | wished or refused labels of which nothing is known          |
    """

    kind: Literal["named", "covers", "topic", "serves", "language", "access", "led-by", "wish", "refuse", "unknown"]
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A resource that fits, its score of 0..1 and why it is there (nothing where that is not yet worked out)."""

    resource: Resource
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of the search: the matches from `offset` on, at most as many as asked for, best first.

    `total` counts all there are. What the directory does not know is said, not hidden: `nothing_local` when no match
    covers the place asked more closely than its country; `nothing_for` lists what no match in reach offers, each as
    (kind, value): ("topic", "legal-help"), ("language", "es"), ("serves", "men"), ("wish", "free").
    `together` lists the pairs ("topic", "language") asked that no single match offers at once, as their values.
    """

    matches: tuple[Match, ...] = ()
    total: int = 0
    offset: int = 0
    nothing_local: bool = False
    nothing_for: tuple[tuple[str, str], ...] = ()
    together: tuple[tuple[str, str], ...] = ()
