"""Claim codes and the short names of cases: random, in letters that are not mistaken for one another.

A claim code is 80 bits in four groups of four characters of Crockford's base 32 (no I, L, O, U). It is shown once and kept
as a keyed hash alone. It is made from the token of the preview with a key of the installation, so that the same press
delivered twice opens one case and shows one code.
"""

import hashlib
import hmac
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT = str.maketrans("OIL", "011")
_SIZE = 10
_CHARACTERS, _GROUP = 16, 4
CODE_SIZE = 4


def new_token() -> str:
    """80 random bits that name one preview."""
    return _written(secrets.token_bytes(_SIZE))


def claim_of(token: str, key: bytes) -> str:
    """The claim code of what is sent with that token: random to whoever has not the key."""
    return grouped(_written(hmac.digest(key, b"claim/" + token.encode(), hashlib.sha256)[:_SIZE]))


def new_code() -> str:
    """What moderators call a case, such as K7Q2: never a word, never a number."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_SIZE))
        if not code.isalpha() and not code.isdecimal():
            return code


def grouped(characters: str) -> str:
    """Four groups with dashes between them."""
    return "-".join(characters[at : at + _GROUP] for at in range(0, _CHARACTERS, _GROUP))


def read_claim(text: str) -> str | None:
    """The claim code that was typed, whatever its case, spaces and dashes; None for what is none."""
    found = _meant(text)
    return grouped(found) if len(found) == _CHARACTERS and set(found) <= set(ALPHABET) else None


def read_code(text: str) -> str | None:
    """The name of a case that was typed; None for what is none."""
    found = _meant(text)
    return found if len(found) == CODE_SIZE and set(found) <= set(ALPHABET) else None


def _meant(text: str) -> str:
    return "".join(text.upper().split()).replace("-", "").translate(_MEANT)


def _written(content: bytes) -> str:
    number = int.from_bytes(content, "big")
    return "".join(ALPHABET[(number >> 5 * at) & 31] for at in reversed(range(len(content) * 8 // 5)))
