"""A fake Discord at the wire: REST and gateway on loopback, to which the unmodified discord.py connects.

It refuses what Discord refuses: every body is checked against Discord's own API description
(`tests/data/discord-openapi.json`) and against the documented limits. What the service does beyond its documentation
was seen in use; such places say so. `fake.py` is the test API.
"""

from .acting import NotPossibleError
from .fake import FakeDiscord
from .interactions import Answer, Interaction, Modal, UnansweredError
from .permissions import Can
from .seam import pointing_at
from .stage import WANTED_LOCALES
from .state import ANNOUNCEMENT, Channel, Guild, Message, User
from .talking import Said

__all__ = [
    "ANNOUNCEMENT",
    "WANTED_LOCALES",
    "Answer",
    "Can",
    "Channel",
    "FakeDiscord",
    "Guild",
    "Interaction",
    "Message",
    "Modal",
    "NotPossibleError",
    "Said",
    "UnansweredError",
    "User",
    "pointing_at",
]
