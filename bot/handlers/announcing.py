"""The handlers of announcements, subscriptions, events and campaigns put together."""

from dataclasses import replace

from bot.announcements.ports import Opening
from bot.announcements.service import Announcing
from bot.handlers import own, remind, subscribe
from bot.handlers.announce import Announce
from bot.handlers.board import Board, link_judge
from bot.handlers.campaign import Sign
from bot.handlers.complete import Complete
from bot.handlers.event import EventDesk
from bot.handlers.events import Events
from bot.handlers.own import OwnPrivacy
from bot.handlers.remind import Remind
from bot.handlers.router import Handler, Router
from bot.handlers.shelf import Tools
from bot.handlers.subscribe import Subscribe
from bot.settings import Settings


def rules_for(tools: Tools, settings: Settings) -> Announcing:
    """The rules of announcements as the operator's file sets them."""
    return Announcing(
        tools.messages.say,
        link_judge(tools),
        tools.meeting,
        settings.vetting.approvals,
        settings.language or "en",
    )


def with_announcements(router: Router, tools: Tools, settings: Settings, opening: Opening) -> Router:
    """`router` with every act of them."""
    board = Board(tools, Complete(tools), opening, rules_for(tools, settings))
    handlers: dict[str, Handler] = {
        **dict.fromkeys(Announce.ACTS, Announce(board)),
        **dict.fromkeys(subscribe.ACTS, Subscribe(board)),
        **dict.fromkeys(Sign.ACTS, Sign(board)),
        **dict.fromkeys(Events.ACTS, Events(board)),
        **dict.fromkeys(remind.ACTS, Remind(Events(board))),
        **dict.fromkeys(EventDesk.ACTS, EventDesk(board)),
        **dict.fromkeys(own.ACTS, OwnPrivacy(board, router.handlers["privacy"])),
    }
    return replace(router, handlers={**router.handlers, **handlers})
