"""What tests of every kind share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import services
from tests.fakes.clock import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """A real PostgreSQL; the folder of its socket, its files in `data`."""
    with services.postgres() as folder:
        yield folder
