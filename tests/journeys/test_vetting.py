"""Peers share and moderators vet: what each of them sees, from the first word to the answer for everybody."""

import pytest

from bot.core.request import ActionPress
from bot.directory.changes import CONTACT_LINES
from bot.living import Living
from tests.fakes.vetting import REVIEW, Stage, text_of

WORDS = "Night Kitchen gives warm meals in Vancouver on Friday nights https://nightkitchen.ca"
PHONE = str(CONTACT_LINES.index("phone"))
FIELDS = {
    "facts": "kind: organization\nled_by: sex-workers\ncoverage: CA-BC/Vancouver\ntopics: food\nserves: all\naccess: in-person",
    "description": "en: Warm meals on Friday nights, for anyone who works nights.",
}


async def test_from_a_persons_words_to_everybodys_answer(stage: Stage) -> None:
    """Suggested on Discord, asked back, approved by one on Discord and one on Matrix, found in the terminal."""
    peer = stage.someone("discord", "700000000000000001")
    assert "look" in await peer.commands("suggest") or peer.reply.form is not None
    code = await peer.suggests(WORDS)
    [card] = {text_of(reply) for _, reply in await stage.said(REVIEW["discord"])}
    assert "Night Kitchen" in card
    case = card.split(" ")[0]

    ash, birch = stage.moderator("Ash"), stage.moderator("Birch", "matrix")
    assert "waits" in await ash.says(f"ask {case} Is it open all year?")
    assert "open all year" in await peer.commands("case", code)
    await peer.presses("case.answer")
    assert "not who you are" in await peer.fills(answer="Yes, all year.", public="no")
    assert "Yes, all year." in await birch.says("review") or "Yes, all year." in await birch.presses(
        "review.card", case
    )

    await ash.does(ActionPress("review.edit", (case, "1")))
    await ash.fills(**FIELDS)
    assert "One more moderator" in await ash.says(f"approve {case}") or "One more moderator" in await ash.presses(
        "review.approve", case, "2"
    )
    await birch.does(ActionPress("review.approve", (case, "2")))
    assert "is accepted and public" in text_of(birch.reply)
    assert "accepted" in await peer.commands("case", code)

    living = Living(stage.app, stage.storage.changes, stage.clock)
    await living.refresh()
    found = await stage.someone("console", "", locale="en").says("food in vancouver at night")
    assert "Night Kitchen" in found


async def test_what_looks_personal_is_shown_back_and_not_kept(stage: Stage) -> None:
    peer = stage.someone("matrix", "@peer:example.org")
    shown = await peer.fills("suggest", what="A client named Robert Miller, 604-555-0142, does not pay")
    assert "⟦" in shown and "604-555-0142" in shown
    assert [each.id for each in peer.reply.actions] == ["suggest.edit", "suggest.public", "suggest.stop"]
    token = peer.action("suggest.edit").args
    assert "looks like" in text_of(await peer.does(ActionPress("suggest.send", token)))
    assert await stage.said() == []
    await peer.does(ActionPress("suggest.public", token))
    await peer.presses("suggest.send")
    [card] = {text_of(reply) for _, reply in await stage.said(REVIEW["discord"])}
    assert "the contact is the service's own" in card


async def test_the_draft_comes_back_to_be_changed_and_is_forgotten_when_stopped(stage: Stage) -> None:
    peer = stage.someone("discord", "700000000000000001")
    await peer.fills("suggest", what="A tip: lock the door", why="It helps")
    token = peer.action("suggest.edit").args
    await peer.presses("suggest.edit")
    assert peer.reply.form is not None
    assert [field.value for field in peer.reply.form.fields] == ["A tip: lock the door", "", "", "It helps", ""]
    assert "Nothing of it was kept" in text_of(await peer.does(ActionPress("suggest.stop", token)))
    assert "over" in text_of(await peer.does(ActionPress("suggest.send", token)))


async def test_the_same_press_delivered_twice_gives_the_same_code(stage: Stage) -> None:
    peer = stage.someone("discord", "700000000000000001")
    await peer.fills("suggest", what=WORDS)
    send = peer.action("suggest.send")
    replies = [text_of(await peer.does(ActionPress(send.id, send.args))) for _ in range(3)]
    assert len(set(replies)) == 1
    assert len(await stage.said(REVIEW["discord"])) == 1


async def test_whoever_asks_is_told_and_may_take_it_back(stage: Stage) -> None:
    peer = stage.someone("discord", "700000000000000001")
    code = await peer.suggests(WORDS)
    assert "30 days" in await peer.presses("case.tell")
    await peer.commands("case", code)
    assert "taken back" in await peer.presses("case.withdraw")
    assert "taken back" in await peer.commands("case", code.lower().replace("-", " "))
    [(_, card)] = await stage.said(REVIEW["discord"])
    assert "Night" not in text_of(card) and card.actions == ()
    assert "closed" in await stage.moderator("Ash").says(f"approve {text_of(card).split(':')[0]}")


async def test_a_report_of_a_wrong_number_reaches_the_room_at_once(stage: Stage) -> None:
    peer = stage.someone("matrix", "@peer:example.org")
    record = next(each for each in stage.app.directory.current.records if each.contact.phone)
    await peer.does(ActionPress("show", (record.id,)))
    assert record.name in await peer.presses("report")
    await peer.presses("report.why", record.id, "0")
    await peer.presses("report.words", record.id, "0", PHONE)
    await peer.fills(words="Nobody answers there", public="no")
    assert "This is your code" in text_of(peer.reply)
    [card] = {text_of(reply) for _, reply in await stage.said(REVIEW["matrix"])}
    assert record.id in card and "Nobody answers there" in card
    again = stage.someone("discord", "700000000000000002")
    await again.fills(f"report.words:{record.id}:0:{PHONE}", words="")
    [change] = await stage.storage.changes.all()
    assert (change.kind, change.record_id) == ("hide-contact", record.id)


async def test_moderators_decide_with_words_and_numbers_in_front_of_each_other(stage: Stage) -> None:
    await stage.someone("console", "").suggests(WORDS)
    [(_, card)] = await stage.said(REVIEW["matrix"])
    case = text_of(card).split(" ")[0]
    ash = stage.moderator("Ash", "matrix")
    for words, answer in (
        (f"take {case.lower()}", "You look after"),
        (f"reject {case}", "Why is"),
        (f"check {case} own-page-read 2026-11-20", "is noted"),
        (f"check {case} own-page-read 2031-01-01", "future"),
        (f"tie {case}", "does not count"),
        (f"approve {case}", "others decide"),
        ("approve ZZZ9", "no such case"),
    ):
        assert answer in await ash.says(words), words
        assert ash.reply.audience == "room"
    assert "not accepted" in await stage.moderator("Birch", "matrix").says(f"reject {case} unclear")


async def test_a_question_stays_a_question_whatever_it_begins_with(stage: Stage) -> None:
    person = stage.someone("discord", "700000000000000001")
    for words in (
        "approve K7Q2",
        "suggest a clinic in montreal",
        "report a bad date in vancouver",
        "bad date reporting",
    ):
        assert "moderators of this community" not in await person.says(words)
        assert person.reply.form is None
    moderator = stage.moderator("Ash")
    for words in ("take care", "check this", "show me food in vancouver", "ask"):
        await moderator.says(words)
        assert "no such" not in text_of(moderator.reply), words


async def case_of(stage: Stage, room: str = REVIEW["discord"]) -> str:
    """The code of the card that came last."""
    return text_of((await stage.said(room))[-1][1]).split(" ")[0].rstrip(":")


async def test_a_question_that_asks_who_somebody_is_waits_until_it_is_meant(stage: Stage) -> None:
    peer, ash = stage.someone("discord", "700000000000000001"), stage.moderator("Ash", "matrix")
    code = await peer.suggests(WORDS)
    case = await case_of(stage)
    assert "who somebody is" in await ash.says(f"ask {case} Where do you work?")
    assert "Where do you work" not in await peer.commands("case", code)
    otherwise, anyway = ash.reply.actions
    assert (await ash.does(ActionPress(otherwise.id, otherwise.args))).form is not None
    assert "waits for whoever" in text_of(await ash.does(ActionPress(anyway.id, anyway.args)))
    assert "Where do you work" in await peer.commands("case", code)
    assert "is over" in text_of(await ash.does(ActionPress(anyway.id, anyway.args)))


async def test_who_sends_threats_is_blocked_for_suggestions_and_reports_and_still_gets_answers(stage: Stage) -> None:
    peer, ash = stage.someone("discord", "700000000000000001"), stage.moderator("Ash")
    await peer.suggests("You will all pay for this")
    case = await case_of(stage)
    await ash.says(f"reject {case}")
    await ash.presses("review.block")
    assert "still waits" in await ash.presses("review.block", case, "threats")
    await peer.fills("suggest", what=WORDS)
    assert "I take nothing from you for now" in await peer.presses("suggest.send")
    record = next(each for each in stage.app.directory.current.records if each.contact.phone)
    assert "I take nothing from you" in await peer.fills(f"report.words:{record.id}:1", words="")
    assert "Phone" in await peer.says("food in vancouver")
    await ash.presses("review.reject")
    await ash.does(ActionPress("review.unblock", (case,)))
    assert "can hand something in again" in text_of(ash.reply)
    await peer.suggests(WORDS)


@pytest.mark.parametrize(("locale", "words"), [("fr", "Ces champs"), ("es", "Estos campos"), ("zh", "这些栏目")])
async def test_what_is_wrong_with_a_proposal_is_said_in_the_moderators_language(
    stage: Stage, locale: str, words: str
) -> None:
    await stage.someone("console", "").suggests(WORDS)
    case, ash = await case_of(stage), stage.moderator("Ash")
    ash.locale = locale
    said = await ash.fills(f"review.edit:{case}:1", facts="kind: organisation\ncoverage: \ntopics: food, nonsense")
    assert f"{words}" in said
    assert all(each in said for each in ("kind", "topics", "coverage"))
    assert "is not known" not in said
    said = text_of(await ash.does(ActionPress("review.approve", (case, "2"))))
    assert words in said
    assert "lacks" not in said


async def test_nobody_moderates_without_an_entry_in_the_file(stage: Stage) -> None:
    peer = stage.someone("discord", "700000000000000001")
    assert "Only moderators" in await peer.commands("review")
    unproven = stage.moderator("Ash", "matrix")
    unproven.is_proven = False
    assert "cannot be sure" in await unproven.commands("review")


async def test_when_nothing_can_be_kept_the_person_is_told_and_questions_are_answered(stage: Stage) -> None:
    peer = stage.someone("discord", "700000000000000001")
    await peer.fills("suggest", what=WORDS)
    send = peer.action("suggest.send")
    await stage.storage.database.close()
    (stage.app.settings.data_dir).rename(stage.app.settings.data_dir.with_name("gone"))
    assert "nothing was kept" in text_of(await peer.does(ActionPress(send.id, send.args)))
    assert "nothing was kept" in await peer.fills("suggest", what=WORDS)
    assert "Phone" in await peer.says("food in vancouver")
    (stage.app.settings.data_dir.with_name("gone")).rename(stage.app.settings.data_dir)
    assert "This is your code" in text_of(await peer.does(ActionPress(send.id, send.args)))
