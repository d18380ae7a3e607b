"""The handlers of vetting put together: where something keeps cases, people can suggest and moderators can decide."""

from dataclasses import dataclass, replace
from functools import partial

from bot.core.rights import RIGHTS
from bot.directory.model import Resource
from bot.directory.snapshot import Directory
from bot.handlers.case import Case
from bot.handlers.complete import Complete
from bot.handlers.desk import Desk
from bot.handlers.report import Report
from bot.handlers.review import Review
from bot.handlers.router import Handler, Router
from bot.handlers.shelf import Tools
from bot.handlers.spoken import Spoken, nothing_said
from bot.handlers.suggest import Suggest
from bot.settings import Settings
from bot.vetting.cards import ReviewCards
from bot.vetting.labels import Labels
from bot.vetting.ports import Keeping
from bot.vetting.screened import Screen
from bot.vetting.service import Vetting


@dataclass(frozen=True, slots=True)
class DirectoryRecords:
    """`bot.vetting.proposal.Records` on the directory's current snapshot."""

    directory: Directory

    def current(self, record_id: str) -> Resource | None:
        return self.directory.current.by_id.get(record_id)

    def shipped(self, record_id: str) -> Resource | None:
        return self.directory.current.shipped.get(record_id)


async def opened(keeping: Keeping, tools: Tools, settings: Settings, directory: Directory) -> Vetting:
    """The service over what keeps. Raises StorageError or SetupError where that cannot be opened."""
    kept = await keeping.open()
    # Another process may have joined a room since.
    tools.meeting.take_in(await kept.rooms.all())
    return Vetting(
        kept.cases,
        DirectoryRecords(directory),
        tools.meeting,
        settings.vetting,
        keeping.clock,
        ReviewCards(Labels(tools.cards)),
        settings.language or "en",
        kept.claim_key,
    )


def with_vetting(router: Router, tools: Tools, settings: Settings, directory: Directory, keeping: Keeping) -> Router:
    """`router` with every act of these areas."""
    screen = Screen(lambda: tools.shelf().index.records)
    desk = Desk(tools, partial(opened, keeping, tools, settings, directory), keeping.drafts, screen)
    by_area: dict[str, Handler] = {
        "suggest": Suggest(desk), "case": Case(desk), "report": Report(desk, Complete(tools)), "review": Review(desk),
    }  # fmt: skip
    handlers = {act: by_area[area] for act in RIGHTS if (area := act.partition(".")[0]) in by_area}
    return replace(
        router,
        handlers={**router.handlers, **handlers},
        spoken=Spoken.shipped(tools.messages, keeping.said_at or nothing_said),
    )
