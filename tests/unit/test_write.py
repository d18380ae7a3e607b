"""One way to write a record: read again it is the same, and the shipped file is what the writer writes."""

import string
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.directory.load import load_text
from bot.directory.model import Area, Check, Contact, Label, PartialDate, Resource, Source
from bot.directory.vocabulary import vocabulary
from bot.directory.write import WIDTH, dump, head_of, is_plain

SHIPPED = Path(__file__).parents[2] / "resources.yaml"
TODAY = date(2026, 11, 21)
WORDS = vocabulary()

# What makes YAML stumble, around ordinary words of several languages.
_TRAPS = st.sampled_from(
    [
        "a: b",
        "#c",
        "- d",
        "'",
        "''",
        '"',
        "[x]",
        "{y}",
        "*z",
        "&w",
        "!v",
        "%",
        "@u",
        "`t`",
        "|",
        ">",
        ">-",
        "?",
        "?s",
        ":",
        "::",
        ",",
        "-",
        "--",
        "...",
        "---",
        "yes",
        "NO",
        "on",
        "0x1f",
        "1e3",
        "12:30",
        "2025-01-01",
        "=",
        "<<",
        "\\n",
        "~x",
        "l'été",
        "蒙特利尔",
        "ภาษาไทย",
        "🌂",
    ]
)
_WORD = st.text(string.ascii_letters + "éñüœßЖ的日", min_size=1, max_size=12)
_TEXT = st.lists(st.one_of(_WORD, _WORD, _TRAPS), min_size=1, max_size=60).map(" ".join)
_SHORT = st.lists(st.one_of(_WORD, _TRAPS), min_size=1, max_size=6).map(" ".join)
_DATE = st.dates(date(1990, 1, 1), date(2026, 11, 1)).flatmap(
    lambda day: st.sampled_from(
        [PartialDate(day.year), PartialDate(day.year, day.month), PartialDate(day.year, day.month, day.day)]
    )
)
_SENTENCE = _TEXT.map(lambda text: f"Here: {text.replace('!', '')}".strip())
_ID = st.from_regex(r"[a-z]{4,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
_URL = st.from_regex(
    r"https://(www\.)?[a-z]{3,12}[a-z0-9]{3}\.(org|com|ca)(/[A-Za-z0-9_~%.-]{1,30}){0,3}", fullmatch=True
)


def _some(words: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(words), min_size=1, max_size=5, unique=True).map(tuple)


_SOURCES = st.lists(
    st.builds(Source, _URL, _TEXT.map(lambda text: text[:400].strip()), st.none() | _DATE),
    min_size=1,
    max_size=4,
    unique=True,
).map(tuple)
_LABELS = st.dictionaries(
    st.sampled_from(list(WORDS.labels)), st.builds(Label, st.sampled_from(["yes", "no", "unknown"]), _URL), max_size=3
).map(lambda labels: tuple(labels.items()))
_CONTACT = st.builds(
    Contact,
    url=st.none() | _URL,
    email=st.none() | st.just("hello@stella.org"),
    phone=st.none() | st.sampled_from(["+15142858889", "988"]),
    text=st.none() | st.just("Send a Please Call Me to +27713577632"),
    address=st.none() | _SHORT,
    hours=st.none() | _SHORT,
)
_RECORD = st.builds(
    Resource,
    id=_ID,
    name=_SHORT,
    kind=st.sampled_from(WORDS.kind),
    led_by=st.sampled_from(WORDS.led_by),
    description=st.dictionaries(st.sampled_from(["fr", "es", "zh", "pt-BR", "th"]), _SENTENCE, max_size=3).flatmap(
        lambda rest: _SENTENCE.map(lambda en: MappingProxyType({"en": en, **rest}))
    ),
    topics=_some(WORDS.topics),
    serves=_some(WORDS.serves),
    access=_some(WORDS.access),
    sources=_SOURCES,
    coverage=st.lists(
        st.sampled_from([Area("CA", "CA-QC", "Montréal"), Area("NO"), Area("*"), Area("US", "US-NY")]),
        min_size=1,
        max_size=3,
        unique=True,
    ).map(tuple),
    aliases=st.lists(_SHORT, max_size=3, unique=True).map(tuple),
    involvement=st.none() | _SENTENCE,
    languages=st.lists(st.sampled_from(["en", "no", "zh-TW", "pt-BR"]), max_size=3, unique=True).map(tuple),
    contact=_CONTACT,
    labels=_LABELS,
    calls=st.lists(_SHORT, max_size=3, unique=True).map(tuple),
    opens=st.none() | st.just(PartialDate(1990)),
    ends=st.none() | _DATE,
    as_of=st.none() | _DATE,
    checks=st.lists(
        st.builds(
            Check,
            st.dates(date(2025, 1, 1), TODAY),
            st.sampled_from(WORDS.check_methods),
            st.sampled_from(WORDS.check_outcomes),
        ),
        max_size=2,
        unique=True,
    ).map(tuple),
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(_RECORD, min_size=1, max_size=3, unique_by=lambda record: record.id))
def test_a_written_record_is_read_as_it_was(records: list[Resource]) -> None:
    """For any record that can be one: equal when read, and written the same again."""
    written = dump(records)
    again = yaml.safe_load(written)
    assert all(isinstance(leaf, str) for record in again for leaf in _leaves(record))
    assert yaml.load(written, Loader=yaml.BaseLoader) == again
    loaded = load_text(written.encode(), "f", TODAY)
    if not loaded.faults:
        assert loaded.records == tuple(sorted(records, key=lambda record: record.id))
        assert dump(loaded.records) == written
    else:
        # Some traps alone make a name that is none, and a line of its own in a long text; nothing else may be wrong.
        allowed = ("only holds a place", "as part of", "aliases is the name")
        assert all(any(part in each.sentence for part in allowed) for each in loaded.faults), loaded.faults


def _leaves(value: object) -> list[object]:
    if isinstance(value, dict):
        return [leaf for held in value.values() for leaf in _leaves(held)]
    return [leaf for held in value for leaf in _leaves(held)] if isinstance(value, list) else [value]


def test_the_shipped_file_is_what_the_writer_writes() -> None:
    text = SHIPPED.read_text("utf-8")
    assert dump(load_text(text.encode(), "f", TODAY).records, head_of(text)) == text


def test_every_reader_takes_the_shipped_file_for_the_same() -> None:
    """Also those that make numbers, dates and truth of text without quotes."""
    text = SHIPPED.read_text("utf-8")
    assert yaml.safe_load(text) == yaml.load(text, Loader=yaml.BaseLoader)


def test_lines_keep_their_width_where_words_allow_it() -> None:
    lines = [line for line in SHIPPED.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert [
        line for line in lines if len(line) > WIDTH and " " in line.strip().removeprefix("- ").partition(": ")[2]
    ] == []


def test_a_change_of_one_word_changes_one_place() -> None:
    text = SHIPPED.read_text("utf-8")
    changed = text.replace("  - peer-support\n", "  - outreach\n", 1)
    loaded = load_text(changed.encode(), "f", TODAY)
    written = dump(loaded.records, head_of(text))
    pairs = list(zip(text.splitlines(), written.splitlines(), strict=True))
    assert sum(old != new for old, new in pairs) == 1


@pytest.mark.parametrize(
    "word",
    [
        "yes",
        "No",
        "NULL",
        "~",
        "1",
        "+15142858889",
        "2025-01-01",
        "2025",
        "0x1F",
        "1_000",
        "1:30",
        ".5",
        "12e03",
        "- a",
        "#a",
        "a #b",
        "a: b",
        "a:",
        "*a",
        "&a",
        "!a",
        "'a",
        '"a',
        "[a",
        "{a",
        "@a",
        "`a",
        "%a",
        "|",
        ">",
        "=",
        "<<",
    ],
)
def test_words_that_mean_something_to_yaml_are_quoted(word: str) -> None:
    assert not is_plain(word)


@pytest.mark.parametrize("text", ["", " a", "a ", "a\nb", "a\tb", "a\u202eb", "a\0b"])
def test_a_text_no_record_can_hold_is_not_written(text: str) -> None:
    record = next(iter(load_text(SHIPPED.read_bytes(), "f", TODAY).records))
    with pytest.raises(ValueError, match="a text is empty"):
        dump([Resource(**{**{name: getattr(record, name) for name in record.__slots__}, "name": text})])


def test_the_head_is_kept() -> None:
    head = "# one\n#\n# two\n"
    assert head_of(f"{head}\n- id: x\n") == head
    assert head_of("- id: x\n# late\n") == ""
