"""Packaged lists kept ready: never stale, never in the way."""

import importlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import bot
from bot.core import compiled as room
from bot.core.compiled import compiled, mapped, read_kept
from bot.core.language import Languages
from bot.directory.places import Gazetteer
from bot.directory.snapshot import Directory, packaged_file
from bot.directory.understand import Lists
from bot.urgent.recognise import Recogniser

PACKAGE = Path(bot.__file__).parent
KEEPERS = ("core.compiled", "core.language", "directory.places.table", "urgent.points")
MADE = {"names": [("a", 1)], "set": {"x"}, "text": "straße", "none": None}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(room, "_FOLDER", tmp_path / "kept")
    return tmp_path / "kept"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "list.yaml"
    path.write_text("a: [b]\n", "utf-8")
    return path


class Maker:
    """Counts how often it had to be made."""

    def __init__(self, made: Any = MADE) -> None:
        self.made, self.count = made, 0

    def __call__(self) -> Any:
        self.count += 1
        return self.made


def test_what_was_made_once_is_read_back(folder: Path, source: Path) -> None:
    maker = Maker()
    assert compiled("list", [source], maker) == MADE
    assert compiled("list", [source], maker) == MADE
    assert maker.count == 1
    assert [path.name for path in folder.iterdir()] == [f"list.{sys.implementation.cache_tag}.bin"]


@pytest.mark.parametrize("content", ["a: [c]\n", "a: [b]", "a: [b]\n\n", "", "A: [b]\n"])
@pytest.mark.usefixtures("folder")
def test_one_byte_of_the_source_makes_it_anew(source: Path, content: str) -> None:
    compiled("list", [source], Maker("old"))
    source.write_text(content, "utf-8")
    assert compiled("list", [source], Maker("new")) == "new"


@pytest.mark.usefixtures("folder")
def test_bytes_that_move_from_one_source_to_the_next_are_seen(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("ab")
    other.write_text("c")
    compiled("list", [one, other], Maker("old"))
    one.write_text("a")
    other.write_text("bc")
    assert compiled("list", [one, other], Maker("new")) == "new"


@pytest.mark.usefixtures("folder")
def test_a_source_more_or_less_is_seen(source: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.yaml"
    more.write_text("")
    compiled("list", [source], Maker("old"))
    assert compiled("list", [source, more], Maker("new")) == "new"


def test_a_folder_that_cannot_be_written_costs_only_time(folder: Path, source: Path) -> None:
    folder.write_text("a file where the folder should be")
    maker = Maker()
    assert compiled("list", [source], maker) == MADE
    assert compiled("list", [source], maker) == MADE
    assert maker.count == 2


def kept_file(folder: Path) -> Path:
    return next(folder.glob("*.bin"))


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\0" * 500])
def test_a_file_of_something_else_is_made_anew(folder: Path, source: Path, damage: bytes) -> None:
    compiled("list", [source], Maker())
    kept_file(folder).write_bytes(damage)
    maker = Maker()
    assert compiled("list", [source], maker) == MADE
    assert maker.count == 1


def test_a_truncated_file_is_not_trusted(folder: Path, source: Path) -> None:
    """As a full disk or a lost current leaves it: its beginning is right, its end is gone."""
    compiled("list", [source], Maker())
    path = kept_file(folder)
    whole = path.read_bytes()
    for size in (len(whole) - 1, len(whole) // 2, 33, 32):
        path.write_bytes(whole[:size])
        assert compiled("list", [source], Maker()) == MADE


def test_a_file_whose_end_is_zeros_is_not_trusted(folder: Path, source: Path) -> None:
    compiled("list", [source], Maker())
    path = kept_file(folder)
    whole = path.read_bytes()
    path.write_bytes(whole[:40] + b"\0" * (len(whole) - 40))
    assert compiled("list", [source], Maker()) == MADE


def test_it_is_swapped_whole_and_leaves_no_draft(folder: Path, source: Path) -> None:
    compiled("list", [source], Maker())
    source.write_text("changed")
    compiled("list", [source], Maker())
    assert len(list(folder.iterdir())) == 1


@pytest.mark.usefixtures("folder")
def test_a_packaged_list_is_read_as_text(source: Path) -> None:
    source.write_text("a: {b: 0.5, no: yes}\n", "utf-8")
    assert read_kept(source) == {"a": {"b": "0.5", "no": "yes"}}
    assert read_kept(source) == {"a": {"b": "0.5", "no": "yes"}}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("flat", [b"flat", b"\0" * 100_000])
def test_bytes_beside_it_begin_what_is_mapped(source: Path, flat: bytes) -> None:
    maker = Maker((MADE, flat))
    for _ in range(3):
        plain, kept = mapped("list", [source], maker)
        assert plain == MADE
        assert kept[: len(flat)] == flat
    assert maker.count == 1


def test_what_is_mapped_stays_as_it_was_when_it_is_made_anew(folder: Path, source: Path) -> None:
    """A running bot looks into the file while the next version is installed over it."""
    mapped("list", [source], Maker((None, b"old")))
    _, kept = mapped("list", [source], Maker((None, b"")))
    source.write_text("changed")
    mapped("list", [source], Maker((None, b"new")))
    kept_file(folder).unlink()
    assert kept[:3] == b"old"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """By the name of what is kept, the files of the package under whose digest it is."""
    seen: dict[str, set[str]] = {}

    def noted(name: str, given: Sequence[Path], make: Callable[[], tuple[Any, bytes]]) -> Any:
        seen[name] = {path.resolve().relative_to(PACKAGE.parent).as_posix() for path in given}
        return mapped(name, given, make)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "_FOLDER", tmp_path_factory.mktemp("kept"))
        for module in KEEPERS:
            patch.setattr(importlib.import_module(f"bot.{module}"), "mapped", noted)
        Languages.shipped()
        Lists.shipped()
        Gazetteer.shipped()
        Recogniser.shipped()
        Directory().reload(packaged_file())
    return seen


@pytest.mark.parametrize("name", ["common", "lists", "places", "urgent"])
def test_what_is_folded_is_kept_under_the_tables_of_folding(sources: dict[str, set[str]], name: str) -> None:
    """Words are folded when they are kept: a corrected line of `han.txt` must be heard at the next start."""
    assert {"bot/core/words.py", "bot/core/han.txt"} <= sources[name]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("lists", "bot/directory/understand.py"),
        ("lists", "bot/core/phrases.py"),
        ("places", "bot/directory/places/table.py"),
        ("places", "bot/directory/places/shelf.py"),
        ("places", "bot/core/flat.py"),
        ("places", "bot/core/spelling.py"),
        ("common", "bot/core/flat.py"),
        ("points", "bot/core/flat.py"),
        ("points", "bot/urgent/points.py"),
        ("urgent", "bot/urgent/rules.py"),
        ("urgent", "bot/urgent/recognise.py"),
        ("urgent", "bot/core/phrases.py"),
        ("records", "bot/directory/record.py"),
        ("records", "bot/directory/model.py"),
        ("records", "bot/reading.py"),
        ("records", "resources.yaml"),
    ],
)
def test_what_is_kept_is_kept_under_the_code_that_made_it(sources: dict[str, set[str]], name: str, code: str) -> None:
    assert code in sources[name]
