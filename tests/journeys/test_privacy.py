"""What was asked is nowhere afterwards (issue 2, Shows 5): 200 planted questions, then every file is searched."""

import os
import re
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pexpect
import pytest

from bot.directory.snapshot import packaged_file
from bot.reading import read_plain

ROOT = Path(__file__).parents[2]
CHAT = ["-m", "bot", "chat", "--directory", str(packaged_file()), "--now", "2026-11-21"]
ENDINGS = ("", "???", " asap", ", in toronto", " à montréal", " 多伦多", " at 3am no cops", " mtl \u202e x")
WAIT_S = 60

LEAK = """
import os, subprocess, sys
program = subprocess.Popen([sys.executable, *sys.argv[1:]], stdin=subprocess.PIPE)
with open(os.path.join(os.environ["TMPDIR"], "history"), "ab") as kept:
    for line in sys.stdin.buffer:
        kept.write(line)
        program.stdin.write(line)
program.stdin.close()
sys.exit(program.wait())
"""
# The program with every log line of every library on standard error.
LOUD = """
import logging, sys, warnings
logging.basicConfig(level=1, stream=sys.stderr)
logging.getLogger("bot").propagate = True
logging.getLogger("bot").setLevel(1)
logging.getLogger("bot").warning("test.listening")
warnings.simplefilter("always")
from bot.cli import main
sys.exit(main(sys.argv[3:]))
"""


@dataclass(frozen=True)
class Rooms:
    """The only folders the program is told of."""

    base: Path

    def environment(self) -> dict[str, str]:
        folders = {name: self.base / name.lower() for name in ("HOME", "TMPDIR", "UMBRELLA_DATA", "CWD")}
        for folder in folders.values():
            folder.mkdir(exist_ok=True)
        return {
            **{name: str(folder) for name, folder in folders.items() if name != "CWD"},
            "XDG_CACHE_HOME": str(folders["HOME"]), "PATH": os.defpath, "LANG": "C.UTF-8", "TERM": "dumb", "PYTHONPATH": str(ROOT),
        }  # fmt: skip

    @property
    def cwd(self) -> Path:
        return self.base / "cwd"


@pytest.fixture
def rooms(tmp_path: Path) -> Rooms:
    made = Rooms(tmp_path / "rooms")
    made.base.mkdir()
    made.environment()
    return made


def planted(marker: str) -> list[str]:
    """200 questions of every kind, each with a marker of its own."""
    cases = [
        *read_plain(ROOT / "tests/data/messages.yaml")["messages"][::3],
        *read_plain(ROOT / "tests/data/questions.yaml"),
    ][:200]
    asked = [f"{case['text']} {marker}{at:03}{ENDINGS[at % len(ENDINGS)]}" for at, case in enumerate(cases)]
    assert len(asked) == 200
    return [line.replace("\n", " ") for line in asked]


def lines(asked: list[str], marker: str) -> bytes:
    """The questions with what else a person types in between: choices, commands, what cannot be read."""
    typed: list[bytes] = []
    for at, question in enumerate(asked):
        typed += [question.encode(), *([b"1"] if at % 5 == 0 else []), *([b"more"] if at % 11 == 0 else [])]
        typed += [b"language", b"2"] if at % 50 == 49 else []
    odd = [b"\xff\xfe " + marker.encode(), b" ".join([marker.encode()] * 40_000), b"privacy", b"help"]
    return b"\n".join([*typed, *odd, b"quit", b""])


def found(marker: str, *folders: Path) -> list[Path]:
    """Files whose name or content holds the marker, in any case and in one or two bytes a letter."""
    wide = "".join(f"{letter}\0" for letter in marker).encode()
    holds = re.compile(b"|".join(map(re.escape, (marker.encode(), wide))), re.IGNORECASE)
    files = (path for folder in folders for path in folder.rglob("*"))
    return [path for path in files if marker in path.name or (path.is_file() and holds.search(path.read_bytes()))]


def marker() -> str:
    return "q" + "".join(secrets.choice("bcdfghjkmpqvwxz") for _ in range(9))


def talked(rooms: Rooms, program: list[str], typed: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *program],
        input=typed,
        capture_output=True,
        cwd=rooms.cwd,
        env=rooms.environment(),
        timeout=WAIT_S,
        check=False,
    )


def test_after_200_questions_no_byte_of_them_is_in_any_file(rooms: Rooms) -> None:
    mark = marker()
    asked = planted(mark)
    done = talked(rooms, CHAT, lines(asked, mark))
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"> ") > 200
    assert found(mark, rooms.base, ROOT / "bot") == []
    assert [path for path in rooms.base.rglob("*") if path.is_file()] == []


def test_the_words_are_not_repeated_on_the_screen(rooms: Rooms) -> None:
    mark = marker()
    assert mark.encode() not in talked(rooms, CHAT, lines(planted(mark), mark)).stdout


def test_no_log_line_holds_a_word_of_the_questions(rooms: Rooms) -> None:
    """Everything that any library would log is listened to; only words of the questions are looked for."""
    mark = marker()
    asked = planted(mark)
    done = talked(rooms, ["-c", LOUD, *CHAT], lines(asked, mark))
    said = done.stderr.decode()
    assert done.returncode == 0
    assert "test.listening" in said
    logged = "\n".join(line for line in said.split("\n") if "test.listening" not in line)
    words = {word for line in asked for word in re.findall(r"\w{4,}", line.lower())}
    assert words & set(re.findall(r"\w+", logged.lower())) == set()
    assert mark not in logged


def test_a_conversation_at_a_terminal_leaves_nothing_either(rooms: Rooms) -> None:
    mark = marker()
    child = pexpect.spawn(
        sys.executable, CHAT, cwd=str(rooms.cwd), env=rooms.environment(), encoding="utf-8", echo=False, timeout=WAIT_S
    )  # fmt: skip
    try:
        child.expect_exact("> ")
        for question in planted(mark)[::10]:
            child.sendline(re.sub(r"[\x00-\x1f]", " ", question))
            child.expect_exact("\n> ")
        child.sendeof()
        child.expect(pexpect.EOF)
    finally:
        child.close(force=True)
    assert child.exitstatus == 0
    assert found(mark, rooms.base, ROOT / "bot") == []
    assert [path for path in rooms.base.rglob("*") if path.is_file()] == []


def test_one_question_and_a_batch_leave_nothing(rooms: Rooms) -> None:
    mark = marker()
    for program in (
        ["-m", "bot", "ask", f"food {mark}"],
        ["-m", "bot", "ask", "--batch", "-"],
        ["-m", "bot", "nosuch", mark],
    ):
        done = talked(rooms, program, f'{{"text": "food {mark}"}}\n{{"broken {mark}\n'.encode())
        assert mark.encode() not in done.stderr
    assert found(mark, rooms.base, ROOT / "bot") == []


def test_a_leak_would_be_found(rooms: Rooms) -> None:
    """The control: the same conversation through a wrapper that keeps a history."""
    mark = marker()
    done = talked(rooms, ["-c", LEAK, *CHAT], lines(planted(mark), mark))
    assert done.returncode == 0
    assert found(mark, rooms.base, ROOT / "bot") == [rooms.base / "tmpdir" / "history"]


@pytest.mark.parametrize("kept", ["qbcdfg", "xx QBCDFG", "q\0b\0c\0d\0f\0g\0"])
def test_the_search_finds_a_marker_however_it_is_kept(tmp_path: Path, kept: str) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_text(kept)
    assert found("qbcdfg", tmp_path) == [tmp_path / "deep" / "file"]
    assert found("qzzzzz", tmp_path) == []
