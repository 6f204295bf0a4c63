"""The commands that Discord's client offers a person in a place, in the person's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.payloads.command_form import (
    ATTACHMENT,
    BOOLEAN,
    CHANNEL,
    CHAT_INPUT,
    GROUP,
    INTEGER,
    MESSAGE_MENU,
    NUMBER,
    SUBCOMMAND,
)
from sandbox.payloads.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sandbox.payloads.errors import Json
    from sandbox.sandbox import Sandbox
    from sandbox.world.people import User
    from sandbox.world.places import Place
    from sandbox.world.world import World

_TYPES = {INTEGER: "integer", NUMBER: "number", BOOLEAN: "boolean", CHANNEL: "channel", ATTACHMENT: "file"}


def commands_for(discord: Sandbox, person: User, place: Place) -> list[Json]:
    """All commands, with each subcommand as one command.

    Each has `path` (its registered names, such as "digest add"), `name` (in the person's language),
    `description` and `options`. An option has `name`, `label`, `description`, `type`, `required`, `complete` (whether
    the bot completes it), `choices` (name and value), `kinds` (channel types), and `low` and `high` for numbers.
    """
    return [
        offer
        for command in discord.commands.all_in(place, CHAT_INPUT)
        for offer in _unfolded(command, "", "", person.locale)
        if _offered(discord, offer["path"], place, person)
    ]


def menus_for(discord: World, person: User, place: Place) -> list[Json]:
    """The entries of a message's Apps menu, with `name` as registered and `label` in the person's language."""
    return [
        {"name": command["name"], "label": _said(command, "name", person.locale)}
        for command in discord.commands.all_in(place, MESSAGE_MENU)
        if discord.commands.is_offered(command, place, person)
    ]


def _offered(discord: Sandbox, path: str, place: Place, person: User) -> bool:
    try:
        discord.commands.find(path, place, person)
    except NotAllowed:
        return False
    return True


def _unfolded(command: Json, path: str, name: str, locale: str) -> Iterator[Json]:
    path = f"{path} {command['name']}".strip()
    name = f"{name} {_said(command, 'name', locale)}".strip()
    options = command.get("options") or []
    inner = [option for option in options if option["type"] in (SUBCOMMAND, GROUP)]
    if inner:
        for option in inner:
            yield from _unfolded(option, path, name, locale)
        return
    yield {
        "path": path,
        "name": name,
        "description": _said(command, "description", locale),
        "options": [_option(option, locale) for option in options],
    }


def _option(option: Json, locale: str) -> Json:
    return {
        "name": option["name"],
        "label": _said(option, "name", locale),
        "description": _said(option, "description", locale),
        "type": _TYPES.get(option["type"], "string"),
        "required": bool(option.get("required")),
        "complete": bool(option.get("autocomplete")),
        "choices": [
            {"name": _said(choice, "name", locale), "value": choice["value"]} for choice in option.get("choices") or []
        ],
        "kinds": option.get("channel_types") or [],
        "low": option.get("min_value"),
        "high": option.get("max_value"),
    }


def _said(named: Json, key: str, locale: str) -> str:
    return str((named.get(f"{key}_localizations") or {}).get(locale) or named[key])
