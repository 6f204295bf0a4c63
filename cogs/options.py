"""What several command groups use: where their commands are offered, types of options, and names from the catalogue."""

from collections.abc import Callable
from typing import Any, TypeVar

from discord import app_commands

from bot.chat.interactions.translate import text
from bot.search.query import MAX_QUERY

QueryText = app_commands.Range[str, 1, MAX_QUERY]
Votes = app_commands.Range[int, 0, 100_000]

Callback = TypeVar("Callback", bound=Callable[..., Any])
Target = TypeVar("Target")


def anywhere(command: Target) -> Target:
    """Decorator of a command or group: it is for servers and accounts, and offered in all places."""
    app_commands.allowed_installs(guilds=True, users=True)(command)
    app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(command)
    return command


def named(group: str, *options: str) -> Callable[[Callback], Callback]:
    """Decorator that names and describes a command's options, from the catalogue's `option-GROUP-OPTION[-about]`."""
    names = {option: f"option-{group}-{option.replace('_', '-')}" for option in options}
    abouts = {option: f"{name}-about" for option, name in names.items()}

    def name(callback: Callback) -> Callback:
        app_commands.rename(**{option: text(key) for option, key in names.items()})(callback)
        return app_commands.describe(**{option: text(key) for option, key in abouts.items()})(callback)

    return name
