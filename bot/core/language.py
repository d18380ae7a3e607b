"""The language of a short message: its script first, then its letters, then tables of common words.

A library does no better on three words (py3langid limited to the same languages: .967 against .961 for this method
on 180 short messages) and costs ten times the time and twenty times the memory.
"""

import unicodedata
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from bot.core.compiled import mapped
from bot.core.flat import SOURCES as FLAT
from bot.core.flat import FlatMap, flattened
from bot.core.words import SOURCES, fold
from bot.text.messages import LOCALES as WRITTEN

LOCALES = WRITTEN
"""The languages the bot writes."""

# Code blocks of scripts that settle the language by themselves.
_SCRIPTS = (
    ("\u3040", "\u30ff", "ja"), ("\u4e00", "\u9fff", "zh"), ("\u3400", "\u4dbf", "zh"), ("\uac00", "\ud7af", "ko"),
    ("\u0e00", "\u0e7f", "th"), ("\u0e80", "\u0eff", "lo"), ("\u1780", "\u17ff", "km"), ("\u1000", "\u109f", "my"),
    ("\u0900", "\u097f", "hi"), ("\u0980", "\u09ff", "bn"), ("\u0a00", "\u0a7f", "pa"), ("\u0b80", "\u0bff", "ta"),
    ("\u0600", "\u06ff", "ar"), ("\u0590", "\u05ff", "he"), ("\u0370", "\u03ff", "el"), ("\u0400", "\u04ff", "cyrillic"),
)  # fmt: skip
# Letters only some languages write; each counts like two common words.
_LETTERS = {
    "ñ": "es", "¿": "es", "¡": "es", "ã": "pt", "õ": "pt", "è": "fr it", "ê": "fr pt vi", "ù": "fr it vi", "œ": "fr",
    "î": "fr ro", "û": "fr", "ë": "fr nl", "ç": "fr pt", "ß": "de", "ä": "de", "ö": "de", "ü": "de",
    "đ": "vi", "ơ": "vi", "ư": "vi", "ă": "vi ro", "ł": "pl", "ż": "pl", "ś": "pl", "ę": "pl", "ą": "pl",
    "і": "uk", "ї": "uk", "є": "uk", "ґ": "uk", "ы": "ru", "э": "ru", "ё": "ru", "ъ": "ru bg",
}  # fmt: skip
_BEFOREHAND = (0.6, 0.3, 0.3, 0.0)
"""What the languages the bot writes have before a word is read: two shared words are not to make a message Dutch."""
_EVERYDAY = 250
"""So many words at the head of a table are everyday ones."""


class Languages:
    """The common words of the languages, folded."""

    def __init__(self, languages: Sequence[str], words: FlatMap) -> None:
        """`words` hold one byte a language that has the word: twice its place in `languages`, from 1, plus one if it is everyday."""
        self._languages = ("", *languages)
        self._bytes = {language: at * 2 for at, language in enumerate(self._languages)}
        self._words = words

    @classmethod
    def shipped(cls) -> "Languages":
        """The tables of `bot/core/common`, one file a language, most common words first."""
        folder = Path(str(resources.files(__package__))) / "common"
        files = sorted(folder.glob("*.txt"))
        languages, words = mapped("common", [*files, Path(__file__), *SOURCES, *FLAT], lambda: _read(files))
        return cls(languages, FlatMap(words))

    def knows(self, word: str) -> bool:
        """Whether a folded word is a common word of any language."""
        return word in self._words

    def speaks(self, language: str, word: str) -> bool:
        """Whether a folded word is a common word of this language."""
        had, found = self._bytes.get(language, 0), self._words.get(word) or b""
        return had in found or had + 1 in found

    def is_everyday(self, word: str, language: str) -> bool:
        """Whether it is one of the most common words of the language or of English: it says nothing about a need."""
        found = self._words.get(word) or b""
        return self._bytes.get(language, 0) + 1 in found or self._bytes["en"] + 1 in found

    def detect(self, text: str, words: Sequence[str]) -> str:
        """The main language of a message, a BCP 47 primary tag; "en" where nothing tells.

        `words` are the tokens of `text`. Of equal evidence, the earlier of en, fr, es, zh, then the alphabet, wins.
        """
        scores = dict(zip(LOCALES, _BEFOREHAND, strict=True))
        scripts: dict[str, int] = {}
        for char in unicodedata.normalize("NFC", text.lower()):
            if char > "\x7f":
                for language in _LETTERS.get(char, "").split():
                    scores[language] = scores.get(language, 0.0) + 2.0
                # The block of Vietnamese letters with two marks.
                if "\u1ea0" <= char <= "\u1ef9":
                    scores["vi"] = scores.get("vi", 0.0) + 2.0
                for first, last, language in _SCRIPTS:
                    if first <= char <= last:
                        scripts[language] = scripts.get(language, 0) + 1
                        break
        by_script = self._by_script(scripts, words)
        if by_script and by_script != "cyrillic":
            return by_script
        for found in self._words.found(words):
            for each in found:
                language = self._languages[each >> 1]
                # A word that languages share tells as much less; an everyday one carries grammar and tells twice.
                scores[language] = scores.get(language, 0.0) + (2.0 if each & 1 else 1.0) / len(found)
        if by_script:
            return max(("ru", "uk", "bg"), key=lambda each: scores.get(each, 0.0))
        best = max(scores.values())
        return next(language for language in (*LOCALES, *sorted(scores)) if scores.get(language) == best)

    @staticmethod
    def _by_script(scripts: dict[str, int], words: Sequence[str]) -> str | None:
        """The language of the script most of the message is in; None for Latin letters."""
        if not scripts:
            return None
        if scripts.get("ja") and scripts.get("zh"):
            scripts["ja"] += scripts.pop("zh")
        language, count = max(scripts.items(), key=lambda each: each[1])
        latin = sum(1 for word in words if word.isascii() and word.isalpha())
        # One word in letters weighs about as much as two characters.
        return language if count >= 2 * latin or latin <= 2 else None


def _read(files: Sequence[Path]) -> tuple[list[str], bytes]:
    """The languages, and every common word with those that have it as `Languages` reads them."""
    words: dict[str, bytes] = {}
    for at, file in enumerate(files, 1):
        lines = file.read_text("utf-8").splitlines()
        table = dict.fromkeys(fold(" ".join(line for line in lines if not line.startswith("#"))).split())
        # A short table is no more everyday than the head of a long one.
        everyday = min(_EVERYDAY, len(table) // 5)
        for rank, word in enumerate(table):
            words[word] = words.get(word, b"") + bytes([at * 2 + (rank < everyday)])
    return [file.stem for file in files], flattened(words)


def locale_of(language: str) -> str:
    """The language to answer in: the same where the bot writes it, else English."""
    return language if language in LOCALES else "en"
