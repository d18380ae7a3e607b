"""Chaos with figures.

python -m tests.chaos matrix [QUESTIONS ROOMS KILLS RESTARTS]                   the whole run of issue 3
python -m tests.chaos announcements --kills N --seed S [--postgres] [--only PLATFORM] [--json]    N kills at random, N while sending, on each platform
python -m tests.chaos outbox [RUNS]                                             the state machine alone, simulated
python -m tests.chaos vetting [DELIVERIES KILLS SEED RACES]                     issue 5, on SQLite and PostgreSQL
python -m tests.chaos storage [POINTS]                                          kills in each migration, so many full disks
"""

import argparse
import asyncio
import sys
import tempfile
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from bot.settings import Settings
from bot.storage.open import open_storage
from tests import services
from tests.chaos import announcements, storage, vetting
from tests.chaos.matrix import chaos
from tests.chaos.outbox import Counts, simulated
from tests.fakes.clock import FakeClock
from tests.fakes.matrix_bot import Bot
from tests.synapse import synapse


def main(argv: list[str]) -> int:
    match argv:
        case ["matrix", *figures]:
            return _matrix(*map(int, figures or ("1000", "20", "50", "2")))
        case ["announcements", *rest]:
            return _announcements(rest)
        case ["vetting", *figures]:
            return _vetting(*map(int, figures or ("10000", "300", "1", "1000")))
        case ["storage", *points]:
            return _storage(int(points[0]) if points else 200)
        case ["outbox", *runs]:
            return _outbox(int(runs[0]) if runs else 100)
    sys.stderr.write(__doc__ or "")
    return 2


def _matrix(questions: int, rooms: int, kills: int, restarts: int) -> int:
    with synapse() as server, tempfile.TemporaryDirectory(dir=services.scratch()) as folder:
        bot = Bot(server, Path(folder), "umbrella")
        report = asyncio.run(chaos(bot, questions=questions, rooms=rooms, kills=kills, restarts=restarts))
    sys.stdout.write(f"{report}\n")
    return int(not report.is_good)


def _announcements(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos announcements")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--only", choices=sorted(announcements.PLATFORMS), action="append")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(argv)
    with services.postgres() if given.postgres else nullcontext() as folder:
        reports = announcements.run(given.kills, given.seed, postgres=folder, only=given.only)
    sys.stdout.write(announcements.printed(reports, as_json=given.json) + "\n")
    return int(not all(each.is_good for each in reports))


def _vetting(count: int, kills: int, seed: int, races: int = 0) -> int:
    """Deliveries with kills, then so many races of two moderators; each step with its figures for each database."""
    is_good = True
    with tempfile.TemporaryDirectory(dir=services.scratch()) as folder, services.postgres() as socket:
        address = f"postgresql://umbrella@/postgres?host={socket}"
        for name, database in (("sqlite", "sqlite"), ("postgresql", address)):
            report = asyncio.run(vetting.chaos(Path(folder) / name, count, kills, seed, database))
            sys.stdout.write(f"{name}: {report}\n")
            raced = asyncio.run(vetting.raced(Path(folder) / name, races, database))
            sys.stdout.write(f"{name}: {raced}\n")
            is_good = is_good and report.is_good and raced.is_good
    return int(not is_good)


def _storage(points: int) -> int:
    with tempfile.TemporaryDirectory(dir=services.scratch()) as folder, services.postgres() as socket:
        address = f"postgresql://umbrella@/postgres?host={socket}"
        lines = asyncio.run(storage.chaos(Path(folder), points, address))
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return int(any("NOT GOOD" in line for line in lines))


def _outbox(runs: int) -> int:
    async def both() -> list[Counts]:
        clock = FakeClock()
        with tempfile.TemporaryDirectory(dir=services.scratch()) as folder:
            root = Path(folder)
            settings = replace(Settings(), data_dir=root / "data", key_file=root / "key", encryption=False)
            opened = await open_storage(settings, clock)
            try:
                looking = await simulated(opened, clock, range(runs), 20, can_look=True)
                return [looking, await simulated(opened, clock, range(runs, 2 * runs), 20, can_look=False)]
            finally:
                await opened.close()

    found = asyncio.run(both())
    sys.stdout.writelines(f"{each}\n" for each in found)
    return int(not all(each.is_good for each in found))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
