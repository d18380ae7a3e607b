"""A person at a terminal: the real program behind a real pty, and in a pipe."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from bot.adapters.console.outgoing import columns
from bot.directory.snapshot import packaged_file

ROOT = Path(__file__).parents[2]
CHAT = [sys.executable, "-m", "bot", "chat", "--directory", str(packaged_file()), "--now", "2026-11-21"]
WAIT_S = 30


def environment(home: Path, language: str = "C.UTF-8") -> dict[str, str]:
    return {
        "PATH": os.defpath,
        "HOME": str(home),
        "LANG": language,
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TERM": "dumb",
    }


def _heeds_ctrl_c() -> None:
    """Tests that run behind other work of a shell inherit that it is ignored; in a person's terminal it is not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def terminal(home: Path) -> Iterator["Screen"]:
    screen = Screen(home)
    yield screen
    screen.child.close(force=True)


class Screen:
    """A terminal of 60 columns with the chat in it."""

    def __init__(self, home: Path, columns_: int = 60, language: str = "C.UTF-8") -> None:
        self.child = pexpect.spawn(
            CHAT[0],
            CHAT[1:],
            cwd=str(home),
            env=environment(home, language),
            encoding="utf-8",
            dimensions=(40, columns_),
            timeout=WAIT_S,
            echo=False,
            preexec_fn=_heeds_ctrl_c,
        )
        self.child.expect_exact("> ")
        self.greeting: str = self.child.before or ""

    def say(self, words: str) -> str:
        """What is shown between the words and the next prompt."""
        self.child.sendline(words)
        self.child.expect_exact("\n> ")
        return (self.child.before or "").replace("\r\n", "\n").strip()

    def child_interrupt(self) -> None:
        self.child.sendintr()

    def child_eof(self) -> None:
        self.child.sendeof()

    def ends(self) -> int | None:
        self.child.expect(pexpect.EOF)
        self.child.close()
        return self.child.exitstatus


def number_of(shown: str, label: str) -> str:
    return next(line.split(".")[0] for line in shown.split("\n") if line.split(". ", 1)[-1] == label)


def test_she_asks_reads_on_and_leaves(terminal: Screen) -> None:
    assert "this is Umbrella" in terminal.greeting
    assert "quit to leave" in terminal.greeting.replace("\r\n", " ")
    found = terminal.say("where can i get food in vancouver")
    assert "1. WISH Drop-In Centre Society" in found
    whole = terminal.say("1")
    assert "Who leads it:" in whole
    assert "Where this comes from" in whole
    terminal.child.sendline("quit")
    assert terminal.ends() == 0


def test_she_is_asked_where_and_answers_with_a_place(terminal: Screen) -> None:
    assert "Where are you?" in terminal.say("i need a lawyer")
    assert "covers Toronto" in terminal.say("toronto")


def test_what_is_urgent_comes_first_and_can_be_set_right(terminal: Screen) -> None:
    card = terminal.say("shes not breathing we are in toronto")
    assert card.startswith("Check the breathing.")
    assert "Police may come too." in card.replace("\n", " ")
    corrected = terminal.say(number_of(card, "That is not it"))
    assert corrected.startswith("Sorry. What is it then?")
    other = terminal.say(number_of(corrected, "Violence or assault"))
    assert "This is not your fault" in other
    assert "Toronto" in other


def test_without_a_place_the_card_waits_for_one(terminal: Screen) -> None:
    assert "Tell me the country or region" in terminal.say("my friend took something and shes blue").replace("\n", " ")
    assert "911" in terminal.say("Winnipeg")


def test_who_has_no_words_chooses_by_numbers(terminal: Screen) -> None:
    needs = terminal.say("topics")
    where = terminal.say(number_of(needs, "Housing and food"))
    regions = terminal.say(number_of(where, "Canada"))
    found = terminal.say(number_of(regions, "British Columbia"))
    assert "Why:" in found
    assert "British Columbia" in found


def test_she_changes_the_language_and_it_stays(terminal: Screen) -> None:
    choices = terminal.say("language")
    assert terminal.say(number_of(choices, "español")) == "Desde aquí escribo en español."
    assert "Por qué" in terminal.say("food in vancouver")


def test_command_words_work_in_every_language(terminal: Screen) -> None:
    assert "What I can do" not in terminal.say("help")
    for word, said in (
        ("aide", "Je connais des groupes"),
        ("ayuda", "Conozco grupos"),
        ("帮助", "我知道由性工作者"),
        ("privacy", "Nothing of what you write"),
    ):
        assert said in terminal.say(word)


def test_ctrl_c_and_the_end_of_input_leave_cleanly(home: Path) -> None:
    for leave in (Screen.child_interrupt, Screen.child_eof):
        screen = Screen(home)
        leave(screen)
        assert screen.ends() == 0
        assert "Traceback" not in (screen.child.before or "")


@pytest.mark.parametrize("language", ["zh_CN.UTF-8", "fr_FR.UTF-8"])
def test_no_line_is_wider_than_the_terminal(home: Path, language: str) -> None:
    screen = Screen(home, 40, language)
    shown = screen.greeting.replace("\r\n", "\n") + screen.say(
        "在温哥华哪里有吃的" if language.startswith("zh") else "manger à Vancouver"
    )
    screen.child.close(force=True)
    wide = [line for line in shown.split("\n") if columns(line) > 40 and "http" not in line]
    assert wide == []


def test_nothing_is_written_anywhere(home: Path) -> None:
    screen = Screen(home)
    for words in ("food in vancouver", "1", "help", "zzqqxx marker"):
        screen.say(words)
    screen.child.sendline("quit")
    screen.ends()
    assert list(home.rglob("*")) == []


def piped(home: Path, text: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        CHAT, input=text, capture_output=True, timeout=WAIT_S, check=False, cwd=home, env=environment(home)
    )


def test_a_piped_question_gets_its_answer(home: Path) -> None:
    done = piped(home, "aide juridique à Montréal\n".encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert "zone Montréal" in done.stdout.decode()


def test_bytes_that_are_no_text_and_100000_characters_get_a_sentence(home: Path) -> None:
    done = piped(home, b"\xff\xfe\xfd\n" + b"x" * 100_000 + b"\nfood in vancouver\n")
    said = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert "I cannot read these characters." in said
    assert "That is too long for me." in said
    assert "WISH" in said


def test_a_reader_that_leaves_early_is_no_fault(home: Path) -> None:
    script = f"{' '.join(CHAT)} < /dev/zero | head -c 10"
    done = subprocess.run(
        ["/bin/sh", "-c", script], capture_output=True, timeout=WAIT_S, check=False, cwd=home, env=environment(home)
    )
    assert b"Traceback" not in done.stderr
