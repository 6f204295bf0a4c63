"""Options of commands as Discord checks them, checked again: a stale client sends others, and so may a stranger."""

import discord
from discord import AppCommandOptionType, app_commands

_KINDS: dict[AppCommandOptionType, type] = {
    AppCommandOptionType.string: str,
    AppCommandOptionType.integer: int,
    AppCommandOptionType.attachment: discord.Attachment,
}
_MOST = 2**53
"""Discord's whole numbers lie between this and its negative (its reference, "Application Command Option Type")."""


def check_signature(interaction: discord.Interaction) -> None:
    """Raise CommandSignatureMismatch where an option of a command is of another kind, or none of its choices."""
    command = interaction.command
    if interaction.type is not discord.InteractionType.application_command:
        return
    if not isinstance(command, app_commands.Command):
        return
    given = {name: value for name, value in interaction.namespace}  # noqa: C416  dict() would ask it for keys
    for parameter in command.parameters:
        if parameter.display_name in given and not _fits(given[parameter.display_name], parameter):
            raise app_commands.CommandSignatureMismatch(command)


def _fits(value: object, parameter: app_commands.Parameter) -> bool:
    if not isinstance(value, _KINDS.get(parameter.type, object)):
        return False
    if isinstance(value, int) and abs(value) > _MOST:
        return False
    return not parameter.choices or value in [choice.value for choice in parameter.choices]
