"""Callbacks and follow-ups. API docs, Receiving and Responding: Responding to an Interaction, Followup Messages.

First answer within 3 s (10062), once (40060); before it no follow-up (10015); tokens live 15 minutes (50027).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import wire
from .commands import choice_faults
from .components import EPHEMERAL, IS_COMPONENTS_V2, numbered
from .errors import ApiError, Json, invalid_body, unknown, wrong
from .interactions import (
    ALLOWED,
    ANSWER_WITHIN_S,
    AUTOCOMPLETE,
    CHOICES,
    DEFERRED,
    DEFERRED_UPDATE,
    MESSAGE,
    MODAL,
    MODAL_SUBMIT,
    UPDATE,
    Interaction,
)
from .limits import file_faults, message_faults
from .messages import apply_edit, attachments_of, is_empty
from .modals import modal_faults
from .permissions import Can, in_channel
from .state import LOADING, Message

if TYPE_CHECKING:
    from .calls import Call, Handler

TOKEN_LIVES_S = 15 * 60
FOLLOWUPS_MAX_UNINVITED = 5
OPTION_NUMBER_TYPES = {4: int, 10: (int, float)}
PARSED_BY_DEFAULT = ("users",)


async def answer(call: Call) -> Json:
    """`POST /interactions/{id}/{token}/callback`"""
    interaction = call.server.interaction(call.path["interaction_token"])
    if interaction is None or str(interaction.id) != call.path["interaction_id"]:
        raise unknown("interaction", 10062)
    if interaction.is_acknowledged:
        raise ApiError(400, 40060, "Interaction has already been acknowledged.")
    if call.world.clock.now() - interaction.created_at > ANSWER_WITHIN_S:
        raise unknown("interaction", 10062)
    kind = call.body["type"]
    data = call.body.get("data") or {}
    check_kind(interaction, kind)
    check_data(interaction, kind, data, call)
    perform(call, interaction, kind, data)
    interaction.happened(call.received_mono)
    if call.query.get("with_response") not in ("1", "true", "True"):
        return None
    return callback_json(call, interaction, kind)


def check_kind(interaction: Interaction, kind: int) -> None:
    """No modal after a modal; an update after a modal only if a component opened it."""
    allowed = ALLOWED[interaction.kind]
    if kind not in allowed:
        shown = f"Value must be one of {allowed}."
        raise wrong(("type",), "INTERACTION_CALLBACK_TYPE_NOT_ALLOWED", shown)
    if interaction.kind == MODAL_SUBMIT and kind in (DEFERRED_UPDATE, UPDATE) and interaction.source is None:
        raise wrong(("type",), "INTERACTION_CALLBACK_TYPE_NOT_ALLOWED", "There is no message to update.")


def check_data(interaction: Interaction, kind: int, data: dict[str, Json], call: Call) -> None:
    faults = []
    if kind in (MESSAGE, UPDATE):
        already = kind == UPDATE and interaction.source is not None and interaction.source.flags & IS_COMPONENTS_V2
        faults = message_faults(data, ("data",), is_v2_already=bool(already)) + file_faults(call.body, call.files)
    elif kind == DEFERRED:
        flags = data.get("flags") or 0
        if flags & ~EPHEMERAL or any(data.get(field) for field in ("content", "embeds", "components", "poll")):
            raise wrong(("data", "flags"), "INTERACTION_DEFERRAL_FLAGS", "A deferral may carry only EPHEMERAL.")
    elif kind == MODAL:
        faults = modal_faults(data)
    elif kind == CHOICES:
        faults = choice_faults(data.get("choices") or [], ("data", "choices"), are_unique=False)
        check_choice_types(interaction, data.get("choices") or [])
    if faults:
        raise invalid_body(faults)
    if kind == MESSAGE and is_empty(data, call.files):
        raise ApiError(400, 50006, "Cannot send an empty message", is_violation=True)


def check_choice_types(interaction: Interaction, choices: list[dict[str, Json]]) -> None:
    """Values are of the focused option's type."""
    kind = focused_type(interaction.payload["data"].get("options") or [])
    wanted = OPTION_NUMBER_TYPES.get(kind, str)
    for index, choice in enumerate(choices):
        if not isinstance(choice["value"], wanted):  # type: ignore[arg-type]
            raise wrong(("data", "choices", index, "value"), "BASE_TYPE_CONVERT", f"Not of option type {kind}.")


def focused_type(options: list[dict[str, Json]]) -> int:
    for option in options:
        if option.get("focused"):
            return int(option["type"])
        inner = focused_type(option.get("options") or [])
        if inner:
            return inner
    return 0


def perform(call: Call, interaction: Interaction, kind: int, data: dict[str, Json]) -> None:
    interaction.callback_type = kind
    if kind in (MESSAGE, DEFERRED):
        interaction.original = new_message(call, interaction, data, is_loading=kind == DEFERRED)
    elif kind == DEFERRED_UPDATE:
        interaction.original = interaction.source
    elif kind == UPDATE:
        source = interaction.source
        assert source is not None
        interaction.original = source
        apply_edit(call, source, data, PARSED_BY_DEFAULT)
    elif kind == MODAL:
        interaction.modal_data = data | {"components": numbered(data["components"])}
    elif kind == CHOICES:
        interaction.choices = tuple(data.get("choices") or ())


def new_message(call: Call, interaction: Interaction, data: dict[str, Json], *, is_loading: bool = False) -> Message:
    world = call.world
    flags = (data.get("flags") or 0) | (LOADING if is_loading else 0)
    if is_forced_private(interaction):
        flags |= EPHEMERAL
    message = Message(
        world.ids.make(),
        interaction.channel,
        world.bot,
        content=data.get("content") or "",
        embeds=data.get("embeds") or [],
        components=numbered(data.get("components") or []),
        attachments=attachments_of(call, data),
        flags=flags,
        type=20 if interaction.kind == 2 else 19 if interaction.source is not None else 0,
        visible_to=interaction.user if flags & EPHEMERAL else None,
        interaction={
            "id": str(interaction.id),
            "type": interaction.kind,
            "user": wire.user_json(interaction.user),
            "authorizing_integration_owners": interaction.payload["authorizing_integration_owners"],
        },
        webhook_id=world.application_id,
    )
    world.mention(message, data.get("allowed_mentions"), PARSED_BY_DEFAULT)
    return world.post(message)


def is_forced_private(interaction: Interaction) -> bool:
    """User-installed in a server whose members may not use external apps (API docs, Permissions: USE_EXTERNAL_APPS)."""
    guild = interaction.guild
    if guild is None or guild.has_bot:
        return False
    return not in_channel(interaction.channel, interaction.user.id) & Can.USE_EXTERNAL_APPS


def callback_json(call: Call, interaction: Interaction, kind: int) -> dict[str, Json]:
    """API docs, Receiving and Responding: Interaction Callback Response Object."""
    inner: dict[str, Json] = {"id": str(interaction.id), "type": interaction.kind}
    made: dict[str, Json] = {"interaction": inner}
    message = interaction.original
    if message is not None and kind != DEFERRED_UPDATE:
        inner |= {
            "response_message_id": str(message.id),
            "response_message_loading": message.is_loading,
            "response_message_ephemeral": message.is_ephemeral,
        }
    if message is not None and kind in (MESSAGE, UPDATE):
        made["resource"] = {"type": kind, "message": wire.message_json(message, call.world.bot.id)}
    return made


def interaction_of_token(call: Call) -> Interaction:
    """Of `/webhooks/{app}/{token}`, if it is answered and young enough."""
    interaction = call.server.interaction(call.path["webhook_token"])
    if interaction is None or call.path["webhook_id"] != str(call.world.application_id):
        raise unknown("Webhook", 10015)
    if call.world.clock.now() - interaction.created_at > TOKEN_LIVES_S:
        raise ApiError(401, 50027, "Invalid Webhook Token")
    if not interaction.is_acknowledged or interaction.kind == AUTOCOMPLETE:
        raise unknown("Webhook", 10015)
    return interaction


async def follow_up(call: Call) -> Json:
    """`POST /webhooks/{app}/{token}`. After a deferral the first one fills "is thinking" and keeps its privacy."""
    interaction = interaction_of_token(call)
    check_message(call, call.body)
    original = interaction.original
    if interaction.callback_type == DEFERRED and original is not None and original.is_loading:
        fill(call, interaction, original)
        return wire.message_json(original, call.world.bot.id)
    uninvited = interaction.guild is not None and not interaction.guild.has_bot
    if uninvited and len(interaction.followups) >= FOLLOWUPS_MAX_UNINVITED:
        raise ApiError(400, 40094, "This interaction has reached the maximum number of follow-up messages.")
    message = new_message(call, interaction, call.body)
    message.reference = original
    interaction.followups.append(message)
    interaction.happened()
    return wire.message_json(message, call.world.bot.id)


def check_message(call: Call, data: dict[str, Json]) -> None:
    faults = message_faults(data) + file_faults(call.body, call.files)
    if faults:
        raise invalid_body(faults)
    if is_empty(data, call.files):
        raise ApiError(400, 50006, "Cannot send an empty message", is_violation=True)


def fill(call: Call, interaction: Interaction, original: Message) -> None:
    """Turn "is thinking" into an answer. Whether it is private was fixed by the deferral."""
    flags = (call.body.get("flags") or 0) & ~EPHEMERAL
    original.flags = original.flags & ~LOADING | flags
    original.content = ""
    apply_edit(call, original, call.body | {"flags": original.flags}, PARSED_BY_DEFAULT)
    interaction.happened()


def message_of_token(call: Call, interaction: Interaction) -> Message:
    """`@original` or the id of a message of this interaction; a later press may also edit the message it was on."""
    wanted = call.path.get("message_id", "@original")
    known = [*interaction.messages, *([interaction.source] if interaction.source is not None else [])]
    if wanted == "@original":
        known = [interaction.original] if interaction.original is not None else []
    found = next((one for one in known if wanted in ("@original", str(one.id))), None)
    if found is None or found.is_deleted:
        raise unknown("Message", 10008)
    return found


async def fetch(call: Call) -> Json:
    return wire.message_json(message_of_token(call, interaction_of_token(call)), call.world.bot.id)


async def edit(call: Call) -> Json:
    interaction = interaction_of_token(call)
    message = message_of_token(call, interaction)
    was_v2 = bool(message.flags & IS_COMPONENTS_V2)
    faults = message_faults(call.body, is_v2_already=was_v2) + file_faults(call.body, call.files)
    if faults:
        raise invalid_body(faults)
    if message.is_loading:
        if is_empty(call.body, call.files):
            raise ApiError(400, 50006, "Cannot send an empty message", is_violation=True)
        fill(call, interaction, message)
    else:
        apply_edit(call, message, call.body, PARSED_BY_DEFAULT)
        interaction.edited()
    return wire.message_json(message, call.world.bot.id)


async def delete(call: Call) -> Json:
    interaction = interaction_of_token(call)
    call.world.deleted(message_of_token(call, interaction))
    interaction.edited()
    return None


WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
ROUTES: dict[str, Handler] = {
    "POST /interactions/{interaction_id}/{interaction_token}/callback": answer,
    f"POST {WEBHOOK}": follow_up,
    f"GET {WEBHOOK}/messages/@original": fetch,
    f"PATCH {WEBHOOK}/messages/@original": edit,
    f"DELETE {WEBHOOK}/messages/@original": delete,
    f"GET {WEBHOOK}/messages/{{message_id}}": fetch,
    f"PATCH {WEBHOOK}/messages/{{message_id}}": edit,
    f"DELETE {WEBHOOK}/messages/{{message_id}}": delete,
}
# These need no bot token and are not under the global limit (API docs, Rate Limits).
TOKENLESS = frozenset(ROUTES)
