"""A suggestion as it is read: cleaned once, with each word's place kept, so that what is found can be marked.

Three texts of equal length stand side by side: `text` as it is shown, `plain` with every digit as an ASCII digit (full-width,
circled, mathematical, Arabic, Thai …) and full-width signs as ASCII ones, and `prose`, which is `plain` with spaces in the
place of links and mail addresses, so that "order" in an address orders nothing.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.core.lists import Span
from bot.core.words import clean, is_single, tokens

_SINGLE = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\uac00-\ud7af"
# One run of letters, with apostrophes inside it and the marks of Indic and Arabic letters; digits; one sign of a script without spaces.
_CHUNK = re.compile(
    rf"[{_SINGLE}]|[0-9]+|(?:(?![{_SINGLE}])[^\W\d_]|[\u0900-\u0dff\u0600-\u06ff]|(?<=[^\W\d_])['’‘ʼ`´′](?=[^\W\d_]))+"
)
_SENTENCE_END = re.compile(r"[.!?;。！？；](?=\s|$)|[。！？；]|\s[-–—•|]\s|\n")


_FEW = 3


class _Plain(dict[int, str]):
    """One character for one character; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = char
        if not char.isascii():
            digit = unicodedata.digit(char, None)
            compatible = unicodedata.normalize("NFKC", char)
            if digit is not None:
                folded = str(digit)
            elif char in "\ufe0e\ufe0f\u20e3" or char.isspace():
                folded = " "
            elif len(compatible) == 1 and compatible.isascii():
                folded = compatible
            elif char in "‐‑‒–—―−ー－":
                folded = "-"
        self[code] = folded
        return folded


_PLAIN = _Plain()


@dataclass(frozen=True)
class Page:
    """`text` is NFC without control, bidirectional and zero-width characters; every place in what is found is one in it."""

    text: str = field(repr=False)
    plain: str = field(repr=False)
    prose: str = field(repr=False)

    @classmethod
    def of(cls, given: str, masked: Iterable[Span] = ()) -> "Page":
        """`given` cleaned; `masked` are places in the cleaned text that are no prose."""
        # Line by line, so that what is marked in one line is found there again by whoever shows it.
        text = "\n".join(map(clean, given.replace("\r\n", "\n").split("\n"))).strip()
        plain = text.translate(_PLAIN)
        return cls(text, plain, _blanked(plain, masked))

    def head(self, most: int) -> "Page":
        """The beginning of the page, of about `most` characters, up to the end of a word."""
        if len(self.text) <= most:
            return self
        space = self.prose.find(" ", most, most + 100)
        end = most if space < 0 else space
        return Page(self.text[:end], self.plain[:end], self.prose[:end])

    def without(self, masked: Iterable[Span]) -> "Page":
        """The same page with more places that are no prose."""
        return Page(self.text, self.plain, _blanked(self.prose, masked))

    @cached_property
    def _cut(self) -> tuple[list[str], list[int], list[int]]:
        words: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for found in _CHUNK.finditer(self.prose):
            for word in tokens(found[0]):
                words.append(word)
                starts.append(found.start())
                ends.append(found.end())
        return words, starts, ends

    @property
    def words(self) -> Sequence[str]:
        """The words as `bot.core.words.tokens` cuts them."""
        return self._cut[0]

    @cached_property
    def stretch(self) -> int:
        """A thought takes twice as many words where each is one character."""
        return 2 if sum(map(is_single, self.words)) * 2 > len(self.words) else 1

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where a sentence begins, but the first."""
        return [found.end() for found in _SENTENCE_END.finditer(self.prose)]

    def sentence(self, start: int) -> Span:
        """The sentence in which the character at `start` stands."""
        at = bisect_right(self.sentence_starts, start)
        first = self.sentence_starts[at - 1] if at else 0
        return first, self.sentence_starts[at] if at < len(self.sentence_starts) else len(self.text)

    def is_torn(self, words: Span) -> bool:
        """Whether a sentence ends between the words, or a comma stands between two or three: they say nothing together."""
        if words[1] - words[0] < 2:
            return False
        start, end = self.place(words)
        at = bisect_right(self.sentence_starts, start)
        if at < len(self.sentence_starts) and self.sentence_starts[at] < end:
            return True
        return words[1] - words[0] <= _FEW * self.stretch and "," in self.prose[start:end]

    def place(self, words: Span) -> Span:
        """Where the words from the first up to, not including, the second of `words` stand in the text."""
        _, starts, ends = self._cut
        first, last = min(words[0], len(starts) - 1), min(max(words[0], words[1] - 1), len(ends) - 1)
        return (starts[first], ends[last]) if starts else (0, 0)

    def words_at(self, place: Span) -> Span:
        """The words that a place in the text covers or touches; of a place that is no prose, between which it stands."""
        _, starts, ends = self._cut
        first = bisect_right(ends, place[0])
        return first, max(first, bisect_left(starts, place[1]))


def _blanked(text: str, masked: Iterable[Span]) -> str:
    parts: list[str] = []
    at = 0
    for start, end in sorted(masked):
        if end > at:
            parts += (text[at : max(at, start)], " " * (end - max(at, start)))
            at = end
    return "".join((*parts, text[at:]))
