"""Read a campaign, sign it in one of three ways, hear from its organizer if one wants to, take the signature back."""

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from bot.announcements.campaigns import (
    KINDS,
    LONGEST_CONTACT,
    LONGEST_NAME,
    VERSION_SHOWN,
    Campaign,
    Kind,
    Signature,
    campaigns,
    counts,
    regions,
)
from bot.core.acts import Act
from bot.core.claim import claim_from, read_claim
from bot.core.form import Field, Form
from bot.core.ports import OpenForm
from bot.core.reply import Action, Block, Bullets, Heading, Link, Notice, Paragraph, Reply
from bot.core.request import FormSubmit, Request
from bot.core.words import clean
from bot.errors import InputError
from bot.handlers.board import Board
from bot.handlers.desk import act_of, given, locale_of

DRAFT = timedelta(minutes=30)
_FORM = Form("draft", "draft", (Field("draft", "draft"),))
Args = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """Every act by its name. What only reads opens nothing that is kept, unless a bot runs that has it open anyway."""

    board: Board

    async def __call__(self, request: Request) -> Reply:
        act, args = act_of(request)
        return await self.ACTS[act](self, request, args)

    def _all(self) -> list[Campaign]:
        return campaigns(self.board.tools.shelf().index.records)

    def _one(self, args: Args) -> Campaign:
        """The campaign of an action. Raises InputError when there is none, or the text is another one than was shown."""
        found = next((each for each in self._all() if args and each.id == args[0]), None)
        if found is None:
            raise InputError("campaign-unknown")
        if args[1:] and not found.version.startswith(args[1] or "-"):
            raise InputError("campaign-changed")
        return found

    async def _list(self, request: Request, _: Args) -> Reply:
        found = self._all()
        actions = tuple(Action("campaign.show", self._named(each, request), (each.id,)) for each in found)
        said = "campaign-list" if found else "campaign-none"
        return self.board.sentence(request, said, *actions, *self._with_code(locale_of(request)))

    def _named(self, campaign: Campaign, request: Request) -> str:
        """Its name for a button, with the day it opens while that is to come."""
        name = campaign.record.name
        if not campaign.opens_later(request.received_at.date()):
            return name[:80]
        opens = str(campaign.record.opens)
        return self.board.say(locale_of(request), "campaign-named-early", name=name[:50], day=opens)

    def _shut(self, campaign: Campaign, today: date) -> InputError | None:
        """Why it cannot be signed on that day; None when it can."""
        if campaign.opens_later(today):
            return InputError("campaign-early", day=str(campaign.record.opens))
        return None if campaign.is_open(today) else InputError("campaign-closed")

    def _with_code(self, locale: str) -> tuple[Action, Action]:
        """What can be done with a claim code, whatever became of the campaign."""
        say = self.board.say
        return (
            Action("campaign.withdraw", say(locale, "do-withdraw-signature")),
            Action("campaign.news", say(locale, "do-change-news")),
        )

    async def _show(self, request: Request, args: Args) -> Reply:
        """The calls with their numbers, the organizer's own form, who stands for it, and the three ways to sign."""
        campaign, locale, say = self._one(args), locale_of(request), self.board.say
        record, seen = campaign.record, (campaign.id, campaign.version[:VERSION_SHOWN])
        blocks: list[Block] = [Heading(record.name)]
        described = record.description.get(locale, record.description.get("en", ""))
        blocks += [Paragraph((described,)), Paragraph((say(locale, "campaign-calls"),))]
        blocks.append(Bullets(tuple((f"{number}. {call}",) for number, call in enumerate(record.calls, 1))))
        if record.contact.url:
            blocks.append(
                Paragraph((say(locale, "campaign-own-form"), " ", Link(record.contact.url, record.contact.url)))
            )
        blocks += await self._standing(campaign, locale)
        always = (*self._with_code(locale), *self._duties(request, campaign))
        if shut := self._shut(campaign, request.received_at.date()):
            return Reply((*blocks, Notice(say(locale, shut.message_id, **shut.args_for_text))), always, locale=locale)
        blocks.append(Notice(say(locale, "campaign-promise")))
        ways = tuple(Action("campaign.sign", say(locale, f"do-sign-{kind}"), (*seen, kind)) for kind in KINDS)
        return Reply(tuple(blocks), (*ways, *always), locale=locale)

    def _duties(self, request: Request, campaign: Campaign) -> tuple[Action, ...]:
        """What a moderator finds under a campaign; whether they may is looked at again when they press."""
        if not request.actor.standing.moderator:
            return ()
        locale, say = locale_of(request), self.board.say
        pending = Action("campaign.pending", say(locale, "do-see-organizations"))
        return pending, Action("campaign.export", say(locale, "do-hand-over"), (campaign.id,))

    async def _standing(self, campaign: Campaign, locale: str) -> list[Block]:
        """Numbers from five up; nothing where nothing is open."""
        if not self.board.opening.is_open:
            return []
        say, signed = self.board.say, await (await self.board.boards()).signatures.of(campaign.id)
        lines = [
            say(locale, f"campaign-count-{kind}", count=count)
            for kind, count in counts(signed, campaign.version).items()
        ]
        lines += [f"{region}: {count}" for region, count in regions(signed, campaign.version)]
        return [Bullets(tuple((line,) for line in lines))] if lines else []

    async def _sign(self, request: Request, args: Args) -> Reply:
        """First what they want to give, then exactly that shown back; nothing is kept before they say so."""
        campaign, kind = self._one(args), _kind(args)
        if shut := self._shut(campaign, request.received_at.date()):
            raise shut
        if not isinstance(request.body, FormSubmit):
            return Reply((), form=self._form(kind, args, locale_of(request)), locale=locale_of(request))
        # A dash stands for nothing given, at doors where every question wants an answer.
        values = {name: clean(words).strip(" -")[:LONGEST_NAME] for name, words in given(request).items()}
        if kind != "supporter" and not values.get("name"):
            raise InputError("form-needs-answer")
        token, locale, say = secrets.token_hex(8), locale_of(request), self.board.say
        draft = {**values, "campaign": campaign.id, "version": campaign.version, "kind": kind}
        until = request.received_at + DRAFT
        await self.board.opening.drafts.put(f"sign/{token}", OpenForm(_FORM, draft, locale, until, request.id))
        given_ = [say(locale, f"campaign-as-{kind}")]
        given_ += [
            say(locale, f"campaign-given-{name}", words=words)
            for name in ("name", "region")
            if (words := values.get(name))
        ]
        blocks = (Paragraph((say(locale, "campaign-preview"),)), Bullets(tuple((line,) for line in given_)))
        keep = Action("campaign.kept", say(locale, "do-sign"), (token,))
        again = Action("campaign.show", say(locale, "do-back"), (campaign.id,))
        return Reply(blocks, (keep, again), locale=locale)

    def _form(self, kind: Kind, args: Args, locale: str) -> Form:
        say = self.board.say
        name = (
            Field("name", say(locale, f"campaign-name-{kind}"), max_length=LONGEST_NAME)
            if kind != "supporter"
            else None
        )
        region = Field("region", say(locale, "campaign-region"), required=False, max_length=60)
        return Form(
            ":".join(("campaign.sign", *args)), say(locale, "campaign-title"), (*([name] if name else []), region)
        )

    async def _keep(self, request: Request, args: Args) -> Reply:
        """Sign. The same press twice is one signature with one code."""
        draft = await self.board.opening.drafts.get(f"sign/{args[0] if args else ''}", request.received_at)
        if draft is None:
            raise InputError("campaign-draft-over")
        values, boards = draft.values, await self.board.boards()
        kind = _kind((values["kind"],))
        claim = claim_from(hmac.digest(boards.claim_key, b"sign/" + args[0].encode(), hashlib.sha256))
        signature = Signature(
            values["campaign"], values["version"], kind, values.get("name", ""), values.get("region", ""),
            is_counted=kind != "organization",
        )  # fmt: skip
        if not await boards.signatures.add(signature, claim) and await boards.signatures.find(claim) is None:
            # Taken back, and then the old button was pressed once more.
            raise InputError("campaign-draft-over")
        locale, say = locale_of(request), self.board.say
        blocks: list[Block] = [
            Paragraph((say(locale, "campaign-signed"),)),
            Paragraph((claim,)),
            Notice(say(locale, "campaign-code")),
        ]
        if kind == "organization":
            blocks.append(Paragraph((say(locale, "campaign-pending"),)))
        hear = Action("campaign.news", say(locale, "do-hear-news"), (claim,))
        return Reply(tuple(blocks), (hear,), locale=locale)

    async def _news(self, request: Request, args: Args) -> Reply:
        """To hear from the organizer is a thing of its own, and off. Asked later, the code is typed."""
        locale, say = locale_of(request), self.board.say
        if not isinstance(request.body, FormSubmit):
            how = Field("news", say(locale, "campaign-news-how"), required=False, max_length=LONGEST_CONTACT)
            code = Field("code", say(locale, "case-ask-code"), max_length=40)
            form = Form(
                ":".join(("campaign.news", *args)), say(locale, "campaign-news-title"), (how,) if args else (code, how)
            )
            return Reply((), form=form, locale=locale)
        claim = _claim(args[0] if args else given(request).get("code", ""))
        news = clean(given(request).get("news", "")).strip(" -")
        if not await (await self.board.boards()).signatures.hear(claim, news):
            raise InputError("campaign-no-signature")
        return self.board.sentence(request, "campaign-news-kept" if news else "campaign-news-off")

    async def _withdraw(self, request: Request, _: Args) -> Reply:
        locale, say = locale_of(request), self.board.say
        if not isinstance(request.body, FormSubmit):
            field = Field("code", say(locale, "case-ask-code"), max_length=40)
            return Reply(
                (), form=Form("campaign.withdraw", say(locale, "campaign-withdraw-title"), (field,)), locale=locale
            )
        claim = _claim(given(request).get("code", ""))
        if not await (await self.board.boards()).signatures.withdraw(claim):
            raise InputError("campaign-no-signature")
        return self.board.sentence(request, "campaign-withdrawn")

    # what moderators do

    async def _pending(self, request: Request, _: Args) -> Reply:
        """Organizations that wait: the oldest of every campaign, to be confirmed with themselves."""
        signatures, locale, say = (await self.board.boards()).signatures, locale_of(request), self.board.say
        for campaign in self._all():
            for each in await signatures.of(campaign.id):
                if not each.is_counted:
                    actions = (
                        Action("campaign.accept", say(locale, "do-confirm-organization"), (each.key,)),
                        Action("campaign.decline", say(locale, "do-decline-organization"), (each.key,)),
                    )
                    said = say(locale, "campaign-organization", name=each.name, campaign=campaign.record.name)
                    return Reply((Paragraph((said,)),), actions, locale=locale)
        return self.board.sentence(request, "campaign-nothing-pending")

    async def _accept(self, request: Request, args: Args) -> Reply:
        return await self._confirmed(request, args, is_genuine=True)

    async def _decline(self, request: Request, args: Args) -> Reply:
        return await self._confirmed(request, args, is_genuine=False)

    async def _confirmed(self, request: Request, args: Args, *, is_genuine: bool) -> Reply:
        by = request.actor.standing.moderator
        key = args[0] if args else ""
        is_first = await (await self.board.boards()).signatures.confirm(key, by, is_genuine=is_genuine)
        return self.board.sentence(request, "campaign-confirmed" if is_first else "announce-decided")

    async def _export(self, request: Request, args: Args) -> Reply:
        """One of two moderators says that the organizer may have the list; the operator then writes it."""
        by = request.actor.standing.moderator
        campaign, boards = self._one(args[:1]), await self.board.boards()
        await boards.note(Act(by, "campaign-export", campaign.id, request.received_at.date()))
        return self.board.sentence(request, "campaign-export", campaign=campaign.id)

    ACTS: ClassVar[Mapping[str, Callable[["Sign", Request, Args], Awaitable[Reply]]]] = {
        "campaign": _list,
        "campaign.show": _show,
        "campaign.sign": _sign,
        "campaign.kept": _keep,
        "campaign.news": _news,
        "campaign.withdraw": _withdraw,
        "campaign.pending": _pending,
        "campaign.accept": _accept,
        "campaign.decline": _decline,
        "campaign.export": _export,
    }
    """Each by the name of its action, command or form."""


def _kind(args: Args) -> Kind:
    found = next((kind for kind in KINDS if args and kind == args[-1]), None)
    if found is None:
        raise InputError("error-option")
    return found


def _claim(typed: str) -> str:
    claim = read_claim(typed)
    if claim is None:
        raise InputError("case-no-code")
    return claim
