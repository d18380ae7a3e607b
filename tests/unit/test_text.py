"""The four languages say the same things, with the same arguments, in words the policy allows; nothing is left over."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot.directory.load import load
from bot.directory.snapshot import packaged_file
from bot.directory.vocabulary import vocabulary
from bot.reading import read_plain
from bot.text.messages import LOCALES, Messages, TextError, cut, parts_of
from bot.urgent.offers import offers

BOT = Path(__file__).parents[2] / "bot"
TEXTS = {locale: (BOT / "text" / f"{locale}.ftl").read_text("utf-8") for locale in LOCALES}

# Families of ids that are put together from a word; the words they must cover.
FAMILIES = {
    "topic": vocabulary().topics,
    "serves": vocabulary().serves,
    "access": vocabulary().access,
    "kind": vocabulary().kind,
    "led-by": vocabulary().led_by,
    "method": vocabulary().check_methods,
    "caution": vocabulary().cautions,
    "label": tuple(vocabulary().labels),
    "card": tuple(offers()),
    "class": tuple(offers()),
}
# What may not stand in a sentence of ours (policy §7).
FORBIDDEN = {
    "en": r"victims?|prostitut\w*|rescu\w*|sav(?:e|es|ed|ing|iour)|exit(?:s|ing)?|at risk|vulnerab\w*",
    "fr": r"victimes?|prostitu\w*|sauv(?:er|e|ez|é|ée)|sortir de la prostitution|vulnérab\w*|vulnerab\w*",
    "es": r"v[íi]ctimas?|prostitut\w*|prostituci\w*|rescat\w*|salva(?:r|mos|n)?|vulnerab\w*",
    "zh": r"受害者|妓女|卖淫|賣淫|拯救|失足",
}


class _Names(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.found.add(node.id.name)


def arguments(ftl: str) -> dict[str, set[str]]:
    """Message id to the names of its arguments; a line that is no Fluent fails."""
    found: dict[str, set[str]] = {}
    for entry in FluentParser(with_spans=False).parse(ftl).body:
        assert not isinstance(entry, ast.Junk), entry.content
        if isinstance(entry, ast.Message):
            assert entry.id.name not in found, f"{entry.id.name} stands there twice"
            names = _Names()
            names.visit(entry)
            found[entry.id.name] = names.found
    return found


def sentences(locale: str) -> Iterator[tuple[str, str]]:
    """Every id with all the text its variants hold."""
    for entry in FluentParser(with_spans=False).parse(TEXTS[locale]).body:
        if isinstance(entry, ast.Message):
            texts = _Texts()
            texts.visit(entry)
            yield entry.id.name, "\n".join(texts.found)


class _Texts(Visitor):
    def __init__(self) -> None:
        self.found: list[str] = []

    def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802
        self.found.append(node.value)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_has_the_same_messages_with_the_same_arguments(locale: str) -> None:
    assert arguments(TEXTS[locale]) == arguments(TEXTS["en"])


@pytest.mark.parametrize("locale", LOCALES)
def test_no_sentence_holds_a_word_the_policy_refuses(locale: str) -> None:
    # What a person may type to leave is their word, not ours.
    said = [(key, text) for key, text in sentences(locale) if not key.startswith("command-")]
    pattern = FORBIDDEN[locale] if locale == "zh" else rf"\b(?:{FORBIDDEN[locale]})\b"
    assert [key for key, text in said if re.search(pattern, text, re.IGNORECASE)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_sentence_shouts_or_needs_a_picture_to_be_understood(locale: str) -> None:
    loud = re.compile("[!！¡\u2600-\u27bf\U0001f300-\U0001faff]")
    assert [key for key, text in sentences(locale) if loud.search(text)] == []


def used_ids() -> tuple[set[str], set[str]]:
    """Ids that stand in the code as they are, and the beginnings of those put together there."""
    exact: set[str] = set()
    begun: set[str] = set()
    for file in BOT.rglob("*.py"):
        source = file.read_text("utf-8")
        exact.update(re.findall(r"""["']([a-z]+(?:-[a-z0-9]+)+|greeting|farewell|hostile)["']""", source))
        begun.update(re.findall(r'f"([a-z-]+)-\{', source))
    return exact, begun


def test_every_message_is_said_somewhere() -> None:
    exact, begun = used_ids()
    begun |= FAMILIES.keys()
    known = set(arguments(TEXTS["en"]))
    unused = {key for key in known - exact if not any(key.startswith(f"{prefix}-") for prefix in begun)}
    assert unused == set()


def test_every_message_the_code_says_is_written() -> None:
    known = set(arguments(TEXTS["en"]))
    said: set[str] = set()
    for file in BOT.rglob("*.py"):
        source = file.read_text("utf-8")
        said.update(re.findall(r'\bsay\((?:[a-z_.]+, )?"([a-z-]+)"', source))
        said.update(re.findall(r'(?<!Refused)Error\("([a-z-]+)"', source))
    assert {key for key in said if "-" in key} - known == set()


@pytest.mark.parametrize("family", FAMILIES)
def test_every_controlled_word_has_a_name(family: str) -> None:
    known = set(arguments(TEXTS["en"]))
    assert [word for word in FAMILIES[family] if f"{family}-{word}" not in known] == []
    named = {key for key in known if key.startswith(f"{family}-")}
    strangers = named - {f"{family}-{word}" for word in FAMILIES[family]}
    others = {key for key in strangers if family in ("card", "access") or key.split("-")[0] != family}
    assert strangers - others == set()


def test_every_language_of_a_record_or_a_word_list_has_a_name() -> None:
    codes = {
        code
        for record in load(packaged_file(), date(2026, 11, 21)).records
        for code in (*record.languages, *record.description)
    }
    for file in (BOT / "directory" / "lists").glob("*.yaml"):
        codes.update(read_plain(file).get("languages", {}))
    known = set(arguments(TEXTS["en"]))
    assert {code for code in codes if f"language-{code.split('-')[0]}" not in known} == set()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_can_be_said_the_quick_way(locale: str) -> None:
    """Text, arguments and choices on words need no locale data; a plural would, and costs 80 ms at the first use."""
    entries = dict(cut(TEXTS[locale]))
    assert [key for key, text in entries.items() if parts_of(text, key) is None] == []


def test_a_missing_message_argument_or_language_fails_here_and_is_said_in_english_live() -> None:
    strict, live = Messages.shipped(strict=True), Messages.shipped()
    for locale, key in (("en", "no-such-message"), ("xx", "farewell"), ("fr", "card-phone")):
        with pytest.raises(TextError):
            strict.say(locale, key)
    with pytest.raises(TextError):
        strict.say("en", "farewell", name="too much")
    assert live.say("xx", "farewell") == "Take care."
    assert live.say("en", "no-such-message") == ""


def test_numbers_follow_the_plural_rules_of_the_language() -> None:
    messages = Messages(
        {"en": "hits = { $count ->\n    [one] one hit\n   *[other] { $count } hits\n  }\n"}, strict=True
    )
    assert [messages.say("en", "hits", count=count) for count in (1, 2)] == ["one hit", "2 hits"]


def test_medical_legal_and_crisis_sentences_wait_for_their_readers_in_every_language() -> None:
    drafts = Messages.shipped().drafts()
    by_locale = {locale: {draft.id for draft in drafts if draft.locale == locale} for locale in LOCALES}
    assert by_locale["en"] >= {
        "card-overdose",
        "card-suicide",
        "card-violence",
        "card-police-raid",
        "card-minor",
        "card-legal-advice",
    }
    assert all(ids == by_locale["en"] for ids in by_locale.values())
    assert all(draft.readers.startswith("to be read by ") for draft in drafts)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", offers())
def test_a_card_says_what_can_be_done_in_under_sixty_words(locale: str, kind: str) -> None:
    messages = Messages.shipped(strict=True)
    for urgency in ("now", "soon", "none"):
        said = (
            messages.say(locale, f"card-{kind}", urgency=urgency)
            if "urgency" in arguments(TEXTS[locale])[f"card-{kind}"]
            else messages.say(locale, f"card-{kind}")
        )
        rights = messages.say(locale, "rights-none") if kind in ("police-raid", "legal-advice") else ""
        # Two Han characters are about one word.
        length = (
            len(re.findall(r"[\u4e00-\u9fff]", said + rights)) / 2
            if locale == "zh"
            else len(f"{said} {rights}".split())
        )
        assert length < 60
