"""No word that reveals anything where others may glimpse it: names of commands, first lines."""

import re

import pytest
from discord import Permissions

from bot.adapters.discord.commands import LOCALES, OPTIONS, table
from bot.adapters.discord.discreet import GLIMPSED, reveals, reveals_at_a_glance
from bot.adapters.discord.incoming import locale_of, question, submitted
from bot.text.messages import LOCALES as WRITTEN
from tests.fakes.discord.ours import app

FORBIDDEN = re.compile(r"[!！¡]|\bvictim|prostitu|rescue|vulnérab|vulnerab|受害者|拯救", re.IGNORECASE)


def texts() -> list[tuple[str, str, str]]:
    """Every name and description: what it is, in which column, how it reads."""
    columns = set(LOCALES.values())
    keys = [f"commands.{name}.{part}" for name in OPTIONS for part in ("name", "description")]
    keys += [f"options.{name}.{part}" for name in table().options for part in ("name", "description")]
    return [(key, column, table().text(key, column)) for key in keys for column in sorted(columns)]


def test_names_and_descriptions_reveal_nothing_and_fit() -> None:
    for key, column, text in texts():
        assert not reveals(text), (key, column)
        assert not FORBIDDEN.search(text), (key, column)
        assert 1 <= len(text) <= (32 if key.endswith("name") else 100), (key, column)
        assert not key.endswith("name") or re.fullmatch(r"[-_'\w]+", text)
        assert not key.endswith("name") or text == text.lower()


@pytest.mark.parametrize("column", sorted(set(LOCALES.values())))
def test_names_differ_within_a_language(column: str) -> None:
    assert len({table().text(f"commands.{name}.name", column) for name in OPTIONS}) == len(OPTIONS)
    for options in OPTIONS.values():
        assert len({table().text(f"options.{name}.name", column) for name in options}) == len(options)


@pytest.mark.parametrize("locale", WRITTEN)
def test_the_neutral_line_fills_what_is_glimpsed(locale: str) -> None:
    lead = app().messages.say(locale, "discord-lead")
    assert len(lead) >= GLIMPSED
    assert not reveals(lead)


def test_what_reveals() -> None:
    for text in ("A sex worker group", "SEX", "escorts", "性工作者的团体", "policía", "un travail du sexe"):
        assert reveals_at_a_glance(text), text
    for text in ("Sussex", "clientele", "x" * 80 + " sex"):
        assert not reveals_at_a_glance(text), text
    assert reveals("the lantern", ["lantern"])


def test_languages_of_discord() -> None:
    tags = ("en-US", "en-GB", "fr", "es-ES", "es-419", "zh-CN", "zh-TW", "de", "pt-BR", "", None)
    assert [locale_of(tag) for tag in tags] == ["en", "en", "fr", "es", "es", "zh", "zh", None, None, None, None]


def test_what_a_modal_holds_and_what_a_forged_one_does() -> None:
    row = {"type": 1, "components": [{"type": 4, "custom_id": "a", "value": "x"}]}
    label = {"type": 18, "component": {"type": 3, "custom_id": "b", "values": ["y", "z"]}}
    assert submitted({"components": [row, label]}) == {"a": "x", "b": "y,z"}
    for strange in (
        None,
        7,
        [7],
        [{"component": 7}],
        [{"custom_id": 3, "value": "x"}],
        [{"custom_id": "a", "value": 7}],
    ):
        assert submitted({"components": strange}) == {}


def test_the_mention_of_the_bot_is_no_part_of_the_question() -> None:
    assert question("<@42> housing <@!42>", 42) == "housing"
    assert Permissions(administrator=True).administrator
