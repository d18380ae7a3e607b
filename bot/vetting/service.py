"""Cases from the first word to the last: what is kept, what moderators are shown and the person is told, in one step each."""

import random
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.core.acts import Act
from bot.core.clock import Clock
from bot.core.meeting import MeetingRooms
from bot.core.moderators import Standing
from bot.core.request import RoomRef
from bot.directory import changes
from bot.directory.model import CheckMethod
from bot.errors import InputError
from bot.outbox.model import Outgoing
from bot.settings import VettingSettings
from bot.vetting import steps
from bot.vetting.cards import MOST_IN_ROOM, ReviewCards
from bot.vetting.model import LONGEST, REMEMBERED, BlockReason, Case, Decision, Kind, NewCase, Outcome, Reason
from bot.vetting.ports import Cases, Counts, Waiting
from bot.vetting.proposal import Records, Values
from bot.vetting.quotas import MOST_CARDS

_RANDOM = random.SystemRandom()
LISTED = 10
MOST_COMPARED = 100


@dataclass(frozen=True, slots=True)
class Acting:
    """A moderator at the moment of an act: their pseudonym, the communities it may touch, the names they may have sent under."""

    standing: Standing
    communities: frozenset[str]
    mark: str

    @property
    def names(self) -> tuple[str, ...]:
        return names_of(self.standing, self.mark)


def names_of(standing: Standing, mark: str) -> tuple[str, ...]:
    """What a person goes by where they hand something in: a moderator by the entry that lists all their accounts."""
    return tuple(each for each in (standing.moderator and f"moderator/{standing.moderator}", mark) if each)


@dataclass(frozen=True, slots=True)
class Vetting:
    """The rules and the storage together. `meeting`: the communities of the operator's file, and where each meets."""

    cases: Cases
    records: Records
    meeting: MeetingRooms
    rules: VettingSettings
    clock: Clock
    cards: ReviewCards
    locale: str = "en"
    claim_key: bytes = field(default=b"", repr=False)
    between: Callable[[float, float], float] = _RANDOM.uniform

    # what people do

    async def open(self, new: NewCase) -> Case:
        """Keep a case and have its card said in the review rooms, later by chance unless it is urgent or a report.

        The same claim code again gives the case that is there. Raises QuotaError, StorageError; nothing is then kept.
        """
        return await self.cases.open(new, self._opened)

    async def claimed(self, claim: str) -> Case | None:
        return await self.cases.claimed(claim)

    async def answer(self, claim: str, words: str) -> Case | None:
        return await self.cases.claimed(claim, lambda case: self._updated(case, steps.answer(case, words)))

    async def withdraw(self, claim: str) -> Case | None:
        today = self._today()
        return await self.cases.claimed(claim, lambda case: self._updated(case, steps.withdraw(case, today)))

    async def tell(self, claim: str, room: RoomRef | None, locale: str) -> Case | None:
        return await self.cases.claimed(claim, lambda case: steps.tell(case, room, locale))

    def new_case(self, kind: Kind, community: str = "") -> Case:
        """An empty case of today, for the first community of the file unless another is named.

        Raises InputError where nobody moderates.
        """
        if not self.meeting.communities:
            raise InputError("vetting-nobody")
        return Case(secrets.token_hex(16), "", kind, community or self.meeting.communities[0].id, self._today())

    # what moderators do

    async def approve(self, acting: Acting, code: str, version: int | None) -> Case:
        by = self._by(acting, version)

        def step(case: Case) -> Outcome:
            record_id = case.record or str(case.proposal.get("id", ""))
            before, shipped = self.records.current(record_id), self.records.shipped(record_id)
            if not case.record and before is not None:
                raise InputError("review-id-taken")
            return self._told(case, steps.approve(case, by, before, shipped, self.rules.approvals))

        return await self._act(acting, code, step)

    async def reject(self, acting: Acting, code: str, version: int | None, reason: Reason) -> Case:
        by = self._by(acting, version)
        return await self._act(acting, code, lambda case: self._told(case, steps.reject(case, by, reason)))

    async def edit(self, acting: Acting, code: str, version: int | None, after: Callable[[Values], Values]) -> Case:
        by = self._by(acting, version)
        return await self._act(acting, code, lambda case: steps.edit(case, by, after(case.proposal)))

    async def ask(self, acting: Acting, code: str, question: str) -> Case:
        by = self._by(acting)
        return await self._act(acting, code, lambda case: self._asked(steps.ask(case, by, question)))

    async def take(self, acting: Acting, code: str) -> Case:
        by = self._by(acting)
        return await self._act(acting, code, lambda case: steps.take(case, by))

    async def tie(self, acting: Acting, code: str) -> Case:
        by = self._by(acting)
        return await self._act(acting, code, lambda case: steps.tie(case, by))

    async def check(self, acting: Acting, code: str, method: CheckMethod, day: date | None = None) -> Case:
        by = self._by(acting)
        return await self._act(acting, code, lambda case: steps.check(case, by, method, day or by.today))

    async def block(self, acting: Acting, code: str, reason: BlockReason) -> Case:
        """Take nothing more from whoever handed the case in, for 90 days. Raises InputError where nobody is known."""
        by = self._by(acting)
        return await self._act(acting, code, lambda case: steps.block(case, by, reason))

    async def unblock(self, acting: Acting, code: str) -> None:
        """Raises InputError where nobody is blocked by that case."""
        act = Act(acting.standing.moderator, "unblock", code, self._today())
        if not await self.cases.unblock(code, acting.communities, act):
            raise InputError("review-not-blocked")

    async def hide_for(self, acting: Acting, code: str) -> Case:
        """Hide the record that a report is about; the report is dealt with."""
        by = self._by(acting)
        return await self._act(acting, code, lambda case: self._told(case, steps.hide(case, by)))

    async def hide(self, acting: Acting, record_id: str) -> None:
        """Hide a record at once. Raises InputError for one that is not there."""
        if self.records.current(record_id) is None:
            raise InputError("review-no-record")
        today, name = self._today(), acting.standing.moderator
        change = changes.simple("hide", record_id, today, approvals=1, by=[name])
        await self.cases.change(change, [Act(name, "hide", record_id, today)])

    async def show(self, acting: Acting, record_id: str, claim: str) -> Case:
        """Ask that a hidden record be shown again; whoever asks has said the first yes. Raises InputError for one that is not hidden."""
        if not record_id or self.records.current(record_id) is not None:
            raise InputError("review-not-hidden")
        name = acting.standing.moderator
        new = self.new_case("show", min(acting.communities))
        opened = await self.open(NewCase(replace(new, record=record_id).decided(Decision(name, "approve", 1)), claim))
        if self.rules.approvals == 1:
            return await self.approve(acting, opened.code, 1)
        return opened

    async def find(self, acting: Acting, code: str) -> Case:
        """Raises InputError for a case that is not one of theirs."""
        found = await self.cases.find(code, acting.communities, acting.names)
        if found is None:
            raise InputError("review-no-case")
        return found

    async def waiting(self, acting: Acting, most: int = LISTED) -> list[Case]:
        return await self.cases.waiting(acting.communities, most)

    async def alike(self, community: str) -> list[Case]:
        """Cases a new one may say the same as."""
        return await self.cases.waiting([community], MOST_COMPARED)

    async def queue(self) -> list[Waiting]:
        return await self.cases.queue()

    # what time does

    async def expire(self) -> int:
        """Close what nobody decided in 90 days; the number of cases."""
        today = self._today()
        due = await self.cases.due(today - LONGEST)
        for case_id in due:
            await self.cases.close_due(case_id, lambda case: self._updated(case, steps.expire(case, today)))
        return len(due)

    async def digest(self) -> list[Outgoing]:
        """The line of the day for each review room where something waits."""
        said: list[Outgoing] = []
        for waiting in await self.queue():
            reply = self.cards.labels.sentence(
                self.locale, "review-digest", count=waiting.count, urgent=waiting.urgent, days=waiting.oldest_days
            )
            cause = f"digest/{waiting.community}/{self._today()}"
            said += [
                Outgoing(
                    cause,
                    room,
                    replace(reply, audience="room"),
                    "review",
                    expires_at=self.clock.now() + timedelta(days=1),
                )
                for room in self.meeting.of(waiting.community)
            ]
        return said

    # the parts of it

    async def _act(self, acting: Acting, code: str, step: Callable[[Case], Outcome]) -> Case:
        done = await self.cases.act(
            code, acting.communities, acting.names, lambda case: self._updated(case, step(case))
        )
        if done is None:
            raise InputError("review-no-case")
        return done

    def _by(self, acting: Acting, version: int | None = None) -> steps.By:
        return steps.By(acting.standing.moderator, self._today(), version)

    def _today(self) -> date:
        return self.clock.now().date()

    def _opened(self, case: Case, counts: Counts) -> Outcome:
        """The new case with its card, and with the contact line hidden that it is the second to report."""
        change = None
        if case.line and counts.reporters:
            record = self.records.current(case.record)
            if record is not None and getattr(record.contact, case.line, None):
                change = changes.hide_contact(record, case.line, self._today(), case=case.code)
                case = replace(case, is_line_hidden=True)
        if not case.is_urgent and case.kind == "suggestion" and counts.carded >= MOST_CARDS:
            return Outcome(case, change=change)
        case = replace(case, shown=1)
        card, due = self.cards.card(case, self.locale, MOST_IN_ROOM), self._due(case)
        says = tuple(
            Outgoing(case.cause, room, card, "review", not_before=due) for room in self.meeting.of(case.community)
        )
        return Outcome(case, says, change)

    def _due(self, case: Case) -> datetime | None:
        """When the card reaches the room: by chance within the delay, so that it cannot be matched with who was typing."""
        delay = self.rules.review_delay
        if case.kind != "suggestion" or case.is_urgent:
            return None
        return self.clock.now() + timedelta(seconds=self.between(delay.least_s, delay.most_s))

    def _updated(self, before: Case, outcome: Outcome) -> Outcome:
        """The outcome with the card of the case as it is now."""
        case = outcome.case
        if not case.shown or case == before:
            return outcome
        case = replace(case, shown=case.shown + 1)
        return replace(outcome, case=case, card=self.cards.card(case, self.locale, MOST_IN_ROOM))

    def _told(self, before: Case, outcome: Outcome) -> Outcome:
        """With the neutral line for the person who asked to be told, once it is decided."""
        if outcome.case.state == "pending":
            return outcome
        return replace(outcome, says=(*outcome.says, *self._news(before, "decided")))

    def _asked(self, outcome: Outcome) -> Outcome:
        return replace(outcome, says=(*outcome.says, *self._news(outcome.case, f"asked/{outcome.case.shown}")))

    def _news(self, case: Case, what: str) -> Sequence[Outgoing]:
        if case.tell is None:
            return ()
        news = self.cards.labels.sentence(case.tell_locale, "case-news")
        until = self.clock.now() + REMEMBERED
        return (Outgoing(f"told/{case.id}/{what}", case.tell, news, "notice", expires_at=until),)
