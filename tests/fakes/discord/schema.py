"""Discord's OpenAPI description as checks of request bodies.

Each route's schema is compiled once, when it is first used, into closures that append `Fault`s with the path and
code that Discord gives. A union of objects is decided by their `type`, as Discord does it, so that a wrong text
input is reported where it is and not as seven alternatives that do not fit.

Differences from the description, each with its reason, stand in `MENDED` and `ONLY`.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path as FilePath
from typing import TypeAlias
from urllib.parse import urlsplit

from .errors import Fault, Json, Path

Check: TypeAlias = Callable[[Json, Path, list[Fault]], None]
Schema: TypeAlias = dict[str, Json]

DESCRIPTION = FilePath(__file__).parents[2] / "data" / "discord-openapi.json"
REF = "#/components/schemas/"

# The description is stricter than the service in three places: ids may be numbers (API docs, Reference: Snowflakes are
# accepted as either), channel type 16 is missing from it, permissions may be text (API docs, Permissions).
MENDED: dict[str, Schema] = {
    "SnowflakeType": {
        "anyOf": [{"type": "string", "pattern": "^(0|[1-9][0-9]*)$"}, {"type": "integer", "minimum": 0}],
    },
    "ChannelTypes": {"type": "integer", "enum": [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16]},
}
PERMISSIONS: Schema = {
    "anyOf": [
        {"type": "integer", "minimum": 0},
        {"type": "string", "pattern": "^[0-9]+$"},
        {"type": "null"},
    ],
}
# `anyOf` where the caller or the channel decides: with all branches open a wrong type would pass through another one.
ONLY = {
    "POST /webhooks/{webhook_id}/{webhook_token}": "IncomingWebhookRequestPartial",
    "PATCH /channels/{channel_id}": "UpdateGuildChannelRequestPartial",
    "POST /channels/{channel_id}/threads": "CreateTextThreadWithoutMessageRequest",
}


@functools.cache
def description() -> Schema:
    parsed: Schema = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    schemas = parsed["components"]["schemas"]
    schemas.update(MENDED)
    for schema in schemas.values():
        properties = schema.get("properties", {})
        if "default_member_permissions" in properties:
            properties["default_member_permissions"] = PERMISSIONS
    return parsed


def body_schema(route: str) -> Schema | None:
    """Schema of the JSON body of `"POST /path/{id}"`, or None when the route takes no body."""
    if route in ONLY:
        return {"$ref": REF + ONLY[route]}
    method, path = route.split(" ", 1)
    body = description()["paths"].get(path, {}).get(method.lower(), {}).get("requestBody")
    if body is None:
        return None
    schema: Schema = body["content"]["application/json"]["schema"]
    return schema


@functools.cache
def body_check(route: str) -> Check | None:
    schema = body_schema(route)
    return None if schema is None else compiled(schema)


@functools.cache
def check_of(name: str) -> Check:
    """The compiled check of one named schema."""
    return compiled(description()["components"]["schemas"][name])


def faults_of(route: str, body: Json) -> list[Fault]:
    faults: list[Fault] = []
    check = body_check(route)
    if check is not None:
        check(body, (), faults)
    return faults


def is_of(kind: str, value: Json) -> bool:
    match kind:
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "array":
            return isinstance(value, list)
        case "object":
            return isinstance(value, dict)
        case "null":
            return value is None
    raise ValueError(kind)


TYPE_FAULTS = {
    "integer": ("NUMBER_TYPE_COERCE", "Value is not int."),
    "number": ("NUMBER_TYPE_COERCE", "Value is not float."),
    "string": ("STRING_TYPE_CONVERT", "Could not interpret as string."),
    "boolean": ("BOOLEAN_TYPE_CONVERT", "Must be either true or false."),
    "array": ("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType."),
    "object": ("MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType."),
    "null": ("BASE_TYPE_NULL", "Must be null."),
}


def compiled(schema: Schema) -> Check:
    """A check for `schema`. References are looked up at the first call, because schemas contain themselves."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(REF)

        def follow(value: Json, path: Path, faults: list[Fault]) -> None:
            check_of(name)(value, path, faults)

        return follow
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    inner = parts(schema)

    def check(value: Json, path: Path, faults: list[Fault]) -> None:
        if kinds and not any(is_of(kind, value) for kind in kinds):
            if value is None:
                faults.append(Fault(path, "BASE_TYPE_REQUIRED", "This field is required"))
            else:
                faults.append(Fault(path, *TYPE_FAULTS[kinds[0]]))
            return
        for part in inner:
            part(value, path, faults)

    return check


def parts(schema: Schema) -> list[Check]:
    made: list[Check] = []
    if "enum" in schema or "const" in schema:
        made.append(enum_check(schema["enum"] if "enum" in schema else [schema["const"]]))
    made.extend(union_check(schema[union]) for union in ("oneOf", "anyOf") if union in schema)
    made.extend(compiled(part) for part in schema.get("allOf", ()))
    if schema.keys() & {"properties", "required", "additionalProperties", "maxProperties", "minProperties"}:
        made.append(object_check(schema))
    if schema.keys() & {"items", "minItems", "maxItems", "uniqueItems"}:
        made.append(array_check(schema))
    if schema.keys() & {"minLength", "maxLength", "pattern", "format"}:
        made.append(string_check(schema))
    if schema.keys() & {"minimum", "maximum"}:
        made.append(number_check(schema))
    return made


def enum_check(values: list[Json]) -> Check:
    shown = ", ".join(map(repr, values[:40]))

    def check(value: Json, path: Path, faults: list[Fault]) -> None:
        if not any(value == one and isinstance(value, bool) == isinstance(one, bool) for one in values):
            faults.append(Fault(path, "BASE_TYPE_CHOICES", f"Value must be one of ({shown})."))

    return check


def resolved(schema: Schema) -> Schema:
    while "$ref" in schema:
        schema = description()["components"]["schemas"][schema["$ref"].removeprefix(REF)]
    return schema


def by_type(branches: list[Schema]) -> dict[int, Check] | None:
    """Branches by the value of their `type`, or None when the union is not told apart by it."""
    table: dict[int, Check] = {}
    for branch in branches:
        if branch.get("type") == "null":
            continue
        kinds = resolved(branch).get("properties", {}).get("type", {}).get("enum")
        if not kinds or table.keys() & set(kinds):
            return None
        check = compiled(branch)
        table.update(dict.fromkeys(kinds, check))
    return table or None


def union_check(branches: list[Schema]) -> Check:
    table = by_type(branches)
    checks = [compiled(branch) for branch in branches]
    accepts_null = any(branch.get("type") == "null" for branch in branches)
    consts = [branch["const"] for branch in branches if "const" in branch]
    if len(consts) == len(branches):
        return enum_check(consts)
    sole = [check for check, branch in zip(checks, branches, strict=True) if branch.get("type") != "null"]

    def by_kind(value: Json, path: Path, faults: list[Fault]) -> None:
        if value is None and accepts_null:
            return
        if not isinstance(value, dict):
            faults.append(Fault(path, *TYPE_FAULTS["object"]))
            return
        kind = value.get("type")
        branch = (table or {}).get(kind) if isinstance(kind, int) and not isinstance(kind, bool) else None
        if branch is None:
            shown = ", ".join(map(str, sorted(table or {})))
            faults.append(
                Fault((*path, "type"), "UNION_TYPE_CHOICES", f'Value of field "type" must be one of ({shown}).')
            )
        else:
            branch(value, path, faults)

    def by_trial(value: Json, path: Path, faults: list[Fault]) -> None:
        if value is None and accepts_null:
            return
        tried: list[list[Fault]] = []
        for check in sole:
            found: list[Fault] = []
            check(value, path, found)
            if not found:
                return
            tried.append(found)
        # The branch that got deepest is the one that was meant.
        faults.extend(max(tried, key=lambda found: max(len(fault.path) for fault in found)))

    return by_kind if table else by_trial


def object_check(schema: Schema) -> Check:
    checks = {name: compiled(part) for name, part in schema.get("properties", {}).items()}
    required = schema.get("required", ())
    others = schema.get("additionalProperties")
    other_check = compiled(others) if isinstance(others, dict) else None
    is_closed = others is False
    most = schema.get("maxProperties")

    def check(value: Json, path: Path, faults: list[Fault]) -> None:
        if not isinstance(value, dict):
            return
        faults.extend(
            Fault((*path, name), "BASE_TYPE_REQUIRED", "This field is required")
            for name in required
            if name not in value
        )
        for name, one in value.items():
            part = checks.get(name, other_check)
            if part is not None:
                part(one, (*path, name), faults)
            elif is_closed and name not in checks:
                faults.append(Fault((*path, name), "UNKNOWN_FIELD", "Unknown field."))
        if most is not None and len(value) > most:
            faults.append(Fault(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length."))

    return check


def array_check(schema: Schema) -> Check:
    item = compiled(schema["items"]) if "items" in schema else None
    least, most = schema.get("minItems", 0), schema.get("maxItems")
    is_unique = schema.get("uniqueItems", False)

    def check(value: Json, path: Path, faults: list[Fault]) -> None:
        if not isinstance(value, list):
            return
        length_fault(len(value), least, most, path, faults)
        if is_unique and len({json.dumps(one, sort_keys=True) for one in value}) < len(value):
            faults.append(Fault(path, "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value"))
        if item is not None:
            for index, one in enumerate(value):
                item(one, (*path, index), faults)

    return check


def length_fault(length: int, least: int, most: int | None, path: Path, faults: list[Fault]) -> None:
    if length < least:
        words = f"Must be between {least} and {most} in length." if most else f"Must be {least} or more in length."
        faults.append(Fault(path, "BASE_TYPE_BAD_LENGTH" if most else "BASE_TYPE_MIN_LENGTH", words))
    elif most is not None and length > most:
        words = f"Must be between {least} and {most} in length." if least else f"Must be {most} or fewer in length."
        faults.append(Fault(path, "BASE_TYPE_BAD_LENGTH" if least else "BASE_TYPE_MAX_LENGTH", words))


def string_check(schema: Schema) -> Check:
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    pattern = re.compile(schema["pattern"]) if "pattern" in schema else None
    form = schema.get("format")

    def check(value: Json, path: Path, faults: list[Fault]) -> None:
        if not isinstance(value, str):
            return
        length_fault(len(value), least, most, path, faults)
        if pattern is not None and not pattern.search(value):
            faults.append(Fault(path, "STRING_TYPE_REGEX", "String value did not match validation regex."))
        if form == "uri" and not urlsplit(value).scheme:
            faults.append(Fault(path, "URL_TYPE_INVALID_URL", "Not a well formed URL."))
        if form == "date-time" and not is_instant(value):
            faults.append(Fault(path, "DATE_TIME_TYPE_PARSE", f"Could not parse {value!r}. Should be ISO8601."))

    return check


def is_instant(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def number_check(schema: Schema) -> Check:
    least, most = schema.get("minimum"), schema.get("maximum")

    def check(value: Json, path: Path, faults: list[Fault]) -> None:
        if not is_of("number", value):
            return
        if least is not None and value < least:
            faults.append(Fault(path, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {least}."))
        if most is not None and value > most:
            faults.append(Fault(path, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {most}."))

    return check
