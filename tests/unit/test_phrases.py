"""Phrases as a moderator writes them: every sign of the small language, and what is said of one that cannot be read."""

import time
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.patterns import PhraseError
from bot.core.phrases import Hit, PhraseBook, outermost
from bot.core.words import tokens

GROUPS = {"police": ["cop*", "police", "the (rcmp|feds)"], "kin": ["(sister|brother)", "my mom"]}


def book(*phrases: str, groups: Mapping[str, Sequence[str]] = GROUPS) -> PhraseBook[str]:
    made: PhraseBook[str] = PhraseBook()
    for phrase in phrases:
        made.add(phrase, phrase, "en", groups)
    return made


def finds(phrase: str, text: str) -> bool:
    return bool(book(phrase).find(tokens(text)))


@pytest.mark.parametrize(
    ("phrase", "fits", "differs"),
    [
        ("legal aid", "I need LEGAL aid", "legal first aid"),
        ("aide à domicile", "une aide a domicile", "aide domicile"),
        ("immigr*", "immigration papers", "emigration papers"),
        ("(my|her) ex", "it was her ex", "it was the ex"),
        ("(my|) ex", "ex", "exam"),
        ("call (the cops|an ambulance) now", "call an ambulance now", "call an now"),
        ("<police> came", "the feds came", "the friends came"),
        ("no <police>", "no coppers", "no way"),
        ("took .. pills", "took all of her pills", "took one two three four pills"),
        ("took ..8 pills", "took one two three four five six seven eight pills", "took a b c d e f g h i pills"),
        ("aged #10-17", "aged 15", "aged 18"),
        ("#10-17 years", "i am 17 years", "9 years"),
        ("^hi $", "Hi!", "hi there"),
        ("^help", "help please", "please help"),
        ("thanks $", "many thanks", "thanks a lot"),
        ("律师", "我要律师", "我要律"),
        ("吃 .. 药", "吃了很多很多药", "吃了很多很多很多很多药"),
        ("律師", "律师", "医师"),
    ],
)
def test_a_phrase_means_what_the_page_of_signs_says(phrase: str, fits: str, differs: str) -> None:
    assert finds(phrase, fits)
    assert not finds(phrase, differs)


def test_a_hit_says_where_it_stands_and_whose_list_it_is() -> None:
    made: PhraseBook[str] = PhraseBook()
    made.add("legal aid", "legal-help", "en")
    assert made.find(tokens("i want legal aid now")) == [Hit("legal-help", "en", 2, 4)]


def test_a_number_too_long_to_be_an_age_is_none() -> None:
    assert not finds("#10-17", "1" * 5000)


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [
        ("(my|her ex", "opened and never closed"),
        ("my) ex", "closed that was never opened"),
        ("<polcie> came", "no group called polcie"),
        ("", "no word"),
        ("!!!", "no word"),
        (".. pills", "begin with a word or a number"),
        ("(my|)", "begin with a word or a number"),
    ],
)
def test_a_phrase_that_cannot_be_read_is_named_in_plain_words(phrase: str, fault: str) -> None:
    with pytest.raises(PhraseError, match=fault):
        book(phrase)


def test_a_group_that_names_itself_is_refused() -> None:
    with pytest.raises(PhraseError, match="names itself"):
        book("<a>", groups={"a": ["<a>"]})


def test_a_group_without_words_is_refused_and_not_passed_over() -> None:
    with pytest.raises(PhraseError, match="empty"):
        book("<a>", groups={"a": []})


def test_a_longer_find_hides_the_shorter_one_inside_it() -> None:
    found = book("aid", "legal aid", "aid now").find(tokens("legal aid now"))
    assert {hit.label for hit in outermost(found)} == {"legal aid", "aid now"}


def test_of_equal_finds_none_is_hidden() -> None:
    made: PhraseBook[str] = PhraseBook()
    made.add("legal aid", "legal-help", "en")
    made.add("legal aid", "money", "en")
    assert len(outermost(made.find(["legal", "aid"]))) == 2


def test_a_book_knows_its_words_and_beginnings() -> None:
    made = book("legal aid", "immigr*")
    assert made.knows("legal")
    assert made.knows("immigrant")
    assert not made.knows("lega")


PHRASES = ("legal aid", "immigr*", "(my|) ex", "<police> came", "took .. pills", "#10-17", "^hi $", "律师", "no <kin>")
WORDS = st.lists(
    st.sampled_from(
        sorted({*tokens("legal aid immigrant my ex cops came took pills hi no sister mom 15 律师 the feds")})
    )
)


@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    words = tokens(text)
    for hit in book(*PHRASES).find(words):
        assert 0 <= hit.start < hit.end <= len(words)


@given(WORDS)
def test_a_book_read_back_finds_the_same(words: list[str]) -> None:
    made = book(*PHRASES)
    kept: PhraseBook[str] = PhraseBook.load(made.dump())
    assert kept.find(words) == made.find(words)
    assert all(kept.knows(word) == made.knows(word) for word in words)


@given(WORDS, st.integers(0, 9), st.integers(0, 9))
def test_a_part_of_a_message_holds_what_it_would_hold_alone(words: list[str], start: int, size: int) -> None:
    made = book(*PHRASES, "my .. $", "(my|the) (ex|cops $) ..")
    part = words[start : start + size]
    assert made.read(words).within(start, start + len(part)) == made.find(part)


@given(st.text(), st.text())
def test_a_plain_phrase_is_found_wherever_it_stands(before: str, after: str) -> None:
    assert finds("legal aid", f"{before} legal aid {after}")


@given(WORDS)
def test_what_is_outermost_covers_all_that_was_found(words: list[str]) -> None:
    found = book(*PHRASES).find(words)
    kept = outermost(found)
    assert set(kept) <= set(found)
    assert all(any(each.start <= hit.start and hit.end <= each.end for each in kept) for hit in found)


@given(st.text(alphabet="ab()|<>.#0-9^$* 律", max_size=30))
def test_whatever_a_moderator_writes_is_read_or_named(phrase: str) -> None:
    made: PhraseBook[str] = PhraseBook()
    try:
        made.add(phrase, "x", "en", {"ab": ["a b"]})
    except PhraseError:
        return
    made.find(tokens("a b ab 9 律 b a"))


def test_a_long_message_is_searched_in_time() -> None:
    made = book(*PHRASES, "took .. took .. took .. pills")
    started = time.perf_counter()
    made.find(["took", "my", "cops"] * 10_000)
    assert time.perf_counter() - started < 3
