"""The words of a message: cleaned, folded and cut, the same way for lists, records and people.

`fold` makes spellings equal that people do not tell apart when they type: case, accents, full-width forms,
Traditional and Simplified characters, apostrophes, stretched letters. `tokens` cuts a folded text into words;
scripts written without spaces (Han, kana, Thai, Lao, Khmer, Burmese) and Hangul are cut into single characters,
so that one phrase matcher (`bot.core.phrases`) serves every language.
"""

import re
import unicodedata
from collections.abc import Sequence
from importlib import resources
from itertools import accumulate
from pathlib import Path

# Letters that carry no decomposition but that people type without their stroke or ligature.
_PLAIN = {"đ": "d", "ø": "o", "ł": "l", "œ": "oe", "æ": "ae", "ı": "i", "ħ": "h", "ß": "ss"}
_APOSTROPHES = "'’‘ʼ`´′"
# French, Italian and Catalan words that lose their last letter before an apostrophe: the apostrophe parts two words
# there, and joins one elsewhere ("don't").
_ELISION = re.compile(r"\b(jusqu|lorsqu|puisqu|quoiqu|qu|dell|nell|all|un|[jldmtsnc])'(?=\w)")
_STRETCHED = re.compile(r"([a-zа-яё])\1{2,}")
_SINGLE = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\uac00-\ud7af"
_ONE = re.compile(f"[{_SINGLE}]")
_TOKEN = re.compile(rf"[{_SINGLE}]|[0-9]+|(?:(?![{_SINGLE}])[^\W\d_]|[\u0900-\u0dff\u0600-\u06ff])+")
_STOP = re.compile(r"[.!?…;]+(?=\s)|[。！？；]+")
# A word that is a web or mail address. Each alternative reads a word once: nothing in it can be matched in two ways.
_ADDRESS = re.compile(r"(?<!\S)(?:(?:https?://|www\.)\S+|[^\s@]+@[^\s@]+\.[^\s@]+)")
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


class _Fold(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if unicodedata.category(char) in _HIDDEN:
            folded = " " if char in "\n\r\t" else ""
        elif char in _APOSTROPHES:
            folded = "'"
        else:
            lowered = unicodedata.normalize("NFKC", char).casefold()
            parts = unicodedata.normalize("NFKD", "".join(_PLAIN.get(each, each) for each in lowered))
            # Marks of Latin, Greek and Cyrillic letters lie in this one block; marks of other scripts are letters.
            bare = "".join(each for each in parts if not "\u0300" <= each <= "\u036f")
            folded = unicodedata.normalize("NFKC", "".join(_PLAIN.get(each, each) for each in bare))
        if folded != char:  # what it folds to may fold further: a variant of a Traditional character
            folded = folded.translate(self)
        self[code] = folded
        return folded


def _fold_table() -> _Fold:
    _, traditional, simplified = (resources.files(__package__) / "han.txt").read_text("utf-8").splitlines()
    return _Fold(zip(map(ord, traditional), simplified, strict=True))


_FOLD = _fold_table()
SOURCES = (Path(__file__), Path(__file__).parent / "han.txt")
"""What folding depends on, for what is kept of folded words."""


def word_set(words: str) -> frozenset[str]:
    """A set of words written one after another."""
    return frozenset(words.split())


def clean(text: str) -> str:
    """`text` in NFC without control, bidirectional and zero-width characters; line breaks and tabs become spaces."""
    return unicodedata.normalize("NFC", plain(text)).strip()


def plain(text: str) -> str:
    """`text` on one line, without control, bidirectional and hidden characters: nothing that a screen obeys."""
    if text.isprintable():  # nothing of the kind is in most texts, and this asks it in no time
        return text
    return "".join(
        " " if char in "\n\r\t" else char
        for char in text
        if char in "\n\r\t" or unicodedata.category(char) not in _HIDDEN
    )


def fold(text: str) -> str:
    """`text` as it is compared: no case, accents, apostrophes, web or mail addresses; never shown to a person."""
    folded = text.translate(_FOLD)
    if "@" in folded or "://" in folded or "www." in folded:
        folded = _ADDRESS.sub(" ", folded)
    if "'" in folded:
        folded = _ELISION.sub(r"\1 ", folded).replace("'", "")
    return _STRETCHED.sub(r"\1", folded)


def tokens(text: str) -> list[str]:
    """The words of `text`, folded, in order; one character each in scripts without spaces and in Hangul."""
    return _TOKEN.findall(fold(text))


def sentence_ends(text: str, words: Sequence[str]) -> tuple[int, ...]:
    """Where each sentence of `text` ends, as positions in `words`, its tokens; a text without stops is one sentence."""
    parts = _STOP.split(text)
    return tuple(accumulate(len(tokens(part)) for part in parts)) if len(parts) > 1 else (len(words),)


def is_single(token: str) -> bool:
    """Whether `token` is a character of a script that is cut into single characters."""
    return len(token) == 1 and _ONE.match(token) is not None
