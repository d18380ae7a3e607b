"""The directory of a running program: swapped whole, never by a bad file."""

import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.directory.snapshot import EMPTY, Directory, find_directory, packaged_file, read_snapshot

SHIPPED = Path(__file__).parents[2] / "resources.yaml"
BROKEN = sorted((Path(__file__).parents[1] / "broken").glob("*.yaml"))
NOW = datetime(2026, 11, 21, tzinfo=UTC)
# What is only warned about is no bad file.
WARNED = {"missing-as-of"}


def test_a_snapshot_finds_by_id_and_cannot_be_changed() -> None:
    snapshot, faults = read_snapshot(SHIPPED, NOW.date())
    assert faults == []
    assert snapshot.by_id["stella-montreal"] in snapshot.records
    assert snapshot.source == str(SHIPPED)
    with pytest.raises(AttributeError):
        snapshot.records = ()  # type: ignore[misc]
    with pytest.raises(TypeError):
        snapshot.by_id["x"] = snapshot.records[0]  # type: ignore[index]
    with pytest.raises(TypeError):
        snapshot.records[0].description["en"] = "x"  # type: ignore[index]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_bad_file_keeps_the_last_good_one(path: Path) -> None:
    directory = Directory()
    assert directory.reload(SHIPPED, now=NOW) == []
    before = directory.current
    faults = directory.reload(path, now=NOW)
    if path.stem not in WARNED:
        assert faults
        assert directory.current is before


def test_a_missing_file_keeps_the_last_good_one(tmp_path: Path) -> None:
    directory = Directory()
    assert directory.reload(SHIPPED, now=NOW) == []
    before = directory.current
    assert len(directory.reload(tmp_path / "nothing.yaml", now=NOW)) == 1
    assert directory.current is before


def test_without_a_good_file_there_is_an_empty_one(tmp_path: Path) -> None:
    snapshot, faults = read_snapshot(tmp_path / "nothing.yaml", date(2026, 11, 21))
    assert snapshot is EMPTY
    assert len(faults) == 1


def test_readers_see_one_file_or_the_other_while_it_is_swapped(tmp_path: Path) -> None:
    """Nobody sees a record of one file and the count of the other."""
    small = tmp_path / "small.yaml"
    text = SHIPPED.read_text("utf-8")
    small.write_text(text[: text.index("\n- id: acceptess")] + "\n", "utf-8")
    directory = Directory()
    directory.reload(SHIPPED, now=NOW)
    mixed: list[int] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            snapshot = directory.current
            if (len(snapshot.records), len(snapshot.by_id)) not in {(1, 1), (168, 168)}:
                mixed.append(len(snapshot.records))

    reader = threading.Thread(target=look)
    reader.start()
    for path in (small, SHIPPED) * 5:
        assert directory.reload(path, now=NOW) == []
    done.set()
    reader.join()
    assert mixed == []


def test_which_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The merged one of a running bot, then the one named, then the one here, then the package's."""
    monkeypatch.chdir(tmp_path)
    assert find_directory() == packaged_file()
    (tmp_path / "resources.yaml").write_text("[]\n")
    assert find_directory() == Path("resources.yaml")
    assert find_directory(Path("mine.yaml")) == Path("mine.yaml")
    assert find_directory(Path("mine.yaml"), tmp_path) == Path("mine.yaml")
    (tmp_path / "directory.yaml").write_text("[]\n")
    assert find_directory(Path("mine.yaml"), tmp_path) == tmp_path / "directory.yaml"


def test_the_package_has_a_directory() -> None:
    assert packaged_file().is_file()
