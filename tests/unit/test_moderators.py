"""Who moderates is what the operator's file says of the account somebody acts with."""

from bot.core.moderators import Moderators, Standing
from bot.settings import Community, Moderator

HERON = Moderator("heron", "100", "@heron:example.org", ("AAAA",))
FILE = Moderators(
    [Community("north", moderators=(HERON,)), Community("south", moderators=(HERON, Moderator("wren", "200")))]
)


def test_all_accounts_of_one_entry_are_one_person_in_every_community_of_theirs() -> None:
    on_discord = FILE.standing("discord", "100", is_proven=True)
    assert on_discord == FILE.standing("matrix", "@heron:example.org", is_proven=True)
    assert on_discord == Standing("heron", frozenset({"north", "south"}), is_proven=True)
    assert FILE.entry("matrix", "@heron:example.org") == FILE.entry("discord", "100")


def test_an_account_of_another_platform_or_of_nobody_moderates_nothing() -> None:
    assert FILE.standing("matrix", "100", is_proven=True).moderator == ""
    assert FILE.standing("discord", "300", is_proven=True, keeps_room=True) == Standing(keeps_room=True, is_proven=True)


def test_no_repr_shows_a_fingerprint() -> None:
    assert "AAAA" not in repr(FILE.entry("discord", "100"))
