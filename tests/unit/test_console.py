"""The terminal: what is read, what is shown, what a conversation remembers."""

import asyncio
import io
from datetime import UTC, datetime

import pytest

from bot.adapters.console.client import Terminal
from bot.adapters.console.incoming import decoded
from bot.adapters.console.outgoing import columns, render, wrapped
from bot.core.clock import StoppedClock
from bot.core.form import Field, Form
from bot.core.ports import MemoryForms
from bot.core.reply import Action, Bullets, Card, Heading, Link, Notice, Paragraph, Reply
from bot.core.request import ActionPress, FormSubmit, Request, Text
from bot.core.words import plain
from bot.errors import InputError
from bot.handlers.conversation import Conversations
from bot.text.messages import Messages

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SHOWN = (Action("show", "All about Stella", ("stella-montreal",)), Action("find", "More results", ("t:housing", "o:5")))


def test_a_long_line_is_wrapped_at_the_width_and_nothing_is_lost() -> None:
    text = "Help by and for sex workers and their peers, in your own words, at any hour of the day or night."
    for width in (20, 33, 60):
        lines = wrapped(text, width).split("\n")
        assert max(map(columns, lines)) <= width
        assert " ".join(lines) == text


def test_chinese_is_wrapped_by_two_columns_a_character_and_no_line_begins_with_a_full_stop() -> None:
    text = "写下你需要什么、在哪里。这个对话不往硬盘写任何东西，也不通过网络发送任何东西。"
    lines = wrapped(text, 24).split("\n")
    assert max(map(columns, lines)) <= 26
    assert "".join(lines) == text
    assert all(line[0] not in "，。、" for line in lines)


def test_an_address_longer_than_the_line_stays_whole() -> None:
    url = "https://example.org/a/very/long/page/that/has/to/be/copied"
    assert url in wrapped(f"Web: {url}", 30).split("\n")


def test_a_reply_is_plain_text_with_numbered_choices() -> None:
    card = Card(
        "Stella",
        (("Phone: 123",), ("Web: ", Link("https://chezstella.org", "https://chezstella.org"))),
        ("Good to know: x",),
        id="stella-montreal",
    )
    reply = Reply(
        (
            Heading("Found"),
            Paragraph(("See ", Link("this", "https://example.org"))),
            card,
            Bullets((("one",), ("two",))),
            Notice("Kept: nothing"),
        ),
        SHOWN,
    )
    assert render(reply, None, "Type a number.") == (
        "Found\n\nSee this: https://example.org\n\n"
        "1. Stella\n   Phone: 123\n   Web: https://chezstella.org\n   Good to know: x\n\n"
        "- one\n- two\n\nKept: nothing\n\nType a number.\n2. More results"
    )


def test_nothing_a_terminal_obeys_is_ever_printed() -> None:
    reply = Reply(
        (Paragraph(("\x1b[31mred\x1b[0m \x07bell \u202eturned\u202c a\u200bb",)),),
        (Action("x", "\x1b]0;title\x07choose"),),
    )
    shown = render(reply)
    assert shown == "[31mred[0m bell turned ab\n\n1. ]0;titlechoose"
    assert plain("two\nlines") == "two lines"


def test_bytes_that_are_no_text_are_said_to_be_unreadable() -> None:
    assert decoded("我\r\n".encode()) == "我"
    with pytest.raises(InputError):
        decoded(b"\xff\xfe\n")


class _Bot:
    """Stands in for the router: what was asked is kept, the replies are given."""

    def __init__(self, *replies: Reply) -> None:
        self.asked: list[Request] = []
        self._replies = list(replies)

    async def __call__(self, request: Request) -> Reply:
        self.asked.append(request)
        return self._replies.pop(0) if self._replies else Reply((Paragraph(("ok",)),))


def talk(bot: _Bot, *lines: bytes) -> tuple[str, int]:
    """What is printed, and the exit code, when these lines are typed."""
    out, messages, clock = io.StringIO(), Messages.shipped(strict=True), StoppedClock(NOW)
    conversations = Conversations(
        bot, MemoryForms(), clock, b"s" * 32, messages, shows_forms=False, interrupts=lambda text: text == "help me"
    )
    with asyncio.Runner() as runner:
        terminal = Terminal(
            lambda request: runner.run(conversations(request)),
            clock.now,
            messages.say,
            io.BytesIO(b"".join(lines)),
            out,
        )
        code = terminal.run("Hello")
    return out.getvalue(), code


def test_the_first_screen_is_a_greeting_and_the_prompt_and_the_end_of_input_leaves_in_peace() -> None:
    assert talk(_Bot()) == ("Hello\n\n> \nTake care.\n\n", 0)


def test_a_press_goes_on_in_the_language_of_the_reply_and_words_decide_for_themselves() -> None:
    bot = _Bot(Reply((Paragraph(("Bonjour",)),), SHOWN, locale="fr"))
    talk(bot, b"bonjour\n", b"2\n", b"hello\n")
    assert [request.actor.locale for request in bot.asked] == [None, "fr", None]
    assert bot.asked[1].body == ActionPress("find", ("t:housing", "o:5"))


def test_a_chosen_language_stays_until_the_end() -> None:
    bot = _Bot(Reply((Paragraph(("desde aquí",)),), locale="es", sets_locale="es"))
    talk(bot, b"language\n", b"hello\n")
    assert bot.asked[1].actor.locale == "es"


def test_what_waits_for_a_place_is_handed_back_and_only_once() -> None:
    opened = Action("find", "", ("t:housing",))
    bot = _Bot(Reply((Paragraph(("Where?",)),), awaits_place=opened))
    talk(bot, b"housing\n", b"toronto\n", b"thanks\n")
    assert [request.follows for request in bot.asked] == [None, opened, None]


def test_a_bad_line_gets_a_sentence_and_the_conversation_goes_on() -> None:
    bot = _Bot(Reply((Paragraph(("first",)),), SHOWN))
    shown, code = talk(bot, b"a\n", b"\xff\xfe\n", b"7\n", b"b\n")
    assert "I cannot read these characters." in shown
    assert "There is no choice with that number here." in shown
    assert len(bot.asked) == 2
    assert code == 0


def test_a_reply_that_ends_leaves() -> None:
    bot = _Bot(Reply((Paragraph(("Take care.",)),), ends=True))
    shown, code = talk(bot, b"quit\n", b"never read\n")
    assert (len(bot.asked), code) == (1, 0)
    assert shown.endswith("> Take care.\n\n")


FORM = Form(
    "suggest",
    "Suggest",
    (
        Field("name", "Name?", max_length=20),
        Field("kind", "Kind?", "choice", choices=(("group", "A group"), ("line", "A line"))),
        Field("note", "Note?", required=False),
        Field("place", "Place?", value="Leeds"),
    ),
)


def test_a_form_is_asked_one_question_at_a_time_and_an_empty_line_keeps_what_stands_there() -> None:
    bot = _Bot(Reply((), form=FORM))
    shown, _ = talk(bot, b"suggest\n", b"\n", b"Night Kitchen\n", b"7\n", b"2\n", b"\n", b"\n")
    assert bot.asked[1].body == FormSubmit(
        "suggest", {"name": "Night Kitchen", "kind": "line", "note": "", "place": "Leeds"}
    )
    assert "Kind?\n\nType a number" in shown
    assert "1. A group\n2. A line" in shown


def test_an_answer_too_long_is_said_and_never_cut() -> None:
    bot = _Bot(Reply((), form=FORM))
    shown, _ = talk(bot, b"suggest\n", b"Night Kitchen of the whole North\n")
    assert "at most 20 characters" in shown
    assert len(bot.asked) == 1


def test_a_word_stops_a_form_and_somebody_in_danger_does_not_wait_for_one() -> None:
    bot = _Bot(Reply((), form=FORM), Reply((), form=FORM))
    shown, _ = talk(bot, b"suggest\n", b"STOP\n", b"suggest\n", b"help me\n")
    assert "Stopped." in shown
    assert [request.body for request in bot.asked] == [Text("suggest"), Text("suggest"), Text("help me")]
