"""Forms half filled, sealed, for 30 minutes: a restart in between asks the next question as if nothing had been."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Table, delete

from bot.core.form import Field, Form
from bot.core.kept import Kept
from bot.core.ports import OpenForm
from bot.storage.engine import Database
from bot.storage.schema import Instant, TableRule, marked, metadata, of_mark, older_than, put, sealed_field

LONGEST = timedelta(minutes=30)

forms = Table(
    "forms", metadata,
    marked(primary_key=True),
    sealed_field("state", nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
)  # fmt: skip

_OPEN = of_mark(forms.c.state)


class StoredForms:
    """`bot.core.ports.Forms` on the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, key: str, now: datetime) -> OpenForm | None:
        """The open form of this room and person, or None when there is none or its time is over."""
        mark = self._mark(key)
        async with self._database.read() as connection:
            row = (await connection.execute(_OPEN, {"of": mark})).one_or_none()
        form = row and _loaded(self._database.keys.open(row.state, "forms", mark.hex(), "state"))
        return form if form and form.expires_at > now else None

    async def put(self, key: str, form: OpenForm) -> None:
        mark = self._mark(key)
        sealed = self._database.keys.seal(_dumped(form), "forms", mark.hex(), "state")
        async with self._database.write() as connection:
            await put(connection, forms, mark=mark, state=sealed, expires_at=form.expires_at)

    async def erase(self, key: str) -> bool:
        async with self._database.write() as connection:
            return (await connection.execute(delete(forms).where(forms.c.mark == self._mark(key)))).rowcount > 0

    def _mark(self, key: str) -> bytes:
        return self._database.keys.mark("form", key)


def _dumped(form: OpenForm) -> str:
    return json.dumps(
        {
            "form": asdict(form.form),
            "values": form.values,
            "locale": form.locale,
            "expires_at": form.expires_at.timestamp(),
            "seen": form.seen,
        }
    )


def _loaded(content: str) -> OpenForm:
    held: dict[str, Any] = json.loads(content)
    fields = tuple(
        Field(**{**each, "choices": tuple((value, label) for value, label in each["choices"])})
        for each in held["form"]["fields"]
    )
    form = Form(held["form"]["id"], held["form"]["title"], fields)
    return OpenForm(form, held["values"], held["locale"], datetime.fromtimestamp(held["expires_at"], UTC), held["seen"])


RULE = TableRule(
    Kept(
        "forms",
        "the answers given so far to a form, sealed, under a keyed hash that changes each day",
        "so that questions can be asked one at a time",
        "a form half filled",
        "when sent, stopped, or after 30 minutes",
        LONGEST,
    ),
    forms,
    older_than(forms.c.expires_at, timedelta(0)),
)
