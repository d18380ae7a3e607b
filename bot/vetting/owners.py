"""Whose a number, a mail address or a street is, told by the words around it.

Where somebody is pointed out just beside it ("her cell", "call me", "my cousin …"), it is that person's, whatever else is said. Else a service that is
named, nearer than any person, owns it; a number that only services have (free to call) is a service's. Where nothing tells, it counts as a
person's: the person who suggests sees it marked and says that it is public.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from bot.core.lists import Span
from bot.core.words import word_set
from bot.directory.understand import Lists
from bot.vetting.page import Page
from bot.vetting.signals import Spans

CLOSE = 9
"""So many words before a contact, and half as many behind it, a person may be pointed out."""
AROUND = 25
_SECTIONS = ("topics", "kinds", "led")
# Needs that are told of one person as well: they say nothing about whose a number is.
_OF_PEOPLE = word_set("""violence-support bad-date-reporting digital-safety online-work police-misconduct trafficking-support leaving-the-industry parenting translation
    money-and-taxes law-reform workplace-rights incarceration-support gender-affirming-care emergency-funds""")
# What a person may give or tell of as well as a service: beside somebody who is named it says nothing.
_WEAK = word_set("""food meals meal lunch dinner breakfast groceries clothes clothing showers shower beds laundry evenings weekdays supplies comida almuerzo almuerzos desayuno
    ropa ducha duchas cita citas curso cursos lunes martes miercoles jueves viernes gratis repas douche douches rdv gratuit gratuite atelier cuisine essen duschen 餐 课 班""")
POINTING = ("own-contact", "their-contact")
PEOPLE = ("person", "profession", "name", "listed-name")


@cache
def _lists() -> Lists:
    return Lists.shipped()


@dataclass(frozen=True)
class Owners:
    """Asked of one page, once its signals are found. Spans are in words."""

    page: Page
    spans: Spans

    def is_persons(self, place: Span, *, is_free: bool = False, is_mobile: bool = False) -> bool:
        """Whether the contact at a place of the text belongs to a person, as far as the words tell.

        `is_free`: only services, or what is open to all, have such a number or address; `is_mobile`: mostly people do.
        """
        at = self.page.words_at(place)
        close = CLOSE * self.page.stretch
        if any(_gap(span, at) <= (close if span[1] <= at[0] else close // 2) for span in self._of(place, *POINTING)):
            return True
        if is_free:
            return False
        services = self.spans.get("service", ())
        is_told = bool(self._of(place, *PEOPLE, "first-name", "role", "self"))
        if not services:
            return is_mobile or is_told or not self._is_help(at)
        if is_told and (is_mobile or all(self._is_weak(span) for span in services)):
            return True
        nearest_service = min(_gap(span, at) for span in services)
        people = [_gap(span, at) for span in self._of(place, *PEOPLE) if not self._is_services(span)]
        return bool(people) and min(people) < min(nearest_service, close)

    def _is_weak(self, service: Span) -> bool:
        return _WEAK.issuperset(self.page.words[service[0] : service[1]])

    def _is_services(self, name: Span) -> bool:
        """Whether the words are the name of a service that is called one just before them: "clinic Rosa Example"."""
        if name not in self.spans.get("name", ()):
            return False
        return any(
            service[0] < name[1] and _gap(service, name) == 0 and not self.page.is_torn((service[0], name[1]))
            for service in self.spans.get("service", ())
            if service[0] <= name[0]
        )

    def _is_help(self, at: Span) -> bool:
        """Whether the words around speak of a need that services answer, by the lists of the directory."""
        return any(_gap(span, at) <= AROUND for span in self._needs)

    @cached_property
    def _needs(self) -> Sequence[Span]:
        hits = _lists().book.find(self.page.words)
        return [(hit.start, hit.end) for hit in hits if hit.label[0] in _SECTIONS and hit.label[1] not in _OF_PEOPLE]

    def _of(self, place: Span, *signals: str) -> Sequence[Span]:
        """Where the signals stand in the same sentence."""
        start, end = self.page.sentence(place[0])
        found = [span for signal in signals for span in self.spans.get(signal, ())]
        return [span for span in found if start <= self.page.place(span)[0] < end]


def _gap(span: Span, other: Span) -> int:
    """How many words lie between the two; 0 where they touch or cover each other."""
    return max(0, span[0] - other[1], other[0] - span[1])
