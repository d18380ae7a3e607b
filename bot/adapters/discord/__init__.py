"""The door to Discord: what comes in becomes a `Request`, a `Reply` goes out as a private message.

`adapter` opens and closes, `client` is the connection; `desk` decides what each event comes to; `answering` is the
only place that answers an interaction, always to the one who asked; `incoming`, `outgoing`, `coding` and `discreet` are
pure; `forms` and `layout` make what the library sends; `commands` is the table of commands. Buttons and forms hold all
their state in the custom id and are told apart in `on_interaction`, not kept as views in memory (not even as
`DynamicItem`, whose errors the library swallows): they work after a restart and after a year, and an id that nobody
knows gets a sentence. `sending` says what is unasked. Nothing is kept but what `bot.core.ports` keep.
"""

import sys
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

with warnings.catch_warnings():
    # discord.py imports audioop, which warns on Python 3.11 and 3.12.
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord  # noqa: F401

from bot.adapters.discord.adapter import DiscordAdapter
from bot.adapters.discord.examine import examine, findings

if TYPE_CHECKING:
    from bot.core.ground import Adapter, Ground
    from bot.core.kept import FileRule

__all__ = ["RULES", "command", "examine", "findings", "make"]

RULES: "Sequence[FileRule]" = ()


def make(ground: "Ground") -> "Adapter":
    """The door, not yet open."""
    return DiscordAdapter(ground)


async def command(ground: "Ground", words: Sequence[str]) -> int:  # noqa: ARG001
    """No command is known: what Discord says of the account is among what `doctor` prints."""
    sys.stderr.write("There is nothing to do for Discord but: python -m bot doctor\n")
    return 2
