"""What events ask, from events as servers send them; no network."""

import base64
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapters.matrix.batch import creators, inviter, redacted, taken_out
from bot.adapters.matrix.incoming import (
    OLDEST_S,
    Pressed,
    Said,
    Unreadable,
    called,
    message_index,
    said_at,
    understood,
    without_name,
    without_word,
)

OWN = "@umbrella:x.org"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def message(content: dict[str, Any], kind: str = "m.room.message", sender: str = "@a:x.org") -> dict[str, Any]:
    return {"type": kind, "sender": sender, "event_id": "$e", "origin_server_ts": 1, "content": content}


def text(body: Any, **more: Any) -> dict[str, Any]:
    return message({"msgtype": "m.text", "body": body, **more})


@pytest.mark.parametrize("event", [
    text("hi") | {"sender": OWN}, text("  \u200b \u202e"), text(None), text(7), text("x") | {"state_key": ""},
    message({"msgtype": "m.notice", "body": "hi"}), message({"msgtype": "m.key.verification.request", "body": "x"}),
    message({"msgtype": "m.key.verification.request", "body": "x", "to": "@b:x.org"}),
    text("* hi", **{"m.relates_to": {"rel_type": "m.replace", "event_id": "$e"}}),
    text("* hi", **{"m.new_content": {}}),
    message({"call_id": "1"}, "m.call.invite"), message({}, "org.example.unknown"), message({}), {}, {"content": 3},
    message({"m.relates_to": {"rel_type": "m.annotation", "event_id": "$e", "key": "👍"}}, "m.reaction"),
    message({"m.relates_to": {"rel_type": "m.annotation", "event_id": 4, "key": "1"}}, "m.reaction"),
])  # fmt: skip
def test_these_ask_nothing(event: dict[str, Any]) -> None:
    assert understood(event, OWN) is None


@pytest.mark.parametrize("event", [
    *(message({"msgtype": f"m.{kind}", "body": "x"}) for kind in ("image", "file", "audio", "video", "location")),
    message({"body": "x"}, "m.sticker"), message({}, "m.poll.start"), message({}, "org.matrix.msc3381.poll.start"),
])  # fmt: skip
def test_pictures_files_and_polls_cannot_be_read(event: dict[str, Any]) -> None:
    assert understood(event, OWN) == Unreadable()


@pytest.mark.parametrize(("key", "number"), [("1", 1), ("1\ufe0f\u20e3", 1), ("９", 9), ("🔟", 10), ("12", 12)])
def test_a_digit_as_reaction_is_a_choice(key: str, number: int) -> None:
    relation = {"rel_type": "m.annotation", "event_id": "$ours", "key": key}
    assert understood(message({"m.relates_to": relation}, "m.reaction"), OWN) == Pressed("$ours", number)


@pytest.mark.parametrize(("body", "said"), [
    ("> <@b:x.org> not breathing\n> blue lips\n\nhelp", "help"), ("> * <@b:x.org> waves\n\nhelp", "help"),
    ("a > b", "a > b"), ("> a quote of my own\nwhat does it mean", "> a quote of my own\nwhat does it mean"),
])  # fmt: skip
def test_what_others_said_is_cut_off(body: str, said: str) -> None:
    found = understood(text(body), OWN)
    assert isinstance(found, Said)
    assert found.text == said


def test_a_reply_and_a_thread_are_told_apart() -> None:
    reply = {"m.in_reply_to": {"event_id": "$r"}}
    thread = {"rel_type": "m.thread", "event_id": "$t", "is_falling_back": True, **reply}
    assert understood(text("> q\n\nx", **{"m.relates_to": reply}), OWN) == Said("x", None, "$r")
    assert understood(text("x", **{"m.relates_to": thread}), OWN) == Said("x", "$t", None)
    assert understood(text("x", **{"m.relates_to": {**thread, "is_falling_back": False}}), OWN) == Said("x", "$t", "$r")


@pytest.mark.parametrize(("content", "is_named"), [
    ({"m.mentions": {"user_ids": [OWN]}}, True), ({"m.mentions": {}}, False), ({"m.mentions": {"user_ids": 3}}, False),
    ({"formatted_body": '<a href="https://matrix.to/#/%40umbrella%3Ax.org">U</a>'}, True),
    ({"formatted_body": '<a href="https://matrix.to/#/@umbrella:x.org.evil">U</a>'}, False), ({}, False),
])  # fmt: skip
def test_who_is_meant(content: dict[str, Any], is_named: bool) -> None:
    found = understood(text("hello", **content), OWN)
    assert isinstance(found, Said)
    assert found.is_named is is_named


@pytest.mark.parametrize(("body", "is_named", "said", "is_public"), [
    ("!umbrella help", False, "help", False), ("!Umbrella: help", False, "help", False),
    ("!umbrella", False, "", False), ("!umbrella here food in Vancouver", False, "food in Vancouver", True),
    ("!umbrella hereafter", False, "hereafter", False), ("Umbrella: food", True, "food", False),
    ("food @umbrella:x.org", True, "food", False), ("!umbrella 公开 温哥华", False, "温哥华", True),
])  # fmt: skip
def test_how_the_bot_is_called(body: str, is_named: bool, said: str, is_public: bool) -> None:
    call = called(Said(body, is_named=is_named), "!umbrella", (OWN, "Umbrella"), {"here", "公开"})
    assert call is not None
    assert (call.said.text, call.is_public) == (said, is_public)


def test_talk_in_a_room_is_not_for_the_bot() -> None:
    assert called(Said("I like my umbrella"), "!umbrella", (OWN, "Umbrella"), ()) is None
    assert without_name("umbrellas are nice", ("umbrella",)) == "umbrellas are nice"
    assert (without_word("!umbrella food", "!umbrella"), without_word("food", "!umbrella")) == ("food", "food")


@pytest.mark.parametrize(("index", "encoded"), [(0, b"\0"), (1, b"\1"), (300, b"\xac\x02")])
def test_the_index_of_a_message_is_read_from_its_ciphertext(index: int, encoded: bytes) -> None:
    raw = base64.b64encode(b"\x03\x08" + encoded + b"\x12" + bytes(60)).decode().rstrip("=")
    assert message_index(raw) == index


@pytest.mark.parametrize("ciphertext", ["", "AAAA", "not base64 …", "x" * 24])
def test_what_is_no_megolm_message_has_no_index(ciphertext: str) -> None:
    assert message_index(ciphertext) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda each: st.lists(each, max_size=3)
    | st.dictionaries(
        st.sampled_from(["type", "content", "sender", "msgtype", "body", "m.relates_to", "rel_type", "event_id", "key",
                         "m.mentions", "user_ids", "formatted_body", "m.in_reply_to", "rooms", "join", "invite",
                         "timeline", "events", "state", "invite_state", "unsigned", "redacts"]), each, max_size=5),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from(["type", "content", "sender", "rooms", "next_batch", "redacts"]), JSON))
def test_no_shape_of_an_event_or_a_sync_raises(event: dict[str, Any]) -> None:
    understood(event, OWN)
    assert said_at(event, NOON) <= NOON
    redacted(event)
    creators((event,))
    inviter((event,), OWN)
    taken_out(event, OWN)


@pytest.mark.parametrize(
    ("event", "ago_s"),
    [
        ({"unsigned": {"age": 90_000}, "origin_server_ts": 0}, 90),
        ({"unsigned": {"age": -5}}, 0),
        ({"unsigned": {"age": 10**400}}, OLDEST_S),
        ({"origin_server_ts": int(NOON.timestamp() * 1000) - 90_000, "unsigned": {"age": "9"}}, 90),
        ({"origin_server_ts": 10**400}, 0),
        ({"origin_server_ts": -(10**400)}, OLDEST_S),
        ({"unsigned": 7}, 0),
    ],
)
def test_when_it_was_said_is_the_age_the_homeserver_says(event: dict[str, Any], ago_s: int) -> None:
    assert (NOON - said_at(event, NOON)).total_seconds() == ago_s


def member(membership: str, before: str = "") -> dict[str, Any]:
    event = {"type": "m.room.member", "state_key": OWN, "sender": "@a:x.org", "content": {"membership": membership}}
    return {**event, "unsigned": {"prev_content": {"membership": before}}} if before else event


def sync(*events: dict[str, Any]) -> dict[str, Any]:
    return {"next_batch": "s1", "rooms": {"join": {"!r": {"timeline": {"events": list(events), "limited": True}}}}}


def test_what_was_said_before_the_bot_was_asked_in_is_history() -> None:
    old, new, newest = text("old"), text("new"), text("newest")
    room = taken_out(sync(old, member("invite"), new, member("join", "invite"), newest), OWN).joined[0]
    assert (room.events, room.is_new) == ((new, newest), True)
    room = taken_out(sync(old, member("join", "join"), new), OWN).joined[0]
    assert (room.events, room.is_new) == ((old, new), False)


def test_who_asked_us_in_is_who_sent_our_own_invite() -> None:
    """Invites come with member events of others (trap 19); they say nothing of who may ask us in."""
    other = {"type": "m.room.member", "state_key": "@b:y.org", "sender": "@b:y.org", "content": {"membership": "join"}}
    assert inviter((other, member("invite")), OWN) == "@a:x.org"
    assert inviter((other, member("leave")), OWN) is None


def test_only_state_is_left_for_nio() -> None:
    raw = sync(text("words"), member("join", "join"), message({}, "m.room.encrypted"))
    assert len(taken_out(raw, OWN).joined[0].events) == 2
    assert raw["rooms"]["join"]["!r"]["timeline"]["events"] == [member("join", "join")]


def test_makers_of_rooms_before_version_12_have_no_power_of_their_own() -> None:
    made = {"type": "m.room.create", "state_key": "", "sender": "@a:x", "content": {"room_version": "11"}}
    assert creators((made,)) == frozenset()
    made["content"] = {"room_version": "12", "additional_creators": ["@b:x", 3]}
    assert creators((made,)) == frozenset(("@a:x", "@b:x"))
    assert creators(()) is None
