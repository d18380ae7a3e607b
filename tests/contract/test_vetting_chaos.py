"""Twenty kills while suggestions and decisions come in, again and out of order; all of it by `python -m tests.chaos vetting`."""

from pathlib import Path

from tests.chaos.vetting import chaos
from tests.contract.conftest import Place


async def test_twenty_kills_lose_nothing_and_repeat_nothing(place: Place, tmp_path: Path) -> None:
    report = await chaos(tmp_path / "chaos", 250, 20, 7, place.settings.database)
    assert report.is_good, report
    assert report.kills >= 5
