"""Replies as Discord's messages: within the limits, nothing cut that must stay whole, nothing that is markup."""

import re
from typing import Any

import pytest

from bot.adapters.discord.layout import layout
from bot.adapters.discord.outgoing import PAGE, block_text, escaped, graphemes, pages, shortened
from bot.core.reply import Action, Bullets, Card, Heading, Link, Notice, Paragraph, Reply
from tests.fakes.discord.components import SECTION, v2_faults, walk

NUMBER = "+1 (416) 555-0100 / 555-0111"
ADDRESS = "https://example.org/a_b*c~d|e?x=1#y_z"


def test_every_kind_of_block() -> None:
    assert block_text(Heading("A_b")) == "**A\\_b**"
    assert block_text(Notice("*x*")) == "\\*x\\*"
    assert (
        block_text(Paragraph(("See ", Link("the_page", "https://x.example/a_b"))))
        == "See the\\_page: <https://x.example/a_b>"
    )
    assert block_text(Bullets((("one",), ("two",)))) == "- one\n- two"
    card = Card("Name", (("Phone: ", NUMBER),), ("asks for papers",), "id")
    assert block_text(card) == f"**Name**\nPhone: {NUMBER}\nasks for papers"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**b** _i_ ~~s~~ `c` ||x||", "\\*\\*b\\*\\* \\_i\\_ \\~\\~s\\~\\~ \\`c\\` \\|\\|x\\|\\|"),
        ("[a](https://evil.example)", "\\[a\\](<https://evil.example)>"),
        ("<@1> <@&2> <#3> <t:1>", "\\<@1> \\<@&2> \\<#3> \\<t:1>"),
        ("# title\n> quote\n- item\n1. one", "\\# title\n\\> quote\n\\- item\n1\\. one"),
        ("a\u202eb\u200bc\x00d", "abcd"),
        (f"see {ADDRESS} now", f"see <{ADDRESS}> now"),
        ("+15142858889", "+15142858889"),
    ],
)
def test_text_is_shown_as_it_is(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_pages_end_at_the_border_of_a_block() -> None:
    reply = Reply(tuple(Paragraph((f"{number} " + "word " * 150,)) for number in range(20)), (Action("help", "Help"),))
    made = pages(reply, ["first"], [Action("hide", "Hide")])
    assert len(made) > 2
    assert all(sum(map(len, page.parts)) <= PAGE for page in made)
    assert made[0].parts[0] == "first"
    assert [part for page in made for part in page.parts][1:] == [block_text(block) for block in reply.blocks]
    assert [[each.label for each in page.buttons] for page in made] == [["Hide"]] * (len(made) - 1) + [["Help", "Hide"]]


@pytest.mark.parametrize("what", [NUMBER, f"<{ADDRESS}>", "👩🏽‍🚒", "🇨🇦", "e\u0301", "नि"])
def test_no_number_address_or_character_is_cut(what: str) -> None:
    """Moved by one character at a time over the end of a page."""
    for before in range(PAGE - len(what) - 2, PAGE + 1):
        text = "x" * (before - 10) + " " * 10 + what + " end " + "y" * 200
        parts = [part for page in pages(Reply((Paragraph((text,)),))) for part in page.parts]
        assert all(len(part) <= PAGE for part in parts)
        found = [part for part in parts if (what if what != f"<{ADDRESS}>" else "example.org") in part]
        assert found, before
    assert "".join(graphemes(what)) == what


def test_one_word_longer_than_a_page_is_parted_between_characters() -> None:
    family = "👩🏽‍🚒"
    parts = [part for page in pages(Reply((Paragraph((family * 1500,)),))) for part in page.parts]
    assert "".join(parts) == family * 1500
    assert all(len(part) <= PAGE and part.startswith("👩") for part in parts)


def test_few_choices_are_buttons_and_many_are_a_list() -> None:
    few = pages(Reply((), tuple(Action("show", f"Record {n}", (f"r{n}",)) for n in range(10))))[0]
    assert (len(few.buttons), few.lists) == (10, ())
    many = pages(Reply((), tuple(Action("show", f"Record {n}", (f"r{n}",)) for n in range(60))))[0]
    assert [len(each) for each in many.lists] == [25, 25, 10]
    assert many.buttons == ()


def test_each_choice_stands_there_once_and_labels_fit() -> None:
    actions = (
        Action("help", "Help"),
        Action("help", "Again"),
        Action("show", "x" * 300, ("a",)),
        Action("show", " ", ("b",)),
    )
    made = pages(Reply((), actions))[0]
    assert [each.label for each in made.buttons] == ["Help", "x" * 79 + "…"]


def test_labels_are_cut_between_characters_people_see() -> None:
    assert shortened("👩🏽‍🚒" * 10, 9) == "👩🏽‍🚒" * 2 + "…"
    assert shortened("a\nb\u202e  c", 80) == "a b c"
    assert re.fullmatch(r"(?:é)+…", shortened("e\u0301" * 50, 7).replace("e\u0301", "é"))


@pytest.mark.parametrize(("others", "has_room"), [(8, True), (10, True), (22, False)])
def test_the_report_of_each_card_stands_beside_it_as_long_as_there_is_room(others: int, has_room: bool) -> None:
    ids = [f"r{number}" for number in range(5)]
    cards = tuple(Card(f"Record {each}", (("Phone: 211",),), id=each) for each in ids)
    actions = (
        *(Action("show", f"All about {each}", (each,)) for each in ids),
        *(Action("find", f"More {number}", (f"o:{number}",)) for number in range(4)),
        *(Action("report", f"Report: {each}", (each,)) for each in ids),
    )
    lines = tuple(Paragraph((f"line {number}",)) for number in range(others - 5))
    [page] = pages(Reply((*cards, *lines), actions), last=[Action("hide", "Hide")])
    assert [each.label for each in page.beside.values()] == [f"Report: {each}" for each in ids]
    made: list[dict[str, Any]] = layout(page, "Choose").to_components()  # type: ignore[no-untyped-call]
    every = [each for _, each in walk(made)]
    assert len(every) <= 40
    assert sum(each["type"] == SECTION for each in every) == (5 if has_room else 0)
    assert v2_faults(made, ()) == []
