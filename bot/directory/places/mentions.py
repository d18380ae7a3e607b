"""The places a message mentions, and which of them it means: not those it denies, has left, or only comes from."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from bot.directory.places.clues import ARRIVALS, DENIALS, ORIGINS, is_left, stands_before
from bot.directory.places.table import Spot
from bot.directory.query import Place


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `start` to `end` that name one of `spots`."""

    start: int
    end: int
    spots: tuple[Spot, ...]


def without_denied(
    every: Sequence[Mention], words: Sequence[str], locative: Collection[str], lies_in: Callable[[Place, Place], bool]
) -> list[Mention]:
    """Without the places that are not meant, nor what lies in them: "London, not the UK" is another London.

    What is left rather than denied ("moved from Leeds") counts where the message names no other place.
    """
    denied = [each for each in every if stands_before(words, each.start, DENIALS)]
    left = [each for each in every if each not in denied and is_left(words, each.start, locative)]
    gone = denied + left if len(denied) + len(left) < len(every) else denied
    # "Rather than Newcastle UK": the country said with a place that is not meant is not meant either.
    around = [
        each
        for each in every
        for other in gone
        if each.start == other.end and any(lies_in(one.place, each.spots[0].place) for one in other.spots)
    ]
    gone = gone + around if {each.start for each in every} - {each.start for each in (*gone, *around)} else gone
    away = [each.spots[0].place for each in gone if len(each.spots) == 1]
    return [
        Mention(
            each.start,
            each.end,
            tuple(spot for spot in each.spots if not any(lies_in(spot.place, out) for out in away)) or each.spots,
        )
        for each in every
        if each not in gone
    ]


def without_origins(mentions: list[Mention], words: Sequence[str]) -> list[Mention]:
    """Without the place a person has come from ("moved here from Lagos"), and without the country they are from, where they say
    as well which one they are in.
    """
    mentions = [each for each in mentions if not stands_before(words, each.start, ARRIVALS)]
    origins = [each for each in mentions if stands_before(words, each.start, ORIGINS)]
    here = {spot.place.country for each in mentions if each not in origins for spot in each.spots}
    return [
        each
        for each in mentions
        if each not in origins or not here or any(spot.place.country in here for spot in each.spots)
    ]
