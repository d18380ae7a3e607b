"""The registry of the doors: which package is which platform's. A door is imported only where it is set up."""

import importlib
from typing import cast

from bot.core.finding import Finding, UnsafeSetupError
from bot.core.ground import Door
from bot.settings import Settings

PACKAGES = {"discord": "bot.adapters.discord", "matrix": "bot.adapters.matrix"}
"""Platform, as its section in the settings is called, to package; the package offers what `Door` says."""


def doors_of(settings: Settings) -> list[Door]:
    """The doors that are set up. Raises UnsafeSetupError when the libraries of one are not installed."""
    return [_door(platform) for platform in PACKAGES if getattr(settings, platform) is not None]


def door_of(settings: Settings, platform: str) -> Door:
    """The door of one platform. Raises UnsafeSetupError when it is not set up, or its libraries are not installed."""
    if getattr(settings, platform) is None:
        mend = "See `python -m bot doctor`."
        raise UnsafeSetupError(Finding("refuse", "door-not-set-up", f"The door to {platform} is not set up.", mend))
    return _door(platform)


def _door(platform: str) -> Door:
    try:
        found = importlib.import_module(PACKAGES[platform])
    except ModuleNotFoundError as error:
        is_ours = (error.name or "").startswith("bot.")
        mend = "Take its settings out." if is_ours else "Run: pip install --require-hashes -r requirements.txt"
        sentence = f"The door to {platform} cannot be opened: {error.name} is not installed."
        raise UnsafeSetupError(Finding("refuse", "door-missing", sentence, mend)) from None
    return cast("Door", found)
