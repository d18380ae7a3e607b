"""What a suggestion doubles: a record of the directory, or another suggestion that waits.

A record is doubled when the link leads to its page, when its number or mail address is given, or when it is named: its whole name or an alias in
order, most of the telling words of its name, or its name with slips. A text that names a body among much else tells of another one, so a name counts
only where it makes up a good part of the words.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from bot.core.language import LOCALES, Languages
from bot.core.lists import Span
from bot.core.words import is_single, tokens, word_set
from bot.directory.contacts import host_of
from bot.directory.model import Area, Resource
from bot.directory.places import Gazetteer
from bot.vetting.lookalikes import KnownHosts
from bot.vetting.page import Page

SHARED = word_set(
    "github.com docs.google.com drive.google.com facebook.com www.facebook.com instagram.com linktr.ee twitter.com x.com t.me wordpress.com medium.com"
)
_PARTS = re.compile(r"[()–:/]|,\s| - ")


LEAST_JOINED, MOST_JOINED = 9, 5
"""A name without its spaces has so many characters at least, and is looked for in so many words at most."""
LEAST_IN_ONE = 6
"""A name written as one word that is no word of any language has so many characters at least."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A suggestion that waits: its id, its words and its link."""

    id: str
    text: str = field(repr=False)
    url: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Known:
    """What is in the directory, made ready to be compared with."""

    records: tuple[Resource, ...] = field(repr=False)

    @cached_property
    def hosts(self) -> KnownHosts:
        return KnownHosts.of(host_of(each.contact.url) for each in self.records if each.contact.url)

    @cached_property
    def pages(self) -> dict[str, list[str]]:
        """Ids by the page of the record, and by its host where all its records are one body."""
        found: dict[str, list[str]] = {}
        for record in self.records:
            if record.contact.url:
                for key in dict.fromkeys((_page_of(record.contact.url), host_of(record.contact.url))):
                    found.setdefault(key, []).append(record.id)
        return found

    @cached_property
    def reached(self) -> dict[str, str]:
        """Ids by mail address and by the last nine digits of each number."""
        found: dict[str, str] = {}
        for record in self.records:
            contact = record.contact
            for number in (contact.phone, contact.text, contact.whatsapp):
                digits = re.sub(r"\D", "", number or "")
                if len(digits) >= 7:
                    found.setdefault(digits[-9:], record.id)
            if contact.email:
                found.setdefault(contact.email.lower(), record.id)
        return found

    def is_reached_by(self, contact: str) -> bool:
        """Whether a number or mail address is one that the directory has, so that all may know it."""
        digits = re.sub(r"\D", "", contact)
        return contact.lower() in self.reached or (len(digits) >= 7 and digits[-9:] in self.reached)

    @cached_property
    def names(self) -> dict[tuple[str, ...], str]:
        """Ids by every name they go by, in words."""
        found: dict[tuple[str, ...], str] = {}
        for record in sorted(self.records, key=lambda each: (_ORDER.get(each.kind, len(_ORDER)), each.id)):
            for name in _called(record):
                key = tuple(tokens(name))
                if key and (sum(map(len, key)) > 2 or all(map(is_single, key))):
                    found.setdefault(key, record.id)
                    found.setdefault(_shortened(key), record.id)
        return found

    @cached_property
    def run_together(self) -> dict[str, str]:
        """Ids by names of some length without their spaces: people write Life Line for Lifeline."""
        return {joined: each for key, each in self.names.items() if len(joined := "".join(key)) >= LEAST_IN_ONE}

    @cached_property
    def places(self) -> dict[str, frozenset[str]]:
        """The words of the places each record covers, in the languages of the bot."""
        return {
            record.id: frozenset(
                word
                for area in record.coverage
                for each in {area, Area(area.country, area.region, None), Area(area.country, None, None)}
                for language in LOCALES
                for word in (*tokens(self.gazetteer.name(each, language)), *_SAID_SHORT.get(area.country or "", ()))
            )
            for record in self.records
        }

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return Gazetteer.shipped()

    def is_telling(self, name: Iterable[str]) -> bool:
        """Whether a name is more than everyday words: "know your rights" is no name."""
        return any(not self.languages.knows(word) for word in name)

    @cached_property
    def languages(self) -> Languages:
        return Languages.shipped()

    @cached_property
    def firsts(self) -> dict[str, list[int]]:
        """The lengths of names by their first word, longest first."""
        found: dict[str, set[int]] = {}
        for key in self.names:
            found.setdefault(key[0], set()).add(len(key))
        return {word: sorted(sizes, reverse=True) for word, sizes in found.items()}

    @cached_property
    def telling(self) -> Counter[str]:
        """In how many records' names a word stands."""
        return Counter(
            word for record in self.records for word in {word for name in _called(record) for word in tokens(name)}
        )

    @cached_property
    def by_word(self) -> dict[str, list[tuple[str, frozenset[str]]]]:
        """Names of several words, by each of their telling words."""
        found: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for key, record_id in self.names.items():
            words = frozenset(word for word in key if len(word) > 2 and not is_single(word) and word not in _LITTLE)
            for word in words if len(words) > 1 else ():
                found.setdefault(word, []).append((record_id, words))
        return found


# Of several records that go by one name, the body itself is the one that is doubled.
_ORDER = {"organization": 0, "service": 1, "helpline": 1, "fund": 2}
_LITTLE = word_set(
    "the of and for a in de des du la le les el los las y et und para por pour sex workers worker work project society association"
)


def _called(record: Resource) -> Iterator[str]:
    for name in (record.name, *record.aliases):
        yield name
        parts = [part.strip() for part in _PARTS.split(name) if part.strip()]
        if len(parts) > 1:
            yield from (part for at, part in enumerate(parts[:2]) if not at or (part.isupper() and len(part) > 2))
        for place in {area.place for area in record.coverage if area.place}:
            if name.endswith(f" {place}"):
                yield name.removesuffix(f" {place}")


# Places that people say by their initials, also within a name.
_INITIALS = {
    tuple(place.split()): "".join(word[0] for word in place.split())
    for place in ("new zealand", "new york", "los angeles", "british columbia", "new south wales", "northern territory")
}


_SAID_SHORT = {"GB": ("uk",), "US": ("usa",), "NZ": ("nz",)}


def _shortened(name: tuple[str, ...]) -> tuple[str, ...]:
    """The name with a place in it said by its initials: "NZ Prostitutes Collective"."""
    for place, initials in _INITIALS.items():
        for at in range(len(name) - len(place)):
            if name[at : at + len(place)] == place:
                return (*name[:at], initials, *name[at + len(place) :])
    return name


def _page_of(url: str) -> str:
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
    except ValueError:
        return ""
    return f"{(parts.netloc or '').lower().removeprefix('www.')}{parts.path.rstrip('/')}"


def doubled(
    page: Page, urls: Iterable[str], numbers: Iterable[Span], known: Known
) -> Iterator[tuple[str, Span | None]]:
    """Ids of records that the suggestion doubles, each once, with the words that show it; None where the link does."""
    found: dict[str, Span | None] = {}
    for url in urls:
        for record_id in _by_page(url, known):
            found.setdefault(record_id, None)
    for start, end in numbers:
        digits = re.sub(r"\D", "", page.plain[start:end])
        if digits[-9:] in known.reached and len(digits) >= 7:
            found.setdefault(known.reached[digits[-9:]], (start, end))
    for record_id, span in _named(page, known):
        found.setdefault(record_id, span)
    yield from found.items()


def _by_page(url: str, known: Known) -> Sequence[str]:
    key = _page_of(url)
    if key in known.pages:
        return known.pages[key][:1]
    host = key.partition("/")[0]
    return known.pages.get(host, ())[:1] if host not in SHARED else ()


MOST_OF_A_NAME = 0.75
MOST_WORDS = 120
"""Behind them a name is one of many."""


def _named(page: Page, known: Known) -> Iterator[tuple[str, Span]]:
    words = page.words
    covered = 0
    for at in range(min(len(words), MOST_WORDS)):
        if at < covered:
            continue
        for size in (each for each in known.firsts.get(words[at], ()) if at + each <= len(words)):
            record_id = known.names.get(tuple(words[at : at + size]))
            if record_id is not None and _tells(page, at, size, known, known.places[record_id]):
                covered = at + size
                yield record_id, page.place((at, at + size))
                break
        else:
            found = _joined(page, at, known)
            if found is not None:
                covered = found[1][1]
                yield found[0], page.place(found[1])
    if not covered and len(words) <= MOST_WORDS:
        yield from _by_words(page, known)


def _joined(page: Page, at: int, known: Known) -> tuple[str, Span] | None:
    """The record whose name begins here, written with other spaces."""
    words = page.words
    for end in range(at + 1, min(at + MOST_JOINED, len(words)) + 1):
        record_id = known.run_together.get("".join(words[at:end]))
        is_sure = record_id and (len("".join(words[at:end])) >= LEAST_JOINED or _is_coined(words[at:end], known))
        if record_id is not None and is_sure and known.names.get(tuple(words[at:end])) is None:
            return record_id, (at, end)
    return None


def _is_coined(words: Sequence[str], known: Known) -> bool:
    """Whether it is one word that no language has, with letters at its end or not: "ziteng", "SWOP L.A."."""
    return all(len(each) == 1 for each in words[1:]) and not known.languages.knows("".join(words))


def _tells(page: Page, at: int, size: int, known: Known, places: frozenset[str]) -> bool:
    """Whether a name found is what the text is about, and not a part of another name or an everyday word."""
    words = page.words
    name = words[at : at + size]
    if all(map(is_single, name)):
        end = page.place((at, at + size))[1]
        return size >= 3 or (places.issuperset(words[:at]) and not is_single(page.text[end : end + 1]))
    if size * 5 >= len(words) * 3:
        return True
    if size > 1 and not places.isdisjoint((*words[:at], *words[at + size :])):
        return True
    if size < 4 and not known.is_telling(name) and not (size == 1 and _is_capital(page, at)):
        return False
    if size > 1:
        return True
    if len(name[0]) > 2 and at < 4 and not places.isdisjoint(words) and _is_all_capitals(page, at):
        return True
    is_near_start = at < 4 or len(words) <= 12
    return len(name[0]) >= 4 and is_near_start and known.telling[name[0]] <= 3 and not _goes_on(page, at, places)


def _is_capital(page: Page, at: int) -> bool:
    start, _ = page.place((at, at + 1))
    return _is_all_capitals(page, at) or (at > 0 and page.text[start].isupper())


def _is_all_capitals(page: Page, at: int) -> bool:
    start, end = page.place((at, at + 1))
    return page.text[start:end].isupper()


def _goes_on(page: Page, at: int, places: Collection[str]) -> bool:
    """Whether the next word, in a capital and behind a space alone, makes it another name: "Hydra Treffpunkt", not "Hydra Berlin"."""
    if at + 1 >= len(page.words) or page.words[at + 1] in places:
        return False
    end, start = page.place((at, at + 1))[1], page.place((at + 1, at + 2))[0]
    return page.text[end:start] == " " and page.text[start].isupper() and not page.text[start : start + 2].isupper()


def _by_words(page: Page, known: Known) -> Iterator[tuple[str, Span]]:
    """The record most of whose telling words are there, in any order and with a slip."""
    said = {word: at for at, word in enumerate(page.words)}
    scores: dict[str, tuple[float, Span]] = {}
    for word, at in said.items():
        for near in (word, *_near(word, known)):
            for record_id, name in known.by_word.get(near, ()):
                held = [said.get(each, at) for each in name if each in said or each == near or _slip_of(each, said)]
                if _suffices(held, name, known, is_there=not known.places[record_id].isdisjoint(said)):
                    place = page.place((min(held), max(held) + 1))
                    scores.setdefault(record_id, (len(held) / len(name), place))
    best = sorted(scores.items(), key=lambda each: -each[1][0])[:1]
    yield from ((record_id, span) for record_id, (_, span) in best)


def _suffices(held: Sequence[int], name: frozenset[str], known: Known, *, is_there: bool) -> bool:
    """Whether the places of a name's words that were said are enough of it, and near enough to one another.

    `is_there`: a place the record covers is named too, so that everyday words may be its name.
    """
    is_most = len(held) > 1 and len(held) >= MOST_OF_A_NAME * len(name)
    is_together = max(held) - min(held) <= (2 + (len(held) == len(name))) * len(name) + 2
    is_its_own = (is_there or known.is_telling(name) or len(name) > 3) and sum(
        1 / known.telling[each] for each in name
    ) > 0.5
    return is_most and is_together and is_its_own


def _near(word: str, known: Known) -> Iterator[str]:
    if len(word) > 4 and word not in known.by_word:
        yield from (
            other
            for other in known.by_word
            if abs(len(other) - len(word)) < 2 and other[0] == word[0] and one_slip(word, other)
        )


def _slip_of(word: str, said: Collection[str]) -> bool:
    return (
        f"{word}s" in said
        or (word[-1] == "s" and len(word) > 3 and word[:-1] in said)
        or (
            len(word) > 4
            and any(other[0] == word[0] and one_slip(word, other) for other in said if abs(len(other) - len(word)) < 2)
        )
    )


def one_slip(word: str, other: str) -> bool:
    """Whether two words differ by one letter more, less, other, or two swapped."""
    start = next(
        (at for at, (one, two) in enumerate(zip(word, other, strict=False)) if one != two), min(len(word), len(other))
    )
    rest, others = word[start:], other[start:]
    return (
        rest[1:] == others[1:]
        or rest[1:] == others
        or rest == others[1:]
        or (rest[:2] == others[1::-1] and rest[2:] == others[2:])
    )


def waits(page: Page, urls: Sequence[str], waiting: Sequence[Waiting]) -> Iterator[str]:
    """Ids of waiting suggestions that say the same: the same page, or nearly the same words."""
    own = {key for url in urls if (key := _page_of(url))}
    words = set(page.words)
    for each in waiting:
        is_same_page = bool(each.url) and _page_of(each.url or "") in own
        if is_same_page or _alike(words, set(tokens(each.text))):
            yield each.id


def _alike(words: set[str], others: set[str]) -> bool:
    shared = len(words & others)
    return (shared > 0 and words == others) or (shared > 2 and shared >= MOST_OF_A_NAME * max(len(words), len(others)))
