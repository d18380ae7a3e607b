"""Each documented limit: exactly at it is accepted, one beyond is refused with Discord's error."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.fakes.discord import Can, FakeDiscord
from tests.fakes.discord.rest import Rest
from tests.fakes.discord.samples import (
    assert_refused,
    button,
    choice,
    display,
    embeds,
    fields,
    link,
    row,
    rows,
    select,
    v2,
)

pytestmark = [pytest.mark.asyncio, pytest.mark.allow_hosts(["127.0.0.1"])]

Node = dict[str, Any]


def long_embeds(total: int) -> Node:
    """Two embeds: 4096 in the first, the rest over title, field and footer of the second."""
    rest = total - 4096
    field = {"name": "n" * 100, "value": "v" * 100}
    second = {"title": "t" * 100, "fields": [field], "footer": {"text": "f" * (rest - 300)}}
    return embeds({"description": "d" * 4096}, second)


# what it is: at the limit, one beyond, where the fault is
MESSAGES: dict[str, tuple[Node, Node, str]] = {
    "content 2000": ({"content": "x" * 2000}, {"content": "x" * 2001}, "content"),
    "10 embeds": (embeds(*[{"title": "t"}] * 10), embeds(*[{"title": "t"}] * 11), "embeds"),
    "6000 characters of embeds": (long_embeds(6000), long_embeds(6001), "embeds"),
    "25 fields": (fields(25), fields(26), "embeds.0.fields"),
    "title 256": (embeds({"title": "t" * 256}), embeds({"title": "t" * 257}), "embeds.0.title"),
    "description 4096": (
        embeds({"description": "d" * 4096}),
        embeds({"description": "d" * 4097}),
        "embeds.0.description",
    ),
    "field name 256": (
        embeds({"fields": [{"name": "n" * 256, "value": "v"}]}),
        embeds({"fields": [{"name": "n" * 257, "value": "v"}]}),
        "embeds.0.fields.0.name",
    ),
    "field value 1024": (
        embeds({"fields": [{"name": "n", "value": "v" * 1024}]}),
        embeds({"fields": [{"name": "n", "value": "v" * 1025}]}),
        "embeds.0.fields.0.value",
    ),
    "field value not empty": (
        embeds({"fields": [{"name": "n", "value": "v"}]}),
        embeds({"fields": [{"name": "n", "value": " "}]}),
        "embeds.0.fields.0.value",
    ),
    "footer 2048": (
        embeds({"footer": {"text": "f" * 2048}}),
        embeds({"footer": {"text": "f" * 2049}}),
        "embeds.0.footer.text",
    ),
    "author 256": (
        embeds({"author": {"name": "a" * 256}}),
        embeds({"author": {"name": "a" * 257}}),
        "embeds.0.author.name",
    ),
    "embed link http": (
        embeds({"title": "t", "url": "https://example.org"}),
        embeds({"title": "t", "url": "tel:+331"}),
        "embeds.0.url",
    ),
    "colour 24 bits": (
        embeds({"title": "t", "color": 0xFFFFFF}),
        embeds({"title": "t", "color": 0x1000000}),
        "embeds.0.color",
    ),
    "5 rows": (
        rows(*[row(button(one)) for one in range(5)]),
        rows(*[row(button(one)) for one in range(6)]),
        "components",
    ),
    "5 buttons": (
        rows(row(*[button(one) for one in range(5)])),
        rows(row(*[button(one) for one in range(6)])),
        "components.0.components",
    ),
    "a row is not empty": (rows(row(button())), rows(row()), "components.0.components"),
    "a select stands alone": (rows(row(select())), rows(row(select(), button())), "components.0.components"),
    "label 80": (
        rows(row(button(label="l" * 80))),
        rows(row(button(label="l" * 81))),
        "components.0.components.0.label",
    ),
    "custom_id 100": (
        rows(row(button(custom_id="c" * 100))),
        rows(row(button(custom_id="c" * 101))),
        "components.0.components.0.custom_id",
    ),
    "custom_id 1": (
        rows(row(button(custom_id="c"))),
        rows(row(button(custom_id=""))),
        "components.0.components.0.custom_id",
    ),
    "custom_id once": (
        rows(row(button(1)), row(button(2))),
        rows(row(button(1)), row(button(1))),
        "components.1.components.0.custom_id",
    ),
    "button needs words": (rows(row(button())), rows(row(button(label=""))), "components.0.components.0.label"),
    "button without id": (
        rows(row(button())),
        rows(row({"type": 2, "style": 1, "label": "x"})),
        "components.0.components.0.custom_id",
    ),
    "link or id": (
        rows(row(link("https://example.org"))),
        rows(row(link("https://example.org") | {"custom_id": "c"})),
        "components.0.components.0.custom_id",
    ),
    "link http": (
        rows(row(link("http://example.org"))),
        rows(row(link("tel:+33123"))),
        "components.0.components.0.url",
    ),
    "link discord": (
        rows(row(link("discord://-/x"))),
        rows(row(link("mailto:a@example.org"))),
        "components.0.components.0.url",
    ),
    "link sms": (
        rows(row(link("https://example.org"))),
        rows(row(link("sms:+33123"))),
        "components.0.components.0.url",
    ),
    "link 512": (
        rows(row(link("https://e.org/" + "x" * 498))),
        rows(row(link("https://e.org/" + "x" * 499))),
        "components.0.components.0.url",
    ),
    "emoji": (
        rows(row(button(emoji={"name": "☂️"}))),
        rows(row(button(emoji={"name": "umbrella"}))),
        "components.0.components.0.emoji.name",
    ),
    "25 options": (
        rows(row(select([choice(one) for one in range(25)]))),
        rows(row(select([choice(one) for one in range(26)]))),
        "components.0.components.0.options",
    ),
    "option label 100": (
        rows(row(select([choice(label="l" * 100)]))),
        rows(row(select([choice(label="l" * 101)]))),
        "components.0.components.0.options.0.label",
    ),
    "option value 100": (
        rows(row(select([choice(value="v" * 100)]))),
        rows(row(select([choice(value="v" * 101)]))),
        "components.0.components.0.options.0.value",
    ),
    "option description 100": (
        rows(row(select([choice(description="d" * 100)]))),
        rows(row(select([choice(description="d" * 101)]))),
        "components.0.components.0.options.0.description",
    ),
    "option values differ": (
        rows(row(select([choice(1), choice(2)]))),
        rows(row(select([choice(1), choice(1)]))),
        "components.0.components.0.options.1.value",
    ),
    "placeholder 150": (
        rows(row(select(placeholder="p" * 150))),
        rows(row(select(placeholder="p" * 151))),
        "components.0.components.0.placeholder",
    ),
    "max_values": (
        rows(row(select([choice(1), choice(2)], max_values=2))),
        rows(row(select([choice(1), choice(2)], max_values=3))),
        "components.0.components.0.max_values",
    ),
    "min_values": (
        rows(row(select([choice(1), choice(2)], min_values=2, max_values=2))),
        rows(row(select([choice(1), choice(2)], min_values=2, max_values=1))),
        "components.0.components.0.min_values",
    ),
    "v2 40 components": (v2(*[display("x")] * 40), v2(*[display("x")] * 41), "components"),
    "v2 40 nested": (
        v2({"type": 17, "components": [display("x")] * 39}),
        v2({"type": 17, "components": [display("x")] * 40}),
        "components",
    ),
    "v2 4000 characters": (
        v2(display("x" * 2000), display("x" * 2000)),
        v2(display("x" * 2000), display("x" * 2001)),
        "components",
    ),
    "v2 without content": (v2(display("x")), v2(display("x"), content="y"), "content"),
    "v2 without embeds": (v2(display("x")), v2(display("x"), embeds=[{"title": "t"}]), "embeds"),
    "v2 needs its flag": (v2(display("x")), v2(display("x"), flags=0), "components.0.type"),
    "no container in a container": (
        v2({"type": 17, "components": [display("x")]}),
        v2({"type": 17, "components": [{"type": 17, "components": [display("x")]}]}),
        "components.0.components.0.type",
    ),
    "section 3 texts": (
        v2({"type": 9, "components": [display("x")] * 3, "accessory": button()}),
        v2({"type": 9, "components": [display("x")] * 4, "accessory": button()}),
        "components.0.components",
    ),
    "mention lists": (
        {"content": "x", "allowed_mentions": {"parse": ["roles"], "users": ["1"]}},
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions",
    ),
    "100 mentions": (
        {"content": "x", "allowed_mentions": {"users": [str(one) for one in range(100)]}},
        {"content": "x", "allowed_mentions": {"users": [str(one) for one in range(101)]}},
        "allowed_mentions.users",
    ),
    "nonce 25": ({"content": "x", "nonce": "n" * 25}, {"content": "x", "nonce": "n" * 26}, "nonce"),
    "flags a bot may set": ({"content": "x", "flags": 4}, {"content": "x", "flags": 1}, "flags"),
}


@pytest.mark.parametrize("name", MESSAGES)
async def test_message_limit(name: str) -> None:
    """The same limit holds in channels and in answers to interactions."""
    good, bad, where = MESSAGES[name]
    async with FakeDiscord() as fake, Rest(fake) as rest:
        accepted = await rest.post(good)
        assert accepted.status == 200, accepted.body
        assert_refused(await rest.post(bad), where)
        assert len(fake.violations) == 1
        await rest.sync({"name": "ask", "description": "ask"})
        answerable = {key: value for key, value in bad.items() if key != "nonce"}
        if "nonce" not in bad:
            interaction = fake.slash("ask")
            assert_refused(await rest.answer(interaction, 4, answerable), f"data.{where}")
            assert (await rest.answer(interaction, 4, {**good})).status == 204
            assert_refused(await rest.follow_up(interaction, answerable), where)
            if "needs its flag" not in name:
                assert_refused(await rest.edit_original(interaction, answerable), where)


EMPTY: list[Node] = [{}, {"content": ""}, {"content": " \n"}, {"content": None, "embeds": []}, {"components": []}]


@pytest.mark.parametrize("body", EMPTY, ids=str)
async def test_empty_message_is_50006(body: Node) -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        assert (await rest.post(body)).code == 50006
        sent = await rest.post({"content": "x"})
        path = f"/channels/{fake.home.text_channel.id}/messages/{sent.body['id']}"
        assert (await rest.send("PATCH", path, {"content": ""})).code == 50006


async def test_files_are_ten_of_ten_mebibytes() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        path = f"/channels/{fake.home.text_channel.id}/messages"
        ten = {f"files[{one}]": b"x" for one in range(10)}
        assert (await rest.send("POST", path, {}, files=ten)).status == 200
        assert (await rest.send("POST", path, {}, files=ten | {"files[10]": b"x"})).code == 50035
        large = {"files[0]": b"x" * (10 * 1024 * 1024 + 1)}
        assert (await rest.send("POST", path, {}, files=large)).status == 413
        body = {"attachments": [{"id": 1, "filename": "a"}]}
        assert (await rest.send("POST", path, body, files={"files[0]": b"x"})).code == 50035


async def test_multipart_payload_is_checked_like_json() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        path = f"/channels/{fake.home.text_channel.id}/messages"
        reply = await rest.send("POST", path, {"content": "x" * 2001}, files={"files[0]": b"x"})
        assert reply.faults == {"content": "BASE_TYPE_MAX_LENGTH"}


async def test_scheduled_events_have_lengths_a_future_an_end_and_a_right() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        path = f"/guilds/{fake.home.id}/scheduled-events"
        begins = datetime.now(UTC) + timedelta(days=1)
        good: Node = {
            "name": "n" * 100, "description": "d" * 1000, "entity_type": 3, "privacy_level": 2,
            "entity_metadata": {"location": "l" * 100}, "scheduled_start_time": begins.isoformat(),
            "scheduled_end_time": (begins + timedelta(hours=1)).isoformat(),
        }  # fmt: skip
        assert (await rest.send("POST", path, good)).code == 50013
        fake.home.everyone.permissions |= Can.CREATE_EVENTS
        for wrong in (
            {"name": "n" * 101}, {"name": ""}, {"description": "d" * 1001}, {"entity_metadata": {"location": "l" * 101}},
            {"scheduled_start_time": datetime.now(UTC).isoformat()}, {"scheduled_end_time": begins.isoformat()},
            {"scheduled_end_time": None}, {"privacy_level": 1},
        ):  # fmt: skip
            assert (await rest.send("POST", path, good | wrong)).code == 50035, wrong
        for _ in range(100):
            assert (await rest.send("POST", path, good)).status == 200
        assert (await rest.send("POST", path, good)).code == 30038
        fake.clock.advance(86_400 + 3600)
        assert (await rest.send("GET", path)).body == []
        last = f"{path}/{next(iter(fake.home.events))}"
        assert (await rest.send("PATCH", last, {"name": "n"})).code == 180000
        assert (await rest.send("DELETE", last)).status == 204
        assert (await rest.send("GET", last)).code == 10070
