"""The words for what a case is, what a report says and why something was rejected."""

from dataclasses import dataclass

from bot.core.reply import Reply, sentence
from bot.directory.cards import Cards
from bot.vetting.model import Case, Problem, Reason


@dataclass(frozen=True, slots=True)
class Labels:
    """Texts of cases; `cards` words records and dates."""

    cards: Cards

    def say(self, locale: str, message_id: str, **args: str | int) -> str:
        return self.cards.messages.say(locale, message_id, **args)

    def sentence(self, locale: str, message_id: str, **args: str | int) -> Reply:
        """One sentence as a reply."""
        return sentence(self.say(locale, message_id, **args), locale)

    def title(self, case: Case, locale: str) -> str:
        """What a case is about, for moderators: its code, its kind, the record's id or the proposed name."""
        about = case.record or str(case.proposal.get("name", ""))
        urgent = "yes" if case.is_urgent else "no"
        return self.say(locale, "review-title", code=case.code, kind=case.kind, about=about, urgent=urgent)

    def state(self, case: Case, locale: str) -> str:
        """What became of it, for the person who holds the claim code."""
        return self.say(locale, f"case-state-{case.state}")

    def problem(self, problem: Problem, locale: str) -> str:
        return self.say(locale, f"problem-{problem}")

    def reason(self, reason: Reason, locale: str) -> str:
        return self.say(locale, f"reason-{reason}")

    def question(self, name: str, locale: str) -> str:
        """The short name of a question of the form."""
        return self.say(locale, f"suggest-short-{name}")
