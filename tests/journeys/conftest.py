"""A homeserver for all journeys on Matrix, and a bot of its own for each test."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.matrix_bot import Bot
from tests.synapse import Synapse, synapse

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def homeserver() -> Iterator[Synapse]:
    """A real Synapse, its limits lifted."""
    with synapse() as server:
        yield server


@pytest.fixture
def bot(homeserver: Synapse, tmp_path: Path) -> Bot:
    return Bot(homeserver, tmp_path, f"umbrella{next(_numbers)}")
