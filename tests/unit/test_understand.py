"""What a person asks for, read out of her own words."""

from dataclasses import replace
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.language import LOCALES, Languages
from bot.directory.model import Area, Resource, Source
from bot.directory.names import Names
from bot.directory.places import Gazetteer
from bot.directory.query import Place, Query
from bot.directory.understand import SECTIONS, Lists, Understanding
from bot.directory.vocabulary import vocabulary

TORONTO, MONTREAL = Place("CA", "CA-ON", "Toronto"), Place("CA", "CA-QC", "Montréal")
LONDON_ON = Place("CA", "CA-ON", "London")
BASE = Resource(
    "red-lamp", "Red Lamp Collective", "organization", "sex-workers", {"en": "A group."}, ("peer-support",), ("all",),
    (Area("CA", "CA-ON", "London"),), ("in-person",), (Source("https://example.org", "all"),),
)  # fmt: skip
RECORDS = (BASE, replace(BASE, id="lune", name="La Lune", coverage=(Area("CA", "CA-QC"),)))


@lru_cache(maxsize=1)
def understanding() -> Understanding:
    return understanding_of(*RECORDS)


def understanding_of(*records: Resource) -> Understanding:
    """As a directory of these records understands, which serves London, Ontario."""
    languages = Languages.shipped()
    names = Names(records, languages.knows)
    return Understanding(
        Lists.shipped(), languages, Gazetteer.shipped(languages.knows), names, LONDON_ON.__eq__, {"naloxone"}
    )


def understand(text: str, home: Place | None = None, locale: str | None = None) -> Query:
    return understanding().understand(text, home, locale)


def topics(text: str) -> list[str]:
    return [topic for topic, _ in understand(text).topics]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("i need a lawyer", "legal-help"),
        ("where can i get food", "food"),
        ("std test", "sexual-health"),
        ("shelter tonight", "housing"),
        ("narcan training kit", "overdose"),
        ("bad date list", "bad-date-reporting"),
        ("besoin d'aide juridique", "legal-help"),
        ("dépistage its", "sexual-health"),
        ("necesito un abogado", "legal-help"),
        ("comida", "food"),
        ("性病检测", "sexual-health"),
        ("需要律師", "legal-help"),
        ("preciso de advogado", "legal-help"),
        ("нужен адвокат", "legal-help"),
        ("변호사가 필요해요", "legal-help"),
        ("i want to leave the industry", "leaving-the-industry"),
    ],
)
def test_a_need_is_heard_in_many_words_and_languages(text: str, topic: str) -> None:
    assert topic in topics(text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("i need a lawywer", "legal-help"),
        ("houssing help", "housing"),
        ("NEED A LAWYER", "legal-help"),
        ("ｌａｗｙｅｒ", "legal-help"),
    ],
)
def test_slips_capitals_and_width_do_not_matter(text: str, topic: str) -> None:
    assert topic in topics(text)


def test_typing_errors_in_places_are_mended() -> None:
    assert understand("food in vancuver").places == (Place("CA", "CA-BC", "Vancouver"),)
    assert understand("food in montrael").places == (MONTREAL,)


@pytest.mark.parametrize("text", ["somewhere safe to sleep", "i have nothing to eat", "cant pay my rent"])
def test_a_need_in_other_words_is_heard_too(text: str) -> None:
    assert topics(text)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("no cops please, i need housing", "police-partnership"),
        ("without police", "police-partnership"),
        ("sans police", "police-partnership"),
        ("sin policía", "police-partnership"),
        ("不要警察", "police-partnership"),
        ("not church", "faith-based"),
        ("nothing religious", "faith-based"),
        ("no ID needed", "id-required"),
        ("i have no id", "id-required"),
        ("a doctor but no anti-trafficking orgs", "exit-focused"),
        ("un médecin, pas d'asso anti-traite", "exit-focused"),
        ("médico, sin organizaciones antitrata", "exit-focused"),
        ("医生 不要反人口贩卖组织", "exit-focused"),
        ("sans papiers d'identité", "id-required"),
    ],
)
def test_what_is_refused_is_heard(text: str, refused: str) -> None:
    assert refused in understand(text).refuses


def test_a_refusal_is_no_question_about_what_is_refused() -> None:
    query = understand("no cops, i need housing")
    assert [topic for topic, _ in query.topics] == ["housing"]
    query = understand("a doctor but no anti-trafficking orgs")
    assert [topic for topic, _ in query.topics] == ["health"]
    assert query.serves == query.kinds == ()


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("open at night", "open-at-night"),
        ("at 3am", "open-at-night"),
        ("free clinic", "free"),
        ("gratuit", "free"),
        ("gratis", "free"),
        ("免费", "free"),
        ("anonymous testing", "anonymous"),
        ("wheelchair access", "wheelchair"),
    ],
)
def test_a_wish_is_heard(text: str, wished: str) -> None:
    assert wished in understand(text).wishes


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("online only", "online"),
        ("only online please", "online"),
        ("a number to call", "phone"),
        ("can i text them", "text"),
    ],
)
def test_how_she_wants_to_be_helped_is_heard(text: str, way: str) -> None:
    assert way in understand(text).access


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("lawyer who speaks spanish", "es"),
        ("avocat qui parle chinois", "zh"),
        ("abogado en inglés", "en"),
        ("讲西班牙语的律师", "es"),
    ],
)
def test_the_language_of_help_is_heard(text: str, language: str) -> None:
    assert language in understand(text).languages


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("i am trans", "trans"),
        ("for men", "men"),
        ("migrante sin papeles", "migrant"),
        ("je suis autochtone", "indigenous"),
        ("stripper", "strippers"),
    ],
)
def test_who_she_is_is_heard(text: str, audience: str) -> None:
    assert audience in understand(text).serves


def test_the_example_of_the_issue() -> None:
    query = understand("je suis a mtl sans papiers, besoin d'aide juridique en espagnol")
    assert (query.language, query.locale) == ("fr", "fr")
    assert query.places == (MONTREAL,)
    assert query.topics[0] == ("legal-help", 1.0)
    assert query.languages == ("es",)
    assert "migrant" in query.serves


def test_the_answer_is_in_the_language_of_the_message_or_the_one_chosen() -> None:
    assert understand("necesito comida").locale == "es"
    assert understand("necesito comida", locale="fr").locale == "fr"
    assert understand("나는 변호사가 필요해요").locale == "en"
    assert understand("necesito comida", locale="xx").locale == "es"


def test_no_country_is_guessed_from_a_language() -> None:
    for text in ("necesito ayuda legal", "我需要律师", "j'ai besoin d'une avocate", "мені потрібна допомога"):
        assert understand(text).places == ()


def test_home_is_assumed_only_where_no_place_is_named() -> None:
    home = Place("CA", "CA-ON")
    assumed, named = understand("food", home), understand("food in montreal", home)
    assert (assumed.places, assumed.place_is_home) == ((home,), True)
    assert (named.places, named.place_is_home) == ((MONTREAL,), False)
    assert not understand("food").place_is_home


def test_a_place_that_is_open_is_asked_about_and_home_is_not_taken_for_it() -> None:
    query = understand("peer support in london", Place("MX"))
    assert query.places == ()
    assert not query.place_is_home
    assert LONDON_ON in query.unclear


def test_a_group_that_is_named_settles_which_london() -> None:
    query = understand("red lamp collective in london")
    assert query.named == ("red-lamp",)
    assert query.places == (LONDON_ON,)
    assert query.unclear == ()


def test_a_denial_is_no_question() -> None:
    assert "crisis" not in topics("not a crisis, i need housing")


def test_two_phrases_for_one_topic_do_not_weigh_more_than_one_whole() -> None:
    assert all(0 < weight <= 1 for _, weight in understand("lawyer legal aid legal help law rights court").topics)


def test_one_word_of_another_language_is_not_taken_for_its_own() -> None:
    assert "food" in topics("du pain et un repas")
    assert understand("once upon a time").topics == ()


def test_every_word_of_the_lists_is_a_controlled_word() -> None:
    known = vocabulary()
    allowed = {
        "topics": set(known.topics), "hints": set(known.topics), "serves": set(known.serves), "access": set(known.access),
        "wishes": set(known.labels), "refuses": set(known.labels), "kinds": set(known.kind), "led": set(known.led_by),
    }  # fmt: skip
    for phrase, (section, key), language in Lists.shipped().book.phrases():
        assert section in SECTIONS
        assert key in allowed.get(section, {key}), (phrase, language)


@given(st.text())
def test_any_text_is_understood_somehow(text: str) -> None:
    query = understand(text)
    assert query.locale in LOCALES
    assert not (query.places and query.unclear)
    assert set(query.topics) <= {
        (topic, weight) for topic, weight in query.topics if topic in vocabulary().topics and 0 < weight <= 1
    }


@given(
    st.lists(
        st.sampled_from(
            "no cops free mtl london lawyer i am trans 15 online 律师 à Québec to canada not a crisis".split()
        ),
        max_size=12,
    )
)
def test_any_order_of_meaningful_words_is_understood(words: list[str]) -> None:
    query = understand(" ".join(words))
    assert query.place_is_home is False
    assert len(set(query.places)) == len(query.places)


def test_what_somebody_says_of_themself_hides_nothing_of_it() -> None:
    assert {"black", "trans", "women"} <= set(understand("black trans girl needs housing").serves)


def test_a_place_that_only_stands_in_the_name_of_a_group_elsewhere_is_none() -> None:
    clinic = understanding_of(replace(BASE, name="Lyon-Martin Clinic"))
    assert clinic.understand("is lyon martin clinic open").places == ()
    assert clinic.understand("a clinic in lyon").places == (Place("FR", "FR-ARA", "Lyon"),)


@pytest.mark.parametrize(
    ("text", "is_exact"),
    [
        ("plumber in hamilton", True), ("salle de conso à marseille", True), ("comedor en quito", True), ("多伦多开锁", True),
        ("needles in hamilton", False), ("une avocate à marseille", False),
    ],
)  # fmt: skip
def test_what_only_who_offers_it_can_meet_is_known(text: str, is_exact: bool) -> None:
    assert understand(text).is_exact is is_exact


def test_a_man_is_asking_only_if_the_message_says_so() -> None:
    assert "men" not in understand("y a un gars qui nous vole").serves
    assert "men" not in understand("un hombre me amenaza").serves
    assert "men" not in understand("有个男人跟踪我").serves
    assert "men" in understand("je suis un gars").serves
    assert "men" in understand("soy hombre y trabajo en la calle").serves
    assert "men" in understand("我是男的，做按摩").serves


def test_a_language_asked_for_does_not_hide_what_is_asked_of_who_speaks_it() -> None:
    query = understand("a lawyer who speaks thai")
    assert "legal-help" in dict(query.topics)
    assert query.languages == ("th",)


def test_a_town_whose_name_is_a_word_is_no_typing_error_and_counts_before_its_country() -> None:
    assert understand("bergen norway anything for us").places == (Place("NO", None, "Bergen"),)


def test_an_expired_visa_is_a_need_and_a_refusal() -> None:
    query = understand("lawyer in montreal, my visa expired")
    assert "immigration" in dict(query.topics)
    assert "status-required" in query.refuses
