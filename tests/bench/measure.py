"""Timing side by side: the calls are interleaved, each is run three times, and the least of the three counts, because a
machine that is shared only ever makes a run slower."""

import gc
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import quantiles
from typing import TypeVar

Item = TypeVar("Item")
ROUNDS = 3


def timed(calls: dict[str, Callable[[Item], object]], items: Sequence[Item]) -> dict[str, list[float]]:
    """Seconds for each call on each item, the least of three rounds."""
    best: dict[str, list[float]] = {name: [float("inf")] * len(items) for name in calls}
    gc.collect()
    gc.disable()
    for _ in range(ROUNDS):
        for at, item in enumerate(items):
            for name, call in calls.items():
                start = time.perf_counter()
                call(item)
                best[name][at] = min(best[name][at], time.perf_counter() - start)
    gc.enable()
    return best


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """p50 and p99 in milliseconds."""
    cuts = quantiles(seconds, n=100, method="inclusive")
    return cuts[49] * 1000, cuts[98] * 1000


def resident_mib(process_id: int | None = None) -> float:
    """Resident memory of a process, this one if none is named, in MiB (Linux)."""
    pages = Path(f"/proc/{process_id or 'self'}/statm").read_text("ascii").split()[1]
    return int(pages) * 4096 / 1048576


def cpu_s(process_id: int) -> float:
    """Processor time of a process so far, its own and the system's for it, in seconds (Linux)."""
    parts = Path(f"/proc/{process_id}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")
