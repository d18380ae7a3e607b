"""What peers hand in and what moderators decide: values, nothing that knows a database or a platform.

A case is a suggestion, a report, or the wish to show a hidden record again. Its content is erased when it closes; what
stays for a while is its state, so that the claim code can be asked (`policy.md` §5, §8).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Literal, get_args

from bot.core.acts import Act
from bot.core.reply import Reply
from bot.core.request import RoomRef
from bot.directory.changes import Change
from bot.directory.model import Check
from bot.outbox.model import Outgoing

Kind = Literal["suggestion", "report", "show"]
State = Literal["pending", "approved", "rejected", "withdrawn", "expired"]
Verdict = Literal["approve", "reject"]
Reason = Literal["not-fitting", "double", "personal", "unclear", "wrong", "advert", "out-of-date", "no-fault"]
"""Why something is rejected; the person who handed it in is told the reason as a fixed sentence, nothing else."""
REASONS: tuple[Reason, ...] = get_args(Reason)
BlockReason = Literal["threats", "flood", "advert"]
"""Why nothing more is taken from somebody for a while; nobody is told who that is."""
BLOCK_REASONS: tuple[BlockReason, ...] = get_args(BlockReason)
BLOCKED = timedelta(days=90)
Problem = Literal["wrong-contact", "closed", "harmful", "names-me", "other"]
PROBLEMS: tuple[Problem, ...] = get_args(Problem)
URGENT_PROBLEMS = frozenset({"harmful", "names-me"})

LONGEST = timedelta(days=90)
"""What nobody decides expires then, and its text with it."""
REMEMBERED = timedelta(days=30)
"""So long a claim code still says what became of a closed case."""
CHECK_GOOD = timedelta(days=7)
"""A helpline's number needs a call or a message not longer ago than this before it is published (`policy.md` §5)."""


@dataclass(frozen=True, slots=True)
class Flag:
    """What screening saw: its kind, what it is in one word, and the words themselves."""

    kind: str
    what: str
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SharedLink:
    """A web address in a suggestion, its verdict, and what moderators are shown: for accept and clean one they may press."""

    url: str = field(repr=False)
    verdict: Literal["accept", "clean", "warn", "refuse"]
    shown: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Submission:
    """The words a person handed in, as they saw them in the preview. `doubles` are records that may be the same."""

    what: str = field(repr=False)
    place: str = field(default="", repr=False)
    topics: str = field(default="", repr=False)
    why: str = field(default="", repr=False)
    known: str = field(default="", repr=False)
    is_public_contact: bool = False
    flags: tuple[Flag, ...] = ()
    links: tuple[SharedLink, ...] = ()
    doubles: tuple[str, ...] = ()

    def texts(self) -> Mapping[str, str]:
        """What was filled in, by the name of its question."""
        named = {name: getattr(self, name) for name in ("what", "place", "topics", "why", "known")}
        return {name: words for name, words in named.items() if words}


@dataclass(frozen=True, slots=True)
class Decision:
    """What one moderator said about one version of the proposal; `moderator` is the pseudonym of their entry."""

    moderator: str
    verdict: Verdict
    version: int
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One case. All that is personal is None or empty once it is closed.

    `code` is what moderators call it. `record` is the id of the record a report or a wish to show is about, `line` the
    field of its contact, `is_line_hidden` whether this report was the second and hid it. `proposal` holds the values of a record as far as they are known (`directory.write.as_values`).
    `is_own` says whether the person who acts now handed it in. `shown` counts how often its cards changed, 0 for a case
    that has none in the room.
    """

    id: str
    code: str
    kind: Kind
    community: str
    made_on: date
    state: State = "pending"
    is_urgent: bool = False
    version: int = 1
    record: str = ""
    line: str = ""
    is_line_hidden: bool = False
    problem: Problem | None = None
    reason: Reason | None = None
    closed_on: date | None = None
    submission: Submission | None = field(default=None, repr=False)
    proposal: Mapping[str, Any] = field(default_factory=dict, repr=False)
    decisions: tuple[Decision, ...] = ()
    ties: tuple[str, ...] = ()
    taker: str = ""
    checks: tuple[Check, ...] = ()
    question: str = field(default="", repr=False)
    answer: str = field(default="", repr=False)
    shown: int = 0
    tell: RoomRef | None = field(default=None, repr=False)
    tell_locale: str = "en"
    is_own: bool = False

    @property
    def cause(self) -> str:
        """What its cards go by in the outbox."""
        return f"case/{self.id}"

    def counted(self, verdict: Verdict) -> list[str]:
        """The moderators whose word counts for the version of now: nobody with a tie."""
        return [
            decision.moderator
            for decision in self.decisions
            if decision.verdict == verdict and decision.version == self.version and decision.moderator not in self.ties
        ]

    def closed(self, state: State, today: date, reason: Reason | None = None) -> "Case":
        """The case without anything a person wrote."""
        return Case(
            self.id, self.code, self.kind, self.community, self.made_on, state,
            version=self.version, reason=reason, closed_on=today, record=self.record, problem=self.problem,
            shown=self.shown,
        )  # fmt: skip

    def decided(self, decision: Decision) -> "Case":
        """The case with this word of a moderator in the place of their last."""
        others = tuple(each for each in self.decisions if each.moderator != decision.moderator)
        return replace(self, decisions=(*others, decision))


@dataclass(frozen=True, slots=True)
class NewCase:
    """What is to be kept: the case, the claim code that opens it, and who handed it in, as far as this one case needs it.

    `sender` names the person to the storage, which keeps a keyed hash bound to the case; empty in the terminal.
    `reporter` is the same for counting two accounts that report one contact line.
    """

    case: Case
    claim: str = field(repr=False)
    sender: str = field(default="", repr=False)
    reporter: str = field(default="", repr=False)
    flood: str = field(default="", repr=False)
    """Who is counted against the limits; the door itself where it knows nobody."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one step makes of a case, all of it or nothing: the case after it, what is said, changed and noted.

    `card` takes the place of every card of the case, wherever one was said. `block`: nothing more is taken from whoever
    handed it in, for `BLOCKED`.
    """

    case: Case
    says: tuple[Outgoing, ...] = ()
    change: Change | None = None
    acts: tuple[Act, ...] = ()
    card: Reply | None = None
    block: BlockReason | None = None
