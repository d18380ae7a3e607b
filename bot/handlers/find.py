"""What fits a query, as an answer: what is not known is said, then at most five records, then how to go on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.core.reply import Action, Block, Notice, Paragraph, Reply
from bot.core.request import ActionPress, Request
from bot.directory.query import Found, Query
from bot.directory.search import find
from bot.directory.vocabulary import vocabulary
from bot.handlers.coded import Args, code_of, decode, encode, with_place
from bot.handlers.shelf import Tools, locale_or_english
from bot.text.messages import LOCALES

PAGE = 5
Noted = Callable[[Query, Found, date], None]
# Topics that stand aside unless they are asked for are not offered either (policy §3).
NOT_OFFERED = frozenset({"leaving-the-industry", "trafficking-support", "research", "burial-and-grief"})


@dataclass(frozen=True, slots=True)
class Find:
    """Answers queries; as a handler it answers those coded in an action, such as "more".

    `note` counts what was asked for and is not there. `takes_reports`: where somebody moderates.
    """

    tools: Tools
    note: Noted | None = None
    takes_reports: bool = False

    def __call__(self, request: Request) -> Reply:
        args = request.body.args if isinstance(request.body, ActionPress) else ()
        query, offset = decode(args, locale_or_english(request.actor.locale), self.tools.home(request.home))
        return self.answer(query, request.received_at.date(), offset)[1]

    def answer(self, query: Query, today: date, offset: int = 0) -> tuple[Found, Reply]:
        """What was found for `query` from `offset` on, and the reply that shows it."""
        # Two places of one name are asked about, not guessed; until then no record of either is shown.
        is_open = bool(query.unclear) and not query.named
        index = self.tools.shelf().index
        found = Found() if is_open else find(index, query, today, limit=PAGE, offset=offset, is_short=True)
        if self.note is not None and not is_open:
            self.note(query, found, today)
        locale = query.locale
        blocks: list[Block] = list(self._before(query, found))
        blocks += [self.tools.cards.brief(match, locale, today) for match in found.matches]
        blocks += [] if is_open else self._after(query, found)
        actions = [
            self._action("show", "do-show", locale, (match.resource.id,), name=match.resource.name)
            for match in found.matches
        ]
        actions += self._ways_on(query, found)
        if self.takes_reports:
            actions += [
                self._action("report", "do-report-one", locale, (match.resource.id,), name=match.resource.name)
                for match in found.matches
            ]
        awaits = Action("find", "", encode(query)) if self._asks_place(query) or query.unclear else None
        return found, Reply(tuple(blocks), tuple(actions), locale=locale, awaits_place=awaits)

    def _say(self, locale: str, message_id: str, **args: str) -> str:
        return self.tools.messages.say(locale, message_id, **args)

    def _action(self, action: str, message_id: str, locale: str, args: Args = (), /, **words: str) -> Action:
        return Action(action, self._say(locale, message_id, **words), args)

    @staticmethod
    def _asks_place(query: Query) -> bool:
        return not query.places and not query.unclear and not query.named and query.asks

    def _before(self, query: Query, found: Found) -> Iterator[Block]:
        """What has to be known to read the results right."""
        locale, cards = query.locale, self.tools.cards
        if query.language.split("-")[0] not in LOCALES:
            yield Notice(self._say(locale, "answer-languages"))
        if self.tools.shelf().is_lost:
            yield Notice(self._say(locale, "answer-directory-lost"))
        if query.unclear:
            yield Paragraph((self._say(locale, "answer-unclear"),))
        elif self._asks_place(query):
            yield Paragraph((self._say(locale, "answer-where"),))
        elif query.place_is_home and not query.named:
            yield Paragraph((self._say(locale, "answer-home", place=cards.gazetteer.name(query.places[0], locale)),))
        if found.offset or not query.places:
            return
        yield from self._unknown(query, found)
        if found.matches and found.nothing_local and query.places[0].name:
            where = cards.gazetteer.name(query.places[0], locale)
            yield Notice(self._say(locale, "answer-nothing-local", place=where))

    def _unknown(self, query: Query, found: Found) -> Iterator[Block]:
        """What the directory does not know of that was asked."""
        locale, cards = query.locale, self.tools.cards
        missing: dict[str, list[str]] = {}
        for kind, value in found.nothing_for:
            missing.setdefault(kind, []).append(value)
        for kind, values in missing.items():
            if kind == "language":
                yield Notice(self._say(locale, "answer-missing-language", what=cards.languages(values, locale)))
            elif kind == "topic":
                yield Notice(self._say(locale, "answer-missing-topic", what=cards.words("topic", values, locale)))
            elif kind == "serves":
                yield Notice(self._say(locale, "answer-missing-serves", what=cards.words("serves", values, locale)))
            else:
                names = [self._say(locale, f"label-{value}", value="yes") for value in values]
                yield Notice(self._say(locale, "answer-missing-wish", what=cards.joined(names, locale)))
        for topic, language in found.together:
            yield Notice(
                self._say(
                    locale,
                    "answer-missing-together",
                    topic=self._say(locale, f"topic-{topic}"),
                    language=cards.languages([language], locale),
                )
            )

    def _after(self, query: Query, found: Found) -> Iterator[Block]:
        locale = query.locale
        if found.matches:
            if found.total > len(found.matches):
                first, last = found.offset + 1, found.offset + len(found.matches)
                yield Paragraph(
                    (self._say(locale, "answer-part", first=str(first), last=str(last), total=str(found.total)),)
                )
            return
        if found.offset:
            yield Paragraph((self._say(locale, "answer-end"),))
            return
        if query.places:
            where = self.tools.cards.gazetteer.name(query.places[0], locale)
            yield Notice(self._say(locale, "answer-nothing-place", place=where))
        else:
            yield Notice(self._say(locale, "answer-nothing"))
        topics = self.topics_in_reach(query)
        if topics:
            yield Paragraph(
                (self._say(locale, "answer-topics", topics=self.tools.cards.words("topic", topics, locale)),)
            )

    def topics_in_reach(self, query: Query) -> list[str]:
        """The topics some record offers at the place of `query`, or anywhere without one; what one could ask about."""
        index = self.tools.shelf().index
        if query.places:
            reach = 0
            for bits in index.covering(query.places).values():
                reach |= bits
        else:
            reach = (1 << len(index.records)) - 1
        return [
            topic for topic in vocabulary().topics if topic not in NOT_OFFERED and index.facet("topic", topic) & reach
        ]

    def _ways_on(self, query: Query, found: Found) -> Iterator[Action]:
        locale, coded = query.locale, encode(query)
        for place in query.unclear:
            yield Action("find", self.tools.cards.place_within(place, locale), with_place(coded, code_of(place)))
        after = found.offset + len(found.matches)
        if found.matches and after < found.total:
            yield self._action("find", "do-more", locale, encode(query, after))
        if self._asks_place(query):
            yield self._action("place", "do-place", locale, ("find", *coded))
        yield self._action("guided", "do-guided", locale, tuple(f"p:{code_of(place)}" for place in query.places[:1]))
        yield self._action("wrong", "do-wrong", locale, ("find", *coded))
        yield self._action("language", "do-language", locale)


def peers_query(query: Query) -> Query:
    """`query` turned towards peers: its place, audience and languages, and nothing of what happened."""
    return replace(query, topics=(("peer-support", 1.0),), named=(), wishes=(), kinds=(), access=(), text=())
