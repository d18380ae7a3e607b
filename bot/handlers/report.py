"""Say that a record is wrong, closed or harmful, or names somebody: no identity, a claim code."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.core.form import Field, Form
from bot.core.reply import Action, Paragraph, Reply
from bot.core.request import FormSubmit, Request
from bot.core.words import clean
from bot.directory.changes import CONTACT_LINES
from bot.directory.model import Resource
from bot.errors import InputError
from bot.handlers.case import personal, public_field
from bot.handlers.complete import Complete
from bot.handlers.desk import Desk, act_of, flood_of, given, locale_of, mark_of, sender_of
from bot.handlers.suggest import kept
from bot.vetting.claim import claim_of
from bot.vetting.model import PROBLEMS, URGENT_PROBLEMS, NewCase, Problem, Submission
from bot.vetting.steps import correction

LONGEST = 1000
Word = TypeVar("Word", bound=str)


@dataclass(frozen=True, slots=True)
class Report:
    """Which record, what about it, which line of its contact, and words if there are any."""

    desk: Desk
    complete: Complete

    async def __call__(self, request: Request) -> Reply:
        act, args = act_of(request)
        if not self.desk.tools.meeting.communities:
            raise InputError("vetting-nobody")
        if act == "report" and not args and not isinstance(request.body, FormSubmit):
            return self._which(request)
        record = self._record(given(request).get("resource") or (args[0] if args else ""))
        if act == "report":
            return self._problems(request, record)
        problem, line = _coded(PROBLEMS, args[1:2]), _coded(CONTACT_LINES, args[2:3]) or ""
        if problem is None:
            raise InputError("error-option")
        if act == "report.why" and problem == "wrong-contact" and not line:
            return self._lines(request, record)
        if isinstance(request.body, FormSubmit):
            return await self._sent(request, record, problem, line)
        return self._words(request, record, problem, line)

    def _record(self, given_name: str) -> Resource:
        index = self.desk.tools.shelf().index
        found = self.complete.resolved("resource", given_name)
        if found is None or found not in index.by_id:
            raise InputError("report-no-record")
        return index.records[index.by_id[found]]

    def _which(self, request: Request) -> Reply:
        locale, say = locale_of(request), self.desk.say
        field = Field("resource", say(locale, "report-ask-record"), max_length=100)
        form = Form("report", say(locale, "report-title"), (field,))
        return Reply((Paragraph((say(locale, "report-intro"),)),), form=form, locale=locale)

    def _problems(self, request: Request, record: Resource) -> Reply:
        locale, say = locale_of(request), self.desk.say
        actions = tuple(
            Action("report.why", say(locale, f"problem-{each}"), (record.id, str(number)))
            for number, each in enumerate(PROBLEMS)
        )
        return self.desk.sentence(locale, "report-why", *actions, name=record.name)

    def _lines(self, request: Request, record: Resource) -> Reply:
        """Which contact it is; with a line chosen, words may follow."""
        locale = locale_of(request)
        there = [
            (str(number), value)
            for number, each in enumerate(CONTACT_LINES)
            if (value := getattr(record.contact, each))
        ]
        if not there:
            return self._words(request, record, "wrong-contact", "")
        problem = str(PROBLEMS.index("wrong-contact"))
        actions = [Action("report.words", value, (record.id, problem, number)) for number, value in there]
        return self.desk.sentence(locale, "report-which-line", *actions)

    def _words(self, request: Request, record: Resource, problem: Problem, line: str) -> Reply:
        locale, say = locale_of(request), self.desk.say
        fields = (
            Field("words", say(locale, "report-ask-words"), "paragraph", required=False, max_length=LONGEST),
            public_field(self.desk, locale),
        )
        form = Form(":".join(("report.words", *_args(record, problem, line))), say(locale, "report-title"), fields)
        return Reply((), form=form, locale=locale)

    async def _sent(self, request: Request, record: Resource, problem: Problem, line: str) -> Reply:
        words = clean(given(request).get("words", ""))
        if len(words) > LONGEST:
            raise InputError("suggest-too-long")
        again = Action("report.words", "", _args(record, problem, line))
        refused = personal(self.desk, request, words, again) if words else None
        if refused is not None:
            return refused
        vetting = await self.desk.vetting()
        # The event itself is the token: handed over again, it opens nothing new.
        claim = claim_of(f"report/{request.room.platform}/{request.id}", vetting.claim_key)
        found = self.desk.screen(words)
        is_public = given(request).get("public") == "yes" and bool(found.personal)
        submission = (
            Submission(words, is_public_contact=is_public, flags=found.flags, links=found.links) if words else None
        )
        case = replace(
            vetting.new_case("report"),
            record=record.id, problem=problem, line=line, is_urgent=problem in URGENT_PROBLEMS,
            submission=submission, proposal=correction(record),
        )  # fmt: skip
        await vetting.open(NewCase(case, claim, sender_of(request), mark_of(request), flood_of(request)))
        return kept(self.desk, request, claim)


def _args(record: Resource, problem: Problem, line: str) -> tuple[str, ...]:
    """A report as arguments: numbers, since a custom id of Discord holds a hundred characters."""
    more = (str(CONTACT_LINES.index(line)),) if line else ()
    return (record.id, str(PROBLEMS.index(problem)), *more)


def _coded(words: Sequence[Word], args: Sequence[str]) -> Word | None:
    """The word of a number; None for another argument or none."""
    number = args[0] if args else ""
    return words[int(number)] if number.isdecimal() and len(number) < 3 and int(number) < len(words) else None
