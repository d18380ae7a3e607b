"""Places as people call them: sending somebody to the wrong country is the worst the bot can do short of harm."""

from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.language import Languages
from bot.core.words import tokens
from bot.directory.places import Gazetteer, Resolved
from bot.directory.query import Place
from bot.directory.understand import Lists

MONTREAL, TORONTO = Place("CA", "CA-QC", "Montréal"), Place("CA", "CA-ON", "Toronto")
VANCOUVER, QUEBEC = Place("CA", "CA-BC", "Vancouver"), Place("CA", "CA-QC", "Québec")
LONDON_ON, LONDON_UK = Place("CA", "CA-ON", "London"), Place("GB", "GB-ENG", "London")
CANADA, ONTARIO, PROVINCE = Place("CA"), Place("CA", "CA-ON"), Place("CA", "CA-QC")
NEW_YORK = Place("US", "US-NY", "New York")


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    return Gazetteer.shipped(Languages.shipped().knows)


@lru_cache(maxsize=1)
def lists() -> Lists:
    return Lists.shipped()


def find(text: str, home: Place | None = None, language: str = "en", served: tuple[Place, ...] = ()) -> Resolved:
    return gazetteer().find(text, tokens(text), lists().locative(language), home, served.__contains__)


def places(text: str, language: str = "en") -> list[Place]:
    return list(find(text, language=language).places)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("legal help in mtl", MONTREAL),
        ("food T.O.", TORONTO),
        ("food in YVR", VANCOUVER),
        ("peers in BC", Place("CA", "CA-BC")),
        ("clinic NYC", NEW_YORK),
        ("ayuda en CDMX", Place("MX", "MX-CMX", "Ciudad de México")),
        ("DTES food", VANCOUVER),
        ("london ont drop-in", Place("CA", "CA-ON", "London")),
        ("edmonton alta food", Place("CA", "CA-AB", "Edmonton")),
        ("bay area drop-in", Place("US", "US-CA", "San Francisco Bay Area")),
    ],
)
def test_nicknames_and_short_forms(text: str, place: Place) -> None:
    assert places(text) == [place]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("food in parkdale", TORONTO),
        ("hochelaga", MONTREAL),
        ("north york legal", TORONTO),
        ("east van food", VANCOUVER),
    ],
)
def test_districts_are_in_their_city(text: str, place: Place) -> None:
    assert places(text) == [place]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("蒙特利尔 法律", MONTREAL),
        ("多倫多 性病检测", TORONTO),
        ("温哥华", VANCOUVER),
        ("abogado en Nueva York", NEW_YORK),
        ("юрист в Торонто", TORONTO),
        ("서울에서", Place("KR", None, "Seoul")),
        ("東京", Place("JP", "JP-13", "Tokyo")),
        ("กรุงเทพ", Place("TH", None, "Bangkok")),
        ("Nouvelle-Écosse", Place("CA", "CA-NS")),
        ("Columbia Británica", Place("CA", "CA-BC")),
    ],
)
def test_other_languages_and_scripts(text: str, place: Place) -> None:
    assert places(text) == [place]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("montreal", MONTREAL),
        ("ＭＯＮＴＲＥＡＬ", MONTREAL),
        ("MONTRÉAL", MONTREAL),
        ("food in ｖａｎｃｏｕｖｅｒ", VANCOUVER),
        ("sao paulo", Place("BR", "BR-SP", "São Paulo")),
        ("kobenhavn", Place("DK", None, "København")),
    ],
)
def test_capitals_width_and_accents_do_not_matter(text: str, place: Place) -> None:
    assert places(text) == [place]


@pytest.mark.parametrize("text", ["Київ", "у Києві", "з Києва", "Киев", "в Киеве"])
def test_kyiv_in_every_case_and_both_languages(text: str) -> None:
    assert places(text, "uk") == [Place("UA", None, "Kyiv")]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("помощь в Варшаве", "PL"),
        ("допомога у Варшаві", "PL"),
        ("из Алматы", "KZ"),
        ("в Москве", "RU"),
        ("в Канаде", "CA"),
        ("у Канаді", "CA"),
        ("в Германии", "DE"),
        ("в Берлине", "DE"),
        ("в Праге", "CZ"),
    ],
)
def test_slavic_cases(text: str, country: str) -> None:
    assert [place.country for place in places(text, "ru")] == [country]


@pytest.mark.parametrize(
    ("text", "place", "language"),
    [
        ("smoking kits in victoria (canada one not australia)", Place("CA", "CA-BC", "Victoria"), "en"),
        ("moved to toronto from lagos last week", TORONTO, "en"),
        ("soy de mexico, vivo en vancouver", VANCOUVER, "es"),
        ("je viens du mali, je suis à montréal", MONTREAL, "fr"),
        ("我从香港来，人在多伦多", TORONTO, "zh"),
    ],
)
def test_a_place_that_is_not_meant_or_only_come_from_is_left_out(text: str, place: Place, language: str) -> None:
    assert places(text, language) == [place]


def test_who_comes_from_a_place_and_names_no_other_is_there() -> None:
    assert places("from toronto, need food") == [TORONTO]
    assert len(places("driving from seattle down to portland oregon")) == 2


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("i moved here from brazil and need a doctor", "en"), ("originally from Lagos, who speaks yoruba", "en"),
        ("je suis arrivée du Mali il y a un mois, un médecin ?", "fr"), ("vine de Colombia hace un mes, busco médico", "es"),
        ("刚从香港来 想找医生", "zh"),
    ],
)  # fmt: skip
def test_who_has_come_from_a_place_is_not_there(text: str, language: str) -> None:
    assert places(text, language) == []


@pytest.mark.parametrize("text", ["just moved up from montreal, toronto now", "a client from montreal, im in toronto"])
def test_of_two_places_the_one_left_behind_is_not_meant(text: str) -> None:
    assert places(text) == [TORONTO]


def test_london_alone_is_asked_about() -> None:
    found = find("peer support in london", served=(LONDON_ON,))
    assert found.places == ()
    assert set(found.unclear) >= {LONDON_ON, LONDON_UK}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("london ontario", LONDON_ON),
        ("London, ON", LONDON_ON),
        ("london in canada", LONDON_ON),
        ("london uk", LONDON_UK),
        ("london, england", LONDON_UK),
        ("伦敦 英国", LONDON_UK),
    ],
)
def test_london_is_told_apart_by_what_stands_beside_it(text: str, place: Place) -> None:
    assert places(text) == [place]


@pytest.mark.parametrize(
    ("home", "place"),
    [(ONTARIO, LONDON_ON), (CANADA, LONDON_ON), (Place("GB"), LONDON_UK), (Place("GB", "GB-ENG"), LONDON_UK)],
)
def test_london_is_told_apart_by_home(home: Place, place: Place) -> None:
    assert find("peer support in london", home, served=(LONDON_ON,)).places == (place,)


@pytest.mark.parametrize(
    ("text", "place"), [("Paris, Ontario", ONTARIO), ("Paris Ontario", ONTARIO), ("Berlin, Ontario", ONTARIO)]
)
def test_a_town_named_with_its_province_is_never_abroad(text: str, place: Place) -> None:
    found = find(text)
    assert {each.country for each in found.places} == {place.country}


@pytest.mark.parametrize(
    ("text", "place", "language"),
    [
        ("aide juridique à Québec", QUEBEC, "fr"),
        ("legal help in Quebec City", QUEBEC, "en"),
        ("ville de Québec", QUEBEC, "fr"),
        ("aide juridique au Québec", PROVINCE, "fr"),
        ("legal help in Quebec", PROVINCE, "en"),
        ("la province de Québec", PROVINCE, "fr"),
        ("somewhere in ontario", ONTARIO, "en"),
        ("Ontario", ONTARIO, "en"),
        ("new york", NEW_YORK, "en"),
        ("upstate new york", Place("US", "US-NY"), "en"),
    ],
)
def test_a_city_and_the_region_of_its_name(text: str, place: Place, language: str) -> None:
    assert places(text, language) == [place]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("that is nice of you", "en"),
        ("i was reading about it", "en"),
        ("orange juice and a bath", "en"),
        ("he is a mobile worker", "en"),
        ("il y a des gens", "fr"),
        ("on va la voir", "fr"),
        ("je suis de nuit", "fr"),
        ("or maybe in me", "en"),
        ("la casa de mi madre", "es"),
        ("no se que hacer", "es"),
        ("santé sexuelle", "fr"),
        ("ok thanks", "en"),
        ("hi can you help me", "en"),
        ("turkey sandwich", "en"),
    ],
)
def test_words_that_are_also_places_are_words(text: str, language: str) -> None:
    found = find(text, language=language)
    assert (found.places, found.unclear) == ((), ())


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("i am in Nice", Place("FR", "FR-PAC", "Nice")),
        ("I live in Reading, UK", Place("GB", "GB-ENG", "Reading")),
        ("clinic in reading england", Place("GB", "GB-ENG", "Reading")),
        ("help in hamilton ON", Place("CA", "CA-ON", "Hamilton")),
    ],
)
def test_a_town_with_a_clue_is_a_town(text: str, place: Place) -> None:
    assert places(text) == [place]


@pytest.mark.parametrize(
    "text", ["i moved to canada", "i came from Lebanon to canada", "welcome to Ontario", "going to ontario soon"]
)
def test_the_word_to_before_a_country_is_not_toronto(text: str) -> None:
    assert TORONTO not in places(text)


def test_an_office_tells_where_somebody_is() -> None:
    assert places("CRA letter about my income") == [CANADA]
    assert places("SPVM arrested my friend") == [MONTREAL]


def test_the_smaller_of_two_places_is_meant() -> None:
    assert places("toronto, ontario, canada") == [TORONTO]


def test_two_places_are_two_places() -> None:
    assert set(places("from vancouver to montreal")) == {VANCOUVER, MONTREAL}


def test_georgia_is_asked_about_and_told_apart() -> None:
    assert {place.country for place in find("legal help Georgia").unclear} == {"GE", "US"}
    assert places("Georgia, USA") == [Place("US", "US-GA")]


def test_a_large_region_of_the_world() -> None:
    assert places("support in Africa") == [Place("*", None, "Africa")]
    assert places("ayuda en américa latina", "es")[0].country == "*"


def test_codes_are_read_and_what_is_none_is_none() -> None:
    assert gazetteer().parse(" ca-on ") == ONTARIO
    assert gazetteer().parse("GB") == Place("GB")
    assert [gazetteer().parse(each) for each in ("XX", "CA-ZZ", "", "Canada", "C", "-")] == [None] * 6


def test_places_are_shown_in_the_language_of_the_reader() -> None:
    assert gazetteer().name(CANADA, "zh") == "加拿大"
    assert gazetteer().name(Place("DE"), "es") == "Alemania"
    assert gazetteer().name(TORONTO, "fr") == "Toronto"


@given(st.text())
def test_any_text_may_be_asked_for_places(text: str) -> None:
    found = find(text)
    assert not (found.places and found.unclear)
    assert all(0 <= at < len(tokens(text)) for at in found.taken)


@pytest.mark.parametrize(
    ("text", "place", "language"),
    [
        ("dartmouth food bank", Place("CA", "CA-NS", "Halifax"), "en"),
        ("quito prueba de vih", Place("EC", None, "Quito"), "es"),
        ("uk report a bad punter", Place("GB"), "en"),
        ("bc hiv test", Place("CA", "CA-BC"), "en"),
        ("food bank usa", Place("US"), "en"),
        ("奥克兰 安全套", Place("NZ", "NZ-AUK", "Auckland"), "zh"),
        ("adwokat w Krakowie", Place("PL", None, "Kraków"), "pl"),
    ],
)
def test_a_place_first_or_last_among_keywords_is_one(text: str, place: Place, language: str) -> None:
    speaks = Languages.shipped().speaks
    found = gazetteer().find(
        text, tokens(text), lists().locative(language), is_word=lambda word: speaks(language, word)
    )
    assert found.places == (place,) or place in found.unclear


@pytest.mark.parametrize("text", ["nice clinic near me", "night van", "dartmouth"])
def test_a_common_word_at_the_edge_stays_one(text: str) -> None:
    assert places(text) == []


def test_a_doubtful_name_at_the_edge_gives_way_to_a_sure_place() -> None:
    assert places("argentine trans à Paris", "fr") == [Place("FR", "FR-IDF", "Paris")]


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("no, quise decir san jose costa rica, no california", "es", Place("CR", None, "San José")),
        ("london, the one in ontario not the one in england", "en", LONDON_ON),
        ("newcastle nsw rather than newcastle uk", "en", Place("AU", "AU-NSW", "Newcastle")),
        ("victoria pas celle d'australie, en colombie-britannique", "fr", Place("CA", "CA-BC", "Victoria")),
        ("hamilton not nz, ontario", "en", Place("CA", "CA-ON", "Hamilton")),
        ("moved from leeds to bristol", "en", Place("GB", "GB-ENG", "Bristol")),
        ("je suis plus à paris, je suis à lyon", "fr", Place("FR", "FR-ARA", "Lyon")),
        ("no toronto food bank", "en", TORONTO),
        ("coletivo no rio", "pt", Place("BR", "BR-RJ", "Rio de Janeiro")),
        ("food in chicago's loop", "en", Place("US", "US-IL", "Chicago")),
        ("support in st john's", "en", Place("CA", "CA-NL", "St. John's")),
        ("shelter in slave lake", "en", Place("CA", "CA-AB", "Slave Lake")),
        ("卡城 聚会", "zh", Place("CA", "CA-AB", "Calgary")),
    ],
)
def test_a_place_denied_corrected_or_left_is_not_meant(text: str, language: str, place: Place) -> None:
    assert places(text, language) == [place]


def test_a_common_word_alone_is_no_place_beside_another() -> None:
    assert places("whitehorse, sexual health nurse, van") == [Place("CA", "CA-YT", "Whitehorse")]
    assert places("law student, van") == [Place("CA", "CA-BC", "Vancouver")]
