"""Claim codes are random, and read however somebody types them."""

import pytest

from bot.core.claim import ALPHABET, SIZE, claim_from, new_claim, read_claim


def test_a_claim_code_is_four_groups_and_never_the_same() -> None:
    made = {new_claim() for _ in range(1000)}
    assert len(made) == 1000
    for each in made:
        assert [len(group) for group in each.split("-")] == [4, 4, 4, 4]
        assert set(each) <= {*ALPHABET, "-"}
        assert read_claim(each) == each


def test_every_bit_counts() -> None:
    assert len({claim_from((1 << bit).to_bytes(SIZE, "big")) for bit in range(8 * SIZE)}) == 8 * SIZE


@pytest.mark.parametrize(
    "typed",
    ["ab1k-0xyz-2345-6789", "AB1K0XYZ23456789", " ablk oxyz 2345 6789 ", "ABIK–0XYZ‐2345-6789", "ab1k.0xyz.2345.6789"],
)
def test_it_is_read_forgivingly(typed: str) -> None:
    assert read_claim(typed) == "AB1K-0XYZ-2345-6789"


@pytest.mark.parametrize("typed", ["", "hello", "AB1K-0XYZ-2345", "AB1K-0XYZ-2345-678U", "AB1K-0XYZ-2345-67890"])
def test_what_is_none_is_none(typed: str) -> None:
    assert read_claim(typed) is None
