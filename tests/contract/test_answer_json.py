"""The JSON of one answer is a contract: other programs read it."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from functools import lru_cache

import pytest

from bot.adapters.console.outgoing import render
from bot.app import App, build
from bot.directory.snapshot import packaged_file
from bot.handlers.contract import as_json
from bot.settings import Settings
from bot.urgent.rules import BOUNDARY, ORDINARY, URGENT

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
KEYS = ["text", "class", "urgent", "urgency", "also", "locale", "language", "query", "results", "reply"]
QUERY_KEYS = ["topics", "serves", "places", "named", "languages", "access", "wishes", "refuses"]


@lru_cache(maxsize=1)
def app() -> App:
    return build(Settings(directory=packaged_file()), NOW, strict=True)


def answer(text: str, *, where: str = "dm", home: str | None = None, locale: str | None = None) -> dict[str, object]:
    given = app().answer(text, now=NOW, home=home, locale=locale, is_private=where == "dm")
    return json.loads(json.dumps(as_json(given, app().cards, NOW.date(), text, render(given.reply))))  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "text",
    [
        "food in vancouver",
        "she is not breathing",
        "hello",
        "我在多伦多，需要律师",
        "maggies number?",
        "💀",
        "any girls tonight 200/h",
    ],
)
def test_every_answer_has_the_same_keys_and_kinds_of_values(text: str) -> None:
    given = answer(text)
    assert list(given) == KEYS
    assert given["text"] == text
    assert given["class"] in (*URGENT, *BOUNDARY, *ORDINARY)
    assert given["urgency"] in ("now", "soon", "none")
    assert given["urgent"] is (given["urgency"] != "none")
    assert given["locale"] in ("en", "fr", "es", "zh")
    query, results = given["query"], given["results"]
    assert isinstance(query, dict)
    assert isinstance(results, list)
    assert list(query) == QUERY_KEYS
    assert all(list(place) == ["country", "region", "name"] for place in query["places"])
    assert all(list(result) == ["id", "score", "reasons", "freshness"] for result in results)
    assert all(0 <= result["score"] <= 1 and result["freshness"] and result["reasons"] for result in results)
    assert len(results) <= (3 if given["class"] in (*URGENT, *BOUNDARY) else 5)


def test_the_example_of_the_issue() -> None:
    given = answer("je suis a mtl sans papiers, besoin d'aide juridique en espagnol")
    ids = [result["id"] for result in given["results"]]  # type: ignore[attr-defined]
    assert given["class"] == "request"
    assert given["query"]["places"] == [{"country": "CA", "region": "CA-QC", "name": "Montréal"}]  # type: ignore[index]
    assert {"stella-montreal", "butterfly-asian-migrant-sex-workers"} <= set(ids[:3])
    assert "en espagnol : aide juridique" in given["reply"]  # type: ignore[operator]


def test_a_region_has_no_name_of_a_town() -> None:
    assert answer("peers in BC")["query"]["places"] == [{"country": "CA", "region": "CA-BC", "name": None}]  # type: ignore[index]


def test_nothing_of_a_disclosure_is_said_in_public() -> None:
    for text in (
        "my ex posted my face and legal name in a fb group",
        "im 16 and need condoms",
        "she is not breathing in toronto",
    ):
        given = answer(text, where="public")
        assert given["reply"] == "I can answer you privately. Write to me in a direct message."
        assert given["results"] == []


def test_a_place_that_was_asked_is_never_answered_with_another() -> None:
    for text in ("legal help in yellowknife", "bad date list in regina", "drop-in in Marseille", "food in Nairobi"):
        assert app().elsewhere(app().answer(text, now=NOW)) == ()


def test_a_home_is_assumed_and_said() -> None:
    given = answer("food", home="CA-BC")
    assert given["query"]["places"] == [{"country": "CA", "region": "CA-BC", "name": None}]  # type: ignore[index]
    assert "I take British Columbia as your place." in given["reply"]  # type: ignore[operator]
    assert "Where are you?" in answer("food")["reply"]  # type: ignore[operator]


def test_two_places_of_one_name_are_asked_about() -> None:
    given = answer("peer support in london")
    assert "Which place do you mean?" in given["reply"]  # type: ignore[operator]
    assert "London (Ontario)" in given["reply"]  # type: ignore[operator]
    assert given["results"] == []


def test_another_language_is_told_which_ones_the_bot_writes() -> None:
    given = answer("나는 토론토에 있어요 변호사가 필요해요")
    assert (given["language"], given["locale"]) == ("ko", "en")
    assert "I write English, French, Spanish and Chinese." in given["reply"]  # type: ignore[operator]


def test_an_answer_loads_no_platform_and_no_database() -> None:
    """A fresh process, as `ask` is started."""
    script = (
        "import sys; from bot.cli import main; main(['ask', 'food in vancouver', '--json'])\n"
        "bad = {'discord', 'nio', 'sqlalchemy', 'rich', 'asyncio', 'babel', 'readline'} & set(sys.modules)\n"
        "sys.exit(f'loaded {sorted(bad)}' if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
