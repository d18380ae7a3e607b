"""The few words that are commands when they stand alone, in every language the bot writes."""

from bot.core.words import tokens
from bot.text.messages import LOCALES, Messages

COMMANDS = (
    "help",
    "privacy",
    "language",
    "guided",
    "more",
    "suggest",
    "case",
    "report",
    "announce",
    "subscribe",
    "campaign",
    "events",
    "quit",
)


def words(messages: Messages, locale: str, name: str) -> list[str]:
    """What people type for the command in that language; the first is the one that is shown."""
    return [each.strip() for each in messages.say(locale, f"command-{name}").split(",")]


def shown(messages: Messages, locale: str, name: str) -> str:
    """The word for the command that the bot shows."""
    return words(messages, locale, name)[0]


def by_words(messages: Messages) -> dict[tuple[str, ...], tuple[str, str]]:
    """Folded words to the command and the language they belong to; where languages share a word, the first one's."""
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for locale in LOCALES:
        for name in COMMANDS:
            for each in words(messages, locale, name):
                found.setdefault(tuple(tokens(each)), (name, locale))
    return found
