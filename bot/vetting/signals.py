"""What is said in a suggestion, found by the lists of each language, and what it means together, by `rules.yaml`.

| key      | meaning                                                                                           |
|----------|---------------------------------------------------------------------------------------------------|
| `kind`   | what the suggestion is flagged as                                                                   |
| `what`   | what it is in one word, shown to the person and the moderators                                      |
| `when`   | signals that must all be there; `a|b` is either of two                                              |
| `unless` | signals of which none may be there                                                                  |
| `near`   | how many words may lie between the signals of `when` (twice as many in scripts without spaces)       |
| `why`    | one line for the moderator                                                                          |

Signals come from the lists (`lists/en.yaml` …) and, those in `FROM_CODE`, from what the code found: a name, a phone number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from bot.core.compiled import compiled
from bot.core.lists import ListError, Span, WordList, mapping, nearest, parsed, read_list, strings
from bot.core.lists import __file__ as lists_file
from bot.core.patterns import PhraseError
from bot.core.phrases import SOURCES as PHRASES
from bot.core.phrases import PhraseBook
from bot.core.words import SOURCES
from bot.vetting.page import Page

NEAR = 12
PERSONAL, SPAM, RESCUE, PHISHING = "personal-data", "spam-or-solicitation", "rescue-organization", "phishing"
RULED = (PERSONAL, SPAM, RESCUE, PHISHING)
FROM_CODE = frozenset(
    {
        "name",
        "full-name",
        "maybe-name",
        "listed-name",
        "first-name",
        "phone",
        "email",
        "street",
        "price",
        "money",
        "handle",
        "link",
    }
)
_KEYS = frozenset({"kind", "what", "when", "unless", "near", "why"})
_NOT_LANGUAGES = ("rules", "hosts", "names")
Spans = Mapping[str, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of `rules.yaml`."""

    kind: str
    what: str
    when: tuple[tuple[str, ...], ...]
    unless: frozenset[str]
    near: int
    why: str

    def marked(self, spans: Spans, stretch: int) -> tuple[Span, ...] | None:
        """The words that make the rule fire, None where it does not."""
        if not self.unless.isdisjoint(spans):
            return None
        places = [[span for signal in either for span in spans.get(signal, ())] for either in self.when]
        return nearest(places, self.near * stretch) if all(places) else None

    def signals(self) -> frozenset[str]:
        return self.unless.union(*self.when)


class Signals:
    """The lists and rules, made ready once."""

    def __init__(self, rules: Sequence[Rule], book: PhraseBook[str]) -> None:
        self.rules = rules
        self._book = book

    @classmethod
    def shipped(cls) -> "Signals":
        """Those that come with the bot. Raises ListError when one of them is broken."""
        folder = Path(str(resources.files(__package__))) / "lists"
        code = [*SOURCES, *PHRASES, *(Path(each) for each in (__file__, lists_file))]
        rules, book = compiled("vetting", [*sorted(folder.glob("*.yaml")), *code], lambda: _packed(folder))
        return cls([Rule(*each) for each in rules], PhraseBook.load(book))

    def find(self, page: Page, language: str) -> dict[str, list[Span]]:
        """Where each signal stands, in words, never over the end of a sentence.

        A single word of another language of the same script is taken for chance.
        """
        found: dict[str, list[Span]] = {}
        for hit in self._book.find(page.words):
            is_foreign = hit.language not in _KIN.get(language, (language,)) and _SCRIPTS.get(
                hit.language
            ) == _SCRIPTS.get(language, "")
            is_chance = is_foreign and hit.end - hit.start <= _WORD.get(hit.language, 1)
            if not is_chance and not page.is_torn((hit.start, hit.end)):
                found.setdefault(hit.label, []).append((hit.start, hit.end))
        return found


# Vietnamese writes its syllables apart: two of them are one word.
_WORD = {"vi": 2}
# Two languages so near that a short text of one is taken for the other; short lists are helped by those of longer ones.
_KIN = {
    "es": ("es", "pt"),
    "pt": ("pt", "es"),
    **{each: (each, "en", "fr", "es", "pt", "de") for each in ("it", "nl", "pl")},
}
# Languages of one script take one another's words for their own.
_SCRIPTS = {**dict.fromkeys(("en", "fr", "es", "pt", "vi", "de", "it", "nl", "pl"), "latin"), "zh": "han", "ja": "han"}


def read_from(folder: Path) -> tuple[list[Rule], PhraseBook[str]]:
    """The rules and the phrases. Raises ListError for what cannot be read, and for a signal that only one side knows."""
    rules = read_rules("rules.yaml", (folder / "rules.yaml").read_text("utf-8"))
    book: PhraseBook[str] = PhraseBook()
    written: set[str] = set()
    for file in sorted(folder.glob("*.yaml")):
        if file.stem in _NOT_LANGUAGES:
            continue
        words = read_list(file.name, file.stem, file.read_text("utf-8"))
        written.update(words.signals)
        _file(book, words)
    missing = frozenset[str]().union(*(rule.signals() for rule in rules)) - written - FROM_CODE
    if missing:
        raise ListError(f"rules.yaml: no list has phrases for the signal {min(missing)}")
    return rules, book


def _file(book: PhraseBook[str], words: WordList) -> None:
    for signal, phrases in words.signals.items():
        for phrase in phrases:
            try:
                book.add(phrase, signal, words.language, words.groups)
            except PhraseError as error:
                raise ListError(f"{words.name}: {signal}: {phrase!r}: {error}") from error


def read_rules(name: str, text: str) -> list[Rule]:
    """The rules in `text`. Raises ListError."""
    entries = mapping(name, parsed(name, text), {"rules"}).get("rules")
    if not isinstance(entries, list) or not entries:
        raise ListError(f"{name}: it holds no rules")
    return [_rule(name, entry) for entry in entries]


def _rule(name: str, entry: object) -> Rule:
    table = mapping(name, entry, _KEYS)
    kind, what, near = str(table.get("kind", "")), str(table.get("what", "")), str(table.get("near", NEAR))
    when = tuple(tuple(each.split("|")) for each in strings(name, "when", table.get("when", [])))
    if kind not in RULED or not what or not when or not near.isdecimal():
        raise ListError(f"{name}: a rule needs one of {', '.join(RULED)} as kind, a what, a when, and a number as near")
    return Rule(
        kind,
        what,
        when,
        frozenset(strings(name, "unless", table.get("unless", []))),
        int(near),
        str(table.get("why", "")),
    )


def _packed(folder: Path) -> tuple[Any, ...]:
    rules, book = read_from(folder)
    return [(each.kind, each.what, each.when, each.unless, each.near, each.why) for each in rules], book.dump()
