"""The life of an interaction: deadlines, order, privacy, and what a person may press."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.discord import Can, FakeDiscord, Interaction, NotPossibleError, UnansweredError
from tests.fakes.discord.rest import Rest

pytestmark = [pytest.mark.asyncio, pytest.mark.allow_hosts(["127.0.0.1"])]

Node = dict[str, Any]
ASK: Node = {
    "name": "ask",
    "description": "d",
    "integration_types": [0, 1],
    "options": [{"type": 3, "name": "question", "description": "d", "autocomplete": True}],
}
BUTTONS = [
    {
        "type": 1,
        "components": [
            {"type": 2, "style": 1, "label": "More", "custom_id": "more"},
            {"type": 2, "style": 1, "label": "Never", "custom_id": "never", "disabled": True},
            {"type": 2, "style": 5, "label": "Site", "url": "https://example.org"},
        ],
    },
    {
        "type": 1,
        "components": [
            {
                "type": 3,
                "custom_id": "pick",
                "placeholder": "Language",
                "options": [{"label": "Français", "value": "fr"}, {"label": "Español", "value": "es"}],
            }
        ],
    },
]
MODAL: Node = {
    "custom_id": "m",
    "title": "Ask",
    "components": [
        {"type": 10, "content": "Discord can read this."},
        {"type": 18, "label": "Question", "component": {"type": 4, "custom_id": "q", "style": 2, "max_length": 10}},
    ],
}


async def asked(fake: FakeDiscord, rest: Rest, **more: Any) -> Interaction:
    await rest.sync(ASK)
    return fake.slash("ask", **{"guild": fake.home, **more})


async def test_answer_is_private_or_public() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        private = await asked(fake, rest)
        public = fake.slash("ask", guild=fake.home)
        assert (await rest.answer(private, 4, {"content": "hush", "flags": 64})).status == 204
        assert (await rest.answer(public, 4, {"content": "loud"})).status == 204
        assert (await private.answered()).is_ephemeral
        assert (await public.answered()).is_public
        assert [one.content for one in fake.public_messages] == ["loud"]
        assert [one.content for one in fake.home.text_channel.history] == ["loud"]


async def test_ephemeral_messages_are_not_in_the_channel() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        interaction = await asked(fake, rest)
        await rest.answer(interaction, 4, {"content": "hush", "flags": 64, "components": BUTTONS})
        message = (await interaction.answered()).message
        assert message is not None
        path = f"/channels/{fake.home.text_channel.id}/messages"
        assert (await rest.send("GET", f"{path}/{message.id}")).code == 10008
        assert (await rest.send("PATCH", f"{path}/{message.id}", {"content": "x"})).code == 10008
        assert (await rest.send("DELETE", f"{path}/{message.id}")).code == 10008
        assert (await rest.send("GET", path)).body == []
        with pytest.raises(NotPossibleError):
            fake.press(message, "More", user=fake.moderator)


async def test_second_answer_is_40060() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        interaction = await asked(fake, rest)
        assert (await rest.answer(interaction, 5, {"flags": 64})).status == 204
        second = await rest.answer(interaction, 4, {"content": "x"})
        assert (second.status, second.code) == (400, 40060)


async def test_after_three_seconds_it_is_10062() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        interaction = await asked(fake, rest)
        fake.clock.advance(2.5)
        assert (await rest.answer(interaction, 5)).status == 204
        late = fake.slash("ask", guild=fake.home)
        fake.clock.advance(3.1)
        refused = await rest.answer(late, 5)
        assert (refused.status, refused.code) == (404, 10062)
        old = fake.slash("ask", guild=fake.home, age_s=10)
        assert (await rest.answer(old, 5)).code == 10062
        assert fake.violations == []


async def test_after_fifteen_minutes_the_token_is_50027() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        interaction = await asked(fake, rest)
        await rest.answer(interaction, 4, {"content": "x", "flags": 64})
        fake.clock.advance(899)
        assert (await rest.follow_up(interaction, {"content": "y"})).status == 200
        fake.clock.advance(2)
        for reply in (
            await rest.follow_up(interaction, {"content": "y"}),
            await rest.edit_original(interaction, {"content": "y"}),
        ):
            assert (reply.status, reply.code) == (401, 50027)


async def test_follow_up_before_the_answer_is_10015() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        interaction = await asked(fake, rest)
        assert (await rest.follow_up(interaction, {"content": "x"})).code == 10015
        assert (await rest.edit_original(interaction, {"content": "x"})).code == 10015
        wrong_app = f"/webhooks/1/{interaction.token}"
        assert (await rest.send("POST", wrong_app, {"content": "x"})).code == 10015
        strange = f"/interactions/{interaction.id}/strange/callback"
        assert (await rest.send("POST", strange, {"type": 5})).code == 10062


async def test_a_deferral_carries_only_the_ephemeral_flag() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        interaction = await asked(fake, rest)
        assert (await rest.answer(interaction, 5, {"flags": 64 | 32768})).code == 50035
        assert (await rest.answer(interaction, 5, {"content": "x"})).code == 50035
        assert (await rest.answer(interaction, 5, {"flags": 64})).status == 204
        assert interaction.is_deferred
        assert not interaction.is_answered
        v2 = {"flags": 32768, "components": [{"type": 10, "content": "hello"}]}
        assert (await rest.edit_original(interaction, v2)).status == 200
        assert (await interaction.answered()).text == "hello"
        assert (await interaction.answered()).is_ephemeral


@pytest.mark.parametrize(("deferral", "is_private"), [({"flags": 64}, True), (None, False)])
async def test_privacy_is_fixed_by_the_deferral(deferral: Node | None, *, is_private: bool) -> None:
    """The first follow-up fills the "thinking" message, whatever flag it carries."""
    async with FakeDiscord() as fake, Rest(fake) as rest:
        interaction = await asked(fake, rest)
        await rest.answer(interaction, 5, deferral)
        await rest.follow_up(interaction, {"content": "x", "flags": 0 if is_private else 64})
        answer = await interaction.answered()
        assert answer.is_ephemeral is is_private
        assert interaction.followups == []
        await rest.follow_up(interaction, {"content": "y", "flags": 64})
        assert (await interaction.followed_up())[0].is_ephemeral


KINDS = [(2, {4, 5, 9}), (3, {4, 5, 6, 7, 9}), (4, {8}), (5, {4, 5})]
DATA: dict[int, Node | None] = {
    4: {"content": "x"},
    5: None,
    6: None,
    7: {"content": "y"},
    8: {"choices": []},
    9: MODAL,
}


@pytest.mark.parametrize("callback", DATA)
@pytest.mark.parametrize(("kind", "allowed"), KINDS)
async def test_callback_types_of_each_kind(kind: int, allowed: set[int], callback: int) -> None:
    """Also: no modal after a modal, no update after a modal that a command opened."""
    async with FakeDiscord() as fake, Rest(fake) as rest:
        first = await asked(fake, rest)
        interaction = first
        if kind == 3:
            await rest.answer(first, 4, {"content": "x", "components": BUTTONS})
            interaction = fake.press(await first.answered(), "More")
        elif kind == 4:
            interaction = fake.autocomplete("ask", "question", "x")
        elif kind == 5:
            await rest.answer(first, 9, MODAL)
            interaction = fake.submit_modal(await first.answered(), Question="why")
        reply = await rest.answer(interaction, callback, DATA[callback])
        assert reply.status == (204 if callback in allowed else 400), reply.body


async def test_a_modal_from_a_button_may_update_its_message() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        first = await asked(fake, rest)
        await rest.answer(first, 4, {"content": "x", "components": BUTTONS, "flags": 64})
        pressed = fake.press(await first.answered(), "More")
        await rest.answer(pressed, 9, MODAL)
        sent = fake.submit_modal(await pressed.answered(), q="why")
        assert sent.payload["message"]["id"] == str(first.messages[0].id)
        assert (await rest.answer(sent, 7, {"content": "new", "components": []})).status == 204
        assert first.messages[0].content == "new"


async def test_deferred_update_counts_when_the_message_changes() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        first = await asked(fake, rest)
        await rest.answer(first, 4, {"content": "x", "components": BUTTONS, "flags": 64})
        pressed = fake.press(await first.answered(), "More")
        await rest.answer(pressed, 6)
        assert await pressed.acknowledged() == 6
        with pytest.raises(UnansweredError):
            await pressed.answered(0.05)
        await rest.edit_original(pressed, {"content": "new"})
        answer = await pressed.answered()
        assert (answer.kind, answer.content) == ("update", "new")


async def test_with_response_describes_what_was_made() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        interaction = await asked(fake, rest)
        path = f"/interactions/{interaction.id}/{interaction.token}/callback?with_response=1"
        reply = await rest.send("POST", path, {"type": 4, "data": {"content": "x", "flags": 64}})
        assert reply.status == 200
        assert reply.body["interaction"]["response_message_ephemeral"] is True
        assert reply.body["resource"]["message"]["content"] == "x"


async def test_uninvited_apps_get_five_follow_ups() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        traveller = fake.add_user("traveller", has_installed=True)
        elsewhere = fake.add_guild("Elsewhere", traveller, has_bot=False)
        interaction = await asked(fake, rest, user=traveller, guild=elsewhere)
        await rest.answer(interaction, 4, {"content": "x", "flags": 64})
        for _ in range(5):
            assert (await rest.follow_up(interaction, {"content": "y", "flags": 64})).status == 200
        assert (await rest.follow_up(interaction, {"content": "y", "flags": 64})).code == 40094


async def test_without_external_apps_answers_are_forced_private() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        traveller = fake.add_user("traveller", has_installed=True)
        elsewhere = fake.add_guild("Elsewhere", traveller, has_bot=False)
        elsewhere.everyone.permissions &= ~Can.USE_EXTERNAL_APPS
        interaction = await asked(fake, rest, user=traveller, guild=elsewhere)
        await rest.answer(interaction, 4, {"content": "x"})
        assert (await interaction.answered()).is_ephemeral


async def test_original_can_be_read_and_deleted() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        interaction = await asked(fake, rest)
        await rest.answer(interaction, 4, {"content": "x", "flags": 64})
        path = f"/webhooks/{fake.bot.id}/{interaction.token}/messages/@original"
        assert (await rest.send("GET", path)).body["content"] == "x"
        assert (await rest.send("DELETE", path)).status == 204
        assert (await rest.send("GET", path)).code == 10008
        assert interaction.messages[0].is_deleted


async def test_people_press_only_what_they_see() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        first = await asked(fake, rest)
        await rest.answer(first, 4, {"content": "x", "components": BUTTONS, "flags": 64})
        answer = await first.answered()
        assert answer.labels == ["More", "Never", "Site"]
        assert answer.links == ["https://example.org"]
        assert fake.press(answer, "more").user is fake.ada
        for label in ("Never", "Site"):
            with pytest.raises(NotPossibleError):
                fake.press(answer, label)
        with pytest.raises(NotPossibleError):
            fake.press(answer, "More", user=fake.moderator)
        assert fake.press(answer, "More", user=fake.moderator, forged=True)
        with pytest.raises(LookupError):
            fake.press(answer, "Nothing")
        assert fake.press(answer, "v0:gone", forged=True).payload["data"]["custom_id"] == "v0:gone"


async def test_selects_take_labels_and_values() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        first = await asked(fake, rest)
        await rest.answer(first, 4, {"content": "x", "components": BUTTONS, "flags": 64})
        answer = await first.answered()
        assert fake.select(answer, "Language", "Français").payload["data"]["values"] == ["fr"]
        assert fake.select(answer, "pick", "es").payload["data"]["values"] == ["es"]
        with pytest.raises(NotPossibleError):
            fake.select(answer, "pick", "de")
        with pytest.raises(NotPossibleError):
            fake.select(answer, "pick", "es", "fr")
        assert fake.select(answer, "pick", "de", forged=True)


async def test_modals_are_filled_by_label_or_id() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        first = await asked(fake, rest, locale="fr")
        await rest.answer(first, 9, MODAL)
        modal = (await first.answered()).modal
        assert modal is not None
        assert modal.notice == "Discord can read this."
        sent = fake.submit_modal(modal, Question="why")
        component = sent.payload["data"]["components"][1]
        assert component == {"type": 18, "id": 2, "component": {"type": 4, "id": 3, "custom_id": "q", "value": "why"}}
        assert sent.locale == "fr"
        for bad in ({"Question": ""}, {"Question": "x" * 11}, {"Other": "x"}):
            with pytest.raises(NotPossibleError):
                fake.submit_modal(modal, bad)
        assert fake.submit_modal(modal, {"q": "x" * 4000}, forged=True)


async def test_pings_follow_allowed_mentions() -> None:
    """Interactions parse users only, channel messages everything, and what is listed replaces both."""
    async with FakeDiscord() as fake, Rest(fake) as rest:
        words = f"@everyone <@{fake.ada.id}> <@&{fake.home.id}>"
        interaction = await asked(fake, rest)
        await rest.answer(interaction, 4, {"content": words})
        assert [one.target for one in fake.pings] == [fake.ada.id]
        fake.pings.clear()
        await rest.post({"content": words})
        assert [one.target for one in fake.pings] == [fake.ada.id, fake.home.id, "everyone"]
        fake.pings.clear()
        await rest.post({"content": words, "allowed_mentions": {"parse": []}})
        await rest.follow_up(interaction, {"content": words, "allowed_mentions": {"parse": []}})
        assert fake.pings == []
        await rest.edit_original(interaction, {"content": words})
        assert [one.target for one in fake.pings] == [fake.ada.id]
        fake.pings.clear()
        text = {"type": 10, "content": words}
        await rest.post({"flags": 32768, "components": [text], "allowed_mentions": {"users": [str(fake.ada.id)]}})
        assert [one.target for one in fake.pings] == [fake.ada.id]


async def test_complaints_name_everything_that_went_wrong() -> None:
    async with FakeDiscord() as fake, Rest(fake) as rest:
        interaction = await asked(fake, rest)
        await rest.answer(interaction, 4, {"content": "x" * 2001})
        await rest.post({"content": fake.ada.mention})
        await rest.send("GET", "/nowhere")
        kinds = {one.split(":")[0] for one in fake.complaints()}
        assert kinds == {"violation", "public", "ping", "unanswered", "language"}
        with pytest.raises(UnansweredError, match=r"no answer.*content: Must be 2000"):
            await interaction.answered(0.01)
