"""From topic to place by numbered choices, for those who have no words for it.

A place that is asked for is at most a region.
"""

from collections import Counter
from dataclasses import dataclass

from bot.core.reply import Action, Paragraph, Reply, sentence
from bot.core.request import ActionPress, Request
from bot.directory.model import WORLDWIDE
from bot.handlers.coded import Args, place_of, with_place
from bot.handlers.shelf import Tools, locale_or_english

NEEDS: dict[str, tuple[str, ...]] = {
    "talk": ("peer-support", "crisis", "mental-health"),
    "legal": ("legal-help", "know-your-rights", "police-misconduct"),
    "immigration": ("immigration", "translation"),
    "health": ("health", "sexual-health", "gender-affirming-care"),
    "drugs": ("harm-reduction", "overdose"),
    "violence": ("violence-support", "sexual-assault", "bad-date-reporting"),
    "home": ("housing", "food", "drop-in"),
    "money": ("emergency-funds", "money-and-taxes"),
    "work": ("workplace-rights", "online-work", "union"),
    "digital": ("digital-safety",),
    "community": ("advocacy", "community-events", "law-reform"),
}
"""Few enough to read in one go; each is a handful of topics. Their names are the messages `need-…`."""
MOST_COUNTRIES = 12


@dataclass(frozen=True, slots=True)
class Guided:
    """Without arguments the needs; then the place. A place that is already known is not asked again."""

    tools: Tools

    def __call__(self, request: Request) -> Reply:
        args = request.body.args if isinstance(request.body, ActionPress) else ()
        return self.topics(locale_or_english(request.actor.locale), args[0][2:] if args and args[0][:2] == "p:" else "")

    def topics(self, locale: str, place: str = "") -> Reply:
        """The needs to choose from; with a place coded, a choice leads to the answer, else to the question where."""
        actions = []
        for need, topics in NEEDS.items():
            coded = with_place((f"t:{'+'.join(topics)}",), place)
            label = self._say(locale, f"need-{need}")
            actions.append(Action("find", label, coded) if place else Action("place", label, ("find", *coded)))
        return sentence(self._say(locale, "guided-topic"), locale, actions)

    def _say(self, locale: str, message_id: str, **args: str) -> str:
        return self.tools.messages.say(locale, message_id, **args)


@dataclass(frozen=True, slots=True)
class ChoosePlace:
    """Where: a country, then a region of it where the directory has any; then on to the action that wanted to know.

    The arguments are the name of that action and its arguments; `p:CA` among them means the country is chosen.
    """

    tools: Tools

    def __call__(self, request: Request) -> Reply:
        locale = locale_or_english(request.actor.locale)
        args = request.body.args if isinstance(request.body, ActionPress) else ()
        target, coded = (args[0], args[1:]) if args else ("find", ())
        chosen = next((arg[2:] for arg in coded if arg[:2] == "p:"), "")
        return self._regions(target, coded, chosen, locale) if chosen else self._countries(target, coded, locale)

    def _countries(self, target: str, coded: Args, locale: str) -> Reply:
        """The countries with most records, by their names in the person's language; any other can be typed."""
        gazetteer = self.tools.cards.gazetteer
        actions = []
        for country in sorted(self._counted(), key=lambda code: gazetteer.name(place_of(code), locale)):
            more = self._regions_of(country)
            name = gazetteer.name(place_of(country), locale)
            placed = with_place(coded, country)
            actions.append(Action("place", name, (target, *placed)) if more else Action(target, name, placed))
        actions.append(Action(target, self._say(locale, "guided-anywhere"), coded))
        blocks = (Paragraph((self._say(locale, "guided-place"),)), Paragraph((self._say(locale, "guided-type"),)))
        return Reply(blocks, tuple(actions), locale=locale, awaits_place=Action(target, "", coded))

    def _regions(self, target: str, coded: Args, country: str, locale: str) -> Reply:
        gazetteer = self.tools.cards.gazetteer
        name = gazetteer.name(place_of(country), locale)
        regions = sorted((gazetteer.name(place_of(code), locale), code) for code in self._regions_of(country))
        actions = [Action(target, shown, with_place(coded, code)) for shown, code in regions]
        actions.append(Action(target, self._say(locale, "guided-all", place=name), with_place(coded, country)))
        blocks = (
            Paragraph((self._say(locale, "guided-region", place=name),)),
            Paragraph((self._say(locale, "guided-type"),)),
        )
        return Reply(blocks, tuple(actions), locale=locale, awaits_place=Action(target, "", with_place(coded, "")))

    def _counted(self) -> list[str]:
        counts = Counter(
            country
            for record in self.tools.shelf().index.records
            for country in {area.country for area in record.coverage}
        )
        del counts[WORLDWIDE]
        return [country for country, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:MOST_COUNTRIES]]

    def _regions_of(self, country: str) -> set[str]:
        return {
            area.region
            for record in self.tools.shelf().index.records
            for area in record.coverage
            if area.country == country and area.region
        }

    def _say(self, locale: str, message_id: str, **args: str) -> str:
        return self.tools.messages.say(locale, message_id, **args)
