"""`python -m bot screen`: JSON Lines in, JSON Lines out; a bad line gets an error and the rest goes on."""

import io
import json
from pathlib import Path

import pytest

from bot import cli

LINES = [
    (b'{"id": "s1", "text": "text my cousin 555-0144", "url": "https://a.example.org/?fbclid=1"}', None),
    (b'{"id": 2, "text": "food bank, wednesdays"}', None),
    (b'{"id": 3, "text": "", "url": "javascript:alert(1)"}', None),
    (b'{"id": 4, "text": "marker-typed", "url": 7}', "no-url"),
    (b'{"id": 5, "url": "https://marker-typed.example.org"}', "no-text"),
    (b'{"id": 6, "text": " "}', "no-words"),
    (b"marker-typed", "not-json"),
    (b"[1]", "not-an-object"),
    (b"\xff", "not-utf8"),
]


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("UMBRELLA_DATA", "UMBRELLA_HOME", "UMBRELLA_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def screened(capsys: pytest.CaptureFixture[str], file: Path, lines: list[bytes]) -> tuple[int, list[dict[str, object]]]:
    file.write_bytes(b"\n".join(lines) + b"\n")
    code = cli.main(["screen", "--batch", str(file)])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_line_gets_its_flags_and_links_or_an_error(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, answers = screened(capsys, tmp_path / "lines", [line for line, _ in LINES])
    assert code == 1
    assert [answer.get("error", {}).get("code") for answer in answers] == [error for _, error in LINES]  # type: ignore[attr-defined]
    assert [answer["id"] for answer in answers] == ["s1", 2, 3, 4, 5, 6, None, None, None]
    assert answers[0] == {
        "id": "s1",
        "flags": [{"kind": "personal-data", "what": "phone", "words": "555-0144"}],
        "links": [
            {"url": "https://a.example.org/?fbclid=1", "verdict": "clean", "shown": "https://a.example.org/"},
        ],
    }
    assert answers[1] == {"id": 2, "flags": [], "links": []}
    assert "marker-typed" not in json.dumps(answers)


def test_good_lines_alone_end_well_and_may_come_through_a_pipe(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "maggies"}\n')))
    assert cli.main(["screen", "--batch", "-"]) == 0
    flags = json.loads(capsys.readouterr().out)["flags"]
    assert [(flag["kind"], flag["of"]) for flag in flags] == [("duplicate", "maggies-toronto")]


def test_a_file_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["screen", "--batch", "no-such-marker-typed"]) == 2
    assert "marker-typed" not in capsys.readouterr().err
