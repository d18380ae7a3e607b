"""Web addresses that are refused or unclear, written so that no client makes a link of them."""

import re

from bot.vetting.model import Submission

_SCHEME = re.compile(r"https?", re.IGNORECASE)


def unpressable(words: str, given: Submission) -> str:
    """The words, with each address of `given` that is refused or unclear so written, and tracking taken out of the others."""
    for link in given.links:
        if link.verdict in ("warn", "refuse"):
            words = words.replace(link.url, defanged(link.url))
        elif link.shown != link.url:
            words = words.replace(link.url, link.shown)
    return words


def defanged(url: str) -> str:
    """An address one can read and not press: hxxps://example[.]org."""
    return _SCHEME.sub(lambda found: found[0][0] + "xx" + found[0][3:], url, count=1).replace(".", "[.]")
