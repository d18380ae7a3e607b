"""Processes that are killed while they deliver announcements lose nothing and say nothing twice.

`python -m tests.chaos announcements --kills N --seed S [--postgres]` does it for longer, on both platforms.
"""

from pathlib import Path

import pytest

from tests.chaos.announcements import Report, on
from tests.chaos.platforms import on_discord, on_matrix
from tests.synapse import Synapse

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.timeout(280)]
KILLS, KILLS_ON_MATRIX = 20, 3


def check(report: Report) -> None:
    """Nothing lost, nothing twice, nothing unknown; and, as a control, some were without an answer."""
    assert report.is_good, report
    assert (report.uncertain, report.deliveries) == (0, 8 * (report.kills + report.kills_at_sending)), report
    assert report.looks > 0, report


async def test_killed_at_random_and_while_sending() -> None:
    report = await on(on_discord(), KILLS, seed=7)
    check(report)
    assert report.again <= 2 * KILLS


async def test_killed_while_two_processes_share_the_work(postgres: Path) -> None:
    check(await on(on_discord(), KILLS, seed=8, postgres=postgres))


async def test_killed_while_sending_to_encrypted_rooms(homeserver: Synapse) -> None:
    check(await on(on_matrix(homeserver), KILLS_ON_MATRIX, seed=9))
