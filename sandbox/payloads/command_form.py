"""What Discord refuses when an application registers slash commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.payloads.errors import FormErrors, Json, refused, utf16_length

if TYPE_CHECKING:
    from collections.abc import Iterable

# Source of limits, numbers and locales: Discord's reference, "Application Commands" and "Locales".
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(1, 12)
MAX_COMMANDS = 100
MAX_SIZE = 8000
_MAX_OPTIONS = 25
_MAX_CHOICES = 25
_WITH_CHOICES = (STRING, INTEGER, NUMBER)
CHAT_INPUT, MESSAGE_MENU = 1, 3
_MAX_CONTEXT = 2
FOR_SERVERS, FOR_USERS = 0, 1
"""Integration types of commands."""
_LOCALES = (
    "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th "
    "zh-CN ja zh-TW ko"
)
LOCALES = frozenset(_LOCALES.split())

Path = tuple[str | int, ...]


def check_commands(commands: list[Json], *, for_users: bool = True) -> None:
    """Refuse the commands of one scope if any breaks a rule. Of those that are no slash commands, little is checked.

    `for_users`: whether the application allows to be added to accounts, and so commands for users.
    """
    slash = [command for command in commands if command.get("type", CHAT_INPUT) == CHAT_INPUT]
    if len(slash) > MAX_COMMANDS:
        raise refused(30032)
    errors = FormErrors()
    for position, command in enumerate(commands):
        if command in slash:
            _check_command(errors, (position,), command)
        else:
            _check_menu(errors, (position,), command)
        _check_contexts(errors, (position,), command, FOR_USERS if for_users else FOR_SERVERS)
    _check_names(errors, (), slash, "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
    errors.check()


def _check_command(errors: FormErrors, path: Path, command: Json) -> None:
    _check_words(errors, path, command)
    _check_options(errors, path, command.get("options") or [], depth=0)
    if _size(command) > MAX_SIZE:
        errors.add(path, "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({MAX_SIZE})")


def _check_menu(errors: FormErrors, path: Path, command: Json) -> None:
    """An entry of a menu has a name of any characters, and no description."""
    errors.text((*path, "name"), command.get("name"), 1, 32)
    errors.text((*path, "description"), command.get("description") or "", 0, 0)
    for locale, name in _localised(errors, path, command, "name"):
        errors.text((*path, "name_localizations", locale), name, 1, 32)


def _check_contexts(errors: FormErrors, path: Path, command: Json, most_type: int) -> None:
    for key, most in (("contexts", _MAX_CONTEXT), ("integration_types", most_type)):
        for number in command.get(key) or []:
            errors.number((*path, key), number, 0, most)


def _check_words(errors: FormErrors, path: Path, holder: Json) -> None:
    _check_name(errors, (*path, "name"), holder.get("name"))
    errors.text((*path, "description"), holder.get("description", ""), 1, 100)
    for locale, name in _localised(errors, path, holder, "name"):
        _check_name(errors, (*path, "name_localizations", locale), name)
    for locale, words in _localised(errors, path, holder, "description"):
        errors.text((*path, "description_localizations", locale), words, 1, 100)


def _localised(errors: FormErrors, path: Path, holder: Json, key: str) -> Iterable[tuple[str, object]]:
    localised = holder.get(f"{key}_localizations") or {}
    for locale in localised:
        if locale not in LOCALES:
            errors.choice((*path, f"{key}_localizations", locale), ", ".join(sorted(LOCALES)))
    return list(localised.items())


def _check_name(errors: FormErrors, path: Path, name: object) -> None:
    errors.text(path, name, 1, 32)
    if isinstance(name, str) and name and not (all(map(_may_stand_in_name, name)) and name == name.lower()):
        errors.add(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _may_stand_in_name(character: str) -> bool:
    thai_or_devanagari = "\u0e00" <= character <= "\u0e7f" or "\u0900" <= character <= "\u097f"
    return character in "-_'" or character.isalpha() or character.isnumeric() or thai_or_devanagari


def _check_names(errors: FormErrors, path: Path, holders: list[Json], code: str, message: str) -> None:
    seen: set[tuple[str, object]] = set()
    for position, holder in enumerate(holders):
        localised = (holder.get("name_localizations") or {}).items()
        names = {("", holder.get("name")), *localised}
        if names & seen:
            errors.add((*path, position, "name"), code, message)
        seen |= names


def _check_options(errors: FormErrors, path: Path, raw: list[Json], *, depth: int) -> None:
    path = (*path, "options")
    options = errors.count(path, raw, 0, _MAX_OPTIONS)
    nested = [option for option in options if option.get("type") in (SUBCOMMAND, GROUP)]
    if nested and len(nested) < len(options):
        message = "Sub-commands and sub-command group option types are mutually exclusive to all other types"
        errors.add(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)
    optional_seen = False
    for position, option in enumerate(options):
        required = bool(option.get("required"))
        if required and optional_seen:
            message = "Required options must be placed before non-required options"
            errors.add((*path, position), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
        optional_seen = optional_seen or not required
        _check_option(errors, (*path, position), option, depth=depth)
    message = "Option name already exists"
    _check_names(errors, path, options, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", message)


def _check_option(errors: FormErrors, path: Path, option: Json, *, depth: int) -> None:
    kind = option.get("type")
    _check_words(errors, path, option)
    if kind in (SUBCOMMAND, GROUP):
        if depth >= (1 if kind == GROUP else 2):
            errors.add((*path, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Nested too deep")
        _check_options(errors, path, option.get("options") or [], depth=2 if kind == SUBCOMMAND else depth + 1)
    elif kind not in range(STRING, ATTACHMENT + 1):
        errors.choice((*path, "type"), "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11")
    if option.get("choices"):
        _check_choices(errors, path, option)


def _check_choices(errors: FormErrors, path: Path, option: Json) -> None:
    if option.get("type") not in _WITH_CHOICES or option.get("autocomplete"):
        message = "Choices are for text and numbers without autocompletion"
        errors.add((*path, "choices"), "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", message)
    errors_path = (*path, "choices")
    check_choices(errors, errors_path, option["choices"], text=option.get("type") == STRING)


def check_choices(errors: FormErrors, path: Path, raw: object, *, text: bool) -> list[Json]:
    """Check an option's choices or autocompletions, adding to `errors`, and return them."""
    choices = errors.count(path, raw, 0, _MAX_CHOICES)
    for position, choice in enumerate(choices):
        errors.text((*path, position, "name"), choice.get("name"), 1, 100)
        for locale, name in _localised(errors, (*path, position), choice, "name"):
            errors.text((*path, position, "name_localizations", locale), name, 1, 100)
        value = choice.get("value")
        if text:
            errors.text((*path, position, "value"), value, 1, 100)
        elif isinstance(value, str):
            errors.add((*path, position, "value"), "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
    return choices


def _size(holder: Json) -> int:
    """The size that Discord limits to 8,000: names, descriptions and values, counting the longest translation."""
    size = 0
    for key in ("name", "description"):
        words = [holder.get(key) or "", *(holder.get(f"{key}_localizations") or {}).values()]
        size += max(utf16_length(str(word)) for word in words)
    if "value" in holder:
        size += utf16_length(str(holder["value"]))
    return size + sum(_size(item) for key in ("options", "choices") for item in holder.get(key) or [])
