"""The four requests that keep the encryption alive, asked by `Wire.call`, their answers handed to nio.

nio's own methods put the access token into the address, give error objects back for some faults, and raise TypeError
for a refused claim (0.26); here every fault is one of `Wire.call`.
"""

from typing import Any
from uuid import uuid4

from nio import (  # type: ignore[import-untyped]
    KeysClaimResponse,
    KeysQueryResponse,
    KeysUploadResponse,
    Response,
    ToDeviceResponse,
)

from bot.adapters.matrix.wire import AwayError, Json, Wire, path


async def upload(wire: Wire) -> None:
    """Have the keys of our device on the server, and enough one-time keys. Raises as `Wire.call` does."""
    if wire.client.should_upload_keys:
        await _taken(wire, KeysUploadResponse, path("keys", "upload"), wire.client.olm.share_keys())


async def query(wire: Wire, people: set[str]) -> Any:
    """The devices of people, as nio's response with what changed. Raises as `Wire.call` does."""
    return await _taken(wire, KeysQueryResponse, path("keys", "query"), {"device_keys": {each: [] for each in people}})


async def claim(wire: Wire, devices: dict[str, list[str]]) -> None:
    """Begin Olm sessions with devices by person; a device without keys left gets none. Raises as `Wire.call` does."""
    wanted = {user_id: dict.fromkeys(ids, "signed_curve25519") for user_id, ids in devices.items()}
    if wanted:
        await _taken(wire, KeysClaimResponse, path("keys", "claim"), {"one_time_keys": wanted})


async def send_waiting(wire: Wire) -> None:
    """Send what nio wants to say to devices; what is not taken waits. Raises as `Wire.call` does."""
    for message in list(wire.client.outgoing_to_device_messages):
        await to_devices(wire, message.type, message.as_dict())
        wire.client.olm.handle_response(ToDeviceResponse(message))


async def to_devices(wire: Wire, kind: str, messages: Json) -> None:
    """Send messages to devices. Raises as `Wire.call` does."""
    await wire.call("PUT", path("sendToDevice", kind, uuid4().hex), messages)


async def _taken(wire: Wire, expected: type, where: str, body: Json) -> Response:
    given = await wire.call("POST", where, body)
    try:
        response = expected.from_dict(given)  # type: ignore[attr-defined]
    except TypeError:
        # So nio 0.26 makes the error object of an answer that is none.
        response = None
    if not isinstance(response, expected):
        raise AwayError
    await wire.client.receive_response(response)
    return response
