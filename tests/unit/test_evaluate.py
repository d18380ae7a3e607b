"""The figures a moderator reads, checked by hand on small sets."""

from math import log2
from typing import Any

import pytest

from bot.directory.evaluate import Given, evaluate_messages, evaluate_questions


def question(
    id_: str, *best: str, good: tuple[str, ...] = (), never: tuple[str, ...] = (), language: str = "en"
) -> dict[str, Any]:
    return {"id": id_, "text": id_, "language": language, "best": list(best), "good": list(good), "never": list(never)}


def questions(
    shown: dict[str, tuple[str, ...]], *asked: dict[str, Any], elsewhere: tuple[str, ...] = ()
) -> dict[str, Any]:
    return evaluate_questions(asked, lambda text, _: Given("request", "none", (), shown.get(text, ()), elsewhere))


def test_hits_and_ranks() -> None:
    figures = questions(
        {"first": ("a", "x"), "third": ("x", "y", "a"), "fourth": ("x", "y", "z", "a"), "never": ("x",)},
        question("first", "a"), question("third", "a", "b"), question("fourth", "a"), question("never", "a"),
    )  # fmt: skip
    assert (figures["count"], figures["hit_at_1"], figures["hit_at_3"]) == (4, 0.25, 0.5)
    assert figures["mrr"] == pytest.approx((1 + 1 / 3 + 1 / 4) / 4, abs=1e-4)
    assert figures["worst"]["missed"] == ["fourth", "never"]


def test_gain_counts_best_three_times_good_and_sinks_with_the_rank() -> None:
    figures = questions({"q": ("g", "b")}, question("q", "b", good=("g",)))
    ideal = 3 / log2(2) + 1 / log2(3)
    assert figures["ndcg_at_5"] == pytest.approx((1 / log2(2) + 3 / log2(3)) / ideal, abs=1e-4)
    assert questions({"q": ("b", "g")}, question("q", "b", good=("g",)))["ndcg_at_5"] == 1.0


def test_a_mistake_counts_in_the_top_three_only() -> None:
    bad = question("bad", "a", never=("n",))
    assert questions({"bad": ("a", "x", "n")}, bad)["never_in_top_3"] == 1.0
    assert questions({"bad": ("a", "x", "n")}, bad)["worst"]["never"] == ["bad"]
    assert questions({"bad": ("a", "x", "y", "n")}, bad)["never_in_top_3"] == 0.0


def test_where_nothing_fits_it_is_held_when_nothing_of_elsewhere_is_shown() -> None:
    nothing = question("empty", never=("n",))
    assert questions({"empty": ("x",)}, nothing)["nothing_fits_held"] == 1.0
    assert questions({"empty": ("n",)}, nothing)["nothing_fits_held"] == 0.0
    away = questions({"empty": ("x",)}, nothing, elsewhere=("x",))
    assert (away["nothing_fits_held"], away["worst"]["missed"]) == (0.0, ["empty"])
    assert away["hit_at_1"] is None


def test_questions_by_language() -> None:
    figures = questions({"en": ("a",), "fr": ()}, question("en", "a"), question("fr", "a", language="fr"))
    assert figures["hit_at_3_by_language"] == {"en": 1.0, "fr": 0.0}


def message(id_: str, kind: str, *also: str, language: str = "en", where: str = "dm") -> dict[str, Any]:
    return {"id": id_, "text": id_, "language": language, "class": kind, "also": list(also), "where": where}


def messages(seen: dict[str, Given], *asked: dict[str, Any]) -> dict[str, Any]:
    return evaluate_messages(asked, lambda text, _: seen[text])


def seen(kind: str, urgency: str = "none", *also: str) -> Given:
    return Given(kind, urgency, also, ())


def test_any_urgent_class_catches_an_urgent_message_and_only_the_right_one_is_right() -> None:
    figures = messages(
        {"a": seen("overdose", "now"), "b": seen("violence", "now"), "c": seen("request"), "d": seen("minor", "soon", "coercion")},
        message("a", "overdose"), message("b", "overdose"), message("c", "suicide"), message("d", "coercion"),
    )  # fmt: skip
    assert figures["urgent_caught"] == 0.75
    assert figures["urgent_caught_by_class"] == {"coercion": 1.0, "overdose": 1.0, "suicide": 0.0}
    assert figures["worst"]["missed_urgent"] == ["c"]
    assert figures["right_class"] == pytest.approx((1 + 0 + 0 + 0.5) / 4)


def test_a_further_class_counts_half() -> None:
    figures = messages({"a": seen("violence", "now"), "b": seen("violence", "now", "coercion")},
                       message("a", "coercion", "violence"), message("b", "coercion"))  # fmt: skip
    assert figures["right_class"] == 0.5
    assert figures["worst"]["wrong_class"] == ["a", "b"]


def test_alarms_are_counted_on_ordinary_messages_only() -> None:
    figures = messages(
        {"a": seen("request"), "b": seen("request", "soon"), "c": seen("violence", "now"), "d": seen("minor", "soon")},
        message("a", "request"), message("b", "small-talk"), message("c", "off-topic"), message("d", "minor"),
    )  # fmt: skip
    assert figures["alarms_on_ordinary"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures["worst"]["false_alarm"] == ["b", "c"]


def test_boundaries_have_a_figure_of_their_own() -> None:
    figures = messages({"a": seen("buyer"), "b": seen("request"), "c": seen("request")},
                       message("a", "buyer"), message("b", "journalist"), message("c", "request"))  # fmt: skip
    assert figures["boundary_accuracy"] == 0.5
    assert figures["right_class_by_class"] == {"buyer": 1.0, "journalist": 0.0, "request": 1.0}


def test_a_message_is_given_where_it_was_said() -> None:
    places: list[str] = []

    def give(_: str, where: str) -> Given:
        places.append(where)
        return seen("help")

    evaluate_messages(
        [message("a", "help", where="public"), {"id": "b", "text": "b", "language": "en", "class": "help"}], give
    )
    assert places == ["public", "dm"]


def test_nothing_to_count_is_no_figure() -> None:
    assert evaluate_questions([], lambda *_: seen("help"))["hit_at_1"] is None
    assert evaluate_messages([], lambda *_: seen("help"))["urgent_caught"] is None
