"""`history [RECORD|CASE]`: which moderator did what, when and how, by pseudonyms (`policy.md` §5)."""

from dataclasses import dataclass

from bot.core.acts import Act
from bot.core.reply import Bullets, Heading, Reply, sentence
from bot.core.request import Request
from bot.handlers.desk import given, in_room, locale_of
from bot.handlers.moderating import Office, argument_of

MOST = 20


@dataclass(frozen=True, slots=True)
class History:
    """The newest acts: all of them, or those on one record or case."""

    office: Office

    async def __call__(self, request: Request) -> Reply:
        locale = locale_of(request)
        say = self.office.say
        item = (given(request).get("item") or argument_of(request))[:64]
        acts = await self._acts(item)
        if not acts:
            return in_room(sentence(say(locale, "history-none"), locale), request)
        lines = Bullets(tuple((self._line(act, locale),) for act in acts))
        return in_room(Reply((Heading(say(locale, "history-title")), lines), locale=locale), request)

    async def _acts(self, item: str) -> list[Act]:
        """By the code as it was given, as cases write it, and as a record's name."""
        items = [item, item.upper()] if item else [""]
        for each in items:
            if found := await self.office.books.acts.of(each, MOST):
                return list(found)
        record = self.office.record_id(item) if item else None
        return list(await self.office.books.acts.of(record, MOST)) if record else []

    def _line(self, act: Act, locale: str) -> str:
        action = self._word("act", act.action, locale)
        if act.how:
            action = self.office.say(locale, "history-how", action=action, how=self._word("method", act.how, locale))
        return self.office.say(locale, "history-line", day=str(act.day), by=act.by, action=action, item=act.item)

    def _word(self, family: str, code: str, locale: str) -> str:
        """The name of a code, the code itself where the texts have none."""
        ids = (f"act-{code}",) if family == "act" else (f"method-{code}", f"block-{code}")
        known = next((each for each in ids if self.office.tools.messages.has(locale, each)), None)
        return self.office.say(locale, known) if known else code
