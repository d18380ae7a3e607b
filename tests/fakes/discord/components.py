"""Limits of buttons, selects and components v2 in messages. API docs, Component Reference."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .errors import Fault, Json, Path

if TYPE_CHECKING:
    from collections.abc import Iterator

SUPPRESS_EMBEDS = 1 << 2
EPHEMERAL = 1 << 6
IS_COMPONENTS_V2 = 1 << 15

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
SELECTS = (3, 5, 6, 7, 8)
SECTION, TEXT_DISPLAY, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL = 9, 10, 11, 12, 13, 14, 17, 18
FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 19, 21, 22, 23
LINK, PREMIUM = 5, 6

ROWS_MAX = 5
BUTTONS_MAX = 5
V2_COMPONENTS_MAX = 40
V2_TEXT_MAX = 4000
# Button links: no tel:, sms: or mailto: (seen in Discord's refusals).
LINK_SCHEMES = ("http", "https", "discord")
IN_CONTAINER = (ROW, SECTION, TEXT_DISPLAY, GALLERY, FILE, SEPARATOR)
PLAIN_EMOJI = re.compile(r"^[0-9#*]\ufe0f?\u20e3$|^[^\x00-\x7f]+$")


def walk(components: Json, path: Path = ()) -> Iterator[tuple[Path, dict[str, Json]]]:
    """Every component with its place, parents first; through rows, containers, sections and labels."""
    for index, component in enumerate(components or []):
        if isinstance(component, dict):
            yield from walk_one(component, (*path, index))


def walk_one(component: dict[str, Json], path: Path) -> Iterator[tuple[Path, dict[str, Json]]]:
    yield path, component
    yield from walk(component.get("components"), (*path, "components"))
    for single in ("accessory", "component"):
        if isinstance(component.get(single), dict):
            yield from walk_one(component[single], (*path, single))


def numbered(components: list[dict[str, Json]]) -> list[dict[str, Json]]:
    """A copy in which every component has an `id`, as Discord gives them (API docs, Component Reference: Anatomy)."""
    made = copy.deepcopy(components)
    taken = {one.get("id") for _, one in walk(made)}
    number = 0
    for _, one in walk(made):
        if not one.get("id"):
            number += 1
            while number in taken:
                number += 1
            one["id"] = number
    return made


def component_faults(components: list[dict[str, Json]], path: Path, *, is_v2: bool) -> list[Fault]:
    faults = v2_faults(components, path) if is_v2 else legacy_faults(components, path)
    for spot, component in walk(components, path):
        kind = component.get("type")
        if kind == ROW:
            faults += row_faults(component, spot)
        elif kind == BUTTON:
            faults += button_faults(component, spot)
        elif kind in SELECTS:
            faults += select_faults(component, spot)
        elif kind == CONTAINER:
            faults += container_faults(component, spot)
    return faults + custom_id_faults(components, path)


def legacy_faults(components: list[dict[str, Json]], path: Path) -> list[Fault]:
    faults: list[Fault] = []
    if len(components) > ROWS_MAX:
        faults.append(Fault(path, "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {ROWS_MAX} in length."))
    for index, component in enumerate(components):
        if component.get("type") != ROW:
            text = 'Value of field "type" must be one of (1,) without MessageFlags.IS_COMPONENTS_V2.'
            faults.append(Fault((*path, index, "type"), "UNION_TYPE_CHOICES", text))
    return faults


def v2_faults(components: list[dict[str, Json]], path: Path) -> list[Fault]:
    """40 components counting nested ones, 4000 characters over all text displays, ids that are not repeated."""
    faults: list[Fault] = []
    every = list(walk(components, path))
    if len(every) > V2_COMPONENTS_MAX:
        text = f"The maximum number of components is {V2_COMPONENTS_MAX}, this message has {len(every)}."
        faults.append(Fault(path, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", text))
    length = sum(len(component.get("content") or "") for _, component in every if component.get("type") == TEXT_DISPLAY)
    if length > V2_TEXT_MAX:
        text = f"The total length of text displays is {length}, more than {V2_TEXT_MAX}."
        faults.append(Fault(path, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", text))
    seen: set[int] = set()
    for spot, component in every:
        number = component.get("id")
        if number and number in seen:
            faults.append(Fault((*spot, "id"), "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated"))
        seen.add(number or 0)
        if component.get("type") == TEXT_DISPLAY and not str(component.get("content") or "").strip():
            faults.append(Fault((*spot, "content"), "BASE_TYPE_REQUIRED", "This field is required"))
    return faults


def container_faults(container: dict[str, Json], path: Path) -> list[Fault]:
    return [
        Fault((*path, "components", index, "type"), "UNION_TYPE_CHOICES", f"A container holds only {IN_CONTAINER}.")
        for index, child in enumerate(container.get("components") or [])
        if child.get("type") not in IN_CONTAINER
    ]


def row_faults(row: dict[str, Json], path: Path) -> list[Fault]:
    """Up to five buttons, or one select and nothing else (API docs, Component Reference: Action Row)."""
    children = row.get("components") or []
    selects = [child for child in children if child.get("type") in SELECTS]
    if selects and len(children) > 1:
        text = "The specified component exceeds the maximum width"
        return [Fault((*path, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", text)]
    if len(children) > BUTTONS_MAX:
        return [Fault((*path, "components"), "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {BUTTONS_MAX} in length.")]
    return []


def button_faults(button: dict[str, Json], path: Path) -> list[Fault]:
    """Links have a url, premium buttons a sku, all others a custom_id, and never two of them."""
    style, has_id, url = button.get("style"), bool(button.get("custom_id")), button.get("url")
    faults: list[Fault] = []
    if style == LINK:
        if not url:
            faults.append(Fault((*path, "url"), "BASE_TYPE_REQUIRED", "A url is required"))
        elif urlsplit(str(url)).scheme.lower() not in LINK_SCHEMES:
            text = f'Scheme "{urlsplit(str(url)).scheme}" is not supported. Scheme must be one of {LINK_SCHEMES}.'
            faults.append(Fault((*path, "url"), "URL_TYPE_INVALID_SCHEME", text))
    elif style != PREMIUM and not has_id:
        faults.append(Fault((*path, "custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "A custom id is required"))
    if has_id and (url or style in (LINK, PREMIUM)):
        text = "A custom id and url cannot both be specified"
        faults.append(Fault((*path, "custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", text))
    elif url and style != LINK:
        faults.append(Fault((*path, "url"), "BUTTON_COMPONENT_URL_NOT_ALLOWED", "Only link buttons have a url"))
    if style != PREMIUM and not (button.get("label") or "").strip() and not button.get("emoji"):
        faults.append(
            Fault((*path, "label"), "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A label or emoji is required")
        )
    return faults + emoji_faults(button.get("emoji"), path)


def emoji_faults(emoji: dict[str, Json] | None, path: Path) -> list[Fault]:
    """An emoji without id must be one of Unicode; words are not (50035 "Invalid emoji")."""
    name = (emoji or {}).get("name") or ""
    if emoji and not emoji.get("id") and not PLAIN_EMOJI.match(name):
        return [Fault((*path, "emoji", "name"), "COMPONENT_INVALID_EMOJI", "Invalid emoji")]
    return []


def select_faults(select: dict[str, Json], path: Path) -> list[Fault]:
    """Bounds of `min_values`/`max_values`; for text selects also that options have different values."""
    least, most = select.get("min_values"), select.get("max_values")
    low, high = 1 if least is None else least, 1 if most is None else most
    faults: list[Fault] = []
    if low > max(high, 1):
        text = "min_values must not be greater than max_values"
        faults.append(Fault((*path, "min_values"), "BASE_TYPE_BAD_VALUE", text))
    if select.get("type") != STRING_SELECT:
        return faults
    options = select.get("options") or []
    if not options:
        faults.append(Fault((*path, "options"), "BASE_TYPE_REQUIRED", "This field is required"))
    if options and high > len(options):
        text = f"max_values must not be greater than the number of options ({len(options)})"
        faults.append(Fault((*path, "max_values"), "SELECT_COMPONENT_MAX_VALUES", text))
    if sum(bool(option.get("default")) for option in options) > high:
        text = "More options are chosen beforehand than max_values allows"
        faults.append(Fault((*path, "options"), "SELECT_COMPONENT_TOO_MANY_DEFAULTS", text))
    seen: set[str] = set()
    for index, option in enumerate(options):
        here = (*path, "options", index)
        value = str(option.get("value"))
        if value in seen:
            text = "The specified option value is already used"
            faults.append(Fault((*here, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", text))
        seen.add(value)
        if option.get("label") == "" or option.get("value") == "":
            faults.append(Fault(here, "BASE_TYPE_REQUIRED", "This field is required"))
        faults += emoji_faults(option.get("emoji"), here)
    return faults


def custom_id_faults(components: list[dict[str, Json]], path: Path) -> list[Fault]:
    """1..100 characters (the description holds that) and never twice in one message or modal."""
    faults: list[Fault] = []
    seen: set[str] = set()
    for spot, component in walk(components, path):
        name = component.get("custom_id")
        if name is not None and name in seen:
            text = "Component custom id cannot be duplicated"
            faults.append(Fault((*spot, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", text))
        seen.add(name or "")
    return faults
