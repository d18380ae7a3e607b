"""Forms as modals. Their state is in the custom ids, so that one opened before a restart is answered after it."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.adapters.discord.outgoing import shortened
from bot.core.form import MOST_FIELDS, Field, Form
from bot.core.ports import RoomSettings

FORM = "u1form|"
"""The custom id of a modal begins so and ends with the id of its form."""
TITLE, LABEL, DESCRIPTION, PLACEHOLDER, OPTION = 45, 45, 100, 100, 100
"""API docs, Component Reference: the longest of each."""
LONGEST_INPUT = 4000
ASK, SETUP = "ask", "setup"
_LISTED = ",，、\n"


class Modal(ui.Modal):
    """A modal the library keeps nothing of: `on_interaction` takes in what is submitted."""

    def __init__(self, form_id: str, title: str) -> None:
        super().__init__(title=shortened(title, TITLE), custom_id=FORM + form_id, timeout=None)

    def add_line(self, text: str) -> None:
        self.add_item(ui.TextDisplay(text))

    def add_field(self, label: str, component: ui.Item[Any], description: str | None = None) -> None:
        said = description or (label if len(label) > LABEL else None)
        said = shortened(said, DESCRIPTION) if said else None
        self.add_item(ui.Label(text=shortened(label, LABEL), component=component, description=said))


def form_of(custom_id: str) -> str | None:
    """The id of the form a modal was for; None for a modal that is none of ours."""
    return custom_id.removeprefix(FORM) if custom_id.startswith(FORM) else None


def modal(form: Form, notice: str, placeholder: str | None = None) -> Modal:
    """The form as a modal; `notice` says who can read what is written there."""
    made = Modal(form.id, form.title)
    # A modal holds five components; with five fields the line stands under the first of them.
    is_full = len(form.fields) == MOST_FIELDS
    if not is_full:
        made.add_line(notice)
    for number, field in enumerate(form.fields):
        made.add_field(field.label, _component(field, placeholder), notice if is_full and not number else None)
    made.stop()
    return made


def _component(field: Field, placeholder: str | None) -> ui.Item[Any]:
    if field.choices:
        options = [
            discord.SelectOption(label=shortened(label, OPTION), value=value) for value, label in field.choices[:25]
        ]
        return ui.Select(custom_id=field.name, options=options, required=field.required)
    style = discord.TextStyle.long if field.input == "paragraph" else discord.TextStyle.short
    return ui.TextInput(
        custom_id=field.name,
        style=style,
        required=field.required,
        max_length=min(field.max_length, LONGEST_INPUT),
        default=field.value or None,
        placeholder=shortened(placeholder, PLACEHOLDER) if placeholder else None,
    )


def settings_modal(
    settings: RoomSettings,
    labels: dict[str, str],
    notice: str,
    title: str,
    languages: Sequence[tuple[str, str]],
    commands: Sequence[tuple[str, str]],
) -> Modal:
    """The settings of a server, as they are, to be changed. `languages` and `commands` are (value, label)."""
    made = Modal(SETUP, title)
    made.add_line(notice)
    chosen = settings.language or "any"
    shown = [discord.SelectOption(label=label, value=value, default=value == chosen) for value, label in languages]
    made.add_field(labels["language"], ui.Select(custom_id="language", options=shown))
    used = settings.commands if settings.commands is not None else [name for name, _ in commands]
    listed = [discord.SelectOption(label=label, value=name, default=name in used) for name, label in commands]
    select: ui.Select[Any] = ui.Select(
        custom_id="commands", options=listed, min_values=0, max_values=len(listed), required=False
    )
    made.add_field(labels["commands"], select)
    words: ui.TextInput[Any] = ui.TextInput(
        custom_id="words", required=False, max_length=400, default=", ".join(settings.revealing_words) or None
    )
    made.add_field(labels["words"], words)
    home: ui.TextInput[Any] = ui.TextInput(custom_id="home", required=False, max_length=6, default=settings.home)
    made.add_field(labels["home"], home)
    made.stop()
    return made


def listed(text: str) -> tuple[str, ...]:
    """The words of a line with commas between them."""
    for mark in _LISTED[1:]:
        text = text.replace(mark, _LISTED[0])
    return tuple(word for each in text.split(_LISTED[0]) if (word := " ".join(each.split())[:40]))[:40]
