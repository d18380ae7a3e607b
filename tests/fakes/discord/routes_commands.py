"""Application commands, global and per guild. API docs, Application Commands: Endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .commands import CHAT_INPUT, CREATES_PER_DAY, command_faults, commands_faults
from .errors import ApiError, Json, invalid_body, missing_access, unknown

if TYPE_CHECKING:
    from .calls import Call, Handler

GLOBAL = "/applications/{application_id}/commands"
OF_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"
DAY_S = 86_400.0
Node = dict[str, Json]


def scope(call: Call) -> int | None:
    """The guild, or None for global commands; refuses other people's applications (20012)."""
    if call.path["application_id"] != str(call.world.application_id):
        raise ApiError(403, 20012, "You are not authorized to perform this action on this application")
    if "guild_id" not in call.path:
        return None
    guild_id = int(call.path["guild_id"])
    if guild_id not in call.world.guilds or not call.world.guilds[guild_id].has_bot:
        raise missing_access()
    return guild_id


def commands_of(call: Call) -> list[Node]:
    return call.server.commands.setdefault(scope(call), [])


def key(command: Node) -> tuple[int, str]:
    return command.get("type") or CHAT_INPUT, command["name"]


def made(call: Call, body: Node, known: Node | None) -> Node:
    """A command as it is kept: with id, version and the defaults of what was left out."""
    world = call.world
    defaults: Node = {
        "type": CHAT_INPUT,
        "description": "",
        "options": [],
        "default_member_permissions": None,
        "dm_permission": True,
        "nsfw": False,
        "contexts": None,
        "integration_types": [0],
        "name_localizations": None,
        "description_localizations": None,
    }
    given = {name: value for name, value in body.items() if value is not None}
    command = defaults | given
    command["id"] = known["id"] if known is not None else str(world.ids.make())
    command["version"] = str(world.ids.make())
    command["application_id"] = str(world.application_id)
    if command["default_member_permissions"] is not None:
        command["default_member_permissions"] = str(command["default_member_permissions"])
    guild_id = scope(call)
    return command | ({} if guild_id is None else {"guild_id": str(guild_id)})


def count_creates(call: Call, new_count: int) -> None:
    """200 new names a day and scope, whatever is deleted again (30034)."""
    now = call.world.clock.now()
    times = call.server.creates.setdefault(scope(call), [])
    times[:] = [one for one in times if now - one < DAY_S]
    if len(times) + new_count > CREATES_PER_DAY:
        raise ApiError(
            400, 30034, f"Max number of daily application command creates has been reached ({CREATES_PER_DAY})"
        )
    times += [now] * new_count


async def listed(call: Call) -> Json:
    """Localizations only with `with_localizations` (API docs, Retrieving localized commands)."""
    if call.query.get("with_localizations", "").lower() in ("1", "true"):
        return commands_of(call)
    hidden = {"name_localizations": None, "description_localizations": None}
    return [command | hidden for command in commands_of(call)]


async def replace(call: Call) -> Json:
    """PUT: the whole set of every type. What is not named is gone."""
    kept = commands_of(call)
    body = call.body or []
    faults = commands_faults(body)
    if faults:
        raise invalid_body(faults)
    known = {key(command): command for command in kept}
    count_creates(call, sum(key(command) not in known for command in body))
    kept[:] = [made(call, command, known.get(key(command))) for command in body]
    call.server.syncs += 1
    return kept


async def create(call: Call) -> Json:
    """POST: replaces a command of the same type and name."""
    kept = commands_of(call)
    known = next((one for one in kept if key(one) == key(call.body)), None)
    others = [one for one in kept if one is not known]
    faults = command_faults(call.body) or commands_faults([*others, call.body])
    if faults:
        raise invalid_body(faults)
    count_creates(call, int(known is None))
    command = made(call, call.body, known)
    kept[:] = [*others, command]
    return command


def named(call: Call) -> Node:
    for command in commands_of(call):
        if command["id"] == call.path["command_id"]:
            return command
    raise unknown("application command", 10063)


async def fetch(call: Call) -> Json:
    return named(call)


async def edit(call: Call) -> Json:
    """PATCH: what is named changes; the type never does."""
    command = named(call)
    changed = command | call.body | {"type": command["type"]}
    faults = command_faults(changed)
    if faults:
        raise invalid_body(faults)
    command.update(made(call, changed, command))
    return command


async def delete(call: Call) -> Json:
    commands_of(call).remove(named(call))


async def write_permissions(_: Call) -> Json:
    """Only a person's Bearer token may (API docs, Edit Application Command Permissions)."""
    raise ApiError(403, 20001, "Bots cannot use this endpoint")


async def read_permissions(_: Call) -> Json:
    raise unknown("application command permissions", 10066)


ROUTES: dict[str, Handler] = {
    f"GET {OF_GUILD}/{{command_id}}/permissions": read_permissions,
    f"PUT {OF_GUILD}/{{command_id}}/permissions": write_permissions,
}
for _root in (GLOBAL, OF_GUILD):
    ROUTES |= {
        f"GET {_root}": listed,
        f"PUT {_root}": replace,
        f"POST {_root}": create,
        f"GET {_root}/{{command_id}}": fetch,
        f"PATCH {_root}/{{command_id}}": edit,
        f"DELETE {_root}/{{command_id}}": delete,
    }
