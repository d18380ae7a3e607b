"""Payloads of what people do, built as Discord's client would let them.

API docs, Receiving and Responding: Interaction Object, Message Components Data, Modal Submit Data.

`forged=True` in the test API leaves out every check that the official client makes.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from . import reading, wire
from .components import BUTTON, CHECKBOX, CHECKBOX_GROUP, FILE_UPLOAD, LABEL, LINK, ROW, SELECTS, TEXT_INPUT
from .errors import Json
from .interactions import ANSWER_WITHIN_S, Interaction, Modal
from .permissions import EVERYTHING, Can, in_channel, in_guild
from .state import DM, Channel, Message, Role, User

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .world import World

Node = dict[str, Json]
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
STRING_MAX = 6000
INPUT_MAX = 4000


class NotPossibleError(LookupError):
    """The official client would not let a person do this. Use `forged=True` to do it all the same."""


def new_interaction(
    world: World,
    kind: int,
    data: Node,
    *,
    user: User,
    channel: Channel,
    locale: str | None,
    age_s: float = 0.0,
    source: Message | None = None,
) -> Interaction:
    guild = channel.guild
    number = world.ids.make(age_s=age_s)
    payload: Node = {
        "id": str(number),
        "application_id": str(world.application_id),
        "type": kind,
        "token": secrets.token_urlsafe(48),
        "version": 1,
        "data": data,
        "channel_id": str(channel.id),
        "channel": wire.channel_json(channel) | {"permissions": str(int(in_channel(channel, user.id)))},
        "locale": locale or user.locale,
        "entitlements": [],
        "entitlement_sku_ids": [],
        "app_permissions": str(int(app_permissions(world, channel))),
        "attachment_size_limit": 10 * 1024 * 1024,
        **wire.invoker_json(user, guild, channel),
        **context_of(world, user, channel),
    }
    if guild is not None:
        payload["guild_id"] = str(guild.id)
        payload["guild_locale"] = guild.locale
        payload["guild"] = {"id": str(guild.id), "locale": guild.locale, "features": []}
    if not world.tells_channels:
        del payload["channel"]
    if source is not None:
        payload["message"] = wire.message_json(source, world.bot.id)
    created_at = world.clock.now() - age_s
    interaction = Interaction(
        number, payload["token"], kind, user, guild, channel, payload["locale"], payload, created_at, source=source
    )
    interaction.is_late = age_s > ANSWER_WITHIN_S
    return interaction


def app_permissions(world: World, channel: Channel) -> Can:
    if channel.guild is None:
        return EVERYTHING
    return in_channel(channel, world.bot.id)


def context_of(world: World, user: User, channel: Channel) -> Node:
    """`context` and who brought the app here (API docs, Interaction Contexts, Authorizing Integration Owners)."""
    guild = channel.guild
    owners: Node = {"1": str(user.id)} if user.has_installed else {}
    if guild is not None:
        context = 0
        owners |= {"0": str(guild.id)} if guild.has_bot else {}
    elif channel.type == DM and world.bot in channel.recipients:
        context = 1
        owners |= {"0": "0"} if world.shares_guild(user) else {}
    else:
        context = 2
    return {"context": context, "authorizing_integration_owners": owners}


# commands


def find_command(commands: list[Node], name: str, kind: int) -> Node:
    for command in commands:
        if command["name"] == name and (command.get("type") or 1) == kind:
            return command
    there = ", ".join(sorted(command["name"] for command in commands)) or "none"
    raise NotPossibleError(f"no command {name!r} is synced; there are: {there}")


def check_available(world: World, command: Node, user: User, channel: Channel) -> None:
    """Context, install and default permissions, as the client shows or hides the command."""
    guild = channel.guild
    context = context_of(world, user, channel)["context"]
    if command.get("contexts") is not None and context not in command["contexts"]:
        raise NotPossibleError(f"/{command['name']} is not offered in context {context}: {command['contexts']}")
    by_guild = 0 in command["integration_types"] and (
        guild.has_bot if guild is not None else context == 1 and world.shares_guild(user)
    )
    if not by_guild and not (1 in command["integration_types"] and user.has_installed):
        raise NotPossibleError(f"/{command['name']} is installed neither here nor by {user.name}")
    if guild is None:
        return
    needed = command.get("default_member_permissions")
    granted = in_guild(guild, user.id)
    if needed is not None and granted != EVERYTHING and (needed == "0" or int(needed) & ~int(granted)):
        raise NotPossibleError(f"/{command['name']} needs permissions {needed} that {user.name} does not have")


def leaf(command: Node, path: list[str]) -> tuple[list[Node], list[Node]]:
    """Options of the innermost sub-command, and the chain of sub-commands that leads there."""
    options, chain = command.get("options") or [], []
    for name in path:
        inner = next((one for one in options if one["name"] == name and one["type"] in (SUBCOMMAND, GROUP)), None)
        if inner is None:
            raise NotPossibleError(f"/{command['name']} has no sub-command {name!r}")
        chain.append(inner)
        options = inner.get("options") or []
    if any(one["type"] in (SUBCOMMAND, GROUP) for one in options):
        raise NotPossibleError(f"/{command['name']} needs one of: {', '.join(one['name'] for one in options)}")
    return options, chain


def guessed(values: Mapping[str, Any]) -> list[Node]:
    """Options of a forged command that was never synced."""
    kinds = {bool: BOOLEAN, int: INTEGER, float: NUMBER}
    return [{"name": name, "type": kinds.get(type(value), STRING)} for name, value in values.items()]


def filled(
    options: list[Node], values: Mapping[str, Any], *, focused: str | None, forged: bool, resolved: Node
) -> list[Node]:
    """Options with values, as they stand in the payload."""
    known = {option["name"]: option for option in options}
    strange = values.keys() - known.keys()
    if strange and not forged:
        raise NotPossibleError(f"no options {sorted(strange)}; there are: {sorted(known)}")
    missing = [name for name, one in known.items() if one.get("required") and name not in values]
    if missing and not forged and focused is None:
        raise NotPossibleError(f"required options are missing: {missing}")
    made = []
    for name, value in values.items():
        option = known.get(name) or guessed({name: value})[0]
        sent = option_value(value, resolved)
        if name == focused:
            made.append({"name": name, "type": option["type"], "value": sent, "focused": True})
            continue
        if not forged:
            sent = checked(option, sent)
        made.append({"name": name, "type": option["type"], "value": sent})
    return made


def option_value(value: Any, resolved: Node) -> Json:
    """Users, channels and roles are sent as ids and shown in `resolved`."""
    if isinstance(value, User):
        resolved.setdefault("users", {})[str(value.id)] = wire.user_json(value)
        return str(value.id)
    if isinstance(value, Channel):
        shown = wire.channel_json(value) | {"permissions": "0"}
        resolved.setdefault("channels", {})[str(value.id)] = shown
        return str(value.id)
    if isinstance(value, Role):
        resolved.setdefault("roles", {})[str(value.id)] = wire.role_json(value)
        return str(value.id)
    return value


def checked(option: Node, value: Json) -> Json:
    """The value a client would send: a choice by its name too, within the bounds."""
    name, kind = option["name"], option["type"]
    for choice in option.get("choices") or []:
        shown = [choice["name"], *(choice.get("name_localizations") or {}).values()]
        if value == choice["value"] or value in shown:
            return choice["value"]
    if option.get("choices"):
        raise NotPossibleError(f"{value!r} is no choice of {name!r}: {[one['name'] for one in option['choices']]}")
    types = {STRING: str, INTEGER: int, BOOLEAN: bool, NUMBER: (int, float)}
    if kind in types and not isinstance(value, types[kind]):  # type: ignore[arg-type]
        raise NotPossibleError(f"{name!r} takes {types[kind]}, not {value!r}")
    if kind == STRING:
        low, high, size = option.get("min_length") or 0, option.get("max_length") or STRING_MAX, len(value)
    else:
        low, high, size = option.get("min_value"), option.get("max_value"), value
    if kind in (STRING, INTEGER, NUMBER) and ((low is not None and size < low) or (high is not None and size > high)):
        raise NotPossibleError(f"{name!r} must be between {low} and {high}")
    return value


# components


def component_data(component: Node, values: list[str]) -> Node:
    made: Node = {
        "custom_id": component["custom_id"],
        "component_type": component["type"],
        "id": component.get("id") or 1,
    }
    if component["type"] in SELECTS:
        made["values"] = values
    return made


def check_pressable(message: Message, component: Node, user: User) -> None:
    if message.is_deleted:
        raise NotPossibleError("the message is deleted")
    if message.is_ephemeral and message.visible_to is not user:
        raise NotPossibleError(
            f"{user.name} cannot see a message that only {message.visible_to and message.visible_to.name} sees"
        )
    if component.get("disabled"):
        raise NotPossibleError(f"{reading.label_of(component)!r} is disabled")
    if component["type"] == BUTTON and component.get("style") == LINK:
        raise NotPossibleError(f"{reading.label_of(component)!r} is a link to {component.get('url')}")


def picked(component: Node, values: tuple[str, ...], *, forged: bool) -> list[str]:
    """Values of a text select, given by value or label; within min_values and max_values."""
    options = component.get("options") or []
    if forged or not options:
        return list(values)
    found = []
    for value in values:
        option = next((one for one in options if value in (one["value"], one["label"])), None)
        if option is None:
            raise NotPossibleError(f"{value!r} is not offered: {[one['label'] for one in options]}")
        found.append(option["value"])
    least, most = component.get("min_values"), component.get("max_values")
    if not (1 if least is None else least) <= len(found) <= (1 if most is None else most):
        raise NotPossibleError(f"between {least} and {most} can be chosen, not {len(found)}")
    return found


# modals


def modal_data(modal: Modal, values: Mapping[str, Any], *, forged: bool) -> Node:
    """The submitted modal; values by label or custom id. What is not named keeps its preset value."""
    left = dict(values)
    answers: dict[str, Any] = {}
    for label, field in modal.fields:
        name = next((one for one in (field["custom_id"], label) if one in left), None)
        if name is None:
            name = next((one for one in left if one.casefold() == label.casefold()), None)
        given = left.pop(name) if name is not None else None
        answers[field["custom_id"]] = field_value(label, field, given, forged=forged)
    if left and not forged:
        raise NotPossibleError(f"the modal has no field {sorted(left)}; it has: {[label for label, _ in modal.fields]}")
    components = [submitted(component, answers) for component in modal.data["components"]]
    return {"custom_id": modal.custom_id, "components": components, "resolved": {}}


def field_value(label: str, field: Node, given: Any, *, forged: bool) -> Any:
    kind = field["type"]
    if kind == TEXT_INPUT:
        text = (field.get("value") or "") if given is None else str(given)
        least, most = field.get("min_length") or 0, field.get("max_length") or INPUT_MAX
        is_needed = field.get("required", True)
        if not forged and ((is_needed and not text) or (text and not least <= len(text) <= most)):
            raise NotPossibleError(f"{label!r} takes {least} to {most} characters, not {len(text)}")
        return text
    if kind == CHECKBOX:
        return bool(field.get("default") if given is None else given)
    if kind in SELECTS or kind in (CHECKBOX_GROUP, FILE_UPLOAD):
        preset = tuple(one["value"] for one in field.get("options") or [] if one.get("default"))
        chosen = preset if given is None else (given,) if isinstance(given, str) else tuple(given)
        return picked({"max_values": len(chosen), "min_values": 0} | field, chosen, forged=forged or not chosen)
    options = {one["label"]: one["value"] for one in field.get("options") or []}
    preset_value = next((one["value"] for one in field.get("options") or [] if one.get("default")), None)
    chosen_value = preset_value if given is None else options.get(given, given)
    if not forged and chosen_value not in (None, *options.values()):
        raise NotPossibleError(f"{given!r} is not offered in {label!r}: {list(options)}")
    return chosen_value


def submitted(component: Node, answers: dict[str, Any]) -> Node:
    """API docs, Component Reference: the interaction response structures of each component."""
    number = component.get("id") or 1
    if component["type"] == ROW:
        return {"type": ROW, "id": number, "components": [submitted(one, answers) for one in component["components"]]}
    if component["type"] == LABEL:
        return {"type": LABEL, "id": number, "component": submitted(component["component"], answers)}
    made: Node = {"type": component["type"], "id": number}
    if "custom_id" in component:
        value = answers[component["custom_id"]]
        made["custom_id"] = component["custom_id"]
        made["values" if isinstance(value, list) else "value"] = value
    return made
