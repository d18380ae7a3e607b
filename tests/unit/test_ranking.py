"""How well one record answers: the figures behind the order."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.words import tokens
from bot.directory.index import Index
from bot.directory.model import Area, Check, Label, Resource, Source
from bot.directory.places import Gazetteer, Reach
from bot.directory.query import Place, Query
from bot.directory.ranking import PLACE, STEP, WEIGHTS, Judge
from bot.directory.vocabulary import vocabulary

TODAY = date(2026, 11, 21)
TORONTO = Place("CA", "CA-ON", "Toronto")
BASE = Resource(
    "x", "Sample Group", "organization", "allies", {"en": "A group."}, ("legal-help",), ("all",), (Area("CA", "CA-ON", "Toronto"),),
    ("in-person",), (Source("https://example.org", "all"),),
)  # fmt: skip


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    return Gazetteer.shipped()


def asked(*topics: str, **fields: Any) -> Query:
    return Query(
        **{
            "language": "en",
            "locale": "en",
            "topics": tuple((each, 1.0) for each in topics),
            "places": (TORONTO,),
            **fields,
        }
    )


def match(query: Query, record: Resource, reach: Reach = Reach.PLACE) -> float:
    judge = Judge(Index([record], gazetteer()), query, TODAY)
    return judge.match(0, record, reach)


def better(query: Query, one: Resource, other: Resource) -> bool:
    return match(query, one) > match(query, other)


def with_(**fields: Any) -> Resource:
    return replace(BASE, **fields)


def test_all_that_was_asked_is_a_whole_match() -> None:
    query = asked("legal-help", languages=("es",), serves=("trans",), access=("phone",), text=())
    perfect = with_(languages=("es",), serves=("trans",), access=("phone",))
    assert match(query, perfect) == pytest.approx(1.0)


def test_nearer_is_worth_more() -> None:
    figures = [match(asked("legal-help"), BASE, reach) for reach in sorted(PLACE)]
    assert figures == sorted(figures)
    assert figures[-1] > figures[0]


def test_the_place_counts_more_than_any_other_question() -> None:
    assert WEIGHTS["place"] == max(WEIGHTS.values())


def test_the_need_itself_counts_more_than_a_related_one_and_that_more_than_none() -> None:
    query = asked("legal-help")
    assert better(query, with_(topics=("legal-help",)), with_(topics=("know-your-rights",)))
    assert better(query, with_(topics=("know-your-rights",)), with_(topics=("parenting",)))


def test_what_a_record_is_for_first_counts_a_little_more() -> None:
    assert better(asked("food"), with_(topics=("food", "housing")), with_(topics=("housing", "food")))


def test_both_needs_count_more_than_one() -> None:
    assert better(asked("food", "housing"), with_(topics=("food", "housing")), with_(topics=("food", "legal-help")))


def test_a_clearer_need_counts_more_than_a_hint() -> None:
    query = asked(topics=(("food", 1.0), ("housing", 0.5)))
    assert better(query, with_(topics=("food",)), with_(topics=("housing",)))


def test_whom_it_serves() -> None:
    query = asked("legal-help", serves=("trans", "migrant"))
    figures = [
        match(query, with_(serves=each))
        for each in (("trans", "migrant"), ("trans",), ("all",), ("parents",), ("men",))
    ]
    assert figures == sorted(figures, reverse=True)
    assert len(set(figures)) == 5


def test_without_an_audience_what_is_for_everybody_comes_first() -> None:
    assert better(asked("legal-help"), with_(serves=("all",)), with_(serves=("men",)))


@pytest.mark.parametrize(("wanted", "spoken"), [("es", "es"), ("zh", "yue"), ("yue", "zh"), ("cmn", "zh")])
def test_the_language_asked(wanted: str, spoken: str) -> None:
    assert better(asked("legal-help", languages=(wanted,)), with_(languages=(spoken,)), with_(languages=("en",)))


def test_a_cantonese_speaker_is_not_served_by_a_mandarin_voice() -> None:
    query = asked("legal-help", languages=("yue",))
    assert better(query, with_(languages=("yue",)), with_(languages=("cmn",)))


def test_the_language_written_counts_a_little_though_not_asked_for() -> None:
    query = asked("legal-help", language="fr", locale="fr")
    assert better(query, with_(languages=("fr",)), with_(languages=()))
    assert better(query, with_(languages=()), with_(languages=("en",)))


def test_people_come_before_paper_unless_paper_is_asked_for() -> None:
    assert better(asked("legal-help"), BASE, with_(kind="guide"))
    assert better(asked("legal-help", kinds=("guide",)), with_(kind="guide"), BASE)


def test_who_leads_can_be_asked_for() -> None:
    query = asked("legal-help", led_by=("sex-workers",))
    assert better(query, with_(led_by="sex-workers"), with_(led_by="mixed"))
    assert better(query, with_(led_by="mixed"), with_(led_by="allies"))


def test_a_wish_known_unknown_and_known_not() -> None:
    query = asked("legal-help", wishes=("free",))
    known, silent = with_(labels=(("free", Label("yes", "s")),)), BASE
    unknown, not_free = with_(labels=(("free", Label("unknown", "s")),)), with_(labels=(("free", Label("no", "s")),))
    assert better(query, known, unknown)
    assert match(query, unknown) == match(query, silent)
    assert better(query, silent, not_free)


def test_a_refusal_known_to_be_respected_counts_more_than_silence() -> None:
    query = asked("legal-help", refuses=("police-partnership",))
    assert better(query, with_(labels=(("police-partnership", Label("no", "s")),)), BASE)


def test_words_of_the_question_in_the_name_count_more_than_in_the_text() -> None:
    records = [with_(name="Night Kitchen"), with_(id="y", description={"en": "A kitchen."}), with_(id="z")]
    judge = Judge(Index(records, gazetteer()), asked("food", text=tuple(tokens("kitchen"))), TODAY)
    figures = [judge.match(at, each, Reach.PLACE) for at, each in enumerate(records)]
    assert figures[0] > figures[1] > figures[2]


def test_a_named_record_stands_above_all_others() -> None:
    assert match(asked("food", named=("x",)), with_(topics=("parenting",)), Reach.NONE) >= 0.9


def order(record: Resource, query: Query, figure: float = 0.8) -> tuple[float | int | str, ...]:
    return Judge(Index([record], gazetteer()), query, TODAY).order(record, figure)


def test_matches_within_a_step_are_equal_and_then_the_policy_decides() -> None:
    query = asked("legal-help")
    peers, allies = with_(led_by="sex-workers"), BASE
    assert order(peers, query, 0.801) < order(allies, query, 0.809)
    assert order(allies, query, 0.8 + 2 * STEP) < order(peers, query, 0.8)


def test_a_label_counts_before_who_leads_and_who_leads_before_freshness() -> None:
    query = asked("legal-help")
    checked = (Check(date(2026, 11, 1), "own-page-read", "ok"),)
    plain = with_(led_by="unknown")
    assert order(plain, query) < order(
        with_(led_by="sex-workers", cautions=("police-partnership",), checks=checked), query
    )
    assert order(with_(led_by="mixed"), query) < order(with_(checks=checked), query)
    assert order(with_(checks=checked), query) < order(BASE, query)


def test_equal_in_everything_the_id_decides_so_that_answers_repeat() -> None:
    assert order(with_(id="a"), asked("food")) < order(with_(id="b"), asked("food"))


def test_somebody_who_asks_only_for_a_place_is_led_to_peers() -> None:
    assert better(asked(), with_(topics=("peer-support",)), with_(topics=("research",)))


TOPICS = st.lists(st.sampled_from(vocabulary().topics), max_size=8, unique=True).map(tuple)
SERVES = st.lists(st.sampled_from(vocabulary().serves), max_size=4, unique=True).map(tuple)
SPOKEN = st.lists(st.sampled_from(["en", "fr", "es", "zh", "yue", "cmn", "ru"]), max_size=3, unique=True).map(tuple)
WAYS = st.lists(st.sampled_from(vocabulary().access), max_size=3, unique=True).map(tuple)


@given(
    TOPICS,
    SERVES,
    SPOKEN,
    WAYS,
    TOPICS,
    SERVES,
    SPOKEN,
    WAYS,
    st.sampled_from(sorted(Reach)),
    st.sampled_from(vocabulary().kind),
)
def test_a_match_is_a_share_of_one(
    wants: tuple[str, ...], who: tuple[str, ...], tongue: tuple[str, ...], ways: tuple[str, ...], topics: tuple[str, ...],
    serves: tuple[str, ...], languages: tuple[str, ...], access: tuple[str, ...], reach: Reach, kind: Any,
) -> None:  # fmt: skip
    query = asked(*wants, serves=who, languages=tongue, access=ways, wishes=("free",), text=("group", "nosuch"))
    record = with_(topics=topics, serves=serves, languages=languages, access=access, kind=kind)
    assert 0 <= match(query, record, reach) <= 1


def test_who_asks_for_a_group_gets_people_before_a_page() -> None:
    query = asked("peer-support", kinds=("organization",))
    group, guide = (with_(topics=("peer-support",), kind=kind) for kind in ("organization", "guide"))
    assert better(query, group, guide)


@pytest.mark.parametrize(
    ("says", "serves", "is_unfit"),
    [
        ("men", ("women", "migrant"), True),
        ("women", ("men", "lgbtq"), True),
        ("men", ("women", "men"), False),
        ("men", ("all", "women"), False),
        ("men", ("migrant",), False),
        ("trans", ("women",), False),
    ],
)
def test_a_group_only_for_women_is_no_answer_for_a_man_nor_the_other_way(
    says: str, serves: tuple[str, ...], is_unfit: bool
) -> None:
    record = with_(serves=serves)
    judge = Judge(Index([record], gazetteer()), asked("legal-help", serves=(says,)), TODAY)
    assert judge.is_unfit(record, Reach.PLACE) is is_unfit


def test_who_names_a_group_for_others_gets_it() -> None:
    record = with_(serves=("women",))
    judge = Judge(Index([record], gazetteer()), asked("legal-help", serves=("men",), named=("x",)), TODAY)
    assert not judge.is_unfit(record, Reach.PLACE)


def test_what_only_one_can_meet_is_not_answered_by_who_is_near() -> None:
    record = with_(topics=("peer-support",))
    judge = Judge(Index([record], gazetteer()), asked("harm-reduction", is_exact=True), TODAY)
    assert judge.is_unfit(record, Reach.COUNTRY)
    assert not judge.is_unfit(record, Reach.REGION)
    offering = with_(topics=("harm-reduction",))
    assert not judge.is_unfit(offering, Reach.COUNTRY)
    nothing_of_ours = Judge(Index([record], gazetteer()), asked(is_exact=True), TODAY)
    assert nothing_of_ours.is_unfit(record, Reach.PLACE)


def test_an_interpreter_is_worth_something_to_who_asks_for_a_language() -> None:
    interpreted = with_(languages=("en",), labels=(("interpreter", Label("yes", "#1")),))
    for query in (asked("legal-help", languages=("vi",)), asked("legal-help", language="vi", locale="en")):
        assert better(query, with_(languages=("vi",)), interpreted)
        assert better(query, interpreted, with_(languages=("en",)))


def test_of_a_region_what_serves_a_town_in_it_is_as_near_as_the_country() -> None:
    judge = Judge(Index([BASE], gazetteer()), asked("legal-help", places=(Place("CA", "CA-NL"),)), TODAY)
    assert judge.nearness(Reach.INSIDE) == judge.nearness(Reach.COUNTRY)
    of_a_country = Judge(Index([BASE], gazetteer()), asked("legal-help", places=(Place("CA"),)), TODAY)
    assert of_a_country.nearness(Reach.INSIDE) < of_a_country.nearness(Reach.COUNTRY)


@pytest.mark.parametrize(
    ("few", "says"),
    [
        ("strippers", {}),
        ("trans", {"topics": (("gender-affirming-care", 1.0),)}),
        ("asian", {"language": "zh"}),
        ("latinx", {"languages": ("es",)}),
    ],
)
def test_what_is_for_a_few_is_theirs_who_say_so_by_need_or_language(few: str, says: dict[str, Any]) -> None:
    few_only, women = with_(serves=(few,)), with_(serves=("women",))
    assert better(asked("legal-help"), women, few_only)
    if says:
        assert better(asked(**{"topics": (("legal-help", 1.0),), **says}), few_only, women)
