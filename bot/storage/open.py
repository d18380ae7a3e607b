"""Open everything that keeps something, in the right order, or refuse with the mend."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

from bot.core.clock import Clock
from bot.core.finding import UnsafeSetupError
from bot.errors import StorageError
from bot.settings import Settings
from bot.storage import key_files, rotation, upgrade
from bot.storage.case_keys import CaseKeys
from bot.storage.engine import FILE, Database, has_data, make_room, open_database
from bot.storage.forms import StoredForms
from bot.storage.handled_events import StoredHandledEvents
from bot.storage.keys import KeyedPeople, Keys, read_keys
from bot.storage.pending_events import StoredPendingEvents
from bot.storage.preferences import StoredPreferences
from bot.storage.room_facts import StoredRoomFacts
from bot.storage.sync_state import StoredSyncState


@dataclass(frozen=True, slots=True)
class Storage:
    """The open database, the keys, and a class for each table."""

    database: Database
    keys: Keys
    people: KeyedPeople
    handled: StoredHandledEvents
    pending: StoredPendingEvents
    forms: StoredForms
    preferences: StoredPreferences
    rooms: StoredRoomFacts
    state: StoredSyncState
    cases: CaseKeys

    @classmethod
    def on(cls, database: Database, clock: Clock) -> "Storage":
        return cls(
            database,
            database.keys,
            KeyedPeople(database.keys),
            StoredHandledEvents(database, clock),
            StoredPendingEvents(database, clock),
            StoredForms(database),
            StoredPreferences(database, clock),
            StoredRoomFacts(database, clock),
            StoredSyncState(database),
            CaseKeys(database, clock),
        )

    async def close(self) -> None:
        await self.database.close()


async def open_storage(settings: Settings, clock: Clock) -> Storage:
    """The storage of this installation, its tables up to date; the first run makes folder, key and tables.

    Raises UnsafeSetupError with the mend, or StorageError when the database is away.
    """
    return await _opened(settings, clock, is_trial=False)


async def try_storage(settings: Settings, clock: Clock) -> None:
    """Open and close what is there, changing nothing. Raises as `open_storage` does."""
    async with looking_into(settings, clock):
        pass


@contextlib.asynccontextmanager
async def looking_into(settings: Settings, clock: Clock) -> AsyncIterator[Storage]:
    """What is there, opened to be looked at. Raises as `open_storage` does."""
    storage = await _opened(settings, clock, is_trial=True)
    try:
        yield storage
    finally:
        await storage.close()


async def _opened(settings: Settings, clock: Clock, *, is_trial: bool) -> Storage:
    if key_files.next_of(settings.key_file).exists():
        if is_trial:
            raise UnsafeSetupError(rotation.UNFINISHED)
        await rotation.finish(settings)
    keys = read_keys(settings.key_file, settings.data_dir, may_make=not is_trial and not has_data(settings))
    was_there = has_data(settings) and (settings.data_dir / FILE).stat().st_size > 0
    if not is_trial:
        make_room(settings)
    database = open_database(settings, keys)
    try:
        if is_trial:
            await upgrade.try_key(database)
        else:
            await upgrade.upgrade(database)
            await upgrade.prove_key(database)
            await database.take_up_keys()
            database.is_proven = True
            key_files.tidy(settings.key_file)
    except StorageError as error:
        await database.close()
        # SQLCipher cannot tell a wrong key from a broken file: both are "file is not a database".
        if was_there and error.reason == "DatabaseError" and settings.database == "sqlite":
            raise UnsafeSetupError(upgrade.wrong_key()) from None
        raise
    except UnsafeSetupError:
        await database.close()
        raise
    return Storage.on(database, clock)
