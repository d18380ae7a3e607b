"""A campaign in a terminal: reading keeps nothing, signing keeps what is shown, the code takes it back."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def said(home: Path, *lines: str) -> str:
    """What a new conversation says to these lines."""
    environment = {
        "PATH": os.defpath, "HOME": str(home), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
        "UMBRELLA_DATA": str(home / "data"), "UMBRELLA_KEY_FILE": str(home / "keys" / "key"),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat"], input="\n".join(lines) + "\n", capture_output=True, text=True,
        env=environment, cwd=home, timeout=120, check=True,
    )  # fmt: skip
    return done.stdout


def test_read_sign_in_three_ways_and_take_back(tmp_path: Path) -> None:
    assert "8. Access without fear" in said(tmp_path, "campaign", "1")
    assert not (tmp_path / "data").exists(), "reading keeps nothing"
    for way, given, shown in (
        ("1", ("Night Kitchen", ""), "Name: Night Kitchen"), ("2", ("Day Kitchen", "Ontario"), "Region: Ontario"),
        ("3", ("",), "As an anonymous supporter"),
    ):  # fmt: skip
        signed = said(tmp_path, "campaign", "1", way, *given, "1")
        assert shown in signed
        assert ("asks the organization first" in signed) == (way == "2")
        [code] = re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", signed)
    for name in (b"Night Kitchen", b"Day Kitchen"):
        assert name not in b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())
    assert "Your signature is erased." in said(tmp_path, "campaign", "2", code.lower().replace("-", " "))
    assert "I know no signature" in said(tmp_path, "campaign", "2", code)
    assert "The organizer may have the list" not in said(tmp_path, "campaign", "1"), (
        "nobody in a terminal is a moderator"
    )
