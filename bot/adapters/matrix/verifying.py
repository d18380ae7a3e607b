"""A client asks to compare emoji: nobody is here to do that, so it is told at once and does not wait ten minutes.

nio knows only the middle of this exchange (`matrix.md` trap 2). What people can compare is the fingerprint that
`matrix login` prints. Source of the events: Matrix client-server API v1.16, "Key verification framework".
"""

from typing import Any

from nio import KeyVerificationEvent, ToDeviceMessage, UnknownToDeviceEvent  # type: ignore[import-untyped]

from bot.adapters.matrix.sending import Sender
from bot.adapters.matrix.wire import Json, Wire

CANCEL = "m.key.verification.cancel"
_BEGINNINGS = ("m.key.verification.request", "m.key.verification.start")
_DECLINED = {"code": "m.user", "reason": "This is a program: compare the fingerprint instead."}


def decline(wire: Wire) -> None:
    """Have requests that come to our device declined after the sync that brings them."""

    async def came(event: Any) -> None:
        content = event.source.get("content")
        if event.source.get("type") not in _BEGINNINGS or not isinstance(content, dict):
            return
        transaction, device_id = content.get("transaction_id"), content.get("from_device")
        if isinstance(transaction, str) and isinstance(device_id, str):
            olm = wire.client.olm
            olm.key_verifications.pop(transaction, None)
            declined = {**_DECLINED, "transaction_id": transaction}
            olm.outgoing_to_device_messages.append(ToDeviceMessage(CANCEL, event.sender, device_id, declined))

    wire.client.add_to_device_callback(came, (UnknownToDeviceEvent, KeyVerificationEvent))


async def decline_in_room(sender: Sender, room_id: str, event_id: str, transaction: str) -> None:
    """Decline a request that came as a message. Raises GoneError."""
    relation: Json = {"rel_type": "m.reference", "event_id": event_id}
    await sender.send(room_id, {**_DECLINED, "m.relates_to": relation}, transaction, CANCEL)
