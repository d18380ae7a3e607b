"""Limits of application commands, and what the client offers to whom."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.discord import Can, FakeDiscord, NotPossibleError
from tests.fakes.discord.rest import Rest

pytestmark = [pytest.mark.asyncio, pytest.mark.allow_hosts(["127.0.0.1"])]

Node = dict[str, Any]


def command(name: str = "ask", **more: Any) -> Node:
    return {"name": name, "description": "d"} | more


def option(name: str = "o", **more: Any) -> Node:
    return {"type": 3, "name": name, "description": "d"} | more


def choices(count: int) -> list[Node]:
    return [{"name": f"n{one}", "value": "v"} for one in range(count)]


def of_length(total: int) -> Node:
    """A command whose names, descriptions and values are `total` characters."""
    made = command("c", description="d" * 99)
    made["options"] = [option(f"o{one:02}", description="d" * 97, choices=[]) for one in range(25)]
    left = total - 100 - 25 * 100
    for one in range(left // 100):
        made["options"][one % 25]["choices"].append({"name": f"{one:050}", "value": "v" * 50})
    rest = left % 100
    if rest:
        made["options"][24]["choices"].append({"name": "x" * (rest - 1), "value": "v"})
    return made


def menus(count: int, kind: int) -> list[Node]:
    return [{"name": f"Menu {one}", "type": kind} for one in range(count)]


SETS: dict[str, tuple[list[Node], list[Node]]] = {
    "100 commands": ([command(f"c{one}") for one in range(100)], [command(f"c{one}") for one in range(101)]),
    "15 user menus": (menus(15, 2), menus(16, 2)),
    "15 message menus": (menus(15, 3), menus(16, 3)),
    "names differ": ([command("a"), command("b")], [command("a"), command("a")]),
    "names differ in French": (
        [command("a", name_localizations={"fr": "x"}), command("b", name_localizations={"fr": "y"})],
        [command("a", name_localizations={"fr": "x"}), command("b", name_localizations={"fr": "x"})],
    ),
    "25 options": (
        [command(options=[option(f"o{one}") for one in range(25)])],
        [command(options=[option(f"o{one}") for one in range(26)])],
    ),
    "25 choices": ([command(options=[option(choices=choices(25))])], [command(options=[option(choices=choices(26))])]),
    "choice name 100": (
        [command(options=[option(choices=[{"name": "n" * 100, "value": "v"}])])],
        [command(options=[option(choices=[{"name": "n" * 101, "value": "v"}])])],
    ),
    "choice value 100": (
        [command(options=[option(choices=[{"name": "n", "value": "v" * 100}])])],
        [command(options=[option(choices=[{"name": "n", "value": "v" * 101}])])],
    ),
    "choices or autocomplete": (
        [command(options=[option(autocomplete=True)])],
        [command(options=[option(autocomplete=True, choices=choices(1))])],
    ),
    "8000 characters": ([of_length(8000)], [of_length(8001)]),
    "longest language counts": (
        [of_length(7999) | {"name_localizations": {"fr": "xx"}}],
        [of_length(7999) | {"name_localizations": {"fr": "xxx"}}],
    ),
    "name 32": ([command("n" * 32)], [command("n" * 33)]),
    "name 1": ([command("n")], [command("")]),
    "lower case": ([command("ask")], [command("Ask")]),
    "no spaces": ([command("ask-us")], [command("ask us")]),
    "lower case in French": (
        [command(name_localizations={"fr": "être"})],
        [command(name_localizations={"fr": "Être"})],
    ),
    "no spaces in Chinese": (
        [command(name_localizations={"zh-CN": "求助"})],
        [command(name_localizations={"zh-CN": "求 助"})],
    ),
    "known locale": ([command(name_localizations={"es-419": "a"})], [command(name_localizations={"es": "a"})]),
    "known locale of descriptions": (
        [command(description_localizations={"zh-TW": "a"})],
        [command(description_localizations={"zh": "a"})],
    ),
    "description 100": ([command(description="d" * 100)], [command(description="d" * 101)]),
    "description 1": ([command(description="d")], [command(description="")]),
    "localized description 100": (
        [command(description_localizations={"fr": "d" * 100})],
        [command(description_localizations={"fr": "d" * 101})],
    ),
    "option name lower case": ([command(options=[option("o")])], [command(options=[option("O")])]),
    "option names differ": (
        [command(options=[option("a"), option("b")])],
        [command(options=[option("a"), option("a")])],
    ),
    "option names differ in French": (
        [command(options=[option("a", name_localizations={"fr": "x"}), option("b")])],
        [command(options=[option(one, name_localizations={"fr": "x"}) for one in "ab"])],
    ),
    "required first": (
        [command(options=[option("a", required=True), option("b")])],
        [command(options=[option("a"), option("b", required=True)])],
    ),
    "bounds in order": (
        [command(options=[option(min_length=5, max_length=5)])],
        [command(options=[option(min_length=6, max_length=5)])],
    ),
    "length 6000": ([command(options=[option(max_length=6000)])], [command(options=[option(max_length=6001)])]),
    "menus have no description": ([{"name": "Report", "type": 3}], [{"name": "Report", "type": 3, "description": "d"}]),
    "sub-commands stand apart": (
        [command(options=[option("a", type=1)])],
        [command(options=[option("a", type=1), option("b")])],
    ),
    "context 0 to 2": ([command(contexts=[0, 1, 2])], [command(contexts=[0, 1, 3])]),
    "install 0 or 1": ([command(integration_types=[0, 1])], [command(integration_types=[0, 2])]),
}


@pytest.mark.parametrize("name", SETS)
async def test_command_limit(name: str) -> None:
    good, bad = SETS[name]
    async with FakeDiscord() as fake, Rest(fake) as rest:
        refused = await rest.sync(*bad)
        assert (refused.status, refused.code) == (400, 50035), refused.body
        assert fake.commands == []
        accepted = await rest.sync(*good)
        assert accepted.status == 200, accepted.body
        assert len(fake.commands) == len(good)


async def test_sync_overwrites_everything_and_keeps_ids() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        first = (await rest.sync(command("a"), command("b"))).body
        second = (await rest.sync(command("b"), command("c"))).body
        assert [one["name"] for one in fake.commands] == ["b", "c"]
        assert second[0]["id"] == first[1]["id"]
        assert fake.server.syncs == 2


async def test_two_hundred_creates_a_day() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        assert (await rest.sync(*[command(f"a{one}") for one in range(100)])).status == 200
        assert (await rest.sync(*[command(f"b{one}") for one in range(100)])).status == 200
        assert (await rest.sync(*[command(f"b{one}") for one in range(100)])).status == 200
        assert (await rest.sync(command("c"))).code == 30034
        fake.clock.advance(86_401)
        assert (await rest.sync(command("c"))).status == 200


async def test_single_commands_are_made_changed_and_removed() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        root = f"/applications/{fake.bot.id}/guilds/{fake.home.id}/commands"
        made = (await rest.send("POST", root, command())).body
        path = f"{root}/{made['id']}"
        assert (await rest.send("PATCH", path, {"description": "new"})).body["description"] == "new"
        assert (await rest.send("PATCH", path, {"name": "No"})).code == 50035
        assert (await rest.send("GET", path)).body["name"] == "ask"
        assert (await rest.send("DELETE", path)).status == 204
        assert (await rest.send("GET", path)).code == 10063
        assert (await rest.send("GET", root)).body == []


async def test_bots_cannot_write_command_permissions() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        path = f"/applications/{fake.bot.id}/guilds/{fake.home.id}/commands/1/permissions"
        assert (await rest.send("PUT", path, {"permissions": []})).status == 403


async def test_client_offers_commands_by_context_install_and_permission() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        traveller = fake.add_user("traveller", has_installed=True)
        elsewhere = fake.add_guild("Elsewhere", traveller, fake.ada, has_bot=False)
        await rest.sync(
            command("ask", contexts=[0, 1, 2], integration_types=[0, 1]),
            command("setup", contexts=[0], default_member_permissions="32"),
        )
        assert fake.slash("ask", user=traveller, guild=elsewhere).payload["context"] == 0
        assert fake.slash("ask", user=traveller, channel=fake.add_group(traveller)).payload["context"] == 2
        assert fake.slash("ask", user=fake.ada).payload["context"] == 1
        assert fake.slash("setup", user=fake.moderator, guild=fake.home)
        fake.add_role(fake.home, "helpers", Can.MANAGE_GUILD, fake.ada)
        assert fake.slash("setup", user=fake.ada, guild=fake.home)
        with pytest.raises(NotPossibleError):
            fake.slash("setup", user=fake.ada)
        with pytest.raises(NotPossibleError):
            fake.slash("ask", user=fake.ada, guild=elsewhere)
        with pytest.raises(NotPossibleError):
            fake.slash("ask", user=fake.stranger)


async def test_client_checks_options_unless_forged() -> None:
    kinds = [{"name": "Housing", "value": "housing", "name_localizations": {"fr": "Logement"}}]
    wanted = [option("topic", choices=kinds, required=True), option("count", type=4, min_value=1, max_value=5)]
    async with FakeDiscord() as fake, Rest(fake) as rest:
        await rest.sync(command("find", options=wanted))
        sent = fake.slash("find", topic="Logement", count=5).payload["data"]["options"]
        assert [one["value"] for one in sent] == ["housing", 5]
        for bad in ({"topic": "x"}, {"topic": "housing", "count": 6}, {"topic": "housing", "other": "x"}, {}):
            with pytest.raises(NotPossibleError):
                fake.slash("find", options=bad)
            assert fake.slash("find", options=bad, forged=True)
        with pytest.raises(NotPossibleError):
            fake.slash("gone")
        assert fake.slash("gone", forged=True)


async def test_sub_commands_nest_in_the_payload() -> None:
    show = option("language", type=1, options=[option("code")])
    async with FakeDiscord() as fake, Rest(fake) as rest:
        await rest.sync(command("setup", options=[show]))
        data = fake.slash("setup language", code="fr").payload["data"]
        assert data["options"][0]["name"] == "language"
        assert data["options"][0]["options"][0]["value"] == "fr"
        with pytest.raises(NotPossibleError):
            fake.slash("setup")


async def test_unlocalized_names_every_missing_text() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        texts = {"name_localizations": {"fr": "aide"}, "description_localizations": {"fr": "d"}}
        kind = {"name": "n", "value": "v"}
        await rest.sync(command("help", **texts, options=[option("o", choices=[kind])]))
        assert fake.unlocalized(["fr"]) == [
            "help description: fr",
            "help/o name: fr",
            "help/o description: fr",
            "help/o=n name: fr",
        ]
