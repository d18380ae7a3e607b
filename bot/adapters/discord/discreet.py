"""Words that reveal to who looks over a shoulder what this is about; they stand in no name and in no first line.

A notification shows the beginning of a direct message on a locked screen. When the first 80 characters would hold a
revealing word, a neutral line goes before it (`discord-lead`, which a test holds to that length in every language).
"""

import re
from collections.abc import Iterable
from functools import lru_cache

GLIMPSED = 80
"""Characters of a direct message that a notification shows."""
REVEALING = (
    "sex", "sexual", "sex work", "sex worker", "escort", "stripper", "brothel", "client", "police", "overdose", "hiv",
    "sexe", "sexuel", "travail du sexe", "travailleuse", "travailleur", "escorte", "surdose", "vih",
    "sexo", "trabajo sexual", "trabajadora sexual", "trabajador sexual", "policía", "sobredosis",
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


def reveals_at_a_glance(text: str, words: Iterable[str] = REVEALING) -> bool:
    """Whether somebody who only sees the notification sees one of the words."""
    return reveals(text[:GLIMPSED], words)
