"""A number, or the words of a choice, as the choice it means; the same in every door without buttons."""

from collections.abc import Callable, Sequence

from bot.core.reply import Action
from bot.core.request import ActionPress
from bot.core.words import clean, fold
from bot.errors import InputError
from bot.text.messages import LOCALES


def chosen(text: str, shown: Sequence[Action]) -> ActionPress | None:
    """The choice that `text` means among the ones shown last, or None when it means none.

    Raises InputError for a number with no choice behind it, unless nothing is shown: then it is a question ("211").
    """
    words = fold(clean(text))
    number = words.strip(" .)")
    if number.isdecimal() and shown and len(number) < 3:
        if not 1 <= int(number) <= len(shown):
            raise InputError("choice-unknown")
        action = shown[int(number) - 1]
        return ActionPress(action.id, action.args)
    action_by_label = next((each for each in shown if words and fold(each.label) == words), None)
    return ActionPress(action_by_label.id, action_by_label.args) if action_by_label else None


def words_of(say: Callable[..., str], message_id: str) -> frozenset[str]:
    """The words, folded, that a sentence lists in all languages: whoever wants out gets out in any of them."""
    return frozenset(fold(word.strip()) for locale in LOCALES for word in say(locale, message_id).split(","))
