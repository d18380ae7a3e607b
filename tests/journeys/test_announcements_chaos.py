"""Processes that are killed while they deliver announcements lose nothing and say nothing twice.

`python -m tests.chaos announcements --kills N --seed S [--postgres]` does it for longer.
"""

from pathlib import Path

import pytest

from tests.chaos.announcements import run

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.timeout(280)]
KILLS = 20


def test_killed_at_random_and_while_sending() -> None:
    report = run(KILLS, seed=7)
    assert (report.lost, report.twice, report.uncertain, report.integrity) == (0, 0, 0, "ok")
    assert report.looks > 0, "the control: some were without an answer"
    assert report.again <= 2 * KILLS


def test_killed_while_two_processes_share_the_work(postgres: Path) -> None:
    report = run(KILLS, seed=8, postgres=postgres)
    assert (report.lost, report.twice, report.uncertain) == (0, 0, 0)
    assert report.looks > 0
