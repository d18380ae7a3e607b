"""Pages as the library sends them: components v2, texts first, then rows of buttons, then lists.

Components v2 hold 4000 characters where a message's content holds 2000, so that an answer is one message, can be hidden
by one press and is read from top to bottom by a screen reader.
"""

from typing import Any

import discord
from discord import ui

from bot.adapters.discord.outgoing import BUTTONS_A_ROW, Choice, Page

MOST_TEXTS = 20
"""Of the 40 components of a message; the others are for buttons."""
MOST = 40
"""API docs, Component Reference: so many components a message holds, those inside others counted."""
LIST = "u1list"
"""The custom ids of lists begin so; what an option means stands in its value."""


def layout(page: Page, placeholder: str, marker: int | None = None) -> ui.LayoutView:
    """The message of one page. It is stopped, so that the library keeps nothing of it.

    `marker` becomes the number of its first component, by which the message is found again.
    """
    view = ui.LayoutView(timeout=None)
    parts = page.parts if len(page.parts) <= MOST_TEXTS else ("\n\n".join(page.parts),)
    # Beside the text of a card stands its button, in a section of three components; without room the texts alone.
    taken = len(page.buttons) + -(-len(page.buttons) // BUTTONS_A_ROW) + 2 * len(page.lists)
    beside = page.beside if len(parts) + 2 * len(page.beside) + taken <= MOST else {}
    for part in parts:
        button = beside.get(part)
        view.add_item(_section(part, button) if button else ui.TextDisplay(part))
    for number, options in enumerate(page.lists):
        shown = [discord.SelectOption(label=each.label, value=each.code) for each in options]
        view.add_item(_row(ui.Select(custom_id=f"{LIST}{number}", placeholder=placeholder, options=shown)))
    for at in range(0, len(page.buttons), BUTTONS_A_ROW):
        row: ui.ActionRow[Any] = ui.ActionRow()
        for each in page.buttons[at : at + BUTTONS_A_ROW]:
            row.add_item(ui.Button(label=each.label, custom_id=each.code))
        view.add_item(row)
    if marker is not None:
        view.children[0].id = marker
    view.stop()
    return view


def _section(text: str, choice: Choice) -> "ui.Section[Any]":
    return ui.Section(ui.TextDisplay(text), accessory=ui.Button(label=choice.label, custom_id=choice.code))


def _row(item: ui.Item[Any]) -> "ui.ActionRow[Any]":
    row: ui.ActionRow[Any] = ui.ActionRow()
    row.add_item(item)
    return row
