"""What the program says about itself holds no words of a person, also where it cannot be said."""

import io
import logging

import pytest

from bot import log


def test_a_line_that_cannot_be_written_is_lost_without_a_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = io.StringIO()
    monkeypatch.setattr("sys.stderr", closed)
    log.show()
    log.cap_libraries()
    closed.close()
    monkeypatch.undo()
    log.failure("test.failed", ValueError("marker"))
    logging.getLogger("discord").error("marker", exc_info=ValueError("marker"))
    assert capsys.readouterr().err == ""


def test_keys_that_are_not_allowed_lose_their_value() -> None:
    assert (
        log.rendered("text.missing", {"message": "card-x", "words": "marker"})
        == "text.missing message=card-x dropped=words"
    )
    assert log.rendered("a marker", {"code": "two words"}) == "log.unnamed dropped=code"
