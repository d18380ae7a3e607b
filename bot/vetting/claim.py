"""The claim codes and short names of cases.

A claim code (`core.claim`) is made from the token of the preview with a key of the installation, so that the same press
delivered twice opens one case and shows one code; to whoever has not the key it is 80 random bits. It is shown once and
kept as a keyed hash alone.
"""

import hashlib
import hmac
import secrets

from bot.core.claim import ALPHABET, claim_from, new_claim

_MEANT = str.maketrans("OIL", "011")
CODE_SIZE = 4


def new_token() -> str:
    """80 random bits that name one preview."""
    return new_claim().replace("-", "")


def claim_of(token: str, key: bytes) -> str:
    """The claim code of what is sent with that token."""
    return claim_from(hmac.digest(key, b"claim/" + token.encode(), hashlib.sha256))


def new_code() -> str:
    """What moderators call a case, such as K7Q2: never a word, never a number."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_SIZE))
        if not code.isalpha() and not code.isdecimal():
            return code


def read_code(text: str) -> str | None:
    """The name of a case that was typed; None for what is none."""
    found = "".join(text.upper().split()).translate(_MEANT)
    return found if len(found) == CODE_SIZE and set(found) <= set(ALPHABET) else None
