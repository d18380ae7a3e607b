"""Records and reasons in a person's language: short in a list, with its police line on an urgent card, or whole.

Only what a record holds is shown; an empty field shows no heading. Nothing is worded here, every sentence is in
`bot.text`; a description the record has only in another language is shown with the name of that language.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce

from bot.core.reply import Block, Bullets, Card, Heading, Link, Span
from bot.directory.freshness import Freshness, State, freshness
from bot.directory.model import WORLDWIDE, PartialDate, Resource
from bot.directory.places import Gazetteer
from bot.directory.query import Match, Place, Reason
from bot.text.messages import Messages

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
# Languages a description is taken from when it is not there in the asker's, the most widely read first.
_ELSE = ("en", "fr", "es")
SEPARATOR = " · "
_VALUES = {"wish": "yes", "refuse": "no", "unknown": "unknown"}
_AGES: dict[State, str] = {
    "in-date": "fresh-checked",
    "due": "fresh-due",
    "past": "fresh-past",
    "opens": "fresh-opens",
    "until": "fresh-until",
    "ended": "fresh-ended",
    "unchecked": "fresh-unchecked",
}

Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Cards:
    """Puts records into words; `gazetteer` knows the names of places in each language."""

    messages: Messages
    gazetteer: Gazetteer

    def brief(self, match: Match, locale: str, today: date) -> Card:
        """One result of a list: why it is there, what it is, how to reach it, how fresh it is."""
        record = match.resource
        lines: list[Line] = [(self._say(locale, "card-why", reasons=SEPARATOR.join(self.reasons(match, locale))),)]
        lines += self._described(record, locale)
        lines += self._contact_lines(record, locale)
        lines += self._spoken(record, locale)
        lines.append((self._say(locale, "card-fresh", freshness=self.freshness(record, locale, today)),))
        return Card(record.name, tuple(lines), self._cautions(record, locale), record.id)

    def contact(self, match: Match, locale: str, today: date) -> Card:
        """One contact of an urgent card: how to reach it first, then its hours and what is known about police."""
        record = match.resource
        lines = self._contact_lines(record, locale) or [(self._say(locale, "card-no-contact"),)]
        lines += self._spoken(record, locale)
        lines.append((self._say(locale, "card-why", reasons=SEPARATOR.join(self.reasons(match, locale))),))
        lines.append((self._say(locale, "card-police", known=self._police(record, locale)),))
        lines.append(
            (self._say(locale, "card-fresh", freshness=self.freshness(record, locale, today, is_urgent=True)),)
        )
        told = ("may-involve-emergency-services", "police-partnership", "police-only-with-consent")
        return Card(record.name, tuple(lines), self._cautions(record, locale, told), record.id)

    def whole(self, record: Resource, locale: str, today: date) -> tuple[Block, ...]:
        """All that is known of one record, with its sources."""
        lines = [*self._described(record, locale), *self._contact_lines(record, locale)]
        if record.contact.address:
            lines.append((self._say(locale, "card-address", address=record.contact.address),))
        lines += self._spoken(record, locale)
        lines.append((self._say(locale, "card-fresh", freshness=self.freshness(record, locale, today)),))
        lines += [
            (
                self._say(
                    locale,
                    "show-check",
                    date=self.date(PartialDate(check.date.year, check.date.month), locale),
                    method=self._say(locale, f"method-{check.method}"),
                ),
            )
            for check in record.checks
            if check.outcome != "failed"
        ]
        facts = tuple((line,) for line in self._facts(record, locale))
        blocks: list[Block] = [
            Card(record.name, tuple(lines), self._cautions(record, locale), record.id),
            Bullets(facts),
        ]
        if record.sources:
            blocks += [Heading(self._say(locale, "show-sources")), Bullets(tuple(self._sources(record, locale)))]
        return tuple(blocks)

    def reasons(self, match: Match, locale: str) -> list[str]:
        """Why the match is there, one text for each reason, in the order of the search."""
        return [text for reason in match.reasons for text in self._reason(reason, locale)]

    def freshness(self, record: Resource, locale: str, today: date, *, is_urgent: bool = False) -> str:
        """The line of `policy.md` §4, with the age of the phone number where it is old or not known."""
        found = freshness(record, today, is_urgent)
        line = self._age(found, locale)
        if found.phone == "fresh":
            return line
        if found.phone == "undated" or found.phone_date is None:
            second = self._say(locale, "fresh-phone-undated")
        else:
            second = self._say(locale, "fresh-phone-old", date=self.date(PartialDate(found.phone_date.year), locale))
        return self._say(locale, "fresh-joined", first=line, second=second)

    def _age(self, found: Freshness, locale: str) -> str:
        if found.date is None:
            return self._say(locale, "fresh-undated")
        # The day of a page says little about the day the fact was true: a source is named by its year.
        day = PartialDate(found.date.year) if found.state == "unchecked" else found.date
        return self._say(locale, _AGES[found.state], date=self.date(day, locale))

    def date(self, day: PartialDate, locale: str) -> str:
        """A month and year, or the year alone: "March 2026"."""
        if day.month is None:
            return self._say(locale, "date-year", year=f"{day.year}")
        return self._say(locale, "date-month", month=_MONTHS[day.month - 1], year=f"{day.year}")

    def place(self, code: str, locale: str) -> str:
        """The name of a place given as it stands in a reason: a country, a region, or a place by its name."""
        if len(code) == 2 and code.isupper():
            return self.gazetteer.name(Place(code), locale)
        if code[2:3] == "-" and code[:2].isupper() and " " not in code:
            return self.gazetteer.name(Place(code[:2], code), locale)
        return self.gazetteer.name(Place(WORLDWIDE, None, code), locale)

    def place_within(self, place: Place, locale: str) -> str:
        """A place with what it lies in, to tell it from its namesakes: "London (Ontario)"."""
        if place.name is None and place.region is None:
            return self.gazetteer.name(place, locale)
        around = Place(place.country, place.region if place.name else None)
        return self._say(
            locale, "place-within", place=self.gazetteer.name(place, locale), around=self.gazetteer.name(around, locale)
        )

    def words(self, family: str, values: Iterable[str], locale: str) -> str:
        """Controlled words by their names, as a list in one line; a word without a name is left out."""
        ids = [f"{family}-{value}" for value in values]
        return self.joined([self._say(locale, each) for each in ids if self.messages.has(locale, each)], locale)

    def languages(self, codes: Iterable[str], locale: str) -> str:
        """Names of languages as a list in one line."""
        return self.joined([self.language(code, locale) for code in codes], locale)

    def language(self, code: str, locale: str) -> str:
        """The name of a language, its code where the texts have no name for it."""
        message_id = f"language-{code.partition('-')[0]}"
        return self._say(locale, message_id) if self.messages.has(locale, message_id) else code

    def joined(self, texts: Sequence[str], locale: str) -> str:
        """`texts` as a list in one line, with the comma of the language."""
        if not texts:
            return ""
        return reduce(lambda first, second: self._say(locale, "list-comma", first=first, second=second), texts)

    def _say(self, locale: str, message_id: str, **args: str) -> str:
        return self.messages.say(locale, message_id, **args)

    def _reason(self, reason: Reason, locale: str) -> list[str]:
        values = reason.values
        match reason.kind:
            case "named":
                texts = [self._say(locale, "reason-named")]
            case "covers":
                texts = [self._covered(value, locale) for value in values]
            case "topic" | "access":
                texts = [self.words(reason.kind, values, locale)]
            case "serves":
                texts = [self._say(locale, "reason-serves", serves=self.words("serves", values, locale))]
            case "language":
                texts = [self._say(locale, "reason-language", languages=self.languages(values, locale))]
            case "led-by":
                texts = [self._say(locale, f"led-by-{value}") for value in values]
            case "wish" | "refuse" | "unknown":
                texts = [self._say(locale, f"label-{value}", value=_VALUES[reason.kind]) for value in values]
        return texts

    def _covered(self, code: str, locale: str) -> str:
        if code == WORLDWIDE:
            return self._say(locale, "reason-worldwide")
        return self._say(locale, "reason-covers", place=self.place(code, locale))

    def _described(self, record: Resource, locale: str) -> list[Line]:
        if locale in record.description:
            return [(record.description[locale],)]
        language = next((each for each in (*_ELSE, *record.description) if each in record.description), None)
        if language is None:
            return []
        name = self.languages([language], locale)
        return [(self._say(locale, "card-only-in", language=name, description=record.description[language]),)]

    def _contact_lines(self, record: Resource, locale: str) -> list[Line]:
        contact = record.contact
        lines: list[Line] = []
        for message_id, phone in (
            ("card-phone", contact.phone),
            ("card-text", contact.text),
            ("card-whatsapp", contact.whatsapp),
        ):
            if phone:
                lines.append((self._say(locale, message_id, phone=phone),))
        if contact.email:
            lines.append((self._say(locale, "card-email", email=contact.email),))
        if contact.url:
            lines.append((self._say(locale, "card-web") + " ", Link(contact.url, contact.url)))
        if contact.hours:
            lines.append((self._say(locale, "card-hours", hours=contact.hours),))
        return lines

    def _spoken(self, record: Resource, locale: str) -> list[Line]:
        if not record.languages:
            return []
        return [(self._say(locale, "card-languages", languages=self.languages(record.languages, locale)),)]

    def _cautions(self, record: Resource, locale: str, told: Sequence[str] = ()) -> tuple[str, ...]:
        return tuple(
            self._say(locale, "card-caution", caution=self._say(locale, f"caution-{each}"))
            for each in record.cautions
            if each not in told
        )

    def _police(self, record: Resource, locale: str) -> str:
        """What is known about police: whether it sends them, and how else it deals with them."""
        known = [self._say(locale, "label-sends-police", value=record.label("sends-police"))]
        if record.label("police-partnership") != "unknown":
            known.append(self._say(locale, "label-police-partnership", value=record.label("police-partnership")))
        if "police-only-with-consent" in record.cautions:
            known.append(self._say(locale, "caution-police-only-with-consent"))
        return self.joined(known, locale)

    def _facts(self, record: Resource, locale: str) -> list[str]:
        known = [self._say(locale, f"label-{name}", value=label.value) for name, label in record.labels]
        if record.label("sends-police") == "unknown" and not any(name == "sends-police" for name, _ in record.labels):
            known.append(self._say(locale, "label-sends-police", value="unknown"))
        places = [
            self.place(area.place or area.region or area.country, locale)
            if area.country != WORLDWIDE or area.place
            else self._say(locale, "reason-worldwide")
            for area in record.coverage
        ]
        facts = [
            self._say(locale, "show-kind", kind=self._say(locale, f"kind-{record.kind}")),
            self._say(locale, "show-led-by", led=self._say(locale, f"led-by-{record.led_by}")),
            self._say(locale, "show-topics", topics=self.words("topic", record.topics, locale)),
            self._say(locale, "show-serves", serves=self.words("serves", record.serves, locale)),
            self._say(locale, "show-covers", places=self.joined(places, locale)),
            self._say(locale, "show-access", ways=self.words("access", record.access, locale)),
            self._say(locale, "show-known", labels=self.joined(known, locale)),
        ]
        if record.involvement:
            facts.insert(2, self._say(locale, "show-involvement", involvement=record.involvement))
        if record.aliases:
            facts.append(self._say(locale, "show-aliases", names=self.joined(record.aliases, locale)))
        if record.calls:
            facts.append(self._say(locale, "show-calls", calls=self.joined(record.calls, locale)))
        return facts

    def _sources(self, record: Resource, locale: str) -> Iterable[Line]:
        for source in record.sources:
            if source.dated is None:
                said = self._say(locale, "show-source", says=source.says)
            else:
                said = self._say(locale, "show-source-dated", says=source.says, date=self.date(source.dated, locale))
            yield (f"{said} ", Link(source.url, source.url))
