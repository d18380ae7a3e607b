"""The controlled words of a record, from `vocabulary.yaml`, and the codes of countries and regions, from `places/`."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from bot.core.compiled import read_kept

_CODE = re.compile(r"^'?([A-Z]{2}(?:-[A-Z0-9]{1,3})?)'?:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every list in the order of the file; `labels` with what each means."""

    kind: tuple[str, ...]
    led_by: tuple[str, ...]
    topics: tuple[str, ...]
    serves: tuple[str, ...]
    access: tuple[str, ...]
    cautions: tuple[str, ...]
    labels: dict[str, str]
    check_methods: tuple[str, ...]
    check_outcomes: tuple[str, ...]
    languages: tuple[str, ...]
    refused_words: dict[str, list[str]]
    refusals: dict[str, list[str]]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The words as the package carries them; read once."""
    lists: dict[str, Any] = read_kept(Path(str(resources.files(__package__))) / "vocabulary.yaml")
    values: dict[str, Any] = {key: value if isinstance(value, dict) else tuple(value) for key, value in lists.items()}
    return Vocabulary(**values)


@lru_cache(maxsize=2)
def place_codes(name: str) -> frozenset[str]:
    """The codes of `places/countries.yaml` or `regions.yaml`: each begins a line, so no YAML is read for them."""
    return frozenset(_CODE.findall((resources.files(__package__) / "places" / f"{name}.yaml").read_text("utf-8")))
