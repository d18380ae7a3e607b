"""Forms in the terminal: one question at a time, an empty line for a question that may stay open."""

from collections.abc import Callable

from bot.adapters.console.outgoing import plain
from bot.core.form import Field, Form
from bot.core.request import FormSubmit


def ask_fields(form: Form, ask: Callable[[str], str | None]) -> FormSubmit | None:
    """The form filled in; `ask` shows a question and gives back the line, or None when the person leaves.

    Then nothing is sent, and None comes back here too.
    """
    values: dict[str, str] = {}
    for field in form.fields:
        given = _asked(field, ask)
        if given is None:
            return None
        values[field.name] = given
    return FormSubmit(form.id, values)


def _asked(field: Field, ask: Callable[[str], str | None]) -> str | None:
    """One answer, asked again while it does not fit the field; an empty line keeps what stands there already."""
    lines = [plain(field.label), *(f"{number}. {plain(label)}" for number, (_, label) in enumerate(field.choices, 1))]
    lines += [f"[{plain(field.value)}]"] if field.value else []
    while True:
        line = ask("\n".join(lines))
        if line is None:
            return None
        given = line.strip()[: field.max_length] or field.value
        if field.choices and not given and not field.required:
            return ""
        if field.choices:
            if given.isdecimal() and 1 <= int(given) <= len(field.choices):
                return field.choices[int(given) - 1][0]
        elif given or not field.required:
            return given
