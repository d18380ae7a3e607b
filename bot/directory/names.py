"""Groups and services called by their name: "is WISH open", "chez stella", "maggies number"."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from bot.core.words import is_single, tokens
from bot.directory.model import Area, Resource

# Words next to a name that show it is one, in the languages the bot writes.
_BESIDE = frozenset(
    tokens(
        "number phone address hours website email contact called call named open closed closing "
        "numero telephone adresse horaire horaires site chez ouvert ferme appele "
        "telefono direccion horario sitio correo abierto cerrado llamado"
    )
)
# A name behind one of these is what the person does not mean: "not Butterfly, the other one".
_NOT = frozenset({"not", "isnt", "pas", "nicht"})
_PARTS = re.compile(r"[()–:]|,\s| - | / |(?<=[A-Z])/(?=[A-Z])")

MOST = 2 / 3
"""So many of the words that say something must be of one name, to call a record without its whole name."""


class Names:
    """Every name and alias of the records, found in a message.

    A name of one everyday word ("Shift", "SHARE", "Ensemble") counts only where the writing shows it is a name:
    in capitals, or beside a word like "number" or "chez".
    """

    def __init__(self, resources: Iterable[Resource], is_common: Callable[[str], bool]) -> None:
        self._ids: dict[tuple[str, ...], list[str]] = {}
        self._is_common = is_common
        self._coverage: dict[str, tuple[Area, ...]] = {}
        self._words: dict[str, set[str]] = {}
        for resource in resources:
            self._coverage[resource.id] = resource.coverage
            for name in _called(resource):
                key = tuple(tokens(name))
                self._words.setdefault(resource.id, set()).update(key)
                ids = self._ids.setdefault(key, [])
                if key and resource.id not in ids:
                    ids.append(resource.id)
        self._ids.pop((), None)
        self._pairs = self._of_pairs()
        # By the first word the lengths there are, longest first: a look-up costs as many reads, however many names begin so.
        self._lengths: dict[str, list[int]] = {}
        for key in self._ids:
            lengths = self._lengths.setdefault(key[0], [])
            if len(key) not in lengths:
                lengths.append(len(key))
        for lengths in self._lengths.values():
            lengths.sort(reverse=True)

    def _of_pairs(self) -> dict[tuple[str, str], str]:
        """Neighbours in the names of one record only, of which at most one is a common word, to that record."""
        owners: dict[tuple[str, str], set[str]] = {}
        for key, ids in self._ids.items():
            for pair in pairwise(key):
                if not any(map(is_single, pair)) and not all(map(self._is_common, pair)):
                    owners.setdefault(pair, set()).update(ids)
        return {pair: next(iter(ids)) for pair, ids in owners.items() if len(ids) == 1}

    def vocabulary(self) -> set[str]:
        """The words of all names, for mending typing errors."""
        return {token for key in self._ids for token in key}

    def coverage(self, record: str) -> tuple[Area, ...]:
        """Where a record of that id helps."""
        return self._coverage[record]

    def words(self, records: Iterable[str]) -> set[str]:
        """The words of all names of the records of those ids."""
        return {word for each in records for word in self._words[each]}

    def find(self, text: str, words: Sequence[str]) -> tuple[str, ...]:
        """Ids of the records that `words` (the tokens of `text`) name, in the order named."""
        found: dict[str, None] = {}
        capitals = _capitals(text)
        at = 0
        while at < len(words):
            lengths = self._lengths.get(words[at], ())
            keys = (tuple(words[at : at + length]) for length in lengths)
            key = next((each for each in keys if each in self._ids), None)
            if key is None or not self._is_name(key, at, words, capitals):
                at += 1
                continue
            if not (at and words[at - 1] in _NOT):
                found.update(dict.fromkeys(self._ids[key]))
            at += len(key)
        return tuple(found)

    def nearly(self, told: Sequence[str]) -> tuple[str, ...]:
        """The record that `told`, words that say something, are most of a name of: "comité autonome tds". Else nothing."""
        for pair in pairwise(told):
            record = self._pairs.get(pair)
            if record and sum(word in self._words[record] for word in told) >= MOST * len(told):
                return (record,)
        return ()

    def _is_name(self, key: tuple[str, ...], at: int, words: Sequence[str], capitals: set[str]) -> bool:
        if sum(map(len, key)) < 3 and not all(map(is_single, key)):
            return capitals.issuperset(key)
        if len(key) > 1 or not self._is_common(key[0]):
            return True
        if len(words) == 1:
            # Nothing else is said: then the word is the name, also where it is a first name or an everyday word.
            return True
        beside = {*words[max(0, at - 2) : at], *words[at + 1 : at + 3]}
        return bool(beside & _BESIDE) or key[0] in capitals


def _capitals(text: str) -> set[str]:
    """The words in capitals, also as one where stops part them ("S.H.O.P."); none where all of the text shouts."""
    shouted = [word for word in re.findall(r"[^\W\d_][\w.\-]*", text) if word.isupper()] if not text.isupper() else []
    return {token for word in shouted for token in (*tokens(word), "".join(tokens(word)))}


def _called(resource: Resource) -> Iterable[str]:
    """The names a record goes by: whole, without what stands in brackets or after a comma, and its aliases."""
    for name in (resource.name, *resource.aliases):
        yield name
        parts = [part.strip() for part in _PARTS.split(name) if part.strip()]
        if len(parts) > 1:
            yield parts[0]
        for place in {area.place for area in resource.coverage if area.place}:
            if name.endswith(f" {place}"):
                yield name.removesuffix(f" {place}")
