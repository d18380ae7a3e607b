"""Words that reveal to who looks over a shoulder what this is about; they stand in no name and in no first line."""

import re
from collections.abc import Iterable
from functools import lru_cache

REVEALING = (
    "sex", "sexual", "sex work", "sex worker", "escort", "stripper", "brothel", "client", "police", "overdose", "hiv",
    "whore", "pute", "puta",
    "sexe", "sexuel", "travail du sexe", "travailleuse", "travailleur", "escorte", "surdose", "vih",
    "sexuelle", "sexo", "sexuales", "trabajo sexual", "trabajadora sexual", "trabajador sexual", "policía", "sobredosis",
    "性", "性工作", "性工作者", "警察", "艾滋", "过量", "過量",
)  # fmt: skip
"""The list as shipped; `discord.revealing_words` of the settings and those of a server are added to it."""


def reveals(text: str, words: Iterable[str] = REVEALING) -> bool:
    """Whether the text holds one of the words: whole words, and parts of the text in scripts without spaces."""
    return any(_pattern(word).search(text) for word in words if word.strip())


@lru_cache(maxsize=1024)
def _pattern(word: str) -> re.Pattern[str]:
    escaped = re.escape(word.strip())
    return re.compile(escaped if not word.isascii() and word[0] > "\u2e7f" else rf"\b{escaped}s?\b", re.IGNORECASE)
