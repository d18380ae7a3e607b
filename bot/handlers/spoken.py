"""Words that are an act: a claim code, "case CODE", and in front of moderators "approve K7Q2" or a number in reply to a card.

Only what begins with a word of the table and names a case is taken for an act; everything else stays a question.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.core.choosing import chosen
from bot.core.claim import read_claim
from bot.core.reply import Reply
from bot.core.request import ActionPress, Body, Command, FormSubmit, Request, RoomRef, Text
from bot.core.words import clean, fold
from bot.errors import InputError
from bot.handlers.review import METHODS
from bot.text.messages import LOCALES, Messages
from bot.vetting.claim import read_code
from bot.vetting.model import REASONS

ACTS = ("approve", "reject", "ask", "edit", "take", "tie", "check", "hide", "show", "review")
_DASHES = 3
_LONGEST_CHOICE = 80
_RECORD = frozenset({"hide", "show"})
SaidAt = Callable[[RoomRef, str], Awaitable[Reply | None]]
"""The document of a message of ours, by its room and id."""


async def nothing_said(_: RoomRef, __: str) -> Reply | None:
    """Where no messages of ours are known."""
    return None


def words_for(messages: Messages, acts: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Folded words of all languages to the act and the language they belong to; the first one's where languages share one."""
    found: dict[str, tuple[str, str]] = {}
    for locale in LOCALES:
        for act in acts:
            for each in messages.say(locale, f"word-{act}").split(","):
                found.setdefault(fold(each.strip()), (act, locale))
    return found


def meaning(request: Request, act: Body, locale: str | None) -> Request:
    """The request as that act: in the person's language, else that of the words, else that of the reply before."""
    spoken_in = request.actor.locale or locale or request.said_in
    return replace(request, body=act, actor=replace(request.actor, locale=spoken_in))


@dataclass(frozen=True, slots=True)
class Spoken:
    """`await spoken(request)` is the request as the act that free words mean, or None."""

    words: Mapping[str, tuple[str, str]]
    """Folded first words, in all languages, to the act and the language."""
    case_words: Mapping[str, str]
    """Those before a claim code, to the language."""
    said_at: SaidAt = nothing_said

    @classmethod
    def shipped(cls, messages: Messages, said_at: SaidAt = nothing_said) -> "Spoken":
        case_words: dict[str, str] = {}
        for locale in LOCALES:
            for each in messages.say(locale, "command-case").split(","):
                case_words.setdefault(fold(each.strip()), locale)
        return cls(words_for(messages, ACTS), case_words, said_at)

    async def __call__(self, request: Request) -> Request | None:
        text = clean(request.body.text) if isinstance(request.body, Text) else ""
        if not text or len(text) > 2000:
            return None
        first, _, rest = text.partition(" ")
        first = fold(first)
        case_locale = self.case_words.get(first)
        claim = read_claim(rest if case_locale else text)
        # Sixteen letters may be a question; a code that stands alone has its dashes.
        if claim is not None and (case_locale or text.count("-") == _DASHES):
            return meaning(request, Command("case", claim), case_locale)
        act, locale = self.words.get(first, ("", None))
        if not act or not request.actor.standing.moderator:
            return None
        shown = (await self.said_at(request.room, request.replies_to)) if request.replies_to else None
        body = self._act(act, rest.strip(), shown)
        return meaning(request, body, locale) if body else None

    @staticmethod
    def _act(act: str, rest: str, shown: Reply | None) -> Body | None:
        if act == "review":
            return None if rest else Command("review")
        name, _, more = rest.partition(" ")
        if act in _RECORD:
            return ActionPress(f"review.{act}", (name,)) if name and not more else None
        card = _case_of(shown)
        # "take care" is no case: every code has a digit in it.
        code = read_code(name) if any(each.isdecimal() for each in name) else None
        if code is None and card:
            code, more = card[0], rest
        if code is None:
            return None
        version = card[1:2] if card and card[0] == code else ()
        return _body(act, (code, *version), more.strip())


def _body(act: str, seen: tuple[str, ...], more: str) -> Body | None:
    """The act on a case; None where other words follow than it takes."""
    code = seen[0]
    match act:
        case "ask" if more:
            return FormSubmit(f"review.ask:{code}", {"question": more})
        case "reject" if more in REASONS:
            return ActionPress("review.because", (*seen, more))
        case "check" if more:
            method, _, day = more.partition(" ")
            return ActionPress("review.checked", (code, method, *([day] if day else []))) if method in METHODS else None
        case _:
            return (
                None
                if more
                else ActionPress(f"review.{act}", seen if act in ("approve", "reject", "edit") else (code,))
            )


def _case_of(shown: Reply | None) -> tuple[str, ...]:
    """Code and version of the case a card is about."""
    for action in shown.actions if shown else ():
        if action.id == "review.approve":
            return action.args
    return ()


@dataclass(frozen=True, slots=True)
class Replied:
    """A number or the words of a choice, as the reply to a message that was said unasked; whoever may press it is asked then."""

    said_at: SaidAt

    async def __call__(self, request: Request) -> ActionPress | None:
        """The choice, None for other words and for a reply to something else. A number without a choice stays words."""
        text = request.body.text if isinstance(request.body, Text) else ""
        if not text or len(text) > _LONGEST_CHOICE:
            return None
        shown = await self.said_at(request.room, request.replies_to)
        with suppress(InputError):
            return chosen(text, shown.actions) if shown else None
        return None
