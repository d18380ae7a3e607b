"""Channels, permissions, publishing, threads, and the faults that a script plays."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from tests.fakes.discord import ANNOUNCEMENT, Can, FakeDiscord
from tests.fakes.discord.errors import missing_permissions
from tests.fakes.discord.rest import Rest

pytestmark = [pytest.mark.asyncio, pytest.mark.allow_hosts(["127.0.0.1"])]


def general(fake: FakeDiscord) -> str:
    return f"/channels/{fake.home.text_channel.id}"


async def test_a_wrong_token_is_401() -> None:
    async with FakeDiscord() as fake, Rest(fake, token="wrong") as rest:
        reply = await rest.send("GET", "/users/@me")
        assert (reply.status, reply.body["message"]) == (401, "401: Unauthorized")
        assert fake.server.noise_count == 1


async def test_permissions_are_50013_and_invisible_channels_50001() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        channel = fake.home.text_channel
        channel.deny(fake.bot.id, Can.SEND_MESSAGES)
        assert (await rest.post({"content": "x"})).code == 50013
        channel.deny(fake.home.id, Can.VIEW_CHANNEL)
        assert (await rest.post({"content": "x"})).code == 50001
        assert fake.violations == []
        assert {one.status for one in fake.refusals} == {403}


async def test_everyone_denied_in_announcements_needs_an_allowance() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        news = fake.add_channel(fake.home, "news", ANNOUNCEMENT)
        news.deny(fake.home.id, Can.SEND_MESSAGES)
        path = f"/channels/{news.id}/messages"
        assert (await rest.send("POST", path, {"content": "x"})).code == 50013
        news.allow(fake.bot.id, Can.SEND_MESSAGES)
        assert (await rest.send("POST", path, {"content": "x"})).status == 200


async def test_closed_direct_messages_are_50007() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        closed = fake.add_user("closed")
        fake.world.add_member(fake.home, closed)
        closed.dms_open = False
        for person, status in ((fake.ada, 200), (closed, 403), (fake.stranger, 403)):
            channel = (await rest.send("POST", "/users/@me/channels", {"recipient_id": person.id})).body
            reply = await rest.send("POST", f"/channels/{channel['id']}/messages", {"content": "x"})
            assert reply.status == status
            assert reply.code == (0 if status == 200 else 50007)
        assert [one.content for one in fake.dms_of(fake.ada)] == ["x"]


async def test_a_nonce_is_enforced_for_a_few_minutes() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        body = {"content": "x", "nonce": "once", "enforce_nonce": True}
        first, again = await rest.post(body), await rest.post(body)
        assert again.body["id"] == first.body["id"]
        assert len(fake.bot_messages) == 1
        fake.clock.advance(181)
        assert (await rest.post(body)).body["id"] != first.body["id"]
        del body["enforce_nonce"]
        assert len({(await rest.post(body)).body["id"] for _ in range(2)}) == 2


async def test_a_lost_answer_is_found_again_by_its_nonce() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        fake.faults.lose_answer("POST /channels")
        body = {"content": "x", "nonce": "once", "enforce_nonce": True}
        with pytest.raises(aiohttp.ClientError):
            await rest.post(body)
        assert (await rest.post(body)).status == 200
        assert [one.content for one in fake.home.text_channel.history] == ["x"]


async def test_publishing_is_once_and_ten_an_hour() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        news = fake.add_channel(fake.home, "news", ANNOUNCEMENT)
        root = f"/channels/{news.id}/messages"
        ids = [(await rest.send("POST", root, {"content": "x"})).body["id"] for _ in range(11)]
        for one in ids[:10]:
            assert (await rest.send("POST", f"{root}/{one}/crosspost")).status == 200
        waiting = await rest.send("POST", f"{root}/{ids[10]}/crosspost")
        assert waiting.status == 429
        assert 3500 < waiting.body["retry_after"] <= 3600
        assert waiting.headers["Via"]
        fake.clock.advance(3601)
        assert (await rest.send("POST", f"{root}/{ids[10]}/crosspost")).status == 200
        assert (await rest.send("POST", f"{root}/{ids[10]}/crosspost")).code == 40033
        for _ in range(3):
            assert (await rest.send("PATCH", f"{root}/{ids[10]}", {"content": "y"})).status == 200
        edited = await rest.send("PATCH", f"{root}/{ids[10]}", {"content": "y"})
        assert (edited.status, edited.code, edited.headers["Retry-After"]) == (429, 20028, "1")
        plain = await rest.post({"content": "x"})
        assert (await rest.send("POST", f"{general(fake)}/messages/{plain.body['id']}/crosspost")).status == 403


async def test_only_own_messages_are_edited() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        said = fake.say(fake.home, "hello")
        path = f"{general(fake)}/messages/{said.message.id}"
        assert (await rest.send("PATCH", path, {"content": "x"})).code == 50005
        assert (await rest.send("DELETE", path)).code == 50013
        fake.home.everyone.permissions |= Can.MANAGE_MESSAGES
        assert (await rest.send("DELETE", path)).status == 204
        assert (await rest.send("GET", path)).code == 10008


async def test_history_pages() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        ids = [(await rest.post({"content": str(number)})).body["id"] for number in range(5)]
        page = (await rest.send("GET", f"{general(fake)}/messages?limit=2")).body
        assert [one["content"] for one in page] == ["4", "3"]
        older = (await rest.send("GET", f"{general(fake)}/messages?before={ids[3]}")).body
        assert [one["content"] for one in older] == ["2", "1", "0"]
        newer = (await rest.send("GET", f"{general(fake)}/messages?after={ids[3]}")).body
        assert [one["content"] for one in newer] == ["4"]
        assert (await rest.send("GET", f"{general(fake)}/messages?limit=101")).status == 400


async def test_reactions() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        sent = (await rest.post({"content": "x"})).body
        path = f"{general(fake)}/messages/{sent['id']}/reactions"
        assert (await rest.send("PUT", f"{path}/%E2%9C%85/@me")).status == 204
        assert (await rest.send("GET", f"{path}/%E2%9C%85")).body[0]["id"] == str(fake.bot.id)
        assert (await rest.send("PUT", f"{path}/word/@me")).code == 10014
        assert (await rest.send("DELETE", f"{path}/%E2%9C%85/@me")).status == 204
        fake.home.text_channel.deny(fake.bot.id, Can.ADD_REACTIONS)
        assert (await rest.send("PUT", f"{path}/%E2%9C%85/@me")).code == 50013


async def test_threads() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        made = (await rest.send("POST", f"{general(fake)}/threads", {"name": "case", "invitable": False})).body
        assert made["type"] == 12
        assert made["thread_metadata"]["invitable"] is False
        path = f"/channels/{made['id']}"
        assert (await rest.send("POST", f"{path}/messages", {"content": "x"})).status == 200
        assert (await rest.send("PUT", f"{path}/thread-members/{fake.ada.id}")).status == 204
        assert len((await rest.send("GET", f"{path}/thread-members")).body) == 2
        assert (await rest.send("PATCH", path, {"archived": True, "locked": True})).body["thread_metadata"]["locked"]
        assert (await rest.send("POST", f"{path}/messages", {"content": "x"})).code == 50083
        sent = (await rest.post({"content": "x"})).body
        from_message = f"{general(fake)}/messages/{sent['id']}/threads"
        assert (await rest.send("POST", from_message, {"name": "t"})).body["id"] == sent["id"]
        assert (await rest.send("POST", from_message, {"name": "t"})).code == 160004
        fake.home.text_channel.deny(fake.bot.id, Can.CREATE_PRIVATE_THREADS)
        assert (await rest.send("POST", f"{general(fake)}/threads", {"name": "case"})).code == 50013


async def test_members_and_roles() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        root = f"/guilds/{fake.home.id}"
        assert (await rest.send("GET", f"{root}/members/{fake.ada.id}")).body["user"]["username"] == "ada"
        assert (await rest.send("GET", f"{root}/members/{fake.stranger.id}")).code == 10007
        assert (await rest.send("GET", f"{root}/members")).code == 50001
        role = fake.add_role(fake.home, "helpers")
        path = f"{root}/members/{fake.ada.id}/roles/{role.id}"
        assert (await rest.send("PUT", path)).code == 50013
        fake.home.everyone.permissions |= Can.MANAGE_ROLES
        assert (await rest.send("PUT", path)).status == 204
        assert role.id in fake.home.members[fake.ada.id].role_ids
        assert (await rest.send("PUT", f"{root}/members/{fake.ada.id}/roles/1")).code == 10011
        assert (await rest.send("GET", "/guilds/1")).code == 10004
        assert (await rest.send("GET", "/channels/1")).code == 10003
        assert (await rest.send("GET", "/users/1")).code == 10013
        assert (await rest.send("GET", "/users/ada")).code == 50035


async def test_an_edit_keeps_what_it_does_not_name_and_cannot_take_v2_back() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        sent = (await rest.post({"content": "x", "embeds": [{"title": "t"}]})).body
        path = f"{general(fake)}/messages/{sent['id']}"
        kept = (await rest.send("PATCH", path, {"content": "y"})).body
        assert kept["embeds"][0]["title"] == "t"
        v2: dict[str, Any] = {"flags": 32768, "components": [{"type": 10, "content": "z"}]}
        assert (await rest.send("PATCH", path, v2)).code == 50035
        assert (await rest.send("PATCH", path, v2 | {"content": None, "embeds": []})).status == 200
        assert (await rest.send("PATCH", path, {"content": "back"})).code == 50035


async def test_rate_limits_by_script() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        fake.faults.too_many("POST /channels", retry_after_s=0.2, times=2)
        first = await rest.post({"content": "x"})
        assert (first.status, first.body["retry_after"], first.body["global"]) == (429, 0.2, False)
        assert first.headers["Via"]
        assert (await rest.post({"content": "x"})).status == 429
        assert (await rest.post({"content": "x"})).status == 200
        fake.faults.too_many(is_global=True)
        reply = await rest.post({"content": "x"})
        assert (reply.body["global"], reply.headers["X-RateLimit-Global"]) == (True, "true")
        fake.faults.cloudflare()
        page = await rest.post({"content": "x"})
        assert page.status == 429
        assert "Via" not in page.headers
        assert "Cloudflare" in page.body
        assert fake.server.noise_count == 4


async def test_buckets_count_for_real_and_interactions_are_not_in_the_global_one() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        fake.faults.bucket("POST /channels", limit=2, per_s=60)
        left = [(await rest.post({"content": "x"})).headers["X-RateLimit-Remaining"] for _ in range(2)]
        assert left == ["1", "0"]
        assert (await rest.post({"content": "x"})).status == 429
        fake.faults.clear()
        await rest.sync({"name": "ask", "description": "d"})
        fake.faults.global_limit = 3
        statuses = [(await rest.send("GET", "/users/@me")).status for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        assert (await rest.answer(fake.slash("ask"), 5)).status == 204


async def test_noise_ends_in_a_ban() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        fake.faults.ban_after = 3
        fake.home.text_channel.deny(fake.bot.id, Can.SEND_MESSAGES)
        assert [(await rest.post({"content": "x"})).status for _ in range(4)] == [403, 403, 403, 429]
        assert "Cloudflare" in (await rest.send("GET", "/users/@me")).body


async def test_a_share_of_requests_fails() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        fake.faults.fail(502, share=0.5)
        statuses = {(await rest.post({"content": "x"})).status for _ in range(40)}
        assert statuses == {200, 502}


async def test_delays_drops_and_chosen_refusals() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        rule = fake.faults.delay(0.01, "POST /channels", times=1)
        assert (await rest.post({"content": "x"})).status == 200
        assert rule.hits == 1
        fake.faults.drop("POST /channels")
        with pytest.raises(aiohttp.ClientError):
            await rest.post({"content": "x"})
        assert len(fake.bot_messages) == 1
        fake.faults.refuse(missing_permissions(), "POST /channels")
        assert (await rest.post({"content": "x"})).code == 50013
        assert (await rest.post({"content": "x"})).status == 200


async def test_every_request_is_kept() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        await rest.post({"content": "x"})
        await rest.post({"content": "x" * 2001})
        assert [one.status for one in fake.requests] == [200, 400]
        assert [one["content"][0] for one in fake.bodies("POST /channels")] == ["x", "x"]
        assert str(fake.violations[0]).endswith("content: Must be 2000 or fewer in length. [BASE_TYPE_MAX_LENGTH]")


async def test_a_fault_of_the_fake_itself_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="the fake itself failed"):  # noqa: PT012 - it fails at the end
        async with FakeDiscord() as fake, Rest(fake) as rest:
            fake.world.users.clear()
            fake.home.text_channel.messages[1] = None  # type: ignore[assignment]
            assert (await rest.send("GET", f"{general(fake)}/messages")).status == 500
            assert any("the fake failed" in one for one in fake.complaints())
