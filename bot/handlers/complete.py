"""What somebody begins to type, as what it may mean: topics, places, audiences, languages, ways, records, classes.

Matches as the search does: prefixes in all languages and scripts first, then what `Understanding` makes of the words,
which knows aliases, phrases and typing errors. Values are codes; what a person types in full is resolved by the same
means.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.core.reply import Action, Reply
from bot.core.request import FormSubmit, Request
from bot.core.words import clean, tokens
from bot.directory.index import Index
from bot.directory.model import WORLDWIDE
from bot.directory.query import Place, Query
from bot.directory.vocabulary import vocabulary
from bot.errors import InputError
from bot.handlers.coded import code_of, place_of
from bot.handlers.correct import CHOOSABLE
from bot.handlers.find import NOT_OFFERED
from bot.handlers.shelf import Tools, locale_or_english
from bot.text.messages import LOCALES

MOST = 25
"""API docs, Application Commands: at most 25 choices for autocomplete."""
LONGEST_TYPED = 100
_CODE = re.compile(r"(?:[A-Z]{2}(?:-[A-Z0-9]{1,3})?|\*)(?:/.{1,80})?")
KINDS = ("topic", "place", "serves", "language", "access", "resource", "situation")
Choice = tuple[str, str]
"""What is shown, and the code it stands for."""


@dataclass(frozen=True, slots=True)
class _Entry:
    code: str
    keys: tuple[str, ...]


class Complete:
    """As a handler: `FormSubmit("complete", {"kind": …, "typed": …})`; the reply's actions are the suggestions."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._made: tuple[Index, dict[str, list[_Entry]]] | None = None

    def __call__(self, request: Request) -> Reply:
        locale = locale_or_english(request.actor.locale)
        values = request.body.values if isinstance(request.body, FormSubmit) else {}
        kind, typed = values.get("kind", ""), values.get("typed", "")
        found = self.suggestions(kind, typed, locale) if kind in KINDS else []
        return Reply((), tuple(Action(kind, label, (code,)) for label, code in found), locale=locale)

    def suggestions(self, kind: str, typed: str, locale: str) -> list[Choice]:
        """At most 25, the likeliest first; for nothing typed, the ones most people need."""
        text = clean(typed[:LONGEST_TYPED])
        codes = dict.fromkeys([*self._beginning(kind, text), *self._understood(kind, text)])
        return [(self.label(kind, code, locale), code) for code in list(codes)[:MOST]]

    def resolved(self, kind: str, given: str) -> str | None:
        """The code that a value of an option means: itself, or what the words say best; None for neither."""
        text = clean(given[:LONGEST_TYPED])
        if self.knows(kind, text):
            return text
        found = [*self._beginning(kind, text), *self._understood(kind, text)] if text else []
        return found[0] if found else None

    def code(self, kind: str, given: str) -> str | None:
        """What `resolved` gives for an option, None for one that was left out. Raises InputError for what is none."""
        if not given.strip():
            return None
        found = self.resolved(kind, given)
        if found is None:
            raise InputError("error-option")
        return found

    def knows(self, kind: str, code: str) -> bool:
        """Whether that is a code of the kind."""
        if kind == "place":
            return _CODE.fullmatch(code) is not None and self._is_place(place_of(code))
        return any(entry.code == code for entry in self._entries(kind))

    def label(self, kind: str, code: str, locale: str) -> str:
        """What the code is called in that language."""
        cards, say = self._tools.cards, self._tools.messages.say
        match kind:
            case "place":
                return cards.place_within(place_of(code), locale)
            case "language":
                return cards.language(code, locale)
            case "resource":
                index = self._tools.shelf().index
                return index.records[index.by_id[code]].name
            case "situation":
                return say(locale, f"class-{code}")
            case _:
                return say(locale, f"{kind}-{code}")

    def _is_place(self, place: Place) -> bool:
        gazetteer = self._tools.cards.gazetteer
        if place.country == WORLDWIDE:
            return bool(place.name and gazetteer.countries_of(place.name))
        if gazetteer.parse(place.region or place.country) is None:
            return False
        return place.name is None or place in gazetteer.named(place.name) or place in self._served()

    def _beginning(self, kind: str, text: str) -> Iterator[str]:
        """Codes whose names begin so, then those with a word that does, then those that hold it."""
        words = " ".join(tokens(text))
        if kind == "place":
            yield from self._places(words, text)
            return
        entries = self._entries(kind)
        if not words:
            yield from (entry.code for entry in entries if entry.code not in NOT_OFFERED)
            return
        tests: tuple[Callable[[str], bool], ...] = (
            lambda key: key.startswith(words),
            lambda key: f" {words}" in key,
            lambda key: words in key and len(words) > 2,
        )
        for test in tests:
            yield from (entry.code for entry in entries if any(map(test, entry.keys)))

    def _places(self, words: str, text: str) -> Iterator[str]:
        served = self._served()
        if not words:
            yield from (code_of(place) for place in served if place.name is None)
            return
        found = dict.fromkeys([*self._tools.cards.gazetteer.named(text), *self._tools.cards.gazetteer.beginning(text)])
        shown = [place for place in found if self._is_shown(place, words)]
        for places in ([place for place in shown if place in served], shown, found):
            yield from map(code_of, places)

    def _is_shown(self, place: Place, words: str) -> bool:
        """Whether the name people see begins so; a city also answers to the names of its parts."""
        return any(_key(self._tools.cards.gazetteer.name(place, locale)).startswith(words) for locale in LOCALES)

    def _understood(self, kind: str, text: str) -> Iterable[str]:
        """What the search would hear in the words."""
        if not text:
            return ()
        query: Query = self._tools.shelf().understanding.understand(text)
        found: dict[str, Iterable[str]] = {
            "topic": [topic for topic, _ in query.topics],
            "place": [code_of(place) for place in (*query.places, *query.unclear)],
            "serves": query.serves,
            "language": query.languages,
            "access": query.access,
            "resource": query.named,
        }
        return [code for code in found.get(kind, ()) if self.knows(kind, code)]

    def _served(self) -> dict[Place, int]:
        """The places records cover, those with most records first."""
        counts: dict[Place, int] = {}
        for record in self._tools.shelf().index.records:
            for area in record.coverage:
                if area.country != WORLDWIDE:
                    place = Place(area.country, area.region, area.place)
                    counts[place] = counts.get(place, 0) + 1
        return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0].country, each[0].region or "")))

    def _entries(self, kind: str) -> list[_Entry]:
        index = self._tools.shelf().index
        if self._made is None or self._made[0] is not index:
            self._made = (index, {})
        entries = self._made[1]
        if kind not in entries:
            entries[kind] = list(self._read(kind, index))
        return entries[kind]

    def _read(self, kind: str, index: Index) -> Iterator[_Entry]:
        if kind == "resource":
            for record in sorted(index.records, key=lambda each: each.name.casefold()):
                yield _Entry(record.id, tuple(map(_key, (record.name, *record.aliases))))
            return
        words = vocabulary()
        spoken = {language.partition("-")[0] for record in index.records for language in record.languages}
        codes: dict[str, Iterable[str]] = {
            "topic": words.topics,
            "serves": words.serves,
            "access": words.access,
            "situation": CHOOSABLE,
            "language": [code for code in words.languages if code in spoken],
        }
        for code in codes.get(kind, ()):
            names = (self.label(kind, code, locale) for locale in LOCALES)
            yield _Entry(code, (*map(_key, names), _key(code.replace("-", " "))))


def _key(name: str) -> str:
    return " ".join(tokens(name))
