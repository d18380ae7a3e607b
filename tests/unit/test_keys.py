"""The key, what is derived from it, and what it seals."""

import os
import stat
from pathlib import Path

import pytest

from bot.core.finding import UnsafeSetupError
from bot.storage.keys import SIZE, KeyedPeople, Keys, WrongKeyError, findings, read_keys


@pytest.fixture
def keys() -> Keys:
    return Keys(bytes(range(SIZE)))


def test_what_is_sealed_opens_in_its_place_alone(keys: Keys) -> None:
    sealed = keys.seal("words", "forms", "r", "state")
    assert keys.open(sealed, "forms", "r", "state") == "words"
    for place in (("other", "r", "state"), ("forms", "s", "state"), ("forms", "r", "other"), ("formsr", "", "state")):
        with pytest.raises(WrongKeyError):
            keys.open(sealed, *place)


def test_sealed_twice_is_different_twice(keys: Keys) -> None:
    assert keys.seal("words", "t", "r", "c") != keys.seal("words", "t", "r", "c")
    assert b"words" not in keys.seal("words", "t", "r", "c")


@pytest.mark.parametrize(
    "change",
    [lambda s: s[:-1], lambda s: b"\0" * 4 + s[4:], lambda s: s[:20] + bytes([s[20] ^ 1]) + s[21:], lambda _: b""],
)
def test_altered_bytes_do_not_open(keys: Keys, change: object) -> None:
    sealed = keys.seal("words", "t", "r", "c")
    with pytest.raises(WrongKeyError) as caught:
        keys.open(change(sealed), "t", "r", "c")  # type: ignore[operator]
    assert "words" not in str(caught.value)


def test_another_key_opens_nothing(keys: Keys) -> None:
    with pytest.raises(WrongKeyError):
        Keys(os.urandom(SIZE)).open(keys.seal("words", "t", "r", "c"), "t", "r", "c")


def test_subkeys_and_marks_differ_by_use(keys: Keys) -> None:
    uses = {keys.subkey(use) for use in ("db", "field", "person", "block", "receipt", "seal", "backup")}
    assert len({*uses, keys.subkey("db", "matrix")}) == 8
    marks = [
        keys.mark("a", "b", "c"),
        keys.mark("a", "bc", ""),
        keys.mark("ab", "c"),
        keys.mark("a", "b"),
        keys.mark("a", "c", "b"),
    ]
    assert len(set(marks)) == len(marks)
    assert keys.mark("a", "b") == Keys(bytes(range(SIZE))).mark("a", "b")
    assert keys.mark("a", "b") != Keys(os.urandom(SIZE)).mark("a", "b")


def test_these_derivations_never_change(keys: Keys) -> None:
    """What is kept could not be opened after an upgrade that changed them."""
    assert keys.id.hex() == "71252c25"
    assert keys.subkey("db").hex() == "9100e219671dbdbdae4d836d4bdbf541b92b781a90113ed5a974f3e2fe952bb6"
    assert keys.mark("event", "matrix", "$e").hex() == "67c8ad43e635bc2ad42f7fd00e334605"
    assert KeyedPeople(keys).mark("matrix", "@a:b") == keys.mark("person", "matrix", "@a:b").hex()


def test_the_first_run_makes_a_key_for_one_user(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "key"
    first = read_keys(file, tmp_path / "data", may_make=True)
    assert read_keys(file, tmp_path / "data", may_make=False).id == first.id
    assert stat.S_IMODE(file.stat().st_mode) == 0o400
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert file.stat().st_size == SIZE
    assert list(file.parent.iterdir()) == [file]


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    keys = {read_keys(tmp_path / "key", tmp_path / "data", may_make=True).id for _ in range(3)}
    assert len(keys) == 1


def test_a_key_of_somebody_else_is_named(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(os.urandom(SIZE))
    (tmp_path / "key").chmod(0o400)
    found = findings(tmp_path / "key", tmp_path / "data", user_id=os.geteuid() + 1)
    assert [finding.code for finding in found] == ["key-owner"]
    assert findings(tmp_path / "key", tmp_path / "data") == []


def test_a_folder_that_is_no_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").mkdir(mode=0o700)
    with pytest.raises(UnsafeSetupError):
        read_keys(tmp_path / "key", tmp_path / "data", may_make=True)
