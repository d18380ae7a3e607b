"""Records, reasons and urgent cards as a person reads them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

import pytest

from bot.core.reply import Block, Bullets, Card, Heading, Link, Notice, Paragraph, Span
from bot.directory.cards import Cards
from bot.directory.index import Index
from bot.directory.load import load
from bot.directory.model import Area, Check, Contact, Label, PartialDate, Resource, Source
from bot.directory.places import Gazetteer
from bot.directory.query import Match, Place, Query, Reason
from bot.directory.search import find
from bot.directory.snapshot import packaged_file
from bot.text.messages import LOCALES, Messages
from bot.urgent import last_good
from bot.urgent.cards import Situation, UrgentCards, emergency_number
from bot.urgent.contacts import Contacts
from bot.urgent.offers import offers
from bot.urgent.rules import BOUNDARY, URGENT

TODAY = date(2026, 11, 21)
GROUP = Resource(
    "night-kitchen",
    "Night Kitchen",
    "organization",
    "sex-workers",
    {"en": "Food at night."},
    ("food", "legal-help"),
    ("all",),
    (Area("CA", "CA-QC", "Montréal"),),
    ("in-person",),
    (Source("https://example.org/about", "what it does", PartialDate(2023, 5)),),
    languages=("fr", "en"),
    contact=Contact(url="https://example.org", phone="+15145550123"),
    as_of=PartialDate(2023, 5),
)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    return Gazetteer.shipped()


@lru_cache(maxsize=1)
def directory() -> tuple[Resource, ...]:
    return load(packaged_file(), TODAY).records


@lru_cache(maxsize=1)
def index() -> Index:
    return Index(directory(), gazetteer())


def cards() -> Cards:
    return Cards(Messages.shipped(strict=True), gazetteer())


def text_of(blocks: tuple[Block, ...]) -> str:
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[str]:
    def flat(spans: tuple[Span, ...]) -> str:
        return "".join(span.url if isinstance(span, Link) else span for span in spans)

    match block:
        case Heading(text) | Notice(text):
            yield text
        case Paragraph(spans):
            yield flat(spans)
        case Bullets(items):
            yield from map(flat, items)
        case Card():
            yield block.title
            yield from map(flat, block.lines)
            yield from block.cautions


def brief(record: Resource, *reasons: Reason, locale: str = "en") -> str:
    return text_of((cards().brief(Match(record, 0.8, reasons), locale, TODAY),))


def test_a_result_says_why_it_is_there_and_how_fresh_it_is() -> None:
    said = brief(
        GROUP, Reason("covers", ("Montréal",)), Reason("topic", ("legal-help",)), Reason("led-by", ("sex-workers",))
    )
    assert "Why: covers Montréal · legal help · by and for sex workers" in said
    age = "not yet checked here; last seen in a public source in 2023; nobody knows how old the phone number is"
    assert f"How fresh: {age}" in said
    assert "Phone: +15145550123" in said
    assert "https://example.org" in said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (None, "not yet checked here; last seen in a public source in 2023"),
        ((2026, 10), "checked October 2026"),
        ((2026, 3), "checked March 2026, check due"),
        ((2025, 3), "not checked since March 2025"),
    ],
)
def test_the_freshness_line_is_the_policys(days: tuple[int, int] | None, said: str) -> None:
    checks = () if days is None else (Check(date(*days, 1), "own-page-read", "ok"),)
    record = replace(GROUP, checks=checks, contact=Contact(url="https://example.org"))
    assert cards().freshness(record, "en", TODAY) == said


def test_a_source_without_a_date_says_so() -> None:
    record = replace(GROUP, as_of=None, contact=Contact())
    assert cards().freshness(record, "en", TODAY) == "not yet checked here; date of source unknown"


def test_a_description_in_another_language_says_which() -> None:
    assert "Seulement en anglais : Food at night." in brief(GROUP, locale="fr")
    assert "Comida de noche." in brief(
        replace(GROUP, description={"en": "Food.", "es": "Comida de noche."}), locale="es"
    )
    assert "Only in German: Essen." in brief(replace(GROUP, description={"de": "Essen."}))


def test_what_is_not_known_shows_no_heading() -> None:
    said = brief(replace(GROUP, contact=Contact(), languages=(), cautions=()))
    assert all(word not in said for word in ("Phone", "Web", "Languages", "Hours", "Good to know"))


def test_cautions_and_labels_are_said_in_words() -> None:
    record = replace(GROUP, cautions=("police-partnership",), labels=(("free", Label("yes", "https://example.org")),))
    assert "Good to know: works with police" in brief(record)
    whole = text_of(cards().whole(record, "en", TODAY))
    assert "Known: free, not known whether it sends police" in whole
    assert "what it does (May 2023): https://example.org/about" in whole


@pytest.mark.parametrize("locale", LOCALES)
def test_every_record_can_be_read_whole_in_every_language(locale: str) -> None:
    for record in directory():
        said = text_of(cards().whole(record, locale, TODAY))
        assert record.name in said
        assert "{" not in said


def test_every_reason_has_words() -> None:
    reasons = (
        Reason("named"),
        Reason("covers", ("*",)),
        Reason("covers", ("CA",)),
        Reason("covers", ("CA-ON",)),
        Reason("serves", ("trans",)),
        Reason("language", ("es", "yue")),
        Reason("access", ("phone",)),
        Reason("wish", ("free",)),
        Reason("refuse", ("police-partnership",)),
        Reason("unknown", ("open-at-night",)),
    )
    assert cards().reasons(Match(GROUP, 1.0, reasons), "en") == [
        "you named it",
        "works worldwide",
        "covers Canada",
        "covers Ontario",
        "for trans people",
        "speaks Spanish, Cantonese",
        "by phone",
        "free",
        "does not work with police",
        "not known whether it is open at night",
    ]


def urgent(
    kind: str, urgency: str = "now", places: tuple[Place, ...] = (), locale: str = "en", **asked: object
) -> tuple[str, list[str]]:
    query = Query(language=locale, locale=locale, places=places, **asked)  # type: ignore[arg-type]
    card = UrgentCards(Messages.shipped(strict=True), cards()).write(Situation(kind, urgency), query, index(), TODAY)
    return text_of(card.blocks), [match.resource.id for match in card.contacts]


CANADA, TORONTO = Place("CA"), Place("CA", "CA-ON", "Toronto")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", [*URGENT, *BOUNDARY])
def test_every_class_has_a_card_that_covers_the_place(kind: str, locale: str) -> None:
    for places in ((), (CANADA,), (TORONTO,), (Place("MX"),), (Place("TH"),)):
        said, ids = urgent(kind, "now", places, locale)
        assert len(ids) <= 3
        assert said
        records = [index().records[index().by_id[each]] for each in ids]
        reach = gazetteer().reach
        assert all(any(reach(area, place) for area in record.coverage) for record in records for place in places)
        if not places:
            assert all(Area("*") in record.coverage for record in records)


def test_an_overdose_in_toronto_gets_the_line_that_stays_and_the_number_with_its_price() -> None:
    said, ids = urgent("overdose", "now", (TORONTO,))
    assert ids[0] == "nors"
    assert said.startswith("Check the breathing.")
    assert "A choice: 911 is the emergency number (Canada). Police may come too." in said
    assert "I contact nobody" in said


def test_lines_that_may_send_police_come_after_those_that_do_not() -> None:
    _, ids = urgent("suicide", "soon", (Place("US"),))
    assert ids.index("swop-community-support-line") < ids.index("988-lifeline-us")
    said, _ = urgent("suicide", "soon", (Place("US"),))
    assert "may send police or an ambulance without being asked" in said


def test_somebody_under_eighteen_gets_the_line_for_young_people_first() -> None:
    assert urgent("minor", "none", (TORONTO,))[1][0] == "kids-help-phone"


def test_their_own_need_comes_first_and_the_help_for_the_situation_stays() -> None:
    _, ids = urgent("violence", "soon", (Place("CA", "CA-QC", "Montréal"),), topics=(("sexual-assault", 1.0),))
    assert "info-aide-violence-sexuelle" in ids


def test_a_raid_shows_the_dated_rights_card_first_or_says_there_is_none() -> None:
    assert urgent("police-raid", "now", (TORONTO,))[0].startswith(
        "A rights card for Toronto, general information from 2015:"
    )
    assert "I have no rights card for this place." in urgent("police-raid", "now", (Place("JP"),))[0]


def test_without_a_place_the_card_says_how_to_get_contacts() -> None:
    said, ids = urgent("overdose", "now")
    assert ids == []
    assert "Tell me the country or region" in said
    assert "the emergency number where you are" in said


def test_who_looks_for_workers_is_shown_no_place_where_they_are() -> None:
    for place in (TORONTO, CANADA):
        _, ids = urgent("find-person", "none", (place,))
        records = [index().records[index().by_id[each]] for each in ids]
        assert all(
            record.contact.address is None and all(area.place is None for area in record.coverage) for record in records
        )
    assert urgent("buyer", "none", (TORONTO,))[1] == []


def test_a_checked_contact_comes_before_an_unchecked_one() -> None:
    records = tuple(
        replace(each, checks=(Check(date(2026, 11, 1), "called-or-messaged", "ok"),))
        if each.id == "sheltersafe"
        else each
        for each in directory()
    )
    query = Query(language="en", locale="en", places=(CANADA,))
    chosen = Contacts(Index(records, gazetteer()), TODAY).choose(offers()["violence"], query)
    assert chosen[0].resource.id == "sheltersafe"


def test_where_no_step_has_a_contact_the_peers_of_the_place_stand_on_the_card() -> None:
    query = Query("es", "es", places=(Place("AR", "AR-X", "Córdoba"),))
    chosen = {kind: Contacts(index(), TODAY).choose(offers()[kind], query) for kind in ("violence", "journalist")}
    assert "ammar-argentina" in [match.resource.id for match in chosen["violence"]]
    assert "ammar-argentina" not in [match.resource.id for match in chosen["journalist"]]


def test_once_it_is_over_what_they_asked_for_decides_between_contacts() -> None:
    vancouver = Place("CA", "CA-BC", "Vancouver")
    query = Query(
        "en", "en", topics=(("sexual-assault", 1.0),), places=(vancouver,), text=("hospital", "accompaniment")
    )
    now, soon = (
        Contacts(index(), TODAY).choose(offers()["violence"], query, is_now=each)[0].resource for each in (True, False)
    )
    assert now.kind == "helpline"
    assert soon.id == find(index(), query, TODAY).matches[0].resource.id


def test_emergency_numbers_are_those_of_the_table() -> None:
    assert [emergency_number(country) for country in ("CA", "FR", "NO", "ZZ")] == ["911", "112", "113", None]


def test_the_last_good_contacts_are_records_of_the_directory() -> None:
    """When this fails, the directory has changed: `python -m bot.urgent.last_good`, and read what changed."""
    kept = load(last_good.path(), TODAY)
    assert kept.faults == []
    known = {record.id: replace(record, line=0) for record in directory()}
    assert [replace(record, line=0) for record in kept.records] == [known[record.id] for record in kept.records]


@pytest.mark.parametrize("kind", URGENT)
def test_without_a_directory_the_cards_still_have_contacts_for_canada(kind: str) -> None:
    spare = Index(load(last_good.path(), TODAY).records, gazetteer())
    card = UrgentCards(Messages.shipped(strict=True), cards()).write(
        Situation(kind, "now"), Query("en", "en", places=(CANADA,)), spare, TODAY
    )
    assert card.contacts


def test_with_nothing_at_all_a_card_still_says_what_can_be_done() -> None:
    card = UrgentCards(Messages.shipped(strict=True), cards()).write(
        Situation("overdose", "now"), Query("en", "en", places=(CANADA,)), Index((), gazetteer()), TODAY
    )
    said = text_of(card.blocks)
    assert said.startswith("Check the breathing.")
    assert "I know of no contact that covers Canada for this." in said
