"""The language or place of a person, only if they asked to have it remembered."""

import json
from datetime import datetime, timedelta

from sqlalchemy import Column, Date, Table, delete, update

from bot.core.clock import Clock
from bot.core.kept import Kept
from bot.core.ports import Preferences
from bot.storage.engine import Database
from bot.storage.forgotten import forget
from bot.storage.schema import TableRule, marked, metadata, of_mark, older_than, put, sealed_field

LONGEST = timedelta(days=180)
_UNTOUCHED = timedelta(days=30)
"""So coarsely is the day of the last use kept: it would else say when somebody wrote."""

preferences = Table(
    "preferences", metadata,
    marked(primary_key=True),
    sealed_field("choices", nullable=False),
    Column("used_on", Date, nullable=False, index=True),
)  # fmt: skip

_OF = of_mark(preferences.c.choices, preferences.c.used_on)


class StoredPreferences:
    """`bot.core.ports.PreferenceStore` on the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def of(self, person: str, now: datetime) -> Preferences | None:
        """What this person asked to have remembered, or None."""
        mark, today = self._mark(person), now.date()
        async with self._database.read() as connection:
            row = (await connection.execute(_OF, {"of": mark})).one_or_none()
        if row is None:
            return None
        if today - row.used_on >= _UNTOUCHED:
            async with self._database.write() as connection:
                await connection.execute(update(preferences).where(preferences.c.mark == mark).values(used_on=today))
        return Preferences(**json.loads(self._database.keys.open(row.choices, "preferences", mark.hex(), "choices")))

    async def remember(self, person: str, chosen: Preferences, now: datetime) -> None:
        """Keep what the person chose, in the place of what they chose before."""
        mark = self._mark(person)
        content = json.dumps({"language": chosen.language, "place": chosen.place})
        sealed = self._database.keys.seal(content, "preferences", mark.hex(), "choices")
        async with self._database.write() as connection:
            await put(connection, preferences, mark=mark, choices=sealed, used_on=now.date())

    async def forget(self, person: str) -> bool:
        """Erase at once; whether there was anything."""
        mark = self._mark(person)
        async with self._database.write() as connection:
            done = await connection.execute(delete(preferences).where(preferences.c.mark == mark))
            if done.rowcount:
                await forget(connection, mark, self._clock.now().date())
        return done.rowcount > 0

    def _mark(self, person: str) -> bytes:
        return self._database.keys.mark("preference", person)


RULE = TableRule(
    Kept(
        "preferences",
        "a language or place, sealed, under a keyed hash of the person",
        "because the person asked to have it remembered",
        "language or place of a person",
        "at once with `privacy`, or after 180 days without use",
        LONGEST,
    ),
    preferences,
    older_than(preferences.c.used_on, LONGEST),
    StoredPreferences.forget,
)
