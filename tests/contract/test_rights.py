"""Every act × every role × every platform × every place: who may, who may not, and nothing changes for who may not."""

import itertools
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.moderators import Standing
from bot.core.reply import Reply
from bot.core.request import ActionPress, Body, Command, FormSubmit
from bot.keeping import keeping_in
from bot.storage.open import open_storage
from bot.vetting.claim import claim_of, new_token
from bot.vetting.model import REASONS, Case, NewCase, Submission
from bot.vetting.rights import RIGHTS
from bot.vetting.service import Vetting
from bot.vetting.steps import AlreadyDecidedError
from tests.fakes.cases import PROPOSAL
from tests.fakes.clock import FakeClock
from tests.fakes.vetting import ACCOUNTS, MODERATORS, REVIEW, SOUTH, Person, Stage, plain_settings, stage_on, text_of

UNPROVEN = "moderator of a device nobody named"
ROLES: Mapping[str, tuple[str, Standing | None]] = {
    "stranger": ("", None),
    "keeper of the room": ("", Standing(keeps_room=True, is_proven=True)),
    "ex-moderator": ("Elm", Standing(is_proven=True)),
    "moderator": ("Ash", None),
    UNPROVEN: ("Ash", None),
    "moderator of another community": ("Dogwood", None),
    "the one who suggested it": ("Cedar", None),
}
PLATFORMS = ("discord", "matrix", "console")
PLACES = ("private", "public", "review room", "another review room")
REFUSALS = ("vetting-privately", "vetting-moderators-only", "vetting-not-proven", "vetting-not-here", "review-no-case",
            "review-own")  # fmt: skip
# Acts on a case that even who suggested it may do, since nothing is decided by them.
NO_DECISION = {"review", "review.card", "review.reject", "review.ask", "review.take", "review.tie", "review.check",
               "review.checked", "review.hide", "review.show"}  # fmt: skip


@pytest.fixture
async def stage(tmp_path: Path, clock: FakeClock) -> AsyncIterator[Stage]:
    settings = plain_settings(tmp_path)
    storage = await open_storage(settings, clock)
    yield stage_on(storage, settings, clock)
    await storage.close()


def person(stage: Stage, role: str, platform: str, place: str) -> Person:
    name, standing = ROLES[role]
    account = ACCOUNTS.get(name, {}).get(platform, f"somebody-{role}")
    room = {"review room": REVIEW, "another review room": SOUTH}.get(place, {}).get(platform, f"{place}-room")
    if role == UNPROVEN:
        standing = MODERATORS.standing(platform, account, is_proven=False)
    return Person(stage, platform, account, room, is_private=place == "private", standing=standing)


def body_of(act: str, case: str, claim: str, record: str) -> Body:
    """The act as a door hands it over; an act that is not named here fails."""
    bodies: dict[str, Body] = {
        "suggest": Command("suggest"),
        **{
            f"suggest.{name}": ActionPress(f"suggest.{name}", ("NOTOKEN",))
            for name in ("edit", "public", "send", "stop")
        },
        "case": Command("case", claim),
        "case.answer": ActionPress("case.answer", (claim,)),
        "case.withdraw": ActionPress("case.withdraw", ("0000-0000-0000-0000",)),
        "case.tell": ActionPress("case.tell", (claim, "no")),
        "report": ActionPress("report", (record,)),
        "report.why": ActionPress("report.why", (record, "0")),
        "report.words": ActionPress("report.words", (record, "1")),
        "review": Command("review"),
        "review.card": ActionPress("review.card", (case,)),
        "review.approve": ActionPress("review.approve", (case, "1")),
        "review.reject": ActionPress("review.reject", (case, "1")),
        "review.because": ActionPress("review.because", (case, "1", REASONS[0])),
        "review.ask": FormSubmit(f"review.ask:{case}", {"question": "Is it open?"}),
        "review.edit": FormSubmit(f"review.edit:{case}:1", {"name": "Another name"}),
        "review.take": ActionPress("review.take", (case,)),
        "review.tie": ActionPress("review.tie", (case,)),
        "review.check": ActionPress("review.check", (case,)),
        "review.checked": ActionPress("review.checked", (case, "own-page-read")),
        "review.hide": ActionPress("review.hide", (record,)),
        "review.show": ActionPress("review.show", ("no-such-record",)),
    }
    return bodies[act]


def may(act: str, role: str, platform: str, place: str) -> bool:
    """The rule, said once more in other words than the code's."""
    if act.partition(".")[0] != "review":
        return place == "private" or (platform == "console" and place != "public" and "room" not in place)
    if platform == "console" or not role.startswith(("moderator", "the one who")) or role == UNPROVEN:
        return False
    is_theirs = role != "moderator of another community"
    if place == "public":
        return False
    if (place == "review room" and not is_theirs) or (place == "another review room" and is_theirs):
        return False
    if act in ("review", "review.hide", "review.show"):
        return True
    return is_theirs and (role == "moderator" or act in NO_DECISION)


def is_refused(stage: Stage, reply: Reply) -> bool:
    said = text_of(reply)
    return any(said == stage.app.messages.say("en", each) for each in REFUSALS)


def test_every_act_has_an_entry_and_every_entry_a_handler() -> None:
    assert {act.partition(".")[0] for act in RIGHTS} == {"suggest", "case", "report", "review"}
    for act in RIGHTS:
        body_of(act, "K7Q2", "0000-0000-0000-0000", "x")


async def test_the_handlers_are_those_of_the_table(stage: Stage) -> None:
    areas = ("suggest", "case", "report", "review")
    handled = {name for name in stage.app.router.handlers if name.partition(".")[0] in areas}
    assert handled == set(RIGHTS)


async def test_who_may_and_who_may_not(stage: Stage) -> None:
    record = next(each.id for each in stage.app.directory.current.records if each.contact.url)
    vetting = await stage.app.vetting(keeping_in(stage.storage, stage.clock))
    wrong: list[str] = []
    case, claim = await opened(vetting)
    before = await kept(stage, vetting)
    for act, role, platform, place in itertools.product(RIGHTS, ROLES, PLATFORMS, PLACES):
        reply = await person(stage, role, platform, place).does(body_of(act, case.code, claim, record))
        allowed, after = not is_refused(stage, reply), await kept(stage, vetting)
        if allowed != may(act, role, platform, place):
            wrong.append(f"{act}: {role} on {platform} in {place}: {text_of(reply)[:80]}")
        if after != before:
            if not allowed:
                wrong.append(f"{act}: {role} on {platform} in {place} changed something")
            # Taken back, else each look would read all cases before it.
            with suppress(AlreadyDecidedError):
                await vetting.withdraw(claim)
            case, claim = await opened(vetting)
            before = await kept(stage, vetting)
    assert wrong == []


async def opened(vetting: Vetting) -> tuple[Case, str]:
    """A case of Cedar's that nobody has touched."""
    claim = claim_of(new_token(), vetting.claim_key)
    new = replace(vetting.new_case("suggestion"), submission=Submission("Night Kitchen"), proposal=PROPOSAL)
    return await vetting.open(NewCase(new, claim, "moderator/Cedar")), claim


async def kept(stage: Stage, vetting: Vetting) -> tuple[object, ...]:
    """All that an act could change."""
    cases = await vetting.cases.waiting(["north", "south"], 1000)
    return cases, len(await stage.storage.changes.all()), len(await stage.storage.acts.of("", 100_000))
