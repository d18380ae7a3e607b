"""Proposals of a file as suggestions for moderators: screened as anybody's words are, and nobody holds their claim codes."""

from dataclasses import dataclass, field, replace

from bot.directory.importing import Proposed
from bot.handlers.shelf import Tools
from bot.vetting.claim import claim_of, new_token
from bot.vetting.model import NewCase, Submission
from bot.vetting.proposal import drafted
from bot.vetting.quotas import QuotaError
from bot.vetting.screened import Screen
from bot.vetting.service import Vetting


@dataclass(frozen=True)
class Importing:
    """`bot.directory.importing.Suggesting` on the vetting of this installation."""

    vetting: Vetting
    tools: Tools
    screen: Screen = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "screen", Screen(lambda: self.tools.shelf().index.records))

    async def suggest(self, proposed: Proposed) -> bool:
        """Whether it waits now. Not taken in: a link that is known or waits already, what looks personal, a full queue.

        The contacts of a whole record are the service's own public ones: its fields are made for nothing else.
        """
        new = self.vetting.new_case("suggestion")
        found = self.screen(proposed.what, await self.vetting.alike(new.community))
        is_record = bool(proposed.values)
        if (found.doubles or found.personal) and not is_record:
            return False
        submission = Submission(
            proposed.what, is_public_contact=is_record and bool(found.personal), flags=found.flags, links=found.links,
            doubles=tuple(each for each in found.doubles if each != proposed.record_id),
        )  # fmt: skip
        shelf = self.tools.shelf()
        values = proposed.values or drafted(
            submission, shelf.understanding.understand(proposed.what), shelf.index.by_id
        )
        case = replace(new, submission=submission, proposal=values, record=proposed.record_id)
        try:
            await self.vetting.open(NewCase(case, claim_of(new_token(), self.vetting.claim_key)))
        except QuotaError:
            return False
        return True
