"""Answers to commands and buttons that fail: one sentence, in the member's language. And a check of options."""

import logging
import math
import secrets
from collections.abc import Callable
from typing import Any

import aiohttp
import discord
from discord import AppCommandOptionType, app_commands

from bot.chat.interactions.permissions import permission_names
from bot.chat.interactions.reply import reply
from bot.chat.interactions.translate import catalogue_of
from bot.chat.text.escape import escape, shorten
from bot.errors import DatabaseAwayError, RefusalError
from bot.locale import Catalogue

log = logging.getLogger(__name__)

_VALUE = 100
# Unknown interaction, interaction that was answered already, and expired token: https://docs.discord.com/developers/topics/opcodes-and-status-codes
_UNANSWERABLE = frozenset({10015, 10062, 40060, 50027})
_KINDS: dict[AppCommandOptionType, type] = {
    AppCommandOptionType.string: str,
    AppCommandOptionType.integer: int,
    AppCommandOptionType.boolean: bool,
    AppCommandOptionType.attachment: discord.Attachment,
}
_MOST = 2**53
"""Discord's integers are at most this, and at least its negative ("Application Command Option Type")."""


def _refused(error: RefusalError, catalogue: Catalogue) -> str:
    return catalogue.say(error.key, **error.values)


def _may_not(key: str) -> Callable[[Any, Catalogue], str]:
    return lambda error, catalogue: catalogue.say(
        key, permissions=permission_names(error.missing_permissions, catalogue)
    )


def _too_soon(error: app_commands.CommandOnCooldown, catalogue: Catalogue) -> str:
    return catalogue.say("error-cooldown", seconds=max(1, math.ceil(error.retry_after)))


def _value(error: app_commands.TransformerError, catalogue: Catalogue) -> str:
    return catalogue.say("error-value", value=escape(shorten(str(error.value), _VALUE)))


def _always(key: str) -> Callable[[Any, Catalogue], str]:
    return lambda _, catalogue: catalogue.say(key)


_WORDS: tuple[tuple[type[Exception], Callable[[Any, Catalogue], str]], ...] = (
    (RefusalError, _refused),
    (app_commands.MissingPermissions, _may_not("error-member-permissions")),
    (app_commands.BotMissingPermissions, _may_not("error-bot-permissions")),
    (app_commands.CommandOnCooldown, _too_soon),
    (app_commands.NoPrivateMessage, _always("error-server-only")),
    (app_commands.CheckFailure, _always("error-not-allowed")),
    (app_commands.TransformerError, _value),
    (app_commands.CommandNotFound, _always("error-command-changed")),
    (app_commands.CommandSignatureMismatch, _always("error-command-changed")),
    (DatabaseAwayError, _always("error-database-away")),
)
"""How each kind of error is worded; the first kind that fits is used."""


async def answer_error(interaction: discord.Interaction, error: Exception) -> None:
    """Tell the member what went wrong. An unexpected error is logged, with a reference that the member sees too."""
    cause = _cause(error)
    if isinstance(cause, discord.HTTPException) and cause.code in _UNANSWERABLE:
        log.warning("Discord refused an answer as too late: %s", cause)
        return
    try:
        await reply(interaction, _words(cause, catalogue_of(interaction)))
    except (discord.HTTPException, aiohttp.ClientError) as failure:
        log.warning("could not tell a member about an error: %s", failure)


def _words(error: Exception, catalogue: Catalogue) -> str:
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return words(error, catalogue)
    reference = secrets.token_hex(3)
    if isinstance(error, aiohttp.ClientError):
        log.warning("Discord could not be reached, reference %s: %s", reference, error)
    else:
        log.error("unexpected error, reference %s", reference, exc_info=error)
    return catalogue.say("error-unforeseen", reference=reference)


def _cause(error: Exception) -> Exception:
    """The error that discord.py wrapped."""
    if isinstance(error, app_commands.CommandInvokeError):
        return error.original
    if isinstance(error, app_commands.TransformerError) and isinstance(error.__cause__, RefusalError):
        return error.__cause__
    return error


def check_signature(interaction: discord.Interaction) -> None:
    """Raise CommandSignatureMismatch if a command's option has the wrong type or is not one of its choices."""
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
