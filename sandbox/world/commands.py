"""The commands that the bot has registered, and how what a person types becomes a command with options."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.payloads.command_form import (
    ATTACHMENT,
    BOOLEAN,
    CHANNEL,
    CHAT_INPUT,
    FOR_SERVERS,
    GROUP,
    INTEGER,
    MENTIONABLE,
    MESSAGE_MENU,
    NUMBER,
    ROLE,
    STRING,
    SUBCOMMAND,
    USER,
    check_commands,
)
from sandbox.payloads.errors import Json, NotAllowed, unknown, utf16_length
from sandbox.payloads.permissions import Permission
from sandbox.world.installs import IN_SERVER, context_of, owners_of
from sandbox.world.resolving import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.payloads.snowflake import Snowflakes
    from sandbox.world.people import User
    from sandbox.world.places import Place

_DEFAULTS: Json = {
    "type": CHAT_INPUT,
    "description": "",
    "name_localizations": None,
    "description_localizations": None,
    "default_member_permissions": None,
    "nsfw": False,
}
_LOCALISATIONS = ("name_localizations", "description_localizations")


class CommandBook:
    """All registered commands, by scope: a server's id, or None for global commands."""

    def __init__(self, ids: Snowflakes, application_id: int) -> None:
        self._ids = ids
        self._application_id = application_id
        self._scopes: dict[int | None, dict[tuple[int, str], Json]] = {}
        self.for_users = True
        """Whether the application's User Install is enabled in the developer portal."""
        self.overwrites = 0
        """How often a whole scope was overwritten."""

    def in_scope(self, scope: int | None) -> list[Json]:
        """The commands of a scope, as Discord stores them."""
        return list(self._scopes.get(scope, {}).values())

    def overwrite(self, scope: int | None, raw: list[Json]) -> list[Json]:
        """Replace all commands of a scope. A command with the same name keeps its id."""
        check_commands(raw, for_users=self.for_users)
        before = self._scopes.get(scope, {})
        self._scopes[scope] = {}
        for command in raw:
            key = command.get("type", CHAT_INPUT), command["name"]
            self._scopes[scope][key] = self._stored(scope, command, before.get(key))
        self.overwrites += 1
        return self.in_scope(scope)

    def upsert(self, scope: int | None, command: Json) -> Json:
        """Register a command, replacing one with the same name."""
        key = command.get("type", CHAT_INPUT), command["name"]
        others = [known for known in self.in_scope(scope) if (known["type"], known["name"]) != key]
        check_commands([*others, command], for_users=self.for_users)
        commands = self._scopes.setdefault(scope, {})
        commands[key] = self._stored(scope, command, commands.get(key))
        return commands[key]

    def get(self, scope: int | None, command_id: int) -> Json:
        """The command with this id. Refused with code 10063 if there is none."""
        for command in self.in_scope(scope):
            if command["id"] == str(command_id):
                return command
        raise unknown("application command")

    def id_of(self, name: str) -> int:
        """The id of a global command by its name, such as "digest". Raises NotAllowed if there is none."""
        for command in self.in_scope(None):
            if command["name"] == name:
                return int(command["id"])
        raise NotAllowed(f"there is no command /{name}")

    def delete(self, scope: int | None, command_id: int) -> None:
        """Delete the command with this id. Refused with code 10063 if there is none."""
        command = self.get(scope, command_id)
        del self._scopes[scope][command["type"], command["name"]]

    def _stored(self, scope: int | None, command: Json, before: Json | None) -> Json:
        permissions = command.get("default_member_permissions")
        own = {
            "id": before["id"] if before else str(self._ids.next()),
            "application_id": str(self._application_id),
            "version": str(self._ids.next()),
            "default_member_permissions": None if permissions is None else str(permissions),
            "contexts": command.get("contexts"),
            "integration_types": command.get("integration_types") or [FOR_SERVERS],
            "dm_permission": command.get("dm_permission", True),
        }
        if scope is not None:
            own["guild_id"] = str(scope)
        return _DEFAULTS | command | own

    def all_in(self, place: Place, kind: int) -> list[Json]:
        """The commands of a type that are registered for a place, offered or not."""
        own = [] if place.server is None else self.in_scope(place.server.id)
        return [command for command in self.in_scope(None) + own if command["type"] == kind]

    def integration_types(self, command_id: object) -> list[int]:
        """For whom a global command is, by its id; for servers alone if there is none with this id."""
        known = (command for command in self.in_scope(None) if command["id"] == command_id)
        types: list[int] = next((command["integration_types"] for command in known), [FOR_SERVERS])
        return types

    def is_offered(self, command: Json, place: Place, user: User) -> bool:
        """Whether the client offers a command in a place."""
        try:
            _check_offered(command, place, user)
        except NotAllowed:
            return False
        return True

    def find_menu(self, name: str, place: Place, user: User) -> Json:
        """The entry of a message's Apps menu; NotAllowed where the client would not offer it."""
        entries = self.all_in(place, MESSAGE_MENU)
        command = _named(entries, name, user.locale)
        if command is None:
            raise NotAllowed(f"there is no menu entry {name}, but {_list(entries)}")
        _check_offered(command, place, user)
        return command

    def find(self, words: str, place: Place, user: User) -> Typed:
        """The command that a person means in a place; NotAllowed where the client would not offer it."""
        names = words.removeprefix("/").split()
        offered = self.all_in(place, CHAT_INPUT)
        command = _named(offered, names[0], user.locale)
        if command is None:
            raise NotAllowed(f"there is no command /{names[0]}; registered: {_list(offered)}")
        if place.is_forum:
            raise NotAllowed(f"/{names[0]} is not offered in {place.name}: a forum has no message box")
        _check_offered(command, place, user)
        typed = Typed(command, [], command.get("options") or [])
        for name in names[1:]:
            option = _named(typed.options, name, user.locale)
            if option is None or option["type"] not in (SUBCOMMAND, GROUP):
                raise NotAllowed(f"/{' '.join(names)}: there is no {name}, but {_list(typed.options)}")
            typed = Typed(command, [*typed.steps, option], option.get("options") or [])
        if any(option["type"] in (SUBCOMMAND, GROUP) for option in typed.options):
            raise NotAllowed(f"/{' '.join(names)} goes on with one of {_list(typed.options)}")
        return typed


def without_translations(commands: list[Json]) -> list[Json]:
    """The commands as listed without `with_localizations`."""
    return [{key: value for key, value in command.items() if key not in _LOCALISATIONS} for command in commands]


def _names(named: Json, locale: str) -> set[str]:
    return {named["name"], (named.get("name_localizations") or {}).get(locale) or named["name"]}


def _named(candidates: list[Json], name: str, locale: str) -> Json | None:
    return next((candidate for candidate in candidates if name in _names(candidate, locale)), None)


def _list(named: list[Json]) -> str:
    return ", ".join(str(item["name"]) for item in named) or "nothing"


def _check_offered(command: Json, place: Place, user: User) -> None:
    name, server = command["name"], place.server
    here, contexts = context_of(place), command.get("contexts")
    if contexts is not None and here not in contexts:
        raise NotAllowed(f"/{name} is not offered here: its contexts are {contexts}, this is {here}")
    if contexts is None and here != IN_SERVER and not command["dm_permission"]:
        raise NotAllowed(f"/{name} is not offered in DMs")
    if not owners_of(user, place, command["integration_types"]):
        raise NotAllowed(f"/{name} is not offered in {place.name}: the bot is not there, nor added by {user.name}")
    if server is None:
        return
    permissions = place.permissions_of(user)
    if not {Permission.VIEW_CHANNEL, Permission.USE_APPLICATION_COMMANDS} <= set(permissions):
        raise NotAllowed(f"{user.name} may not use commands in {place.name}")
    if server.bot is None:  # what a server sets for commands is for apps that it has
        return
    required = command["default_member_permissions"]
    wanted = None if required is None else Permission(int(required))
    if not server.command_rights.allow(server, user, permissions, int(command["id"]), wanted):
        raise NotAllowed(f"/{name} is not offered to {user.name}: it needs {wanted!r} or a role of the server's choice")


@dataclass(slots=True)
class Typed:
    """A command as typed: the subcommands chosen, and the options of the last one."""

    command: Json
    steps: list[Json]
    options: list[Json]
    resolved: Json = field(default_factory=dict)

    def fill(self, given: Mapping[str, object], user: User, place: Place) -> Json:
        """The interaction data with all options. Raises NotAllowed if the client would not accept one."""
        values = []
        left = dict(given)
        for option in self.options:
            name = next((name for name in left if name in _names(option, user.locale)), None)
            if name is None:
                if option.get("required"):
                    raise NotAllowed(f"/{self.command['name']} requires the option {option['name']}")
                continue
            value = self._value(option, left.pop(name), user, place)
            values.append({"name": option["name"], "type": option["type"], "value": value})
        if left:
            raise NotAllowed(f"/{self.command['name']} has no option {', '.join(left)}, but {_list(self.options)}")
        return self._data(values)

    def fill_focused(self, given: Mapping[str, object], user: User) -> Json:
        """The interaction data while the last of the options is being typed."""
        values: list[Json] = []
        for name, value in given.items():
            option = _named(self.options, name, user.locale)
            if option is None:
                raise NotAllowed(f"/{self.command['name']} has no option {name}, but {_list(self.options)}")
            picked = getattr(value, "id", None)  # of a channel, role or member, only the id is sent
            sent = value if picked is None else str(picked)
            values.append({"name": option["name"], "type": option["type"], "value": sent})
        focused = _named(self.options, values[-1]["name"], user.locale)
        if focused is None or not focused.get("autocomplete"):
            raise NotAllowed(f"the option {values[-1]['name']} does not complete")
        values[-1] |= {"focused": True, "value": str(values[-1]["value"])}
        return self._data(values)

    def _data(self, values: list[Json]) -> Json:
        for step in reversed(self.steps):
            values = [{"name": step["name"], "type": step["type"], "options": values}]
        data = {"id": self.command["id"], "name": self.command["name"], "type": 1, "options": values}
        if "guild_id" in self.command:
            data["guild_id"] = self.command["guild_id"]
        return data | ({"resolved": self.resolved} if self.resolved else {})

    def _value(self, option: Json, value: object, user: User, place: Place) -> object:
        kind = option["type"]
        if option.get("choices"):
            return _chosen(option, value, user.locale)
        if kind == STRING and isinstance(value, str):
            _check_range(option, utf16_length(value), "min_length", "max_length")
            return value
        whole = isinstance(value, int) and not isinstance(value, bool)
        if (kind == INTEGER and whole) or (kind == NUMBER and isinstance(value, int | float)):
            _check_range(option, value, "min_value", "max_value")
            return value
        if kind == BOOLEAN and isinstance(value, bool):
            return value
        if kind in (USER, CHANNEL, ROLE, MENTIONABLE, ATTACHMENT):
            return resolve(self.resolved, value, user, place, kind, option.get("channel_types"))
        raise NotAllowed(f"the option {option['name']} of type {kind} does not take {value!r}")


def _chosen(option: Json, value: object, locale: str) -> object:
    for choice in option["choices"]:
        if value == choice["value"] or value in _names(choice, locale):
            return choice["value"]
    raise NotAllowed(f"the option {option['name']} has no choice {value!r}, but {_list(option['choices'])}")


def _check_range(option: Json, value: object, low: str, high: str) -> None:
    if not isinstance(value, int | float):
        return
    if not option.get(low, value) <= value <= option.get(high, value):
        raise NotAllowed(f"the option {option['name']} takes {option.get(low)} to {option.get(high)}, not {value}")
