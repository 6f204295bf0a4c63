"""The place and time zone that an interaction comes from: its server, who may post there, and today's date there."""

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


def server_here(interaction: discord.Interaction) -> int | None:
    """The id of the interaction's server; None in a DM, and in a server that the bot is not in."""
    guild_id = interaction.guild_id
    return guild_id if guild_id is not None and interaction.client.get_guild(guild_id) is not None else None


async def today_here(interaction: discord.Interaction) -> date:
    """Today's date in the time zone of the server's digests, else in the usual one of the member's language."""
    services = services_of(interaction)
    zone = await services.digests.zone(interaction.guild_id, str(interaction.locale))
    return services.clock.now().astimezone(zone).date()
