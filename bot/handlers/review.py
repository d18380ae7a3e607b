"""What moderators do with a case: look, approve, reject, ask, edit, check, take, declare a tie, hide and show again.

Each act asks anew who acts and where (`core.rights`). What they see is the case and never who sent it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from bot.core.form import Field, Form
from bot.core.reply import Action, Block, Bullets, Paragraph, Reply
from bot.core.request import FormSubmit, Request
from bot.core.words import clean
from bot.directory.model import CheckMethod
from bot.errors import BotError, InputError
from bot.handlers.desk import Desk, act_of, given, in_room, locale_of
from bot.vetting.asking import asks_who
from bot.vetting.claim import claim_of, new_token, read_code
from bot.vetting.model import BLOCK_REASONS, REASONS, Case
from bot.vetting.proposal import Judged, edited, judged, shown_fields
from bot.vetting.service import LISTED, Acting
from bot.vetting.steps import LONGEST_QUESTION, IncompleteError

EDITED = ("name", "description", "contact", "facts", "sources")
_LONGEST_FIELD = {"name": 200, "description": 3000, "contact": 1200, "facts": 2000, "sources": 2000}
METHODS: tuple[CheckMethod, ...] = get_args(CheckMethod)
Args = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """Every act of a moderator by its name; `RIGHTS` has the same names."""

    desk: Desk

    async def __call__(self, request: Request) -> Reply:
        act, args = act_of(request)
        acting = self.desk.acting(act, request)
        try:
            reply = await self._acts()[act](request, acting, args)
        except IncompleteError as error:
            reply = self._incomplete(request, error)
        except BotError as error:
            reply = self.desk.sentence(locale_of(request), error.message_id, **error.args_for_text)
        return in_room(reply, request)

    def _acts(self) -> Mapping[str, Callable[[Request, Acting, Args], Awaitable[Reply]]]:
        return {
            "review": self._list, "review.card": self._card, "review.approve": self._approve,
            "review.reject": self._reasons, "review.because": self._reject, "review.ask": self._ask,
            "review.edit": self._edit, "review.take": self._take, "review.tie": self._tie,
            "review.check": self._methods, "review.checked": self._check, "review.hide": self._hide,
            "review.show": self._show, "review.block": self._block, "review.unblock": self._unblock,
        }  # fmt: skip

    async def _list(self, request: Request, acting: Acting, _: Args) -> Reply:
        """What waits, urgent ones first, then the oldest."""
        locale, vetting = locale_of(request), await self.desk.vetting()
        found = await vetting.waiting(acting)
        if not found:
            return self.desk.sentence(locale, "review-nothing")
        count = sum(each.count for each in await vetting.queue() if each.community in acting.communities)
        lines = tuple((vetting.cards.line(case, locale),) for case in found)
        said = Paragraph((self.desk.say(locale, "review-waiting", count=count, shown=min(count, LISTED)),))
        actions = tuple(Action("review.card", case.code, (case.code,)) for case in found)
        return Reply((said, Bullets(lines)), actions, locale=locale)

    async def _card(self, request: Request, acting: Acting, args: Args) -> Reply:
        vetting = await self.desk.vetting()
        return vetting.cards.card(await vetting.find(acting, _code(args)), locale_of(request))

    async def _approve(self, request: Request, acting: Acting, args: Args) -> Reply:
        vetting = await self.desk.vetting()
        version = _version(args)
        found = await vetting.find(acting, _code(args))
        if version is None and found.version > 1:
            # Words without a number may be about a version that was not seen: show the one of now.
            return await self._card(request, acting, args)
        case = await vetting.approve(acting, _code(args), version)
        return self._done(request, case, "review-approved" if case.state == "approved" else "review-counted")

    async def _reasons(self, request: Request, acting: Acting, args: Args) -> Reply:
        found = await (await self.desk.vetting()).find(acting, _code(args))
        seen = (found.code, str(_version(args) or found.version))
        locale = locale_of(request)
        actions = [Action("review.because", self.desk.say(locale, f"reason-{each}"), (*seen, each)) for each in REASONS]
        actions.append(Action("review.block", self.desk.say(locale, "do-block"), (found.code,)))
        return self.desk.sentence(locale, "review-why", *actions, code=found.code)

    async def _reject(self, request: Request, acting: Acting, args: Args) -> Reply:
        reason = next((each for each in REASONS if args[-1:] == (each,)), None)
        if reason is None:
            raise InputError("error-option")
        case = await (await self.desk.vetting()).reject(acting, _code(args), _version(args), reason)
        return self._done(request, case, "review-rejected" if case.state == "rejected" else "review-third")

    async def _block(self, request: Request, acting: Acting, args: Args) -> Reply:
        """Why, then nothing more is taken from whoever handed it in; the case itself still waits to be decided."""
        vetting, locale, say = await self.desk.vetting(), locale_of(request), self.desk.say
        reason = next((each for each in BLOCK_REASONS if args[1:] == (each,)), None)
        if reason is None:
            code = (await vetting.find(acting, _code(args))).code
            why = [Action("review.block", say(locale, f"block-{each}"), (code, each)) for each in BLOCK_REASONS]
            return self.desk.sentence(locale, "review-block-why", *why)
        case = await vetting.block(acting, _code(args), reason)
        actions = (
            Action("review.reject", say(locale, "do-reject"), (case.code, str(case.version))),
            Action("review.unblock", say(locale, "do-unblock"), (case.code,)),
        )
        return self.desk.sentence(locale, "review-blocked", *actions, code=case.code)

    async def _unblock(self, request: Request, acting: Acting, args: Args) -> Reply:
        await (await self.desk.vetting()).unblock(acting, _code(args))
        return self.desk.sentence(locale_of(request), "review-unblocked", code=_code(args))

    async def _ask(self, request: Request, acting: Acting, args: Args) -> Reply:
        code, locale = _code(args), locale_of(request)
        if not isinstance(request.body, FormSubmit) and args[1:]:
            draft = await self.desk.draft(args[1], request)
            if draft is None:
                raise InputError("suggest-over")
            await self.desk.drop_draft(args[1])
            return await self._asked(request, acting, code, draft["question"])
        if not isinstance(request.body, FormSubmit):
            field = Field(
                "question", self.desk.say(locale, "review-ask-question"), "paragraph", max_length=LONGEST_QUESTION
            )
            said = Paragraph((self.desk.say(locale, "review-ask-how"),))
            return Reply((said,), form=Form(f"review.ask:{code}", code, (field,)), locale=locale)
        question = clean(given(request).get("question", ""))
        return await (self._warned if asks_who(question) else self._asked)(request, acting, code, question)

    async def _asked(self, request: Request, acting: Acting, code: str, question: str) -> Reply:
        case = await (await self.desk.vetting()).ask(acting, code, question)
        return self._done(request, case, "review-asked")

    async def _warned(self, request: Request, acting: Acting, code: str, question: str) -> Reply:
        """A question that asks who somebody is waits until the moderator says that it is meant so."""
        await (await self.desk.vetting()).find(acting, code)
        token, locale = new_token(), locale_of(request)
        await self.desk.keep_draft(token, {"question": question}, request)
        actions = (
            Action("review.ask", self.desk.say(locale, "do-ask-otherwise"), (code,)),
            Action("review.ask", self.desk.say(locale, "do-send-anyway"), (code, token)),
        )
        return self.desk.sentence(locale, "review-asks-who", *actions)

    async def _edit(self, request: Request, acting: Acting, args: Args) -> Reply:
        vetting, locale = await self.desk.vetting(), locale_of(request)
        found = await vetting.find(acting, _code(args))
        if not isinstance(request.body, FormSubmit):
            return self._edit_form(found, locale)
        values = {name: words for name, words in given(request).items() if name in EDITED and words}
        version = _version(args) or found.version
        # The id of a record that is there already is never changed: links and decisions name it.
        own = {"id": found.record} if found.record else {}
        case = await vetting.edit(acting, found.code, version, lambda before: {**edited(before, values), **own})
        reply = self._done(request, case, "review-edited")
        wrong = self._listed(locale, judged(case.proposal, request.received_at.date()))
        return replace(reply, blocks=(*reply.blocks, *wrong))

    def _edit_form(self, found: Case, locale: str) -> Reply:
        now = shown_fields(found.proposal)
        fields = tuple(
            Field(
                name,
                self.desk.say(locale, f"review-field-{name}"),
                "line" if name == "name" else "paragraph",
                required=False,
                max_length=_LONGEST_FIELD[name],
                value=now[name][: _LONGEST_FIELD[name]],
            )
            for name in EDITED
        )
        return Reply((), form=Form(f"review.edit:{found.code}:{found.version}", found.code, fields), locale=locale)

    async def _take(self, request: Request, acting: Acting, args: Args) -> Reply:
        return self._done(request, await (await self.desk.vetting()).take(acting, _code(args)), "review-took")

    async def _tie(self, request: Request, acting: Acting, args: Args) -> Reply:
        return self._done(request, await (await self.desk.vetting()).tie(acting, _code(args)), "review-tie-kept")

    async def _methods(self, request: Request, acting: Acting, args: Args) -> Reply:
        found = await (await self.desk.vetting()).find(acting, _code(args))
        locale = locale_of(request)
        actions = [
            Action("review.checked", self.desk.say(locale, f"method-{each}"), (found.code, each)) for each in METHODS
        ]
        return self.desk.sentence(locale, "review-how-checked", *actions, code=found.code)

    async def _check(self, request: Request, acting: Acting, args: Args) -> Reply:
        """The method, and the day where it is not today."""
        method = next((each for each in METHODS if args[1:2] == (each,)), None)
        if method is None:
            raise InputError("error-option")
        try:
            day = date.fromisoformat(args[2]) if len(args) > 2 else None
        except ValueError:
            raise InputError("error-date") from None
        case = await (await self.desk.vetting()).check(acting, _code(args), method, day)
        return self._done(request, case, "review-check-kept")

    async def _hide(self, request: Request, acting: Acting, args: Args) -> Reply:
        """A record by its id; with a case behind it, that report is dealt with too."""
        vetting = await self.desk.vetting()
        if len(args) > 1:
            return self._done(request, await vetting.hide_for(acting, _code(args[1:])), "review-hidden")
        await vetting.hide(acting, args[0] if args else "")
        return self.desk.sentence(locale_of(request), "review-hidden", code="")

    async def _show(self, request: Request, acting: Acting, args: Args) -> Reply:
        vetting = await self.desk.vetting()
        claim = claim_of(f"show/{request.room.platform}/{request.id}", vetting.claim_key)
        case = await vetting.show(acting, args[0] if args else "", claim)
        return self._done(request, case, "review-approved" if case.state == "approved" else "review-show-asked")

    def _listed(self, locale: str, found: Judged) -> tuple[Block, ...]:
        """What is wrong: in the loader's words, which are English; in other languages which fields it is about."""
        if locale == "en" and found.faults:
            return (Bullets(tuple((each,) for each in found.faults)),)
        fields = ", ".join(found.fields)
        return (Paragraph((self.desk.say(locale, "review-wrong-fields", fields=fields),)),) if fields else ()

    def _done(self, request: Request, case: Case, message_id: str) -> Reply:
        return self.desk.sentence(locale_of(request), message_id, code=case.code)

    def _incomplete(self, request: Request, error: IncompleteError) -> Reply:
        said = Paragraph((self.desk.say(locale_of(request), "review-incomplete"),))
        return Reply((said, *self._listed(locale_of(request), error.judged)), locale=locale_of(request))


def _code(args: Args) -> str:
    """The case that is meant. Raises InputError for what is no code."""
    found = read_code(args[0]) if args else None
    if found is None:
        raise InputError("review-no-case")
    return found


def _version(args: Args) -> int | None:
    return int(args[1]) if len(args) > 1 and args[1].isdecimal() and len(args[1]) < 6 else None
