"""A person's words become a `Query`: what is asked, for whom, where, in which language, how, and what is refused.

The word lists under `lists/` do the understanding; this code only finds their phrases, mends typing errors and
settles which of two overlapping findings counts.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

from bot.core.compiled import compiled
from bot.core.language import LOCALES, Languages, locale_of
from bot.core.patterns import PhraseError
from bot.core.phrases import SOURCES as PHRASES
from bot.core.phrases import Hit, PhraseBook, outermost
from bot.core.spelling import Speller
from bot.core.words import SOURCES, sentence_ends, tokens
from bot.directory.names import Names
from bot.directory.places import Gazetteer, Reach, Resolved
from bot.directory.query import Place, Query
from bot.reading import read_plain

SECTIONS = (
    "topics",
    "hints",
    "serves",
    "languages",
    "access",
    "wishes",
    "refuses",
    "kinds",
    "led",
    "denials",
    "exact",
    "field",
)
HINT = 0.5
"""What a phrase under `hints` weighs against one under `topics`."""

Label = tuple[str, str]
"""A section of a list and the controlled word the phrase stands under."""


class Lists:
    """The word lists of every language in one book of phrases, and the words that announce a place by language."""

    def __init__(self, book: PhraseBook[Label], locative: Mapping[str, Collection[str]]) -> None:
        self.book = book
        self._locative = locative

    def locative(self, language: str) -> Collection[str]:
        """Words that announce a place, in that language."""
        return self._locative.get(language, ())

    @classmethod
    def shipped(cls) -> "Lists":
        """The packaged lists. Raises PhraseError, naming list and phrase, for one that cannot be read."""
        folder = Path(str(resources.files(__package__))) / "lists"
        files = sorted(folder.glob("*.yaml"))
        book, locative = compiled("lists", [*files, Path(__file__), *PHRASES, *SOURCES], lambda: _read(files))
        return cls(PhraseBook.load(book), locative)


def _read(files: Iterable[Path]) -> tuple[tuple[Any, ...], dict[str, set[str]]]:
    """The lists as plain data: the book dumped, and the locative words by language."""
    book: PhraseBook[Label] = PhraseBook()
    locative: dict[str, set[str]] = {}
    for file in files:
        content = read_plain(file)
        groups = _phrases_by_key(content.get("groups"))
        for section in SECTIONS:
            entries = content.get(section)
            by_key = {section: list(entries)} if isinstance(entries, list) else _phrases_by_key(entries)
            for key, written in by_key.items():
                for phrase in written:
                    try:
                        book.add(phrase, (section, key), file.stem, groups)
                    except PhraseError as error:
                        raise PhraseError(f"{file.name}, {section}, {key}, {phrase!r}: {error}") from None
        locative[file.stem] = {tokens(phrase)[-1] for phrase in content.get("locative", ())}
    return book.dump(), locative


def _phrases_by_key(entries: object) -> dict[str, list[str]]:
    if not isinstance(entries, dict):
        return {}
    return {key: [written] if isinstance(written, str) else list(written) for key, written in entries.items()}


class Understanding:
    """Understands messages against one set of lists and the names of one snapshot. Immutable after it is made.

    `vocabulary` are further words that mending may lead to: those of the urgent lists.
    """

    def __init__(
        self,
        lists: Lists,
        languages: Languages,
        gazetteer: Gazetteer,
        names: Names,
        is_served: Callable[[Place], bool],
        vocabulary: Collection[str] = (),
    ) -> None:
        self._lists = lists
        self._languages = languages
        self._gazetteer = gazetteer
        self._names = names
        self._is_served = is_served
        heard = (lists.book.vocabulary, gazetteer.vocabulary(), names.vocabulary(), vocabulary)
        self._speller = Speller(
            heard, lambda word: languages.knows(word) or gazetteer.is_name(word) or lists.book.knows(word)
        )

    def understand(self, text: str, home: Place | None = None, locale: str | None = None) -> Query:
        """What `text` asks for. `home` is assumed where it names no place; `locale` overrides the language answered in."""
        typed = tokens(text)
        words = self._speller.mend(typed)
        language = self._languages.detect(text, typed)
        place = self._gazetteer.find(
            text,
            words,
            self._lists.locative(language),
            home,
            self._is_served,
            partial(self._languages.speaks, language),
        )
        named = self._names.find(text, words)
        place = self._settled_by_name(place, named, words)
        hits = self._hits(words, language, place)
        taken = place.taken | {at for hit in hits for at in range(hit.start, hit.end) if hit.label[0] == "field"}
        told = tuple(
            word for at, word in enumerate(words) if at not in taken and not self._languages.is_everyday(word, language)
        )
        named = named or self._names.nearly(told)
        return Query(
            language=language,
            locale=locale if locale in LOCALES else locale_of(language),
            topics=_weighed(hits),
            serves=_keys(hits, "serves"),
            places=place.places or ((home,) if home and not place.unclear else ()),
            place_is_home=not place.places and home is not None and not place.unclear,
            unclear=place.unclear,
            named=named,
            languages=_keys(hits, "languages"),
            access=_keys(hits, "access"),
            wishes=_keys(hits, "wishes"),
            refuses=_keys(hits, "refuses"),
            kinds=_keys(hits, "kinds"),
            led_by=_keys(hits, "led"),
            is_exact=any(hit.label[0] == "exact" for hit in hits),
            is_name=bool(named) and self._names.words(named).issuperset(told),
            text=told,
            words=tuple(words),
            ends=sentence_ends(text, typed),
        )

    def _settled_by_name(self, place: Resolved, named: Sequence[str], words: Sequence[str]) -> Resolved:
        """Of the places a name may mean, the one that a group named in the message is in.

        None where a place far from the group only stands in its name: "lyon-martin" is no question about Lyon.
        """
        areas = [area for each in named for area in self._names.coverage(each)]
        in_names = self._names.words(named)
        is_of_name = bool(place.taken) and all(words[at] in in_names for at in place.taken)
        if is_of_name and not any(
            self._gazetteer.reach(area, each) >= Reach.NEAR
            for area in areas
            for each in (*place.places, *place.unclear)
        ):
            return Resolved((), (), place.taken)
        fits = [
            each for each in place.unclear if any(self._gazetteer.reach(area, each) >= Reach.NEAR for area in areas)
        ]
        return Resolved(tuple(fits), (), place.taken) if len(fits) == 1 else place

    def _hits(self, words: Sequence[str], language: str, place: Resolved) -> list[Hit[Label]]:
        """What the lists find, less what a longer finding, a refusal or a place hides."""
        hits = [hit for hit in self._lists.book.find(words) if self._is_meant(hit, words, language)]
        hits = [hit for hit in hits if not all(at in place.taken for at in range(hit.start, hit.end))]
        by_group: dict[str, list[Hit[Label]]] = {}
        for hit in hits:
            by_group.setdefault("topics" if hit.label[0] == "hints" else hit.label[0], []).append(hit)
        # "Black trans girl" says three things of one person: who somebody is hides nothing.
        kept = {group: found if group == "serves" else outermost(found) for group, found in by_group.items()}
        # Nor does a language: "a lawyer who speaks Thai" asks for a lawyer.
        others = [hit for hit in by_group.get("topics", []) if hit.label[1] != "translation"]
        kept["topics"] = [*outermost(others), *(hit for hit in kept.get("topics", []) if hit.label[1] == "translation")]
        # "no cops" is a refusal and no question about cops, "no church group" none about a group; "visa expired" is both.
        refused = (hit for hit in kept.get("refuses", []) if hit.label[1] != "status-required")
        hidden = {at for hit in refused for at in range(hit.start, hit.end)}
        # "not a crisis" is no question about a crisis, and "je parle pas anglais" asks for no English.
        denied = {hit.end for hit in kept.get("denials", [])}
        kept["topics"] = [
            hit for hit in kept.get("topics", [])
            if hit.start not in denied and not hidden.issuperset(range(hit.start, hit.end))
        ]  # fmt: skip
        kept["kinds"] = [hit for hit in kept.get("kinds", []) if not hidden.issuperset(range(hit.start, hit.end))]
        kept["languages"] = [hit for hit in kept.get("languages", []) if hit.start not in denied]
        return [hit for found in kept.values() for hit in found]

    def _is_meant(self, hit: Hit[Label], words: Sequence[str], language: str) -> bool:
        """People mix languages, but one word that is everyday in theirs is not another language's (fr "pain", es "once")."""
        if hit.language == language or hit.end - hit.start > 1:
            return True
        return not self._languages.speaks(language, words[hit.start])


def _keys(hits: Iterable[Hit[Label]], section: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.label[1] for hit in hits if hit.label[0] == section))


def _weighed(hits: Iterable[Hit[Label]]) -> tuple[tuple[str, float], ...]:
    """Topics with their weight, the clearest first; a second phrase for one topic makes it a little clearer."""
    weights: dict[str, float] = {}
    for hit in hits:
        if hit.label[0] in ("topics", "hints"):
            weight = 1.0 if hit.label[0] == "topics" else HINT
            known = weights.get(hit.label[1])
            weights[hit.label[1]] = weight if known is None else min(1.0, max(known, weight) + 0.1)
    return tuple(sorted(weights.items(), key=lambda each: -each[1]))
