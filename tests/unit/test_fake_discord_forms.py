"""Limits of modals and of autocomplete."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.rest import Rest
from tests.fakes.discord.samples import assert_refused, button, choice, row, select

pytestmark = [pytest.mark.asyncio, pytest.mark.allow_hosts(["127.0.0.1"])]

Node = dict[str, Any]


def text_input(**more: Any) -> Node:
    return {"type": 4, "custom_id": "t", "style": 1} | more


def label(component: Node | None = None, **more: Any) -> Node:
    return {"type": 18, "label": "l", "component": component or text_input()} | more


def modal(*components: Node, **more: Any) -> Node:
    return {"custom_id": "m", "title": "t", "components": list(components) or [label()]} | more


def labels(count: int) -> list[Node]:
    return [label(text_input(custom_id=f"t{one}")) for one in range(count)]


MODALS: dict[str, tuple[Node, Node, str]] = {
    "title 45": (modal(title="t" * 45), modal(title="t" * 46), "data.title"),
    "title 1": (modal(title="t"), modal(title=""), "data.title"),
    "custom_id 100": (modal(custom_id="c" * 100), modal(custom_id="c" * 101), "data.custom_id"),
    "5 components": (modal(*labels(5)), modal(*labels(6)), "data.components"),
    "1 component": (modal(), modal() | {"components": []}, "data.components"),
    "label 45": (modal(label(label="l" * 45)), modal(label(label="l" * 46)), "data.components.0.label"),
    "description 100": (
        modal(label(description="d" * 100)),
        modal(label(description="d" * 101)),
        "data.components.0.description",
    ),
    "input 4000": (
        modal(label(text_input(max_length=4000))),
        modal(label(text_input(max_length=4001))),
        "data.components.0.component.max_length",
    ),
    "preset 4000": (
        modal(label(text_input(value="v" * 4000))),
        modal(label(text_input(value="v" * 4001))),
        "data.components.0.component.value",
    ),
    "preset within the bounds": (
        modal(label(text_input(value="v" * 10, max_length=10))),
        modal(label(text_input(value="v" * 11, max_length=10))),
        "data.components.0.component.value",
    ),
    "placeholder 100": (
        modal(label(text_input(placeholder="p" * 100))),
        modal(label(text_input(placeholder="p" * 101))),
        "data.components.0.component.placeholder",
    ),
    "min and max": (
        modal(label(text_input(min_length=5, max_length=5))),
        modal(label(text_input(min_length=6, max_length=5))),
        "data.components.0.component.min_length",
    ),
    "custom ids differ": (modal(*labels(2)), modal(label(), label()), "data.components.1.component.custom_id"),
    "no button": (modal(), modal(row(button())), "data.components.0.components.0.type"),
    "old row has a label": (
        modal(row(text_input(label="l"))),
        modal(row(text_input())),
        "data.components.0.components.0.label",
    ),
    "radio group 10 options": (
        modal(label({"type": 21, "custom_id": "r", "options": [choice(one) for one in range(10)]})),
        modal(label({"type": 21, "custom_id": "r", "options": [choice(one) for one in range(11)]})),
        "data.components.0.component.options",
    ),
    "no choice only if not required": (
        modal(label({"type": 22, "custom_id": "c", "min_values": 0, "required": False, "options": [choice()]})),
        modal(label({"type": 22, "custom_id": "c", "min_values": 0, "options": [choice()]})),
        "data.components.0.component.min_values",
    ),
    "nothing disabled": (
        modal(label(select(disabled=False))),
        modal(label(select(disabled=True))),
        "data.components.0.component.disabled",
    ),
    "min_values 0 only if not required": (
        modal(label(select(min_values=0, required=False))),
        modal(label(select(min_values=0))),
        "data.components.0.component.min_values",
    ),
}


@pytest.mark.parametrize("name", MODALS)
async def test_modal_limit(name: str) -> None:
    good, bad, where = MODALS[name]
    async with FakeDiscord() as fake, Rest(fake) as rest:
        await rest.sync({"name": "ask", "description": "ask"})
        interaction = fake.slash("ask")
        assert_refused(await rest.answer(interaction, 9, bad), where)
        assert (await rest.answer(interaction, 9, good)).status == 204
        assert (await interaction.answered()).modal is not None


def choices(count: int, **more: Any) -> Node:
    return {"choices": [{"name": f"n{one}", "value": f"v{one}"} | more for one in range(count)]}


CHOICES: dict[str, tuple[Node, Node, str]] = {
    "25 choices": (choices(25), choices(26), "data.choices"),
    "name 100": (choices(1, name="n" * 100), choices(1, name="n" * 101), "data.choices.0.name"),
    "name 1": (choices(1, name="n"), choices(1, name=""), "data.choices.0.name"),
    "value 100": (choices(1, value="v" * 100), choices(1, value="v" * 101), "data.choices.0.value"),
    "value of the option's type": (choices(1), choices(1, value=5), "data.choices.0.value"),
}


@pytest.mark.parametrize("name", CHOICES)
async def test_autocomplete_limit(name: str) -> None:
    good, bad, where = CHOICES[name]
    option = {"type": 3, "name": "topic", "description": "d", "autocomplete": True}
    async with FakeDiscord() as fake, Rest(fake) as rest:
        await rest.sync({"name": "find", "description": "d", "options": [option]})
        interaction = fake.autocomplete("find", "topic", "ho")
        assert_refused(await rest.answer(interaction, 8, bad), where)
        assert (await rest.answer(interaction, 8, good)).status == 204
