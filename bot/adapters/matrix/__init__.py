"""The door to Matrix: encrypted from the first start, no text lost, none answered twice.

Why it is built as it is: nio 0.26 keeps the state of rooms and the encryption; its sync loop, its sending and its login
are not used, since 24 traps lie in them (each has its test in `tests/journeys/test_matrix_traps.py`). The parts:

    wire  keying  store  limiter    requests that raise, keys at rest, one gate under a strict server
    account  crosssigning    one login, one device, an identity that clients trust
    batch  incoming  outgoing    pure: what a sync brought, what an event asks, what a reply looks like
    lines  ledger  opening  answering    one line per room; decrypt, check, answer, erase
    rooms  sending  housekeeping    who is where, sends that are encrypted and happen once, coming and going
    history  erasing    what was said before, and taking it back
    delivering  review  verifying    what is said unasked, moderators by their devices, no emoji to compare

No read receipts, typing signs, reactions or presence are sent: they are not encrypted, say when somebody was here, and
cost rate limit. Forms are asked one question at a time by `handlers.conversation`, which every door without modals
shares, so nothing of them is here.
"""

import sys
from collections.abc import Sequence

from bot.adapters.matrix import account
from bot.adapters.matrix.client import MatrixDoor, make_wire
from bot.adapters.matrix.crosssigning import grouped
from bot.adapters.matrix.store import FILE, LOCK, SecretStore, locked
from bot.core.finding import Finding, UnsafeSetupError
from bot.core.ground import Adapter, Ground
from bot.core.kept import FileRule, Kept
from bot.settings import Settings

UNUSABLE = 2
RULES: Sequence[FileRule] = (
    FileRule(
        Kept(
            f"{FILE}*",
            "the keys of the bot's Matrix device, and the devices of people it shares a room with; SQLCipher always",
            "because messages there are encrypted",
            "devices of people on Matrix",
            "daily for who shares no room any more, else with the account",
        ),
        eraser=SecretStore.prune,
        is_cipher=True,
    ),
    FileRule(
        Kept(
            LOCK, "nothing: an empty file", "so that only one process runs the account", "(public)", "with the folder"
        ),
        eraser=locked,
    ),
)


def make(ground: Ground) -> Adapter:
    """The door, ready to run. Raises UnsafeSetupError when it is not set up."""
    if ground.settings.matrix is None:
        raise UnsafeSetupError(account.NOT_LOGGED_IN)
    return MatrixDoor(ground, ground.settings.matrix)


def findings(settings: Settings) -> list[Finding]:
    """What is missing or unsafe, as far as it can be seen without a connection."""
    matrix = settings.matrix
    if matrix is None:
        return []
    found = []
    if matrix.password is None and matrix.access_token is None and not (settings.data_dir / FILE).exists():
        found.append(account.NOT_LOGGED_IN)
    if matrix.password is not None and (settings.data_dir / FILE).exists():
        found.append(_PASSWORD_LEFT)
    if matrix.access_token is not None:
        found.append(_TOKEN)
    return found


async def command(ground: Ground, words: Sequence[str]) -> int:
    """`matrix login`: log in, make and sign the identity, print its fingerprint; 2 for other words."""
    matrix = ground.settings.matrix
    if list(words) != ["login"] or matrix is None:
        sys.stderr.write("There is one command: python -m bot matrix login\n")
        return UNUSABLE
    with locked(ground.settings.data_dir):
        wire = make_wire(ground, matrix)
        try:
            renew = await account.is_lost(wire, ground.state)
            identity = await account.open_account(wire, matrix, ground.state, renew=renew)
            device_id, key = wire.client.device_id, wire.client.olm.account.identity_keys["ed25519"]
        finally:
            await wire.close()
    sys.stdout.write(
        f"Logged in as {matrix.user_id}, device {device_id}.\n"
        f"Fingerprint of the device: {grouped(key)}\n"
        f"Fingerprint of the cross-signing identity: {identity.fingerprint()}\n"
        "People can compare them in their client. Keep the data folder and the key file: without them the identity is "
        "lost.\n"
    )
    return 0


_PASSWORD_LEFT = Finding(
    "note",
    "matrix-password-left",
    "The bot is logged in, and its password is still handed over.",
    "Take MATRIX_PASSWORD_FILE away; it is only needed for matrix login.",
)
_TOKEN = Finding(
    "note",
    "matrix-access-token",
    "An access token is handed over. The bot shares its device with whoever else has that token.",
    "Better hand over MATRIX_PASSWORD_FILE once and run: python -m bot matrix login",
)
