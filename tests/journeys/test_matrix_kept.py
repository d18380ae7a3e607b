"""What a day on Matrix leaves behind (issue 3, Shows 5): markers are planted, and every file is searched, also opened."""

import asyncio
import time
from collections.abc import Collection
from datetime import timedelta
from fnmatch import fnmatch

import pytest

from bot.adapters import matrix
from bot.adapters.matrix.ledger import Ledger
from bot.adapters.matrix.store import SecretStore
from bot.core.clock import SystemClock
from bot.storage import retention
from bot.storage.open import open_storage
from tests.fakes.matrix_bot import Bot, Running
from tests.fakes.matrix_opened import cells, places
from tests.fakes.matrix_peer import Peer

pytestmark = pytest.mark.enable_socket
WORDS, PERSON = "markerwords", "markerperson"
OF_THE_PROTOCOL = {
    "matrix.devicekeys.user_id", "matrix.olmsessions.user_id", "matrix.megolminboundsessions.room_id",
    "matrix.encryptedrooms.room_id",
}  # fmt: skip
"""`policy.md` §8, devices of people on Matrix: as the protocol needs, pruned daily when they leave."""


async def talk(bot: Bot, running: Running, person: Peer, *, leave: bool = False) -> str:
    """A question, a picture, a choice, and maybe a parting; the room."""
    room_id = await person.chat(bot.user_id)
    await person.asks(room_id, f"food in vancouver {WORDS}")
    await person.asks(room_id, "1")
    await person.asks(room_id, {"msgtype": "m.image", "body": WORDS, "url": "mxc://x/y"})
    if leave:
        parts = await running.parts()
        await person.client.room_leave(room_id)
        await person.until(lambda: not parts.rooms.is_joined(room_id))
        parts.housekeeping.prune()
    return room_id


async def kept(bot: Bot) -> dict[str, str]:
    storage = await open_storage(bot.settings, SystemClock())
    try:
        return await cells(storage, bot.settings.data_dir)
    finally:
        await storage.close()


@pytest.mark.parametrize("encryption", [True, False])
async def test_no_file_or_log_holds_a_word_or_who_wrote_it(bot: Bot, encryption: bool) -> None:
    bot.encryption = encryption
    login = await asyncio.to_thread(bot.command, "matrix", "login")
    assert login.returncode == 0
    async with Peer(bot.server, f"{PERSON}{int(encryption)}") as person:
        program = bot.process()
        try:
            room_id = await person.chat(bot.user_id)
            await person.asks(room_id, f"food in vancouver {WORDS}")
            await person.asks(room_id, {"msgtype": "m.image", "body": WORDS, "url": "mxc://x/y"})
            began = time.monotonic()
        finally:
            program.terminate()
            assert await asyncio.to_thread(program.wait, 10) == 0
        assert time.monotonic() - began < 5
    log = (bot.folder / "bot.log").read_bytes()
    assert b"matrix.ready" in log
    rules = [*retention.FILES, *matrix.RULES]
    for path in bot.settings.data_dir.iterdir():
        assert any(fnmatch(path.name, rule.kept.place) for rule in rules), path.name
        for marker in (WORDS, PERSON, room_id):
            assert marker.encode() not in path.read_bytes() + log
    found = await kept(bot)
    assert places(found, WORDS) == set()
    assert places(found, PERSON) | places(found, room_id) <= OF_THE_PROTOCOL
    assert places(found, PERSON) != set(), "the search finds what is there"


async def test_of_who_left_nothing_stays(bot: Bot) -> None:
    async with Peer(bot.server, f"{PERSON}left") as person:
        async with bot.running() as running:
            room_id = await talk(bot, running, person, leave=True)
        found = await kept(bot)
        for marker in (WORDS, PERSON, room_id):
            assert places(found, marker) == set()


async def test_with_the_deleter_of_questions_off_they_are_found(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without it the encrypted event of each question stays, and says who wrote it and where."""
    monkeypatch.setattr(Ledger, "finish", lambda *_: None)
    async with Peer(bot.server, f"{PERSON}kept") as person:
        async with bot.running() as running:
            room_id = await talk(bot, running, person)
        found = await kept(bot)
        assert "pending_events.event" in places(found, PERSON) & places(found, room_id)
        assert places(found, WORDS) == set()
        storage = await open_storage(bot.settings, SystemClock())
        await retention.expire(storage.database, SystemClock().now() + timedelta(hours=25))
        await storage.close()
        assert "pending_events.event" not in places(await kept(bot), PERSON)


async def test_with_the_deleter_of_devices_off_they_are_found(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(store: SecretStore, people: Collection[str], rooms: Collection[str]) -> int:  # noqa: ARG001
        return 0

    monkeypatch.setattr(SecretStore, "prune", nothing)
    async with Peer(bot.server, f"{PERSON}stays") as person:
        async with bot.running() as running:
            await talk(bot, running, person, leave=True)
        assert "matrix.devicekeys.user_id" in places(await kept(bot), PERSON)
