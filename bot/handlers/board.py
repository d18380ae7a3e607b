"""What the handlers of announcements and campaigns share: what is kept, opened when it is first needed, and who may act."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from bot.announcements.lint import Judge
from bot.announcements.ports import Boards, Opening
from bot.announcements.service import Announcing
from bot.core.reply import Action, Reply, sentence
from bot.core.request import Request
from bot.core.rights import allowed, spot_of
from bot.handlers.complete import Complete
from bot.handlers.desk import locale_of
from bot.handlers.shelf import Tools
from bot.outbox.model import Progress
from bot.vetting.links import judge
from bot.vetting.lookalikes import KnownHosts

_REASONS = ("no-room", "no-permission", "not-encrypted", "too-long", "no-message", "gave-up", "full", "closed")


@dataclass(frozen=True, slots=True)
class Board:
    """`open` may raise StorageError or SetupError; nothing was then kept."""

    tools: Tools
    complete: Complete
    opening: Opening
    rules: Announcing

    def say(self, locale: str, message_id: str, **args: str | int) -> str:
        return self.tools.messages.say(locale, message_id, **args)

    def sentence(self, request: Request, message_id: str, *actions: Action, **args: str | int) -> Reply:
        """One sentence, with what can be done next."""
        locale = locale_of(request)
        return sentence(self.say(locale, message_id, **args), locale, actions)

    async def boards(self) -> Boards:
        return await self.opening.open()

    def moderator(self, act: str, request: Request) -> tuple[str, frozenset[str]]:
        """The pseudonym of the moderator who acts, and the communities it may touch. Raises InputError for anybody else."""
        standing = request.actor.standing
        return standing.moderator, allowed(act, standing, spot_of(request, self.tools.meeting))

    def progress(self, progress: Progress, locale: str) -> str:
        """How far something is on its way to many rooms, in one line: why some failed, are late, or are not yet handed on."""
        line = self.say(
            locale, "announce-progress", sent=progress.sent, waiting=progress.queued, failed=progress.failed,
            uncertain=progress.uncertain, cancelled=progress.cancelled,
        )  # fmt: skip
        reasons = [f"{self._reason(code, locale)}: {count}" for code, count in progress.failures]
        told = [
            *(["(" + ", ".join(reasons) + ")"] if reasons else []),
            *([self.say(locale, "announce-handing-on", count=progress.handing_on)] if progress.handing_on else []),
            *([self.say(locale, "announce-overdue", count=progress.late)] if progress.late else []),
        ]
        return " ".join([line, *told])

    def _reason(self, code: str, locale: str) -> str:
        return self.say(locale, f"failed-{code if code in _REASONS else 'other'}")

    def code(self, kind: str, given: str) -> str:
        """The code of a topic or place that was given in words; empty for none. Raises InputError for another one."""
        return self.complete.code(kind, given.strip(" -")) or ""

    def codes(self, kind: str, given: str) -> tuple[str, ...]:
        """Those of a list with commas."""
        return tuple(found for each in given.split(",") if (found := self.code(kind, each)))


def link_judge(tools: Tools) -> Judge:
    """What a link is, by its text and the hosts of the directory; nothing is opened."""

    def judged(url: str) -> Literal["known", "unknown", "refuse"]:
        hosts = {host for record in tools.shelf().index.records if (host := _host(record.contact.url or ""))}
        if judge(url, KnownHosts.of(hosts)).verdict == "refuse":
            return "refuse"
        return "known" if _host(url) in hosts else "unknown"

    return judged


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
