"""The contacts urgent cards show when no directory can be read: for each class those that help in a whole country.

They are records of `resources.yaml`, kept in `last_good.yaml` in its format. A test holds both equal; when the
directory has changed, `python -m bot.urgent.last_good` writes the file again, and a person reads what changed.
"""

from collections.abc import Sequence
from datetime import date
from importlib import resources
from pathlib import Path

from bot.directory.index import Index
from bot.directory.model import WORLDWIDE, Resource
from bot.directory.places import Gazetteer
from bot.directory.query import Place, Query
from bot.urgent.contacts import Contacts
from bot.urgent.offers import offers

FILE = "last_good.yaml"
HEAD = (
    "# The contacts of urgent cards when the directory cannot be read: records of resources.yaml, unchanged.\n"
    "# Written by `python -m bot.urgent.last_good`; correct resources.yaml, not this file.\n"
)
# Classes whose card would be much poorer without a contact; the others say all they have to say without one.
_CLASSES = (
    "overdose",
    "suicide",
    "violence",
    "police-raid",
    "immigration-detention",
    "stalking-doxxing",
    "coercion",
    "minor",
)


def chosen(records: Sequence[Resource], gazetteer: Gazetteer, today: date) -> list[Resource]:
    """The contacts for every country of the directory and for the whole world, in the directory's order."""
    contacts = Contacts(Index(records, gazetteer), today)
    countries = sorted({area.country for record in records for area in record.coverage} - {WORLDWIDE})
    kept: set[str] = set()
    for kind in _CLASSES:
        for places in ((), *((Place(country),) for country in countries)):
            query = Query(language="en", locale="en", places=places)
            kept.update(match.resource.id for match in contacts.choose(offers()[kind], query))
    return [record for record in records if record.id in kept]


def path() -> Path:
    """Where the file lies in the package."""
    return Path(str(resources.files(__package__))) / FILE


def write(today: date) -> None:
    """Write the file from the packaged directory."""
    from bot.directory.load import load  # noqa: PLC0415  (only who maintains the file needs it)
    from bot.directory.snapshot import packaged_file  # noqa: PLC0415
    from bot.directory.write import dump  # noqa: PLC0415

    loaded = load(packaged_file(), today)
    path().write_text(dump(chosen(loaded.records, Gazetteer.shipped(), today), HEAD), "utf-8")


if __name__ == "__main__":
    write(date.today())  # noqa: DTZ011  (a maintainer's own day is near enough)
