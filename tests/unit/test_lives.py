"""The processes of a chaos run end with it, however it ends."""

import asyncio
import fcntl
import os
import subprocess
import sys
from pathlib import Path

from tests.chaos.lives import READY, ROOT, say

RUN = f"""
import asyncio, sys
from tests.chaos.lives import living

async def run():
    async with living({__name__!r}, sys.argv[1]) as lives:
        await lives.born()
        await lives.ready()
        print("ready", flush=True)
        await asyncio.Event().wait()

asyncio.run(run())
"""


async def live(given: str, _: str) -> None:
    """A life that holds a file and never ends by itself."""
    fcntl.flock(os.open(given, os.O_CREAT), fcntl.LOCK_EX)
    say(READY)
    await asyncio.Event().wait()


def test_no_life_outlives_a_run_that_was_killed(tmp_path: Path) -> None:
    file = tmp_path / "held"
    run = subprocess.Popen([sys.executable, "-c", RUN, str(file)], stdout=subprocess.PIPE, cwd=ROOT)
    assert run.stdout is not None
    assert run.stdout.readline() == b"ready\n"
    run.kill()
    run.communicate()
    with file.open() as ours:
        fcntl.flock(ours, fcntl.LOCK_EX)
