"""Records into the one canonical text of a directory file.

Records stand by id, fields in the order of `record.RECORD_FIELDS`, an empty line between records. Sentences of ours
(`description`, `involvement`) always stand below `>-`, where colons, quotes and hashes need no care; other texts stand
on their own line, quoted only where some YAML reader would take them for something else (dates, numbers, `NO`), below
`>-` when they are too long for it. So two files differ by what changed and by nothing else. Only the comment at the
head is kept by hand.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

import yaml

from bot.directory.model import Resource
from bot.directory.parts import CONTACT_FIELDS
from bot.directory.record import RECORD_FIELDS
from bot.reading import HIDDEN

WIDTH = 115
LANGUAGES_FIRST = ("en", "fr", "es", "zh")
_RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers
# Numbers and dates of YAML 1.1, YAML 1.2 and the readers in between: quoting them all costs nothing and looks even.
_NUMBER_LIKE = re.compile(r"[-+.]?[0-9][0-9a-fA-FxXoO_.,:eE+-]*|[-+]?\.(?:inf|nan)", re.IGNORECASE)
_WORD_LIKE = re.compile(r"y|n|yes|no|on|off|true|false|null|~", re.IGNORECASE)
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=<")

Value = str | list["Value"] | dict[str, "Value"] | None


def head_of(text: str) -> str:
    """The comment at the head of a file: its first lines that begin with # or are empty, up to the first record."""
    lines = text.splitlines(keepends=True)
    end = next((number for number, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    return "".join(lines[:end]).rstrip("\n") + "\n" if any(line.strip() for line in lines[:end]) else ""


def dump(resources: Iterable[Resource], head: str = "") -> str:
    """The text of a file with these records below the comment `head`, by id.

    Reading it gives equal records; several spaces between two words of a long text become one. Raises ValueError for a
    text that no record can hold: empty, over several lines, with space around it or hidden characters in it.
    """
    blocks = ["\n".join(_record(each)) for each in sorted(resources, key=lambda each: each.id)]
    body = "\n\n".join(blocks) + "\n" if blocks else "[]\n"
    return f"{head.rstrip()}\n\n{body}" if head.strip() else body


def _record(resource: Resource) -> Iterator[str]:
    values = as_values(resource)
    first = True
    for name in RECORD_FIELDS:
        value = values[name]
        if value is None or value == [] or value == {}:  # noqa: PLR1714  an empty text is a fault, not an absence
            continue
        for line in _field(name, value, 2, sentence=name in ("description", "involvement")):
            yield f"- {line[2:]}" if first else line
            first = False


def as_values(resource: Resource) -> dict[str, Value]:
    """The record as lists, dicts and text, every field there; empty ones are None, [] or {}."""
    contact = {name: _optional(getattr(resource.contact, name)) for name in CONTACT_FIELDS}
    values: dict[str, Value] = {
        name: _plain(getattr(resource, name))
        for name in RECORD_FIELDS
        if name not in ("contact", "description", "coverage", "labels", "sources", "checks")
    }
    values["description"] = {language: resource.description[language] for language in _languages(resource.description)}
    values["coverage"] = [
        _held(country=area.country, region=area.region, place=area.place) for area in resource.coverage
    ]
    values["contact"] = _held(**contact)
    values["labels"] = {name: {"value": label.value, "source": label.source} for name, label in resource.labels}
    values["sources"] = [_held(url=each.url, says=each.says, dated=_optional(each.dated)) for each in resource.sources]
    values["checks"] = [
        {"date": str(each.date), "method": each.method, "outcome": each.outcome} for each in resource.checks
    ]
    return values


def _plain(value: object) -> Value:
    return [str(each) for each in value] if isinstance(value, tuple) else _optional(value)


def _optional(value: object) -> str | None:
    return None if value is None else str(value)


def _held(**values: str | None) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}


def _languages(description: Mapping[str, str]) -> list[str]:
    return sorted(
        description,
        key=lambda each: (LANGUAGES_FIRST.index(each) if each in LANGUAGES_FIRST else len(LANGUAGES_FIRST), each),
    )


def _field(name: str, value: Value, indent: int, *, sentence: bool = False) -> Iterator[str]:
    """The lines of one field, `indent` spaces in; lists begin in the column of their field."""
    margin = " " * indent
    if isinstance(value, dict):
        yield f"{margin}{name}:"
        for inner, held in value.items():
            yield from _field(inner, held, indent + 2, sentence=sentence)
    elif isinstance(value, list):
        yield f"{margin}{name}:"
        for item in value:
            lines = _item(item, indent + 2)
            yield f"{margin}- {next(lines)[indent + 2 :]}"
            yield from lines
    elif value is not None:
        yield from _text(f"{margin}{name}: ", value, indent + 2, sentence=sentence)


def _item(item: Value, indent: int) -> Iterator[str]:
    if isinstance(item, dict):
        for name, value in item.items():
            yield from _field(name, value, indent)
    elif isinstance(item, str):
        yield from _text(" " * indent, item, indent, sentence=False)


def _text(start: str, value: str, indent: int, *, sentence: bool) -> Iterator[str]:
    """`value` behind `start`, on that line or below it, `indent` spaces in."""
    if not value or value != value.strip() or "\n" in value or "\t" in value or HIDDEN.search(value):
        raise ValueError("a text is empty, has space around it, or holds a line end or a hidden character")
    inline = value if is_plain(value) else "'" + value.replace("'", "''") + "'"
    if not sentence and (len(start) + len(inline) <= WIDTH or " " not in value):
        yield start + inline
        return
    yield f"{start}>-"
    line = ""
    for word in value.split():
        if line and indent + len(line) + 1 + len(word) > WIDTH:
            yield " " * indent + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield " " * indent + line


def is_plain(value: str) -> bool:
    """Whether every YAML reader takes `value`, on one line and without quotes, for just this text."""
    if value[0] in _INDICATORS or ": " in value or " #" in value or value.endswith(":"):
        return False
    if _NUMBER_LIKE.fullmatch(value) or _WORD_LIKE.fullmatch(value):
        return False
    return not any(pattern.match(value) for _, pattern in (*_RESOLVERS.get(value[0], ()), *_RESOLVERS.get(None, ())))
