"""Which handler answers a request."""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from bot import log
from bot.core.meeting import MeetingRooms
from bot.core.reply import Action, Reply, sentence
from bot.core.request import ActionPress, Command, FormSubmit, Request, Text
from bot.core.rights import allowed, is_too_old, spot_of
from bot.core.words import tokens
from bot.errors import BotError
from bot.handlers.shelf import locale_or_english
from bot.text.messages import Messages

Handler = Callable[[Request], Reply | Awaitable[Reply]]
"""What only reads the directory answers at once; what keeps something waits for the storage."""


async def _nothing(_: Request) -> Request | None:
    return None


# No command is longer; a longer message is no command, and is not cut into words twice.
_LONGEST_COMMAND = 40


@dataclass(frozen=True, slots=True)
class Router:
    """`handlers` by the name of a command, action or form (before its colon); "ask" takes free words.

    A command word that stands alone ("help", "ayuda") is a command in the language it belongs to; `spoken` gives the
    request of other words that are an act. `meeting`: the review rooms, for who may do what where (`core.rights`).
    """

    messages: Messages
    handlers: Mapping[str, Handler]
    commands: Callable[[], Mapping[tuple[str, ...], tuple[str, str]]]
    meeting: MeetingRooms
    spoken: Callable[[Request], Awaitable[Request | None]] = _nothing

    async def dispatch(self, request: Request) -> Reply:
        """The reply to `request`. Never raises: a fault of ours is a sentence, and its type alone is logged."""
        locale = locale_or_english(request.actor.locale)
        try:
            meant = await self.spoken(request) if isinstance(request.body, Text) else None
            request = meant or request
            locale = locale_or_english(request.actor.locale)
            reply = self._handled(request)
            return await reply if inspect.isawaitable(reply) else reply
        except BotError as error:
            return self._sentence(locale, error.message_id, **error.args_for_text)
        except Exception as error:  # noqa: BLE001  (the one place where all is caught, so that a person gets a sentence)
            log.warning("handler.failed", error=type(error).__name__)
            return self._sentence(locale, "error-internal")

    def _handled(self, request: Request) -> Reply | Awaitable[Reply]:
        match request.body:
            case Text(text):
                found = self.commands().get(tuple(tokens(text))) if len(text) < _LONGEST_COMMAND else None
                if found is None:
                    return self._run("ask", request)
                name, locale = found
                actor = replace(request.actor, locale=request.actor.locale or locale)
                return self._run(name, replace(request, actor=actor, body=Command(name)))
            case Command(name):
                return self._run(name, request)
            case ActionPress(name):
                return self._run(name, request)
            case FormSubmit(form) if form.partition(":")[0] in self.handlers:
                return self._run(form.partition(":")[0], request)
            case FormSubmit():
                return self._sentence(locale_or_english(request.actor.locale), "error-input")
            case _:
                assert_never(request.body)

    def _run(self, name: str, request: Request) -> Reply | Awaitable[Reply]:
        """Do one act. Raises InputError where this person may not do it here, looked at now."""
        allowed(name, request.actor.standing, spot_of(request, self.meeting))
        if is_too_old(name, request):
            return self._asked_again(request)
        if name == "quit":
            locale = locale_or_english(request.actor.locale)
            return replace(self._sentence(locale, "farewell"), ends=True)
        return self.handlers[name](request)

    def _asked_again(self, request: Request) -> Reply:
        """What was said too long ago is not done; a choice can be made anew by a press, words are said anew."""
        locale = locale_or_english(request.actor.locale)
        asked = self._sentence(locale, "said-long-ago")
        if not isinstance(request.body, ActionPress):
            return asked
        still = Action(request.body.action, self.messages.say(locale, "do-still"), request.body.args)
        return replace(asked, actions=(still,))

    def _sentence(self, locale: str, message_id: str, **args: str | int) -> Reply:
        return sentence(self.messages.say(locale, message_id, **args), locale)
