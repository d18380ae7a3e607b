"""A line somebody typed, as the body of a request."""

from bot.core.reply import Action
from bot.core.request import ActionPress, Body, Text
from bot.core.words import clean, fold
from bot.errors import InputError


def decoded(line: bytes) -> str:
    """The line as text, without its break. Raises InputError when its bytes are not UTF-8."""
    try:
        return line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise InputError("error-unreadable") from None


def body(line: str, shown: tuple[Action, ...]) -> Body | None:
    """What the line asks for; None for an empty one.

    A number, or the words of a choice, chooses among the actions shown last. A number with no choice behind it raises
    InputError, unless nothing is shown: then it is a question like any other ("211").
    """
    words = clean(line)
    if not words:
        return None
    number = fold(words).strip(" .)")
    if number.isdecimal() and shown and len(number) < 3:
        if not 1 <= int(number) <= len(shown):
            raise InputError("choice-unknown")
        chosen = shown[int(number) - 1]
        return ActionPress(chosen.id, chosen.args)
    chosen_by_label = next((action for action in shown if fold(action.label) == fold(words)), None)
    return ActionPress(chosen_by_label.id, chosen_by_label.args) if chosen_by_label else Text(words)
