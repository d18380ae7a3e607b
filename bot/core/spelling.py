"""Typing errors, mended towards the words the bot listens for.

Only words that no language knows are touched, and only towards list words, place names and names of records, never
towards text: of all steps measured on labelled questions this one pays most after places (+.03 nDCG@5).
"""

from collections.abc import Callable, Iterable, Sequence

LEAST = 5
"""Shorter words have too many neighbours: "mtl", "chum", "psy"."""


class Speller:
    """One-edit repair (a letter more, less, other, or two swapped) towards a vocabulary.

    `is_known` says of a word that it is no error. The index of words with one letter taken out is made once;
    a look-up costs as many dictionary reads as the word has letters.
    """

    def __init__(self, vocabulary: Iterable[str], is_known: Callable[[str], bool]) -> None:
        self._is_known = is_known
        self._vocabulary = {word for word in vocabulary if len(word) >= LEAST - 1 and word.isalpha()}
        self._shortened: dict[str, list[str]] = {}
        for word in sorted(self._vocabulary):
            for form in _shortened(word):
                self._shortened.setdefault(form, []).append(word)

    def mend(self, words: Sequence[str]) -> list[str]:
        """`words` with each unknown one replaced by its nearest neighbour, where it has one."""
        return [self._mended(word) for word in words]

    def _mended(self, word: str) -> str:
        if len(word) < LEAST or not word.isalpha() or any(map(self._is_right, (word, word.removesuffix("s")))):
            return word
        found = {each for form in (word, *_shortened(word)) for each in self._neighbours(form)}
        near = [each for each in found if _is_one_edit(word, each)]
        # People seldom miss the first letter; a neighbour of equal length is a slip of one key.
        return min(near, key=lambda each: (each[0] != word[0], abs(len(each) - len(word)), each), default=word)

    def _is_right(self, word: str) -> bool:
        return word in self._vocabulary or self._is_known(word)

    def _neighbours(self, form: str) -> Iterable[str]:
        if form in self._vocabulary:
            yield form
        yield from self._shortened.get(form, ())


def _shortened(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _is_one_edit(one: str, other: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours makes `one` into `other`."""
    if len(one) > len(other):
        one, other = other, one
    at = next((index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    return one[at + 1 :] == other[at + 1 :] or (
        one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    )
