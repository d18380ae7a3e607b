"""Records and questions made up for measuring: real topics, real places, invented groups. The same seed makes the same."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from bot.core.words import fold, is_single
from bot.directory.model import Area, Contact, PartialDate, Resource, Source
from bot.directory.places import Gazetteer
from bot.directory.query import Place
from bot.directory.vocabulary import vocabulary
from bot.reading import read_plain

_GREETINGS = {
    "en": ("hi, ", "looking for ", "anyone know where to find ", "need ", ""),
    "fr": ("bonjour, ", "je cherche ", "besoin de ", "où trouver ", ""),
    "es": ("hola, ", "busco ", "necesito ", "dónde hay ", ""),
    "zh": ("你好，", "想找", "请问哪里有", "需要", ""),
}
_PLACED = {"en": " in {}", "fr": " à {}", "es": " en {}", "zh": "，在{}"}
_FILLER = {
    "en": (
        "support people workers community weekly open confidential office team offers meets evening street need looking find "
        "local respect rights friendly project help group centre service members partners city network safe space free where know"
    ).split(),
    "fr": (
        "soutien personnes travailleuses groupe ouvert équipe offre rencontre soir rue cherche besoin trouver aide centre service "
        "membres réseau gratuit confidentiel respect droits projet local où"
    ).split(),
    "es": (
        "apoyo personas trabajadoras grupo abierto equipo ofrece reunión noche calle busco necesito encontrar ayuda centro servicio "
        "red gratis confidencial respeto derechos proyecto local dónde hay"
    ).split(),
    "zh": "支持 帮助 小组 免费 保密 需要 哪里 工作者 社区 尊重 权利 服务 中心 团体 热线 开放 晚上 想找".split(),
}


@dataclass(frozen=True)
class Asked:
    """A question with what it was made from: the right record offers `topic` in `place`."""

    text: str
    topic: str
    place: Place


def records(count: int, places: list[Place], phrases: dict[str, dict[str, list[str]]], seed: int) -> list[Resource]:
    """`count` invented records spread over `places`, a tenth of them national or worldwide.

    Each is described in English and one further language, in words of the lists among ordinary ones, as real records are.
    """
    chance, words = random.Random(seed), vocabulary()
    made = []
    for number in range(count):
        place = chance.choice(places)
        wide = chance.random()
        area = Area("*") if wide < 0.02 else Area(place.country) if wide < 0.1 else Area(place.country, place.region, place.name)
        topics = tuple(chance.sample(words.topics, chance.randint(1, 5)))
        locales = ("en", chance.choice(("fr", "es", "zh")))
        made.append(
            Resource(
                id=f"made-{number}", name=f"{chance.choice(_FILLER['en']).title()} {chance.choice(_FILLER['en']).title()} {number}",
                kind=chance.choice(("organization", "service", "helpline", "guide")), led_by=chance.choice(words.led_by),
                description={locale: _described(chance, topics, phrases[locale], locale, area.place) for locale in locales},
                topics=topics, serves=tuple(chance.sample(words.serves, chance.randint(1, 3))), coverage=(area,),
                access=tuple(chance.sample(words.access, 2)), sources=(Source("https://example.org", "made up"),),
                languages=tuple(chance.sample(("en", "fr", "es", "zh", "th"), 2)), contact=Contact(url="https://example.org"),
                as_of=PartialDate(chance.randint(2018, 2026)),
            )
        )  # fmt: skip
    return made


def _described(chance: random.Random, topics: Sequence[str], phrases: dict[str, list[str]], locale: str, place: str | None) -> str:
    parts = [chance.choice(phrases[topic]) for topic in topics if topic in phrases]
    parts += chance.choices(_FILLER[locale], k=14)
    chance.shuffle(parts)
    return ("" if locale == "zh" else " ").join([*parts, place or ""])


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


def plain_topics() -> dict[str, dict[str, list[str]]]:
    """For each language and topic, the phrases of the shipped lists that are plain words."""
    folder = Path(str(resources.files("bot.directory"))) / "lists"
    found: dict[str, dict[str, list[str]]] = {}
    for locale in _GREETINGS:
        topics = read_plain(folder / f"{locale}.yaml")["topics"]
        plain = {topic: [each for each in phrases if re.fullmatch(r"[^()|<>.#^$*]+", each)] for topic, phrases in topics.items()}
        found[locale] = {topic: phrases for topic, phrases in plain.items() if phrases}
    return found


def everyday() -> frozenset[str]:
    """Stop words for the peer: the most common words of the three languages with spaces."""
    folder = resources.files("bot.core") / "common"
    return frozenset(
        word for locale in ("en", "fr", "es") for word in fold((folder / f"{locale}.txt").read_text("utf-8")).split()[:250]
    )


def _misspelt(text: str, chance: random.Random) -> str:
    """`text` with one letter of one long word left out."""
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) > 5 and not is_single(word[0])]
    if long:
        at = chance.choice(long)
        cut = chance.randint(1, len(words[at]) - 2)
        words[at] = words[at][:cut] + words[at][cut + 1 :]
    return " ".join(words)
