"""What people asked for that is not there, shown to moderators by topic, region and month (`counting` counts it)."""

from dataclasses import dataclass

from bot.core.reply import Bullets, Heading, Reply, sentence
from bot.core.request import Request
from bot.directory.model import PartialDate
from bot.handlers.desk import in_room, locale_of
from bot.handlers.moderating import Office

MOST = 25


@dataclass(frozen=True, slots=True)
class Needs:
    """The counts from five up."""

    office: Office

    async def __call__(self, request: Request) -> Reply:
        locale = locale_of(request)
        say, cards = self.office.say, self.office.tools.cards
        shown = await self.office.books.needs.shown()
        if not shown:
            return in_room(sentence(say(locale, "need-none"), locale), request)
        lines = [
            say(
                locale, "need-line", month=cards.date(PartialDate(need.month.year, need.month.month), locale),
                place=cards.place(need.region, locale), topic=say(locale, f"topic-{need.topic}"), count=str(count),
            )
            for need, count in shown[:MOST]
        ]  # fmt: skip
        blocks = (Heading(say(locale, "need-title")), Bullets(tuple((line,) for line in lines)))
        return in_room(Reply(blocks, locale=locale), request)
