"""What tests of every kind share."""

import logging
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.storage.open import open_storage
from tests import services
from tests.fakes.clock import FakeClock
from tests.fakes.vetting import Stage, plain_settings, stage_on


def pytest_configure() -> None:
    # The only way to tell pytest where its folders lie without having to clear them away too.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(services.scratch()))  # noqa: TID251


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """A test that lets the log be seen must not leave its handler, on a stream that is closed, to those after it."""
    loggers = [logging.getLogger(), logging.getLogger("bot")]
    before = [(each, each.handlers[:], each.level) for each in loggers]
    raises = logging.raiseExceptions
    yield
    for each, handlers, level in before:
        each.handlers[:] = handlers
        each.setLevel(level)
    logging.raiseExceptions = raises


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """A real PostgreSQL; the folder of its socket, its files in `data`."""
    with services.postgres() as folder:
        yield folder


@pytest.fixture
async def stage(tmp_path: Path, clock: FakeClock) -> AsyncIterator[Stage]:
    """Vetting in a storage of its own, with encryption off."""
    settings = plain_settings(tmp_path)
    storage = await open_storage(settings, clock)
    yield stage_on(storage, settings, clock)
    await storage.close()
