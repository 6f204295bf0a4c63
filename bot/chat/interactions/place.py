"""The place and time zone that an interaction comes from: who may post in its channel, and today's date there."""

from datetime import date

import discord
from discord import app_commands

from bot.chat.interactions.controls import services_of


def require_posting_here(interaction: discord.Interaction) -> None:
    """Check that both the member and the bot may post in the interaction's channel or thread.

    Raises MissingPermissions or BotMissingPermissions with the missing permissions.
    """
    thread = isinstance(interaction.channel, discord.Thread)
    write = "send_messages_in_threads" if thread else "send_messages"
    if missing := _missing(interaction.permissions, (write,)):
        raise app_commands.MissingPermissions(missing)
    if missing := _missing(interaction.app_permissions, ("view_channel", write, "embed_links")):
        raise app_commands.BotMissingPermissions(missing)


def _missing(allowed: discord.Permissions, needed: tuple[str, ...]) -> list[str]:
    return [name for name in needed if not getattr(allowed, name)]


async def today_here(interaction: discord.Interaction) -> date:
    """Today's date in the time zone of the server's digests, else in the usual one of the member's language."""
    services = services_of(interaction)
    zone = await services.digests.zone(interaction.guild_id, str(interaction.locale))
    return services.clock.now().astimezone(zone).date()
