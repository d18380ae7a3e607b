"""The strict wrapper over Fluent: a sentence by its id, in one of the languages the bot writes.

Three things differ from plain fluent.runtime. A file is cut into entries and an entry is parsed when it is first said,
so that a start pays for the sentences of one answer and not for four files. Entries made of text, arguments and
choices on a word are put together here, in a few microseconds; plurals, numbers and functions go to fluent.runtime,
which is imported then, with its locale data, and not before. And a missing message or argument never shows its name
to a person: it raises in tests (`strict`), and live the English sentence is said.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources

from fluent.syntax import FluentParser, ast

from bot import log

LOCALES = ("en", "fr", "es", "zh")
FALLBACK = "en"
_ID = re.compile(r"^([a-z][a-z0-9-]*) =", re.MULTILINE)
_DRAFT = re.compile(r"^# draft: (.+)\n([a-z][a-z0-9-]*) =", re.MULTILINE)


class TextError(LookupError):
    """A message, language or argument that the texts do not have; a fault of ours, never of a person."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of an argument."""

    argument: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A Fluent select on an argument that is a word."""

    argument: str
    variants: "Mapping[str, Parts]"
    default: "Parts"


Parts = tuple[str | Slot | Choice, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A medical, legal or crisis sentence that the people named have not read yet."""

    locale: str
    id: str
    readers: str


class Messages:
    """All texts of some languages. `say` is the only way a sentence gets out."""

    def __init__(self, sources: Mapping[str, str], strict: bool = False) -> None:
        """`sources` holds Fluent text by locale; the English one is the fallback."""
        self._given = dict(sources)
        self._strict = strict
        self._texts: dict[str, dict[str, str]] = {}
        self._parts: dict[tuple[str, str], Parts | None] = {}

    @classmethod
    def shipped(cls, strict: bool = False) -> "Messages":
        """The texts of this package; the file of a language is read when the language is first spoken."""
        return cls({}, strict)

    def say(self, locale: str, message_id: str, /, **args: str | int) -> str:
        """The sentence `message_id` in `locale`, its arguments filled in.

        When the message, the language or an argument is missing, strict texts raise TextError; others log the id
        and say it in English, or nothing, so that a person is never shown a hole.
        """
        parts = self._parts.get((locale, message_id))
        if parts is not None and not self._strict:
            # An answer is some sixty sentences: this path is what it costs.
            try:
                return _joined(parts, args)
            except (KeyError, TypeError):
                pass
        return self._carefully(locale, message_id, args)

    def _carefully(self, locale: str, message_id: str, args: Mapping[str, str | int]) -> str:
        try:
            return self._said(locale, message_id, args)
        except TextError:
            if self._strict:
                raise
        log.warning("text.missing", message=message_id, locale=locale)
        try:
            return self._said(FALLBACK, message_id, args)
        except TextError:
            return ""

    def has(self, locale: str, message_id: str) -> bool:
        """Whether the sentence exists in that language, for codes that records may hold and the texts may not name."""
        return message_id in self._of(locale)

    def ids(self, locale: str) -> frozenset[str]:
        """The ids of all sentences of one language."""
        return frozenset(self._of(locale))

    def drafts(self) -> list[Draft]:
        """Every sentence marked `# draft: to be read by …`, by language, in the order of the files."""
        return [
            Draft(locale, message_id, readers)
            for locale in LOCALES
            for readers, message_id in _DRAFT.findall(self._source(locale))
        ]

    def _source(self, locale: str) -> str:
        if locale in self._given:
            return self._given[locale]
        if self._given or locale not in LOCALES:
            return ""
        return (resources.files(__package__) / f"{locale}.ftl").read_text("utf-8")

    def _of(self, locale: str) -> dict[str, str]:
        if locale not in self._texts:
            self._texts[locale] = dict(cut(self._source(locale)))
        return self._texts[locale]

    def _said(self, locale: str, message_id: str, args: Mapping[str, str | int]) -> str:
        key = (locale, message_id)
        if key not in self._parts:
            self._parts[key] = self._read(locale, message_id)
        parts = self._parts[key]
        if parts is None or any(isinstance(value, int) for value in args.values()):
            return self._formatted(locale, message_id, args)
        wanted = _wanted(parts)
        if self._strict and (unknown := args.keys() - wanted):
            raise TextError(f"{message_id} has no argument {', '.join(sorted(unknown))}")
        if missing := wanted - args.keys():
            raise TextError(f"{message_id} misses {', '.join(sorted(missing))}")
        return _joined(parts, args)

    def _read(self, locale: str, message_id: str) -> Parts | None:
        return parts_of(self._text(locale, message_id), message_id)

    def _text(self, locale: str, message_id: str) -> str:
        try:
            return self._of(locale)[message_id]
        except KeyError:
            raise TextError(f"{message_id} is not in the texts of {locale}") from None

    def _formatted(self, locale: str, message_id: str, args: Mapping[str, str | int]) -> str:
        """The slow way, for numbers and plurals: fluent.runtime with the rules of that language."""
        from fluent.runtime import FluentBundle, FluentResource  # noqa: PLC0415  (80 ms of locale data, rarely needed)

        bundle = FluentBundle([locale], use_isolating=False)
        bundle.add_resource(FluentResource(self._text(locale, message_id)))
        pattern = bundle.get_message(message_id).value
        said, errors = bundle.format_pattern(pattern, dict(args)) if pattern else ("", ["it has no text"])
        if errors:
            raise TextError(f"{message_id} in {locale}: {errors[0]}")
        return str(said)


def cut(source: str) -> Iterator[tuple[str, str]]:
    """The entries of a Fluent file as (id, text), in order. Comments that follow an entry stay at its end."""
    starts = list(_ID.finditer(source))
    ends = [start.start() for start in starts[1:]] + [len(source)]
    for start, end in zip(starts, ends, strict=False):
        yield start[1], source[start.start() : end]


def parts_of(text: str, message_id: str) -> Parts | None:
    """The entry as parts, None when it needs the rules of fluent.runtime. Raises TextError for what is no Fluent."""
    return _plain(_pattern(text, message_id))


def _pattern(text: str, message_id: str) -> ast.Pattern:
    entry = FluentParser(with_spans=False).parse_entry(text)
    if not isinstance(entry, ast.Message) or entry.value is None:
        raise TextError(f"{message_id} cannot be read as Fluent")
    return entry.value


def _plain(pattern: ast.Pattern) -> Parts | None:
    """`pattern` as parts, or None when it needs the rules of fluent.runtime."""
    parts: list[str | Slot | Choice] = []
    for element in pattern.elements:
        if isinstance(element, ast.TextElement):
            parts.append(element.value)
            continue
        match element.expression:
            case ast.StringLiteral() as literal:
                parts.append(literal.parse()["value"])
            case ast.VariableReference(id=name):
                parts.append(Slot(name.name))
            case ast.SelectExpression(selector=ast.VariableReference(id=name), variants=variants):
                choice = _choice(name.name, variants)
                if choice is None:
                    return None
                parts.append(choice)
            case _:
                return None
    return tuple(parts)


def _choice(argument: str, variants: list[ast.Variant]) -> Choice | None:
    """A select on a word; None when a key is a number or a plural category, whose rules are the language's."""
    read: dict[str, Parts] = {}
    default: Parts = ()
    for variant in variants:
        parts = _plain(variant.value)
        if parts is None or not isinstance(variant.key, ast.Identifier) or variant.key.name in ("one", "few", "many"):
            return None
        read[variant.key.name] = parts
        if variant.default:
            default = parts
    return Choice(argument, read, default)


def _wanted(parts: Parts) -> set[str]:
    """The names of all arguments, those in variants that are not said this time too."""
    wanted: set[str] = set()
    for part in parts:
        if not isinstance(part, str):
            wanted.add(part.argument)
        if isinstance(part, Choice):
            wanted.update(*map(_wanted, (*part.variants.values(), part.default)))
    return wanted


def _joined(parts: Parts, args: Mapping[str, str | int]) -> str:
    """`parts` with the arguments in their places; raises KeyError for a missing one, TypeError for a number."""
    if len(parts) == 1 and parts[0].__class__ is str:
        return parts[0]
    texts: list[str] = []
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
        elif isinstance(part, Slot):
            texts.append(args[part.argument])  # type: ignore[arg-type]  # join refuses a number, on purpose
        else:
            texts.append(_joined(part.variants.get(str(args[part.argument]), part.default), args))
    return "".join(texts)
