"""The card of an urgent or boundary class: what can be done now, at most three contacts, the rest in a few lines.

In the order of `policy.md` §6: the first line, contacts that cover the place, the emergency number as a choice with its
consequence, that the bot contacts nobody, peers. Fits one screen of a phone; nothing here asks for more than a region.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

from bot.core.reply import Block, Link, Notice, Paragraph
from bot.directory.cards import Cards
from bot.directory.index import Index
from bot.directory.model import PartialDate
from bot.directory.query import Match, Place, Query
from bot.text.messages import Messages
from bot.urgent.contacts import Contacts
from bot.urgent.offers import Offer, offers

_BY_URGENCY = frozenset({"overdose", "violence", "police-raid", "stalking-doxxing"})
"""Classes whose card says one thing while it goes on, and another once it is over or not yet there."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A class with its urgency and the further classes of the same message."""

    kind: str
    urgency: str = "none"
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UrgentCard:
    """The blocks to show, and the contacts among them, best first. `asks_place` when a place would help."""

    blocks: tuple[Block, ...]
    contacts: tuple[Match, ...]
    asks_place: bool
    names_peers: bool


@dataclass(frozen=True, slots=True)
class UrgentCards:
    """Writes the cards. Needs no network and no database; with an empty index it still says what can be done now."""

    messages: Messages
    cards: Cards

    def write(self, situation: Situation, query: Query, index: Index, today: date) -> UrgentCard:
        """The card for `situation`, in `query.locale`. An unknown class is a fault of ours and raises KeyError."""
        offer = offers()[situation.kind]
        locale = query.locale
        contacts = Contacts(index, today)
        further = [offers()[kind] for kind in situation.also if kind in offers() and not offer.is_far]
        is_now = situation.urgency == "now"
        chosen = contacts.choose(offer, query, further=further, is_now=is_now) if offer.steps else []
        args = {"urgency": situation.urgency} if situation.kind in _BY_URGENCY else {}
        blocks: list[Block] = [Paragraph((self._say(locale, f"card-{situation.kind}", **args),))]
        if offer.names_rights and query.places:
            rights = self._rights(contacts, query)
            # A rights card is what can be done now; that there is none is not.
            blocks.insert(0 if len(rights.spans) > 1 else 1, rights)
        blocks += [self.cards.contact(match, locale, today) for match in chosen]
        blocks += self._after(offer, situation, query, has_contacts=bool(chosen))
        asks_place = bool(offer.steps) and not offer.is_far and not query.places
        return UrgentCard(tuple(blocks), tuple(chosen), asks_place, offer.names_peers)

    def _say(self, locale: str, message_id: str, **args: str) -> str:
        return self.messages.say(locale, message_id, **args)

    def _rights(self, contacts: Contacts, query: Query) -> Paragraph:
        """The dated rights card of the place, or that there is none."""
        locale, found = query.locale, contacts.rights_card(query)
        url = found[0].contact.url if found else None
        if found is None or url is None:
            return Paragraph((self._say(locale, "rights-none"),))
        guide, place = found
        where = self.cards.gazetteer.name(place, locale)
        if guide.as_of is None:
            said = self._say(locale, "rights-card-undated", place=where)
        else:
            said = self._say(
                locale, "rights-card", place=where, date=self.cards.date(PartialDate(guide.as_of.year), locale)
            )
        return Paragraph((f"{said} ", Link(guide.name, url)))

    def _after(self, offer: Offer, situation: Situation, query: Query, *, has_contacts: bool) -> list[Block]:
        locale = query.locale
        blocks: list[Block] = []
        if offer.steps and not has_contacts:
            if query.places:
                where = self.cards.gazetteer.name(query.places[0], locale)
                blocks.append(Paragraph((self._say(locale, "card-contacts-none", place=where),)))
            else:
                blocks.append(Paragraph((self._say(locale, "card-contacts-none-anywhere"),)))
        if offer.steps and not offer.is_far and not query.places:
            blocks.append(Paragraph((self._say(locale, "card-where"),)))
        if offer.names_emergency and (situation.urgency != "none"):
            blocks.append(Notice(self._emergency(query.places, locale)))
        if offer.names_peers:
            blocks.append(Paragraph((self._say(locale, "card-peers"),)))
        if situation.kind in ("buyer", "find-person"):
            blocks.append(Paragraph((self._say(locale, "card-help-elsewhere"),)))
        blocks.append(Notice(self._say(locale, "card-nobody")))
        return blocks

    def _emergency(self, places: tuple[Place, ...], locale: str) -> str:
        for place in places:
            number = emergency_number(place.country)
            if number:
                country = self.cards.gazetteer.name(Place(place.country), locale)
                return self._say(locale, "card-emergency", country=country, number=number)
        return self._say(locale, "card-emergency-unknown")


def emergency_number(country: str) -> str | None:
    """The number to call first in that country when a life is in danger, None where the table names none."""
    found = re.search(
        rf"^'?{re.escape(country)}'?:\n(?:  .*\n)*?  number: '?([0-9]+)'?$", _emergency_table(), re.MULTILINE
    )
    return found[1] if found else None


@lru_cache(maxsize=1)
def _emergency_table() -> str:
    """`places/emergency.yaml` as text: one number is looked up in it an answer, so no YAML is read for it."""
    return (resources.files("bot.directory.places") / "emergency.yaml").read_text("utf-8")
