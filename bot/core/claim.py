"""Claim codes: what somebody is given instead of an account, to see, change or take back what they gave.

80 random bits in four groups of four characters of Crockford's base 32 (no I, L, O, U), shown once and kept as a keyed
hash alone. What is typed is read forgivingly: small letters, spaces, other dashes, O for 0, I and L for 1.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SIZE = 10
_CHARACTERS, _GROUP = 16, 4
_MEANT = str.maketrans("OIL", "011", "-‐‑‒–—−_.")


def new_claim() -> str:
    """A claim code nobody has."""
    return claim_from(secrets.token_bytes(SIZE))


def claim_from(content: bytes) -> str:
    """The claim code that stands for these 10 bytes."""
    number = int.from_bytes(content[:SIZE], "big")
    written = "".join(ALPHABET[(number >> 5 * at) & 31] for at in reversed(range(_CHARACTERS)))
    return "-".join(written[at : at + _GROUP] for at in range(0, _CHARACTERS, _GROUP))


def read_claim(text: str) -> str | None:
    """The claim code that was typed, as `new_claim` writes it; None for what is none."""
    found = "".join(text.upper().split()).translate(_MEANT)
    if len(found) != _CHARACTERS or not set(found) <= set(ALPHABET):
        return None
    return "-".join(found[at : at + _GROUP] for at in range(0, _CHARACTERS, _GROUP))
