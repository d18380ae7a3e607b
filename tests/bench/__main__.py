"""The benchmarks of the answer engine: `python -m tests.bench [--sizes 168 1000 10000 100000] [--json]`.

Each figure is the median of three runs and, where it can be, a ratio to a peer in the same run: the machines are shared.
"""

import argparse
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from statistics import median
from typing import TYPE_CHECKING, Any

from bot.adapters.console.outgoing import render
from bot.app import App, build
from bot.directory.model import Resource
from bot.directory.query import Place
from bot.directory.search import find
from bot.directory.snapshot import Snapshot
from bot.settings import Settings
from tests.bench.fts import Fts
from tests.bench.generate import Asked, everyday, plain_topics, questions, records
from tests.bench.measure import percentiles, resident_mib, timed

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
RUNS = 3
QUESTIONS = 200
OTHERS = ("announcements", "discord", "matrix")
"""The benchmarks of the doors, each a module beside this one."""


@dataclass(frozen=True)
class Bench:
    """An app on made-up records, and the peer on the same ones."""

    app: App
    fts: Fts
    asked: list[Asked]
    mib_per_1000: float


def main() -> int:
    if sys.argv[1:2] and sys.argv[1] in OTHERS:
        # Loaded here: they bring libraries that the engine has no use for.
        module: Any = import_module(f"tests.bench.{sys.argv[1]}")
        code: int = module.main(sys.argv[2:])
        return code
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[168, 1_000, 10_000, 100_000])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures: dict[str, Any] = {"cold_start": _cold_start()}
    for size in options.sizes:
        figures[str(size)] = _figures(size)
    largest, smallest = max(options.sizes), min(options.sizes)
    figures["growth_p50"] = round(figures[str(largest)]["whole_p50_ms"] / figures[str(smallest)]["whole_p50_ms"], 2)
    print(json.dumps(figures, indent=None if options.json else 2))
    return 0


def _figures(size: int) -> dict[str, Any]:
    """The figures at one size: the middle of three runs."""
    bench = _bench(size)
    runs = [_run(bench) for _ in range(RUNS)]
    found = {key: round(median(run[key] for run in runs), 4) for key in runs[0]}
    return {**found, **_quality(bench), "index_mib_per_1000_records": round(bench.mib_per_1000, 3)}


def _bench(size: int) -> Bench:
    app = build(Settings(), NOW)
    gazetteer = app.cards.gazetteer
    places = [Place(*each) for each in _places(app)]
    phrases = plain_topics()
    made = records(size, places, phrases, seed=size)
    before = resident_mib()
    app.directory.current = Snapshot(tuple(made), "made up", NOW)
    app.ask.tools.shelf()
    grown = resident_mib() - before
    asked = list(questions(QUESTIONS, phrases, places, gazetteer, seed=7))
    return Bench(app, Fts(made, everyday()), asked, grown / size * 1000)


def _places(app: App) -> list[tuple[str, str | None, str | None]]:
    """The cities that records of the shipped directory name: real names, aliases and scripts."""
    shipped: tuple[Resource, ...] = app.directory.current.records
    areas = {area for record in shipped for area in record.coverage if area.place and area.country != "*"}
    return sorted((area.country, area.region, area.place) for area in areas if area.region)


def _run(bench: Bench) -> dict[str, float]:
    shelf = bench.app.ask.tools.shelf()

    def whole(asked: Asked) -> object:
        return render(bench.app.answer(asked.text, now=NOW).reply)

    def rank(asked: Asked) -> object:
        return find(shelf.index, shelf.understanding.understand(asked.text), TODAY)

    calls: dict[str, Callable[[Asked], object]] = {
        "rank": rank,
        "whole": whole,
        "fts": lambda asked: bench.fts.natural(asked.text),
        "fts_facets": lambda asked: bench.fts.faceted(shelf.understanding.understand(asked.text)),
    }
    times = {name: percentiles(seconds) for name, seconds in timed(calls, bench.asked).items()}
    found: dict[str, float] = {}
    for name, (p50, p99) in times.items():
        found |= {f"{name}_p50_ms": p50, f"{name}_p99_ms": p99}
    for name in ("rank", "whole"):
        for at, percentile in enumerate(("p50", "p99")):
            found[f"fts_over_{name}_{percentile}"] = times["fts"][at] / times[name][at]
    return found


def _quality(bench: Bench) -> dict[str, float]:
    """Share of questions whose first record has the topic and place they were made from."""
    shelf, made = bench.app.ask.tools.shelf(), bench.app.directory.current.records
    right = {"ours": 0, "fts": 0, "fts_facets": 0}
    for asked in bench.asked:
        query = shelf.understanding.understand(asked.text)
        matches = find(shelf.index, query, TODAY).matches
        firsts = {
            "ours": matches[0].resource if matches else None,
            "fts": _first(made, bench.fts.natural(asked.text)),
            "fts_facets": _first(made, bench.fts.faceted(query)),
        }
        for name, record in firsts.items():
            right[name] += record is not None and _is_right(record, asked)
    return {f"right_first_{name}": round(count / len(bench.asked), 3) for name, count in right.items()}


def _first(made: tuple[Resource, ...], rows: list[int]) -> Resource | None:
    return made[rows[0]] if rows else None


def _is_right(record: Resource, asked: Asked) -> bool:
    return asked.topic in record.topics and any(area.place == asked.place.name for area in record.coverage)


def _cold_start() -> dict[str, float]:
    """`bot ask` as a whole process against the imports it cannot do without."""
    floor = [sys.executable, "-c", "import yaml, pydantic, fluent.runtime"]
    ask = [sys.executable, "-m", "bot", "ask", "where can I get a free STI test in Toronto"]
    seconds: dict[str, list[float]] = {"floor": [], "ask": []}
    for _ in range(7):
        for name, command in (("floor", floor), ("ask", ask)):
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            seconds[name].append(time.perf_counter() - start)
    middle = {name: median(each) for name, each in seconds.items()}
    return {
        "ask_s": round(middle["ask"], 3),
        "floor_s": round(middle["floor"], 3),
        "ratio": round(middle["ask"] / middle["floor"], 2),
    }


if __name__ == "__main__":
    sys.exit(main())
