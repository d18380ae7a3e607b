"""Runs too long for the tests: `matrix` (questions under kills and restarts), `guards` (each trap without its guard)."""

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.chaos import guards
from tests.chaos.matrix import chaos
from tests.fakes.matrix_bot import Bot
from tests.synapse import synapse


def main(argv: list[str]) -> int:
    if argv[:1] == ["guards"]:
        return guards.main(argv[1:])
    if argv[:1] != ["matrix"]:
        sys.stderr.write("python -m tests.chaos matrix [QUESTIONS ROOMS KILLS RESTARTS] | guards [NUMBER ...]\n")
        return 2
    questions, rooms, kills, restarts = map(int, argv[1:] or ("1000", "20", "50", "2"))
    with synapse() as server, tempfile.TemporaryDirectory() as folder:
        bot = Bot(server, Path(folder), "umbrella")
        report = asyncio.run(chaos(bot, questions=questions, rooms=rooms, kills=kills, restarts=restarts))
    sys.stdout.write(f"{report}\n")
    return int((report.lost, report.twice, report.unreadable) != (0, 0, 0))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
