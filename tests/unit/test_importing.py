"""Files of proposals become suggestions: only what is new, only a whole file, and no address is opened."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.directory.importing import MOST_LINKS, Proposed, read_proposals, suggest_all
from bot.directory.load import load
from bot.directory.sheet import write_sheet
from bot.directory.write import as_values, dump
from bot.reading import MOST_BYTES

TODAY = date(2026, 11, 21)
BROKEN = sorted((Path(__file__).parents[1] / "broken").glob("*.yaml"))
WARNED = {"missing-as-of"}
SHIPPED = load(Path(__file__).parents[2] / "resources.yaml", TODAY).records
CURRENT = {record.id: record for record in SHIPPED}
CHANGED, NEW = replace(SHIPPED[0], name="Another Name"), replace(SHIPPED[1], id="new-group", aliases=())
RECORDS = [CHANGED, NEW, *SHIPPED[2:5]]


@pytest.mark.parametrize(
    ("file", "content"),
    [("f.yaml", dump(RECORDS)), ("-", dump(RECORDS)), ("-", "# a note\n\n" + dump(RECORDS)),
     ("f.csv", write_sheet(RECORDS)), ("-", write_sheet(RECORDS))],
)  # fmt: skip
def test_records_that_differ_are_proposed_and_the_others_are_known(file: str, content: str) -> None:
    found = read_proposals(content.encode(), file, CURRENT, TODAY)
    assert found.faults == ()
    assert found.proposed == (
        Proposed("Another Name", as_values(CHANGED), CHANGED.id),
        Proposed(NEW.name, as_values(NEW), ""),
    )
    assert found.known_count == 3


@pytest.mark.parametrize("file", ["f.txt", "-"])
def test_a_list_of_links_is_a_suggestion_each(file: str) -> None:
    content = "# from the meeting\nhttps://stella.org\n\n- https://maggiesto.org/\n2. https://stella.org\r\n"
    found = read_proposals(content.encode(), file, CURRENT, TODAY)
    assert found == ((Proposed("https://stella.org"), Proposed("https://maggiesto.org/")), 0, ())


@pytest.mark.parametrize(
    ("content", "line", "part"),
    [
        (b"https://stella.org\nsome words\n", 2, "begins with https://"),
        (b"ftp://stella.org\n", 1, "Only addresses"),
        (b"javascript:alert(1)\n", 1, "Only addresses"),
        (b"https://user:pw@stella.org\n", 1, ""),
        (b"http://127.0.0.1/\n", 1, ""),
        (b"\xff\xfeh\0t\0t\0p\0", 0, "UTF-8"),
        (b"# nothing\n\n", 0, "nothing in this file"),
        (
            "".join(f"https://a{number}.org\n" for number in range(MOST_LINKS + 1)).encode(),
            0,
            f"more than {MOST_LINKS}",
        ),
        (b"x" * (MOST_BYTES + 1), 0, "larger than 1 MB"),
    ],
)
def test_a_bad_list_is_refused_whole_in_plain_words(content: bytes, line: int, part: str) -> None:
    found = read_proposals(content, "f.txt", CURRENT, TODAY)
    assert found.proposed == ()
    assert any(fault.line == line and part in fault.sentence for fault in found.faults), found.faults


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_directory_file_proposes_nothing(path: Path) -> None:
    found = read_proposals(path.read_bytes(), str(path), CURRENT, TODAY)
    if path.stem not in WARNED:
        assert found.faults
        assert found.proposed == ()


async def test_everything_is_handed_in_and_what_is_not_taken_is_counted() -> None:
    class Desk:
        """Takes two, then no more."""

        def __init__(self) -> None:
            self.taken: list[Proposed] = []

        async def suggest(self, proposed: Proposed) -> bool:
            if len(self.taken) == 2:
                return False
            self.taken.append(proposed)
            return True

    desk = Desk()
    assert await suggest_all([Proposed("a"), Proposed("b"), Proposed("c")], desk) == 2
    assert desk.taken == [Proposed("a"), Proposed("b")]
