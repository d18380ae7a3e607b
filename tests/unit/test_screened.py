"""What vetting is told of somebody's words: links are judged too, and each word is marked where it stands."""

import pytest

from bot.vetting.screened import Screen, Screened, marked

SCREEN = Screen(tuple)


def test_a_link_among_the_words_is_judged_too() -> None:
    found = SCREEN("a clinic\nhttps://bit.ly/x")
    assert [(flag.what, flag.words) for flag in found.flags] == [("shortener", "https://bit.ly/x")]
    assert [link.url for link in found.links] == ["https://bit.ly/x"]
    assert found.places == ()


def test_a_number_in_the_dress_of_a_link_is_personal_and_marked() -> None:
    found = SCREEN("she is kind tel:555-0144")
    assert found.personal
    assert "555-0144⟧" in marked("she is kind tel:555-0144", found)


def test_a_link_may_stand_alone_and_nothing_says_nothing() -> None:
    assert SCREEN("https://example.org/").links
    assert SCREEN("") == Screened()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("her cell is 555-0144", "her cell is ⟦555-0144⟧"),
        ("her cell is 555-\u200b0144", "her cell is ⟦555-0144⟧"),
        ("12 free meals. she lives at 12 Sample Street", "12 free meals. she lives at ⟦12 Sample Street⟧"),
        ("a clinic", "a clinic"),
    ],
)
def test_words_are_marked_where_they_stand(text: str, shown: str) -> None:
    assert marked(text, SCREEN(text)) == shown


def test_what_overlaps_is_marked_once() -> None:
    text = "Mr Testperson is a stalker, Mr Testperson is a rapist, his cell is 555-0144"
    shown = marked(text, SCREEN(text))
    assert shown.replace("⟦", "").replace("⟧", "") == text
    assert "⟦⟦" not in shown
    assert "⟧⟧" not in shown


def test_lines_of_what_was_screened_are_marked_line_by_line() -> None:
    lines = ["a clinic", "her cell is 555-0144", "555-0144 is her cell"]
    found = SCREEN("\n".join(lines))
    assert [marked(line, found) for line in lines] == [
        "a clinic",
        "her cell is ⟦555-0144⟧",
        "⟦555-0144⟧ is her cell",
    ]
    assert marked("never screened 555-0144", found) == "never screened 555-0144"
