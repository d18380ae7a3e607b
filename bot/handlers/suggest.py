"""Suggest a resource, a tip or a correction: a form, a preview with what looks personal marked, then a claim code.

Nothing is kept before the person has seen what will be kept; until they send it the draft waits, sealed, half an hour.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.form import Field, Form
from bot.core.reply import Action, Block, Bullets, Heading, Notice, Paragraph, Reply
from bot.core.request import Command, FormSubmit, Request
from bot.core.words import clean
from bot.errors import InputError
from bot.handlers.desk import Desk, act_of, flood_of, given, locale_of, sender_of
from bot.vetting.claim import claim_of, new_token
from bot.vetting.model import Case, NewCase, Submission
from bot.vetting.proposal import drafted
from bot.vetting.screened import Screened, marked

FIELDS = ("what", "place", "topics", "why", "known")
LONGEST = {"what": 2000, "place": 200, "topics": 300, "why": 1500, "known": 600}


@dataclass(frozen=True, slots=True)
class Suggest:
    """The form, the preview and what is chosen there."""

    desk: Desk

    async def __call__(self, request: Request) -> Reply:
        act, args = act_of(request)
        token = args[0] if args else ""
        if isinstance(request.body, FormSubmit):
            return await self._preview(request, given(request))
        match act:
            case "suggest":
                return self._form(request, {"what": request.body.argument if isinstance(request.body, Command) else ""})
            case "suggest.stop":
                await self.desk.drop_draft(token)
                return self.desk.sentence(locale_of(request), "form-stopped")
            case "suggest.send":
                return await self._send(request, token)
            case _:
                return await self._again(request, act, token)

    def _form(self, request: Request, values: dict[str, str]) -> Reply:
        locale = locale_of(request)
        if not self.desk.tools.meeting.communities:
            raise InputError("vetting-nobody")
        fields = tuple(
            Field(
                name,
                self.desk.say(locale, f"suggest-ask-{name}"),
                "paragraph" if name in ("what", "why") else "line",
                required=name == "what",
                max_length=LONGEST[name],
                value=values.get(name, "")[: LONGEST[name]],
            )
            for name in FIELDS
        )
        said = Paragraph((self.desk.say(locale, "suggest-intro"),))
        return Reply((said,), form=Form("suggest", self.desk.say(locale, "suggest-title"), fields), locale=locale)

    async def _again(self, request: Request, act: str, token: str) -> Reply:
        """The form with what was written, or the preview with the word that it is a public contact."""
        values = await self.desk.draft(token, request)
        if values is None:
            raise InputError("suggest-over")
        if act == "suggest.edit":
            return self._form(request, values)
        return await self._preview(request, {**values, "public": "yes"})

    async def _preview(self, request: Request, values: dict[str, str]) -> Reply:
        locale, say = locale_of(request), self.desk.say
        values = {name: clean(words) if name in FIELDS else words for name, words in values.items()}
        if not values.get("what"):
            raise InputError("suggest-empty")
        if any(len(values.get(name, "")) > LONGEST[name] for name in FIELDS):
            raise InputError("suggest-too-long")
        found, submission = self._read(values)
        token = new_token()
        await self.desk.keep_draft(token, values, request)
        names = {name: say(locale, f"suggest-short-{name}") for name in FIELDS}
        items = [(f"{names[name]}: {marked(words, found)}",) for name, words in submission.texts().items()]
        blocks: list[Block] = [Heading(say(locale, "suggest-preview")), Bullets(tuple(items))]
        actions = [
            Action("suggest.edit", say(locale, "do-edit-words"), (token,)),
            Action("suggest.stop", say(locale, "do-stop"), (token,)),
        ]
        if found.personal and not submission.is_public_contact:
            blocks.append(Notice(say(locale, "suggest-personal")))
            actions.insert(1, Action("suggest.public", say(locale, "do-public-contact"), (token,)))
        else:
            blocks.append(Paragraph((say(locale, "suggest-ready"),)))
            actions.insert(0, Action("suggest.send", say(locale, "do-send"), (token,)))
        return Reply(tuple(blocks), tuple(actions), locale=locale)

    def _read(self, values: dict[str, str], waiting: Sequence[Case] = ()) -> tuple[Screened, Submission]:
        words = {name: values.get(name, "") for name in FIELDS}
        found = self.desk.screen("\n".join(each for each in words.values() if each), waiting)
        is_public = values.get("public") == "yes" and bool(found.personal)
        return found, Submission(
            **words, is_public_contact=is_public, flags=found.flags, links=found.links, doubles=found.doubles
        )

    async def _send(self, request: Request, token: str) -> Reply:
        """Keep it. The same press once more gives the same code and keeps nothing twice."""
        vetting = await self.desk.vetting()
        claim = claim_of(token, vetting.claim_key)
        if await vetting.claimed(claim) is not None:
            await self.desk.drop_draft(token)
            return kept(self.desk, request, claim)
        values = await self.desk.draft(token, request)
        if values is None:
            raise InputError("suggest-over")
        new = vetting.new_case("suggestion")
        # Before any work: what a flood costs is no more than being refused.
        await vetting.cases.admit(sender_of(request), flood_of(request))
        found, submission = self._read(values, await vetting.alike(new.community))
        if found.personal and not submission.is_public_contact:
            raise InputError("suggest-personal")
        shelf = self.desk.tools.shelf()
        query = shelf.understanding.understand("\n".join(submission.texts().values()), None, request.actor.locale)
        case = replace(new, submission=submission, proposal=drafted(submission, query, shelf.index.by_id))
        await vetting.open(NewCase(case, claim, sender_of(request), flood=flood_of(request)))
        await self.desk.drop_draft(token)
        return kept(self.desk, request, claim)


def kept(desk: Desk, request: Request, claim: str) -> Reply:
    """The claim code, said once, and what can be done with it."""
    locale = locale_of(request)
    actions = [Action("case", desk.say(locale, "do-case"), (claim,))]
    if request.writes_to is not None:
        actions.append(Action("case.tell", desk.say(locale, "do-tell"), (claim, "yes")))
    blocks = (
        Paragraph((desk.say(locale, "suggest-kept"),)),
        Heading(claim),
        Paragraph((desk.say(locale, "suggest-code"),)),
    )
    return Reply(blocks, tuple(actions), locale=locale)
