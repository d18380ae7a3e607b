"""Which records answer, and what is said of those that do not: `policy.md` §3, sentence by sentence."""

import random
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.directory.index import Index
from bot.directory.model import Area, Check, Label, PartialDate, Resource, Source
from bot.directory.places import Gazetteer, Reach
from bot.directory.query import Found, Place, Query, Reason
from bot.directory.search import find

TODAY = date(2026, 11, 21)
BASE = Resource(
    "x", "Sample Group", "organization", "allies", {"en": "A group."}, ("legal-help",), ("all",), (Area("CA", "CA-ON", "Toronto"),),
    ("in-person",), (Source("https://example.org", "all"),), as_of=PartialDate(2026),
)  # fmt: skip
TORONTO, MONTREAL = Place("CA", "CA-ON", "Toronto"), Place("CA", "CA-QC", "Montréal")
AREAS = (
    Area("*"), Area("*", None, "Africa"), Area("CA"), Area("CA", "CA-ON"), Area("CA", "CA-ON", "Toronto"), Area("CA", "CA-QC"),
    Area("CA", "CA-QC", "Montréal"), Area("US"), Area("US", "US-NY", "New York"), Area("KE"), Area("GB", "GB-ENG", "London"),
)  # fmt: skip
PLACES = (
    TORONTO,
    MONTREAL,
    Place("CA"),
    Place("CA", "CA-ON"),
    Place("US"),
    Place("KE"),
    Place("*", None, "Africa"),
    Place("TH"),
)
AGAINST = ("exit-focused", "police-partnership", "conflates-sex-work-and-trafficking")
LED = ("sex-workers", "mixed", "allies", "public-body", "unknown")


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    return Gazetteer.shipped()


def record(id_: str, **fields: Any) -> Resource:
    return replace(BASE, id=id_, **fields)


def asked(*topics: str, places: tuple[Place, ...] = (TORONTO,), **fields: Any) -> Query:
    weighed = tuple((topic, 1.0) for topic in topics or ("legal-help",))
    return Query("en", "en", topics=weighed, places=places, **fields)


def answer(query: Query, *records: Resource, limit: int = 5, offset: int = 0) -> Found:
    return find(Index(records, gazetteer()), query, TODAY, limit, offset)


def ids(found: Found) -> list[str]:
    return [match.resource.id for match in found.matches]


def reasons(found: Found, at: int = 0) -> dict[str, tuple[str, ...]]:
    return {reason.kind: reason.values for reason in found.matches[at].reasons}


def test_the_place_asked_never_gets_a_service_of_another_place() -> None:
    found = answer(
        asked(), record("mtl", coverage=(Area("CA", "CA-QC", "Montréal"),)), record("us", coverage=(Area("US"),))
    )
    assert ids(found) == []
    assert found.nothing_local


def test_not_even_when_it_is_named_or_holds_every_word() -> None:
    other = record("mtl", name="Toronto Legal Lamp", coverage=(Area("CA", "CA-QC"),), description={"en": "Legal help."})
    assert ids(answer(asked(named=("mtl",), text=("lamp", "legal")), other)) == []


def test_national_and_worldwide_fill_the_gap_and_the_gap_is_told() -> None:
    found = answer(asked(), record("world", coverage=(Area("*"),)), record("national", coverage=(Area("CA"),)))
    assert ids(found) == ["national", "world"]
    assert found.nothing_local


@pytest.mark.parametrize("area", [Area("CA", "CA-ON", "Toronto"), Area("CA", "CA-ON")])
def test_something_closer_than_the_country_is_local(area: Area) -> None:
    """`Found.nothing_local`: no match covers the place asked more closely than its country."""
    assert not answer(asked(), record("near", coverage=(area,))).nothing_local


def test_nearer_comes_first() -> None:
    records = [
        record(f"r{at}", coverage=(area,))
        for at, area in enumerate((Area("*"), Area("CA"), Area("CA", "CA-ON"), Area("CA", "CA-ON", "Toronto")))
    ]
    assert ids(answer(asked(), *records)) == ["r3", "r2", "r1", "r0"]


def test_a_suburb_gets_what_its_city_has() -> None:
    found = answer(asked(places=(Place("CA", "CA-ON", "Scarborough"),)), BASE)
    assert ids(found) == ["x"]
    assert not found.nothing_local
    assert reasons(found)["covers"] == ("Toronto",)


def test_who_asks_about_a_region_gets_its_towns_and_who_asks_about_a_continent_its_countries() -> None:
    assert ids(answer(asked(places=(Place("CA", "CA-ON"),)), BASE)) == ["x"]
    africa = (Place("*", None, "Africa"),)
    records = record("ke", coverage=(Area("KE"),)), record("af", coverage=(Area("*", None, "Africa"),)), BASE
    assert set(ids(answer(asked(places=africa), *records))) == {"ke", "af"}
    assert ids(answer(asked(places=(Place("KE"),)), *records)) == ["ke", "af"]


def test_without_a_place_only_worldwide_online_and_named_records_answer() -> None:
    records = (
        BASE, record("world", coverage=(Area("*"),)), record("web", coverage=(Area("US"),), access=("online",)),
        record("us", coverage=(Area("US"),)),
    )  # fmt: skip
    assert set(ids(answer(asked(places=()), *records))) == {"world", "web"}
    assert not answer(asked(places=()), *records).nothing_local


def test_without_a_place_a_named_group_brings_no_others_of_its_town() -> None:
    records = record("lamp"), record("neighbour"), record("world", coverage=(Area("*"),))
    found = answer(asked(places=(), named=("lamp",)), *records)
    assert ids(found)[0] == "lamp"
    assert "neighbour" not in ids(found)


def test_home_stands_in_for_a_place_but_hides_no_group_that_is_named() -> None:
    far = record("far", coverage=(Area("US"),))
    query = asked(named=("far",), place_is_home=True)
    assert set(ids(answer(query, far, BASE))) == {"far", "x"}
    assert ids(answer(replace(query, named=()), far, BASE)) == ["x"]


def test_while_a_place_is_unclear_nothing_local_to_either_is_shown() -> None:
    unclear = (Place("CA", "CA-ON", "London"), Place("GB", "GB-ENG", "London"))
    records = (
        record("uk", coverage=(Area("GB"),)),
        record("on", coverage=(Area("CA"),)),
        record("world", coverage=(Area("*"),)),
    )
    assert ids(answer(asked(places=(), unclear=unclear), *records)) == ["world"]


def test_at_equal_match_sex_workers_lead_then_mixed_allies_public_bodies_unknown() -> None:
    records = [record(f"r{at}", led_by=led) for at, led in enumerate(LED)]
    for _ in range(5):
        random.Random(3).shuffle(records)
        assert [match.resource.led_by for match in answer(asked(), *records).matches] == list(LED)


@pytest.mark.parametrize("caution", AGAINST)
def test_a_labelled_record_never_stands_before_an_unlabelled_one_of_equal_match(caution: str) -> None:
    labelled = record("a", led_by="sex-workers", cautions=(caution,))
    assert ids(answer(asked(), labelled, record("b", led_by="unknown"))) == ["b", "a"]


@pytest.mark.parametrize("label", ["exit-focused", "police-partnership"])
def test_a_label_with_yes_counts_like_its_caution(label: str) -> None:
    """`vocabulary.yaml`: a caution equals its label with yes."""
    labelled = record("a", led_by="sex-workers", labels=((label, Label("yes", "https://example.org")),))
    assert ids(answer(asked(), labelled, record("b", led_by="unknown"))) == ["b", "a"]


def test_not_even_for_somebody_who_wants_to_leave() -> None:
    labelled = record("a", led_by="sex-workers", topics=("leaving-the-industry",), cautions=("exit-focused",))
    unlabelled = record("b", led_by="unknown", topics=("leaving-the-industry",))
    assert ids(answer(asked("leaving-the-industry"), labelled, unlabelled)) == ["b", "a"]


@pytest.mark.parametrize("topic", ["leaving-the-industry", "trafficking-support"])
def test_leaving_and_trafficking_records_stand_aside_unless_asked(topic: str) -> None:
    aside = record("a", led_by="sex-workers", topics=("legal-help", topic))
    other = record("b", led_by="unknown")
    assert ids(answer(asked(), aside, other)) == ["b", "a"]
    assert ids(answer(asked("legal-help", topic), aside, other))[0] == "a"


@pytest.mark.parametrize("topic", ["leaving-the-industry", "trafficking-support"])
def test_what_only_offers_that_is_no_answer_to_another_need(topic: str) -> None:
    aside = record("a", led_by="sex-workers", topics=(topic,), serves=("migrant",))
    found = answer(asked(serves=("migrant",)), aside, record("b", coverage=(Area("CA"),)))
    assert ids(found)[0] == "b"


def test_many_equal_records_hide_no_group_led_by_sex_workers() -> None:
    """However many allies answer equally well, and wherever in the file they stand."""
    crowd = [record(f"ally-{at:03}") for at in range(60)]
    assert ids(answer(asked(), *crowd, record("peers", led_by="sex-workers")))[0] == "peers"


def test_many_labelled_records_hide_no_unlabelled_one() -> None:
    crowd = [record(f"police-{at:03}", cautions=("police-partnership",)) for at in range(20)]
    assert ids(answer(asked(), *crowd, record("peers")))[0] == "peers"


def test_a_checked_record_comes_first_at_equal_match() -> None:
    fresh = record("z", checks=(Check(date(2026, 11, 1), "own-page-read", "ok"),))
    late = record("y", checks=(Check(date(2025, 12, 20), "own-page-read", "ok"),))
    assert ids(answer(asked(), record("a", as_of=None), record("b"), late, fresh)) == ["z", "b", "y", "a"]


def test_who_leads_counts_before_how_fresh() -> None:
    fresh = record("a", checks=(Check(date(2026, 11, 1), "own-page-read", "ok"),))
    assert ids(answer(asked(), fresh, record("b", led_by="sex-workers", as_of=None))) == ["b", "a"]


def test_a_fund_for_groups_is_not_for_a_person() -> None:
    fund = record("fund", kind="fund", topics=("emergency-funds",), cautions=("grants-to-groups-only",))
    person = record("person", topics=("emergency-funds",))
    assert ids(answer(asked("emergency-funds"), fund, person)) == ["person"]
    assert "fund" in ids(answer(asked("emergency-funds", kinds=("fund", "organization")), fund, person))
    assert ids(answer(asked("emergency-funds", named=("fund",)), fund))[0] == "fund"


@pytest.mark.parametrize(
    "refused", ["police-partnership", "faith-based", "id-required", "exit-focused", "mandatory-reporting"]
)
def test_what_is_refused_drops_out(refused: str) -> None:
    known, unknown = record("known", cautions=(refused,)), record("unknown")
    no = record("no", labels=((refused, Label("no", "https://example.org")),))
    yes = record("yes", labels=((refused, Label("yes", "https://example.org")),))
    found = answer(asked(refuses=(refused,)), known, unknown, no, yes)
    assert ids(found) == ["no", "unknown"]
    assert reasons(found, 0)["refuse"] == (refused,)
    assert reasons(found, 1)["unknown"] == (refused,)


def test_a_line_that_may_send_police_is_refused_by_its_caution() -> None:
    assert (
        ids(answer(asked(refuses=("sends-police",)), record("line", cautions=("may-involve-emergency-services",))))
        == []
    )


def test_when_all_who_offer_it_are_refused_nothing_is_known_for_it() -> None:
    police = record("police", cautions=("police-partnership",))
    found = answer(asked(refuses=("police-partnership",)), police, record("food", topics=("food",)))
    assert "police" not in ids(found)
    assert ("topic", "legal-help") in found.nothing_for


def test_wishes_known_come_before_unknown_and_before_known_not() -> None:
    def free(value: Any) -> Resource:
        return record(f"free-{value}", labels=(("free", Label(value, "https://example.org")),))

    found = answer(asked(wishes=("free",)), free("no"), record("silent"), free("unknown"), free("yes"))
    assert ids(found)[0] == "free-yes"
    assert ids(found)[-1] == "free-no"
    assert reasons(found)["wish"] == ("free",)
    assert [reasons(found, at).get("unknown") for at in (1, 2)] == [("free",)] * 2


def test_a_wish_nobody_is_known_to_grant_is_said() -> None:
    """`Found.nothing_for` names ("wish", "free")."""
    assert ("wish", "free") in answer(asked(wishes=("free",)), BASE).nothing_for


def test_every_result_says_why_it_is_there() -> None:
    one = record(
        "one",
        led_by="sex-workers",
        languages=("es", "yue"),
        serves=("trans", "migrant"),
        access=("phone",),
        topics=("food", "legal-help"),
    )
    query = asked("legal-help", "housing", serves=("trans",), languages=("zh", "es"), access=("phone",), named=("one",))
    assert answer(query, one).matches[0].reasons == (
        Reason("named"), Reason("covers", ("Toronto",)), Reason("topic", ("legal-help",)), Reason("serves", ("trans",)),
        Reason("language", ("yue", "es")), Reason("access", ("phone",)), Reason("led-by", ("sex-workers",)),
    )  # fmt: skip


def test_the_covered_area_named_is_the_one_that_answers() -> None:
    both = record("both", coverage=(Area("CA", "CA-QC"), Area("CA", "CA-ON"), Area("US")))
    assert reasons(answer(asked(), both))["covers"] == ("CA-ON",)
    assert reasons(answer(asked(), record("w", coverage=(Area("*"),))))["covers"] == ("*",)


def test_what_nothing_in_reach_offers_is_said() -> None:
    away = record("away", coverage=(Area("US"),), topics=("housing",), languages=("es",), serves=("men",))
    found = answer(asked("legal-help", "housing", languages=("es",), serves=("men",)), BASE, away)
    assert set(found.nothing_for) == {("topic", "housing"), ("serves", "men"), ("language", "es")}


def test_a_need_and_a_language_that_are_known_only_apart_are_said() -> None:
    one, other = record("one", languages=("en",)), record("other", topics=("food",), languages=("es",))
    found = answer(asked(languages=("es",)), one, other)
    assert found.nothing_for == ()
    assert found.together == (("legal-help", "es"),)
    assert answer(asked("food", languages=("es",)), one, other).together == ()


def test_whoever_asks_for_chinese_is_served_by_a_cantonese_voice() -> None:
    assert answer(asked(languages=("zh",)), record("one", languages=("yue",))).nothing_for == ()


def test_the_named_come_first() -> None:
    found = answer(
        asked("food", named=("named",)), record("food", topics=("food",), led_by="sex-workers"), record("named")
    )
    assert ids(found) == ["named", "food"]


def test_an_empty_directory_is_an_empty_answer() -> None:
    found = answer(asked())
    assert (found.matches, found.total) == ((), 0)
    assert ("topic", "legal-help") in found.nothing_for


def crowd(seed: int, count: int) -> list[Resource]:
    dice = random.Random(seed)
    topics = ("legal-help", "food", "know-your-rights", "peer-support", "leaving-the-industry", "trafficking-support")
    return [
        record(
            f"r{at:02}",
            led_by=dice.choice(LED),
            topics=tuple(dice.sample(topics, dice.randint(1, 3))),
            coverage=tuple(dice.sample(AREAS, dice.randint(1, 2))),
            cautions=tuple(dice.sample((*AGAINST, "faith-based"), dice.choice((0, 0, 1)))),
            serves=tuple(dice.sample(("all", "trans", "migrant"), 1)),
            languages=tuple(dice.sample(("en", "es", "fr"), dice.randint(0, 2))),
            description={"en": dice.choice(("A red lamp.", "A warm kitchen.", "Rights."))},
            as_of=dice.choice((None, PartialDate(2026), PartialDate(2020))),
        )
        for at in range(count)
    ]


QUERIES = st.builds(
    asked,
    st.sampled_from(["legal-help", "food", "peer-support", "trafficking-support"]),
    places=st.lists(st.sampled_from(PLACES), max_size=2, unique=True).map(tuple),
    serves=st.sampled_from([(), ("trans",)]),
    languages=st.sampled_from([(), ("es",)]),
    refuses=st.sampled_from([(), ("police-partnership", "faith-based")]),
    wishes=st.sampled_from([(), ("free",)]),
    named=st.sampled_from([(), ("r01",)]),
    text=st.sampled_from([(), ("lamp",), ("kitchen", "nosuch")]),
)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), QUERIES)
def test_whoever_asks_whatever_is_shown_covers_the_place_and_is_not_refused(seed: int, query: Query) -> None:
    found = answer(query, *crowd(seed, 40), limit=40)
    for match in found.matches:
        assert 0 <= match.score <= 1
        assert match.reasons
        reaches = [gazetteer().reach(area, place) for area in match.resource.coverage for place in query.places]
        assert not query.places or max(reaches) > Reach.NONE
        assert match.resource.id in query.named or not set(query.refuses) & set(match.resource.cautions)
    assert len(set(ids(found))) == len(found.matches) == found.total


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), QUERIES, st.integers(1, 7))
def test_page_after_page_shows_every_record_once_and_in_one_order(seed: int, query: Query, size: int) -> None:
    records = crowd(seed, 60)
    whole = answer(query, *records, limit=100)
    pages = [each for at in range(0, whole.total, size) for each in ids(answer(query, *records, limit=size, offset=at))]
    assert len(pages) == len(set(pages))
    assert pages == ids(whole)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), QUERIES)
def test_the_order_in_the_file_does_not_matter(seed: int, query: Query) -> None:
    records = crowd(seed, 30)
    assert ids(answer(query, *records)) == ids(answer(query, *reversed(records)))
