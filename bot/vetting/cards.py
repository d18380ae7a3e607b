"""A case as moderators see it in their room: the proposal, the words, the flags, what others said; never who sent it.

Nothing here comes from the person but the words they saw in the preview: no id, name, server, language, time or link to
a message; of the time only the day.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.reply import Action, Block, Bullets, Card, Heading, Notice, Paragraph, Reply
from bot.directory.model import PartialDate
from bot.directory.record import required_fields
from bot.vetting.labels import Labels
from bot.vetting.model import Case, Decision, Submission
from bot.vetting.proposal import shown_fields
from bot.vetting.unpressable import defanged, unpressable

MOST_IN_ROOM = 220
"""Longest text of a card in a room: with all of them it stays one message of Discord."""
_MOST_LINKS = 5


@dataclass(frozen=True, slots=True)
class ReviewCards:
    """Puts cases into words, in the language of a review room."""

    labels: Labels

    def card(self, case: Case, locale: str, most: int | None = None) -> Reply:
        """The card of a case as it is; of a closed one only what became of it.

        Texts are cut at `most` characters, so that the card of a room fits into one message; the whole is one press away.
        """
        if case.state != "pending":
            return Reply((Paragraph((self._closed(case, locale),)),), locale=locale, audience="room")
        cut = _Cut(most)
        blocks: list[Block] = [Heading(cut(self.labels.title(case, locale))), *self._about(case, locale, cut)]
        blocks += self._warnings(case, locale, cut)
        blocks += [Paragraph((line,)) for line in self._said(case, locale, cut)]
        actions = self.actions(case, locale)
        if cut.is_cut:
            blocks.append(Notice(self.labels.say(locale, "review-cut")))
            actions = (*actions, Action("review.card", self.labels.say(locale, "do-see-all"), (case.code,)))
        return Reply(tuple(blocks), actions, audience="room", locale=locale, is_urgent=case.is_urgent)

    def line(self, case: Case, locale: str) -> str:
        """The case in one line of the list."""
        return self.labels.say(
            locale, "review-line", code=case.code, what=self.labels.title(case, locale),
            day=self._day(case, locale), approvals=len(case.counted("approve")),
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

    def _about(self, case: Case, locale: str, cut: "_Cut") -> Iterator[Block]:
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
            yield Card(fields["name"] or case.code, tuple((cut(line),) for line in lines if not line.endswith(": ")))
        if case.submission:
            given = case.submission
            items = [
                (f"{self.labels.question(name, locale)}: {cut(unpressable(words, given))}",)
                for name, words in given.texts().items()
            ]
            yield Bullets(tuple(items))

    def _warnings(self, case: Case, locale: str, cut: "_Cut") -> Iterator[Block]:
        say, given = self.labels.say, case.submission
        missing = [name for name in required_fields(case.proposal.get("kind", "")) if not case.proposal.get(name)]
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
        for link in [each for each in given.links if each.verdict in ("warn", "refuse")][:_MOST_LINKS]:
            yield Notice(say(locale, f"review-link-{link.verdict}", url=cut(defanged(link.shown))))

    def _said(self, case: Case, locale: str, cut: "_Cut") -> Iterator[str]:
        say = self.labels.say
        if case.version > 1:
            yield say(locale, "review-version", version=case.version)
        for decision in case.decisions:
            yield self._decided(decision, case, locale)
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
            yield say(locale, "review-question", words=cut(case.question))
            given = case.submission or Submission("")
            yield (
                say(locale, "review-answer", words=cut(unpressable(case.answer, given)))
                if case.answer
                else say(locale, "review-no-answer")
            )

    def _decided(self, decision: Decision, case: Case, locale: str) -> str:
        is_old = "yes" if decision.version != case.version else "no"
        if decision.verdict == "approve":
            return self.labels.say(locale, "review-approved-by", name=decision.moderator, old=is_old)
        reason = self.labels.reason(decision.reason or "unclear", locale)
        return self.labels.say(locale, "review-rejected-by", name=decision.moderator, reason=reason, old=is_old)


class _Cut:
    """Cuts texts, and remembers whether it had to."""

    def __init__(self, most: int | None) -> None:
        self._most = most
        self.is_cut = False

    def __call__(self, words: str) -> str:
        if self._most is None or len(words) <= self._most:
            return words
        self.is_cut = True
        return words[: self._most - 1].rstrip() + "…"
