"""What a notification of Discord shows: the beginning of a direct message, on a locked screen.

When the first 80 characters would hold a revealing word (`bot.core.discreet`), a neutral line goes before it
(`discord-lead`, which a test holds to that length in every language).
"""

from collections.abc import Iterable

from bot.core.discreet import REVEALING, reveals

__all__ = ["GLIMPSED", "REVEALING", "reveals", "reveals_at_a_glance"]

GLIMPSED = 80
"""Characters of a direct message that a notification shows."""


def reveals_at_a_glance(text: str, words: Iterable[str] = REVEALING) -> bool:
    """Whether somebody who only sees the notification sees one of the words."""
    return reveals(text[:GLIMPSED], words)
