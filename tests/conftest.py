"""What tests of every kind share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import services
from tests.fakes.clock import FakeClock


def pytest_configure() -> None:
    # The only way to tell pytest where its folders lie without having to clear them away too.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(services.scratch()))  # noqa: TID251


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """A real PostgreSQL; the folder of its socket, its files in `data`."""
    with services.postgres() as folder:
        yield folder
