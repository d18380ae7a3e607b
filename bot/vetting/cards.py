"""A case as moderators see it in their room: the proposal, the words, the flags, what others said; never who sent it.

Nothing here comes from the person but the words they saw in the preview: no id, name, server, language, time or link to
a message; of the time only the day.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.reply import Action, Block, Bullets, Card, Heading, Notice, Paragraph, Reply
from bot.directory.model import PartialDate
from bot.directory.record import REQUIRED_FIELDS
from bot.vetting.labels import Labels
from bot.vetting.model import Case, Submission, Vote
from bot.vetting.proposal import shown_fields

_SCHEME = re.compile(r"https?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReviewCards:
    """Puts cases into words, in the language of a review room."""

    labels: Labels

    def card(self, case: Case, locale: str) -> Reply:
        """The card of a case as it is; of a closed one only what became of it."""
        if case.state != "pending":
            return Reply((Paragraph((self._closed(case, locale),)),), locale=locale, audience="room")
        blocks: list[Block] = [Heading(self.labels.title(case, locale)), *self._about(case, locale)]
        blocks += self._warnings(case, locale)
        blocks += [Paragraph((line,)) for line in self._said(case, locale)]
        return Reply(
            tuple(blocks), self.actions(case, locale), audience="room", locale=locale, is_urgent=case.is_urgent
        )

    def line(self, case: Case, locale: str) -> str:
        """The case in one line of the list."""
        return self.labels.say(
            locale, "review-line", code=case.code, what=self.labels.title(case, locale),
            day=self._day(case, locale), votes=len(case.counted("approve")),
        )  # fmt: skip

    def actions(self, case: Case, locale: str) -> tuple[Action, ...]:
        """What can be done with it; the version goes along, so that nobody decides about one they did not see."""
        say, seen = self.labels.say, (case.code, str(case.version))
        found = [
            Action("review.approve", say(locale, "do-approve"), seen),
            Action("review.reject", say(locale, "do-reject"), seen),
            Action("review.ask", say(locale, "do-ask-back"), (case.code,)),
        ]
        if case.kind != "show":
            found.append(Action("review.edit", say(locale, "do-edit"), seen))
            found.append(Action("review.check", say(locale, "do-check"), (case.code,)))
        if case.kind == "report":
            found.append(Action("review.hide", say(locale, "do-hide-record"), (case.record, case.code)))
        found.append(Action("review.take", say(locale, "do-take"), (case.code,)))
        found.append(Action("review.tie", say(locale, "do-tie"), (case.code,)))
        return tuple(found)

    def _closed(self, case: Case, locale: str) -> str:
        return self.labels.say(locale, "review-closed", code=case.code, state=case.state)

    def _day(self, case: Case, locale: str) -> str:
        day = case.made_on
        return self.labels.cards.date(PartialDate(day.year, day.month, day.day), locale)

    def _about(self, case: Case, locale: str) -> Iterator[Block]:
        yield Paragraph((self.labels.say(locale, "review-day", day=self._day(case, locale)),))
        if case.problem:
            yield Paragraph((self.labels.problem(case.problem, locale),))
        if case.line:
            yield Paragraph((self.labels.say(locale, "review-about-line", line=case.line),))
        if case.proposal:
            fields = shown_fields(case.proposal)
            lines = [
                line for name in ("description", "contact", "facts", "sources") for line in fields[name].splitlines()
            ]
            yield Card(fields["name"] or case.code, tuple((line,) for line in lines if not line.endswith(": ")))
        if case.submission:
            given = case.submission
            items = [
                (f"{self.labels.question(name, locale)}: {unpressable(words, given)}",)
                for name, words in given.texts().items()
            ]
            yield Bullets(tuple(items))

    def _warnings(self, case: Case, locale: str) -> Iterator[Block]:
        say, given = self.labels.say, case.submission
        missing = [name for name in REQUIRED_FIELDS if not case.proposal.get(name)]
        if case.kind == "suggestion" and missing:
            yield Notice(say(locale, "review-missing", fields=", ".join(missing)))
        if given is None:
            return
        if given.flags:
            what = ", ".join(dict.fromkeys(f"{flag.kind}/{flag.what}" for flag in given.flags))
            yield Notice(say(locale, "review-flags", flags=what))
        if given.is_public_contact:
            yield Notice(say(locale, "review-public-contact"))
        if given.doubles:
            yield Notice(say(locale, "review-doubles", ids=", ".join(given.doubles)))
        for link in given.links:
            if link.verdict in ("warn", "refuse"):
                yield Notice(say(locale, f"review-link-{link.verdict}", url=defanged(link.shown)))

    def _said(self, case: Case, locale: str) -> Iterator[str]:
        say = self.labels.say
        if case.version > 1:
            yield say(locale, "review-version", version=case.version)
        for vote in case.votes:
            yield self._voted(vote, case, locale)
        for name in case.ties:
            yield say(locale, "review-tie-said", name=name)
        if case.taker:
            yield say(locale, "review-taken", name=case.taker)
        for check in case.checks:
            day = PartialDate(check.date.year, check.date.month, check.date.day)
            yield say(
                locale,
                "review-check-said",
                method=say(locale, f"method-{check.method}"),
                day=self.labels.cards.date(day, locale),
            )
        if case.question:
            yield say(locale, "review-question", words=case.question)
            given = case.submission or Submission("")
            yield (
                say(locale, "review-answer", words=unpressable(case.answer, given))
                if case.answer
                else say(locale, "review-no-answer")
            )

    def _voted(self, vote: Vote, case: Case, locale: str) -> str:
        is_old = "yes" if vote.version != case.version else "no"
        if vote.verdict == "approve":
            return self.labels.say(locale, "review-approved-by", name=vote.moderator, old=is_old)
        reason = self.labels.reason(vote.reason or "unclear", locale)
        return self.labels.say(locale, "review-rejected-by", name=vote.moderator, reason=reason, old=is_old)


def unpressable(words: str, given: Submission) -> str:
    """The words, with each refused or unclear web address written so that no client makes a link of it."""
    for link in given.links:
        if link.verdict in ("warn", "refuse"):
            words = words.replace(link.url, defanged(link.url))
        elif link.shown != link.url:
            words = words.replace(link.url, link.shown)
    return words


def defanged(url: str) -> str:
    """An address one can read and not press: hxxps://example[.]org."""
    return _SCHEME.sub(lambda found: found[0][0] + "xx" + found[0][3:], url, count=1).replace(".", "[.]")
