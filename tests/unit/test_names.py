"""Groups called by their name, as people call them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.words import tokens
from bot.directory.model import Area, Resource, Source
from bot.directory.names import Names

BASE = Resource(
    "x", "X", "organization", "sex-workers", {"en": "A group."}, ("peer-support",), ("all",), (Area("CA", "CA-ON", "Toronto"),),
    ("in-person",), (Source("https://example.org", "all"),),
)  # fmt: skip
COMMON = frozenset({"shop", "shift", "share", "the", "is", "your", "with", "me", "number", "ensemble"})
RECORDS = [
    replace(BASE, id="maggies", name="Maggie's Toronto"),
    replace(BASE, id="shift", name="Shift", aliases=("Shift Calgary",)),
    replace(BASE, id="share", name="SHARE (Sample Harm Reduction)"),
    replace(BASE, id="lamp", name="Lampe rouge – maison des travailleuses"),
    replace(BASE, id="lamp-line", name="Lampe rouge, ligne"),
    replace(BASE, id="shop", name="Shop", aliases=("红伞中心",)),
    replace(BASE, id="tiny", name="TT"),
    replace(BASE, id="mark", name="!!!"),
]
NAMES = Names(RECORDS, COMMON.__contains__)


def find(text: str) -> tuple[str, ...]:
    return NAMES.find(text, tokens(text))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("maggies number?", ("maggies",)),
        ("MAGGIE’S", ("maggies",)),
        ("maggie's toronto", ("maggies",)),
        ("chez lampe rouge", ("lamp", "lamp-line")),
        ("is shop open", ("shop",)),
        ("红伞中心在哪里", ("shop",)),
        ("lampe rouge and maggies", ("lamp", "lamp-line", "maggies")),
        ("sample harm reduction", ()),
        ("nothing here", ()),
    ],
)
def test_names_are_heard_whole_without_their_brackets_and_by_their_alias(text: str, ids: tuple[str, ...]) -> None:
    assert find(text) == ids


@pytest.mark.parametrize("text", ["share this with me", "is the shift long", "SHARE THIS WITH ME"])
def test_an_everyday_word_is_no_name(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize("text", ["is SHARE near me", "share number", "share phone number", "the number of share"])
def test_an_everyday_word_in_capitals_or_beside_a_clue_is_one(text: str) -> None:
    assert find(text) == ("share",)


def test_a_word_that_is_all_of_the_message_is_the_name() -> None:
    assert find("shift") == ("shift",)


def test_two_letters_count_only_in_capitals() -> None:
    assert find("TT please") == ("tiny",)
    assert find("tt please") == ()


def test_a_name_may_lose_its_place() -> None:
    assert find("maggies") == ("maggies",)
    assert find("shift calgary hours") == ("shift",)


def test_what_a_name_covers_is_known_and_its_words_are_mended_to() -> None:
    assert NAMES.coverage("shop") == BASE.coverage
    assert {"maggies", "lampe", "shift"} <= NAMES.vocabulary()


@given(st.text())
def test_any_text_may_be_asked_for_names(text: str) -> None:
    assert set(find(text)) <= {record.id for record in RECORDS}


@given(st.sampled_from(["maggies toronto", "lampe rouge", "shift calgary"]), st.text(alphabet="abc é律 ,", max_size=20))
def test_a_long_name_is_heard_anywhere(name: str, around: str) -> None:
    assert find(f"{around} {name} {around}")


@pytest.mark.parametrize("text", ["not maggies, the other one", "pas lampe rouge"])
def test_a_name_that_is_denied_is_not_meant(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("lampe rouge maison", ("lamp",)),
        ("maison des travailleuses", ("lamp",)),
        ("lampe rouge", ()),
        ("des travailleuses sans papiers", ()),
        ("is the shift long", ()),
    ],
)
def test_most_words_of_one_name_call_its_record(text: str, ids: tuple[str, ...]) -> None:
    """Pairs that two records share call neither."""
    assert NAMES.nearly(tokens(text)) == ids
