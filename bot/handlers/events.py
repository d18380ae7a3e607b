"""What is coming: the days of the movement, and events of the directory that are not over."""

from dataclasses import dataclass

from bot.announcements.days import days
from bot.core.reply import Action, Block, Bullets, Paragraph, Reply
from bot.core.request import Request
from bot.handlers.desk import locale_of
from bot.handlers.shelf import Tools

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Events:
    """Reads the directory and the packaged days; keeps nothing."""

    tools: Tools

    def __call__(self, request: Request) -> Reply:
        locale, say, today = locale_of(request), self.tools.messages.say, request.received_at.date()
        coming = sorted(((*day.next(today), day) for day in days()), key=lambda each: each[:2])
        lines = [
            (f"{first}: {day.name}" if first == last else f"{first} – {last}: {day.name}",)
            for first, last, day in coming[:SHOWN]
        ]
        records = [
            each for each in self.tools.shelf().index.records
            if each.kind == "event" and (each.ends is None or str(today)[: len(str(each.ends))] <= str(each.ends))
        ]  # fmt: skip
        blocks: list[Block] = [Paragraph((say(locale, "events-days"),)), Bullets(tuple(lines))]
        if records:
            blocks.append(Paragraph((say(locale, "events-records"),)))
        actions = tuple(Action("show", each.name[:80], (each.id,)) for each in records[:SHOWN])
        return Reply(tuple(blocks), actions, locale=locale)
