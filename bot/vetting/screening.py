"""What a curator should look at in a suggestion before it is kept: personal data, spam, rescue organizations, phishing, doubles, links.

Pure: the same words get the same flags. Nothing is decided, fetched or looked up (`policy.md` §5, `security.md` rows 7, 9, 10).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from bot.core.language import Languages
from bot.core.lists import Span
from bot.vetting import links, mails, numbers, papers, people, streets
from bot.vetting.doubles import Known, Waiting, doubled, waits
from bot.vetting.links import Link
from bot.vetting.owners import Owners
from bot.vetting.page import Page
from bot.vetting.signals import PERSONAL, PHISHING, Signals

Kind = Literal["personal-data", "spam-or-solicitation", "rescue-organization", "phishing", "duplicate"]
DUPLICATE = "duplicate"
CLOSELY = 4000
"""Characters looked at closely: the longest text a form of Discord takes (API docs, Text Input)."""
MOST_LINKS, MOST_FLAGS = 100, 200
HEAD = 2000
"""So many characters tell the language of a text."""

__all__ = ["Flag", "Known", "Link", "Screening", "Waiting", "screen"]


@dataclass(frozen=True, slots=True)
class Flag:
    """`words` stand from `start` up to, not including, `end` of the text of the `Screening`, or are the link field (then both are None).

    `of` is the id of the record or waiting suggestion it doubles, or the name a link passes for. `why` is for moderators.
    """

    kind: str
    what: str
    words: str = field(repr=False)
    start: int | None
    end: int | None
    of: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Screening:
    """`text` is the suggestion cleaned of control, bidirectional and zero-width characters; places of flags are places in it.

    `cleaned` is `text` with links in their clean form and links that are refused made harmless.
    """

    text: str = field(repr=False)
    flags: tuple[Flag, ...]
    links: tuple[Link, ...]
    cleaned: str = field(repr=False)


@cache
def _languages() -> Languages:
    return Languages.shipped()


def _language(page: Page) -> str:
    """The main language; the head of a long text tells it as well as the whole."""
    return _languages().detect(page.prose[:HEAD], page.words[:HEAD])


@cache
def _signals() -> Signals:
    return Signals.shipped()


def screen(text: str, url: str | None = None, *, known: Known, waiting: Sequence[Waiting] = ()) -> Screening:
    """Flags and links of a suggestion. Never raises.

    `url` is a link that stands beside the words, as in the files of `python -m bot screen`; the bot's own forms ask for link, name or words in one
    field, so there it stands in `text`.
    Linear in the length of `text`: what lies behind the first `CLOSELY` characters is searched for links, numbers and addresses alone.
    """
    whole = Page.of(text)
    link_places = list(links.places(whole.plain))
    judged = _judged([whole.text[start:end] for start, end in link_places], known)
    given = _judged([url.strip()] if url and url.strip() else [], known)
    bare = whole.without(each for each in link_places if not links.is_contact(whole.plain[each[0] : each[1]]))
    page = bare.head(CLOSELY)
    look = _Look(page, known, has_link=bool(given or judged))
    flags = [
        *look.flags(),
        *look.flags_of_link(url.strip() if url else ""),
        *_behind(bare, len(page.text)),
        *_link_flags(judged, link_places),
        *_link_flags(given, [None] * len(given)),
        *_doubles(look, [each.url for each in (*given, *judged)][:MOST_LINKS], known, waiting),
    ]
    return Screening(whole.text, tuple(_once(flags)), (*given, *judged), _with_links(whole.text, link_places, judged))


def _judged(urls: Sequence[str], known: Known) -> list[Link]:
    """The verdicts; a list of more links than a suggestion needs is refused from there on."""
    first = [links.judge(each, known.hosts) for each in urls[:MOST_LINKS]]
    return first + [Link(each, "refuse", links.harmless(each), "too-many") for each in urls[MOST_LINKS:]]


def _behind(page: Page, start: int) -> Iterator[Flag]:
    """Numbers and mail addresses in what is not looked at closely, whoever they belong to."""
    if start >= len(page.text):
        return
    rest = page.without([(0, start)])
    found = [("card", each) for each in numbers.cards(rest)]
    found += [("id", each) for each in papers.shaped(rest)]
    found += [("email", each) for each, _, _ in mails.written(rest) if each[0] >= start]
    found += [("phone", each) for each in numbers.in_digits(rest)]
    yield from (
        Flag(PERSONAL, what, page.text[each[0] : each[1]], *each, why=_WHY[what]) for what, each in found[:MOST_FLAGS]
    )


def as_json(screening: Screening) -> dict[str, object]:
    """The object `python -m bot screen` prints for a suggestion; words are there once, exactly as they are marked."""
    flags = [
        {"kind": flag.kind, "what": flag.what, "words": flag.words} | ({} if flag.of is None else {"of": flag.of})
        for flag in screening.flags
    ]
    return {
        "flags": flags,
        "links": [{"url": link.url, "verdict": link.verdict, "shown": link.shown} for link in screening.links],
    }


class _Look:
    """One look at one page."""

    def __init__(self, page: Page, known: Known, *, has_link: bool) -> None:
        self._known = known
        self._mails = list(mails.mails(page))
        self.page = page = page.without(place for place, _, _ in self._mails)
        self._cards = list(numbers.cards(page))
        self._papers = [each for each in papers.papers(page) if not _overlaps(each, self._cards)]
        self._plates = [each for each in papers.plates(page) if not _overlaps(each, self._papers)]
        self._births = list(papers.births(page))
        taken = [*self._cards, *self._papers, *self._plates, *self._births]
        self.phones = [each for each in numbers.phones(page) if not _overlaps(each, taken)]
        self._streets = list(streets.streets(page))
        self._homes = list(streets.homes(page))
        self.spans = _signals().find(page, _language(page))
        no_person = [*self._streets, *people.bodies(page)]
        self._add("name", [each for each in people.names(page) if not _overlaps(each, no_person)])
        self._add("full-name", [each for each in people.full_names(page) if not _overlaps(each, no_person)])
        self._add("maybe-name", people.maybe_names(page))
        self._add("listed-name", [each for each in people.listed_names(page) if not _overlaps(each, no_person)])
        self._add("first-name", people.first_names(page))
        self._add("street", self._streets)
        self._add("phone", self.phones)
        if has_link:
            self.spans["link"] = [(0, len(page.words))]
        self._add("handle", people.handles(page))
        self._add("price", numbers.prices(page))
        self._add("money", numbers.money(page))
        self._add("service", people.bodies(page))
        self._owners = Owners(page, self.spans)

    def _add(self, signal: str, places: Iterator[Span] | Sequence[Span]) -> None:
        found = [self.page.words_at(each) for each in places]
        if found:
            self.spans[signal] = [*self.spans.get(signal, ()), *found]

    def flags(self) -> Iterator[Flag]:
        """Everything that is in the words themselves."""
        for what, places in (
            ("card", self._cards),
            ("id", self._papers),
            ("plate", self._plates),
            ("birth", self._births),
        ):
            yield from (self._flag(PERSONAL, what, each, _WHY[what]) for each in places)
        for place in self.phones:
            number = self.page.plain[place[0] : place[1]]
            if self._known.is_reached_by(number):
                continue
            if self._owners.is_persons(place, is_free=numbers.is_free(number), is_mobile=numbers.is_mobile(number)):
                yield self._flag(PERSONAL, "phone", place, _WHY["phone"])
        for place, local, host in self._mails:
            if self._known.is_reached_by(f"{local}@{host}"):
                continue
            if mails.is_persons(local) or self._owners.is_persons(place, is_free=mails.is_role(local)):
                yield self._flag(PERSONAL, "email", place, _WHY["email"])
        for place in self._streets:
            if self._owners.is_persons(place, is_free="event" in self.spans):
                yield self._flag(PERSONAL, "address", place, _WHY["address"])
        yield from (
            self._flag(PERSONAL, "address", each, _WHY["home"]) for each in self._homes if self._owners.is_persons(each)
        )
        yield from self._by_rules()

    def flags_of_link(self, url: str) -> Iterator[Flag]:
        """A number or mail address in the place of a link (tel:, mailto:, wa.me), unless the words speak of a service."""
        if links.is_contact(url) and "service" not in self.spans:
            what = "email" if "@" in url else "phone"
            yield Flag(PERSONAL, what, url, None, None, why=_WHY[what])

    def _by_rules(self) -> Iterator[Flag]:
        for rule in _signals().rules:
            marked = rule.marked(self.spans, self.page.stretch)
            if marked is not None:
                start, end = min(each[0] for each in marked), max(each[1] for each in marked)
                yield self._flag(rule.kind, rule.what, self.page.place((start, end)), rule.why)

    def _flag(self, kind: str, what: str, place: Span, why: str) -> Flag:
        return Flag(kind, what, self.page.text[place[0] : place[1]], *place, why=why)


_WHY = {
    "card": "the number of a card or account",
    "id": "the number of a paper of a person",
    "plate": "the plate of a vehicle",
    "birth": "a day of birth",
    "phone": "a number, and nothing says that a service answers it",
    "email": "a mail address, and nothing says that it is a service's own",
    "address": "an address, and nothing says that it is a service's own",
    "home": "where somebody lives",
    "lookalike": "the link passes for another site",
    "shortener": "the link hides where it leads",
    "download": "the link is a file that may be a program",
    "redirect": "the link leads on to another site",
    "secret": "the link carries a password or key",
    "scheme": "this is no web address",
    "not-a-link": "this is no address that can be opened",
    "credentials": "a name or password stands in the address",
    "machine": "the address is the number of a machine",
    "too-many": "a list of links and no suggestion",
    "not-public": "the address is not one of the public web",
}


def _link_flags(judged: Sequence[Link], places: Sequence[Span | None]) -> Iterator[Flag]:
    for link, place in list(zip(judged, places, strict=True))[: MOST_LINKS + 1]:
        if link.verdict in ("warn", "refuse") and link.what in _WHY:
            start, end = place or (None, None)
            yield Flag(PHISHING, link.what, link.url, start, end, link.of, _WHY[link.what])


def _doubles(look: _Look, urls: Sequence[str], known: Known, waiting: Sequence[Waiting]) -> Iterator[Flag]:
    page = look.page
    for record_id, place in doubled(page, urls, look.phones, known):
        if place is None:
            yield Flag(DUPLICATE, "record", next(iter(urls), ""), None, None, record_id, "the directory has this page")
        else:
            yield Flag(
                DUPLICATE,
                "record",
                page.text[place[0] : place[1]],
                *place,
                record_id,
                "the directory has this name or number",
            )
    for waiting_id in waits(page, urls, waiting):
        yield Flag(
            DUPLICATE, "waiting", page.text, 0, len(page.text), waiting_id, "a suggestion that waits says the same"
        )


def _once(flags: Sequence[Flag]) -> Iterator[Flag]:
    """Each thing once: of flags of one kind and meaning that overlap, the first."""
    kept: list[Flag] = []
    for flag in flags:
        is_said = any(
            (each.kind, each.what, each.of) == (flag.kind, flag.what, flag.of)
            and (
                each.start is None
                or flag.start is None
                or _overlaps((flag.start, flag.end or 0), [(each.start, each.end or 0)])
            )
            for each in kept[-20:]
        )
        if not is_said:
            kept.append(flag)
            yield flag


def _with_links(text: str, places: Sequence[Span], judged: Sequence[Link]) -> str:
    parts: list[str] = []
    at = 0
    for (start, end), link in zip(places, judged, strict=True):
        parts += (text[at:start], link.shown)
        at = end
    return "".join((*parts, text[at:]))


def _overlaps(place: Span, others: Sequence[Span]) -> bool:
    return any(start < place[1] and place[0] < end for start, end in others)
