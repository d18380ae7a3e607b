"""Cases on a real storage, without a door: moderators by name, suggestions that are whole, records as a test puts them."""

import asyncio
from dataclasses import dataclass, replace

from bot.core.clock import Clock
from bot.core.meeting import MeetingRooms
from bot.core.moderators import Standing
from bot.directory.cards import Cards
from bot.directory.model import Resource
from bot.directory.places import Gazetteer
from bot.settings import Community, Moderator, ReviewRooms, VettingSettings
from bot.storage.cases import StoredCases
from bot.storage.open import Storage
from bot.text.messages import Messages
from bot.values import Delay
from bot.vetting.cards import ReviewCards
from bot.vetting.claim import claim_of, new_token
from bot.vetting.labels import Labels
from bot.vetting.model import Case, NewCase, Submission
from bot.vetting.proposal import judged
from bot.vetting.service import Acting, Vetting
from bot.vetting.steps import AlreadyDecidedError, correction

KEY = b"k" * 32
COMMUNITY = Community(
    "north",
    review_rooms=ReviewRooms("123456789012345678", "!review:example.org"),
    moderators=tuple(Moderator(name) for name in ("Ash", "Birch", "Cedar")),
)
OTHER = Community("south", moderators=(Moderator("Dogwood"),))
PROPOSAL = {
    "id": "night-kitchen",
    "name": "Night Kitchen",
    "kind": "organization",
    "led_by": "sex-workers",
    "description": {"en": "Warm meals on Friday nights, for anyone who works nights."},
    "topics": ["food"],
    "serves": ["all"],
    "coverage": [{"country": "CA", "region": "CA-BC", "place": "Vancouver"}],
    "access": ["in-person"],
    "contact": {"url": "https://nightkitchen.ca"},
    "sources": [{"url": "https://nightkitchen.ca", "says": "Its own page."}],
}


@dataclass
class Shelf:
    """Records as a test puts them there; `shipped` are the same."""

    records: dict[str, Resource]

    def current(self, record_id: str) -> Resource | None:
        return self.records.get(record_id)

    def shipped(self, record_id: str) -> Resource | None:
        return self.records.get(record_id)


def vetting_on(storage: Storage, clock: Clock, approvals: int = 2, delay: Delay = Delay(600, 2400)) -> Vetting:  # noqa: B008
    messages = Messages.shipped(strict=True)
    labels = Labels(Cards(messages, Gazetteer.shipped(lambda _: False)))
    rules = VettingSettings(approvals, delay)
    stored = StoredCases(storage.database, clock)
    return Vetting(stored, Shelf({}), MeetingRooms((COMMUNITY, OTHER)), rules, clock, ReviewCards(labels), "en", KEY)


def by(name: str, mark: str = "", community: str = "north") -> Acting:
    return Acting(
        Standing(name, frozenset({community}), is_proven=True), frozenset({community}), mark or f"discord/{name}"
    )


async def suggested(
    vetting: Vetting, sender: str = "discord/someone", flood: str = "", **more: object
) -> tuple[Case, str]:
    claim = claim_of(new_token(), KEY)
    submission = Submission("Night Kitchen, warm meals", why="They are kind")
    new = replace(vetting.new_case("suggestion"), submission=submission, proposal=PROPOSAL, **more)  # type: ignore[arg-type]
    return await vetting.open(NewCase(new, claim, sender, flood=flood)), claim


async def reported(vetting: Vetting, reporter: str, line: str = "phone") -> Case:
    record = next(iter(vetting.records.records.values()), None) or published(vetting)  # type: ignore[attr-defined]
    new = replace(
        vetting.new_case("report"), record=record.id, line=line, problem="wrong-contact", proposal=correction(record)
    )
    return await vetting.open(NewCase(new, claim_of(new_token(), KEY), reporter, reporter))


def published(vetting: Vetting) -> Resource:

    values = {**PROPOSAL, "contact": {"phone": "+16046855555", "url": "https://nightkitchen.ca"}}
    record = judged(values, vetting.clock.now().date()).record
    assert record is not None
    vetting.records.records[record.id] = record  # type: ignore[attr-defined]
    return record


@dataclass
class Races:
    """Of so many: one winner, one plain sentence for the later one, and what is kept in agreement with both."""

    races: int = 0
    won: int = 0
    told: int = 0
    agreed: int = 0
    published: int = 0
    approved: int = 0

    @property
    def is_good(self) -> bool:
        return self.races == self.won == self.told == self.agreed and self.published == self.approved


async def race(storage: Storage, other: Storage, clock: Clock, times: int) -> Races:
    """One approves while another rejects from a second process, so often."""
    here, there = vetting_on(storage, clock, approvals=1), vetting_on(other, clock, approvals=1)
    found = Races(times)
    for _ in range(times):
        case, claim = await suggested(here)
        results = await asyncio.gather(
            here.approve(by("Ash"), case.code, 1),
            there.reject(by("Birch"), case.code, 1, "unclear"),
            return_exceptions=True,
        )
        winners = [each for each in results if isinstance(each, Case)]
        kept = await there.claimed(claim)
        found.won += len(winners) == 1
        found.told += sum(isinstance(each, AlreadyDecidedError) for each in results) == 1
        found.agreed += kept is not None and [each.state for each in winners] == [kept.state]
        found.approved += kept is not None and kept.state == "approved"
    found.published = len(await storage.acts.of("night-kitchen", times * 2))
    return found
