"""Processes that are to die, each made by a fork of one that has imported what they need: a life costs no start.

`python -m tests.chaos.lives MODULE GIVEN` calls `live(given, words)` of that module in a fork of its own for each line
"live WORDS", and waits for the end of a life at each line "end ID". What a life prints comes out in between. When no
more lines can come, all of them end.
"""

import asyncio
import contextlib
import importlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
Live = Callable[[Any, str], Awaitable[None]]
READY = "ready"


class Lives:
    """The lives of one run. `heard` holds the lines they printed, but for `READY`."""

    def __init__(self, forker: asyncio.subprocess.Process) -> None:
        assert forker.stdin and forker.stdout
        self._tell, self._hear = forker.stdin, forker.stdout
        self.heard: list[str] = []

    async def born(self, words: str = "") -> int:
        """Begin a life; the id of its process."""
        self._tell.write(f"live {words}\n".encode())
        return int(await self._until("born"))

    async def ready(self) -> None:
        """Return when a life says it is at work: a start is no point to be killed at."""
        await self._until(READY)

    async def killed(self, born: Sequence[int], between_s: Callable[[], float] = lambda: 0.0) -> None:
        """Kill them, one after the other, and return when they are gone."""
        for process in born:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            await asyncio.sleep(between_s())
        for process in born:
            await self.ended(process)

    async def ended(self, process: int) -> None:
        """Return when it is gone, and all it printed is in `heard`."""
        self._tell.write(f"end {process}\n".encode())
        await self._until("ended")

    async def says(self, line: str) -> None:
        """Return when a life says `line`. Raises TimeoutError after a minute: it has ended by itself."""
        async with asyncio.timeout(60):
            while not (self.heard and self.heard[-1] == line):
                await self._line("")

    async def _until(self, word: str) -> str:
        while (rest := await self._line(word)) is None:
            pass
        return rest

    async def _line(self, word: str) -> str | None:
        """What follows `word` in the next line; a line that begins otherwise is heard, and None comes back."""
        line = (await self._hear.readline()).decode()
        if not line:
            raise RuntimeError("the process that forks is gone")
        first, _, rest = line.strip().partition(" ")
        if first == word:
            return rest
        if first != READY:
            self.heard.append(line.strip())
        return None


@contextlib.asynccontextmanager
async def living(module: str, given: Any) -> AsyncIterator[Lives]:
    """Lives of `module`, to which `given` (JSON) is handed; none is left at the end."""
    forker = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.chaos.lives", module, json.dumps(given),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        cwd=ROOT, start_new_session=True,
    )  # fmt: skip
    try:
        yield Lives(forker)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(forker.pid, signal.SIGKILL)
        await forker.wait()


def say(line: str) -> None:
    """Print a line of a life at once: it may be its last."""
    os.write(1, f"{line}\n".encode())


def main() -> None:
    live: Live = importlib.import_module(sys.argv[1]).live
    given = json.loads(sys.argv[2])

    async def one(words: str) -> None:
        await live(given, words)

    for line in sys.stdin:
        word, _, rest = line.strip().partition(" ")
        if word == "end":
            os.waitpid(int(rest), 0)
            say("ended")
            continue
        process = os.fork()
        if process == 0:
            asyncio.run(one(rest))
            os._exit(0)
        say(f"born {process}")
    # Whoever wrote the lines is gone, perhaps killed. `living` gave this process and its lives a group of their own.
    os.killpg(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
