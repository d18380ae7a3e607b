"""Limits of application commands, and whether they speak every language. API docs, Application Commands.

(Naming, Option Structure, Localization, Retrieving localized commands; "a command's name, description, and values may
be 8000 characters together", the longest localization counting.)
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from .errors import Fault, Json, Path
from .schema import description

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHAT_INPUT, USER, MESSAGE = 1, 2, 3
COMMANDS_MAX = {CHAT_INPUT: 100, USER: 15, MESSAGE: 15}
OPTIONS_MAX = CHOICES_MAX = 25
TEXT_MAX = 8000
CREATES_PER_DAY = 200
SUBCOMMAND, GROUP, STRING = 1, 2, 3
NUMBERS = (4, 10)

Node = dict[str, Json]


def locales() -> frozenset[str]:
    """The 34 locales that Discord knows (API docs, Reference: Locales)."""
    named = description()["components"]["schemas"]["AvailableLocalesEnum"]["oneOf"]
    return frozenset(one["const"] for one in named)


def commands_faults(commands: list[Node]) -> list[Fault]:
    """A whole set, as PUT sends it: its counts, its names, and each command."""
    faults: list[Fault] = []
    counts = Counter(command.get("type") or CHAT_INPUT for command in commands)
    for kind, most in COMMANDS_MAX.items():
        if counts[kind] > most:
            text = f"Maximum number of application commands reached ({most})."
            faults.append(Fault((), "APPLICATION_COMMAND_TOO_MANY", text))
    for kind in COMMANDS_MAX:
        of_kind = [(index, one) for index, one in enumerate(commands) if (one.get("type") or CHAT_INPUT) == kind]
        code = "APPLICATION_COMMANDS_DUPLICATE_NAME"
        faults += doubled(of_kind, (), code, "Application command names must be unique")
    for index, command in enumerate(commands):
        faults += command_faults(command, (index,))
    return faults


def command_faults(command: Node, path: Path = ()) -> list[Fault]:
    kind = command.get("type") or CHAT_INPUT
    faults = localization_faults(command, path)
    if kind == CHAT_INPUT:
        faults += name_faults(command, path)
        if not command.get("description"):
            faults.append(Fault((*path, "description"), "BASE_TYPE_REQUIRED", "This field is required"))
        faults += options_faults(command.get("options") or [], (*path, "options"))
        if text_length(command) > TEXT_MAX:
            text = f"Command exceeds maximum size ({TEXT_MAX})"
            faults.append(Fault(path, "APPLICATION_COMMAND_TOO_LARGE", text))
    else:
        for field in ("description", "options"):
            if command.get(field):
                text = f"Context menu commands cannot have {field}"
                faults.append(Fault((*path, field), "APPLICATION_COMMAND_CONTEXT_MENU_FIELD", text))
        if not str(command.get("name") or "").strip():
            faults.append(Fault((*path, "name"), "BASE_TYPE_REQUIRED", "This field is required"))
    return faults


def is_name(name: str) -> bool:
    """`^[-_'\\p{L}\\p{N}\\p{sc=Deva}\\p{sc=Thai}]{1,32}$` in lower case where the script has one."""
    if not 1 <= len(name) <= 32 or name != name.lower():
        return False
    return all(
        letter in "-_'" or unicodedata.category(letter)[0] in "LN" or is_indic_or_thai(letter) for letter in name
    )


def is_indic_or_thai(letter: str) -> bool:
    return "\u0900" <= letter <= "\u097f" or "\u0e00" <= letter <= "\u0e7f"


def name_faults(node: Node, path: Path) -> list[Fault]:
    names: dict[Path, str] = {("name",): node.get("name") or ""}
    names |= {("name_localizations", locale): name for locale, name in (node.get("name_localizations") or {}).items()}
    text = "Command name is invalid"
    return [
        Fault((*path, *spot), "APPLICATION_COMMAND_INVALID_NAME", text)
        for spot, name in names.items()
        if not is_name(name)
    ]


def localization_faults(node: Node, path: Path) -> list[Fault]:
    known = locales()
    return [
        Fault((*path, field, locale), "BASE_TYPE_CHOICES", f"{locale} is not a locale of Discord.")
        for field in ("name_localizations", "description_localizations")
        for locale in node.get(field) or {}
        if locale not in known
    ]


def options_faults(options: list[Node], path: Path, depth: int = 0) -> list[Fault]:
    faults = doubled(
        list(enumerate(options)), path, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name exists"
    )
    if len(options) > OPTIONS_MAX:
        faults.append(Fault(path, "BASE_TYPE_MAX_LENGTH", f"Must be {OPTIONS_MAX} or fewer in length."))
    kinds = {option.get("type") in (SUBCOMMAND, GROUP) for option in options}
    if len(kinds) > 1:
        text = "Sub-command and sub-command group option types are mutually exclusive to all other types"
        faults.append(Fault(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", text))
    was_optional = False
    for index, option in enumerate(options):
        here = (*path, index)
        faults += name_faults(option, here) + localization_faults(option, here)
        if option.get("type") in (SUBCOMMAND, GROUP):
            faults += nesting_faults(option, here, depth)
            continue
        if option.get("required") and was_optional:
            text = "Required options must be placed before non-required options"
            faults.append(Fault(here, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text))
        was_optional = was_optional or not option.get("required")
        faults += option_faults(option, here)
    return faults


def nesting_faults(option: Node, path: Path, depth: int) -> list[Fault]:
    """Groups hold sub-commands and nothing deeper: command, group, sub-command."""
    if (option.get("type") == GROUP and depth > 0) or depth > 1:
        return [Fault(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-commands nest one level deep")]
    faults = options_faults(option.get("options") or [], (*path, "options"), depth + 1)
    if option.get("type") == GROUP and any(child.get("type") != SUBCOMMAND for child in option.get("options") or []):
        text = "A group holds sub-commands only"
        faults.append(Fault((*path, "options"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", text))
    return faults


def option_faults(option: Node, path: Path) -> list[Fault]:
    choices = option.get("choices") or []
    faults: list[Fault] = []
    if choices and option.get("autocomplete"):
        text = "Choices and autocomplete are mutually exclusive"
        faults.append(Fault((*path, "autocomplete"), "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE", text))
    if option.get("autocomplete") and option.get("type") not in (STRING, *NUMBERS):
        faults.append(Fault((*path, "autocomplete"), "APPLICATION_COMMAND_AUTOCOMPLETE_TYPE", "Not for this type"))
    for low, high in (("min_value", "max_value"), ("min_length", "max_length")):
        least, most = option.get(low), option.get(high)
        if least is not None and most is not None and least > most:
            faults.append(Fault((*path, low), "APPLICATION_COMMAND_OPTION_RANGE", f"{low} is greater than {high}"))
    return faults + choice_faults(choices, (*path, "choices"))


def choice_faults(choices: list[Node], path: Path, *, are_unique: bool = True) -> list[Fault]:
    """Names 1..100 (also localized), text values 1..100; those of a command differ in each language."""
    code = "APPLICATION_COMMAND_OPTIONS_CHOICES_NAME_ALREADY_EXISTS"
    faults = doubled(list(enumerate(choices)), path, code, "Choice name exists") if are_unique else []
    if len(choices) > CHOICES_MAX:
        faults.append(Fault(path, "BASE_TYPE_MAX_LENGTH", f"Must be {CHOICES_MAX} or fewer in length."))
    for index, choice in enumerate(choices):
        here = (*path, index)
        faults += localization_faults(choice, here)
        names: dict[Path, str] = {("name",): choice.get("name") or ""}
        names |= {("name_localizations", key): name for key, name in (choice.get("name_localizations") or {}).items()}
        if isinstance(choice.get("value"), str):
            names[("value",)] = choice["value"]
        faults.extend(
            Fault((*here, *spot), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
            for spot, name in names.items()
            if not 1 <= len(name) <= 100
        )
    return faults


def doubled(nodes: list[tuple[int, Node]], path: Path, code: str, text: str) -> list[Fault]:
    """Names that two siblings share in the default or in any one language."""
    faults: list[Fault] = []
    seen: set[tuple[str, str]] = set()
    for index, node in nodes:
        names = {"": node.get("name") or ""} | (node.get("name_localizations") or {})
        for locale, name in names.items():
            if (locale, name) in seen:
                spot = ("name_localizations", locale) if locale else ("name",)
                faults.append(Fault((*path, index, *spot), code, text))
            seen.add((locale, name))
    return faults


def text_length(node: Node) -> int:
    """Characters of name, description and values; of each text the longest language counts."""
    length = 0
    for field in ("name", "description"):
        texts = [node.get(field) or "", *(node.get(f"{field}_localizations") or {}).values()]
        length += max(map(len, texts))
    if isinstance(node.get("value"), str):
        length += len(node["value"])
    children = [*(node.get("options") or []), *(node.get("choices") or [])]
    return length + sum(text_length(child) for child in children)


def unlocalized(commands: Iterable[Node], wanted: Iterable[str]) -> list[str]:
    """`"ask/question description: fr"` for each name, description or choice without its language.

    A description equal to the default one counts as missing; a name may be the same word in two languages.
    """
    missing: list[str] = []
    for label, node in named_nodes(commands):
        for field in ("name", "description"):
            if not node.get(field):
                continue
            texts = node.get(f"{field}_localizations") or {}
            for locale in wanted:
                is_copy = field == "description" and not locale.startswith("en") and texts.get(locale) == node[field]
                if not texts.get(locale) or is_copy:
                    missing.append(f"{label} {field}: {locale}")
    return missing


def named_nodes(nodes: Iterable[Node], above: str = "") -> Iterator[tuple[str, Node]]:
    for node in nodes:
        label = f"{above}{node.get('name')}"
        yield label, node
        yield from named_nodes(node.get("options") or [], f"{label}/")
        yield from named_nodes(node.get("choices") or [], f"{label}=")
