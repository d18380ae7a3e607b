"""Records and questions made up for measuring: real topics, real places, invented groups. The same seed makes the same."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from bot.core.words import fold, is_single
from bot.directory.model import Area, Contact, LedBy, PartialDate, Resource, Source
from bot.directory.places import Gazetteer
from bot.directory.query import Place
from bot.directory.vocabulary import vocabulary
from bot.reading import read_plain

LED_BY: tuple[LedBy, ...] = ("sex-workers", "mixed", "allies", "public-body", "unknown")
STOP = 120
"""So many of the most common words are stop words of the peer, about as many as the lists libraries ship."""
# Sentences as people write them: what is needed and where, among the ordinary words of a message (the public set has
# thirteen words to a question).
_SENTENCES = {
    "en": (
        "hi, does anyone know a group that can help me with {need} in {place}, i do not have much money",
        "looking for {need} around {place}, someone friendly who knows our work and keeps it private",
        "{need} {place}",
        "my friend needs {need}, we live in {place} and want to talk to a person we can trust",
        "is there a free service near {place} for {need}, open in the evening if possible",
    ),
    "fr": (
        "bonjour, je cherche un groupe qui peut aider avec {need} à {place}, je n'ai pas beaucoup d'argent",
        "besoin de {need} près de {place}, quelqu'un qui connaît notre travail et qui garde ça privé",
        "{need} {place}",
        "mon amie a besoin de {need}, on habite à {place} et on veut parler à une personne de confiance",
    ),
    "es": (
        "hola, busco un grupo que me ayude con {need} en {place}, no tengo mucho dinero",
        "necesito {need} cerca de {place}, alguien que conozca nuestro trabajo y sea de confianza",
        "{need} {place}",
        "mi amiga necesita {need}, vivimos en {place} y queremos hablar con una persona amable",
    ),
    "zh": (
        "你好，想找可以帮忙{need}的小组，我在{place}，钱不多",
        "{place}哪里有{need}，希望是了解我们工作的人",
        "{place} {need}",
    ),
}
# Ordinary words of descriptions; the real ones run to some forty words a language.
_FILLER = {
    "en": (
        "support people workers community weekly open confidential office team offers meets evening street help group free "
        "service friendly private talk person trust money work local respect rights project centre members partners city "
        "network safe space know find live near friend needs private evening possible drop welcome peer advice phone"
    ).split(),
    "fr": (
        "soutien personnes travailleuses groupe ouvert équipe offre rencontre soir rue aide gratuit service privé parler "
        "personne confiance argent travail local respect droits projet centre membres réseau amie habite connaît besoin près"
    ).split(),
    "es": (
        "apoyo personas trabajadoras grupo abierto equipo ofrece reunión noche calle ayuda gratis servicio privado hablar "
        "persona confianza dinero trabajo local respeto derechos proyecto centro red amiga conoce necesita cerca amable"
    ).split(),
    "zh": "支持 帮助 小组 免费 保密 需要 哪里 工作者 社区 尊重 权利 服务 中心 团体 热线 开放 晚上 想找 帮忙 了解 我们 工作 希望".split(),
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
        area = (
            Area("*")
            if wide < 0.02
            else Area(place.country)
            if wide < 0.1
            else Area(place.country, place.region, place.name)
        )
        topics = tuple(chance.sample(words.topics, chance.randint(1, 5)))
        locales = ("en", chance.choice(("fr", "es", "zh")))
        made.append(
            Resource(
                id=f"made-{number}", name=f"{chance.choice(_FILLER['en']).title()} {chance.choice(_FILLER['en']).title()} {number}",
                kind=chance.choice(("organization", "service", "helpline")), led_by=chance.choice(LED_BY),
                description={locale: _described(chance, topics, phrases[locale], locale, area.place) for locale in locales},
                topics=topics, serves=tuple(chance.sample(words.serves, chance.randint(1, 3))), coverage=(area,),
                access=tuple(chance.sample(words.access, 2)), sources=(Source("https://example.org", "made up"),),
                languages=tuple(chance.sample(("en", "fr", "es", "zh", "th"), 2)), contact=Contact(url="https://example.org"),
                as_of=PartialDate(chance.randint(2018, 2026)),
            )
        )  # fmt: skip
    return made


def _described(
    chance: random.Random, topics: Sequence[str], phrases: dict[str, list[str]], locale: str, place: str | None
) -> str:
    parts = [chance.choice(phrases[topic]) for topic in topics if topic in phrases]
    parts += chance.choices(_FILLER[locale], k=30)
    chance.shuffle(parts)
    return ("" if locale == "zh" else " ").join([*parts, place or ""])


def questions(
    count: int, phrases: dict[str, dict[str, list[str]]], places: list[Place], gazetteer: Gazetteer, seed: int
) -> Iterator[Asked]:
    """`count` questions in four languages, a quarter of them with a typing error."""
    chance = random.Random(seed)
    for number in range(count):
        locale = ("en", "fr", "es", "zh")[number % 4]
        topic = chance.choice(sorted(phrases[locale]))
        place = chance.choice(places)
        phrase = chance.choice(phrases[locale][topic])
        text = chance.choice(_SENTENCES[locale]).format(need=phrase, place=gazetteer.name(place, locale))
        yield Asked(_misspelt(text, chance) if number % 16 < 4 else text, topic, place)


def plain_topics() -> dict[str, dict[str, list[str]]]:
    """For each language and topic, the phrases of the shipped lists that are plain words."""
    folder = Path(str(resources.files("bot.directory"))) / "lists"
    found: dict[str, dict[str, list[str]]] = {}
    for locale in _SENTENCES:
        topics = read_plain(folder / f"{locale}.yaml")["topics"]
        plain = {
            topic: [each for each in phrases if re.fullmatch(r"[^()|<>.#^$*]+", each)]
            for topic, phrases in topics.items()
        }
        found[locale] = {topic: phrases for topic, phrases in plain.items() if phrases}
    return found


def everyday() -> frozenset[str]:
    """Stop words for the peer: the most common words of the three languages with spaces."""
    folder = resources.files("bot.core") / "common"
    return frozenset(
        word
        for locale in ("en", "fr", "es")
        for word in fold((folder / f"{locale}.txt").read_text("utf-8")).split()[:STOP]
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
