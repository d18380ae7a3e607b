"""A map that is looked into where it lies: it says what a dict says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.flat import FlatMap, flattened

KEYS = st.text(st.characters(exclude_characters="\0\1", codec="utf-8"), max_size=6)
VALUES = st.binary(max_size=6).map(lambda value: value.replace(b"\0", b"\1"))


@given(st.dictionaries(KEYS, VALUES), st.lists(KEYS))
def test_it_finds_what_a_dict_finds(entries: dict[str, bytes], others: list[str]) -> None:
    made = FlatMap(flattened(entries))
    sought = [*entries, *others]
    assert [made.get(key) for key in sought] == [entries.get(key) for key in sought]
    assert [key in made for key in sought] == [key in entries for key in sought]
    assert made.found(sought) == [entries[key] for key in sought if key in entries]


def test_part_of_a_key_or_a_value_is_no_key() -> None:
    made = FlatMap(flattened({"toronto": b"\1a", "a": b"toronto\1b", "": b""}))
    assert made.found(["tor", "onto", "oronto", "b", "toronto "]) == []
    assert made.get("") == b""


def test_many_keys_share_few_starts() -> None:
    entries = {str(number): str(-number).encode() for number in range(5000)}
    made = FlatMap(flattened(entries))
    assert made.found(entries) == list(entries.values())
    assert made.found(map(str, range(5000, 9000))) == []


@pytest.mark.parametrize(("key", "value"), [("a\0", b"b"), ("\1a", b"b"), ("a", b"\0")])
def test_what_would_part_keys_and_values_is_refused(key: str, value: bytes) -> None:
    with pytest.raises(ValueError, match="parts them"):
        flattened({key: value})
