"""The class of a message, by fixed rules over lists that people can read.

Two kinds of files lie in `lists/`. A language file has `groups` (named sets of words) and `signals` (what was said: a
name and its phrases). `rules.yaml` puts signals together:

| key       | meaning                                                                                         |
|-----------|-------------------------------------------------------------------------------------------------|
| `id`      | the name of the rule, shown among the reasons                                                     |
| `class`   | what the message is                                                                               |
| `urgency` | now, soon or none                                                                                 |
| `when`    | signals that must all be there; `a|b` is either of two                                            |
| `unless`  | signals of which none may be there                                                                |
| `near`    | how many words may lie between the signals of `when` (twice as many in scripts without spaces)     |
| `firm`    | `yes`: the rule also fires beside a signal of `silence` (a workshop, a game, a film)               |
| `also`    | `no`: the rule may decide, but is never named as a further class                                  |
| `why`     | one line for the moderator                                                                        |

The first rule that fires decides; the order of the file is the order of danger (policy §6). The further classes are
those of the other rules that fired. A signal of `blank` ("this heat is murdering me") takes its words out of play. A line of `derived` is a rule without a
class: where it fires, its id counts as a signal of the rules ("asks-for-thing": a workshop, and asked for).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import product
from typing import Literal, cast

import yaml

from bot.core.phrases import Hit, PhraseBook, PhraseError
from bot.core.words import is_single

URGENT = ("overdose", "suicide", "violence", "police-raid", "immigration-detention", "stalking-doxxing", "coercion")
BOUNDARY = ("minor", "buyer", "find-person", "solicitation", "legal-advice", "journalist", "bad-date")
ORDINARY = ("request", "help", "small-talk", "off-topic", "hostile")

Urgency = Literal["now", "soon", "none"]
Span = tuple[int, int]

# How far apart the signals of a rule may stand when it does not say.
NEAR = 14
# Languages of one script take one another's words for their own ("pain", "once"): what is one short word, or one or two
# Han characters, of another of them counts for nothing.
SCRIPTS = {**dict.fromkeys(("en", "fr", "es", "pt", "vi", "de", "it"), "latin"), "zh": "han", "ja": "han"}
LONG_WORD = 7
LONG_HAN = 3
# Short chatter that asks for nothing stays below this many words.
CHATTER = 12

_RANK = {"none": 0, "soon": 1, "now": 2}
_RULE_KEYS = frozenset({"id", "class", "urgency", "when", "unless", "near", "firm", "also", "why"})


class ListError(ValueError):
    """A list or a rule that cannot be used; names the file and the phrase or rule, in plain words."""


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
class Rule:
    """One line of `rules.yaml`."""

    id: str
    kind: str
    urgency: Urgency
    when: tuple[tuple[str, ...], ...]
    unless: frozenset[str]
    near: int
    is_firm: bool
    counts_also: bool
    why: str

    def signals(self) -> frozenset[str]:
        """Every signal the rule names."""
        return self.unless.union(*self.when)


@dataclass(frozen=True, slots=True)
class Rules:
    """The file `rules.yaml`: rules in the order of danger, the signals that silence and those that blank out."""

    rules: tuple[Rule, ...]
    derived: tuple[Rule, ...]
    silence: frozenset[str]
    blank: frozenset[str]

    def signals(self) -> frozenset[str]:
        """Every signal the file needs from the lists."""
        named = self.silence.union(self.blank, *(rule.signals() for rule in (*self.rules, *self.derived)))
        return named - {rule.id for rule in self.derived}


@dataclass(frozen=True, slots=True)
class WordList:
    """One language file: named groups of words, and the phrases of each signal."""

    name: str
    language: str
    groups: Mapping[str, Sequence[str]]
    signals: Mapping[str, Sequence[str]]


def read_rules(name: str, text: str) -> Rules:
    """The rules in `text`, the content of file `name`. Raises ListError."""
    page = _mapping(name, _parsed(name, text), {"silence", "blank", "derived", "rules"})
    entries, derived_entries = page.get("rules", []), page.get("derived", [])
    if not isinstance(entries, list) or not isinstance(derived_entries, list) or not entries:
        raise ListError(f"{name}: it holds no rules")
    rules = tuple(_rule(name, entry) for entry in entries)
    derived = tuple(_rule(name, entry, is_derived=True) for entry in derived_entries)
    seen: set[str] = set()
    for rule in (*derived, *rules):
        if rule.id in seen:
            raise ListError(f"{name}: two rules are called {rule.id}")
        seen.add(rule.id)
    silence = frozenset(_strings(name, "silence", page.get("silence", [])))
    return Rules(rules, derived, silence, frozenset(_strings(name, "blank", page.get("blank", []))))


def read_list(name: str, language: str, text: str) -> WordList:
    """The groups and signals in `text`, the content of file `name`. Raises ListError."""
    page = _mapping(name, _parsed(name, text), {"groups", "signals"})
    parts: list[dict[str, Sequence[str]]] = []
    for key in ("groups", "signals"):
        part = page.get(key) or {}
        if not isinstance(part, dict):
            raise ListError(f"{name}: {key} is not a table of names and phrases")
        parts.append({str(each): _strings(name, str(each), phrases) for each, phrases in part.items()})
    return WordList(name, language, parts[0], parts[1])


def _parsed(name: str, text: str) -> object:
    """`text` read as YAML in which everything is text. Raises ListError."""
    try:
        return cast(object, yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)))
    except yaml.YAMLError as error:
        raise ListError(f"{name}: it cannot be read as YAML ({error})") from error


def _mapping(name: str, page: object, keys: frozenset[str] | set[str]) -> dict[str, object]:
    if not isinstance(page, dict):
        raise ListError(f"{name}: it is not a table of names")
    for key in page:
        if key not in keys:
            raise ListError(f"{name}: there is nothing called {key} here; only {', '.join(sorted(keys))}")
    return page


def _strings(name: str, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ListError(f"{name}: {key} is not a list of phrases")
    return tuple(value)


def _rule(name: str, entry: object, *, is_derived: bool = False) -> Rule:
    """One rule out of its table. Raises ListError, naming the rule."""
    table = _mapping(name, entry, _RULE_KEYS)
    identity = str(table.get("id", ""))
    where = f"{name}: rule {identity or '(without an id)'}"
    kind, urgency, near = str(table.get("class", "")), str(table.get("urgency", "none")), str(table.get("near", NEAR))
    when = tuple(tuple(each.split("|")) for each in _strings(where, "when", table.get("when", [])))
    if not identity or not when:
        raise ListError(f"{where} needs an id and at least one signal in when")
    if not is_derived and kind not in (*URGENT, *BOUNDARY, *ORDINARY):
        raise ListError(f"{where} names the class {kind or '(none)'}, which there is not")
    if urgency not in _RANK or not near.isdecimal():
        raise ListError(f"{where}: urgency is now, soon or none, and near a number")
    for key in ("firm", "also"):
        if table.get(key, "yes") not in ("yes", "no"):
            raise ListError(f"{where}: {key} is yes or no")
    return Rule(
        identity, kind, cast(Urgency, urgency), when, frozenset(_strings(where, "unless", table.get("unless", []))),
        int(near), table.get("firm", "no") == "yes", table.get("also", "yes") == "yes", str(table.get("why", "")),
    )


class Recogniser:
    """Rules and lists, made ready once; then a pure function of a message's words."""

    def __init__(self, rules: Rules, lists: Sequence[WordList]) -> None:
        """Raises ListError for a phrase that cannot be read and for a signal that only one side knows."""
        self.rules = rules
        self.lists = tuple(lists)
        self.book: PhraseBook[str] = PhraseBook()
        self._languages = frozenset(each.language for each in lists)
        named, written = rules.signals(), frozenset(signal for each in lists for signal in each.signals)
        for signal in sorted(named - written):
            users = [rule.id for rule in rules.rules if signal in rule.signals()]
            raise ListError(f"rules.yaml: no list has phrases for the signal {signal} (rule {', '.join(users) or 'none'})")
        for each in lists:
            for signal, phrases in each.signals.items():
                if signal not in named:
                    raise ListError(f"{each.name}: no rule uses the signal {signal}")
                self._take_in(each, signal, phrases)

    def _take_in(self, words: WordList, signal: str, phrases: Sequence[str]) -> None:
        for phrase in phrases:
            try:
                self.book.add(phrase, signal, words.language, words.groups)
            except PhraseError as error:
                raise ListError(f"{words.name}: {signal}: {phrase!r}: {error}") from error

    @classmethod
    def shipped(cls) -> "Recogniser":
        """The recogniser over the lists that come with the bot. Raises ListError when one of them is broken."""
        return cls.read_from(resources.files(__package__) / "lists")

    @classmethod
    def read_from(cls, folder: Traversable) -> "Recogniser":
        """The recogniser over `rules.yaml` and every other list in `folder`. Raises ListError."""
        rules: Rules | None = None
        lists: list[WordList] = []
        for file in sorted(folder.iterdir(), key=lambda each: each.name):
            if file.name == "rules.yaml":
                rules = read_rules(file.name, file.read_text("utf-8"))
            elif file.name.endswith(".yaml"):
                lists.append(read_list(file.name, file.name[:-5], file.read_text("utf-8")))
        if rules is None:
            raise ListError("rules.yaml is missing")
        return cls(rules, lists)

    def recognise(self, words: Sequence[str], language: str, *, asks: bool = False) -> Recognition:
        """What the message made of `words` (tokens of `bot.core.words`, repaired or not) is.

        `language` is its main language as a BCP 47 tag. `asks`: the directory knows a topic, group or place in it.
        Never raises. Costs grow with the length of the message.
        """
        spans = self._signals(words, language.split("-")[0].lower())
        stretch = 2 if sum(map(is_single, words)) * 2 > len(words) else 1
        for rule in self.rules.derived:
            if _fires(rule, spans, False, stretch):
                spans[rule.id] = [(0, 0)]
        is_silenced = not self.rules.silence.isdisjoint(spans)
        fired = [rule for rule in self.rules.rules if _fires(rule, spans, is_silenced, stretch)]
        reasons = (*(rule.id for rule in fired), *sorted(spans))
        if not fired:
            return Recognition(_without_evidence(words, spans, asks), "none", (), reasons)
        return _decided(fired, reasons, asks)

    def _signals(self, words: Sequence[str], language: str) -> dict[str, list[Span]]:
        """Where each signal stands, without what an idiom covers and without short words of another language."""
        hits = [hit for hit in self.book.find(words) if not _is_foreign(hit, words, language)]
        blanks = [(hit.start, hit.end) for hit in hits if hit.label in self.rules.blank]
        spans: dict[str, list[Span]] = {}
        for hit in hits:
            is_blank = hit.label in self.rules.blank
            if is_blank or not any(hit.start < end and start < hit.end for start, end in blanks):
                spans.setdefault(hit.label, []).append((hit.start, hit.end))
        return spans


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
    return len(rule.when) == 1 or _are_near(rule, spans, rule.near * stretch)


def _are_near(rule: Rule, spans: Mapping[str, Sequence[Span]], near: int) -> bool:
    """Whether the signals of `rule` stand somewhere with at most `near` words between the outer two."""
    places = [[span for signal in either for span in spans.get(signal, ())][:8] for either in rule.when]
    return any(
        max(start for start, _ in choice) - min(end for _, end in choice) <= near for choice in product(*places)
    )


def _decided(fired: Sequence[Rule], reasons: tuple[str, ...], asks: bool) -> Recognition:
    """The recognition when at least one rule fired: the first decides, the others are named beside it."""
    first = fired[0]
    kind = "request" if asks and first.kind == "off-topic" else first.kind
    if kind in ORDINARY:
        return Recognition(kind, "none", (), reasons)
    urgency = first.urgency
    others = [rule for rule in fired[1:] if rule.kind not in (*ORDINARY, kind) and rule.counts_also]
    for rule in fired:
        if rule.kind == kind and _RANK[rule.urgency] > _RANK[urgency]:
            urgency = rule.urgency
    if kind == "minor" and urgency == "none" and any(rule.kind in URGENT for rule in others):
        urgency = "soon"
    return Recognition(kind, urgency, tuple(dict.fromkeys(rule.kind for rule in others)), reasons)


def _without_evidence(words: Sequence[str], spans: Mapping[str, object], asks: bool) -> str:
    if asks:
        return "request"
    return "small-talk" if len(words) < CHATTER else "off-topic"
