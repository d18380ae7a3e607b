"""What replies look like as Matrix messages."""

import html
import json
import re
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.adapters.console.outgoing import render
from bot.adapters.matrix.outgoing import contents, in_reply, in_thread, sentence
from bot.core.reply import Action, Bullets, Card, Heading, Link, Notice, Paragraph, Reply
from bot.core.words import plain
from tests.fakes.matrix_bot import app

NOW = datetime(2026, 11, 21, tzinfo=UTC)
QUESTIONS = ("food in vancouver", "abogada en Ciudad de México", "aide juridique à Montréal", "在温哥华哪里有吃的",
             "shes not breathing we are in toronto", "zzqqxx", "help")  # fmt: skip


def words(formatted: str) -> str:
    """What a person reads of the HTML."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", formatted))).strip()


def flat(body: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"(?m)^- ", "", body)).strip()


@pytest.mark.parametrize("question", QUESTIONS)
def test_both_forms_say_what_the_terminal_says(question: str) -> None:
    reply = app().answer(question, now=NOW).reply
    (content,) = contents(reply, "hint")
    assert content["body"] == render(reply, None, "hint")
    assert re.sub(r"\s", "", words(content["formatted_body"])) == re.sub(r"\s", "", flat(content["body"]))


def test_what_is_urgent_wakes_and_the_rest_does_not() -> None:
    assert contents(Reply((Paragraph(("x",)),)))[0]["msgtype"] == "m.notice"
    assert contents(Reply((Paragraph(("x",)),), is_urgent=True))[0]["msgtype"] == "m.text"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
@example("<script>x</script> <img src=x> </p>")
@example('http://x" onclick="y')
def test_no_words_become_markup_and_nobody_is_pinged(text: str) -> None:
    reply = Reply(
        (Heading(text), Paragraph((text, Link(text, "https://x.org/?a=<b>&c"))), Bullets(((text,),)), Notice(text),
         Card(text, ((text, Link(text, text)),), (text,), "id")),
        (Action("show", text, ("id",)), Action("more", text)),
    )  # fmt: skip
    # The text itself is an address where it begins as one.
    addresses = {"https://x.org/?a=<b>&c", *({plain(text)} if plain(text).startswith(("https://", "http://")) else ())}
    for content in contents(reply, text):
        assert content["m.mentions"] == {}
        assert set(re.findall(r"<(/?[a-z]+)", content["formatted_body"])) <= {
            "p", "/p", "strong", "/strong", "br", "a", "/a", "ul", "/ul", "li", "/li",
        }  # fmt: skip
        anchors = re.findall(r"<a ([^>]*)>", content["formatted_body"])
        assert len(anchors) == content["formatted_body"].count("<a ")
        assert {*anchors} <= {f'href="{html.escape(address)}"' for address in addresses}
        assert {unicodedata.category(each) for each in content["body"].replace("\n", "")} & {"Cc", "Cf", "Cs"} == set()


@pytest.mark.parametrize("text", ["x" * 100_000, "在" * 60_000, "<>&" * 30_000])
def test_what_is_long_is_cut_far_below_the_limit_of_an_event(text: str) -> None:
    messages = contents(Reply((Paragraph((text,)), Paragraph(("end",)))))
    assert max(len(json.dumps(each).encode()) for each in messages) * 4 / 3 < 60_000
    assert "".join(each["body"].replace("\n", "") for each in messages) == text + "end"


def test_answers_stand_where_they_belong() -> None:
    assert "m.relates_to" not in sentence("x")
    assert sentence("x", in_reply("$e"))["m.relates_to"] == {"m.in_reply_to": {"event_id": "$e"}}
    thread = sentence("x", in_thread("$t", "$e"))["m.relates_to"]
    assert (thread["rel_type"], thread["event_id"], thread["is_falling_back"]) == ("m.thread", "$t", True)
