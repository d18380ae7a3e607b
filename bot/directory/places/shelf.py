"""Names that begin with the same word as lines of one text, and what is said of each."""

from collections.abc import Iterator, Mapping, Sequence

TOWN = "="
"""What begins a name that is a smaller town's; no name of the others holds it."""
_MORE = "\x1e"
_ZERO = ord("0")  # what a figure at the head of a text begins at


class Shelf:
    """The names of one first word; found without a look at any other."""

    __slots__ = ("_text",)

    def __init__(self, text: bytes) -> None:
        """`text` is what `shelved` made for the word."""
        self._text = text

    @property
    def longest(self) -> int:
        """Words in the longest name, smaller towns aside; 0 where there are no others."""
        return self._text[0] - _ZERO

    @property
    def longest_town(self) -> int:
        """Words in the longest name of a smaller town; 0 where there is none."""
        return self._text[1] - _ZERO

    def said(self, name: str) -> list[str]:
        """What is said of a whole name, nothing where it is none."""
        sought = f"\n{name}\t".encode()
        at = self._text.find(sought)
        start = at + len(sought)
        return self._text[start : self._text.index(b"\n", start)].decode().split(_MORE) if at >= 0 else []

    def names(self) -> Iterator[str]:
        """All names, smaller towns aside."""
        names = (line.partition("\t")[0] for line in self._text.decode().split("\n")[1:-1])
        return (name for name in names if not name.startswith(TOWN))


def shelved(names: Mapping[str, Sequence[str]]) -> dict[str, bytes]:
    """First word to what `Shelf` reads, of folded names (those of smaller towns behind TOWN) and what is said of each."""
    lines: dict[str, list[str]] = {}
    longest: dict[str, list[int]] = {}
    for name, said in names.items():
        words = name.removeprefix(TOWN).split(" ")
        lines.setdefault(words[0], []).append(f"{name}\t{_MORE.join(said)}\n")
        sizes = longest.setdefault(words[0], [0, 0])
        is_town = name.startswith(TOWN)
        sizes[is_town] = max(sizes[is_town], len(words))
    heads = {first: bytes(size + _ZERO for size in sizes) for first, sizes in longest.items()}
    return {first: heads[first] + f"\n{''.join(group)}".encode() for first, group in lines.items()}
