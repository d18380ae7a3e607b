"""Hosts that pass for another one: letters that look alike, a slip of one key, words added, another ending, a known host as the head of a longer one.

Compared are the hosts of the directory and the well-known ones of `lists/hosts.yaml`. Looks of letters after Unicode's confusables (UTS 39), the
common ones. Nothing is looked up.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from bot.core.compiled import read_kept
from bot.core.words import word_set
from bot.directory.contacts import LOOKS, foreign_fault, look

# Marked and small letters without a decomposition, beside those of other scripts.
_LOOKS = str.maketrans({**LOOKS, **dict(zip("ɑɡıłøđℓʟᴀᴄᴅᴇᴋᴍᴏᴘᴛᴜᴠᴡᴢɩʏ", "agilodllacdekmoptuvwziy", strict=True))})
LEAST, LEAST_SLIPPED, LEAST_ALONE = 5, 6, 8
"""Shorter names are known with words added, after a slip, or as a part of another's host by chance."""
MOST_LABELS = 12
_SECOND_LEVEL = word_set("co com org net gov edu ac gouv gob gub or ne go asso")


@cache
def listed() -> dict[str, Any]:
    """`lists/hosts.yaml`."""
    page: dict[str, Any] = read_kept(Path(str(resources.files(__package__))) / "lists" / "hosts.yaml")
    return page


def decoded(host: str) -> str | None:
    """`host` with its punycode parts as letters; None where one cannot be read."""
    parts: list[str] = []
    for label in host.split("."):
        if not label.startswith("xn--"):
            parts.append(label)
            continue
        try:
            parts.append(label[4:].encode("ascii").decode("punycode"))
        except (UnicodeError, ValueError):
            return None
    return ".".join(parts)


def is_disguised(host: str) -> bool:
    """Whether a part of the decoded host mixes scripts, or is written in other letters that all look Latin."""
    return any(not label.isascii() and foreign_fault(label) is not None for label in host.split("."))


def skeleton(name: str) -> str:
    """What the eye takes a name for."""
    plain = unicodedata.normalize("NFKD", name.translate(_LOOKS))
    return look("".join(char for char in plain if not unicodedata.combining(char)).lower().replace("-", ""))


def registered(host: str) -> str:
    """The part of a host that somebody registered: its last two labels, or three where the second is a common one (co.uk)."""
    labels = host.split(".")
    size = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else 2
    return ".".join(labels[-size:])


@dataclass(frozen=True)
class KnownHosts:
    """Hosts a link may pass for. `names` has the registered names by their look, `slips` those with one letter left out."""

    hosts: frozenset[str]
    names: Mapping[str, str] = field(repr=False)
    slips: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, hosts: Iterable[str]) -> "KnownHosts":
        """`hosts` of the directory, and the well-known ones."""
        brands = {host for each in listed()["brands"].values() for host in each}
        known = frozenset(registered(host) for host in hosts) | brands
        names = {skeleton(host.split(".")[0]): host.split(".")[0] for host in known}
        telling = {look for look in names if names[look] not in listed()["plain_words"]}
        slips = {near: names[look] for look in telling if len(look) == LEAST for near in _swapped(look)}
        long = (look for look in telling if len(look) >= LEAST_SLIPPED)
        return cls(known, names, slips | {near: names[look] for look in long for near in (look, *_shorter(look))})

    def passes_for(self, host: str) -> str | None:
        """The known name that `host` (lower case, decoded) passes for, None where it is that host or like none."""
        own = registered(host)
        if own in self.hosts or host in self.hosts:
            return None
        found = self._as_head(host) or self._as_whole(own.split(".")[0])
        labels = host.removesuffix("." + own).split(".") if host != own else []
        return found or next(filter(None, map(self._as_part, [*labels[:MOST_LABELS], own.split(".")[0]])), None)

    def _as_head(self, host: str) -> str | None:
        """A whole known host within another one: chezstella.org.example.net, paypal-com.example.net."""
        labels = host.replace("-", ".").split(".")[:MOST_LABELS]
        for start in range(len(labels)):
            for end in range(start + 2, min(start + 5, len(labels) + 1)):
                part = ".".join(labels[start:end])
                if len(part) > (LEAST if start == 0 else LEAST + 3) and part in self.hosts:
                    return part
        dashed = [label.rpartition("-") for label in host.split(".")]
        return next((f"{name}.{end}" for name, _, end in dashed if f"{name}.{end}" in self.hosts), None)

    def _as_whole(self, own: str) -> str | None:
        """The registered name looks like a known one, is it with another ending, or is a slip away."""
        found = self.names.get(skeleton(own))
        if found is not None:
            is_short = len(found) < LEAST or found in listed()["plain_words"]
            return None if is_short and own == found else found
        if len(own) < LEAST_SLIPPED - 1:
            return None
        return next(filter(None, map(self.slips.get, (skeleton(own), *_shorter(skeleton(own))))), None)

    def _as_part(self, label: str) -> str | None:
        """A known name as a part of the host, or in one with a word added: discord-verify, chezstella-help, stelladonate."""
        words = label.split("-")
        looks = [skeleton(word) for word in words]
        brands = (self.names.get(each) for each in looks)
        found = next(
            (each for each in brands if each in listed()["brands"] and each not in listed()["plain_words"]), None
        )
        found = found or next(filter(None, map(_brand_within, words)), None)
        if found is not None:
            return found
        if len(label) >= LEAST_ALONE and self.names.get(skeleton(label)):
            return self.names[skeleton(label)]
        beside = self._beside_added(words) if len(words) > 1 else None
        if beside is not None:
            return beside
        joined = "".join(words)
        for cut in range(LEAST, len(joined) - 1):
            for name, added in ((joined[:cut], joined[cut:]), (joined[-cut:], joined[:-cut])):
                known = self.names.get(skeleton(name)) if added in _added() else None
                if known is not None and known not in listed()["plain_words"]:
                    return known
        return None

    def _beside_added(self, words: Sequence[str]) -> str | None:
        for cut in range(1, min(len(words), MOST_LABELS)):
            for name, rest in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
                found = self.names.get(skeleton("".join(name)))
                least = LEAST if found in listed()["plain_words"] else LEAST - 1
                if found is not None and len(found) >= least and _added().issuperset(rest):
                    return found
        return None


def _brand_within(word: str) -> str | None:
    """The brand a longer word begins or ends with: googledocs, mypaypal."""
    for cut in range(LEAST_SLIPPED, len(word)):
        for part in (word[:cut], word[-cut:]):
            brand = _brands().get(skeleton(part))
            if brand is not None:
                return brand
    return None


@cache
def _brands() -> dict[str, str]:
    """Brands that are no ordinary words, by their look."""
    return {skeleton(name): name for name in listed()["brands"] if name not in listed()["plain_words"]}


@cache
def _added() -> frozenset[str]:
    return frozenset(listed()["added"])


def _swapped(word: str) -> Iterator[str]:
    """`word` with two neighbours swapped, or a letter typed twice."""
    for at in range(len(word) - 1):
        if word[at] != word[at + 1]:
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        yield word[: at + 1] + word[at:]


def _shorter(word: str) -> Iterator[str]:
    """`word` with each one of its letters left out: two words that share one are at most two slips apart."""
    return (word[:at] + word[at + 1 :] for at in range(len(word)))
