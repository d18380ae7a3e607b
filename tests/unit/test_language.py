"""The language of a message, which decides the language of the answer."""

from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.language import LOCALES, Languages, locale_of
from bot.core.words import tokens


@lru_cache(maxsize=1)
def languages() -> Languages:
    return Languages.shipped()


def language(text: str) -> str:
    return languages().detect(text, tokens(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("where can i get food in vancouver", "en"),
        ("my friend is not breathing", "en"),
        ("je cherche une avocate à Montréal", "fr"),
        ("jai besoin daide pour mon loyer", "fr"),
        ("necesito ayuda con mi alquiler", "es"),
        ("¿dónde hay una clínica?", "es"),
        ("我在多伦多，需要律师", "zh"),
        ("我需要律師 in toronto", "zh"),
        ("preciso de ajuda, não tenho documentos", "pt"),
        ("мне нужна помощь в Торонто", "ru"),
        ("мені потрібна допомога, я з України", "uk"),
        ("tôi cần giúp đỡ ở Toronto", "vi"),
        ("나는 변호사가 필요해요", "ko"),
        ("弁護士を探しています", "ja"),
        ("ต้องการความช่วยเหลือ", "th"),
        ("मुझे मदद चाहिए", "hi"),
        ("ich brauche hilfe, bin in Berlin", "de"),
        ("ho bisogno di un avvocato a Roma", "it"),
        ("أحتاج إلى محام", "ar"),
    ],
)
def test_a_sentence_is_heard_in_its_language(text: str, expected: str) -> None:
    assert language(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "legal help",
        "help me",
        "legal help in toronto",
        "legal help in mtl",
        "help in hamilton",
        "georgia usa",
        "peers near me",
    ],
)
def test_three_plain_english_words_are_english(text: str) -> None:
    assert language(text) == "en"


@pytest.mark.parametrize("text", ["", "💀", "12345", "zzqqxx", "!!!", "mtl"])
def test_where_nothing_tells_it_is_english(text: str) -> None:
    assert language(text) == "en"


def test_a_chinese_word_or_two_in_an_english_sentence_do_not_change_it() -> None:
    assert language("my friend from 广东 needs a lawyer here in toronto now") == "en"


def test_the_bot_answers_in_what_it_writes_else_in_english() -> None:
    assert [locale_of(each) for each in ("en", "fr", "es", "zh", "ko", "xx")] == ["en", "fr", "es", "zh", "en", "en"]


def test_everyday_words_say_nothing_and_needs_do() -> None:
    assert languages().is_everyday("the", "fr")
    assert languages().is_everyday("avec", "fr")
    assert not languages().is_everyday("lawyer", "en")
    assert languages().speaks("es", "para")
    assert not languages().knows("zzqqxx")


@given(st.text())
def test_every_text_has_a_language_and_a_locale(text: str) -> None:
    found = language(text)
    assert 2 <= len(found) <= 3
    assert locale_of(found) in LOCALES
