"""Bodies against Discord's own description: good examples pass, every wrong type is refused, on every route."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from tests.fakes.discord import ANNOUNCEMENT, FakeDiscord
from tests.fakes.discord.rest import Rest
from tests.fakes.discord.schema import body_schema, description, faults_of
from tests.fakes.discord.server import ROUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

needs_wire = [pytest.mark.asyncio, pytest.mark.allow_hosts(["127.0.0.1"])]

Node = dict[str, Any]
BUTTON = {"type": 2, "style": 1, "label": "l", "custom_id": "b", "disabled": False, "emoji": {"name": "☂️"}}
OPTION = {"label": "l", "value": "v", "description": "d", "default": False, "emoji": {"name": "☂️"}}
SELECT = {
    "type": 3,
    "custom_id": "s",
    "placeholder": "p",
    "min_values": 0,
    "max_values": 1,
    "disabled": False,
    "options": [OPTION],
}
PEOPLE = {"type": 5, "custom_id": "u", "placeholder": "p", "min_values": 1, "max_values": 2}
ROWS = [{"type": 1, "components": [BUTTON]}, {"type": 1, "components": [SELECT]}, {"type": 1, "components": [PEOPLE]}]
EMBED = {
    "title": "t",
    "description": "d",
    "url": "https://example.org",
    "color": 1,
    "timestamp": "2026-11-20T10:00:00+00:00",
    "footer": {"text": "f"},
    "author": {"name": "a", "url": "https://example.org"},
    "image": {"url": "https://example.org/i.png"},
    "thumbnail": {"url": "https://example.org/t.png"},
    "fields": [{"name": "n", "value": "v", "inline": True}],
}
MENTIONS = {"parse": ["roles"], "users": ["1"], "replied_user": False}
V2 = {
    "flags": 32768,
    "components": [
        {
            "type": 17,
            "accent_color": 5,
            "spoiler": False,
            "components": [
                {"type": 10, "content": "x"},
                {"type": 14, "divider": True, "spacing": 1},
                {"type": 9, "components": [{"type": 10, "content": "y"}], "accessory": BUTTON},
                {"type": 12, "items": [{"media": {"url": "https://example.org/i.png"}, "description": "d"}]},
                {"type": 1, "components": [SELECT]},
            ],
        },
    ],
}
ANSWER = {
    "content": "x",
    "embeds": [EMBED],
    "components": ROWS,
    "allowed_mentions": MENTIONS,
    "flags": 64,
    "tts": False,
}
EDIT = {key: value for key, value in ANSWER.items() if key not in ("tts", "flags")} | {"flags": 4}
MESSAGE = ANSWER | {
    "flags": 4,
    "nonce": "n",
    "enforce_nonce": True,
    "message_reference": {"message_id": "{message_id}", "channel_id": "{channel_id}", "fail_if_not_exists": False},
}
INPUT = {
    "type": 4,
    "custom_id": "t",
    "style": 2,
    "min_length": 0,
    "max_length": 4000,
    "required": False,
    "placeholder": "p",
    "value": "v",
}
CHOICE = {"name": "n", "value": "v", "name_localizations": {"fr": "x"}}
MODAL = {
    "custom_id": "m",
    "title": "t",
    "components": [
        {"type": 10, "content": "x"},
        {"type": 18, "label": "l", "description": "d", "component": INPUT},
        {
            "type": 18,
            "label": "l",
            "component": {
                "type": 21,
                "custom_id": "r",
                "options": [
                    {"label": "a", "value": "a", "description": "d", "default": True},
                    {"label": "b", "value": "b"},
                ],
            },
        },
        {
            "type": 18,
            "label": "l",
            "component": {
                "type": 22,
                "custom_id": "c",
                "min_values": 1,
                "max_values": 1,
                "options": [{"label": "a", "value": "a"}],
            },
        },
        {"type": 18, "label": "l", "component": {"type": 23, "custom_id": "k", "default": True}},
    ],
}
COMMAND = {
    "name": "find",
    "type": 1,
    "description": "d",
    "name_localizations": {"fr": "chercher"},
    "description_localizations": {"fr": "d"},
    "default_member_permissions": "32",
    "contexts": [0, 1],
    "integration_types": [0],
    "options": [
        {
            "type": 3,
            "name": "topic",
            "description": "d",
            "required": True,
            "min_length": 1,
            "max_length": 10,
            "choices": [CHOICE],
        },
        {
            "type": 3,
            "name": "place",
            "description": "d",
            "autocomplete": True,
            "description_localizations": {"fr": "d"},
        },
        {"type": 4, "name": "count", "description": "d", "min_value": 1, "max_value": 5},
        {"type": 5, "name": "all", "description": "d"},
        {"type": 7, "name": "where", "description": "d", "channel_types": [0, 15, 16]},
    ],
}
CHANGE = {key: value for key, value in COMMAND.items() if key != "type"}
ROOT = "/applications/{application_id}/commands"
OF_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"
CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
CHANNEL = "/channels/{channel_id}"
GATHERING = {
    "name": "n", "description": "d", "entity_type": 3, "privacy_level": 2, "entity_metadata": {"location": "l"},
    "scheduled_start_time": "2100-01-01T18:00:00+00:00", "scheduled_end_time": "2100-01-01T20:00:00+00:00",
}  # fmt: skip
CALENDAR = "/guilds/{guild_id}/scheduled-events"
EXAMPLES: list[tuple[str, Any]] = [
    (f"POST {CHANNEL}/messages", MESSAGE),
    (f"POST {CHANNEL}/messages", V2),
    (f"PATCH {CHANNEL}/messages/{{message_id}}", EDIT),
    (f"POST {CHANNEL}/messages/bulk-delete", {"messages": ["{message_id}", "{other_id}"]}),
    (f"POST {CHANNEL}/threads", {"name": "t", "type": 12, "invitable": False, "auto_archive_duration": 60}),
    (f"POST {CHANNEL}/messages/{{message_id}}/threads", {"name": "t", "auto_archive_duration": 60}),
    (f"PATCH {CHANNEL}", {"name": "n", "topic": "t"}),
    ("POST /users/@me/channels", {"recipient_id": "{user_id}"}),
    (CALLBACK, {"type": 4, "data": ANSWER}),
    (CALLBACK, {"type": 4, "data": V2}),
    (CALLBACK, {"type": 5, "data": {"flags": 64}}),
    (CALLBACK, {"type": 9, "data": MODAL}),
    ("UPDATE " + CALLBACK, {"type": 7, "data": EDIT}),
    ("CHOICES " + CALLBACK, {"type": 8, "data": {"choices": [CHOICE]}}),
    (f"POST {WEBHOOK}", ANSWER),
    (f"PATCH {WEBHOOK}/messages/@original", EDIT),
    (f"PATCH {WEBHOOK}/messages/{{original_id}}", EDIT),
    (f"PUT {ROOT}", [COMMAND]),
    (f"POST {ROOT}", COMMAND),
    (f"PATCH {ROOT}/{{command_id}}", CHANGE),
    (f"PUT {OF_GUILD}", [COMMAND]),
    (f"POST {OF_GUILD}", COMMAND),
    (f"PATCH {OF_GUILD}/{{guild_command_id}}", CHANGE),
    (f"POST {CALENDAR}", GATHERING),
    (f"PATCH {CALENDAR}/{{guild_scheduled_event_id}}", {"name": "m", "description": "d"}),
]
# A bot token is refused there whatever the body says.
NEVER_ALLOWED = {f"PUT {OF_GUILD}/{{command_id}}/permissions"}


def plain(route: str) -> str:
    """The route without the word that says which interaction it is about."""
    return route.split(" ", 1)[1] if route.split(" ", maxsplit=1)[0] in ("UPDATE", "CHOICES") else route


def test_every_route_with_a_body_has_an_example() -> None:
    named = {
        plain(route).replace("original_id", "message_id").replace("guild_command_id", "command_id")
        for route, _ in EXAMPLES
    }
    with_body = {route for route in ROUTES if body_schema(route) is not None}
    assert with_body - named == NEVER_ALLOWED


def spots(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Paths of everything inside."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from spots(value, (*path, key))


def spoiled(body: Any, path: tuple[Any, ...]) -> Any:
    """The body with a value of a wrong type at `path`: text for an object, an object for all else."""
    made = copy.deepcopy(body)
    node = made
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = "wrong" if isinstance(node[path[-1]], dict) else {"wrong": True}
    return made


def filled(node: Any, names: dict[str, str]) -> Any:
    if isinstance(node, dict):
        return {key: filled(value, names) for key, value in node.items()}
    if isinstance(node, list):
        return [filled(value, names) for value in node]
    return node.format_map(names) if isinstance(node, str) and node.startswith("{") else node


async def prepared(fake: FakeDiscord, rest: Rest, kind: str) -> dict[str, str]:
    """Something of everything that the paths name."""
    channel = fake.add_channel(fake.home, "news", ANNOUNCEMENT)
    fake.home.members[fake.bot.id].role_ids += [one.id for one in fake.home.roles.values() if one.name == "moderators"]
    path = f"/channels/{channel.id}/messages"
    sent = [(await rest.send("POST", path, {"content": "x"})).body["id"] for _ in range(2)]
    option = {"type": 3, "name": "place", "description": "d", "autocomplete": True}
    command = {"name": "ask", "description": "d", "options": [option]}
    commands = (await rest.sync(command)).body
    of_guild = await rest.send("PUT", f"/applications/{fake.bot.id}/guilds/{fake.home.id}/commands", [command])
    event = await rest.send("POST", f"/guilds/{fake.home.id}/scheduled-events", GATHERING)
    interaction = fake.slash("ask", guild=fake.home)
    first = {"content": "x", "components": [{"type": 1, "components": [BUTTON]}]}
    if kind in ("WEBHOOK", "UPDATE"):
        await rest.answer(interaction, 4, first)
    original = interaction.original
    if kind == "UPDATE":
        interaction = fake.press(await interaction.answered(), "b")
    if kind == "CHOICES":
        interaction = fake.autocomplete("ask", "place", "x")
    return {
        "channel_id": str(channel.id),
        "message_id": sent[0],
        "other_id": sent[1],
        "user_id": str(fake.ada.id),
        "guild_id": str(fake.home.id),
        "application_id": str(fake.bot.id),
        "command_id": commands[0]["id"],
        "guild_command_id": of_guild.body[0]["id"],
        "guild_scheduled_event_id": event.body["id"],
        "interaction_id": str(interaction.id),
        "interaction_token": interaction.token,
        "webhook_id": str(fake.bot.id),
        "webhook_token": interaction.token,
        "original_id": str(original.id if original is not None else 0),
    }


@pytest.mark.parametrize(
    ("route", "example"), EXAMPLES, ids=[f"{number} {route}" for number, (route, _) in enumerate(EXAMPLES)]
)
@needs_wire[0]
@needs_wire[1]
async def test_wrong_types_are_refused_and_examples_pass(route: str, example: Any) -> None:
    """One value at a time, everywhere in the body."""
    kind = "WEBHOOK" if WEBHOOK in route else route.split(" ", maxsplit=1)[0]
    async with FakeDiscord() as fake, Rest(fake) as rest:
        names = await prepared(fake, rest, kind)
        method, path = plain(route).format_map(names).split(" ", 1)
        body = filled(example, names)
        refused = 0
        for spot in spots(body):
            reply = await rest.send(method, path, spoiled(body, spot))
            assert (reply.status, reply.code) == (400, 50035), (spot, reply.body)
            places = [place.split(".") for place in reply.faults]
            assert any(place[: len(spot)] == [str(one) for one in spot] for place in places), (spot, reply.faults)
            refused += 1
        assert len(fake.violations) == refused > 0
        accepted = await rest.send(method, path, body)
        assert accepted.status in (200, 201, 204), accepted.body
        broken = await rest.send(method, path, raw="{")
        assert broken.code == 50109


def independent(route: str) -> jsonschema.Draft202012Validator:
    """The same schema for another validator, which knows nothing of ours."""
    return jsonschema.Draft202012Validator({"components": description()["components"], **(body_schema(route) or {})})


@pytest.mark.parametrize(
    ("route", "example"), EXAMPLES, ids=[f"{number} {route}" for number, (route, _) in enumerate(EXAMPLES)]
)
def test_our_checks_agree_with_jsonschema(route: str, example: Any) -> None:
    validator = independent(plain(route))
    bare = filled(example, dict.fromkeys(("message_id", "other_id", "channel_id", "user_id"), "1"))
    every = list(spots(bare))
    for spot in [None, *every[:: max(1, len(every) // 12)]]:
        body = bare if spot is None else spoiled(bare, spot)
        assert bool(faults_of(plain(route), body)) is not validator.is_valid(body), spot
