"""What moderators do with announcements: write, add languages, hand on, approve, correct, take back, look how far they are."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import ClassVar

from bot.announcements import schedule
from bot.announcements.lint import MOST_CHARACTERS, Finding
from bot.announcements.model import Announcement
from bot.announcements.ports import Step
from bot.core.form import Field, Form
from bot.core.reply import Action, Block, Bullets, Notice, Paragraph, Reply
from bot.core.request import FormSubmit, Request
from bot.errors import InputError
from bot.handlers.board import Board
from bot.handlers.desk import act_of, given, in_room, locale_of
from bot.outbox.model import Act, Progress
from bot.text.messages import LOCALES

LISTED = 10
_END_OF_DAY = time(23, 59)
Args = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Announce:
    """Every act by its name."""

    board: Board

    async def __call__(self, request: Request) -> Reply:
        act, args = act_of(request)
        by, communities = self.board.moderator(act, request)
        reply = await self.ACTS[act](self, request, by, communities, args)
        return in_room(reply, request)

    async def _list(self, request: Request, _: str, communities: frozenset[str], __: Args) -> Reply:
        found = await (await self.board.boards()).announcements.newest(communities, LISTED)
        locale = locale_of(request)
        open_ = tuple(
            Action(
                "announce.open", f"{each.code}: {self.board.say(locale, f'announce-state-{each.state}')}", (each.code,)
            )
            for each in found
        )
        write = Action("announce.write", self.board.say(locale, "do-write-announcement"))
        return self.board.sentence(request, "announce-list", write, *open_, count=len(found))

    async def _write(self, request: Request, by: str, communities: frozenset[str], _: Args) -> Reply:
        locale, values = locale_of(request), given(request)
        if not isinstance(request.body, FormSubmit):
            return Reply((), form=self._form(locale), locale=locale)
        now = self.board.opening.clock.now()
        at, until = _hour(values.get("at", "")), _hour(values.get("until", ""), _END_OF_DAY)
        if at is not None:
            schedule.check_ahead(at, now)
        if until is not None:
            schedule.check_until(until, at, now)
        made = await (await self.board.boards()).announcements.add(
            Announcement(
                "", min(communities), by, {locale: values.get("text", "")},
                self.board.code("topic", values.get("topic", "")), self.board.code("place", values.get("place", "")),
                at, until,
            )
        )  # fmt: skip
        return await self._shown(request, made)

    def _form(self, locale: str) -> Form:
        say = self.board.say
        return Form("announce.write", say(locale, "announce-title"), (
            Field("text", say(locale, "announce-text"), "paragraph", max_length=MOST_CHARACTERS),
            Field("topic", say(locale, "announce-topic"), required=False, max_length=80),
            Field("place", say(locale, "announce-place"), required=False, max_length=80),
            Field("at", say(locale, "announce-at"), required=False, max_length=20),
            Field("until", say(locale, "announce-until"), required=False, max_length=20),
        ))  # fmt: skip

    async def _open(self, request: Request, _: str, communities: frozenset[str], args: Args) -> Reply:
        found = await (await self.board.boards()).announcements.find(_code(args), communities)
        return await self._shown(request, _there(found))

    async def _look(self, request: Request, _: str, communities: frozenset[str], args: Args) -> Reply:
        """As rooms of one language read it, here and on the other platforms."""
        found = _there(await (await self.board.boards()).announcements.find(_code(args), communities))
        return self.board.rules.as_read(found, args[-1], locale_of(request), request.room.platform)

    async def _text(self, request: Request, _: str, communities: frozenset[str], args: Args) -> Reply:
        """One language more, or one written anew, while it is a draft."""
        code, locale = _code(args), args[-1]
        if locale not in LOCALES:
            raise InputError("error-option")
        boards = await self.board.boards()
        if not isinstance(request.body, FormSubmit):
            found = _there(await boards.announcements.find(code, communities))
            reads = locale_of(request)
            title = self.board.say(locale, "language-self")
            field = Field("text", self.board.say(reads, "announce-text"), "paragraph", max_length=MOST_CHARACTERS,
                          value=found.texts.get(locale, ""))  # fmt: skip
            return Reply((), form=Form(f"announce.text:{code}:{locale}", title, (field,)), locale=reads)
        text = given(request).get("text", "")

        def written(announcement: Announcement) -> Announcement:
            if announcement.state != "draft":
                raise InputError("announce-not-draft")
            return replace(announcement, texts={**announcement.texts, locale: text})

        after = await boards.announcements.step(code, communities, lambda each, _: self.board.rules.kept(written(each)))
        return await self._shown(request, _there(after))

    async def _submit(self, request: Request, by: str, communities: frozenset[str], args: Args) -> Reply:
        rules, now = self.board.rules, self.board.opening.clock.now()
        return await self._stepped(request, communities, args, lambda each, rooms: rules.submit(each, by, rooms, now))

    async def _approve(self, request: Request, by: str, communities: frozenset[str], args: Args) -> Reply:
        rules, now = self.board.rules, self.board.opening.clock.now()
        version = int(args[1]) if args[1:] and args[1].isdecimal() and len(args[1]) < 5 else 0
        return await self._stepped(
            request, communities, args, lambda each, rooms: rules.approve(each, by, version, rooms, now)
        )

    async def _back(self, request: Request, by: str, communities: frozenset[str], args: Args) -> Reply:
        rules, now = self.board.rules, self.board.opening.clock.now()
        return await self._stepped(request, communities, args, lambda each, _: rules.send_back(each, by, now))

    async def _correct(self, request: Request, by: str, communities: frozenset[str], args: Args) -> Reply:
        """All languages it was said in, to be written anew."""
        code, boards = _code(args), await self.board.boards()
        found = _there(await boards.announcements.find(code, communities))
        locale = locale_of(request)
        if not isinstance(request.body, FormSubmit):
            fields = tuple(
                Field(each, self.board.say(each, "language-self"), "paragraph", max_length=MOST_CHARACTERS, value=text)
                for each, text in found.texts.items()
            )
            form = Form(f"announce.correct:{code}", self.board.say(locale, "announce-correct-title"), fields)
            return Reply((), form=form, locale=locale)
        values, rules, now = given(request), self.board.rules, self.board.opening.clock.now()
        texts = {key: values.get(key, "") for key in found.texts}
        wrong = rules.findings(replace(found, texts=texts))
        if any(each.holds for each in wrong):
            return self._held(code, texts, wrong, locale)
        return await self._stepped(
            request, communities, args, lambda each, rooms: rules.correct(each, by, texts, rooms, now)
        )

    def _held(self, code: str, texts: Mapping[str, str], wrong: Sequence[Finding], locale: str) -> Reply:
        """A correction that cannot go out, with what was written, so that it can be written anew from there."""
        say = self.board.say
        listed = Bullets(tuple((each.said(say, locale),) for each in wrong))
        written = [Paragraph((line,)) for text in texts.values() for line in text.splitlines() if line.strip()]
        again = Action("announce.correct", say(locale, "do-correct"), (code,))
        return Reply((Paragraph((say(locale, "announce-correct-held"),)), listed, *written), (again,), locale=locale)

    async def _sure(self, request: Request, _: str, __: frozenset[str], args: Args) -> Reply:
        """To take back is one press more, because it cannot be undone."""
        label = self.board.say(locale_of(request), "do-retract-sure")
        return self.board.sentence(request, "announce-retract-sure", Action("announce.gone", label, (_code(args),)))

    async def _retract(self, request: Request, by: str, communities: frozenset[str], args: Args) -> Reply:
        rules, now = self.board.rules, self.board.opening.clock.now()
        return await self._stepped(request, communities, args, lambda each, rooms: rules.retract(each, by, rooms, now))

    async def _stepped(self, request: Request, communities: frozenset[str], args: Args, step: Step) -> Reply:
        after = await (await self.board.boards()).announcements.step(_code(args), communities, step)
        return await self._shown(request, _there(after))

    async def _shown(self, request: Request, announcement: Announcement) -> Reply:
        """State, text and hours, how far it is, and what can be done next."""
        locale = locale_of(request)
        said = self.board.say(locale, f"announce-state-{announcement.state}")
        blocks = [Paragraph((f"{announcement.code}: {said}",)), *self.board.rules.preview(announcement, locale)]
        boards, say = await self.board.boards(), self.board.say
        if announcement.state != "draft":
            blocks += await self._progress(announcement, locale)
        zones = sorted({each.zone for each in await boards.subscriptions.all()})
        hours = [each for each in (announcement.at, announcement.until) if each is not None]
        odd = [schedule.oddity(each, zone, say, locale) for each in hours for zone in zones]
        blocks += [Notice(said) for said in odd if said]
        if announcement.until and schedule.instant(announcement.until, "Etc/GMT+12") <= self.board.opening.clock.now():
            blocks.append(Notice(say(locale, "announce-is-over")))
        return Reply(tuple(blocks), tuple(self._next(announcement, locale)), locale=locale)

    async def _progress(self, announcement: Announcement, locale: str) -> list[Block]:
        """How far it is; once it was corrected or taken back, how far that is."""
        outbox, said = (await self.board.boards()).outbox, self.board.progress
        now = self.board.opening.clock.now()
        copies = await outbox.progress(announcement.cause, now=now)
        is_nowhere = announcement.state not in ("draft", "waiting") and copies == Progress()
        lines = [self.board.say(locale, "announce-nowhere") if is_nowhere else said(copies, locale)]
        acts: tuple[Act, ...] = ("change", "withdraw")
        for act in acts:
            progress = await outbox.progress(announcement.cause, act, now)
            is_begun = act == "withdraw" or announcement.version > 1 or progress.failed
            if is_begun and progress != Progress():
                lines.append(self.board.say(locale, f"announce-progress-{act}", progress=said(progress, locale)))
        return [Paragraph((each,)) for each in lines]

    def _next(self, announcement: Announcement, locale: str) -> list[Action]:
        say, code = self.board.say, announcement.code
        seen = (code, str(announcement.version))
        look = [
            Action("announce.look", say(locale, "do-look-as-read", language=say(each, "language-self")), (code, each))
            for each in announcement.texts
        ]
        match announcement.state:
            case "draft":
                more = [Action("announce.text", say(each, "language-self"), (code, each)) for each in LOCALES]
                return [Action("announce.submit", say(locale, "do-submit-announcement"), (code,)), *more, *look]
            case "waiting" | "correcting":
                return [
                    Action("announce.approve", say(locale, "do-approve-announcement"), seen),
                    Action("announce.back", say(locale, "do-send-back"), seen),
                    Action("announce.retract", say(locale, "do-retract"), (code,)),
                    *look,
                ]
            case "published":
                return [
                    Action("announce.correct", say(locale, "do-correct"), (code,)),
                    Action("announce.retract", say(locale, "do-retract"), (code,)),
                    Action("announce.open", say(locale, "do-look-again"), (code,)),
                ]
            case _:
                return []

    ACTS: ClassVar[Mapping[str, Callable[["Announce", Request, str, frozenset[str], Args], Awaitable[Reply]]]] = {
        "announce": _list,
        "announce.write": _write,
        "announce.open": _open,
        "announce.text": _text,
        "announce.submit": _submit,
        "announce.approve": _approve,
        "announce.back": _back,
        "announce.correct": _correct,
        "announce.retract": _sure,
        "announce.gone": _retract,
        "announce.look": _look,
    }
    """Each by the name of its action, command or form."""


def _code(args: Args) -> str:
    if not args:
        raise InputError("error-input")
    return args[0]


def _there(found: Announcement | None) -> Announcement:
    if found is None:
        raise InputError("announce-unknown")
    return found


def _hour(given_: str, hour: time = time(9)) -> datetime | None:
    return schedule.wall(given_, hour) if given_.strip(" -") else None
