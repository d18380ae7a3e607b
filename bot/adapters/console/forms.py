"""Forms in the terminal: one question at a time, an empty line or a word for one that may stay open, a word to stop."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.adapters.console.outgoing import plain
from bot.core.form import Field, Form
from bot.core.request import FormSubmit
from bot.core.words import fold


@dataclass(frozen=True, slots=True)
class Words:
    """What ends a form, and what leaves a question open; folded, in every language."""

    stop: Collection[str]
    skip: Collection[str]


def ask_fields(form: Form, ask: Callable[[str], str | None], words: Words) -> FormSubmit | None:
    """The form filled in; `ask` shows a question and gives back the line, or None when the person leaves.

    Then, and after a word to stop, nothing is sent, and None comes back here too.
    """
    values: dict[str, str] = {}
    for field in form.fields:
        given = _asked(field, ask, words)
        if given is None:
            return None
        values[field.name] = given
    return FormSubmit(form.id, values)


def _asked(field: Field, ask: Callable[[str], str | None], words: Words) -> str | None:
    """One answer, asked again while it does not fit the field; an empty line keeps what stands there already."""
    lines = [plain(field.label), *(f"{number}. {plain(label)}" for number, (_, label) in enumerate(field.choices, 1))]
    lines += [f"[{plain(field.value)}]"] if field.value else []
    while True:
        line = ask("\n".join(lines))
        if line is None or fold(line.strip()) in words.stop:
            return None
        if fold(line.strip()) in words.skip:
            line = ""
        given = line.strip()[: field.max_length] or field.value
        if field.choices and not given and not field.required:
            return ""
        if field.choices:
            if given.isdecimal() and 1 <= int(given) <= len(field.choices):
                return field.choices[int(given) - 1][0]
        elif given or not field.required:
            return given
