"""Who moderates: the entries of the operator's file, and what a door saw of a person when they acted.

A right is checked at the moment of the act, from the file and from what the door saw of this very event, never from what
a card or a button says (`policy.md` §5, `security.md` rule 6).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.settings import Community


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person may do where they act, at this moment.

    `moderator` is the pseudonym of their entry in the file, empty for everybody else, and `communities` are the ids of
    those they moderate. `keeps_room`: they may change what this room or server is sent (Discord: Manage Server; Matrix:
    power level 50 or creator). `administers`: they may say what the room is for (Discord: administrator of a server where
    the bot is a member; Matrix: as above, in an encrypted room). `is_proven`: the event cannot be forged by a server; on Matrix it was decrypted and came
    from a device whose fingerprint the file names, on Discord always.
    """

    moderator: str = ""
    communities: frozenset[str] = frozenset()
    keeps_room: bool = False
    is_proven: bool = False
    administers: bool = False


NOBODY = Standing()


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of the file: their pseudonym, what they moderate, and the fingerprints of their Matrix devices."""

    name: str
    communities: frozenset[str]
    devices: frozenset[str] = field(repr=False)


class Moderators:
    """The entries of the operator's file, found by the account somebody acts with."""

    def __init__(self, communities: Iterable[Community]) -> None:
        self._entries: dict[tuple[str, str], Entry] = {}
        for community in communities:
            for each in community.moderators:
                for platform, account in (("discord", each.discord), ("matrix", each.matrix)):
                    if account:
                        self._add((platform, account), each.name, community.id, each.devices)

    def _add(self, account: tuple[str, str], name: str, community: str, devices: Iterable[str]) -> None:
        found = self._entries.get(account)
        communities = (found.communities if found else frozenset()) | {community}
        known = (found.devices if found else frozenset()) | frozenset(devices)
        self._entries[account] = Entry(name, communities, known)

    def entry(self, platform: str, account: str) -> Entry | None:
        """The person with that account, or None for somebody who moderates nothing."""
        return self._entries.get((platform, account))

    def standing(
        self, platform: str, account: str, *, is_proven: bool, keeps_room: bool = False, administers: bool = False
    ) -> Standing:
        """What the person with that account may do, as a door saw them."""
        found = self.entry(platform, account)
        if found is None:
            return Standing(keeps_room=keeps_room, is_proven=is_proven, administers=administers)
        return Standing(found.name, found.communities, keeps_room, is_proven, administers)
