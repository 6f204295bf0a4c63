"""Buttons, select menus and modals: what Discord refuses, and what a member sees."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from sandbox.payloads.embeds import url_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sandbox.payloads.errors import FormErrors, Json

# Source of the limits and the numbers: Discord's reference, "Component Reference".
ACTION_ROW, BUTTON, STRING_SELECT, TEXT_INPUT, LABEL = 1, 2, 3, 4, 18
CHANNEL_SELECT = 8
ENTITY_SELECTS = (5, 6, 7, CHANNEL_SELECT)
_DEFAULT_TYPES = {5: ("user",), 6: ("role",), 7: ("user", "role"), 8: ("channel",)}
MAX_ROWS = 5
MAX_BUTTONS = 5
MAX_OPTIONS = 25
_LINK_STYLE = 5

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Button:
    """A button as a member sees it. A link button has a url and no custom_id."""

    label: str
    emoji: str
    style: int
    custom_id: str
    url: str
    disabled: bool
    id: int


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a select menu."""

    label: str
    value: str
    description: str
    default: bool


@dataclass(frozen=True, slots=True)
class Select:
    """A select menu as a member sees it. `kind` is Discord's component type: 3 for strings, 5 to 8 for entities."""

    kind: int
    custom_id: str
    placeholder: str
    options: tuple[Option, ...]
    min_values: int
    max_values: int
    disabled: bool
    id: int
    defaults: tuple[int, ...] = ()
    """The ids that an entity select begins with."""
    channel_types: tuple[int, ...] = ()
    """The channels that a channel select offers; all if empty."""


def read_rows(raw: list[Json]) -> tuple[tuple[Button | Select, ...], ...]:
    """The rows of a message's stored components."""
    return tuple(tuple(_read_component(item) for item in row["components"]) for row in raw)


def _read_component(raw: Json) -> Button | Select:
    disabled = bool(raw.get("disabled"))
    custom_id = raw.get("custom_id", "")
    if raw["type"] == BUTTON:
        emoji = (raw.get("emoji") or {}).get("name") or ""
        return Button(raw.get("label") or "", emoji, raw["style"], custom_id, raw.get("url") or "", disabled, raw["id"])
    return Select(
        kind=raw["type"],
        custom_id=custom_id,
        placeholder=raw.get("placeholder") or "",
        options=tuple(
            Option(option["label"], option["value"], option.get("description") or "", bool(option.get("default")))
            for option in raw.get("options", [])
        ),
        min_values=raw["min_values"],
        max_values=raw["max_values"],
        disabled=disabled,
        id=raw["id"],
        defaults=tuple(int(value["id"]) for value in raw.get("default_values", [])),
        channel_types=tuple(raw.get("channel_types", [])),
    )


def as_stored(rows: list[Json]) -> list[Json]:
    """The rows as Discord stores them: without nulls, and with an id for each component.

    Missing ids are numbered from 1 (Discord's reference, "Anatomy of a Component"). A select menu takes one value by
    default.
    """
    taken = {item["id"] for row in rows for item in (row, *row["components"]) if item.get("id")}
    free = (number for number in count(1) if number not in taken)
    return [_stored(row, free) for row in rows]


def _stored(raw: Json, free: Iterator[int]) -> Json:
    stored: Json = {key: _without_nulls(value) for key, value in raw.items() if value is not None}
    stored["id"] = raw.get("id") or next(free)
    if raw["type"] == ACTION_ROW:
        stored["components"] = [_stored(item, free) for item in raw["components"]]
    elif raw["type"] != BUTTON:
        defaults = [value | {"id": str(value["id"])} for value in raw.get("default_values") or []]
        stored = {"min_values": 1, "max_values": 1} | stored | ({"default_values": defaults} if defaults else {})
    return stored


def _without_nulls(value: object) -> object:
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return value


def check_components(errors: FormErrors, raw: object) -> list[Json]:
    """Check a message's components, adding to `errors`, and return them."""
    rows = errors.count(("components",), raw, 0, MAX_ROWS)
    seen: set[str] = set()
    for position, row in enumerate(rows):
        path: Path = ("components", position)
        if row.get("type") != ACTION_ROW:
            errors.choice((*path, "type"), str(ACTION_ROW))
            continue
        items = errors.count((*path, "components"), row.get("components"), 1, MAX_BUTTONS)
        if len(items) > 1 and any(item.get("type") != BUTTON for item in items):
            message = "The specified component exceeds the maximum width"
            errors.add((*path, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)
        for index, item in enumerate(items):
            _check_item(errors, (*path, "components", index), item, seen)
    return rows


def _check_item(errors: FormErrors, path: Path, item: Json, seen: set[str]) -> None:
    kind = item.get("type")
    if kind == BUTTON:
        _check_button(errors, path, item)
    elif kind == STRING_SELECT or kind in ENTITY_SELECTS:
        _check_select(errors, path, item)
    else:
        errors.choice((*path, "type"), "2, 3, 5, 6, 7, 8")
        return
    if kind != BUTTON or item.get("style") != _LINK_STYLE:
        check_custom_id(errors, path, item, seen)


def check_custom_id(errors: FormErrors, path: Path, item: Json, seen: set[str]) -> None:
    """Check that a custom_id is present, short enough and not in `seen`, and add it to `seen`."""
    custom_id = item.get("custom_id")
    if custom_id is None:
        errors.required((*path, "custom_id"))
        return
    errors.text((*path, "custom_id"), custom_id, 1, 100)
    if custom_id in seen:
        message = "Component custom id cannot be duplicated"
        errors.add((*path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message)
    seen.add(custom_id)


def _check_button(errors: FormErrors, path: Path, item: Json) -> None:
    if item.get("style") not in (1, 2, 3, 4, _LINK_STYLE):
        errors.choice((*path, "style"), "1, 2, 3, 4, 5")
    if item.get("label") is not None:
        errors.text((*path, "label"), item["label"], 0, 80)
    if not item.get("label") and not item.get("emoji"):
        errors.required((*path, "label"))
    if item.get("style") != _LINK_STYLE:
        return
    if item.get("custom_id") is not None:
        message = "A custom id and url cannot both be specified"
        errors.add((*path, "custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_AND_URL_MUTUALLY_EXCLUSIVE", message)
    if item.get("url") is None:
        errors.required((*path, "url"))
        return
    errors.text((*path, "url"), item["url"], 1, 512)
    problem = url_problem(str(item["url"]), ("http", "https", "discord"))
    if problem is not None:
        errors.add((*path, "url"), *problem)


def _check_select(errors: FormErrors, path: Path, item: Json) -> None:
    if item.get("placeholder") is not None:
        errors.text((*path, "placeholder"), item["placeholder"], 0, 150)
    errors.number((*path, "min_values"), item.get("min_values", 1), 0, 25)
    errors.number((*path, "max_values"), item.get("max_values", 1), 1, 25)
    if item.get("type") != STRING_SELECT:
        _check_defaults(errors, path, item)
        return
    options = errors.count((*path, "options"), item.get("options"), 1, MAX_OPTIONS)
    if item.get("max_values", 1) > len(options):
        message = f"max_values must be less than or equal to the number of options ({len(options)})"
        errors.add((*path, "max_values"), "SELECT_COMPONENT_MAX_VALUES_EXCEEDS_OPTIONS", message)
    seen: set[str] = set()
    for position, option in enumerate(options):
        _check_option(errors, (*path, "options", position), option, seen)


def _check_defaults(errors: FormErrors, path: Path, item: Json) -> None:
    """Check what an entity select begins with: not more than it takes, and of its own type."""
    most = item.get("max_values") or 1
    defaults = errors.count((*path, "default_values"), item.get("default_values") or [], 0, most)
    allowed = _DEFAULT_TYPES[item["type"]]
    for position, value in enumerate(defaults):
        if value.get("type") not in allowed:
            errors.choice((*path, "default_values", position, "type"), ", ".join(allowed))
        if not str(value.get("id", "")).isdecimal():
            errors.required((*path, "default_values", position, "id"))


def _check_option(errors: FormErrors, path: Path, option: Json, seen: set[str]) -> None:
    for key in ("label", "value"):
        if option.get(key) is None:
            errors.required((*path, key))
        else:
            errors.text((*path, key), option[key], 1, 100)
    if option.get("description") is not None:
        errors.text((*path, "description"), option["description"], 0, 100)
    if option.get("value") in seen:
        message = "The specified option value is already used"
        errors.add((*path, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message)
    seen.add(str(option.get("value")))


def check_modal(errors: FormErrors, raw: Json) -> None:
    """Check a modal: title of 1 to 45 characters, custom_id of 1 to 100, one to five inputs."""
    errors.text(("data", "title"), raw.get("title"), 1, 45)
    seen: set[str] = set()
    check_custom_id(errors, ("data",), raw, set())
    errors.count(("data", "components"), raw.get("components"), 1, MAX_ROWS)
    for path, item, label in modal_inputs(raw):
        check_custom_id(errors, path, item, seen)
        if item["type"] == TEXT_INPUT:
            errors.text((*path, "label"), label, 1, 45)


def modal_inputs(raw: Json) -> Iterator[tuple[Path, Json, str]]:
    """The inputs of a modal, each with its path and label."""
    for position, row in enumerate(raw.get("components") or []):
        path: Path = ("data", "components", position)
        if row["type"] == LABEL:
            yield (*path, "component"), row["component"], row["label"]
        elif row["type"] == ACTION_ROW:
            for index, item in enumerate(row["components"]):
                yield (*path, "components", index), item, item.get("label") or ""
