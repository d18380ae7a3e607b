"""Pages as the library sends them: components v2, texts first, then rows of buttons, then lists.

Components v2 hold 4000 characters where a message's content holds 2000, so that an answer is one message, can be hidden
by one press and is read from top to bottom by a screen reader.
"""

from typing import Any

import discord
from discord import ui

from bot.adapters.discord.outgoing import BUTTONS_A_ROW, Page

MOST_TEXTS = 20
"""Of the 40 components of a message; the others are for buttons."""
LIST = "u1list"
"""The custom ids of lists begin so; what an option means stands in its value."""


def layout(page: Page, placeholder: str, marker: int | None = None) -> ui.LayoutView:
    """The message of one page. It is stopped, so that the library keeps nothing of it.

    `marker` becomes the number of its first component, by which the message is found again.
    """
    view = ui.LayoutView(timeout=None)
    parts = page.parts if len(page.parts) <= MOST_TEXTS else ("\n\n".join(page.parts),)
    for part in parts:
        view.add_item(ui.TextDisplay(part))
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


def _row(item: ui.Item[Any]) -> "ui.ActionRow[Any]":
    row: ui.ActionRow[Any] = ui.ActionRow()
    row.add_item(item)
    return row
