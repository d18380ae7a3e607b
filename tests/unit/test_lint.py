"""Holes, links and words are found where they stand, and a text becomes a document without markup."""

from typing import Literal

import pytest

from bot.announcements.lint import findings, paragraphs
from bot.core.reply import Link, Paragraph


def judge(url: str) -> Literal["known", "unknown", "refuse"]:
    return "refuse" if "xn--" in url else "known" if "example.org" in url else "unknown"


def kinds(text: str, locale: str = "en") -> list[str]:
    return [each.kind for each in findings(text, locale, judge)]


def test_a_plain_text_has_nothing_wrong() -> None:
    assert (
        kinds(
            "Vigil on 17 December at six.\nAll are welcome: https://example.org/vigil.\nSee [the page](https://example.org)."
        )
        == []
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "empty"), (" \n ", "empty"),
        ("Hello {name}", "hole"), ("Hello {{ name }}", "hole"), ("Hello <name>", "hole"), ("Hello %NAME%", "hole"),
        ("Hello ${NAME}", "hole"), ("At ____ o'clock", "hole"), ("TBD", "hole"), ("First line\nTODO", "hole"),
        ("[](https://example.org)", "link-text"), ("[ ](https://example.org)", "link-text"),
        ("[page]()", "link"), ("[page](javascript:alert)", "link"), ("see https://xn--exmple-cua.org", "link"),
        ("see https://elsewhere.test/x", "unknown-link"),
        ("We rescue people", "word"), ("Come now!", "shout"), ("word " * 361, "too-long"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize("text", ["Rights, not rescue.", "They said “rescue”.", "Tarif 50 € ; it's 5 < 6"])
def test_what_is_meant_so_is_left(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(("text", "locale"), [("Une victime", "fr"), ("una víctima", "es"), ("受害者", "zh")])
def test_every_language_has_its_words(text: str, locale: str) -> None:
    assert kinds(text, locale) == ["word"]


def test_the_place_is_shown_and_some_findings_hold() -> None:
    (hole,) = findings("Meet us on Friday at the usual place with {name} and the whole group", "en", judge)
    assert hole.holds
    assert "{name}" in hole.place
    assert len(hole.place) < 60
    (link,) = findings("https://elsewhere.test", "en", judge)
    assert not link.holds


def test_links_become_spans_and_nothing_else_does() -> None:
    text = "*Bold* [the page](https://example.org/a) and https://example.org/b.\n\n<@everyone> [x](data:y)"
    assert paragraphs(text) == (
        Paragraph(("*Bold* ", Link("the page", "https://example.org/a"), " and ",
                   Link("https://example.org/b", "https://example.org/b"), ".")),
        Paragraph(("<@everyone> [x](data:y)",)),
    )  # fmt: skip
