"""Every fault a directory file can have, named on its line in a sentence.

`tests/broken/*.yaml`: each file has one slip (some have more) and says on its first line what is expected:
`# expect LINE words of the sentence; LINE words …`. Today is 21 November 2026 in all of them.
"""

import re
import time
from datetime import date
from pathlib import Path

import pytest

from bot.directory.check import check
from bot.directory.load import load, load_text

BROKEN = sorted((Path(__file__).parents[1] / "broken").glob("*.yaml"))
SHIPPED = Path(__file__).parents[2] / "resources.yaml"
TODAY = date(2026, 11, 21)


def expected(path: Path) -> list[tuple[int, str]]:
    content = path.read_bytes()
    first = content.decode("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "latin-1").split("\n")[0]
    line = first.encode("latin-1").decode("utf-8") if content[:1] == b"#" else first
    pairs = [part.strip().partition(" ") for part in line.removeprefix("# expect ").split(";")]
    return [(int(number), words) for number, _, words in pairs]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_is_named_on_the_right_line(path: Path) -> None:
    started = time.perf_counter()
    loaded = load(path, TODAY)
    assert time.perf_counter() - started < 2
    found = [*loaded.faults, *loaded.warnings]
    for line, words in expected(path):
        assert any(each.line == line and words in each.sentence for each in found), "\n".join(map(str, found))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_has_no_faults_on_other_lines(path: Path) -> None:
    """A person who mends the named lines is done; what follows from one slip is not told as another."""
    if path.stem.startswith("bomb"):
        return
    lines = {line for line, _ in expected(path)}
    others = [str(each) for each in load(path, TODAY).faults if each.line not in lines]
    assert others == []


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_sentences_are_for_people(path: Path) -> None:
    """Whole sentences, one line, none of the words of programs."""
    for each in load(path, TODAY).faults:
        assert "\n" not in each.sentence
        assert each.sentence.endswith((".", "?"))
        assert not re.search(
            r"\b(?:scalar|node|mapping|token|parse|None|str|dict|Error|exception|null)\b", each.sentence
        ), each
        assert len(each.sentence) < 330


def test_check_prints_file_line_column_and_ends_in_one() -> None:
    path = next(each for each in BROKEN if each.stem == "several-faults")
    lines, code = check([path], TODAY)
    assert code == 1
    assert [re.match(r".*several-faults\.yaml:(\d+):\d+: .*[.?]$", line) is not None for line in lines[:-1]].count(
        False
    ) == 0
    assert len(lines) - 1 >= len(expected(path))


def test_the_shipped_file_has_168_records_and_no_fault() -> None:
    lines, code = check([SHIPPED], TODAY)
    assert code == 0
    assert re.search(r"resources\.yaml: 168 records, no fault", lines[-1])
    assert len(load(SHIPPED, TODAY).records) == 168


def test_a_file_that_is_not_there_is_said_and_ends_in_two(tmp_path: Path) -> None:
    lines, code = check([tmp_path / "nothing.yaml", tmp_path], TODAY)
    assert code == 2
    assert lines[0].endswith("There is no such file. Check the name and the folder.")
    assert "folder" in lines[1]


def test_a_huge_file_is_not_read() -> None:
    loaded = load_text(b"- id: x\n" * 200_000, "huge.yaml", TODAY)
    assert [each.sentence[:33] for each in loaded.faults] == ["The file is larger than 1 MB. Is "]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"# only a note",
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"- ",
        b"-",
        b"[]",
        b"{}",
        b"? ? ?",
        b"- - -",
        b"'",
        b"!!binary x",
        b"[" * 100_000,
        b"{" * 100_000,
        b"- " * 100_000,
        b"a: " * 100_000,
        b"*a " * 100_000,
        b"&a " * 100_000,
        b"'" * 100_001,
        b"\t" * 100_000,
        b"\n" * 500_000,
        b"- id: \xf0\x9f",
        b"%" * 10,
        b"---\n---\n",
        b"...",
        b"- id: 1\r- id: 2",
        b"\xc2\x85" * 1000,
        b": " * 50_000,
        b"- ? [a]: b",
        b"- {id: x, ? {a: b}: c}",
        b"| " * 1000,
        b">\n" * 1000,
        b"- |\n" + b" " * 99_999 + b"x",
        b"#" * 999_999,
    ],
    ids=lambda content: repr(content[:12]),
)
def test_nothing_breaks_the_loader(content: bytes) -> None:
    """Any bytes give records or faults, soon; never an exception."""
    started = time.perf_counter()
    loaded = load_text(content, "f", TODAY)
    assert time.perf_counter() - started < 2
    assert loaded.faults or loaded.records == ()


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    content = SHIPPED.read_bytes()
    windows = b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")
    assert load_text(windows, "f", TODAY).records == load_text(content, "f", TODAY).records


def test_other_ways_to_write_yaml_are_read_the_same() -> None:
    """Lists in brackets, quotes of both kinds, deeper lists: a person's own layout is no fault."""
    text = """
    - {id: a-b, name: "A: B", kind: tool, led_by: unknown, description: {en: 'What it is.'}, topics: [health],
       serves: [all], coverage: [{country: '*'}], access: [online], sources: [{url: https://a-b.org, says: all}]}
    -   id: c-d
        name: C
        kind: tool
        led_by: unknown
        description:
            en: What it is,
                over two lines.
        topics:
            - health
        serves: [all]
        coverage:
            -   country: NO
        access: [online]
        sources:
            -   url: https://c-d.org
                says: all
    """
    loaded = load_text(text.encode(), "f", TODAY)
    assert [str(each) for each in loaded.faults] == []
    assert [each.description["en"] for each in loaded.records] == ["What it is.", "What it is, over two lines."]
    assert loaded.records[1].coverage[0].country == "NO"


def test_every_fault_is_said_at_once_even_where_records_are_broken() -> None:
    path = next(each for each in BROKEN if each.stem == "two-broken-records")
    assert len(load(path, TODAY).faults) >= 2
