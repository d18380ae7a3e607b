"""The class of a message: readable rules first, then what its words speak for.

Signals (what was said: police at the door, a pill too many) are found by the lists of each language; rules put them
together (`rules.py` says how both are written), and the points of words, signals and rules (`points.py`) are added up. A rule that
fires has many points, so that what people thought of is seldom overruled, and what nobody thought of still has words that tell.
The order of rules and classes is the order of danger (policy §6): of equal points, danger to life comes first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from importlib import resources
from itertools import pairwise
from math import exp
from pathlib import Path
from typing import Any

from bot.core.compiled import compiled
from bot.core.lists import ListError, Span, WordList, nearest, read_list
from bot.core.lists import __file__ as lists_file
from bot.core.patterns import PhraseError
from bot.core.phrases import SOURCES as PHRASES
from bot.core.phrases import Hit, PhraseBook
from bot.core.words import SOURCES, is_single
from bot.directory.query import Query
from bot.urgent import rules as rules_module
from bot.urgent.points import LOGIT, Points, clues
from bot.urgent.rules import (
    BOUNDARY,
    CLASSES,
    ORDINARY,
    URGENCIES,
    URGENT,
    Rule,
    Rules,
    Urgency,
    read_rules,
)

# Languages of one script take one another's words for their own ("pain", "once"): what is one short word, or one or two
# Han characters, of another of them counts for nothing.
SCRIPTS = {**dict.fromkeys(("en", "fr", "es", "pt", "vi", "de", "it"), "latin"), "zh": "han", "ja": "han"}
LONG_WORD = 7
LONG_HAN = 3

LIFE = ("overdose", "suicide", "violence")
# Rules of the other classes are for reading, and speak through their signals; these also vote: what they catch must not be
# outvoted by single words.
VOTING = (*URGENT, "minor")

# Points. A rule counts what the points of its class say; where they say nothing, so many for the first that fires and for any
# further one.
FIRST, FURTHER = 24, 3
# So many fewer where no rule for them fires, for urgent classes none of any: words alone must tell more of a danger, or that
# somebody is a child.
UNRULED = dict.fromkeys((*URGENT, "minor"), 6)
# So many fewer for a whole group of classes: an alarm at an everyday question scares, and a refusal leaves alone.
COSTS = {URGENT: 4, BOUNDARY: 4, ORDINARY: 0}
# So many for a class that something said rules out.
NEVER = -1000
# A sentence makes the whole message urgent that speaks so many more for it than for anything else (with 8 one question in fifty
# was taken for a danger; without, a fifth of the dangers beside a question were not heard).
PLAIN = 20
# So many more for being pressing than for not, and a message of a boundary class is answered like an urgent one.
PRESSING = 4
# A further class has so few points less than the best one.
ALSO = 4
# The points weigh every class alike. But whoever names a place, or a need, nearly always asks, or is in danger there: so many
# fewer for every other class, most for talk of other things; found on labelled sets of other authors.
_OTHERS = tuple(kind for kind in CLASSES if kind not in (*URGENT, "request"))
ASKS = {
    "(place)": dict.fromkeys(_OTHERS, 8),
    "(need)": {**dict.fromkeys(_OTHERS, 5), "small-talk": 10, "off-topic": 15},
}


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a message is: `kind` decides the answer, `also` are further classes a good answer covers.

    `reasons` are the ids of the rules that fired, in order, then the signals that were found; never words of the message.
    """

    kind: str
    urgency: Urgency
    also: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Judged:
    """What rules and points say of some words: the best class, the points of each, the rules that fired, and the signals."""

    best: str
    total: Mapping[str, int]
    fired: Sequence[Rule]
    spans: Mapping[str, Sequence[Span]]

    @property
    def is_plain(self) -> bool:
        """Whether they are urgent by so much that no other sentence is needed to tell."""
        other = max(self.total.get(kind, 0) for kind in CLASSES if kind not in URGENT)
        return self.best in URGENT and self.total[self.best] >= other + PLAIN


class Recogniser:
    """Rules, lists and points, made ready once; then a pure function of a message's words."""

    def __init__(self, rules: Rules, book: PhraseBook[str], points: Points) -> None:
        self.rules = rules
        self.book = book
        self.points = points
        self._opened: dict[str, list[int]] = {}
        """The positions of the rules whose first condition a signal meets: the others need no look."""
        for at, rule in enumerate(rules.rules):
            for signal in rule.when[0]:
                self._opened.setdefault(signal, []).append(at)

    @classmethod
    def shipped(cls) -> "Recogniser":
        """The recogniser over the lists that come with the bot. Raises ListError when one of them is broken."""
        folder = Path(str(resources.files(__package__))) / "lists"
        code = [*SOURCES, *PHRASES, *(Path(each) for each in (__file__, lists_file, rules_module.__file__))]
        rules, book = compiled("urgent", [*sorted(folder.glob("*.yaml")), *code], lambda: _packed(*read_from(folder)))
        return cls(_unpacked(rules), PhraseBook.load(book), Points.shipped())

    def recognise(
        self, words: Sequence[str], language: str, asked: Sequence[str] = (), ends: Sequence[int] = ()
    ) -> Recognition:
        """What the message made of `words` (tokens of `bot.core.words`, repaired or not) is.

        `language` is its main language as a BCP 47 tag. `asked`: what the directory understands of it, from `asking`. `ends`:
        where its sentences end; one that is urgent by itself makes all of it so, whatever is asked besides.
        Never raises. Costs grow with the length of the message.
        """
        passage = self.book.read(words)
        judged = whole = self._judged(words, passage.hits(), language, asked)
        if whole.best not in URGENT and len(ends) > 1:
            sentences = (
                self._judged(words[start:end], passage.within(start, end), language)
                for start, end in pairwise((0, *ends))
            )
            judged = next((each for each in sentences if each.is_plain), whole)
        best, total = judged.best, judged.total
        # Who says they are under 18 is answered as that, unless a life is in danger (policy §6).
        if any(rule.kind == "minor" for rule in whole.fired) and best not in LIFE:
            best = "minor"
        also = tuple(
            kind for kind in (*URGENT, *BOUNDARY) if kind != best and total.get(kind, 0) >= total.get(best, 0) - ALSO
        )
        reasons = (*(rule.id for rule in judged.fired), *sorted(judged.spans))
        return Recognition(best, _urgency(best, also, judged.fired, total), also, reasons)

    def _judged(
        self, words: Sequence[str], hits: Iterable[Hit[str]], language: str, asked: Sequence[str] = ()
    ) -> "_Judged":
        """What rules and points say of some words; `hits` are the phrases found in them."""
        spans, fired, told = self.heard(words, language, hits)
        total = self.points.add_up(clues(words, (*told, *asked)))
        for each in asked:
            total |= {kind: total.get(kind, 0) - fewer for kind, fewer in ASKS.get(each, {}).items()}
        for at, kind in enumerate(dict.fromkeys(rule.kind for rule in fired if rule.kind in VOTING)):
            if f"(rule {kind})" not in self.points:
                total[kind] = total.get(kind, 0) + (FURTHER if at else FIRST)
        kinds = {rule.kind for rule in fired}
        if not kinds.isdisjoint(URGENT):
            kinds |= set(URGENT)
        total |= {kind: total.get(kind, 0) - fewer for kind, fewer in UNRULED.items() if kind not in kinds}
        total |= {kind: NEVER for kind, signals in self.rules.never.items() if not signals.isdisjoint(spans)}
        return _Judged(_best(total), total, fired, spans)

    def heard(
        self, words: Sequence[str], language: str, hits: Iterable[Hit[str]] | None = None
    ) -> tuple[dict[str, list[Span]], list[Rule], list[str]]:
        """Where each signal stands, the rules that fire, and both as clues of `bot.urgent.points`."""
        spans = self.signals(words, language, hits)
        is_silenced = not self.rules.silence.isdisjoint(spans)
        stretch = _stretch(words)
        opened = sorted({at for signal in spans for at in self._opened.get(signal, ())})
        fired = [rule for at in opened if _fires(rule := self.rules.rules[at], spans, is_silenced, stretch)]
        kinds = dict.fromkeys(rule.kind for rule in fired)
        return spans, fired, [*(f"<{each}>" for each in spans), *(f"(rule {each})" for each in kinds)]

    def signals(
        self, words: Sequence[str], language: str, hits: Iterable[Hit[str]] | None = None
    ) -> dict[str, list[Span]]:
        """Where each signal stands, without what an idiom covers and without short words of another language.

        `hits` are the phrases found in `words`, where they are known already.
        """
        main = language.partition("-")[0].lower()
        found = self.book.find(words) if hits is None else hits
        hits = [hit for hit in found if not _is_foreign(hit, words, main)]
        blanks = [(hit.start, hit.end) for hit in hits if hit.label in self.rules.blank]
        spans: dict[str, list[Span]] = {}
        for hit in hits:
            is_blank = hit.label in self.rules.blank
            if is_blank or not any(hit.start < end and start < hit.end for start, end in blanks):
                spans.setdefault(hit.label, []).append((hit.start, hit.end))
        stretch = _stretch(words)
        for rule in self.rules.derived:
            if _fires(rule, spans, is_silenced=False, stretch=stretch):
                spans[rule.id] = [(0, 0)]
        return spans


def _best(total: Mapping[str, int]) -> str:
    """The best class of the group (urgent, boundary, ordinary) that is likeliest as a whole.

    Points are logarithms of odds, so the odds of a group are the sum of its classes'. Whoever is stalked by a violent ex speaks
    half for either class; together they are heard.
    """
    if not any(count > 0 for count in total.values()):
        return "request"
    group = max(COSTS, key=lambda kinds: sum(exp((total.get(kind, 0) - COSTS[kinds]) * LOGIT) for kind in kinds))
    return max(group, key=lambda kind: total.get(kind, 0))


def asking(query: Query) -> tuple[str, ...]:
    """What was understood of a message, as clues of `bot.urgent.points`: most of it speaks for a request."""
    clear = max((weight for _, weight in query.topics), default=0.0)
    told = {
        "(need)": clear >= 1,
        "(hint)": 0 < clear < 1,
        "(way)": query.kinds or query.languages or query.access or query.wishes or query.led_by,
        "(place)": query.unclear or (query.places and not query.place_is_home),
        "(named)": query.named,
        "(who)": query.serves,
    }
    return tuple(clue for clue, is_there in told.items() if is_there)


def read_from(folder: Path) -> tuple[Rules, PhraseBook[str]]:
    """`rules.yaml` and every other list in `folder`. Raises ListError for one that is missing or broken, for a phrase that
    cannot be read, and for a signal that only one side knows.
    """
    path = folder / "rules.yaml"
    if not path.is_file():
        raise ListError("rules.yaml is missing")
    rules = read_rules(path.name, path.read_text("utf-8"))
    files = (file for file in sorted(folder.glob("*.yaml")) if file.name != "rules.yaml")
    lists = [read_list(file.name, file.stem, file.read_text("utf-8")) for file in files]
    return rules, book_of(rules, lists)


def book_of(rules: Rules, lists: Sequence[WordList]) -> PhraseBook[str]:
    """The phrases of `lists` by the signals of `rules`. Raises ListError as `read_from` does."""
    book: PhraseBook[str] = PhraseBook()
    named, written = rules.signals(), frozenset(signal for each in lists for signal in each.signals)
    for signal in sorted(named - written):
        users = [rule.id for rule in rules.rules if signal in rule.signals()]
        raise ListError(f"rules.yaml: no list has phrases for the signal {signal} (rule {', '.join(users) or 'none'})")
    for each in lists:
        for signal, phrases in each.signals.items():
            if signal not in named:
                raise ListError(f"{each.name}: no rule uses the signal {signal}")
            for phrase in phrases:
                try:
                    book.add(phrase, signal, each.language, each.groups)
                except PhraseError as error:
                    raise ListError(f"{each.name}: {signal}: {phrase!r}: {error}") from error
    return book


def _packed(rules: Rules, book: PhraseBook[str]) -> tuple[Any, ...]:
    """Both as plain data."""
    plain = [
        [tuple(getattr(rule, each.name) for each in fields(Rule)) for rule in part]
        for part in (rules.rules, rules.derived)
    ]
    return (*plain, rules.silence, rules.blank, dict(rules.never)), book.dump()


def _unpacked(packed: tuple[Any, ...]) -> Rules:
    rules, derived, *more = packed
    return Rules(tuple(Rule(*each) for each in rules), tuple(Rule(*each) for each in derived), *more)


def _stretch(words: Sequence[str]) -> int:
    """A thought takes twice as many tokens where each is one character."""
    return 2 if sum(map(is_single, words)) * 2 > len(words) else 1


def _is_foreign(hit: Hit[str], words: Sequence[str], language: str) -> bool:
    """Whether the hit is too short to be more than a chance likeness in a message of `language`."""
    if hit.language == language:
        return False
    script = SCRIPTS.get(language)
    if script is None or SCRIPTS.get(hit.language) != script:
        return False
    size = hit.end - hit.start
    return size < LONG_HAN if script == "han" else size == 1 and len(words[hit.start]) < LONG_WORD


def _fires(rule: Rule, spans: Mapping[str, Sequence[Span]], is_silenced: bool, stretch: int) -> bool:
    if is_silenced and not rule.is_firm:
        return False
    for either in rule.when:
        for signal in either:
            if signal in spans:
                break
        else:
            return False
    if rule.unless and not rule.unless.isdisjoint(spans):
        return False
    if len(rule.when) == 1:
        return True
    places = [[span for signal in either for span in spans.get(signal, ())] for either in rule.when]
    return nearest(places, rule.near * stretch) is not None


def _urgency(kind: str, also: Iterable[str], fired: Sequence[Rule], total: Mapping[str, int]) -> Urgency:
    """How soon: what the rules of the class say, else the words. An ordinary message has none, an urgent one some."""
    said = [rule.urgency for rule in fired if rule.kind == kind]
    if kind in ORDINARY:
        return "none"
    if kind in URGENT:
        if said:
            return min(said, key=URGENCIES.index)
        return "now" if total.get("now", 0) >= total.get("soon", 0) else "soon"
    pressing = max(total.get("now", 0), total.get("soon", 0)) - total.get("none", 0)
    if "soon" in said or "now" in said or pressing > PRESSING or any(each in URGENT for each in also):
        return "soon"
    return "none"
