"""Open everything that keeps something, in the right order, or refuse with the mend."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from bot import log
from bot.core.clock import Clock
from bot.core.finding import UnsafeSetupError
from bot.errors import StorageError
from bot.settings import Settings
from bot.storage import backup, key_files, known_backups, rotation, upgrade
from bot.storage.acts import StoredActs
from bot.storage.case_keys import CaseKeys
from bot.storage.directory_changes import StoredChanges
from bot.storage.engine import FILE, Database, has_data, make_room, open_database
from bot.storage.forms import StoredForms
from bot.storage.handled_events import StoredHandledEvents
from bot.storage.keys import KeyedPeople, Keys, read_keys
from bot.storage.outbox import StoredOutbox
from bot.storage.pending_events import StoredPendingEvents
from bot.storage.preferences import StoredPreferences
from bot.storage.review_rooms import StoredReviewRooms
from bot.storage.room_facts import StoredRoomFacts
from bot.storage.sync_state import StoredSyncState
from bot.storage.unmet_need import StoredUnmetNeeds

AGAIN_S = 5.0


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
    case_keys: CaseKeys
    changes: StoredChanges
    acts: StoredActs
    needs: StoredUnmetNeeds
    outbox: StoredOutbox
    review_rooms: StoredReviewRooms

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
            StoredChanges(database),
            StoredActs(database),
            StoredUnmetNeeds(database),
            StoredOutbox(database, clock),
            StoredReviewRooms(database, clock),
        )

    async def close(self) -> None:
        await self.database.close()


async def open_storage(settings: Settings, clock: Clock, *, may_wait: bool = False) -> Storage:
    """The storage of this installation, its tables up to date; the first run makes folder, key and tables.

    Raises UnsafeSetupError with the mend, or StorageError when the database is away; with `may_wait` everything then
    raises that until `keep_opening` has opened it.
    """
    keys = read_keys(settings.key_file, settings.data_dir, may_make=not has_data(settings))
    was_there = has_data(settings) and (settings.data_dir / FILE).stat().st_size > 0
    make_room(settings)
    database = open_database(settings, keys)
    try:
        await _bring_up(settings, keys, clock)
        database.is_proven = True
    except StorageError as error:
        # SQLCipher cannot tell a wrong key from a broken file: both are "file is not a database".
        if was_there and error.reason == "DatabaseError" and settings.database == "sqlite":
            raise UnsafeSetupError(upgrade.wrong_key()) from None
        if not may_wait:
            raise
        database.is_waiting = True
    return Storage.on(database, clock)


async def keep_opening(storage: Storage, settings: Settings, clock: Clock) -> None:
    """Try again to open a storage that waits, until it is open. Raises UnsafeSetupError."""
    database = storage.database
    while database.is_waiting:
        await clock.sleep(AGAIN_S)
        try:
            await _bring_up(settings, database.keys, clock)
            database.is_proven, database.is_waiting = True, False
            log.notice("storage.opened")
        except StorageError as error:
            log.warning("storage.waits", error=error.reason)


async def try_storage(settings: Settings, clock: Clock) -> None:
    """Open and close what is there, changing nothing. Raises as `open_storage` does."""
    async with looking_into(settings, clock):
        pass


@asynccontextmanager
async def looking_into(settings: Settings, clock: Clock) -> AsyncIterator[Storage]:
    """What is there, opened to be looked at. Raises as `open_storage` does."""
    if key_files.next_of(settings.key_file).exists():
        raise UnsafeSetupError(rotation.UNFINISHED)
    database = open_database(settings, read_keys(settings.key_file, settings.data_dir, may_make=False))
    try:
        await _tried(database, settings)
        yield Storage.on(database, clock)
    finally:
        await database.close()


async def _tried(database: Database, settings: Settings) -> None:
    try:
        await upgrade.try_key(database)
    except StorageError as error:
        if error.reason == "DatabaseError" and settings.database == "sqlite":
            raise UnsafeSetupError(upgrade.wrong_key()) from None
        raise


async def _bring_up(settings: Settings, keys: Keys, clock: Clock) -> None:
    """Bring tables and keys to what this version and the key file say. Raises StorageError, UnsafeSetupError."""
    if key_files.next_of(settings.key_file).exists():
        await rotation.finish(settings)
        keys.become(key_files.masters(settings.key_file)[0], keys.past)
    database = open_database(settings, keys)
    try:
        await _back_up_before(database, settings, clock)
        await upgrade.upgrade(database)
        await upgrade.prove_key(database)
        await database.take_up_keys()
    finally:
        await database.close()
    with suppress(OSError):  # what a crash left is looked for at each start
        key_files.tidy(settings.key_file)


async def _back_up_before(database: Database, settings: Settings, clock: Clock) -> None:
    """Make a backup if the tables are about to change."""
    revision = await upgrade.revision_of(database)
    if revision not in (None, upgrade.revisions()[0]):
        await upgrade.try_key(database)
        try:
            await backup.back_up(database, clock, settings.data_dir / f"before-{clock.now().date()}.backup")
            known_backups.note(settings.data_dir, settings.data_dir / f"before-{clock.now().date()}.backup")
        except OSError as error:
            raise StorageError(type(error).__name__) from None
