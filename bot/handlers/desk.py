"""What the handlers of vetting share: the service, opened when it is first needed, drafts, and rights at the moment of the act."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.core.form import Field, Form
from bot.core.ports import Forms, OpenForm
from bot.core.reply import Action, Reply, sentence
from bot.core.request import ActionPress, Command, FormSubmit, Request
from bot.core.rights import allowed, spot_of
from bot.errors import InputError
from bot.handlers.shelf import Tools, locale_or_english
from bot.vetting.screened import Screen
from bot.vetting.service import Acting, Vetting, names_of

DRAFT = timedelta(minutes=30)
_FORM = Form("draft", "draft", (Field("draft", "draft"),))


@dataclass(frozen=True, slots=True)
class Desk:
    """`vetting` gives the service; it may raise StorageError or SetupError, and then nothing was kept."""

    tools: Tools
    vetting: Callable[[], Awaitable[Vetting]]
    drafts: Forms
    screen: Screen

    def say(self, locale: str, message_id: str, **args: str | int) -> str:
        return self.tools.messages.say(locale, message_id, **args)

    def sentence(self, locale: str, message_id: str, *actions: Action, **args: str | int) -> Reply:
        """One sentence, with what can be done next."""
        return sentence(self.say(locale, message_id, **args), locale, actions)

    def acting(self, act: str, request: Request) -> Acting:
        """The moderator who acts. Raises InputError for who may not, or not here."""
        standing = request.actor.standing
        communities = allowed(act, standing, spot_of(request, self.tools.meeting))
        return Acting(standing, communities, mark_of(request))

    async def keep_draft(self, token: str, values: dict[str, str], request: Request) -> None:
        until = request.received_at + DRAFT
        await self.drafts.put(f"draft/{token}", OpenForm(_FORM, values, locale_of(request), until, request.id))

    async def draft(self, token: str, request: Request) -> dict[str, str] | None:
        """What was kept under the token, None when its time is over."""
        found = await self.drafts.get(f"draft/{token}", request.received_at)
        return None if found is None else dict(found.values)

    async def drop_draft(self, token: str) -> None:
        await self.drafts.erase(f"draft/{token}")


def locale_of(request: Request) -> str:
    return locale_or_english(request.actor.locale)


def mark_of(request: Request) -> str:
    """The keyed name of a person, with the door they came through; empty in the terminal."""
    return f"{request.room.platform}/{request.actor.mark}" if request.actor.mark else ""


def sender_of(request: Request) -> str:
    """Who hands something in, as far as one case needs it."""
    return next(iter(names_of(request.actor.standing, mark_of(request))), "")


def flood_of(request: Request) -> str:
    """Who is counted against the limits: the person, or the door where nobody is known."""
    return mark_of(request) or request.room.platform


def act_of(request: Request) -> tuple[str, tuple[str, ...]]:
    """The act a request asks for, and its arguments; those of a form stand behind colons in its id."""
    match request.body:
        case ActionPress(action, args):
            return action, args
        case FormSubmit(form):
            act, *more = form.split(":")
            return act, tuple(more)
        case Command(name, argument):
            return name, (argument,) if argument else ()
        case _:
            raise InputError("error-input")


def given(request: Request) -> dict[str, str]:
    """The values of a form, without space around them."""
    values = request.body.values if isinstance(request.body, FormSubmit) else {}
    return {name: value.strip() for name, value in values.items()}


def in_room(reply: Reply, request: Request) -> Reply:
    """The reply for the room where it was asked, for what moderators do in front of each other."""
    return reply if request.is_private else replace(reply, audience="room")
