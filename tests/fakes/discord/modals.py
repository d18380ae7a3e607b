"""Limits of modals that the description does not hold. API docs, Component Reference: Label, Text Input, and
Receiving and Responding: Modal.
"""

from __future__ import annotations

from .components import (
    CHECKBOX_GROUP,
    LABEL,
    ROW,
    SELECTS,
    TEXT_INPUT,
    custom_id_faults,
    select_faults,
    walk,
)
from .errors import Fault, Json, Path

COMPONENTS_MAX = 5
INPUT_MAX = 4000


def modal_faults(data: dict[str, Json], path: Path = ("data",)) -> list[Fault]:
    components = data.get("components") or []
    here = (*path, "components")
    faults: list[Fault] = []
    if not 1 <= len(components) <= COMPONENTS_MAX:
        faults.append(Fault(here, "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {COMPONENTS_MAX} in length."))
    for index, component in enumerate(components):
        spot = (*here, index)
        if component.get("type") == ROW:
            faults += row_faults(component, spot)
        elif component.get("type") == LABEL:
            faults += label_faults(component, spot)
    for spot, component in walk(components, here):
        if component.get("type") == TEXT_INPUT:
            faults += input_faults(component, spot)
        elif component.get("type") in (*SELECTS, CHECKBOX_GROUP):
            faults += select_in_modal_faults(component, spot)
    return faults + custom_id_faults(components, here)


def row_faults(row: dict[str, Json], path: Path) -> list[Fault]:
    """The old form: one text input that carries its own label."""
    children = row.get("components") or []
    faults: list[Fault] = []
    if len(children) != 1:
        faults.append(Fault((*path, "components"), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 1 in length."))
    faults.extend(
        Fault((*path, "components", index, "label"), "BASE_TYPE_REQUIRED", "This field is required")
        for index, child in enumerate(children)
        if child.get("type") == TEXT_INPUT and not child.get("label")
    )
    return faults


def label_faults(label: dict[str, Json], path: Path) -> list[Fault]:
    child = label.get("component") or {}
    if child.get("type") == TEXT_INPUT and child.get("label"):
        text = "A text input in a label has no label of its own"
        return [Fault((*path, "component", "label"), "COMPONENT_LABEL_NOT_ALLOWED", text)]
    return []


def input_faults(component: dict[str, Json], path: Path) -> list[Fault]:
    least, most = component.get("min_length"), component.get("max_length")
    value = component.get("value") or ""
    faults: list[Fault] = []
    if least is not None and most is not None and least > most:
        text = "min_length must not be greater than max_length"
        faults.append(Fault((*path, "min_length"), "BASE_TYPE_BAD_VALUE", text))
    if value and not (least or 0) <= len(value) <= (most or INPUT_MAX):
        text = f"Must be between {least or 0} and {most or INPUT_MAX} in length."
        faults.append(Fault((*path, "value"), "BASE_TYPE_BAD_LENGTH", text))
    return faults


def select_in_modal_faults(select: dict[str, Json], path: Path) -> list[Fault]:
    """API docs, Component Reference: String Select, the notes on `min_values` and `disabled`; Checkbox Group."""
    faults = select_faults(select, path) if select.get("type") in SELECTS else []
    if select.get("disabled"):
        faults.append(Fault((*path, "disabled"), "COMPONENT_DISABLED_NOT_ALLOWED", "Not allowed in a modal"))
    if select.get("min_values") == 0 and select.get("required", True):
        text = "min_values may be 0 only if required is false"
        faults.append(Fault((*path, "min_values"), "BASE_TYPE_BAD_VALUE", text))
    return faults
