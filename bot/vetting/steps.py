"""What may become of a case: every rule of two (`policy.md` §5), pure, one function for each act.

Two different entries of the operator's file publish, none of them the person who suggested it and none with a tie. One
alone rejects what nobody approved, since nothing becomes public by that; once one has approved and another rejects, a
third decides. An edit is a new version, about which everybody has to speak again.
"""

from dataclasses import dataclass, replace
from datetime import date

from bot.core.acts import Act
from bot.core.request import RoomRef
from bot.directory import changes
from bot.directory.changes import Change
from bot.directory.model import Check, CheckMethod, Resource
from bot.directory.write import as_values
from bot.errors import InputError
from bot.vetting.model import CHECK_GOOD, BlockReason, Case, Decision, Outcome, Reason, Verdict
from bot.vetting.proposal import Judged, Values, judged, needed, needs_call

LONGEST_QUESTION = 1000


class AlreadyDecidedError(InputError):
    """Another moderator, or the person themselves, was first. Nothing was changed."""

    def __init__(self, case: Case) -> None:
        super().__init__("review-already", state=case.state)


class IncompleteError(InputError):
    """The proposal is no record yet; `judged` has what is missing or wrong."""

    def __init__(self, judged: Judged) -> None:
        super().__init__("review-incomplete")
        self.judged = judged


@dataclass(frozen=True, slots=True)
class By:
    """The moderator who acts, on which day; `version` is the one they saw, None where they named none."""

    moderator: str
    today: date
    version: int | None = None


def approve(case: Case, by: By, before: Resource | None, shipped: Resource | None, approvals: int) -> Outcome:
    """One more yes. With the last one that is needed the record is public.

    `before` is the record as it is now, `shipped` as the file alone has it; None for a new one.
    """
    _ready(case, by)
    decision = Decision(by.moderator, "approve", case.version)
    if decision in case.decisions:
        return Outcome(case)
    case = case.decided(decision)
    acts = (_act(case, by, "approve"),)
    yes = case.counted("approve")
    if case.kind == "show":
        shown = changes.simple("show", case.record, by.today, approvals=len(yes), by=yes, case=case.code)
        return (
            Outcome(case.closed("approved", by.today), (), shown, acts)
            if len(yes) >= approvals
            else Outcome(case, acts=acts)
        )
    record = _whole(case, before, by.today)
    if len(yes) < needed(before, record, approvals):
        return Outcome(case, acts=acts)
    if needs_call(before, record) and not _called(case, by.today):
        raise InputError("review-needs-call")
    put = changes.put(record, shipped, by.today, approvals=len(yes), by=yes, case=case.code)
    return Outcome(case.closed("approved", by.today), (), put, acts)


def reject(case: Case, by: By, reason: Reason) -> Outcome:
    """One no. It closes the case where nobody approved it, or where it is the third word on a disagreement."""
    _ready(case, by)
    decision = Decision(by.moderator, "reject", case.version, reason)
    if decision in case.decisions:
        return Outcome(case)
    case = case.decided(decision)
    acts = (_act(case, by, "reject", reason),)
    if case.counted("approve") and len(case.counted("reject")) < 2:
        return Outcome(case, acts=acts)
    return Outcome(case.closed("rejected", by.today, reason), (), _line_back(case, by), acts)


def edit(case: Case, by: By, values: Values) -> Outcome:
    """A new version of the proposal; nothing that was said about the old one counts for it."""
    _open(case)
    _not_own(case, by)
    _same_version(case, by)
    if case.kind == "show":
        raise InputError("review-nothing-to-edit")
    if dict(values) == dict(case.proposal):
        return Outcome(case)
    return Outcome(replace(case, proposal=values, version=case.version + 1), acts=(_act(case, by, "edit"),))


def ask(case: Case, by: By, question: str) -> Outcome:
    """A question to whoever holds the claim code; nobody learns who that is."""
    _open(case)
    if not question or len(question) > LONGEST_QUESTION:
        raise InputError("review-question-length")
    return Outcome(replace(case, question=question, answer=""), acts=(_act(case, by, "ask"),))


def take(case: Case, by: By) -> Outcome:
    """Say that this moderator looks after it, so that two do not do the same work. It gives no right."""
    _open(case)
    return Outcome(replace(case, taker=by.moderator), acts=(_act(case, by, "take"),))


def tie(case: Case, by: By) -> Outcome:
    """Declare a tie with what is proposed: this moderator's word does not count for it, neither before nor after."""
    _open(case)
    if by.moderator in case.ties:
        return Outcome(case)
    decisions = tuple(each for each in case.decisions if each.moderator != by.moderator)
    return Outcome(replace(case, ties=(*case.ties, by.moderator), decisions=decisions), acts=(_act(case, by, "tie"),))


def check(case: Case, by: By, method: CheckMethod, day: date) -> Outcome:
    """Note that somebody looked, in which way and when; it goes into the record with the approval."""
    _open(case)
    if day > by.today:
        raise InputError("review-check-day")
    found = Check(day, method, "ok")
    checks = case.checks if found in case.checks else (*case.checks, found)
    return Outcome(replace(case, checks=checks), acts=(_act(case, by, "check", method),))


def hide(case: Case, by: By) -> Outcome:
    """Hide the record a report is about, at once; the report is dealt with."""
    _open(case)
    if case.kind != "report":
        raise InputError("review-nothing-to-hide")
    hidden = changes.simple("hide", case.record, by.today, approvals=1, by=[by.moderator], case=case.code)
    return Outcome(case.closed("approved", by.today), (), hidden, (_act(case, by, "hide"),))


def block(case: Case, by: By, reason: BlockReason) -> Outcome:
    """Take nothing more from whoever handed it in. It decides nothing about the case, and says nothing of who it is."""
    _open(case)
    _not_own(case, by)
    return Outcome(case, acts=(_act(case, by, "block", reason),), block=reason)


def answer(case: Case, words: str) -> Outcome:
    """The answer to a moderator's question."""
    _open(case)
    if not case.question:
        raise InputError("case-no-question")
    return Outcome(replace(case, answer=words))


def withdraw(case: Case, today: date) -> Outcome:
    """Taken back by whoever holds the claim code, at once."""
    _open(case)
    return Outcome(case.closed("withdrawn", today), (), _line_back(case, By("", today)))


def expire(case: Case, today: date) -> Outcome:
    """Nobody decided in 90 days. One that was decided meanwhile stays as it is."""
    return (
        Outcome(case.closed("expired", today), (), _line_back(case, By("", today)))
        if case.state == "pending"
        else Outcome(case)
    )


def tell(case: Case, room: RoomRef | None, locale: str) -> Outcome:
    """Have the person told, or no longer."""
    _open(case)
    return Outcome(replace(case, tell=room, tell_locale=locale))


def correction(record: Resource) -> Values:
    """The values a report starts from: the record as it is."""
    return {name: value for name, value in as_values(record).items() if value not in (None, [], {})}


def _ready(case: Case, by: By) -> None:
    """Whether this moderator may speak for or against the version of now."""
    _open(case)
    _not_own(case, by)
    if by.moderator in case.ties:
        raise InputError("review-tied")
    _same_version(case, by)


def _open(case: Case) -> None:
    if case.state != "pending":
        raise AlreadyDecidedError(case)


def _not_own(case: Case, _: By) -> None:
    if case.is_own:
        raise InputError("review-own")


def _same_version(case: Case, by: By) -> None:
    """A word on a version that one did not see does not count; the first version needs no number."""
    if by.version != case.version and not (by.version is None and case.version == 1):
        raise InputError("review-changed")


def _whole(case: Case, before: Resource | None, today: date) -> Resource:
    """The proposal as a record, with the checks of this case. Raises IncompleteError."""
    if case.kind == "report" and (before is None or case.version == 1):
        raise InputError("review-edit-first")
    found = judged(case.proposal, today)
    if found.record is None:
        raise IncompleteError(found)
    checks = tuple(dict.fromkeys((*found.record.checks, *case.checks)))
    return replace(found.record, checks=tuple(sorted(checks, key=lambda each: (each.date, each.method))))


def _called(case: Case, today: date) -> bool:
    return any(each.method == "called-or-messaged" and today - each.date <= CHECK_GOOD for each in case.checks)


def _line_back(case: Case, by: By) -> Change | None:
    """Somebody looked: a contact line that reports had hidden is shown again."""
    if case.kind != "report" or not case.line or not case.is_line_hidden:
        return None
    names = [by.moderator] if by.moderator else []
    return changes.show_contact(case.record, case.line, by.today, approvals=len(names), by=names, case=case.code)


def _act(case: Case, by: By, action: str | Verdict, how: str = "") -> Act:
    return Act(by.moderator, action, case.code, by.today, how)
