"""What the bot answers: a document of blocks, spans and actions, never markup.

Each adapter renders and escapes it within its platform's limits; nothing in here can inject anything.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.core.form import Form


@dataclass(frozen=True, slots=True)
class Link:
    """A web address with its own words; only http and https addresses of records are ever put in."""

    label: str
    url: str


Span = str | Link


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    spans: tuple[Span, ...]
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[tuple[Span, ...], ...]
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True, slots=True)
class Card:
    """One resource or contact: its name, lines about it, and what to know before going there.

    `id` is the record's, for doors that offer a button a card.
    """

    title: str
    lines: tuple[tuple[Span, ...], ...]
    cautions: tuple[str, ...] = ()
    id: str = ""
    kind: Literal["card"] = "card"


@dataclass(frozen=True, slots=True)
class Notice:
    """A line that must not be missed: what was not kept, what is not known."""

    text: str
    kind: Literal["notice"] = "notice"


ON_CARD = ("show", "report")
"""Actions that stand on the card of the record they name, where a door has no buttons."""
Block = Heading | Paragraph | Bullets | Card | Notice


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can press: a button, or a numbered choice.

    `args` hold codes (a record's id, a topic, a place code, an offset), never words a person typed.
    """

    id: str
    label: str
    args: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathering:
    """An event as the calendar of a platform takes it: title, span (aware UTC), place or link, and some words about it.

    `code` tells it from every other one.
    """

    code: str
    title: str
    begins_at: datetime
    ends_at: datetime
    where: str
    about: str


@dataclass(frozen=True, slots=True)
class Planned:
    """When something was to be said (aware UTC), and the sentence that says so where it comes later."""

    at: datetime
    late: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one request.

    `audience` says who may see it: only the asker, or the room; `locale` is the language it is written in.
    `is_urgent` lets a door deliver it in the way that is noticed.
    """

    blocks: tuple[Block, ...]
    actions: tuple[Action, ...] = ()
    form: Form | None = None
    audience: Literal["asker", "room"] = "asker"
    locale: str = "en"
    is_urgent: bool = False
    ends: bool = field(default=False)
    """Whether the person asked to leave; a door without a session ignores it."""
    awaits_place: Action | None = None
    """What goes on when the next words only name a place; a door with a session hands it back as `Request.follows`."""
    sets_locale: str | None = None
    """The language the person chose from here on; a door with a session hands it back as `Actor.locale`."""
    gathering: Gathering | None = None
    """What a room that is a calendar is told; nothing else is said there."""
    planned: Planned | None = None
    """Of what goes to many rooms; what is answered comes when it comes."""

    def cards(self) -> Iterator[Card]:
        """The cards, in order."""
        return (block for block in self.blocks if isinstance(block, Card))

    def numbered(self) -> "Numbered":
        """The actions by the numbers they are chosen by: those that stand on a card, and the rest."""
        carded = {card.id for card in self.cards() if card.id}
        on_cards: dict[tuple[str, str], tuple[int, Action]] = {}
        others: list[tuple[int, Action]] = []
        for number, action in enumerate(self.actions, 1):
            if action.id in ON_CARD and len(action.args) == 1 and action.args[0] in carded:
                on_cards[action.id, action.args[0]] = (number, action)
            else:
                others.append((number, action))
        return Numbered(on_cards, tuple(others))


def sentence(text: str, locale: str, actions: Iterable[Action] = ()) -> Reply:
    """A reply of one sentence, with what can be done next."""
    return Reply((Paragraph((text,)),), tuple(actions), locale=locale)


@dataclass(frozen=True, slots=True)
class Numbered:
    """`on_cards` by the action's id and the card's; `others` in their order."""

    on_cards: Mapping[tuple[str, str], tuple[int, Action]]
    others: tuple[tuple[int, Action], ...]

    def opens(self, card: Card) -> int | None:
        """The number that shows the whole record of a card."""
        found = self.on_cards.get(("show", card.id))
        return found[0] if found else None

    def reports(self, card: Card) -> str | None:
        """Number and words of the choice to report it."""
        found = self.on_cards.get(("report", card.id))
        return f"{found[0]}. {found[1].label}" if found else None
