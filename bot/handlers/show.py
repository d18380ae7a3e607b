"""All that is known of one record."""

from dataclasses import dataclass

from bot.core.reply import Action, Reply, sentence
from bot.core.request import ActionPress, Request
from bot.handlers.shelf import Tools, locale_or_english


@dataclass(frozen=True, slots=True)
class Show:
    """The record whose id is the argument; one that is no longer there is said. `takes_reports`: where somebody moderates."""

    tools: Tools
    takes_reports: bool = False

    def __call__(self, request: Request) -> Reply:
        locale = locale_or_english(request.actor.locale)
        say = self.tools.messages.say
        index = self.tools.shelf().index
        number = (
            index.by_id.get(request.body.args[0])
            if isinstance(request.body, ActionPress) and request.body.args
            else None
        )
        if number is None:
            return sentence(say(locale, "show-none"), locale)
        record = index.records[number]
        blocks = self.tools.cards.whole(record, locale, request.received_at.date())
        actions = [Action("guided", say(locale, "do-guided")), Action("language", say(locale, "do-language"))]
        if self.takes_reports:
            actions.append(Action("report", say(locale, "do-report"), (record.id,)))
        return Reply(blocks, tuple(actions), locale=locale)
