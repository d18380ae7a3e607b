"""The bot's account: logged in once, its device and token kept sealed, its keys on the server, its identity signed.

A second login would be a second device in everyone's list, and servers allow few (`matrix.md` trap 5). When the token
is lost, `matrix login` gets a new one for the same device, so that old keys stay good.
"""

import json
import secrets
import string
from dataclasses import dataclass, field

from bot import log
from bot.adapters.matrix import crosssigning, keying
from bot.adapters.matrix.crosssigning import Identity
from bot.adapters.matrix.wire import RefusedError, Wire, path
from bot.core.finding import Finding, UnsafeSetupError
from bot.core.ports import SyncState
from bot.settings import MatrixSettings

DEVICE_NAME = "Umbrella"
_STATE, _DEVICE = "login", "device"


@dataclass(frozen=True, slots=True)
class Login:
    """A device of the account with its token."""

    user_id: str = field(repr=False)
    device_id: str = field(repr=False)
    token: str = field(repr=False)


async def kept_login(state: SyncState, user_id: str) -> Login | None:
    """The login kept for this account; None when there is none, or one of another account."""
    held = await state.get("matrix", _STATE)
    login = Login(**json.loads(held)) if held else None
    return login if login and login.user_id == user_id else None


async def open_account(wire: Wire, settings: MatrixSettings, state: SyncState, *, renew: bool = False) -> Identity:
    """Log in with what is kept, else with token or password, and put keys and identity in order.

    `renew` asks for a new token of the same device even where one is kept. Raises UnsafeSetupError with the mend,
    AwayError when the homeserver is away.
    """
    kept = await kept_login(state, settings.user_id)
    device_id = kept.device_id if kept else await _device_for(state, settings.user_id)
    login = kept if kept and not renew else await _logged_in(wire, settings, device_id)
    if login != kept:
        await state.put("matrix", _STATE, json.dumps({name: getattr(login, name) for name in Login.__slots__}))
    wire.client.restore_login(login.user_id, login.device_id, login.token)
    if wire.client.olm is None:
        raise UnsafeSetupError(_NO_ENCRYPTION)
    try:
        await _publish(wire)
        return await crosssigning.set_up(wire, state, settings.password.value if settings.password else None)
    except RefusedError as error:
        raise refused(error) from None


async def is_lost(wire: Wire, state: SyncState) -> bool:
    """Whether the login kept is no longer taken. Raises AwayError when the homeserver is away."""
    kept = await kept_login(state, wire.user_id)
    if kept is None:
        return False
    wire.client.access_token = kept.token
    try:
        await wire.call("GET", path("account", "whoami"))
    except RefusedError as error:
        return error.code in ("M_UNKNOWN_TOKEN", "M_MISSING_TOKEN")
    return False


async def _publish(wire: Wire) -> None:
    """Have the keys of this device on the server, also when it has lost them with a token."""
    client = wire.client
    found = await wire.call("POST", path("keys", "query"), {"device_keys": {wire.user_id: []}})
    on_server = found.get("device_keys", {}).get(wire.user_id, {}).get(client.device_id)
    own = client.olm.account.identity_keys["ed25519"]
    if on_server and on_server.get("keys", {}).get(f"ed25519:{client.device_id}") != own:
        raise UnsafeSetupError(_OTHER_KEYS)
    if not on_server:
        client.olm.account.shared = False
    await keying.upload(wire)


async def _device_for(state: SyncState, user_id: str) -> str:
    """The device this account logs in as, kept before it does: a crash in between makes no second one.

    For another account than before, what is kept of that one is erased: it is no longer true.
    """
    kept_for, _, device_id = (await state.get("matrix", _DEVICE) or "").partition(" ")
    if kept_for != user_id:
        await state.forget("matrix")
        device_id = "".join(secrets.choice(string.ascii_uppercase) for _ in range(10))
        await state.put("matrix", _DEVICE, f"{user_id} {device_id}")
    return device_id


async def _logged_in(wire: Wire, settings: MatrixSettings, device_id: str) -> Login:
    try:
        if settings.access_token is not None and settings.password is None:
            return await _of_token(wire, settings.access_token.value)
        if settings.password is None:
            raise UnsafeSetupError(NOT_LOGGED_IN)
        asked = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": settings.user_id},
            "password": settings.password.value,
            "initial_device_display_name": DEVICE_NAME,
            "device_id": device_id,
        }
        given = await wire.call("POST", path("login"), asked)
    except RefusedError as error:
        raise refused(error) from None
    log.notice("matrix.logged-in")
    return Login(settings.user_id, str(given["device_id"]), str(given["access_token"]))


async def _of_token(wire: Wire, token: str) -> Login:
    """The login a token belongs to. Raises UnsafeSetupError when it is another account's, or of no device."""
    wire.client.access_token = token
    given = await wire.call("GET", path("account", "whoami"))
    if given.get("user_id") != wire.user_id or not given.get("device_id"):
        raise UnsafeSetupError(_OTHER_TOKEN)
    return Login(wire.user_id, str(given["device_id"]), token)


def refused(error: RefusedError) -> UnsafeSetupError:
    """Why the homeserver does not take the account, in a plain sentence."""
    return UnsafeSetupError(_REFUSED.get(error.code, _REFUSED_OTHERWISE))


NOT_LOGGED_IN = Finding(
    "refuse",
    "matrix-login",
    "Matrix is set up, but the bot has never logged in and has no password or token.",
    "Hand over MATRIX_PASSWORD_FILE and run: python -m bot matrix login",
)
LOST_TOKEN = Finding(
    "refuse",
    "matrix-token",
    "The homeserver no longer knows the bot's login: somebody logged it out, or the device was removed.",
    "Hand over MATRIX_PASSWORD_FILE and run: python -m bot matrix login",
)
_NO_ENCRYPTION = Finding(
    "refuse",
    "matrix-encryption",
    "The encryption of Matrix is not there; the bot never speaks without it.",
    "Run: pip install --require-hashes -r requirements.txt",
)
_OTHER_KEYS = Finding(
    "refuse",
    "matrix-device",
    "The homeserver holds other keys for the bot's device than the ones kept here.",
    "Remove that device of the account, take the old data folder away, and run: python -m bot matrix login",
)
_OTHER_TOKEN = Finding(
    "refuse",
    "matrix-token-other",
    "The access token belongs to another account than the user id, or to no device.",
    "Check MATRIX_USER_ID, or hand over the password instead of the token.",
)
_REFUSED = {
    "M_UNKNOWN_TOKEN": LOST_TOKEN,
    "M_MISSING_TOKEN": LOST_TOKEN,
    "M_FORBIDDEN": Finding(
        "refuse", "matrix-password-wrong", "The homeserver does not take the password.", "Check MATRIX_PASSWORD_FILE."
    ),
    "M_USER_DEACTIVATED": Finding(
        "refuse", "matrix-deactivated", "The bot's account is closed.", "Ask whoever runs the homeserver."
    ),
}
_REFUSED_OTHERWISE = Finding(
    "refuse",
    "matrix-refused",
    "The homeserver does not let the bot in.",
    "Check MATRIX_HOMESERVER and MATRIX_USER_ID, or ask whoever runs the homeserver.",
)
