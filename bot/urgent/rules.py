"""The lists and rules of recognition, as people write them and as they are read.

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
class: where it fires, its id counts as a signal of the rules ("asks-for-thing": a workshop, and asked for). Under `never` stand
the signals that rule a class out, whatever the words speak for: nobody who says they are 40 is answered as a minor.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.core.lists import ListError, mapping, parsed, strings

URGENT = ("overdose", "suicide", "violence", "police-raid", "immigration-detention", "stalking-doxxing", "coercion")
BOUNDARY = ("minor", "buyer", "find-person", "solicitation", "legal-advice", "journalist", "bad-date")
ORDINARY = ("request", "help", "small-talk", "off-topic", "hostile")
CLASSES = (*URGENT, *BOUNDARY, *ORDINARY)

Urgency = Literal["now", "soon", "none"]
URGENCIES: tuple[Urgency, ...] = ("now", "soon", "none")

# How far apart the signals of a rule may stand when it does not say.
NEAR = 14
_RULE_KEYS = frozenset({"id", "class", "urgency", "when", "unless", "near", "firm", "also", "why"})


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
    """The file `rules.yaml`: rules in the order of danger, the signals that silence, those that blank out, and by class those
    that rule it out.
    """

    rules: tuple[Rule, ...]
    derived: tuple[Rule, ...]
    silence: frozenset[str]
    blank: frozenset[str]
    never: Mapping[str, frozenset[str]]

    def signals(self) -> frozenset[str]:
        """Every signal the file needs from the lists."""
        named = self.silence.union(
            self.blank, *self.never.values(), *(rule.signals() for rule in (*self.rules, *self.derived))
        )
        return named - {rule.id for rule in self.derived}


def read_rules(name: str, text: str) -> Rules:
    """The rules in `text`, the content of file `name`. Raises ListError."""
    page = mapping(name, parsed(name, text), {"silence", "blank", "never", "derived", "rules"})
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
    silence, blank = (frozenset(strings(name, key, page.get(key, []))) for key in ("silence", "blank"))
    never = mapping(f"{name}: never", page.get("never", {}), frozenset(CLASSES))
    return Rules(
        rules, derived, silence, blank, {kind: frozenset(strings(name, kind, each)) for kind, each in never.items()}
    )


def _rule(name: str, entry: object, *, is_derived: bool = False) -> Rule:
    """One rule out of its table. Raises ListError, naming the rule."""
    table = mapping(name, entry, _RULE_KEYS)
    identity = str(table.get("id", ""))
    where = f"{name}: rule {identity or '(without an id)'}"
    kind, urgency, near = str(table.get("class", "")), str(table.get("urgency", "none")), str(table.get("near", NEAR))
    when = tuple(tuple(each.split("|")) for each in strings(where, "when", table.get("when", [])))
    if not identity or not when:
        raise ListError(f"{where} needs an id and at least one signal in when")
    if not is_derived and kind not in CLASSES:
        raise ListError(f"{where} names the class {kind or '(none)'}, which there is not")
    if urgency not in URGENCIES or not near.isdecimal():
        raise ListError(f"{where}: urgency is now, soon or none, and near a number")
    for key in ("firm", "also"):
        if table.get(key, "yes") not in ("yes", "no"):
            raise ListError(f"{where}: {key} is yes or no")
    return Rule(
        identity,
        kind,
        urgency,
        when,
        frozenset(strings(where, "unless", table.get("unless", []))),
        int(near),
        table.get("firm", "no") == "yes",
        table.get("also", "yes") == "yes",
        str(table.get("why", "")),
    )
