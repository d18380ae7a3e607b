"""Commands of whoever runs the bot: what cannot be carried out gets a sentence that says what to do, and repeats nothing."""

from pathlib import Path
from typing import NoReturn

import pytest

from bot import operate
from bot.errors import BotError, InputError, StorageError, TransientError
from bot.text.messages import Messages


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder of its own, with no settings but where things are."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("UMBRELLA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("UMBRELLA_KEY_FILE", str(tmp_path / "keys" / "key"))


@pytest.mark.parametrize(
    "words", [["run", "--token=marker"], ["kept", "marker"], ["queue", "--marker"], ["doctor", "marker"], ["marker"]]
)
def test_what_was_typed_wrong_is_not_repeated(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert operate.main(words) == operate.UNUSABLE
    said = capsys.readouterr()
    assert said.err == Messages.shipped().say("en", "error-usage") + "\n"
    assert said.out == ""


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (InputError("error-home"), operate.UNUSABLE, "Give a country or region"),
        (BotError(), operate.UNUSABLE, "went wrong"),
        (TransientError(), operate.UNUSABLE, "try again later"),
        (StorageError("OperationalError"), operate.UNUSABLE, "(OperationalError)"),
        (ValueError("marker"), operate.FAULTY, "(ValueError)"),
    ],
)
def test_every_error_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception, code: int, said: str
) -> None:
    def fail(*_: object) -> NoReturn:
        raise error

    monkeypatch.setattr(operate, "_carried_out", fail)
    assert operate.main(["kept"]) == code
    told = capsys.readouterr().err
    assert said in told
    assert "error-" not in told
    assert "marker" not in told
    assert "Traceback" not in told


def test_a_look_at_a_queue_where_nothing_is_kept_makes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert operate.main(["queue"]) == operate.DONE
    assert capsys.readouterr().out == "Nothing waits.\n"
    assert list(tmp_path.iterdir()) == []
