"""Whoever writes nothing but the name of a group gets that group."""

from datetime import UTC, datetime

from bot.app import build
from bot.settings import Settings

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_every_name_and_alias_alone_finds_its_record_among_the_first_three() -> None:
    app = build(Settings(), NOW, strict=True)
    missed = {
        name
        for record in app.directory.current.records
        for name in (record.name, *record.aliases)
        if record.id not in [match.resource.id for match in app.answer(name, now=NOW).results[:3]]
    }
    assert missed == set()
