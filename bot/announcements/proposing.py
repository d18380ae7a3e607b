"""Once an hour: days that begin within 14 days are proposed in the review rooms, each once, as a draft to hand on."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from bot.announcements.days import Day, due, proposal_id
from bot.announcements.model import Announcement
from bot.announcements.ports import Announcements
from bot.announcements.service import Announcing
from bot.core.clock import Clock
from bot.core.reply import Action, Paragraph, Reply
from bot.core.rounds import keep_doing
from bot.outbox.model import Outgoing

EVERY_S = 3600.0


@dataclass(frozen=True, slots=True)
class Proposing:
    announcements: Announcements
    rules: Announcing
    clock: Clock

    async def run(self) -> None:
        """Propose what is due, for ever; a database that is away is tried again an hour later."""

        async def propose() -> None:
            await self.propose(self.clock.now().date())

        await keep_doing(propose, self.clock, EVERY_S, "days.not-proposed")

    async def propose(self, today: date) -> int:
        """Propose what was not yet; the number of new drafts. Raises StorageError."""
        count = 0
        for day in due(today):
            for community in self.rules.meeting.communities:
                cause = f"{proposal_id(day, today)}/{community.id}"
                draft, cards = day.draft(community.id, today), partial(self._cards, day, cause)
                count += await self.announcements.propose(cause, draft, cards)
        return count

    def _cards(self, day: Day, cause: str, draft: Announcement) -> list[Outgoing]:
        say, locale = self.rules.say, self.rules.locale
        said = say(locale, "days-proposed", name=day.name_in(locale), day=f"{draft.at:%Y-%m-%d}")
        look = Action("announce.open", say(locale, "do-look-draft"), (draft.code,))
        card = Reply((Paragraph((said,)),), (look,), audience="room", locale=locale)
        return [Outgoing(cause, room, card, "review") for room in self.rules.meeting.of(draft.community)]
