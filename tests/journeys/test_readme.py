"""Every command the README shows does what it says, as it stands there but for the set-up of an environment."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import load

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.strip().split("\n")]
SET_UP = re.compile(r"^python3 -m venv \.venv && \.venv/bin/pip install --quiet --require-hashes -r (\S+) && ")


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder for what the commands keep; one for all, since some go on from those before."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        yield folder


def run(command: str) -> "subprocess.CompletedProcess[str]":
    """The command in a shell at the top of the project, this interpreter in the place of the environment's."""
    return subprocess.run(
        command.replace(".venv/bin/python", shlex.quote(sys.executable)),
        shell=True,
        cwd=ROOT,
        input="food in toronto\nquit\n",
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_two_commands_set_everything_up() -> None:
    files = [found.group(1) for command in COMMANDS if (found := SET_UP.match(command))]
    assert files == ["requirements.txt", "tests/requirements.txt"]
    for file in files:
        pins = (ROOT / file).read_text("utf-8")
        assert "--hash=sha256:" in pins
        assert "://" not in pins


@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_runs(command: str) -> None:
    # The set-up needs the package index, and the tests would run themselves: of those two what can be run here is run.
    runnable = SET_UP.sub("", command).replace("-m pytest", "-m pytest --collect-only -q tests/unit/test_words.py")
    done = run(runnable)
    assert done.returncode == 0, done.stderr[-500:]
    assert done.stdout
    assert "Traceback" not in done.stderr


def test_the_chat_of_the_first_command_answers() -> None:
    done = run(SET_UP.sub("", COMMANDS[0]))
    assert "Maggie" in done.stdout or "Toronto" in done.stdout


def test_the_example_of_settings_can_be_used(tmp_path: Path) -> None:
    [example] = re.findall(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    file = tmp_path / "umbrella.yaml"
    file.write_text(example)
    assert [each.name for each in load(file, {}).communities[0].moderators] == ["Ash", "Birch"]


def test_the_last_command_for_operators_leaves_no_key(home: Path) -> None:
    """After `panic`; the folder of backups stays, empty."""
    run(".venv/bin/python -m bot panic --yes")
    left = [path for path in home.rglob("*") if path.is_file() and "cache" not in str(path)]
    assert left == []
