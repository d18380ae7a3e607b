"""Words are cut and compared the way people read them, whatever they typed."""

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.words import clean, fold, is_single, sentence_ends, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MONTRÉAL", "montreal"),
        ("ｌｅｇａｌ　ｈｅｌｐ", "legal help"),
        ("蒙特婁的律師", "蒙特娄的律师"),
        ("heeeelp meeee", "help me"),
        ("don't", "dont"),
        ("don’t", "don't"),
        ("l’aide", "l aide"),
        ("qu'est-ce", "qu est-ce"),
        ("œuvre", "oeuvre"),
        ("Łódź", "lodz"),
        ("straße", "strasse"),
        ("he\u200blp", "help"),
        ("e\u0301cole", "école"),
        ("Ёлка", "елка"),
    ],
)
def test_spellings_people_do_not_tell_apart_are_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_two_letters_that_belong_together_stay() -> None:
    assert fold("cool bookkeeper") == "cool bookkeeper"


def test_web_and_mail_addresses_are_no_words() -> None:
    assert tokens("write me@example.org or see https://example.org/food?x=1 or www.example.org please") == [
        "write",
        "or",
        "see",
        "or",
        "please",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("help! 911, now", ["help", "911", "now"]),
        ("我要律师", ["我", "要", "律", "师"]),
        ("help律师now", ["help", "律", "师", "now"]),
        ("C'est à 20h", ["c", "est", "a", "20", "h"]),
        ("💀🔥", []),
        ("", []),
        ("under_score", ["under", "score"]),
    ],
)
def test_a_text_is_cut_into_its_words(text: str, found: list[str]) -> None:
    assert tokens(text) == found


@pytest.mark.parametrize("text", ["ช่วยด้วย", "도와줘", "たすけて", "ជួយ", "ကူညီ"])
def test_scripts_without_spaces_become_single_characters(text: str) -> None:
    assert len(tokens(text)) > 1
    assert all(map(is_single, tokens(text)))


def test_a_word_in_letters_is_not_single() -> None:
    assert not any(map(is_single, ["a", "я", "12", "ab", ""]))


def test_marks_of_indic_and_arabic_scripts_stay_in_their_words() -> None:
    assert tokens("मुझे मदद") == ["मुझे", "मदद"]
    assert tokens("محامي في تورونتو") == ["محامي", "في", "تورونتو"]


def test_what_cannot_be_seen_is_cleaned_away() -> None:
    assert clean(" a\u202eb\u0000c\r\nd\u200e ") == "abc  d"


@given(st.text())
def test_any_text_is_cut_into_words_without_spaces(text: str) -> None:
    for token in tokens(text):
        assert token
        assert not any(char.isspace() for char in token)


@given(st.text())
def test_any_text_is_cleaned_once_and_for_all(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in clean(text))


@given(st.text())
@example("ｗｗｗ．example.org")
@example("me＠example.org")
@example("\uf9e7")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_capitals_and_full_width_never_matter(before: str, after: str) -> None:
    text = f"{before} Legal Help {after}"
    assert tokens(text) == tokens(f"{before} ＬＥＧＡＬ ｈｅｌｐ {after}")


@pytest.mark.parametrize(
    "text", ["ab" * 15_000, "a@" * 1_000, "www." * 5_000, "l'" * 15_000, "a" * 30_000, "律" * 30_000]
)
def test_no_text_takes_long(text: str) -> None:
    """A line that somebody pastes, by mistake or to stop the bot, costs no more than its length."""
    started = time.perf_counter()
    tokens(text)
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("he is back. who can help? now", (3, 6, 7)),
        ("no stop here", (3,)),
        ("see example.org today", (4,)),
        ("他回来了。谁能帮我", (4, 8)),
        ("", (0,)),
    ],
)
def test_sentences_end_at_stops(text: str, ends: tuple[int, ...]) -> None:
    assert sentence_ends(text, tokens(text)) == ends
