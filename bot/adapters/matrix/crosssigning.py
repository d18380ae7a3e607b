"""The cross-signing identity of the bot's account: made once, kept sealed, uploaded, its device signed with it.

nio has none (matrix-nio#229). Without it clients show a warning at every message, and those that leave out devices
nobody vouches for (MSC4153) give the bot no keys. Formats: Matrix client-server API v1.16, "Cross-signing".
"""

import base64
import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bot.adapters.matrix.wire import RefusedError, Wire, path
from bot.core.finding import Finding, UnsafeSetupError
from bot.core.ports import SyncState

USES = ("master", "self_signing", "user_signing")
_STATE = "cross-signing"
Json = dict[str, Any]


def grouped(key: str) -> str:
    """A key in groups of four, which people can compare."""
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))


@dataclass(frozen=True, slots=True)
class Identity:
    """Three signing keys; losing them resets the account's identity in everyone's client."""

    keys: dict[str, Ed25519PrivateKey] = field(repr=False)

    @classmethod
    def new(cls) -> "Identity":
        return cls({use: Ed25519PrivateKey.generate() for use in USES})

    @classmethod
    def of(cls, held: str) -> "Identity":
        """What `held` gave."""
        return cls({use: Ed25519PrivateKey.from_private_bytes(_bytes(seed)) for use, seed in json.loads(held).items()})

    def held(self) -> str:
        """The seeds as JSON, to be kept sealed."""
        return json.dumps({use: _text(key.private_bytes_raw()) for use, key in self.keys.items()})

    def public(self, use: str) -> str:
        return _text(self.keys[use].public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    def fingerprint(self) -> str:
        """The public master key as people compare it."""
        return grouped(self.public("master"))

    def upload(self, user_id: str) -> Json:
        """The body that announces the three keys, the other two signed by the master key."""
        body: Json = {}
        for use in USES:
            public = self.public(use)
            body[f"{use}_key"] = {"user_id": user_id, "usage": [use], "keys": {f"ed25519:{public}": public}}
        for use in USES[1:]:
            self.sign(body[f"{use}_key"], user_id, "master")
        return body

    def vouches(self, content: Json, user_id: str) -> bool:
        """Whether our self-signing key signed the device keys `content`; a homeserver cannot make that."""
        try:
            signature = content["signatures"][user_id][f"ed25519:{self.public('self_signing')}"]
            self.keys["self_signing"].public_key().verify(_bytes(signature), canonical(content))
        except (InvalidSignature, KeyError, TypeError, ValueError, AttributeError):
            return False
        return True

    def sign(self, content: Json, user_id: str, use: str) -> None:
        """Put our signature beside those that `content` has."""
        signature = _text(self.keys[use].sign(canonical(content)))
        content.setdefault("signatures", {}).setdefault(user_id, {})[f"ed25519:{self.public(use)}"] = signature


async def set_up(wire: Wire, state: SyncState, password: str | None) -> Identity:
    """The identity of the account, on the server and with our device signed; made when there is none.

    Raises UnsafeSetupError when the server has another one, or wants a password that was not handed over; AwayError.
    """
    held = await state.get("matrix", _STATE)
    identity = Identity.of(held) if held else Identity.new()
    if held is None:
        # Kept before it is announced: a crash in between must not leave an identity nobody has the keys of.
        await state.put("matrix", _STATE, identity.held())
    user_id, device_id = wire.user_id, wire.client.device_id
    found = await wire.call("POST", path("keys", "query"), {"device_keys": {user_id: []}})
    announced = found.get("master_keys", {}).get(user_id, {}).get("keys", {})
    if not announced:
        await _upload(wire, identity.upload(user_id), password)
    elif identity.public("master") not in announced.values():
        raise UnsafeSetupError(_OTHER)
    device = found.get("device_keys", {}).get(user_id, {}).get(device_id)
    signer = f"ed25519:{identity.public('self_signing')}"
    if device is not None and signer not in device.get("signatures", {}).get(user_id, {}):
        device = {name: value for name, value in device.items() if name != "unsigned"}
        identity.sign(device, user_id, "self_signing")
        await wire.call("POST", path("keys", "signatures", "upload"), {user_id: {device_id: device}})
    return identity


async def _upload(wire: Wire, body: Json, password: str | None) -> None:
    """Announce the keys; the server may ask for the password (user-interactive authentication)."""
    where = path("keys", "device_signing", "upload")
    try:
        await wire.call("POST", where, body)
    except RefusedError as error:
        if error.status != 401:
            raise
        if password is None:
            raise UnsafeSetupError(_PASSWORD) from None
        proof = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": wire.user_id},
                 "password": password, "session": error.body.get("session")}  # fmt: skip
        await wire.call("POST", where, {**body, "auth": proof})


def canonical(content: Json) -> bytes:
    """What is signed: canonical JSON without signatures and unsigned parts."""
    signed = {name: value for name, value in content.items() if name not in ("signatures", "unsigned")}
    return json.dumps(signed, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4))


_OTHER = Finding(
    "refuse",
    "matrix-identity",
    "The homeserver holds another cross-signing identity for this account than the one kept here.",
    "Give the bot an account of its own, or put the data folder back that belongs to this account.",
)
_PASSWORD = Finding(
    "refuse",
    "matrix-password",
    "The homeserver asks for the password before it takes the bot's cross-signing identity.",
    "Hand it over once as MATRIX_PASSWORD_FILE and run: python -m bot matrix login",
)
