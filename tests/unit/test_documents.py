"""What waits in the outbox comes back as the document it was."""

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.documents import dumped, loaded
from bot.core.reply import Action, Bullets, Card, Gathering, Heading, Link, Notice, Paragraph, Planned, Reply

_TEXT = st.text(max_size=20)
_SPANS = st.lists(_TEXT | st.builds(Link, _TEXT, _TEXT), max_size=3).map(tuple)
_LINES = st.lists(_SPANS, max_size=3).map(tuple)
_BLOCKS = st.one_of(
    st.builds(Heading, _TEXT),
    st.builds(Notice, _TEXT),
    st.builds(Paragraph, _SPANS),
    st.builds(Bullets, _LINES),
    st.builds(Card, _TEXT, _LINES, st.lists(_TEXT, max_size=2).map(tuple), _TEXT),
)
_INSTANTS = st.datetimes(timezones=st.just(UTC))
_REPLIES = st.builds(
    Reply,
    st.lists(_BLOCKS, max_size=4).map(tuple),
    st.lists(st.builds(Action, _TEXT, _TEXT, st.lists(_TEXT, max_size=3).map(tuple)), max_size=3).map(tuple),
    audience=st.sampled_from(["asker", "room"]),
    locale=st.sampled_from(["en", "zh"]),
    is_urgent=st.booleans(),
    gathering=st.none() | st.builds(Gathering, _TEXT, _TEXT, _INSTANTS, _INSTANTS, _TEXT, _TEXT),
    planned=st.none() | st.builds(Planned, _INSTANTS, _TEXT),
)


@given(_REPLIES)
def test_a_reply_comes_back_as_it_was(reply: Reply) -> None:
    assert loaded(dumped(reply)) == reply


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"blocks": [{"kind": "script"}], "actions": []}'])
def test_another_text_is_no_document(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        loaded(text)
