"""Every act × every role × every platform × every place: who may, who may not, and nothing happens for who may not."""

import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.app import with_moderating
from bot.core.moderators import Standing
from bot.core.reply import Paragraph, Reply
from bot.core.request import ActionPress, Command, FormSubmit, Request
from bot.core.rights import RIGHTS
from bot.handlers.announcing import with_announcements
from bot.handlers.moderating import Books
from bot.handlers.router import Router
from bot.handlers.uncertain import with_uncertain
from bot.keeping import keeping_in, opening_in
from bot.vetting.claim import claim_of, new_token
from bot.vetting.model import REASONS, NewCase, Submission
from bot.vetting.service import Acting
from tests.fakes.cases import PROPOSAL
from tests.fakes.vetting import ACCOUNTS, MODERATORS, REVIEW, SOUTH, Person, Stage, text_of

UNPROVEN, KEEPER, ADMINISTRATOR = "moderator of a device nobody named", "keeper of the room", "administrator alone"
RULES_IT = "moderator who administers the room"
RULES_OTHER = "moderator of another community who administers the room"
ROLES: Mapping[str, tuple[str, Standing]] = {
    "stranger": ("", Standing(is_proven=True)),
    KEEPER: ("", Standing(keeps_room=True, is_proven=True)),
    ADMINISTRATOR: ("", Standing(keeps_room=True, is_proven=True, administers=True)),
    "ex-moderator": ("Elm", Standing(is_proven=True)),
    "moderator": ("Ash", Standing()),
    UNPROVEN: ("Ash", Standing()),
    "moderator of another community": ("Dogwood", Standing()),
    "the one who suggested it": ("Cedar", Standing()),
    RULES_IT: ("Ash", Standing(keeps_room=True, administers=True)),
    RULES_OTHER: ("Dogwood", Standing(keeps_room=True, administers=True)),
}
PLATFORMS = ("discord", "matrix", "console")
PLACES = ("private", "public", "review room", "another review room")
OF_MODERATORS = ("review", "check", "history", "need", "announce", "uncertain")
ALONE = ("suggest", "case", "report", "remind", "campaign")
EVERYWHERE = ("events", "event.show")
DONE = "done"


def whole(stage: Stage) -> Router:
    """The router as a running bot has it."""
    storage, clock = stage.storage, stage.clock
    books = Books(storage.changes, storage.acts, storage.needs, storage.review_rooms)
    app = with_moderating(stage.app, books)
    router = with_announcements(app.router, app.ask.tools, app.settings, opening_in(storage, clock))
    return with_uncertain(router, storage.outbox, clock)


def person(stage: Stage, role: str, platform: str, place: str) -> Person:
    name, seen = ROLES[role]
    account = ACCOUNTS.get(name, {}).get(platform, f"somebody-{role}")
    room = {"review room": REVIEW, "another review room": SOUTH}.get(place, {}).get(platform, f"{place}-room")
    standing = MODERATORS.standing(
        platform, account, is_proven=role != UNPROVEN, keeps_room=seen.keeps_room, administers=seen.administers
    )
    return Person(stage, platform, account, room, is_private=place == "private", standing=standing)


def may(act: str, role: str, platform: str, place: str) -> bool:
    """The rule, said once more in other words than the code's."""
    area = act.partition(".")[0]
    duties = ("campaign.pending", "campaign.accept", "campaign.decline", "campaign.export")
    is_review = place.endswith("review room") and platform != "console"
    if area == "subscribe":
        return role in (KEEPER, ADMINISTRATOR, RULES_IT, RULES_OTHER)
    if area == "setup":
        of_here = RULES_OTHER if place == "another review room" else RULES_IT
        return platform != "console" and (role == of_here if is_review else role in (RULES_IT, RULES_OTHER))
    if (area in ALONE and act not in duties) or act == "privacy.erase":
        return place == "private"
    if (
        act in EVERYWHERE
        or act.startswith("events.")
        or (area not in OF_MODERATORS and area not in ("event", "campaign"))
    ):
        return True
    is_moderator = role.startswith(("moderator", "the one who")) and role != UNPROVEN and platform != "console"
    is_theirs = role in ("moderator of another community", RULES_OTHER)
    return is_moderator and (place == "private" or (is_review and is_theirs == (place == "another review room")))


def test_every_act_that_can_be_asked_for_has_an_entry_and_every_entry_a_handler(stage: Stage) -> None:
    assert set(whole(stage).handlers) | {"quit"} == set(RIGHTS)


async def test_an_act_without_an_entry_is_not_done(stage: Stage) -> None:
    router = whole(stage)
    router = replace(router, handlers={**router.handlers, "review.publish": router.handlers["help"]})
    ash = stage.moderator("Ash")
    shown = await router.dispatch(ash.request(ActionPress("review.publish")))
    assert text_of(shown) == stage.app.messages.say("en", "error-internal")


async def test_who_may_and_who_may_not(stage: Stage) -> None:
    """The router with handlers that say when they are reached: who may not does not get to any."""

    def done(_: Request) -> Reply:
        return Reply((Paragraph((DONE,)),))

    router = replace(whole(stage), handlers=dict.fromkeys(RIGHTS, done))
    wrong: list[str] = []
    asked = 0
    for role, platform, place in itertools.product(ROLES, PLATFORMS, PLACES):
        someone = person(stage, role, platform, place)
        for act in sorted(RIGHTS.keys() - {"quit"}):
            for body in (ActionPress(act), Command(act), FormSubmit(f"{act}:K7Q2:1", {})):
                asked += 1
                is_done = text_of(await router.dispatch(someone.request(body))) == DONE
                if is_done != may(act, role, platform, place):
                    wrong.append(f"{act}: {role} on {platform} in {place}: {is_done}")
    assert wrong == []
    assert asked == 3 * (len(RIGHTS) - 1) * len(ROLES) * len(PLATFORMS) * len(PLACES)


async def test_what_a_moderator_said_more_than_an_hour_ago_is_asked_again(stage: Stage) -> None:
    """As after an outage, or where a homeserver sends an old event once more; what others say is answered all the same."""

    def done(_: Request) -> Reply:
        return Reply((Paragraph((DONE,)),))

    router = replace(whole(stage), handlers=dict.fromkeys(RIGHTS, done))
    someone = person(stage, RULES_IT, "matrix", "review room")
    again = stage.app.messages.say("en", "said-long-ago")
    for act in sorted(RIGHTS.keys() - {"quit"}):
        if not may(act, RULES_IT, "matrix", "review room"):
            continue
        for body in (ActionPress(act, ("K7Q2", "1")), Command(act), FormSubmit(f"{act}:K7Q2:1", {})):
            request = someone.request(body)
            told = {}
            for minutes in (60, 61):
                late = replace(request, said_at=request.received_at - timedelta(minutes=minutes))
                told[minutes] = await router.dispatch(late)
            assert text_of(told[60]) == DONE
            if may(act, "stranger", "matrix", "review room") or may(act, KEEPER, "matrix", "review room"):
                assert text_of(told[61]) == DONE
                continue
            assert text_of(told[61]) == again
            assert [(each.id, each.args) for each in told[61].actions] == (
                [(act, ("K7Q2", "1"))] if isinstance(body, ActionPress) else []
            )


async def test_who_may_gets_an_answer_to_every_act(stage: Stage) -> None:
    """Whatever the arguments: a sentence, never a fault of ours."""
    router, faults = whole(stage), []
    for act in sorted(RIGHTS):
        for role, platform, place in (
            (RULES_IT, "discord", "private"), ("moderator", "matrix", "review room"), ("stranger", "console", "private"),
        ):  # fmt: skip
            if not may(act, role, platform, place):
                continue
            for args in ((), ("x",), ("0000-0000-0000-0000", "9", "z")):
                reply = await router.dispatch(person(stage, role, platform, place).request(ActionPress(act, args)))
                if text_of(reply) == stage.app.messages.say("en", "error-internal"):
                    faults.append(f"{act} {args}")
    assert faults == []


async def test_nobody_decides_about_what_they_suggested(stage: Stage) -> None:
    vetting = await stage.app.vetting(keeping_in(stage.storage, stage.clock))
    new = replace(vetting.new_case("suggestion"), submission=Submission("Night Kitchen"), proposal=PROPOSAL)
    case = await vetting.open(NewCase(new, claim_of(new_token(), vetting.claim_key), "moderator/Cedar"))
    for platform, place in itertools.product(("discord", "matrix"), ("private", "review room")):
        cedar = person(stage, "the one who suggested it", platform, place)
        for body in (
            ActionPress("review.approve", (case.code, "1")),
            ActionPress("review.because", (case.code, "1", REASONS[0])),
            FormSubmit(f"review.edit:{case.code}:1", {"name": "Another name"}),
        ):
            assert text_of(await cedar.does(body)) == stage.app.messages.say("en", "review-own")
    assert await vetting.find(_acting(stage), case.code) == case


def _acting(stage: Stage) -> Acting:
    standing = person(stage, "moderator", "discord", "private").standing
    assert standing is not None
    return Acting(standing, standing.communities, "")
