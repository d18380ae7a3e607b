"""The lists and rules of screening: broken ones are named, whole ones are used up."""

from pathlib import Path

import pytest

from bot.core.lists import ListError
from bot.vetting import signals as signals_module
from bot.vetting.signals import FROM_CODE, read_from, read_rules

LISTS = Path(signals_module.__file__).parent / "lists"
RULE = "rules:\n- {kind: phishing, what: x, when: [ask, secret], near: 2}\n"


def folder(tmp_path: Path, rules: str, words: str) -> Path:
    (tmp_path / "rules.yaml").write_text(rules, "utf-8")
    (tmp_path / "en.yaml").write_text(words, "utf-8")
    return tmp_path


def test_a_rule_wants_its_signals_near(tmp_path: Path) -> None:
    rules, book = read_from(folder(tmp_path, RULE, "signals:\n  ask: [give us]\n  secret: [password]\n"))
    found = {hit.label: [(hit.start, hit.end)] for hit in book.find("give us your password".split())}
    assert rules[0].marked(found, 1) == ((0, 2), (3, 4))
    assert rules[0].marked({**found, "secret": [(9, 10)]}, 1) is None


@pytest.mark.parametrize(
    ("rules", "words", "said"),
    [
        (RULE, "signals:\n  ask: [give us]\n", "no list has phrases for the signal secret"),
        (RULE, "signals:\n  ask: [(give]\n  secret: [x]\n", "en.yaml: ask"),
        ("rules: []\n", "signals: {}\n", "it holds no rules"),
        ("rules:\n- {kind: other, what: x, when: [a]}\n", "signals: {}\n", "a rule needs one of"),
        ("rules:\n- {kind: phishing, what: x, when: [a], also: no}\n", "signals: {}\n", "there is nothing called also"),
    ],
)
def test_a_broken_list_is_named(tmp_path: Path, rules: str, words: str, said: str) -> None:
    with pytest.raises(ListError, match=said.replace("(", r"\(")):
        read_from(folder(tmp_path, rules, words))


def test_the_shipped_rules_name_their_reason() -> None:
    rules = read_rules("rules.yaml", (LISTS / "rules.yaml").read_text("utf-8"))
    assert [rule for rule in rules if not rule.why] == []
    assert {"name", "phone", "street"} <= FROM_CODE


def test_every_phrase_of_every_list_can_be_read() -> None:
    _, book = read_from(LISTS)
    words = sorted(book.vocabulary)
    assert book.find(words) is not None
