"""Take each guard out of a copy of the program, one after the other: `python -m tests.guards [WORDS]`.

Prints for each whether its test fails without it, and ends with 1 when one does not. WORDS choose the guards whose
line holds each of them (Matrix "trap 7:"). Seconds to a minute and a half a guard, so it is no part of the suite; a test
there holds that each guard is where this says.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.guards import discord, matrix
from tests.guards.guard import ROOT, Guard

FAILED = 1
"""pytest's exit status when tests ran and one failed; anything else shows nothing of the guard."""


def main(words: list[str]) -> int:
    chosen = [guard for guard in (*discord.GUARDS, *matrix.GUARDS) if all(word in guard.line for word in words)]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "umbrella"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        idle = [guard for guard in chosen if not _is_missed(guard, copy)]
    print(f"{len(chosen) - len(idle)} of {len(chosen)} guards are missed by their test when they are taken out")
    return 1 if idle else 0


def _is_missed(guard: Guard, copy: Path) -> bool:
    """Whether the test fails in `copy` while the guard is out of it."""
    file = copy / guard.file
    whole = file.read_text("utf-8")
    file.write_text(guard.taken_out_of(whole), "utf-8")
    try:
        path, _, name = guard.test.partition("::")
        command = [sys.executable, "-m", "pytest", path, "-k", name, "-x", "-n0", "-p", "no:cacheprovider"]
        ended = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False, timeout=300)
    finally:
        file.write_text(whole, "utf-8")
    print(f"{'fails' if ended.returncode == FAILED else 'DOES NOT FAIL'}: {guard.line}", flush=True)
    return ended.returncode == FAILED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
