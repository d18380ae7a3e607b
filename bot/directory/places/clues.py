"""What the writing of a message says about a name that may be a place: capitals, commas, what stands first or last."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from bot.core.words import tokens
from bot.directory.places.table import Spot

SHORT_AREA = 3
"""Letters in the short name of a country or region that people put first or last, though it is a word too: "uk", "bc"."""

_SURFACE = re.compile(r"[^\W\d_][\w.\-'’]*")
_OWNER = re.compile(r"[^\W\d_]{4,}['’]s\b")
_SEGMENT = re.compile(r"[,.;:!?()/\n>→]+(?:\s|$)|\s[-–>→/]+\s")


def _phrases(*written: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(tokens(each)) for each in written)


DENIALS = _phrases(
    "not", "isnt", "not in", "not the", "pas", "pas a", "pas en", "pas au", "no en", "no es", "nicht", "不是", "不在", "唔系"
)  # fmt: skip
"""What stands before a place that is not meant."""
FORMER = _phrases(
    "not the one in", "but not", "rather than", "instead of", "no longer in", "used to work in", "used to live in", "used to be in",
    "moved from", "moved away from", "moved up from", "moved down from", "moved over from", "moved out from", "moving from",
    "relocated from", "transferred from", "fled", "fled from", "escaped from", "back from", "left", "client from", "guy from",
    "no la de", "no el de", "en vez de", "ya no estoy en", "antes en", "me fui de", "me mude de", "hui de", "cliente de",
    "pas celle de", "pas celle d", "pas celui de", "pas le", "pas la", "et non", "et non a", "plutot que", "suis plus a", "quitte",
    "parti de", "partie de", "enfuie de", "demenage de", "client de", "statt", "以前在", "而不是", "离开",
)  # fmt: skip
"""What stands before a place left or not meant, when the message names another one as well."""
ARRIVALS = _phrases(
    "moved here from", "moved over here from", "came here from", "came over from", "arrived from", "arrived here from",
    "got here from", "originally from", "vine de", "llegue de", "llegue desde", "originaria de", "originario de", "arrivee de",
    "arrive de", "arrivee du", "arrive du", "originaire de", "originaire du", "vim de", "cheguei de", "hergezogen aus", "刚从",
)  # fmt: skip
"""What stands before a place somebody has come from, and so is not in."""
ORIGINS = _phrases(
    "from", "soy de", "vengo de", "viens de", "viens du", "viens d", "venue de", "venue du", "komme aus", "aus", "来自", "从", "из",
    "venho de", "sou de", "sou do",
)  # fmt: skip
"""What stands before the place somebody comes from."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What the writing itself says: words in capitals, capitalised words inside a sentence, names that stand alone
    between commas or stops, and words like "in"; `is_word` knows the common words of the language it is written in.
    """

    capitals: frozenset[str]
    titles: frozenset[str]
    alone: frozenset[str]
    locative: Collection[str]
    is_word: Callable[[str], bool]

    @classmethod
    def of(cls, text: str, locative: Collection[str], is_word: Callable[[str], bool]) -> "Clues":
        capitals: set[str] = set()
        titles: set[str] = set()
        segments = _SEGMENT.split(text)
        # Somebody who writes everything in capitals tells nothing by them.
        for segment in segments if not text.isupper() else ():
            for at, word in enumerate(_SURFACE.findall(segment)):
                if word.isupper():
                    capitals.update(_joined(word))
                if word[0].isupper() and at:
                    titles.update(_joined(word))
        alone = {" ".join(tokens(segment)) for segment in segments} if len(segments) > 1 else set()
        return cls(frozenset(capitals), frozenset(titles | capitals), frozenset(alone), locative, is_word)


def _joined(word: str) -> list[str]:
    return [*tokens(word), "".join(tokens(word))]


def is_outer(spots: Sequence[Spot], start: int, end: int, words: Sequence[str], clues: Clues) -> bool:
    """Whether a name stands first or last, as people type keywords: "dartmouth food bank", "hiv test regina".

    A common word of the language stays one ("nice", "van"), but for the short names of countries and regions.
    """
    name = words[start:end]
    is_area = all(spot.place.name is None for spot in spots) and sum(map(len, name)) <= SHORT_AREA
    is_outer = (start == 0 or end == len(words)) and len(words) > end - start
    return is_outer and (is_area or not all(map(clues.is_word, name)))


def stands_before(words: Sequence[str], at: int, phrases: Collection[tuple[str, ...]]) -> bool:
    """Whether one of `phrases`, of one to four words, ends right before the place that begins there."""
    return any(tuple(words[max(0, at - size) : at]) in phrases for size in (1, 2, 3, 4))


def is_left(words: Sequence[str], at: int, locative: Collection[str]) -> bool:
    """Whether the place that begins there is one the person has left or does not mean: "no california", "moved from Leeds".

    A message that begins with "no" answers one before it, and in Portuguese "no" means "in the".
    """
    is_no = at > 1 and words[at - 1] == "no" and "no" not in locative
    return is_no or stands_before(words, at, FORMER)


def without_possessive(text: str, words: Sequence[str]) -> Sequence[str]:
    """`words` with "chicago" for "chicagos" where `text` writes "Chicago's"."""
    owners = {"".join(tokens(owner)) for owner in _OWNER.findall(text)}
    return [word[:-1] if word in owners else word for word in words] if owners else words
