"""The figures the bot promises (issue 2, Shows 3), on the public labelled sets, through the whole program."""

import json
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from bot.app import App, build
from bot.cli import main
from bot.directory.evaluate import Given, evaluate_messages, evaluate_questions
from bot.directory.snapshot import packaged_file
from bot.reading import read_plain
from bot.settings import Settings
from bot.urgent.rules import BOUNDARY, ORDINARY, URGENT

DATA = Path(__file__).parents[1] / "data"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@lru_cache(maxsize=1)
def app() -> App:
    return build(Settings(directory=packaged_file()), NOW, strict=True)


def labelled(name: str) -> list[dict[str, Any]]:
    page = read_plain(DATA / f"{name}.yaml")
    cases: list[dict[str, Any]] = page[name.rpartition("-")[2]] if isinstance(page, dict) else page
    return cases


def give(text: str, where: str) -> Given:
    answer = app().answer(text, now=NOW, is_private=where == "dm")
    ids = tuple(match.resource.id for match in answer.results)
    return Given(answer.kind, answer.urgency, answer.also, ids, app().elsewhere(answer))


@lru_cache(maxsize=1)
def questions() -> dict[str, Any]:
    return evaluate_questions(labelled("questions"), give)


@lru_cache(maxsize=1)
def messages() -> dict[str, Any]:
    return evaluate_messages(labelled("messages"), give)


@pytest.mark.parametrize(("figure", "least"), [("hit_at_1", 0.88), ("hit_at_3", 0.96)])
def test_questions_are_answered(figure: str, least: float) -> None:
    assert questions()["count"] == 150
    assert questions()[figure] >= least, questions()["worst"]["missed"]


def test_no_question_is_answered_with_a_mistake_in_the_top_three() -> None:
    assert questions()["worst"]["never"] == []
    assert questions()["never_in_top_3"] == 0


def test_where_nothing_fits_nothing_of_another_place_is_shown() -> None:
    assert questions()["nothing_fits_held"] == 1.0


def test_no_question_gets_a_result_of_another_place() -> None:
    away = {case["id"]: give(case["text"], "dm").elsewhere for case in labelled("questions")}
    assert {id_: ids for id_, ids in away.items() if ids} == {}


@pytest.mark.parametrize(
    ("figure", "least"), [("urgent_caught", 0.98), ("right_class", 0.93), ("boundary_accuracy", 0.92)]
)
def test_messages_are_recognised(figure: str, least: float) -> None:
    assert messages()["count"] == 300
    assert messages()[figure] >= least, messages()["worst"]


def test_no_urgent_class_is_left_behind() -> None:
    behind = {kind: share for kind, share in messages()["urgent_caught_by_class"].items() if share < 0.92}
    assert behind == {}, messages()["worst"]["missed_urgent"]
    assert len(messages()["urgent_caught_by_class"]) == 7


def test_ordinary_messages_raise_no_alarm() -> None:
    assert messages()["alarms_on_ordinary"] <= 0.03, messages()["worst"]["false_alarm"]


def test_the_command_gives_the_same_figures(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--questions", str(DATA / "questions.yaml"), "--messages", str(DATA / "messages.yaml")]
    options = ["--now", "2026-11-21", "--directory", str(packaged_file())]
    assert main(["evaluate", *given, *options, "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == {"questions": questions(), "messages": messages()}
    assert err == ""
    assert main(["evaluate", *given, *options]) == 0
    assert f"questions.hit_at_1 {questions()['hit_at_1']}" in capsys.readouterr().out.split("\n")


@pytest.mark.parametrize(
    ("name", "count", "hit_at_1", "hit_at_3", "never"),
    [
        ("unseen", 174, 0.77, 0.88, 0.02),
        ("developed", 147, 0.88, 0.94, 0.02),
        ("second", 136, 0.83, 0.94, 0.02),
        ("third", 64, 0.80, 0.90, 0.02),
        ("fourth", 100, 0.72, 0.79, 0.06),
        ("fifth", 120, 0.7, 0.83, 0.05),
        ("sixth", 100, 0.81, 0.92, 0.05),
    ],
)
def test_questions_of_other_sets_are_answered(
    name: str, count: int, hit_at_1: float, hit_at_3: float, never: float
) -> None:
    """Floors a little under what was measured, to tell a step back; the public figures flatter. Each file says what it is."""
    figures = evaluate_questions(labelled(f"{name}-questions"), give)
    assert figures["count"] == count
    assert figures["hit_at_1"] >= hit_at_1
    assert figures["hit_at_3"] >= hit_at_3
    assert figures["never_in_top_3"] <= never


@pytest.mark.parametrize(
    ("name", "count", "caught", "right", "boundary", "alarms"),
    [
        ("unseen", 175, 0.97, 0.94, 0.95, 0.05),
        ("developed", 169, 0.98, 0.96, 0.96, 0.05),
        ("second", 172, 0.97, 0.94, 0.95, 0.07),
        ("third", 95, 0.97, 0.94, 0.92, 0.06),
        ("fourth", 160, 0.97, 0.94, 0.94, 0.05),
        ("fifth", 150, 0.95, 0.9, 0.92, 0.08),
        ("sixth", 150, 0.98, 0.93, 0.92, 0.03),
    ],
)
def test_messages_of_other_sets_are_recognised(
    name: str, count: int, caught: float, right: float, boundary: float, alarms: float
) -> None:
    figures = evaluate_messages(labelled(f"{name}-messages"), give)
    assert figures["count"] == count
    assert figures["urgent_caught"] >= caught
    assert figures["right_class"] >= right
    assert figures["boundary_accuracy"] >= boundary
    assert figures["alarms_on_ordinary"] <= alarms
    assert min(figures["urgent_caught_by_class"].values()) >= 0.85


def test_an_ordinary_day_raises_no_alarm_and_is_not_refused() -> None:
    """Most of what people write is this, and an adult with an everyday question must get an answer to it."""
    cases = labelled("everyday-messages")
    kinds = [(give(case["text"], "dm").kind, case["class"]) for case in cases]
    heard = [kind for kind, label in kinds if label in ORDINARY]
    assert (len(cases), len(heard)) == (260, 250)
    assert sum(kind == label for kind, label in kinds) / len(kinds) >= 0.9
    assert sum(kind in URGENT for kind in heard) / len(heard) <= 0.04
    assert sum(kind in BOUNDARY for kind in heard) / len(heard) <= 0.025
    assert all(kind in URGENT for kind, label in kinds if label in URGENT)


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("where can i get tested", {"en"}), ("my bank closed my account", {"en"}), ("how do i screen clients", {"en"}),
        ("comment déclarer mes revenus", {"en", "fr"}), ("tengo que declarar mis impuestos", {"en", "es"}), ("怎么报税", {"en", "zh", "cmn", "yue"}),
    ],
)  # fmt: skip
def test_without_a_place_nothing_is_shown_in_a_language_the_person_does_not_write(text: str, spoken: set[str]) -> None:
    shown = [match.resource for match in app().answer(text, now=NOW).results]
    assert shown
    assert [each.id for each in shown if each.languages and spoken.isdisjoint(each.languages)] == []
