"""Starts that are killed inside each migration; at every statement by `python -m tests.chaos storage`."""

from tests.chaos.storage import killed_in_migrations
from tests.contract.conftest import Place


async def test_killed_inside_each_migration_the_next_start_is_whole_and_nothing_is_lost(place: Place) -> None:
    report = await killed_in_migrations(place.settings, place.clock, 3)
    assert report.is_good, report
    assert report.kills >= 20
