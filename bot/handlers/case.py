"""What became of a suggestion or report, by its claim code: state, a moderator's question, the answer, taking it back."""

from dataclasses import dataclass

from bot.core.claim import read_claim
from bot.core.form import Field, Form
from bot.core.reply import Action, Block, Notice, Paragraph, Reply
from bot.core.request import FormSubmit, Request
from bot.core.words import clean
from bot.errors import InputError
from bot.handlers.desk import Desk, act_of, given, locale_of
from bot.vetting.model import Case as Held
from bot.vetting.screened import marked

LONGEST_ANSWER = 2000


@dataclass(frozen=True, slots=True)
class Case:
    """Everything here needs the code and nothing else; who has it is not asked."""

    desk: Desk

    async def __call__(self, request: Request) -> Reply:
        act, args = act_of(request)
        if act == "case" and not args and not isinstance(request.body, FormSubmit):
            return self._ask_code(request)
        claim = read_claim(given(request).get("code", "") or (args[0] if args else ""))
        if claim is None:
            raise InputError("case-no-code")
        match act:
            case "case.withdraw":
                return await self._withdraw(request, claim)
            case "case.tell":
                return await self._tell(request, claim, is_wanted=args[1:] == ("yes",))
            case "case.answer" if isinstance(request.body, FormSubmit):
                return await self._answered(request, claim)
            case "case.answer":
                return await self._question(request, claim)
            case _:
                return self.shown(await self._found(claim), request, claim)

    def _ask_code(self, request: Request) -> Reply:
        locale = locale_of(request)
        field = Field("code", self.desk.say(locale, "case-ask-code"), max_length=40)
        form = Form("case", self.desk.say(locale, "case-title"), (field,))
        return Reply((), form=form, locale=locale)

    async def _found(self, claim: str) -> Held:
        found = await (await self.desk.vetting()).claimed(claim)
        if found is None:
            raise InputError("case-unknown")
        return found

    def shown(self, case: Held, request: Request, claim: str) -> Reply:
        """The state, and what can be done with it while it is open."""
        locale, say = locale_of(request), self.desk.say
        blocks: list[Block] = [Paragraph((say(locale, f"case-state-{case.state}"),))]
        if case.state == "rejected" and case.reason:
            blocks.append(Paragraph((say(locale, f"reason-{case.reason}"),)))
        if case.state != "pending":
            return Reply(tuple(blocks), locale=locale)
        actions: list[Action] = []
        if case.question:
            blocks.append(Notice(say(locale, "case-question", words=case.question)))
            if case.answer:
                blocks.append(Paragraph((say(locale, "case-answered"),)))
            actions.append(Action("case.answer", say(locale, "do-answer"), (claim,)))
        if request.writes_to is not None:
            is_told = case.tell is not None
            label = say(locale, "do-tell-not" if is_told else "do-tell")
            actions.append(Action("case.tell", label, (claim, "no" if is_told else "yes")))
        actions.append(Action("case.withdraw", say(locale, "do-withdraw"), (claim,)))
        return Reply(tuple(blocks), tuple(actions), locale=locale)

    async def _withdraw(self, request: Request, claim: str) -> Reply:
        done = await (await self.desk.vetting()).withdraw(claim)
        if done is None:
            raise InputError("case-unknown")
        return self.desk.sentence(locale_of(request), "case-withdrawn")

    async def _tell(self, request: Request, claim: str, *, is_wanted: bool) -> Reply:
        locale = locale_of(request)
        if is_wanted and request.writes_to is None:
            raise InputError("case-cannot-tell")
        vetting = await self.desk.vetting()
        if await vetting.tell(claim, request.writes_to if is_wanted else None, locale) is None:
            raise InputError("case-unknown")
        return self.desk.sentence(locale, "case-tell-yes" if is_wanted else "case-tell-no")

    async def _question(self, request: Request, claim: str) -> Reply:
        case, locale = await self._found(claim), locale_of(request)
        if case.state != "pending" or not case.question:
            return self.shown(case, request, claim)
        fields = (
            Field("answer", self.desk.say(locale, "case-ask-answer"), "paragraph", max_length=LONGEST_ANSWER),
            public_field(self.desk, locale),
        )
        form = Form(f"case.answer:{claim}", self.desk.say(locale, "case-title"), fields)
        return Reply((Notice(self.desk.say(locale, "case-question", words=case.question)),), form=form, locale=locale)

    async def _answered(self, request: Request, claim: str) -> Reply:
        values = given(request)
        words = clean(values.get("answer", ""))
        if not words or len(words) > LONGEST_ANSWER:
            raise InputError("suggest-too-long" if words else "suggest-empty")
        refused = personal(self.desk, request, words, Action("case.answer", "", (claim,)))
        if refused is not None:
            return refused
        done = await (await self.desk.vetting()).answer(claim, words)
        if done is None:
            raise InputError("case-unknown")
        return self.desk.sentence(locale_of(request), "case-answer-kept")


def public_field(desk: Desk, locale: str) -> Field:
    """Whether a number or name in the words is the service's own public contact."""
    choices = tuple((value, desk.say(locale, f"public-{value}")) for value in ("no", "yes"))
    return Field("public", desk.say(locale, "case-ask-public"), "choice", required=False, choices=choices)


def personal(desk: Desk, request: Request, words: str, again: Action) -> Reply | None:
    """The words with what looks personal marked, when they are not kept for it; None when they may be kept."""
    found, locale = desk.screen(words), locale_of(request)
    if not found.personal or given(request).get("public") == "yes":
        return None
    label = desk.say(locale, "do-edit-words")
    blocks = (Paragraph((marked(words, found),)), Notice(desk.say(locale, "words-personal")))
    return Reply(blocks, (Action(again.id, label, again.args),), locale=locale)
