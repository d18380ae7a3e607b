"""Records kept ready are the records that were read."""

import marshal
from dataclasses import fields
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.directory.load import load
from bot.directory.model import Area, Check, Contact, Label, PartialDate, Resource, Source
from bot.directory.packing import pack, unpack
from bot.directory.snapshot import packaged_file

TEXT = st.text(max_size=8)
MAYBE = st.none() | TEXT
DAYS = (
    st.none()
    | st.builds(PartialDate, st.integers(1970, 2026))
    | st.builds(PartialDate, st.just(2024), st.integers(1, 12), st.integers(1, 28))
)
LABELS = st.builds(Label, st.sampled_from(["yes", "no", "unknown"]), TEXT)
RECORDS = st.builds(
    Resource,
    id=TEXT,
    name=TEXT,
    kind=st.sampled_from(["organization", "fund"]),
    led_by=st.sampled_from(["mixed", "unknown"]),
    description=st.dictionaries(TEXT, TEXT, max_size=2),
    topics=st.lists(TEXT, max_size=2).map(tuple),
    serves=st.lists(TEXT, max_size=2).map(tuple),
    coverage=st.lists(st.builds(Area, TEXT, MAYBE, MAYBE), max_size=2).map(tuple),
    access=st.lists(TEXT, max_size=2).map(tuple),
    sources=st.lists(st.builds(Source, TEXT, TEXT, DAYS), max_size=2).map(tuple),
    involvement=MAYBE,
    contact=st.builds(Contact, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, DAYS),
    labels=st.lists(st.tuples(TEXT, LABELS), max_size=2).map(tuple),
    calls=st.lists(TEXT, max_size=2).map(tuple),
    opens=DAYS,
    ends=DAYS,
    as_of=DAYS,
    checks=st.lists(st.builds(Check, st.dates(), st.just("own-page-read"), st.just("ok")), max_size=2).map(tuple),
    line=st.integers(0, 9999),
)


def through(record: Resource) -> Resource:
    return unpack(marshal.loads(marshal.dumps(pack(record))))


@given(RECORDS)
def test_a_record_comes_back_as_it_was(record: Resource) -> None:
    back = through(record)
    assert back == record
    assert back.line == record.line


def test_every_shipped_record_comes_back_as_it_was() -> None:
    for record in load(packaged_file(), date(2026, 11, 21)).records:
        back = through(record)
        assert back == record
        for field in fields(Resource):
            if field.name != "description":
                assert type(getattr(back, field.name)) is type(getattr(record, field.name)), field.name


def test_what_comes_back_cannot_be_changed() -> None:
    back = through(load(packaged_file(), date(2026, 11, 21)).records[0])
    assert not hasattr(back.description, "__setitem__")
    hash(back.coverage + back.sources + back.checks)
