"""What the card of each class offers, from `offers.yaml`."""

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from bot.core.compiled import read_kept


@dataclass(frozen=True, slots=True)
class Offer:
    """One entry of `offers.yaml`, where the keys are explained."""

    steps: tuple[tuple[str, ...], ...]
    serves: frozenset[str]
    kinds: frozenset[str]
    names_emergency: bool
    names_rights: bool
    names_peers: bool
    is_far: bool
    is_fixed: bool
    is_theirs: bool


@lru_cache(maxsize=1)
def offers() -> dict[str, Offer]:
    """The offers by class, as the package carries them; read once."""
    return {
        kind: _offer(entry)
        for kind, entry in read_kept(Path(str(resources.files(__package__))) / "offers.yaml").items()
    }


def _offer(entry: dict[str, Any]) -> Offer:
    return Offer(
        steps=tuple(tuple(step) for step in entry["steps"]),
        serves=frozenset(entry.get("serves", ())),
        kinds=frozenset(entry.get("kinds", ())),
        names_emergency=entry.get("emergency") == "yes",
        names_rights=entry.get("rights") == "yes",
        names_peers=entry.get("peers") == "yes",
        is_far=entry.get("far") == "yes",
        is_fixed=entry.get("fixed") == "yes",
        is_theirs=entry.get("theirs") == "yes",
    )
