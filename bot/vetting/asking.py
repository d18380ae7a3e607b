"""Whether a moderator's question to a sender asks who somebody is (`security.md`, talking back without knowing who).

It warns, and decides nothing: the phrases are a list that people can read and correct.
"""

from functools import lru_cache
from importlib import resources

from bot.core.phrases import PhraseBook
from bot.core.words import tokens
from bot.reading import read_plain


@lru_cache(maxsize=1)
def _book() -> PhraseBook[str]:
    book: PhraseBook[str] = PhraseBook()
    for language, phrases in read_plain(resources.files(__package__) / "asks_who.yaml").items():
        for phrase in phrases:
            book.add(phrase, "who", language)
    return book


def asks_who(question: str) -> bool:
    """Whether one of the phrases stands in it, in whichever language."""
    return bool(_book().find(tokens(question)))
