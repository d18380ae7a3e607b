"""What the operator sets; the only place that reads the environment. Nothing is read at import."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DATA_DIR = "UMBRELLA_DATA"
HOME = "UMBRELLA_HOME"
LANGUAGE = "UMBRELLA_LANGUAGE"
# POSIX: the first of these that is set decides the language of messages.
_SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")


@dataclass(frozen=True, slots=True)
class Settings:
    """`home` is an ISO code of a country or region; `language` the one all answers come in, None for the asker's own.

    `greeting` is the language of the first words, before anything was asked: that of the system.
    """

    data_dir: Path | None = None
    directory: Path | None = None
    home: str | None = None
    language: str | None = None
    greeting: str = "en"


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings the environment holds; an empty variable is one that is not set."""
    given = os.environ if environment is None else environment
    data_dir = given.get(DATA_DIR)
    system = next((given[name] for name in _SYSTEM if given.get(name)), "en")
    return Settings(
        data_dir=Path(data_dir) if data_dir else None,
        home=given.get(HOME) or None,
        language=given.get(LANGUAGE) or None,
        greeting=system.replace("_", "-").split("-")[0].split(".")[0].lower(),
    )
