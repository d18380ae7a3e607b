"""Points: what the words of a message speak for where no rule was written."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.flat import FlatMap
from bot.core.words import tokens
from bot.urgent import points as room
from bot.urgent.points import ALWAYS, ZERO, Points, clues
from bot.urgent.rules import CLASSES, URGENCIES


def read(folder: Path, *contents: str) -> Points:
    files = []
    for number, content in enumerate(contents):
        files.append(folder / f"{number}.txt")
        files[-1].write_text(content, "utf-8")
    names, points = room._read(files)  # noqa: SLF001
    return Points(names, FlatMap(points))


def test_a_line_is_read_as_it_is_written(tmp_path: Path) -> None:
    made = read(tmp_path, "# a comment\nnarcan: overdose 9, request -3, now 4\nnot waking: overdose 20\n")
    assert made.add_up(["narcan", "nosuch"]) == {"overdose": 9, "request": -3, "now": 4}
    assert made.add_up(["narcan", "not waking"]) == {"overdose": 29, "request": -3, "now": 4}
    assert made.add_up([]) == {"overdose": 0, "request": 0, "now": 0}


def test_a_clue_counts_once_however_often_it_is_said(tmp_path: Path) -> None:
    assert read(tmp_path, "help: violence 5\n").add_up(["help"] * 50) == {"violence": 5}


def test_the_same_clue_in_two_files_counts_in_both(tmp_path: Path) -> None:
    assert read(tmp_path, "pills: overdose 5\n", "pills: overdose 2, soon 1\n").add_up(["pills"]) == {
        "overdose": 7,
        "soon": 1,
    }


@pytest.mark.parametrize(
    "line",
    ["narcan overdose", "narcan: overdose", "narcan: overdose many", "narcan: overdose 128", "narcan: overdose -128"],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValueError, match=r"0\.txt, line 2: "):
        read(tmp_path, f"# a comment\n{line}\n")


def test_the_clues_of_words() -> None:
    assert set(clues(["took", "many", "pills"], ["<police>"])) == {
        ALWAYS, "<police>", "took", "many", "pills", "took many", "many pills", "^took", "^took many", "$pills", "(long 4)",
        "~_too", "~took", "~ook_", "~_man", "~many", "~any_", "~_pil", "~pill", "~ills", "~lls_",
    }  # fmt: skip
    assert {"immig*", "~_imm", "~igra", "~ion_"} < set(clues(["immigration"]))
    assert "pills*" not in set(clues(["pills"]))


def test_characters_go_in_pairs_and_threes() -> None:
    assert set(clues(tokens("吃了药"), [])) == {
        ALWAYS, "吃", "了", "药", "吃了", "了药", "吃了药", "^吃", "^吃 了", "$药", "(long 4)",
    }  # fmt: skip


def test_the_shipped_points_speak_only_for_what_there_is() -> None:
    total = Points.shipped().add_up([ALWAYS])
    assert set(total) <= {*CLASSES, *URGENCIES}
    assert set(CLASSES) <= set(total)


def test_words_of_danger_speak_for_it() -> None:
    """Points are drawn anew from time to time; only what must hold of any drawing is asked here."""
    total = Points.shipped().add_up(clues(tokens("my friend overdosed she is blue and not breathing"), []))
    assert max(CLASSES, key=lambda kind: total[kind]) == "overdose"
    assert total["now"] > total["soon"]


@given(st.lists(st.text(min_size=1, max_size=8)), st.lists(st.text(max_size=8)))
def test_any_words_have_clues_and_a_total(words: list[str], signals: list[str]) -> None:
    found = list(clues(words, signals))
    assert found[0] == ALWAYS
    assert all(-ZERO * len(found) <= each < ZERO * len(found) for each in Points.shipped().add_up(found).values())
