"""Danger stays danger, whatever is said beside it: where somebody is, a greeting, a question."""

import pytest

from bot.urgent.rules import URGENT
from tests.contract.test_figures import give, labelled

DANGERS = [case["text"] for case in labelled("messages") if case["class"] in URGENT]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", ", i am in montreal"), ("", " in toronto"), ("montréal, ", ""), ("hi. ", ""), ("", ". anyone know a lawyer or a clinic?")],
)  # fmt: skip
def test_what_is_said_beside_a_danger_hides_none(before: str, after: str) -> None:
    assert len(DANGERS) == 110
    hidden = [text for text in DANGERS if give(f"{before}{text}{after}", "dm").kind not in URGENT]
    assert hidden == []


def test_who_says_they_are_under_18_is_heard_in_another_sentence() -> None:
    assert (
        give("i am 16. my manager keeps my passport and i cannot leave. who can help in toronto?", "dm").kind == "minor"
    )
