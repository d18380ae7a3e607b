"""Groups and services called by their name: "is WISH open", "chez stella", "maggies number"."""

import re
from collections.abc import Callable, Iterable, Sequence

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
_PARTS = re.compile(r"[()–:]|,\s| - | / ")


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
        # By the first word the lengths there are, longest first: a look-up costs as many reads, however many names begin so.
        self._lengths: dict[str, list[int]] = {}
        for key in self._ids:
            lengths = self._lengths.setdefault(key[0], [])
            if len(key) not in lengths:
                lengths.append(len(key))
        for lengths in self._lengths.values():
            lengths.sort(reverse=True)

    def vocabulary(self) -> set[str]:
        """The words of all names, for mending typing errors."""
        return {token for key in self._ids for token in key}

    def coverage(self, record: str) -> tuple[Area, ...]:
        """Where a record of that id helps."""
        return self._coverage[record]

    def words(self, record: str) -> set[str]:
        """The words of all its names."""
        return self._words[record]

    def find(self, text: str, words: Sequence[str]) -> tuple[str, ...]:
        """Ids of the records that `words` (the tokens of `text`) name, in the order named."""
        found: dict[str, None] = {}
        at = 0
        while at < len(words):
            lengths = self._lengths.get(words[at], ())
            keys = (tuple(words[at : at + length]) for length in lengths)
            key = next((each for each in keys if each in self._ids), None)
            if key is None or not self._is_name(key, at, words, text):
                at += 1
                continue
            if not (at and words[at - 1] in _NOT):
                found.update(dict.fromkeys(self._ids[key]))
            at += len(key)
        return tuple(found)

    def _is_name(self, key: tuple[str, ...], at: int, words: Sequence[str], text: str) -> bool:
        if sum(map(len, key)) < 3 and not all(map(is_single, key)):
            return _capitals(text).issuperset(key)
        if len(key) > 1 or not self._is_common(key[0]):
            return True
        if len(words) == 1:
            # Nothing else is said: then the word is the name, also where it is a first name or an everyday word.
            return True
        beside = {*words[max(0, at - 2) : at], *words[at + 1 : at + 3]}
        return bool(beside & _BESIDE) or key[0] in _capitals(text)


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
