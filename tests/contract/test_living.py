"""Every process of an installation answers from an approval within two seconds of it."""

import asyncio
import time
from dataclasses import replace

import pytest

from bot.app import build
from bot.core.clock import SystemClock
from bot.directory import changes
from bot.living import Living
from bot.storage.open import Storage
from tests.contract.conftest import Place
from tests.unit.test_changes import BY, DAY

RECORD = "stella-montreal"
MOST_S = 2.0


@pytest.mark.parametrize("place", ["sqlcipher", "postgresql"], indirect=True)
async def test_every_process_sees_an_approval_within_two_seconds(
    place: Place, storage: Storage, other_storage: Storage
) -> None:
    apps = [build(replace(place.settings), serves=True) for _ in range(2)]
    houses = [Living(app, at.changes, SystemClock()) for app, at in zip(apps, (storage, other_storage), strict=True)]
    for house in houses:
        await house.refresh()
    following = [asyncio.create_task(house.follow()) for house in houses]
    await asyncio.sleep(0.1)
    decided_at = time.monotonic()
    await storage.changes.add_one(changes.simple("hide", RECORD, DAY, approvals=1, by=BY[:1]))
    async with asyncio.timeout(20):
        while any(RECORD in app.shelves.current().index.by_id for app in apps):
            await asyncio.sleep(0.01)
    seen_s = time.monotonic() - decided_at
    for task in following:
        task.cancel()
    await asyncio.wait(following)
    assert seen_s < MOST_S
