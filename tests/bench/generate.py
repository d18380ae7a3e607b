"""Records and questions made up for measuring: real topics, real places, invented groups. The same seed makes the same."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.words import is_single
from bot.directory.model import Area, Contact, PartialDate, Resource, Source
from bot.directory.places import Gazetteer
from bot.directory.query import Place
from bot.directory.vocabulary import vocabulary

_GREETINGS = {
    "en": ("hi, ", "looking for ", "anyone know where to find ", "need ", ""),
    "fr": ("bonjour, ", "je cherche ", "besoin de ", "où trouver ", ""),
    "es": ("hola, ", "busco ", "necesito ", "dónde hay ", ""),
    "zh": ("你好，", "想找", "请问哪里有", "需要", ""),
}
_PLACED = {"en": " in {}", "fr": " à {}", "es": " en {}", "zh": "，在{}"}
_FILLER = (
    "support people workers community weekly open confidential office team offers meets evening street volunteers local "
    "respect rights friendly project help group centre service members partners city network safe space drop welcome"
).split()


@dataclass(frozen=True)
class Asked:
    """A question with what it was made from: the right record offers `topic` in `place`."""

    text: str
    topic: str
    place: Place


def records(count: int, places: list[Place], seed: int) -> list[Resource]:
    """`count` invented records spread over `places`, a tenth of them national or worldwide."""
    chance, words = random.Random(seed), vocabulary()
    made = []
    for number in range(count):
        place = chance.choice(places)
        wide = chance.random()
        area = Area("*") if wide < 0.02 else Area(place.country) if wide < 0.1 else Area(place.country, place.region, place.name)
        topics = tuple(chance.sample(words.topics, chance.randint(1, 4)))
        serves = tuple(chance.sample(words.serves, chance.randint(1, 3)))
        about = " ".join([*(topic.replace("-", " ") for topic in topics), *chance.choices(_FILLER, k=18)])
        made.append(
            Resource(
                id=f"made-{number}", name=f"{chance.choice(_FILLER).title()} {chance.choice(_FILLER).title()} {number}",
                kind=chance.choice(("organization", "service", "helpline", "guide")), led_by=chance.choice(words.led_by),
                description={"en": f"{about} {area.place or ''}"}, topics=topics, serves=serves, coverage=(area,),
                access=tuple(chance.sample(words.access, 2)), sources=(Source("https://example.org", "made up"),),
                languages=tuple(chance.sample(("en", "fr", "es", "zh", "th"), 2)), contact=Contact(url="https://example.org"),
                as_of=PartialDate(chance.randint(2018, 2026)),
            )
        )  # fmt: skip
    return made


def questions(count: int, phrases: dict[str, dict[str, list[str]]], places: list[Place], gazetteer: Gazetteer, seed: int) -> Iterator[Asked]:
    """`count` questions in four languages, a quarter of them with a typing error."""
    chance = random.Random(seed)
    for number in range(count):
        locale = ("en", "fr", "es", "zh")[number % 4]
        topic = chance.choice(sorted(phrases[locale]))
        place = chance.choice(places)
        phrase = chance.choice(phrases[locale][topic])
        text = chance.choice(_GREETINGS[locale]) + phrase + _PLACED[locale].format(gazetteer.name(place, locale))
        yield Asked(_misspelt(text, chance) if number % 16 < 4 else text, topic, place)


def _misspelt(text: str, chance: random.Random) -> str:
    """`text` with one letter of one long word left out."""
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) > 5 and not is_single(word[0])]
    if long:
        at = chance.choice(long)
        cut = chance.randint(1, len(words[at]) - 2)
        words[at] = words[at][:cut] + words[at][cut + 1 :]
    return " ".join(words)
