"""Questions the bot asks before it can act: a modal on Discord, one question at a time elsewhere."""

from dataclasses import dataclass, field
from typing import Literal

MOST_FIELDS = 5
"""Discord shows no more in a modal (API docs, Components: modals)."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `choices` are (value, label) pairs of a CHOICE; `value` is what stands there when it is asked."""

    name: str
    label: str
    input: Literal["line", "paragraph", "choice"] = "line"
    required: bool = True
    max_length: int = 1000
    choices: tuple[tuple[str, str], ...] = ()
    value: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Form:
    """Up to five questions under one title; `id` names what is done with the answers."""

    id: str
    title: str
    fields: tuple[Field, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.fields) <= MOST_FIELDS:
            raise ValueError(f"a form has 1 to {MOST_FIELDS} fields, not {len(self.fields)}")
