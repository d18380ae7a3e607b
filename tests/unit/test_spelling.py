"""Typing errors are mended towards what the bot listens for, and towards nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.spelling import LEAST, Speller

HEARD = frozenset({"shelter", "naloxone", "toronto", "lawyer", "housing", "адвокат", "chum"})


def speller(*known: str) -> Speller:
    return Speller([HEARD, frozenset({"montreal"})], lambda word: word in known)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("shleter", "shelter"),
        ("sheltr", "shelter"),
        ("sheltter", "shelter"),
        ("shekter", "shelter"),
        ("montrael", "montreal"),
        ("адвокта", "адвокат"),
        ("nalxone", "naloxone"),
    ],
)
def test_one_slip_is_mended(typed: str, meant: str) -> None:
    assert speller().mend([typed]) == [meant]


@pytest.mark.parametrize("word", ["shelter", "shelters", "shltr", "chun", "zzzzzz", "12345", "店", ""])
def test_what_is_right_short_or_far_away_is_left(word: str) -> None:
    assert speller().mend([word]) == [word]


def test_a_word_people_use_is_no_slip() -> None:
    assert speller("lawyel", "houses").mend(["lawyel", "housins"]) == ["lawyel", "housing"]


def test_the_first_letter_is_seldom_missed() -> None:
    made = Speller([frozenset({"batch", "catch"})], lambda _: False)
    assert made.mend(["batcj"]) == ["batch"]
    assert made.mend(["catcj"]) == ["catch"]


def test_order_and_number_of_words_stay() -> None:
    assert speller().mend(["a", "lawyr", "in", "torronto"]) == ["a", "lawyer", "in", "toronto"]


@given(st.lists(st.text(max_size=20)))
def test_mending_leaves_known_words_and_gives_only_heard_ones(words: list[str]) -> None:
    for before, after in zip(words, speller().mend(words), strict=True):
        assert after == before or after in HEARD | {"montreal"}


@given(st.sampled_from(sorted(word for word in HEARD if len(word) > LEAST)), st.data())
def test_a_letter_left_out_is_found_again(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    assert speller().mend([word[:at] + word[at + 1 :]]) == [word]
